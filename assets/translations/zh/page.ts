<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>page</name>
    <message>
        <source>{number} places</source>
        <translation>{number} 处</translation>
    </message>
    <message>
        <source>and {number} more places</source>
        <translation>另有 {number} 处</translation>
    </message>
    <message>
        <source>all from {first} to {last}</source>
        <translation>{first} 至 {last} 各时刻</translation>
    </message>
    <message>
        <source>Show all {number} rows</source>
        <translation>显示全部 {number} 行</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>{time}</translation>
    </message>
    <message>
        <source>Nothing with this name is on the map.</source>
        <translation>图上没有这个名称。</translation>
    </message>
    <message>
        <source>{number} found</source>
        <translation>找到 {number} 项</translation>
    </message>
    <message>
        <source>{year}: {new} opened, {all} so far</source>
        <translation>{year} 年：新启用 {new} 处，累计 {all} 处</translation>
    </message>
    <message>
        <source>The address of this view has been copied.</source>
        <translation>已复制此视图的地址。</translation>
    </message>
    <message>
        <source>{layer}: the page contains the {kept} features nearest the middle; {number} are omitted.</source>
        <translation>{layer}：本页收录离中心最近的 {kept} 个要素，另有 {number} 个未收录。</translation>
    </message>
    <message>
        <source>Search: name, pinyin or initials</source>
        <translation>搜索：名称、拼音或首字母</translation>
    </message>
    <message>
        <source>Copy the address of this view</source>
        <translation>复制此视图的地址</translation>
    </message>
    <message>
        <source>Print on one sheet</source>
        <translation>打印为一页</translation>
    </message>
    <message>
        <source>Map tools</source>
        <translation>地图工具</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Travel time</source>
        <translation>出行时间</translation>
    </message>
    <message>
        <source>Departure</source>
        <translation>出发时刻</translation>
    </message>
    <message>
        <source>Opened by the year</source>
        <translation>截至各年启用的地点</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>左右对比</translation>
    </message>
    <message>
        <source>Position of the divide</source>
        <translation>分界线位置</translation>
    </message>
    <message>
        <source>Added and lost</source>
        <translation>新增与减少</translation>
    </message>
    <message>
        <source>Minutes saved</source>
        <translation>节省的分钟数</translation>
    </message>
    <message>
        <source>Straight line</source>
        <translation>直线服务半径</translation>
    </message>
    <message>
        <source>By streets</source>
        <translation>按路网</translation>
    </message>
    <message>
        <source>Places within reach</source>
        <translation>可达的地点</translation>
    </message>
    <message>
        <source>Schematic streets of the Science City</source>
        <translation>科学城示意路网</translation>
    </message>
    <message>
        <source>Omit this layer.</source>
        <translation>请不要包含此图层。</translation>
    </message>
</context>
</TS>
