"""Homes and facilities read from what people's tables say."""

from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from sandbox.analysis.circles.given import areas_m2, facilities_of, homes_of, usable
from sandbox.errors import AnalysisError
from tests.support.grid_city import CRS, at
from tests.support.life_circle import placed, square


def test_people_are_a_column_or_come_of_floor_area():
    table = placed(["a", "b"], [(0, 0), (1, 1)], n=[10, 20], floor=[350.0, 70.0])
    assert homes_of(table, people="n", crs=CRS)["people"].tolist() == [10.0, 20.0]
    made = homes_of(table, floor_area="floor", crs=CRS)
    assert made["people"].tolist() == [10.0, 2.0]
    dense = homes_of(table, floor_area="floor", m2_per_person=70.0, crs=CRS)
    assert dense["people"].tolist() == [5.0, 1.0]


def test_missing_people_are_unknown_and_negative_ones_a_fault():
    table = placed(["a", "b", "c"], [(0, 0), (1, 1), (2, 2)], n=[5, None, 7])
    assert np.isnan(homes_of(table, people="n", crs=CRS)["people"]).tolist() == [False, True, False]
    bad = placed(["a", "b", "c"], [(0, 0), (1, 1), (2, 2)], n=["-1", "many", "inf"])
    with pytest.raises(AnalysisError) as raised:
        homes_of(bad, people="n", m2_per_person=0.0, crs=CRS)
    assert len(raised.value.faults) == 4


def test_what_cannot_be_meant_is_refused_with_what_there_is():
    table = placed(["a", "a"], [(0, 0), (1, 1)], n=[1, 2])
    with pytest.raises(AnalysisError, match="no column people"):
        homes_of(table, people="people", crs=CRS)
    with pytest.raises(AnalysisError, match="same id: a"):
        homes_of(table, people="n", crs=CRS)
    with pytest.raises(AnalysisError, match="choose one"):
        homes_of(table, people="n", floor_area="n", crs=CRS)


def test_land_is_that_of_the_table_or_of_the_outline():
    table = gpd.GeoDataFrame(
        {"id": ["a", "b", "c"], "land_m2": [None, None, 1234.0]},
        geometry=[Point(at(0, 0)), square(0, 0), square(1, 1)],
        crs="EPSG:4326",
    )
    found = areas_m2(table, CRS)
    assert np.isnan(found[0])
    # A block of 100 m each way, in metres of the map; the ground differs by less than 0.1 %.
    assert found[1] == pytest.approx(10_000, rel=1e-3)
    assert found[2] == 1234.0


def test_facilities_get_sizes_and_kinds_by_any_usual_name():
    table = placed(
        ["a", "b"], [(0, 0), (1, 1)], kind=["幼儿园", "?"], 建筑面积=[300, None], 学位=[90, 30]
    )
    made = facilities_of(table, lambda word: "kindergarten" if word == "幼儿园" else "", crs=CRS)
    assert made["facility"].tolist() == ["kindergarten", ""]
    assert made["floor_m2"].tolist()[0] == 300.0
    assert made["places"].tolist() == [90.0, 30.0]
    with pytest.raises(AnalysisError, match="a: capacity is -3"):
        facilities_of(placed(["a"], [(0, 0)], kind=["x"], capacity=[-3]), lambda _: "", crs=CRS)


def test_what_is_planned_closed_or_shut_at_that_hour_cannot_be_used():
    table = placed(
        list("abcde"),
        [(0, 0)] * 5,
        status=["operating", "planned", "operating", "operating", "schematic"],
        usable=["yes", "yes", "否", "", None],
        opening_hours=["24/7", "24/7", "24/7", "Mo-Fr 08:00-18:00", "by arrangement"],
    )
    assert usable(table, None).tolist() == [True, False, False, True, True]
    evening = datetime(2026, 11, 30, 20, 0)
    # What isn't understood counts as open.
    assert usable(table, evening).tolist() == [True, False, False, False, True]
