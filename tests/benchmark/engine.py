"""How fast a place's isochrones are made, beside other engines, in one run.

Run as ``python -m tests.benchmark.engine [FILE.sandnet] [--growth] [--no-peers]``. Without a
file the streets are those of Helsinki, laid side by side until there are 300,000
nodes. It measures; it never fails on a time. With ``--cpu-time`` single questions are
timed by the processors' time: for a machine that others use meanwhile.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sandbox.engine import contours
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachment
from sandbox.streets.sandnet import load, save
from sandbox.streets.streets import Streets
from sandbox.transit.warm import compile_kernels
from tests.support.real import helsinki
from tests.support.tiling import tiled
from tests.support.worlds import exact_area, overlap

MINUTES = (5, 10, 15)
CUTOFFS_MS = [60_000 * m for m in MINUTES]
SPEED_KMH = 4.8
REACH_M = 50.0
ORIGINS = 100
NODES = 300_000


@dataclass
class Table:
    """Rows of a measure, its median and 95th percentile, and the ratio to the first."""

    title: str
    rows: list[tuple[str, float, float, str]] = field(default_factory=list)

    def add(self, name: str, times_ms: Sequence[float], note: str = "") -> None:
        median, late = np.median(times_ms), np.percentile(times_ms, 95)
        self.rows.append((name, float(median), float(late), note))
        print(f"  … {name}: {median:.3f} ms", file=sys.stderr)

    @contextmanager
    def peer(self, name: str) -> Generator[None]:
        """Measure a peer; one that isn't installed, or fails here, has a row that says why."""
        try:
            yield
        except Exception as error:
            why = " ".join(f"{type(error).__name__}: {error}".split())[:120].replace("|", "/")
            self.rows.append((name, np.nan, np.nan, f"not measured: {why}"))
            print(f"  … {name}: {why}", file=sys.stderr)

    def lines(self) -> list[str]:
        """Return its rows for a table of all."""
        first = self.rows[0][1]
        titles = [self.title, *[""] * (len(self.rows) - 1)]
        return [
            f"| {title} | {name} | {_shown(median)} | {_shown(late)} "
            f"| {_shown(median / first, 1)} | {note} |"
            for title, (name, median, late, note) in zip(titles, self.rows, strict=True)
        ]


def _shown(figure: float, digits: int = 3) -> str:
    return "–" if np.isnan(figure) else f"{figure:.{digits}f}"


def one_table(tables: Sequence[Table]) -> str:
    """Return all measures as one table in Markdown."""
    head = ["| measure | engine | median ms | p95 ms | × | |", "|---|---|--:|--:|--:|---|"]
    return "\n".join([*head, *(line for table in tables for line in table.lines())])


def clock_s() -> float:
    """Return the seconds of the clock, or with ``--cpu-time`` of the processors for all threads."""
    return time.process_time() if "--cpu-time" in sys.argv else time.perf_counter()


def each_ms(ask: Callable[[int], object], count: int) -> list[float]:
    """Return the milliseconds of each of `count` questions, after one to warm up."""
    ask(0)
    gc.collect()
    times = []
    for i in range(count):
        begun = clock_s()
        ask(i)
        times.append((clock_s() - begun) * 1000)
    return times


def places(network: Network, count: int) -> np.ndarray:
    """Return nodes to start from that one leaves on foot, the same on every run."""
    # Real cities have nodes for cars alone, or ferries, where a walk can't begin.
    streets, graph = network.streets, network.graph("walk", SPEED_KMH)
    left = np.diff(graph.offsets)[: len(streets.node_xy)] > 0
    on_land = np.zeros(len(streets.node_xy), dtype=np.bool_)
    on_land[streets.segment_nodes[streets.walked_on].ravel()] = True
    return np.random.default_rng(11).choice(np.flatnonzero(left & on_land), count)


def at_node(network: Network, node: int) -> Attachment:
    x, y = network.streets.node_xy[node]
    return network.snap((float(x), float(y)), 500.0)


def said(network: Network) -> str:
    streets = network.streets
    return f"{len(streets.node_xy):,} nodes, {len(streets.segment_nodes):,} segments"


def searches(network: Network, with_peers: bool) -> Table:
    """Measure the search alone."""
    graph = network.graph("walk", SPEED_KMH)
    nodes = places(network, ORIGINS)
    starts = [at_node(network, n) for n in nodes]
    reached = np.median([len(search(graph, s, CUTOFFS_MS[-1]).node) for s in starts])
    table = Table(f"Search, {MINUTES[-1]} min on foot, {said(network)}")
    mine = each_ms(lambda i: search(graph, starts[i], CUTOFFS_MS[-1]), ORIGINS)
    table.add("sandbox", mine, f"{reached:.0f} nodes reached")
    if with_peers:
        from tests.benchmark import peers

        for name, made, count in (
            ("SciPy dijkstra(limit=)", peers.Scipy, ORIGINS),
            ("networkx", peers.Networkx, 40),
        ):
            with table.peer(name):
                peer = made(graph)
                table.add(
                    name, each_ms(lambda i, p=peer: p.search(int(nodes[i]), CUTOFFS_MS[-1]), count)
                )
    return table


