<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>chunks</name>
    <message>
        <source>{pairs} pairs are too many to print; the limit is {most}.</source>
        <translation>{pairs} 对太多，无法打印；上限为 {most}。</translation>
    </message>
    <message>
        <source>Give -o OUT.csv or OUT.parquet, or --into FOLDER.</source>
        <translation>请给出 -o OUT.csv 或 OUT.parquet，或 --into 文件夹。</translation>
    </message>
    <message>
        <source>For many origins: one Parquet a chunk in this folder, on all processors; the same command goes on where it was stopped.</source>
        <translation>起点很多时：每批结果存为此文件夹中的一个 Parquet 文件，用上全部处理器；中断后重复同一命令即可继续。</translation>
    </message>
    <message>
        <source>With --into: origins at a time.</source>
        <translation>配合 --into：每批起点数。</translation>
    </message>
    <message>
        <source>With --into: processes.  [default: one a processor]</source>
        <translation>配合 --into：进程数。[默认：每个处理器一个]</translation>
    </message>
    <message>
        <source>{option} needs a folder.</source>
        <translation>{option} 需要文件夹。</translation>
    </message>
    <message>
        <source>Give --into FOLDER too.</source>
        <translation>请同时给出 --into 文件夹。</translation>
    </message>
    <message>
        <source>--into writes its own tables.</source>
        <translation>--into 自行写出表格。</translation>
    </message>
    <message>
        <source>Give either --into or --output, not both.</source>
        <translation>--into 与 --output 只能给一个。</translation>
    </message>
    <message>
        <source>Stopped: {done} of {count} chunks are in {folder}. The same command goes on.</source>
        <translation>已中断：{count} 批中有 {done} 批存于 {folder}。重复同一命令即可继续。</translation>
    </message>
    <message>
        <source>{done} of {count} chunks</source>
        <translation>{count} 批中已完成 {done} 批</translation>
    </message>
    <message>
        <source>{done} of {count} chunks; too early to say how long the rest takes</source>
        <translation>{count} 批中已完成 {done} 批；剩余时间尚不能判断</translation>
    </message>
    <message>
        <source>{done} of {count} chunks, about {most} left</source>
        <translation>{count} 批中已完成 {done} 批，约剩 {most}</translation>
    </message>
    <message>
        <source>{done} of {count} chunks, {least} to {most} left</source>
        <translation>{count} 批中已完成 {done} 批，还需 {least}至 {most}</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>Origins: {rows}. Chunks: {count}, {made} of them made now, in {seconds} s.</source>
        <translation>{rows} 个起点分 {count} 批，本次完成 {made} 批，用时 {seconds} 秒。</translation>
    </message>
    <message>
        <source>The folder {folder} can't be used: {reason}.</source>
        <translation>文件夹 {folder} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Choose a folder that can be written to; the one around it must be there.</source>
        <translation>请选择可写入的文件夹；其上级文件夹须已存在。</translation>
    </message>
    <message>
        <source>{folder} holds other files.</source>
        <translation>{folder} 中有其他文件。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder.</source>
        <translation>请选择新的或空的文件夹。</translation>
    </message>
    <message>
        <source>{folder} holds another run: other {parts}.</source>
        <translation>{folder} 存有另一次计算，不同之处：{parts}。</translation>
    </message>
    <message>
        <source>Choose another folder, or empty this one to begin anew.</source>
        <translation>请另选文件夹，或清空此文件夹后重新开始。</translation>
    </message>
    <message>
        <source>{value} {what} ({low} to {high} are possible)</source>
        <translation>{value} {what}（可用 {low} 至 {high}）</translation>
    </message>
    <message>
        <source>origins a chunk</source>
        <translation>个起点每批</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>个进程</translation>
    </message>
    <message>
        <source>A worker ended {times} times before it had answered chunk {number}.</source>
        <translation>第 {number} 批尚未完成，工作进程已 {times} 次异常结束。</translation>
    </message>
    <message>
        <source>It may lack memory: give a smaller --chunk or fewer --workers.</source>
        <translation>可能内存不足：请减小 --chunk 或 --workers。</translation>
    </message>
    <message>
        <source>{measures} can't be calculated a chunk at a time: what a place has left depends on every home.</source>
        <translation>{measures} 不能分批计算：每处设施的余量取决于全部居住地。</translation>
    </message>
    <message>
        <source>Choose other measures, or omit --into.</source>
        <translation>请改用其他指标，或不用 --into。</translation>
    </message>
    <message>
        <source>streets</source>
        <translation>路网</translation>
    </message>
    <message>
        <source>places</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>facilities</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>origins</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>chunk</source>
        <translation>每批起点数</translation>
    </message>
    <message>
        <source>version of the program</source>
        <translation>程序版本</translation>
    </message>
    <message>
        <source>kind of question</source>
        <translation>问题类型</translation>
    </message>
    <message>
        <source>With --into: a Dask scheduler, as tcp://10.0.0.5:8786, whose workers calculate; they need the folder and the network file at the same paths.</source>
        <translation>配合 --into：Dask 调度器的地址，如 tcp://10.0.0.5:8786，由其工作进程计算；它们须能以相同路径访问此文件夹和路网文件。</translation>
    </message>
    <message>
        <source>A cluster has its own workers.</source>
        <translation>集群自有工作进程。</translation>
    </message>
    <message>
        <source>Give either --workers or --cluster, not both.</source>
        <translation>--workers 与 --cluster 只能给一个。</translation>
    </message>
    <message>
        <source>Calculating on a cluster needs the extra cluster, which isn't installed.</source>
        <translation>在集群上计算需要附加项 cluster，尚未安装。</translation>
    </message>
    <message>
        <source>Install it: pip install 'science-city-sandbox[cluster]'</source>
        <translation>请安装：pip install 'science-city-sandbox[cluster]'</translation>
    </message>
    <message>
        <source>No Dask scheduler answers at {address}.</source>
        <translation>{address} 处没有 Dask 调度器应答。</translation>
    </message>
    <message>
        <source>Start one: dask scheduler; it prints its address.</source>
        <translation>请启动一个：dask scheduler；它会显示自己的地址。</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} has no workers.</source>
        <translation>{address} 处的 Dask 调度器没有工作进程。</translation>
    </message>
    <message>
        <source>Start one on each machine: dask worker {address} --nthreads 1</source>
        <translation>请在每台机器上启动一个：dask worker {address} --nthreads 1</translation>
    </message>
    <message>
        <source>A chunk ended every worker that tried it.</source>
        <translation>有一批使每个尝试它的工作进程都意外结束。</translation>
    </message>
    <message>
        <source>They may lack memory: give a smaller --chunk.</source>
        <translation>可能内存不足：请减小 --chunk。</translation>
    </message>
    <message>
        <source>The workers at {address} can't answer: {reason}.</source>
        <translation>{address} 的工作进程无法计算：{reason}。</translation>
    </message>
    <message>
        <source>Each needs this program, the network file at the same path, and the folder.</source>
        <translation>每个工作进程都需要本程序、相同路径的路网文件以及该文件夹。</translation>
    </message>
    <message>
        <source>A worker has version {theirs} of the program, this is {ours}.</source>
        <translation>某工作进程的程序版本为 {theirs}，本机为 {ours}。</translation>
    </message>
    <message>
        <source>Install the same version everywhere.</source>
        <translation>请在各处安装同一版本。</translation>
    </message>
    <message>
        <source>A worker has other streets at {path}.</source>
        <translation>某工作进程在 {path} 处的路网不同。</translation>
    </message>
    <message>
        <source>Copy the network file to the same path on each machine.</source>
        <translation>请把路网文件复制到每台机器的相同路径。</translation>
    </message>
</context>
</TS>
