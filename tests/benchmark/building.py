"""Building a network from OpenStreetMap, and opening a large one, beside OSMnx; each on its own.

Run as ``python -m tests.benchmark.building [IN.osm.pbf]``; without a file the streets are those
of Helsinki. OSMnx reads XML only, so the streets are written as such first, which isn't counted.
Every step runs in a process of its own, in turn: seconds of the processors, most memory, memory
at the end. It measures; it never fails on a time.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROUNDS = 3
MILLION = 1_000_000
SPEED_KMH = 4.8


def build_own(source: str, target: str) -> str:
    """Build a network file for one mode, as the peer does, or for all."""
    from sandbox.sources.osm.build import build_osm
    from sandbox.streets.sandnet import save

    streets = build_osm(source)
    save(streets, target)
    return f"{len(streets.node_xy):,} nodes, {len(streets.segment_nodes):,} segments, three modes"


def build_osmnx(source: str, target: str) -> str:
    """Build the peer's graph with its speeds and times, and save it."""
    import osmnx

    osmnx.settings.useful_tags_way += ["foot", "bicycle", "maxspeed"]
    graph = osmnx.graph_from_xml(source, simplify=False, retain_all=False)
    graph = osmnx.add_edge_travel_times(osmnx.add_edge_speeds(graph))
    osmnx.save_graphml(graph, target)
    return f"{len(graph):,} nodes, {graph.number_of_edges():,} directed edges, no modes"


def open_large(source: str, _: str) -> str:
    """Open a large network file."""
    nothing("", "")
    from sandbox.streets.sandnet import load

    streets = load(source)
    return f"{len(streets.node_xy):,} nodes"


def ask_large(source: str, _: str) -> str:
    """Open a large network file, and reach 15 minutes on foot, by bike and by car."""
    from sandbox.analysis.isochrone import isochrone
    from sandbox.engine.network import Network
    from sandbox.streets.travel import Travel

    network = Network.open(source)
    west, south, east, north = network.bounds_lonlat
    for mode in network.modes:
        isochrone(network, ((west + east) / 2, (south + north) / 2), [15], Travel(mode), snap_m=5e3)
    return f"{len(network.streets.node_xy):,} nodes, {', '.join(network.modes)}"


def nothing(_: str, __: str) -> str:
    """Bring in what the others do, and no more."""
    import sandbox.analysis.isochrone
    import sandbox.streets.sandnet

    return sandbox.streets.sandnet.__name__


STEPS: dict[str, Callable[[str, str], str]] = {
    one.__name__: one for one in (build_own, build_osmnx, nothing, open_large, ask_large)
}


def alone(step: str, source: Path, target: Path) -> dict[str, object]:
    """Run a step in a process of its own and return what it says of itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmark.building", "--step", step, source, target],
        check=True,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    return json.loads(done.stdout.splitlines()[-1])


def told(step: str, source: str, target: str) -> str:
    """Do a step and tell what it took."""
    begun = time.perf_counter(), time.process_time()
    said = STEPS[step](source, target)
    # Not `resource`: what that calls the most holds what the parent had.
    status = Path("/proc/self/status").read_text().splitlines()
    kb = {line.split(":")[0]: line.split() for line in status}
    return json.dumps(
        {
            "said": said,
            "wall_s": time.perf_counter() - begun[0],
            "cpu_s": time.process_time() - begun[1],
            "peak_mb": int(kb["VmHWM"][1]) / 1000,
            "after_mb": int(kb["VmRSS"][1]) / 1000,
        }
    )


def table(title: str, rows: dict[str, tuple[str, Path, Path]]) -> str:
    """Run the rows in turn and return their medians."""
    found: dict[str, list[dict[str, object]]] = {name: [] for name in rows}
    for _ in range(ROUNDS):
        for name, (step, source, target) in rows.items():
            found[name].append(alone(step, source, target))
    lines = [
        f"**{title}**",
        "",
        "| | s | s of processors | most MB | MB after | |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for name, runs in found.items():
        figures = [
            float(np.median([run[key] for run in runs]))
            for key in ("wall_s", "cpu_s", "peak_mb", "after_mb")
        ]
        lines.append(
            f"| {name} | {figures[0]:.2f} | {figures[1]:.2f} | {figures[2]:.0f} |"
            f" {figures[3]:.0f} | {runs[0]['said']} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measure, and print the tables as Markdown."""
    import osmium

    from sandbox.streets.sandnet import load, save
    from tests.benchmark.engine import laid_together
    from tests.support.real import helsinki_file

    source = Path(arguments[0]) if arguments else helsinki_file()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        xml, own = folder / "streets.osm", folder / "own.sandnet"
        known: set[int] = set()
        with osmium.SimpleWriter(str(xml)) as writer:
            for thing in osmium.FileProcessor(str(source)):
                if thing.is_node():
                    known.add(thing.id)
                    writer.add(thing)
                elif thing.is_way() and "highway" in thing.tags:
                    # It refuses ways that lead out of the extract.
                    inside = [node.ref for node in thing.nodes if node.ref in known]
                    writer.add(thing.replace(nodes=inside))
        built = {
            "sandbox": ("build_own", source, own),
            "OSMnx graph_from_xml": ("build_osmnx", xml, folder / "peer.graphml"),
        }
        print(table(f"Building, {source.name}", built), end="\n\n", flush=True)
        large = folder / "large.sandnet"
        save(laid_together(load(own), MILLION).streets, large)
        opened = {
            "nothing": ("nothing", large, large),
            "opened": ("open_large", large, large),
            "opened and asked": ("ask_large", large, large),
        }
        size = large.stat().st_size / 1e6
        print(table(f"A network file of {size:.1f} MB", opened), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(told(*sys.argv[2:]))
    else:
        main(sys.argv[1:])
