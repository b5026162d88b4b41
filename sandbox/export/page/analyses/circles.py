"""Service circles in a page: what services cover, and what they leave out."""

from typing import Any, Final

from sandbox.app.answers.circles import CirclesAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import Theme, circles_colour
from sandbox.export.page.features import both
from sandbox.export.page.geometry import feature
from sandbox.export.page.result import LegendLine, Page, Result, ResultLayer
from sandbox.export.page.swatch import Swatch
from sandbox.geo.shapes import to_lonlat
from sandbox.words import Bilingual, Text, words_of

_ALPHA: Final = 0.22
_STRAIGHT_ALPHA: Final = 0.08


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
        facts=_facts(answer),
        swipe=(both(Text("By streets")), both(Text("Straight line"))) if outlines else None,
        layers=(layer,),
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
