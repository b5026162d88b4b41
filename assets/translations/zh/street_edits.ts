<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>street_edits</name>
    <message>
        <source>The street of the place, {street}, is closed by a street edit ({mode}).</source>
        <translation>该地点所临道路（{street}）已被道路修改封闭（{mode}）。</translation>
    </message>
    <message>
        <source>Choose another place, or switch the edit off.</source>
        <translation>请另选地点，或停用这项修改。</translation>
    </message>
    <message>
        <source>Open street edits…</source>
        <translation>打开道路修改…</translation>
    </message>
    <message>
        <source>Save street edits…</source>
        <translation>保存道路修改…</translation>
    </message>
    <message>
        <source>Street edits: {count}</source>
        <translation>道路修改 {count} 项</translation>
    </message>
    <message>
        <source>Closed street {number}</source>
        <translation>封闭路段 {number}</translation>
    </message>
    <message>
        <source>Area to avoid {number}</source>
        <translation>避让区 {number}</translation>
    </message>
    <message>
        <source>Slow zone {number}</source>
        <translation>慢行区 {number}</translation>
    </message>
    <message>
        <source>Footbridge {number}</source>
        <translation>人行天桥 {number}</translation>
    </message>
    <message>
        <source>Path {number}</source>
        <translation>新增步道 {number}</translation>
    </message>
    <message>
        <source>Reading the street edits</source>
        <translation>正在读取道路修改</translation>
    </message>
    <message>
        <source>Closed street</source>
        <translation>封闭路段</translation>
    </message>
    <message>
        <source>Area to avoid</source>
        <translation>避让区</translation>
    </message>
    <message>
        <source>Slow zone</source>
        <translation>慢行区</translation>
    </message>
    <message>
        <source>Footbridge</source>
        <translation>人行天桥</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>新增步道</translation>
    </message>
    <message>
        <source>Close, slow or add streets: choose a type, then draw it on the map.</source>
        <translation>封闭、减速或增设道路：先选类型，再在地图上绘制。</translation>
    </message>
    <message>
        <source>Click each street to close, between two junctions.</source>
        <translation>逐一点击要封闭的路段（两路口之间）。</translation>
    </message>
    <message>
        <source>Click the corners of the area to avoid.</source>
        <translation>逐点点出禁止通行区域的各角。</translation>
    </message>
    <message>
        <source>Click the corners of the area; set its factor below.</source>
        <translation>逐点点出区域的各角，倍数在下方设定。</translation>
    </message>
    <message>
        <source>Click its course. Its two ends connect to the streets.</source>
        <translation>逐点点出走向，两端与道路相接。</translation>
    </message>
    <message>
        <source>Click its course. It connects to every street that it crosses.</source>
        <translation>逐点点出走向，与所经过的地面道路相接。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Remove last point</source>
        <translation>退回一点</translation>
    </message>
    <message>
        <source>Include {name}</source>
        <translation>{name}计入</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>删除{name}</translation>
    </message>
    <message>
        <source>Stop editing</source>
        <translation>结束修改</translation>
    </message>
    <message>
        <source>Edits on the map</source>
        <translation>图上的道路修改</translation>
    </message>
    <message>
        <source>There are no street edits</source>
        <translation>道路未作修改</translation>
    </message>
    <message>
        <source>Travel time on its streets</source>
        <translation>区内通行时间</translation>
    </message>
    <message>
        <source>Street edits</source>
        <translation>道路修改</translation>
    </message>
    <message>
        <source>Open street edits</source>
        <translation>打开道路修改</translation>
    </message>
    <message>
        <source>Save street edits</source>
        <translation>保存道路修改</translation>
    </message>
    <message>
        <source>Edited streets</source>
        <translation>修改后的道路</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>道路修改</translation>
    </message>
    <message>
        <source>Life circles</source>
        <translation>生活圈</translation>
    </message>
    <message>
        <source>times the usual time</source>
        <translation>倍用时</translation>
    </message>
    <message>
        <source>The map can have at most {limit} street edits.</source>
        <translation>地图最多可含 {limit} 项道路修改。</translation>
    </message>
    <message>
        <source>Remove some of them first.</source>
        <translation>请先删除其中一些。</translation>
    </message>
    <message>
        <source>Slow zone, {factor} times the travel time</source>
        <translation>慢行区，用时 {factor} 倍</translation>
    </message>
    <message>
        <source>Everyone</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>适用对象</translation>
    </message>
    <message>
        <source>it is not a FeatureCollection</source>
        <translation>它不是 FeatureCollection</translation>
    </message>
    <message>
        <source>it contains more than {most} edits</source>
        <translation>其中的修改多于 {most} 处</translation>
    </message>
</context>
</TS>
