<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>network</name>
    <message>
        <source>The data contains no connected street.</source>
        <translation>数据中没有连通的道路。</translation>
    </message>
    <message>
        <source>Check that it covers the place and contains roads or paths.</source>
        <translation>请检查数据是否覆盖所需地点，并包含道路或小路。</translation>
    </message>
    <message>
        <source>The nearest street, {street}, is {distance} m away; the limit is {limit} m.</source>
        <translation>最近的道路“{street}”距此 {distance} 米，上限为 {limit} 米。</translation>
    </message>
    <message>
        <source>The nearest street is {distance} m away; the limit is {limit} m.</source>
        <translation>最近的道路距此 {distance} 米，上限为 {limit} 米。</translation>
    </message>
    <message>
        <source>Choose a place nearer to a street.</source>
        <translation>请选择离道路更近的地点。</translation>
    </message>
    <message>
        <source>A speed of {speed} km/h can't be used.</source>
        <translation>无法使用 {speed} 公里/小时的速度。</translation>
    </message>
    <message>
        <source>Give a speed above 0 and up to 300 km/h.</source>
        <translation>请给出大于 0、不超过 300 公里/小时的速度。</translation>
    </message>
    <message>
        <source>The coordinates of the place are invalid.</source>
        <translation>该地点的坐标无效。</translation>
    </message>
    <message>
        <source>Check its coordinates.</source>
        <translation>请检查其坐标。</translation>
    </message>
    <message>
        <source>The network {network} has no streets for the mode {mode}.</source>
        <translation>路网“{network}”中没有可供 {mode} 方式通行的道路。</translation>
    </message>
    <message>
        <source>No ground-level street of the network {network} is open to the mode {mode}.</source>
        <translation>路网“{network}”的地面道路均不可供 {mode} 方式通行。</translation>
    </message>
    <message>
        <source>The nearest street, {street}, is {distance} m away, but it belongs to {length} m of streets that are not connected to the others in both directions ({mode}); the nearest other street is {farther} m away.</source>
        <translation>最近的道路“{street}”距此 {distance} 米，所在的一片道路共长 {length} 米，与其他道路之间无法往返（{mode}）；其他道路中最近的距此 {farther} 米。</translation>
    </message>
    <message>
        <source>Choose a place nearer to another street.</source>
        <translation>请选择离其他道路更近的地点。</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>无名道路</translation>
    </message>
    <message>
        <source>Choose another mode.</source>
        <translation>请换一种出行方式。</translation>
    </message>
    <message>
        <source>Available modes: {modes}.</source>
        <translation>可用的出行方式：{modes}。</translation>
    </message>
    <message>
        <source>The network file {path} can't be written: {reason}.</source>
        <translation>无法写入路网文件 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Choose an existing folder with write permission.</source>
        <translation>请选择一个存在且有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>The network file {path} can't be read: {reason}.</source>
        <translation>无法读取路网文件 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the path, or build a network with: sandbox network build</source>
        <translation>请检查路径，或用 sandbox network build 构建路网。</translation>
    </message>
    <message>
        <source>{path} is not a network file.</source>
        <translation>{path} 不是路网文件。</translation>
    </message>
    <message>
        <source>Build one from an OpenStreetMap file with: sandbox network build</source>
        <translation>请用 sandbox network build 由 OpenStreetMap 文件构建路网。</translation>
    </message>
    <message>
        <source>The network file {path} is of version {version}; this program reads version {known}.</source>
        <translation>路网文件 {path} 的版本为 {version}，本程序读取的版本为 {known}。</translation>
    </message>
    <message>
        <source>Build it again with: sandbox network build</source>
        <translation>请用 sandbox network build 重新构建。</translation>
    </message>
    <message>
        <source>The network file {path} is damaged or incomplete.</source>
        <translation>路网文件 {path} 已损坏或不完整。</translation>
    </message>
    <message>
        <source>Copy it again, or build it again with: sandbox network build</source>
        <translation>请重新复制该文件，或用 sandbox network build 重新构建。</translation>
    </message>
    <message>
        <source>Made by the program's own generator from the shipped layers</source>
        <translation>由本程序依据自带图层生成</translation>
    </message>
</context>
</TS>
