<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>api</name>
    <message>
        <source>{name} is {value}, which is no number.</source>
        <translation>{name} 的值 {value} 不是数字。</translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation>请给出数字。</translation>
    </message>
    <message>
        <source>Give depart, not arrive.</source>
        <translation>请给出 depart，而非 arrive。</translation>
    </message>
    <message>
        <source>Give a plan.</source>
        <translation>请给出 plan。</translation>
    </message>
    <message>
        <source>Ask by transit: give depart or arrive.</source>
        <translation>请按公共交通提问：给出 depart 或 arrive。</translation>
    </message>
    <message>
        <source>A comparison reads the shipped table of speeds.</source>
        <translation>情景对比使用随附的速度表。</translation>
    </message>
    <message>
        <source>Leave speeds_file out.</source>
        <translation>请去掉 speeds_file。</translation>
    </message>
    <message>
        <source>The places have no column {column}.</source>
        <translation>这些地点没有 {column} 列。</translation>
    </message>
    <message>
        <source>Columns they have: {known}.</source>
        <translation>现有的列：{known}。</translation>
    </message>
    <message>
        <source>{value} can't be understood as edits of streets.</source>
        <translation>{value} 无法理解为道路修改。</translation>
    </message>
    <message>
        <source>Give a GeoDataFrame with a column kind, a GeoJSON file, or StreetEdit values.</source>
        <translation>请给出带 kind 列的 GeoDataFrame、GeoJSON 文件或 StreetEdit。</translation>
    </message>
    <message>
        <source>The table of street edits lacks its column kind or its coordinate system.</source>
        <translation>道路修改表缺少 kind 列或坐标系。</translation>
    </message>
    <message>
        <source>Give both: kind is closed, avoid, slow, footbridge or path.</source>
        <translation>请两者都给出：kind 为 closed、avoid、slow、footbridge 或 path。</translation>
    </message>
    <message>
        <source>{value} can't be understood as {role}.</source>
        <translation>{value} 无法理解为 {role}。</translation>
    </message>
    <message>
        <source>Give a GeoDataFrame, shapely geometries, pairs of longitude and latitude, or the name of a layer.</source>
        <translation>请给出 GeoDataFrame、shapely 几何、成对的经度与纬度，或图层名称。</translation>
    </message>
    <message>
        <source>No place is given as {role}.</source>
        <translation>{role} 中没有地点。</translation>
    </message>
    <message>
        <source>Several places given as {role} have the same id: {ids}.</source>
        <translation>{role} 中有多处地点的 id 相同：{ids}。</translation>
    </message>
    <message>
        <source>Give each an id of its own in a column id, or reset the index.</source>
        <translation>请用 id 列给每处一个自己的编号，或重置索引。</translation>
    </message>
    <message>
        <source>The table given as {role} has no columns lon and lat.</source>
        <translation>{role} 的表没有 lon 和 lat 列。</translation>
    </message>
    <message>
        <source>Give a GeoDataFrame, or name the columns so; it has: {columns}.</source>
        <translation>请给出 GeoDataFrame，或这样命名列；现有：{columns}。</translation>
    </message>
    <message>
        <source>The places given as {role} don't say their coordinate system.</source>
        <translation>{role} 中的地点没有说明坐标系。</translation>
    </message>
    <message>
        <source>Say it: places.set_crs(4326) for longitude and latitude, or the EPSG code of a plan.</source>
        <translation>请说明：经纬度用 places.set_crs(4326)，规划图用其 EPSG 代码。</translation>
    </message>
    <message>
        <source>The places given as {role} have none of the kind {kind}.</source>
        <translation>{role} 中没有类别为 {kind} 的地点。</translation>
    </message>
    <message>
        <source>Kinds they have: {there}.</source>
        <translation>现有类别：{there}。</translation>
    </message>
    <message>
        <source>The place has no position.</source>
        <translation>该地点没有位置。</translation>
    </message>
    <message>
        <source>Give its longitude and latitude.</source>
        <translation>请给出其经度与纬度。</translation>
    </message>
    <message>
        <source>The outline of the place crosses itself.</source>
        <translation>该地点的轮廓自相交。</translation>
    </message>
    <message>
        <source>Draw it anew.</source>
        <translation>请重新绘制。</translation>
    </message>
    <message>
        <source>{value} is no network.</source>
        <translation>{value} 不是路网。</translation>
    </message>
    <message>
        <source>Give what sandbox.open_network() returns.</source>
        <translation>请给出 sandbox.open_network() 的返回值。</translation>
    </message>
    <message>
        <source>{value} is no path of a network file.</source>
        <translation>{value} 不是路网文件的路径。</translation>
    </message>
    <message>
        <source>Give the path of a .sandnet file.</source>
        <translation>请给出 .sandnet 文件的路径。</translation>
    </message>
    <message>
        <source>An edited network can't be saved.</source>
        <translation>修改过的路网不能保存。</translation>
    </message>
    <message>
        <source>Save the network before its edits, and the edits by themselves.</source>
        <translation>请保存修改之前的路网，修改另行保存。</translation>
    </message>
    <message>
        <source>None of the {count} places given as {role} can be used</source>
        <translation>{role} 中的 {count} 处地点都不能使用</translation>
    </message>
    <message>
        <source>{count} places are given as {role}; it is one.</source>
        <translation>{role} 给出了 {count} 处地点，而应为一处。</translation>
    </message>
    <message>
        <source>Ask for one at a time, or for travel_times.</source>
        <translation>请一次只问一处，或改用 travel_times。</translation>
    </message>
    <message>
        <source>{name} is {value} ({known} are possible).</source>
        <translation>{name} 的值为 {value}（可取 {known}）。</translation>
    </message>
    <message>
        <source>Change it.</source>
        <translation>请修改。</translation>
    </message>
    <message>
        <source>{names} names are given for {places} places.</source>
        <translation>给出了 {names} 个名称，而地点有 {places} 处。</translation>
    </message>
    <message>
        <source>Transit is asked by time; arrive shows from where places are reached.</source>
        <translation>公共交通按时间提问；arrive 给出从何处可以到达。</translation>
    </message>
    <message>
        <source>Leave metres out.</source>
        <translation>请去掉 metres。</translation>
    </message>
    <message>
        <source>{value} is no moment as 2026-11-30T08:00</source>
        <translation>{value} 不是如 2026-11-30T08:00 的时刻</translation>
    </message>
    <message>
        <source>{value} isn't how one moves.</source>
        <translation>{value} 不是出行方式的设置。</translation>
    </message>
    <message>
        <source>Give travel=sandbox.Travel(…), or its fields as keywords.</source>
        <translation>请给出 travel=sandbox.Travel(…)，或用关键字给出其各项。</translation>
    </message>
    <message>
        <source>{name} is {value} ({known} are possible)</source>
        <translation>{name} 的值为 {value}（可取 {known}）</translation>
    </message>
    <message>
        <source>{names}, which only mode transit has</source>
        <translation>{names} 只用于 transit 方式</translation>
    </message>
    <message>
        <source>not one of depart and arrive is given</source>
        <translation>depart 与 arrive 应给出其中一个</translation>
    </message>
    <message>
        <source>{names}, which only mode drive has</source>
        <translation>{names} 只用于 drive 方式</translation>
    </message>
    <message>
        <source>towards, for which transit has arrive</source>
        <translation>公共交通请用 arrive 代替 towards</translation>
    </message>
    <message>
        <source>{name} is {value}, which is no number that it can have</source>
        <translation>{name} 的值 {value} 不是可用的数字</translation>
    </message>
    <message>
        <source>No file is given.</source>
        <translation>没有给出文件。</translation>
    </message>
    <message>
        <source>Give the path of at least one.</source>
        <translation>请至少给出一个文件的路径。</translation>
    </message>
</context>
</TS>