def from_click(network: Network, lonlat: np.ndarray) -> list:
    """Do what a click does, from degrees to three nested areas."""
    x, y = geo.to_metric(lonlat, network.crs)
    start = network.snap((float(x), float(y)), 500.0)
    reached = search(network.graph("walk", SPEED_KMH), start, CUTOFFS_MS[-1])
    return [reached, contours.areas(reached, CUTOFFS_MS, REACH_M)]


def polygons(network: Network, with_peers: bool) -> Table:
    """Measure from the click to three areas, and how right they are."""
    nodes = places(network, ORIGINS)
    lonlat = geo.to_lonlat(network.streets.node_xy[nodes], network.crs)
    table = Table(f"Click to three areas ({', '.join(map(str, MINUTES))} min), {said(network)}")
    mine = each_ms(lambda i: from_click(network, lonlat[i]), ORIGINS)
    exact = []
    for i in range(5):
        reached, areas = from_click(network, lonlat[i])
        exact.append((areas[-1], exact_area(reached, CUTOFFS_MS[-1], REACH_M)))
    table.add("sandbox", mine, f"IoU {np.median([overlap(a, e) for a, e in exact]):.4f}")
    if with_peers:
        name = "Valhalla isochrone"
        with table.peer(name), tempfile.TemporaryDirectory() as folder:
            from tests.support.valhalla_peer import Valhalla

            peer = Valhalla(network.graph("walk", SPEED_KMH), Path(folder))
            asked = each_ms(lambda i: peer.isochrone(tuple(lonlat[i]), MINUTES, SPEED_KMH), ORIGINS)
            right = [
                overlap(peer.areas(peer.isochrone(tuple(lonlat[i]), MINUTES, SPEED_KMH))[15], e)
                for i, (_, e) in enumerate(exact)
            ]
            table.add(name, asked, f"IoU {np.median(right):.4f}")
    return table


def file_and_memory(network: Network) -> str:
    """Measure opening a file, and what stays in memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sandnet"
        save(network.streets, path)
        opened = min(each_ms(lambda _: load(path), 3))
        size = path.stat().st_size
    fresh = Network(network.streets)
    graph_ms = each_ms(lambda i: fresh.graph("walk", 4.0 + i / 10), 3)
    graph = network.graph("walk", SPEED_KMH)
    index = network._index("walk")
    held = {
        "streets": _bytes(network.streets),
        "graph": _bytes(graph),
        "index": _bytes(index),
        "workspace": 8 * len(network.streets.node_xy),
    }
    parts = ", ".join(f"{name} {count / 1e6:.0f} MB" for name, count in held.items())
    file = f"file {size / 1e6:.1f} MB, opened in {opened:.0f} ms"
    graph_made = f"graph of a new speed in {np.median(graph_ms):.0f} ms"
    return f"**File and memory, {said(network)}**: {file}; {graph_made}; in memory {parts}"


def _bytes(held: object) -> int:
    values = (getattr(held, name) for name in held.__slots__)
    return sum(v.nbytes for v in values if isinstance(v, np.ndarray))


def asked_streets(arguments: Sequence[str]) -> Streets:
    """Return the streets of the file that is named, else those of Helsinki.

    Private ones are like others in both, as the peers know of none.
    """
    files = [a for a in arguments if not a.startswith("--")]
    return replace(load(files[0]), private=None) if files else helsinki().streets


def laid_together(streets: Streets, nodes: int) -> Network:
    """Return the network of as many copies side by side as bring about so many nodes."""
    side = max(1, round((nodes / len(streets.node_xy)) ** 0.5))
    return Network(tiled(streets, side, side) if side > 1 else streets)


def main(arguments: Sequence[str]) -> None:
    """Measure, and print one table as Markdown."""
    with_peers = "--no-peers" not in arguments
    compile_kernels()
    streets = asked_streets(arguments)
    network = laid_together(streets, NODES)
    tables = [searches(network, with_peers), polygons(network, with_peers)]
    notes = [file_and_memory(network)]
    if "--growth" in arguments:
        large = laid_together(streets, 4 * NODES)
        tables += [searches(large, False), polygons(large, False)]
        notes.append(file_and_memory(large))
    print(one_table(tables), *notes, sep="\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
