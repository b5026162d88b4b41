<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>film</name>
    <message>
        <source>piper has no voice for {language}.</source>
        <translation>piper 没有 {language} 的语音模型。</translation>
    </message>
    <message>
        <source>Give its model: --model-{language} FILE.onnx, or install espeak-ng.</source>
        <translation>请用 --model-{language} 文件.onnx 给出模型，或安装 espeak-ng。</translation>
    </message>
    <message>
        <source>No speech program is installed ({programs}).</source>
        <translation>没有安装语音程序（{programs}）。</translation>
    </message>
    <message>
        <source>Install espeak-ng, or piper with a model; until then the film shows its subtitles.</source>
        <translation>请安装 espeak-ng，或 piper 及其模型；在此之前影片显示字幕。</translation>
    </message>
    <message>
        <source>{program} can't speak: {reason}.</source>
        <translation>{program} 无法朗读：{reason}。</translation>
    </message>
    <message>
        <source>Try it by hand: {command}.</source>
        <translation>请先手动试一试：{command}。</translation>
    </message>
    <message>
        <source>The voice of {scene} is {seconds} s longer than the scene shows.</source>
        <translation>场景 {scene} 的配音比画面长 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Only this language.</source>
        <translation>只用这种语言。</translation>
    </message>
    <message>
        <source>Only this program.</source>
        <translation>只用这个程序。</translation>
    </message>
    <message>
        <source>Voice of piper for Chinese (.onnx).</source>
        <translation>piper 的中文语音模型（.onnx）。</translation>
    </message>
    <message>
        <source>Voice of piper for English (.onnx).</source>
        <translation>piper 的英文语音模型（.onnx）。</translation>
    </message>
    <message>
        <source>Write the voice of the kiosk's film into a folder, as sounds with their subtitles. They are spoken by piper or espeak-ng, where installed. Put them into the folder of the kiosk's own scenes (scenes_folder), and the film is heard.</source>
        <translation>将展厅影片的配音写入文件夹，附字幕。由已安装的 piper 或 espeak-ng 朗读。放入展厅自有场景的文件夹（scenes_folder），影片即有配音。</translation>
    </message>
    <message>
        <source>3D is off: a frame takes {ms} ms here.</source>
        <translation>已关闭立体显示：本机每帧需要 {ms} 毫秒。</translation>
    </message>
    <message>
        <source>Next: {scene}</source>
        <translation>下一个场景：{scene}</translation>
    </message>
</context>
</TS>
