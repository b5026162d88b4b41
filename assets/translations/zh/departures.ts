<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>departures</name>
    <message>
        <source>Step through departures</source>
        <translation>逐个查看出发时刻</translation>
    </message>
    <message>
        <source>Step through arrivals</source>
        <translation>逐个查看到达时刻</translation>
    </message>
    <message>
        <source>full window</source>
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
        <source>Show reliability</source>
        <translation>显示可靠性</translation>
    </message>
    <message>
        <source>Variation of travel time between departures: 5th to 95th percentile.</source>
        <translation>不同出发时刻之间的用时差异：第5至第95百分位。</translation>
    </message>
    <message>
        <source>Variation of travel time, 5th to 95th percentile</source>
        <translation>用时差异，第5至第95百分位</translation>
    </message>
    <message>
        <source>up to {minutes} min</source>
        <translation>不超过 {minutes} 分钟</translation>
    </message>
</context>
</TS>
