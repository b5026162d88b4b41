<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>cli_window</name>
    <message>
        <source>Language of the window.</source>
        <translation>窗口语言。</translation>
    </message>
    <message>
        <source>Which window to draw.</source>
        <translation>哪一种窗口。</translation>
    </message>
    <message>
        <source>Width and height in pixels.</source>
        <translation>宽和高，以像素计。</translation>
    </message>
    <message>
        <source>Open the information card of a place.</source>
        <translation>打开某个地点的信息卡。</translation>
    </message>
    <message>
        <source>Metres per pixel on a 1080p screen.</source>
        <translation>1080p 屏幕上每像素的米数。</translation>
    </message>
    <message>
        <source>Show only these layers.</source>
        <translation>只显示这些图层。</translation>
    </message>
    <message>
        <source>The folder {folder} doesn't exist.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Several origins are given.</source>
        <translation>给出了多个起点。</translation>
    </message>
    <message>
        <source>Give one of them.</source>
        <translation>请只给一个。</translation>
    </message>
    <message>
        <source>{lon}, {lat} is not a position on the Earth.</source>
        <translation>{lon}, {lat} 不是地球上的位置。</translation>
    </message>
    <message>
        <source>Give longitude first.</source>
        <translation>请先写经度。</translation>
    </message>
    <message>
        <source>Only the kiosk has scenes.</source>
        <translation>只有展厅界面才有场景。</translation>
    </message>
    <message>
        <source>Add --view kiosk.</source>
        <translation>请加上 --view kiosk。</translation>
    </message>
    <message>
        <source>{zoom} metres per pixel can't be shown.</source>
        <translation>无法以每像素 {zoom} 米显示。</translation>
    </message>
    <message>
        <source>Give {low} to {high}.</source>
        <translation>请取 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>There is no place named “{name}” on the map.</source>
        <translation>地图上没有名为“{name}”的地点。</translation>
    </message>
    <message>
        <source>There is no layer {ids}.</source>
        <translation>没有图层 {ids}。</translation>
    </message>
    <message>
        <source>Layers are: {known}.</source>
        <translation>图层有：{known}。</translation>
    </message>
    <message>
        <source>“{value}” is not a size such as 1920x1080.</source>
        <translation>“{value}” 不是 1920x1080 这样的尺寸。</translation>
    </message>
    <message>
        <source>{value} can't be drawn: at least {wide}x{tall} pixels, no side over {longest}, and at most {most} million pixels in all.</source>
        <translation>无法绘制 {value}：至少 {wide}x{tall} 像素，每边不超过 {longest}，总数不超过 {most}00 万。</translation>
    </message>
    <message>
        <source>--kind needs a layer.</source>
        <translation>--kind 须与图层一起给出。</translation>
    </message>
    <message>
        <source>Give --circles LAYER too.</source>
        <translation>请同时给出 --circles LAYER。</translation>
    </message>
</context>
</TS>
