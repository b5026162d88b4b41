"""Measures in several scenarios beside each other, on a street worked out by hand."""

from datetime import datetime

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import sandbox
from sandbox.analysis.access.given import places_of
from sandbox.analysis.access.measures import AccessQuestion, access
from sandbox.analysis.access.scenarios import access_in
from sandbox.analysis.access.sweep import Moving
from sandbox.analysis.circles.given import homes_of
from sandbox.errors import AnalysisError
from sandbox.export.sheets.access import column_title
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.words import words_of
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

# Streets that meet end to end, ten kilometres; walked at a metre a second.
STREET = world([(x, 0) for x in range(0, 10_001, 100)], [(n, n + 1) for n in range(100)])
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=1, model="expected", max_walk_min=10)
TRAVEL = Travel(walk_kmh=METRE_A_SECOND_KMH).riding(RIDE)
QUESTION = AccessQuestion(("cumulative", "nearest"), (10.0, 30.0), Moving(30.0, TRAVEL))


def lonlat(x):
    lon, lat = geo.to_lonlat(at(x, 0), CRS)
    return float(lon), float(lat)


def running(minutes):
    """A line from 1,000 m to 6,000 m every four minutes: two are waited."""
    stops = (
        LineStop("a", "甲", "A", lonlat(1000)), LineStop("b", "乙", "B", lonlat(6000), minutes)
    )  # fmt: skip
    day = (Period(6 * 3600, 22 * 3600, 240),)
    return Supply((Line("m", "线", "Line", "metro", stops, day, dwell_s=0),))


def table(**columns):
    places = {"id": ["a"], "layer": "", "name_zh": "", "name_en": "", **columns}
    return gpd.GeoDataFrame(places, crs=geo.WGS84)


@pytest.fixture(scope="module")
def lived():
    return homes_of(table(people=[7.0], geometry=[Point(lonlat(1000))]), people="people", crs=CRS)


@pytest.fixture(scope="module")
def there():
    return places_of(table(kind=[""], geometry=[Point(lonlat(6000))]))


def test_each_scenario_has_a_column_beside_the_others(lived, there):
    lines = {"fast": running(5.0), "slow": running(20.0)}
    found = access_in(STREET, lived, there, QUESTION, lines)
    assert [one.name for one in found.columns] == [
        f"{measure}_{lines}"
        for measure in ("cumulative_all_10", "cumulative_all_30", "nearest_all_1")
        for lines in ("fast", "slow")
    ]
    # Seven minutes by the fast line, 22 by the slow one; on foot 83.
    (row,) = found.homes.to_dict("records")
    assert (row["cumulative_all_10_fast"], row["cumulative_all_10_slow"]) == (1, 0)
    assert (row["cumulative_all_30_fast"], row["cumulative_all_30_slow"]) == (1, 1)
    assert row["nearest_all_1_fast"] == pytest.approx(7.0, abs=0.01)
    assert row["nearest_all_1_slow"] == pytest.approx(22.0, abs=0.01)
    titles = [column_title(one, words_of("en")) for one in found.columns[:2]]
    assert titles == [
        "Opportunities in reach · all kinds · 10 · fast",
        "Opportunities in reach · all kinds · 10 · slow",
    ]


def test_a_single_scenario_keeps_its_columns_names(lived, there):
    line = running(5.0)
    found = access_in(STREET, lived, there, QUESTION, {"fast": line})
    moving = Moving(30.0, TRAVEL, line)
    alone = access(
        STREET, lived, there, AccessQuestion(QUESTION.measures, QUESTION.cutoffs, moving)
    )
    pd.testing.assert_frame_equal(pd.DataFrame(found.homes), pd.DataFrame(alone.homes))
    assert {one.scenario for one in found.columns} == {""}


def test_scenarios_for_who_walks_are_refused_in_python():
    with pytest.raises(AnalysisError, match="only concern public transport"):
        sandbox.access(sandbox.Network(STREET), "labs", "parks", scenarios=["metro7"])
