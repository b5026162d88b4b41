"""What is on screen, as one frozen value of three parts: the only truth of the map."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from sandbox.app.questions import (
    NO_EDITS,
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
from sandbox.catalog.symbology import Symbology
from sandbox.edits.street_edits import Kind, StreetEdits
from sandbox.projects.project import NOT_APPROVED, Approval
from sandbox.words import Language

if TYPE_CHECKING:
    from sandbox.edits.scenario import Scenario

# A new line; of a line that is there: another station, another route, a stop's link to a street.
LineSketch = Literal["line", "station", "way", "link"]
# Points that are clicked to measure, or to change a feature of an own layer.
Measuring = Literal["measure", "feature"]
LINE_SKETCHES: Final = ("line", "station", "way", "link")
POINT_SKETCHES: Final = ("measure", "feature")
Q = TypeVar("Q", bound=AnalysisQuestion[Any])
R = TypeVar("R", bound=AnalysisAnswer)
# How opaque a window's bands are at first.
REACH_OPACITY: Final = 0.3
# Farther down one would look along the ground, where a map says nothing any more.
STEEPEST_TILT_DEG: Final = 68.0
# How far it is tilted when one asks for the table.
TABLE_TILT_DEG: Final = 58.0
# By how much heights are stretched at first: two ridges of 400 metres over 20 kilometres would
# otherwise hardly show.
EXAGGERATION: Final = 1.8


@dataclass(frozen=True, slots=True)
class View:
    """The part of the ground that is on screen.

    Attributes
    ----------
    center_lonlat
        WGS 84 position of the middle of the canvas.
    m_per_px
        Metres on the ground per logical pixel; where the map is tilted, in its middle.
    tilt_deg
        How far the map is tilted from looking straight down, 0 for the flat map, at most
        `STEEPEST_TILT_DEG`; tilted, it lies over its relief (`sandbox.draw.sandtable`).
    bearing_deg
        The compass direction that is up; 0 for the flat map.
    exaggeration
        By how much heights are stretched where it is tilted.
    """

    center_lonlat: LonLat
    m_per_px: float
    tilt_deg: float = 0.0
    bearing_deg: float = 0.0
    exaggeration: float = EXAGGERATION


@dataclass(frozen=True, slots=True)
class LayerShown:
    """A layer's place in the stack (first is lowest), whether it shows, and how.

    Attributes
    ----------
    opacity
        0-1.
    symbology
        Colours and names of a layer of the user's own; None for those of its kind.
    """

    id: str
    visible: bool = True
    opacity: float = 1.0
    symbology: Symbology | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What is kept: what is asked, what is edited, and how it is shown.

    Each change of it can be taken back. It holds plain values and geometries, so that all of
    it can be written to a file (`sandbox.app.document_json`): no answers, no networks.

    Attributes
    ----------
    view
        Which part of the ground is on screen. Moving the map is no step to take back.
    layers
        The layers in their order, lowest first.
    reach, reach_opacity
        What reach is asked for; how opaque the bands' areas are, 0-1: at 0.5 half of a band's
        own colour lies over the map, at 0 the answer isn't shown. None leaves it to the theme.
    against, against_minutes, against_cutoff
        What that is compared with; whether the comparison shows minutes saved, not ground
        gained and lost; the cutoff whose ground it shows, the longest where it is none of them.
    spread
        Whether it is shown how reliable times are over a window of departures.
    analyses
        What is asked beside reach, at most one question of each class.
    edits
        How the streets are changed, for all questions.
    scenarios
        Scenarios that were opened or begun, beside those that come with the program.
    opened_by
        Year; places that opened later, or whose year isn't known, have no mark then.
        None marks them all.
    approval
        What the map's official review says, as it stands on every picture of it.
    """

    view: View
    layers: tuple[LayerShown, ...]
    reach: ReachQuestion | None = None
    reach_opacity: float | None = None
    against: Against | None = None
    against_minutes: bool = False
    against_cutoff: float | None = None
    spread: bool = False
    analyses: tuple[AnalysisQuestion[Any], ...] = ()
    edits: StreetEdits = NO_EDITS
    scenarios: "tuple[Scenario, ...]" = ()
    opened_by: int | None = None
    approval: Approval = NOT_APPROVED

    @property
    def reach_shown(self) -> bool:
        """Return whether the bands are on the map, once there are any."""
        return self.reach_opacity != 0.0

    def asked(self, kind: type[Q]) -> Q | None:
        """Return the question of an analysis that stands on the map."""
        return next((one for one in self.analyses if isinstance(one, kind)), None)

    def __post_init__(self) -> None:
        """Give questions the map's edits of the streets, and end a comparison that can't be made.

        A comparison that doesn't fit its question any more would show nothing under its name.
        """
        if self.reach is not None and self.reach.edits != self.edits:
            object.__setattr__(self, "reach", replace(self.reach, edits=self.edits))
        if any(asked.edits != self.edits for asked in self.analyses):
            asked_so = tuple(replace(asked, edits=self.edits) for asked in self.analyses)
            object.__setattr__(self, "analyses", asked_so)
        if (
            self.against is not None
            and self.reach is not None
            and not self.against.fits(self.reach)
        ):
            object.__setattr__(self, "against", None)


