<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>api</name>
    <message>
        <source>{name} is {value}, which is not a number.</source>
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
        <source>This needs public transport: give depart or arrive.</source>
        <translation>此项须用公共交通：请给出 depart 或 arrive。</translation>
    </message>
    <message>
        <source>A comparison uses the shipped table of speeds.</source>
        <translation>情景对比使用自带的速度表。</translation>
    </message>
    <message>
        <source>No keyword is called {names}.</source>
        <translation>没有名为 {names} 的参数。</translation>
    </message>
    <message>
        <source>Did you mean {near}?</source>
        <translation>您指的是 {near} 吗？</translation>
    </message>
    <message>
        <source>Available keywords: {known}.</source>
        <translation>可用参数：{known}。</translation>
    </message>
    <message>
        <source>No homes are given.</source>
        <translation>未给出住区。</translation>
    </message>
    <message>
        <source>Give homes; or an area, with cells.</source>
        <translation>请给出 homes；或给出 area 与 cells。</translation>
    </message>
    <message>
        <source>What is given as area holds no areas.</source>
        <translation>area 中没有面要素。</translation>
    </message>
    <message>
        <source>Give polygons.</source>
        <translation>请给出多边形。</translation>
    </message>
    <message>
        <source>Omit speeds_file.</source>
        <translation>请去掉 speeds_file。</translation>
    </message>
    <message>
        <source>The places have no column {column}.</source>
        <translation>这些地点没有字段 {column}。</translation>
    </message>
    <message>
        <source>{value} can't be read as street edits.</source>
        <translation>无法将 {value} 读作道路修改。</translation>
    </message>
    <message>
        <source>Give a GeoDataFrame with a column kind, a GeoJSON file, or StreetEdit values.</source>
        <translation>请给出带 kind 字段的 GeoDataFrame、GeoJSON 文件或 StreetEdit。</translation>
    </message>
    <message>
        <source>The table of street edits lacks its column kind or its coordinate system.</source>
        <translation>道路修改表缺少 kind 字段或坐标系。</translation>
    </message>
    <message>
        <source>Give both: kind is closed, avoid, slow, footbridge or path.</source>
        <translation>请两者都给出：kind 为 closed、avoid、slow、footbridge 或 path。</translation>
    </message>
    <message>
        <source>{value} can't be read as {role}.</source>
        <translation>无法将 {value} 读作 {role}。</translation>
    </message>
    <message>
        <source>Give a GeoDataFrame, shapely geometries, pairs of longitude and latitude, or the name of a layer.</source>
        <translation>请给出 GeoDataFrame、shapely 几何图形、成对的经度与纬度，或图层名称。</translation>
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
        <source>Give each a unique id in a column id, or reset the index.</source>
        <translation>请用 id 字段给每处唯一的编号，或重置索引。</translation>
    </message>
    <message>
        <source>The table given as {role} has no columns lon and lat.</source>
        <translation>{role} 的表没有 lon 和 lat 字段。</translation>
    </message>
    <message>
        <source>Give a GeoDataFrame, or use these column names; it has: {columns}.</source>
        <translation>请给出 GeoDataFrame，或使用这些字段名；现有：{columns}。</translation>
    </message>
    <message>
        <source>The places given as {role} don't state their coordinate system.</source>
        <translation>{role} 中的地点没有注明坐标系。</translation>
    </message>
    <message>
        <source>Set it: places.set_crs(4326) for longitude and latitude, or the EPSG code of your plan.</source>
        <translation>请注明：经纬度用 places.set_crs(4326)，规划图用其 EPSG 代码。</translation>
    </message>
    <message>
        <source>The places given as {role} contain none of the kind {kind}.</source>
        <translation>{role} 中没有类别为 {kind} 的地点。</translation>
    </message>
    <message>
        <source>Available kinds: {there}.</source>
        <translation>该图层的类别有：{there}。</translation>
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
        <source>The outline of the place intersects itself.</source>
        <translation>该地点的轮廓自相交。</translation>
    </message>
    <message>
        <source>Correct its geometry.</source>
        <translation>请修正其几何图形。</translation>
    </message>
    <message>
        <source>{value} is not a network.</source>
        <translation>{value} 不是路网。</translation>
    </message>
    <message>
        <source>Give what sandbox.open_network() returns.</source>
        <translation>请给出 sandbox.open_network() 的返回值。</translation>
    </message>
    <message>
        <source>{value} is not the path of a network file.</source>
        <translation>{value} 不是路网文件的路径。</translation>
    </message>
    <message>
        <source>Give the path of a .sandnet file.</source>
        <translation>请给出 .sandnet 文件的路径。</translation>
    </message>
    <message>
        <source>A network with street edits can't be saved.</source>
        <translation>含道路修改的路网不能保存。</translation>
    </message>
    <message>
        <source>Save the network without the edits, and save the edits separately.</source>
        <translation>请保存不含修改的路网，修改另行保存。</translation>
    </message>
    <message>
        <source>None of the {count} places given as {role} can be used</source>
        <translation>{role} 中的 {count} 处地点都不能使用</translation>
    </message>
    <message>
        <source>{count} places are given as {role}; only one is allowed.</source>
        <translation>{role} 给出了 {count} 处地点，只能有一处。</translation>
    </message>
    <message>
        <source>Give one at a time, or use travel_times.</source>
        <translation>请一次给出一处，或改用 travel_times。</translation>
    </message>
    <message>
        <source>{name} is {value} ({known} are possible).</source>
        <translation>{name} 的值为 {value}（可取 {known}）。</translation>
    </message>
    <message>
        <source>Change this value.</source>
        <translation>请修改该值。</translation>
    </message>
    <message>
        <source>{names} names are given for {places} places.</source>
        <translation>给出了 {names} 个名称，而地点有 {places} 处。</translation>
    </message>
    <message>
        <source>Public transport is calculated by time; arrive shows from where places can be reached.</source>
        <translation>公共交通按时间计算；arrive 给出从何处可以到达。</translation>
    </message>
    <message>
        <source>Omit metres.</source>
        <translation>请去掉 metres。</translation>
    </message>
    <message>
        <source>{value} is not a time such as 2026-11-30T08:00</source>
        <translation>{value} 不是 2026-11-30T08:00 这样的时间</translation>
    </message>
    <message>
        <source>{value} is not a travel setting.</source>
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
        <source>{names}, which only applies to mode transit</source>
        <translation>{names} 只用于 transit 方式</translation>
    </message>
    <message>
        <source>either depart or arrive is required</source>
        <translation>depart 与 arrive 应给出其中一个</translation>
    </message>
    <message>
        <source>{names}, which only applies to mode drive</source>
        <translation>{names} 只用于 drive 方式</translation>
    </message>
    <message>
        <source>towards has no meaning here: both ends are given.</source>
        <translation>两端都已给出，不能再用 towards。</translation>
    </message>
    <message>
        <source>Omit it; for the way back, swap the places.</source>
        <translation>请去掉它；要算回程，请互换两端的地点。</translation>
    </message>
    <message>
        <source>towards; for transit, use arrive</source>
        <translation>公共交通请用 arrive 代替 towards</translation>
    </message>
    <message>
        <source>{name} is {value}, which is not an allowed number</source>
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
    <message>
        <source>No street is near enough to the home or the workplace.</source>
        <translation>住所或工作地附近没有足够近的道路。</translation>
    </message>
    <message>
        <source>{value} is not a language of the program.</source>
        <translation>{value} 不是本程序的语言。</translation>
    </message>
    <message>
        <source>Give {known}.</source>
        <translation>请给出 {known} 之一。</translation>
    </message>
    <message>
        <source>Give the name of a place of the map, or a pair of longitude and latitude.</source>
        <translation>请给出图上地点的名称，或一对经度与纬度。</translation>
    </message>
</context>
</TS>
