<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>commute</name>
    <message>
        <source>{value} minutes ({low} to {high} are possible)</source>
        <translation>{value} 分钟（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>choose a mode other than the car, and a scenario</source>
        <translation>除驾车外未选出行方式，或未选情景</translation>
    </message>
    <message>
        <source>Within {minutes} min each way, leaving home at {there} and work at {back}; fastest of {modes}</source>
        <translation>往返均在 {minutes} 分钟内，{there} 离家、{back} 下班；取 {modes} 中最快者</translation>
    </message>
    <message>
        <source>Unknown mode: {mode}.</source>
        <translation>不支持的出行方式：{mode}。</translation>
    </message>
    <message>
        <source>Modes: {known}.</source>
        <translation>出行方式：{known}。</translation>
    </message>
    <message>
        <source>A commute is calculated by departure time.</source>
        <translation>通勤按出发时刻计算。</translation>
    </message>
    <message>
        <source>Give --depart, not --arrive.</source>
        <translation>请给出 --depart，不用 --arrive。</translation>
    </message>
    <message>
        <source>homes</source>
        <translation>居住地</translation>
    </message>
    <message>
        <source>talent housing</source>
        <translation>人才住房</translation>
    </message>
    <message>
        <source>campuses, counted as homes</source>
        <translation>高校（计作居住地）</translation>
    </message>
    <message>
        <source>towns, counted as homes</source>
        <translation>镇街（计作居住地）</translation>
    </message>
    <message>
        <source>no street near the home or the workplace</source>
        <translation>一端附近没有道路</translation>
    </message>
    <message>
        <source>no stop within walking distance of the home</source>
        <translation>居住地步行范围内没有车站</translation>
    </message>
    <message>
        <source>no stop within walking distance of the workplace</source>
        <translation>就业地步行范围内没有车站</translation>
    </message>
    <message>
        <source>no line is faster than walking</source>
        <translation>没有比步行更快的线路</translation>
    </message>
    <message>
        <source>a line connects them, but takes too long</source>
        <translation>有线路连接，但用时过长</translation>
    </message>
    <message>
        <source>Homes</source>
        <translation>居住地</translation>
    </message>
    <message>
        <source>Within the limit</source>
        <translation>时限内</translation>
    </message>
    <message>
        <source>Without a car</source>
        <translation>不驾车</translation>
    </message>
    <message>
        <source>Public transport</source>
        <translation>公共交通</translation>
    </message>
    <message>
        <source>Reasons for exceeding the limit</source>
        <translation>超时原因</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>组数</translation>
    </message>
    <message>
        <source>Calculate which workplaces are within half an hour of which homes, each way.</source>
        <translation>半小时通勤圈：从各居住地往返可达哪些就业地。</translation>
    </message>
    <message>
        <source>Scenario of the lines that run; may be repeated.  [default: today and the planned ones, in another city the timetable]</source>
        <translation>运营情景；可重复给出。[默认：现状与规划；其他城市为时刻表]</translation>
    </message>
    <message>
        <source>Longest commute.</source>
        <translation>通勤时限。</translation>
    </message>
    <message>
        <source>Departure time from work.  [default: 18:00]</source>
        <translation>下班时刻。[默认：18:00]</translation>
    </message>
    <message>
        <source>Modes of which the fastest counts.  [default: all that the network has]</source>
        <translation>比较哪些出行方式，取最快者。[默认：路网所有的全部方式]</translation>
    </message>
    <message>
        <source>Not calculated, as the network has no streets or lines for it: {modes}</source>
        <translation>路网没有相应的道路或线路，未计算：{modes}</translation>
    </message>
    <message>
        <source>Output file: all pairs as a table; .gpkg adds homes and pairs as layers, .html adds the map.</source>
        <translation>输出文件：全部“居住地—就业地”组的表格；.gpkg 另含居住地与连线图层，.html 另含地图。</translation>
    </message>
</context>
</TS>
