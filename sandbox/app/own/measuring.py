"""Lengths and areas of what is drawn to measure: as the crow flies, and along streets."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import shapely

from sandbox.analysis.route import route
from sandbox.app.answers.awaited import question_on_map
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import LonLat
from sandbox.app.state import MapState
from sandbox.app.street_edits import edited
from sandbox.geo.crs import area_km2, length_m
from sandbox.streets.travel import ON_FOOT
from sandbox.words import Text

_M_PER_KM: Final = 1000.0
_CORNERS: Final = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """What a line that was drawn measures.

    Attributes
    ----------
    metres
        Along its points, on the ellipsoid.
    km2
        Area that it encloses when closed; None for fewer than three points, or where it
        crosses itself.
    """

    metres: float
    km2: float | None


@dataclass(frozen=True, slots=True)
class AlongStreets:
    """The fastest ways from point to point: how long they are, and take; by which mode."""

    metres: float
    minutes: float
    mode: str


def measured(points: Sequence[LonLat]) -> Measured:
    """Return what a line through points measures."""
    total = float(length_m(points[:-1], points[1:]).sum()) if len(points) > 1 else 0.0
    if len(points) < _CORNERS:
        return Measured(total, None)
    ring = shapely.Polygon(points)
    return Measured(total, area_km2(ring) if shapely.is_valid(ring) else None)


def along_streets(
    points: Sequence[LonLat], atlas: Atlas, state: MapState, job: Job
) -> AlongStreets:
    """Return the ways along streets through points, as the map's question moves, else on foot.

    Raises
    ------
    AnalysisError
        A point lies too far from any street, or there is no way between two.
    """
    job.report(-1.0, Text("Measuring along streets"))
    asked = question_on_map(state)
    travel = ON_FOOT if asked is None or asked.travel.mode == "transit" else asked.travel
    network = edited(atlas, state.document.edits).network
    metres = minutes = 0.0
    for start, end in pairwise(points):
        found = route(network, start, end, travel)
        job.report(-1.0, Text("Measuring along streets"))
        metres, minutes = metres + found.metres, minutes + found.minutes
    return AlongStreets(metres, minutes, travel.mode)


def length_said(metres: float) -> Text:
    """Return a length as people read it."""
    if metres < _M_PER_KM:
        return Text("{metres} m", {"metres": f"{metres:,.0f}"})
    return Text("{km} km", {"km": f"{metres / _M_PER_KM:,.2f}"})


def area_said(km2: float) -> Text:
    """Return an area as people read it."""
    if km2 < 1.0:
        return Text("{area} m²", {"area": f"{km2 * 1e6:,.0f}"})
    return Text("{area} km²", {"area": f"{km2:,.3f}"})
