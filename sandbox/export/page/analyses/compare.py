"""A comparison as a page: the map of ground gained and lost, minutes saved, and the table."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.comparison.compare import Compared
from sandbox.analysis.comparison.difference import SAVED_BANDS_MIN
from sandbox.analysis.comparison.tables import changes_most
from sandbox.analysis.places.access import Place
from sandbox.app.answers.finding import headline
from sandbox.catalog.layer import Layer
from sandbox.draw.answers.areas import BANDS_ALPHA
from sandbox.draw.answers.compare import saved_colours
from sandbox.draw.theme import Theme, tokens
from sandbox.export.page import play
from sandbox.export.page.analyses.reach import origin_outline
from sandbox.export.page.drawing import in_both
from sandbox.export.page.features import told as page_text
from sandbox.export.page.result import (
    LegendLine,
    Result,
    ResultLayer,
    ResultTable,
)
from sandbox.export.page.swatch import Swatch
from sandbox.geo.shapes import to_lonlat
from sandbox.words import Bilingual, Text, both

_MOST_ROWS: Final = 15
_COLUMNS: Final = {
    "place": "Place",
    "plan": "Plan",
    "minutes": "min",
    "area": "km²",
    "places": "Places",
    "jobs": "Jobs",
}
_CHANGES: Final = {
    "gained": Text("Added"),
    "lost": Text("Lost"),
    "both": Text("Already reachable"),
}


def comparison(
    layers: Mapping[str, Layer],
    origins: gpd.GeoDataFrame,
    found: Sequence[Compared],
    rows: pd.DataFrame,
    *,
    line: Bilingual,
    cutoff: int = -1,
) -> Result:
    """Return a comparison as a page shows it: the place that changes most on the map.

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
    cutoff
        Which of the cutoffs shows first.
    """
    chosen = changes_most(found, cutoff)
    told = chosen.rows[cutoff]
    place = Bilingual(str(told["name_zh"]), str(told["name_en"]) or str(told["name_zh"]))
    of_place = [one for one in found if one.number == chosen.number]
    rest = [one for one in of_place if one is not chosen]
    shape = origins.geometry.iloc[chosen.number]
    # An area is outlined instead of pinned: it is left by its gates or edge.
    area = shape if Place(shape).is_area else None
    drawn = (
        ()
        if area is None
        else (ResultLayer("origin", place, (origin_outline(area),), (), pane="outlines"),)
    )
    ground = chosen.ground
    west, south, east, north = shapely.total_bounds(
        np.array(
            [to_lonlat(area, ground.crs) for area in (ground.base.areas[-1], ground.plan.areas[-1])]
        )
    ).tolist()
    several = len({one.number for one in found}) > 1
    notes = (both(Text("On the map: the place whose area changes most.")),) if several else ()
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
        finding=both(headline(layers, found, cutoff)),
        layers=drawn,
        legend=_legend(),
        saved_legend=_saved_legend(),
        play={
            **play.of_comparison(layers, [chosen, *rest], cutoff=cutoff),
            "place": page_text(place),
            "findings": {
                f"{minutes:g}": page_text(both(headline(layers, found, k)))
                for k, minutes in enumerate(ground.minutes)
            },
        },
        tables=(
            _of_place(layers, of_place, place),
            _changing(rows, {"minutes": f"{rows['cutoff_min'].max():g}"}),
            _whole(layers, rows),
        ),
        notes=notes,
        pin_lonlat=Place(shape).lonlat if area is None else None,
        bounds_lonlat=(west, south, east, north) if west <= east else None,
    )


def _legend() -> tuple[LegendLine, ...]:
    return tuple(
        LegendLine(
            both(words),
            Swatch(
                fill=f"var(--change-{change})" if change == "both" else f"url(#hatch-{change})",
                fill_opacity=tokens()["difference"]["alpha"]["both"] if change == "both" else 1.0,
                stroke=f"var(--change-{change})",
            ),
        )
        for change, words in _CHANGES.items()
    )


def _saved_legend() -> tuple[LegendLine, ...]:
    """Return the samples of minutes saved and lost, the most first."""
    count = len(SAVED_BANDS_MIN)

    def samples(change: str, theme: Theme) -> list[Swatch]:
        colours = saved_colours(theme, change, count)
        return [Swatch(fill=colour, fill_opacity=BANDS_ALPHA) for colour in colours]

    return tuple(
        LegendLine(said(words, minutes=f"{minutes:g}"), (light, dark))
        for change, words in (
            ("gained", Text("at least {minutes} min faster", {})),
            ("lost", Text("at least {minutes} min slower", {})),
        )
        for minutes, light, dark in zip(
            SAVED_BANDS_MIN, *in_both(partial(samples, change)), strict=True
        )
    )


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


def _changing(rows: pd.DataFrame, minutes: Mapping[str, str]) -> ResultTable:
    largest = rows[rows["cutoff_min"] == rows["cutoff_min"].max()]
    change = np.asarray(largest["gained_km2"] + largest["lost_km2"], dtype=np.float64)
    order = np.argsort(-change, kind="stable")[: np.count_nonzero(change)]
    told = largest.iloc[order].to_dict("records")
    return ResultTable(
        said(Text("Largest changes within {minutes} min", {}), **minutes),
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
