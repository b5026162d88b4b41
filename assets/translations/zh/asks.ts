<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>asks</name>
    <message>
        <source>No way within {minutes} minutes leads from {start} to {end}.</source>
        <translation>{minutes} 分钟内没有从 {start} 到 {end} 的路线。</translation>
    </message>
    <message>
        <source>Ask for more time, or for another mode.</source>
        <translation>请放宽时间，或换一种出行方式。</translation>
    </message>
    <message>
        <source>Along</source>
        <translation>沿</translation>
    </message>
    <message>
        <source>Straight on</source>
        <translation>直行</translation>
    </message>
    <message>
        <source>Slightly left</source>
        <translation>稍向左</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左转</translation>
    </message>
    <message>
        <source>Sharply left</source>
        <translation>左后方转弯</translation>
    </message>
    <message>
        <source>Turn back</source>
        <translation>掉头</translation>
    </message>
    <message>
        <source>Sharply right</source>
        <translation>右后方转弯</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右转</translation>
    </message>
    <message>
        <source>Slightly right</source>
        <translation>稍向右</translation>
    </message>
    <message>
        <source>Where to start: a position, or a place of the map.</source>
        <translation>起点：坐标，或图上的地点名称。</translation>
    </message>
    <message>
        <source>Where to go.</source>
        <translation>终点。</translation>
    </message>
    <message>
        <source>File to write the route and its steps to.</source>
        <translation>写入路线及其分段的文件。</translation>
    </message>
    <message>
        <source>Say the fastest way between two places, step by step.</source>
        <translation>给出两地之间最快的路线，逐段说明。</translation>
    </message>
    <message>
        <source>{start} → {end}: {minutes} minutes, {metres} m</source>
        <translation>{start} → {end}：{minutes} 分钟，{metres} 米</translation>
    </message>
    <message>
        <source>, {up} m up, {down} m down</source>
        <translation>，上升 {up} 米，下降 {down} 米</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>转向</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Walk to the street</source>
        <translation>步行至道路</translation>
    </message>
    <message>
        <source>Walk from the street</source>
        <translation>由道路步行到达</translation>
    </message>
</context>
</TS>
