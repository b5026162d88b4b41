"""Planning standards as files: read, checked with all faults at once, and written.

`layers/standards` holds one TOML file a standard, beside `facilities.toml` (what facilities are
called) and `walkers.toml` (who walks). A file of one's own looks the same.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import tomli_w
from pydantic import BaseModel, ValidationError

from sandbox import files, paths
from sandbox.catalog.standard_file import RuleSaid, StandardSaid, TierSaid, WordsSaid, faults_of
from sandbox.errors import AnalysisError
from sandbox.standards import (
    Facility,
    Limit,
    Range,
    Rule,
    Standard,
    Standing,
    Tier,
    Walker,
)
from sandbox.words import Bilingual, Text

_MAX_BYTES: Final = 1 << 20
_NOT_STANDARDS: Final = ("facilities", "walkers")
_FAULTS_SAID: Final = 30


def folder() -> Path:
    """Return the folder of the shipped standards."""
    return paths.layers() / "standards"


def shipped() -> tuple[str, ...]:
    """Return the ids of the shipped standards."""
    found = sorted(file.stem for file in folder().glob("*.toml"))
    return tuple(one for one in found if one not in _NOT_STANDARDS)


@cache
def facilities() -> Mapping[str, Facility]:
    """Return the kinds of facility, by id.

    Raises
    ------
    AnalysisError
        The shipped file was spoiled: with all faults at once.
    """
    said = _checked(folder() / "facilities.toml", WordsSaid, "facilities").facilities
    return {
        name: Facility(
            name,
            Bilingual(one.zh, one.en),
            tuple(one.synonyms),
            tuple(one.kinds),
            tuple(one.tags),
            tuple(one.stands_for),
        )
        for name, one in said.items()
    }


@cache
def walkers() -> Mapping[str, Walker]:
    """Return who walks, by id; raises as `facilities`."""
    said = _checked(folder() / "walkers.toml", WordsSaid, "walkers").walkers
    return {
        name: Walker(
            name,
            Bilingual(one.zh, one.en),
            one.speed_kmh,
            Bilingual(one.source.zh, one.source.en),
            one.standing,
            one.steps,
            None if one.steepest_percent is None else one.steepest_percent / 100.0,
        )
        for name, one in said.items()
    }


def walker_named(who: str) -> Walker:
    """Return who walks, by id.

    Raises
    ------
    AnalysisError
        There is nobody of this name.
    """
    known = walkers()
    if who not in known:
        raise AnalysisError(
            "There is no walker named “{who}”.",
            "Choose one of: {known}.",
            who=who,
            known=", ".join(known),
        )
    return known[who]


def facility_named(text: str) -> str:
    """Return the id of the facility that a word means, in either language; empty for none.

    Width, case, spaces and underscores don't count.
    """
    return _by_word().get(_plain(text), "")


def read(name: str) -> Standard:
    """Return a standard, shipped by its id or of one's own by its file.

    Raises
    ------
    AnalysisError
        There is no such standard; or the file can't be read, with all its faults at once.
    """
    own = Path(name)
    if name in shipped():
        own = folder() / f"{name}.toml"
    elif own.suffix.lower() != ".toml":
        near = get_close_matches(name, shipped(), n=1)
        raise AnalysisError(
            "There is no standard named “{name}”.",
            "Shipped standards: {known}. A file of your own ends in .toml."
            if not near
            else "Did you mean {near}? Shipped standards: {known}.",
            name=name,
            near=near[0] if near else "",
            known=", ".join(shipped()),
        )
    return standard_of(own.stem, _checked(own, StandardSaid), own)


def standard_of(name: str, said: StandardSaid, file: Path) -> Standard:
    """Return the standard that a file describes.

    Raises
    ------
    AnalysisError
        It doesn't hold together: with all faults at once.
    """
    faults: list[Text] = []
    seen: set[str] = set()
    for rule in said.rules:
        values = {"rule": rule.id, "tier": rule.tier, "facility": rule.facility}
        if rule.id in seen:
            faults.append(Text("the rule {rule} appears twice", values))
        seen.add(rule.id)
        if rule.tier not in said.tiers:
            faults.append(Text("{rule}: there is no tier {tier}", values))
        if rule.facility not in facilities():
            faults.append(Text("{rule}: there is no facility {facility}", values))
        if rule.people and rule.people[0] > rule.people[1]:
            faults.append(Text("{rule}: people from more to less", values))
        faults += [
            Text("{rule}: from_m2 is not below below_m2", values)
            for one in rule.limits or []
            if one.from_m2 and one.below_m2 and one.from_m2 >= one.below_m2
        ]
    if faults:
        raise _faulty(file, faults)
    return Standard(
        id=name,
        title=Bilingual(said.title.zh, said.title.en),
        version=said.version,
        in_force=said.in_force,
        inclusive=said.inclusive,
        source=Bilingual(said.source.zh, said.source.en),
        note=Bilingual(said.note.zh, said.note.en) if said.note else None,
        tiers={key: _tier(key, one) for key, one in said.tiers.items()},
        rules={one.id: _rule(one) for one in said.rules},
        facilities=facilities(),
    )


def described(standard: Standard) -> dict[str, Any]:
    """Return a standard as its file says it, ready for TOML."""
    return {
        "version": standard.version,
        "in_force": standard.in_force,
        "inclusive": standard.inclusive,
        "title": _both(standard.title),
        "source": _both(standard.source),
        **({"note": _both(standard.note)} if standard.note else {}),
        "tiers": {
            tier.id: {
                **_both(tier.title),
                "clause": tier.clause,
                **_known(
                    {
                        "metres": _list(tier.metres),
                        "minutes": tier.minutes,
                        "people": _list(tier.people),
                        "dwellings": _list(tier.dwellings),
                    }
                ),
                **_standing(tier.standing),
            }
            for tier in standard.tiers.values()
        },
        "rules": [described_rule(rule) for rule in standard.rules.values()],
    }


def described_rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as its file says it."""
    plain = len(rule.limits) == 1 and (rule.limits[0].from_m2, rule.limits[0].below_m2) == (
        None,
        None,
    )
    limits: dict[str, Any] = {}
    if plain:
        limits = {"metres": rule.limits[0].metres, "minutes": rule.limits[0].minutes}
    elif rule.limits:
        limits = {
            "limits": [
                _known(
                    {
                        "metres": one.metres,
                        "minutes": one.minutes,
                        "from_m2": one.from_m2,
                        "below_m2": one.below_m2,
                    }
                )
                for one in rule.limits
            ]
        }
    return {
        "id": rule.id,
        "tier": rule.tier,
        "facility": rule.facility,
        "clause": rule.clause,
        **_known(
            {
                **limits,
                "people": _list(rule.people),
                "floor_m2": rule.floor_m2,
                "land_m2": rule.land_m2,
                "m2_per_1000": rule.m2_per_1000,
                "places_per_1000": rule.places_per_1000,
                "share": None if rule.share == 1.0 else rule.share,
                "floor_at_most": rule.floor_at_most,
            }
        ),
        **_standing(rule.standing),
        **(_both(rule.note) if rule.note else {}),
    }


