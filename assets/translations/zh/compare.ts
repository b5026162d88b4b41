<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>compare</name>
    <message>
        <source>There is no street near any of the places.</source>
        <translation>所选地点附近均无道路。</translation>
    </message>
    <message>
        <source>Choose places on the map.</source>
        <translation>请选择路网范围内的地点。</translation>
    </message>
    <message>
        <source>A scenario is given, but scenarios only concern public transport.</source>
        <translation>给出了情景，但情景只影响公共交通。</translation>
    </message>
    <message>
        <source>Omit --base and --with, or use --mode transit.</source>
        <translation>请去掉 --base 与 --with，或使用 --mode transit。</translation>
    </message>
    <message>
        <source>There is nothing to compare with.</source>
        <translation>没有可供对比的对象。</translation>
    </message>
    <message>
        <source>No layer of places has the numeric column {jobs}.</source>
        <translation>没有含数值列 {jobs} 的地点图层。</translation>
    </message>
    <message>
        <source>Give it as LAYER:COLUMN, for example labs:teams.</source>
        <translation>请写成 LAYER:COLUMN，例如 labs:teams。</translation>
    </message>
    <message>
        <source>{same} of {all} rows show no change.</source>
        <translation>{all} 行中有 {same} 行没有变化。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地点数</translation>
    </message>
    <message>
        <source>Scenario: {scenario}</source>
        <translation>情景：{scenario}</translation>
    </message>
    <message>
        <source>Omit --scenario, or use --mode transit.</source>
        <translation>请去掉 --scenario，或使用 --mode transit。</translation>
    </message>
    <message>
        <source>Public transport: scenario added to the timetable; see sandbox scenarios list.</source>
        <translation>公共交通：在时刻表之外叠加的情景；见 sandbox scenarios list。</translation>
    </message>
    <message>
        <source>Another travel mode to compare with the base.</source>
        <translation>与基准对比的另一种出行方式。</translation>
    </message>
    <message>
        <source>Another departure time to compare with the base.</source>
        <translation>与基准对比的另一个出发时刻。</translation>
    </message>
    <message>
        <source>Another percentile to compare with the base.</source>
        <translation>与基准对比的另一个百分位。</translation>
    </message>
    <message>
        <source>Another congestion hour to compare with the base.</source>
        <translation>与基准对比的另一个拥堵时段。</translation>
    </message>
    <message>
        <source>Also sum this column over the places reached, as jobs.</source>
        <translation>另计可达地点该字段之和，作为岗位数。</translation>
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
        <source>within {minutes} min each way, leaving home at {there} and work at {back}; fastest of: {modes}</source>
        <translation>往返均在 {minutes} 分钟内，{there} 离家、{back} 下班；取 {modes} 中最快者</translation>
    </message>
    <message>
        <source>Workplaces within the limit, mean of the homes</source>
        <translation>时限内可达就业地占比（各居住地平均）</translation>
    </message>
    <message>
        <source>Pairs beyond the limit, shown on the map</source>
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
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The articles name one housing area; campuses and towns are counted as homes.</source>
        <translation>报道只点名一处人才住房；高校与镇街仅计作居住地。</translation>
    </message>
    <message>
        <source>Beyond the limit</source>
        <translation>超出时限</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>at least {minutes} min faster</source>
        <translation>至少快 {minutes} 分钟</translation>
    </message>
    <message>
        <source>at least {minutes} min slower</source>
        <translation>至少慢 {minutes} 分钟</translation>
    </message>
    <message>
        <source>km²</source>
        <translation>平方公里</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Full table</source>
        <translation>完整表格</translation>
    </message>
    <message>
        <source>On the map: the place whose area changes most.</source>
        <translation>图上为可达面积变化最大的地点。</translation>
    </message>
    <message>
        <source>{plan} would add {gained} km² and lose {lost} km² within {minutes} minutes</source>
        <translation>{plan}：{minutes} 分钟内可达面积新增 {gained} 平方公里、减少 {lost} 平方公里</translation>
    </message>
    <message>
        <source>{plan} would lose {lost} km² within {minutes} minutes</source>
        <translation>{plan}：{minutes} 分钟内可达面积减少 {lost} 平方公里</translation>
    </message>
    <message>
        <source>{plan} would add {gained} km² within {minutes} minutes</source>
        <translation>{plan}：{minutes} 分钟内可达面积新增 {gained} 平方公里</translation>
    </message>
    <message>
        <source>{plan} would reach the same area within {minutes} minutes</source>
        <translation>{plan}：{minutes} 分钟内可达面积不变</translation>
    </message>
    <message>
        <source>{plan} would change nothing for any of {all} places within {minutes} minutes</source>
        <translation>{plan}：{minutes} 分钟内，{all} 处地点都没有变化</translation>
    </message>
    <message>
        <source>{plan} would let {more} of {all} places reach more within {minutes} minutes, {less} less, and {same} the same; it changes most for {place} ({change})</source>
        <translation>{plan}：{all} 处地点中，{minutes} 分钟内可达范围扩大的 {more} 处、缩小的 {less} 处、不变的 {same} 处；变化最大的是{place}（{change}）</translation>
    </message>
    <message>
        <source>{plan} would let {more} of {all} places reach more within {minutes} minutes, {less} less, {both} more here and less there, and {same} the same; it changes most for {place} ({change})</source>
        <translation>{plan}：{all} 处地点中，{minutes} 分钟内可达范围扩大的 {more} 处、缩小的 {less} 处、有增有减的 {both} 处、不变的 {same} 处；变化最大的是{place}（{change}）</translation>
    </message>
    <message>
        <source>{finding}. {place}: {why}</source>
        <translation>{finding}。{place}：{why}</translation>
    </message>
    <message>
        <source>{finding}. {place}: {why}.</source>
        <translation>{finding}。{place}：{why}。</translation>
    </message>
    <message>
        <source>{one} {other}</source>
        <translation>{one}{other}</translation>
    </message>
    <message>
        <source>{finding}, because {why}</source>
        <translation>{finding}，因为{why}</translation>
    </message>
    <message>
        <source>the place has no street of its own in the base</source>
        <translation>基准中该地点没有可用的道路</translation>
    </message>
    <message>
        <source>the place has no street of its own in the plan</source>
        <translation>方案中该地点没有可用的道路</translation>
    </message>
    <message>
        <source>{plan} would change nothing within {minutes} minutes</source>
        <translation>{plan}：{minutes} 分钟内没有变化</translation>
    </message>
    <message>
        <source>Within {minutes} min · {base} → {plan}</source>
        <translation>{minutes} 分钟内 · {base} → {plan}</translation>
    </message>
    <message>
        <source>Minutes saved: {base} → {plan}</source>
        <translation>节省时间：{base} → {plan}</translation>
    </message>
    <message>
        <source>{place}: {base} → {plan}</source>
        <translation>{place}：{base} → {plan}</translation>
    </message>
    <message>
        <source>{finding}: {why}.</source>
        <translation>{finding}，因为{why}。</translation>
    </message>
    <message>
        <source>{finding}. {why}</source>
        <translation>{finding}。{why}</translation>
    </message>
    <message>
        <source>base and plan are the same</source>
        <translation>基准与方案相同</translation>
    </message>
    <message>
        <source>the same lines run in both</source>
        <translation>两者开行的线路相同</translation>
    </message>
    <message>
        <source>the street edits change no street</source>
        <translation>道路改动没有改变任何道路</translation>
    </message>
    <message>
        <source>the street edits do not concern this travel mode</source>
        <translation>道路改动与这种出行方式无关</translation>
    </message>
    <message>
        <source>every edited street is more than {minutes} minutes away</source>
        <translation>改动的道路都在 {minutes} 分钟之外</translation>
    </message>
    <message>
        <source>the nearest edited street is {minutes} minutes away</source>
        <translation>最近的改动道路距此 {minutes} 分钟</translation>
    </message>
    <message>
        <source>the nearest edited street is {minutes} minutes away, and no travel time depends on it</source>
        <translation>最近的改动道路距此 {minutes} 分钟，但没有出行时间因它而变</translation>
    </message>
    <message>
        <source>all travel times are the same in both</source>
        <translation>两者的出行时间全部相同</translation>
    </message>
    <message>
        <source>travel times change by at most {minutes} minutes, which moves nothing across the cutoff</source>
        <translation>出行时间最多变化 {minutes} 分钟，没有使任何地点或用地进出时间阈值</translation>
    </message>
    <message>
        <source>some travel times change, but not which places and land are within reach</source>
        <translation>部分出行时间有变，但可达的地点与用地不变</translation>
    </message>
    <message>
        <source>{finding}; {places}.</source>
        <translation>{finding}；{places}。</translation>
    </message>
    <message>
        <source>{finding}.</source>
        <translation>{finding}。</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>正在对比</translation>
    </message>
    <message>
        <source>Already reachable</source>
        <translation>原已可达</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Largest changes within {minutes} min</source>
        <translation>{minutes} 分钟内变化最大的地点</translation>
    </message>
    <message>
        <source>{layer} (schematic)</source>
        <translation>{layer}（示意）</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Within {minutes} min, base → plan; the base is: {base}</source>
        <translation>{minutes} 分钟以内，基准 → 方案；基准为：{base}</translation>
    </message>
    <message>
        <source>Give --with ID|FILE, another mode, departure time or percentile, or --with-edits.</source>
        <translation>请给出 --with 情景，或另一种方式、时刻、百分位，或 --with-edits。</translation>
    </message>
    <message>
        <source>{layer} is not a schematic layer of places; the other layers are counted anyway.</source>
        <translation>{layer} 不是示意地点图层；其他地点图层本来就计入。</translation>
    </message>
    <message>
        <source>Compare a base with plans: area, minutes and places of every kind within reach.</source>
        <translation>对比基准与方案：各地点可达的面积、用时与各类地点。</translation>
    </message>
    <message>
        <source>Public transport: the base scenario, or timetable.  [default: today]</source>
        <translation>公共交通：基准情景；timetable 指仅时刻表。[默认：现状]</translation>
    </message>
    <message>
        <source>A scenario as plan; may be repeated.</source>
        <translation>作为方案的情景；可多次给出。</translation>
    </message>
    <message>
        <source>Street edits (closed, slowed or added) to compare with the existing streets.</source>
        <translation>封闭、减速或新增的道路，与现状道路对比。</translation>
    </message>
    <message>
        <source>Also count a schematic layer, separately, because its places are invented; may be repeated.</source>
        <translation>另行计入一个示意图层（地点为虚构）；可多次给出。</translation>
    </message>
    <message>
        <source>Output file: the table; .gpkg adds the areas, .geojson holds the areas alone, .html is the map.</source>
        <translation>输出文件：表格；.gpkg 另含范围，.geojson 仅含范围，.html 为地图。</translation>
    </message>
    <message>
        <source>Existing streets</source>
        <translation>现状道路</translation>
    </message>
    <message>
        <source>{base} → {plan} · {asked}</source>
        <translation>{base} → {plan} · {asked}</translation>
    </message>
</context>
</TS>
