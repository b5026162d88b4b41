<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>itinerary</name>
    <message>
        <source>A journey by line is told on the screen or as JSON.</source>
        <translation>公共交通行程只在屏幕上或以 JSON 给出。</translation>
    </message>
    <message>
        <source>Leave the output file out, or ask for --json.</source>
        <translation>请去掉输出文件，或使用 --json。</translation>
    </message>
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
        <source>{start} → {end}: {minutes} minutes by line, {share} % of them waiting</source>
        <translation>{start} → {end}：公共交通全程 {minutes} 分钟，其中等车占 {share}%</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>{minutes} min by line, {share} % of them waiting</source>
        <translation>公共交通 {minutes} 分钟，其中等车占 {share}%</translation>
    </message>
    <message>
        <source>{clock} wait {minutes} min</source>
        <translation>{clock} 等车 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} {line} to {stop}, {minutes} min</source>
        <translation>{clock} 乘 {line} 至{stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} walk to {stop}, {minutes} min</source>
        <translation>{clock} 步行至{stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} walk on, {minutes} min</source>
        <translation>{clock} 步行到达，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min on foot: no line is faster</source>
        <translation>步行 {minutes} 分钟：没有更快的线路</translation>
    </message>
</context>
</TS>