@dataclass(frozen=True, slots=True)
class Answers:
    """What can be made again from the document: answers, each to a question that it names.

    Attributes
    ----------
    results
        The answers to the analyses, at most one of each class.
    outdated
        Whether a newer question has waited so long that what the map shows is painted
        and labelled as the answer to an older one.
    approval_outdated
        Whether the map holds something else than when it was approved.
    """

    reach_answer: ReachAnswer | None = None
    against_answer: AgainstAnswer | None = None
    window_answer: WindowAnswer | None = None
    edits_answer: EditsAnswer | None = None
    results: tuple[AnalysisAnswer, ...] = ()
    journey_answer: JourneyAnswer | None = None
    outdated: bool = False
    approval_outdated: bool = False

    def result(self, kind: type[R]) -> R | None:
        """Return the answer to an analysis that is on the map."""
        return next((one for one in self.results if isinstance(one, kind)), None)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is about: it is marked and named before all else.

    Attributes
    ----------
    where
        Its layer and id.
    named
        Whether its name must stand there, and not its mark alone.
    number
        Number that stands in its mark, as beside its row on a card; 0 for none.
    new
        Whether it is new in what is told, and shines.
    """

    where: Selected
    named: bool = True
    number: int = 0
    new: bool = False


@dataclass(frozen=True, slots=True)
class Gesture:
    """What a hand or a show is doing: it passes, and is neither kept nor taken back.

    Attributes
    ----------
    selected
        The feature that is picked.
    sketch, sketch_kind
        Points of what is being drawn, None while nothing is; and what that is: a kind of
        `LineSketch` for the scenario's lines, else the kind of an edit of the streets.
    departure
        Number of the departure of the window that is shown alone, as while a film of them runs.
    mark
        A position that was searched for.
    subjects
        What a scene of the hall is about.
    subjects_alone
        Whether no places have marks beside those.
    tried
        The sites of the best plan so far, while a better one is looked for.
    hour
        Of the day by the clock, which a table's light and shadows follow; None for the light
        that maps have.
    """

    selected: Selected | None = None
    sketch: tuple[LonLat, ...] | None = None
    sketch_kind: LineSketch | Kind | Measuring = "line"
    departure: int | None = None
    mark: LonLat | None = None
    subjects: tuple[Subject, ...] = ()
    subjects_alone: bool = False
    tried: tuple[LonLat, ...] = ()
    hour: float | None = None


@dataclass(frozen=True, slots=True)
class MapState:
    """Everything a picture of the map follows from, beside the atlas (data) itself.

    `sandbox.app.changes.changed` makes another one of it.

    Attributes
    ----------
    document, answers, gesture
        What is kept, what can be made again, and what a hand is doing.
    language, theme
        How the map speaks and looks, as the settings have it.
    """

    document: Document
    answers: Answers = Answers()
    gesture: Gesture = Gesture()
    language: Language = "zh"
    theme: Theme = "light"
