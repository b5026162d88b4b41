"""Columns of a user's own come back in answers, and are named where one is missing."""

import geopandas as gpd
import pytest
import shapely

import sandbox
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from tests.support.worlds import CRS, at, world

# One street of 300 m.
NET = world([(0, 0), (300, 0)], [(0, 1)])


def place(x):
    return shapely.Point(geo.to_lonlat([at(x, 0)], CRS)[0])


@pytest.fixture(scope="module")
def homes():
    return gpd.GeoDataFrame(
        {"id": ["a", "b"], "people": [3, 5], "grp": ["north", None], "minutes": [1, 2]},
        geometry=[place(0), place(100)],
        crs=4326,
    )


def test_answers_carry_own_columns_on_and_keep_their_own(homes):
    shop = gpd.GeoDataFrame({"id": ["shop"]}, geometry=[place(300)], crs=4326)
    found = sandbox.access(NET, homes.assign(cumulative_all_15=7), shop, people="people")
    assert found["grp"].tolist()[0] == "north"
    assert found["grp"].isna().tolist() == [False, True]
    assert found["people"].tolist() == [3, 5]
    assert found["cumulative_all_15"].tolist() == [1.0, 1.0]
    assert found["cumulative_all_15_given"].tolist() == [7, 7]
    near = sandbox.nearest(NET, homes, shop, speed_kmh=6)
    assert near["grp"].tolist()[0] == "north"
    assert near["minutes"].tolist() == pytest.approx([3.0, 2.0])
    assert near["minutes_given"].tolist() == [1, 2]
    plan = sandbox.siting(NET, homes, candidates=shop, sites=1, people="people")
    assert plan.homes["grp"].tolist()[0] == "north"
    assert plan.homes["people"].tolist() == [3, 5]


@pytest.mark.parametrize("file", [True, False])
def test_a_missing_column_is_named_with_the_nearest_of_the_own(homes, file, tmp_path):
    given = homes
    if file:
        given = tmp_path / "homes.csv"
        given.write_text("id,lon,lat,people,grp\na,{0.x},{0.y},3,north\n".format(place(0)))
        found = sandbox.access(NET, given, homes, people="people")
        assert (found["people"][0], found["grp"][0]) == (3, "north")
        assert not {"lon", "lat"} & set(found.columns)
    with pytest.raises(AnalysisError) as error:
        sandbox.access(NET, given, homes, people="peple")
    assert "Did you mean people? Columns: people, grp" in str(error.value)


def test_access_in_python_takes_what_the_command_takes(homes):
    found = sandbox.access(NET, homes, homes, people="people", group="grp")
    assert found.attrs["equity"]["group"].tolist().count("north") == 1
    near_a = gpd.GeoDataFrame(geometry=[place(0).buffer(0.0005)], crs=4326)
    assert sandbox.access(NET, homes, homes, area=near_a)["id"].tolist() == ["a"]
    cells = sandbox.access(NET, homes, homes, people="people", cells="h3:9")
    assert cells["people"].sum() == 8
    assert len(sandbox.access(NET, None, homes, area=near_a, cells="square:25")) > 1
    by_floor = sandbox.access(NET, homes, homes, floor_area="people", m2_per_person=1)
    assert by_floor["people"].tolist() == [3, 5]


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda homes: sandbox.access(NET, homes, homes, cell="h3:9"), "cells"),
        (lambda homes: sandbox.nearest(NET, homes, homes, windw_min=3), "window_min"),
        (lambda homes: sandbox.audit(NET, homes, homes, peple="p"), "people"),
        (lambda _: sandbox.Travel(speed=3), "speed_kmh"),
    ],
)
def test_an_unknown_keyword_is_answered_with_the_nearest(homes, ask, near):
    with pytest.raises(AnalysisError, match=f"Did you mean {near}") as error:
        ask(homes)
    assert isinstance(error.value, TypeError)


def test_gravity_without_a_decay_names_them(homes):
    with pytest.raises(AnalysisError, match="step, linear, logistic, exponential, gaussian"):
        sandbox.access(NET, homes, homes, "gravity", people="people")
