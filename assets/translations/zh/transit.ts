<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>transit</name>
    <message>
        <source>The lines of the scenario lie far outside the network {network}.</source>
        <translation>该情景的线路远在路网 {network} 之外。</translation>
    </message>
    <message>
        <source>Choose a scenario of this city, or omit it.</source>
        <translation>请选择本地的情景，或不用情景。</translation>
    </message>
    <message>
        <source>a window of {value} minutes ({low} to {high} are possible)</source>
        <translation>时段 {value} 分钟（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>the year {value} ({low} to {high} are possible)</source>
        <translation>年份 {value}（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>a time with a time zone (timetables use the local time of their city)</source>
        <translation>带时区的时间（线路按所在城市的当地时间）</translation>
    </message>
    <message>
        <source>the percentile {value} ({low} to {high} are possible)</source>
        <translation>百分位 {value}（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>{value} vehicles ({low} to {high} are possible)</source>
        <translation>乘车 {value} 次（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>walks of {value} minutes ({low} to {high} are possible)</source>
        <translation>单段步行 {value} 分钟（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>{value} samples ({low} to {high} are possible)</source>
        <translation>抽样 {value} 次（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>departures every {value} minutes ({low} to {high} are possible)</source>
        <translation>每 {value} 分钟出发一次（可为 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>No line runs on the network {network}: it has no timetable, and no scenario is chosen.</source>
        <translation>路网“{network}”上没有线路：既无时刻表，也未选情景。</translation>
    </message>
    <message>
        <source>Choose a scenario, or build the network with a timetable (--gtfs).</source>
        <translation>请选择一个情景，或用时刻表（--gtfs）构建路网。</translation>
    </message>
    <message>
        <source>Travel mode; transit is public transport and walking.</source>
        <translation>出行方式；transit 为公共交通加步行。</translation>
    </message>
    <message>
        <source>“{value}” is not a time such as 2026-11-23T08:00.</source>
        <translation>“{value}”不是 2026-11-23T08:00 这样的时间。</translation>
    </message>
    <message>
        <source>Public transport: first departure, local time.</source>
        <translation>公共交通：首个出发时间（当地时间）。</translation>
    </message>
    <message>
        <source>Public transport: arrive by this time; shows the areas from which that is possible.</source>
        <translation>公共交通：最晚到达时间；计算从何处可达。</translation>
    </message>
    <message>
        <source>Length of the departure window in minutes; with --arrive the window ends at that time.</source>
        <translation>出发时段的长度（分钟）；给出 --arrive 时，时段至该时刻为止。</translation>
    </message>
    <message>
        <source>Percentile of travel time, 1 to 99.</source>
        <translation>用时的百分位，1 至 99。</translation>
    </message>
    <message>
        <source>Maximum number of vehicles.</source>
        <translation>最多乘几次车。</translation>
    </message>
    <message>
        <source>Longest walk along streets to, from and between stops, in minutes; time inside stations is not included.</source>
        <translation>往返车站与换乘时沿道路的最长步行时间（分钟）；站内用时不计。</translation>
    </message>
    <message>
        <source>Lines with headways: random phases, or a wait of half the headway.</source>
        <translation>按间隔运行的线路：抽样发车相位，或按半个间隔候车。</translation>
    </message>
    <message>
        <source>Number of random phases, 1 to 50.</source>
        <translation>相位抽样次数，1 至 50。</translation>
    </message>
    <message>
        <source>Departure times, windows and similar options only apply to public transport.</source>
        <translation>出发时间、时段等只用于公共交通。</translation>
    </message>
    <message>
        <source>Omit them, or use --mode transit.</source>
        <translation>请去掉，或使用 --mode transit。</translation>
    </message>
    <message>
        <source>Public transport needs a departure or arrival time.</source>
        <translation>公共交通须给出出发或到达时间。</translation>
    </message>
    <message>
        <source>Give either --depart or --arrive, for example --depart 2026-11-23T08:00.</source>
        <translation>请在 --depart 与 --arrive 中给出一个，例如 --depart 2026-11-23T08:00。</translation>
    </message>
    <message>
        <source>Public transport is calculated by time; --arrive shows from where places can be reached.</source>
        <translation>公共交通按时间计算；从何处可达请用 --arrive。</translation>
    </message>
    <message>
        <source>Omit --metres and --reverse.</source>
        <translation>请去掉 --metres 与 --reverse。</translation>
    </message>
    <message>
        <source>By public transport and on foot at {speed} km/h, leaving {when} and up to {window} minutes later; land within {reach} m of a street</source>
        <translation>公共交通加步行（{speed} 公里/小时），{when} 起 {window} 分钟内出发；计入道路两侧 {reach} 米以内</translation>
    </message>
    <message>
        <source>By public transport and on foot at {speed} km/h, arriving within {window} minutes up to {when}; land within {reach} m of a street</source>
        <translation>公共交通加步行（{speed} 公里/小时），{when} 前 {window} 分钟内到达；计入道路两侧 {reach} 米以内</translation>
    </message>
    <message>
        <source>; waits are half the headway, without variation</source>
        <translation>；候车按半个间隔计，不计波动</translation>
    </message>
    <message>
        <source>; percentile {percentile}</source>
        <translation>；第 {percentile} 百分位</translation>
    </message>
    <message>
        <source>Minimum transfer time in minutes.</source>
        <translation>最短换乘时间（分钟）。</translation>
    </message>
    <message>
        <source>a minimum transfer time of {value} minutes ({low} to {high} are possible)</source>
        <translation>最短换乘时间 {value} 分钟（可取 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>; at least {minutes} minutes per transfer</source>
        <translation>；换乘至少 {minutes} 分钟</translation>
    </message>
</context>
</TS>
