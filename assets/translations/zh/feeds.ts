<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>feeds</name>
    <message>
        <source>Give the path of a timetable (GTFS, .zip).</source>
        <translation>请给出时刻表文件（GTFS，.zip）的路径。</translation>
    </message>
    <message>
        <source>{path} can't be read as a timetable: {reason}.</source>
        <translation>无法按时刻表读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Give a GTFS feed as a .zip file or a folder.</source>
        <translation>请给出 GTFS 压缩包或其文件夹。</translation>
    </message>
    <message>
        <source>{path} isn't safe to read</source>
        <translation>读取 {path} 不安全</translation>
    </message>
    <message>
        <source>Ask the provider for a plain GTFS .zip file.</source>
        <translation>请向提供者索取普通的 GTFS 压缩包。</translation>
    </message>
    <message>
        <source>it contains {count} files</source>
        <translation>含 {count} 个文件</translation>
    </message>
    <message>
        <source>unpacked it is larger than 1 GiB</source>
        <translation>解压后超过 1 GiB</translation>
    </message>
    <message>
        <source>the name {name} leads out of the archive</source>
        <translation>名称 {name} 指向压缩包之外</translation>
    </message>
    <message>
        <source>{name} is a link</source>
        <translation>{name} 是链接</translation>
    </message>
    <message>
        <source>{name} unpacks to {times} times its size</source>
        <translation>{name} 解压后为原大小的 {times} 倍</translation>
    </message>
    <message>
        <source>{path} is too large: more than {rows} stop times, or 1 GiB unpacked.</source>
        <translation>{path} 过大：停站时刻超过 {rows} 条，或解压后超过 1 GiB。</translation>
    </message>
    <message>
        <source>First cut the feed to the area of the city and to a few weeks.</source>
        <translation>请先按城市范围和几周时间裁剪。</translation>
    </message>
    <message>
        <source>The table {table} of {path} is neither in UTF-8 nor in GBK.</source>
        <translation>{path} 的表 {table} 既不是 UTF-8 也不是 GBK 编码。</translation>
    </message>
    <message>
        <source>Save it in UTF-8.</source>
        <translation>请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>the table {table} is missing</source>
        <translation>缺少表 {table}</translation>
    </message>
    <message>
        <source>calendar.txt and calendar_dates.txt are both missing</source>
        <translation>calendar.txt 与 calendar_dates.txt 都缺</translation>
    </message>
    <message>
        <source>{path} is not a valid GTFS timetable</source>
        <translation>{path} 不是合规的 GTFS 时刻表</translation>
    </message>
    <message>
        <source>Ask the provider for a complete feed.</source>
        <translation>请向提供者索取完整的时刻表。</translation>
    </message>
    <message>
        <source>Correct it, or ask the provider for another copy.</source>
        <translation>请修正，或向提供者另索一份。</translation>
    </message>
    <message>
        <source>{table} lacks the column {column}</source>
        <translation>{table} 缺少字段 {column}</translation>
    </message>
    <message>
        <source>{table} has no rows</source>
        <translation>{table} 没有数据行</translation>
    </message>
    <message>
        <source>Nothing in {path} can be used: no trip has two stops with times and places.</source>
        <translation>{path} 中没有可用内容：没有一个车次有两个带时刻和位置的停站。</translation>
    </message>
    <message>
        <source>See what is wrong with: sandbox network check-feed</source>
        <translation>用此命令查看问题：sandbox network check-feed</translation>
    </message>
    <message>
        <source>… and {count} more of this kind</source>
        <translation>……同类另有 {count} 条</translation>
    </message>
    <message>
        <source>the id {id} is used more than once; the first one counts</source>
        <translation>标识 {id} 重复，以首个为准</translation>
    </message>
    <message>
        <source>the parent station of {id} is missing</source>
        <translation>{id} 的上级车站缺失</translation>
    </message>
    <message>
        <source>the parent stations of {id} form a loop</source>
        <translation>{id} 的上级车站循环引用</translation>
    </message>
    <message>
        <source>longitude and latitude of {id} seem to be swapped</source>
        <translation>{id} 的经纬度似乎颠倒</translation>
    </message>
    <message>
        <source>{id} has no valid position</source>
        <translation>{id} 没有有效坐标</translation>
    </message>
    <message>
        <source>the route of trip {id} is missing</source>
        <translation>车次 {id} 的线路缺失</translation>
    </message>
    <message>
        <source>the days of trip {id} are missing</source>
        <translation>车次 {id} 的运营日缺失</translation>
    </message>
    <message>
        <source>trips call at {id}, which is not a usable stop</source>
        <translation>有车次停靠 {id}，但它不是可用站点</translation>
    </message>
    <message>
        <source>stops of trip {id} have the same sequence number; the first one counts</source>
        <translation>车次 {id} 的停站序号重复，以首个为准</translation>
    </message>
    <message>
        <source>trip {id} has no time at its first or last stop</source>
        <translation>车次 {id} 的首站或末站没有时刻</translation>
    </message>
    <message>
        <source>the times of trip {id} run backwards</source>
        <translation>车次 {id} 的时刻倒退</translation>
    </message>
    <message>
        <source>trip {id} runs longer than a week</source>
        <translation>车次 {id} 运行超过一周</translation>
    </message>
    <message>
        <source>trip {id} has fewer than two usable stops</source>
        <translation>车次 {id} 的可用停站不足两个</translation>
    </message>
    <message>
        <source>{path} has no readable service days.</source>
        <translation>{path} 中没有可读的日期。</translation>
    </message>
    <message>
        <source>Write dates as 20261123 in calendar.txt and calendar_dates.txt.</source>
        <translation>calendar.txt 或 calendar_dates.txt 中的日期须写作 20261123。</translation>
    </message>
    <message>
        <source>{id} dates of the calendar can't be read</source>
        <translation>日历中有 {id} 个日期无法读取</translation>
    </message>
    <message>
        <source>no service runs on any day</source>
        <translation>没有一天有车次运行</translation>
    </message>
    <message>
        <source>service ended on {day}</source>
        <translation>运营已于 {day} 结束</translation>
    </message>
    <message>
        <source>service begins on {day}</source>
        <translation>运营从 {day} 开始</translation>
    </message>
    <message>
        <source>no service for more than a week from {day}</source>
        <translation>从 {day} 起一周以上无运营</translation>
    </message>
    <message>
        <source>no street lies within 500 m of {id}: passengers can't board there</source>
        <translation>{id} 500 米内没有道路：乘客无法在此上车</translation>
    </message>
    <message>
        <source>{count} pathways have neither time nor length: one minute is assumed</source>
        <translation>{count} 条站内通道无用时也无长度：按一分钟计</translation>
    </message>
    <message>
        <source>trip {id} runs implausibly fast between two stops</source>
        <translation>车次 {id} 在两站之间快得不合常理</translation>
    </message>
    <message>
        <source>trip {id} is unknown, or its headway or hours are invalid</source>
        <translation>车次 {id} 不存在，或其间隔、时段无效</translation>
    </message>
    <message>
        <source>{count} transfer rules for single lines or trips are ignored</source>
        <translation>略去 {count} 条只针对个别线路或车次的换乘规则</translation>
    </message>
    <message>
        <source>GTFS timetable to add to the network; may be repeated.</source>
        <translation>加入路网的 GTFS 时刻表；可多次给出。</translation>
    </message>
    <message>
        <source>Reading timetables</source>
        <translation>正在读取时刻表</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>Save the findings as a table or a map layer.</source>
        <translation>把发现的问题保存为表格或地图图层。</translation>
    </message>
    <message>
        <source>Check a GTFS timetable for errors and anything worth knowing.</source>
        <translation>检查时刻表（GTFS）中的问题。</translation>
    </message>
    <message>
        <source>{title}: {trips} trips, {stops} stops, service {first} to {last}.</source>
        <translation>{title}：{trips} 个车次，{stops} 个站点，运营期 {first} 至 {last}。</translation>
    </message>
    <message>
        <source>Found in the feeds: {errors} errors, {warnings} warnings, {notes} notes.</source>
        <translation>时刻表检查：错误 {errors}，警告 {warnings}，提示 {notes}。</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 条</translation>
    </message>
    <message>
        <source>Timetable</source>
        <translation>时刻表</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>{id} lies outside the streets</source>
        <translation>{id} 位于路网范围之外</translation>
    </message>
    <message>
        <source>The agencies of {path} are of different time zones: {zones}.</source>
        <translation>{path} 中各机构的时区不同：{zones}。</translation>
    </message>
    <message>
        <source>Split the feed by time zone.</source>
        <translation>请按时区拆分该数据。</translation>
    </message>
    <message>
        <source>No agency of {path} states its time zone.</source>
        <translation>{path} 中没有机构注明时区。</translation>
    </message>
    <message>
        <source>Fill in agency_timezone in agency.txt, as Asia/Shanghai.</source>
        <translation>请在 agency.txt 中填写 agency_timezone，如 Asia/Shanghai。</translation>
    </message>
    <message>
        <source>spaces around values were removed ({id} of them)</source>
        <translation>已去掉数值前后的空格（{id} 处）</translation>
    </message>
    <message>
        <source>a time of trip {id} can't be read; it is treated as not stated</source>
        <translation>车次 {id} 有一处时刻无法识别，按未注明处理</translation>
    </message>
    <message>
        <source>trips call at {id}, part of a platform; they are treated as calling at the platform</source>
        <translation>有车次停靠 {id}（站台的一部分），按停靠该站台处理</translation>
    </message>
    <message>
        <source>{id} times have no seconds</source>
        <translation>{id} 处时刻没有写秒</translation>
    </message>
    <message>
        <source>the calendar covers {first} to {last}; {begin} to {end} is kept</source>
        <translation>日历涵盖 {first} 至 {last}，保留 {begin} 至 {end}</translation>
    </message>
    <message>
        <source>the route_type of {id} is not a GTFS value</source>
        <translation>{id} 的 route_type 不是 GTFS 规定的取值</translation>
    </message>
    <message>
        <source>{id} stop times need an arrangement with the agency or driver; they are treated like all others</source>
        <translation>{id} 处停站需与运营方或司机约定上下车，按普通停站处理</translation>
    </message>
    <message>
        <source>{id} records allow boarding or alighting between stops; only the stops themselves are used</source>
        <translation>{id} 条记录允许在站间上下车，只按车站处理</translation>
    </message>
    <message>
        <source>the frequency periods of trip {id} overlap; those that begin first count</source>
        <translation>车次 {id} 的发车时段相互重叠，以先开始的为准</translation>
    </message>
    <message>
        <source>trip {id} never runs: none of its rows in frequencies.txt can be used</source>
        <translation>车次 {id} 不开行：frequencies.txt 中没有可用的行</translation>
    </message>
    <message>
        <source>{share} % of the stop times aren't stated and were interpolated: {shape} along shape_dist_traveled, {straight} by the straight distance between stops</source>
        <translation>{share}% 的停站时刻未注明，已在已知时刻之间补全：按 shape_dist_traveled 补 {shape} 处，按站间直线距离补 {straight} 处</translation>
    </message>
    <message>
        <source>{share} % of its stop times aren't stated: interpolated.</source>
        <translation>{share}% 的停站时刻未注明，已补全。</translation>
    </message>
    <message>
        <source>the link between trips {id} is ignored: one of them is unknown</source>
        <translation>已略去车次衔接 {id}：其中有未知车次</translation>
    </message>
    <message>
        <source>the times of {path} are in {other}; they are shown in {zone}</source>
        <translation>{path} 的时刻属 {other} 时区，按 {zone} 时区显示</translation>
    </message>
    <message>
        <source>{zone}, the time zone of {path}, doesn't exist.</source>
        <translation>{path} 的时区 {zone} 不存在。</translation>
    </message>
    <message>
        <source>no pathway connects {id} with an entrance: passengers can't board or alight there</source>
        <translation>没有通道连接 {id} 与出入口：乘客无法在此上下车</translation>
    </message>
    <message>
        <source>no pathway connects entrance {id} with a platform: it can't be used</source>
        <translation>没有通道连接出入口 {id} 与站台：无法由此通行</translation>
    </message>
    <message>
        <source>it is protected by a password</source>
        <translation>它有密码保护</translation>
    </message>
    <message>
        <source>its compression method is not supported</source>
        <translation>不支持其压缩方式</translation>
    </message>
    <message>
        <source>line {line} has more values than columns</source>
        <translation>第 {line} 行的值多于字段数</translation>
    </message>
    <message>
        <source>The table {table} of {path} can't be read: {reason}.</source>
        <translation>无法读取 {path} 中的表 {table}：{reason}。</translation>
    </message>
</context>
</TS>
