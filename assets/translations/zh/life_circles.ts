<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>life_circles</name>
    <message>
        <source>“{value}” means no cells.</source>
        <translation>“{value}”不是网格。</translation>
    </message>
    <message>
        <source>Write h3:9 (resolutions 5 to 12) or square:250 (25 to 5000 metres).</source>
        <translation>请写作 h3:9（分辨率 5 至 12）或 square:250（25 至 5000 米）。</translation>
    </message>
    <message>
        <source>No cell has its middle in the area.</source>
        <translation>该范围内没有网格中心。</translation>
    </message>
    <message>
        <source>Choose smaller cells, or a larger area.</source>
        <translation>请选用更小的网格或更大的范围。</translation>
    </message>
    <message>
        <source>The area has more than {most} cells.</source>
        <translation>该范围的网格超过 {most} 个。</translation>
    </message>
    <message>
        <source>Choose larger cells, or a smaller area.</source>
        <translation>请选用更大的网格或更小的范围。</translation>
    </message>
    <message>
        <source>a decay “{value}” (step, linear, logistic, exponential, gaussian)</source>
        <translation>衰减函数“{value}”（可用 step、linear、logistic、exponential、gaussian）</translation>
    </message>
    <message>
        <source>a decay of {value} minutes ({low} to {high} are possible)</source>
        <translation>衰减参数 {value} 分钟（可用 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>The places can't be used</source>
        <translation>这些地点无法使用</translation>
    </message>
    <message>
        <source>{id}: {column} is {value}</source>
        <translation>{id}：{column} 为 {value}</translation>
    </message>
    <message>
        <source>a measure “{value}”</source>
        <translation>指标“{value}”</translation>
    </message>
    <message>
        <source>no measure is given</source>
        <translation>未给出指标</translation>
    </message>
    <message>
        <source>gravity without a decay ({known} are possible)</source>
        <translation>重力模型未给出衰减函数（可用 {known}）</translation>
    </message>
    <message>
        <source>a floating catchment without people: name their column</source>
        <translation>移动搜索法缺少人口：请指明人口列</translation>
    </message>
    <message>
        <source>The audit can't be run</source>
        <translation>无法体检</translation>
    </message>
    <message>
        <source>There are no homes to audit.</source>
        <translation>没有可体检的住区。</translation>
    </message>
    <message>
        <source>Give a layer or file of homes.</source>
        <translation>请给出住区图层或文件。</translation>
    </message>
    <message>
        <source>None of the facilities is of a kind that {standard} requires.</source>
        <translation>没有一处设施属于 {standard} 要求的类别。</translation>
    </message>
    <message>
        <source>Give others, or name their kinds in a column kind; required: {kinds}.</source>
        <translation>请另给设施，或在 kind 列写明类别；要求的类别：{kinds}。</translation>
    </message>
    <message>
        <source>{homes} homes by {rules} rules are too many at once.</source>
        <translation>{homes} 处住区与 {rules} 条规则一次过多。</translation>
    </message>
    <message>
        <source>Audit a part of the area at a time, with --area.</source>
        <translation>请用 --area 分区体检。</translation>
    </message>
    <message>
        <source>None of the {count} homes lies in the area.</source>
        <translation>{count} 处住区均不在该范围内。</translation>
    </message>
    <message>
        <source>Choose another area, or other homes.</source>
        <translation>请另选范围或住区。</translation>
    </message>
    <message>
        <source>audits by “{value}” (stated, metres, minutes)</source>
        <translation>按“{value}”体检（可用 stated、metres、minutes）</translation>
    </message>
    <message>
        <source>The homes can't be used</source>
        <translation>这些住区无法使用</translation>
    </message>
    <message>
        <source>The facilities can't be used</source>
        <translation>这些设施无法使用</translation>
    </message>
    <message>
        <source>Several places have the same id: {ids}.</source>
        <translation>多个地点的 id 相同：{ids}。</translation>
    </message>
    <message>
        <source>Give each a unique id.</source>
        <translation>请为每处给出唯一的 id。</translation>
    </message>
    <message>
        <source>both people and floor area are given; choose one</source>
        <translation>人口列与建筑面积列都已给出，请二选一</translation>
    </message>
    <message>
        <source>{value} m² of floor area a person ({low} to {high} are possible)</source>
        <translation>人均建筑面积 {value} 平方米（可用 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>The homes have no column {column}.</source>
        <translation>住区没有 {column} 列。</translation>
    </message>
    <message>
        <source>The planning standard {path} can't be used</source>
        <translation>规划标准 {path} 无法使用</translation>
    </message>
    <message>
        <source>Correct it, then run: sandbox standards check {path}</source>
        <translation>请修正后运行：sandbox standards check {path}</translation>
    </message>
    <message>
        <source>There is no standard named “{name}”.</source>
        <translation>没有名为“{name}”的标准。</translation>
    </message>
    <message>
        <source>Shipped standards: {known}. A file of your own ends in .toml.</source>
        <translation>自带的标准：{known}。自己的文件名须以 .toml 结尾。</translation>
    </message>
    <message>
        <source>Did you mean {near}? Shipped standards: {known}.</source>
        <translation>是否指 {near}？自带的标准：{known}。</translation>
    </message>
    <message>
        <source>{rule}: from_m2 is not below below_m2</source>
        <translation>{rule}：from_m2 不小于 below_m2</translation>
    </message>
    <message>
        <source>{path} can't be read as a planning standard: {reason}.</source>
        <translation>{path} 无法按规划标准读取：{reason}。</translation>
    </message>
    <message>
        <source>Give a file as sandbox standards show writes it.</source>
        <translation>请给出 sandbox standards show 所写格式的文件。</translation>
    </message>
    <message>
        <source>{place} is {value}, not one of seen, one_reader, memory, confirmed</source>
        <translation>{place} 为 {value}，应为 seen、one_reader、memory、confirmed 之一</translation>
    </message>
    <message>
        <source>{place}: a confirmed figure names who confirmed it (by) and when (on)</source>
        <translation>{place}：已核实的条目须写明核实人（by）与日期（on）</translation>
    </message>
    <message>
        <source>{place} needs metres or minutes</source>
        <translation>{place} 须有 metres 或 minutes</translation>
    </message>
    <message>
        <source>{place}: give either limits, or metres and minutes</source>
        <translation>{place}：limits 与 metres、minutes 只能取其一</translation>
    </message>
    <message>
        <source>the rule {rule} appears twice</source>
        <translation>规则 {rule} 出现两次</translation>
    </message>
    <message>
        <source>{rule}: there is no tier {tier}</source>
        <translation>{rule}：没有层级 {tier}</translation>
    </message>
    <message>
        <source>{rule}: there is no facility {facility}</source>
        <translation>{rule}：没有设施 {facility}</translation>
    </message>
    <message>
        <source>{rule}: people from more to less</source>
        <translation>{rule}：服务人口上下限颠倒</translation>
    </message>
    <message>
        <source>{path} can't be read as a sheet of rules: {reason}.</source>
        <translation>{path} 无法按规则表读取：{reason}。</translation>
    </message>
    <message>
        <source>Give a sheet as sandbox standards sheet writes it.</source>
        <translation>请给出 sandbox standards sheet 所写格式的表格。</translation>
    </message>
    <message>
        <source>{path} is not a sheet of rules: its first row lacks {missing}.</source>
        <translation>{path} 不是规则表：首行缺少 {missing}。</translation>
    </message>
    <message>
        <source>The sheet {path} can't be used</source>
        <translation>表格 {path} 无法使用</translation>
    </message>
    <message>
        <source>Correct these cells, then read it again.</source>
        <translation>请修正这些单元格后重新读取。</translation>
    </message>
    <message>
        <source>row {row}: id is missing</source>
        <translation>第 {row} 行：缺少 id</translation>
    </message>
    <message>
        <source>row {row}: {column} is {value}, not a number</source>
        <translation>第 {row} 行：{column} 为 {value}，不是数字</translation>
    </message>
    <message>
        <source>A time is given, but every facility counts.</source>
        <translation>给出了时刻，但所有设施都计入。</translation>
    </message>
    <message>
        <source>Add --usable.</source>
        <translation>请加 --usable。</translation>
    </message>
    <message>
        <source>No homes are given, and this project has no layer of homes.</source>
        <translation>未给出住区，本项目也没有住区图层。</translation>
    </message>
    <message>
        <source>Give --homes. To see the schematic sample, run: sandbox {command} {sample}</source>
        <translation>请给出 --homes。查看示意样例请运行：sandbox {command} {sample}</translation>
    </message>
    <message>
        <source>There is no walker named “{who}”.</source>
        <translation>没有名为“{who}”的步行者。</translation>
    </message>
    <message>
        <source>Choose one of: {known}.</source>
        <translation>请从中选择：{known}。</translation>
    </message>
    <message>
        <source>“{source}” holds no areas.</source>
        <translation>“{source}”中没有面。</translation>
    </message>
    <message>
        <source>Give a layer or file of polygons.</source>
        <translation>请给出面图层或文件。</translation>
    </message>
    <message>
        <source>{path}: {count} estates, schematic, seed {seed}.</source>
        <translation>{path}：示意小区 {count} 处，随机种子 {seed}。</translation>
    </message>
    <message>
        <source>Rules: {rules}, confirmed: {confirmed}; changed: {changed}.</source>
        <translation>规则 {rules} 条，已核实 {confirmed} 条；有变动的：{changed}。</translation>
    </message>
    <message>
        <source>inclusive: a greater facility stands for a lesser one</source>
        <translation>包含关系：上级设施可代替下级设施</translation>
    </message>
    <message>
        <source>not inclusive: each tier is audited for itself</source>
        <translation>非包含关系：逐级分别体检</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>施行日期</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>Who walks</source>
        <translation>步行者</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>{name}: no fault; rules: {rules}, confirmed: {confirmed}.</source>
        <translation>{name}：无误；规则 {rules} 条，已核实 {confirmed} 条。</translation>
    </message>
    <message>
        <source>Tiers</source>
        <translation>层级关系</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>Facility</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条文</translation>
    </message>
    <message>
        <source>How it is known</source>
        <translation>依据核实情况</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Opportunities in reach</source>
        <translation>可达机会数</translation>
    </message>
    <message>
        <source>Mean time to the nearest</source>
        <translation>到最近设施的平均时间</translation>
    </message>
    <message>
        <source>Gravity</source>
        <translation>重力模型可达性</translation>
    </message>
    <message>
        <source>Two-step floating catchment</source>
        <translation>两步移动搜索法</translation>
    </message>
    <message>
        <source>Enhanced two-step floating catchment</source>
        <translation>增强两步移动搜索法</translation>
    </message>
    <message>
        <source>Time to the n-th</source>
        <translation>到第 n 处的时间</translation>
    </message>
    <message>
        <source>Completeness of kinds</source>
        <translation>设施类别完备度</translation>
    </message>
    <message>
        <source>Measures of access</source>
        <translation>可达性指标</translation>
    </message>
    <message>
        <source>all kinds</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Weighted by people; by homes where no people are known.</source>
        <translation>按人口加权；人口未知时按住区计。</translation>
    </message>
    <message>
        <source>How access is shared</source>
        <translation>可达性的公平性</translation>
    </message>
    <message>
        <source>By home or cell</source>
        <translation>按住区或网格</translation>
    </message>
    <message>
        <source>Formulas and sources</source>
        <translation>公式与出处</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>出行方式</translation>
    </message>
    <message>
        <source>Schematic: streets, homes or facilities are made up, and so is every figure.</source>
        <translation>示意：道路、住区或设施为模拟数据，所有数字均为示意。</translation>
    </message>
    <message>
        <source>No street is near enough to {count} places or homes.</source>
        <translation>{count} 处地点或住区附近没有道路。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>群体</translation>
    </message>
    <message>
        <source>In</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人口</translation>
    </message>
    <message>
        <source>persons</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>计算式</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>{column}: {people} people reach no place.</source>
        <translation>{column}：{people} 人到不了任何一处。</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>met</source>
        <translation>达标</translation>
    </message>
    <message>
        <source>too far</source>
        <translation>超出限值</translation>
    </message>
    <message>
        <source>none within three times the limit</source>
        <translation>三倍限值内没有</translation>
    </message>
    <message>
        <source>no street near the home</source>
        <translation>住区附近没有道路</translation>
    </message>
    <message>
        <source>none in the data</source>
        <translation>数据中没有此类设施</translation>
    </message>
    <message>
        <source>metres</source>
        <translation>米</translation>
    </message>
    <message>
        <source>as stated</source>
        <translation>标准原值</translation>
    </message>
    <message>
        <source>converted at the walking speed</source>
        <translation>按步行速度换算</translation>
    </message>
    <message>
        <source>Audit of life circles: {standard}</source>
        <translation>生活圈体检：{standard}</translation>
    </message>
    <message>
        <source>each rule as the standard states it</source>
        <translation>按标准各条的原计量方式</translation>
    </message>
    <message>
        <source>metres along the streets</source>
        <translation>沿道路的米数</translation>
    </message>
    <message>
        <source>minutes, with slopes and stairs</source>
        <translation>步行分钟数（计坡度与台阶）</translation>
    </message>
    <message>
        <source>The weakest first. A rule is met where the required share is covered.</source>
        <translation>由弱到强排列。覆盖率达到要求的占比即为达标。</translation>
    </message>
    <message>
        <source>Mean share of residential land covered</source>
        <translation>居住用地平均覆盖比例（按面积）</translation>
    </message>
    <message>
        <source>Weakest facilities</source>
        <translation>短板设施</translation>
    </message>
    <message>
        <source>Residential land of homes covered</source>
        <translation>居住用地覆盖比例（按小区整体计）</translation>
    </message>
    <message>
        <source>Residential land that meets it</source>
        <translation>覆盖的居住用地</translation>
    </message>
    <message>
        <source>Residential land is counted by area, of what lies within 50 m of a street; land of homes counts whole where the home is within the limit.</source>
        <translation>居住用地按面积计，只计距道路 50 米以内的部分；按小区整体计时，小区在限值内即全部计入。</translation>
    </message>
    <message>
        <source>People who lack it</source>
        <translation>未覆盖人口</translation>
    </message>
    <message>
        <source>Homes that lack it</source>
        <translation>未覆盖居住地</translation>
    </message>
    <message>
        <source>Share that lacks it</source>
        <translation>未覆盖比例</translation>
    </message>
    <message>
        <source>Half of them are over by at least</source>
        <translation>超出限值（中位数）</translation>
    </message>
    <message>
        <source>Homes with none near</source>
        <translation>附近没有的居住地</translation>
    </message>
    <message>
        <source>Weakest unit</source>
        <translation>最弱单元</translation>
    </message>
    <message>
        <source>Covered there</source>
        <translation>该单元覆盖率</translation>
    </message>
    <message>
        <source>Most people first; near is three times the limit.</source>
        <translation>未覆盖人口多者在前；“附近”指限值的三倍以内。</translation>
    </message>
    <message>
        <source>Measuring the land that is not covered</source>
        <translation>计算盲区用地</translation>
    </message>
    <message>
        <source>Coverage, weakest first</source>
        <translation>覆盖率（弱项在前）</translation>
    </message>
    <message>
        <source>Score card</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Ledger of what fails</source>
        <translation>问题台账</translation>
    </message>
    <message>
        <source>Facilities and whom they serve</source>
        <translation>设施与服务对象</translation>
    </message>
    <message>
        <source>Areas for a thousand people</source>
        <translation>千人指标</translation>
    </message>
    <message>
        <source>Covered isn't served: homes go to the nearest within the limit that has room left.</source>
        <translation>覆盖不等于服务：住区分配到限值内最近且有余量的设施。</translation>
    </message>
    <message>
        <source>Seats and beds</source>
        <translation>学位与床位</translation>
    </message>
    <message>
        <source>{who}, {speed} km/h on the level{steps}</source>
        <translation>{who}，平路 {speed} 公里/小时{steps}</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>计量方式</translation>
    </message>
    <message>
        <source>Facilities counted</source>
        <translation>计入的设施</translation>
    </message>
    <message>
        <source>{count} of {all} rules were not confirmed against the printed standard by anybody; each says how it is known.</source>
        <translation>{all} 条规则中有 {count} 条无人对照正式出版物核实，逐条注明依据。</translation>
    </message>
    <message>
        <source>Not assessed, since the data has no such facility: {names}.</source>
        <translation>数据中没有此类设施，未评：{names}。</translation>
    </message>
    <message>
        <source>The people of {count} homes are not known; they count as none.</source>
        <translation>{count} 处住区人口未知，按零计。</translation>
    </message>
    <message>
        <source>Rules assessed</source>
        <translation>已评规则</translation>
    </message>
    <message>
        <source>Mean share covered</source>
        <translation>平均覆盖率</translation>
    </message>
    <message>
        <source>Homes that meet every rule</source>
        <translation>全部达标的住区</translation>
    </message>
    <message>
        <source>Entries of the ledger</source>
        <translation>台账条数</translation>
    </message>
    <message>
        <source>Facilities</source>
        <translation>设施数</translation>
    </message>
    <message>
        <source>Homes covered</source>
        <translation>住区覆盖率</translation>
    </message>
    <message>
        <source>People covered</source>
        <translation>人口覆盖率</translation>
    </message>
    <message>
        <source>Residential land covered</source>
        <translation>居住用地覆盖比例</translation>
    </message>
    <message>
        <source>Homes that meet it</source>
        <translation>达标住区</translation>
    </message>
    <message>
        <source>People who meet it</source>
        <translation>达标人口</translation>
    </message>
    <message>
        <source>Rule met</source>
        <translation>是否达标</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>限值依据</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Home's id</source>
        <translation>住区编号</translation>
    </message>
    <message>
        <source>Over by</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>Why it fails</source>
        <translation>不达标原因</translation>
    </message>
    <message>
        <source>Date of the streets</source>
        <translation>道路数据日期</translation>
    </message>
    <message>
        <source>Residential land</source>
        <translation>居住用地</translation>
    </message>
    <message>
        <source>Rules met</source>
        <translation>达标规则数</translation>
    </message>
    <message>
        <source>Rules failed</source>
        <translation>不达标规则数</translation>
    </message>
    <message>
        <source>Homes it is nearest to</source>
        <translation>就近服务的住区</translation>
    </message>
    <message>
        <source>People it is nearest to</source>
        <translation>就近服务的人口</translation>
    </message>
    <message>
        <source>People at most</source>
        <translation>服务人口上限</translation>
    </message>
    <message>
        <source>Floor area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Places needed</source>
        <translation>所需学位或床位</translation>
    </message>
    <message>
        <source>Crowded</source>
        <translation>超员</translation>
    </message>
    <message>
        <source>Of known size</source>
        <translation>已知规模</translation>
    </message>
    <message>
        <source>Area for a thousand people</source>
        <translation>千人面积</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>标准要求</translation>
    </message>
    <message>
        <source>Places required</source>
        <translation>所需总量</translation>
    </message>
    <message>
        <source>Served, with room</source>
        <translation>有余量的服务</translation>
    </message>
    <message>
        <source>Places left over</source>
        <translation>富余</translation>
    </message>
    <message>
        <source>Assessed</source>
        <translation>是否已评</translation>
    </message>
    <message>
        <source>only those that can be used</source>
        <translation>仅可用设施</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>in no unit</source>
        <translation>不在任何单元</translation>
    </message>
    <message>
        <source>, without steps</source>
        <translation>，不走台阶</translation>
    </message>
    <message>
        <source>Each area counts only within its circle; people are those of homes that touch it.</source>
        <translation>各范围只计圆内部分；人口为与圆相交的住区人口。</translation>
    </message>
    <message>
        <source>The walk on slopes takes as long as the radius does on the level.</source>
        <translation>计坡度的步行时长等于平路走完半径的时长。</translation>
    </message>
    <message>
        <source>What the circle hides, worst first</source>
        <translation>圆圈掩盖了什么（损失大者在前）</translation>
    </message>
    <message>
        <source>What the circle hides</source>
        <translation>圆圈掩盖了什么</translation>
    </message>
    <message>
        <source>Straight circle</source>
        <translation>直线圆</translation>
    </message>
    <message>
        <source>Along streets</source>
        <translation>沿道路</translation>
    </message>
    <message>
        <source>With slopes and stairs</source>
        <translation>计坡度与台阶</translation>
    </message>
    <message>
        <source>Area lost along streets</source>
        <translation>沿道路损失面积</translation>
    </message>
    <message>
        <source>Area lost with slopes</source>
        <translation>计坡度损失面积</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>People in the circle</source>
        <translation>圆内人口</translation>
    </message>
    <message>
        <source>People along streets</source>
        <translation>沿道路可达人口</translation>
    </message>
    <message>
        <source>People with slopes</source>
        <translation>计坡度可达人口</translation>
    </message>
    <message>
        <source>People lost along streets</source>
        <translation>沿道路损失人口</translation>
    </message>
    <message>
        <source>People lost with slopes</source>
        <translation>计坡度损失人口</translation>
    </message>
    <message>
        <source>not known in these streets</source>
        <translation>道路数据中没有高程</translation>
    </message>
    <message>
        <source>all together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Gaps: homes by the rules that they fail</source>
        <translation>盲区：住区按不达标规则的占比</translation>
    </message>
    <message>
        <source>no rule failed</source>
        <translation>全部达标</translation>
    </message>
    <message>
        <source>all rules failed</source>
        <translation>全部不达标</translation>
    </message>
    <message>
        <source>reached on slopes</source>
        <translation>计坡度可达</translation>
    </message>
    <message>
        <source>only in the straight circle</source>
        <translation>仅在直线圆内</translation>
    </message>
    <message>
        <source>most access</source>
        <translation>可达性最好</translation>
    </message>
    <message>
        <source>least access</source>
        <translation>可达性最差</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Facility (key)</source>
        <translation>设施（代码）</translation>
    </message>
    <message>
        <source>Only from this size</source>
        <translation>规模下限</translation>
    </message>
    <message>
        <source>Only below this size</source>
        <translation>规模上限</translation>
    </message>
    <message>
        <source>People served, from</source>
        <translation>服务人口下限</translation>
    </message>
    <message>
        <source>People served, to</source>
        <translation>服务人口上限</translation>
    </message>
    <message>
        <source>Floor area, at least</source>
        <translation>建筑面积下限</translation>
    </message>
    <message>
        <source>Land, at least</source>
        <translation>用地面积下限</translation>
    </message>
    <message>
        <source>Places for a thousand people</source>
        <translation>千人学位或床位</translation>
    </message>
    <message>
        <source>Share to be covered</source>
        <translation>要求的覆盖率</translation>
    </message>
    <message>
        <source>Highest floor</source>
        <translation>最高楼层</translation>
    </message>
    <message>
        <source>Note in Chinese</source>
        <translation>中文说明</translation>
    </message>
    <message>
        <source>Note in English</source>
        <translation>英文说明</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>核实标记</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>核实人</translation>
    </message>
    <message>
        <source>Confirmed on</source>
        <translation>核实日期</translation>
    </message>
    <message>
        <source>seen in a public page, not compared with the printed standard</source>
        <translation>见于公开网页，未对照正式出版物</translation>
    </message>
    <message>
        <source>by one reader of the text, not compared with the printed standard</source>
        <translation>一位读者转述，未对照正式出版物</translation>
    </message>
    <message>
        <source>from memory, not compared with the printed standard</source>
        <translation>凭记忆，未对照正式出版物</translation>
    </message>
    <message>
        <source>confirmed by {name} on {date}</source>
        <translation>{name} 于 {date} 核实</translation>
    </message>
    <message>
        <source>Planning standards: list, show, check, and confirm their rules.</source>
        <translation>规划标准：列出、查看、检查、核实规则。</translation>
    </message>
    <message>
        <source>Read a sheet of rules that came back, and save it as a standard.</source>
        <translation>读取核对后的规则表，保存为标准文件。</translation>
    </message>
    <message>
        <source>Planning standard; see sandbox standards list.</source>
        <translation>规划标准；见 sandbox standards list。</translation>
    </message>
    <message>
        <source>Output standard, for --standard of audits.</source>
        <translation>输出的标准文件，供体检的 --standard 使用。</translation>
    </message>
    <message>
        <source>Write the rules as a sheet, to be compared with the printed book.</source>
        <translation>输出规则表，供对照正式出版物核实。</translation>
    </message>
    <message>
        <source>Check standards; without any file, the shipped ones. With a fault, the exit status is 1.</source>
        <translation>检查标准文件；不给文件时检查自带的标准。有误时退出状态为 1。</translation>
    </message>
    <message>
        <source>Show the rules of a standard, with clause, and how each is known.</source>
        <translation>查看标准的规则、条文与核实情况。</translation>
    </message>
    <message>
        <source>List the shipped standards, and who walks.</source>
        <translation>列出自带的标准与步行者。</translation>
    </message>
    <message>
        <source>Generate plausible housing estates between the shipped streets, marked as schematic.</source>
        <translation>在自带道路之间生成示意住宅小区，并标为示意。</translation>
    </message>
    <message>
        <source>Output layer of estates.</source>
        <translation>输出的小区图层。</translation>
    </message>
    <message>
        <source>Measure access: opportunities in reach, floating catchments, and how evenly it is shared.</source>
        <translation>计算可达性：可达机会、移动搜索法及其公平性。</translation>
    </message>
    <message>
        <source>What is measured; may be repeated.</source>
        <translation>指标；可重复给出。</translation>
    </message>
    <message>
        <source>Homes: points or areas; may be repeated.</source>
        <translation>住区：点或面；可重复给出。</translation>
    </message>
    <message>
        <source>Column of the people in each home.</source>
        <translation>住区人口列。</translation>
    </message>
    <message>
        <source>Column of floor area, which gives people.</source>
        <translation>建筑面积列，用以推算人口。</translation>
    </message>
    <message>
        <source>Floor area a person.</source>
        <translation>人均建筑面积。</translation>
    </message>
    <message>
        <source>Column of what each place offers.  [default: 1]</source>
        <translation>每处供给量列。  [默认：1]</translation>
    </message>
    <message>
        <source>Cutoffs in minutes, with commas between.</source>
        <translation>时间上限，分钟，以逗号分隔。</translation>
    </message>
    <message>
        <source>How opportunities count by time, for gravity and 2sfca; may be repeated.</source>
        <translation>机会随时间的衰减，用于重力模型与两步移动搜索法；可重复给出。</translation>
    </message>
    <message>
        <source>Minutes at which a decay has fallen to one half.  [default: half the cutoff]</source>
        <translation>衰减到一半时的分钟数。  [默认：时间上限的一半]</translation>
    </message>
    <message>
        <source>Spread of the logistic decay, in minutes.</source>
        <translation>logistic 衰减的标准差，分钟。</translation>
    </message>
    <message>
        <source>Column of groups of homes, to compare shares.</source>
        <translation>住区分组列，用于比较公平性。</translation>
    </message>
    <message>
        <source>Gather homes by cell.</source>
        <translation>按网格汇总住区。</translation>
    </message>
    <message>
        <source>Output file; may be repeated.</source>
        <translation>输出文件；可重复给出。</translation>
    </message>
    <message>
        <source>Show what a straight circle hides: along streets, and on slopes and stairs.</source>
        <translation>显示直线圆掩盖了什么：沿道路、计坡度与台阶。</translation>
    </message>
    <message>
        <source>Radius of the circle.</source>
        <translation>圆的半径。</translation>
    </message>
    <message>
        <source>Who walks: adult, child, old, pram, wheelchair.</source>
        <translation>步行者：adult、child、old、pram、wheelchair。</translation>
    </message>
    <message>
        <source>Walking speed.  [default: that of the one who walks]</source>
        <translation>步行速度。  [默认：步行者自身的速度]</translation>
    </message>
    <message>
        <source>Audit homes by a planning standard: what is covered, what fails, by which clause.</source>
        <translation>按规划标准体检住区：覆盖、不达标及所依条文。</translation>
    </message>
    <message>
        <source>Facilities with their kind; may be repeated.  [default: all layers of real places]</source>
        <translation>设施及其类别；可重复给出。  [默认：所有真实地点图层]</translation>
    </message>
    <message>
        <source>Areas that get a score card each.</source>
        <translation>逐一评分的单元面。</translation>
    </message>
    <message>
        <source>Measure walks as the standard states them, in metres, or in minutes.</source>
        <translation>步行按标准原值、按米或按分钟计量。</translation>
    </message>
    <message>
        <source>Count only facilities that are in operation and usable.</source>
        <translation>只计已投用且可用的设施。</translation>
    </message>
    <message>
        <source>With --usable: facilities must be open at this time.</source>
        <translation>与 --usable 同用：设施在此时刻须开放。</translation>
    </message>
    <message>
        <source>Rules whose kind of facility the data lacks: name them, or count them as failed.</source>
        <translation>数据缺少其设施类别的规则：列为未评，或计为不达标。</translation>
    </message>
    <message>
        <source>“{value}” is not a list of whole numbers such as 1,3.</source>
        <translation>“{value}”不是 1,3 这样的整数列表。</translation>
    </message>
    <message>
        <source>Only what lies inside these areas.</source>
        <translation>只计这些范围内的。</translation>
    </message>
    <message>
        <source>For nearest and dual: how many of the nearest, with commas between.</source>
        <translation>nearest 与 dual 的个数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Places that count as opportunities; may be repeated.</source>
        <translation>作为机会的地点；可重复给出。</translation>
    </message>
    <message>
        <source>Public transport: scenario of the lines that run; several stand beside each other, each with a column of its own.</source>
        <translation>公共交通：运营线路的情景；给出多个时并列，每个情景一列。</translation>
    </message>
    <message>
        <source>--into is for one scenario.</source>
        <translation>--into 只用于一个情景。</translation>
    </message>
    <message>
        <source>Give each scenario a folder of its own.</source>
        <translation>请为每个情景各用一个文件夹。</translation>
    </message>
    <message>
        <source>Two scenarios are named {name}.</source>
        <translation>有两个情景都叫 {name}。</translation>
    </message>
    <message>
        <source>Name their files differently.</source>
        <translation>请给文件取不同的名称。</translation>
    </message>
    <message>
        <source>Omit scenarios, or give mode="transit".</source>
        <translation>请去掉 scenarios，或给出 mode="transit"。</translation>
    </message>
</context>
</TS>
