"""Raw nodes and segments → `Streets`: measured, connected and ordered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.network.streets import Access, Ferries, Provenance, Streets, Traffic, Turns

MODES: Final[Mapping[str, tuple[Access, Access]]] = {
    "walk": (Access.WALK_FORWARD, Access.WALK_BACKWARD),
    "bike": (Access.BIKE_FORWARD, Access.BIKE_BACKWARD),
    "drive": (Access.DRIVE_FORWARD, Access.DRIVE_BACKWARD),
}
_HILBERT_BITS: Final = 20


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
) -> Streets:
    """Make streets of raw arrays.

    Of each mode only the largest strongly connected part is kept: whoever is in it
    can get anywhere in it and back. Segments that no mode may use any more go, and
    the nodes that only they used. What went is counted in the provenance's report.

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

    Raises
    ------
    NetworkError
        No segment is left that one could use in both directions.
    """
    lonlat = np.asarray(node_lonlat, dtype=np.float64).reshape(-1, 2)
    nodes = np.asarray(segment_nodes, dtype=np.int64).reshape(-1, 2)
    access_kept = np.array(access, dtype=np.uint8)
    access_kept[nodes[:, 0] == nodes[:, 1]] = 0
    parts = {
        mode: _keep_largest_part(len(lonlat), nodes, access_kept, *bits)
        for mode, bits in MODES.items()
    }
    access_kept[(access_kept & np.uint8(Access.BIKE)) == 0] &= np.uint8(~Access.BIKE_PUSHED & 0xFF)
    kept = np.flatnonzero(access_kept)
    if not len(kept):
        raise NetworkError(
            "The data holds no connected street.",
            "Check that it covers the place and holds roads or paths.",
        )
    used = np.unique(nodes[kept])
    xy = geo.to_metric(lonlat[used], crs)
    order = hilbert_order(xy)
    number = np.full(len(lonlat), -1, dtype=np.int64)
    number[used[order]] = np.arange(len(used))
    ends = number[nodes[kept]].astype(np.int32)
    by_node = np.lexsort((ends.max(axis=1), ends.min(axis=1)))
    kept, ends = kept[by_node], ends[by_node]
    from_lonlat, to_lonlat = lonlat[nodes[kept, 0]], lonlat[nodes[kept, 1]]
    name_kept, names_kept = _names_in_use(np.asarray(name, dtype=np.int64)[kept], names)
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
        length_m=geo.length_m(from_lonlat, to_lonlat).astype(np.float32),
        street_class=np.asarray(street_class, dtype=np.uint8)[kept],
        structure=np.asarray(structure, dtype=np.uint8)[kept],
        access=access_kept[kept],
        name=name_kept,
        names=names_kept,
        provenance=replace(provenance, report=report),
        traffic=None if traffic is None else traffic.of(kept),
        turns=kept_turns,
        ferries=kept_ferries,
    )


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


def _keep_largest_part(
    node_count: int,
    nodes: npt.NDArray[np.int64],
    access: npt.NDArray[np.uint8],
    forward: Access,
    backward: Access,
) -> dict[str, int]:
    """Clear a mode's bits outside its largest strongly connected part, in place."""
    ahead, back = (access & forward) != 0, (access & backward) != 0
    usable = int((ahead | back).sum())
    if not usable:
        return {"segments": 0, "segments_outside": 0, "parts_outside": 0}
    source = np.concatenate([nodes[ahead, 0], nodes[back, 1]])
    target = np.concatenate([nodes[ahead, 1], nodes[back, 0]])
    shape = (node_count, node_count)
    matrix = coo_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=shape)
    _, part = connected_components(matrix.tocsr(), directed=True, connection="strong")
    touched = np.unique(np.concatenate([source, target]))
    sizes = np.bincount(part[touched])
    largest = int(sizes.argmax())
    inside = (part[nodes[:, 0]] == largest) & (part[nodes[:, 1]] == largest)
    access[~inside] &= np.uint8(0xFF & ~int(forward | backward))
    kept = int((ahead | back)[inside].sum())
    return {
        "segments": kept,
        "segments_outside": usable - kept,
        "parts_outside": int((sizes > 0).sum()) - 1,
    }


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
