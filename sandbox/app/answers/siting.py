"""Where new facilities should stand, on the map: the plan, its bound, who is served then."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.circles import audit as auditing
from sandbox.analysis.circles import question as asking
from sandbox.analysis.circles import results
from sandbox.analysis.siting import siting as finding
from sandbox.analysis.siting.problem import Aim, Plan
from sandbox.analysis.siting.question import Existing, Siting
from sandbox.analysis.siting.question import SitingQuestion as Asked
from sandbox.app import moving, places
from sandbox.app.answers import homes
from sandbox.app.answers.audit import FIRST_STANDARD, standard_of
from sandbox.app.answers.circles import check_services
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs, Progress
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion
from sandbox.app.session import Session
from sandbox.app.street_edits import edited
from sandbox.catalog import standards
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.travel import ON_FOOT, Travel
from sandbox.words import Text

GRID: Final = "grid"
# Questions whose search is to end with the best plan so far.
_ENDED: Final = f"{__name__}.ended"
_AUDITED: Final = ["rule", "limit", "by", "before", "after", "clause"]


@dataclass(frozen=True, slots=True)
class SitingQuestion(AnalysisQuestion["SitingAnswer"]):
    """What new sites are looked for.

    Attributes
    ----------
    homes, people
        Layer id of the homes, and their column of people or of floor area.
    layer, kinds
        Layer id of the facilities that exist, and the kinds of them that count; empty for none
        and for all.
    candidates, grid_m
        Layer id of the candidates, or ``grid`` with the step between its points.
    aim, metres, minutes, travel, share, sites, existing, spacing_m, seconds
        As `sandbox.analysis.siting.question.SitingQuestion` has them; metres count where no
        minutes are given.
    before
        Whether the map shows who is served today, not with the plan.
    """

    homes: str
    people: str = ""
    layer: str = ""
    kinds: tuple[str, ...] = ()
    candidates: str = GRID
    grid_m: float = 300.0
    aim: Aim = "most"
    metres: float = 500.0
    minutes: float | None = None
    travel: Travel = ON_FOOT
    share: float = 0.95
    sites: int = 5
    existing: Existing = "kept"
    spacing_m: float = 0.0
    seconds: float = 20.0
    before: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SitingAnswer(AnalysisAnswer):
    """The answer to a `SitingQuestion`.

    Attributes
    ----------
    question, found
        What was asked, and the plan.
    homes_xy, sites_xy
        Homes and sites in metres of the streets.
    audited
        Coverage of the national standard's rules for this kind of facility before and after:
        `rule, limit, by, before, after` (shares of people, else of homes), and `clause`; empty
        where it has none.
    schematic
        Whether streets, homes or facilities are schematic.
    pictures
        What the map keeps of it, by theme and what it shows.
    """

    question: SitingQuestion
    found: Siting
    homes_xy: Any
    sites_xy: Any
    audited: pd.DataFrame
    schematic: bool
    pictures: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)


def value_said(question: SitingQuestion, value: float) -> Text:
    """Return what a plan's value or bound is, as people say it."""
    if question.aim == "fewest":
        return Text("{count} sites", {"count": f"{value:,.0f}"})
    if question.aim == "most":
        return Text("{count} people", {"count": f"{value:,.0f}"})
    if question.minutes is not None:
        return Text("{minutes} min", {"minutes": f"{value:,.1f}"})
    return Text("{metres} m", {"metres": f"{value:,.0f}"})


def plan_said(question: SitingQuestion, plan: Plan) -> Text:
    """Return the best plan so far, and how near to the best it is known to be."""
    value = value_said(question, plan.value)
    if not is_bounded(plan.gap, proven=plan.proven):
        return Text(
            "best plan so far: {value}; how near it is to the best isn’t known yet",
            {"value": value},
        )
    return Text(
        "best plan so far: {value}, at most {gap} from the best",
        {"value": value, "gap": f"{100 * plan.gap:.1f} %"},
    )


