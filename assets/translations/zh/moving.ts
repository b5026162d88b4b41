<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>moving</name>
    <message>
        <source>Minimum transfer time</source>
        <translation>最短换乘时间</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Cycling {ride} km/h, walking {speed} km/h</source>
        <translation>骑行 {ride} 公里/小时，步行 {speed} 公里/小时</translation>
    </message>
    <message>
        <source>Driving in free flow</source>
        <translation>畅通路况驾车</translation>
    </message>
    <message>
        <source>Driving with the congestion of {hour}:00</source>
        <translation>驾车（{hour}:00 拥堵）</translation>
    </message>
    <message>
        <source>Public transport, arriving in the {window} min up to {when}, percentile {percentile}, walking {speed} km/h</source>
        <translation>公共交通，{when} 前 {window} 分钟内到达，第 {percentile} 百分位，步行 {speed} 公里/小时</translation>
    </message>
    <message>
        <source>Public transport, leaving {when} + {window} min, percentile {percentile}, walking {speed} km/h</source>
        <translation>公共交通，{when} 起 {window} 分钟内出发，第 {percentile} 百分位，步行 {speed} 公里/小时</translation>
    </message>
    <message>
        <source>Walking time to here</source>
        <translation>步行到此用时</translation>
    </message>
    <message>
        <source>Cycling time</source>
        <translation>骑行用时</translation>
    </message>
    <message>
        <source>Cycling time to here</source>
        <translation>骑行到此用时</translation>
    </message>
    <message>
        <source>Driving time</source>
        <translation>驾车用时</translation>
    </message>
    <message>
        <source>Driving time to here</source>
        <translation>驾车到此用时</translation>
    </message>
    <message>
        <source>Time by public transport and on foot</source>
        <translation>公共交通加步行用时</translation>
    </message>
    <message>
        <source>Time by public transport and on foot to here</source>
        <translation>公共交通加步行到此用时</translation>
    </message>
    <message>
        <source>Travel mode</source>
        <translation>出行方式</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>步行</translation>
    </message>
    <message>
        <source>Cycle</source>
        <translation>骑行</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>驾车</translation>
    </message>
    <message>
        <source>Public transport</source>
        <translation>公共交通</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>从这里出发</translation>
    </message>
    <message>
        <source>To here</source>
        <translation>到这里来</translation>
    </message>
    <message>
        <source>Include slopes</source>
        <translation>计入坡度</translation>
    </message>
    <message>
        <source>Cycling speed on level ground</source>
        <translation>平路骑行速度</translation>
    </message>
    <message>
        <source>Congestion at</source>
        <translation>拥堵时刻</translation>
    </message>
    <message>
        <source>Free flow</source>
        <translation>畅通路况</translation>
    </message>
    <message>
        <source>Timetable only</source>
        <translation>仅时刻表</translation>
    </message>
    <message>
        <source>No lines</source>
        <translation>无线路</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Arrival, local time</source>
        <translation>到达时间（当地）</translation>
    </message>
    <message>
        <source>Departure, local time</source>
        <translation>出发时间（当地）</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>百分位</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Click anywhere on the map to see what can be reached from there.</source>
        <translation>点击地图任意位置，查看从那里可以到达的范围。</translation>
    </message>
    <message>
        <source>By travel time; ≈ is indicative</source>
        <translation>按出行时间；≈ 仅供参考</translation>
    </message>
    <message>
        <source>Time (min)</source>
        <translation>用时（分钟）</translation>
    </message>
    <message>
        <source>slopes not included</source>
        <translation>不计坡度</translation>
    </message>
    <message>
        <source>to here</source>
        <translation>到此处</translation>
    </message>
    <message>
        <source>{how}, {more}</source>
        <translation>{how}，{more}</translation>
    </message>
    <message>
        <source>by bike ({kmh} km/h) to the first stop</source>
        <translation>骑行（{kmh} 公里/小时）到首站</translation>
    </message>
    <message>
        <source>by bike ({kmh} km/h) from the last stop</source>
        <translation>末站后骑行（{kmh} 公里/小时）</translation>
    </message>
    <message>
        <source>at least {n} min per transfer</source>
        <translation>换乘至少 {n} 分钟</translation>
    </message>
    <message>
        <source>at most {n} vehicles</source>
        <translation>最多乘坐 {n} 次</translation>
    </message>
    <message>
        <source>at most {n} min to, between and from stops</source>
        <translation>到站、换乘和离站各不超过 {n} 分钟</translation>
    </message>
    <message>
        <source>waits of half the headway</source>
        <translation>候车按半个发车间隔计</translation>
    </message>
    <message>
        <source>at junctions {left} s for left turns, {right} s for right turns, {straight} s straight on</source>
        <translation>路口左转 {left} 秒、右转 {right} 秒、直行 {straight} 秒</translation>
    </message>
    <message>
        <source>{reach} s to reach the car, {park} s to park</source>
        <translation>取车 {reach} 秒、停车 {park} 秒</translation>
    </message>
</context>
</TS>
