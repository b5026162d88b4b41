"""The way on foot, by bike or by car between the origin and a place, and the way back."""

from collections.abc import Sequence

import numpy as np
import shapely

from sandbox.analysis.isochrone import MINUTES_LIMITS, attach_origin, cutoff_ms
from sandbox.analysis.route import Route, route
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.moving import ask, by_mode
from sandbox.app.places import place
from sandbox.app.questions import tied_places
from sandbox.app.state import JourneyAnswer, LonLat, Mode, ReachAnswer, ReachQuestion, Selected
from sandbox.app.street_edits import edited
from sandbox.errors import AnalysisError, SandboxError
from sandbox.geo import crs as geo
from sandbox.network.search import search
from sandbox.words import Text


def to_place(atlas: Atlas, answer: ReachAnswer, to: Selected, job: Job) -> JourneyAnswer | None:
    """Return the way to a place that an answer's question asks for, and how long it takes back.

    It ends at the door of the place that is reached first, as the answer counts its minutes.

    Parameters
    ----------
    atlas
        Layers and streets.
    answer
        Where from, or where to, and how one moves.
    to
        The place; None is returned where the atlas has no such one.
    """
    question = answer.question
    if place(atlas.layers, to) is None:
        return None
    try:
        door = _door(atlas, answer, to)
        atlas = edited(atlas, question.edits)
        ends = question.origin_lonlat, door
        if question.towards:
            ends = door, question.origin_lonlat
        travel = answer.isochrone.travel
        there = route(atlas.network, *ends, travel)
        back = _or_none(atlas, ends[::-1], there)
    except SandboxError as error:
        return JourneyAnswer(question, to, None, error.message)
    return JourneyAnswer(question, to, None, None, there, back)


def through(
    atlas: Atlas, stops: Sequence[Selected], mode: Mode, job: Job
) -> tuple[Route | None, ...]:
    """Return the ways from each place to the next, each from the door that the last ended at.

    None stands where no way leads to a place; the next way begins at that place itself.
    """
    first = place(atlas.layers, stops[0])
    if first is None:
        return (None,) * (len(stops) - 1)
    at, found = first.lonlat, list[Route | None]()
    for stop in stops[1:]:
        job.report(-1.0, Text("Searching the streets"))
        there = _way(atlas, by_mode(ReachQuestion(at), mode, atlas), stop, job)
        found.append(there)
        end = place(atlas.layers, stop)
        at = there.to_lonlat if there is not None else end.lonlat if end is not None else at
    return tuple(found)


def _way(atlas: Atlas, question: ReachQuestion, to: Selected, job: Job) -> Route | None:
    try:
        near, _ = ask(atlas, question)
    except SandboxError:
        return None
    made = to_place(atlas, ReachAnswer(question, near, ()), to, job)
    return made.route if made is not None else None


def _or_none(atlas: Atlas, ends: tuple[LonLat, ...], there: Route) -> float | None:
    """Return the minutes of the way back; None where streets lead one way only."""
    try:
        return route(atlas.network, ends[0], ends[1], there.travel).minutes
    except AnalysisError:
        return None


def _door(atlas: Atlas, answer: ReachAnswer, to: Selected) -> LonLat:
    """Return the door of a place that is reached first, WGS 84.

    Raises
    ------
    AnalysisError
        The place has no street near enough, lies round the origin, or no way leads there
        in time.
    """
    isochrone = answer.isochrone
    edits = answer.question.edits
    tied = tied_places(atlas, isochrone.mode, edits)
    ours = np.array([pair == (to.layer, to.id) for pair in zip(tied.layer, tied.id, strict=True)])
    mine = np.flatnonzero(ours[tied.place]) if len(ours) else np.empty(0, np.int64)
    here = shapely.Point(geo.to_metric(isochrone.origin_lonlat, isochrone.crs))
    if any(ours[number] and shape.covers(here) for number, shape in tied.areas):
        raise AnalysisError("The place is all round the pin.", "Choose another place.")
    if not len(mine):
        raise AnalysisError(
            "No street that one may use is near enough to the place.", "Choose another mode."
        )
    times = tied.door_times_ms(isochrone.reached, isochrone.speed_kmh)[mine]
    if not np.isfinite(times).any():
        network, mode = edited(atlas, edits).network, isochrone.mode
        start = attach_origin(network, isochrone.origin_lonlat, mode=mode)
        far = search(network.moving(isochrone.travel), start, cutoff_ms(MINUTES_LIMITS[1]))
        times = tied.door_times_ms(far, isochrone.speed_kmh)[mine]
    if not np.isfinite(times).any():
        raise AnalysisError(
            "No way leads to the place within {minutes} minutes.",
            "Choose another mode.",
            minutes=f"{MINUTES_LIMITS[1]:g}",
        )
    lon, lat = geo.to_lonlat(tied.door_xy[mine[times.argmin()]], atlas.network.crs)
    return float(lon), float(lat)
