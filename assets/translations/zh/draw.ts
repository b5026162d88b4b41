<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>draw</name>
    <message><source>{minutes} min</source><translation>{minutes} 分钟</translation></message>
    <message><source>{length} km</source><translation>{length} 公里</translation></message>
    <message><source>{length} m</source><translation>{length} 米</translation></message>
    <message><source>{name} (planned)</source><translation>{name}（规划）</translation></message>
    <message><source>{name} (under construction)</source><translation>{name}（在建）</translation></message>
    <message><source>to {place}</source><translation>至{place}</translation></message>
    <message><source>{group} Tunnel</source><translation>{group}隧道</translation></message>
    <message><source>{group} tunnels</source><translation>{group}隧道</translation></message>
    <message><source>© OpenStreetMap contributors (ODbL)</source><translation>© OpenStreetMap 贡献者（ODbL）</translation></message>
    <message><source>N</source><translation>北</translation></message>
    <message><source>Map not reviewed · internal demonstration only</source><translation>未经地图审核 · 仅限内部演示</translation></message>
    <message><source>Schematic: streets and layers</source><translation>示意：路网与图层</translation></message>
    <message><source>Schematic: streets</source><translation>示意：路网</translation></message>
    <message><source>Schematic: layers</source><translation>示意：图层</translation></message>
    <message><source>Walking {speed} km/h</source><translation>步行 {speed} 公里/小时</translation></message>
    <message><source>The font {family} can't be loaded</source><translation>无法加载字体 {family}</translation></message>
    <message><source>Install the package noto-cjk-sans-otc again.</source><translation>请重新安装软件包 noto-cjk-sans-otc。</translation></message>
</context>
</TS>
