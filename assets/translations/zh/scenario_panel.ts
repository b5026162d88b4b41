<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>scenario_panel</name>
    <message>
        <source>Open a scenario…</source>
        <translation>打开情景…</translation>
    </message>
    <message>
        <source>Save the scenario…</source>
        <translation>保存情景…</translation>
    </message>
    <message>
        <source>{title} (edited)</source>
        <translation>{title}（已改动）</translation>
    </message>
    <message>
        <source>{line}: a vehicle every {value} min</source>
        <translation>{line}：间隔 {value} 分钟</translation>
    </message>
    <message>
        <source>{line}: {value} km/h between stops</source>
        <translation>{line}：站间 {value} 公里/小时</translation>
    </message>
    <message>
        <source>{line}: stops of {value} s</source>
        <translation>{line}：停站 {value} 秒</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} 小时</translation>
    </message>
    <message>
        <source>Use public transport</source>
        <translation>改用公共交通</translation>
    </message>
    <message>
        <source>Change a line</source>
        <translation>改动线路</translation>
    </message>
    <message>
        <source>Headway</source>
        <translation>发车间隔</translation>
    </message>
    <message>
        <source>Running speed between stops</source>
        <translation>站间速度</translation>
    </message>
    <message>
        <source>Dwell time</source>
        <translation>停站时间</translation>
    </message>
    <message>
        <source>This line has given travel times; a speed replaces them.</source>
        <translation>该线路给定了站间用时；填入速度后以速度为准。</translation>
    </message>
    <message>
        <source>A scenario sets which lines run. It only affects public transport.</source>
        <translation>情景决定运营哪些线路，仅影响公共交通。</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景文件</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>打开情景</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>保存情景</translation>
    </message>
    <message>
        <source>Reading the scenario</source>
        <translation>正在读取情景</translation>
    </message>
    <message>
        <source>Writing the file</source>
        <translation>正在保存文件</translation>
    </message>
    <message>
        <source>Saved to {file}</source>
        <translation>已保存到 {file}</translation>
    </message>
    <message>
        <source>{place}: {time}</source>
        <translation>{place}：{time}</translation>
    </message>
    <message>
        <source>Drawn line {number}</source>
        <translation>自绘线路 {number}</translation>
    </message>
    <message>
        <source>Stop {number}</source>
        <translation>第 {number} 站</translation>
    </message>
    <message>
        <source>Drawn by hand; {speed} km/h, stops of {dwell} s and a headway of {minutes} min are assumed.</source>
        <translation>在图上绘制；站间 {speed} 公里/小时、停站 {dwell} 秒、间隔 {minutes} 分钟均为假定。</translation>
    </message>
    <message>
        <source>Add the line with {count} stops</source>
        <translation>加入该线路（{count} 站）</translation>
    </message>
    <message>
        <source>Draw a line on the map</source>
        <translation>在图上绘制线路</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Click the stops on the map in their order.</source>
        <translation>请在图上依次点选车站。</translation>
    </message>
    <message>
        <source>{line}: closed</source>
        <translation>{line}：停运</translation>
    </message>
    <message>
        <source>{line}: only from {first} to {last}</source>
        <translation>{line}：只运行{first}至{last}</translation>
    </message>
    <message>
        <source>{line}: rerouted, {count} stops</source>
        <translation>{line}：改线，共 {count} 站</translation>
    </message>
    <message>
        <source>{line}: added station {stop}</source>
        <translation>{line}：增设{stop}</translation>
    </message>
    <message>
        <source>{line} new stop {number}</source>
        <translation>{line}新增站{number}</translation>
    </message>
    <message>
        <source>{stop}: added link to the streets</source>
        <translation>{stop}：增加一条与道路的连接</translation>
    </message>
    <message>
        <source>{minutes} min between street and platform assumed from the distance.</source>
        <translation>道路至站台 {minutes} 分钟，按距离假定。</translation>
    </message>
    <message>
        <source>Runs from – to</source>
        <translation>运行区间（起–止）</translation>
    </message>
    <message>
        <source>First stop</source>
        <translation>首站</translation>
    </message>
    <message>
        <source>Last stop</source>
        <translation>末站</translation>
    </message>
    <message>
        <source>Add a station…</source>
        <translation>增设车站…</translation>
    </message>
    <message>
        <source>Reroute…</source>
        <translation>改线…</translation>
    </message>
    <message>
        <source>Link a stop to the streets…</source>
        <translation>车站连接道路…</translation>
    </message>
    <message>
        <source>Close the line</source>
        <translation>停运该线</translation>
    </message>
    <message>
        <source>Click the position of the new station on the map.</source>
        <translation>请在图上点选新站位置。</translation>
    </message>
    <message>
        <source>Click the stop on the map, then the position on a street.</source>
        <translation>请先在图上点选车站，再点选道路上的位置。</translation>
    </message>
    <message>
        <source>From {stop}: click the position on a street.</source>
        <translation>从{stop}出发：请点选道路上的位置。</translation>
    </message>
    <message>
        <source>Use this route with {count} stops</source>
        <translation>采用此走向（{count} 站）</translation>
    </message>
    <message>
        <source>Keep it unchanged</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>No line runs here.</source>
        <translation>这里没有运行的线路。</translation>
    </message>
    <message>
        <source>Choose another scenario, or draw a line.</source>
        <translation>请另选情景，或绘制一条线路。</translation>
    </message>
    <message>
        <source>New scenario</source>
        <translation>新建情景</translation>
    </message>
    <message>
        <source>No scenario is chosen: choose one under Reach, create a new one or open a file.</source>
        <translation>尚未选择情景：可在“可达”中选择、新建，或打开文件。</translation>
    </message>
    <message>
        <source>Own scenario {number}</source>
        <translation>自拟情景 {number}</translation>
    </message>
</context>
</TS>
