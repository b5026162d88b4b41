<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ferries</name>
    <message>
        <source>Take the ferry</source>
        <translation>乘轮渡</translation>
    </message>
    <message>
        <source>Ferries: {read} read, {kept} open; they land at {landings} places. What the map doesn't tell of them is in the table of speeds.</source>
        <translation>轮渡：读取 {read} 条，可乘 {kept} 条，靠岸点 {landings} 处；地图未注明的用时见速度表。</translation>
    </message>
    <message>
        <source>Of the streets' length {share} lie beyond the edge of the elevation files: heights run on evenly there, level where a street leads nowhere else.</source>
        <translation>有 {share} 的道路长度在高程文件范围之外：高程在那里平缓延续，尽头路按平地计。</translation>
    </message>
    <message>
        <source>The elevation files cover only {share} of the streets, which is too little.</source>
        <translation>高程文件只覆盖 {share} 的道路，不足以计算坡度。</translation>
    </message>
    <message>
        <source>Give the tiles of the rest too, or build the part that they cover: --bbox={box}</source>
        <translation>请补充其余图幅，或只生成其覆盖的部分：--bbox={box}</translation>
    </message>
    <message>
        <source>{path} is a picture in colours, not heights.</source>
        <translation>{path} 是彩色图片，而不是高程。</translation>
    </message>
    <message>
        <source>Give the elevation model that it was drawn from.</source>
        <translation>请提供绘制该图所用的高程模型。</translation>
    </message>
    <message>
        <source>Ferry {name}, wait counted · {minutes} min</source>
        <translation>轮渡 {name}（含候船）· {minutes} 分钟</translation>
    </message>
    <message>
        <source>The slopes are those of the schematic relief.</source>
        <translation>坡度取自示意地形。</translation>
    </message>
    <message>
        <source>Slopes count (schematic)</source>
        <translation>计入坡度（示意）</translation>
    </message>
</context>
</TS>
