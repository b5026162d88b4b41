"""Homes ranked by the minutes to what they need, in a page: homes in colours, and the table."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.app import moving
from sandbox.app.answers.housing import CLASSES_MIN
from sandbox.app.atlas import Atlas
from sandbox.draw.answers.housing import minutes_texts
from sandbox.draw.answers.shaded import RAMP, Shapes, ramp_classes
from sandbox.draw.theme import Theme
from sandbox.export.page import features
from sandbox.export.page.analyses import shaded
from sandbox.export.page.analyses.sheets import first_of
from sandbox.export.page.drawing import in_both
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
from sandbox.geo.shapes import to_metric
from sandbox.streets.modes import MODES
from sandbox.streets.travel import Travel
from sandbox.words import Bilingual, Text, both

# The page has the best; the command's files have all.
_ROWS: Final = 300
# What can be switched on, the mean of the first scenario aside.
_MOST_LAYERS: Final = 8
_MOST_CARDS: Final = 6


def ranked_homes(  # noqa: PLR0917 - what was found, of whom, and how
    atlas: Atlas,
    found: pd.DataFrame,
    lived: gpd.GeoDataFrame,
    held_by: str,
    needs: Sequence[str],
    ways: Sequence[Travel],
    scenarios: Mapping[str, Bilingual],
) -> Result:
    """Return ranked homes as a page shows them.

    Parameters
    ----------
    atlas
        The city; `held_by` is the id of its layer that holds the homes.
    found, lived
        As of `sandbox.analysis.housing.beside_each_other`, and the homes in WGS 84.
    needs
        What the homes need: ids of layers or kinds, as the columns of `found` begin.
    ways
        The ways of moving of which the fastest counts.
    scenarios
        What the scenarios are called, by their ids; none where only streets count.
    """
    called = {need: _called(atlas, need) for need in needs}
    return in_both_themes(
        *in_both(partial(_result, atlas, found, lived, held_by, called, ways, scenarios))
    )


def _result(  # noqa: PLR0917 - as above
    atlas: Atlas,
    found: pd.DataFrame,
    lived: gpd.GeoDataFrame,
    held_by: str,
    needs: Mapping[str, Bilingual],
    ways: Sequence[Travel],
    scenarios: Mapping[str, Bilingual],
    theme: Theme,
) -> Result:
    shapes_xy = {
        str(id_): to_metric(shape, atlas.crs)
        for id_, shape in zip(lived["id"], lived.geometry, strict=True)
    }
    parts: dict[str, Any] = {
        str(name): rows for name, rows in found.groupby("scenario", sort=False)
    }
    first = next(iter(parts.values()))
    every = _joined(needs.values())
    layers = [
        _layer(atlas, theme, f"ranked_{number}", title, rows, column, shapes_xy)
        for number, (title, rows, column) in enumerate(
            [
                *(
                    (_mean_title(scenarios.get(name)), rows, "mean_min")
                    for name, rows in parts.items()
                ),
                *((_minutes_to(called), first, f"{need}_min") for need, called in needs.items()),
            ][:_MOST_LAYERS]
        )
    ]
    said = _joined([both(moving.told(way)) for way in ways], "；", "; ")
    return Result(
        title=both(Text("Where to live: minutes to {needs}", {"needs": every})),
        line=dotted(
            both(Text("minutes by the fastest of: {ways}", {"ways": said})), *scenarios.values()
        ),
        finding=_finding(first, len(needs), every),
        cards=_cards(parts, scenarios),
        layers=tuple(layers),
        tables=(_table(found, held_by, needs, scenarios),),
        bounds_lonlat=shaded.bounds(list(shapes_xy.values()), atlas.crs),
    )


def _called(atlas: Atlas, need: str) -> Bilingual:
    """Return what a need is called: a layer, a kind of a layer, or what was said."""
    layer = atlas.layers.get(need)
    if layer is not None:
        return layer.title
    kinds = (one.kinds[need] for one in atlas.layers.values() if need in one.kinds)
    return next(kinds, Bilingual(need, need))


def _joined(parts: Any, zh: str = "、", en: str = ", ") -> Bilingual:
    every = list(parts)
    return Bilingual(zh.join(one.zh for one in every), en.join(one.en for one in every))


def _mean_title(scenario: Bilingual | None) -> Bilingual:
    if scenario is None:
        return both(Text("Mean minutes"))
    return both(Text("Mean minutes: {scenario}", {"scenario": scenario}))


def _minutes_to(called: Bilingual) -> Bilingual:
    return both(Text("Minutes to {places}", {"places": called}))


def _layer(  # noqa: PLR0917 - a layer has these parts
    atlas: Atlas,
    theme: Theme,
    name: str,
    title: Bilingual,
    rows: Any,
    column: str,
    shapes_xy: Mapping[str, Any],
) -> ResultLayer:
    minutes: Any = rows[column].to_numpy(dtype=np.float64)
    of = np.where(
        np.isnan(minutes), len(RAMP), np.searchsorted(np.array(CLASSES_MIN), minutes, side="left")
    )
    xy: Any = np.empty(len(rows), dtype=object)
    xy[:] = [shapes_xy[str(id_)] for id_ in rows["id"]]
    edge = theme.colour("ink_3")
    texts = [*minutes_texts(), Text("None within reach")]
    legend = tuple(
        LegendLine(both(text), shaded.swatch(one, edge))
        for text, one in zip(texts, ramp_classes(), strict=True)
    )
    drawn = shaded.features(Shapes(xy, of, ramp_classes()), atlas.crs, edge)
    return ResultLayer(name, title, drawn, legend, visible=name == "ranked_0")


def _finding(rows: Any, kinds: int, every: Bilingual) -> Bilingual:
    """Return which home needs least, and how many reach all, in one sentence."""
    best = rows.sort_values("rank", kind="stable").iloc[0]
    complete = f"{int((rows['reached'] == kinds).sum()):,}"
    values = {"needs": every, "complete": complete, "all": f"{len(rows):,}"}
    if not best["reached"]:
        return both(Text("None of the {all} homes reaches {needs} in time.", values))
    values |= {"home": _name(best), "minutes": f"{best['mean_min']:.1f}"}
    sentence = (
        "{home} needs the least time: {minutes} min on average to {needs}; {complete} of {all} "
        "homes reach all of them."
    )
    return both(Text(sentence, values))


def _cards(parts: Mapping[str, Any], scenarios: Mapping[str, Bilingual]) -> tuple[Card, ...]:
    """Return the middle home's mean minutes in each scenario."""
    half = both(Text("Half of the homes need at most"))
    return tuple(
        Card(
            both(Text("{minutes} min", {"minutes": f"{float(rows['mean_min'].median()):.1f}"})),
            scenarios.get(name, half),
            half if name in scenarios else None,
        )
        for name, rows in list(parts.items())[:_MOST_CARDS]
        if rows["mean_min"].notna().any()
    )


