"""Raw nodes and segments → `Streets`: measured, connected and ordered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import (
    AccessBits,
    Ferries,
    Pieces,
    Provenance,
    StreetClass,
    Streets,
    Traffic,
    Turns,
)

_HILBERT_BITS: Final = 20
# A part of the network with this many metres of streets is kept, although nothing joins it to the
# rest.
PART_M: Final = 1000.0


def assemble(  # noqa: PLR0917
    crs: str,
    node_lonlat: npt.ArrayLike,
    segment_nodes: npt.ArrayLike,
    street_class: npt.ArrayLike,
    structure: npt.ArrayLike,
    access: npt.ArrayLike,
    name: npt.ArrayLike,
    names: Sequence[str],
    provenance: Provenance,
    traffic: Traffic | None = None,
    turns: Turns | None = None,
    ferries: Ferries | None = None,
    private: npt.ArrayLike | None = None,
) -> Streets:
    """Make streets of raw arrays.

    A part of a mode's network is strongly connected: whoever is in it can get anywhere in
    it and back. The largest is kept, and every other with `PART_M` of streets or more, each
    a world of its own; so are streets that lead one way from a kept part to a kept part.
    What leads out of them one way only, or only into them, is a dead end from which nobody
    comes back or to which nobody comes: that is left out, however long. Segments that no mode
    may use any more go, and the nodes that only they used. What went stands in `pieces`
    and is counted in the provenance's report.

    Parameters
    ----------
    crs
        Metric system to measure in, a UTM zone (see `sandbox.geo.crs.metric_crs`).
    node_lonlat
        WGS 84 longitudes and latitudes, shape ``(n, 2)``.
    segment_nodes
        From and to node of each straight segment, shape ``(s, 2)``.
    street_class, structure, access, name
        One value a segment, as `Streets` holds them.
    names
        Street names that `name` points into.
    provenance
        Where the data comes from; its report is added to.
    traffic
        What vehicles need to know of the segments, if it's known.
    turns
        Turns that may not be made, by the nodes' numbers here; those of nodes that go are
        left out.
    ferries
        What ferries take, by the segments' numbers here.
    private
        Those bits of `access` that hold only for who lives or goes there; none by default.

    Raises
    ------
    NetworkError
        No segment is left that one could use in both directions.
    """
    lonlat = np.asarray(node_lonlat, dtype=np.float64).reshape(-1, 2)
    nodes = np.asarray(segment_nodes, dtype=np.int64).reshape(-1, 2)
    access_kept = np.array(access, dtype=AccessBits)
    access_kept[nodes[:, 0] == nodes[:, 1]] = 0
    length_m = geo.length_m(lonlat[nodes[:, 0]], lonlat[nodes[:, 1]])
    firm = np.asarray(street_class, dtype=np.uint8) != StreetClass.FERRY
    parts: dict[str, dict[str, int]] = {}
    left: list[_Left] = []
    for mode, bits in ACCESS.items():
        parts[mode], out = _keep_parts(len(lonlat), nodes, access_kept, length_m * firm, *bits)
        left.append(_pieces(len(lonlat), nodes, out * firm, length_m))
    access_kept[(access_kept & AccessBits(Access.BIKE)) == 0] &= ~AccessBits(Access.BIKE_PUSHED)
    kept = np.flatnonzero(access_kept)
    # Ferries alone are no streets that anyone could be at.
    if not firm[kept].any():
        raise NetworkError(
            "The data contains no connected street.",
            "Check that it covers the place and contains roads or paths.",
        )
    used = np.unique(nodes[kept])
    xy = geo.to_metric(lonlat[used], crs)
    order = hilbert_order(xy)
    number = np.full(len(lonlat), -1, dtype=np.int64)
    number[used[order]] = np.arange(len(used))
    ends = number[nodes[kept]].astype(np.int32)
    by_node = np.lexsort((ends.max(axis=1), ends.min(axis=1)))
    kept, ends = kept[by_node], ends[by_node]
    cut = np.concatenate([one.segment for one in left])
    named = np.asarray(name, dtype=np.int64)[np.concatenate([kept, cut])]
    name_kept, names_kept = _names_in_use(named, names)
    pieces = None
    if len(cut):
        pieces = Pieces(
            ends_xy=geo.to_metric(lonlat[nodes[cut].ravel()], crs).reshape(-1, 4),
            access=np.concatenate([one.access for one in left]),
            structure=np.asarray(structure, dtype=np.uint8)[cut],
            name=name_kept[len(kept) :],
            piece_m=np.concatenate([one.piece_m for one in left]),
        )
    report: dict[str, Any] = {
        **provenance.report,
        "nodes": len(used),
        "segments": len(kept),
        "segments_dropped": len(nodes) - len(kept),
        "parts": parts,
    }
    kept_turns = _numbered(turns, number) if turns is not None else None
    if turns is not None:
        report["turn_rules"] = 0 if kept_turns is None else len(kept_turns.only)
    kept_ferries = _still_there(ferries, kept) if ferries is not None else None
    if ferries is not None:
        boarding = 0 if kept_ferries is None else (kept_ferries.wait_s != 0).sum()
        report["ferry_landings"] = int(boarding)
    return Streets(
        crs=crs,
        node_xy=np.ascontiguousarray(xy[order]),
        segment_nodes=np.ascontiguousarray(ends),
        length_m=length_m[kept].astype(np.float32),
        street_class=np.asarray(street_class, dtype=np.uint8)[kept],
        structure=np.asarray(structure, dtype=np.uint8)[kept],
        access=access_kept[kept],
        name=name_kept[: len(kept)],
        names=names_kept,
        provenance=replace(provenance, report=report),
        traffic=None if traffic is None else traffic.of(kept),
        turns=kept_turns,
        ferries=kept_ferries,
        private=_private(private, access_kept, kept),
        pieces=pieces,
    )


def _private(
    private: npt.ArrayLike | None,
    access: npt.NDArray[AccessBits],
    kept: npt.NDArray[np.int64],
) -> npt.NDArray[AccessBits] | None:
    if private is None:
        return None
    found = np.asarray(private, dtype=AccessBits)[kept] & access[kept]
    return found if found.any() else None


def _still_there(ferries: Ferries, kept: npt.NDArray[np.int64]) -> Ferries | None:
    """Return what ferries take by the segments' new numbers, without those that are gone."""
    segment = np.flatnonzero(np.isin(kept, ferries.segment))
    if not len(segment):
        return None
    by_old = np.argsort(ferries.segment)
    row = by_old[np.searchsorted(ferries.segment[by_old], kept[segment])]
    return Ferries(segment.astype(np.int32), ferries.crossing_s[row], ferries.wait_s[row])


