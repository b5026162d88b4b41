"""An audit in a page: homes in their colours, coverage, score cards, ledger and charts."""

from typing import Final

from sandbox.app.answers.audit import AuditAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers import audit as drawn
from sandbox.draw.report.audit_charts import charts
from sandbox.draw.theme import Theme
from sandbox.export.page.analyses import shaded, sheets
from sandbox.export.page.features import both
from sandbox.export.page.result import (
    Card,
    LegendLine,
    Page,
    Result,
    ResultLayer,
)
from sandbox.export.sheets.audit import audit_report
from sandbox.export.sheets.audit_facts import audit_facts
from sandbox.words import Bilingual, Text, words_of

_MOST_CARDS: Final = 6
# The sheet that stands open; the others unfold.
_FIRST: Final = "coverage"


def audit_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of the audit that a map holds."""
    answer = state.answers.result(AuditAnswer)
    if answer is None:
        raise AssertionError("the map holds no audit")
    audit, edge = answer.found.audit, theme.colour("ink_3")
    homes, around = drawn.homes(answer), drawn.ground(answer, theme)
    titles = _titles(answer)
    legend = [
        LegendLine(title, shaded.swatch(one, edge))
        for title, one in zip(titles, homes.classes, strict=False)
    ]
    layers = [
        ResultLayer(
            "audit",
            both(Text("Homes audited")),
            shaded.features(homes, atlas.crs, edge),
            tuple(legend),
        )
    ]
    if around is not None:
        for name, title, shapes in (
            ("audit_covered", Text("Area within the limit"), around[0]),
            ("audit_gaps", Text("Residential land outside it"), around[1]),
        ):
            line = LegendLine(both(title), shaded.swatch(shapes.classes[0], edge))
            found = shaded.features(shapes, atlas.crs, edge)
            layers.insert(0, ResultLayer(name, both(title), found, (line,)))
    zh, en = words_of("zh"), words_of("en")
    reports = audit_report(audit, zh), audit_report(audit, en)
    pairs = zip(reports[0].sheets, reports[1].sheets, strict=True)
    tables = [
        sheets.table(one, other, folded=one.id != _FIRST) for one, other in pairs if len(one.rows)
    ]
    figures = zip(audit_facts(audit, zh), audit_facts(audit, en), strict=True)
    cards = [
        Card(Bilingual(one[1], other[1]), Bilingual(one[0], other[0])) for one, other in figures
    ][:_MOST_CARDS]
    carded = {card.title for card in cards}
    drawings = [charts(audit, answer.found.coverage, answer.found.card, said) for said in (zh, en)]
    return Result(
        sheets.title(*reports),
        finding=_finding(answer),
        cards=tuple(cards),
        facts=tuple(fact for fact in sheets.facts(*reports) if fact[0] not in carded),
        layers=tuple(layers),
        tables=tuple(tables),
        notes=sheets.notes(*reports),
        pictures=shaded.pictures(*drawings),
        bounds_lonlat=shaded.bounds(answer.found.shapes_xy, atlas.crs),
    )


def _finding(answer: AuditAnswer) -> Bilingual | None:
    """Return what the audit comes to, in one sentence; None where no rule was assessed."""
    told, audit = answer.found.summary, answer.found.audit
    if not audit.rules:
        return None
    values = {
        "homes": f"{told['homes']:,}",
        "rules": f"{told['rules']:,}",
        "score": f"{told['score']:.0%}",
        "complete": f"{told['homes_complete']:,}",
    }
    of_people = Text(
        "{homes} homes, {rules} rules: a rule is met for {score} of the people on average; "
        "{complete} homes meet every rule.",
        values,
    )
    of_homes = Text(
        "{homes} homes, {rules} rules: a rule is met by {score} of the homes on average; "
        "{complete} homes meet every rule.",
        values,
    )
    return both(of_people if audit.people_known else of_homes)


def _titles(answer: AuditAnswer) -> list[Bilingual]:
    if answer.question.rule:
        return [both(Text("Homes that meet it")), both(Text("Homes that fail it"))]
    count = len(drawn.RAMP)
    return [
        both(
            Text(
                "{low} to {high} % of the rules failed",
                {"low": f"{at * 100 // count}", "high": f"{(at + 1) * 100 // count}"},
            )
        )
        for at in range(count)
    ]


PAGE: Final = Page(audit_result)
