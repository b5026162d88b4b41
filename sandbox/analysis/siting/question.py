"""What is asked of siting, and what comes of it."""

from dataclasses import dataclass, field
from typing import Final, Literal

import geopandas as gpd

from sandbox.analysis.isochrone import MINUTES_LIMITS
from sandbox.analysis.isodistance import METRES_LIMITS
from sandbox.analysis.siting.problem import AIMS, Aim
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Travel, check_travel
from sandbox.words import Text

SECONDS_LIMITS: Final = (1.0, 86_400.0)
SPACING_LIMITS_M: Final = (0.0, 100_000.0)
# What becomes of what exists.
Existing = Literal["kept", "closable"]


@dataclass(frozen=True, slots=True)
class SitingQuestion:
    """What new sites are to achieve, and what limits them.

    Attributes
    ----------
    aim
        ``fewest`` sites that serve `share` of the people; or by at most `sites` of them the
        ``most`` people served, the least ``mean`` or the least ``worst`` cost of a home.
    metres, minutes
        How far a home may be from its site, along the streets; one of the two. In a mean, who
        is farther counts as this far; for the worst nobody may be farther.
    travel
        How one moves from home to the site; for metres only its mode counts.
    share
        Share of all people, 0 to 1.
    sites
        How many sites there may be; None for any number where the fewest are looked for.
    existing
        Whether the existing facilities stay, and only new ones count; or may be closed, and all
        count.
    budget
        What all sites may cost, by the column `cost` of candidates; existing ones cost nothing.
    spacing_m
        How far apart two sites must be, as the crow flies, where one of them is new.
    unit_share
        Share of the people of each unit that must be served; None for none.
    capacity
        Whether a site serves only as many people as its column `places` says.
    seconds
        How long may be searched for the best plan.
    """

    aim: Aim = "fewest"
    metres: float | None = 500.0
    minutes: float | None = None
    travel: Travel = field(default_factory=Travel)
    share: float = 0.95
    sites: int | None = None
    existing: Existing = "kept"
    budget: float | None = None
    spacing_m: float = 0.0
    unit_share: float | None = None
    capacity: bool = False
    seconds: float = 60.0

    @property
    def limit(self) -> float:
        """Return the longest way to a site, in its own unit."""
        limit = self.minutes if self.metres is None else self.metres
        if limit is None:
            raise AssertionError("neither metres nor minutes are given")
        return limit

    @property
    def unit(self) -> str:
        """Return ``metres`` or ``minutes``."""
        return "minutes" if self.metres is None else "metres"


@dataclass(frozen=True, slots=True, eq=False)
class Siting:
    """A plan of sites, and how good any plan can be.

    Attributes
    ----------
    question
        What was asked.
    sites
        All sites of the plan and those that it closes, WGS 84: `id, layer, name_zh, name_en,
        state` (``new``, ``kept``, ``closed``), `homes` and `people` that it is nearest to, `cost`
        and `places`, where known.
    homes
        Every home, WGS 84: `id, layer, name_zh, name_en, people, before, after` (to the nearest
        site within the limit before and after, metres or minutes, NaN where none is),
        `served_before, served_after, site_id` (the nearest one after).
    value, bound
        What the aim counts: new sites (or all, where existing ones may be closed), people, mean
        or worst metres or minutes; and what no plan can better.
    gap
        How far they are apart, as a share of the value.
    proven
        Whether no plan is better.
    people, people_before, people_after
        All people, and those served before and after.
    best_share
        Share of the people whom all candidates together would serve.
    people_known
        Whether the homes say how many people live there; if not, each home counts one.
    without_street
        Ids of homes and facilities that no street is near enough to.
    candidates_without_street
        How many candidates no street is near enough to.
    candidates
        How many candidates there were.
    stopped
        Whether somebody ended the search.
    """

    question: SitingQuestion
    sites: gpd.GeoDataFrame
    homes: gpd.GeoDataFrame
    value: float
    bound: float
    gap: float
    proven: bool
    people: float
    people_before: float
    people_after: float
    best_share: float
    people_known: bool
    without_street: tuple[str, ...]
    candidates_without_street: int
    candidates: int
    stopped: bool

    @property
    def share(self) -> float:
        """Return the share of the people that the plan serves."""
        return self.people_after / self.people if self.people else 0.0

    @property
    def share_before(self) -> float:
        """Return the share of the people that is served today."""
        return self.people_before / self.people if self.people else 0.0


def check_question(question: SitingQuestion) -> None:
    """Refuse a question that can't be meant.

    Raises
    ------
    AnalysisError
        With all faults at once.
    """
    faults = check_travel(question.travel)
    figures = {
        name: {"value": value if isinstance(value, str) or value is None else f"{value:g}"}
        for name in ("aim", "metres", "minutes", "share", "unit_share", "sites", "budget")
        for value in (getattr(question, name),)
    }
    figures |= {"spacing": {"value": f"{question.spacing_m:g}"}}
    figures |= {"seconds": {"value": f"{question.seconds:g}"}, "old": {"value": question.existing}}
    unlike = question.aim in ("mean", "worst")
    checks = (
        (
            question.aim not in AIMS,
            Text("the aim “{value}” (fewest, most, mean, worst)", figures["aim"]),
        ),
        (
            (question.metres is None) == (question.minutes is None),
            Text("metres and minutes: give one of the two"),
        ),
        (
            _outside(question.metres, METRES_LIMITS),
            Text("{value} metres (10 to 100,000 are possible)", figures["metres"]),
        ),
        (
            _outside(question.minutes, MINUTES_LIMITS),
            Text("{value} minutes (1 to 240 are possible)", figures["minutes"]),
        ),
        (
            _outside(question.spacing_m, SPACING_LIMITS_M),
            Text("a spacing of {value} m (0 to 100,000 are possible)", figures["spacing"]),
        ),
        (
            _outside(question.seconds, SECONDS_LIMITS),
            Text("a search of {value} s (1 to 86,400 are possible)", figures["seconds"]),
        ),
        (
            _outside(question.share, (0.0, 1.0)),
            Text("a share of {value} (0 to 1 are possible)", figures["share"]),
        ),
        (
            _outside(question.unit_share, (0.0, 1.0)),
            Text("a share of {value} (0 to 1 are possible)", figures["unit_share"]),
        ),
        (
            _outside(question.sites, (1, 10**9)),
            Text("{value} sites (1 or more are possible)", figures["sites"]),
        ),
        (
            _outside(question.budget, (0.0, float("inf"))),
            Text("a budget of {value} (0 or more is possible)", figures["budget"]),
        ),
        (
            question.sites is None and question.aim != "fewest",
            Text("a number of sites is needed for this aim"),
        ),
        (
            unlike and (question.capacity or question.unit_share is not None),
            Text("capacity and shares of units go with the aims fewest and most only"),
        ),
        (
            question.existing not in ("kept", "closable"),
            Text("existing facilities “{value}” (kept, closable)", figures["old"]),
        ),
    )
    faults += [fault for wrong, fault in checks if wrong]
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)


def _outside(value: float | None, limits: tuple[float, float]) -> bool:
    return value is not None and not limits[0] <= value <= limits[1]
