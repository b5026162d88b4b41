<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>compare</name>
    <message>
        <source>No street is near enough to any of the places.</source>
        <translation>所选地点附近均无道路。</translation>
    </message>
    <message>
        <source>Choose places on the map.</source>
        <translation>请选择路网范围内的地点。</translation>
    </message>
    <message>
        <source>A scenario is given, but it says only what lines run.</source>
        <translation>给出了情景，但情景只说明运营哪些线路。</translation>
    </message>
    <message>
        <source>Leave --base and --with out, or ask for --mode transit.</source>
        <translation>请去掉 --base 与 --with，或改用 --mode transit。</translation>
    </message>
    <message>
        <source>There is nothing to compare with.</source>
        <translation>没有可供对比的对象。</translation>
    </message>
    <message>
        <source>Give --with ID|FILE, or another mode, hour or percentile.</source>
        <translation>请给出 --with 情景，或另一种方式、时刻或百分位。</translation>
    </message>
    <message>
        <source>No layer of places has the column of figures {jobs}.</source>
        <translation>没有含数值列 {jobs} 的地点图层。</translation>
    </message>
    <message>
        <source>Name both as LAYER:COLUMN, as labs:teams.</source>
        <translation>请写成 LAYER:COLUMN，例如 labs:teams。</translation>
    </message>
    <message>
        <source>{same} of {all} rows are without change.</source>
        <translation>{all} 行中有 {same} 行没有变化。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Labs</source>
        <translation>科研平台</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地点数</translation>
    </message>
    <message>
        <source>Within {minutes} min: {base} before, and what changes</source>
        <translation>{minutes} 分钟内：以 {base} 为基准及其变化</translation>
    </message>
    <message>
        <source>Scenario: {scenario}</source>
        <translation>情景：{scenario}</translation>
    </message>
    <message>
        <source>Leave --scenario out, or ask for --mode transit.</source>
        <translation>请去掉 --scenario，或改用 --mode transit。</translation>
    </message>
    <message>
        <source>By line: what runs beside the timetable; see sandbox scenarios list.</source>
        <translation>公共交通：时刻表之外运营的线路；见 sandbox scenarios list。</translation>
    </message>
    <message>
        <source>Say what places reach in one scenario and in others: ground, labs, jobs, places.</source>
        <translation>情景对比：各地点在不同情景下可达的面积、科研平台、岗位与地点。</translation>
    </message>
    <message>
        <source>By line: scenario before.  [default: today]</source>
        <translation>公共交通：基准情景。[默认：today]</translation>
    </message>
    <message>
        <source>Scenario after; may be repeated.</source>
        <translation>对比情景；可重复给出。</translation>
    </message>
    <message>
        <source>Another mode beside the base's.</source>
        <translation>与基准对比的另一种出行方式。</translation>
    </message>
    <message>
        <source>Another hour beside the base's.</source>
        <translation>与基准对比的另一个出发时刻。</translation>
    </message>
    <message>
        <source>Another percentile beside the base's.</source>
        <translation>与基准对比的另一个百分位。</translation>
    </message>
    <message>
        <source>Another hour of congestion beside the base's.</source>
        <translation>与基准对比的另一个拥堵时段。</translation>
    </message>
    <message>
        <source>A place; may be repeated.</source>
        <translation>地点；可重复给出。</translation>
    </message>
    <message>
        <source>All places of a layer; may be repeated.  [default: talent_housing, labs, universities]</source>
        <translation>某图层的全部地点；可重复给出。[默认：talent_housing、labs、universities]</translation>
    </message>
    <message>
        <source>Also count this figure of the places reached, as jobs.</source>
        <translation>另计可达地点的该项数值，作为岗位数。</translation>
    </message>
    <message>
        <source>within {minutes} min by line and on foot at {speed} km/h, {when} and {window} min on, percentile {percentile}, walks of at most {longest} min; ground within {reach} m of a street</source>
        <translation>{minutes} 分钟内，公共交通加步行（{speed} 千米/时），{when} 起 {window} 分钟内出发，第 {percentile} 百分位，单段步行不超过 {longest} 分钟；计入街道两侧 {reach} 米以内</translation>
    </message>
    <message>
        <source>End the name in .gpkg, .csv or .html.</source>
        <translation>文件名须以 .gpkg、.csv 或 .html 结尾。</translation>
    </message>
    <message>
        <source>within {minutes} min, walking at {speed} km/h; ground within {reach} m of a street</source>
        <translation>{minutes} 分钟内，步行 {speed} 千米/时；计入街道两侧 {reach} 米以内</translation>
    </message>
    <message>
        <source>By bike</source>
        <translation>骑行</translation>
    </message>
    <message>
        <source>By car</source>
        <translation>驾车</translation>
    </message>
    <message>
        <source>within {minutes} min there and back, leaving home at {there} and work at {back}; best of: {modes}</source>
        <translation>往返均在 {minutes} 分钟内，{there} 离家、{back} 下班；取最快者：{modes}</translation>
    </message>
    <message>
        <source>Workplaces within the limit, mean of the homes</source>
        <translation>时限内可达就业地占比（各居住地平均）</translation>
    </message>
    <message>
        <source>Pairs on the map beyond the limit</source>
        <translation>图上超出时限的组</translation>
    </message>
    <message>
        <source>Every home</source>
        <translation>各居住地</translation>
    </message>
    <message>
        <source>Half-hour commute circle</source>
        <translation>半小时通勤圈</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>居住地</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>就业地</translation>
    </message>
    <message>
        <source>What it lacks</source>
        <translation>所缺</translation>
    </message>
    <message>
        <source>The articles name one housing area; campuses and towns only count.</source>
        <translation>报道只点名一处人才住房；高校与镇街仅计作居住地。</translation>
    </message>
    <message>
        <source>Beyond the limit</source>
        <translation>超出时限</translation>
    </message>
    <message>
        <source>Reached before</source>
        <translation>原已可达</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>Minutes saved: {scenario}</source>
        <translation>节省时间：{scenario}</translation>
    </message>
    <message>
        <source>at least {minutes} min sooner</source>
        <translation>至少早 {minutes} 分钟</translation>
    </message>
    <message>
        <source>at least {minutes} min later</source>
        <translation>至少晚 {minutes} 分钟</translation>
    </message>
    <message>
        <source>km²</source>
        <translation>平方千米</translation>
    </message>
    <message>
        <source>Parks</source>
        <translation>园区</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Who gains most within {minutes} min</source>
        <translation>{minutes} 分钟内新增最多者</translation>
    </message>
    <message>
        <source>The whole table</source>
        <translation>完整表格</translation>
    </message>
    <message>
        <source>On the map: the place that gains most ground.</source>
        <translation>图上为新增面积最多的地点。</translation>
    </message>
    <message>
        <source>{place}: {scenario} beside {base}</source>
        <translation>{place}：{scenario}，对比{base}</translation>
    </message>
    <message>
        <source>{scenario}, {minutes} min</source>
        <translation>{scenario}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>Table to write; as .gpkg with the areas, as .html with the map of them.</source>
        <translation>要写出的表格；.gpkg 时并附范围面，.html 时并附地图。</translation>
    </message>
</context>
</TS>
