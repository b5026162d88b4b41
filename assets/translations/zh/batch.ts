<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>batch</name>
    <message>
        <source>The weights must be one number for each place.</source>
        <translation>权重须与地点一一对应，各为一个数。</translation>
    </message>
    <message>
        <source>Give one weight for each place.</source>
        <translation>请为每个地点给出一个权重。</translation>
    </message>
    <message>
        <source>The places must be pairs of longitude and latitude.</source>
        <translation>地点须为成对的经度和纬度。</translation>
    </message>
</context>
</TS>
