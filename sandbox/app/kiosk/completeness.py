"""What a card says of an audit: what the district lacks most, and what one home does."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from sandbox.analysis.circles.question import Audit, Check
from sandbox.app import places
from sandbox.app.answers.audit import AuditAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.blocks import (
    Block,
    Heading,
    Note,
    Pair,
    Ramp,
    Row,
    Stated,
    Title,
    both,
    pair,
)
from sandbox.app.places import Place
from sandbox.app.state import MapState
from sandbox.words import Bilingual, Language, Text

_CATEGORY: Final = "housing"
_WEAKEST: Final = 4
_LACKING: Final = 4


def completeness_blocks(atlas: Atlas, state: MapState, language: Language) -> Iterator[Block]:
    """Yield what a card says of the audit on the map, or of the home that was pressed.

    Parameters
    ----------
    atlas
        Homes.
    state
        The answer, and which home was pressed.
    language
        Of the two on a card, the first.
    """
    answer, chosen = state.answers.result(AuditAnswer), state.gesture.selected
    if answer is None:
        yield Heading(pair(Text("Life circles audited"), language), _CATEGORY)
        yield Note(pair(Text("Auditing home by home"), language))
        return
    audit = answer.found.audit
    home = None if chosen is None else answer.found.number.get(chosen.id)
    place = None if chosen is None or home is None else places.place(atlas.layers, chosen)
    if home is None or place is None:
        yield from _district(answer, language)
    else:
        yield from _home(audit, home, place, language)
    yield Ramp(pair(Text("Nearly complete"), language), pair(Text("Lacks much"), language))
    yield from _basis(audit, language)


def _district(answer: AuditAnswer, language: Language) -> Iterator[Block]:
    found = answer.found
    audit, known = found.audit, found.audit.people_known
    title = Text("Life circles audited")
    if audit.schematic:
        title = Text("{title} (schematic)", {"title": title})
    yield Heading(pair(title, language), _CATEGORY)
    who = Text("of people have it near") if known else Text("of homes have it near")
    kinds = Text("mean of {count} kinds of facilities", {"count": len(audit.rules)})
    mean = _percent(float(found.summary["score"]))
    yield Stated(mean, pair(who, language), pair(kinds, language).first)
    yield Title(
        pair(Text("What most people lack") if known else Text("What most homes lack"), language)
    )
    share = "people_share" if known else "homes_share"
    ids = [rule.id for rule in audit.rules]
    for row in found.coverage.head(_WEAKEST).to_dict("records"):
        number = ids.index(str(row["rule"]))
        yield Row(_asked(audit, number, audit.checks[number][0], language),
                  _percent(float(row[share])), Pair("", ""))  # fmt: skip


def _home(audit: Audit, home: int, place: Place, language: Language) -> Iterator[Block]:
    yield Heading(both((place.name("zh"), place.name("en")), language), _CATEGORY)
    met = audit.met[:, home]
    counts = {"met": int(met.sum()), "count": len(met)}
    yield Title(pair(Text("Near enough: {met} of {count} kinds", counts), language))
    lacking = np.flatnonzero(~met).tolist()
    # What is farthest beyond its limit first.
    lacking.sort(key=lambda rule: -_beyond(audit, rule, home))
    for rule in lacking[:_LACKING]:
        check, walk = _walk(audit, rule, home)
        value = "–" if np.isnan(walk) else f"{walk:.0f}"
        unit = Pair("", "") if np.isnan(walk) else pair(_unit(check), language)
        yield Row(_asked(audit, rule, check, language), value, unit)
    there = [_title(audit, rule) for rule in np.flatnonzero(met).tolist()]
    if there:
        # A list in one language: in two it would fill the card.
        between = "、" if language == "zh" else ", "
        said = between.join(one.said(language) for one in there)
        near = pair(Text("Near enough: {kinds}", {"kinds": said}), language)
        yield Note(Pair(near.first, ""))


def _walk(audit: Audit, rule: int, home: int) -> tuple[Check, float]:
    """Return the limit that a home was measured by, and the walk; NaN where none is near."""
    check = audit.checks[rule][int(audit.check[rule, home])]
    walks = audit.metres if check.by == "metres" else audit.minutes
    return check, float(walks[rule, home])


def _beyond(audit: Audit, rule: int, home: int) -> float:
    check, walk = _walk(audit, rule, home)
    return np.inf if np.isnan(walk) else walk / check.value


def _unit(check: Check) -> Text:
    return Text("m") if check.by == "metres" else Text("min")


def _title(audit: Audit, rule: int) -> Bilingual:
    asked = audit.rules[rule]
    known = audit.question.standard.facilities.get(asked.facility)
    return Bilingual(asked.id, asked.id) if known is None else known.title


def _asked(audit: Audit, rule: int, check: Check, language: Language) -> Pair:
    """Return a facility and how near it must be."""
    title = _title(audit, rule)
    limit = Text(
        "{what}, {limit} {unit}",
        {"what": title, "limit": f"≤ {check.value:g}", "unit": _unit(check)},
    )
    return pair(limit, language)


def _basis(audit: Audit, language: Language) -> Iterator[Note]:
    """Yield what every figure of the card rests on."""
    if audit.schematic:
        said = Text("Estates and facilities are simulated: every figure is schematic.")
        yield Note(pair(said, language))
    open_ = sum(not rule.standing.confirmed for rule in audit.rules)
    if open_:
        said = Text(
            "{open} of {count} rules are not yet checked against the printed standard.",
            {"open": open_, "count": len(audit.rules)},
        )
        yield Note(pair(said, language))


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
