<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>pictures</name>
    <message>
        <source>it has {cells} million cells, more than {most} million, and no overviews</source>
        <translation>它有 {cells} 百万像元，超过 {most} 百万，且没有金字塔</translation>
    </message>
    <message>
        <source>Build pyramids for it in QGIS (Raster menu), then open it again.</source>
        <translation>请在 QGIS 的“栅格”菜单中为它建立金字塔，再打开。</translation>
    </message>
    <message>
        <source>it has no bands</source>
        <translation>它没有波段</translation>
    </message>
    <message>
        <source>The picture {file} is missing.</source>
        <translation>影像 {file} 已不在原处。</translation>
    </message>
    <message>
        <source>{path} can't be placed: {reason}.</source>
        <translation>{path} 无法定位：{reason}。</translation>
    </message>
    <message>
        <source>{name} · {format} · {kind}, {columns} × {rows} cells</source>
        <translation>{name} · {format} · {kind}，{columns} × {rows} 像元</translation>
    </message>
    <message>
        <source>Give it another name with --name, or say --if-exists replace.</source>
        <translation>请用 --name 另取名称，或加 --if-exists replace。</translation>
    </message>
</context>
</TS>
