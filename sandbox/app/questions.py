"""What can be asked of the map's city, and what the answers are: one frozen value each."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from sandbox.edits.street_edits import StreetEdits
from sandbox.streets.travel import ON_FOOT, Travel

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon
    from shapely.geometry.base import BaseGeometry

    from sandbox.analysis.comparison.compare import Compared
    from sandbox.analysis.comparison.difference import Difference, SavedMinutes
    from sandbox.analysis.isochrone import Isochrone
    from sandbox.analysis.itinerary import Itinerary
    from sandbox.analysis.route import Route
    from sandbox.analysis.together import Together
    from sandbox.analysis.within_reach import PlaceReached
    from sandbox.edits.scenario import Scenario
    from sandbox.words import Text

LonLat = tuple[float, float]
# So many are told apart by their numbers; each costs a search.
MOST_ORIGINS: Final = 20
A_co = TypeVar("A_co", covariant=True)
NO_EDITS: Final = StreetEdits()
T = TypeVar("T")


class Question(Generic[A_co]):
    """What can be asked of the map's city; `A_co` is what the answer is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Selected:
    """A feature that is picked: its layer and its `id` there."""

    layer: str
    id: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one starts from: a position, WGS 84, and the place of the map where it is one."""

    lonlat: LonLat
    place: Selected | None = None


@dataclass(frozen=True, slots=True)
class ReachQuestion(Question["ReachAnswer"]):
    """What is asked of the network: from where, how far, how one moves.

    Attributes
    ----------
    origin_lonlat
        Where the pin stands, WGS 84.
    minutes
        Cutoffs, ascending.
    reach_m
        How far from a street ground still counts as reached, metres.
    place
        The place that the origin is, where it was chosen by name or icon; its
        accuracy then bears on the answer.
    travel
        How one moves, what was chosen for other modes too: `moving.travel_of` leaves that out.
    scenario
        By transit, what runs beside the timetable.
    edits
        How the streets are changed; a map's `Document` gives each question its own edits.
    others
        Further origins beside the first one.
    together
        With several: the ground of the nearest (``any``), or where all can meet (``all``).
    """

    origin_lonlat: LonLat
    minutes: tuple[float, ...] = (5.0, 10.0, 15.0)
    reach_m: float = 50.0
    place: Selected | None = None
    travel: Travel = ON_FOOT
    scenario: "Scenario | None" = None
    edits: StreetEdits = NO_EDITS
    others: tuple[Origin, ...] = ()
    together: "Together" = "any"

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Return all origins, the first one first."""
        return (Origin(self.origin_lonlat, self.place), *self.others)

    def from_origins(self, origins: "Sequence[Origin]") -> "ReachQuestion":
        """Return the same question from other origins, one at least."""
        first, *others = origins
        return replace(self, origin_lonlat=first.lonlat, place=first.place, others=tuple(others))


@dataclass(frozen=True, slots=True)
class ReachAnswer:
    """The answer to a `ReachQuestion`: bands and the places within them.

    Attributes
    ----------
    question, isochrone, places
        What was asked, its bands, the places within.
    coarse
        Whether it was made in haste while a hand moves, from fewer departures or points.
    why
        By transit: why that is no farther than feet lead; empty where it is.
    """

    question: ReachQuestion
    isochrone: "Isochrone"
    places: "tuple[PlaceReached, ...]"
    coarse: bool = False
    why: "tuple[Text, ...]" = ()


@dataclass(frozen=True, slots=True)
class Against:
    """What the reach question is compared with: itself, changed in one thing.

    Attributes
    ----------
    kind, value
        What is changed, and to what: a scenario by its id (empty for the timetable alone),
        a mode, a percentile, the longitude and latitude of another origin with a comma
        between, a departure as an ISO date and time, an hour of congestion (empty for free
        flow), a direction (``from`` or ``to`` the place), or ``unedited`` for the
        streets as they are.
    scenario
        A scenario that doesn't come with the program.
    as_base
        Whether the changed question is the base and the one on screen the plan. By default
        the base is what is there today, else the question on screen.
    """

    kind: Literal[
        "scenario", "mode", "percentile", "place", "direction", "streets", "depart", "hour"
    ]
    value: str
    scenario: "Scenario | None" = None
    as_base: bool | None = None

    def fits(self, question: ReachQuestion) -> bool:
        """Return whether a question can be changed so, and is then another one.

        What several origins reach together is compared with nothing.
        """
        if question.others:
            return False
        needed = {"hour": "drive"} | dict.fromkeys(("scenario", "percentile", "depart"), "transit")
        mode = question.travel.mode
        if mode != needed.get(self.kind, mode):
            return False
        # The same scenario or percentile may be compared: the answer says that nothing changes.
        if self.kind in ("scenario", "percentile", "place"):
            return True
        return self.value_of(question) != self.value

    def value_of(self, question: ReachQuestion) -> str:
        """Return what a question itself has in place of `value`."""
        travel, ride, scenario = question.travel, question.travel.ride, question.scenario
        values = {
            "scenario": scenario.id if scenario else "",
            "mode": travel.mode,
            "percentile": str(ride.percentile) if ride else "",
            "place": "{:.7f},{:.7f}".format(*question.origin_lonlat),
            "direction": "to" if travel.towards else "from",
            "streets": "edited" if any(one.on for one in question.edits.edits) else "unedited",
            "depart": ride.when.isoformat(timespec="minutes") if ride else "",
            "hour": "" if travel.hour is None else str(travel.hour),
        }
        return values[self.kind]


