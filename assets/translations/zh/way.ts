<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>way</name>
    <message>
        <source>The place is all round the pin.</source>
        <translation>该地点就在图钉周围。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请另选一处。</translation>
    </message>
    <message>
        <source>No street that one may use is near enough to the place.</source>
        <translation>该地点附近没有可用此方式通行的街道。</translation>
    </message>
    <message>
        <source>Choose another mode.</source>
        <translation>请换一种出行方式。</translation>
    </message>
    <message>
        <source>No way leads to the place within {minutes} minutes.</source>
        <translation>{minutes} 分钟内没有路可到该地点。</translation>
    </message>
    <message>
        <source>and {count} more streets</source>
        <translation>另有 {count} 条街道</translation>
    </message>
    <message>
        <source>street without a name</source>
        <translation>无名街道</translation>
    </message>
    <message>
        <source>{minutes} min on foot, {length}</source>
        <translation>步行 {minutes} 分钟，{length}</translation>
    </message>
    <message>
        <source>{minutes} min by bike, {length}</source>
        <translation>骑行 {minutes} 分钟，{length}</translation>
    </message>
    <message>
        <source>{minutes} min by car, {length}</source>
        <translation>驾车 {minutes} 分钟，{length}</translation>
    </message>
    <message>
        <source>{minutes} min on foot, {length}, ↗ {up} m ↘ {down} m</source>
        <translation>步行 {minutes} 分钟，{length}，↗ {up} 米 ↘ {down} 米</translation>
    </message>
    <message>
        <source>{minutes} min by bike, {length}, ↗ {up} m ↘ {down} m</source>
        <translation>骑行 {minutes} 分钟，{length}，↗ {up} 米 ↘ {down} 米</translation>
    </message>
    <message>
        <source>{minutes} min by car, {length}, ↗ {up} m ↘ {down} m</source>
        <translation>驾车 {minutes} 分钟，{length}，↗ {up} 米 ↘ {down} 米</translation>
    </message>
    <message>
        <source>No way leads back.</source>
        <translation>没有返回的路。</translation>
    </message>
    <message>
        <source>The way back takes {minutes} min.</source>
        <translation>返程需 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{clock} ride a bike to {stop}, {minutes} min</source>
        <translation>{clock} 骑行至 {stop}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{clock} ride a bike on, {minutes} min</source>
        <translation>{clock} 继续骑行，{minutes} 分钟</translation>
    </message>
    <message>
        <source>To the first stop</source>
        <translation>到首站方式</translation>
    </message>
    <message>
        <source>From the last stop</source>
        <translation>离末站方式</translation>
    </message>
    <message>
        <source>To the first stop.  [default: walk]</source>
        <translation>到首站的方式。［默认：walk］</translation>
    </message>
    <message>
        <source>From the last stop.  [default: walk]</source>
        <translation>离末站的方式。［默认：walk］</translation>
    </message>
    <message>
        <source>Compile now what is compiled once a machine.</source>
        <translation>现在就编译每台机器只需编译一次的部分。</translation>
    </message>
</context>
</TS>