def gap_said(gap: float, *, proven: bool) -> Text:
    """Return how far a plan may be from the best; in words where no bound is known."""
    if not is_bounded(gap, proven=proven):
        return Text("not known: no bound was found in the time")
    return Text("{gap}", {"gap": f"{gap:.2%}"})


def is_bounded(gap: float, *, proven: bool) -> bool:
    """Return whether anything is known of how good the best plan can be."""
    return proven or gap < 1.0


def keep_plan(atlas: Atlas, question: SitingQuestion) -> None:
    """Have the search for a question end soon, with the best plan so far as its answer."""
    atlas.kept.setdefault(_ENDED, {})[replace(question, before=False)] = True


def found_sites(atlas: Atlas, question: SitingQuestion, job: Job, given: Given) -> SitingAnswer:
    """Return where new facilities should stand.

    Raises
    ------
    AnalysisError
        There are no such homes or candidates, a number can't be meant, or no plan keeps the
        limits.
    """
    job.report(-1.0, Text("Reading homes and facilities"))
    network = edited(atlas, question.edits).network
    lived = homes.homes_from(atlas, question.homes, question.people)
    if not question.people:
        lived = gpd.GeoDataFrame(lived.drop(columns="people"))
    existing = lived.iloc[:0][["id", "layer", "name_zh", "name_en", "geometry"]]
    if question.layer:
        check_services(atlas.layers, question.layer, question.kinds)
        existing = places.features_of(atlas.layers[question.layer], question.kinds)
    if question.candidates == GRID:
        offered = finding.grid_candidates(network, lived, question.grid_m, question.metres)
    else:
        check_services(atlas.layers, question.candidates, ())
        offered = places.features_of(atlas.layers[question.candidates])
    asked = Asked(
        question.aim,
        question.metres if question.minutes is None else None,
        question.minutes,
        question.travel,
        share=question.share,
        sites=None if question.aim == "fewest" else question.sites,
        existing=question.existing,
        spacing_m=question.spacing_m,
        seconds=question.seconds,
    )

    offered_lonlat = shapely.get_coordinates(shapely.point_on_surface(offered.geometry.to_numpy()))

    def tell(plan: Plan) -> None:
        # The best plan so far stands in status line and map; who stops is heard between steps.
        if not job.cancelled:
            new = offered_lonlat[plan.open_[len(existing) :]]
            job.report(-1.0, plan_said(question, plan), tuple((x, y) for x, y in new.tolist()))

    ended, key = atlas.kept.setdefault(_ENDED, {}), replace(question, before=False)
    ended.pop(key, None)
    job.report(-1.0, Text("Searching for a first plan"))
    found = finding.site(
        network,
        lived,
        existing,
        offered,
        asked,
        tell=tell,
        stop=lambda: job.cancelled or key in ended,
    )
    ended.pop(key, None)
    job.report(-1.0, Text("Auditing before and after"))
    named = [one for one in (question.homes, question.layer, question.candidates) if one]
    schematic = homes.any_schematic(atlas.layers, named)
    return as_answer(
        found,
        question,
        atlas.crs,
        schematic=schematic or network.streets.provenance.schematic,
        audited=_audited(atlas, question, found),
    )


def show_tried(session: Session, jobs: Jobs, progress: Progress | None) -> None:
    """Have the map show the sites of the best plan so far, while its search goes on.

    Parameters
    ----------
    session, jobs
        The map, and where the search runs.
    progress
        What a job has reported; None when one has ended.
    """
    if progress is not None and progress.lane == ANALYSIS.id:
        if progress.tried:
            session.change(tried=progress.tried)
    elif session.state.gesture.tried and not jobs.waits(ANALYSIS.id):
        session.change(tried=())


def as_answer(
    found: Siting,
    question: SitingQuestion,
    crs: str,
    *,
    schematic: bool,
    audited: pd.DataFrame | None = None,
) -> SitingAnswer:
    """Return a plan as the map shows it; without an audit where none was made."""
    return SitingAnswer(
        question,
        found,
        _metric(found.homes, crs),
        shapely.point_on_surface(_metric(found.sites, crs)),
        pd.DataFrame(columns=_AUDITED) if audited is None else audited,
        schematic,
    )


