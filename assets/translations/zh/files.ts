<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>files</name>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>它不是普通文件（是管道、套接字或设备）</translation>
    </message>
    <message>
        <source>it has too many nested levels</source>
        <translation>嵌套层级过深</translation>
    </message>
    <message>
        <source>it contains a number with too many digits</source>
        <translation>其中有位数过多的数字</translation>
    </message>
    <message>
        <source>it is larger than {limit}</source>
        <translation>大于 {limit}</translation>
    </message>
    <message>
        <source>it isn't text in UTF-8</source>
        <translation>不是 UTF-8 编码的文本</translation>
    </message>
    <message>
        <source>{file} can't be read: {reason}</source>
        <translation>{file} 无法读取：{reason}</translation>
    </message>
    <message>
        <source>{path} is a pipe or a device; files can't be saved there.</source>
        <translation>{path} 是管道或设备，不能写入。</translation>
    </message>
    <message>
        <source>the output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Writing to {place} failed: {reason}.</source>
        <translation>无法继续写入{place}：{reason}。</translation>
    </message>
    <message>
        <source>Open it in QGIS, choose the layers of street centre lines, and save them as a GeoPackage with their coordinate system.</source>
        <translation>请在 QGIS 中打开，选出道路中心线所在图层，连同坐标系另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is a DWG drawing, which isn't supported.</source>
        <translation>{path} 是 DWG 图形，不支持读取。</translation>
    </message>
    <message>
        <source>Save it as DXF first; then open that in QGIS, choose the layers of street centre lines, and save them as a GeoPackage with their coordinate system.</source>
        <translation>请先另存为 DXF，再在 QGIS 中打开，选出道路中心线所在图层，连同坐标系另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is a DXF drawing, which isn't supported.</source>
        <translation>{path} 是 DXF 图形，不支持读取。</translation>
    </message>
    <message>
        <source>{path} is map data in a format that isn't supported.</source>
        <translation>{path} 是地图数据，但不支持这种格式。</translation>
    </message>
    <message>
        <source>Open it in QGIS and save it as a GeoPackage.</source>
        <translation>请在 QGIS 中打开，另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is a table without geometry.</source>
        <translation>{path} 是没有几何图形的表格。</translation>
    </message>
    <message>
        <source>Join it to the street lines in QGIS, and save them as a GeoPackage.</source>
        <translation>请在 QGIS 中与已绘制的线连接，另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is OpenStreetMap data in a format that isn't supported.</source>
        <translation>{path} 是 OpenStreetMap 数据，但不支持这种格式。</translation>
    </message>
    <message>
        <source>Turn it into PBF with osmium-tool: osmium cat {path} -o FILE.osm.pbf</source>
        <translation>请用 osmium-tool 转成 PBF：osmium cat {path} -o FILE.osm.pbf</translation>
    </message>
    <message>
        <source>{path} is an archive.</source>
        <translation>{path} 是压缩包。</translation>
    </message>
    <message>
        <source>Unpack it and give the file in it; a timetable is given with --gtfs.</source>
        <translation>请解压后给出其中的文件；时刻表请用 --gtfs 给出。</translation>
    </message>
    <message>
        <source>{path} is an image or a document without geometry.</source>
        <translation>{path} 是图片或文档，没有几何图形。</translation>
    </message>
    <message>
        <source>Give the file from which it was made: a Shapefile, GeoPackage or GeoJSON file.</source>
        <translation>请给出制作它所用的 Shapefile、GeoPackage 或 GeoJSON 文件。</translation>
    </message>
    <message>
        <source>{path} is a raster.</source>
        <translation>{path} 是栅格数据。</translation>
    </message>
    <message>
        <source>Give elevation data with --dem, in addition to the file of streets.</source>
        <translation>高程请用 --dem 给出，另外给出道路文件。</translation>
    </message>
    <message>
        <source>{path} is one part of a Shapefile.</source>
        <translation>{path} 是 Shapefile 的一部分。</translation>
    </message>
    <message>
        <source>Give the .shp file, and keep this file beside it.</source>
        <translation>请给出以 .shp 结尾的文件，本文件与它放在一起。</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>{place} is not valid JSON</source>
        <translation>{place}处不合 JSON 格式</translation>
    </message>
    <message>
        <source>{place} is not valid TOML</source>
        <translation>{place}处不合 TOML 格式</translation>
    </message>
    <message>
        <source>{place}: this key or table appears twice</source>
        <translation>{place}处的键或表重复出现</translation>
    </message>
    <message>
        <source>it ends before the TOML is complete</source>
        <translation>文件没写完就结束了，不合 TOML 格式</translation>
    </message>
    <message>
        <source>line {line}, column {column}</source>
        <translation>第 {line} 行第 {column} 列</translation>
    </message>
    <message>
        <source>system error {number}</source>
        <translation>系统错误 {number}</translation>
    </message>
    <message>
        <source>its name isn't a valid file name</source>
        <translation>该名称不能用作文件名</translation>
    </message>
    <message>
        <source>this host name is unknown</source>
        <translation>网络上没有这个名称</translation>
    </message>
    <message>
        <source>it didn't answer in time</source>
        <translation>未及时应答</translation>
    </message>
    <message>
        <source>the permission is missing</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>the connection was refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>the network is unreachable</source>
        <translation>网络不可达</translation>
    </message>
    <message>
        <source>it doesn't exist</source>
        <translation>它不存在</translation>
    </message>
    <message>
        <source>part of its path is not a folder</source>
        <translation>其路径中有一段不是文件夹</translation>
    </message>
    <message>
        <source>it is larger than the system allows</source>
        <translation>文件大小超出系统限制</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>磁盘是只读的</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>名称过长</translation>
    </message>
    <message>
        <source>its link forms a loop</source>
        <translation>其链接循环指向自身</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>磁盘出错</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <translation>另一个程序正在使用它</translation>
    </message>
    <message>
        <source>another program is using this port</source>
        <translation>该端口已被另一个程序占用</translation>
    </message>
    <message>
        <source>this computer has no such address</source>
        <translation>本机没有这个地址</translation>
    </message>
    <message>
        <source>it is damaged, or of another type</source>
        <translation>文件已损坏，或不是这种文件</translation>
    </message>
    <message>
        <source>the disk didn't accept the data</source>
        <translation>磁盘未能写入</translation>
    </message>
    <message>
        <source>the system refuses its socket</source>
        <translation>系统拒绝了它的套接字</translation>
    </message>
    <message>
        <source>{path} can't be used: {reason}.</source>
        <translation>无法使用 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Change its permissions, or give another path.</source>
        <translation>请更改其权限，或另给一个路径。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>a key or table appears twice</source>
        <translation>有键或表重复出现</translation>
    </message>
    <message>
        <source>{said} is not a number</source>
        <translation>{said} 不是数字</translation>
    </message>
</context>
</TS>
