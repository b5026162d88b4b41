"""An audit as layers of one GeoPackage: homes, gaps, facilities, units, and the ledger."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.circles import results
from sandbox.analysis.circles.ledger import ledger_of
from sandbox.analysis.circles.question import Audit
from sandbox.analysis.circles.shortfalls import gap_areas, weakest
from sandbox.analysis.table import computed_at


def audit_layers(audit: Audit) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of an audit; every row says by which standard, speed and streets.

    The ledger's rows lie where their homes are.
    """
    question, told = audit.question, audit.network.streets.provenance
    unconfirmed = sum(not one.standing.confirmed for one in question.standard.rules.values())
    common = {
        "standard": question.standard.id,
        "rules_unconfirmed": unconfirmed,
        "walker": question.walker.id,
        "speed_kmh": question.kmh,
        "network": told.title,
        "network_date": told.date,
        "schematic": audit.schematic,
        "computed_at": computed_at(),
    }
    ledger = ledger_of(audit)
    at = pd.Series(np.arange(len(audit.homes)), index=audit.homes["id"].to_numpy())
    points = shapely.point_on_surface(np.asarray(audit.homes.geometry.to_numpy(), dtype=object))
    where: Any = points[at.loc[ledger["home_id"]].to_numpy()] if len(ledger) else []
    coverage, left_out = results.coverage(audit), gap_areas(audit)
    failed = not bool(audit.met.all())
    layers: dict[str, gpd.GeoDataFrame] = {
        "homes": _with(results.homes_table(audit), common),
        "gaps": _with(results.gaps(audit), common),
        **({"gap_areas": _with(left_out, common)} if len(left_out) else {}),
        "ledger": gpd.GeoDataFrame(ledger.assign(**common), geometry=where, crs=audit.homes.crs),
        "facilities": _with(results.facilities_table(audit), common),
        **({"units": _with(units_layer(audit), common)} if len(audit.units) else {}),
        "coverage": _nowhere(coverage.assign(**common), audit),
        **({"weakest": _nowhere(weakest(audit).assign(**common), audit)} if failed else {}),
    }
    return layers


def units_layer(audit: Audit) -> gpd.GeoDataFrame:
    """Return the units with their score cards."""
    card = results.score_card(audit)
    inside = card[card["unit"] != ""].reset_index(drop=True)
    return gpd.GeoDataFrame(inside, geometry=audit.units.geometry.to_numpy(), crs=audit.units.crs)


def _with(table: gpd.GeoDataFrame, columns: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(table.assign(**columns))


def _nowhere(table: pd.DataFrame, audit: Audit) -> gpd.GeoDataFrame:
    none: Any = np.full(len(table), None, dtype=object)
    return gpd.GeoDataFrame(table, geometry=none, crs=audit.homes.crs)
