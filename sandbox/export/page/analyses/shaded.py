"""Shapes in the colours of their classes, as a page draws them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely

from sandbox.draw.answers.shaded import Class, Shapes
from sandbox.draw.charts import Chart, figures, png
from sandbox.export.page.drawing import in_both
from sandbox.export.page.geometry import Feature, feature
from sandbox.export.page.result import Picture, ResultTable
from sandbox.export.page.swatch import Swatch
from sandbox.export.sheets.files import drawing_application
from sandbox.geo.crs import to_lonlat
from sandbox.words import Bilingual, Text, both, words_of

# Points are shapes on the ground, and grow with it.
_POINT_M: Final = 40.0
_EDGE_PX: Final = 1.8
# Corners nearer to the line than this aren't seen on a page.
_SIMPLE_M: Final = 2.0
# As wide as the panel of a page, so that letters of charts are as large as its own.
_CHART_PX: Final = 324


def features(shapes: Shapes, crs: str, edge: str) -> tuple[Feature, ...]:
    """Return shapes as features with their looks, the lowest class first."""
    found: list[Feature] = []
    for number, one in enumerate(shapes.classes):
        for at in np.flatnonzero(shapes.of == number).tolist():
            shape = shapes.xy[at]
            if shapely.get_dimensions(shape) < 2:
                shape = shapely.buffer(shape, _POINT_M, quad_segs=4)
            simple = shapely.simplify(shape, _SIMPLE_M)
            lonlat = shapely.transform(simple, lambda xy: to_lonlat(xy, crs))
            if not lonlat.is_empty:
                found.append(feature(lonlat, {"style": style(one, edge)}))
    return tuple(found)


def style(one: Class, edge: str) -> dict[str, Any]:
    """Return the look of a class as Leaflet has it."""
    made: dict[str, Any] = {
        "fillColor": one.colour,
        "fillOpacity": 0.25 if one.hatched else one.alpha,
        # Over a whole district an estate is a pixel wide: its own colour keeps it in sight.
        "color": one.colour if one.outline_px or not one.hatched else edge,
        "weight": one.outline_px or _EDGE_PX,
    }
    return made | ({"dashArray": "6 4"} if one.dashed else {})


def swatch(one: Class, edge: str) -> Swatch:
    """Return the sample of a class for the legend."""
    alpha = 0.25 if one.hatched else one.alpha
    line = one.colour if one.outline_px else edge
    return Swatch(fill=one.colour, fill_opacity=alpha, stroke=line)


def bounds(shapes: Sequence[Any], crs: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of shapes in metres; None for none."""
    if not len(shapes):
        return None
    west, south, east, north = shapely.total_bounds(np.asarray(shapes, dtype=object)).tolist()
    corners = to_lonlat(np.array([(west, south), (east, north)]), crs)
    (west, south), (east, north) = corners.tolist()
    wide, high = 0.05 * (east - west), 0.05 * (north - south)
    return west - wide, south - high, east + wide, north + high


def pictures(zh: Sequence[Chart], en: Sequence[Chart]) -> tuple[Picture, ...]:
    """Return charts as pictures of a page, each in both languages and themes, with its figures."""
    running = drawing_application()
    made = tuple(
        Picture(
            Bilingual(one.title, other.title),
            in_both(lambda look, one=one: png(_untitled(one), look, _CHART_PX)),
            in_both(lambda look, other=other: png(_untitled(other), look, _CHART_PX)),
            _figures(one, other),
        )
        for one, other in zip(zh, en, strict=True)
    )
    del running
    return made


def _untitled(chart: Chart) -> Chart:
    """Return a chart without its title: the page writes it above, where it has room."""
    return replace(chart, title="")


def _figures(zh: Chart, en: Chart) -> ResultTable:
    """Return what a chart shows as a table, for those who can't see the picture."""
    (columns, rows), (others, same) = figures(zh, words_of("zh")), figures(en, words_of("en"))
    cells = [
        tuple(a if a == b else Bilingual(a, b) for a, b in zip(one, other, strict=True))
        for one, other in zip(rows, same, strict=True)
    ]
    heading = both(Text("Figures: {chart}", {"chart": Bilingual(zh.title, en.title)}))
    return ResultTable(heading, tuple(map(Bilingual, columns, others)), tuple(cells), folded=True)
