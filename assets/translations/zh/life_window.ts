<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>life_window</name>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Searching the streets, rule by rule</source>
        <translation>正在逐条检索道路</translation>
    </message>
    <message>
        <source>Drawing what the facilities cover</source>
        <translation>正在绘制设施覆盖范围</translation>
    </message>
    <message>
        <source>The rule {rule} isn't assessed here.</source>
        <translation>此处未评估条文 {rule}。</translation>
    </message>
    <message>
        <source>Reading homes and facilities</source>
        <translation>正在读取住宅与设施</translation>
    </message>
    <message>
        <source>Writing the ledger</source>
        <translation>正在编制问题台账</translation>
    </message>
    <message>
        <source>{who}, {speed} km/h</source>
        <translation>{who}，{speed} 公里/小时</translation>
    </message>
    <message>
        <source>Audit by a standard</source>
        <translation>按标准评估</translation>
    </message>
    <message>
        <source>{option} needs homes.</source>
        <translation>{option} 需要住宅图层。</translation>
    </message>
    <message>
        <source>Give --audit LAYER too.</source>
        <translation>请同时给出 --audit 图层。</translation>
    </message>
    <message>
        <source>People covered, weakest first</source>
        <translation>人口覆盖率（由低到高）</translation>
    </message>
    <message>
        <source>Homes covered, weakest first</source>
        <translation>住宅覆盖率（由低到高）</translation>
    </message>
    <message>
        <source>People by rules failed</source>
        <translation>人口按未达标条数分布</translation>
    </message>
    <message>
        <source>Homes by rules failed</source>
        <translation>住宅按未达标条数分布</translation>
    </message>
    <message>
        <source>Whole area</source>
        <translation>全部范围</translation>
    </message>
    <message>
        <source>Coverage by facility</source>
        <translation>各类设施覆盖率</translation>
    </message>
    <message>
        <source>{low} to {high} % of the rules failed</source>
        <translation>{low}–{high}% 的条文未达标</translation>
    </message>
    <message>
        <source>Homes audited</source>
        <translation>评估的住宅</translation>
    </message>
    <message>
        <source>Area within the limit</source>
        <translation>限值内可达范围</translation>
    </message>
    <message>
        <source>Residential land outside it</source>
        <translation>限值外的居住用地（盲区）</translation>
    </message>
    <message>
        <source>Homes that fail it</source>
        <translation>未达标的住宅</translation>
    </message>
    <message>
        <source>Which homes have within a walk what the standard requires, and which don't?</source>
        <translation>哪些住宅步行可达标准要求的设施，哪些不可达？</translation>
    </message>
    <message>
        <source>Only facilities that can be used</source>
        <translation>只计可用的设施</translation>
    </message>
    <message>
        <source>Show the schematic sample</source>
        <translation>显示示意样例</translation>
    </message>
    <message>
        <source>Remove from the map</source>
        <translation>从图上移除</translation>
    </message>
    <message>
        <source>By which standard?</source>
        <translation>按哪项标准？</translation>
    </message>
    <message>
        <source>Whose homes?</source>
        <translation>评估哪些住宅？</translation>
    </message>
    <message>
        <source>How many people live there?</source>
        <translation>人口从哪里来？</translation>
    </message>
    <message>
        <source>Which facilities count?</source>
        <translation>计入哪些设施？</translation>
    </message>
    <message>
        <source>Which area?</source>
        <translation>评估哪个范围？</translation>
    </message>
    <message>
        <source>A score card for each</source>
        <translation>按哪种单元评分？</translation>
    </message>
    <message>
        <source>Who walks?</source>
        <translation>谁在步行？</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>图上显示</translation>
    </message>
    <message>
        <source>No homes are chosen. Choose a layer of homes, or show the schematic sample: its estates and facilities are made up.</source>
        <translation>尚未选择住宅。请选择一个住宅图层，或显示示意样例：其中的小区与设施均为虚构。</translation>
    </message>
    <message>
        <source>Homes by the rules they fail</source>
        <translation>住宅未达标条文占比</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>All real places on the map</source>
        <translation>图上所有真实设施</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全部范围</translation>
    </message>
    <message>
        <source>The share of rules that each home fails</source>
        <translation>每处住宅未达标条文的占比</translation>
    </message>
    <message>
        <source>{column} ÷ 35 m² a person</source>
        <translation>{column} ÷ 人均 35 平方米</translation>
    </message>
    <message>
        <source>Ledger of what fails: {count} entries, most people first</source>
        <translation>问题台账：{count} 条，人口多的在前</translation>
    </message>
    <message>
        <source>How this was computed</source>
        <translation>此结果如何算得</translation>
    </message>
    <message>
        <source>Rule failed</source>
        <translation>未达标条文</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Data date</source>
        <translation>数据日期</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>Also audit the homes of this layer by a standard.</source>
        <translation>另按标准评估该图层的住宅。</translation>
    </message>
    <message>
        <source>With --audit: column of people, or of floor area in m².</source>
        <translation>配合 --audit：人口列，或以平方米计的建筑面积列。</translation>
    </message>
    <message>
        <source>With --audit: facilities that count; may be repeated.  [default: all layers of real places]</source>
        <translation>配合 --audit：计入的设施；可重复。[默认：所有真实设施图层]</translation>
    </message>
    <message>
        <source>The standard of --audit.</source>
        <translation>--audit 所用的标准。</translation>
    </message>
    <message>
        <source>With --audit: areas that get a score card each.</source>
        <translation>配合 --audit：逐个评分的单元。</translation>
    </message>
    <message>
        <source>With --audit: show one rule and the area that it leaves out.</source>
        <translation>配合 --audit：只显示一条规定及其盲区。</translation>
    </message>
    <message>
        <source>How was this computed?</source>
        <translation>此结果如何算得？</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dwelling</source>
        <translation>住宅</translation>
    </message>
    <message>
        <source>Drawing circles and walks</source>
        <translation>正在绘制直线圈与步行范围</translation>
    </message>
    <message>
        <source>radius {metres} m</source>
        <translation>半径 {metres} 米</translation>
    </message>
    <message>
        <source>--hidden-kind needs a layer.</source>
        <translation>--hidden-kind 需要图层。</translation>
    </message>
    <message>
        <source>Give --hidden LAYER too.</source>
        <translation>请同时给出 --hidden 图层。</translation>
    </message>
    <message>
        <source>What of the circle is reached</source>
        <translation>直线圈内实际可达</translation>
    </message>
    <message>
        <source>People in the circle who are reached</source>
        <translation>直线圈内实际可达人口</translation>
    </message>
    <message>
        <source>Area lost, worst first</source>
        <translation>损失面积（由高到低）</translation>
    </message>
    <message>
        <source>Facilities by the share of area lost</source>
        <translation>设施按损失面积占比分布</translation>
    </message>
    <message>
        <source>In the circle, not reached</source>
        <translation>圈内而不可达</translation>
    </message>
    <message>
        <source>Reached along level streets only</source>
        <translation>仅按平路可达</translation>
    </message>
    <message>
        <source>Reached on slopes and stairs</source>
        <translation>计坡道与台阶可达</translation>
    </message>
    <message>
        <source>How much of the straight circle can really be walked?</source>
        <translation>直线圈内有多少地方真正走得到？</translation>
    </message>
    <message>
        <source>Choose facilities to compare their circles with walks, on slopes too.</source>
        <translation>选择设施，将其直线圈与步行范围（含坡道）对照。</translation>
    </message>
    <message>
        <source>{places}: circle of {metres} m</source>
        <translation>{places}：{metres} 米直线圈</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>损失大的在前</translation>
    </message>
    <message>
        <source>Round which facilities?</source>
        <translation>围绕哪些设施？</translation>
    </message>
    <message>
        <source>Kind or tier</source>
        <translation>类别或生活圈层级</translation>
    </message>
    <message>
        <source>Who lives there?</source>
        <translation>计入哪些住宅的人口？</translation>
    </message>
    <message>
        <source>Straight circle (km²)</source>
        <translation>直线圈（平方公里）</translation>
    </message>
    <message>
        <source>Along streets (km²)</source>
        <translation>沿道路（平方公里）</translation>
    </message>
    <message>
        <source>With slopes (km²)</source>
        <translation>计坡道（平方公里）</translation>
    </message>
    <message>
        <source>Lost along streets</source>
        <translation>沿道路损失</translation>
    </message>
    <message>
        <source>Lost with slopes</source>
        <translation>计坡道损失</translation>
    </message>
    <message>
        <source>Walk on slopes</source>
        <translation>坡道步行时间</translation>
    </message>
    <message>
        <source>Nobody is counted</source>
        <translation>不计人口</translation>
    </message>
    <message>
        <source>People lost</source>
        <translation>损失人口</translation>
    </message>
    <message>
        <source>Also show what circles round its places hide.</source>
        <translation>另显示该图层各处直线圈掩盖了什么。</translation>
    </message>
    <message>
        <source>With --hidden: only places of this kind; may be repeated.</source>
        <translation>配合 --hidden：只计此类；可重复。</translation>
    </message>
    <message>
        <source>Radius of the circles of --hidden.</source>
        <translation>--hidden 直线圈的半径。</translation>
    </message>
    <message>
        <source>With --hidden: homes whose people are lost.</source>
        <translation>配合 --hidden：统计损失人口的住宅。</translation>
    </message>
    <message>
        <source>With --hidden-homes: column of people, or of floor area in m².</source>
        <translation>配合 --hidden-homes：人口列，或以平方米计的建筑面积列。</translation>
    </message>
    <message>
        <source>Searching for a first plan</source>
        <translation>正在寻找初始方案</translation>
    </message>
    <message>
        <source>Auditing before and after</source>
        <translation>正在评估前后变化</translation>
    </message>
    <message>
        <source>Where to build</source>
        <translation>设施选址</translation>
    </message>
    <message>
        <source>best plan so far: {value}, at most {gap} from the best</source>
        <translation>目前最好的方案：{value}，与最优至多相差 {gap}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>With the plan</source>
        <translation>方案后</translation>
    </message>
    <message>
        <source>With all candidates</source>
        <translation>全部候选点</translation>
    </message>
    <message>
        <source>People by the way to the nearest site, today</source>
        <translation>人口按到最近设施的路程分布（现状）</translation>
    </message>
    <message>
        <source>People by the way to the nearest site, with the plan</source>
        <translation>人口按到最近设施的路程分布（方案后）</translation>
    </message>
    <message>
        <source>Site {number}</source>
        <translation>新址 {number}</translation>
    </message>
    <message>
        <source>People served</source>
        <translation>服务人口占比</translation>
    </message>
    <message>
        <source>Whom each new site is nearest to</source>
        <translation>各新址就近服务的人口</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>New sites</source>
        <translation>新址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>处置</translation>
    </message>
    <message>
        <source>Served today</source>
        <translation>现状已服务</translation>
    </message>
    <message>
        <source>Served with the plan only</source>
        <translation>方案后新增服务</translation>
    </message>
    <message>
        <source>Not served</source>
        <translation>未服务</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>设施点</translation>
    </message>
    <message>
        <source>Proven: no plan is better</source>
        <translation>已证明：没有更好的方案</translation>
    </message>
    <message>
        <source>Served with the plan</source>
        <translation>方案后服务</translation>
    </message>
    <message>
        <source>Value of the plan</source>
        <translation>方案目标值</translation>
    </message>
    <message>
        <source>Bound that no plan can better</source>
        <translation>任何方案不可超越的界</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>差距</translation>
    </message>
    <message>
        <source>Audit before and after</source>
        <translation>前后评估</translation>
    </message>
    <message>
        <source>Where should new facilities stand, and can any plan do better?</source>
        <translation>新设施建在哪里？还有更好的方案吗？</translation>
    </message>
    <message>
        <source>Homes within {metres} m of a site</source>
        <translation>设施 {metres} 米内的住宅</translation>
    </message>
    <message>
        <source>Gap {gap}</source>
        <translation>差距 {gap}</translation>
    </message>
    <message>
        <source>Facilities that exist</source>
        <translation>现有设施</translation>
    </message>
    <message>
        <source>Where may they stand?</source>
        <translation>可以建在哪里？</translation>
    </message>
    <message>
        <source>Most people served, for a number of sites</source>
        <translation>给定数量，服务人口最多</translation>
    </message>
    <message>
        <source>Fewest sites for a share of the people</source>
        <translation>达到覆盖率，新址最少</translation>
    </message>
    <message>
        <source>Least mean way, for a number of sites</source>
        <translation>给定数量，平均路程最短</translation>
    </message>
    <message>
        <source>Least longest way, for a number of sites</source>
        <translation>给定数量，最远路程最短</translation>
    </message>
    <message>
        <source>What for?</source>
        <translation>以什么为目标？</translation>
    </message>
    <message>
        <source>Longest way</source>
        <translation>最远路程</translation>
    </message>
    <message>
        <source>How many new sites?</source>
        <translation>新建几处？</translation>
    </message>
    <message>
        <source>Share of the people to serve (%)</source>
        <translation>要服务的人口占比（%）</translation>
    </message>
    <message>
        <source>What becomes of those that exist?</source>
        <translation>现有设施如何处置？</translation>
    </message>
    <message>
        <source>How long to search?</source>
        <translation>搜索多久？</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>最优性</translation>
    </message>
    <message>
        <source>Solver</source>
        <translation>求解器</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选点</translation>
    </message>
    <message>
        <source>proven best</source>
        <translation>已证明最优</translation>
    </message>
    <message>
        <source>not proven</source>
        <translation>尚未证明</translation>
    </message>
    <message>
        <source>They stay</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>They may be closed</source>
        <translation>可以关闭</translation>
    </message>
    <message>
        <source>{seconds} seconds</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Audit within {limit}</source>
        <translation>{limit} 内覆盖率</translation>
    </message>
    <message>
        <source>New site</source>
        <translation>新址</translation>
    </message>
    <message>
        <source>Anywhere, a point every {metres} m</source>
        <translation>不限，每 {metres} 米一点</translation>
    </message>
    <message>
        <source>Also show where new sites serve most of these homes.</source>
        <translation>另显示新建设施在何处最能服务这些住宅。</translation>
    </message>
    <message>
        <source>With --siting: column of people, or of floor area in m².</source>
        <translation>配合 --siting：人口列，或以平方米计的建筑面积列。</translation>
    </message>
    <message>
        <source>With --siting: facilities that exist.</source>
        <translation>配合 --siting：现有设施。</translation>
    </message>
    <message>
        <source>With --siting-facilities: only this kind; may be repeated.</source>
        <translation>配合 --siting-facilities：只计此类；可重复。</translation>
    </message>
    <message>
        <source>With --siting: how many new sites.</source>
        <translation>配合 --siting：新建几处。</translation>
    </message>
    <message>
        <source>With --siting: how long to search.</source>
        <translation>配合 --siting：搜索多久。</translation>
    </message>
    <message>
        <source>Measures of access</source>
        <translation>可达性指标</translation>
    </message>
    <message>
        <source>up to {high} {unit}</source>
        <translation>至多 {high} {unit}</translation>
    </message>
    <message>
        <source>{low} to {high} {unit}</source>
        <translation>{low}–{high} {unit}</translation>
    </message>
    <message>
        <source>over {low} {unit}</source>
        <translation>超过 {low} {unit}</translation>
    </message>
    <message>
        <source>all alike</source>
        <translation>全部相同</translation>
    </message>
    <message>
        <source>--measures needs places.</source>
        <translation>--measures 需要目的地图层。</translation>
    </message>
    <message>
        <source>Give --measures-to LAYER too.</source>
        <translation>请同时给出 --measures-to 图层。</translation>
    </message>
    <message>
        <source>People by access</source>
        <translation>人口按可达性分布</translation>
    </message>
    <message>
        <source>Homes by access</source>
        <translation>住宅按可达性分布</translation>
    </message>
    <message>
        <source>share of people, from those with least</source>
        <translation>人口累计占比（由低到高）</translation>
    </message>
    <message>
        <source>share of access</source>
        <translation>可达性累计占比</translation>
    </message>
    <message>
        <source>How evenly access is shared (Lorenz)</source>
        <translation>可达性分配的均衡程度（洛伦兹曲线）</translation>
    </message>
    <message>
        <source>Least access first</source>
        <translation>可达性低的在前</translation>
    </message>
    <message>
        <source>step</source>
        <translation>阶跃</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>logistic</source>
        <translation>逻辑斯蒂</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>How much can each home reach, and how evenly is it shared?</source>
        <translation>每处住宅能到达多少设施？分配是否均衡？</translation>
    </message>
    <message>
        <source>Choose homes and places, or show the schematic sample: its estates and facilities are made up.</source>
        <translation>请选择住宅与目的地，或显示示意样例：其中的小区与设施均为虚构。</translation>
    </message>
    <message>
        <source>To what?</source>
        <translation>到达什么？</translation>
    </message>
    <message>
        <source>By which measure?</source>
        <translation>用哪项指标？</translation>
    </message>
    <message>
        <source>How places count by time</source>
        <translation>随时间如何衰减</translation>
    </message>
    <message>
        <source>How many of the nearest</source>
        <translation>取最近的几处</translation>
    </message>
    <message>
        <source>Also show how much access these homes have.</source>
        <translation>另显示这些住宅的可达性。</translation>
    </message>
    <message>
        <source>With --measures: column of people, or of floor area in m².</source>
        <translation>配合 --measures：人口列，或以平方米计的建筑面积列。</translation>
    </message>
    <message>
        <source>With --measures: places to reach.</source>
        <translation>配合 --measures：目的地。</translation>
    </message>
    <message>
        <source>With --measures-to: only this kind; may be repeated.</source>
        <translation>配合 --measures-to：只计此类；可重复。</translation>
    </message>
    <message>
        <source>With --measures: cumulative, nearest, gravity, 2sfca …</source>
        <translation>配合 --measures：cumulative、nearest、gravity、2sfca 等。</translation>
    </message>
    <message>
        <source>With --measures: longest time.</source>
        <translation>配合 --measures：最长时间。</translation>
    </message>
    <message>
        <source>No place is chosen to work at.</source>
        <translation>尚未选定工作地点。</translation>
    </message>
    <message>
        <source>Set the pin on the map, then take it as the place.</source>
        <translation>请先在图上设定起点，再取为该地点。</translation>
    </message>
    <message>
        <source>Commute and housing</source>
        <translation>通勤与居住</translation>
    </message>
    <message>
        <source>No places are chosen that are there already.</source>
        <translation>尚未选择已有的同类地点。</translation>
    </message>
    <message>
        <source>Choose a layer.</source>
        <translation>请选择图层。</translation>
    </message>
    <message>
        <source>Give --housing-at LON,LAT too.</source>
        <translation>请同时给出 --housing-at 经度,纬度。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>People by class</source>
        <translation>人口按等级分布</translation>
    </message>
    <message>
        <source>Homes by class</source>
        <translation>住宅按等级分布</translation>
    </message>
    <message>
        <source>{minutes} min saved or more</source>
        <translation>节省 {minutes} 分钟及以上</translation>
    </message>
    <message>
        <source>{low} to {high} min saved</source>
        <translation>节省 {low}–{high} 分钟</translation>
    </message>
    <message>
        <source>nothing saved</source>
        <translation>没有节省</translation>
    </message>
    <message>
        <source>Minutes saved by the new place</source>
        <translation>新址节省的分钟数</translation>
    </message>
    <message>
        <source>Minutes to the place</source>
        <translation>到该地点的分钟数</translation>
    </message>
    <message>
        <source>Today (min)</source>
        <translation>现状（分钟）</translation>
    </message>
    <message>
        <source>Saved (min)</source>
        <translation>节省（分钟）</translation>
    </message>
    <message>
        <source>The best first</source>
        <translation>好的在前</translation>
    </message>
    <message>
        <source>I work here: where could I live? A lab opens here: who gains?</source>
        <translation>我在这里上班，可以住在哪里？这里开一个实验室，谁受益？</translation>
    </message>
    <message>
        <source>Choose homes, set the pin where one works or where the lab opens, and take it as the place.</source>
        <translation>选择住宅，在图上设定上班处或新实验室所在，并取为该地点。</translation>
    </message>
    <message>
        <source>Which homes?</source>
        <translation>哪些住宅？</translation>
    </message>
    <message>
        <source>Take the pin as the place</source>
        <translation>取起点为该地点</translation>
    </message>
    <message>
        <source>Places that are there already</source>
        <translation>已有的同类地点</translation>
    </message>
    <message>
        <source>The fastest of</source>
        <translation>取其中最快的方式</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快方式</translation>
    </message>
    <message>
        <source>Where could I live?</source>
        <translation>可以住在哪里？</translation>
    </message>
    <message>
        <source>Who gains?</source>
        <translation>谁受益？</translation>
    </message>
    <message>
        <source>Homes that gain a minute or more</source>
        <translation>节省一分钟以上的住宅</translation>
    </message>
    <message>
        <source>People who gain</source>
        <translation>受益人口</translation>
    </message>
    <message>
        <source>Rank homes by the minutes to labs, parks and services, by the fastest of the modes.</source>
        <translation>按到科研平台、公园、公共服务的分钟数（取最快方式）为住宅排名。</translation>
    </message>
    <message>
        <source>Homes; may be repeated.</source>
        <translation>住宅；可重复。</translation>
    </message>
    <message>
        <source>What they need, each on its own; may be repeated.  [default: labs, parks, services]</source>
        <translation>住宅所需的各类地点，逐类计算；可重复。[默认：labs、parks、services]</translation>
    </message>
    <message>
        <source>Scenario of the lines that run; several stand beside each other.</source>
        <translation>运行线路的情景；给出多个则并列对照。</translation>
    </message>
    <message>
        <source>Also show how far these homes are from a place, or who gains by it.</source>
        <translation>另显示这些住宅到某地点的时间，或谁因其受益。</translation>
    </message>
    <message>
        <source>With --housing: column of people, or of floor area in m².</source>
        <translation>配合 --housing：人口列，或以平方米计的建筑面积列。</translation>
    </message>
    <message>
        <source>With --housing: where one works, or where the new place opens.</source>
        <translation>配合 --housing：上班处，或新址所在。</translation>
    </message>
    <message>
        <source>With --housing: who gains by one more place of this layer.</source>
        <translation>配合 --housing：该图层增加一处时谁受益。</translation>
    </message>
    <message>
        <source>Save tables and map…</source>
        <translation>保存表格与地图…</translation>
    </message>
    <message>
        <source>Save tables and map</source>
        <translation>保存表格与地图</translation>
    </message>
    <message>
        <source>Workbooks</source>
        <translation>工作簿</translation>
    </message>
    <message>
        <source>Saving {path} …</source>
        <translation>正在保存 {path} …</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>A standard of one’s own…</source>
        <translation>自己的标准文件…</translation>
    </message>
    <message>
        <source>Standards</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Open a standard</source>
        <translation>打开标准文件</translation>
    </message>
    <message>
        <source>best plan so far: {value}; how near it is to the best isn’t known yet</source>
        <translation>目前最好的方案：{value}；离最优尚差多少还不清楚</translation>
    </message>
    <message>
        <source>not known: no bound was found in the time</source>
        <translation>不清楚：时限内未得出界</translation>
    </message>
    <message>
        <source>{gap}</source>
        <translation>{gap}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>Stop and keep the best plan so far</source>
        <translation>停止并采用目前最好的方案</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{seconds} s: {value}; how near it is to the best isn’t known yet</source>
        <translation>{seconds} 秒：{value}；离最优尚差多少还不清楚</translation>
    </message>
    <message>
        <source>Not proven: no bound was found in the time, so how near it is isn’t known.</source>
        <translation>未证明：时限内未得出界，离最优尚差多少不清楚。</translation>
    </message>
    <message>
        <source>Output file: the layers sites, homes and ways, or tables and a map.</source>
        <translation>输出文件：sites、homes、ways 三个图层，或表格与地图。</translation>
    </message>
    <message>
        <source>The search was ended before its time; the gap is that of then.</source>
        <translation>计算提前结束；差距为结束时的数值。</translation>
    </message>
    <message>
        <source>Sites of the plan</source>
        <translation>方案中的点位</translation>
    </message>
    <message>
        <source>Homes before and after</source>
        <translation>各居住地前后对照</translation>
    </message>
    <message>
        <source>Homes served today (blue), with the plan only (yellow), and not</source>
        <translation>住区：目前已服务（蓝）、方案后才服务（黄）、未服务</translation>
    </message>
</context>
</TS>
