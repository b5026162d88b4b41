<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ui</name>
    <message>
        <source>{what} · about {seconds} s</source>
        <translation>{what} · 约 {seconds} 秒</translation>
    </message>
    <message>
        <source>Digital Sandbox</source>
        <translation>数字沙盘</translation>
    </message>
    <message>
        <source>Western (Chongqing) Science City</source>
        <translation>西部（重庆）科学城</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
    <message>
        <source>An unexpected error occurred ({kind}). The map is still running; details are in {file}.</source>
        <translation>程序出现意外错误（{kind}）。地图可继续使用，详情见 {file}。</translation>
    </message>
    <message>
        <source>Talent housing not covered: {count} of {homes}</source>
        <translation>未覆盖的人才住房：{count} / {homes}</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不显示</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Walking time limit</source>
        <translation>步行时间阈值</translation>
    </message>
    <message>
        <source>Compare with straight-line radius</source>
        <translation>与直线服务半径对照</translation>
    </message>
    <message>
        <source>Coloured areas are within the walking time of a service. Straight-line radii overstate the coverage.</source>
        <translation>着色范围内可按时步行到达设施；直线服务半径会高估覆盖范围。</translation>
    </message>
    <message>
        <source>Area covered (walking)</source>
        <translation>面积覆盖率（步行）</translation>
    </message>
    <message>
        <source>Choose a kind of service to see the area that it covers.</source>
        <translation>选择一类服务设施，查看其覆盖范围与盲区。</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Area covered (straight line)</source>
        <translation>面积覆盖率（直线服务半径）</translation>
    </message>
    <message>
        <source>Talent housing</source>
        <translation>人才住房覆盖率</translation>
    </message>
    <message>
        <source>Services with no street nearby, which cover nothing: {count}.</source>
        <translation>附近没有道路、不计覆盖的设施：{count} 处。</translation>
    </message>
    <message>
        <source>Positions less accurate than the walking distance: {count}.</source>
        <translation>位置误差大于步行距离、仅供参考的设施：{count} 处。</translation>
    </message>
    <message>
        <source>Area covered</source>
        <translation>覆盖面积</translation>
    </message>
    <message>
        <source>Area not covered</source>
        <translation>盲区面积</translation>
    </message>
    <message>
        <source>Walking speed</source>
        <translation>步行速度</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Under construction</source>
        <translation>在建</translation>
    </message>
    <message>
        <source>Reach from here</source>
        <translation>从这里出发</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>位置精度</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Opacity of {layer}</source>
        <translation>{layer} · 不透明度</translation>
    </message>
    <message>
        <source>{count} nodes</source>
        <translation>{count}节点</translation>
    </message>
    <message>
        <source>Hide {layer}</source>
        <translation>隐藏{layer}</translation>
    </message>
    <message>
        <source>Show {layer}</source>
        <translation>显示{layer}</translation>
    </message>
    <message>
        <source>{layer}: {minutes} min on foot</source>
        <translation>{layer} · 步行 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Within walking time</source>
        <translation>步行覆盖范围</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>盲区</translation>
    </message>
    <message>
        <source>Walking time</source>
        <translation>步行时间</translation>
    </message>
    <message>
        <source>Within {minutes} min</source>
        <translation>{minutes} 分钟以内</translation>
    </message>
    <message>
        <source>{area} km²</source>
        <translation>{area} 平方公里</translation>
    </message>
    <message>
        <source>{speed} km/h</source>
        <translation>{speed} 公里/小时</translation>
    </message>
    <message>
        <source>km/h</source>
        <translation>公里/小时</translation>
    </message>
    <message>
        <source>m</source>
        <translation>米</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>± {metres} m</source>
        <translation>± {metres} 米</translation>
    </message>
    <message>
        <source>{ms} ms · {network}</source>
        <translation>{ms} 毫秒 · {network}</translation>
    </message>
    <message>
        <source>The nearest street is {distance} m from the origin; the {seconds} s to it are included.</source>
        <translation>起点距最近道路 {distance} 米，步行 {seconds} 秒已计入用时。</translation>
    </message>
    <message>
        <source>The nearest street is {distance} m from the destination; the {seconds} s from it are included.</source>
        <translation>终点距最近道路 {distance} 米，步行 {seconds} 秒已计入用时。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names}等，另有 {count} 处</translation>
    </message>
    <message>
        <source>Cutoffs</source>
        <translation>时间阈值</translation>
    </message>
    <message>
        <source>Land counted beside a street</source>
        <translation>路侧计入范围</translation>
    </message>
    <message>
        <source>schematic streets</source>
        <translation>示意路网</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>No place on the map is within reach.</source>
        <translation>范围内没有图上的地点。</translation>
    </message>
    <message>
        <source>≈ indicative: the position is less accurate than the distance reached.</source>
        <translation>≈ 表示仅供参考：位置误差大于可达距离。</translation>
    </message>
    <message>
        <source>Places within reach {count}</source>
        <translation>范围内地点 {count}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Talent housing, covered and not covered</source>
        <translation>人才住房：覆盖与盲区</translation>
    </message>
    <message>
        <source>In a service circle</source>
        <translation>是否覆盖</translation>
    </message>
    <message>
        <source>not covered</source>
        <translation>盲区</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Click the origin: a place or any point on the map.</source>
        <translation>请点击起点：图上的地点或任意位置。</translation>
    </message>
    <message>
        <source>Click the destination: a place or any point on the map.</source>
        <translation>请点击终点：图上的地点或任意位置。</translation>
    </message>
    <message>
        <source>Schematic streets, for demonstration only. Load a real network for analysis.</source>
        <translation>当前为示意路网，结果仅作演示。载入真实路网后再用于分析。</translation>
    </message>
    <message>
        <source>Load network</source>
        <translation>载入路网</translation>
    </message>
    <message>
        <source>Export as a web page</source>
        <translation>导出为网页</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Street networks</source>
        <translation>路网文件</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>The map wasn't ready in time.</source>
        <translation>地图未能及时绘制完成。</translation>
    </message>
    <message>
        <source>Reduce the time, the area or the number of places.</source>
        <translation>请缩短时间、缩小范围或减少地点。</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>No place with this name on the map</source>
        <translation>图上没有这个名称</translation>
    </message>
    <message>
        <source>There is no display for a window.</source>
        <translation>没有可用的显示器，无法打开窗口。</translation>
    </message>
    <message>
        <source>Save the window as an image instead: sandbox screenshot -o map.png</source>
        <translation>可改为保存成图片：sandbox screenshot -o map.png</translation>
    </message>
    <message>
        <source>A new result is being computed. The previous one is shown.</source>
        <translation>正在计算新结果，当前显示的是上一次的结果。</translation>
    </message>
    <message>
        <source>Street network</source>
        <translation>路网</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型：</translation>
    </message>
    <message>
        <source>&amp;Directory:</source>
        <translation>文件夹：</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>My Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>Areas that can reach here</source>
        <translation>能到达这里的范围</translation>
    </message>
    <message>
        <source>Show the whole result</source>
        <translation>显示全部结果</translation>
    </message>
    <message>
        <source>Show the whole layer</source>
        <translation>显示整个图层</translation>
    </message>
    <message>
        <source>Show the selected place</source>
        <translation>显示所选地点</translation>
    </message>
    <message>
        <source>Kind: {name} …</source>
        <translation>类别：{name} …</translation>
    </message>
    <message>
        <source>Layer: {name} …</source>
        <translation>图层：{name} …</translation>
    </message>
</context>
</TS>
