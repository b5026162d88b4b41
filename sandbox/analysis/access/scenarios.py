"""Measures of access in several scenarios beside each other: a column for each."""

from collections.abc import Mapping
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from sandbox.analysis.access.measures import Access, AccessQuestion, access
from sandbox.analysis.places.access import SNAP_M
from sandbox.engine.network import Network
from sandbox.transit.lines import Supply


def access_in(
    network: Network,
    homes: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    question: AccessQuestion,
    running: Mapping[str, Supply | None],
    *,
    snap_m: float = SNAP_M,
) -> Access:
    """Return measures of access, each in each scenario; columns of one measure stand together.

    Parameters
    ----------
    network, homes, places, question, snap_m
        As in `sandbox.analysis.access.measures.access`.
    running
        What runs beside the timetable, by the name of the scenario. With a single one, columns
        have no scenario in their names.

    Raises
    ------
    AnalysisError
        As `access` does.
    """
    found = {
        name: access(
            network,
            homes,
            places,
            replace(question, moving=replace(question.moving, supply=supply)),
            snap_m=snap_m,
        )
        for name, supply in running.items()
    }
    first = next(iter(found.values()))
    if len(found) == 1:
        return first
    # Floating catchments leave people and supply over in each scenario.
    left = [(one, name) for name, one in found.items()]
    pairs = [(column, name) for column in first.columns for name in found]
    values = {_named(column.name, name): found[name].homes[column.name] for column, name in pairs}
    kept = first.homes.drop(columns=[column.name for column in first.columns])
    return Access(
        question,
        gpd.GeoDataFrame(pd.concat([kept, pd.DataFrame(values)], axis=1), crs=homes.crs),
        tuple(
            replace(column, name=_named(column.name, name), scenario=name) for column, name in pairs
        ),
        first.without_street,
        {
            _named(key, name): people
            for one, name in left
            for key, people in one.people_left.items()
        },
        {
            _named(key, name): supply
            for one, name in left
            for key, supply in one.supply_left.items()
        },
        tuple({str(note): note for one, _ in left for note in one.notes}.values()),
    )


def _named(column: str, scenario: str) -> str:
    return f"{column}_{scenario}"
