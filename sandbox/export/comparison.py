"""A comparison as a page: the map of ground gained and lost, minutes saved, and the table."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.compare import Compared, minutes_saved
from sandbox.analysis.compare_tables import gains_most
from sandbox.draw.difference import SAVED_ALPHA, saved_colours
from sandbox.draw.theme import Theme
from sandbox.export.features import both
from sandbox.export.geometry import Feature, feature
from sandbox.export.result import (
    LegendLine,
    Result,
    ResultLayer,
    ResultTable,
    difference_styles,
    hatch_style,
)
from sandbox.export.swatch import Swatch
from sandbox.geo.shapes import to_lonlat
from sandbox.words import Bilingual, Text

_MOST_ROWS: Final = 15
_COLUMNS: Final = {
    "place": "Place",
    "scenario": "Scenario",
    "minutes": "min",
    "area": "km²",
    "labs": "Labs",
    "parks": "Parks",
    "places": "Places",
    "jobs": "Jobs",
}
_SHORT: Final = ("area", "labs", "places")
_CHANGES: Final = {
    "both": Text("Reached before"),
    "gained": Text("Gained"),
    "lost": Text("Lost"),
}


def comparison(
    origins: gpd.GeoDataFrame,
    found: Sequence[Compared],
    rows: pd.DataFrame,
    names: Mapping[str, Bilingual],
    *,
    line: Bilingual,
    theme: Theme,
) -> Result:
    """Return a comparison as a page shows it: the place that gains most on the map.

    Parameters
    ----------
    origins
        The places that were asked about.
    found, rows
        The comparisons, at least one, and their table.
    names
        What the base and the others are called, by their ids.
    line
        How it was asked.
    theme
        Whose colours the page has.
    """
    chosen = gains_most(found)
    told = chosen.rows[-1]
    place = Bilingual(str(told["name_zh"]), str(told["name_en"]) or str(told["name_zh"]))
    of_place = [one for one in found if one.number == chosen.number]
    layers: list[ResultLayer] = []
    for one in of_place:
        layers += _grounds(one, names, theme, shown=one is chosen)
        layers += _saved(one, names, theme)
    spot = origins.geometry.representative_point().iloc[chosen.number]
    drawn = to_lonlat(chosen.ground.changed.areas[-1], chosen.ground.crs)
    lost = to_lonlat(chosen.ground.base.areas[-1], chosen.ground.crs)
    bounds = drawn.union(lost).bounds
    minutes = {"minutes": f"{told['cutoff_min']:g}"}
    several = len({one.number for one in found}) > 1
    notes = (both(Text("On the map: the place that gains most ground.")),) if several else ()
    return Result(
        title=said(
            Text("{place}: {scenario} beside {base}", {}),
            place=place,
            scenario=names[chosen.way.id],
            base=names[str(told["base"])],
        ),
        line=line,
        layers=tuple(layers),
        tables=(
            _of_place(of_place, names, place),
            _gaining(rows, names, minutes),
            _whole(rows, names),
        ),
        notes=notes,
        pin_lonlat=(float(spot.x), float(spot.y)),
        bounds_lonlat=bounds if bounds else None,
    )


def _grounds(
    one: Compared, names: Mapping[str, Bilingual], theme: Theme, *, shown: bool
) -> list[ResultLayer]:
    """Return a layer for each cutoff; the largest shows."""
    styles = difference_styles(theme)
    found: list[ResultLayer] = []
    for k, minutes in enumerate(one.ground.minutes):
        kept = one.ground.base.areas[k].difference(one.ground.lost.areas[k])
        parts = {
            "both": kept,
            "gained": one.ground.gained.areas[k],
            "lost": one.ground.lost.areas[k],
        }
        drawn: list[Feature] = []
        for change, area in parts.items():
            if area.is_empty:
                continue
            shape = to_lonlat(area, one.ground.crs)
            drawn.append(feature(shape, {"style": styles[change]}))
            if change != "both":
                drawn.append(feature(shape, {"style": hatch_style(change)}))
        found.append(
            ResultLayer(
                id=f"difference_{_slug(one.way.id)}_{minutes:g}",
                title=said(
                    Text("{scenario}, {minutes} min", {}),
                    scenario=names[one.way.id],
                    minutes=f"{minutes:g}",
                ),
                features=tuple(drawn),
                legend=_difference_legend(styles),
                visible=shown and minutes == one.ground.minutes[-1],
            )
        )
    return found[::-1]


def _difference_legend(styles: Mapping[str, dict[str, Any]]) -> tuple[LegendLine, ...]:
    return tuple(
        LegendLine(
            both(_CHANGES[change]),
            Swatch(
                fill=styles[change]["fillColor"] if change == "both" else f"url(#hatch-{change})",
                fill_opacity=styles[change]["fillOpacity"] if change == "both" else 1.0,
                stroke=styles[change]["color"],
            ),
        )
        for change in ("gained", "lost", "both")
    )


def _saved(one: Compared, names: Mapping[str, Bilingual], theme: Theme) -> list[ResultLayer]:
    """Return the minutes saved as a layer with its own legend; hidden at first."""
    found = minutes_saved(one.before, one.after, reach_m=one.reach_m, crs=one.ground.crs)
    drawn: list[Feature] = []
    legend: list[LegendLine] = []
    for change, areas, words in (
        ("gained", found.sooner, Text("at least {minutes} min sooner", {})),
        ("lost", found.later, Text("at least {minutes} min later", {})),
    ):
        colours = saved_colours(theme, change, len(areas))
        for area, colour, band in zip(areas, colours, found.bands_min, strict=True):
            if area.is_empty:
                continue
            # The larger lies below: each covers what it holds of it.
            shape: BaseGeometry = to_lonlat(area, found.crs)
            style = {"fillColor": colour, "fillOpacity": SAVED_ALPHA, "stroke": False}
            drawn.append(feature(shape, {"style": style}))
            sample = Swatch(fill=colour, fill_opacity=0.8, stroke=colour)
            legend.append(LegendLine(said(words, minutes=f"{band:g}"), sample))
    if not drawn:
        return []
    title = said(Text("Minutes saved: {scenario}", {}), scenario=names[one.way.id])
    layer_id = f"saved_{_slug(one.way.id)}"
    return [ResultLayer(layer_id, title, tuple(drawn), tuple(legend), visible=False)]


def _of_place(
    found: Sequence[Compared], names: Mapping[str, Bilingual], place: Bilingual
) -> ResultTable:
    columns = [both(Text(_COLUMNS[key])) for key in ("scenario", "minutes", *_SHORT)]
    return ResultTable(
        place,
        tuple(columns),
        tuple(
            (
                names[one.way.id],
                f"{row['cutoff_min']:g}",
                _changed(row, "area", "_km2", ".1f"),
                _changed(row, "labs", "", ".0f"),
                _changed(row, "places", "", ".0f"),
            )
            for one in found
            for row in one.rows
        ),
    )


def _gaining(
    rows: pd.DataFrame, names: Mapping[str, Bilingual], minutes: Mapping[str, str]
) -> ResultTable:
    largest = rows[rows["cutoff_min"] == rows["cutoff_min"].max()]
    order = (-largest["area_diff_km2"]).argsort(kind="stable")
    told = [row for row in largest.iloc[order].to_dict("records") if row["area_diff_km2"] != 0.0]
    columns = [both(Text(_COLUMNS[key])) for key in ("place", "scenario", *_SHORT)]
    return ResultTable(
        said(Text("Who gains most within {minutes} min", {}), **minutes),
        tuple(columns),
        tuple(
            (
                Bilingual(str(row["name_zh"]), str(row["name_en"]) or str(row["name_zh"])),
                names[str(row["scenario"])],
                f"{row['area_diff_km2']:+.1f}",
                f"{row['labs_diff']:+.0f}",
                f"{row['places_diff']:+.0f}",
            )
            for row in told[:_MOST_ROWS]
        ),
    )


def _whole(rows: pd.DataFrame, names: Mapping[str, Bilingual]) -> ResultTable:
    counts = [name for name in ("labs", "parks", "places", "jobs") if f"{name}_base" in rows]
    keys = ("place", "scenario", "minutes", "area", *counts)
    columns = [both(Text(_COLUMNS[key])) for key in keys]
    return ResultTable(
        both(Text("The whole table")),
        tuple(columns),
        tuple(
            (
                Bilingual(str(row["name_zh"]), str(row["name_en"]) or str(row["name_zh"])),
                names[str(row["scenario"])],
                f"{row['cutoff_min']:g}",
                _changed(row, "area", "_km2", ".2f"),
                *(_changed(row, name, "", ".0f") for name in counts),
            )
            for row in rows.to_dict("records")
        ),
        folded=True,
    )


def _changed(row: Mapping[Any, Any], name: str, unit: str, digits: str) -> str:
    """Return a figure before and after, or once where it stays."""
    before, after = row[f"{name}_base{unit}"], row[f"{name}_with{unit}"]
    one, other = f"{before:{digits}}", f"{after:{digits}}"
    return one if one == other else f"{one} → {other}"


def said(text: Text, **values: Bilingual | str) -> Bilingual:
    """Return a text in both languages, its values in theirs."""
    zh = {key: one.zh if isinstance(one, Bilingual) else one for key, one in values.items()}
    en = {key: one.en if isinstance(one, Bilingual) else one for key, one in values.items()}
    return Bilingual(both(Text(text.template, zh)).zh, both(Text(text.template, en)).en)


def _slug(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name)
