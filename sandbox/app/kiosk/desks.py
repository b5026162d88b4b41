"""Minutes from wherever a visitor presses to the desks of a scene, by each mode."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd

from sandbox.analysis.places.access import place_of
from sandbox.analysis.route import Route
from sandbox.app import places
from sandbox.app.answering import answer
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.scenes.facts import frame_of, minutes_between
from sandbox.app.questions import JourneyQuestion, ReachQuestion
from sandbox.catalog.scenes import Desks
from sandbox.geo.crs import WGS84
from sandbox.streets.modes import Mode
from sandbox.words import Text

DESKS: Final = "desks"


@dataclass(frozen=True, slots=True, eq=False)
class DeskTimes:
    """How long it takes to the desks.

    Attributes
    ----------
    question
        From where; its mode is that of the ways drawn.
    minutes
        By mode, minutes to each desk in the scene's order; None beyond the time looked for.
    routes
        The way to each desk that is reached at all.
    """

    question: ReachQuestion
    minutes: Mapping[Mode, tuple[float | None, ...]]
    routes: tuple[Route, ...]


def desk_times(atlas: Atlas, asked: Desks, question: ReachQuestion, job: Job) -> DeskTimes:
    """Compute minutes and ways to the desks; called off the UI thread.

    Parameters
    ----------
    atlas
        Layers and streets.
    asked
        Which desks, and by what modes.
    question
        From where.
    job
        Asked between searches whether anybody still waits.

    Raises
    ------
    SandboxError
        The place has no street near enough.
    """
    # All times count from the origin, so that card, bands and routes agree.
    here = place_of(places.origin(atlas, question))
    start = gpd.GeoDataFrame(
        {"id": ["here"], "gates": [here.gates]}, geometry=[here.shape], crs=WGS84
    )
    desks = [place for one in asked.to if (place := scenes.found(atlas, one)) is not None]
    ends = frame_of(desks)
    minutes: dict[Mode, tuple[float | None, ...]] = {}
    for mode in asked.modes:
        job.report(-1.0, Text("Calculating"))
        known = minutes_between(atlas, start, ends, mode, asked.minutes, asked.scenario)
        minutes[mode] = tuple(known["here", str(one)] for one in ends["id"])
    routes: list[Route] = []
    for place in desks:
        job.report(-1.0, Text("Calculating"))
        found = answer(atlas, JourneyQuestion(question, place.where), job)
        if found.route is not None:
            routes.append(found.route)
    return DeskTimes(replace(question), minutes, tuple(routes))
