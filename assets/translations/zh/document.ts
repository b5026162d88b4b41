<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>document</name>
    <message>
        <source>This map was saved by a newer version of the program.</source>
        <translation>此地图由更新版本的程序保存。</translation>
    </message>
    <message>
        <source>Update the program, then open it again.</source>
        <translation>请更新程序后再打开。</translation>
    </message>
    <message>
        <source>The saved map can't be read</source>
        <translation>无法读取所保存的地图</translation>
    </message>
    <message>
        <source>Open another file, or one that was saved earlier.</source>
        <translation>请打开其他文件，或更早保存的文件。</translation>
    </message>
    <message>
        <source>named values are needed</source>
        <translation>需要带名称的值</translation>
    </message>
    <message>
        <source>scenarios build on too many others</source>
        <translation>情景逐层建立在过多其他情景之上</translation>
    </message>
    <message>
        <source>one of these is needed: {names}</source>
        <translation>须为以下之一：{names}</translation>
    </message>
    <message>
        <source>a list is needed</source>
        <translation>需要列表</translation>
    </message>
    <message>
        <source>{count} values are needed</source>
        <translation>需要 {count} 个值</translation>
    </message>
    <message>
        <source>this is missing</source>
        <translation>缺少此项</translation>
    </message>
    <message>
        <source>nothing is known by this name</source>
        <translation>没有此名称的项</translation>
    </message>
    <message>
        <source>a number is needed</source>
        <translation>需要数字</translation>
    </message>
    <message>
        <source>a whole number is needed</source>
        <translation>需要整数</translation>
    </message>
    <message>
        <source>text is needed</source>
        <translation>需要文字</translation>
    </message>
    <message>
        <source>true or false is needed</source>
        <translation>需要 true 或 false</translation>
    </message>
    <message>
        <source>a date and time is needed</source>
        <translation>需要日期和时间</translation>
    </message>
    <message>
        <source>a geometry is needed</source>
        <translation>需要几何图形</translation>
    </message>
    <message>
        <source>a view needs degrees and a scale above zero</source>
        <translation>视野需要有效的经纬度和大于零的比例</translation>
    </message>
    <message>
        <source>a view is tilted by 0 to {most} degrees</source>
        <translation>视野的倾斜角应在 0 至 {most} 度之间</translation>
    </message>
</context>
</TS>
