<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>cli</name>
    <message>
        <source>A place is given as an empty text.</source>
        <translation>给出的地点是空的。</translation>
    </message>
    <message>
        <source>Give a position as LON,LAT, the name of a place, a layer or a file.</source>
        <translation>请给出位置“经度,纬度”、地点名称、图层或文件。</translation>
    </message>
    <message>
        <source>[default: {value}]</source>
        <translation>[默认：{value}]</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>There are more arguments than it takes: {more}.</source>
        <translation>多出了参数：{more}。</translation>
    </message>
    <message>
        <source>There is no option {name}.</source>
        <translation>没有选项 {name}。</translation>
    </message>
    <message>
        <source>There is no command {name}.</source>
        <translation>没有命令 {name}。</translation>
    </message>
    <message>
        <source>The option {name} lacks a value, or has one too many.</source>
        <translation>选项 {name} 缺少值，或多给了值。</translation>
    </message>
    <message>
        <source>--output is given more than once, and this command saves one file.</source>
        <translation>--output 给出了不止一次，而此命令只保存一个文件。</translation>
    </message>
    <message>
        <source>Run the command once for each file.</source>
        <translation>请为每个文件各运行一次命令。</translation>
    </message>
    <message>
        <source>{name} is missing.</source>
        <translation>缺少 {name}。</translation>
    </message>
    <message>
        <source>The value of {name} must be one of: {known}.</source>
        <translation>{name} 的值须为以下之一：{known}。</translation>
    </message>
    <message>
        <source>The value of {name} can't be used.</source>
        <translation>{name} 的值无法使用。</translation>
    </message>
    <message>
        <source>The value of {name} can't be used: {why}</source>
        <translation>{name} 的值无法使用：{why}</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>{heading}:</source>
        <translation>{heading}：</translation>
    </message>
    <message>
        <source>Usage: </source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>[OPTIONS]</source>
        <translation>[选项]</translation>
    </message>
    <message>
        <source>COMMAND [ARGS]...</source>
        <translation>命令 [参数]...</translation>
    </message>
    <message>
        <source>[COMMAND] [ARGS]...</source>
        <translation>[命令] [参数]...</translation>
    </message>
    <message>
        <source>Look at the map</source>
        <translation>看地图</translation>
    </message>
    <message>
        <source>Calculate</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Exhibition</source>
        <translation>展厅</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>What to compare</source>
        <translation>对比什么</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>出行</translation>
    </message>
    <message>
        <source>By public transport</source>
        <translation>公共交通</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Digital sandbox map of the Western (Chongqing) Science City. Without a command, the window opens.</source>
        <translation>西部（重庆）科学城数字沙盘。不给命令时打开窗口。</translation>
    </message>
    <message>
        <source>Language of the texts.</source>
        <translation>文字语言。</translation>
    </message>
    <message>
        <source>Show the version and exit.</source>
        <translation>显示版本后退出。</translation>
    </message>
    <message>
        <source>Show this message and exit.</source>
        <translation>显示本说明后退出。</translation>
    </message>
    <message>
        <source>List what is installed, and check fonts, screens, kernels and the network file.</source>
        <translation>列出安装情况，并检查字体、屏幕、计算内核与路网文件。</translation>
    </message>
    <message>
        <source>List the installed packages by licence.</source>
        <translation>列出一并安装的软件包及其许可证。</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>{family}; {count} Chinese families in all</source>
        <translation>{family}；共有 {count} 种中文字体</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>计算内核</translation>
    </message>
    <message>
        <source>{count}, of which {kept} were compiled before; ready in {seconds} s</source>
        <translation>{count} 个，其中 {kept} 个已有编译结果；{seconds} 秒就绪</translation>
    </message>
    <message>
        <source>They can't be saved: no folder is writable</source>
        <translation>无法保存：没有可写的文件夹</translation>
    </message>
    <message>
        <source>{title}, {nodes} nodes</source>
        <translation>{title}，{nodes} 个节点</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>{part} doesn't work: {why}</source>
        <translation>{part}无法工作：{why}</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licences of the packages installed with the sandbox</source>
        <translation>一并安装的软件包的许可证</translation>
    </message>
    <message>
        <source>Output file for the areas; .html with a map and tables.</source>
        <translation>范围的输出文件；.html 为带地图与表格的网页。</translation>
    </message>
    <message>
        <source>Output file; .html is a page with a map.</source>
        <translation>输出文件；.html 为带地图的网页。</translation>
    </message>
    <message>
        <source>Output table, one row per place; as .geojson or .gpkg with lines to the nearest, as .html with a map.</source>
        <translation>输出表，每处一行；.geojson 或 .gpkg 另有到最近处的连线，.html 带地图。</translation>
    </message>
    <message>
        <source>Output table, one row per scenario and home; .html with a map.</source>
        <translation>输出表，每个情景的每处住宅一行；.html 带地图。</translation>
    </message>
</context>
</TS>
