<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>why</name>
    <message>
        <source>Public transport doesn't help at {origin}: {why}</source>
        <translation>{origin}：线路未带来改善——{why}</translation>
    </message>
    <message>
        <source>The scenario closes all lines that run on {day}.</source>
        <translation>情景停运了 {day} 运行的全部线路。</translation>
    </message>
    <message>
        <source>No line runs on {day}.</source>
        <translation>{day} 没有线路运行。</translation>
    </message>
    <message>
        <source>Choose a day that it covers.</source>
        <translation>请选择时刻表所含的日期。</translation>
    </message>
    <message>
        <source>{why} Times by public transport are those without any line.</source>
        <translation>{why}公共交通时间均为不乘车时的时间。</translation>
    </message>
    <message>
        <source>{day} is outside the timetable, which covers {first} to {last}.</source>
        <translation>{day} 不在时刻表范围内（{first} 至 {last}）。</translation>
    </message>
    <message>
        <source>No stop is within {minutes} minutes on foot; the nearest, {stop}, is {metres} m away in a straight line.</source>
        <translation>步行 {minutes} 分钟内没有车站；最近的“{stop}”直线距离 {metres} 米。</translation>
    </message>
    <message>
        <source>{stop} is not linked to the streets: there is none near it.</source>
        <translation>“{stop}”未连接到道路：附近没有道路。</translation>
    </message>
    <message>
        <source>Vehicles run from {first} to {last}, but the chosen window is {begin} to {end}.</source>
        <translation>车辆运行时间为 {first} 至 {last}，所选时段为 {begin} 至 {end}。</translation>
    </message>
    <message>
        <source>Of the {count} stops within walking distance, {stop} is served last, at {when}.</source>
        <translation>步行范围内的 {count} 个车站中，最后有车停靠的是“{stop}”：{when}。</translation>
    </message>
    <message>
        <source>Of the {count} stops within walking distance, {stop} is served next, at {when}.</source>
        <translation>步行范围内的 {count} 个车站中，最先发车的是“{stop}”：{when}。</translation>
    </message>
    <message>
        <source>No vehicle arrives at the {count} stops within walking distance before {when}.</source>
        <translation>{when} 之前没有车辆到达步行范围内的 {count} 个车站。</translation>
    </message>
    <message>
        <source>No vehicle leaves the {count} stops within walking distance after {when}.</source>
        <translation>{when} 之后没有车辆从步行范围内的 {count} 个车站发出。</translation>
    </message>
    <message>
        <source>Only some departures lead farther than walking: not at percentile {percentile}.</source>
        <translation>只有部分出发时刻能到达更远；按第 {percentile} 百分位则不能。</translation>
    </message>
    <message>
        <source>Vehicles run, but within {minutes} minutes none leads farther than walking.</source>
        <translation>有车运行，但 {minutes} 分钟内都不比步行更远。</translation>
    </message>
    <message>
        <source>Public transport is no faster than walking.</source>
        <translation>公共交通不比步行更快。</translation>
    </message>
    <message>
        <source>the nearest stop of {line}, {stop}, is {minutes} minutes' walk away; the limit for walks to stops is {longest} minutes</source>
        <translation>距{line}最近的车站（{stop}）步行需 {minutes} 分钟，超过到站步行上限 {longest} 分钟</translation>
    </message>
    <message>
        <source>the nearest stop of {line}, {stop}, is {minutes} minutes' walk away, and travelling from there is no faster within the time</source>
        <translation>距{line}最近的车站（{stop}）步行需 {minutes} 分钟，时限内乘车并不更快</translation>
    </message>
    <message>
        <source>the nearest stop of {line}, {stop}, is {minutes} minutes away by bike; the limit for rides to stops is {longest} minutes</source>
        <translation>距{line}最近的车站（{stop}）骑行需 {minutes} 分钟，超过到站骑行上限 {longest} 分钟</translation>
    </message>
    <message>
        <source>the nearest stop of {line}, {stop}, is {minutes} minutes away by bike, and travelling from there is no faster within the time</source>
        <translation>距{line}最近的车站（{stop}）骑行需 {minutes} 分钟，时限内乘车并不更快</translation>
    </message>
    <message>
        <source>no stop of {line} is within {minutes} minutes on the streets</source>
        <translation>沿道路 {minutes} 分钟内没有{line}的车站</translation>
    </message>
</context>
</TS>
