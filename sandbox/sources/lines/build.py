"""Streets from planners' centre lines, by the rules of `sandbox.sources.osm.rules`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.errors import NetworkError
from sandbox.formats.known import Known
from sandbox.geo import crs as geo
from sandbox.sources.lines import fields, gaps, source_file
from sandbox.sources.lines.doubts import Doubt, Drawing, doubts
from sandbox.sources.lines.fields import NO_STREET, ROLES, Told
from sandbox.sources.lines.planar import SAME_M, Planar, planar
from sandbox.sources.osm.highways import HIGHWAYS, structure
from sandbox.sources.osm.own import own_access
from sandbox.sources.osm.rules import RULES
from sandbox.sources.osm.speed_limits import maxspeed_kmh
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import ACCESS, STREET_MODES
from sandbox.streets.streets import AccessBits, Provenance, Streets, Traffic
from sandbox.words import Text

_KINDS: Final = tuple(HIGHWAYS)
_MAX_TOLERANCE_M: Final = 100.0
# What errors and the network's provenance call lines that come from no file.
_TABLE: Final = Path("GeoDataFrame")
# What lies less than so many tolerances apart is a near miss too.
_NEAR: Final = 2.0

Objects = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file of lines is read.

    Attributes
    ----------
    columns
        Columns by role (see `sandbox.sources.lines.fields.ROLES`) where their names aren't
        the usual ones; an empty one leaves the role out.
    kinds
        Names of kinds of street that aren't the usual ones, and the ``highway`` value of
        OpenStreetMap that each counts as; ``no`` leaves its lines out, ``*`` stands for
        all names that aren't known.
    crs
        Coordinate system, where the file names none or a wrong one.
    layer
        Layer of the file, where several hold lines.
    snap_m
        Ends within so many metres of each other, or of a line, meet.
    near_m
        Loose ends within so many metres of another line, and within twice `snap_m`, are
        reported as near misses.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    crs: str | None = None
    layer: str | None = None
    snap_m: float = 1.0
    near_m: float = 10.0


class Built(NamedTuple):
    """Streets of a file of lines, and what one should know of them.

    Attributes
    ----------
    streets
        The streets; how many lines were read, split and dropped stands in
        ``provenance.report``.
    doubts
        Places where lines may not be joined as they were meant.
    columns
        Column that was read, by role.
    kinds
        How many lines have which value as kind, and which ``highway`` value it counts as.
    notes
        What had to be found out to read the file.
    """

    streets: Streets
    doubts: list[Doubt]
    columns: Mapping[str, str]
    kinds: Mapping[tuple[str, str], int]
    notes: list[Text]


def build_lines(
    lines: Path | str | gpd.GeoDataFrame,
    reading: Reading | None = None,
    *,
    bbox: tuple[float, float, float, float] | None = None,
    modes: Sequence[str] = STREET_MODES,
    known: Callable[[], Known] = Known,
) -> Built:
    """Build the streets of a file, or a table, of centre lines.

    A line may be used both ways unless its column says otherwise, by whom its kind of
    street lets on. Lines meet where they cross or touch at one level
    (`sandbox.sources.lines.planar`) and where their ends come near (`sandbox.sources.lines.gaps`).
    Its speed is taken as a limit.

    Parameters
    ----------
    lines
        A file of lines, or a table of them, whose `layer` then says nothing.
    reading
        How it is read; None leaves everything at its default.
    bbox
        West, south, east, north in WGS 84: keep only lines that touch this box.
    modes
        Who shall move on the streets.
    known
        Gives what is known of the ground, for a file that states no coordinate system.

    Raises
    ------
    NetworkError
        The file or its columns can't be read, or no connected street is in it.
    """
    reading = reading or Reading()
    _check(reading)
    if isinstance(lines, gpd.GeoDataFrame):
        path = _TABLE
        table, notes = source_file.taken(lines, path, reading.crs)
    else:
        path = Path(lines)
        table, notes = source_file.read(path, reading.crs, reading.layer, known)
    columns = fields.columns_of(
        [str(name) for name in table.columns if name != table.geometry.name], reading.columns, path
    )
    rows = {role: table[column].tolist() for role, column in columns.items()}
    rows = rows or {"name": [None] * len(table)}
    told = fields.told(rows, columns, reading.kinds, path)
    report: dict[str, Any] = {
        "lines_read": len(table),
        "lines_left_out": sum(not tags for tags in told.tags),
    }
    shapes: Objects = np.asarray(table.geometry.array).copy()
    shapes[[not tags for tags in told.tags]] = None
    drawing = _drawing(shapes, bbox, report)
    if not len(drawing.lines):
        raise NetworkError(
            "{path} contains no usable street lines.", "Give a file of street lines.", path=path
        )
    level = np.array(told.level, dtype=np.int64)[drawing.row]
    exact = planar(drawing.lines, level)
    joined = gaps.join(exact, reading.snap_m)
    segments, row, twice = _once(joined.net, drawing, told)
    near_m = max(reading.near_m, _NEAR * reading.snap_m)
    driven = _driven(told, modes)[drawing.row[joined.net.line]]
    found = doubts(drawing, joined, twice, level, reading.snap_m, near_m, driven)
    report |= {
        "lines_kept": len(np.unique(drawing.row)),
        "lines_crossings": joined.net.crossings,
        "lines_near_m": near_m,
        **{f"lines_{kind}": sum(one.kind == kind for one in found) for kind in Doubt.KINDS},
    }
    streets = _streets(joined.net, segments, row, told, modes, drawing.crs, path, report)
    return Built(streets, found, columns, told.kinds, notes)


def _check(reading: Reading) -> None:
    faults = [
        Text("“{highway}” is not a kind of street", {"highway": highway})
        for highway in reading.kinds.values()
        if highway not in HIGHWAYS and highway not in NO_STREET
    ]
    faults += [
        Text("No column gives “{role}”", {"role": role})
        for role in reading.columns
        if role not in ROLES
    ]
    faults += [
        Text("a tolerance of {metres} m is not within 0 to 100 m", {"metres": f"{metres:g}"})
        for metres in (reading.snap_m, reading.near_m)
        if not 0 <= metres <= _MAX_TOLERANCE_M
    ]
    if faults:
        raise NetworkError(
            "The lines can't be read with these options",
            "Kinds may be {highways}, or no; columns may give {roles}.",
            faults=faults,
            highways=", ".join(HIGHWAYS),
            roles=", ".join(ROLES),
        )


def _drawing(
    shapes: Objects, bbox: tuple[float, float, float, float] | None, report: dict[str, Any]
) -> Drawing:
    """Return single lines in metres, their rows, and lines without a length."""
    kind = shapely.get_type_id(shapes)
    is_line = np.isin(kind, (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING))
    held = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    report["lines_without_place"] = int((~held).sum()) - report["lines_left_out"]
    report["lines_other"] = int((held & ~is_line).sum())
    taken = held & is_line
    if bbox is not None:
        inside = shapely.intersects(shapes, shapely.box(*bbox))
        report["lines_outside_box"] = int((taken & ~inside).sum())
        taken &= inside
    lines = np.flatnonzero(taken)
    parts, index = shapely.get_parts(shapes[lines], return_index=True)
    parts = shapely.remove_repeated_points(np.asarray(parts, dtype=np.object_))
    row = lines[index].astype(np.int64)
    # The middle of all points, so that a few strays don't carry it off.
    middle = np.median(shapely.get_coordinates(parts), axis=0) if len(parts) else (0.0, 0.0)
    crs = geo.metric_crs((float(middle[0]), float(middle[1])))
    metric = shapely.transform(parts, lambda lonlat: geo.to_metric(lonlat, crs))
    metric = np.asarray(metric, dtype=np.object_)
    long = shapely.length(metric) > SAME_M
    return Drawing(crs, metric[long], row[long], metric[~long], row[~long])


def _once(net: Planar, drawing: Drawing, told: Told) -> tuple[Whole, Whole, Whole]:
    """Return segments and their rows without those drawn twice, and the lines that are.

    A segment goes where another says the same of the same way; a line is drawn twice if
    others go all its way, whatever they say of it.
    """
    row = drawing.row[net.line]
    kept: dict[tuple[int, str, int], int] = {}
    alike, ways = _alike(told)
    code = np.array(
        [
            kept.setdefault((way, tags.get("name", ""), level), len(kept))
            for way, tags, level in zip(alike.tolist(), told.tags, told.level, strict=True)
        ],
        dtype=np.int64,
    )
    both = np.array([tags.get("oneway") in ("no", None) for tags in ways], dtype=np.bool_)[alike]
    ends = np.where(both[row, None], np.sort(net.segment_nodes, axis=1), net.segment_nodes)
    _, first = np.unique(np.column_stack([ends, code[row]]), axis=0, return_index=True)
    _, earliest, way = np.unique(ends, axis=0, return_index=True, return_inverse=True)
    new = net.line[earliest[way.reshape(-1)]] == net.line
    own = np.bincount(net.line, new, minlength=len(drawing.lines))
    drawn = np.bincount(net.line, minlength=len(drawing.lines))
    first = np.sort(first)
    return net.segment_nodes[first], row[first], np.flatnonzero((own == 0) & (drawn > 0))


def _alike(told: Told) -> tuple[Whole, list[dict[str, str]]]:
    """Return which tags each line has but for its name, and those there are: not many."""
    there: dict[tuple[tuple[str, str], ...], int] = {}
    of = [
        there.setdefault(tuple(item for item in tags.items() if item[0] != "name"), len(there))
        for tags in told.tags
    ]
    return np.array(of, dtype=np.int64), [dict(tags) for tags in there]


def _driven(told: Told, modes: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return whether cars may go along each row and against it, if they are asked for."""
    alike, ways = _alike(told)
    open_to = np.array([int(RULES["drive"](tags)[0]) for tags in ways])[alike]
    bits = np.array([int(bit) for bit in ACCESS["drive"]]) * ("drive" in modes)
    return (open_to[:, None] & bits) != 0


