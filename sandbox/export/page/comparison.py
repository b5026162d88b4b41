"""A comparison as a page: the map of ground gained and lost, minutes saved, and the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.comparison.compare import Compared
from sandbox.analysis.comparison.tables import gains_most, saved_by
from sandbox.analysis.places.access import Place
from sandbox.app.answers.comparing import finding
from sandbox.catalog.layer import Layer
from sandbox.draw.answers.difference import SAVED_ALPHA, saved_colours
from sandbox.draw.theme import Theme
from sandbox.engine.surface import CELLS_PER_REACH
from sandbox.export.page.answers import origin_outline
from sandbox.export.page.geometry import Feature, feature
from sandbox.export.page.result import (
    LegendLine,
    Result,
    ResultLayer,
    ResultTable,
    difference_styles,
)
from sandbox.export.page.swatch import Swatch
from sandbox.geo.shapes import to_lonlat
from sandbox.words import Bilingual, Text, both

_MOST_ROWS: Final = 15
# Outlines of all layers together have about so many points, so that a telephone opens the page.
_POINTS_AT_MOST: Final = 90_000
# As shares of a cell of the grid that outlines are drawn on: nothing moves by more.
_TOLERANCES: Final = (0.1, 0.25, 0.5, 1.0)
_COLUMNS: Final = {
    "place": "Place",
    "plan": "Plan",
    "minutes": "min",
    "area": "km²",
    "places": "Places",
    "jobs": "Jobs",
}
_CHANGES: Final = {
    "both": Text("Already reachable"),
    "gained": Text("Added"),
    "lost": Text("Lost"),
}


def comparison(
    layers: Mapping[str, Layer],
    origins: gpd.GeoDataFrame,
    found: Sequence[Compared],
    rows: pd.DataFrame,
    *,
    line: Bilingual,
    theme: Theme,
    cutoff: int = -1,
) -> Result:
    """Return a comparison as a page shows it: the place that gains most on the map.

    Parameters
    ----------
    layers
        Where the names of what is counted stand.
    origins
        The places that were asked about.
    found, rows
        The comparisons, at least one, and their table.
    line
        How it was asked.
    theme
        Whose colours the page has.
    cutoff
        Which of the cutoffs shows first.
    """
    chosen = gains_most(found)
    told = chosen.rows[cutoff]
    place = Bilingual(str(told["name_zh"]), str(told["name_en"]) or str(told["name_zh"]))
    of_place = [one for one in found if one.number == chosen.number]
    share = _share_of_cell(of_place)
    drawn: list[ResultLayer] = []
    shape = origins.geometry.iloc[chosen.number]
    # An area is outlined instead of pinned: it is left by its gates or edge.
    area = shape if Place(shape).is_area else None
    outline = () if area is None else (origin_outline(area, theme),)
    for one in of_place:
        shown = told["cutoff_min"] if one is chosen else None
        drawn += [
            replace(layer, features=(*layer.features, *outline))
            for layer in _grounds(one, theme, share, shown)
        ]
        drawn += _saved(one, theme, share)
    ground = chosen.ground
    west, south, east, north = shapely.total_bounds(
        np.array(
            [to_lonlat(area, ground.crs) for area in (ground.base.areas[-1], ground.plan.areas[-1])]
        )
    ).tolist()
    several = len({one.number for one in found}) > 1
    notes = (both(Text("On the map: the place that gains the most area.")),) if several else ()
    return Result(
        title=said(
            Text("{place}: {base} → {plan}", {}),
            place=place,
            base=chosen.base.called,
            plan=chosen.plan.called,
        ),
        line=said(
            Text("{base} → {plan} · {asked}", {}),
            base=chosen.base.called,
            plan=chosen.plan.called,
            asked=line,
        ),
        finding=both(finding(layers, chosen, cutoff)),
        layers=tuple(drawn),
        tables=(
            _of_place(layers, of_place, place),
            _gaining(rows, {"minutes": f"{rows['cutoff_min'].max():g}"}),
            _whole(layers, rows),
        ),
        notes=notes,
        pin_lonlat=Place(shape).lonlat if area is None else None,
        bounds_lonlat=(west, south, east, north) if west <= east else None,
    )


def _share_of_cell(found: Sequence[Compared]) -> float:
    """Return how coarse outlines are drawn: as fine as the page's size allows."""
    areas = np.array(
        [
            area
            for one in found
            for part in (one.ground.kept, one.ground.gained, one.ground.lost)
            for area in part.areas
        ]
    )
    for share in _TOLERANCES:
        simple = shapely.simplify(areas, share * found[0].reach_m / CELLS_PER_REACH)
        if shapely.get_num_coordinates(simple).sum() <= _POINTS_AT_MOST:
            return share
    return _TOLERANCES[-1]


def _drawn(area: BaseGeometry, one: Compared, share: float) -> BaseGeometry:
    """Return an area in WGS 84, no finer than the page shows it."""
    return to_lonlat(shapely.simplify(area, share * one.reach_m / CELLS_PER_REACH), one.ground.crs)


def _grounds(
    one: Compared, theme: Theme, share: float, shown_minutes: float | None
) -> list[ResultLayer]:
    """Return a layer for each cutoff, the longest first; one of them may show."""
    styles = difference_styles(theme)
    found: list[ResultLayer] = []
    for k, minutes in enumerate(one.ground.minutes):
        parts = {
            "both": one.ground.kept.areas[k],
            "gained": one.ground.gained.areas[k],
            "lost": one.ground.lost.areas[k],
        }
        found.append(
            ResultLayer(
                id=f"difference_{_slug(one.plan.id)}_{minutes:g}",
                title=said(
                    Text("Within {minutes} min · {base} → {plan}", {}),
                    base=one.base.called,
                    plan=one.plan.called,
                    minutes=f"{minutes:g}",
                ),
                features=tuple(
                    feature(_drawn(area, one, share), {"style": styles[change]})
                    for change, area in parts.items()
                    if not area.is_empty
                ),
                legend=_difference_legend(styles),
                visible=minutes == shown_minutes,
            )
        )
    return found[::-1]


