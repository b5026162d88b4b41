"""Service circles in a page: what services cover, and what they leave out."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sandbox.app import places
from sandbox.app.answers.circles import HOMES, CirclesAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.places import Place
from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import Theme, circles_colour
from sandbox.export.page.analyses.sheets import first_of
from sandbox.export.page.features import both, key
from sandbox.export.page.geometry import feature
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
from sandbox.geo.shapes import to_lonlat
from sandbox.words import Bilingual, Text, words_of

_ALPHA: Final = 0.22
_STRAIGHT_ALPHA: Final = 0.08
# The page has the first; the command's files have all.
_ROWS: Final = 300


def circles_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of service circles that a map holds."""
    answer = state.answers.result(CirclesAnswer)
    if answer is None:
        raise AssertionError("the map holds no circles")
    found, title = answer.coverage, _title(atlas, answer)
    colour = circles_colour(theme)
    contour = contour_colour(colour, theme)
    fill = {"fillColor": colour, "fillOpacity": _ALPHA, "color": contour, "weight": 1.6}
    covered = feature(to_lonlat(found.areas, found.crs), {"minutes": found.minutes, "style": fill})
    legend = [
        LegendLine(
            both(Text("Area within walking distance")),
            Swatch(fill=colour, fill_opacity=_ALPHA, stroke=contour),
        )
    ]
    outlines: list[Any] = []
    if answer.question.straight_line:
        grey = theme.colour("label_2")
        style = {
            "fillColor": grey,
            "fillOpacity": _STRAIGHT_ALPHA,
            "color": grey,
            "weight": 1.4,
            "dashArray": "5 4",
        }
        outlines.append(feature(to_lonlat(found.straight_area, found.crs), {"style": style}))
        sample = Swatch(fill="none", stroke=grey, dash="5 4")
        legend.append(LegendLine(both(Text("Straight-line radius, for comparison")), sample))
    layer = ResultLayer(
        "circles",
        title,
        (covered,),
        tuple(legend),
        pane="left",
        outlines=tuple(outlines),
        outlines_pane="right",
    )
    return Result(
        title,
        finding=_finding(answer),
        cards=_cards(answer),
        facts=_facts(answer),
        swipe=(both(Text("By streets")), both(Text("Straight line"))) if outlines else None,
        layers=(layer,),
        tables=_tables(atlas, answer),
        notes=_notes(answer),
        bounds_lonlat=to_lonlat(found.areas, found.crs).bounds if found.area_km2 else None,
    )


def _finding(answer: CirclesAnswer) -> Bilingual:
    """Return how much ground the services cover, in one sentence."""
    found = answer.coverage
    values = {
        "minutes": f"{answer.question.minutes:g}",
        "share": f"{found.share_of_ground:.1%}",
        "area": f"{found.area_km2:.1f}",
    }
    return both(Text("{share} of the area, {area} km², lies within {minutes} min on foot.", values))


def _cards(answer: CirclesAnswer) -> tuple[Card, ...]:
    found = answer.coverage
    cards = [
        Card(f"{found.share_of_ground:.1%}", both(Text("Area within walking distance"))),
        Card(f"{found.services - len(found.without_street):,}", both(Text("Services"))),
    ]
    if found.homes_share is not None:
        inside = {"inside": found.homes - len(found.homes_outside), "all": found.homes}
        housing = both(Text("Talent housing covered"))
        cards.append(Card(both(Text("{inside} of {all}", inside)), housing))
    return tuple(cards)


