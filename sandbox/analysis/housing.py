"""Where to live: the minutes of each home to what it needs, by the fastest of several ways."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.analysis.nearest import NearestQuestion, nearest
from sandbox.engine.network import Network
from sandbox.streets.travel import Travel
from sandbox.transit.lines import Supply

LONGEST_MIN: Final = 120.0


def best_of(
    network: Network,
    lived: gpd.GeoDataFrame,
    wanted: gpd.GeoDataFrame,
    ways: Sequence[Travel],
    supply: Supply | None,
) -> pd.DataFrame:
    """Return of each home the minutes to the nearest of places by the fastest way.

    Columns: `minutes`, NaN for none, and `mode`, empty for none; rows as the homes. Of ways
    equally fast the first counts.
    """
    minutes = np.full(len(lived), np.inf)
    mode = np.full(len(lived), "", dtype=object)
    for travel in ways:
        runs = supply if travel.by_transit is not None else None
        asked = NearestQuestion(LONGEST_MIN, 1, replace(travel, towards=False), runs)
        found = nearest(network, lived, wanted, asked)
        these: Any = found.minutes.to_numpy(dtype=np.float64)
        faster = np.nan_to_num(these, nan=np.inf) < minutes
        minutes[faster], mode[faster] = these[faster], travel.mode
    return pd.DataFrame({"minutes": np.where(np.isinf(minutes), np.nan, minutes), "mode": mode})


def ranked(
    network: Network,
    lived: gpd.GeoDataFrame,
    wanted: Mapping[str, gpd.GeoDataFrame],
    ways: Sequence[Travel],
    supply: Supply | None,
) -> pd.DataFrame:
    """Return each home's minutes to the nearest of several kinds of place, and its rank.

    Columns: `id`, and of each kind `KIND_min` and `KIND_mode`; `mean_min` over the kinds that
    are reached, `reached` (how many kinds) and `rank`, from 1: who reaches more kinds comes
    first, then who needs less time.
    """
    table = pd.DataFrame({"id": lived["id"].astype(str).to_numpy()})
    for kind, features in wanted.items():
        best = best_of(network, lived, features, ways, supply)
        table[f"{kind}_min"], table[f"{kind}_mode"] = best["minutes"], best["mode"]
    minutes: Any = table[[f"{kind}_min" for kind in wanted]].to_numpy(dtype=np.float64)
    there = ~np.isnan(minutes)
    reached = there.sum(axis=1)
    mean = np.where(reached > 0, np.nansum(minutes, axis=1) / np.maximum(reached, 1), np.nan)
    order = np.lexsort((np.arange(len(table)), np.nan_to_num(mean, nan=np.inf), -reached))
    rank = np.empty(len(table), dtype=np.int64)
    rank[order] = np.arange(1, len(table) + 1)
    return table.assign(reached=reached, mean_min=mean, rank=rank)


def beside_each_other(
    network: Network,
    lived: gpd.GeoDataFrame,
    wanted: Mapping[str, gpd.GeoDataFrame],
    ways: Sequence[Travel],
    scenarios: Mapping[str, Supply | None],
) -> pd.DataFrame:
    """Return `ranked` of several scenarios, one row a scenario and home.

    Beside its columns: `scenario`, and `saved_min`, how much less the mean is than in the first
    scenario.
    """
    parts: list[pd.DataFrame] = []
    for name, supply in scenarios.items():
        found = ranked(network, lived, wanted, ways, supply)
        base: Any = parts[0]["mean_min"] if parts else found["mean_min"]
        parts.append(
            found.assign(scenario=name, saved_min=np.asarray(base) - found["mean_min"].to_numpy())
        )
    table = pd.concat(parts, ignore_index=True)
    order = ["scenario", *(name for name in table.columns if name != "scenario")]
    whole: Any = table[order]
    return whole
