"""Streets edited at once: closed, slowed or added, over a network that stays as it is.

An edited network has the nodes and segments of the old one by their old numbers, and
what is added after them. A street that a drawn path joins between its ends is closed and
its pieces added; they round to whole milliseconds each, so a time may change by a
millisecond for every such joint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.edits.overlay import Overlay
from sandbox.engine.network import Network
from sandbox.engine.snap import AT_NODE_M
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.modes import ACCESS, STREET_MODES, Access
from sandbox.streets.streets import AccessBits, Streets
from sandbox.streets.timetable import Timetable
from sandbox.transit.stop_access import tied_again
from sandbox.words import Text

Kind = Literal["closed", "avoid", "slow", "footbridge", "path"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
# Shapes that each kind may have.
SHAPES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "closed": ("Point", "LineString"),
    "avoid": ("Polygon", "MultiPolygon"),
    "slow": ("Polygon", "MultiPolygon"),
    "footbridge": ("LineString",),
    "path": ("LineString",),
}
TIME_FACTOR_LIMITS: Final = (1.0, 100.0)
# How far a mark or the end of a drawn line may lie from the street that it means.
NEAR_M: Final = 40.0
MAX_EDITS: Final = 1000
# Kinds that add streets; the others take some away.
ADDING: Final[tuple[Kind, ...]] = ("footbridge", "path")
# A stretch between junctions is looked for this far round a mark.
_STRETCH_M: Final = 2000.0


@dataclass(frozen=True, slots=True)
class StreetEdit:
    """One change of the streets.

    Attributes
    ----------
    kind
        ``closed``: a point closes the stretch between junctions that it lies on, a line
        every street that it crosses. ``avoid``: no street that touches the area may be
        used. ``slow``: streets take longer inside the area. ``footbridge``: a line that
        joins the streets at its ends. ``path``: a line that joins them there and wherever
        it crosses one on the ground.
    shape
        Where, WGS 84.
    name
        What it is called.
    modes
        Whom it concerns; empty means everyone, and for a footbridge or path those on foot.
    time_factor
        How many times as long streets take in a slow area, 1 to 100.
    on
        Whether it counts.
    """

    kind: Kind
    shape: BaseGeometry
    name: str = ""
    modes: tuple[str, ...] = ()
    time_factor: float = 1.0
    on: bool = True

    @property
    def concerned(self) -> tuple[str, ...]:
        """Return the modes that it concerns, spelled out."""
        return self.modes or (("walk",) if self.kind in ADDING else STREET_MODES)


@dataclass(frozen=True, slots=True)
class StreetEdits:
    """Changes of the streets in an order, each on or off."""

    edits: tuple[StreetEdit, ...] = ()

    def switched(self, number: int, *, on: bool) -> "StreetEdits":
        """Return the same with one of them on or off."""
        edits = list(self.edits)
        edits[number] = replace(edits[number], on=on)
        return StreetEdits(tuple(edits))

    def added(self, edit: StreetEdit) -> "StreetEdits":
        """Return these and one more."""
        return StreetEdits((*self.edits, edit))

    def without(self, number: int) -> "StreetEdits":
        """Return these but one."""
        return StreetEdits(self.edits[:number] + self.edits[number + 1 :])


def faults_of(edit: StreetEdit) -> list[Text]:
    """Return what is wrong with an edit by itself, as words."""
    faults: list[Text] = []
    if edit.kind not in KINDS:
        faults.append(Text("there is no kind “{kind}”", {"kind": edit.kind}))
    elif edit.shape.geom_type not in SHAPES[edit.kind]:
        told = {"kind": edit.kind, "shape": edit.shape.geom_type}
        faults.append(Text("the kind “{kind}” can't have the geometry {shape}", told))
    if edit.shape.is_empty or not np.isfinite(shapely.get_coordinates(edit.shape)).all():
        faults.append(Text("it has no geometry"))
    elif not edit.shape.is_valid:
        faults.append(Text("its outline intersects itself"))
    unknown = [mode for mode in edit.modes if mode not in ACCESS]
    if unknown:
        faults.append(Text("unknown mode: {mode}", {"mode": ", ".join(unknown)}))
    low, high = TIME_FACTOR_LIMITS
    if not low <= edit.time_factor <= high:
        told = {"value": f"{edit.time_factor:g}"}
        faults.append(Text("a time factor of {value} (1 to 100 are possible)", told))
    return faults


def apply(network: Network, edits: StreetEdits) -> Network:
    """Return a network with the edits that are on; the same one where none is.

    A place on a closed street goes to the nearest one that is open.

    Raises
    ------
    NetworkError
        With the faults of all edits at once; also where one means no street.
    """
    on = [(number, edit) for number, edit in enumerate(edits.edits, 1) if edit.on]
    if not on:
        return network
    found = [(number, edit, faults_of(edit)) for number, edit in on]
    if not any(faults for _, _, faults in found):
        overlay, faults = _drawn(network, [edit for _, edit in on])
        found = [(n, edit, faults[i]) for i, (n, edit) in enumerate(on)]
        if not any(faults):
            before, count = network.before or network, network.edited + len(on)
            made = Network(overlay, network.timetable, before, count)
            if network.timetable is not None:
                made.timetable = _tied_again(made, network.timetable)
            return made
    raise NetworkError(
        "The street edits can't be applied",
        "Correct these edits, or switch them off.",
        faults=[
            Text("{name}: {why}", {"name": edit.name or f"#{number}", "why": why})
            for number, edit, faults in found
            for why in faults
        ],
    )


def _tied_again(network: Network, timetable: Timetable) -> Timetable:
    """Return a timetable whose stops' doors are on edited streets."""
    doors, which = tied_again(network, timetable.doors, _door_xy(network, timetable))
    return replace(
        timetable,
        doors=doors,
        door_stop=timetable.door_stop[which],
        door_lonlat=timetable.door_lonlat[which],
        door_s=timetable.door_s[which],
        door_out_s=timetable.door_out_s[which],
    )


