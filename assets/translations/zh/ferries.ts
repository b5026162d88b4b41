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
        <source>Ferries: {read} read, {kept} open, {landings} landings. Times that the map doesn't state come from the table of speeds.</source>
        <translation>轮渡：读取 {read} 条，可乘 {kept} 条，靠岸点 {landings} 处；地图未注明的用时取自速度表。</translation>
    </message>
    <message>
        <source>{share} of the street length lies outside the elevation files: heights are continued evenly there, and dead ends are level.</source>
        <translation>有 {share} 的道路长度在高程文件范围之外：该处高程由相邻路段平顺延续，断头路按平地计。</translation>
    </message>
    <message>
        <source>The elevation files cover only {share} of the streets, which is not enough.</source>
        <translation>高程文件只覆盖 {share} 的道路，不足以计算坡度。</translation>
    </message>
    <message>
        <source>Add the tiles of the remaining area, or build only the part that they cover: --bbox={box}</source>
        <translation>请补充其余图幅，或只生成其覆盖的部分：--bbox={box}</translation>
    </message>
    <message>
        <source>{path} is a colour image, not elevation data.</source>
        <translation>{path} 是彩色图片，而不是高程。</translation>
    </message>
    <message>
        <source>Give the elevation model from which it was made.</source>
        <translation>请提供绘制该图所用的高程模型。</translation>
    </message>
    <message>
        <source>Ferry {name}, including the wait · {minutes} min</source>
        <translation>轮渡 {name}（含候船）· {minutes} 分钟</translation>
    </message>
    <message>
        <source>Slopes come from the schematic relief.</source>
        <translation>坡度取自示意地形。</translation>
    </message>
    <message>
        <source>Include slopes (schematic)</source>
        <translation>计入坡度（示意）</translation>
    </message>
</context>
</TS>
