"""Comparisons as tables and layers, for files that other programs read."""

from collections.abc import Iterable
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from sandbox.analysis.comparison.compare import Compared
from sandbox.analysis.comparison.difference import SavedMinutes, minutes_saved
from sandbox.geo import crs as geo
from sandbox.geo import shapes

_NAMES: Final = ("base_name_zh", "base_name_en", "plan_name_zh", "plan_name_en")
_KEYS: Final = ("place_id", "layer", "name_zh", "name_en", "base", "plan", *_NAMES)
# How each layer was calculated, as in the table.
_ASKED: Final = (
    *(f"{side}_{key}" for side in ("base", "plan") for key in (
        "mode", "direction", "departure", "arrival", "window_min", "percentile", "max_walk_min",
        "min_change_min", "access", "egress", "speed_kmh", "bike_kmh", "hour", "street_edits",
    )),
    "reach_m", "network", "network_date", "schematic",
)  # fmt: skip


def table(found: Iterable[Compared]) -> pd.DataFrame:
    """Return comparisons as a table, a row a place, plan and cutoff.

    Returns
    -------
    DataFrame
        `place_id, layer, name_zh, name_en`; `base, plan` and the names of both in both
        languages; `cutoff_min, area_base_km2, area_plan_km2, area_diff_km2, gained_km2,
        lost_km2`; `NAME_base, NAME_plan, NAME_diff` for each name counted; and how one
        moves on either side.
    """
    made = pd.DataFrame([row for one in found for row in one.rows])
    for column in made.columns[made.columns.str.endswith(("_base", "_plan", "_diff"))]:
        # Places are counted in whole numbers; figures such as jobs may have shares.
        if (made[column] == made[column].round()).to_numpy().all():
            made[column] = made[column].astype("int64")
    return made.round(6)


def places_layer(origins: gpd.GeoDataFrame, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the table's rows with a point of each place, WGS 84."""
    keys = pd.MultiIndex.from_arrays([rows["layer"], rows["place_id"]])
    names = pd.MultiIndex.from_arrays([origins["layer"].astype(str), origins["id"].astype(str)])
    points = pd.Series(origins.geometry.representative_point().to_numpy(), index=names)
    return gpd.GeoDataFrame(rows, geometry=points.loc[keys].to_numpy(), crs=geo.WGS84)


def ground_layer(found: Iterable[Compared]) -> gpd.GeoDataFrame:
    """Return ground gained, lost and kept as areas in WGS 84.

    Columns `place_id, layer, name_zh, name_en, base, plan`, the names of both, `cutoff_min,
    change` (``gained``, ``lost``, or ``base`` and ``plan``, which are all that is reached by
    either), `area_km2`, and how one moves on either side.
    """
    rows: list[dict[str, Any]] = []
    for one in found:
        parts = {
            "base": one.ground.base,
            "plan": one.ground.plan,
            "gained": one.ground.gained,
            "lost": one.ground.lost,
        }
        for k, told in enumerate(one.rows):
            rows += [
                _keys(told)
                | {"cutoff_min": told["cutoff_min"], "change": change, "area_km2": part.km2[k]}
                | {"geometry": shapes.to_lonlat(part.areas[k], one.ground.crs)}
                for change, part in parts.items()
                if not part.areas[k].is_empty
            ]
    columns = [*_KEYS, "cutoff_min", "change", "area_km2", *_ASKED, "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=geo.WGS84)


def saved_layer(found: Iterable[Compared]) -> gpd.GeoDataFrame:
    """Return ground that is reached sooner or later, as areas in WGS 84.

    Columns `place_id, layer, name_zh, name_en, base, plan`, the names of both, `change`
    (``sooner`` or ``later``), `at_least_min`, and how one moves on either side; the larger
    area holds the smaller.
    """
    rows: list[dict[str, Any]] = []
    for one in found:
        saved = saved_by(one)
        for change, areas in (("sooner", saved.sooner), ("later", saved.later)):
            rows += [
                _keys(one.rows[0])
                | {"change": change, "at_least_min": band}
                | {"geometry": shapes.to_lonlat(area, saved.crs)}
                for band, area in zip(saved.bands_min, areas, strict=True)
                if not area.is_empty
            ]
    columns = [*_KEYS, "change", "at_least_min", *_ASKED, "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=geo.WGS84)


def saved_by(one: Compared) -> SavedMinutes:
    """Return the minutes that a comparison's plan saves, or costs, on the ground."""
    return minutes_saved(*one.reached, reach_m=one.reach_m, crs=one.ground.crs)


def changes_most(found: Iterable[Compared], k: int = -1) -> Compared:
    """Return the comparison that gains and loses most ground within a cutoff.

    Of equals the one that changes the number of places most, and then the first.
    """

    def change(one: Compared) -> tuple[float, float]:
        ground = one.ground
        return ground.gained.km2[k] + ground.lost.km2[k], abs(one.rows[k]["places_diff"])

    return max(found, key=change)


def _keys(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in (*_KEYS, *_ASKED)}
