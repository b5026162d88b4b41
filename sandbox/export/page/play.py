"""What readers of a page can play with: travel times, cutoffs, sides to compare, places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sandbox.analysis.comparison.compare import Compared
from sandbox.analysis.comparison.difference import SAVED_BANDS_MIN, difference
from sandbox.analysis.isochrone import Isochrone, recontour
from sandbox.analysis.table import clock
from sandbox.analysis.transit import TransitIsochrone, at_departure
from sandbox.analysis.within_reach import PlaceReached
from sandbox.app import places
from sandbox.app.answering import answer
from sandbox.app.answers.departures import moments
from sandbox.app.atlas import Atlas
from sandbox.app.moving import told_whose
from sandbox.app.questions import ReachAnswer, ReachQuestion, Selected
from sandbox.app.state import MapState
from sandbox.catalog.layer import Layer
from sandbox.draw.answers.areas import BANDS_ALPHA
from sandbox.draw.answers.compare import saved_colours
from sandbox.draw.theme import Theme
from sandbox.engine.search import Reached
from sandbox.export.page import features, fields, look
from sandbox.export.page.analyses.reach import lit_looks, passed_lines
from sandbox.export.page.drawing import in_both
from sandbox.export.page.features import both, told
from sandbox.export.page.packing import packed
from sandbox.export.page.panel import origin_name
from sandbox.streets.modes import MODES
from sandbox.words import Bilingual

# Up to here an area is computed for each minute, beyond it for each fifth.
_EACH_MINUTE: Final = 30
_STEP_MIN: Final = 5
# Departures of a window that a page carries, over the whole of it.
_MOST_DEPARTURES: Final = 7
# Named places that a page can list.
_MOST_NAMED: Final = 400

Numbers = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One field of times: of an origin, a departure, a base or a plan.

    Attributes
    ----------
    id, title
        Name within the page, and for people.
    reached
        What was searched.
    areas_km2
        Areas that the program computed, by cutoff.
    minutes
        When each place is reached, by its layer and id.
    origin_lonlat
        Where its pin stands; None for an area.
    """

    id: str
    title: Bilingual
    reached: Reached
    areas_km2: Mapping[float, float]
    minutes: Mapping[tuple[str, str], float]
    origin_lonlat: tuple[float, float] | None = None


def of_answer(atlas: Atlas, state: MapState, others: Sequence[ReachAnswer] = ()) -> dict[str, Any]:
    """Return what the page plays with of the isochrones on screen.

    Parameters
    ----------
    atlas, state
        What is on screen; it has an answer.
    others
        Answers to the same question from other origins.
    """
    first = state.answers.reach_answer
    assert first is not None  # noqa: S101 - callers have one
    asked = first.question.minutes
    most = max(asked[-1], MODES[first.question.travel.mode].slider_minutes)
    farther = [_farther(atlas, one, most) for one in (first, *others)]
    sides = [
        _side(atlas, state, f"o{number}", own, far, stops(asked, most))
        for number, (own, far) in enumerate(zip((first, *others), farther, strict=True))
    ]
    departures = _departures(state, farther[0], asked)
    shown = _shown(state)
    listed = [
        one
        for far in farther
        for one in far.places
        if one.layer in shown and not _asked_from(first, one)
    ]
    reach_m = first.question.reach_m
    made = _told(sides, departures, (asked, most, reach_m), first.isochrone.crs)
    made["named"] = _named(atlas.layers, listed, [*sides, *departures], first.question)
    made["layers"] = _counted(atlas.layers, [*sides, *departures], listed)
    made["kind"] = "origins" if others else "one"
    opacity = state.document.reach_opacity
    made["lit"] = in_both(lambda theme: lit_looks(asked, theme, opacity))
    made["litLines"] = passed_lines(first.isochrone)
    made["bands"] = in_both(lambda theme: look.bands(theme, len(asked), opacity))
    return made


