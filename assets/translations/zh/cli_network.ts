<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>cli_network</name>
    <message>
        <source>Street networks: build one from OpenStreetMap, or inspect one.</source>
        <translation>路网：由 OpenStreetMap 数据构建路网，或查看路网文件。</translation>
    </message>
    <message>
        <source>Show what a network file contains: size, bounds, source, licence, date, modes.</source>
        <translation>查看路网文件的内容：规模、范围、来源、许可、日期、出行方式。</translation>
    </message>
    <message>
        <source>Output network file.</source>
        <translation>输出的路网文件。</translation>
    </message>
    <message>
        <source>Keep only streets in this bounding box, in degrees.</source>
        <translation>只保留此范围内的道路，单位为度。</translation>
    </message>
    <message>
        <source>Print as JSON.</source>
        <translation>以 JSON 格式输出。</translation>
    </message>
    <message>
        <source>“{value}” is not four numbers W,S,E,N.</source>
        <translation>“{value}”不是“西,南,东,北”四个数。</translation>
    </message>
    <message>
        <source>Reading streets</source>
        <translation>正在读取道路</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>路网</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不详</translation>
    </message>
    <message>
        <source>Modes</source>
        <translation>出行方式</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点数</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>路段数</translation>
    </message>
    <message>
        <source>Isochrones over a departure window: between junctions, the time on the map is never earlier than the true time, and later by at most twice the walk from the nearer junction.</source>
        <translation>时段等时圈：在两个路口之间，图上的用时不会早于实际用时，至多晚“从较近路口步行过去”所需时间的两倍。</translation>
    </message>
    <message>
        <source>Bounds</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>总长</translation>
    </message>
    <message>
        <source>walking</source>
        <translation>步行</translation>
    </message>
    <message>
        <source>cycling</source>
        <translation>骑行</translation>
    </message>
    <message>
        <source>driving</source>
        <translation>驾车</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>小路</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>台阶</translation>
    </message>
    <message>
        <source>Local streets</source>
        <translation>街坊道路</translation>
    </message>
    <message>
        <source>Streets</source>
        <translation>支路</translation>
    </message>
    <message>
        <source>Collector roads</source>
        <translation>次干路</translation>
    </message>
    <message>
        <source>Arterial roads</source>
        <translation>主干路</translation>
    </message>
    <message>
        <source>Expressways</source>
        <translation>快速路</translation>
    </message>
    <message>
        <source>Ferries</source>
        <translation>轮渡</translation>
    </message>
    <message>
        <source>{path}: {nodes} nodes, {edges} edges, {length_km} km.</source>
        <translation>{path}：节点 {nodes} 个，路段 {edges} 条，总长 {length_km} 公里。</translation>
    </message>
    <message>
        <source>Kept {kept} of {read} ways with a highway tag.</source>
        <translation>带 highway 标签的路径共 {read} 条，保留 {kept} 条。</translation>
    </message>
    <message>
        <source>Closed to all modes: {closed}.</source>
        <translation>各方式均不可通行：{closed}。</translation>
    </message>
    <message>
        <source>For {mode}: {kept} edges kept; {edges} dropped in {parts} parts shorter than 1 km that are not connected to the rest in both directions.</source>
        <translation>{mode}：保留路段 {kept} 条；去除不足 1 公里且与其他道路不连通或只能单向进出的 {edges} 条（共 {parts} 处）。</translation>
    </message>
    <message>
        <source>Cut at {count} barriers for the modes that they block.</source>
        <translation>在 {count} 处障碍断开，仅对不能通过的出行方式。</translation>
    </message>
    <message>
        <source>Skipped {count} edges whose nodes are missing from the file.</source>
        <translation>略去文件中缺少节点的路段 {count} 条。</translation>
    </message>
    <message>
        <source>{file}: {count} pixels are undeclared voids with cliffs all around.</source>
        <translation>{file}：有 {count} 个像元四周都是陡壁，是文件未声明的空洞。</translation>
    </message>
    <message>
        <source>Kept {count} piers and platforms without a highway tag.</source>
        <translation>保留没有 highway 标签的码头栈桥与站台 {count} 处。</translation>
    </message>
    <message>
        <source>Texts of {count} objects aren't UTF-8; unreadable characters become “�”.</source>
        <translation>{count} 个对象的文字不是 UTF-8 编码，无法读取之处以“�”标出。</translation>
    </message>
    <message>
        <source>Ignored the conditional speed limits of {count} ways.</source>
        <translation>{count} 条道路仅在特定时段有效的限速未读取。</translation>
    </message>
    <message>
        <source>Speed limits not understood: {listed}.</source>
        <translation>无法理解的限速：{listed}。</translation>
    </message>
    <message>
        <source>Skipped {count} edges outside the bounding box.</source>
        <translation>略去范围之外的路段 {count} 条。</translation>
    </message>
    <message>
        <source>The folder {folder} doesn't exist.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Create it first, or choose another folder.</source>
        <translation>请先新建该文件夹，或另选文件夹。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是文件夹。</translation>
    </message>
    <message>
        <source>Give the name of a network file.</source>
        <translation>请给出路网文件的名称。</translation>
    </message>
    <message>
        <source>{path} would be overwritten by its own network.</source>
        <translation>{path} 将被由它生成的路网覆盖。</translation>
    </message>
    <message>
        <source>Give the network another name, ending in .sandnet.</source>
        <translation>请为路网另取名称，以 .sandnet 结尾。</translation>
    </message>
    <message>
        <source>The file {path} doesn't exist.</source>
        <translation>文件 {path} 不存在。</translation>
    </message>
    <message>
        <source>Give the path of an OpenStreetMap extract (.osm.pbf).</source>
        <translation>请给出 OpenStreetMap 数据文件（.osm.pbf）的路径。</translation>
    </message>
    <message>
        <source>Download or copy the extract again.</source>
        <translation>请重新下载或复制数据文件。</translation>
    </message>
    <message>
        <source>{path} can't be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the disk and the permissions of the file.</source>
        <translation>请检查磁盘和文件权限。</translation>
    </message>
    <message>
        <source>{path} is damaged: a block of it can't be decoded.</source>
        <translation>{path} 已损坏：其中有数据块无法解码。</translation>
    </message>
    <message>
        <source>{path} is not an OpenStreetMap PBF file.</source>
        <translation>{path} 不是 OpenStreetMap PBF 文件。</translation>
    </message>
    <message>
        <source>Give an extract in .osm.pbf format; osmium-tool converts other formats.</source>
        <translation>请给出 .osm.pbf 格式的数据；其他格式可用 osmium-tool 转换。</translation>
    </message>
    <message>
        <source>{path} is incomplete: it ends after {bytes} bytes.</source>
        <translation>{path} 在 {bytes} 字节处中断，文件不完整。</translation>
    </message>
    <message>
        <source>{path} is a history file with several versions of each street.</source>
        <translation>{path} 是历史文件，同一道路有多个版本。</translation>
    </message>
    <message>
        <source>Give an extract for one date; osmium time-filter makes one.</source>
        <translation>请给出某一日期的数据；可用 osmium time-filter 提取。</translation>
    </message>
    <message>
        <source>{bbox} is not a bounding box of longitudes and latitudes.</source>
        <translation>{bbox} 不是有效的经纬度范围。</translation>
    </message>
    <message>
        <source>Give west,south,east,north in degrees, for example 106.2,29.4,106.5,29.7.</source>
        <translation>请以度给出“西,南,东,北”，如 106.2,29.4,106.5,29.7。</translation>
    </message>
    <message>
        <source>{path} lacks nodes of its streets.</source>
        <translation>{path} 缺少道路的节点。</translation>
    </message>
    <message>
        <source>Use an extract with complete ways; osmium extract makes one.</source>
        <translation>请使用道路完整的数据；可用 osmium extract 提取。</translation>
    </message>
    <message>
        <source>No street of {path} lies in the bounding box {bbox}.</source>
        <translation>{path} 中没有道路位于范围 {bbox} 内。</translation>
    </message>
    <message>
        <source>Its streets lie within {bounds} (west,south,east,north).</source>
        <translation>其道路的范围为 {bounds}（西,南,东,北）。</translation>
    </message>
    <message>
        <source>{path} contains no street open to any mode ({read} ways with a highway tag).</source>
        <translation>{path} 中没有可通行的道路（带 highway 标签的路 {read} 条）。</translation>
    </message>
    <message>
        <source>Give an extract that contains streets.</source>
        <translation>请给出含有道路的数据文件。</translation>
    </message>
    <message>
        <source>Travel modes of the network.</source>
        <translation>路网包含的出行方式。</translation>
    </message>
    <message>
        <source>“{value}” contains an unknown mode.</source>
        <translation>“{value}”中有无法识别的出行方式。</translation>
    </message>
</context>
</TS>
