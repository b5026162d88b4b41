<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>keys</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Keys for the map and the panels</source>
        <translation>地图与面板中的按键</translation>
    </message>
    <message>
        <source>Move the focus to the map</source>
        <translation>键盘焦点移至地图</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>移动地图</translation>
    </message>
    <message>
        <source>Move the map a little</source>
        <translation>微移地图</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>放大或缩小</translation>
    </message>
    <message>
        <source>Return to the initial view</source>
        <translation>回到初始视图</translation>
    </message>
    <message>
        <source>Click at the crosshair: set the origin, choose a place, add a point</source>
        <translation>在十字处点击：设起点、选地点、落点</translation>
    </message>
    <message>
        <source>Finish drawing</source>
        <translation>完成绘制</translation>
    </message>
    <message>
        <source>Cancel the current action; close the card</source>
        <translation>取消当前操作；关闭信息卡</translation>
    </message>
    <message>
        <source>Go to the next control, or back</source>
        <translation>转到下一个或上一个控件</translation>
    </message>
    <message>
        <source>Move a layer up or down in its group</source>
        <translation>在组内上移或下移图层</translation>
    </message>
    <message>
        <source>Move a cutoff by one minute, or by five</source>
        <translation>将时间阈值调整 1 分钟或 5 分钟</translation>
    </message>
    <message>
        <source>Space key</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Analysis</source>
        <translation>分析(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
</TS>