def _numbered(turns: Turns, number: npt.NDArray[np.int64]) -> Turns | None:
    """Return rules by the nodes' new numbers, without those whose nodes are gone."""
    node = number[turns.node]
    gone = np.add.reduceat(node < 0, turns.offsets[:-1]) > 0
    if gone.all():
        return None
    counts = np.diff(turns.offsets)
    return Turns(
        offsets=np.concatenate([[0], np.cumsum(counts[~gone])]).astype(np.int32),
        node=node[np.repeat(~gone, counts)].astype(np.int32),
        only=turns.only[~gone],
    )


def _keep_parts(  # noqa: PLR0917
    node_count: int,
    nodes: npt.NDArray[np.int64],
    access: npt.NDArray[AccessBits],
    length_m: npt.NDArray[np.float64],
    forward: Access,
    backward: Access,
) -> tuple[dict[str, int], npt.NDArray[AccessBits]]:
    """Clear a mode's bits outside the parts that are kept, in place; return those bits."""
    bits = access & AccessBits(forward | backward)
    ahead, back = (access & forward) != 0, (access & backward) != 0
    usable = int((ahead | back).sum())
    out = np.zeros_like(access)
    if not usable:
        return {"segments": 0, "segments_outside": 0, "parts": 0, "parts_outside": 0}, out
    kept, stays, parts = kept_nodes(node_count, nodes, ahead, back, length_m)
    inside = kept[nodes[:, 0]] & kept[nodes[:, 1]]
    out[~inside] = bits[~inside]
    access[~inside] &= ~AccessBits(forward | backward)
    segments = int((ahead | back)[inside].sum())
    report = {
        "segments": segments,
        "segments_outside": usable - segments,
        "parts": stays,
        "parts_outside": parts - stays,
    }
    return report, out


