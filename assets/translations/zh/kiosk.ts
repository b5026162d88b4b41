<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>kiosk</name>
    <message>
        <source>{seen} of {whole} in this picture</source>
        <translation>图中可见{whole}组中的{seen}组</translation>
    </message>
    <message>
        <source>Within {minutes} min, by each mode</source>
        <translation>{minutes}分钟，各种方式能到多远</translation>
    </message>
    <message>
        <source>By bike</source>
        <translation>骑行</translation>
    </message>
    <message>
        <source>By car</source>
        <translation>驾车</translation>
    </message>
    <message>
        <source>Public transport</source>
        <translation>公共交通</translation>
    </message>
    <message>
        <source>Home to work within {minutes} min</source>
        <translation>从家到单位 {minutes} 分钟内可达的比例</translation>
    </message>
    <message>
        <source>Places within reach: {count}</source>
        <translation>可达 {count} 处地点</translation>
    </message>
    <message>
        <source>Campuses and towns count as homes; by car in free-flowing traffic.</source>
        <translation>校区、镇街也作为居住地计算；驾车按畅通路况。</translation>
    </message>
    <message>
        <source>The place you chose</source>
        <translation>您选的位置</translation>
    </message>
    <message>
        <source>No place on the map is within reach</source>
        <translation>范围内没有图上的地点</translation>
    </message>
    <message>
        <source>Opened so far: {count}</source>
        <translation>累计启用 {count} 处</translation>
    </message>
    <message>
        <source>km² · {minutes} min</source>
        <translation>平方公里 · {minutes} 分钟</translation>
    </message>
    <message>
        <source>Calculating</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>there is no layer {id}</source>
        <translation>没有图层 {id}</translation>
    </message>
    <message>
        <source>there is no place {id}</source>
        <translation>没有地点 {id}</translation>
    </message>
    <message>
        <source>there is no indicator {id}</source>
        <translation>没有指标 {id}</translation>
    </message>
    <message>
        <source>The scene {id} can't be shown</source>
        <translation>场景 {id} 无法显示</translation>
    </message>
    <message>
        <source>Correct the scene or the layers that it needs.</source>
        <translation>请修正该场景或其所需图层。</translation>
    </message>
    <message>
        <source>{action} can't be {value}.</source>
        <translation>{action} 不能为 {value}。</translation>
    </message>
    <message>
        <source>There is no scene {scene}.</source>
        <translation>没有场景 {scene}。</translation>
    </message>
    <message>
        <source>Give 1 to {count}, or one of: {known}.</source>
        <translation>请给出 1 至 {count}，或其一：{known}。</translation>
    </message>
    <message>
        <source>Give one of: {known}.</source>
        <translation>请给出其一：{known}。</translation>
    </message>
    <message>
        <source>There is no scene to show.</source>
        <translation>没有可显示的场景。</translation>
    </message>
    <message>
        <source>Put scenes into the folder layers/scenes.</source>
        <translation>请将场景放入 layers/scenes 文件夹。</translation>
    </message>
    <message>
        <source>There is no action {action}.</source>
        <translation>没有动作 {action}。</translation>
    </message>
    <message>
        <source>Available actions: {known}.</source>
        <translation>可用动作：{known}。</translation>
    </message>
    <message>
        <source>{action} takes no value.</source>
        <translation>{action} 不带参数。</translation>
    </message>
    <message>
        <source>Omit the value.</source>
        <translation>请去掉参数。</translation>
    </message>
    <message>
        <source>The scene {file} can't be shown</source>
        <translation>场景 {file} 无法显示</translation>
    </message>
    <message>
        <source>Correct it, or remove it from the folder.</source>
        <translation>请修正，或从文件夹中移出。</translation>
    </message>
    <message>
        <source>There are {count} scenes; those after the first {limit} are skipped.</source>
        <translation>共有 {count} 个场景，已跳过第 {limit} 个之后的场景。</translation>
    </message>
    <message>
        <source>Reduce their number in the folder.</source>
        <translation>请减少文件夹中的场景。</translation>
    </message>
    <message>
        <source>The scene {id} appears twice; {file} is skipped.</source>
        <translation>场景 {id} 重复，已跳过 {file}。</translation>
    </message>
    <message>
        <source>Give it another name.</source>
        <translation>请改名。</translation>
    </message>
    <message>
        <source>Western (Chongqing) Science City · Digital Sandbox</source>
        <translation>西部（重庆）科学城 · 数字沙盘</translation>
    </message>
    <message>
        <source>Take with you</source>
        <translation>扫码带走</translation>
    </message>
    <message>
        <source>Wrong PIN</source>
        <translation>密码不对</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>退出程序</translation>
    </message>
    <message>
        <source>Restart the program</source>
        <translation>重新启动程序</translation>
    </message>
    <message>
        <source>Back to the show</source>
        <translation>返回展示</translation>
    </message>
    <message>
        <source>Scene of the kiosk.</source>
        <translation>展厅场景。</translation>
    </message>
    <message>
        <source>Step of the scene.</source>
        <translation>场景中的步骤。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑屏</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>定格</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Touch</source>
        <translation>触摸</translation>
    </message>
    <message>
        <source>Guided</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>讲解台</translation>
    </message>
    <message>
        <source>Open the full-screen kiosk of the exhibition. To leave, hold the upper left corner for three seconds and enter the PIN set in its configuration. Ctrl+C in its terminal also ends it.</source>
        <translation>打开展厅全屏展示。按住左上角三秒并输入配置中设置的密码可退出；在启动它的终端按 Ctrl+C 也可结束。</translation>
    </message>
    <message>
        <source>Open in a window instead of full screen.</source>
        <translation>以窗口显示，不占满屏幕。</translation>
    </message>
    <message>
        <source>Screen of the show, counted from 0.</source>
        <translation>展示所在屏幕，从 0 起。</translation>
    </message>
    <message>
        <source>First scene.</source>
        <translation>起始场景。</translation>
    </message>
    <message>
        <source>Language of the show.</source>
        <translation>展示所用语言。</translation>
    </message>
    <message>
        <source>Area, km²</source>
        <translation>可达面积（平方公里）</translation>
    </message>
    <message>
        <source>Labs and platforms</source>
        <translation>科研平台</translation>
    </message>
    <message>
        <source>Schools, parks, etc.</source>
        <translation>学校、医院等</translation>
    </message>
    <message>
        <source>there is no scenario {id}</source>
        <translation>没有情景 {id}</translation>
    </message>
    <message>
        <source>Comparison of two places</source>
        <translation>两处比较</translation>
    </message>
    <message>
        <source>Place A</source>
        <translation>地点甲</translation>
    </message>
    <message>
        <source>Place B</source>
        <translation>地点乙</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>都能到</translation>
    </message>
    <message>
        <source>Minutes to each service port</source>
        <translation>从家到服务港（分钟）</translation>
    </message>
    <message>
        <source>Of {pairs} home–work trips</source>
        <translation>共 {pairs} 组“家—单位”</translation>
    </message>
    <message>
        <source>In blue: {what}</source>
        <translation>蓝色：{what}新增</translation>
    </message>
    <message>
        <source>A</source>
        <translation>甲</translation>
    </message>
    <message>
        <source>B</source>
        <translation>乙</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>您在这里</translation>
    </message>
    <message>
        <source>You are here (schematic)</source>
        <translation>您在这里（示意）</translation>
    </message>
</context>
</TS>
