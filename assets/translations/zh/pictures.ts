<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>pictures</name>
    <message>
        <source>it has {cells} million cells, more than {most} million, and no overviews</source>
        <translation>像元数为 {cells} 百万，超过 {most} 百万，且没有金字塔</translation>
    </message>
    <message>
        <source>Build pyramids for it in QGIS (Raster menu), then open it again.</source>
        <translation>请在 QGIS 的“栅格”菜单中为它建立金字塔，再打开。</translation>
    </message>
    <message>
        <source>it has no bands</source>
        <translation>它没有波段</translation>
    </message>
    <message>
        <source>The picture {file} is missing.</source>
        <translation>影像 {file} 已不在原处。</translation>
    </message>
    <message>
        <source>{path} can't be placed: {reason}.</source>
        <translation>{path} 无法定位：{reason}。</translation>
    </message>
    <message>
        <source>{name} · {format} · {kind}, {columns} × {rows} cells</source>
        <translation>{name} · {format} · {kind}，{columns} × {rows} 像元</translation>
    </message>
    <message>
        <source>Give it another name with --name, or say --if-exists replace.</source>
        <translation>请用 --name 另取名称，或加 --if-exists replace。</translation>
    </message>
    <message>
        <source>Add a base map…</source>
        <translation>添加底图…</translation>
    </message>
    <message>
        <source>Add a base map</source>
        <translation>添加底图</translation>
    </message>
    <message>
        <source>Name, address or file</source>
        <translation>名称、地址或文件</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Base maps found</source>
        <translation>找到的底图</translation>
    </message>
    <message>
        <source>Base maps in a file</source>
        <translation>底图文件</translation>
    </message>
    <message>
        <source>Shown on the map: {credit}</source>
        <translation>注于图上：{credit}</translation>
    </message>
    <message>
        <source>Images are fetched from {host} for the area that is on screen, and kept for a month in a cache of 512 MB. Check its terms of use.</source>
        <translation>按屏幕所示范围从 {host} 下载图片，缓存一个月，至多 512 MB。请查阅其使用条款。</translation>
    </message>
    <message>
        <source>Its images are shifted to GCJ-02; they are shifted back.</source>
        <translation>其图片按 GCJ-02 偏移，显示时已纠偏。</translation>
    </message>
    <message>
        <source>OpenStreetMap is for internal analysis, not public display.</source>
        <translation>OpenStreetMap 仅供内部分析，不用于公开展示。</translation>
    </message>
    <message>
        <source>Your key for {name} (kept for your user account only)</source>
        <translation>您的 {name} 密钥（仅存于本人账户）</translation>
    </message>
    <message>
        <source>already known</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Allow and add</source>
        <translation>允许并添加</translation>
    </message>
    <message>
        <source>Looking for the base map</source>
        <translation>正在查找底图</translation>
    </message>
    <message>
        <source>{said} can't be used as a base map: {reason}.</source>
        <translation>{said} 不能用作底图：{reason}。</translation>
    </message>
    <message>
        <source>Give a name as Tianditu.Vector, an address with {{x}}, {{y}} and {{z}}, the address of a WMTS or WMS service, or an MBTiles or PMTiles file.</source>
        <translation>请给出名称（如 Tianditu.Vector）、含 {{x}}、{{y}}、{{z}} 的地址、WMTS 或 WMS 服务地址，或 MBTiles、PMTiles 文件。</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>它太长</translation>
    </message>
    <message>
        <source>no base map is known by this name</source>
        <translation>没有以此为名的底图</translation>
    </message>
    <message>
        <source>only http and https are used</source>
        <translation>仅支持 http 与 https</translation>
    </message>
    <message>
        <source>the server has nothing at this address</source>
        <translation>服务器在此地址没有内容</translation>
    </message>
    <message>
        <source>the server refuses; the key may be missing or wrong</source>
        <translation>服务器拒绝；密钥可能缺失或有误</translation>
    </message>
    <message>
        <source>the server answers with error {number}</source>
        <translation>服务器返回错误 {number}</translation>
    </message>
    <message>
        <source>the answer is too large</source>
        <translation>返回内容过大</translation>
    </message>
    <message>
        <source>the server is too slow</source>
        <translation>服务器响应过慢</translation>
    </message>
    <message>
        <source>the server sends on to {host}, from which nobody agreed to fetch</source>
        <translation>服务器转向 {host}，而从该处下载尚未获得同意</translation>
    </message>
    <message>
        <source>it ends before its last cells: it was copied or downloaded in part</source>
        <translation>文件在末尾像元之前中断：复制或下载不完整</translation>
    </message>
    <message>
        <source>Copy it again from where it comes from.</source>
        <translation>请从来源处重新复制。</translation>
    </message>
    <message>
        <source>{layer}: base maps are not part of a page, which works offline.</source>
        <translation>{layer}：网页离线使用，不含底图。</translation>
    </message>
    <message>
        <source>{layer}: the file of this picture can't be read, so the page omits it.</source>
        <translation>{layer}：影像文件无法读取，网页未包含。</translation>
    </message>
    <message>
        <source>{layer}: the page has no room for this picture.</source>
        <translation>{layer}：网页容量所限，未包含该影像。</translation>
    </message>
    <message>
        <source>the server sends on too often</source>
        <translation>服务器转向次数过多</translation>
    </message>
    <message>
        <source>the server can't be reached</source>
        <translation>无法连接服务器</translation>
    </message>
    <message>
        <source>the answer is not from a WMTS or WMS service</source>
        <translation>返回内容不是 WMTS 或 WMS 服务的</translation>
    </message>
    <message>
        <source>the service offers no layer that can be shown</source>
        <translation>该服务没有可显示的图层</translation>
    </message>
    <message>
        <source>it contains vector tiles, which aren't drawn</source>
        <translation>它含矢量瓦片，不能绘制</translation>
    </message>
    <message>
        <source>Use an archive of images (PNG, JPEG or WebP).</source>
        <translation>请使用图片瓦片（PNG、JPEG 或 WebP）。</translation>
    </message>
    <message>
        <source>Fetching from {host} isn't allowed yet.</source>
        <translation>尚未允许从 {host} 下载。</translation>
    </message>
    <message>
        <source>The key for {name} is missing.</source>
        <translation>缺少 {name} 的密钥。</translation>
    </message>
    <message>
        <source>{host}: {reason}</source>
        <translation>{host}：{reason}</translation>
    </message>
    <message>
        <source>{credit} (offline)</source>
        <translation>{credit}（离线）</translation>
    </message>
    <message>
        <source>This map has a base map from {hosts}, which isn't fetched yet.</source>
        <translation>此图含来自 {hosts} 的底图，尚未下载。</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>未显示</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>and {count} more; give a part of the name</source>
        <translation>另有 {count} 个；可给出名称的一部分</translation>
    </message>
    <message>
        <source>The service offers {count} layers: {layers}.</source>
        <translation>该服务有 {count} 个图层：{layers}。</translation>
    </message>
    <message>
        <source>Allowed: {host}</source>
        <translation>已允许：{host}</translation>
    </message>
    <message>
        <source>List base maps that are known by name, or those whose name contains WORD. Tianditu's, and those of xyzservices.</source>
        <translation>列出可按名称使用的底图，或名称含所给词者：天地图，以及 xyzservices 所列。</translation>
    </message>
    <message>
        <source>Put a base map below the layers of a project, and allow fetching it on this machine. A name as Tianditu.Vector or OpenStreetMap.Mapnik, the address of tiles with {x}, {y} and {z}, the address of a WMTS or WMS service, or an MBTiles or PMTiles file. Keys are kept in your own settings, never in the project; SANDBOX_KEY_TIANDITU in the environment comes first.</source>
        <translation>把底图放在项目各图层之下，并允许本机下载。可给名称（如 Tianditu.Vector、OpenStreetMap.Mapnik）、含 {x}、{y}、{z} 的瓦片地址、WMTS 或 WMS 服务地址，或 MBTiles、PMTiles 文件。密钥只存于本人设置，不进项目；环境变量 SANDBOX_KEY_TIANDITU 优先。</translation>
    </message>
    <message>
        <source>The project that gets the base map; it is made if it doesn't exist.</source>
        <translation>放入底图的项目；不存在时新建。</translation>
    </message>
    <message>
        <source>Which layer of a WMTS or WMS service.</source>
        <translation>WMTS 或 WMS 服务的哪个图层。</translation>
    </message>
    <message>
        <source>Enter your key for the service.</source>
        <translation>输入您在该服务的密钥。</translation>
    </message>
    <message>
        <source>Allow this machine to fetch the base maps of a project that was made elsewhere.</source>
        <translation>允许本机下载他处所建项目的底图。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
</TS>
