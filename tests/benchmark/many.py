"""Many places at once, beside other engines, in one run: sums of 10,000 origins, and a matrix.

Run as ``python -m tests.benchmark.many [FILE.sandnet] [--no-peers] [--cpu-time]``; the streets
are those of `tests.benchmark.engine`. It measures; it never fails on a time. With ``--cpu-time``
it is the processors' time of all threads that counts, for a machine that others use meanwhile.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sandbox.analysis.batch import reach_counts
from sandbox.engine.hierarchy.contraction import contract, customise
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachments
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.benchmark.engine import (
    MINUTES,
    NODES,
    SPEED_KMH,
    Table,
    asked_streets,
    clock_s,
    each_ms,
    laid_together,
    one_table,
    places,
    said,
)

BATCH = 10_000
SIDE = 1_000
# So far that all are found but in the far corners.
PAIRS_MS = 4 * 3_600_000
# What a peer may take for its matrix; it gets a smaller one where it would take longer.
PEER_S = 20.0


def sums(network: Network, with_peers: bool) -> Table:
    """Measure how soon it is known what 10,000 origins reach."""
    minutes = MINUTES[-1]
    every = geo.to_lonlat(network.streets.node_xy, network.crs)
    here = every[places(network, BATCH)]
    title = f"What {BATCH:,} origins reach in {minutes} min on foot, {said(network)}"
    table = Table(title)
    for name, there in ((f"{BATCH:,} places", here[::-1].copy()), ("every node", every)):
        found = reach_counts(network, here, there, [minutes], Travel(slope="flat"))
        asked = each_ms(
            lambda _, t=there: reach_counts(network, here, t, [minutes], Travel(slope="flat")), 5
        )
        table.add(f"sandbox, {name}", asked, f"{np.median(found):.0f} counted by an origin")
    if with_peers:
        from tests.benchmark import peers

        name = "pandana, every node, its share"
        with table.peer(name):
            begun = clock_s()
            peer = peers.Pandana(network.graph("walk", SPEED_KMH))
            prepared_s = clock_s() - begun
            asked = each_ms(lambda _: peer.count_from_all(60.0 * minutes), 3)
            found = peer.count_from_all(60.0 * minutes)
            # It can only ask from all of them.
            share = BATCH / peer.count
            note = f"{np.median(found):.0f} counted by an origin, {prepared_s:.0f} s to prepare"
            table.add(name, [ms * share for ms in asked], note)
    return table


def pairs(network: Network, with_peers: bool) -> Table:
    """Measure the times and lengths of a thousand places to a thousand others."""
    graph = network.graph("walk", SPEED_KMH)
    chosen = places(network, 2 * SIDE)
    doors = network.snap_all(network.streets.node_xy[chosen], 500.0)
    starts, ends = doors[np.arange(SIDE)], doors[np.arange(SIDE, 2 * SIDE)]

    def ask(side: int) -> np.ndarray:
        these, offsets = np.arange(side), np.arange(side + 1)
        return matrix(graph, starts[these], offsets, ends[these], these, side, PAIRS_MS)[0]

    table = Table(f"{SIDE:,} × {SIDE:,} times on foot, {said(network)}")
    mine = ask(SIDE) / 1000.0
    note = f"with lengths; {np.isfinite(mine).mean():.1%} within {PAIRS_MS // 60_000} min"
    table.add("sandbox", each_ms(lambda _: ask(SIDE), 3), note)
    if with_peers:
        from tests.benchmark import peers

        with table.peer("pandana"):
            begun = clock_s()
            peer = peers.Pandana(graph)
            prepared_s = clock_s() - begun
            a, b = np.repeat(chosen[:SIDE], SIDE), np.tile(chosen[SIDE:], SIDE)
            off = _off(peer.pairs(a, b).reshape(SIDE, SIDE), mine)
            asked = each_ms(lambda _: peer.pairs(a, b), 3)
            table.add("pandana", asked, f"times only, {off}, {prepared_s:.0f} s to prepare")
        lonlat = geo.to_lonlat(network.streets.node_xy[chosen], network.crs)
        with table.peer("Valhalla"), tempfile.TemporaryDirectory() as folder:
            from tests.support.valhalla_peer import Valhalla

            other = Valhalla(graph, Path(folder))
            begun = clock_s()
            other.matrix(lonlat[:100], lonlat[SIDE : SIDE + 100], SPEED_KMH)
            hundred_s = clock_s() - begun
            side = int(min(SIDE, 100 * (PEER_S / hundred_s) ** 0.5))
            begun = clock_s()
            theirs = other.matrix(lonlat[:side], lonlat[SIDE : SIDE + side], SPEED_KMH)
            took_ms = (clock_s() - begun) * 1000.0
            if side < SIDE:
                table.add(f"sandbox, {side} × {side}", each_ms(lambda _: ask(side), 3))
            off = _off(theirs, mine[:side, :side])
            table.add(f"Valhalla, {side} × {side}", [took_ms], f"once, {off}")
    return table


def drives(network: Network, with_peers: bool) -> Table:
    """Measure a thousand by a thousand times by car, beside another customisable hierarchy."""
    graph = network.graph("drive", 30.0)
    streets = network.streets
    driven = np.unique(streets.segment_nodes[(graph.segment_ms != NEVER_MS).any(axis=1)])
    chosen = np.random.default_rng(12).choice(driven, 2 * SIDE, replace=False)
    # From node to node, as the peer has it: each stands at an end of one of its streets.
    node = streets.segment_nodes.ravel()
    open_ = np.repeat((graph.segment_ms != NEVER_MS).any(axis=1), 2)
    first = np.full(len(streets.node_xy), -1)
    first[node[open_][::-1]] = np.flatnonzero(open_)[::-1]
    segment, end = np.divmod(first[chosen], 2)
    doors = Attachments(
        segment.astype(np.int32),
        end.astype(np.float64),
        streets.node_xy[chosen],
        np.zeros(len(chosen)),
    )
    starts, ends = doors[np.arange(SIDE)], doors[np.arange(SIDE, 2 * SIDE)]
    these, offsets = np.arange(SIDE), np.arange(SIDE + 1)

    def ask() -> np.ndarray:
        return matrix(graph, starts, offsets, ends, these, SIDE, PAIRS_MS)[0]

    table = Table(f"{SIDE:,} × {SIDE:,} times by car, {said(network)}")
    mine = ask() / 1000.0
    begun = clock_s()
    contracted = contract(graph)
    first_s = clock_s() - begun
    found = f"{np.isfinite(mine).mean():.1%} found, {first_s:.1f} s to prepare"
    table.add("sandbox", each_ms(lambda _: ask(), 5), f"with lengths; {found}")
    if contracted is not None:
        table.add("sandbox, new costs", each_ms(lambda _: customise(contracted, graph), 5))
    if with_peers:
        from tests.benchmark import peers

        with table.peer("routingkit-cch"):
            begun = clock_s()
            peer = peers.Cch(graph, geo.to_lonlat(streets.node_xy, network.crs))
            prepared_s = clock_s() - begun
            table.add("routingkit-cch, new costs", each_ms(lambda _: peer.weigh(), 3))
            theirs = peer.pairs(chosen[:SIDE], chosen[SIDE:])
            theirs[theirs > PAIRS_MS / 1000.0] = np.nan
            same = np.array_equal(
                np.where(np.isnan(theirs), -1, theirs), np.nan_to_num(mine, nan=-1)
            )
            asked = each_ms(lambda _: peer.pairs(chosen[:SIDE], chosen[SIDE:]), 3)
            said_ = "the same times" if same else _off(theirs, mine)
            table.add(
                "routingkit-cch", asked, f"times only, {said_}, {prepared_s:.1f} s to prepare"
            )
    return table


def _off(theirs_s: np.ndarray, mine_s: np.ndarray) -> str:
    """Say how far the peer's times are from ours."""
    both = np.isfinite(theirs_s) & np.isfinite(mine_s)
    off = np.abs(theirs_s - mine_s)[both]
    return f"median {np.median(off):.2f} s off, 95 % within {np.percentile(off, 95):.1f} s"


def main(arguments: Sequence[str]) -> None:
    """Measure, and print one table as Markdown."""
    with_peers = "--no-peers" not in arguments
    streets = asked_streets(arguments)
    large = sums(laid_together(streets, NODES), False)
    # Peers that prepare for minutes are asked of the streets as they are.
    once = Network(streets)
    driven = drives(laid_together(streets, NODES), with_peers)
    print(one_table([large, sums(once, with_peers), pairs(once, with_peers), driven]))


if __name__ == "__main__":
    main(sys.argv[1:])
