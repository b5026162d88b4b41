"""Homes and facilities as audits and measures take them, made of tables that others wrote."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.circles.opening import is_open
from sandbox.analysis.places.own import missing_column, own_columns
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.words import Text

Doubles = npt.NDArray[np.float64]
M2_PER_PERSON: Final = 35.0
M2_PER_PERSON_LIMITS: Final = (1.0, 1000.0)
_FAULTS_SAID: Final = 20
# What people's tables call these columns; the first that is there counts.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "floor_m2": ("floor_m2", "floor_area_m2", "建筑面积", "建筑面积_m2"),
    "land_m2": ("land_m2", "area_m2", "用地面积", "用地面积_m2"),
    "places": ("places", "capacity", "seats", "beds", "学位", "座位", "床位", "容量"),
    "floor": ("floor", "level", "楼层"),
    "status": ("status", "状态"),
    "usable": ("usable", "可用"),
    "opening_hours": ("opening_hours", "opening", "开放时间"),
}
# All columns of facilities that are read, whatever they are called.
READ: Final = tuple(dict.fromkeys(name for every in COLUMNS.values() for name in every))
_CLOSED: Final = ("planned", "construction", "closed", "规划", "在建", "停用", "关闭")
_NO: Final = ("no", "false", "0", "0.0", "否", "n")


def homes_of(
    table: gpd.GeoDataFrame,
    *,
    people: str | None = None,
    floor_area: str | None = None,
    m2_per_person: float = M2_PER_PERSON,
    crs: str,
) -> gpd.GeoDataFrame:
    """Return homes with `people` and `land_m2` beside what names them, and their own columns.

    Parameters
    ----------
    table
        `id` and geometry in WGS 84; `layer, name_zh, name_en, land_m2` may be there, and
        `group`, by which shares are compared.
    people, floor_area
        Column of the people who live in each; or of its floor area, which gives them. Without
        either people aren't known.
    m2_per_person
        Floor area a person; GB 50180-2018 assumes 35 m² (explanation of its clause 4.0.2).
    crs
        Metric system, for the land of areas.

    Raises
    ------
    AnalysisError
        There is no such column, both are given, or with all faults of the values at once.
    """
    faults: list[Text] = []
    if people and floor_area:
        faults.append(Text("both people and floor area are given; choose one"))
    low, high = M2_PER_PERSON_LIMITS
    if not low <= m2_per_person <= high:
        faults.append(
            Text(
                "{value} m² of floor area a person ({low} to {high} are possible)",
                {"value": f"{m2_per_person:g}", "low": f"{low:g}", "high": f"{high:g}"},
            )
        )
    column = people or floor_area
    figures = np.full(len(table), np.nan)
    if column:
        if column not in table.columns:
            raise missing_column(column, table, Text("The homes have no column {column}."))
        figures, bad = _numbers(table, column, least=0.0)
        faults += bad
    if faults:
        raise AnalysisError(
            "The homes can't be used", "Correct them, then try again.", faults=faults[:_FAULTS_SAID]
        )
    made = _named(table)
    made["people"] = figures / m2_per_person if floor_area and not people else figures
    made["land_m2"] = areas_m2(table, crs)
    if "group" in table.columns:
        made["group"] = ["" if pd.isna(one) else str(one) for one in table["group"]]
    own = own_columns(table.drop(columns=[one for one in (people, floor_area) if one]))
    return gpd.GeoDataFrame(made.assign(**own))


def facilities_of(
    table: gpd.GeoDataFrame,
    facility_named: Callable[[str], str],
    *,
    crs: str,
    at: datetime | None = None,
) -> gpd.GeoDataFrame:
    """Return facilities with their kind, sizes, places and whether they can be used.

    Parameters
    ----------
    table
        `id, kind` and geometry in WGS 84, and columns by any name of `COLUMNS`.
    facility_named
        What a word of the column `kind` means: the id of a facility, empty for none.
    crs
        Metric system, for the land of areas.
    at
        When facilities are to be open; None asks only whether they are in operation.

    Raises
    ------
    AnalysisError
        With all faults of the values at once.
    """
    faults: list[Text] = []
    made = _named(table)
    kinds = [str(one) for one in table["kind"]] if "kind" in table.columns else [""] * len(table)
    meant = {kind: facility_named(kind) for kind in set(kinds)}
    made["facility"] = [meant[kind] for kind in kinds]
    for name, least in (("floor_m2", 0.0), ("places", 0.0), ("floor", -20.0)):
        column = column_of(table, name)
        made[name] = np.full(len(table), np.nan)
        if column is not None:
            made[name], bad = _numbers(table, column, least)
            faults += bad
    made["land_m2"] = areas_m2(table, crs)
    made["usable"] = usable(table, at)
    if faults:
        raise AnalysisError(
            "The facilities can't be used",
            "Correct them, then try again.",
            faults=faults[:_FAULTS_SAID],
        )
    return made


def column_of(table: pd.DataFrame, name: str) -> str | None:
    """Return the column of a table that stands for a name of `COLUMNS`; None for none."""
    return next((one for one in COLUMNS[name] if one in table.columns), None)


def usable(table: pd.DataFrame, at: datetime | None) -> npt.NDArray[np.bool_]:
    """Return which facilities can be used: in operation, not marked otherwise, and open."""
    kept = np.ones(len(table), dtype=np.bool_)
    status, said = column_of(table, "status"), column_of(table, "usable")
    if status is not None:
        kept &= ~table[status].astype(str).str.strip().str.casefold().isin(_CLOSED).to_numpy()
    if said is not None:
        kept &= ~table[said].astype(str).str.strip().str.casefold().isin(_NO).to_numpy()
    hours = column_of(table, "opening_hours")
    if hours is not None and at is not None:
        told = {text: is_open(text, at) for text in {str(one) for one in table[hours]}}
        kept &= np.array([told[str(one)] is not False for one in table[hours]], dtype=np.bool_)
    return kept


def areas_m2(table: gpd.GeoDataFrame, crs: str) -> Doubles:
    """Return the land of places in square metres: as their table says, else of their outlines.

    NaN for points without a figure.
    """
    found = np.full(len(table), np.nan)
    column = column_of(table, "land_m2")
    if column is not None:
        found = np.array(pd.to_numeric(table[column], errors="coerce"), dtype=np.float64)
    every = np.asarray(table.geometry.to_numpy(), dtype=object)
    drawn = np.isnan(found) & (shapely.get_dimensions(every) == 2)
    if drawn.any():
        metric = shapely.transform(every[drawn], lambda lonlat: geo.to_metric(lonlat, crs))
        middle = shapely.get_coordinates(shapely.centroid(metric)).mean(axis=0)
        scale = shapes.areal_scale((float(middle[0]), float(middle[1])), crs)
        found[drawn] = shapely.area(metric) * scale
    return found


def _named(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what tables say of places, of which ids must be unique."""
    ids = pd.Series([str(one) for one in table["id"]], dtype=object)
    twice = list(dict.fromkeys(ids[ids.duplicated()].tolist()))
    if twice:
        raise AnalysisError(
            "Several places have the same id: {ids}.",
            "Give each a unique id.",
            ids=", ".join(twice[:_FAULTS_SAID]),
        )
    columns: dict[str, Any] = {"id": ids.to_numpy()}
    for name in ("layer", "name_zh", "name_en"):
        said: Sequence[Any] = list(table[name]) if name in table.columns else [""] * len(table)
        columns[name] = ["" if pd.isna(one) else str(one) for one in said]
    for name in ("accuracy_m", "gates"):
        if name in table.columns:
            columns[name] = table[name].to_numpy()
    return gpd.GeoDataFrame(columns, geometry=table.geometry.to_numpy(), crs=geo.WGS84)


def _numbers(table: pd.DataFrame, column: str, least: float) -> tuple[Doubles, list[Text]]:
    """Return a column's numbers, NaN where there is none, and what in it can't be meant."""
    raw = table[column]
    found = np.array(pd.to_numeric(raw, errors="coerce"), dtype=np.float64)
    empty = raw.isna().to_numpy() | (raw.astype(str).str.strip() == "").to_numpy()
    bad = (np.isnan(found) & ~empty) | (found < least) | np.isinf(found)
    faults = [
        Text(
            "{id}: {column} is {value}",
            {"id": str(table["id"].iloc[row]), "column": column, "value": str(raw.iloc[row])[:40]},
        )
        for row in np.flatnonzero(bad)[: _FAULTS_SAID + 1].tolist()
    ]
    found[bad] = np.nan
    return found, faults
