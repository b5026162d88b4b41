<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>departures</name>
    <message>
        <source>Departures one by one</source>
        <translation>逐班出发</translation>
    </message>
    <message>
        <source>Arrivals one by one</source>
        <translation>逐时到达</translation>
    </message>
    <message>
        <source>whole window</source>
        <translation>整个时段</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Show how reliable it is</source>
        <translation>显示可靠程度</translation>
    </message>
    <message>
        <source>How much travel time varies between the departures: 5th to 95th percentile.</source>
        <translation>不同出发时刻之间用时相差多少：第5至第95百分位。</translation>
    </message>
    <message>
        <source>How much travel time varies, 5th to 95th percentile</source>
        <translation>用时波动，第5至第95百分位</translation>
    </message>
    <message>
        <source>at most {minutes} min</source>
        <translation>不超过 {minutes} 分钟</translation>
    </message>
</context>
</TS>