@dataclass(frozen=True, slots=True)
class AgainstQuestion(Question["AgainstAnswer"]):
    """How what a reach question reaches differs from what it is compared with."""

    against: Against
    reach: ReachQuestion


@dataclass(frozen=True, slots=True)
class AgainstAnswer:
    """The answer to an `Against`, from the base to the plan.

    Attributes
    ----------
    against, question
        What was compared with what.
    base, plan
        Both questions; one of them is `question`.
    compared
        What either reaches, and the ground between.
    saved
        How much sooner or later the plan reaches ground.
    places
        Places that the base reaches, and those that the plan does, soonest first.
    """

    against: Against
    question: ReachQuestion
    base: ReachQuestion
    plan: ReachQuestion
    compared: "Compared"
    saved: "SavedMinutes"
    places: "tuple[tuple[PlaceReached, ...], tuple[PlaceReached, ...]]"

    @property
    def difference(self) -> "Difference":
        """Return the ground that the plan gains and loses beside the base."""
        return self.compared.ground


@dataclass(frozen=True, slots=True)
class JourneyQuestion(Question["JourneyAnswer"]):
    """Which way leads between a reach question's origin and a place."""

    reach: ReachQuestion
    to: Selected


@dataclass(frozen=True, slots=True)
class JourneyAnswer:
    """The way between the origin and a selected place.

    Attributes
    ----------
    question, to
        What reach is asked for, and the place.
    itinerary
        The journey by transit; None where there is none, and in the other modes.
    refused
        Why there is no way.
    route
        The way on foot, by bike or by car; None where there is none.
    back_minutes
        How long that takes the other way round; None where no way leads there.
    """

    question: ReachQuestion
    to: Selected
    itinerary: "Itinerary | None"
    refused: "Text | None" = None
    route: "Route | None" = None
    back_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class DepartureQuestion(Question["WindowAnswer"]):
    """What one departure of a window reaches, by its number; None asks how reliable times are."""

    reach: ReachQuestion
    departure: int | None


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """What a part of the window of departures of a question by transit shows.

    Attributes
    ----------
    question
        Whose window it is.
    departure, isochrone
        Number of the one departure, and what it reaches; None where times' spread is shown.
    bands_min, areas
        Minutes of spread, ascending, and the ground where times vary by at most so many,
        in metres of the streets; the larger holds the smaller.
    spread
        Whether it is the spread.
    """

    question: ReachQuestion
    departure: int | None
    isochrone: "Isochrone | None"
    bands_min: tuple[float, ...] = ()
    areas: "tuple[MultiPolygon, ...]" = ()
    spread: bool = False


@dataclass(frozen=True, slots=True)
class AnalysisQuestion(Question[A_co]):
    """A question that stands on the map beside that for reach; each analysis has a class of it.

    Attributes
    ----------
    edits
        How the streets are changed; a map's `Document` gives each question its own edits.
    """

    edits: StreetEdits = field(default=NO_EDITS, kw_only=True)


@dataclass(frozen=True, slots=True)
class AnalysisAnswer:
    """The answer to an `AnalysisQuestion`; each analysis has a class of it.

    Attributes
    ----------
    question
        What was asked.
    notes
        What must be said beside its figures: that no vehicle runs.
    """

    question: AnalysisQuestion[Any]
    notes: "tuple[Text, ...]" = field(default=(), kw_only=True)


def with_one(those: Sequence[T], kind: type[T], one: T | None) -> tuple[T, ...]:
    """Return questions or answers of analyses with this one in its class's place, or none."""
    kept = [other for other in those if not isinstance(other, kind)]
    return tuple(kept if one is None else [*kept, one])


@dataclass(frozen=True, slots=True)
class EditsQuestion(Question["EditsAnswer"]):
    """Which streets each of the edits closes."""

    edits: StreetEdits


@dataclass(frozen=True, slots=True)
class EditsAnswer:
    """The streets that each of the map's edits closes: lines, WGS 84; None for other edits."""

    edits: StreetEdits
    closed: "tuple[BaseGeometry | None, ...]"
