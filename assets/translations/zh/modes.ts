<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>modes</name>
    <message>
        <source>a riding speed of {value} km/h (5 to 45 are possible)</source>
        <translation>骑行速度 {value} 千米/时（可为 5 至 45）</translation>
    </message>
    <message>
        <source>the hour {value} (0 to 23 are possible)</source>
        <translation>时刻 {value} 点（可为 0 至 23）</translation>
    </message>
    <message>
        <source>One can't move so</source>
        <translation>无法按此方式出行</translation>
    </message>
    <message>
        <source>Change these figures.</source>
        <translation>请修改这些数值。</translation>
    </message>
    <message>
        <source>{entry} can't be {value}</source>
        <translation>{entry} 不能为 {value}</translation>
    </message>
    <message>
        <source>{entry} is missing</source>
        <translation>缺少 {entry}</translation>
    </message>
    <message>
        <source>The table of speeds {path} isn't right</source>
        <translation>速度表 {path} 有误</translation>
    </message>
    <message>
        <source>Mend these entries.</source>
        <translation>请改正这些条目。</translation>
    </message>
    <message>
        <source>The table of speeds {path} lacks driving speeds for: {classes}.</source>
        <translation>速度表 {path} 缺少以下道路等级的行车速度：{classes}。</translation>
    </message>
    <message>
        <source>Add them under [drive.class_kmh].</source>
        <translation>请在 [drive.class_kmh] 中补充。</translation>
    </message>
    <message>
        <source>The table of speeds {path} can't be read: {reason}.</source>
        <translation>无法读取速度表 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The table of speeds {path} is too large to be one.</source>
        <translation>文件 {path} 过大，不是速度表。</translation>
    </message>
    <message>
        <source>Give a copy of the shipped table with other figures.</source>
        <translation>请复制自带的速度表，改动数值后使用。</translation>
    </message>
</context>
</TS>
