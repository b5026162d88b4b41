<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>own_layers</name>
    <message>
        <source>Open layers…</source>
        <translation>打开图层…</translation>
    </message>
    <message>
        <source>Open layers</source>
        <translation>打开图层</translation>
    </message>
    <message>
        <source>Layers in these files</source>
        <translation>文件中的图层</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Rows to correct</source>
        <translation>待更正的行</translation>
    </message>
    <message>
        <source>Nothing to open</source>
        <translation>没有可打开的内容</translation>
    </message>
    <message>
        <source>Put {count} layers on the map</source>
        <translation>将 {count} 个图层放到图上</translation>
    </message>
    <message>
        <source>Put on the map</source>
        <translation>放到图上</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
    <message>
        <source>Preparing the layer</source>
        <translation>正在准备图层</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>线</translation>
    </message>
    <message>
        <source>areas</source>
        <translation>面</translation>
    </message>
    <message>
        <source>no positions</source>
        <translation>没有位置</translation>
    </message>
    <message>
        <source>{name} · {format} · {count} rows · {shapes}</source>
        <translation>{name} · {format} · {count} 行 · {shapes}</translation>
    </message>
    <message>
        <source>Longitude or easting</source>
        <translation>经度或东坐标</translation>
    </message>
    <message>
        <source>Latitude or northing</source>
        <translation>纬度或北坐标</translation>
    </message>
    <message>
        <source>Another coordinate system</source>
        <translation>其他坐标系</translation>
    </message>
    <message>
        <source>Read in the first of these; choose another if it's off.</source>
        <translation>按第一项读取；如有偏差，请另选一项。</translation>
    </message>
    <message>
        <source>{question}: choose the one that fits the map.</source>
        <translation>{question}：请选择与地图相符的一项。</translation>
    </message>
    <message>
        <source>around {lon}, {lat}</source>
        <translation>约 {lon}, {lat}</translation>
    </message>
    <message>
        <source>(as it is)</source>
        <translation>（照原样）</translation>
    </message>
    <message>
        <source>What is chosen here is remembered for files with the same columns.</source>
        <translation>此处的选择会记住，供字段相同的文件使用。</translation>
    </message>
    <message>
        <source>Words for kinds that no standard names</source>
        <translation>标准中没有的类别用词</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Rows that can't be used</source>
        <translation>不能使用的行</translation>
    </message>
    <message>
        <source>Try these rows again</source>
        <translation>重试这些行</translation>
    </message>
    <message>
        <source>Correct the cells and try again; rows left here don't come onto the map.</source>
        <translation>更正单元格后重试；留在这里的行不会放到图上。</translation>
    </message>
    <message>
        <source>All rows are understood.</source>
        <translation>所有行都已读懂。</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>正在读取 {file}</translation>
    </message>
    <message>
        <source>Drawing the preview</source>
        <translation>正在绘制预览</translation>
    </message>
    <message>
        <source>No column of {file} is known to say where its rows lie.</source>
        <translation>{file} 中没有可识别的坐标字段。</translation>
    </message>
    <message>
        <source>Choose the columns of its coordinates.</source>
        <translation>请选择坐标所在的字段。</translation>
    </message>
    <message>
        <source>Layers and tables</source>
        <translation>图层与表格</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Your layers</source>
        <translation>自己的图层</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Take out…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Remove the layer from the map</source>
        <translation>从图上移除图层</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>Table of {layer}</source>
        <translation>{layer} · 表格</translation>
    </message>
    <message>
        <source>Selected rows, or all that are shown, for a spreadsheet</source>
        <translation>复制选中的行（未选时为显示的全部），可粘贴到电子表格</translation>
    </message>
    <message>
        <source>Copying rows</source>
        <translation>正在复制行</translation>
    </message>
    <message>
        <source>{count} rows copied.</source>
        <translation>已复制 {count} 行。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Any column</source>
        <translation>任意字段</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is filled</source>
        <translation>不为空</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Sorting rows</source>
        <translation>正在排序</translation>
    </message>
    <message>
        <source>{shown} of {count} rows</source>
        <translation>{count} 行中的 {shown} 行</translation>
    </message>
    <message>
        <source>Adding up</source>
        <translation>正在统计</translation>
    </message>
    <message>
        <source>{column}: {count} filled</source>
        <translation>{column}：{count} 个非空</translation>
    </message>
    <message>
        <source>{column}: count {count} · sum {sum} · mean {mean} · least {least} · most {most}</source>
        <translation>{column}：计数 {count} · 合计 {sum} · 平均 {mean} · 最小 {least} · 最大 {most}</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>GeoJSON</source>
        <translation>GeoJSON</translation>
    </message>
    <message>
        <source>GeoParquet</source>
        <translation>GeoParquet</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>GeoTIFF</source>
        <translation>GeoTIFF</translation>
    </message>
    <message>
        <source>QGIS style</source>
        <translation>QGIS 样式</translation>
    </message>
    <message>
        <source>What is chosen in the list of layers has no rows.</source>
        <translation>图层列表中选中的一项没有数据行。</translation>
    </message>
    <message>
        <source>Choose a layer with features.</source>
        <translation>请选择有要素的图层。</translation>
    </message>
    <message>
        <source>Layers of the program stay on the map.</source>
        <translation>自带的图层保留在图上。</translation>
    </message>
    <message>
        <source>Hide it with the eye beside its name.</source>
        <translation>可用名称旁的眼睛将其隐藏。</translation>
    </message>
    <message>
        <source>Indicative</source>
        <translation>仅供参考</translation>
    </message>
    <message>
        <source>{layer} has no grid.</source>
        <translation>{layer} 没有格网。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>读取时的坐标系</translation>
    </message>
    <message>
        <source>Name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>Map as sheet or picture…</source>
        <translation>地图出图…</translation>
    </message>
    <message>
        <source>Map as sheet or picture</source>
        <translation>地图出图</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>竖向</translation>
    </message>
    <message>
        <source>across</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>PDF sheet…</source>
        <translation>PDF 图纸…</translation>
    </message>
    <message>
        <source>Preview and print…</source>
        <translation>预览与打印…</translation>
    </message>
    <message>
        <source>PNG picture…</source>
        <translation>PNG 图片…</translation>
    </message>
    <message>
        <source>SVG picture…</source>
        <translation>SVG 图片…</translation>
    </message>
    <message>
        <source>Width and height</source>
        <translation>宽与高</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>正在绘制地图</translation>
    </message>
    <message>
        <source>Print preview</source>
        <translation>打印预览</translation>
    </message>
    <message>
        <source>Assumptions and sources: {sources}</source>
        <translation>假定与来源：{sources}</translation>
    </message>
    <message>
        <source>Own layers: {files}</source>
        <translation>自己的图层：{files}</translation>
    </message>
    <message>
        <source>Made on {day}</source>
        <translation>制图日期：{day}</translation>
    </message>
    <message>
        <source>A picture of {wide} × {high} pixels can't be drawn.</source>
        <translation>无法绘制 {wide} × {high} 像素的图片。</translation>
    </message>
    <message>
        <source>Give sides of {least} to {most} pixels, and at most {all} million pixels in all.</source>
        <translation>每边须为 {least} 至 {most} 像素，总数不超过 {all} 百万像素。</translation>
    </message>
    <message>
        <source>{path} can't be written.</source>
        <translation>{path} 无法写入。</translation>
    </message>
    <message>
        <source>PNG of the window, SVG of the map alone, or a PDF sheet with legend and sources.</source>
        <translation>窗口的 PNG、只含地图的 SVG，或带图例与来源的 PDF 图纸。</translation>
    </message>
    <message>
        <source>Save the window as an image, or the map as a sheet; no display is needed.</source>
        <translation>把窗口存成图片，或把地图存成图纸；无需显示器。</translation>
    </message>
    <message>
        <source>Click points on the map; Backspace takes the last one back.</source>
        <translation>在地图上逐点点击；按 Backspace 撤回最后一点。</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Measuring along streets</source>
        <translation>正在沿道路测量</translation>
    </message>
    <message>
        <source>{length} · {minutes} min ({mode})</source>
        <translation>{length} · {minutes} 分钟（{mode}）</translation>
    </message>
    <message>
        <source>{km} km</source>
        <translation>{km} 公里</translation>
    </message>
    <message>
        <source>{area} m²</source>
        <translation>{area} 平方米</translation>
    </message>
    <message>
        <source>Style…</source>
        <translation>样式…</translation>
    </message>
    <message>
        <source>Style of {layer}</source>
        <translation>{layer} · 样式</translation>
    </message>
    <message>
        <source>One colour</source>
        <translation>单一颜色</translation>
    </message>
    <message>
        <source>By value</source>
        <translation>按取值</translation>
    </message>
    <message>
        <source>Natural breaks</source>
        <translation>自然断点</translation>
    </message>
    <message>
        <source>Quantiles</source>
        <translation>分位数</translation>
    </message>
    <message>
        <source>Equal steps</source>
        <translation>等间距</translation>
    </message>
    <message>
        <source>No names</source>
        <translation>不标注</translation>
    </message>
    <message>
        <source>At every scale</source>
        <translation>任何比例尺</translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation>颜色…</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>分级数</translation>
    </message>
    <message>
        <source>Size of points</source>
        <translation>点的大小</translation>
    </message>
    <message>
        <source>Names on the map</source>
        <translation>图上标注</translation>
    </message>
    <message>
        <source>Shows from</source>
        <translation>显示比例尺</translation>
    </message>
    <message>
        <source>Save for QGIS…</source>
        <translation>存为 QGIS 样式…</translation>
    </message>
    <message>
        <source>Finding classes</source>
        <translation>正在分级</translation>
    </message>
    <message>
        <source>Styles are for layers of your own.</source>
        <translation>只有自己的图层可以设置样式。</translation>
    </message>
    <message>
        <source>Choose one under “Your layers”.</source>
        <translation>请在“自己的图层”中选择一个。</translation>
    </message>
    <message>
        <source>There is no column {column}.</source>
        <translation>没有字段 {column}。</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>请另选一个。</translation>
    </message>
    <message>
        <source>{column} holds no figures.</source>
        <translation>字段 {column} 中没有数值。</translation>
    </message>
    <message>
        <source>Choose another column.</source>
        <translation>请选择其他字段。</translation>
    </message>
    <message>
        <source>Where this comes from…</source>
        <translation>数据来源…</translation>
    </message>
    <message>
        <source>Where this comes from</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>由用户指定</translation>
    </message>
    <message>
        <source>the file says so</source>
        <translation>文件注明</translation>
    </message>
    <message>
        <source>the format says so</source>
        <translation>格式规定</translation>
    </message>
    <message>
        <source>found by its numbers</source>
        <translation>由坐标数值判别</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>streets</source>
        <translation>路网</translation>
    </message>
    <message>
        <source>base map</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>slopes</source>
        <translation>坡度</translation>
    </message>
    <message>
        <source>timetables</source>
        <translation>时刻表</translation>
    </message>
    <message>
        <source>put together as areas and lines</source>
        <translation>拼合为面与线</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Land counted</source>
        <translation>路侧计入范围</translation>
    </message>
    <message>
        <source>Data of</source>
        <translation>数据日期</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Opened at</source>
        <translation>读入时间</translation>
    </message>
    <message>
        <source>Last edited at</source>
        <translation>最后编辑</translation>
    </message>
    <message>
        <source>{read} read, {kept} kept, {left} to correct</source>
        <translation>读入 {read} 行，保留 {kept} 行，待更正 {left} 行</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Fingerprint of the file</source>
        <translation>文件校验值</translation>
    </message>
    <message>
        <source>How that is known</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Edit features…</source>
        <translation>编辑要素…</translation>
    </message>
    <message>
        <source>Edit features</source>
        <translation>编辑要素</translation>
    </message>
    <message>
        <source>Click a feature of the layer on the map to change it, or draw a new one.</source>
        <translation>点击地图上本图层的要素进行修改，或绘制新要素。</translation>
    </message>
    <message>
        <source>Click its points on the map; Backspace takes the last one back.</source>
        <translation>在地图上逐点点击；退格键撤去最后一点。</translation>
    </message>
    <message>
        <source>Click where from, then where to; a point goes where you click.</source>
        <translation>先点起始位置，再点目标位置；点要素直接移到点击处。</translation>
    </message>
    <message>
        <source>Click a point of the outline, then where it goes; a side gets a new point.</source>
        <translation>先点轮廓上的点，再点新位置；点在边上则增加一点。</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Snap to what is on the map</source>
        <translation>捕捉到已有要素</translation>
    </message>
    <message>
        <source>Draw a new one</source>
        <translation>绘制新要素</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Reshape</source>
        <translation>改形状</translation>
    </message>
    <message>
        <source>Delete the point</source>
        <translation>删除该点</translation>
    </message>
    <message>
        <source>Delete the feature</source>
        <translation>删除要素</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>属性值</translation>
    </message>
    <message>
        <source>Changing the layer</source>
        <translation>正在修改图层</translation>
    </message>
    <message>
        <source>This has too few points: {needed} are needed.</source>
        <translation>点数不足：至少需要 {needed} 个点。</translation>
    </message>
    <message>
        <source>Click more points on the map.</source>
        <translation>请在地图上再点几个点。</translation>
    </message>
    <message>
        <source>This lies outside the world.</source>
        <translation>位置超出地球范围。</translation>
    </message>
    <message>
        <source>Click points on the map.</source>
        <translation>请在地图上点击。</translation>
    </message>
    <message>
        <source>The outline crosses itself or encloses nothing.</source>
        <translation>轮廓自相交或未围成面积。</translation>
    </message>
    <message>
        <source>Move its points so that no two sides cross.</source>
        <translation>请移动各点，使边线互不相交。</translation>
    </message>
    <message>
        <source>yes or no is needed</source>
        <translation>须为是或否</translation>
    </message>
    <message>
        <source>a year or a date as 2026-11-30 is needed</source>
        <translation>须为年份或形如 2026-11-30 的日期</translation>
    </message>
    <message>
        <source>{column} can't be {value}: {why}.</source>
        <translation>{column} 不能为 {value}：{why}。</translation>
    </message>
    <message>
        <source>Enter another value.</source>
        <translation>请输入其他值。</translation>
    </message>
    <message>
        <source>Delete the feature instead.</source>
        <translation>请改为删除整个要素。</translation>
    </message>
    <message>
        <source>This feature is made of several kinds of shapes.</source>
        <translation>该要素由多种形状组成。</translation>
    </message>
    <message>
        <source>Draw it anew, shape by shape.</source>
        <translation>请逐个形状重新绘制。</translation>
    </message>
    <message>
        <source>Only features of your own layers can be changed.</source>
        <translation>只能修改自己图层的要素。</translation>
    </message>
    <message>
        <source>There is no feature {name} in the layer.</source>
        <translation>图层中没有要素 {name}。</translation>
    </message>
    <message>
        <source>Click one on the map.</source>
        <translation>请在地图上点击一个要素。</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>面</translation>
    </message>
    <message>
        <source>Double-click a cell to change it (F2)</source>
        <translation>双击单元格可修改（F2）</translation>
    </message>
</context>
</TS>
