"""Which homes meet which rules of a planning standard, on the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.circles import audit as auditing
from sandbox.analysis.circles import question as asking
from sandbox.analysis.circles import results
from sandbox.analysis.circles.ground import Ground, ground
from sandbox.analysis.circles.ledger import ledger_of
from sandbox.app.answers import homes
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion
from sandbox.app.street_edits import edited
from sandbox.catalog import standards
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.standards import Standard
from sandbox.streets.travel import Slope
from sandbox.words import Text

FIRST_STANDARD: Final = "gb50180-2018"
_KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class AuditQuestion(AnalysisQuestion["AuditAnswer"]):
    """By which standard which homes are audited.

    Attributes
    ----------
    homes, people
        Layer id of the homes, and their column of people, or of floor area in square metres;
        empty where people aren't known.
    standard
        Id of a shipped standard, or the path of one's own.
    facilities
        Layer ids of the facilities; empty for all layers of real places.
    area, units
        Layer ids of the area that is audited, and of the areas that get a score card; empty
        for everywhere and for none.
    by, who, speed_kmh, slope, usable, absent
        As `sandbox.analysis.circles.question.AuditQuestion` has them, `who` by id.
    m2_per_person
        Floor area a person.
    rule
        The rule that the map shows; empty for the share of rules that each home fails.
    """

    homes: str
    people: str = ""
    standard: str = FIRST_STANDARD
    facilities: tuple[str, ...] = ()
    area: str = ""
    units: str = ""
    by: asking.By = "stated"
    who: str = "adult"
    speed_kmh: float | None = None
    slope: Slope = "tobler"
    usable: bool = False
    m2_per_person: float = 35.0
    rule: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Audited:
    """All that an audit says, whichever rule the map shows.

    Attributes
    ----------
    audit
        The audit.
    shapes_xy
        Its homes in metres of the streets.
    coverage, ledger, card, summary
        Its tables, as `sandbox.analysis.circles.results` has them.
    number
        The number of each home, by its id.
    first
        The ledger's first row of each home that fails any rule, by the home's id.
    """

    audit: asking.Audit
    shapes_xy: Any
    coverage: pd.DataFrame
    ledger: pd.DataFrame
    card: pd.DataFrame
    summary: dict[str, Any]
    number: dict[str, int]
    first: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class AuditAnswer(AnalysisAnswer):
    """The answer to an `AuditQuestion`.

    Attributes
    ----------
    question, found
        What was asked, and what the audit says.
    share
        What the map shows of each home, 0 for good to 1 for bad: the share of rules that it
        fails; of one rule whether it fails it.
    ground
        Of one rule, the ground that its facilities cover and the residential land they don't.
    pictures
        What the map keeps of it, by theme: it is drawn with every frame.
    """

    question: AuditQuestion
    found: Audited
    share: Any
    ground: Ground | None
    pictures: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


def shipped_standards() -> tuple[str, ...]:
    """Return the ids of the standards that come with the program, the national one first."""
    return tuple(sorted(standards.shipped(), key=lambda name: (name != FIRST_STANDARD, name)))


def sample() -> AuditQuestion:
    """Return the question about the shipped sample: schematic estates and facilities."""
    return AuditQuestion(
        homes.SAMPLE_HOMES, homes.SAMPLE_FLOOR_AREA, facilities=(homes.SAMPLE_FACILITIES,)
    )


def audited(atlas: Atlas, question: AuditQuestion, job: Job, given: Given) -> AuditAnswer:
    """Return which homes meet which rules.

    Raises
    ------
    AnalysisError
        There are no such homes, facilities or rules, or a number can't be meant.
    """
    found = _audited(atlas, replace(question, rule=""), job)
    audit = found.audit
    if not question.rule:
        return AuditAnswer(question, found, _share_failed(audit), None)
    number = [rule.id for rule in audit.rules].index(_known(audit, question.rule))
    job.report(-1.0, Text("Drawing what the facilities cover"))
    share = (~audit.met[number]).astype(np.float64)
    return AuditAnswer(question, found, share, ground(audit, number))


def _share_failed(audit: asking.Audit) -> Any:
    count = max(len(audit.rules), 1)
    return np.asarray((~audit.met).sum(axis=0) / count, dtype=np.float64)


def as_answer(audit: asking.Audit, question: AuditQuestion) -> AuditAnswer:
    """Return an audit that was made without a map as the map shows it."""
    return AuditAnswer(
        question, _with_tables(audit, results.coverage(audit)), _share_failed(audit), None
    )


def _known(audit: asking.Audit, rule: str) -> str:
    known = [one.id for one in audit.rules]
    if rule not in known:
        raise AnalysisError(
            "The rule {rule} isn't assessed here.",
            "Choose one of: {known}.",
            rule=rule,
            known=", ".join(known),
        )
    return rule


def _audited(atlas: Atlas, question: AuditQuestion, job: Job) -> Audited:
    """Return the audit; the last ones are kept, as the map shows rule after rule."""
    kept = atlas.kept.setdefault(f"{__name__}.audited", {})
    if question in kept:
        return kept[question]
    made = kept[question] = _audit(atlas, question, job.report)
    for old in list(kept)[:-_KEPT]:
        kept.pop(old, None)
    return made


def _audit(atlas: Atlas, question: AuditQuestion, report: Callable[[float, Text], None]) -> Audited:
    report(-1.0, Text("Reading homes and facilities"))
    lived = homes.homes_from(atlas, question.homes, question.people, question.m2_per_person)
    area = homes.areas_from(atlas, question.area)
    if area is not None:
        lived = auditing.homes_within(lived, area)
    there = homes.facilities_from(atlas, question.facilities)
    asked = asking.AuditQuestion(
        standard_of(question.standard),
        standards.walker_named(question.who),
        question.by,
        question.speed_kmh,
        question.slope,
        usable=question.usable,
    )
    said = Text("Searching the streets, rule by rule")
    audit = auditing.audit(
        edited(atlas, question.edits).network,
        lived,
        there,
        asked,
        homes.areas_from(atlas, question.units),
        schematic=homes.any_schematic(atlas.layers, (question.homes, *question.facilities)),
        report=lambda share: report(share, said),
    )
    report(-1.0, Text("Measuring the land that is not covered"))
    coverage = results.coverage(audit)
    report(-1.0, Text("Writing the ledger"))
    return _with_tables(audit, coverage)


def _with_tables(audit: asking.Audit, coverage: pd.DataFrame) -> Audited:
    ledger = ledger_of(audit)
    ids = ledger["home_id"].to_numpy() if len(ledger) else np.empty(0, dtype=object)
    first: dict[str, int] = {}
    for row, one in enumerate(ids.tolist()):
        first.setdefault(str(one), row)
    shapes = np.asarray(audit.homes.geometry.to_numpy(), dtype=object)
    return Audited(
        audit,
        shapely.transform(shapes, lambda lonlat: geo.to_metric(lonlat, audit.network.crs)),
        coverage,
        ledger,
        results.score_card(audit),
        results.summary(audit),
        {str(one): number for number, one in enumerate(audit.homes["id"])},
        first,
    )


@lru_cache(16)
def _standard(name: str, _changed_ns: int) -> Standard:
    return standards.read(name)


def standard_of(name: str) -> Standard:
    """Return a standard; every picture of the map names it, so files are read when they change.

    Raises
    ------
    AnalysisError
        There is no such standard, or it can't be read.
    """
    own = Path(name)
    return _standard(name, own.stat().st_mtime_ns if own.is_file() else 0)


def _told(question: AuditQuestion) -> Sequence[Text]:
    """Return by what the map is audited: every figure rests on it."""
    standard, walker = standard_of(question.standard), standards.walker_named(question.who)
    speed = walker.speed_kmh if question.speed_kmh is None else question.speed_kmh
    return (
        Text("{said}", {"said": standard.title}),
        Text("{who}, {speed} km/h", {"who": walker.title, "speed": f"{speed:g}"}),
    )


ANALYSIS: Final = Analysis(
    id="audit",
    title=Text("Audit by a standard"),
    shortcut="Ctrl+7",
    question=AuditQuestion,
    answer=AuditAnswer,
    work=audited,
    told=_told,
    ground=lambda answer: tuple(answer.found.shapes_xy),
)
