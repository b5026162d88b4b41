<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>catalog</name>
    <message>
        <source>m</source>
        <translation>米</translation>
    </message>
    <message>
        <source>km</source>
        <translation>公里</translation>
    </message>
    <message>
        <source>m²</source>
        <translation>平方米</translation>
    </message>
    <message>
        <source>mu</source>
        <translation>亩</translation>
    </message>
    <message>
        <source>{layer}: {fault}</source>
        <translation>{layer}：{fault}</translation>
    </message>
    <message>
        <source>The layer in {folder} can't be used</source>
        <translation>{folder} 中的图层无法使用</translation>
    </message>
    <message>
        <source>The layers in {folder} can't be used</source>
        <translation>{folder} 中的图层无法使用</translation>
    </message>
    <message>
        <source>Correct them, then run: sandbox layers check {folder}</source>
        <translation>请修正后运行：sandbox layers check {folder}</translation>
    </message>
    <message>
        <source>id is {id}, but the folder is called {folder}</source>
        <translation>id 为 {id}，而文件夹名为 {folder}</translation>
    </message>
    <message>
        <source>{file} is not UTF-8 text</source>
        <translation>{file} 不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>{file} is not in the folder</source>
        <translation>文件夹中没有 {file}</translation>
    </message>
    <message>
        <source>{file} is {size} MB large, above the limit of {limit} MB</source>
        <translation>{file} 有 {size} MB，超过上限 {limit} MB</translation>
    </message>
    <message>
        <source>{file} can't be read as GeoJSON: {reason}</source>
        <translation>{file} 无法按 GeoJSON 读取：{reason}</translation>
    </message>
    <message>
        <source>{file} contains no geometry</source>
        <translation>{file} 不含几何图形</translation>
    </message>
    <message>
        <source>{file} can't be read as CSV: {reason}</source>
        <translation>{file} 无法按 CSV 读取：{reason}</translation>
    </message>
    <message>
        <source>{file} has more than {limit} million cells</source>
        <translation>{file} 超过 {limit} 百万个栅格</translation>
    </message>
    <message>
        <source>{file} can't be read as GeoTIFF</source>
        <translation>{file} 无法按 GeoTIFF 读取</translation>
    </message>
    <message>
        <source>the data is in {crs}, not in WGS 84 (EPSG:4326)</source>
        <translation>数据的坐标系为 {crs}，应为 WGS 84（EPSG:4326）</translation>
    </message>
    <message>
        <source>the data contains no features</source>
        <translation>数据中没有要素</translation>
    </message>
    <message>
        <source>the data contains no rows</source>
        <translation>数据中没有记录</translation>
    </message>
    <message>
        <source>column {column} is missing</source>
        <translation>缺少字段 {column}</translation>
    </message>
    <message>
        <source>column {column} is not declared in layer.toml</source>
        <translation>字段 {column} 未在 layer.toml 中声明</translation>
    </message>
    <message>
        <source>column {column} exists in every layer and must not be declared</source>
        <translation>字段 {column} 为各图层共有，不应声明</translation>
    </message>
    <message>
        <source>{column} is empty ({who})</source>
        <translation>{column} 为空（{who}）</translation>
    </message>
    <message>
        <source>id is used more than once ({who})</source>
        <translation>id 重复（{who}）</translation>
    </message>
    <message>
        <source>id may only contain a-z, 0-9, _, - and . ({who})</source>
        <translation>id 只能用 a-z、0-9、_ - .（{who}）</translation>
    </message>
    <message>
        <source>kind {value} has no name in layer.toml</source>
        <translation>类别 {value} 在 layer.toml 中没有名称</translation>
    </message>
    <message>
        <source>status is {value}, not one of {choices} ({who})</source>
        <translation>status 为 {value}，应为 {choices} 之一（{who}）</translation>
    </message>
    <message>
        <source>opened is neither an ISO date nor a year ({who})</source>
        <translation>opened 既不是 ISO 日期也不是年份（{who}）</translation>
    </message>
    <message>
        <source>accuracy_m is not a number above zero ({who})</source>
        <translation>accuracy_m 不是大于零的数（{who}）</translation>
    </message>
    <message>
        <source>the note is given in one language only ({who})</source>
        <translation>说明只有一种语言（{who}）</translation>
    </message>
    <message>
        <source>{column} is not of type {type} ({who})</source>
        <translation>{column} 不是 {type} 类型（{who}）</translation>
    </message>
    <message>
        <source>{column} is not a list of [longitude, latitude] ({who})</source>
        <translation>{column} 不是[经度, 纬度]的列表（{who}）</translation>
    </message>
    <message>
        <source>there is no geometry ({who})</source>
        <translation>没有几何图形（{who}）</translation>
    </message>
    <message>
        <source>the geometry is not that of a {geometry} layer ({who})</source>
        <translation>几何类型不符合 {geometry} 图层（{who}）</translation>
    </message>
    <message>
        <source>the geometry is not valid: {why} ({who})</source>
        <translation>几何图形无效：{why}（{who}）</translation>
    </message>
    <message>
        <source>coordinates are not longitude, latitude in degrees ({who})</source>
        <translation>坐标不是以度表示的经纬度（{who}）</translation>
    </message>
    <message>
        <source>column {column} is missing: lines of style {line} need it</source>
        <translation>缺少字段 {column}：{line} 线型需要它</translation>
    </message>
    <message>
        <source>{column} holds a value that lines of style {line} don't support ({who})</source>
        <translation>{column} 的取值不被 {line} 线型识别（{who}）</translation>
    </message>
    <message>
        <source>no feature corresponds to the legend entry {entry} ({where})</source>
        <translation>图例“{entry}”没有对应的要素（{where}）</translation>
    </message>
    <message>
        <source>layer.toml is not valid TOML ({detail})</source>
        <translation>layer.toml 不是有效的 TOML（{detail}）</translation>
    </message>
    <message>
        <source>the legend has no text</source>
        <translation>图例没有文字</translation>
    </message>
    <message>
        <source>data of geometry {geometry} must be a {suffix} file</source>
        <translation>{geometry} 图层的数据应为 {suffix} 文件</translation>
    </message>
    <message>
        <source>{place} is missing</source>
        <translation>缺少 {place}</translation>
    </message>
    <message>
        <source>{place} is not a valid key for a layer</source>
        <translation>图层没有 {place} 这一项</translation>
    </message>
    <message>
        <source>{place} is {value}, not one of {choices}</source>
        <translation>{place} 为 {value}，应为 {choices} 之一</translation>
    </message>
    <message>
        <source>{place} is {value}, not text</source>
        <translation>{place} 为 {value}，应为文字</translation>
    </message>
    <message>
        <source>{place} is {value}, neither true nor false</source>
        <translation>{place} 为 {value}，应为 true 或 false</translation>
    </message>
    <message>
        <source>{place} is {value}, not a whole number</source>
        <translation>{place} 为 {value}，应为整数</translation>
    </message>
    <message>
        <source>{place} is {value}, not a number above zero</source>
        <translation>{place} 为 {value}，应为大于零的数</translation>
    </message>
    <message>
        <source>{place} is {value}, not a list</source>
        <translation>{place} 为 {value}，应为列表</translation>
    </message>
    <message>
        <source>{place} is {value}, not a table</source>
        <translation>{place} 为 {value}，应为表</translation>
    </message>
    <message>
        <source>{place} is {value}, which is not allowed here</source>
        <translation>{place} 为 {value}，此处不适用</translation>
    </message>
    <message>
        <source>{place} is empty</source>
        <translation>{place} 为空</translation>
    </message>
    <message>
        <source>{place} is {value}, not the name of a file in the folder</source>
        <translation>{place} 为 {value}，应为文件夹内的文件名</translation>
    </message>
    <message>
        <source>{place} is {value}; only a-z, 0-9 and _ are allowed</source>
        <translation>{place} 为 {value}，只能用 a-z、0-9 和 _</translation>
    </message>
    <message><source>years of the reports inferred from their texts</source><translation>报道年份据内文推定</translation></message>
    <message><source>{source} (not all verified)</source><translation>{source}（部分未核实）</translation></message>
</context>
</TS>
