"""An audit's ledger (问题台账) below the map, its figures, and how each was computed."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from sandbox.analysis.circles.ledger import formula
from sandbox.analysis.circles.question import Audit, Check
from sandbox.app import places
from sandbox.app.answers.audit import AuditAnswer
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.export.sheets.audit_facts import audit_facts
from sandbox.export.sheets.audit_facts import warnings as said_first
from sandbox.export.sheets.sheet import unit_said
from sandbox.standards import Rule
from sandbox.streets.facts import network_name
from sandbox.ui.answers.panel import Column, Explained, Line, Lines, Table, figure
from sandbox.ui.parts.widgets import words
from sandbox.words import Text, Words

_LACKS: Final = {
    "far": Text("too far"),
    "none_near": Text("none within three times the limit"),
    "street": Text("no street near the home"),
    "none": Text("none in the data"),
}


def _line(session: Session, answer: AuditAnswer, at: int) -> Line:
    said, language = words(session), session.state.language
    entry = answer.found.ledger.iloc[at]
    audit = answer.found.audit
    where = Selected(answer.question.homes, str(entry["home_id"]))
    place = places.place(session.atlas.layers, where)
    if place is None:
        raise AssertionError("a home of the ledger is in no layer")
    rule = audit.question.standard.rules[str(entry["rule"])]
    unit = unit_said("m" if entry["by"] == "metres" else "min", language)
    first, second = ("zh", "en") if language == "zh" else ("en", "zh")
    near = str(entry[f"nearest_name_{first}"] or entry[f"nearest_name_{second}"] or "–")
    walk = entry["metres"] if entry["by"] == "metres" else entry["minutes"]
    lacks = str(entry["lacks"])
    return Line(
        place,
        cells=(
            place.name(language),
            rule_said(audit, rule, said),
            figure(entry["people"], ",.0f"),
            near,
            _LACKS[lacks].said(said)
            if walk != walk  # noqa: PLR0124
            else f"{walk:,.0f} {unit}",
            f"{entry['limit']:g} {unit}",
            str(entry["clause"]),
        ),
        about=rule.id,
    )


def table(session: Session) -> Table:
    """Return the ledger, the entry with most people first."""
    said, answer = words(session), session.state.answers.result(AuditAnswer)
    columns = (
        Column(said("Dwelling"), share=20, least_px=140),
        Column(said("Rule failed"), share=20, least_px=150),
        Column(said("People"), right=True, share=8, spared=4),
        Column(said("Nearest"), share=18, least_px=110, spared=2),
        Column(said("Walk"), right=True, share=12, least_px=90),
        Column(said("Limit"), right=True, share=8, least_px=70, spared=3),
        Column(said("Clause"), share=14, least_px=110, spared=1),
    )
    if answer is None:
        return Table((), "", "", columns=columns)
    count = len(answer.found.ledger)
    note = said("Ledger of what fails: {count} entries, most people first", count=f"{count:,}")
    if answer.found.audit.schematic:
        note = f"{said('Schematic')} · {note}"
    first = answer.found.first
    return Table(
        Lines(count, partial(_line, session, answer)),
        "",
        note,
        columns=columns,
        line_of=lambda where: (
            first.get(where.id, -1) if where.layer == answer.question.homes else -1
        ),
    )


def rule_said(audit: Audit, rule: Rule, said: Words) -> str:
    """Return what a rule asks, in few words: facility and limits."""
    number = [one.id for one in audit.rules].index(rule.id)
    limits = " / ".join(
        f"{one.value:g} {unit_said('m' if one.by == 'metres' else 'min', said.language)}"
        for one in audit.checks[number]
    )
    known = audit.question.standard.facilities
    title = known[rule.facility].title.said(said.language) if rule.facility in known else rule.id
    return f"{title}, {limits}" if said.language == "en" else f"{title}，{limits}"


def warnings(answer: AuditAnswer, said: Words) -> list[str]:
    """Return what every output of an audit says first."""
    return said_first(answer.found.audit, said)


def facts(answer: AuditAnswer, said: Words) -> Sequence[tuple[str, str]]:
    """Return the whole in a few figures."""
    return audit_facts(answer.found.audit, said)


def explained(answer: AuditAnswer, home: str, about: str, said: Words) -> Sequence[Explained]:
    """Return how a home's audit was computed: of one rule, or of all that it fails, else meets."""
    number = answer.found.number.get(home)
    if number is None:
        return ()
    audit = answer.found.audit
    ids = [rule.id for rule in audit.rules]
    if about in ids:
        chosen = [ids.index(about)]
    elif answer.question.rule in ids:
        chosen = [ids.index(answer.question.rule)]
    else:
        failed = np.flatnonzero(~audit.met[:, number]).tolist()
        chosen = failed or list(range(len(ids)))
    return [_explained(audit, rule, number, said) for rule in chosen]


def _explained(audit: Audit, rule: int, home: int, said: Words) -> Explained:
    asked, question, told = audit.rules[rule], audit.question, audit.network.streets.provenance
    check: Check = audit.checks[rule][int(audit.check[rule, home])]
    value = (audit.metres if check.by == "metres" else audit.minutes)[rule, home]
    lack = int(audit.lacks[rule, home])
    row: Any = audit.homes.iloc[home]
    zh = said.language == "zh"
    name = (row["name_zh"] or row["name_en"]) if zh else (row["name_en"] or row["name_zh"])
    near = audit.which[rule, home]
    facility = "–"
    if near >= 0:
        one: Any = audit.facilities.iloc[int(near)]
        first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")
        facility = str(one[first] or one[second] or one["id"])
    standard = question.standard
    facts = (
        (said("Dwelling"), str(name or row["id"])),
        (said("Rule"), rule_said(audit, asked, said)),
        (said("Result"), said("met") if audit.met[rule, home] else said("not met")),
        (said("Formula"), formula(audit, check, float(value), lack)),
        (said("Nearest"), facility),
        (said("Clause"), asked.clause),
        (said("Standard"), f"{standard.title.said(said.language)} ({standard.version})"),
        (said("How it is known"), asked.standing.said.said(said)),
        (
            said("Who walks"),
            said(
                "{who}, {speed} km/h",
                who=question.walker.title.said(said.language),
                speed=f"{question.kmh:g}",
            ),
        ),
        (
            said("Street network"),
            network_name(told.title, schematic=told.schematic).said(said),
        ),
        (said("Data date"), told.date or said("date unknown")),
    )
    title = said("How this was computed")
    if audit.schematic:
        title = f"{title} · {said('Schematic')}"
    return Explained(title, facts)
