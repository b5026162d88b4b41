"""Streets from an OpenStreetMap extract, by the rules of `sandbox.sources.osm.rules`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.errors import NetworkError
from sandbox.geo import crs as geo_crs
from sandbox.sources.osm import barriers, turns
from sandbox.sources.osm import ferries as osm_ferries
from sandbox.sources.osm import towns as osm_towns
from sandbox.sources.osm.reading import KIND_NUMBER, KINDS, REPORTED, Ways, read_ways
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import ACCESS, STREET_MODES
from sandbox.streets.streets import AccessBits, Provenance, Streets, Traffic, Turns

Bounds = tuple[float, float, float, float]
_READ: Final = 0.8  # share of the work that is reading; the rest is joining and numbering


def build_osm(
    path: Path | str,
    *,
    bbox: Bounds | None = None,
    modes: Sequence[str] = STREET_MODES,
    progress: Callable[[float], None] | None = None,
) -> Streets:
    """Build the streets of an OpenStreetMap extract.

    Streets meet only where they share a node, so a bridge never meets what it
    crosses. A barrier cuts at its node the streets of the modes it doesn't let
    through; links without length join what others still pass. Squares are walked
    along their edges, also those drawn as multipolygons, and so are piers and platforms.
    Turn restrictions for cars are kept. Ferries take people along between the streets that
    they share a node with; see `sandbox.sources.osm.ferries`.

    The file is read piece by piece. What is kept in memory grows with the
    nodes of the file (16 bytes each; 50 where they aren't in order) and with the
    streets, as arrays.

    Parameters
    ----------
    path
        A ``.osm.pbf`` file.
    bbox
        West, south, east, north in WGS 84: keep only segments of which a part lies inside,
        and all of a ferry whose both ends do.
    modes
        Who shall move on the streets; what none of them may use is left out.
    progress
        Called with the part of the work that is done, 0 to 1.

    Returns
    -------
    Streets
        With the connected parts that are of some size, see
        `sandbox.streets.assemble.assemble`; what was read and dropped stands in
        ``provenance.report``.

    Raises
    ------
    NetworkError
        If there is no such file, it is empty, damaged, cut short or of another kind,
        the box is none, or no street that one may use is in it.
    """
    path = Path(path)
    if bbox is not None:
        _check_bbox(bbox)
    tell = progress or (lambda _: None)
    ways = read_ways(path, modes, lambda part: tell(_READ * part))
    if not ways.refs:
        raise _no_streets(path, ways)
    node_lonlat, segments, way_of = _segments(ways)
    times = ways.ferries.times(ways.way_ids, node_lonlat, segments, way_of)
    inside = np.asarray(np.isfinite(node_lonlat[segments]).all(axis=(1, 2)))
    ways.report["segments_with_missing_nodes"] = int((~inside).sum())
    if bbox is not None:
        in_box = _in_box(node_lonlat, segments, bbox)
        in_box |= _on_ferry_in_box(ways, node_lonlat, segments, way_of, bbox)
        ways.report["segments_outside_box"] = int((inside & ~in_box).sum())
        inside &= in_box
    segments, way_of = segments[inside], way_of[inside]
    if not len(segments):
        raise _nothing_left(path, bbox, node_lonlat)
    access = np.frombuffer(ways.access, AccessBits)[way_of]
    lines = ways.ferries.lines_of(ways.way_ids, ways.name)
    aboard = osm_ferries.board(times.of(inside), lines[way_of], node_lonlat, segments, access)
    way_of = np.concatenate([way_of, way_of[aboard.links]])
    node_lonlat, segments, access, links, gates = barriers.cut(
        aboard.node_lonlat, aboard.segments, aboard.access, ways.barriers
    )
    way_of = np.concatenate([way_of, way_of[links]])
    own = np.frombuffer(ways.own, AccessBits)[way_of]
    own[len(own) - len(gates) :] |= gates
    turns = _turns(ways, node_lonlat) if "drive" in modes else None
    tell(0.9)
    used = node_lonlat[np.unique(segments)]
    middle = (used.min(axis=0) + used.max(axis=0)) / 2.0
    crs = geo_crs.metric_crs((float(middle[0]), float(middle[1])))
    kind = np.frombuffer(ways.kind, np.uint8)[way_of]
    built_up = _built_up(ways, crs, node_lonlat[segments], kind, way_of)
    streets = assemble(
        crs,
        node_lonlat,
        segments,
        np.frombuffer(ways.street_class, np.uint8)[way_of],
        np.frombuffer(ways.structure, np.uint8)[way_of],
        access,
        np.frombuffer(ways.name, np.int32)[way_of],
        tuple(ways.names),
        Provenance(
            title=path.name.removesuffix(".pbf").removesuffix(".osm"),
            source="OpenStreetMap contributors",
            licence="ODbL 1.0",
            date=ways.date(),
            schematic=False,
            report=ways.report,
        ),
        Traffic(
            kinds=KINDS,
            kind=kind,
            maxspeed_kmh=np.frombuffer(ways.maxspeed_kmh, np.float32).reshape(-1, 2)[way_of],
            built_up=built_up,
        ),
        turns,
        aboard.ferries(len(way_of), np.isin(way_of, list(ways.ferries.tags))),
        private=own,
    )
    tell(1.0)
    return streets


def _segments(
    ways: Ways,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return node positions (NaN where the file has none), node pairs, and their ways."""
    refs = np.frombuffer(ways.refs, np.int64)
    counts = np.frombuffer(ways.counts, np.int32)
    ids, node = np.unique(refs, return_inverse=True)
    node_lonlat = ways.file.lonlat(ids)
    way_of = np.repeat(np.arange(len(counts)), counts)
    joined = (way_of[1:] == way_of[:-1]) & (node[1:] != node[:-1])
    pairs = np.stack([node[:-1], node[1:]], axis=1)[joined]
    ways.report["nodes_read"] = len(ids)
    ways.barriers = {
        index: ways.barriers[node_id]
        for index, node_id in enumerate(ids.tolist())
        if node_id in ways.barriers
    }
    return node_lonlat, pairs, way_of[1:][joined]


def _turns(ways: Ways, node_lonlat: npt.NDArray[np.float64]) -> Turns | None:
    """Return the turn restrictions by the numbers that nodes have while reading."""
    ids = np.unique(np.frombuffer(ways.refs, np.int64))
    wanted = {way for rule in ways.rules for way in (rule.from_way, rule.to_way, *rule.via_ways)}
    ends = np.cumsum(np.frombuffer(ways.counts, np.int32))
    refs = np.frombuffer(ways.refs, np.int64)
    nodes: dict[int, list[int]] = {}
    driven: set[tuple[int, int]] = set()
    for i, way in enumerate(ways.way_ids):
        if way in wanted:
            along = np.searchsorted(ids, refs[ends[i] - ways.counts[i] : ends[i]]).tolist()
            nodes[way] = along
            ahead, back = (bool(ways.access[i] & bit) for bit in ACCESS["drive"])
            driven |= {pair for pair in pairwise(along) if ahead}
            driven |= {pair for pair in pairwise(along[::-1]) if back}
    known = {int(node): i for i, node in enumerate(ids.tolist())} if ways.rules else {}
    numbered = [
        replace(rule, via_node=known.get(rule.via_node, -1) if rule.via_node is not None else None)
        for rule in ways.rules
    ]
    found = turns.turns(numbered, nodes, driven, node_lonlat)
    ways.report |= {
        "turn_rules_read": len(ways.rules),
        "turn_rules_apart": len(found.apart),
        "turn_rules_unclear": len(found.unclear),
        "turn_rules_unclear_in": list(dict.fromkeys(found.unclear))[:REPORTED],
    }
    return found.turns


def _check_bbox(bbox: Bounds) -> None:
    west, south, east, north = bbox
    if not (-180.0 <= west < east <= 180.0 and -90.0 <= south < north <= 90.0):
        raise NetworkError(
            "{bbox} is not a bounding box of longitudes and latitudes.",
            "Give west,south,east,north in degrees, for example 106.2,29.4,106.5,29.7.",
            bbox=",".join(f"{value:g}" for value in bbox),
        )


def _in_box(
    lonlat: npt.NDArray[np.float64], segments: npt.NDArray[np.int64], bbox: Bounds
) -> npt.NDArray[np.bool_]:
    """Return which segments have a part in a box, its edges counted."""
    ends = lonlat[segments]
    low, high = ends.min(axis=1), ends.max(axis=1)
    found = ((high >= bbox[:2]) & (low <= bbox[2:])).all(axis=1)
    # Only what crosses a corner's quarter from outside can still pass the box by.
    around = found & ~_within(ends, bbox).any(axis=1)
    crossing = np.flatnonzero(around)
    found[crossing] = shapely.intersects(shapely.linestrings(ends[crossing]), shapely.box(*bbox))
    return found


def _within(lonlat: npt.NDArray[np.float64], bbox: Bounds) -> npt.NDArray[np.bool_]:
    low, high = np.array(bbox[:2]), np.array(bbox[2:])
    return np.asarray(((lonlat >= low) & (lonlat <= high)).all(axis=-1))


def _on_ferry_in_box(
    ways: Ways,
    lonlat: npt.NDArray[np.float64],
    segments: npt.NDArray[np.int64],
    way_of: npt.NDArray[np.int64],
    bbox: Bounds,
) -> npt.NDArray[np.bool_]:
    """Return which segments are of ferries that begin and end in a box, wherever they sail."""
    found = np.zeros(len(way_of), dtype=np.bool_)
    for way in ways.ferries.tags:
        mine = np.flatnonzero(way_of == way)
        if len(mine):
            ends = lonlat[[segments[mine[0], 0], segments[mine[-1], 1]]]
            found[mine] = _within(ends, bbox).all()
    return found


def _built_up(
    ways: Ways,
    crs: str,
    ends: npt.NDArray[np.float64],
    kind: npt.NDArray[np.uint8],
    way_of: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_] | None:
    """Return which segments lie in a town; None where nothing in the file tells."""
    streets, housing = (
        ends[np.isin(kind, [KIND_NUMBER[one] for one in kinds])]
        for kinds in (osm_towns.STREETS, osm_towns.HOUSING)
    )
    dense = np.concatenate([streets, housing])
    found = ways.towns.built_up(ways.file.lonlat, crs, ends.mean(axis=1), dense)
    zone = np.frombuffer(ways.zone, np.int8)[way_of]
    if found is None and not (zone >= 0).any():
        return None
    return np.where(zone >= 0, zone == 1, True if found is None else found)


def _nothing_left(path: Path, bbox: Bounds | None, lonlat: npt.NDArray[np.float64]) -> NetworkError:
    if bbox is None or not np.isfinite(lonlat).any():
        return NetworkError(
            "{path} lacks nodes of its streets.",
            "Use an extract with complete ways; osmium extract makes one.",
            path=path,
        )
    low, high = np.nanmin(lonlat, axis=0), np.nanmax(lonlat, axis=0)
    return NetworkError(
        "No street of {path} lies in the bounding box {bbox}.",
        "Its streets lie within {bounds} (west,south,east,north).",
        path=path,
        bbox=",".join(f"{value:g}" for value in bbox),
        bounds=",".join(f"{value:.4f}" for value in (*low, *high)),
    )


def _no_streets(path: Path, ways: Ways) -> NetworkError:
    return NetworkError(
        "{path} contains no street open to any mode ({read} ways with a highway tag).",
        "Give an extract that contains streets.",
        path=path,
        read=ways.report["highways_read"],
    )
