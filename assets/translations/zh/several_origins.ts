<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>several_origins</name>
    <message>
        <source>Add an origin</source>
        <translation>添加起点</translation>
    </message>
    <message>
        <source>Add a destination</source>
        <translation>添加终点</translation>
    </message>
    <message>
        <source>Origins</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Click the further origin: a place or any point on the map. Shift and a click adds one too.</source>
        <translation>请点击要添加的起点：一处地点，或图上任意位置。按住 Shift 点击同样可添加。</translation>
    </message>
    <message>
        <source>Click the further destination: a place or any point on the map. Shift and a click adds one too.</source>
        <translation>请点击要添加的终点：一处地点，或图上任意位置。按住 Shift 点击同样可添加。</translation>
    </message>
    <message>
        <source>At most {count} origins are possible at once.</source>
        <translation>同时最多 {count} 个起点。</translation>
    </message>
    <message>
        <source>Nearest origin</source>
        <translation>最近起点</translation>
    </message>
    <message>
        <source>Nearest destination</source>
        <translation>最近终点</translation>
    </message>
    <message>
        <source>All can meet</source>
        <translation>共同可达</translation>
    </message>
    <message>
        <source>All destinations</source>
        <translation>全部终点</translation>
    </message>
    <message>
        <source>from the nearest of {count} origins</source>
        <translation>{count} 个起点中最近者出发</translation>
    </message>
    <message>
        <source>where people from all {count} origins can meet</source>
        <translation>{count} 个起点共同可达</translation>
    </message>
    <message>
        <source>to the nearest of {count} destinations</source>
        <translation>到 {count} 个终点中最近者</translation>
    </message>
    <message>
        <source>from where all {count} destinations are reached</source>
        <translation>到 {count} 个终点均可达</translation>
    </message>
    <message>
        <source>from {number}</source>
        <translation>自起点 {number}</translation>
    </message>
    <message>
        <source>to {number}</source>
        <translation>到终点 {number}</translation>
    </message>
</context>
</TS>
