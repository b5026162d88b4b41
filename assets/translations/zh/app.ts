<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>app</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Search places, pinyin or coordinates</source>
        <translation>搜索地点、拼音或坐标</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>中文 / English</source>
        <translation>中文 / English</translation>
    </message>
    <message>
        <source>Export page</source>
        <translation>导出网页</translation>
    </message>
    <message>
        <source>Load network…</source>
        <translation>载入路网…</translation>
    </message>
    <message>
        <source>Back to the origin</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>Back to the destination</source>
        <translation>回到终点</translation>
    </message>
    <message>
        <source>Pick on the map</source>
        <translation>在图上选取</translation>
    </message>
    <message>
        <source>Remove the origin</source>
        <translation>移除起点</translation>
    </message>
    <message>
        <source>Remove destination</source>
        <translation>移除终点</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>可达</translation>
    </message>
    <message>
        <source>Service circles</source>
        <translation>服务圈</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Reading layers</source>
        <translation>正在读取图层</translation>
    </message>
    <message>
        <source>Opening the network</source>
        <translation>正在打开路网</translation>
    </message>
    <message>
        <source>Preparing the calculation</source>
        <translation>正在准备计算</translation>
    </message>
    <message>
        <source>The settings in {file} can't be read, so the defaults are used</source>
        <translation>设置文件 {file} 无法读取，已改用默认设置</translation>
    </message>
    <message>
        <source>Correct or remove that file.</source>
        <translation>请修正或删除该文件。</translation>
    </message>
    <message>
        <source>Some settings in {file} can't be used; their defaults are used instead</source>
        <translation>{file} 中有设置无法使用，已改用其默认值</translation>
    </message>
    <message>
        <source>Correct or remove them in that file.</source>
        <translation>请在该文件中修正或删除。</translation>
    </message>
    <message>
        <source>The settings can't be written to {file}: {reason}.</source>
        <translation>设置无法写入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Check that the folder can be written to.</source>
        <translation>请检查该文件夹是否可写。</translation>
    </message>
    <message>
        <source>{key}: {value} can't be used</source>
        <translation>{key}：{value} 无法使用</translation>
    </message>
</context>
</TS>
