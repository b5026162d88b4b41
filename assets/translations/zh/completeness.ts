<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>completeness</name>
    <message>
        <source>Life circles audited</source>
        <translation>生活圈体检</translation>
    </message>
    <message>
        <source>Auditing home by home</source>
        <translation>正在逐个小区体检</translation>
    </message>
    <message>
        <source>of people have it near</source>
        <translation>的居民步行可及</translation>
    </message>
    <message>
        <source>of homes have it near</source>
        <translation>的住区步行可及</translation>
    </message>
    <message>
        <source>mean of {count} kinds of facilities</source>
        <translation>{count}类设施的平均值</translation>
    </message>
    <message>
        <source>What most people lack</source>
        <translation>覆盖居民最少的设施</translation>
    </message>
    <message>
        <source>What most homes lack</source>
        <translation>覆盖住区最少的设施</translation>
    </message>
    <message>
        <source>Near enough: {met} of {count} kinds</source>
        <translation>步行可及 {met} 类，共 {count} 类</translation>
    </message>
    <message>
        <source>Near enough: {kinds}</source>
        <translation>步行可及：{kinds}</translation>
    </message>
    <message>
        <source>{what}, {limit} {unit}</source>
        <translation>{what}，{limit} {unit}</translation>
    </message>
    <message>
        <source>Nearly complete</source>
        <translation>接近齐全</translation>
    </message>
    <message>
        <source>Lacks much</source>
        <translation>缺项较多</translation>
    </message>
    <message>
        <source>Estates and facilities are simulated: every figure is schematic.</source>
        <translation>小区与设施均为模拟，所有数字均为示意。</translation>
    </message>
    <message>
        <source>{open} of {count} rules are not yet checked against the printed standard.</source>
        <translation>{count} 条规则中有 {open} 条尚未对照正式出版物核实。</translation>
    </message>
    <message>
        <source>there is no standard {id}</source>
        <translation>没有标准 {id}</translation>
    </message>
</context>
</TS>
