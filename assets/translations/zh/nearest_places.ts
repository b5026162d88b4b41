<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>nearest</name>
    <message>
        <source>{low} to {high} min</source>
        <translation>{low}～{high} 分钟</translation>
    </message>
    <message>
        <source>over {minutes} min</source>
        <translation>超过 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Nearest places</source>
        <translation>最近地点</translation>
    </message>
    <message>
        <source>None within reach</source>
        <translation>范围内没有</translation>
    </message>
    <message>
        <source>{reached} of {all}</source>
        <translation>{all} 处中 {reached} 处</translation>
    </message>
    <message>
        <source>Places with one</source>
        <translation>找到最近地点的</translation>
    </message>
    <message>
        <source>Half need at most</source>
        <translation>半数不超过</translation>
    </message>
    <message>
        <source>The farthest</source>
        <translation>最远</translation>
    </message>
    <message>
        <source>{homes}: how many minutes to the nearest ({places})?</source>
        <translation>{homes}：每处到最近的{places}要几分钟？</translation>
    </message>
    <message>
        <source>{homes}: how many minutes from the nearest ({places})?</source>
        <translation>{homes}：从最近的{places}到每处要几分钟？</translation>
    </message>
    <message>
        <source>{homes}: minutes to the nearest ({places})</source>
        <translation>{homes}：到最近的{places}的分钟数</translation>
    </message>
    <message>
        <source>{homes}: minutes from the nearest ({places})</source>
        <translation>{homes}：从最近的{places}过来的分钟数</translation>
    </message>
    <message>
        <source>How many minutes is each home from the nearest place?</source>
        <translation>每处住房到最近的地点要几分钟？</translation>
    </message>
    <message>
        <source>Farthest first</source>
        <translation>最远的在前</translation>
    </message>
    <message>
        <source>Longest time</source>
        <translation>最长用时</translation>
    </message>
    <message>
        <source>To the nearest</source>
        <translation>去最近的</translation>
    </message>
    <message>
        <source>From the nearest</source>
        <translation>从最近的来</translation>
    </message>
    <message>
        <source>Choose what is to be near to see which places lack it.</source>
        <translation>选择要就近到达的地点，即可看出哪些地方缺少它。</translation>
    </message>
    <message>
        <source>Places with no street nearby, not found: {count}.</source>
        <translation>附近没有道路、未计入的地点：{count} 处。</translation>
    </message>
    <message>
        <source>Also show how far the nearest place of this layer is from each home.</source>
        <translation>同时画出每处住房到该图层最近地点的用时。</translation>
    </message>
    <message>
        <source>Only the nearest of this kind; may be repeated.</source>
        <translation>只找该类别的最近地点，可重复给出。</translation>
    </message>
    <message>
        <source>The places that --nearest starts from.</source>
        <translation>--nearest 的起点图层。</translation>
    </message>
    <message>
        <source>--nearest-kind needs a layer.</source>
        <translation>--nearest-kind 需要图层。</translation>
    </message>
    <message>
        <source>Give --nearest LAYER too.</source>
        <translation>请同时给出 --nearest LAYER。</translation>
    </message>
</context>
</TS>
