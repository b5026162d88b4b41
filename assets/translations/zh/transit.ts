<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>transit</name>
    <message>
        <source>a window of {value} minutes ({low} to {high} are possible)</source>
        <translation>时段 {value} 分钟（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>the percentile {value} ({low} to {high} are possible)</source>
        <translation>百分位 {value}（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>{value} rides ({low} to {high} are possible)</source>
        <translation>乘车 {value} 次（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>walks of {value} minutes ({low} to {high} are possible)</source>
        <translation>单段步行 {value} 分钟（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>{value} draws ({low} to {high} are possible)</source>
        <translation>抽样 {value} 次（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>departures every {value} minutes ({low} to {high} are possible)</source>
        <translation>每 {value} 分钟出发一次（可为 {low} 至 {high}）</translation>
    </message>
</context>
</TS>
