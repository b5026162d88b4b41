"""The fields of a map's state by what they are: kept and undone, made again, or passing."""

from typing import TYPE_CHECKING, Any, TypedDict

from sandbox.app.state import (
    Against,
    AgainstAnswer,
    AnalysisAnswer,
    AnalysisQuestion,
    EditsAnswer,
    JourneyAnswer,
    Language,
    LayerShown,
    LineSketch,
    LonLat,
    ReachAnswer,
    ReachQuestion,
    Selected,
    Theme,
    View,
    WindowAnswer,
)
from sandbox.edits.street_edits import Kind, StreetEdits

if TYPE_CHECKING:
    from sandbox.edits.scenario import Scenario


class Document(TypedDict, total=False):
    """What is kept: what is asked and how it is shown. Each change of it can be taken back."""

    layers: tuple[LayerShown, ...]
    reach: ReachQuestion | None
    reach_opacity: float | None
    against: Against | None
    against_minutes: bool
    against_cutoff: float | None
    edits: StreetEdits
    analyses: tuple[AnalysisQuestion[Any], ...]


class Answers(TypedDict, total=False):
    """What can be made again from the document."""

    reach_answer: ReachAnswer | None
    against_answer: AgainstAnswer | None
    window_answer: WindowAnswer | None
    edits_answer: EditsAnswer | None
    results: tuple[AnalysisAnswer, ...]
    journey: JourneyAnswer | None


class Gesture(TypedDict, total=False):
    """What a hand is doing, where one looks, what is at hand, and how the map is dressed."""

    opened: "tuple[Scenario, ...]"
    view: View
    language: Language
    theme: Theme
    departure: int | None
    spread: bool
    sketch: tuple[LonLat, ...] | None
    sketch_kind: LineSketch | Kind
    selected: Selected | None
    approval_number: str
    opened_by: int | None
    outdated: bool


class Changes(Document, Answers, Gesture, total=False):
    """Any fields of a state, by name: a misspelt one is a type error."""
