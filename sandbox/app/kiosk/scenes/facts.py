"""What a scene computes once when it comes on: minutes on the streets in use."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd

from sandbox.analysis.route import Route
from sandbox.analysis.times import times
from sandbox.app import moving
from sandbox.app.answers.journey import through
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.kiosk.scenes.scenes import found, places_of
from sandbox.app.places import Place
from sandbox.app.questions import Selected
from sandbox.catalog.scenes import (
    Commute,
    Day,
    Places,
    Scene,
)
from sandbox.edits.line_edits import apply
from sandbox.geo.crs import WGS84
from sandbox.streets.modes import Mode
from sandbox.streets.travel import Travel
from sandbox.words import Text

TODAY: Final = "today"


@dataclass(frozen=True, slots=True)
class Timed:
    """A place and the minutes to it; None beyond the time that was looked for."""

    where: Selected
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many pairs of home and work a mode connects within the time.

    `scenario` says what runs, for those who go by transit.
    """

    mode: Mode
    within: int
    pairs: int
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a scene computes once when it comes on: minutes on the streets in use.

    Attributes
    ----------
    scene
        Whose they are.
    places
        Listed places, nearest first.
    shares
        The commute by mode.
    legs
        Each way of the day; None where no way leads there.
    """

    scene: str
    places: tuple[Timed, ...] = ()
    shares: tuple[Share, ...] = ()
    legs: tuple[Route | None, ...] = ()


def facts(atlas: Atlas, scene: Scene, job: Job) -> Facts:
    """Compute what a scene says of the streets in use; called off the UI thread."""
    job.report(-1.0, Text("Calculating"))
    return Facts(
        scene.id,
        places=_timed(atlas, scene.places) if scene.places else (),
        shares=_shares(atlas, scene.commute) if scene.commute else (),
        legs=_legs(atlas, scene.day, job) if scene.day else (),
    )


def frame_of(listed: Sequence[Place]) -> gpd.GeoDataFrame:
    """Return places with shapes and gates; ids are those of layer and feature, as `a/b`."""
    found = [place.where_from() for place in listed]
    return gpd.GeoDataFrame(
        {
            "id": [f"{place.where.layer}/{place.where.id}" for place in listed],
            "gates": [one.gates for one in found],
        },
        geometry=[one.shape for one in found],
        crs=WGS84,
    )


def minutes_between(  # noqa: PLR0917
    atlas: Atlas,
    starts: gpd.GeoDataFrame,
    ends: gpd.GeoDataFrame,
    mode: Mode,
    within: float,
    scenario: str = TODAY,
) -> dict[tuple[str, str], float | None]:
    """Return the minutes of each pair by their ids, None beyond the time looked for.

    Parameters
    ----------
    atlas
        Layers and streets.
    starts, ends
        Places with `id` and geometry, WGS 84.
    mode
        How one moves.
    within
        Longest time that is looked for, minutes.
    scenario
        Id of what runs, for those who go by transit.
    """
    if mode == "transit":
        supply = apply(moving.scenarios(atlas)[scenario]).supply
        travel = Travel(mode, ride=moving.first_ride(atlas))
        found = times(atlas.network, starts, ends, within, travel, supply=supply)
    else:
        found = times(atlas.network, starts, ends, within, Travel(mode))
    rows = zip(found.pairs["from_id"], found.pairs["to_id"], found.pairs["minutes"], strict=True)
    return {(str(a), str(b)): None if math.isnan(m) else float(m) for a, b, m in rows}


def _listed(atlas: Atlas, asked: Places) -> list[Place]:
    return [
        place
        for layer in asked.layers
        for place in places_of(atlas, layer)
        if (not asked.kinds or place.text("kind") in asked.kinds)
        and (not asked.ids or place.where.id in asked.ids)
    ]


def _key(where: Selected) -> str:
    return f"{where.layer}/{where.id}"


def _timed(atlas: Atlas, asked: Places) -> tuple[Timed, ...]:
    origin = found(atlas, asked.origin)
    assert origin is not None  # noqa: S101
    listed = [place for place in _listed(atlas, asked) if place.where != origin.where]
    start, ends = frame_of([origin]), frame_of(listed)
    known = minutes_between(atlas, start, ends, asked.mode, asked.minutes)
    rows = [Timed(place.where, known[_key(origin.where), _key(place.where)]) for place in listed]
    beyond = float("inf")
    return tuple(sorted(rows, key=lambda row: beyond if row.minutes is None else row.minutes))


def _shares(atlas: Atlas, asked: Commute) -> tuple[Share, ...]:
    homes = [place for one in asked.homes if (place := found(atlas, one)) is not None]
    work = [place for layer in asked.work for place in places_of(atlas, layer)]
    starts, ends = frame_of(homes), frame_of(work)
    made: list[Share] = []
    for mode in asked.modes:
        for scenario in asked.scenarios if mode == "transit" else ("",):
            known = minutes_between(atlas, starts, ends, mode, asked.minutes, scenario)
            within = sum(minutes is not None for minutes in known.values())
            made.append(Share(mode, within, len(known), scenario))
    return tuple(made)


def _legs(atlas: Atlas, day: Day, job: Job) -> tuple[Route | None, ...]:
    known = [(one, place) for one in day.stops if (place := found(atlas, one.place)) is not None]
    made: list[Route | None] = []
    for (_, start), (stop, end) in pairwise(known):
        made += through(atlas, (start.where, end.where), stop.mode or day.mode, job)
    return tuple(made)
