"""An audit as tables that a planner hands over, in the user's language."""

from typing import Any, Final

import numpy as np
import pandas as pd

from sandbox.analysis.circles import results
from sandbox.analysis.circles.ledger import ledger_of
from sandbox.analysis.circles.question import Audit
from sandbox.analysis.circles.shortfalls import weakest
from sandbox.export.sheets.audit_facts import audit_facts, warnings
from sandbox.export.sheets.audit_words import (
    facility_said,
    rule_title,
    sign_of,
    standing_said,
    titles_of,
)
from sandbox.export.sheets.sheet import SHARE, Field, Report, Sheet
from sandbox.streets.facts import network_dated
from sandbox.words import Text, Words


def audit_report(audit: Audit, say: Words) -> Report:
    """Return all tables of an audit.

    Parameters
    ----------
    audit
        The audit.
    say
        Words of the language that they are written in.
    """
    standard, question = audit.question.standard, audit.question
    title = say("Audit of life circles: {standard}", standard=standard.title.said(say.language))
    sheets = [
        _coverage(audit, say),
        _weakest(audit, say),
        _score_card(audit, say),
        _ledger(audit, say),
        _rooms(audit, say),
        _areas(audit, say),
        _facilities(audit, say),
        _homes(audit, say),
        _rules(audit, say),
    ]
    told = audit.network.streets.provenance
    walker = question.walker
    facts = [
        (say("Standard"), f"{standard.title.said(say.language)} ({standard.version})"),
        (
            say("Tiers"),
            say("inclusive: a greater facility stands for a lesser one")
            if standard.inclusive
            else say("not inclusive: each tier is audited for itself"),
        ),
        (
            say("Who walks"),
            say(
                "{who}, {speed} km/h on the level{steps}",
                who=walker.title.said(say.language),
                speed=f"{question.kmh:g}",
                steps="" if walker.steps else say(", without steps"),
            ),
        ),
        (say("Measured by"), _MEASURED[question.by].said(say)),
        (
            say("Street network"),
            network_dated(told).said(say),
        ),
        (
            say("Facilities counted"),
            say("only those that can be used") if question.usable else say("all"),
        ),
        *audit_facts(audit, say),
    ]
    return Report(
        title,
        tuple(facts),
        tuple(warnings(audit, say)),
        tuple(one for one in sheets if one is not None),
        say.language,
    )


_MEASURED: Final = {
    "stated": Text("each rule as the standard states it"),
    "metres": Text("metres along the streets"),
    "minutes": Text("minutes, with slopes and stairs"),
}


def _coverage(audit: Audit, say: Words) -> Sheet:
    table = results.coverage(audit)
    rows = table
    if len(table):
        said = {
            rule.id: " / ".join(f"{one.value:g} {sign_of(one.by, say)}" for one in ways)
            for rule, ways in zip(audit.rules, audit.checks, strict=True)
        }
        limit = [said[one] for one in table["rule"]]
        rows = table.assign(**titles_of(audit, table, say), limit=limit)
    land = bool(len(table)) and bool(table["ground_share"].notna().any())
    fields = (
        Field("tier", say("Tier")),
        Field("facility", say("Facility")),
        Field("limit", say("Limit")),
        Field("facilities", say("Facilities"), "", 0),
        Field("homes_share", say("Homes covered"), "%", SHARE),
        Field("people_share", say("People covered"), "%", SHARE),
        *((Field("ground_share", say("Residential land covered"), "%", SHARE),) if land else ()),
        Field("land_share", say("Residential land of homes covered"), "%", SHARE),
        Field("homes_met", say("Homes that meet it"), "", 0),
        Field("people_met", say("People who meet it"), say("persons"), 0),
        *(
            (Field("ground_met_m2", say("Residential land that meets it"), "m²", 0),)
            if land
            else ()
        ),
        Field("met", say("Rule met")),
        Field("basis", say("Basis")),
        Field("clause", say("Clause")),
        Field("mark", say("How it is known")),
    )
    notes = (
        say("The weakest first. A rule is met where the required share is covered."),
        say(
            "Residential land is counted by area, of what lies within 50 m of a street; land of "
            "homes counts whole where the home is within the limit."
        ),
    )
    return Sheet("coverage", say("Coverage, weakest first"), fields, rows, notes)