def _door_xy(network: Network, timetable: Timetable) -> npt.NDArray[np.float64]:
    """Return where the doors themselves are, metres.

    NaN where that isn't known: for entrances in files of older programs, which keep only the
    street point and how far it is, and for a door whose street an earlier edit closed.
    """
    xy = geo.to_metric(timetable.door_lonlat, network.crs)
    away_m = np.hypot(*(xy - timetable.doors.street_xy).T)
    # A street point near a crossing was moved onto it.
    known = np.abs(away_m - timetable.doors.distance_m) <= 2 * AT_NODE_M
    return np.where(known[:, None], xy, np.nan)


def closed_lines(network: Network, edits: StreetEdits) -> tuple[BaseGeometry | None, ...]:
    """Return the streets that each ``closed`` edit closes, WGS 84; None for the other kinds.

    An edit tells so whether it is on or off. A line is empty where it means no street.

    Raises
    ------
    NetworkError
        A drawn line joins no street.
    """
    if all(edit.kind != "closed" for edit in edits.edits):
        return (None,) * len(edits.edits)
    adding = tuple(edit for edit in edits.edits if edit.kind in ADDING)
    streets = apply(network, StreetEdits(adding)).streets
    found: list[BaseGeometry | None] = []
    for edit in edits.edits:
        if edit.kind != "closed":
            found.append(None)
            continue
        closed = _closed(streets, shapes.to_metric(edit.shape, network.crs), edit)
        whole: Any = shapely.multilinestrings(streets.lines(closed))
        found.append(shapes.to_lonlat(whole, network.crs))
    return tuple(found)


