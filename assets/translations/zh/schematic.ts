<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>schematic</name>
    <message>
        <source>Generate plausible streets from the shipped layers, marked as schematic.</source>
        <translation>按自带图层生成示意道路，并标明为示意。</translation>
    </message>
    <message>
        <source>Seed of the random choices; the same seed gives the same streets.</source>
        <translation>随机选择的种子；同一种子得到同样的道路。</translation>
    </message>
    <message>
        <source>{path}: {nodes} nodes, {segments} segments, schematic, seed {seed}.</source>
        <translation>{path}：{nodes} 个节点，{segments} 条路段，示意，种子 {seed}。</translation>
    </message>
    <message>
        <source>The layers under {path} lack the data from which streets are generated.</source>
        <translation>{path} 下的图层缺少生成道路所需的内容。</translation>
    </message>
    <message>
        <source>Restore the shipped layers.</source>
        <translation>请恢复自带的图层。</translation>
    </message>
    <message>
        <source>{path}: {count} buildings, schematic, seed {seed}.</source>
        <translation>{path}：{count} 栋房屋，示意，种子 {seed}。</translation>
    </message>
    <message>
        <source>Generate plausible buildings between the shipped streets, marked as schematic.</source>
        <translation>在自带道路之间生成示意房屋。</translation>
    </message>
    <message>
        <source>Output file of buildings.</source>
        <translation>输出的房屋文件。</translation>
    </message>
    <message>
        <source>The buildings in {file} can't be read</source>
        <translation>无法读取{file}中的房屋</translation>
    </message>
</context>
</TS>
