"""How far one comes by each mode in the same time: what a wall compares beside an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely

from sandbox.app import moving
from sandbox.app.answering import answer
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.questions import ReachQuestion
from sandbox.catalog.scenes import Scene
from sandbox.streets.modes import Mode
from sandbox.words import Text


@dataclass(frozen=True, slots=True, eq=False)
class ByMode:
    """What one mode reaches.

    Attributes
    ----------
    mode
        How one moves.
    km2
        Ground within the time.
    ground
        It, in metres of the map.
    """

    mode: Mode
    km2: float
    ground: shapely.Geometry


@dataclass(frozen=True, slots=True, eq=False)
class ByModes:
    """The same question by several modes.

    Attributes
    ----------
    question
        As it was asked, by one of them.
    minutes
        The time that all of them have.
    crs
        Metric system of the grounds.
    modes
        What each reaches, as the scene names them.
    """

    question: ReachQuestion
    minutes: float
    crs: str
    modes: tuple[ByMode, ...]


def compared_in(
    atlas: Atlas, scene: Scene, stage: int, question: ReachQuestion | None
) -> tuple[Mode, ...]:
    """Return the modes that a step compares from where a question is asked; empty for none."""
    asked = scenes.reach_of(scene, stage)
    if asked is None or question is None:
        return ()
    possible: list[Mode] = [mode for mode in moving.modes(atlas) if mode in asked.modes]
    possible.sort(key=asked.modes.index)
    return tuple(possible) if len(possible) > 1 else ()


def reach_by_modes(  # noqa: PLR0917
    atlas: Atlas,
    scene: Scene,
    stage: int,
    question: ReachQuestion,
    modes: Sequence[Mode],
    job: Job,
) -> ByModes:
    """Compute how far each mode comes; called off the UI thread.

    Parameters
    ----------
    atlas
        Streets and lines.
    scene, stage
        What is on: its lines run.
    question
        From where, and within which time.
    modes
        What is compared.
    job
        Asked between searches whether anybody still waits.

    Raises
    ------
    SandboxError
        The place has no street near enough.
    """
    longest = question.minutes[-1]
    made: list[ByMode] = []
    for mode in modes:
        job.report(-1.0, Text("Calculating"))
        by = scenes.by_mode(atlas, scene, stage, question, mode)
        found = answer(atlas, replace(by, minutes=(longest,)), job).isochrone
        made.append(ByMode(mode, found.areas_km2[-1], found.areas[-1]))
    return ByModes(question, longest, atlas.crs, tuple(made))