def _weakest(audit: Audit, say: Words) -> Sheet | None:
    table = weakest(audit)
    if table.empty:
        return None
    titles = titles_of(audit, table.rename(columns={"weakest_unit": "unit"}), say)
    units = titles.pop("unit", table["weakest_unit"])
    signs = [sign_of(str(one), say) for one in table["by"]]
    over = [
        "" if value != value else f"{value:,.0f} {sign}"  # noqa: PLR0124
        for value, sign in zip(table["over_median"].tolist(), signs, strict=True)
    ]
    said = {
        rule.id: " / ".join(f"{one.value:g} {sign_of(one.by, say)}" for one in ways)
        for rule, ways in zip(audit.rules, audit.checks, strict=True)
    }
    limit = [said[str(one)] for one in table["rule"]]
    rows = table.assign(**titles, limit=limit, over=over, weakest_unit=units)
    split, land = bool(len(audit.units)), bool(table["gap_m2"].notna().any())
    fields = (
        Field("rank", say("No."), "", 0),
        Field("facility", say("Facility")),
        Field("tier", say("Tier")),
        Field("limit", say("Limit")),
        Field("facilities", say("Facilities"), "", 0),
        Field("people_lacking", say("People who lack it"), say("persons"), 0),
        Field("homes_lacking", say("Homes that lack it"), "", 0),
        Field("lacking_share", say("Share that lacks it"), "%", SHARE),
        *((Field("gap_m2", say("Residential land outside it"), "m²", 0),) if land else ()),
        Field("over", say("Half of them are over by at least")),
        Field("none_near", say("Homes with none near"), "", 0),
        *(
            (
                Field("weakest_unit", say("Weakest unit")),
                Field("weakest_unit_share", say("Covered there"), "%", SHARE),
            )
            if split
            else ()
        ),
        Field("clause", say("Clause")),
        Field("mark", say("How it is known")),
    )
    notes = (say("Most people first; near is three times the limit."),)
    return Sheet("weakest", say("Weakest facilities"), fields, rows, notes)


def _score_card(audit: Audit, say: Words) -> Sheet | None:
    if not len(audit.units):
        return None
    table = results.score_card(audit)
    zh = say.language == "zh"
    names = [
        a or b or c
        for a, b, c in zip(
            table["name_zh" if zh else "name_en"],
            table["name_en" if zh else "name_zh"],
            table["unit"],
            strict=True,
        )
    ]
    rows = table.assign(name=[one or say("in no unit") for one in names])
    fields = (
        Field("name", say("Unit")),
        Field("homes", say("Homes"), "", 0),
        Field("people", say("People"), say("persons"), 0),
        Field("score", say("Mean share covered"), "%", SHARE),
        Field("complete_homes", say("Homes that meet every rule"), "", 0),
        *(Field(rule.id, rule_title(audit, rule, say), "%", SHARE) for rule in audit.rules),
    )
    return Sheet("score_card", say("Score card"), fields, rows)


def _ledger(audit: Audit, say: Words) -> Sheet:
    table = ledger_of(audit)
    zh = say.language == "zh"
    first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")

    def called(end: str) -> list[str]:
        columns = (table[f"{end}_{first}"], table[f"{end}_{second}"], table[f"{end}_id"])
        return [a or b or c for a, b, c in zip(*columns, strict=True)]

    units = [sign_of(one, say) for one in table["by"]]
    rows = table.assign(
        **titles_of(audit, table, say),
        number=np.arange(1, len(table) + 1),
        home=called("home"),
        nearest=called("nearest"),
        limit=[f"{value:g} {unit}" for value, unit in zip(table["limit"], units, strict=True)],
        over=[
            "" if value != value else f"{value:,.1f} {unit}"  # noqa: PLR0124
            for value, unit in zip(table["over"], units, strict=True)
        ],
    )
    fields = (
        Field("number", say("No."), "", 0),
        Field("unit", say("Unit")),
        Field("home", say("Home")),
        Field("home_id", say("Home's id")),
        Field("people", say("People"), say("persons"), 0),
        Field("tier", say("Tier")),
        Field("facility", say("Facility")),
        Field("nearest", say("Nearest")),
        Field("metres", say("Walk"), "m", 0),
        Field("minutes", say("Walking time"), "min", 1),
        Field("limit", say("Limit")),
        Field("over", say("Over by")),
        Field("lacks", say("Why it fails")),
        Field("formula", say("Formula")),
        Field("clause", say("Clause")),
        Field("basis", say("Basis")),
        Field("mark", say("How it is known")),
        Field("data_date", say("Date of the streets")),
    )
    return Sheet("ledger", say("Ledger of what fails"), fields, rows)


