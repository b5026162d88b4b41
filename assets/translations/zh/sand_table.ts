<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>sand_table</name>
    <message>
        <source>Table in 3D</source>
        <translation>立体沙盘</translation>
    </message>
    <message>
        <source>Turn the table in 3D, and tilt it</source>
        <translation>转动立体沙盘，改变俯角</translation>
    </message>
    <message>
        <source>The map can't be tilted by {tilt} degrees.</source>
        <translation>地图不能倾斜 {tilt} 度。</translation>
    </message>
    <message>
        <source>Draw the map as a table over its relief.</source>
        <translation>把地图铺在地形上，画成立体沙盘。</translation>
    </message>
    <message>
        <source>With --three-d: how far from looking straight down; 58 when not given.</source>
        <translation>配合 --three-d：偏离垂直俯视的角度，默认 58 度。</translation>
    </message>
    <message>
        <source>With --three-d: the compass direction that is up.</source>
        <translation>配合 --three-d：画面上方所对的方位角。</translation>
    </message>
    <message>
        <source>With --three-d: the hour, Beijing time, that light, shadows and lit windows follow.</source>
        <translation>配合 --three-d：北京时间的钟点，光照、阴影与亮灯的窗随之变化。</translation>
    </message>
    <message>
        <source>Section from west to east (schematic, heights × {times})</source>
        <translation>自西向东的剖面（示意，高程放大 {times} 倍）</translation>
    </message>
    <message>
        <source>dashed: under construction or planned</source>
        <translation>虚线：在建或规划</translation>
    </message>
    <message>
        <source>No place is known to have opened this year.</source>
        <translation>这一年未见有地点启用的报道。</translation>
    </message>
    <message>
        <source>{height} m</source>
        <translation>{height} 米</translation>
    </message>
</context>
</TS>