def _streets(  # noqa: PLR0917
    net: Planar,
    segments: Whole,
    row: Whole,
    told: Told,
    modes: Sequence[str],
    crs: str,
    path: Path,
    report: dict[str, Any],
) -> Streets:
    alike, ways = _alike(told)
    access, own = np.zeros((2, len(ways)), dtype=AccessBits)
    for number, tags in enumerate(ways):
        for mode in modes:
            own[number] |= int(own_access(tags, mode))
            access[number] |= int(RULES[mode](tags)[0]) | int(own[number])
    named: dict[str, int] = {}
    name = [
        named.setdefault(tags["name"], len(named)) if "name" in tags else -1 for tags in told.tags
    ]
    # Lines that are left out have no segments; what stands for them is never read.
    highways = [tags.get("highway", fields.UNSAID) for tags in ways]
    street_class = np.array([HIGHWAYS[one].street_class for one in highways], dtype=np.uint8)
    kind = np.array([_KINDS.index(one) for one in highways], dtype=np.uint8)
    limits = np.array([maxspeed_kmh(tags) for tags in ways], dtype=np.float32)
    lie = np.array([structure(tags) for tags in ways], dtype=np.uint8)
    way = alike[row]
    return assemble(
        crs,
        geo.to_lonlat(net.node_xy, crs),
        segments,
        street_class[way],
        lie[way],
        access[way],
        np.array(name, dtype=np.int64)[row],
        tuple(named),
        Provenance(
            title=path.stem,
            source=path.name,
            licence="",
            date="",
            schematic=False,
            report=report,
        ),
        Traffic(kinds=_KINDS, kind=kind[way], maxspeed_kmh=limits[way]),
        private=own[way],
    )
