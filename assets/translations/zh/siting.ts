<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>siting</name>
    <message>
        <source>{count} new sites: within {limit} of one live {before} of the people today, {after} with the plan.</source>
        <translation>新建 {count} 处：{limit}内有设施的人口由现状 {before} 增至 {after}。</translation>
    </message>
    <message>
        <source>{count} candidates are too many; the limit is {most}.</source>
        <translation>候选点 {count} 个过多，上限为 {most} 个。</translation>
    </message>
    <message>
        <source>Use a wider grid, or fewer candidates.</source>
        <translation>请加大网格间距，或减少候选点。</translation>
    </message>
    <message>
        <source>A grid of {value} m can't be used (10 to 100,000 are possible).</source>
        <translation>网格间距 {value} 米不可用（可为 10 至 100,000）。</translation>
    </message>
    <message>
        <source>Change the step of the grid.</source>
        <translation>请修改网格间距。</translation>
    </message>
    <message>
        <source>The plan is to serve {share} of the people; all sites together serve {best}.</source>
        <translation>要求覆盖 {share} 的人口，而全部设施与候选点合计只能覆盖 {best}。</translation>
    </message>
    <message>
        <source>Lower the share, allow a longer way, or offer more candidates.</source>
        <translation>请降低比例、放宽距离，或提供更多候选点。</translation>
    </message>
    <message>
        <source>No choice of sites keeps all limits.</source>
        <translation>没有满足全部限制的选址方案。</translation>
    </message>
    <message>
        <source>Allow more sites, a larger budget, less spacing or a smaller share.</source>
        <translation>请增加设施数量或预算，减小最小间距或降低比例。</translation>
    </message>
    <message>
        <source>No plan was found in {seconds} s; that doesn't mean that there is none.</source>
        <translation>{seconds} 秒内未找到方案；这不表示没有方案。</translation>
    </message>
    <message>
        <source>Allow more time, or fewer candidates.</source>
        <translation>请延长时间，或减少候选点。</translation>
    </message>
    <message>
        <source>There are no candidates.</source>
        <translation>没有候选点。</translation>
    </message>
    <message>
        <source>Choose another layer, or a grid.</source>
        <translation>请选择其他图层，或用网格。</translation>
    </message>
    <message>
        <source>The tables can't be used</source>
        <translation>数据表不可用</translation>
    </message>
    <message>
        <source>nobody lives in any of the homes</source>
        <translation>所有住处的人口均为 0</translation>
    </message>
    <message>
        <source>there are no homes</source>
        <translation>没有住处</translation>
    </message>
    <message>
        <source>{who}: no number of people from 0 up</source>
        <translation>{who}：人口不是 0 或更大的数</translation>
    </message>
    <message>
        <source>no site has a column {column}</source>
        <translation>设施与候选点均无 {column} 列</translation>
    </message>
    <message>
        <source>{who}: no {column} from 0 up</source>
        <translation>{who}：{column} 不是 0 或更大的数</translation>
    </message>
    <message>
        <source>the aim “{value}” (fewest, most, mean, worst)</source>
        <translation>目标“{value}”（可为 fewest、most、mean、worst）</translation>
    </message>
    <message>
        <source>metres and minutes: give one of the two</source>
        <translation>米与分钟只能给出一个，且必须给出一个</translation>
    </message>
    <message>
        <source>{value} metres (10 to 100,000 are possible)</source>
        <translation>{value} 米（可为 10 至 100,000）</translation>
    </message>
    <message>
        <source>a spacing of {value} m (0 to 100,000 are possible)</source>
        <translation>间距 {value} 米（可为 0 至 100,000）</translation>
    </message>
    <message>
        <source>a search of {value} s (1 to 86,400 are possible)</source>
        <translation>求解时间 {value} 秒（可为 1 至 86,400）</translation>
    </message>
    <message>
        <source>a share of {value} (0 to 1 are possible)</source>
        <translation>比例 {value}（可为 0 至 1）</translation>
    </message>
    <message>
        <source>Candidates that no street is near enough to: {count}</source>
        <translation>附近没有道路的候选点：{count} 处</translation>
    </message>
    <message>
        <source>{value} sites (1 or more are possible)</source>
        <translation>设施数量 {value}（须为 1 或更大）</translation>
    </message>
    <message>
        <source>a budget of {value} (0 or more is possible)</source>
        <translation>预算 {value}（可为 0 或更大）</translation>
    </message>
    <message>
        <source>a number of sites is needed for this aim</source>
        <translation>该目标须给出设施数量</translation>
    </message>
    <message>
        <source>capacity and shares of units go with the aims fewest and most only</source>
        <translation>容量与分单元比例只适用于 fewest 和 most 两种目标</translation>
    </message>
    <message>
        <source>existing facilities “{value}” (kept, closable)</source>
        <translation>现有设施“{value}”（可为 kept、closable）</translation>
    </message>
    <message>
        <source>up to {minutes} min at {speed} km/h</source>
        <translation>{minutes} 分钟以内，步行 {speed} 公里/小时</translation>
    </message>
    <message>
        <source>End the name in .gpkg.</source>
        <translation>文件名请以 .gpkg 结尾。</translation>
    </message>
    <message>
        <source>{seconds} s: {value}, at most {gap} from the best</source>
        <translation>{seconds} 秒：{value}，与最优相差不超过 {gap}</translation>
    </message>
    <message>
        <source>{count} sites</source>
        <translation>{count} 处</translation>
    </message>
    <message>
        <source>{count} people</source>
        <translation>{count} 人</translation>
    </message>
    <message>
        <source>{metres} m</source>
        <translation>{metres} 米</translation>
    </message>
    <message>
        <source>{new} new sites: {before} of the people are served today, {after} with them.</source>
        <translation>新增 {new} 处：目前覆盖 {before} 的人口，新增后覆盖 {after}。</translation>
    </message>
    <message>
        <source>up to {metres} m along streets</source>
        <translation>沿道路 {metres} 米以内</translation>
    </message>
    <message>
        <source>{count} of the facilities that exist are closed.</source>
        <translation>关闭现有设施 {count} 处。</translation>
    </message>
    <message>
        <source>Mean way: {value}.</source>
        <translation>平均路程：{value}。</translation>
    </message>
    <message>
        <source>Longest way: {value}.</source>
        <translation>最远路程：{value}。</translation>
    </message>
    <message>
        <source>Proven: no plan is better ({candidates} candidates).</source>
        <translation>已证明最优：没有更好的方案（候选点 {candidates} 个）。</translation>
    </message>
    <message>
        <source>Not proven: the best plan may be up to {gap} better (bound: {bound}).</source>
        <translation>未证明最优：最优方案至多好 {gap}（界：{bound}）。</translation>
    </message>
    <message>
        <source>The share of {share} isn't reached; all candidates together serve {best}.</source>
        <translation>未达到 {share}；全部候选点合计可覆盖 {best}。</translation>
    </message>
    <message>
        <source>The homes don't say how many people live there: each counts one.</source>
        <translation>住处数据没有人口：每处按 1 计。</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>The first {count} are shown; -o FILE has all.</source>
        <translation>此处列出前 {count} 处；-o 文件含全部。</translation>
    </message>
    <message>
        <source>No street is near enough to: {names}.</source>
        <translation>附近没有道路：{names}。</translation>
    </message>
    <message>
        <source>Facilities that exist; may be repeated.  [default: none]</source>
        <translation>现有设施，可多次给出。[默认：无]</translation>
    </message>
    <message>
        <source>Where new ones may stand, as free parcels; may be repeated.</source>
        <translation>可新建的位置，如空闲地块，可多次给出。</translation>
    </message>
    <message>
        <source>Metres between grid points.</source>
        <translation>网格点间距（米）。</translation>
    </message>
    <message>
        <source>Fewest sites for a share, most people, least mean or least worst way.  [default: fewest; with --sites most]</source>
        <translation>达到比例的最少设施、覆盖最多人口、平均路程最短或最远路程最短。[默认：fewest；给出 --sites 时为 most]</translation>
    </message>
    <message>
        <source>Share of the people to serve.</source>
        <translation>须覆盖的人口比例。</translation>
    </message>
    <message>
        <source>How many sites there may be.</source>
        <translation>最多可设多少处。</translation>
    </message>
    <message>
        <source>Longest way along streets.  [default: 500]</source>
        <translation>沿道路的最远距离（米）。[默认：500]</translation>
    </message>
    <message>
        <source>Longest way in minutes, instead of metres.</source>
        <translation>以分钟计的最远路程，代替米。</translation>
    </message>
    <message>
        <source>Whether facilities that exist stay, or may be closed.</source>
        <translation>现有设施保留，或可以关闭。</translation>
    </message>
    <message>
        <source>What all may cost, by the column cost of candidates.</source>
        <translation>总费用上限，按候选点的 cost 列计。</translation>
    </message>
    <message>
        <source>Least distance between sites.</source>
        <translation>设施之间的最小间距（米）。</translation>
    </message>
    <message>
        <source>Areas of which each must be served.</source>
        <translation>须分别满足比例的单元（面）。</translation>
    </message>
    <message>
        <source>Share of the people of each unit to serve.</source>
        <translation>每个单元须覆盖的人口比例。</translation>
    </message>
    <message>
        <source>A site serves as many as its column places says.</source>
        <translation>每处设施服务的人数不超过其 places 列。</translation>
    </message>
    <message>
        <source>Longest search for a plan.</source>
        <translation>求解时间上限（秒）。</translation>
    </message>
    <message>
        <source>Say where new facilities should stand, and prove that fewer or others won't do better.</source>
        <translation>给出新设施的选址，并证明更少或其他位置不会更好。</translation>
    </message>
</context>
</TS>
