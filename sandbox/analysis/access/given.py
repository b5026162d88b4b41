"""Places as measures of access take them, made of tables that others wrote."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.analysis.places.own import missing_column
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.words import Text

_FAULTS_SAID: Final = 20


def places_of(table: gpd.GeoDataFrame, supply: str | None = None) -> gpd.GeoDataFrame:
    """Return places with `kind` and `supply` beside what names them.

    Parameters
    ----------
    table
        `id` and geometry in WGS 84; `kind, layer, name_zh, name_en, gates` may be there.
    supply
        Column of what each offers; without it each counts 1.

    Raises
    ------
    AnalysisError
        There is no such column, or with all faults of the values at once.
    """
    made: dict[str, Any] = {"id": [str(one) for one in table["id"]]}
    for name in ("layer", "kind", "name_zh", "name_en"):
        said = list(table[name]) if name in table.columns else [""] * len(table)
        made[name] = ["" if pd.isna(one) else str(one) for one in said]
    if "gates" in table.columns:
        made["gates"] = table["gates"].to_numpy()
    offered = np.ones(len(table))
    if supply is not None:
        if supply not in table.columns:
            raise missing_column(supply, table, Text("The places have no column {column}."))
        offered = np.asarray(pd.to_numeric(table[supply], errors="coerce"), dtype=np.float64)
        bad = ~(offered >= 0) | np.isinf(offered)
        if bad.any():
            faults = [
                Text(
                    "{id}: {column} is {value}",
                    {
                        "id": made["id"][row],
                        "column": supply,
                        "value": str(table[supply].iloc[row])[:40],
                    },
                )
                for row in np.flatnonzero(bad)[:_FAULTS_SAID].tolist()
            ]
            raise AnalysisError(
                "The places can't be used", "Correct them, then try again.", faults=faults
            )
    made["supply"] = offered
    return gpd.GeoDataFrame(made, geometry=table.geometry.to_numpy(), crs=geo.WGS84)
