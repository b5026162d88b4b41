<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>page_findings</name>
    <message>
        <source>{heading}: the first {shown} of {all}</source>
        <translation>{heading}：共 {all} 行，列出前 {shown} 行</translation>
    </message>
    <message>
        <source>{homes} homes, {rules} rules: a rule is met for {score} of the people on average; {complete} homes meet every rule.</source>
        <translation>{homes} 个住区、{rules} 条规则：每条规则平均有 {score} 的人口达标；全部达标的住区 {complete} 个。</translation>
    </message>
    <message>
        <source>{homes} homes, {rules} rules: a rule is met by {score} of the homes on average; {complete} homes meet every rule.</source>
        <translation>{homes} 个住区、{rules} 条规则：每条规则平均有 {score} 的住区达标；全部达标的住区 {complete} 个。</translation>
    </message>
    <message>
        <source>Of the circle of {metres} m, {streets} can't be reached along streets, and {slopes} where slopes and stairs count.</source>
        <translation>{metres} 米圆圈内，沿道路走不到的面积占 {streets}；计坡道与台阶时占 {slopes}。</translation>
    </message>
    <message>
        <source>{measure}: half have {median} {unit} or less; the mean is {mean}.</source>
        <translation>{measure}：半数不超过 {median} {unit}，平均 {mean}。</translation>
    </message>
    <message>
        <source>{count} of {all} homes save at least {minutes} min; the most is {most} min.</source>
        <translation>{all} 处住宅中 {count} 处至少节省 {minutes} 分钟，最多节省 {most} 分钟。</translation>
    </message>
    <message>
        <source>{near} of {all} homes are within {minutes} min of the place.</source>
        <translation>{all} 处住宅中 {near} 处在 {minutes} 分钟内可到该地点。</translation>
    </message>
    <message>
        <source>{near} of {all} homes are within {minutes} min of the place; the nearest takes {least} min.</source>
        <translation>{all} 处住宅中 {near} 处在 {minutes} 分钟内可到该地点；最近的需 {least} 分钟。</translation>
    </message>
    <message>
        <source>{reached} of {all} have one within {minutes} min.</source>
        <translation>{all} 处中 {reached} 处在 {minutes} 分钟内有此类地点。</translation>
    </message>
    <message>
        <source>{reached} of {all} have one within {minutes} min; half need at most {half} min, the farthest {most} min.</source>
        <translation>{all} 处中 {reached} 处在 {minutes} 分钟内有此类地点；半数不超过 {half} 分钟，最远 {most} 分钟。</translation>
    </message>
    <message>
        <source>{share} of the area, {area} km², lies within {minutes} min on foot.</source>
        <translation>步行 {minutes} 分钟内可到的面积占 {share}，共 {area} 平方公里。</translation>
    </message>
    <message>
        <source>{base}: {share} of the workplaces are within {minutes} min without a car; {plan}: {more}.</source>
        <translation>{base}：不驾车 {minutes} 分钟内可到 {share} 的就业地；{plan}：{more}。</translation>
    </message>
    <message>
        <source>{base}: {share} of the workplaces are within {minutes} min without a car; no scenario adds any.</source>
        <translation>{base}：不驾车 {minutes} 分钟内可到 {share} 的就业地；各情景均无增加。</translation>
    </message>
    <message>
        <source>{base}: {share} of the workplaces are within {minutes} min without a car.</source>
        <translation>{base}：不驾车 {minutes} 分钟内可到 {share} 的就业地。</translation>
    </message>
    <message>
        <source>Places of the question</source>
        <translation>所询地点</translation>
    </message>
    <message>
        <source>given with the question</source>
        <translation>随问题给出</translation>
    </message>
    <message>
        <source>Where to live: minutes to {needs}</source>
        <translation>住在哪里：到{needs}的分钟数</translation>
    </message>
    <message>
        <source>minutes by the fastest of: {ways}</source>
        <translation>取以下方式中最快者：{ways}</translation>
    </message>
    <message>
        <source>Mean minutes</source>
        <translation>平均分钟数</translation>
    </message>
    <message>
        <source>Mean minutes: {scenario}</source>
        <translation>平均分钟数：{scenario}</translation>
    </message>
    <message>
        <source>Minutes to {places}</source>
        <translation>到{places}的分钟数</translation>
    </message>
    <message>
        <source>None of the {all} homes reaches {needs} in time.</source>
        <translation>{all} 处住宅都不能按时到达{needs}。</translation>
    </message>
    <message>
        <source>{home} needs the least time: {minutes} min on average to {needs}; {complete} of {all} homes reach all of them.</source>
        <translation>{home}用时最少：到{needs}平均 {minutes} 分钟；{all} 处住宅中 {complete} 处全部可达。</translation>
    </message>
    <message>
        <source>Half of the homes need at most</source>
        <translation>半数住宅不超过</translation>
    </message>
    <message>
        <source>{places} (min)</source>
        <translation>{places}（分钟）</translation>
    </message>
    <message>
        <source>Mean (min)</source>
        <translation>均值（分钟）</translation>
    </message>
    <message>
        <source>{places}: {within}</source>
        <translation>{places}：{within}</translation>
    </message>
    <message>
        <source>by distance on foot</source>
        <translation>步行，按距离计</translation>
    </message>
    <message>
        <source>by distance by bike</source>
        <translation>骑行，按距离计</translation>
    </message>
    <message>
        <source>by distance by car</source>
        <translation>驾车，按距离计</translation>
    </message>
    <message>
        <source>within {metres} m</source>
        <translation>{metres} 米内</translation>
    </message>
    <message>
        <source>{count} places, each by itself: between {least} and {most} km² {within}.</source>
        <translation>{count} 个地点各自计算：{within}可达 {least}～{most} 平方公里。</translation>
    </message>
    <message>
        <source>All {count} can meet on {area} km² {within}.</source>
        <translation>{count} 处都能{within}到达的范围有 {area} 平方公里。</translation>
    </message>
    <message>
        <source>{area} km² lie {within} of one of {count} places.</source>
        <translation>距 {count} 处中任一处{within}的范围有 {area} 平方公里。</translation>
    </message>
    <message>
        <source>{area} km² lie {within}.</source>
        <translation>{within}可达 {area} 平方公里。</translation>
    </message>
    <message>
        <source>Half have at most</source>
        <translation>半数不超过</translation>
    </message>
    <message>
        <source>{within} (km²)</source>
        <translation>{within}（平方公里）</translation>
    </message>
    <message>
        <source>Area by place</source>
        <translation>各地点的面积</translation>
    </message>
    <message>
        <source>Accuracy (m)</source>
        <translation>精度（米）</translation>
    </message>
    <message>
        <source>Street near by</source>
        <translation>附近有道路</translation>
    </message>
    <message>
        <source>Within walking distance</source>
        <translation>步行可达</translation>
    </message>
    <message>
        <source>{place}: {plan} would add {gained} km² within {minutes} minutes.</source>
        <translation>{place}：{plan}使 {minutes} 分钟内可达面积新增 {gained} 平方公里。</translation>
    </message>
    <message>
        <source>{place}: {plan} would lose {lost} km² within {minutes} minutes.</source>
        <translation>{place}：{plan}使 {minutes} 分钟内可达面积减少 {lost} 平方公里。</translation>
    </message>
    <message>
        <source>{place}: {plan} would add {gained} km² and lose {lost} km² within {minutes} minutes.</source>
        <translation>{place}：{plan}使 {minutes} 分钟内可达面积新增 {gained} 平方公里、减少 {lost} 平方公里。</translation>
    </message>
    <message>
        <source>{place}: {plan} would change nothing within {minutes} minutes.</source>
        <translation>{place}：{plan}不改变 {minutes} 分钟内的可达范围。</translation>
    </message>
    <message>
        <source>Gini coefficient</source>
        <translation>基尼系数</translation>
    </message>
    <message>
        <source>{title}, {date}</source>
        <translation>{title}，{date}</translation>
    </message>
</context>
</TS>
