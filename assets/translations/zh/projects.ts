<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>projects</name>
    <message>
        <source>Reading the project</source>
        <translation>正在读取项目</translation>
    </message>
    <message>
        <source>those of the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>in the project</source>
        <translation>存于项目内</translation>
    </message>
    <message>
        <source>in the file {file}</source>
        <translation>链接文件 {file}</translation>
    </message>
    <message>
        <source>{path} is there already.</source>
        <translation>{path} 已存在。</translation>
    </message>
    <message>
        <source>Give another name, or remove it first.</source>
        <translation>请换一个名称，或先删除它。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Approval number</source>
        <translation>审图号</translation>
    </message>
    <message>
        <source>Compiled by</source>
        <translation>编制单位</translation>
    </message>
    <message>
        <source>Approved on</source>
        <translation>审核日期</translation>
    </message>
    <message>
        <source>Secrecy level</source>
        <translation>密级</translation>
    </message>
    <message>
        <source>{title}, {count} features</source>
        <translation>{title}，{count} 个要素</translation>
    </message>
    <message>
        <source>a project has streets of its own: give one of the two</source>
        <translation>项目自带路网，两者只能给出一个</translation>
    </message>
    <message>
        <source>The project {path} can't be opened: {reason}.</source>
        <translation>无法打开项目 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Open another file, or a backup of this one.</source>
        <translation>请打开其他文件，或该文件的备份。</translation>
    </message>
    <message>
        <source>{name} would run when it is used</source>
        <translation>{name} 会在使用时执行</translation>
    </message>
    <message>
        <source>its table {name} has other columns than ours</source>
        <translation>其中的表 {name} 的字段与本程序的不同</translation>
    </message>
    <message>
        <source>{path} contains what a project must not contain, and wasn't opened</source>
        <translation>{path} 含有项目不允许的内容，未打开</translation>
    </message>
    <message>
        <source>Have whoever sent it save its layers into a new GeoPackage.</source>
        <translation>请提供者把其中的图层另存到新的 GeoPackage。</translation>
    </message>
    <message>
        <source>it is not a GeoPackage</source>
        <translation>它不是 GeoPackage</translation>
    </message>
    <message>
        <source>it has too many tables</source>
        <translation>其中的表过多</translation>
    </message>
    <message>
        <source>{path} was saved by a newer version of the program.</source>
        <translation>{path} 由更新版本的程序保存。</translation>
    </message>
    <message>
        <source>its part {name} is too large or no text</source>
        <translation>其中的 {name} 过大或不是文本</translation>
    </message>
    <message>
        <source>it doesn't say which streets it has</source>
        <translation>未写明所用路网</translation>
    </message>
    <message>
        <source>two layers have the same id</source>
        <translation>有两个图层的 id 相同</translation>
    </message>
    <message>
        <source>its part {name} is damaged</source>
        <translation>其中的 {name} 已损坏</translation>
    </message>
    <message>
        <source>layers: {why}</source>
        <translation>layers：{why}</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设定</translation>
    </message>
    <message>
        <source>public</source>
        <translation>公开</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>confidential</source>
        <translation>秘密</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>top secret</source>
        <translation>绝密</translation>
    </message>
    <message>
        <source>{name} is longer than {most} characters</source>
        <translation>{name} 超过 {most} 个字符</translation>
    </message>
    <message>
        <source>{day} is not a date as 2026-11-30</source>
        <translation>{day} 不是形如 2026-11-30 的日期</translation>
    </message>
    <message>
        <source>there is no level {level}</source>
        <translation>没有密级 {level}</translation>
    </message>
    <message>
        <source>The project {path} can't be read</source>
        <translation>无法读取项目 {path}</translation>
    </message>
    <message>
        <source>{path} is not the name of a project.</source>
        <translation>{path} 不是项目文件名。</translation>
    </message>
    <message>
        <source>The backup {path} can't be written: {reason}.</source>
        <translation>无法写入备份 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Save the project under another name.</source>
        <translation>请把项目另存为其他名称。</translation>
    </message>
    <message>
        <source>The layer {name} isn't in the file any more.</source>
        <translation>图层 {name} 已不在文件中。</translation>
    </message>
    <message>
        <source>The streets {path} can't be read: {reason}.</source>
        <translation>无法读取路网 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Load the network again, then save.</source>
        <translation>请重新载入路网后再保存。</translation>
    </message>
    <message>
        <source>The network {path} is too large to be kept in the project.</source>
        <translation>路网 {path} 过大，无法存入项目。</translation>
    </message>
    <message>
        <source>Copy it into the folder of the project, and open it from there.</source>
        <translation>请把它复制到项目所在文件夹，再从那里打开。</translation>
    </message>
    <message>
        <source>The network {file} of the project isn't beside it.</source>
        <translation>项目所用的路网 {file} 不在其旁。</translation>
    </message>
    <message>
        <source>Copy it there, or have the project saved again with its streets.</source>
        <translation>请把它复制到该处，或请对方连同路网重新保存项目。</translation>
    </message>
    <message>
        <source>its streets are damaged</source>
        <translation>其中的路网已损坏</translation>
    </message>
    <message>
        <source>it names a network outside its folder: {file}</source>
        <translation>它指向所在文件夹之外的路网：{file}</translation>
    </message>
    <message>
        <source>The network {file} was changed after the project was saved.</source>
        <translation>路网 {file} 在项目保存之后被改动过。</translation>
    </message>
    <message>
        <source>its layer {name} is damaged or missing</source>
        <translation>其中的图层 {name} 已损坏或缺失</translation>
    </message>
    <message>
        <source>its layer {name} has no geometry</source>
        <translation>其中的图层 {name} 没有几何图形</translation>
    </message>
    <message>
        <source>its layer {name} is not a table</source>
        <translation>其中的图层 {name} 不是数据表</translation>
    </message>
    <message>
        <source>its layer {name} has too many rows</source>
        <translation>其中的图层 {name} 行数过多</translation>
    </message>
    <message>
        <source>its layer {name} lies in an unknown system</source>
        <translation>其中的图层 {name} 的坐标系未知</translation>
    </message>
    <message>
        <source>Project whose layers and streets are used.</source>
        <translation>使用其图层与路网的项目。</translation>
    </message>
    <message>
        <source>Projects: a city's layers, streets, edits and questions in one file that QGIS opens.</source>
        <translation>项目：一座城市的图层、路网、改路与问题存于一个文件，QGIS 可直接打开。</translation>
    </message>
    <message>
        <source>Project to make.</source>
        <translation>要新建的项目文件。</translation>
    </message>
    <message>
        <source>Show what a project contains: layers, streets, questions, approval, sources.</source>
        <translation>显示项目内容：图层、路网、问题、审图信息与来源。</translation>
    </message>
    <message>
        <source>Open the window, with a project if one is given.</source>
        <translation>打开窗口；给出项目则打开该项目。</translation>
    </message>
    <message>
        <source>Saving the project</source>
        <translation>正在保存项目</translation>
    </message>
    <message>
        <source>{path} has been open at {host} by {user} since {since}.</source>
        <translation>{user} 自 {since} 起在 {host} 上打开着 {path}。</translation>
    </message>
    <message>
        <source>Save the changes to {name}?</source>
        <translation>是否保存对“{name}”的更改？</translation>
    </message>
    <message>
        <source>Otherwise they are lost.</source>
        <translation>否则更改将丢失。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Don't save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>No project was open before.</source>
        <translation>尚未打开过项目。</translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>{name} is open read-only: {user} has had it open at {host} since {since}.</source>
        <translation>“{name}”以只读方式打开：{user} 自 {since} 起在 {host} 上打开着它。</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>The program ended before {name} was saved, last at {at}.</source>
        <translation>程序上次意外结束时“{name}”尚未保存，最近记录于 {at}。</translation>
    </message>
    <message>
        <source>The program ended before the map was saved, last at {at}.</source>
        <translation>程序上次意外结束时地图尚未保存，最近记录于 {at}。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>the map</source>
        <translation>当前地图</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Open a recent project…</source>
        <translation>最近的项目…</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Save the project as…</source>
        <translation>项目另存为…</translation>
    </message>
    <message>
        <source>Reading the base map</source>
        <translation>正在读取底图</translation>
    </message>
    <message>
        <source>Reading elevations</source>
        <translation>正在读取高程</translation>
    </message>
    <message>
        <source>Building the city</source>
        <translation>正在构建城市</translation>
    </message>
    <message>
        <source>Make a project of a city: its streets and base map from an OpenStreetMap extract. Without an extract, of the city that comes with the program.</source>
        <translation>新建城市项目：由 OpenStreetMap 数据构建路网与底图。不给数据则用程序自带的城市。</translation>
    </message>
    <message>
        <source>Timetables and elevations need the streets of an extract.</source>
        <translation>时刻表与高程须与路网数据一并给出。</translation>
    </message>
    <message>
        <source>The secrecy level of the project is {level}, so kiosks and web pages don't show it.</source>
        <translation>项目的密级为“{level}”，展厅与网页不予显示。</translation>
    </message>
    <message>
        <source>Use a project whose level is public or not set.</source>
        <translation>请使用密级为公开或未设定的项目。</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>A city from an OpenStreetMap extract</source>
        <translation>由 OpenStreetMap 数据新建一座城市</translation>
    </message>
    <message>
        <source>The streets and layers on the map, without questions</source>
        <translation>沿用当前地图的路网与图层，不含问题与改路</translation>
    </message>
    <message>
        <source>OpenStreetMap extracts</source>
        <translation>OpenStreetMap 数据</translation>
    </message>
    <message>
        <source>GTFS timetables</source>
        <translation>GTFS 时刻表</translation>
    </message>
    <message>
        <source>Elevation rasters</source>
        <translation>高程栅格</translation>
    </message>
    <message>
        <source>Extract</source>
        <translation>路网数据</translation>
    </message>
    <message>
        <source>Timetables</source>
        <translation>时刻表</translation>
    </message>
    <message>
        <source>Elevations</source>
        <translation>高程</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>保存为</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The name of the file</source>
        <translation>默认用文件名</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Choose an OpenStreetMap extract (.osm.pbf).</source>
        <translation>请选择 OpenStreetMap 数据（.osm.pbf）。</translation>
    </message>
    <message>
        <source>Choose where the project is saved.</source>
        <translation>请选择项目保存的位置。</translation>
    </message>
    <message>
        <source>Title that people read.  [default: the file's name]</source>
        <translation>显示的标题。[默认：文件名]</translation>
    </message>
    <message>
        <source>other layers are shown</source>
        <translation>显示的图层不同</translation>
    </message>
    <message>
        <source>layers hold something else</source>
        <translation>图层内容有变</translation>
    </message>
    <message>
        <source>layers are drawn in another way</source>
        <translation>图层样式有变</translation>
    </message>
    <message>
        <source>the extent is another one</source>
        <translation>范围有变</translation>
    </message>
    <message>
        <source>changed after its approval</source>
        <translation>审核后有改动</translation>
    </message>
    <message>
        <source>Compiled by {compiler}</source>
        <translation>编制：{compiler}</translation>
    </message>
    <message>
        <source>Approved on {day}</source>
        <translation>审核日期：{day}</translation>
    </message>
    <message>
        <source>Base map: {source}</source>
        <translation>底图：{source}</translation>
    </message>
    <message>
        <source>Map approval no. {number} · internal demonstration only</source>
        <translation>审图号：{number} · 仅限内部演示</translation>
    </message>
    <message>
        <source>Map approval no. {number} · {level}</source>
        <translation>审图号：{number} · {level}</translation>
    </message>
    <message>
        <source>Map not reviewed · {level}</source>
        <translation>未经地图审核 · {level}</translation>
    </message>
    <message>
        <source>Map approval</source>
        <translation>地图审核</translation>
    </message>
    <message>
        <source>Map approval…</source>
        <translation>地图审核…</translation>
    </message>
    <message>
        <source>The map was changed after its approval</source>
        <translation>地图在审核后有改动</translation>
    </message>
    <message>
        <source>The map as it is now was approved</source>
        <translation>审核的即为当前地图</translation>
    </message>
    <message>
        <source>It stands on the map, on sheets and on pages. Without a level the map is marked for internal demonstration; kiosks and pages don't show a level that isn't public.</source>
        <translation>审核信息注于地图、图纸与网页。未设定密级的地图标为仅限内部演示；密级不是公开的，展厅与网页不予显示。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Nothing is given to set.</source>
        <translation>没有给出要设置的内容。</translation>
    </message>
    <message>
        <source>Give --number, --compiler, --date, --base-map, --level or --clear.</source>
        <translation>请给出 --number、--compiler、--date、--base-map、--level 或 --clear。</translation>
    </message>
    <message>
        <source>The approval can't be set</source>
        <translation>审图信息无法设置</translation>
    </message>
    <message>
        <source>{file} is open: {user} has had it open at {host} since {since}.</source>
        <translation>{file} 正在使用：{user} 自 {since} 起在 {host} 上打开。</translation>
    </message>
    <message>
        <source>Set the official review of a project's map; what isn't given stays. A number or a day belongs to the map as it is in the project now; the map warns of changes after it.</source>
        <translation>设置项目地图的审图信息；未给出的保持不变。审图号或日期对应项目中当前的地图：此后的改动会有提示。</translation>
    </message>
    <message>
        <source>Approval number (审图号).</source>
        <translation>审图号。</translation>
    </message>
    <message>
        <source>Who compiled the map.</source>
        <translation>编制单位。</translation>
    </message>
    <message>
        <source>Day of the approval.</source>
        <translation>审核日期。</translation>
    </message>
    <message>
        <source>Source of the base map.</source>
        <translation>底图来源。</translation>
    </message>
    <message>
        <source>Secrecy level; kiosks and web pages show only what is public or unset.</source>
        <translation>密级；展厅与网页只显示公开或未设定密级的地图。</translation>
    </message>
    <message>
        <source>Remove the review that is there first.</source>
        <translation>先清除项目中已有的审图信息。</translation>
    </message>
    <message>
        <source>Correct it, then try again.</source>
        <translation>请修正后重试。</translation>
    </message>
    <message>
        <source>Make the sample project: life circles audited, their gaps, and where to build schools. Its estates and facilities are made up: every figure is schematic.</source>
        <translation>生成样例项目：生活圈体检、盲区与学校选址。其中小区与设施均为模拟，所有数字均为示意。</translation>
    </message>
</context>
</TS>
