<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>hall</name>
    <message>
        <source>Available actions: {known}.</source>
        <translation>可用动作：{known}。</translation>
    </message>
    <message>
        <source>Give 1 to {count}, or one of: {known}.</source>
        <translation>请给出 1 至 {count}，或其一：{known}。</translation>
    </message>
    <message>
        <source>Give it another name.</source>
        <translation>请改名。</translation>
    </message>
    <message>
        <source>Give one of: {known}.</source>
        <translation>请给出其一：{known}。</translation>
    </message>
    <message>
        <source>Reduce their number in the folder.</source>
        <translation>请减少文件夹中的场景。</translation>
    </message>
    <message>
        <source>Omit the value.</source>
        <translation>请去掉参数。</translation>
    </message>
    <message>
        <source>Correct it, or remove it from the folder.</source>
        <translation>请修正，或从文件夹中移出。</translation>
    </message>
    <message>
        <source>Put scenes into the folder layers/scenes.</source>
        <translation>请将场景放入 layers/scenes 文件夹。</translation>
    </message>
    <message>
        <source>The scene {file} can't be shown</source>
        <translation>场景 {file} 无法显示</translation>
    </message>
    <message>
        <source>The scene {id} appears twice; {file} is skipped.</source>
        <translation>场景 {id} 重复，已跳过 {file}。</translation>
    </message>
    <message>
        <source>There are {count} scenes; those after the first {limit} are skipped.</source>
        <translation>共有 {count} 个场景，已跳过第 {limit} 个之后的场景。</translation>
    </message>
    <message>
        <source>There is no action {action}.</source>
        <translation>没有动作 {action}。</translation>
    </message>
    <message>
        <source>There is no scene to show.</source>
        <translation>没有可显示的场景。</translation>
    </message>
    <message>
        <source>There is no scene {scene}.</source>
        <translation>没有场景 {scene}。</translation>
    </message>
    <message>
        <source>{action} can't be {value}.</source>
        <translation>{action} 不能为 {value}。</translation>
    </message>
    <message>
        <source>{action} takes no value.</source>
        <translation>{action} 不带参数。</translation>
    </message>
    <message>
        <source>The kiosk configuration {file} can't be used</source>
        <translation>展示程序的配置 {file} 无法使用</translation>
    </message>
    <message>
        <source>Until it is corrected, the last valid configuration is used, or else the defaults.</source>
        <translation>修正之前沿用上一份有效配置，没有时用默认值。</translation>
    </message>
    <message>
        <source>{place} is {value}; expected {expected}</source>
        <translation>{place} 为 {value}，应为 {expected}</translation>
    </message>
    <message>
        <source>there is no key {place}</source>
        <translation>没有配置项 {place}</translation>
    </message>
    <message>
        <source>{what} could not be sent to {host}: {reason}.</source>
        <translation>无法向 {host} 发送 {what}：{reason}。</translation>
    </message>
    <message>
        <source>Check its address and that it is on the network.</source>
        <translation>请检查地址及网络连接。</translation>
    </message>
    <message>
        <source>Can't listen on {kind} port {port} at {address}: {reason}.</source>
        <translation>无法监听 {address} 的 {kind} 端口 {port}：{reason}。</translation>
    </message>
    <message>
        <source>Give another port in the section control, or end the program that uses it.</source>
        <translation>请在 control 一节换一个端口，或结束占用它的程序。</translation>
    </message>
    <message>
        <source>Another kiosk is already running, and sandbox ctl controls that one.</source>
        <translation>已有另一个展示程序在运行，sandbox ctl 控制的是那一个。</translation>
    </message>
    <message>
        <source>End it, and sandbox ctl will control this one.</source>
        <translation>结束它之后，sandbox ctl 即可控制本程序。</translation>
    </message>
    <message>
        <source>sandbox ctl can't reach this kiosk: {reason}.</source>
        <translation>sandbox ctl 无法连接本展示程序：{reason}。</translation>
    </message>
    <message>
        <source>Check the state folder of the user.</source>
        <translation>请检查用户的状态目录。</translation>
    </message>
    <message>
        <source>No kiosk is running for this user.</source>
        <translation>当前用户没有运行中的展示程序。</translation>
    </message>
    <message>
        <source>Start one: sandbox kiosk</source>
        <translation>请先启动：sandbox kiosk</translation>
    </message>
    <message>
        <source>The kiosk didn't answer within {limit} s.</source>
        <translation>展示程序在 {limit} 秒内没有应答。</translation>
    </message>
    <message>
        <source>Read its log, or end it; a supervisor then restarts it.</source>
        <translation>请查看日志，或结束它，守护程序会重新启动。</translation>
    </message>
    <message>
        <source>Port {port} at {address} can't serve pages: {reason}.</source>
        <translation>{address} 的端口 {port} 无法提供页面：{reason}。</translation>
    </message>
    <message>
        <source>Give another port, or end the program that uses it.</source>
        <translation>请换一个端口，或结束占用它的程序。</translation>
    </message>
    <message>
        <source>Send a command to the running kiosk: scene 3, next, previous, language en, black on, freeze, volume 40, sounds off, restart, status.</source>
        <translation>向运行中的展示程序下达指令：scene 3、next、previous、language en、black on、freeze、volume 40、sounds off、restart、status。</translation>
    </message>
    <message>
        <source>Configuration file of the kiosk.  [default: the user's own, if there is one]</source>
        <translation>展示程序的配置文件。[默认：用户自己的配置（如有）]</translation>
    </message>
    <message>
        <source>Use the shipped streets and the defaults.</source>
        <translation>采用自带路网与默认配置。</translation>
    </message>
    <message>
        <source>Keep the kiosk running: restart it at its scene after a crash or a hang. Other options are passed to the kiosk. It ends when an operator leaves the kiosk with the PIN.</source>
        <translation>守护展示程序：崩溃或卡死后自动重启并回到原场景。其余选项传给展示程序；操作员用 PIN 退出后守护也结束。</translation>
    </message>
    <message>
        <source>Number of days to report, up to today.</source>
        <translation>统计最近多少天。</translation>
    </message>
    <message>
        <source>Print counts of the kiosk's scenes, touches and languages; no personal data.</source>
        <translation>输出展示程序的使用统计：场景、触摸、语言的次数，不含个人信息。</translation>
    </message>
    <message>
        <source>There are no statistics yet.</source>
        <translation>还没有统计数据。</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>This map is too large to take away ({size:.1f} MB).</source>
        <translation>这张地图太大，无法带走（{size:.1f} MB）。</translation>
    </message>
    <message>
        <source>Show fewer layers.</source>
        <translation>请少显示一些图层。</translation>
    </message>
    <message>
        <source>Scan to take this map with you</source>
        <translation>扫码带走这张地图</translation>
    </message>
    <message>
        <source>Scan to take this result with you</source>
        <translation>扫码带走这个结果</translation>
    </message>
    <message>
        <source>On the kiosk's network, for {minutes} minutes</source>
        <translation>连接展厅网络，{minutes} 分钟内有效</translation>
    </message>
    <message>
        <source>A short text; no network needed</source>
        <translation>短文本，无需网络</translation>
    </message>
    <message>
        <source>Some layers are skipped</source>
        <translation>有图层被跳过</translation>
    </message>
    <message>
        <source>The subtitles {file} can't be read: {reason}.</source>
        <translation>无法读取字幕文件 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Correct the file; until then, the captions of the scene are shown.</source>
        <translation>请修正；在此期间显示场景字幕。</translation>
    </message>
    <message>
        <source>Preparing your map…</source>
        <translation>正在准备您的地图…</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>请稍候几秒</translation>
    </message>
    <message>
        <source>The map has no approval number, so visitors can't take it with them.</source>
        <translation>地图没有审图号，因此观众不能带走地图。</translation>
    </message>
    <message>
        <source>Set approval_number in the configuration once the map is reviewed, or internal = true for an internal demonstration.</source>
        <translation>地图审核后请在配置中填写 approval_number；仅限内部演示时写 internal = true。</translation>
    </message>
    <message>
        <source>This kiosk has no PIN, so the operator's menu can't be opened by touch.</source>
        <translation>本展示程序未设置密码，因此无法通过触摸打开操作员菜单。</translation>
    </message>
    <message>
        <source>Set pin in its configuration (4 to 8 digits). Without one, end it with Ctrl+C in its terminal, or through its service.</source>
        <translation>请在配置中设置 pin（4 至 8 位数字）；未设置时，在启动它的终端按 Ctrl+C 或通过系统服务结束。</translation>
    </message>
    <message>
        <source>Enter the PIN to end the program</source>
        <translation>请再输入密码以退出程序</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>展示程序</translation>
    </message>
    <message>
        <source>a PIN is set</source>
        <translation>已设置密码</translation>
    </message>
    <message>
        <source>no PIN is set: the operator's menu can't be opened by touch</source>
        <translation>未设置密码：无法通过触摸打开操作员菜单</translation>
    </message>
    <message>
        <source>no configuration</source>
        <translation>没有配置文件</translation>
    </message>
    <message>
        <source>The network {network} has no streets for walking, which every place needs for access.</source>
        <translation>路网“{network}”没有可步行的道路，而各处地点都按步行与道路连接。</translation>
    </message>
    <message>
        <source>Build it with walking included: run sandbox network build without --modes.</source>
        <translation>请在构建时包含步行：运行 sandbox network build 时不加 --modes。</translation>
    </message>
    <message>
        <source>The network {network} contains {inside} of the {count} places of the layers.</source>
        <translation>路网“{network}”范围内只有图层 {count} 处地点中的 {inside} 处。</translation>
    </message>
    <message>
        <source>Build it from an extract that covers the Science City.</source>
        <translation>请用覆盖科学城的数据重新构建。</translation>
    </message>
    <message>
        <source>{fault} The shipped schematic streets are shown instead.</source>
        <translation>{fault}现显示自带的示意路网。</translation>
    </message>
    <message>
        <source>{action} needs a value.</source>
        <translation>{action} 后面要有一个值。</translation>
    </message>
    <message>
        <source>Give 0 to 100, or one of: {known}.</source>
        <translation>请给出 0 至 100，或其一：{known}。</translation>
    </message>
    <message>
        <source>Give a short value on one line.</source>
        <translation>请给出单行的短值。</translation>
    </message>
    <message>
        <source>Too many commands at once.</source>
        <translation>一次收到的指令过多。</translation>
    </message>
    <message>
        <source>Send it again in a second.</source>
        <translation>请稍等一秒再发。</translation>
    </message>
</context>
</TS>
