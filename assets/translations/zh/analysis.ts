<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>analysis</name>
    <message>
        <source>Network file.  [default: the shipped schematic streets]</source>
        <translation>路网文件。[默认：自带的示意路网]</translation>
    </message>
    <message>
        <source>Cutoffs, 1 to 240.</source>
        <translation>时间阈值（分钟），1 至 240。</translation>
    </message>
    <message>
        <source>Walking speed.</source>
        <translation>步行速度。</translation>
    </message>
    <message>
        <source>Report the area and the talent housing that the services of a layer cover.</source>
        <translation>计算某图层设施的服务范围、覆盖率与盲区，以及覆盖范围之外的人才住房。</translation>
    </message>
    <message>
        <source>Layer or file of the services.</source>
        <translation>设施所在的图层或文件。</translation>
    </message>
    <message>
        <source>Only places of this kind; may be repeated.</source>
        <translation>只取这一类地点；可多次给出。</translation>
    </message>
    <message>
        <source>Longest walk.</source>
        <translation>最长步行时间（分钟）。</translation>
    </message>
    <message>
        <source>“{value}” is not a list of minutes such as 5,10,15.</source>
        <translation>“{value}”不是分钟列表，正确写法如 5,10,15。</translation>
    </message>
    <message>
        <source>No origin is given.</source>
        <translation>没有给出起点。</translation>
    </message>
    <message>
        <source>Give at least one place.</source>
        <translation>请至少给出一个地点。</translation>
    </message>
    <message>
        <source>“{name}” matches several places: {names}.</source>
        <translation>“{name}”对应多处地点：{names}。</translation>
    </message>
    <message>
        <source>Give more of the name, or its position as LON,LAT.</source>
        <translation>请给出更完整的名称，或以“经度,纬度”给出位置。</translation>
    </message>
    <message>
        <source>There is no place named “{name}” on the map.</source>
        <translation>地图上没有名为“{name}”的地点。</translation>
    </message>
    <message>
        <source>Give its position as LON,LAT.</source>
        <translation>请以“经度,纬度”给出位置。</translation>
    </message>
    <message>
        <source>Similar names: {names}.</source>
        <translation>相近的名称有：{names}。</translation>
    </message>
    <message>
        <source>No layer of places is named {layer}.</source>
        <translation>没有名为 {layer} 的地点图层。</translation>
    </message>
    <message>
        <source>Layers: {known}.</source>
        <translation>现有图层：{known}。</translation>
    </message>
    <message>
        <source>The layer {layer} has no places of the kind {kind}.</source>
        <translation>图层 {layer} 中没有 {kind} 类的地点。</translation>
    </message>
    <message>
        <source>Available kinds: {there}.</source>
        <translation>该图层的类别有：{there}。</translation>
    </message>
    <message>
        <source>{file}: files of this type can't be written.</source>
        <translation>无法写入 {file}：不支持这种文件类型。</translation>
    </message>
    <message>
        <source>End the name in {endings}.</source>
        <translation>文件名请以 {endings} 结尾。</translation>
    </message>
    <message>
        <source>{many} or {last}</source>
        <translation>{many} 或 {last}</translation>
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
        <source>{path} can't be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the permissions and the free disk space, or choose another folder.</source>
        <translation>请检查权限和磁盘剩余空间，或另选文件夹。</translation>
    </message>
    <message>
        <source>Network: {title}, {date}</source>
        <translation>路网：{title}，{date}</translation>
    </message>
    <message>
        <source>date unknown</source>
        <translation>日期不详</translation>
    </message>
    <message>
        <source>{title} (schematic)</source>
        <translation>{title}（示意）</translation>
    </message>
    <message>
        <source>Walking at {speed} km/h; land within {reach} m of a street</source>
        <translation>步行速度 {speed} 公里/小时；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>The areas are accurate to {cell} m because of their size.</source>
        <translation>范围较大，面积精确到 {cell} 米。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>To the street</source>
        <translation>至道路</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Area km²</source>
        <translation>面积（平方公里）</translation>
    </message>
    <message>
        <source>The position of {origin} is only accurate to {accuracy} m, so the area reached from it is indicative.</source>
        <translation>{origin}的位置精度仅为 {accuracy} 米：由此得出的可达范围仅供参考。</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>Longest walk</source>
        <translation>最长步行时间</translation>
    </message>
    <message>
        <source>{minutes} minutes</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>Schematic streets of the Science City</source>
        <translation>科学城示意路网</translation>
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
        <source>Straight-line radius</source>
        <translation>直线服务半径</translation>
    </message>
    <message>
        <source>Talent housing covered</source>
        <translation>覆盖的人才住房</translation>
    </message>
    <message>
        <source>Talent housing not covered</source>
        <translation>未覆盖的人才住房</translation>
    </message>
    <message>
        <source>The positions of {count} services are less accurate than the walking distance: the shares are indicative.</source>
        <translation>{count} 处设施的位置精度低于步行距离：覆盖率仅供参考。</translation>
    </message>
    <message>
        <source>These services have no street nearby and cover nothing: {names}.</source>
        <translation>以下设施附近没有道路，不计覆盖：{names}。</translation>
    </message>
    <message>
        <source>The calculation can't be run</source>
        <translation>无法计算</translation>
    </message>
    <message>
        <source>Change these values.</source>
        <translation>请修改这些数值。</translation>
    </message>
    <message>
        <source>no number of minutes is given</source>
        <translation>没有给出时间</translation>
    </message>
    <message>
        <source>{value} minutes (1 to 240 are possible)</source>
        <translation>时间 {value} 分钟（可用 1 至 240）</translation>
    </message>
    <message>
        <source>a speed of {value} km/h (0.5 to 20 are possible)</source>
        <translation>速度 {value} 公里/小时（可用 0.5 至 20）</translation>
    </message>
    <message>
        <source>a distance of {value} m from streets (10 to 500 are possible)</source>
        <translation>距道路 {value} 米（可用 10 至 500）</translation>
    </message>
    <message>
        <source>{minutes} minutes exceed the {searched} minutes of the calculation.</source>
        <translation>{minutes} 分钟超出已计算的 {searched} 分钟。</translation>
    </message>
    <message>
        <source>Run it again for the longer time.</source>
        <translation>请以更长的时间重新计算。</translation>
    </message>
    <message>
        <source>{at} is not a position on the Earth.</source>
        <translation>{at} 不是地球上的位置。</translation>
    </message>
    <message>
        <source>Give longitude and latitude in degrees, for example 106.32,29.52.</source>
        <translation>请以度给出经度,纬度，如 106.32,29.52。</translation>
    </message>
    <message>
        <source>{at} lies outside the network {network}.</source>
        <translation>{at} 在路网“{network}”范围之外。</translation>
    </message>
    <message>
        <source>Choose a place within {bounds} (west,south,east,north).</source>
        <translation>请在此范围内选点：{bounds}（西,南,东,北）。</translation>
    </message>
    <message>
        <source>{count} of {every} places lie outside the network {network}; with longitude and latitude swapped they would lie on it.</source>
        <translation>{every} 处地点中有 {count} 处在路网 {network} 之外；对调经纬度后则在路网之内。</translation>
    </message>
    <message>
        <source>Longitude comes first: did you mean {swapped}?</source>
        <translation>经度在前：是否应为 {swapped}？</translation>
    </message>
    <message>
        <source>There are no services of this kind.</source>
        <translation>没有这一类设施。</translation>
    </message>
    <message>
        <source>Choose another kind.</source>
        <translation>请选择另一类设施。</translation>
    </message>
    <message>
        <source>None of the {count} services lies within {limit} m of a street.</source>
        <translation>{count} 处设施均不在道路 {limit} 米以内。</translation>
    </message>
    <message>
        <source>Open a network that covers them.</source>
        <translation>请打开覆盖这些设施的路网。</translation>
    </message>
    <message>
        <source>{value} nearest places (1 to 20 are possible)</source>
        <translation>最近的 {value} 处（可取 1 至 20）</translation>
    </message>
    <message>
        <source>There are no places to search for.</source>
        <translation>没有可查找的地点。</translation>
    </message>
    <message>
        <source>Choose another layer or kind.</source>
        <translation>请换一个图层或类别。</translation>
    </message>
</context>
</TS>
