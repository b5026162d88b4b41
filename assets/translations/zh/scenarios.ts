<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>scenarios</name>
    <message>
        <source>{place} is not a valid key here</source>
        <translation>{place} 不是此处可用的键</translation>
    </message>
    <message>
        <source>{place}.do is not one of {choices}</source>
        <translation>{place}.do 不在 {choices} 之列</translation>
    </message>
    <message>
        <source>{place}.do is missing</source>
        <translation>缺少 {place}.do</translation>
    </message>
    <message>
        <source>{place} is {value}, not a number</source>
        <translation>{place} 为 {value}，不是数字</translation>
    </message>
    <message>
        <source>{place} needs ref, or all of {choices}</source>
        <translation>{place} 须给出 ref，或 {choices} 全部</translation>
    </message>
    <message>
        <source>{place} needs ref, or both of {choices}</source>
        <translation>{place} 须给出 ref，或 {choices} 两项</translation>
    </message>
    <message>
        <source>{place} needs one of {choices}</source>
        <translation>{place} 须给出 {choices} 之一</translation>
    </message>
    <message>
        <source>it is not valid TOML ({detail})</source>
        <translation>不是有效的 TOML（{detail}）</translation>
    </message>
    <message>
        <source>{file} can't be read as a scenario: {reason}.</source>
        <translation>无法将 {file} 读作情景：{reason}。</translation>
    </message>
    <message>
        <source>Give a TOML file; sandbox scenarios show ID -o FILE.toml writes an example.</source>
        <translation>请给出 TOML 文件；可用 sandbox scenarios show ID -o 文件 得到样本。</translation>
    </message>
    <message>
        <source>The scenario in {file} can't be used</source>
        <translation>{file} 中的情景无法使用</translation>
    </message>
    <message>
        <source>Correct it, then run: sandbox scenarios check {file}</source>
        <translation>请修正后运行：sandbox scenarios check {file}</translation>
    </message>
    <message>
        <source>There is no scenario named {name}.</source>
        <translation>没有名为 {name} 的情景。</translation>
    </message>
    <message>
        <source>Scenarios: {known}; or give a file that ends in .toml.</source>
        <translation>可选情景：{known}；或给出以 .toml 结尾的文件。</translation>
    </message>
    <message>
        <source>edit {number} ({name}): {fault}</source>
        <translation>第 {number} 项改动（{name}）：{fault}</translation>
    </message>
    <message>
        <source>{line} has no alignment to place stops along</source>
        <translation>{line} 没有可供布站的走向</translation>
    </message>
    <message>
        <source>{count} stops; 2 to 1,000 are possible</source>
        <translation>{count} 站；可为2至1000站</translation>
    </message>
    <message>
        <source>no layer has the feature {ref}</source>
        <translation>图层中没有要素 {ref}</translation>
    </message>
    <message>
        <source>its base {base} refers back to it</source>
        <translation>其基础情景 {base} 又以它为基础</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未公布</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>假定</translation>
    </message>
    <message>
        <source>in operation</source>
        <translation>运营中</translation>
    </message>
    <message>
        <source>Opening: {opening}</source>
        <translation>开通：{opening}</translation>
    </message>
    <message>
        <source>Edits, in order:</source>
        <translation>依次生效的改动：</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>开通</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>线路</translation>
    </message>
    <message>
        <source>Corridors shown</source>
        <translation>示意走廊</translation>
    </message>
    <message>
        <source> (assumed)</source>
        <translation>（假定）</translation>
    </message>
    <message>
        <source> (off)</source>
        <translation>（已关闭）</translation>
    </message>
    <message>
        <source>{count} corridors are shown for information and excluded from travel times.</source>
        <translation>{count} 条走廊仅示意线路与条数，不计入可达计算。</translation>
    </message>
    <message>
        <source>As reported by the articles, not computed here:</source>
        <translation>据报道，非本图计算：</translation>
    </message>
    <message>
        <source>{place}: {minutes} min ({source})</source>
        <translation>{place}：{minutes} 分钟（{source}）</translation>
    </message>
    <message>
        <source>{file}: no fault; edits: {count}.</source>
        <translation>{file}：无误，改动 {count} 项。</translation>
    </message>
    <message>
        <source>Assumed: {what}</source>
        <translation>假定：{what}</translation>
    </message>
    <message>
        <source>The scenario {id} can't be used</source>
        <translation>情景 {id} 无法使用</translation>
    </message>
    <message>
        <source>Correct its edits, or switch them off.</source>
        <translation>请修正其中的改动，或将其关闭。</translation>
    </message>
    <message>
        <source>line {line}: {fault}</source>
        <translation>线路 {line}：{fault}</translation>
    </message>
    <message>
        <source>the stop {stop} appears twice in a row</source>
        <translation>车站 {stop} 连续出现两次</translation>
    </message>
    <message>
        <source>its alignment has invalid coordinates</source>
        <translation>走向的坐标无效</translation>
    </message>
    <message>
        <source>{value} km/h; 1 to 600 are possible</source>
        <translation>{value} 公里/小时；可为1至600</translation>
    </message>
    <message>
        <source>it has no headway</source>
        <translation>没有发车间隔</translation>
    </message>
    <message>
        <source>the stop {stop} has invalid coordinates</source>
        <translation>车站 {stop} 的坐标无效</translation>
    </message>
    <message>
        <source>{value} minutes to {stop}; 0.05 to 600 are possible</source>
        <translation>到 {stop} 为 {value} 分钟；可为0.05至600</translation>
    </message>
    <message>
        <source>{value} s of dwell or access; 0 to 3600 are possible</source>
        <translation>停站或进出站 {value} 秒；可为0至3600</translation>
    </message>
    <message>
        <source>a headway of {value} min; 0.5 to 1,440 are possible</source>
        <translation>发车间隔 {value} 分钟；可为0.5至1440</translation>
    </message>
    <message>
        <source>a period that ends before it begins, or after 48:00</source>
        <translation>时段的结束早于开始，或晚于48时</translation>
    </message>
    <message>
        <source>periods that overlap or are out of order</source>
        <translation>时段重叠或次序颠倒</translation>
    </message>
    <message>
        <source>the line {line} already exists</source>
        <translation>线路 {line} 已存在</translation>
    </message>
    <message>
        <source>the link to {stop} has invalid coordinates or takes too long</source>
        <translation>到 {stop} 的连接坐标无效或用时过长</translation>
    </message>
    <message>
        <source>there is no line {line}; lines: {known}</source>
        <translation>没有线路 {line}；现有：{known}</translation>
    </message>
    <message>
        <source>the line {line} has no stop {stop}; stops: {known}</source>
        <translation>线路 {line} 没有车站 {stop}；现有：{known}</translation>
    </message>
    <message>
        <source>a line needs at least two stops; {line} would have one</source>
        <translation>线路至少两站；{line} 只剩一站</translation>
    </message>
    <message>
        <source>the line {line} already has the stop {stop}</source>
        <translation>线路 {line} 已有车站 {stop}</translation>
    </message>
    <message>
        <source>{stop} is {minutes} min into a run of {whole} min</source>
        <translation>{stop} 位于 {whole} 分钟区间的第 {minutes} 分钟处，无法设站</translation>
    </message>
    <message>
        <source>Scenarios: lines that run or could run; list, show, check.</source>
        <translation>情景：运营或可能运营的线路；列出、查看、检查。</translation>
    </message>
    <message>
        <source>Check scenario files; without any, the shipped ones. With a fault, the exit status is 1.</source>
        <translation>检查情景文件；不给文件时检查自带情景。有错误时退出状态为 1。</translation>
    </message>
    <message>
        <source>Show a scenario: edits, assumptions, corridors for information, and reported facts.</source>
        <translation>查看情景：各项改动、假定、仅示意的走廊、报道表述。</translation>
    </message>
    <message>
        <source>Also save it as a standalone file that can be edited by hand.</source>
        <translation>同时保存为可独立使用、可手工修改的文件。</translation>
    </message>
    <message>
        <source>List the shipped scenarios.</source>
        <translation>列出自带情景。</translation>
    </message>
    <message>
        <source>Base scenario, or timetable.  [default: today]</source>
        <translation>基础情景；timetable 指仅时刻表。[默认：现状]</translation>
    </message>
    <message>
        <source>Title that people read.</source>
        <translation>显示的标题。</translation>
    </message>
    <message>
        <source>Create a scenario file of your own for the city of a network, to be edited.</source>
        <translation>为路网所在城市新建自己的情景文件，供编辑。</translation>
    </message>
    <message>
        <source>{file} can't be a new scenario: it already exists, or its name doesn't end in .toml.</source>
        <translation>{file} 不能作为新情景：文件已存在，或文件名不以 .toml 结尾。</translation>
    </message>
</context>
</TS>
