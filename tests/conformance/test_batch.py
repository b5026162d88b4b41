"""Sums of a batch are those of the table of pairs, on real streets and on drawn ones."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import points

import sandbox
from sandbox.analysis.batch import reach_counts
from sandbox.analysis.times import times
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.travel import Travel
from tests.support.real import helsinki
from tests.support.worlds import CRS, at, world

MINUTES = (4.0, 9.0)


def table(lonlat):
    return gpd.GeoDataFrame(
        {"id": [str(i) for i in range(len(lonlat))]}, geometry=points(lonlat), crs="EPSG:4326"
    )


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_sums_are_those_of_the_pairs(mode, towards):
    net = helsinki()
    random = np.random.default_rng(8)
    nodes = random.choice(len(net.streets.node_xy), 400, replace=False)
    lonlat = geo.to_lonlat(net.streets.node_xy[nodes] + random.uniform(-30, 30, (400, 2)), net.crs)
    # A hundred places are origins too; two lie on one spot.
    here, there = lonlat[:250], np.concatenate([lonlat[150:], lonlat[160:161]])
    weight = random.integers(0, 50, len(there)).astype(float)
    travel = Travel(mode, towards=towards)
    # A row of the table leads from its first place to its second, whichever way one asks.
    ends = (table(there), table(here)) if towards else (table(here), table(there))
    minutes = times(net, *ends, MINUTES[-1], travel).pairs["minutes"].to_numpy()
    minutes = minutes.reshape(len(ends[0]), len(ends[1]))
    minutes = minutes.T if towards else minutes
    expected = np.stack([(minutes <= cutoff) @ weight for cutoff in MINUTES], axis=1)
    # Who has no street of the mode asks of nothing, but of the places where it is itself.
    without = net.snap_all(geo.to_metric(here, net.crs), 500.0, mode).segment < 0
    assert without.sum() < len(here) / 2
    expected[without & (np.arange(len(here)) < 150)] = np.nan
    got = reach_counts(net, here, there, MINUTES[::-1], travel, weights=weight)
    np.testing.assert_array_equal(got, expected)
    total = np.nansum(expected, axis=0)
    assert 0 < total[0] < total[1] < len(here) * weight.sum()


def test_places_along_one_street_are_counted_by_hand():
    # A metre a second; places at 0, 60, 130 and 250 m, the last 20 m beside the street.
    net = world([(0, 0), (300, 0)], [(0, 1)])
    lonlat = geo.to_lonlat([at(0, 0), at(60, 0), at(130, 0), at(250, 20)], CRS)
    got = sandbox.reach_counts(net, lonlat, lonlat, [1, 2, 3], speed_kmh=3.6)
    within = got[["within_1_min", "within_2_min", "within_3_min"]].to_numpy()
    assert within.tolist() == [[2, 2, 3], [2, 3, 3], [1, 2, 4], [1, 1, 2]]
    assert got["id"].tolist() == [0, 1, 2, 3]
    assert got["reason"].isna().all()
    # Of places on one spot both count at once, however far their street.
    beside = geo.to_lonlat([at(250, 200)], CRS)
    twice = sandbox.reach_counts(net, beside, [*beside, *beside], [1])
    assert twice["within_1_min"].tolist() == [2]


def test_what_has_no_street_near_reaches_nothing_and_is_not_reached():
    net = world([(0, 0), (300, 0)], [(0, 1)])
    lonlat = geo.to_lonlat([at(10, 0), at(10, 90)], CRS)
    got = reach_counts(net, lonlat, lonlat[:1], [10], Travel(), snap_m=50)
    np.testing.assert_array_equal(got, [[1], [np.nan]])
    # But who stands at a place is there, as in a table of times.
    got = reach_counts(net, lonlat, lonlat, [10], Travel(), snap_m=50)
    np.testing.assert_array_equal(got, [[1], [1]])
    assert reach_counts(net, [], lonlat, [10], Travel()).shape == (0, 1)
    assert reach_counts(net, lonlat, [], [10], Travel()).tolist() == [[0], [0]]
    # From Python it is said which one, and why.
    told = sandbox.reach_counts(net, lonlat, lonlat[:1], [10], snap_m=50)
    np.testing.assert_array_equal(told["within_10_min"], [1, np.nan])
    assert told["reason"].notna().tolist() == [False, True]
    told = sandbox.reach_counts(net, lonlat, lonlat, [10], snap_m=50)
    assert list(told.attrs["left_out"]) == ["1"]
    for origins, places in (([], lonlat), (lonlat, [])):
        with pytest.raises(AnalysisError, match="No place is given"):
            sandbox.reach_counts(net, origins, places, [10])


@pytest.mark.parametrize(
    ("places", "more", "said"),
    [
        ([(29.5, 106.3)], {}, "longitude and latitude"),
        ([(106.3, 29.5, 0.0)], {}, "longitude and latitude"),
        ([(106.3, float("nan"))], {}, "longitude and latitude"),
        ([(106.3, 29.5)], {"weights": [1, 2]}, "weights"),
        ([(106.3, 29.5)], {"weights": [float("inf")]}, "weights"),
        ([(106.3, 29.5)], {"travel": Travel(walk_kmh=0.1)}, "0.1 km/h"),
    ],
)
def test_what_cannot_be_meant_is_refused(places, more, said):
    net = world([(0, 0), (300, 0)], [(0, 1)])
    with pytest.raises(AnalysisError, match=said):
        reach_counts(net, [(106.3, 29.5)], places, [5], **{"travel": Travel(), **more})


@pytest.mark.parametrize(
    ("places", "more", "said"),
    [
        ([(29.5, 106.3)], {}, "did you mean 106.3,29.5"),
        ([(106.3, 29.5, 0.0)], {}, "outside the network"),
        ([(106.3, float("nan"))], {}, "longitude and latitude"),
        (None, {"weights": [1, 2]}, "weights"),
        (None, {"weights": [float("inf")]}, "weights"),
        (None, {"speed_kmh": 0.1}, "0.1 km/h"),
    ],
)
def test_what_cannot_be_meant_is_refused_from_python(places, more, said):
    net = world([(0, 0), (300, 0)], [(0, 1)])
    here = [tuple(geo.to_lonlat(at(10, 0), CRS))]
    with pytest.raises(AnalysisError, match=said):
        sandbox.reach_counts(net, here, here if places is None else places, [5], **more)
