<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>scenes</name>
    <message>
        <source>Save view as scene…</source>
        <translation>存为场景…</translation>
    </message>
    <message>
        <source>Save view as scene</source>
        <translation>把当前画面存为场景</translation>
    </message>
    <message>
        <source>Name and number</source>
        <translation>名称与序号</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>On the button</source>
        <translation>按钮文字</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>For the guide</source>
        <translation>讲解提示</translation>
    </message>
    <message>
        <source>Time and narration</source>
        <translation>时长与讲解音频</translation>
    </message>
    <message>
        <source>Narration: a file in that folder</source>
        <translation>讲解音频：该文件夹里的文件</translation>
    </message>
    <message>
        <source>Visitors may choose other origins</source>
        <translation>观众可以改选起点</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Replace the scene with that name</source>
        <translation>替换同名场景</translation>
    </message>
    <message>
        <source>Save the scene</source>
        <translation>保存场景</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Folder: {folder}</source>
        <translation>文件夹：{folder}</translation>
    </message>
    <message>
        <source>This view can't be saved as a scene yet</source>
        <translation>当前画面还不能存为场景</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>请修正后重试。</translation>
    </message>
    <message>
        <source>scenes show travel times from a place, not to it</source>
        <translation>场景显示从某地出发的时间，不显示到达某地的时间</translation>
    </message>
    <message>
        <source>the scenario {id} was changed; scenes only use the shipped scenarios</source>
        <translation>情景 {id} 已改动；场景只用自带情景</translation>
    </message>
    <message>
        <source>scenes only compare scenarios, not modes or percentiles</source>
        <translation>场景只对比情景，不对比出行方式或百分位</translation>
    </message>
    <message>
        <source>the name is {value}; only a-z, 0-9 and _ are allowed</source>
        <translation>名称是 {value}，只能用 a-z、0-9 和 _</translation>
    </message>
    <message>
        <source>The folder {folder} for the kiosk's own scenes doesn't exist.</source>
        <translation>没有存放自有场景的文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Create it, or correct scenes_folder in the configuration.</source>
        <translation>请新建它，或修正配置里的 scenes_folder。</translation>
    </message>
    <message>
        <source>The folder {folder} can't be created: {reason}.</source>
        <translation>无法新建文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请另选文件夹。</translation>
    </message>
    <message>
        <source>{file} already contains the scene {id}.</source>
        <translation>{file} 里已有场景 {id}。</translation>
    </message>
    <message>
        <source>Give another name, or allow it to be replaced.</source>
        <translation>请换个名称，或勾选替换。</translation>
    </message>
    <message>
        <source>The narration {name} is not in the folder {folder}.</source>
        <translation>讲解音频 {name} 不在文件夹 {folder} 里。</translation>
    </message>
    <message>
        <source>Copy it there first.</source>
        <translation>请先放进去。</translation>
    </message>
    <message>
        <source>scenes use the usual speed, slope, hour and departure</source>
        <translation>场景按通常的速度、坡度、时段和出发时刻计算</translation>
    </message>
    <message>
        <source>scenes show the existing streets, without edits</source>
        <translation>场景显示现状道路，不含道路修改</translation>
    </message>
    <message>
        <source>scenes only compare with the shipped scenarios</source>
        <translation>场景只能与自带情景对比</translation>
    </message>
    <message>
        <source>its subjects are on the layer {id}, which it doesn't show</source>
        <translation>subjects所在的图层{id}未列入该画面的layers</translation>
    </message>
</context>
</TS>
