<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>compare_window</name>
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
        <source>The answer can't be compared with {name}.</source>
        <translation>无法与 {name} 对比。</translation>
    </message>
    <message>
        <source>Give another mode; with --edits: unedited; by line a scenario ({known}) or percentile.</source>
        <translation>请给出另一种出行方式；有 --edits 时也可为 unedited；--mode transit 时也可为情景（{known}）或百分位。</translation>
    </message>
    <message>
        <source>Nothing is compared on the map.</source>
        <translation>图上没有对比。</translation>
    </message>
    <message>
        <source>Choose first what to compare the answer with.</source>
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
        <source>Blue hatching is ground that the answer gains, orange what it loses.</source>
        <translation>蓝色斜线为图上结果新增的范围，橙色斜线为减少的范围。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose first where the walk begins.</source>
        <translation>请先选择出发点。</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>范围面积</translation>
    </message>
    <message>
        <source>Choose another scenario, mode or percentile to see what changes.</source>
        <translation>选择另一情景、方式或百分位，查看变化。</translation>
    </message>
    <message>
        <source>Within {minutes} min, compared with {base}</source>
        <translation>{minutes} 分钟内，对比{base}</translation>
    </message>
    <message>
        <source>Reached by both</source>
        <translation>两者均可达</translation>
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
        <source>Compare with another scenario, mode or percentile, or the streets without --edits.</source>
        <translation>与同一问题的另一情景、方式、百分位，或未作 --edits 修改的道路对比。</translation>
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
        <source>{place} · {minutes} min by line</source>
        <translation>{place} · 公交 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Cutoffs of the isochrones; the largest is that of the service circles.  [default: 5,10,15; by line 15,30,45]</source>
        <translation>等时圈的时限；服务圈取其中最大者。[默认：5,10,15；公交为 15,30,45]</translation>
    </message>
    <message>
        <source>Show the minutes saved</source>
        <translation>显示节省的时间</translation>
    </message>
    <message>
        <source>Blue ground is reached sooner than by the comparison, orange later.</source>
        <translation>蓝色为比对比对象更早到达的范围，橙色为更晚。</translation>
    </message>
    <message>
        <source>Minutes saved, compared with {base}</source>
        <translation>节省时间，对比{base}</translation>
    </message>
</context>
</TS>
