"""Areas and times by car and by bike beside Valhalla, with the same speeds, in one run.

Run as ``python -m tests.benchmark.wheels [FILE.sandnet] [--cpu-time]``; the streets are those of
`tests.benchmark.engine`, for the areas as many of them. By car each street has the speed of
the shipped table, by bike all have one. Banned turns are left out, as both would read them
from different data. It measures and prints how far the times are apart; it asserts nothing.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sandbox.analysis.isochrone import cutoff_ms
from sandbox.engine import contours
from sandbox.engine.graph import Graph
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import Travel
from sandbox.transit.warm import compile_kernels
from sandbox.units import NEVER_MS
from tests.benchmark.engine import (
    NODES,
    Table,
    asked_streets,
    each_ms,
    laid_together,
    one_table,
    said,
)
from tests.support.valhalla_peer import Valhalla, at_told_speeds
from tests.support.worlds import exact_area, overlap

ASKED = {"drive": (15, 30), "bike": (30,)}
BIKE_KMH = 15.0
# What the peer may not go beyond; no street has more.
TOP_KMH = 200.0
ORIGINS = 20
EXACT = 3
PAIRS = 300
# Streets short enough that a place in their middle is as good as on a crossing are left out.
STREET_M = 15.0
SHARES = (0, 1, 5, 25, 50, 75, 95, 99, 100)


def moving(network: Network, mode: str) -> tuple[Graph, float]:
    """Return who moves, and the speed that the peer is asked with."""
    if mode == "drive":
        return at_told_speeds(network.moving(Travel("drive"))), TOP_KMH
    return network.graph("bike", BIKE_KMH), BIKE_KMH


def middles(graph: Graph, count: int) -> np.ndarray:
    """Return places in the middle of streets that go both ways, metres, ``(count, 2)``."""
    streets = graph.streets
    both = (graph.segment_ms != NEVER_MS).all(axis=1) & (streets.length_m > STREET_M)
    chosen = np.random.default_rng(3).choice(np.flatnonzero(both), count)
    return streets.node_xy[streets.segment_nodes[chosen]].mean(axis=1)


def areas(network: Network, mode: str, peer: Valhalla) -> list[Table]:
    """Measure from a place to its area, and how right that is."""
    graph, asked_kmh = moving(network, mode)
    xy = middles(graph, ORIGINS)
    lonlat = geo.to_lonlat(xy, network.crs)
    reach_m = reach_of(mode)
    tables = []
    for minutes in ASKED[mode]:
        limit_ms = cutoff_ms(minutes)

        def own(i: int, limit_ms: int = limit_ms) -> tuple:
            x, y = geo.to_metric(lonlat[i], network.crs)
            start = network.snap((float(x), float(y)), 500.0, mode)
            reached = search(graph, start, limit_ms)
            return reached, contours.areas(reached, [limit_ms], reach_m)[0]

        def theirs(i: int, minutes: int = minutes) -> str:
            return peer.isochrone(tuple(lonlat[i]), (minutes,), asked_kmh)

        answers = [own(i) for i in range(EXACT)]
        exact = [exact_area(reached, limit_ms, reach_m) for reached, _ in answers]
        right = np.median([overlap(a, e) for (_, a), e in zip(answers, exact, strict=True)])
        nodes = np.median([len(own(i)[0].node) for i in range(ORIGINS)])
        table = Table(f"Place to area, {minutes} min, {mode}, {said(network)}")
        # In turn, so that both have the same machine.
        mine, other = [], []
        for i in range(ORIGINS):
            mine += each_ms(lambda _, i=i: own(i), 1)
            other += each_ms(lambda _, i=i: theirs(i), 1)
        table.add("sandbox", mine, f"{nodes:,.0f} nodes, overlap {right:.4f} with the exact area")
        peers_right = [overlap(peer.areas(theirs(i))[minutes], exact[i]) for i in range(EXACT)]
        table.add("Valhalla", other, f"overlap {np.median(peers_right):.4f}")
        tables.append(table)
    return tables


@dataclass(frozen=True)
class Pair:
    """Seconds between two places: ours, theirs, and what of theirs is paid for turns."""

    own_s: float
    peer_s: float
    turns_s: float
    along_s: float


def pairs(network: Network, mode: str, peer: Valhalla) -> list[Pair]:
    """Return the times between places by both engines, where both find a way."""
    graph, asked_kmh = moving(network, mode)
    xy = middles(graph, 2 * PAIRS)
    lonlat = geo.to_lonlat(xy, network.crs)
    tied = network.snap_all(xy, 50.0, mode)
    found = []
    for i in range(PAIRS):
        start, end = tied[np.array([i])], tied[np.array([PAIRS + i])]
        own_ms = float(search(graph, start, 10**8).times_ms(end)[0])
        told = peer.way(lonlat[i], lonlat[PAIRS + i], asked_kmh)
        if told is not None and np.isfinite(own_ms) and own_ms > 0:
            found.append(Pair(own_ms / 1000.0, *told))
    return found


def told_apart(mode: str, found: Sequence[Pair]) -> str:
    """Say how far the times of both are apart, and what of it is turns."""
    own, peer, turns, along = np.array([(p.own_s, p.peer_s, p.turns_s, p.along_s) for p in found]).T
    rows = {
        "Valhalla's time": peer / own - 1,
        "the same without what turns cost": (peer - turns) / own - 1,
        "its way at its speeds": along / own - 1,
    }
    lines = [
        f"**{len(found)} ways by {mode}, {np.median(own) / 60:.0f} min in the middle**: more than"
        " our time, % (percentiles)",
        "",
        "| | " + " | ".join(map(str, SHARES)) + " |",
        "|---|" + "--:|" * len(SHARES),
    ]
    for name, share in rows.items():
        at = " | ".join(f"{100 * value:.1f}" for value in np.percentile(share, SHARES))
        lines.append(f"| {name} | {at} |")
    rest = along - own
    worst = np.argsort(rest)[::-1][:5]
    lines.append("")
    lines.append(
        f"{(np.abs(rest) <= 0.005 * own + 1.0).mean():.0%} within 0.5 % or a second without turns;"
        " the farthest: " + ", ".join(f"{own[i]:.0f} s, {along[i]:.0f} s its way" for i in worst)
    )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Measure, and print the tables as Markdown."""
    compile_kernels()
    streets = replace(asked_streets(arguments), turns=None)
    for mode in ASKED:
        once = Network(streets)
        with tempfile.TemporaryDirectory() as folder:
            peer = Valhalla(moving(once, mode)[0], Path(folder))
            print(told_apart(mode, pairs(once, mode, peer)), end="\n\n", flush=True)
    network, tables = laid_together(streets, NODES), list[Table]()
    for mode in ASKED:
        with tempfile.TemporaryDirectory() as folder:
            peer = Valhalla(moving(network, mode)[0], Path(folder))
            tables += areas(network, mode, peer)
    print(one_table(tables))


if __name__ == "__main__":
    main(sys.argv[1:])
