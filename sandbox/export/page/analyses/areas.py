"""Areas within minutes or metres of places, in a page: all of them on the map, and the table."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from sandbox.analysis.isochrone import Isochrone
from sandbox.analysis.isodistance import Isodistance
from sandbox.analysis.origins import Reach
from sandbox.app import moving
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import Theme, band_alphas, band_colours
from sandbox.export.page.drawing import in_both
from sandbox.export.page.geometry import feature
from sandbox.export.page.result import (
    Card,
    Cell,
    LegendLine,
    Result,
    ResultLayer,
    ResultTable,
    dotted,
    in_both_themes,
)
from sandbox.export.page.swatch import Swatch
from sandbox.geo.shapes import to_lonlat
from sandbox.streets.travel import Travel
from sandbox.words import Bilingual, Text, both

Found = Isochrone | Isodistance | Reach
# The page has the first; the command's files have all.
_ROWS: Final = 300
_MOST_CARDS: Final = 6


def areas_within(
    found: Sequence[Found],
    names: Mapping[str, Bilingual],
    travel: Travel,
    scenario: Bilingual | None,
) -> Result:
    """Return areas as a page shows them.

    Parameters
    ----------
    found
        At least one answer, all to the same question.
    names
        What the places are called in both languages, by their ids.
    travel, scenario
        How one moves, and by transit what runs beside the timetable.
    """
    return in_both_themes(*in_both(partial(_result, found, names, travel, scenario)))


def _result(
    found: Sequence[Found],
    names: Mapping[str, Bilingual],
    travel: Travel,
    scenario: Bilingual | None,
    theme: Theme,
) -> Result:
    first = found[0]
    by_time = first.told()["metric"] == "time"
    within = [_within(value, by_time=by_time) for value in first.contours]
    title = both(
        Text(
            "{places}: {within}",
            {"places": _called(found, names), "within": within[-1]},
        )
    )
    colours = band_colours(theme, len(within))
    looks = list(zip(colours, band_alphas(theme, len(within)), strict=True))
    # The largest lie lowest, whoever's they are.
    drawn = [
        feature(to_lonlat(one.areas[k], one.crs), {"style": _style(*looks[k], theme)})
        for k in reversed(range(len(within)))
        for one in found
        if not one.areas[k].is_empty
    ]
    legend = tuple(
        LegendLine(
            said, Swatch(fill=colour, fill_opacity=alpha, stroke=contour_colour(colour, theme))
        )
        for said, (colour, alpha) in zip(within, looks, strict=True)
    )
    how = moving.told(travel) if by_time else Text(_BY_DISTANCE[travel.mode])
    if not by_time and travel.towards:
        how = Text("{how}, {more}", {"how": how, "more": Text("to here")})
    near = Text("land within {reach} m of a street", {"reach": f"{first.reach_m:g}"})
    parts = [both(how), both(near), *([scenario] if scenario is not None else [])]
    single = len(found) == 1 and not isinstance(first, Reach) and not first.origin.is_area
    return Result(
        title,
        line=dotted(*parts),
        finding=_finding(found, within[-1]),
        cards=_cards(found, within),
        layers=(ResultLayer("areas", both(Text("Isochrones")), tuple(drawn), legend),),
        tables=(_table(found, names, within),),
        pin_lonlat=first.origin_lonlat if single else None,
        bounds_lonlat=_bounds(found),
    )


_BY_DISTANCE: Final = {
    "walk": "by distance on foot",
    "bike": "by distance by bike",
    "drive": "by distance by car",
}


def _within(value: float, *, by_time: bool) -> Bilingual:
    if by_time:
        return both(Text("within {minutes} min", {"minutes": f"{value:g}"}))
    return both(Text("within {metres} m", {"metres": f"{value:g}"}))


def _style(colour: str, alpha: float, theme: Theme) -> dict[str, Any]:
    edge = contour_colour(colour, theme)
    return {"fillColor": colour, "fillOpacity": alpha, "color": edge, "weight": 1.6}


def _called(found: Sequence[Found], names: Mapping[str, Bilingual]) -> Bilingual:
    """Return what all places are called together: the first three, and how many more."""
    every = [name for one in found for name in _names(one, names)]
    zh, en = "、".join(one.zh for one in every[:3]), ", ".join(one.en for one in every[:3])
    if len(every) <= 3:
        return Bilingual(zh, en)
    values = {"names": Bilingual(zh, en), "count": f"{len(every) - 3:,}"}
    return both(Text("{names} and {count} more", values))


def _names(one: Found, names: Mapping[str, Bilingual]) -> list[Bilingual]:
    origins = one.origins if isinstance(one, Reach) else (one.origin,)
    return [
        names.get(origin.id) or Bilingual(str(origin.name), str(origin.name)) for origin in origins
    ]


def _finding(found: Sequence[Found], within: Bilingual) -> Bilingual:
    """Return how large the largest areas are, in one sentence."""
    km2 = [one.areas_km2[-1] for one in found]
    first = found[0]
    count = len(first.origins) if isinstance(first, Reach) else 1
    values = {"within": within, "area": f"{km2[0]:.2f}", "count": f"{count:,}"}
    if len(found) > 1:
        values |= {
            "count": f"{len(found):,}",
            "least": f"{min(km2):.2f}",
            "most": f"{max(km2):.2f}",
        }
        sentence = "{count} places, each by itself: between {least} and {most} km² {within}."
        return both(Text(sentence, values))
    if isinstance(first, Reach) and first.how == "all":
        return both(Text("All {count} can meet on {area} km² {within}.", values))
    if isinstance(first, Reach) and first.how == "any":
        return both(Text("{area} km² lie {within} of one of {count} places.", values))
    return both(Text("{area} km² lie {within}.", values))


def _cards(found: Sequence[Found], within: Sequence[Bilingual]) -> tuple[Card, ...]:
    """Return each cutoff's area, of several places the middle one's."""
    note = both(Text("Half have at most")) if len(found) > 1 else None
    return tuple(
        Card(
            both(
                Text(
                    "{area} km²",
                    {"area": f"{float(np.median([one.areas_km2[k] for one in found])):.2f}"},
                )
            ),
            said,
            note,
        )
        for k, said in enumerate(within[:_MOST_CARDS])
    )


def _table(
    found: Sequence[Found], names: Mapping[str, Bilingual], within: Sequence[Bilingual]
) -> ResultTable:
    rows: list[tuple[Cell, ...]] = []
    for one in found[:_ROWS]:
        called = _called([one], names)
        rows.append((called, *(f"{km2:.2f}" for km2 in one.areas_km2)))
    heads = (both(Text("Origin")), *(_km2(said) for said in within))
    heading = both(Text("Area by place"))
    return ResultTable(heading, heads, tuple(rows))


def _km2(within: Bilingual) -> Bilingual:
    return both(Text("{within} (km²)", {"within": within}))


def _bounds(found: Sequence[Found]) -> tuple[float, float, float, float] | None:
    shapes = [to_lonlat(one.areas[-1], one.crs) for one in found if not one.areas[-1].is_empty]
    if not shapes:
        return None
    every = np.array([one.bounds for one in shapes])
    west, south = every[:, :2].min(axis=0).tolist()
    east, north = every[:, 2:].max(axis=0).tolist()
    return west, south, east, north