def _metric(table: gpd.GeoDataFrame, crs: str) -> Any:
    every = np.asarray(table.geometry.to_numpy(), dtype=object)
    return shapely.transform(every, lambda lonlat: geo.to_metric(lonlat, crs))


def _audited(atlas: Atlas, question: SitingQuestion, found: Siting) -> pd.DataFrame:
    """Return how far the rules for this kind of facility are met, today and with the plan."""
    columns = _AUDITED
    kinds = {standards.facility_named(kind) for kind in question.kinds} - {""}
    standard = standard_of(FIRST_STANDARD)
    rules = {name: one for name, one in standard.rules.items() if one.facility in kinds}
    if not question.layer or not any(one.limits for one in rules.values()):
        return pd.DataFrame(columns=columns)
    asked = asking.AuditQuestion(
        replace(standard, rules=rules), standards.walker_named("adult"), absent="fail"
    )
    lived = homes.homes_from(atlas, question.homes, question.people)
    today = homes.facilities_from(atlas, (question.layer,))
    today = gpd.GeoDataFrame(today[today["facility"].isin(sorted(kinds)).to_numpy()])
    kind = min(kinds)
    new = found.sites[found.sites["state"] == "new"]
    closed = set(found.sites.loc[found.sites["state"] == "closed", "id"].astype(str))
    added = gpd.GeoDataFrame(
        {
            "id": [f"new:{one}" for one in new["id"]],
            "facility": kind,
            **dict.fromkeys(("layer", "name_zh", "name_en"), ""),
            **dict.fromkeys(("floor_m2", "land_m2", "places", "floor"), np.nan),
            "usable": True,
        },
        geometry=new.geometry.to_numpy(),
        crs=today.crs,
    )
    stay = today[~today["id"].astype(str).isin(sorted(closed)).to_numpy()]
    after = gpd.GeoDataFrame(pd.concat([stay, added], ignore_index=True), crs=today.crs)
    network = edited(atlas, question.edits).network
    shares: list[pd.DataFrame] = []
    for there in (today, after):
        if there.empty:
            return pd.DataFrame(columns=columns)
        numbered = gpd.GeoDataFrame(there.reset_index(drop=True))
        try:
            audit = auditing.audit(network, lived, numbered, asked)
        except AnalysisError:
            return pd.DataFrame(columns=columns)
        table = results.coverage(audit).set_index("rule")
        column = "people_share" if audit.people_known else "homes_share"
        shares.append(table.assign(share=table[column]))
    before, later = shares
    made = before[["limit", "by", "clause"]].assign(
        before=before["share"], after=later["share"].reindex(before.index)
    )
    whole: Any = made.reset_index()
    return whole[columns]


def sample() -> SitingQuestion:
    """Return the question about the shipped sample: five more primary schools."""
    return SitingQuestion(
        homes.SAMPLE_HOMES,
        homes.SAMPLE_FLOOR_AREA,
        homes.SAMPLE_FACILITIES,
        ("school_primary",),
        seconds=10.0,
    )


def _redrawn(question: SitingQuestion, known: SitingAnswer) -> SitingAnswer | None:
    """Return the answer to a question that differs from a known one only in what is shown."""
    same = replace(known.question, before=question.before)
    return replace(known, question=question) if same == question else None


def _told(question: SitingQuestion) -> Sequence[Text]:
    if question.minutes is not None:
        limit = Text("up to {minutes} min", {"minutes": f"{question.minutes:g}"})
        return (moving.told(question.travel), limit)
    return (Text("up to {metres} m along streets", {"metres": f"{question.metres:g}"}),)


ANALYSIS: Final = Analysis(
    id="siting",
    title=Text("Where to build"),
    shortcut="Ctrl+9",
    question=SitingQuestion,
    answer=SitingAnswer,
    work=found_sites,
    told=_told,
    ground=lambda answer: (*answer.homes_xy, *answer.sites_xy),
    at_once=_redrawn,
)
