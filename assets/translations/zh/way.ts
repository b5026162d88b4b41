<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>way</name>
    <message>
        <source>You are already there.</source>
        <translation>您已在此处。</translation>
    </message>
    <message>
        <source>and {count} more streets</source>
        <translation>另有 {count} 条道路</translation>
    </message>
    <message>
        <source>unnamed street</source>
        <translation>无名道路</translation>
    </message>
    <message>
        <source>{minutes} min on foot, {length}</source>
        <translation>步行 {minutes} 分钟，{length}</translation>
    </message>
    <message>
        <source>{minutes} min by bike, {length}</source>
        <translation>骑行 {minutes} 分钟，{length}</translation>
    </message>
    <message>
        <source>{minutes} min by car, {length}</source>
        <translation>驾车 {minutes} 分钟，{length}</translation>
    </message>
    <message>
        <source>{minutes} min on foot, {length}, ↗ {up} m ↘ {down} m</source>
        <translation>步行 {minutes} 分钟，{length}，↗ {up} 米 ↘ {down} 米</translation>
    </message>
    <message>
        <source>{minutes} min by bike, {length}, ↗ {up} m ↘ {down} m</source>
        <translation>骑行 {minutes} 分钟，{length}，↗ {up} 米 ↘ {down} 米</translation>
    </message>
    <message>
        <source>{minutes} min by car, {length}, ↗ {up} m ↘ {down} m</source>
        <translation>驾车 {minutes} 分钟，{length}，↗ {up} 米 ↘ {down} 米</translation>
    </message>
    <message>
        <source>There is no route back.</source>
        <translation>没有返程路线。</translation>
    </message>
    <message>
        <source>The return takes {minutes} min.</source>
        <translation>返程需 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{clock} cycle to {stop}, {minutes} min</source>
        <translation>{clock} 骑行至{stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} cycle to the destination, {minutes} min</source>
        <translation>{clock} 骑行至终点，{minutes} 分钟</translation>
    </message>
    <message>
        <source>To the first stop</source>
        <translation>到首站方式</translation>
    </message>
    <message>
        <source>From the last stop</source>
        <translation>离末站方式</translation>
    </message>
    <message>
        <source>To the first stop.</source>
        <translation>到首站的方式。</translation>
    </message>
    <message>
        <source>From the last stop.</source>
        <translation>离末站的方式。</translation>
    </message>
    <message>
        <source>Compile the calculation kernels now; they are compiled once per machine.</source>
        <translation>现在就编译计算内核；每台机器只需编译一次。</translation>
    </message>
    <message>
        <source>{clock} stay on board; it continues as {line} to {stop}, {minutes} min</source>
        <translation>{clock} 不下车，车辆改作{line}继续开往{stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>from its best gate</source>
        <translation>从最佳出入口量起</translation>
    </message>
    <message>
        <source>to its best gate</source>
        <translation>量至最佳出入口</translation>
    </message>
    <message>
        <source>from its edge</source>
        <translation>从其边缘量起</translation>
    </message>
    <message>
        <source>to its edge</source>
        <translation>量至其边缘</translation>
    </message>
    <message>
        <source>Measured from the fastest point on the edge of the origin.</source>
        <translation>从起点范围的边缘量起，取用时最短之处。</translation>
    </message>
    <message>
        <source>Measured to the fastest point on the edge of the destination.</source>
        <translation>量至终点范围的边缘，取用时最短之处。</translation>
    </message>
    <message>
        <source>Measured from the fastest gate of the origin.</source>
        <translation>从起点用时最短的出入口量起。</translation>
    </message>
    <message>
        <source>Measured to the fastest gate of the destination.</source>
        <translation>量至终点用时最短的出入口。</translation>
    </message>
</context>
</TS>
