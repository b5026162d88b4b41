<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>asks</name>
    <message>
        <source>Origin: a place of the map, the one place of a file, or a position.</source>
        <translation>起点：地图上的地点、文件中唯一的地点，或经纬度。</translation>
    </message>
    <message>
        <source>No route leads from {start} to {end} within {minutes} minutes.</source>
        <translation>{minutes} 分钟内没有从 {start} 到 {end} 的路线。</translation>
    </message>
    <message>
        <source>Allow more time, or choose another mode.</source>
        <translation>请放宽时间，或换一种出行方式。</translation>
    </message>
    <message>
        <source>Continue along</source>
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
        <source>Make a U-turn</source>
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
        <source>Output file for the route and its steps.</source>
        <translation>保存路线及其分段的文件。</translation>
    </message>
    <message>
        <source>Find the fastest route between two places, step by step.</source>
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
        <source>Walk from the street to the destination</source>
        <translation>由道路步行到达</translation>
    </message>
    <message>
        <source>there is no kind “{kind}”</source>
        <translation>没有“{kind}”这一类</translation>
    </message>
    <message>
        <source>the kind “{kind}” can't have the geometry {shape}</source>
        <translation>“{kind}”的几何类型不能是 {shape}</translation>
    </message>
    <message>
        <source>it has no geometry</source>
        <translation>没有位置</translation>
    </message>
    <message>
        <source>its outline intersects itself</source>
        <translation>轮廓自相交</translation>
    </message>
    <message>
        <source>unknown mode: {mode}</source>
        <translation>不支持的出行方式：{mode}</translation>
    </message>
    <message>
        <source>a time factor of {value} (1 to 100 are possible)</source>
        <translation>时间倍数 {value}（可为 1 至 100）</translation>
    </message>
    <message>
        <source>The street edits can't be applied</source>
        <translation>道路修改无法应用</translation>
    </message>
    <message>
        <source>Correct these edits, or switch them off.</source>
        <translation>请修正这些道路修改，或将其关闭。</translation>
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
        <source>it closes no street: the mark must lie within {limit} m of one</source>
        <translation>没有封闭任何道路；标记须在 {limit} 米以内</translation>
    </message>
    <message>
        <source>The street edits of {path} can't be used</source>
        <translation>{path} 中的道路修改无法使用</translation>
    </message>
    <message>
        <source>unknown property “{column}”</source>
        <translation>未知的属性“{column}”</translation>
    </message>
    <message>
        <source>kind must be one of: {kinds}</source>
        <translation>kind 须为以下之一：{kinds}</translation>
    </message>
    <message>
        <source>name must be text</source>
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
        <source>time_factor must be a number</source>
        <translation>time_factor 须为数字</translation>
    </message>
    <message>
        <source>modes must be a list of mode names</source>
        <translation>modes 须为出行方式名称的列表</translation>
    </message>
    <message>
        <source>the geometry can't be read</source>
        <translation>几何图形无法读取</translation>
    </message>
    <message>
        <source>its coordinates aren't longitude and latitude in degrees</source>
        <translation>坐标不是经纬度</translation>
    </message>
    <message>
        <source>{path} can't be read as street edits: {reason}.</source>
        <translation>无法将 {path} 读作道路修改：{reason}。</translation>
    </message>
    <message>
        <source>Give a file whose features each have a kind, as GeoJSON or GeoPackage.</source>
        <translation>请给出每个要素都写明 kind 的文件，如 GeoJSON 或 GeoPackage。</translation>
    </message>
    <message>
        <source>Streets closed, slowed or added: features with a kind, as GeoJSON, GeoPackage, Shapefile or another file that says where it lies.</source>
        <translation>道路修改（封闭、减速或新增）：写明 kind 的要素，可为 GeoJSON、GeoPackage、SHP 等注明坐标系的文件。</translation>
    </message>
    <message>
        <source>No street is within {limit} m of: {names}.</source>
        <translation>以下地点 {limit} 米内没有道路：{names}。</translation>
    </message>
    <message>
        <source>Choose places nearer to a street of the network.</source>
        <translation>请选择离路网更近的地点。</translation>
    </message>
    <message>
        <source>Nothing is reached, so there is no travel-time surface.</source>
        <translation>没有可达范围，因此没有时间面。</translation>
    </message>
    <message>
        <source>Allow more time or distance.</source>
        <translation>请放宽时间或距离。</translation>
    </message>
    <message>
        <source>The travel-time surfaces of {count} results are too large for one file.</source>
        <translation>{count} 个结果的时间面过大，无法写入一个文件。</translation>
    </message>
    <message>
        <source>Use fewer origins at a time, or less time.</source>
        <translation>请减少起点，或缩短时间。</translation>
    </message>
    <message>
        <source>{count} points are too many for one file; the limit is {most}.</source>
        <translation>{count} 个点过多；一个文件最多 {most} 个。</translation>
    </message>
    <message>
        <source>The layer {layer} has no places.</source>
        <translation>图层 {layer} 中没有地点。</translation>
    </message>
    <message>
        <source>Choose another layer.</source>
        <translation>请选择其他图层。</translation>
    </message>
    <message>
        <source>With several places: each by itself (each), the area within reach of any of them (any), or the area where all can meet (all).</source>
        <translation>多个地点：各自计算（each）；任一地点可达的范围（any）；都能按时到达的会合范围（all）。</translation>
    </message>
    <message>
        <source>Content of the file: areas, their outlines, points along the streets with their travel times, or a travel-time surface (GeoTIFF).  [default: bands; surface for .tif]</source>
        <translation>文件内容：面（bands）、等时线（isolines）、道路点及时间（points）或时间面（surface，GeoTIFF）。  [默认：bands；.tif 为 surface]</translation>
    </message>
    <message>
        <source>The content of the file is given, but no file is named.</source>
        <translation>说明了文件内容，却没有给出文件名。</translation>
    </message>
    <message>
        <source>Name it with -o FILE.</source>
        <translation>请用 -o 文件 给出。</translation>
    </message>
    <message>
        <source>{file} can't store {form}.</source>
        <translation>{file} 的文件类型不支持 {form}。</translation>
    </message>
    <message>
        <source>The name must end in .tif for a surface, and in .geojson or .gpkg for anything else.</source>
        <translation>时间面请用 .tif 结尾，其余用 .geojson 或 .gpkg。</translation>
    </message>
    <message>
        <source>There is no street near: {names}.</source>
        <translation>以下地点附近没有道路：{names}。</translation>
    </message>
    <message>
        <source>Say which place of a kind is nearest to each home, or any place, in minutes and metres.</source>
        <translation>给出每处住所（或任意地点）最近的某类地点，以及所需分钟和米数。</translation>
    </message>
    <message>
        <source>The places to start from, as homes; may be repeated.</source>
        <translation>出发的地点，如住所；可重复。</translation>
    </message>
    <message>
        <source>The places to look for; may be repeated.</source>
        <translation>要找的地点；可重复。</translation>
    </message>
    <message>
        <source>How many of the nearest.</source>
        <translation>找最近的几处。</translation>
    </message>
    <message>
        <source>no street is near enough</source>
        <translation>附近没有道路</translation>
    </message>
    <message>
        <source>more than {minutes} minutes</source>
        <translation>超过 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>最近的地点</translation>
    </message>
    <message>
        <source>The place has none.</source>
        <translation>该地点没有找到最近的地点。</translation>
    </message>
    <message>
        <source>The place has one, {minutes} minutes away.</source>
        <translation>该地点找到了最近的地点，需 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>1 of {all} places has one, {minutes} minutes away.</source>
        <translation>{all} 处中只有 1 处找到了最近的地点，需 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{reached} of {all} places have one.</source>
        <translation>{all} 处中有 {reached} 处找到了最近的地点。</translation>
    </message>
    <message>
        <source> Half of these need at most {median} minutes, the farthest {most}.</source>
        <translation>其中一半不超过 {median} 分钟，最远的需 {most} 分钟。</translation>
    </message>
    <message>
        <source>The farthest {count} are shown; -o FILE has all.</source>
        <translation>只列出最远的 {count} 行；用 -o 文件名 可得全部。</translation>
    </message>
    <message>
        <source>No street is near enough to: {names}. They are not found.</source>
        <translation>以下地点附近没有道路：{names}。不会找到它们。</translation>
    </message>
    <message>
        <source>Places to go from; may be repeated.</source>
        <translation>出发的地点；可重复。</translation>
    </message>
    <message>
        <source>Places to go to; may be repeated.</source>
        <translation>前往的地点；可重复。</translation>
    </message>
    <message>
        <source>Origin: a place of the map, the places of a file, or a position.</source>
        <translation>起点：地图上的地点、文件中的地点，或经纬度。</translation>
    </message>
    <message>
        <source>Start from every place of a layer or file, a place of the map, or here; may be repeated.</source>
        <translation>起点：一个图层或文件的全部地点、地图上的地点，或经纬度；可重复。</translation>
    </message>
    <message>
        <source>Give --from LAYER, FILE, NAME or LON,LAT.</source>
        <translation>请用 --from 给出图层、文件、地名或经纬度。</translation>
    </message>
    <message>
        <source>The places; may be repeated.  [default: talent_housing, labs, universities]</source>
        <translation>要问的地点；可重复。  [默认：talent_housing、labs、universities]</translation>
    </message>
    <message>
        <source>Homes; may be repeated.  [default: talent_housing, universities, settlements]</source>
        <translation>住所；可重复。  [默认：talent_housing、universities、settlements]</translation>
    </message>
    <message>
        <source>Places of work; may be repeated.  [default: labs, industry_parks]</source>
        <translation>工作地点；可重复。  [默认：labs、industry_parks]</translation>
    </message>
    <message>
        <source>“{source}” holds {count} places; only one is possible here.</source>
        <translation>“{source}”含有 {count} 处地点，这里只要一处。</translation>
    </message>
    <message>
        <source>Give the name of one, or its position as LON,LAT.</source>
        <translation>请给出一处的名称，或其经纬度。</translation>
    </message>
    <message>
        <source>{path} has no places of the kind {kind}.</source>
        <translation>{path} 中没有 {kind} 这一类地点。</translation>
    </message>
    <message>
        <source>Output table, one row per pair: ids and names of both ends, minutes, metres, and what they are measured from and to (point, gate, edge); - prints CSV.</source>
        <translation>要写的表，每对一行：两端的编号与名称、分钟、米，以及从何处量起、量到何处（点、出入口、边缘）；写 - 则打印 CSV。</translation>
    </message>
    <message>
        <source>Destination: a place of the map, the one place of a file, or a position.</source>
        <translation>终点：地图上的地点、文件中唯一的地点，或经纬度。</translation>
    </message>
    <message>
        <source>none of its layers has a column kind</source>
        <translation>没有哪个图层有 kind 字段</translation>
    </message>
</context>
</TS>