def _table(
    found: pd.DataFrame,
    held_by: str,
    needs: Mapping[str, Bilingual],
    scenarios: Mapping[str, Bilingual],
) -> ResultTable:
    columns = [Text("Dwelling"), Text("Rank")]
    columns += [Text("Scenario")] if scenarios else []
    heads = [*map(both, columns)]
    for called in needs.values():
        heads += [both(Text("{places} (min)", {"places": called})), both(Text("Mode"))]
    heads.append(both(Text("Mean (min)")))
    several = len(scenarios) > 1
    heads += [both(Text("Saved (min)"))] if several else []
    ordered = found.sort_values(["rank", "scenario"], kind="stable").head(_ROWS)
    rows: list[tuple[Cell, ...]] = []
    for row in ordered.to_dict("records"):
        cells: list[Cell] = [_name(row), str(row["rank"])]
        cells += [scenarios[str(row["scenario"])]] if scenarios else []
        for need in needs:
            mode = str(row[f"{need}_mode"])
            cells += [_figure(row[f"{need}_min"]), both(MODES[mode].brief) if mode else "–"]
        cells.append(_figure(row["mean_min"]))
        cells += [_figure(row["saved_min"])] if several else []
        rows.append(tuple(cells))
    heading = first_of(both(Text("The best first")), len(rows), len(found))
    places = tuple(features.key(held_by, str(one)) for one in ordered["id"])
    return ResultTable(heading, tuple(heads), tuple(rows), places=places)


def _figure(minutes: float) -> str:
    return "–" if minutes != minutes else f"{minutes:.1f}"  # noqa: PLR0124


def _name(row: Mapping[Any, Any]) -> Bilingual:
    zh, en, id_ = (str(row[name] or "") for name in ("name_zh", "name_en", "id"))
    return Bilingual(zh or en or id_, en or zh or id_)
