"""What the tables of an audit call things, in the user's language."""

from typing import Any, Final

import pandas as pd

from sandbox.analysis.circles.question import Audit
from sandbox.export.sheets.sheet import named, unit_said
from sandbox.standards import Rule, Standing
from sandbox.words import Bilingual, Text, Words

_LACKS: Final = {
    "": Text("met"),
    "far": Text("too far"),
    "none_near": Text("none within three times the limit"),
    "street": Text("no street near the home"),
    "none": Text("none in the data"),
}
_BY: Final = {"metres": Text("metres"), "minutes": Text("minutes")}
_BASIS: Final = {
    "stated": Text("as stated"),
    "converted": Text("converted at the walking speed"),
}


def standing_said(standing: Standing, say: Words) -> str:
    """Return how well a rule is known."""
    return standing.said.said(say)


def facility_said(audit: Audit, name: str, say: Words) -> str:
    """Return what a facility is called."""
    known = audit.question.standard.facilities
    return known[name].title.said(say.language) if name in known else name


def listed(say: Words, names: list[str]) -> str:
    """Return names as one list, each once."""
    return ("、" if say.language == "zh" else ", ").join(dict.fromkeys(names))


def titles_of(audit: Audit, table: pd.DataFrame, say: Words) -> dict[str, Any]:
    """Return the columns of a table that people read in place of its ids."""
    standard = audit.question.standard
    tiers = {name: one.title for name, one in standard.tiers.items()}
    kinds = {name: one.title for name, one in standard.facilities.items()}
    made: dict[str, Any] = {}
    if "tier" in table.columns:
        made["tier"] = named(tiers, list(table["tier"]), say)
    if "facility" in table.columns:
        made["facility"] = named(kinds, list(table["facility"]), say)
    if "mark" in table.columns:
        rules = standard.rules
        said = {name: standing_said(rule.standing, say) for name, rule in rules.items()}
        made["mark"] = [said[one] for one in table["rule"]]
    for column, words in (("by", _BY), ("basis", _BASIS), ("lacks", _LACKS)):
        if column in table.columns:
            known = {key: text.said(say) for key, text in words.items()}
            made[column] = [known.get(one, str(one)) for one in table[column]]
    if "unit" in table.columns and len(audit.units):
        called = {
            str(one): Bilingual(str(zh or en or one), str(en or zh or one))
            for one, zh, en in zip(
                audit.units["id"], audit.units["name_zh"], audit.units["name_en"], strict=True
            )
        }
        made["unit"] = named(called, list(table["unit"]), say)
    if "met" in table.columns and table["met"].dtype.kind not in "iu":
        yes, no = say("yes"), say("no")
        made["met"] = ["–" if one is None else yes if one else no for one in table["met"]]
    return made


def sign_of(by: str, say: Words) -> str:
    """Return the sign of what is measured."""
    return unit_said("m" if by == "metres" else "min", say.language)


def rule_title(audit: Audit, rule: Rule, say: Words) -> str:
    """Return what a rule is called: facility and tier."""
    tier = audit.question.standard.tiers[rule.tier].title.said(say.language)
    return f"{facility_said(audit, rule.facility, say)} ({tier})"
