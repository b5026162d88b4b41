"""What comes of an audit: coverage, score cards, gaps, areas, crowding."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.analysis.access.room import assign, within
from sandbox.analysis.circles.audit import fitting, graph_of, limit_of
from sandbox.analysis.circles.ground import lands
from sandbox.analysis.circles.question import LACKS, Audit
from sandbox.analysis.circles.walking import walked_by
from sandbox.analysis.places.access import access_points
from sandbox.analysis.places.own import own_columns
from sandbox.analysis.table import MINUTE_DECIMALS
from sandbox.standards import Limit, Rule

# Decimals of walks in the tables of an audit; minutes are written as exactly as everywhere.
METRE_DECIMALS: Final = 1


def coverage(audit: Audit) -> pd.DataFrame:
    """Return how far each rule is met, one row a rule, the weakest first.

    Columns: `rule, tier, facility, by, limit, basis, facilities, homes, homes_met, homes_share,
    people, people_met, people_share, land_m2, land_met_m2, land_share, ground_m2, ground_met_m2,
    ground_share, asked_share, met, clause, mark, confirmed_by, confirmed_on`. Shares are NaN where
    what they count isn't known. Of `land` an estate counts whole where it meets the rule; of
    `ground` only land that lies within the limit itself: see `sandbox.analysis.circles.ground`.
    """
    met, people, land = audit.met, audit.people, audit.land_m2
    by_area = lands(audit)
    rows: list[dict[str, Any]] = []
    for number, rule in enumerate(audit.rules):
        check = audit.checks[number][0]
        serving = {
            row
            for one in rule.limits
            for row in fitting(audit.facilities, rule, one, audit.question).tolist()
        }
        row: dict[str, Any] = {
            "rule": rule.id,
            "tier": rule.tier,
            "facility": rule.facility,
            "by": check.by,
            "limit": check.value,
            "basis": check.basis,
            "facilities": len(serving),
        }
        for name, weight in (
            ("homes", np.ones(len(audit.homes))),
            ("people", people),
            ("land", land),
        ):
            whole, some = float(weight.sum()), float(weight[met[number]].sum())
            unit = "land_m2" if name == "land" else name
            row |= {
                unit: whole,
                "land_met_m2" if name == "land" else f"{name}_met": some,
                f"{name}_share": some / whole if whole > 0 else np.nan,
            }
        of = by_area[number] if by_area else None
        row |= {
            "ground_m2": of.land_m2 if of else 0.0,
            "ground_met_m2": of.covered_m2 if of else 0.0,
            "ground_share": of.share if of else np.nan,
        }
        share = _counted(row, rule)
        rows.append(
            {
                **row,
                "asked_share": rule.share,
                "met": bool(share >= rule.share - 1e-12),
                "clause": rule.clause,
                "mark": rule.standing.mark,
                "confirmed_by": rule.standing.by,
                "confirmed_on": rule.standing.on,
            }
        )
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    order = table["people_share"].fillna(table["homes_share"])
    return (
        table.assign(_share=order)
        .sort_values(["_share", "rule"], kind="stable")
        .drop(columns="_share")
        .reset_index(drop=True)
    )


def _counted(row: dict[str, Any], rule: Rule) -> float:
    """Return the share that a rule is judged by: land where parks are, else people, else homes."""
    if rule.facility == "park":
        # By area, as the city check-up counts it; homes that are points have the land they state.
        for share in (float(row["ground_share"]), float(row["land_share"])):
            if not np.isnan(share):
                return share
    known = row["people_share"] == row["people_share"]
    return float(row["people_share"] if known else row["homes_share"])


def summary(audit: Audit) -> dict[str, Any]:
    """Return the whole in a few figures.

    `score` is the mean over rules of the share of people (homes, where people aren't known)
    that meet them, `ground_score` that of residential land by area; `homes_complete` and
    `people_complete` meet every rule.
    """
    met, by_area = audit.met, lands(audit)
    weight = audit.people if audit.people_known else np.ones(len(audit.homes))
    every = met.all(axis=0)
    whole = float(weight.sum())
    shares = met @ weight / whole if whole > 0 else np.full(len(met), np.nan)
    return {
        "homes": len(audit.homes),
        "people": float(audit.people.sum()) if audit.people_known else None,
        "people_unknown": int(np.isnan(audit.homes["people"].to_numpy(dtype=np.float64)).sum()),
        "land_m2": float(audit.land_m2.sum()) or None,
        "ground_m2": by_area[0].land_m2 if by_area else None,
        "ground_score": float(np.mean([one.share for one in by_area])) if by_area else None,
        "rules": len(audit.rules),
        "rules_unconfirmed": sum(not rule.standing.confirmed for rule in audit.rules),
        "score": float(shares.mean()) if len(shares) else np.nan,
        "homes_complete": int(every.sum()),
        "people_complete": float(audit.people[every].sum()) if audit.people_known else None,
        "failures": int((~met).sum()),
    }


def score_card(audit: Audit) -> pd.DataFrame:
    """Return one row a unit, and one for homes in none: homes, people, score, a share a rule.

    A score is the mean of the shares; shares are of people, of homes where no people are known.
    """
    weight = audit.people if audit.people_known else np.ones(len(audit.homes))
    unit = audit.homes["unit"].to_numpy()
    rows: list[dict[str, Any]] = []
    for number in [*range(len(audit.units)), *([-1] if (unit < 0).any() else [])]:
        inside = unit == number
        whole = float(weight[inside].sum())
        some = audit.met[:, inside] @ weight[inside]
        shares = some / whole if whole > 0 else np.full(len(audit.rules), np.nan)
        told = audit.units.iloc[number] if number >= 0 else None
        rows.append(
            {
                "unit": "" if told is None else str(told["id"]),
                "name_zh": "" if told is None else str(told["name_zh"]),
                "name_en": "" if told is None else str(told["name_en"]),
                "homes": int(inside.sum()),
                "people": float(audit.people[inside].sum()) if audit.people_known else np.nan,
                "score": float(np.mean(shares)) if len(shares) else np.nan,
                "complete_homes": int(audit.met[:, inside].all(axis=0).sum()),
                **{rule.id: share for rule, share in zip(audit.rules, shares, strict=True)},
            }
        )
    return pd.DataFrame(rows)


def homes_table(audit: Audit) -> gpd.GeoDataFrame:
    """Return one row a home: how many rules it fails, which, and the walk for each rule."""
    failed = ~audit.met
    ids = np.array([rule.id for rule in audit.rules], dtype=object)
    names = [",".join(ids[column].tolist()) for column in failed.T]
    units = audit.units["id"].astype(str).to_numpy() if len(audit.units) else np.array([""])
    unit = audit.homes["unit"].to_numpy()
    columns: dict[str, Any] = {
        "id": audit.homes["id"].to_numpy(),
        "layer": audit.homes["layer"].to_numpy(),
        "name_zh": audit.homes["name_zh"].to_numpy(),
        "name_en": audit.homes["name_en"].to_numpy(),
        "unit": np.where(unit >= 0, units[np.maximum(unit, 0)], ""),
        "people": audit.homes["people"].to_numpy(),
        "land_m2": audit.homes["land_m2"].to_numpy(),
        "met": audit.met.sum(axis=0),
        "failed": failed.sum(axis=0),
        "failed_rules": names,
    }
    for number, rule in enumerate(audit.rules):
        columns[f"{rule.id}_m"] = audit.metres[number].round(METRE_DECIMALS)
        columns[f"{rule.id}_min"] = audit.minutes[number].round(MINUTE_DECIMALS)
    columns |= own_columns(audit.homes, columns)
    return gpd.GeoDataFrame(columns, geometry=audit.homes.geometry.to_numpy(), crs=audit.homes.crs)


def gaps(audit: Audit) -> gpd.GeoDataFrame:
    """Return the homes that fail a rule (盲区), one row a home and rule, with their geometry."""
    rule, home = np.nonzero(~audit.met)
    rules = audit.rules
    columns = {
        "rule": np.array([one.id for one in rules] or [""], dtype=object)[rule],
        "tier": np.array([one.tier for one in rules] or [""], dtype=object)[rule],
        "home_id": audit.homes["id"].to_numpy()[home],
        "people": audit.homes["people"].to_numpy()[home],
        "lacks": np.array(LACKS, dtype=object)[audit.lacks[rule, home]],
    }
    shapes = np.asarray(audit.homes.geometry.to_numpy(), dtype=object)[home]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=audit.homes.crs)


def facilities_table(audit: Audit) -> gpd.GeoDataFrame:
    """Return one row a facility and rule that it serves: homes and people it is nearest to.

    `served` are those within the limit; `load` is people for whom it is the nearest within the
    limit by its places, where these are known; `crowded` where there are more than it has room
    for by the rule's places for a thousand people.
    """
    rows: list[pd.DataFrame] = []
    for number, rule in enumerate(audit.rules):
        wanted = np.unique(
            np.concatenate(
                [fitting(audit.facilities, rule, one, audit.question) for one in rule.limits]
            )
        )
        within = audit.met[number] & (audit.which[number] >= 0)
        at = audit.which[number][within]
        count = len(audit.facilities)
        people = np.bincount(at, weights=audit.people[within], minlength=count)[wanted]
        places = audit.facilities["places"].to_numpy(dtype=np.float64)[wanted]
        needed = people * (rule.places_per_1000 or np.nan) / 1000.0
        rows.append(
            pd.DataFrame(
                {
                    "rule": rule.id,
                    "tier": rule.tier,
                    "row": wanted,
                    "homes_served": np.bincount(at, minlength=count)[wanted],
                    "people_served": people,
                    "places": places,
                    "places_needed": needed,
                    "crowded": needed > places,
                    "people_most": np.nan if rule.people is None else rule.people[1],
                }
            )
        )
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame({"row": []})
    row = table.pop("row").to_numpy(dtype=np.int64)
    of = audit.facilities.iloc[row].reset_index(drop=True)
    named = of[["id", "layer", "name_zh", "name_en", "facility", "floor_m2", "land_m2", "usable"]]
    whole: Any = pd.concat([named, table], axis=1)
    return gpd.GeoDataFrame(whole, geometry=of.geometry.to_numpy(), crs=audit.homes.crs)


def areas(audit: Audit) -> pd.DataFrame:
    """Return facilities' areas for every thousand people against the standard's table.

    Columns: `rule, tier, facility, facilities, size_known, m2, people, m2_per_1000,
    asked_m2_per_1000, met, clause, mark`. Rules without such a figure aren't there; figures are
    NaN where neither people nor any size is known.
    """
    people = float(audit.people.sum()) if audit.people_known else np.nan
    rows: list[dict[str, Any]] = []
    for rule in audit.question.standard.rules.values():
        if rule.m2_per_1000 is None:
            continue
        wanted = fitting(audit.facilities, rule, Limit(), audit.question)
        land, floor = (
            audit.facilities[name].to_numpy(dtype=np.float64)[wanted]
            for name in ("land_m2", "floor_m2")
        )
        size = np.where(np.isnan(land), floor, land)
        known = ~np.isnan(size)
        total = float(size[known].sum()) if known.any() else np.nan
        has = total / people * 1000.0 if people and people > 0 else np.nan
        rows.append(
            {
                "rule": rule.id,
                "tier": rule.tier,
                "facility": rule.facility,
                "facilities": len(wanted),
                "size_known": int(known.sum()),
                "m2": total,
                "people": people,
                "m2_per_1000": has,
                "asked_m2_per_1000": rule.m2_per_1000,
                "met": bool(has >= rule.m2_per_1000) if has == has else None,  # noqa: PLR0124
                "clause": rule.clause,
                "mark": rule.standing.mark,
            }
        )
    return pd.DataFrame(rows)


def rooms(audit: Audit) -> pd.DataFrame:
    """Return what places (seats, beds) leave of coverage: covered isn't served.

    One row a rule whose facilities' places are known: `rule, facilities, places, people, asked
    (places), covered, covered_share, served, served_share, left_over`. Homes go to the nearest
    facility within the limit that has room left; see `sandbox.analysis.access.room`.
    """
    streets = walked_by(audit.network, audit.question.walker)
    rows: list[dict[str, Any]] = []
    here = None
    for number, rule in enumerate(audit.rules):
        check = audit.checks[number][0]
        wanted = fitting(audit.facilities, rule, rule.limits[0], audit.question)
        places = audit.facilities["places"].to_numpy(dtype=np.float64)[wanted]
        if not len(wanted) or np.isnan(places).all() or not audit.people_known:
            continue
        here = here or access_points(streets, audit.homes, snap_m=audit.question.snap_m)
        demand = audit.people * (rule.places_per_1000 or 1000.0) / 1000.0
        found = assign(
            within(
                graph_of(streets, check.by, audit.question),
                streets,
                here,
                gpd.GeoDataFrame(audit.facilities.iloc[wanted]),
                limit_of(check),
                audit.question.snap_m,
            ),
            demand,
            np.nan_to_num(places),
        )
        covered = float(demand[audit.met[number]].sum())
        whole = float(demand.sum())
        rows.append(
            {
                "rule": rule.id,
                "tier": rule.tier,
                "facilities": len(wanted),
                "places_unknown": int(np.isnan(places).sum()),
                "places": float(np.nansum(places)),
                "asked": whole,
                "covered": covered,
                "covered_share": covered / whole if whole > 0 else np.nan,
                "served": float(found.served.sum()),
                "served_share": float(found.served.sum()) / whole if whole > 0 else np.nan,
                "left_over": float(found.room.sum()),
            }
        )
    return pd.DataFrame(rows)
