"""Changes of a map's state by its fields' names: typed, so that a misspelt one is an error.

Python can't derive these from the values of `sandbox.app.state`, so they are spelled out;
a test holds both together.
"""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack, cast

from sandbox.app.questions import (
    Against,
    AgainstAnswer,
    AnalysisAnswer,
    AnalysisQuestion,
    EditsAnswer,
    JourneyAnswer,
    LonLat,
    ReachAnswer,
    ReachQuestion,
    Selected,
    WindowAnswer,
)
from sandbox.app.settings import Theme
from sandbox.app.state import (
    Answers,
    Document,
    Gesture,
    LayerShown,
    LineSketch,
    MapState,
    Measuring,
    Subject,
    View,
)
from sandbox.edits.street_edits import Kind, StreetEdits
from sandbox.projects.project import Approval
from sandbox.words import Language

if TYPE_CHECKING:
    from sandbox.edits.scenario import Scenario


class DocumentChanges(TypedDict, total=False):
    """Fields of the document."""

    view: View
    layers: tuple[LayerShown, ...]
    reach: ReachQuestion | None
    reach_opacity: float | None
    against: Against | None
    against_minutes: bool
    against_cutoff: float | None
    spread: bool
    analyses: tuple[AnalysisQuestion[Any], ...]
    edits: StreetEdits
    scenarios: "tuple[Scenario, ...]"
    opened_by: int | None
    approval: Approval


class AnswersChanges(TypedDict, total=False):
    """Fields of the answers."""

    reach_answer: ReachAnswer | None
    against_answer: AgainstAnswer | None
    window_answer: WindowAnswer | None
    edits_answer: EditsAnswer | None
    results: tuple[AnalysisAnswer, ...]
    journey_answer: JourneyAnswer | None
    outdated: bool
    approval_outdated: bool


class GestureChanges(TypedDict, total=False):
    """Fields of the gesture."""

    selected: Selected | None
    sketch: tuple[LonLat, ...] | None
    sketch_kind: LineSketch | Kind | Measuring
    departure: int | None
    mark: LonLat | None
    subjects: tuple[Subject, ...]
    subjects_alone: bool
    tried: tuple[LonLat, ...]
    hour: float | None


class Changes(DocumentChanges, AnswersChanges, GestureChanges, total=False):
    """Any fields of a state, by name."""

    language: Language
    theme: Theme


# Part of the state that each field of a part belongs to.
_PARTS: Final = {
    field.name: part
    for part, kind in (("document", Document), ("answers", Answers), ("gesture", Gesture))
    for field in fields(kind)
}


def changed(state: MapState, **changes: Unpack[Changes]) -> MapState:
    """Return a state with some of its fields changed; parts without a change stay the same."""
    parts: dict[str, dict[str, Any]] = {}
    own: dict[str, Any] = {}
    for name, value in changes.items():
        if name in _PARTS:
            parts.setdefault(_PARTS[name], {})[name] = value
        else:
            own[name] = value
    for part, values in parts.items():
        own[part] = replace(getattr(state, part), **values)
    return replace(state, **own)


def kept(changes: Changes) -> DocumentChanges:
    """Return those of the changes that are of the document."""
    found = {name: value for name, value in changes.items() if _PARTS.get(name) == "document"}
    return cast(DocumentChanges, found)


def value(state: MapState, name: str) -> object:
    """Return what a field of a state is, by the name that changes give it."""
    return getattr(getattr(state, _PARTS[name]) if name in _PARTS else state, name)
