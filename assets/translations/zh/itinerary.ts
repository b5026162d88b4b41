<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>itinerary</name>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>步行</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等车</translation>
    </message>
    <message>
        <source>Ride</source>
        <translation>乘车</translation>
    </message>
    <message>
        <source>{count} stops</source>
        <translation>{count} 站</translation>
    </message>
    <message>
        <source>{start} → {end}: {minutes} minutes by public transport, {share} % of them waiting</source>
        <translation>{start} → {end}：公共交通全程 {minutes} 分钟，其中等车占 {share}%</translation>
    </message>
    <message>
        <source>To</source>
        <translation>至</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Leaving at {at}: of the departures from {first} to {last} the first that takes as long as percentile {percentile}</source>
        <translation>{at} 出发：{first} 至 {last} 的各次出发中，用时等于第 {percentile} 百分位的最早一次</translation>
    </message>
    <message>
        <source>Arriving by {at}: of the arrivals from {first} to {last} the last that takes as long as percentile {percentile}</source>
        <translation>{at} 前到达：{first} 至 {last} 的各次到达中，用时等于第 {percentile} 百分位的最晚一次</translation>
    </message>
    <message>
        <source>{minutes} min by public transport, {share} % of them waiting</source>
        <translation>公共交通 {minutes} 分钟，其中等车占 {share}%</translation>
    </message>
    <message>
        <source>{clock} wait {minutes} min</source>
        <translation>{clock} 等车 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} {line} to {stop}, {minutes} min</source>
        <translation>{clock} 乘{line}至{stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} walk to {stop}, {minutes} min</source>
        <translation>{clock} 步行至{stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} walk to the destination, {minutes} min</source>
        <translation>{clock} 步行至终点，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min by bike: no line with stops within {walk} min is faster</source>
        <translation>骑行 {minutes} 分钟：起点、终点 {walk} 分钟以内的车站没有更快的线路</translation>
    </message>
    <message>
        <source>{minutes} min on foot: no line with stops within {walk} min is faster</source>
        <translation>步行 {minutes} 分钟：起点、终点 {walk} 分钟以内的车站没有更快的线路</translation>
    </message>
    <message>
        <source>Stay on board</source>
        <translation>不下车</translation>
    </message>
</context>
</TS>
