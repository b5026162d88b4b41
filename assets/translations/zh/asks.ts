<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>asks</name>
    <message>
        <source>No way within {minutes} minutes leads from {start} to {end}.</source>
        <translation>{minutes} 分钟内没有从 {start} 到 {end} 的路线。</translation>
    </message>
    <message>
        <source>Ask for more time, or for another mode.</source>
        <translation>请放宽时间，或换一种出行方式。</translation>
    </message>
    <message>
        <source>Along</source>
        <translation>沿</translation>
    </message>
    <message>
        <source>Straight on</source>
        <translation>直行</translation>
    </message>
    <message>
        <source>Slightly left</source>
        <translation>稍向左</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左转</translation>
    </message>
    <message>
        <source>Sharply left</source>
        <translation>左后方转弯</translation>
    </message>
    <message>
        <source>Turn back</source>
        <translation>掉头</translation>
    </message>
    <message>
        <source>Sharply right</source>
        <translation>右后方转弯</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右转</translation>
    </message>
    <message>
        <source>Slightly right</source>
        <translation>稍向右</translation>
    </message>
    <message>
        <source>Where to start: a position, or a place of the map.</source>
        <translation>起点：坐标，或图上的地点名称。</translation>
    </message>
    <message>
        <source>Where to go.</source>
        <translation>终点。</translation>
    </message>
    <message>
        <source>File to write the route and its steps to.</source>
        <translation>写入路线及其分段的文件。</translation>
    </message>
    <message>
        <source>Say the fastest way between two places, step by step.</source>
        <translation>给出两地之间最快的路线，逐段说明。</translation>
    </message>
    <message>
        <source>{start} → {end}: {minutes} minutes, {metres} m</source>
        <translation>{start} → {end}：{minutes} 分钟，{metres} 米</translation>
    </message>
    <message>
        <source>, {up} m up, {down} m down</source>
        <translation>，上升 {up} 米，下降 {down} 米</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>转向</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Walk to the street</source>
        <translation>步行至道路</translation>
    </message>
    <message>
        <source>Walk from the street</source>
        <translation>由道路步行到达</translation>
    </message>
    <message>
        <source>there is no kind “{kind}”</source>
        <translation>没有“{kind}”这一类</translation>
    </message>
    <message>
        <source>“{kind}” can't be a {shape}</source>
        <translation>“{kind}”不能是 {shape}</translation>
    </message>
    <message>
        <source>it has no place</source>
        <translation>没有位置</translation>
    </message>
    <message>
        <source>its outline crosses itself</source>
        <translation>轮廓自相交</translation>
    </message>
    <message>
        <source>there is no mode “{mode}”</source>
        <translation>没有出行方式“{mode}”</translation>
    </message>
    <message>
        <source>a time factor of {value} (1 to 100 are possible)</source>
        <translation>时间倍数 {value}（可为 1 至 100）</translation>
    </message>
    <message>
        <source>The edits of the streets can't be applied</source>
        <translation>道路修改无法应用</translation>
    </message>
    <message>
        <source>Mend these edits, or switch them off.</source>
        <translation>请改正这些修改，或将其关闭。</translation>
    </message>
    <message>
        <source>{name}: {why}</source>
        <translation>{name}：{why}</translation>
    </message>
    <message>
        <source>no street is within {limit} m of its ends</source>
        <translation>两端 {limit} 米内没有道路</translation>
    </message>
    <message>
        <source>it closes no street; a mark must be within {limit} m</source>
        <translation>没有封闭任何道路；标记须在 {limit} 米以内</translation>
    </message>
    <message>
        <source>The street edits of {path} can't be used</source>
        <translation>{path} 中的道路修改无法使用</translation>
    </message>
    <message>
        <source>“{column}” isn't known</source>
        <translation>不认识“{column}”</translation>
    </message>
    <message>
        <source>its kind must be one of: {kinds}</source>
        <translation>kind 须为以下之一：{kinds}</translation>
    </message>
    <message>
        <source>its name must be text</source>
        <translation>name 须为文字</translation>
    </message>
    <message>
        <source>“on” must be true or false</source>
        <translation>“on”须为 true 或 false</translation>
    </message>
    <message>
        <source>a slow area needs a time_factor</source>
        <translation>慢行区须有 time_factor</translation>
    </message>
    <message>
        <source>its time_factor must be a number</source>
        <translation>time_factor 须为数字</translation>
    </message>
    <message>
        <source>its modes must be a list of words</source>
        <translation>modes 须为文字列表</translation>
    </message>
    <message>
        <source>its geometry can't be read</source>
        <translation>几何无法读取</translation>
    </message>
    <message>
        <source>it isn't in degrees of longitude and latitude</source>
        <translation>坐标不是经纬度</translation>
    </message>
    <message>
        <source>{path} can't be read as street edits: {reason}.</source>
        <translation>{path} 无法作为道路修改读取：{reason}。</translation>
    </message>
    <message>
        <source>Give a GeoJSON file of features that each say their kind.</source>
        <translation>请给出 GeoJSON 文件，每个要素写明 kind。</translation>
    </message>
    <message>
        <source>Streets closed, slowed or added, as GeoJSON features with a kind.</source>
        <translation>封闭、减速或新增的道路，GeoJSON 要素，写明 kind。</translation>
    </message>
</context>
</TS>