def of_comparison(
    layers: Mapping[str, Layer], found: Sequence[Compared], *, cutoff: int
) -> dict[str, Any]:
    """Return what the page plays with of one place's comparisons: the base, and each plan."""
    first = found[0]
    asked = first.ground.minutes
    searched = min(reached.cutoff_ms for one in found for reached in one.reached) / 60_000
    most = min(searched, 2 * asked[-1])
    at = [m for m in stops(asked, most) if m in asked or m % _STEP_MIN == 0]
    sides: list[Side] = []
    changes: dict[str, dict[str, list[float]]] = {}
    for number, one in enumerate(found):
        areas: list[Numbers] = [{}, {}]
        changed: dict[str, list[float]] = {}
        for minutes in at:
            ground = (
                one.ground
                if minutes in asked
                else difference(
                    *one.reached,
                    (minutes,),
                    reach_m=one.reach_m,
                    crs=one.ground.crs,
                    scale=one.ground.scale,
                )
            )
            k = ground.minutes.index(minutes)
            areas[0][f"{minutes:g}"] = ground.base.km2[k]
            areas[1][f"{minutes:g}"] = ground.plan.km2[k]
            changed[f"{minutes:g}"] = [ground.gained.km2[k], ground.lost.km2[k]]
        if not number:
            sides.append(_compared_side("base", one, 0, areas[0]))
        sides.append(_compared_side(f"plan{number}", one, 1, areas[1]))
        changes[f"plan{number}"] = changed
    made = _told(sides, [], (asked, most, first.reach_m), first.ground.crs)
    listed = [
        PlaceReached(first.targets.layer[i], first.targets.id[i], 0.0, indicative=False)
        for i in np.flatnonzero(np.isfinite(first.place_ms).any(axis=0)).tolist()
    ]
    # A plan can't be judged by invented places.
    real = {name: layer for name, layer in layers.items() if not layer.schematic}
    listed = [one for one in listed if one.layer in real]
    made["named"] = _named(real, listed, sides)
    made["layers"] = _counted(real, sides, listed)
    made["kind"] = "compared"
    made["changes"] = changes
    made["saved"] = in_both(_saved_looks)
    made["at"] = asked[cutoff]
    made["lit"], made["litLines"] = ([], []), []
    made["bands"] = in_both(lambda theme: look.bands(theme, len(asked), None))
    return made


def stops(asked: Sequence[float], most: float) -> list[float]:
    """Return the cutoffs for which a page shows the areas that the program computed."""
    whole = [
        float(minute)
        for minute in range(1, int(most) + 1)
        if most <= _EACH_MINUTE or minute % _STEP_MIN == 0
    ]
    return sorted({*asked, *whole, float(int(most))})


def _farther(atlas: Atlas, own: ReachAnswer, most: float) -> ReachAnswer:
    """Return an answer to the same question that was searched to the slider's end."""
    minutes = tuple(sorted({*own.question.minutes, most}))
    return answer(atlas, replace(own.question, minutes=minutes))


def _side(  # noqa: PLR0917 - a field of a page has these parts
    atlas: Atlas,
    state: MapState,
    side_id: str,
    own: ReachAnswer,
    far: ReachAnswer,
    at: Sequence[float],
) -> Side:
    known = dict(zip(own.isochrone.minutes, own.isochrone.areas_km2, strict=True))
    areas = {
        minutes: known.get(minutes) or recontour(far.isochrone, (minutes,)).areas_km2[0]
        for minutes in at
    }
    shown = _shown(state)
    name = origin_name(atlas, own)
    found = own.isochrone
    return Side(
        side_id,
        name,
        far.isochrone.reached,
        areas,
        {
            (one.layer, one.id): one.minutes
            for one in far.places
            if one.layer in shown and not _asked_from(own, one)
        },
        None if found.origin.is_area or own.question.others else found.origin_lonlat,
    )


def _asked_from(answer: ReachAnswer, one: PlaceReached) -> bool:
    """Return whether a place is one that the question is asked from."""
    where = Selected(one.layer, one.id)
    return any(origin.place == where for origin in answer.question.origins)


def _departures(state: MapState, far: ReachAnswer, asked: Sequence[float]) -> list[Side]:
    """Return some departures of a window, if it has several."""
    found = far.isochrone
    if not isinstance(found, TransitIsochrone):
        return []
    when = moments(found)
    if len(when) < 2:
        return []
    chosen = np.unique(np.linspace(0, len(when) - 1, min(len(when), _MOST_DEPARTURES)).round())
    sides: list[Side] = []
    for number in chosen.astype(int).tolist():
        one: Isochrone = at_departure(found, number)
        areas = {
            minutes: km2
            for minutes, km2 in zip(one.minutes, one.areas_km2, strict=True)
            if minutes in asked
        }
        said = clock(when[number])
        sides.append(Side(f"d{number}", Bilingual(said, said), one.reached, areas, {}))
    return sides


