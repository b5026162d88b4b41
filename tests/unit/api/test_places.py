"""Places without a street: who touches one of them is there, as tables of commands say."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

import sandbox
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from tests.support.worlds import CRS, at, world

# A street of 300 m that goes on far off; a metre a second. The wood lies 788 m from it, and the
# hut in the wood.
NET = world([(0, 0), (300, 0), (1500, 1500)], [(0, 1), (1, 2)])


def lonlat(shape):
    return shapely.transform(shape, lambda xy: np.asarray(geo.to_lonlat(xy, CRS)))


def place(x, y):
    return lonlat(shapely.Point(at(x, y)))


def table(**shapes):
    return gpd.GeoDataFrame({"id": list(shapes)}, geometry=list(shapes.values()), crs=4326)


WOOD = lonlat(shapely.box(*at(0, 900), *at(200, 1100)))
HOMES = table(hut=place(50, 950), house=place(60, 0))
PLACES = table(wood=WOOD, shop=place(180, 0))


def test_a_place_without_a_street_is_reached_from_what_touches_it():
    found = sandbox.travel_times(NET, HOMES, PLACES, 5, speed_kmh=3.6)
    told = found.set_index(["from_id", "to_id"])
    assert told.loc[("hut", "wood"), "minutes"] == 0.0
    assert told.loc[("house", "shop"), "minutes"] == pytest.approx(2.0)
    for pair in (("hut", "shop"), ("house", "wood")):
        assert np.isnan(told.loc[pair, "minutes"])
        assert told.loc[pair, "reason"].startswith("The nearest street is")
    assert told.loc[("hut", "wood"), "reason"] is None
    assert set(found.attrs["left_out"]["from"]) == {"hut"}
    near = sandbox.nearest(NET, HOMES, PLACES, minutes=5, speed_kmh=3.6)
    assert near[["place_id", "nearest_id", "minutes"]].values.tolist() == [
        ["hut", "wood", 0.0],
        ["house", "shop", pytest.approx(2.0)],
    ]


def test_sums_count_it_too():
    counted = sandbox.reach_counts(NET, HOMES, PLACES, [1, 5], speed_kmh=3.6)
    assert counted[["within_1_min", "within_5_min"]].to_numpy().tolist() == [[1, 1], [0, 1]]
    # Points alone are counted another way: the hut is where a second hut is.
    points = table(hut=HOMES.geometry[0], shop=PLACES.geometry[1])
    counted = sandbox.reach_counts(NET, HOMES, points, [1, 5], speed_kmh=3.6)
    assert counted[["within_1_min", "within_5_min"]].to_numpy().tolist() == [[1, 1], [0, 1]]
    # Without one there nobody knows what it reaches.
    counted = sandbox.reach_counts(NET, HOMES, points.iloc[1:], [1, 5], speed_kmh=3.6)
    assert np.isnan(counted.loc[0, ["within_1_min", "within_5_min"]].astype(float)).all()
    counted = sandbox.reach_counts(NET, HOMES, PLACES.iloc[1:].assign(
        geometry=[lonlat(shapely.Point(at(180, 0)).buffer(5))]
    ), [1, 5], speed_kmh=3.6)  # fmt: skip
    assert counted["within_5_min"].isna().tolist() == [True, False]


def test_one_that_touches_nothing_is_refused_with_the_nearest_street():
    one = HOMES.iloc[:1]
    assert sandbox.travel_times(NET, one, PLACES.iloc[:1], 5)["minutes"].tolist() == [0.0]
    with pytest.raises(NetworkError, match="nearest street is"):
        sandbox.travel_times(NET, one, PLACES.iloc[1:], 5)
    with pytest.raises(NetworkError, match="nearest street is"):
        sandbox.isochrones(NET, one)


def test_people_without_a_street_are_people_left_without_a_site():
    found = sandbox.siting(
        NET, HOMES.assign(people=[30, 10]), candidates=PLACES.iloc[1:], people="people",
        aim="most", sites=1, metres=200, seconds=2,
    )  # fmt: skip
    # A quarter of the people is served: those in the hut count as well.
    assert (found.people, found.share) == (40.0, 0.25)
    found = sandbox.siting(
        NET, HOMES.assign(people=[30, 10]), candidates=PLACES, people="people",
        aim="most", sites=1, metres=200, seconds=2,
    )  # fmt: skip
    assert found.sites["id"].tolist() == ["wood"]
