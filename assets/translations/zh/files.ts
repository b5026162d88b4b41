<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>files</name>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>它不是普通文件（是管道、套接字或设备）</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套层级过深</translation>
    </message>
    <message>
        <source>it holds a number with too many digits</source>
        <translation>其中有位数过多的数字</translation>
    </message>
    <message>
        <source>it is larger than {limit}</source>
        <translation>大于 {limit}</translation>
    </message>
    <message>
        <source>it isn't text in UTF-8</source>
        <translation>不是 UTF-8 编码的文本</translation>
    </message>
    <message>
        <source>{file} can't be read: {reason}</source>
        <translation>{file} 无法读取：{reason}</translation>
    </message>
    <message>
        <source>{path} is a pipe or a device, which can't be written to.</source>
        <translation>{path} 是管道或设备，不能写入。</translation>
    </message>
    <message>
        <source>the output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Nothing more can be written to {place}: {reason}.</source>
        <translation>无法继续写入{place}：{reason}。</translation>
    </message>
</context>
</TS>
