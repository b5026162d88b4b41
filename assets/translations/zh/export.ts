<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>export</name>
    <message>
        <source>Give a file name.</source>
        <translation>请给出文件名。</translation>
    </message>
    <message>
        <source>The relief can't be saved as an image: {reason}.</source>
        <translation>地形晕渲无法存为图片：{reason}。</translation>
    </message>
    <message>
        <source>Operating</source>
        <translation>运营</translation>
    </message>
    <message>
        <source>Planned, not open</source>
        <translation>规划，未开通</translation>
    </message>
    <message>
        <source>Schematic</source>
        <translation>示意</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>On foot</source>
        <translation>步行</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>accurate to {metres} m</source>
        <translation>误差约 {metres} 米</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>within {minutes} min</source>
        <translation>{minutes} 分钟内</translation>
    </message>
    <message>
        <source>Added layers</source>
        <translation>添加的图层</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>交通</translation>
    </message>
    <message>
        <source>Base map</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>Layers and legend</source>
        <translation>图层与图例</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Expand or collapse</source>
        <translation>展开或收起</translation>
    </message>
    <message>
        <source>schematic</source>
        <translation>示意</translation>
    </message>
    <message>
        <source>No place on the map is within reach.</source>
        <translation>范围内没有图上的地点。</translation>
    </message>
    <message>
        <source>≈ indicative: the position is less accurate than the walking distance.</source>
        <translation>≈ 表示仅供参考：位置误差大于步行距离。</translation>
    </message>
    <message>
        <source>Sources and terms</source>
        <translation>数据来源与许可</translation>
    </message>
    <message>
        <source>Digital Sandbox of the Western (Chongqing) Science City</source>
        <translation>西部（重庆）科学城数字沙盘</translation>
    </message>
    <message>
        <source>{place} · {minutes} min on foot</source>
        <translation>{place} · 步行 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Area within walking distance</source>
        <translation>覆盖面积</translation>
    </message>
    <message>
        <source>{share} · {area} km²</source>
        <translation>{share} · {area} 平方公里</translation>
    </message>
    <message>
        <source>Talent housing covered</source>
        <translation>覆盖的人才住房</translation>
    </message>
    <message>
        <source>{inside} of {all}</source>
        <translation>{inside} / {all} 处</translation>
    </message>
    <message>
        <source>Straight-line radius, for comparison</source>
        <translation>直线服务半径（对照）</translation>
    </message>
    <message>
        <source>{services}: {minutes}-minute service circles</source>
        <translation>{services}：{minutes} 分钟服务圈</translation>
    </message>
    <message>
        <source>Schematic streets</source>
        <translation>示意路网</translation>
    </message>
    <message>
        <source>{title}, {source}</source>
        <translation>{title}，{source}</translation>
    </message>
    <message>
        <source>streets of {date}</source>
        <translation>路网日期 {date}</translation>
    </message>
    <message>
        <source>streets shown within {distance} km</source>
        <translation>路网绘至 {distance} 公里内</translation>
    </message>
    <message>
        <source>created on {date}</source>
        <translation>制作日期 {date}</translation>
    </message>
    <message>
        <source>works offline</source>
        <translation>可离线打开</translation>
    </message>
    <message>
        <source>land within {reach} m of a street</source>
        <translation>道路两侧 {reach} 米内计入</translation>
    </message>
    <message>
        <source>areas accurate to {cell} m because of their size</source>
        <translation>范围较大，面积精确到 {cell} 米</translation>
    </message>
    <message>
        <source>Map approval no. {number}</source>
        <translation>审图号：{number}</translation>
    </message>
    <message>
        <source>Streets: {title}</source>
        <translation>路网：{title}</translation>
    </message>
    <message>
        <source>Map library</source>
        <translation>地图程序库</translation>
    </message>
    <message>
        <source>Isochrones</source>
        <translation>等时圈</translation>
    </message>
    <message>
        <source>Export the map as files that others can open.</source>
        <translation>把地图导出为他人可以打开的文件。</translation>
    </message>
    <message>
        <source>Language in which the page opens; readers can switch it.</source>
        <translation>网页打开时的语言，可在网页中切换。</translation>
    </message>
    <message>
        <source>Light or dark theme.</source>
        <translation>浅色或深色。</translation>
    </message>
    <message>
        <source>Layers to include.  [default: all]</source>
        <translation>包含的图层。[默认：全部]</translation>
    </message>
    <message>
        <source>Also show the service circles of this layer.</source>
        <translation>同时画出该图层的服务圈。</translation>
    </message>
    <message>
        <source>Add straight-line radii for comparison.</source>
        <translation>另绘直线服务半径作对照。</translation>
    </message>
    <message>
        <source>Export the map as one HTML page that works offline.</source>
        <translation>把地图导出为一个可离线打开的 HTML 网页。</translation>
    </message>
    <message>
        <source>There is no layer named {names}.</source>
        <translation>没有名为 {names} 的图层。</translation>
    </message>
</context>
</TS>
