"""The nearest places in a page: discs in the colours of their minutes, and the table."""

from typing import Any, Final

import numpy as np
import shapely

from sandbox.app.answers.nearest import (
    NearestAnswer,
    Spot,
    called,
    class_names,
    why_none,
)
from sandbox.app.atlas import Atlas
from sandbox.app.places import Place
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.answers.nearest import class_colours
from sandbox.draw.theme import Theme
from sandbox.export.page import features
from sandbox.export.page.analyses.sheets import first_of
from sandbox.export.page.features import both
from sandbox.export.page.geometry import Feature, feature
from sandbox.export.page.result import (
    Card,
    Cell,
    LegendLine,
    Page,
    Result,
    ResultLayer,
    ResultTable,
)
from sandbox.export.page.swatch import Swatch
from sandbox.geo.crs import to_lonlat
from sandbox.words import Bilingual, Language, Text, words_of

# Discs are shapes on the ground, and grow with it, so that they are seen when a page opens.
_RADIUS_SHARE: Final = 0.008
_LEAST_RADIUS_M: Final = 40.0
_MARGIN: Final = 0.1
# The page has the farthest; the command's files have all.
_ROWS: Final = 300


def nearest_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of the nearest places that a map holds."""
    answer = state.answers.result(NearestAnswer)
    if answer is None:
        raise AssertionError("the map holds no nearest places")
    grey, colours = theme.colour("label_2"), class_colours(theme)
    looks = [
        {"fillColor": one, "fillOpacity": 0.95, "color": contour_colour(one, theme), "weight": 1.6}
        for one in colours
    ]
    none = {"fillColor": grey, "fillOpacity": 0.2, "color": grey, "weight": 1.6, "dashArray": "3 3"}
    radius_m, asking = _radius_m(answer), answer.nearest_spots
    discs = [_disc(atlas, spot, radius_m, none, looks) for spot in asking]
    legend = [
        LegendLine(both(name), Swatch(fill=colour, fill_opacity=0.95, stroke=colour))
        for name, colour in zip(class_names(), colours, strict=True)
    ]
    legend.append(
        LegendLine(both(Text("None within reach")), Swatch(fill=grey, stroke=grey, dash="3 3"))
    )
    title = _title(atlas, answer)
    lines = tuple(_line(atlas, spot, grey) for spot in answer.spots if spot.nearest is not None)
    layer = ResultLayer("nearest", title, lines, tuple(legend), outlines=tuple(discs))
    return Result(
        title,
        finding=_finding(answer),
        cards=_cards(answer),
        layers=(layer,),
        tables=(_table(answer),),
        bounds_lonlat=_bounds(answer),
    )


def _disc(
    atlas: Atlas, spot: Spot, radius_m: float, none: dict[str, Any], looks: list[dict[str, Any]]
) -> Feature:
    style = none if spot.of_class is None else looks[spot.of_class]
    ring = shapely.buffer(shapely.Point(spot.ends_xy[0]), radius_m, quad_segs=6)
    lonlat = to_lonlat(shapely.get_coordinates(ring), atlas.crs)
    minutes = None if spot.nearest is None else round(spot.minutes, 2)
    return feature(shapely.Polygon(lonlat), {"minutes": minutes, "style": style})


def _radius_m(answer: NearestAnswer) -> float:
    """Return how large discs are on the ground: a share of what the places spread over."""
    xy = np.array([spot.ends_xy[0] for spot in answer.spots] or [(0.0, 0.0)])
    return max(_LEAST_RADIUS_M, _RADIUS_SHARE * float(np.hypot(*np.ptp(xy, axis=0))))


def _line(atlas: Atlas, spot: Spot, colour: str) -> Feature:
    lonlat = to_lonlat(np.array(spot.ends_xy), atlas.crs)
    return feature(
        shapely.LineString(lonlat), {"style": {"color": colour, "weight": 1.4, "opacity": 0.8}}
    )


def _bounds(answer: NearestAnswer) -> tuple[float, float, float, float] | None:
    ends = [
        one.lonlat for spot in answer.spots for one in (spot.place, spot.nearest) if one is not None
    ]
    if not ends:
        return None
    west, south = np.min(ends, axis=0).tolist()
    east, north = np.max(ends, axis=0).tolist()
    wide, high = _MARGIN * (east - west), _MARGIN * (north - south)
    return west - wide, south - high, east + wide, north + high


def _finding(answer: NearestAnswer) -> Bilingual:
    """Return how many have one, and how far, in one sentence."""
    reached = [spot.minutes for spot in answer.nearest_spots if spot.nearest is not None]
    values = {
        "reached": f"{len(reached):,}",
        "all": f"{len(answer.nearest_spots):,}",
        "minutes": f"{answer.question.minutes:g}",
    }
    if not reached:
        return both(Text("{reached} of {all} have one within {minutes} min.", values))
    values |= {"half": f"{float(np.median(reached)):.1f}", "most": f"{max(reached):.1f}"}
    sentence = (
        "{reached} of {all} have one within {minutes} min; half need at most {half} min, the "
        "farthest {most} min."
    )
    return both(Text(sentence, values))


def _cards(answer: NearestAnswer) -> tuple[Card, ...]:
    reached = [spot.minutes for spot in answer.nearest_spots if spot.nearest is not None]
    every = {"reached": len(reached), "all": len(answer.nearest_spots)}
    cards = [Card(both(Text("{reached} of {all}", every)), both(Text("Places with one")))]
    if reached:
        for value, title in (
            (float(np.median(reached)), Text("Half need at most")),
            (max(reached), Text("The farthest")),
        ):
            minutes = both(Text("{minutes} min", {"minutes": f"{value:.1f}"}))
            cards.append(Card(minutes, both(title)))
    return tuple(cards)


def _table(answer: NearestAnswer) -> ResultTable:
    several = any(spot.rank > 1 for spot in answer.spots)
    columns = Text("Place"), Text("Nearest"), Text("Time (min)"), Text("Metres")
    rows: list[tuple[Cell, ...]] = []
    shown = answer.spots[:_ROWS]
    for spot in shown:
        rank = (str(spot.rank),) if several else ()
        if spot.nearest is None:
            rows.append((_name(spot.place), *rank, both(why_none(answer, spot)), "–", "–"))
            continue
        metres = "–" if np.isnan(spot.metres) else f"{spot.metres:.0f}"
        figures = f"{spot.minutes:.1f}", metres
        rows.append((_name(spot.place), *rank, _name(spot.nearest), *figures))
    columns = (columns[0], *([Text("Rank")] if several else []), *columns[1:])
    heading = first_of(both(Text("Nearest places")), len(rows), len(answer.spots))
    places = tuple(features.key(spot.place.where.layer, spot.place.where.id) for spot in shown)
    return ResultTable(heading, tuple(map(both, columns)), tuple(rows), places=places)


def _name(place: Place) -> Bilingual:
    return Bilingual(place.name("zh"), place.name("en"))


def _title(atlas: Atlas, answer: NearestAnswer) -> Bilingual:
    template = Text("{homes}: minutes to the nearest ({places})").template
    if answer.question.travel.towards:
        template = Text("{homes}: minutes from the nearest ({places})").template
    said: list[str] = []
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        homes, wanted = called(atlas, answer.question, language)
        said.append(words_of(language)(template, homes=homes, places=wanted))
    return Bilingual(*said)


PAGE: Final = Page(nearest_result)
