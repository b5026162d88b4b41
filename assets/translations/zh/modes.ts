<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>modes</name>
    <message>
        <source>Transit</source>
        <translation>公共交通</translation>
    </message>
    <message>
        <source>a cycling speed of {value} km/h (5 to 45 are possible)</source>
        <translation>骑行速度 {value} 公里/小时（可为 5 至 45）</translation>
    </message>
    <message>
        <source>the hour {value} (0 to 23 are possible)</source>
        <translation>时刻 {value} 点（可为 0 至 23）</translation>
    </message>
    <message>
        <source>These travel settings can't be used</source>
        <translation>这些出行设置无法使用</translation>
    </message>
    <message>
        <source>Change these values.</source>
        <translation>请修改这些数值。</translation>
    </message>
    <message>
        <source>{entry} can't be {value}</source>
        <translation>{entry} 不能为 {value}</translation>
    </message>
    <message>
        <source>{entry} is missing</source>
        <translation>缺少 {entry}</translation>
    </message>
    <message>
        <source>The table of speeds {path} has errors</source>
        <translation>速度表 {path} 有误</translation>
    </message>
    <message>
        <source>Correct these entries.</source>
        <translation>请修正这些条目。</translation>
    </message>
    <message>
        <source>The table of speeds {path} lacks driving speeds for: {classes}.</source>
        <translation>速度表 {path} 缺少以下道路等级的驾车速度：{classes}。</translation>
    </message>
    <message>
        <source>Add them under [drive.class_kmh].</source>
        <translation>请在 [drive.class_kmh] 中补充。</translation>
    </message>
    <message>
        <source>The table of speeds {path} can't be read: {reason}.</source>
        <translation>无法读取速度表 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Give a copy of the shipped table with changed values.</source>
        <translation>请复制自带的速度表，改动数值后使用。</translation>
    </message>
    <message>
        <source>“{value}” is not a list of metres such as 300,500,1000.</source>
        <translation>“{value}”不是距离列表，正确写法如 300,500,1000。</translation>
    </message>
    <message>
        <source>Cycling speed on level ground.</source>
        <translation>平路骑行速度。</translation>
    </message>
    <message>
        <source>Hour of the day, 0 to 23, whose congestion slows cars.  [default: free flow]</source>
        <translation>按该时刻（0 至 23 点）的拥堵计算驾车。[默认：畅通路况]</translation>
    </message>
    <message>
        <source>Table of speeds by kind of street.  [default: the shipped one]</source>
        <translation>各类道路的速度表。[默认：自带的速度表]</translation>
    </message>
    <message>
        <source>Reverse: travel to the places of --from instead of from them.</source>
        <translation>反向：计算前往 --from 所给地点的出行，而不是从这些地点出发。</translation>
    </message>
    <message>
        <source>Cutoffs, 1 to 240.  [default: 5,10,15]</source>
        <translation>时间阈值（分钟），1 至 240。[默认：5,10,15]</translation>
    </message>
    <message>
        <source>Cutoffs by distance along the streets, instead of time.</source>
        <translation>改按沿路距离（米）计算。</translation>
    </message>
    <message>
        <source>Land within this distance of a street counts as reached.  [default: 50; drive: 100]</source>
        <translation>距道路不超过此距离的范围计为可达（米）。[默认：50；驾车：100]</translation>
    </message>
    <message>
        <source>Calculate the area reachable from places, or from where they can be reached.</source>
        <translation>按时间或距离计算从各地点可到达的范围，或可到达各地点的范围。</translation>
    </message>
    <message>
        <source>Minutes and metres are both given.</source>
        <translation>同时给出了分钟和米。</translation>
    </message>
    <message>
        <source>Use one of them at a time.</source>
        <translation>请一次只用其中一种。</translation>
    </message>
    <message>
        <source>An hour is given, but congestion only affects driving.</source>
        <translation>给出了时刻，但拥堵只影响驾车。</translation>
    </message>
    <message>
        <source>Omit --hour, or use --mode drive with --minutes.</source>
        <translation>请去掉 --hour，或使用 --mode drive 与 --minutes。</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>From the street</source>
        <translation>距道路</translation>
    </message>
    <message>
        <source>Metres</source>
        <translation>米</translation>
    </message>
    <message>
        <source>By distance on foot; land within {reach} m of a street</source>
        <translation>按步行路程；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>By distance by bike; land within {reach} m of a street</source>
        <translation>按骑行路程；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>By distance by car; land within {reach} m of a street</source>
        <translation>按驾车路程；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>Cycling at {ride} km/h, pushing the bike and walking at {speed} km/h; land within {reach} m of a street</source>
        <translation>骑行速度 {ride} 公里/小时，推行与步行 {speed} 公里/小时；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>Driving in free flow, walking to the street at {speed} km/h; land within {reach} m of a street</source>
        <translation>畅通路况驾车，步行至道路 {speed} 公里/小时；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>Driving with the congestion of {hour}:00, walking to the street at {speed} km/h; land within {reach} m of a street</source>
        <translation>按 {hour} 点的拥堵驾车，步行至道路 {speed} 公里/小时；距道路 {reach} 米以内的范围</translation>
    </message>
    <message>
        <source>{value} metres (10 to 100000 are possible)</source>
        <translation>{value} 米（可为 10 至 100000）</translation>
    </message>
    <message>
        <source>no distance is given</source>
        <translation>没有给出距离</translation>
    </message>
    <message>
        <source>Longest travel time, 1 to 240.</source>
        <translation>最长出行时间（分钟），1 至 240。</translation>
    </message>
    <message>
        <source>Calculate the travel times and lengths of the fastest routes between two sets of places.</source>
        <translation>计算两组地点之间最快路线的用时和路程，写成表格。</translation>
    </message>
    <message>
        <source>The pair is within {minutes} minutes.</source>
        <translation>这对地点在 {minutes} 分钟内可达。</translation>
    </message>
    <message>
        <source>The pair is not within {minutes} minutes.</source>
        <translation>这对地点在 {minutes} 分钟内不可达。</translation>
    </message>
    <message>
        <source>1 of {pairs} pairs is within {minutes} minutes.</source>
        <translation>{pairs} 对地点中，{minutes} 分钟内只可达 1 对。</translation>
    </message>
    <message>
        <source>{reached} of {pairs} pairs are within {minutes} minutes.</source>
        <translation>{pairs} 对地点中，{minutes} 分钟内可达 {reached} 对。</translation>
    </message>
    <message>
        <source>There is no street near: {names}. Their rows are empty.</source>
        <translation>附近没有道路：{names}。相应各行为空。</translation>
    </message>
    <message>
        <source>{path} contains no places.</source>
        <translation>{path} 中没有地点。</translation>
    </message>
    <message>
        <source>Give a file of points or areas.</source>
        <translation>请给出点或面的文件。</translation>
    </message>
    <message>
        <source>{id} appears twice</source>
        <translation>{id} 重复</translation>
    </message>
    <message>
        <source>{id} has no geometry</source>
        <translation>{id} 没有几何图形</translation>
    </message>
    <message>
        <source>{id} intersects itself</source>
        <translation>{id} 自相交</translation>
    </message>
    <message>
        <source>The places of {path} can't be used</source>
        <translation>{path} 中的地点无法使用</translation>
    </message>
    <message>
        <source>Correct them, then try again.</source>
        <translation>请修正后重试。</translation>
    </message>
    <message>
        <source>{path} can't be read as places: {reason}.</source>
        <translation>无法从 {path} 读取地点：{reason}。</translation>
    </message>
    <message>
        <source>it is a table without geometry</source>
        <translation>它是没有几何图形的表格</translation>
    </message>
    <message>
        <source>{pairs} pairs of places are too many; the limit is {most}.</source>
        <translation>地点对数 {pairs} 过多，最多 {most} 对。</translation>
    </message>
    <message>
        <source>Use fewer places at a time.</source>
        <translation>请分批计算。</translation>
    </message>
    <message>
        <source>slopes by “{value}” (tobler, naismith, flat)</source>
        <translation>坡度模型“{value}”（可为 tobler、naismith、flat）</translation>
    </message>
    <message>
        <source>How slopes affect walking, where the network has elevations; flat ignores them.</source>
        <translation>路网含高程时步行坡度的算法；flat 为不计坡度。</translation>
    </message>
    <message>
        <source>Elevation raster for the slopes of streets; may be repeated for several tiles. Detailed elevations on a public map need a separate licence.</source>
        <translation>高程栅格，用来计算道路坡度；多幅时可重复给出。公开展示的地图使用精细高程须另经批准。</translation>
    </message>
    <message>
        <source>Climbing: {ascent} km up and {descent} km down, as the streets are drawn.</source>
        <translation>高差合计：沿路段方向上升 {ascent} 公里，下降 {descent} 公里。</translation>
    </message>
    <message>
        <source>{count} nodes lie in voids of the elevation files; their heights are interpolated.</source>
        <translation>有 {count} 个节点在高程数据空洞中：高程由相邻节点推得。</translation>
    </message>
    <message>
        <source>Slopes follow the rider's power; the speed applies on level ground.</source>
        <translation>坡度按骑行功率计；速度为平路速度。</translation>
    </message>
    <message>
        <source>Slopes follow Naismith's rule; the speed applies on level ground.</source>
        <translation>坡度按奈史密斯规则计；速度为平路速度。</translation>
    </message>
    <message>
        <source>Slopes follow Tobler's function; the speed applies on level ground.</source>
        <translation>坡度按托布勒函数计；速度为平路速度。</translation>
    </message>
    <message>
        <source>Slopes</source>
        <translation>坡度</translation>
    </message>
    <message>
        <source>known</source>
        <translation>已知</translation>
    </message>
    <message>
        <source>{path} can't be read as an elevation raster: {reason}.</source>
        <translation>无法将 {path} 作为高程栅格读取：{reason}。</translation>
    </message>
    <message>
        <source>Give a GeoTIFF or HGT file.</source>
        <translation>请给出 GeoTIFF 或 HGT 文件。</translation>
    </message>
    <message>
        <source>The elevation raster {path} doesn't state its coordinate system.</source>
        <translation>高程栅格 {path} 没有注明坐标系。</translation>
    </message>
    <message>
        <source>Give a file with a coordinate system; gdal_edit can add one.</source>
        <translation>请给出带坐标系的文件；可用 gdal_edit 补上。</translation>
    </message>
    <message>
        <source>The heights of {path} are in an unknown unit: “{unit}”.</source>
        <translation>{path} 的高程单位“{unit}”无法识别。</translation>
    </message>
    <message>
        <source>Give heights in metres or feet.</source>
        <translation>请用米或英尺为单位。</translation>
    </message>
    <message>
        <source>The elevation raster {path} is too fine for the streets: {pixels} pixels.</source>
        <translation>高程栅格 {path} 过细：范围内有 {pixels} 个像元。</translation>
    </message>
    <message>
        <source>Cut it into tiles or reduce its resolution.</source>
        <translation>请分幅或降低分辨率。</translation>
    </message>
    <message>
        <source>The elevation raster {path} is damaged.</source>
        <translation>高程栅格 {path} 已损坏。</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>请重新下载或复制。</translation>
    </message>
    <message>
        <source>The elevation files have voids at {share} of the streets.</source>
        <translation>高程数据在 {share} 的道路处为空洞。</translation>
    </message>
    <message>
        <source>Give files whose voids are filled.</source>
        <translation>请使用已填补空洞的数据。</translation>
    </message>
    <message>
        <source>{file}: heights are rounded to {step} m; the steps of rounding are smoothed out.</source>
        <translation>{file}：高程取整到 {step} 米，已平滑取整造成的台阶。</translation>
    </message>
    <message>
        <source>Kept {count} turn restrictions for cars.</source>
        <translation>保留 {count} 条机动车转向限制。</translation>
    </message>
    <message>
        <source>Skipped {count} turn restrictions whose ways are not all in the file or do not meet.</source>
        <translation>略过 {count} 条转向限制：其道路不全在文件中，或互不相接。</translation>
    </message>
    <message>
        <source>Skipped {count} turn restrictions that fit several turns, because a way isn't split where one turns: relations {relations}.</source>
        <translation>略过 {count} 条转向限制：道路在转向处未打断，可指多种转向；关系 {relations}。</translation>
    </message>
</context>
</TS>
