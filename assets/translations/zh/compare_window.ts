<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>compare_window</name>
    <message>
        <source>Layers that are schematic as a whole are not counted.</source>
        <translation>整体为示意的图层不计入。</translation>
    </message>
    <message>
        <source>Export the comparison…</source>
        <translation>导出对比…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Percentile {percentile}</source>
        <translation>第 {percentile} 百分位</translation>
    </message>
    <message>
        <source>The result can't be compared with {name}.</source>
        <translation>无法与 {name} 对比。</translation>
    </message>
    <message>
        <source>No comparison is shown on the map.</source>
        <translation>图上没有对比。</translation>
    </message>
    <message>
        <source>First choose what to compare with.</source>
        <translation>请先选择对比对象。</translation>
    </message>
    <message>
        <source>Places within {minutes} min</source>
        <translation>{minutes} 分钟内的地点</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>First choose an origin.</source>
        <translation>请先选择起点。</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Choose another scenario, mode, time or percentile to see what changes.</source>
        <translation>选择另一情景、方式、时间或百分位，查看变化。</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>导出对比</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Compare with another scenario, mode, departure time, percentile or congestion hour, or with the streets without --edits.</source>
        <translation>与另一情景、方式、出发时间、百分位、拥堵时刻，或未作 --edits 修改的道路对比。</translation>
    </message>
    <message>
        <source>{place} · {minutes} min by bike</source>
        <translation>{place} · 骑行 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{place} · {minutes} min by car</source>
        <translation>{place} · 驾车 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{place} · {minutes} min by public transport</source>
        <translation>{place} · 公共交通 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Cutoffs of the isochrones; the largest one also applies to the service circles.  [default: 5,10,15; public transport 15,30,45]</source>
        <translation>等时圈的时间阈值；服务圈取其中最大者。[默认：5,10,15；公共交通为 15,30,45]</translation>
    </message>
    <message>
        <source>Show minutes saved</source>
        <translation>显示节省的时间</translation>
    </message>
    <message>
        <source>Give another mode; with --edits: unedited; with --mode drive: an hour, 0 to 23, or free-flow; with --mode transit: a scenario ({known}, timetable, or a file), a percentile, or another departure time as 2026-11-23T18:00.</source>
        <translation>请给出另一种出行方式；有 --edits 时也可为 unedited；--mode drive 时也可为 0 至 23 点的拥堵时刻或 free-flow；--mode transit 时也可为情景（{known}、timetable 或文件）、百分位，或另一出发时间，如 2026-11-23T18:00。</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>范围面</translation>
    </message>
    <message>
        <source>Swap base and plan</source>
        <translation>互换基准与方案</translation>
    </message>
    <message>
        <source>Show the difference for this cutoff on the map</source>
        <translation>在图上显示此时间阈值的差异</translation>
    </message>
    <message>
        <source>Blue: reached sooner with the plan than with the base. Orange: reached later.</source>
        <translation>蓝色：方案比基准更快到达；橙色：更慢到达。</translation>
    </message>
    <message>
        <source>Blue hatching: area that the plan adds. Orange hatching: area that it loses.</source>
        <translation>蓝色斜线为方案新增的范围，橙色斜线为减少的范围。</translation>
    </message>
    <message>
        <source>Largest changes, minutes</source>
        <translation>用时变化最大的地点（分钟）</translation>
    </message>
    <message>
        <source>Base → plan (min)</source>
        <translation>基准 → 方案（分钟）</translation>
    </message>
</context>
</TS>
