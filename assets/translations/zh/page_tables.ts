<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>page_tables</name>
    <message>
        <source>Skip the map</source>
        <translation>跳过地图</translation>
    </message>
    <message>
        <source>The map as tables</source>
        <translation>地图数据表</translation>
    </message>
    <message>
        <source>What the map shows also stands as tables in the panel: The map as tables.</source>
        <translation>地图内容另以表格列于面板中的“地图数据表”。</translation>
    </message>
    <message>
        <source>On the map: the first {count} of {all} measures; the table has all.</source>
        <translation>图上可切换前 {count} 项指标（共 {all} 项），其余见表。</translation>
    </message>
    <message>
        <source>airport position from airportsdata (MIT)</source>
        <translation>机场位置据 airportsdata（MIT）</translation>
    </message>
    <message>
        <source>courses of the ridges after OpenStreetMap contributors (ODbL)</source>
        <translation>山脊走向据 OpenStreetMap 贡献者（ODbL）</translation>
    </message>
    <message>
        <source>main roads and rivers after OpenStreetMap contributors (ODbL 1.0)</source>
        <translation>主要道路与河流据 OpenStreetMap 贡献者（ODbL 1.0）</translation>
    </message>
    <message>
        <source>positions after a public point-of-interest list</source>
        <translation>位置据公开的兴趣点清单</translation>
    </message>
    <message>
        <source>positions of towns from GeoNames (CC BY 4.0)</source>
        <translation>城镇位置据 GeoNames（CC BY 4.0）</translation>
    </message>
    <message>
        <source>river waypoints from OpenStreetMap under ODbL 1.0</source>
        <translation>河流途经点据 OpenStreetMap（ODbL 1.0）</translation>
    </message>
    <message>
        <source>station positions after OpenStreetMap contributors (ODbL)</source>
        <translation>车站位置据 OpenStreetMap 贡献者（ODbL）</translation>
    </message>
    <message>
        <source>tunnel positions from OpenStreetMap under ODbL 1.0</source>
        <translation>隧道位置据 OpenStreetMap（ODbL 1.0）</translation>
    </message>
    <message>
        <source>waypoints from OpenStreetMap under ODbL 1.0</source>
        <translation>途经点据 OpenStreetMap（ODbL 1.0）</translation>
    </message>
    <message>
        <source>Figures: {chart}</source>
        <translation>图中数值：{chart}</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>The page itself names all sources.</source>
        <translation>其余来源见网页本身。</translation>
    </message>
    <message>
        <source>A4, upright</source>
        <translation>A4 纵向</translation>
    </message>
    <message>
        <source>A4, across</source>
        <translation>A4 横向</translation>
    </message>
    <message>
        <source>A3, upright</source>
        <translation>A3 纵向</translation>
    </message>
    <message>
        <source>A3, across</source>
        <translation>A3 横向</translation>
    </message>
    <message>
        <source>Reach by minutes</source>
        <translation>各时限的可达范围</translation>
    </message>
    <message>
        <source>Reach by departure</source>
        <translation>各出发时刻的可达范围</translation>
    </message>
    <message>
        <source>Places by year of opening</source>
        <translation>各年启用的地点</translation>
    </message>
    <message>
        <source>Places on the map</source>
        <translation>图上地点</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Origin: {name}</source>
        <translation>起点：{name}</translation>
    </message>
    <message>
        <source>Only {name}</source>
        <translation>仅{name}可达</translation>
    </message>
    <message>
        <source>Only one of them</source>
        <translation>仅一处可达</translation>
    </message>
    <message>
        <source>Within reach of both</source>
        <translation>两处均可达</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
</context>
</TS>
