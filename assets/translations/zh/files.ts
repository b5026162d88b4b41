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
        <source>it is nested too deeply</source>
        <translation>嵌套层级过深</translation>
    </message>
    <message>
        <source>it holds a number with too many digits</source>
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
        <source>{path} is a pipe or a device, which can't be written to.</source>
        <translation>{path} 是管道或设备，不能写入。</translation>
    </message>
    <message>
        <source>the output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Nothing more can be written to {place}: {reason}.</source>
        <translation>无法继续写入{place}：{reason}。</translation>
    </message>
    <message>
        <source>Open it in QGIS, choose the layers of street centre lines, and save them as a GeoPackage with their coordinate system.</source>
        <translation>请在 QGIS 中打开，选出道路中心线所在图层，连同坐标系另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is a DWG drawing, which isn't read.</source>
        <translation>{path} 是 DWG 图形，程序不能读取。</translation>
    </message>
    <message>
        <source>Save it as DXF first; then open that in QGIS, choose the layers of street centre lines, and save them as a GeoPackage with their coordinate system.</source>
        <translation>请先另存为 DXF，再在 QGIS 中打开，选出道路中心线所在图层，连同坐标系另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is a DXF drawing, which isn't read.</source>
        <translation>{path} 是 DXF 图形，程序不能读取。</translation>
    </message>
    <message>
        <source>{path} is map data in a format that isn't read.</source>
        <translation>{path} 是地图数据，但程序不能读取这种格式。</translation>
    </message>
    <message>
        <source>Open it in QGIS and save it as a GeoPackage.</source>
        <translation>请在 QGIS 中打开，另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is a table, which has no lines on the map.</source>
        <translation>{path} 是表格，没有地图上的线。</translation>
    </message>
    <message>
        <source>Join it to the drawn lines in QGIS, and save them as a GeoPackage.</source>
        <translation>请在 QGIS 中与已绘制的线连接，另存为 GeoPackage。</translation>
    </message>
    <message>
        <source>{path} is OpenStreetMap data in a format that isn't read.</source>
        <translation>{path} 是 OpenStreetMap 数据，但程序不能读取这种格式。</translation>
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
        <source>{path} is a picture or a document, which has no lines on the map.</source>
        <translation>{path} 是图片或文档，没有地图上的线。</translation>
    </message>
    <message>
        <source>Give the file that it was made from: a Shapefile, GeoPackage or GeoJSON file.</source>
        <translation>请给出制作它所用的 Shapefile、GeoPackage 或 GeoJSON 文件。</translation>
    </message>
    <message>
        <source>{path} is a raster.</source>
        <translation>{path} 是栅格数据。</translation>
    </message>
    <message>
        <source>Heights are given with --dem, beside the file of streets.</source>
        <translation>高程请用 --dem 给出，另外给出道路文件。</translation>
    </message>
    <message>
        <source>{path} is a part of a Shapefile.</source>
        <translation>{path} 是 Shapefile 的一部分。</translation>
    </message>
    <message>
        <source>Give the file that ends in .shp, with this one beside it.</source>
        <translation>请给出以 .shp 结尾的文件，本文件与它放在一起。</translation>
    </message>
</context>
</TS>
