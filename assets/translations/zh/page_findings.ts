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
</context>
</TS>
