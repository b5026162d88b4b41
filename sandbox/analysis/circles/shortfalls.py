"""Where an audit is weakest: facilities by whom they lack, and the land that is left out (盲区)."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.circles.ground import lands
from sandbox.analysis.circles.question import FAR, Audit
from sandbox.analysis.circles.results import coverage, score_card
from sandbox.geo import crs as geo


def weakest(audit: Audit) -> pd.DataFrame:
    """Return the facilities that are lacking, one row a rule that anybody fails, the worst first.

    The worst is what most people lack; most homes, where no people are known. Columns: `rank,
    rule, tier, facility, facilities, homes_lacking, people_lacking, lacking_share, gap_m2, by,
    limit, over_median, none_near, weakest_unit, weakest_unit_share, clause, mark`.
    `over_median` is how much farther than the limit the nearest is for half of the homes that it
    is too far from, in metres or minutes; `none_near` counts homes with none within three times
    the limit; `weakest_unit` is the unit where the least share has it.
    """
    table = coverage(audit)
    number = {rule.id: at for at, rule in enumerate(audit.rules)}
    by_area = {one.rule: one for one in lands(audit)}
    card = score_card(audit) if len(audit.units) else None
    rows: list[dict[str, Any]] = []
    for row in table.to_dict("records"):
        at = number[str(row["rule"])]
        failed = ~audit.met[at]
        if not failed.any():
            continue
        land = by_area.get(str(row["rule"]))
        unit, share = _weakest_unit(card, str(row["rule"]))
        kept = ("rule", "tier", "facility", "facilities", "by", "limit", "clause", "mark")
        known = row["people_share"] == row["people_share"]
        rows.append(
            {
                **{name: row[name] for name in kept},
                "homes_lacking": int(failed.sum()),
                "people_lacking": float(audit.people[failed].sum()) if known else np.nan,
                "lacking_share": 1.0 - (row["people_share"] if known else row["homes_share"]),
                "gap_m2": land.land_m2 - land.covered_m2 if land else np.nan,
                "over_median": _over_median(audit, at),
                "none_near": int((failed & (audit.lacks[at] != FAR)).sum()),
                "weakest_unit": unit,
                "weakest_unit_share": share,
            }
        )
    made = pd.DataFrame(rows)
    if made.empty:
        return made
    order = np.lexsort(
        (
            made["rule"].to_numpy(dtype=object).astype(str),
            -made["homes_lacking"].to_numpy(),
            -np.nan_to_num(made["people_lacking"].to_numpy(dtype=np.float64)),
        )
    )
    made = made.iloc[order].reset_index(drop=True)
    made.insert(0, "rank", np.arange(1, len(made) + 1))
    return made


def gap_areas(audit: Audit) -> gpd.GeoDataFrame:
    """Return the residential land that each rule leaves out, one row a rule, WGS 84.

    Columns: `rule, tier, facility, gap_m2, land_m2, gap_share`. Empty where homes are points: then
    `sandbox.analysis.circles.results.gaps` says which of them are left out.
    """
    rows: list[dict[str, Any]] = []
    drawn: list[Any] = []
    for rule, land in zip(audit.rules, lands(audit), strict=False):
        if land.gaps.is_empty:
            continue
        left = land.land_m2 - land.covered_m2
        rows.append(
            {
                "rule": rule.id,
                "tier": rule.tier,
                "facility": rule.facility,
                "gap_m2": round(left, 1),
                "land_m2": round(land.land_m2, 1),
                "gap_share": left / land.land_m2,
            }
        )
        crs = audit.network.crs
        drawn.append(shapely.transform(land.gaps, lambda xy, crs=crs: geo.to_lonlat(xy, crs)))
    names = ["rule", "tier", "facility", "gap_m2", "land_m2", "gap_share"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=names), geometry=drawn, crs=geo.WGS84)


def _over_median(audit: Audit, number: int) -> float:
    """Return how much too far the nearest is for half of the homes that it is too far from."""
    far = audit.lacks[number] == FAR
    if not far.any():
        return np.nan
    ways = audit.checks[number]
    way = audit.check[number, far].astype(np.int64)
    limit = np.array([one.value for one in ways])[way]
    metres = np.array([one.by == "metres" for one in ways])[way]
    told = np.where(metres, audit.metres[number, far], audit.minutes[number, far])
    # Limits of one rule are in one unit; where they aren't, that of most homes is told.
    same = metres == (metres.sum() * 2 >= len(metres))
    return float(np.median((told - limit)[same]))


def _weakest_unit(card: pd.DataFrame | None, rule: str) -> tuple[str, float]:
    if card is None:
        return "", np.nan
    share = card[rule].to_numpy(dtype=np.float64)
    share = np.where(card["unit"].to_numpy(dtype=object) == "", np.nan, share)
    if np.isnan(share).all():
        return "", np.nan
    at = int(np.nanargmin(share))
    return str(card["unit"].iloc[at]), float(share[at])
