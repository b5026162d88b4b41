<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>databases</name>
    <message>
        <source>A table, extent or limit is given, but no database.</source>
        <translation>给出了数据表、范围或行数上限，但没有给出数据库。</translation>
    </message>
    <message>
        <source>Give its address: postgresql://USER@HOST/DATABASE</source>
        <translation>请给出其地址：postgresql://用户@主机/数据库</translation>
    </message>
    <message>
        <source>W,S,E,N in degrees is needed</source>
        <translation>应为“西,南,东,北”，以度为单位</translation>
    </message>
    <message>
        <source>Password of {user} at {server}</source>
        <translation>{server} 上用户 {user} 的密码</translation>
    </message>
    <message>
        <source>Check the address, then try again.</source>
        <translation>请检查地址后重试。</translation>
    </message>
    <message>
        <source>{path} names no table.</source>
        <translation>{path} 没有指明数据表。</translation>
    </message>
    <message>
        <source>Add ?table=NAME to the address.</source>
        <translation>请在地址后加上 ?table=表名。</translation>
    </message>
    <message>
        <source>the address isn't written as it should be</source>
        <translation>地址的写法不对</translation>
    </message>
    <message>
        <source>it is not the address of a database</source>
        <translation>它不是数据库的地址</translation>
    </message>
    <message>
        <source>a password stands in the address, where others can read it</source>
        <translation>地址中写有密码，他人可以看到</translation>
    </message>
    <message>
        <source>Write it as postgresql://USER@HOST:PORT/DATABASE?table=TABLE&amp;bbox=W,S,E,N&amp;limit=ROWS.</source>
        <translation>请写成 postgresql://USER@HOST:PORT/DATABASE?table=TABLE&amp;bbox=W,S,E,N&amp;limit=ROWS。</translation>
    </message>
    <message>
        <source>Write it as postgresql://USER@HOST/DATABASE?table=TABLE.</source>
        <translation>请写成 postgresql://USER@HOST/DATABASE?table=TABLE。</translation>
    </message>
    <message>
        <source>Remove it: the password comes from PGPASSWORD, ~/.pgpass or the keyring, or from a prompt.</source>
        <translation>请去掉密码：密码取自 PGPASSWORD、~/.pgpass 或系统密钥环，否则会询问。</translation>
    </message>
    <message>
        <source>its geometry is of a type that isn't supported</source>
        <translation>其几何类型不受支持</translation>
    </message>
    <message>
        <source>the database has no table with geometry that this user may read</source>
        <translation>数据库中没有该用户可读取的带几何的数据表</translation>
    </message>
    <message>
        <source>it has several tables: {tables}</source>
        <translation>其中有多个数据表：{tables}</translation>
    </message>
    <message>
        <source>it has no table {table} with geometry</source>
        <translation>其中没有带几何的数据表 {table}</translation>
    </message>
    <message>
        <source>its geometry is in several coordinate systems: {srids}</source>
        <translation>其几何使用了多个坐标系：{srids}</translation>
    </message>
    <message>
        <source>Only the first {count} rows were read.</source>
        <translation>只读取了前 {count} 行。</translation>
    </message>
    <message>
        <source>Only features within the given extent were read.</source>
        <translation>只读取了给定范围内的要素。</translation>
    </message>
    <message>
        <source>Columns that a layer can't hold are skipped: {columns}.</source>
        <translation>图层无法容纳的列已略去：{columns}。</translation>
    </message>
    <message>
        <source>Name one: {address}?table={table}</source>
        <translation>请指明一个：{address}?table={table}</translation>
    </message>
    <message>
        <source>Available tables: {tables}.</source>
        <translation>可用的数据表：{tables}。</translation>
    </message>
    <message>
        <source>it has more than {limit} rows</source>
        <translation>它的行数超过 {limit}</translation>
    </message>
    <message>
        <source>its geometry has too many points</source>
        <translation>其几何的顶点过多</translation>
    </message>
    <message>
        <source>Read a view that transforms it into one.</source>
        <translation>请读取把它统一到一个坐标系的视图。</translation>
    </message>
    <message>
        <source>it doesn't state its coordinate system, so its extent can't be limited</source>
        <translation>它没有说明坐标系，因此无法按范围读取</translation>
    </message>
    <message>
        <source>Read less of it, with a limit or only the extent of the map.</source>
        <translation>请减少读取量：限定行数，或只读取地图范围。</translation>
    </message>
    <message>
        <source>Read all of it, or with a limit, and choose its coordinate system.</source>
        <translation>请全部读取或限定行数，再选择其坐标系。</translation>
    </message>
    <message>
        <source>the connection to the server broke</source>
        <translation>与服务器的连接中断</translation>
    </message>
    <message>
        <source>Check that the server runs, then try again.</source>
        <translation>请确认服务器正在运行，然后重试。</translation>
    </message>
    <message>
        <source>the server wants a password</source>
        <translation>服务器要求密码</translation>
    </message>
    <message>
        <source>reading databases needs the extra postgis, which isn't installed</source>
        <translation>读取数据库需要附加项 postgis，但尚未安装</translation>
    </message>
    <message>
        <source>Set PGPASSWORD, or add a line to ~/.pgpass, then try again.</source>
        <translation>请设置 PGPASSWORD，或在 ~/.pgpass 中加一行，然后重试。</translation>
    </message>
    <message>
        <source>the database has no PostGIS, or one that is too old</source>
        <translation>数据库没有安装 PostGIS，或其版本过旧</translation>
    </message>
    <message>
        <source>this user may not do that there</source>
        <translation>该用户在那里没有此权限</translation>
    </message>
    <message>
        <source>the server took too long</source>
        <translation>服务器超时</translation>
    </message>
    <message>
        <source>the server refuses: {said}</source>
        <translation>服务器拒绝：{said}</translation>
    </message>
    <message>
        <source>Install it: pip install 'science-city-sandbox[postgis]'</source>
        <translation>请安装：pip install 'science-city-sandbox[postgis]'</translation>
    </message>
    <message>
        <source>Have its owner run: CREATE EXTENSION postgis</source>
        <translation>请由其所有者执行：CREATE EXTENSION postgis</translation>
    </message>
    <message>
        <source>Have the database's owner grant it, or give another user.</source>
        <translation>请向数据库所有者申请权限，或换一个用户。</translation>
    </message>
    <message>
        <source>the server can't be reached or refuses: {said}</source>
        <translation>无法连接服务器，或被其拒绝：{said}</translation>
    </message>
    <message>
        <source>no table is named</source>
        <translation>没有指明数据表</translation>
    </message>
    <message>
        <source>it has no schema {schema}</source>
        <translation>其中没有模式 {schema}</translation>
    </message>
    <message>
        <source>it already has a table {table}</source>
        <translation>其中已有数据表 {table}</translation>
    </message>
    <message>
        <source>{table} is not a table</source>
        <translation>{table} 不是数据表</translation>
    </message>
    <message>
        <source>the name {name} is longer than the server takes</source>
        <translation>名称 {name} 超过服务器允许的长度</translation>
    </message>
    <message>
        <source>Give another name, or add &amp;exists=replace or &amp;exists=add to the address.</source>
        <translation>请换一个名称，或在地址后加上 &amp;exists=replace 或 &amp;exists=add。</translation>
    </message>
    <message>
        <source>its table {table} has no column {columns}</source>
        <translation>其数据表 {table} 没有列 {columns}</translation>
    </message>
    <message>
        <source>List the tables and views of a PostGIS database that have geometry. The password comes from PGPASSWORD, ~/.pgpass or the keyring, or from a prompt.</source>
        <translation>列出 PostGIS 数据库中带几何的数据表与视图。密码取自 PGPASSWORD、~/.pgpass 或系统密钥环，否则会询问。</translation>
    </message>
    <message>
        <source>Of a database: the table or view.</source>
        <translation>数据库：数据表或视图。</translation>
    </message>
    <message>
        <source>Of a database: only features within this extent, in degrees.</source>
        <translation>数据库：只读取此范围内的要素，以度为单位。</translation>
    </message>
    <message>
        <source>Of a database: the most rows to read.</source>
        <translation>数据库：最多读取的行数。</translation>
    </message>
    <message>
        <source>table</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>Open from PostGIS…</source>
        <translation>从 PostGIS 打开…</translation>
    </message>
    <message>
        <source>Open from PostGIS</source>
        <translation>从 PostGIS 打开</translation>
    </message>
    <message>
        <source>As the system knows it</source>
        <translation>由系统提供</translation>
    </message>
    <message>
        <source>Only what is on screen</source>
        <translation>只读取屏幕范围内的要素</translation>
    </message>
    <message>
        <source>The password is used for this connection only and isn't kept.</source>
        <translation>密码只用于此次连接，不作保存。</translation>
    </message>
    <message>
        <source>List tables</source>
        <translation>列出数据表</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Table or view</source>
        <translation>数据表或视图</translation>
    </message>
    <message>
        <source>Rows at most</source>
        <translation>最多行数</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>There is no table with geometry.</source>
        <translation>没有带几何的数据表。</translation>
    </message>
</context>
</TS>
