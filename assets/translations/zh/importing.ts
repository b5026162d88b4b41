<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>importing</name>
    <message>
        <source>Reading the files</source>
        <translation>文件读取</translation>
    </message>
    <message>
        <source>{path} has several layers: {layers}.</source>
        <translation>{path} 含多个图层：{layers}。</translation>
    </message>
    <message>
        <source>Name one with layer.</source>
        <translation>请用 layer 指明一个。</translation>
    </message>
    <message>
        <source>{column}: “{value}” is not a number</source>
        <translation>{column}：“{value}”不是数字</translation>
    </message>
    <message>
        <source>{column}: “{value}” is neither a date nor a year</source>
        <translation>{column}：“{value}”既不是日期也不是年份</translation>
    </message>
    <message>
        <source>{column}: “{value}” is not a known status</source>
        <translation>{column}：“{value}”不是已知的状态</translation>
    </message>
    <message>
        <source>“{column}” looks like {field}, but its values don't; it stays as it is.</source>
        <translation>“{column}”看似{field}，但其值不符，按原样保留。</translation>
    </message>
    <message>
        <source>“{column}” is multiplied by {factor} to {unit}.</source>
        <translation>“{column}”乘以 {factor}，换算为 {unit}。</translation>
    </message>
    <message>
        <source>All rows are of the kind {kind}, by the layer's name.</source>
        <translation>按图层名称，全部要素的类别为 {kind}。</translation>
    </message>
    <message>
        <source>No column of {path} says where its rows lie; it has: {columns}.</source>
        <translation>{path} 中没有表示位置的列；现有的列：{columns}。</translation>
    </message>
    <message>
        <source>Name them with --position LON,LAT (or X,Y, or one column of WKT).</source>
        <translation>请用 --position 指明，如 经度列,纬度列（或 X,Y，或一列 WKT）。</translation>
    </message>
    <message>
        <source>row {row}: {fault}</source>
        <translation>第 {row} 行：{fault}</translation>
    </message>
    <message>
        <source>There is no field {field}.</source>
        <translation>没有字段 {field}。</translation>
    </message>
    <message>
        <source>Fields: {fields}.</source>
        <translation>可用的字段：{fields}。</translation>
    </message>
    <message>
        <source>No row of {path} has a position.</source>
        <translation>{path} 中没有一行带有位置。</translation>
    </message>
    <message>
        <source>Fill in its coordinates, then try again.</source>
        <translation>请补上坐标后重试。</translation>
    </message>
    <message>
        <source>{path} has no column {column}.</source>
        <translation>{path} 中没有列 {column}。</translation>
    </message>
    <message>
        <source>No row of {path} can be used</source>
        <translation>{path} 中没有可用的行</translation>
    </message>
    <message>
        <source>Outlines that intersect themselves were repaired: {count}.</source>
        <translation>已修复自相交的轮廓：{count} 个。</translation>
    </message>
    <message>
        <source>Ids that appear again got a number: {count}.</source>
        <translation>重复的编号已加序号：{count} 个。</translation>
    </message>
    <message>
        <source>Columns are read as they were given for such a file before.</source>
        <translation>列的含义按此前同类文件的指定读取。</translation>
    </message>
    <message>
        <source>its outline encloses no area</source>
        <translation>其轮廓不围成面</translation>
    </message>
    <message>
        <source>there is no position</source>
        <translation>没有位置</translation>
    </message>
    <message>
        <source>{count} files can't be imported</source>
        <translation>有 {count} 个文件无法导入</translation>
    </message>
    <message>
        <source>Import each by itself with what it needs, or add --skip.</source>
        <translation>请分别补充所需信息单独导入，或用 --skip 略过它们。</translation>
    </message>
    <message>
        <source>End the name in .gpkg.</source>
        <translation>文件名请以 .gpkg 结尾。</translation>
    </message>
    <message>
        <source>{first}: --crs {choice}</source>
        <translation>{first}：--crs {choice}</translation>
    </message>
    <message>
        <source>{path} already has a layer {name}.</source>
        <translation>{path} 中已有图层 {name}。</translation>
    </message>
    <message>
        <source>Give it another name with --name, or say --if-exists replace or --if-exists add.</source>
        <translation>请用 --name 另起名称，或用 --if-exists replace（替换）或 --if-exists add（追加）。</translation>
    </message>
    <message>
        <source>{path} contains no files that can be read.</source>
        <translation>{path} 中没有可读取的文件。</translation>
    </message>
    <message>
        <source>Give a folder with Shapefiles, GeoPackages, tables or drawings.</source>
        <translation>请给出含 Shapefile、GeoPackage、表格或图纸的文件夹。</translation>
    </message>
    <message>
        <source>{path} is not a GeoPackage.</source>
        <translation>{path} 不是 GeoPackage。</translation>
    </message>
    <message>
        <source>Give another file name.</source>
        <translation>请换一个文件名。</translation>
    </message>
    <message>
        <source>{count} places of the same name lie within {metres} m, in the next best system {other} m off</source>
        <translation>{count} 个同名地点相差 {metres} 米以内，次优的坐标系则相差 {other} 米</translation>
    </message>
    <message>
        <source>{share} % of its lines lie on known streets, in the next best system {other} %</source>
        <translation>{share}% 的线落在已知道路上，次优的坐标系只有 {other}%</translation>
    </message>
    <message>
        <source>Longitudes and latitudes are read as WGS 84; if they come from Amap, Tencent or Baidu, import them (sandbox layers import) with --crs gcj02 or --crs bd09.</source>
        <translation>经纬度按 WGS 84 读取；若取自高德、腾讯或百度地图，请用 sandbox layers import 导入，并加 --crs gcj02 或 --crs bd09。</translation>
    </message>
    <message>
        <source>{number}. {code} ({name}): {reasons}, around {lon}, {lat}</source>
        <translation>{number}. {code}（{name}）：{reasons}，位于 {lon}, {lat} 附近</translation>
    </message>
    <message>
        <source>{path} doesn't state its coordinate system; the likeliest are</source>
        <translation>{path} 没有说明坐标系，最可能的有</translation>
    </message>
    <message>
        <source>Choose one with --crs, for example: --crs {choice}</source>
        <translation>请用 --crs 选定，例如：--crs {choice}</translation>
    </message>
    <message>
        <source>{path} lies outside the region of {crs}: x is about {x}, y about {y}; the likeliest are</source>
        <translation>{path} 不在 {crs} 的适用范围内：x 约为 {x}，y 约为 {y}；最可能的有</translation>
    </message>
    <message>
        <source>{path} states {crs}, but fits known places better in another system</source>
        <translation>{path} 标明为 {crs}，但按另一坐标系与已知地点更吻合</translation>
    </message>
    <message>
        <source>Give it in the form EPSG:4544, or gcj02 or bd09.</source>
        <translation>请写成 EPSG:4544 的形式，或 gcj02、bd09。</translation>
    </message>
    <message>
        <source>it lies far outside the region of {crs}</source>
        <translation>远在 {crs} 的适用范围之外</translation>
    </message>
    <message>
        <source>{path} doesn't state its coordinate system, and its numbers fit none that is known: x is about {x}, y about {y}.</source>
        <translation>{path} 没有说明坐标系，其数值也不符合任何已知坐标系：x 约为 {x}，y 约为 {y}。</translation>
    </message>
    <message>
        <source>Give it with --crs: a code as EPSG:4544, or gcj02 or bd09.</source>
        <translation>请用 --crs 给出：EPSG:4544 这样的代码，或 gcj02、bd09。</translation>
    </message>
    <message>
        <source>{path} lies outside the region of {crs}: x is about {x}, y about {y}.</source>
        <translation>{path} 不在 {crs} 的适用范围内：x 约为 {x}，y 约为 {y}。</translation>
    </message>
    <message>
        <source>Give its coordinate system with --crs: a code as EPSG:4544, or gcj02 or bd09.</source>
        <translation>请用 --crs 给出坐标系：EPSG:4544 这样的代码，或 gcj02、bd09。</translation>
    </message>
    <message>
        <source>Only {system} fits the numbers.</source>
        <translation>只有 {system} 符合其数值。</translation>
    </message>
    <message>
        <source>It lies {km} km from the area of the map; other systems: {others}.</source>
        <translation>距地图范围 {km} 公里；其他可能的坐标系：{others}。</translation>
    </message>
    <message>
        <source>{crs} is an older datum: positions may be off by some {metres} m. For exact ones, have the coordinates converted to CGCS2000 by the surveying office.</source>
        <translation>{crs} 是旧基准：位置可能相差约 {metres} 米。如需准确位置，请由测绘部门把坐标转换到 CGCS2000。</translation>
    </message>
    <message>
        <source>Positions were shifted from {crs} to WGS 84.</source>
        <translation>位置已从 {crs} 纠偏到 WGS 84。</translation>
    </message>
    <message>
        <source>Give a file of points or areas, or a table with their coordinates.</source>
        <translation>请给出含点或面的文件，或带坐标的表格。</translation>
    </message>
    <message>
        <source>Name one after the file: {path}:{layer}</source>
        <translation>请在文件名后指明一个：{path}:{layer}</translation>
    </message>
    <message>
        <source>Say it after the file's name, for example: {path}@{choice}</source>
        <translation>请写在文件名之后，例如：{path}@{choice}</translation>
    </message>
    <message>
        <source>Say it after the file's name, as in {path}@EPSG:4544.</source>
        <translation>请写在文件名之后，如 {path}@EPSG:4544。</translation>
    </message>
    <message>
        <source>{path}: {kind}, {columns} × {rows} cells, {bands} bands, {crs}, {west}, {south} to {east}, {north}; the map shows it as a picture.</source>
        <translation>{path}：{kind}，{columns} × {rows} 像元，{bands} 个波段，{crs}，{west}，{south} 至 {east}，{north}；作为影像在地图上显示。</translation>
    </message>
    <message>
        <source>{name}: {count} features ({format}, {crs})</source>
        <translation>{name}：{count} 个要素（{format}，{crs}）</translation>
    </message>
    <message>
        <source>elevation</source>
        <translation>高程</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>grid of figures</source>
        <translation>数值栅格</translation>
    </message>
    <message>
        <source>Give it with --dem when streets are built.</source>
        <translation>构建路网时可用 --dem 给出。</translation>
    </message>
    <message>
        <source>Choose one: {command}</source>
        <translation>请选定一个：{command}</translation>
    </message>
    <message>
        <source>Columns: {pairs}</source>
        <translation>列：{pairs}</translation>
    </message>
    <message>
        <source>Kinds that no standard names, kept as they are: {kinds}. Name theirs with --meaning WORD=KIND.</source>
        <translation>标准中没有的类别按原样保留：{kinds}。可用 --meaning 词=类别 指明。</translation>
    </message>
    <message>
        <source>{count} rows can't be used; correct them in {mend}, then run: {command}</source>
        <translation>有 {count} 行无法使用；请在 {mend} 中改正后运行：{command}</translation>
    </message>
    <message>
        <source>Skipped: {path}.</source>
        <translation>已略过：{path}。</translation>
    </message>
    <message>
        <source>it contains {count} files, more than {limit}</source>
        <translation>其中有 {count} 个文件，超过 {limit} 个</translation>
    </message>
    <message>
        <source>it unpacks to many times its size, as no map data does</source>
        <translation>解压后膨胀过多，不像地图数据</translation>
    </message>
    <message>
        <source>it names a place outside its own folder: {name}</source>
        <translation>其中的路径指向文件夹之外：{name}</translation>
    </message>
    <message>
        <source>Rows of sums and remarks are skipped: {rows}.</source>
        <translation>合计与备注行已略去：{rows}。</translation>
    </message>
    <message>
        <source>it contains no rows</source>
        <translation>其中没有数据行</translation>
    </message>
    <message>
        <source>it contains no features</source>
        <translation>其中没有要素</translation>
    </message>
    <message>
        <source>{count} block references are read as points.</source>
        <translation>{count} 个块参照读作点。</translation>
    </message>
    <message>
        <source>it has {count} columns, more than {limit}</source>
        <translation>其中有 {count} 列，超过 {limit} 列</translation>
    </message>
    <message>
        <source>it has {count} rows, more than {limit}</source>
        <translation>其中有 {count} 行，超过 {limit} 行</translation>
    </message>
    <message>
        <source>Another program is using {path}.</source>
        <translation>另一个程序正在使用 {path}。</translation>
    </message>
    <message>
        <source>Close it there, then try again.</source>
        <translation>请在那里关闭后重试。</translation>
    </message>
    <message>
        <source>{path} is damaged.</source>
        <translation>{path} 已损坏。</translation>
    </message>
    <message>
        <source>{column}: “{value}” is not a position</source>
        <translation>{column}：“{value}”不是坐标</translation>
    </message>
    <message>
        <source>it is an image that doesn't say where it lies</source>
        <translation>这是没有地理位置的图像</translation>
    </message>
    <message>
        <source>Keep its world file (.tfw, .jgw, .pgw or .wld) beside it, or place it in QGIS with the Georeferencer and save it as GeoTIFF.</source>
        <translation>请把坐标文件（.tfw、.jgw、.pgw 或 .wld）放在旁边，或在 QGIS 中用“地理配准”定位后另存为 GeoTIFF。</translation>
    </message>
    <message>
        <source>Skipped in {file}: {reason}.</source>
        <translation>{file} 中略过：{reason}。</translation>
    </message>
    <message>
        <source>Sheets without positions are skipped: {sheets}.</source>
        <translation>没有坐标的工作表已略过：{sheets}。</translation>
    </message>
    <message>
        <source>it is a raster without features</source>
        <translation>这是栅格，不含要素</translation>
    </message>
    <message>
        <source>it has no layer “{layer}”, but {layers}</source>
        <translation>其中没有图层“{layer}”，只有 {layers}</translation>
    </message>
    <message>
        <source>Put it on the map with sandbox layers import; give elevation data with --dem when streets are built.</source>
        <translation>请用 sandbox layers import 把它放上地图；高程数据在构建路网时用 --dem 给出。</translation>
    </message>
    <message>
        <source>an archive in an archive isn't read</source>
        <translation>压缩包内的压缩包不予读取</translation>
    </message>
    <message>
        <source>it is a DWG drawing, which isn't supported</source>
        <translation>这是 DWG 图纸，尚不支持</translation>
    </message>
    <message>
        <source>Save it as DXF: in AutoCAD or ZWCAD with “Save as”, or with the free ODA File Converter.</source>
        <translation>请另存为 DXF：在 AutoCAD 或中望 CAD 中“另存为”，或用免费的 ODA File Converter。</translation>
    </message>
    <message>
        <source>it is a DGN drawing, which isn't supported</source>
        <translation>这是 DGN 图纸，尚不支持</translation>
    </message>
    <message>
        <source>Save it as DXF in MicroStation.</source>
        <translation>请在 MicroStation 中另存为 DXF。</translation>
    </message>
    <message>
        <source>it is map data in a format that isn't supported</source>
        <translation>这是尚不支持的地图数据格式</translation>
    </message>
    <message>
        <source>it is OpenStreetMap data</source>
        <translation>这是 OpenStreetMap 数据</translation>
    </message>
    <message>
        <source>Build streets from it: sandbox network build FILE.osm.pbf -o FILE.sandnet</source>
        <translation>请用它构建路网：sandbox network build FILE.osm.pbf -o FILE.sandnet</translation>
    </message>
    <message>
        <source>it is an archive of a kind that isn't supported</source>
        <translation>这是尚不支持的压缩包</translation>
    </message>
    <message>
        <source>Unpack it, or pack it as ZIP.</source>
        <translation>请先解压，或改用 ZIP 压缩。</translation>
    </message>
    <message>
        <source>it is a document or an image without geometry</source>
        <translation>这是不含几何的文档或图像</translation>
    </message>
    <message>
        <source>Give the file from which it was made: a Shapefile, GeoPackage, DXF or table.</source>
        <translation>请给出其原始文件：Shapefile、GeoPackage、DXF 或表格。</translation>
    </message>
    <message>
        <source>it is one part of a Shapefile</source>
        <translation>这只是 Shapefile 的一部分</translation>
    </message>
    <message>
        <source>it is a spreadsheet of a kind that isn't supported</source>
        <translation>这是尚不支持的表格格式</translation>
    </message>
    <message>
        <source>Save it as XLSX.</source>
        <translation>请另存为 XLSX。</translation>
    </message>
    <message>
        <source>it is of an unknown type</source>
        <translation>文件类型未知</translation>
    </message>
    <message>
        <source>Give a Shapefile, GeoPackage, GeoJSON, DXF, KML, CSV or Excel file.</source>
        <translation>请给出 Shapefile、GeoPackage、GeoJSON、DXF、KML、CSV 或 Excel 文件。</translation>
    </message>
    <message>
        <source>it claims a table of {size} cells</source>
        <translation>其中的表格声称有 {size} 个单元格</translation>
    </message>
    <message>
        <source>Delete what lies far outside the table, then save it again.</source>
        <translation>请删除表格以外远处的内容后重新保存。</translation>
    </message>
    <message>
        <source>the encoding of its texts is unknown</source>
        <translation>文字编码无法识别</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>it has more than {limit} million points</source>
        <translation>其中的点超过 {limit} 百万个</translation>
    </message>
    <message>
        <source>it defines entities, which no map data needs</source>
        <translation>其中定义了实体，地图数据用不到</translation>
    </message>
    <message>
        <source>the numbers are degrees (WGS 84; CGCS2000 agrees to decimetres)</source>
        <translation>数值是度（WGS 84；CGCS2000 与之相差仅分米）</translation>
    </message>
    <message>
        <source>eastings begin with {number}, a zone of {width} degrees round {meridian}° E</source>
        <translation>东坐标以 {number} 开头，即中央经线 {meridian}° 的 {width} 度带带号</translation>
    </message>
    <message>
        <source>the numbers are metres in a zone round {meridian}° E (3 or 6 degrees wide)</source>
        <translation>数值是米，中央经线 {meridian}°（3 度带与 6 度带相同）</translation>
    </message>
    <message>
        <source>the numbers are metres in a zone of 3 degrees round {meridian}° E</source>
        <translation>数值是米，中央经线 {meridian}° 的 3 度带</translation>
    </message>
    <message>
        <source>the file states it</source>
        <translation>文件中已标明</translation>
    </message>
    <message>
        <source>an older datum: positions may be off by some {metres} m</source>
        <translation>旧基准，位置可能相差约 {metres} 米</translation>
    </message>
    <message>
        <source>the positions lie in the area of the map</source>
        <translation>位置落在地图范围内</translation>
    </message>
    <message>
        <source>the positions lie {km} km from the area of the map</source>
        <translation>位置距地图范围 {km} 公里</translation>
    </message>
    <message>
        <source>the numbers are metres in a zone of UTM</source>
        <translation>数值是米，UTM 分带</translation>
    </message>
    <message>
        <source>northings or latitudes stand before eastings</source>
        <translation>北坐标或纬度在前</translation>
    </message>
    <message>
        <source>the numbers are metres of web maps</source>
        <translation>数值是网络地图的米</translation>
    </message>
    <message>
        <source>usual for positions from Amap or Tencent maps</source>
        <translation>取自高德或腾讯地图的位置通常如此</translation>
    </message>
    <message>
        <source>usual for positions from Baidu maps</source>
        <translation>取自百度地图的位置通常如此</translation>
    </message>
    <message>
        <source>Import files of other programs into a GeoPackage that QGIS and --from open. Shapefile, FileGDB, GeoPackage, GeoJSON, KML, DXF, FlatGeobuf, GeoParquet, CSV, Excel, ODS, zipped folders and folders, and tables of PostGIS as postgresql://USER@HOST/DATABASE. GeoTIFF and images with a world file become pictures below the streets. Where a file doesn't state its coordinate system, the likeliest ones are listed, to choose one with --crs.</source>
        <translation>把其他程序的文件导入一个 GeoPackage，QGIS 和 --from 都能打开。支持 Shapefile、FileGDB、GeoPackage、GeoJSON、KML、DXF、FlatGeobuf、GeoParquet、CSV、Excel、ODS、ZIP 压缩包和文件夹，以及写作 postgresql://用户@主机/数据库 的 PostGIS 数据表。GeoTIFF 和带坐标文件的图片作为影像导入，显示在道路之下。文件没有说明坐标系时，列出最可能的几种，用 --crs 选定。</translation>
    </message>
    <message>
        <source>The GeoPackage that gets the layers; it is made if it doesn't exist.</source>
        <translation>存放图层的 GeoPackage；没有时新建。</translation>
    </message>
    <message>
        <source>Coordinate system of the files, if they state none or a wrong one; with /yx after it, northings stand before eastings.</source>
        <translation>文件的坐标系，用于文件未说明或说明有误时；末尾加 /yx 表示北坐标在前。</translation>
    </message>
    <message>
        <source>Only the layer, or sheet, of this name.</source>
        <translation>只读这个名称的图层或工作表。</translation>
    </message>
    <message>
        <source>What the layer is called in the GeoPackage.</source>
        <translation>图层在 GeoPackage 中的名称。</translation>
    </message>
    <message>
        <source>Column of the file for a field of the program, as capacity=COLUMN; nothing after = leaves the field out. It is remembered for files with the same columns.</source>
        <translation>文件中对应某字段的列，如 capacity=列名；= 后留空表示不用该字段。列相同的文件下次沿用。</translation>
    </message>
    <message>
        <source>Kind that a word of the file means, as 社康中心=health_centre.</source>
        <translation>文件中某个词对应的类别，如 社康中心=health_centre。</translation>
    </message>
    <message>
        <source>Columns of a table that say where its rows lie, if their names don't.</source>
        <translation>表格中表示位置的列，用于列名看不出时。</translation>
    </message>
    <message>
        <source>What becomes of a layer of the same name: refuse the import, replace it, or add rows.</source>
        <translation>已有同名图层时：refuse 拒绝导入，replace 替换，add 追加。</translation>
    </message>
    <message>
        <source>Table of the rows that can't be used, to correct and import again.  [default: beside the GeoPackage]</source>
        <translation>无法使用的行所存的表格，改正后可再次导入。  [默认：放在 GeoPackage 旁]</translation>
    </message>
    <message>
        <source>Skip files that can't be read, and name them.</source>
        <translation>略过无法读取的文件，并列出它们。</translation>
    </message>
</context>
</TS>