def _compared_side(side_id: str, one: Compared, which: int, areas: Numbers) -> Side:
    way = one.plan if which else one.base
    ms = one.place_ms[which]
    minutes = {
        (one.targets.layer[i], one.targets.id[i]): float(ms[i]) / 60_000
        for i in np.flatnonzero(np.isfinite(ms)).tolist()
    }
    known = {float(minute): km2 for minute, km2 in areas.items()}
    return Side(side_id, way.called, one.reached[which], known, minutes)


def _told(
    sides: Sequence[Side],
    departures: Sequence[Side],
    asked: tuple[Sequence[float], float, float],
    crs: str,
) -> dict[str, Any]:
    minutes, most, reach_m = asked
    every = [*sides, *departures]
    found = [side.reached for side in every]
    grid = fields.grid_for(found, most, reach_m, crs, fields.MOST_POINTS)
    return {
        "asked": list(minutes),
        "most": int(most),
        "at": minutes[-1],
        "grid": grid.told(),
        "sides": [_field(side, most, reach_m, grid) for side in sides],
        "departures": [_field(side, most, reach_m, grid) for side in departures],
    }


def _field(side: Side, most: float, reach_m: float, grid: fields.Grid) -> dict[str, Any]:
    values = fields.steps(side.reached, most, reach_m, grid)
    return {
        "id": side.id,
        "title": told(side.title),
        "times": packed(fields.packed(values).tobytes()),
        "km2": {f"{minutes:g}": km2 for minutes, km2 in side.areas_km2.items()},
        "at": side.origin_lonlat[::-1] if side.origin_lonlat else None,
    }


def _shown(state: MapState) -> set[str]:
    return {layer.id for layer in state.document.layers if layer.visible}


def _named(
    layers: Mapping[str, Layer],
    listed: Sequence[PlaceReached],
    sides: Sequence[Side],
    asked: ReachQuestion | None = None,
) -> list[dict[str, Any]]:
    """Return places with their names and when each side reaches them, soonest first.

    Where several origins are `asked` from, each place says whose time it has.
    """
    soonest: dict[tuple[str, str], tuple[float, PlaceReached]] = {}
    for one in listed:
        key = (one.layer, one.id)
        minutes = min((side.minutes.get(key, np.inf) for side in sides), default=np.inf)
        if key not in soonest:
            soonest[key] = (minutes, one)
    order = sorted(soonest.values(), key=lambda pair: pair[0])
    found: list[dict[str, Any]] = []
    for _, one in order[:_MOST_NAMED]:
        place = places.place(layers, Selected(one.layer, one.id))
        if place is None:
            continue
        status = place.text("status")
        found.append(
            {
                "key": features.key(one.layer, one.id),
                "icon": place.layer.style.category,
                "zh": place.name("zh"),
                "en": place.name("en"),
                "at": [round(place.lonlat[1], 5), round(place.lonlat[0], 5)],
                **({"status": status} if status in ("planned", "construction") else {}),
                **({"about": True} if one.indicative else {}),
                **(
                    {"whose": told(both(told_whose(asked, one.origin)))}
                    if asked is not None and asked.others
                    else {}
                ),
                "minutes": {
                    side.id: round(side.minutes[one.layer, one.id], 2)
                    for side in sides
                    if (one.layer, one.id) in side.minutes
                },
            }
        )
    return found


def _counted(
    layers: Mapping[str, Layer], sides: Sequence[Side], listed: Sequence[PlaceReached]
) -> list[dict[str, Any]]:
    """Return for each layer when its places are reached, so that any cutoff can be counted."""
    there = {one.layer for one in listed}
    return [
        {
            "id": name,
            "icon": layer.style.category,
            **told(layer.title),
            "minutes": {
                side.id: sorted(
                    round(minutes, 2) for key, minutes in side.minutes.items() if key[0] == name
                )
                for side in sides
            },
        }
        for name, layer in layers.items()
        if name in there
    ]


def _saved_looks(theme: Theme) -> dict[str, Any]:
    count = len(SAVED_BANDS_MIN)
    looks = {change: saved_colours(theme, change, count) for change in ("gained", "lost")}
    return {**looks, "alpha": BANDS_ALPHA, "minutes": SAVED_BANDS_MIN}
