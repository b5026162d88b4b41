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