def as_toml(said: Mapping[str, Any], file: Path) -> str:
    """Return what a standard's file says as TOML, once it holds together.

    Raises
    ------
    AnalysisError
        It doesn't: with all faults at once, named by `file`.
    """
    try:
        standard_of(file.stem, StandardSaid.model_validate(said), file)
    except ValidationError as error:
        raise _faulty(file, faults_of(error)) from error
    return tomli_w.dumps(dict(said))


def _tier(name: str, said: TierSaid) -> Tier:
    return Tier(
        name,
        Bilingual(said.zh, said.en),
        said.clause,
        said.standing,
        _range(said.metres),
        said.minutes,
        _range(said.people),
        _range(said.dwellings),
    )


def _rule(said: RuleSaid) -> Rule:
    limits = tuple(
        Limit(one.metres, one.minutes, one.from_m2, one.below_m2) for one in said.limits or []
    )
    if said.metres is not None or said.minutes is not None:
        limits = (Limit(said.metres, said.minutes),)
    return Rule(
        id=said.id,
        tier=said.tier,
        facility=said.facility,
        limits=limits,
        clause=said.clause,
        standing=said.standing,
        people=_range(said.people),
        floor_m2=said.floor_m2,
        land_m2=said.land_m2,
        m2_per_1000=said.m2_per_1000,
        places_per_1000=said.places_per_1000,
        share=said.share,
        floor_at_most=said.floor_at_most,
        note=Bilingual(said.zh or said.en, said.en or said.zh) if said.zh or said.en else None,
    )


def _range(said: Sequence[float] | None) -> Range | None:
    return None if said is None else (float(said[0]), float(said[1]))


def _list(pair: Range | None) -> list[float] | None:
    return None if pair is None else list(pair)


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _standing(standing: Standing) -> dict[str, str]:
    who = {"by": standing.by, "on": standing.on} if standing.confirmed else {}
    return {"mark": standing.mark, **who}


@cache
def _by_word() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, one in facilities().items():
        for word in (name, *one.kinds, one.title.zh, one.title.en, *one.synonyms):
            found.setdefault(_plain(word), name)
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "_-")


_Model = TypeVar("_Model", bound=BaseModel)


def _checked(file: Path, kind: type[_Model], under: str = "") -> _Model:
    try:
        said = files.read_toml(file, _MAX_BYTES)
    except files.Unreadable as error:
        raise AnalysisError(
            "{path} can't be read as a planning standard: {reason}.",
            "Give a file as sandbox standards show writes it.",
            path=file,
            reason=error.reason,
        ) from error
    try:
        return kind.model_validate({under: said} if under else said)
    except ValidationError as error:
        raise _faulty(file, faults_of(error, under)) from error


def _faulty(file: Path, faults: Sequence[Text]) -> AnalysisError:
    return AnalysisError(
        "The planning standard {path} can't be used",
        "Correct it, then run: sandbox standards check {path}",
        faults=faults[:_FAULTS_SAID],
        path=file,
    )