def _difference_legend(styles: Mapping[str, dict[str, Any]]) -> tuple[LegendLine, ...]:
    return tuple(
        LegendLine(
            both(_CHANGES[change]),
            Swatch(
                fill=styles[change]["fillColor"],
                fill_opacity=styles[change]["fillOpacity"],
                stroke=styles[change]["color"],
            ),
        )
        for change in ("gained", "lost", "both")
    )


def _saved(one: Compared, theme: Theme, share: float) -> list[ResultLayer]:
    """Return the minutes saved as a layer with its own legend; hidden at first."""
    found = saved_by(one)
    drawn: list[Feature] = []
    legend: list[LegendLine] = []
    for change, areas, words in (
        ("gained", found.sooner, Text("at least {minutes} min faster", {})),
        ("lost", found.later, Text("at least {minutes} min slower", {})),
    ):
        colours = saved_colours(theme, change, len(areas))
        for area, colour, band in zip(areas, colours, found.bands_min, strict=True):
            if area.is_empty:
                continue
            # The larger lies below: each covers what it holds of it.
            style = {"fillColor": colour, "fillOpacity": SAVED_ALPHA, "stroke": False}
            drawn.append(feature(_drawn(area, one, share), {"style": style}))
            sample = Swatch(fill=colour, fill_opacity=SAVED_ALPHA)
            legend.append(LegendLine(said(words, minutes=f"{band:g}"), sample))
    if not drawn:
        return []
    title = said(
        Text("Minutes saved: {base} → {plan}", {}), base=one.base.called, plan=one.plan.called
    )
    layer_id = f"saved_{_slug(one.plan.id)}"
    return [ResultLayer(layer_id, title, tuple(drawn), tuple(legend), visible=False)]


def _of_place(
    layers: Mapping[str, Layer], found: Sequence[Compared], place: Bilingual
) -> ResultTable:
    counted = _counted(layers, [row for one in found for row in one.rows])
    return ResultTable(
        place,
        (*_columns("plan", "minutes", "area"), *counted.values(), *_columns("places")),
        tuple(
            (
                one.plan.called,
                f"{row['cutoff_min']:g}",
                _changed(row, "area", "_km2", ".1f"),
                *(_changed(row, name, "", ".0f") for name in (*counted, "places")),
            )
            for one in found
            for row in one.rows
        ),
    )


def _gaining(rows: pd.DataFrame, minutes: Mapping[str, str]) -> ResultTable:
    largest = rows[rows["cutoff_min"] == rows["cutoff_min"].max()]
    order = (-largest["area_diff_km2"]).argsort(kind="stable")
    told = [row for row in largest.iloc[order].to_dict("records") if row["area_diff_km2"] != 0.0]
    return ResultTable(
        said(Text("Largest gains within {minutes} min", {}), **minutes),
        _columns("place", "plan", "area", "places"),
        tuple(
            (
                _name(row, "name"),
                _name(row, "plan_name"),
                f"{row['area_diff_km2']:+.1f}",
                f"{row['places_diff']:+.0f}",
            )
            for row in told[:_MOST_ROWS]
        ),
    )


def _whole(layers: Mapping[str, Layer], rows: pd.DataFrame) -> ResultTable:
    records = rows.to_dict("records")
    counted = _counted(layers, records)
    more = [name for name in ("places", "jobs") if f"{name}_base" in rows]
    return ResultTable(
        both(Text("Full table")),
        (*_columns("place", "plan", "minutes", "area"), *counted.values(), *_columns(*more)),
        tuple(
            (
                _name(row, "name"),
                _name(row, "plan_name"),
                f"{row['cutoff_min']:g}",
                _changed(row, "area", "_km2", ".2f"),
                *(_changed(row, name, "", ".0f") for name in (*counted, *more)),
            )
            for row in records
        ),
        folded=True,
    )


def _counted(
    layers: Mapping[str, Layer], rows: Sequence[Mapping[Any, Any]]
) -> dict[str, Bilingual]:
    """Return the layers of which some place is reached, with their titles; invented ones say so."""
    found: dict[str, Bilingual] = {}
    for name, layer in layers.items():
        if any(row.get(f"{name}_base") or row.get(f"{name}_plan") for row in rows):
            schematic = layer.schematic and "示意" not in layer.title.zh
            marked = said(Text("{layer} (schematic)", {}), layer=layer.title)
            found[name] = marked if schematic else layer.title
    return found


def _columns(*keys: str) -> tuple[Bilingual, ...]:
    return tuple(both(Text(_COLUMNS[key])) for key in keys)


def _name(row: Mapping[Any, Any], key: str) -> Bilingual:
    return Bilingual(str(row[f"{key}_zh"]), str(row[f"{key}_en"]) or str(row[f"{key}_zh"]))


def _changed(row: Mapping[Any, Any], name: str, unit: str, digits: str) -> str:
    """Return a figure of base and plan, or once where it stays."""
    base, plan = row[f"{name}_base{unit}"], row[f"{name}_plan{unit}"]
    one, other = f"{base:{digits}}", f"{plan:{digits}}"
    return one if one == other else f"{one} → {other}"


def said(text: Text, **values: Bilingual | str) -> Bilingual:
    """Return a text in both languages, its values in theirs."""
    return both(Text(text.template, values))


def _slug(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name)
