<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>visitor</name>
    <message>
        <source>On foot, {minutes} minutes from here: {what}</source>
        <translation>从这里步行{minutes}分钟：{what}</translation>
    </message>
    <message>
        <source>By bike, {minutes} minutes from here: {what}</source>
        <translation>从这里骑行{minutes}分钟：{what}</translation>
    </message>
    <message>
        <source>By car, {minutes} minutes from here: {what}</source>
        <translation>从这里驾车{minutes}分钟：{what}</translation>
    </message>
    <message>
        <source>By public transport, {minutes} minutes from here: {what}</source>
        <translation>从这里乘公共交通{minutes}分钟：{what}</translation>
    </message>
    <message>
        <source>{count} research institution</source>
        <translation>{count}家科研机构</translation>
    </message>
    <message>
        <source>{count} research institutions</source>
        <translation>{count}家科研机构</translation>
    </message>
    <message>
        <source>{count} school</source>
        <translation>{count}所学校</translation>
    </message>
    <message>
        <source>{count} schools</source>
        <translation>{count}所学校</translation>
    </message>
    <message>
        <source>{count} hospital</source>
        <translation>{count}家医院</translation>
    </message>
    <message>
        <source>{count} hospitals</source>
        <translation>{count}家医院</translation>
    </message>
    <message>
        <source>{count} park</source>
        <translation>{count}座公园</translation>
    </message>
    <message>
        <source>{count} parks</source>
        <translation>{count}座公园</translation>
    </message>
    <message>
        <source>{count} station</source>
        <translation>{count}个车站</translation>
    </message>
    <message>
        <source>{count} stations</source>
        <translation>{count}个车站</translation>
    </message>
    <message>
        <source>{count} university</source>
        <translation>{count}所高校</translation>
    </message>
    <message>
        <source>{count} universities</source>
        <translation>{count}所高校</translation>
    </message>
    <message>
        <source>{count} shopping place</source>
        <translation>{count}处商业</translation>
    </message>
    <message>
        <source>{count} shopping places</source>
        <translation>{count}处商业</translation>
    </message>
    <message>
        <source>{count} place for culture or sport</source>
        <translation>{count}处文体设施</translation>
    </message>
    <message>
        <source>{count} places for culture or sport</source>
        <translation>{count}处文体设施</translation>
    </message>
    <message>
        <source>{count} lake</source>
        <translation>{count}座湖</translation>
    </message>
    <message>
        <source>{count} lakes</source>
        <translation>{count}座湖</translation>
    </message>
    <message>
        <source>{count} place</source>
        <translation>{count}个地方</translation>
    </message>
    <message>
        <source>{count} places</source>
        <translation>{count}个地方</translation>
    </message>
    <message>
        <source>In {minutes} minutes: A reaches {first} places, B {second}, both {both}</source>
        <translation>{minutes}分钟内：甲处能到{first}个地方，乙处{second}个，两处都能到{both}个</translation>
    </message>
    <message>
        <source>Near {name}</source>
        <translation>{name}附近</translation>
    </message>
    <message>
        <source>Find my home</source>
        <translation>找我的家</translation>
    </message>
    <message>
        <source>Reading the names…</source>
        <translation>正在读取地名…</translation>
    </message>
    <message>
        <source>No place on the map is called that</source>
        <translation>图上没有这个地名</translation>
    </message>
    <message>
        <source>Name or pinyin, its first letters too</source>
        <translation>输入拼音、首字母或英文，如 jinfeng、jf</translation>
    </message>
    <message>
        <source>Compare with the place on the map</source>
        <translation>与图上这处比较</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
</context>
</TS>