def _tables(atlas: Atlas, answer: CirclesAnswer) -> tuple[ResultTable, ...]:
    """Return the homes and the services that were asked about, those that lack something first."""
    found, asked = answer.coverage, answer.question
    tables = [
        _table(
            both(Text("Services")),
            (Text("Kind"), Text("Accuracy (m)"), Text("Street near by")),
            [
                (one, (_kind(one), _metres(one)), one.where.id not in found.without_street)
                for one in _places(atlas, asked.layer, asked.kinds)
            ],
        )
    ]
    if found.homes and HOMES in atlas.layers:
        outside = found.homes_outside
        homes = [(one, (), one.where.id not in outside) for one in _places(atlas, HOMES, ())]
        tables.insert(
            0, _table(atlas.layers[HOMES].title, (Text("Within walking distance"),), homes)
        )
    return tuple(tables)


def _table(
    heading: Bilingual,
    columns: tuple[Text, ...],
    rows: Sequence[tuple[Place, tuple[Cell, ...], bool]],
) -> ResultTable:
    rows = sorted(rows, key=lambda row: row[2])
    yes, no = both(Text("yes")), both(Text("no"))
    shown = rows[:_ROWS]
    return ResultTable(
        first_of(heading, len(shown), len(rows)),
        tuple(map(both, (Text("Place"), *columns))),
        tuple((_name(place), *cells, yes if there else no) for place, cells, there in shown),
        places=tuple(key(place.where.layer, place.where.id) for place, _, _ in shown),
    )


def _places(atlas: Atlas, layer: str, kinds: tuple[str, ...]) -> list[Place]:
    ids = places.features_of(atlas.layers[layer], kinds)["id"].astype(str)
    found = (places.place(atlas.layers, Selected(layer, one)) for one in ids)
    return [one for one in found if one is not None]


def _name(place: Place) -> Bilingual:
    return Bilingual(place.name("zh"), place.name("en"))


def _kind(place: Place) -> Bilingual:
    return Bilingual(place.kind("zh"), place.kind("en"))


def _metres(place: Place) -> str:
    return f"{place.accuracy_m:,.0f}" if np.isfinite(place.accuracy_m) else "–"


def _notes(answer: CirclesAnswer) -> tuple[Bilingual, ...]:
    """Return how sure the shares are."""
    count = answer.coverage.indicative_services
    if not count:
        return ()
    vague = (
        "The positions of {count} services are less accurate than the walking distance: the "
        "shares are indicative."
    )
    return (both(Text(vague, {"count": count})),)


def _facts(answer: CirclesAnswer) -> tuple[tuple[Bilingual, Bilingual], ...]:
    """Return what the catchments cover, line by line."""
    found = answer.coverage
    lines = [
        (
            Text("Area within walking distance"),
            _area(found.share_of_ground, found.area_km2),
        ),
        (Text("Area not covered"), _area(1 - found.share_of_ground, found.uncovered_km2)),
    ]
    if found.homes_share is not None:
        inside = {"inside": found.homes - len(found.homes_outside), "all": found.homes}
        lines.append((Text("Talent housing covered"), Text("{inside} of {all}", inside)))
    if answer.question.straight_line:
        straight = _area(found.straight_share_of_ground, found.straight_km2)
        lines.append((Text("Straight-line radius, for comparison"), straight))
    return tuple((both(name), both(value)) for name, value in lines)


def _area(share: float, km2: float) -> Text:
    return Text("{share} · {area} km²", {"share": f"{share:.1%}", "area": f"{km2:.1f}"})


def _title(atlas: Atlas, answer: CirclesAnswer) -> Bilingual:
    """Return which services' circles are shown."""
    layer = atlas.layers[answer.question.layer]
    kinds = [layer.kinds[kind] for kind in answer.question.kinds if kind in layer.kinds]
    zh = "、".join(kind.zh for kind in kinds) or layer.title.zh
    en = ", ".join(kind.en for kind in kinds) or layer.title.en
    minutes = f"{answer.question.minutes:g}"
    template = Text("{services}: {minutes}-minute service circles").template
    return Bilingual(
        words_of("zh")(template, services=zh, minutes=minutes),
        words_of("en")(template, services=en, minutes=minutes),
    )


PAGE: Final = Page(circles_result)