def _homes(audit: Audit, say: Words) -> Sheet:
    table = pd.DataFrame(results.homes_table(audit).drop(columns="geometry"))
    zh = say.language == "zh"
    first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")
    name = [a or b or c for a, b, c in zip(table[first], table[second], table["id"], strict=True)]
    fields = [
        Field("id", say("Home's id")),
        Field("name", say("Home")),
        Field("unit", say("Unit")),
        Field("people", say("People"), say("persons"), 0),
        Field("land_m2", say("Residential land"), "m²", 0),
        Field("met", say("Rules met"), "", 0),
        Field("failed", say("Rules failed"), "", 0),
    ]
    for rule in audit.rules:
        title = rule_title(audit, rule, say)
        fields += [Field(f"{rule.id}_m", title, "m", 0), Field(f"{rule.id}_min", title, "min", 1)]
    titles = titles_of(audit, table, say)
    unit = titles.get("unit", table["unit"])
    return Sheet("homes", say("Homes"), tuple(fields), table.assign(name=name, unit=unit))


def _facilities(audit: Audit, say: Words) -> Sheet:
    found = results.facilities_table(audit)
    table = pd.DataFrame(found.drop(columns="geometry"))
    zh = say.language == "zh"
    first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")
    name = [a or b or c for a, b, c in zip(table[first], table[second], table["id"], strict=True)]
    crowded = [say("yes") if one else "" for one in table["crowded"]]
    rows = table.assign(**titles_of(audit, table, say), name=name, crowded=crowded)
    rows = rows.sort_values(["people_served", "id"], ascending=[False, True], kind="stable")
    fields = (
        Field("tier", say("Tier")),
        Field("facility", say("Facility")),
        Field("name", say("Name")),
        Field("id", say("Id")),
        Field("homes_served", say("Homes it is nearest to"), "", 0),
        Field("people_served", say("People it is nearest to"), say("persons"), 0),
        Field("people_most", say("People at most"), say("persons"), 0),
        Field("floor_m2", say("Floor area"), "m²", 0),
        Field("places", say("Places"), "", 0),
        Field("places_needed", say("Places needed"), "", 0),
        Field("crowded", say("Crowded")),
    )
    return Sheet("facilities", say("Facilities and whom they serve"), fields, rows)


def _areas(audit: Audit, say: Words) -> Sheet | None:
    table = results.areas(audit)
    if table.empty:
        return None
    rows = table.assign(**titles_of(audit, table, say))
    fields = (
        Field("tier", say("Tier")),
        Field("facility", say("Facility")),
        Field("facilities", say("Facilities"), "", 0),
        Field("size_known", say("Of known size"), "", 0),
        Field("m2", say("Area"), "m²", 0),
        Field("m2_per_1000", say("Area for a thousand people"), "m²", 0),
        Field("asked_m2_per_1000", say("Required"), "m²", 0),
        Field("met", say("Rule met")),
        Field("clause", say("Clause")),
        Field("mark", say("How it is known")),
    )
    return Sheet("areas", say("Areas for a thousand people"), fields, rows)


def _rooms(audit: Audit, say: Words) -> Sheet | None:
    table = results.rooms(audit)
    if table.empty:
        return None
    table = table.assign(
        facility=[audit.question.standard.rules[one].facility for one in table["rule"]]
    )
    rows = table.assign(**titles_of(audit, table, say))
    fields = (
        Field("tier", say("Tier")),
        Field("facility", say("Facility")),
        Field("facilities", say("Facilities"), "", 0),
        Field("places", say("Places"), "", 0),
        Field("asked", say("Places required"), "", 0),
        Field("covered_share", say("Covered"), "%", SHARE),
        Field("served_share", say("Served, with room"), "%", SHARE),
        Field("left_over", say("Places left over"), "", 0),
    )
    notes = (
        say("Covered isn't served: homes go to the nearest within the limit that has room left."),
    )
    return Sheet("rooms", say("Seats and beds"), fields, rows, notes)


def _rules(audit: Audit, say: Words) -> Sheet:
    standard = audit.question.standard
    checks = {rule.id: row for rule, row in zip(audit.rules, audit.checks, strict=True)}
    rows: list[dict[str, Any]] = []
    for rule in standard.rules.values():
        limits = [f"{one.value:g} {sign_of(one.by, say)}" for one in checks.get(rule.id, ())]
        rows.append(
            {
                "tier": standard.tiers[rule.tier].title.said(say.language),
                "facility": facility_said(audit, rule.facility, say),
                "limit": " / ".join(limits),
                "assessed": say("yes") if rule.id in checks else say("no"),
                "clause": rule.clause,
                "mark": standing_said(rule.standing, say),
                "note": rule.note.said(say.language) if rule.note else "",
            }
        )
    fields = (
        Field("tier", say("Tier")),
        Field("facility", say("Facility")),
        Field("limit", say("Limit")),
        Field("assessed", say("Assessed")),
        Field("clause", say("Clause")),
        Field("mark", say("How it is known")),
        Field("note", say("Note")),
    )
    notes = tuple(
        text.said(say.language) for text in (standard.note, standard.source) if text is not None
    )
    return Sheet("rules", say("Rules"), fields, pd.DataFrame(rows), notes)