def kept_nodes(
    node_count: int,
    nodes: npt.NDArray[np.int64],
    ahead: npt.NDArray[np.bool_],
    back: npt.NDArray[np.bool_],
    length_m: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.bool_], int, int]:
    """Return the nodes of the parts that are kept, how many parts those are, and of how many.

    Parameters
    ----------
    node_count
        How many nodes there are.
    nodes
        From and to node of each segment, shape ``(s, 2)``.
    ahead, back
        Whether one may go along each segment, and against it; along one at least.
    length_m
        What each segment counts for, 0 for a ferry.
    """
    source = np.concatenate([nodes[ahead, 0], nodes[back, 1]])
    target = np.concatenate([nodes[ahead, 1], nodes[back, 0]])
    shape = (node_count, node_count)
    matrix = coo_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=shape)
    _, part = connected_components(matrix.tocsr(), directed=True, connection="strong")
    touched = np.unique(np.concatenate([source, target]))
    sizes = np.bincount(part[touched])
    within = (ahead | back) & (part[nodes[:, 0]] == part[nodes[:, 1]])
    metres = np.bincount(part[nodes[within, 0]], length_m[within], minlength=len(sizes))
    stays = (metres >= PART_M) & (sizes > 0)
    if not stays.any():
        # The longest to a metre; of several, as where all are ferries, that of most nodes.
        whole_m = np.rint(metres)
        longest = np.flatnonzero(whole_m == whole_m.max())
        stays[longest[sizes[longest].argmax()]] = True
    kept = np.zeros(node_count, dtype=np.bool_)
    kept[touched] = stays[part[touched]]
    if stays.sum() > 1:
        # Between two of them one may lead to the other.
        kept = _led_to(source, target, kept) & _led_to(target, source, kept)
    return kept, int(stays.sum()), int((sizes > 0).sum())


def _led_to(
    source: npt.NDArray[np.int64], target: npt.NDArray[np.int64], begin: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return which nodes edges lead to from any of some nodes, these among them."""
    count = len(begin)
    first = np.flatnonzero(begin)
    rows = np.concatenate([source, np.full(len(first), count)])
    columns = np.concatenate([target, first])
    ones = np.ones(len(rows), dtype=np.int8)
    matrix = coo_array((ones, (rows, columns)), shape=(count + 1, count + 1)).tocsr()
    found = breadth_first_order(matrix, count, directed=True, return_predecessors=False)
    led = np.zeros(count + 1, dtype=np.bool_)
    led[found] = True
    return led[:count]


class _Left(NamedTuple):
    """What of a mode's segments was left out: which, their bits, how long their piece is."""

    segment: npt.NDArray[np.int64]
    access: npt.NDArray[AccessBits]
    piece_m: npt.NDArray[np.float32]


def _pieces(
    node_count: int,
    nodes: npt.NDArray[np.int64],
    out: npt.NDArray[AccessBits],
    length_m: npt.NDArray[np.float64],
) -> _Left:
    segment = np.flatnonzero(out)
    a, b = nodes[segment].T
    ones = np.ones(len(segment), dtype=np.int8)
    matrix = coo_array((ones, (a, b)), shape=(node_count, node_count))
    _, piece = connected_components(matrix.tocsr(), directed=False)
    metres = np.bincount(piece[a], length_m[segment], minlength=1)
    return _Left(segment, out[segment], metres[piece[a]].astype(np.float32))


def _names_in_use(
    name: npt.NDArray[np.int64], names: Sequence[str]
) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
    used = np.unique(name[name >= 0])
    number = np.full(len(names) + 1, -1, dtype=np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    return number[name], tuple(names[int(i)] for i in used)


def hilbert_order(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the order of points along a Hilbert curve over their bounding square.

    Points of shape ``(n, 2)``. Neighbours on the ground get neighbouring numbers, so a
    search that spreads over the ground walks through memory nearly in order. The curve
    is Hilbert's, walked bit by bit for all points at once; equal places keep their order.
    """
    low = xy.min(axis=0)
    side = float((xy.max(axis=0) - low).max()) or 1.0
    cells = (1 << _HILBERT_BITS) - 1
    x, y = ((xy - low) / side * cells).astype(np.int64).T
    x, y = x.copy(), y.copy()
    place = np.zeros(len(xy), dtype=np.int64)
    for bit in range(_HILBERT_BITS - 1, -1, -1):
        east, north = (x >> bit) & 1, (y >> bit) & 1
        place = (place << 2) | ((3 * east) ^ north)
        flip = (north == 0) & (east == 1)
        x[flip], y[flip] = cells - x[flip], cells - y[flip]
        swap = north == 0
        x[swap], y[swap] = y[swap], x[swap]
    return np.argsort(place, kind="stable")
