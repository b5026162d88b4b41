"""What a comparison found, in one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sandbox.analysis.comparison.compare import Compared
from sandbox.analysis.comparison.tables import changes_most
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.catalog.layer import Layer
from sandbox.words import Bilingual, Text

_NAMED_AT_MOST: Final = 3


def counts(layers: Mapping[str, Layer], one: Compared, k: int) -> list[tuple[Layer, int, int]]:
    """Return how many places of each layer base and plan reach within a cutoff.

    Layers of which either reaches some; those that change most come first.
    """
    row = one.rows[k]
    found = [
        (layer, round(row[f"{name}_base"]), round(row[f"{name}_plan"]))
        for name, layer in layers.items()
        if f"{name}_base" in row
    ]
    there = [one for one in found if one[1] or one[2]]
    return sorted(there, key=lambda one: -abs(one[2] - one[1]))


def headline(layers: Mapping[str, Layer], found: Sequence[Compared], k: int = -1) -> Text:
    """Return the finding of each plan within a cutoff: of one place, or of all together.

    Parameters
    ----------
    layers, k
        As for a finding.
    found
        The comparisons, at least one.
    """
    several = len({one.number for one in found}) > 1
    plans = dict.fromkeys(one.plan.id for one in found)
    told: Text | None = None
    for plan in plans:
        those = [one for one in found if one.plan.id == plan]
        said = _of_many(layers, those, k) if several else finding(layers, those[0], k)
        told = said if told is None else Text("{one} {other}", {"one": told, "other": said})
    assert told is not None  # noqa: S101 - there is at least one
    return told


def _of_many(layers: Mapping[str, Layer], found: Sequence[Compared], k: int) -> Text:
    """Return how many of several places reach more and less by a plan, and where it does most."""
    ways = [_ways(one, k) for one in found]
    most = changes_most(found, k)
    zh, en = (str(most.rows[k][f"name_{language}"] or "") for language in ("zh", "en"))
    more, less, both_ = (ways.count(way) for way in ((True, False), (False, True), (True, True)))
    values: dict[str, Any] = {
        "plan": most.plan.called,
        "minutes": f"{most.ground.minutes[k]:g}",
        "all": str(len(found)),
        "more": str(more),
        "less": str(less),
        "both": str(both_),
        "same": str(len(found) - more - less - both_),
        "place": Bilingual(zh, en or zh),
        "change": _change(most, k),
    }
    if not more + less + both_:
        same = Text(
            "{plan} would change nothing for any of {all} places within {minutes} minutes", values
        )
        why = reason(most, k)
        assert why is not None  # noqa: S101 - it changes nothing
        told = {"finding": same, "place": values["place"], "why": why}
        if why.template.endswith("."):
            return Text("{finding}. {place}: {why}", told)
        return Text("{finding}. {place}: {why}.", told)
    if both_:
        told = Text(
            "{plan} would let {more} of {all} places reach more within {minutes} minutes, {less}"
            " less, {both} more here and less there, and {same} the same; it changes most for"
            " {place} ({change})",
            values,
        )
    else:
        told = Text(
            "{plan} would let {more} of {all} places reach more within {minutes} minutes, {less}"
            " less, and {same} the same; it changes most for {place} ({change})",
            values,
        )
    return _with_places(told, _changed(layers, most, k))


def _change(one: Compared, k: int) -> Bilingual:
    """Return what ground a place gains and loses, that alone which there is."""
    gained, lost = one.ground.gained.km2[k], one.ground.lost.km2[k]
    parts = [f"+{km2(gained)}"] if gained or not lost else []
    parts += [f"−{km2(lost)}"] if lost else []
    zh, en = ([f"{part} {unit}" for part in parts] for unit in ("平方公里", "km²"))
    return Bilingual("，".join(zh), ", ".join(en))


def _ways(one: Compared, k: int) -> tuple[bool, bool]:
    """Return whether a place reaches anything more, and anything less, within a cutoff."""
    base, plan = one.place_ms <= cutoff_ms(one.ground.minutes[k])
    more = one.ground.gained.km2[k] > 0 or bool((plan & ~base).any())
    return more, one.ground.lost.km2[k] > 0 or bool((base & ~plan).any())


def reason(one: Compared, k: int) -> Text | None:
    """Return why a plan changes nothing within a cutoff; None where it changes something."""
    return None if one.changes(k) else one.why[k]


def finding(layers: Mapping[str, Layer], one: Compared, k: int = -1) -> Text:
    """Return what a comparison found within a cutoff as one sentence, the reason with it.

    Parameters
    ----------
    layers
        Where the names of what is counted stand.
    one
        The comparison.
    k
        Which of its cutoffs.
    """
    gained, lost = one.ground.gained.km2[k], one.ground.lost.km2[k]
    values = {
        "plan": one.plan.called,
        "minutes": f"{one.ground.minutes[k]:g}",
        "gained": km2(gained),
        "lost": km2(lost),
    }
    if gained and lost:
        found = Text(
            "{plan} would add {gained} km² and lose {lost} km² within {minutes} minutes",
            values,
        )
    elif lost:
        found = Text("{plan} would lose {lost} km² within {minutes} minutes", values)
    elif gained:
        found = Text("{plan} would add {gained} km² within {minutes} minutes", values)
    elif (why := reason(one, k)) is None:
        found = Text("{plan} would reach the same area within {minutes} minutes", values)
    else:
        return _because(Text("{plan} would change nothing within {minutes} minutes", values), why)
    if one.cut_off is not None:
        found = Text("{finding}, because {why}", {"finding": found, "why": one.cut_off})
    return _with_places(found, _changed(layers, one, k))


def _because(same: Text, why: Text) -> Text:
    """Return that nothing changes, with the reason; some reasons are sentences of their own."""
    whole = why.template.endswith(".")
    return Text("{finding}. {why}" if whole else "{finding}: {why}.", {"finding": same, "why": why})


def _with_places(found: Text, changed: Bilingual | None) -> Text:
    if changed is None:
        return Text("{finding}.", {"finding": found})
    return Text("{finding}; {places}.", {"finding": found, "places": changed})


def km2(value: float) -> str:
    """Return square kilometres with one digit, small ones with as many as show something."""
    return f"{value:.1f}" if value >= 0.095 or value == 0.0 else f"{value:.2g}"


def _changed(layers: Mapping[str, Layer], one: Compared, k: int) -> Bilingual | None:
    """Return the functions of which most are gained or lost, as `laboratories +3`; None where none.

    Other layers, as stations, stand in the list.
    """
    found = [
        (layer, plan - base)
        for layer, base, plan in counts(layers, one, k)
        if plan != base and layer.group == "function"
    ][:_NAMED_AT_MOST]
    if not found:
        return None
    return Bilingual(
        "、".join(f"{layer.title.zh} {more:+d}" for layer, more in found),
        ", ".join(f"{layer.title.en.lower()} {more:+d}" for layer, more in found),
    )