def _drawn(network: Network, edits: list[StreetEdit]) -> tuple[Streets, list[list[Text]]]:
    """Return the edited streets, and the faults of each edit."""
    faults: list[list[Text]] = [[] for _ in edits]
    shapes_xy: list[Any] = [shapes.to_metric(edit.shape, network.crs) for edit in edits]
    overlay = Overlay(network)
    for i, edit in enumerate(edits):
        if edit.kind in ADDING and not overlay.draw(
            shapes_xy[i], edit.name, edit.concerned, crossing=edit.kind == "path", near_m=NEAR_M
        ):
            faults[i].append(
                Text("no street is within {limit} m of its ends", {"limit": f"{NEAR_M:g}"})
            )
    streets = overlay.streets()
    access, slow = streets.access.copy(), dict(streets.time_factor)
    for i, edit in enumerate(edits):
        if edit.kind == "slow":
            _slow(streets, shapes_xy[i], edit, slow)
        elif edit.kind in ("closed", "avoid"):
            closed = _closed(streets, shapes_xy[i], edit)
            if edit.kind == "closed" and not len(closed):
                told = {"limit": f"{NEAR_M:g}"}
                faults[i].append(
                    Text("it closes no street: the mark must lie within {limit} m of one", told)
                )
            for mode in edit.concerned:
                ahead, back = ACCESS[mode]
                access[closed] &= ~AccessBits(ahead | back)
    access[(access & AccessBits(Access.BIKE)) == 0] &= ~AccessBits(Access.BIKE_PUSHED)
    shut = streets.access & ~access
    if streets.shut is not None:
        shut |= streets.shut
    return replace(streets, access=access, shut=shut, time_factor=slow), faults


def _usable(streets: Streets, modes: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    bits = 0
    for mode in modes:
        bits |= int(ACCESS[mode][0] | ACCESS[mode][1])
    return (streets.access & AccessBits(bits)) != 0


def _closed(streets: Streets, shape: Any, edit: StreetEdit) -> npt.NDArray[np.int64]:
    usable = _usable(streets, edit.concerned)
    if shape.geom_type == "Point":
        near = np.flatnonzero(usable & streets.near(shape.bounds, NEAR_M))
        if not len(near):
            return near
        away = shapely.distance(streets.lines(near), shape)
        nearest = int(away.argmin())
        return _stretch(streets, int(near[nearest])) if away[nearest] <= NEAR_M else near[:0]
    near = np.flatnonzero(usable & streets.near(shape.bounds, 0.0))
    shapely.prepare(shape)
    return near[shapely.intersects(shape, streets.lines(near))]


def _stretch(streets: Streets, segment: int) -> npt.NDArray[np.int64]:
    """Return the segments of the stretch between junctions that one belongs to.

    Where a ferry lands a stretch ends.
    """
    a = streets.node_xy[streets.segment_nodes[segment, 0]]
    round_ = np.flatnonzero(
        streets.near((a[0], a[1], a[0], a[1]), _STRETCH_M) & (streets.access != 0)
    )
    walked_on = streets.walked_on
    met: dict[int, list[int]] = {}
    for s, ends in zip(round_.tolist(), streets.segment_nodes[round_].tolist(), strict=True):
        for node in ends:
            met.setdefault(node, []).append(s)
    found = {segment}
    waiting = streets.segment_nodes[segment].tolist()
    while waiting:
        node = waiting.pop()
        here = met.get(node, [])
        if len(here) == 2:  # it only goes on
            for other in here:
                if other not in found and walked_on[other] == walked_on[segment]:
                    found.add(other)
                    waiting += streets.segment_nodes[other].tolist()
    return np.array(sorted(found))


def _slow(
    streets: Streets, area: Any, edit: StreetEdit, slow: dict[str, npt.NDArray[np.float32]]
) -> None:
    """Lengthen times by the share of each segment that lies inside."""
    near = np.flatnonzero(_usable(streets, edit.concerned) & streets.near(area.bounds, 0.0))
    lines = streets.lines(near)
    shapely.prepare(area)
    touched = shapely.intersects(area, lines)
    near, lines = near[touched], lines[touched]
    length = np.maximum(shapely.length(lines), 1e-9)
    share = np.minimum(shapely.length(shapely.intersection(lines, area)) / length, 1.0)
    longer = (1.0 + (edit.time_factor - 1.0) * share).astype(np.float32)
    for mode in edit.concerned:
        before = slow.get(mode)
        after = np.ones(len(streets.length_m), dtype=np.float32) if before is None else before
        after = after.copy()
        after[near] *= longer
        slow[mode] = after
