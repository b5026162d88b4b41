<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>cli_layers</name>
    <message>
        <source>Correct it, then run: sandbox layers check {file}</source>
        <translation>请修正后运行：sandbox layers check {file}</translation>
    </message>
    <message>
        <source>Map layers: list them, import files of other programs, or check a folder of your own.</source>
        <translation>图层：列出图层，导入其他程序的文件，或检查自备的图层文件夹。</translation>
    </message>
    <message>
        <source>List the layers in drawing order, lowest first.</source>
        <translation>按叠放次序列出图层，最下层在前。</translation>
    </message>
    <message>
        <source>Check a layer folder, or all folders below PATH; without PATH, the shipped layers. Each fault is one line; if there are any, the exit status is 1.</source>
        <translation>检查一个图层文件夹，或所给路径下的全部图层文件夹；不给路径时检查自带图层。每处错误一行；有错误时退出状态为 1。</translation>
    </message>
    <message>
        <source>There is no layer in {path}.</source>
        <translation>{path} 中没有图层。</translation>
    </message>
    <message>
        <source>Give a folder that contains a layer.toml, or a folder of such folders.</source>
        <translation>请给出含 layer.toml 的文件夹，或其上级文件夹。</translation>
    </message>
    <message>
        <source>Layers checked: {count}, no faults.</source>
        <translation>已检查 {count} 个图层，无错误。</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>geometry</source>
        <translation>几何</translation>
    </message>
    <message>
        <source>features</source>
        <translation>要素</translation>
    </message>
    <message>
        <source>licence</source>
        <translation>许可</translation>
    </message>
</context>
</TS>
