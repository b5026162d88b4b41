"""A map with one question and its answers, as commands and Python write it to files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox.app.answering import answer, with_results
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.moving import by_mode
from sandbox.app.opening import first_origin, first_state
from sandbox.app.questions import (
    NO_EDITS,
    AnalysisQuestion,
    LonLat,
    ReachAnswer,
    ReachQuestion,
    Selected,
)
from sandbox.app.settings import Settings, Theme
from sandbox.app.state import LayerShown, MapState, View
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits import StreetEdits
from sandbox.errors import ExportError
from sandbox.streets.travel import Travel
from sandbox.words import Language


@dataclass(frozen=True, slots=True)
class Asked:
    """What a map in a file shows that differs from the first map.

    Attributes
    ----------
    origins
        Where the walk begins: position, and place of the map where it is one. The first is the
        map's own; a page compares it with the others. None are given where only analyses are.
    minutes, reach_m
        Cutoffs, and how far from a street ground still counts.
    travel, scenario
        How one moves; by transit what runs beside the timetable.
    analyses
        What is asked beside reach.
    edits
        How the streets are changed.
    layers
        Ids of the layers that show; None for those of the first map.
    """

    origins: Sequence[tuple[LonLat, Selected | None]]
    minutes: tuple[float, ...]
    reach_m: float
    travel: Travel
    scenario: Scenario | None = None
    analyses: tuple[AnalysisQuestion[Any], ...] = ()
    edits: StreetEdits = NO_EDITS
    layers: tuple[str, ...] | None = None


def asked_map(
    atlas: Atlas, settings: Settings, language: Language, asked: Asked, theme: Theme | None = None
) -> tuple[MapState, list[ReachAnswer]]:
    """Return the map with its answers, and the answers for the other origins.

    Without an origin and an analysis the map begins as a new window does.

    Raises
    ------
    ExportError
        There is no layer of one of the names.
    SandboxError
        What is asked can't be answered.
    """
    check_layers(asked.layers or (), tuple(atlas.layers))
    state = changed(
        first_state(atlas, settings, language), edits=asked.edits, analyses=asked.analyses
    )
    question: ReachQuestion | None = None
    if asked.origins:
        question = ReachQuestion(asked.origins[0][0], place=asked.origins[0][1])
    elif not asked.analyses:
        question = first_origin(atlas, settings)
    others: list[ReachAnswer] = []
    if question is not None:
        question = by_mode(question, asked.travel.mode, atlas)
        question = replace(
            question,
            minutes=asked.minutes,
            reach_m=asked.reach_m,
            travel=asked.travel,
            scenario=asked.scenario or question.scenario,
            edits=asked.edits,
        )
        others_asked = [
            replace(question, origin_lonlat=lonlat, place=place)
            for lonlat, place in asked.origins[1:]
        ]
        state, others = with_reach(atlas, state, [question, *others_asked])
    layers = state.document.layers
    if asked.layers:
        # Whoever names a layer of another place sees it.
        known = {one.id: one for one in layers}
        layers = tuple(
            replace(known.get(name, LayerShown(name)), visible=True)
            for name in atlas.layers
            if name in asked.layers
        )
    state = changed(state, layers=layers, theme=theme or state.theme)
    return with_results(atlas, state), others


def with_reach(
    atlas: Atlas, state: MapState, questions: Sequence[ReachQuestion]
) -> tuple[MapState, list[ReachAnswer]]:
    """Return a map that looks at the first question's answer, and the answers to the others.

    Raises
    ------
    SandboxError
        What is asked can't be answered.
    """
    first, *others = questions
    shown = changed(
        state,
        view=View(first.origin_lonlat, state.document.view.m_per_px),
        reach=first,
        reach_answer=answer(atlas, first),
    )
    return shown, [answer(atlas, one) for one in others]


def check_layers(asked: Sequence[str], known: Sequence[str]) -> None:
    """Refuse layers that there aren't.

    Raises
    ------
    ExportError
        With all names that no layer has.
    """
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise ExportError(
            "There is no layer named {names}.",
            "Layers: {known}.",
            names=", ".join(unknown),
            known=", ".join(known),
        )
