<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>own_streets</name>
    <message>
        <source>Kept {kept} of {read} lines.</source>
        <translation>保留 {kept} 条线，共读入 {read} 条。</translation>
    </message>
    <message>
        <source>Columns: {columns}.</source>
        <translation>字段：{columns}。</translation>
    </message>
    <message>
        <source>Did you mean {near}? Columns: {columns}.</source>
        <translation>您指的是 {near} 吗？字段：{columns}。</translation>
    </message>
    <message>
        <source>Kinds of street: {kinds}.</source>
        <translation>道路等级：{kinds}。</translation>
    </message>
    <message>
        <source>Created {crossings} junctions where lines cross; moved {joined} ends by up to {metres} m.</source>
        <translation>在线相交处生成 {crossings} 个路口；移动了 {joined} 个端点，最多移动 {metres} 米。</translation>
    </message>
    <message>
        <source>“{value}” must have the form {form}.</source>
        <translation>“{value}”的写法应为 {form}。</translation>
    </message>
    <message>
        <source>{options} only applies to files of lines, and {path} is not one.</source>
        <translation>{options} 只用于线文件，而 {path} 不是线文件。</translation>
    </message>
    <message>
        <source>Omit it, or give a Shapefile, GeoPackage or GeoJSON file.</source>
        <translation>请去掉该选项，或提供 Shapefile、GeoPackage 或 GeoJSON 文件。</translation>
    </message>
    <message>
        <source>see {path}</source>
        <translation>见 {path}</translation>
    </message>
    <message>
        <source>--report FILE shows where</source>
        <translation>用 --report 文件名 可查看位置</translation>
    </message>
    <message>
        <source>To check ({look}): {found}.</source>
        <translation>需要核查（{look}）：{found}。</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>class</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>one-way</source>
        <translation>单行</translation>
    </message>
    <message>
        <source>level</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>桥</translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>modes</source>
        <translation>通行方式</translation>
    </message>
    <message>
        <source>Skipped {count} lines whose kind is not a street.</source>
        <translation>舍去 {count} 条等级不属于道路的线。</translation>
    </message>
    <message>
        <source>Skipped {count} lines without geometry.</source>
        <translation>舍去 {count} 条没有几何图形的线。</translation>
    </message>
    <message>
        <source>Skipped {count} shapes that aren't lines.</source>
        <translation>舍去 {count} 个不是线的图形。</translation>
    </message>
    <message>
        <source>Skipped {count} lines outside the bounding box.</source>
        <translation>舍去 {count} 条范围外的线。</translation>
    </message>
    <message>
        <source>{count} near misses within {metres} m</source>
        <translation>近似相接（{metres} 米内）{count} 处</translation>
    </message>
    <message>
        <source>{count} ends at different levels</source>
        <translation>异层端点 {count} 处</translation>
    </message>
    <message>
        <source>{count} islands</source>
        <translation>孤岛 {count} 处</translation>
    </message>
    <message>
        <source>{count} loose ends</source>
        <translation>悬挂端点 {count} 个</translation>
    </message>
    <message>
        <source>{count} lines drawn twice</source>
        <translation>重复线 {count} 条</translation>
    </message>
    <message>
        <source>{count} lines without length</source>
        <translation>零长度线 {count} 条</translation>
    </message>
    <message>
        <source>{path} contains no usable street lines.</source>
        <translation>{path} 中没有可通行的线。</translation>
    </message>
    <message>
        <source>Give a file of street lines.</source>
        <translation>请提供道路中心线文件。</translation>
    </message>
    <message>
        <source>“{highway}” is not a kind of street</source>
        <translation>“{highway}”不是道路等级</translation>
    </message>
    <message>
        <source>No column gives “{role}”</source>
        <translation>没有字段可表示“{role}”</translation>
    </message>
    <message>
        <source>a tolerance of {metres} m is not within 0 to 100 m</source>
        <translation>{metres} 米的容差不在 0 至 100 米之间</translation>
    </message>
    <message>
        <source>The lines can't be read with these options</source>
        <translation>无法按这些选项读取线</translation>
    </message>
    <message>
        <source>Kinds may be {highways}, or no; columns may give {roles}.</source>
        <translation>道路等级可取 {highways} 或 no；字段可表示 {roles}。</translation>
    </message>
    <message>
        <source>Near miss</source>
        <translation>近似相接</translation>
    </message>
    <message>
        <source>Different levels</source>
        <translation>异层端点</translation>
    </message>
    <message>
        <source>Island</source>
        <translation>孤岛</translation>
    </message>
    <message>
        <source>Loose end</source>
        <translation>悬挂端点</translation>
    </message>
    <message>
        <source>Joined end</source>
        <translation>已吸附端点</translation>
    </message>
    <message>
        <source>Duplicate line</source>
        <translation>重复线</translation>
    </message>
    <message>
        <source>Zero length</source>
        <translation>零长度线</translation>
    </message>
    <message>
        <source>Row {row} ends {distance} m from row {near}.</source>
        <translation>第{row}行线的端点距第{near}行 {distance} 米。</translation>
    </message>
    <message>
        <source>Row {row} and row {near} end here at different levels and aren't joined.</source>
        <translation>第{row}行与第{near}行在此以不同层级结束，未连接。</translation>
    </message>
    <message>
        <source>{distance} m of streets not connected to the largest part, starting with row {row}.</source>
        <translation>共 {distance} 米道路与最大连通部分不相通，首条为第{row}行。</translation>
    </message>
    <message>
        <source>Row {row} ends without a connection.</source>
        <translation>第{row}行线在此悬空结束。</translation>
    </message>
    <message>
        <source>The end of row {row} was moved by {distance} m to another line.</source>
        <translation>第{row}行线的端点移动 {distance} 米，接到另一条线。</translation>
    </message>
    <message>
        <source>Row {row} is fully covered by other lines.</source>
        <translation>第{row}行线全程与其他线重合。</translation>
    </message>
    <message>
        <source>Row {row} has no length.</source>
        <translation>第{row}行线长度为零。</translation>
    </message>
    <message>
        <source>there is no column “{column}”</source>
        <translation>没有字段“{column}”</translation>
    </message>
    <message>
        <source>The columns of {path} don't match those given</source>
        <translation>{path} 的字段与所给不符</translation>
    </message>
    <message>
        <source>Available columns: {columns}.</source>
        <translation>现有字段：{columns}。</translation>
    </message>
    <message>
        <source>The values of {path} can't be read</source>
        <translation>无法读懂 {path} 中的值</translation>
    </message>
    <message>
        <source>Give the meaning of a kind with --class VALUE=HIGHWAY (--class "*=residential" for all others, --class VALUE=no to skip it), name other columns with --field ROLE=COLUMN, or ignore one with --field ROLE=.</source>
        <translation>请用 --class 值=HIGHWAY 说明等级（--class "*=residential" 代表其余各值，--class 值=no 表示舍去），用 --field 含义=字段 另指字段，或用 --field 含义= 不读该项。</translation>
    </message>
    <message>
        <source>“{value}” in the column “{column}” ({count} times)</source>
        <translation>字段“{column}”中的“{value}”（{count} 次）</translation>
    </message>
    <message>
        <source>the kinds seem to be in the column “{column}”</source>
        <translation>道路等级似乎在字段“{column}”中</translation>
    </message>
    <message>
        <source>Northings come before eastings; they were swapped.</source>
        <translation>坐标为先北后东，已对调。</translation>
    </message>
    <message>
        <source>Skipped {count} lines far outside the region of {crs}: rows {rows}.</source>
        <translation>舍去 {count} 条远在 {crs} 适用范围之外的线：第 {rows} 行。</translation>
    </message>
    <message>
        <source>{path} has several layers of lines: {layers}.</source>
        <translation>{path} 有多个线图层：{layers}。</translation>
    </message>
    <message>
        <source>Name one with --layer.</source>
        <translation>请用 --layer 指定一个。</translation>
    </message>
    <message>
        <source>{path} contains no lines.</source>
        <translation>{path} 中没有线。</translation>
    </message>
    <message>
        <source>{path} is too large for a file of street lines ({size}).</source>
        <translation>{path} 作为道路线文件过大（{size}）。</translation>
    </message>
    <message>
        <source>Cut it to the region you need.</source>
        <translation>请裁剪到所需范围。</translation>
    </message>
    <message>
        <source>{path} can't be read as street lines: {reason}.</source>
        <translation>无法将 {path} 读作道路线：{reason}。</translation>
    </message>
    <message>
        <source>Give a Shapefile, GeoPackage or GeoJSON file.</source>
        <translation>请提供 Shapefile、GeoPackage 或 GeoJSON 文件。</translation>
    </message>
    <message>
        <source>{files} is missing beside it</source>
        <translation>缺少同名的 {files}</translation>
    </message>
    <message>
        <source>Commas in numbers were read as decimal points.</source>
        <translation>数字中的逗号已按小数点读取。</translation>
    </message>
    <message>
        <source>Texts are read as {encoding}.</source>
        <translation>文字按 {encoding} 编码读取。</translation>
    </message>
    <message>
        <source>“{crs}” is not a coordinate system.</source>
        <translation>“{crs}”不是坐标系。</translation>
    </message>
    <message>
        <source>The lines cross or meet each other more than {count} times.</source>
        <translation>线之间相交或相接超过 {count} 次。</translation>
    </message>
    <message>
        <source>Give street centre lines, not hatching or contours.</source>
        <translation>请提供道路中心线；填充线和等高线不适用。</translation>
    </message>
    <message>
        <source>Build a network from OpenStreetMap or from centre lines, or add to an existing one.</source>
        <translation>用 OpenStreetMap 数据或道路中心线构建路网，或为已有路网补充内容。</translation>
    </message>
    <message>
        <source>Output network file.  [default: beside the source]</source>
        <translation>输出的路网文件。[默认：与源文件同一文件夹]</translation>
    </message>
    <message>
        <source>Column for the class, speed, oneway, level, bridge, tunnel, name or modes of a line; nothing after = ignores it.</source>
        <translation>表示线的等级（class）、限速（speed）、单行（one-way）、层级（level）、桥（bridge）、隧道（tunnel）、名称（name）或通行方式（modes）的字段；= 后为空则不读该项。</translation>
    </message>
    <message>
        <source>OpenStreetMap highway value for a kind of street; no skips it, * stands for all other kinds.</source>
        <translation>某个道路等级值相当于 OpenStreetMap 的哪种 highway；no 表示舍去，* 代表其余各值。</translation>
    </message>
    <message>
        <source>Coordinate system of the lines, if the file states none or a wrong one.</source>
        <translation>线的坐标系，用于文件未注明或注明有误时。</translation>
    </message>
    <message>
        <source>Layer of the file, if several contain lines.</source>
        <translation>文件中的图层，用于有多个线图层时。</translation>
    </message>
    <message>
        <source>Line ends within this distance are joined, in metres.  [default: 1]</source>
        <translation>相距不超过该米数的线端点相接。  [默认：1]</translation>
    </message>
    <message>
        <source>Output file: loose ends, near misses and other places to check, as a map layer.</source>
        <translation>输出文件：将悬挂端点、近似相接等需要核查的位置保存为图层。</translation>
    </message>
    <message>
        <source> (guessed)</source>
        <translation>（推断）</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 条</translation>
    </message>
    <message>
        <source>Not connected both ways</source>
        <translation>车辆无法往返</translation>
    </message>
    <message>
        <source>Cars can't both reach row {row} and return.</source>
        <translation>驾车无法既到达第{row}行又返回。</translation>
    </message>
    <message>
        <source>{count} lines that cars can't both reach and leave</source>
        <translation>车辆无法往返的线 {count} 条</translation>
    </message>
    <message>
        <source>it is incomplete</source>
        <translation>文件不完整（被截断）</translation>
    </message>
</context>
</TS>
