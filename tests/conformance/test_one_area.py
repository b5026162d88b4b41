"""One ground has one area, whatever it is asked with, and in whichever room.

The isochrone of one cutoff is that among many, that of several origins, that of either side of a
comparison, that at a percentile, that on a page and that of Python: to a millionth.
"""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point

import sandbox
from sandbox.analysis.comparison.compare import Side, compared, counted_by_layer
from sandbox.analysis.isochrone import isochrone, recontour
from sandbox.analysis.isodistance import isodistance
from sandbox.analysis.origins import isochrone_from, reach
from sandbox.analysis.places.access import Place, access_points
from sandbox.analysis.searched import Way
from sandbox.analysis.table import as_table
from sandbox.analysis.transit import at_percentile
from sandbox.export.page.play import of_comparison
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.modes import Access, reach_of
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

# A street of 12 km on which all modes go, with an arm that leads away at its western end.
STREET = world(
    [*((x, 0) for x in range(0, 12_001, 400)), (400, 700)],
    [*((n, n + 1) for n in range(30)), (1, 31)],
    access=np.full(31, int(Access.WALK | Access.BIKE | Access.DRIVE)),
)
START = tuple(float(value) for value in geo.to_lonlat(at(1000, 0), CRS))
FEET = Travel(walk_kmh=METRE_A_SECOND_KMH)
REACH_M = 50.0
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=10, draws=3, percentile=50)


def line():
    """Return a metro from the place to 6 and 11 km, every ten minutes at any phase."""
    spots = [geo.to_lonlat(at(x, 0), CRS) for x in (1000, 6000, 11_000)]
    stops = tuple(
        LineStop(f"s{n}", "站", "Stop", (float(lon), float(lat)), 5.0 if n else None)
        for n, (lon, lat) in enumerate(spots)
    )
    return Line("m", "线", "Line", "metro", stops, (Period(6 * 3600, 22 * 3600, 600),))


SUPPLY = Supply((line(),))


def places():
    frame = {"id": ["p"], "layer": "labs", "name_zh": "地", "name_en": "Place", "accuracy_m": 0.0}
    return gpd.GeoDataFrame(frame, geometry=[Point(START)], crs=geo.WGS84)


def one_compared(base, plan, minutes, supply=None):
    spots = access_points(STREET, places())
    sides = [Side(Way(name, way, supply), STREET, spots, spots)
             for name, way in (("base", base), ("plan", plan))]  # fmt: skip
    reach_m = max(reach_of(one.mode) for one in (base, plan))
    (found,) = compared(places(), sides[0], sides[1:], counted=counted_by_layer(spots),
                        minutes=minutes, reach_m=reach_m)  # fmt: skip
    return found


def alone(travel, *minutes, **more):
    return isochrone_from(STREET, START, minutes, travel, **more).areas_km2


def same(*figures):
    assert figures[0] > 0
    assert figures[1:] == pytest.approx([figures[0]] * (len(figures) - 1), rel=1e-9)


def test_the_area_of_a_straight_walk_is_that_on_paper():
    """5 minutes at a metre a second: 300 m either way, 50 m aside, and two half circles."""
    paper_m2 = 600 * 100 + np.pi * REACH_M**2
    scale = shapes.areal_scale(at(1000, 0), CRS)
    (km2,) = alone(FEET, 5.0)
    assert km2 * 1e6 == pytest.approx(paper_m2 * scale, rel=0.002)


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_an_area_is_the_same_whatever_is_asked_with_it(mode, towards):
    travel = replace(FEET, mode=mode, towards=towards)
    (km2,) = alone(travel, 3.0)
    among = alone(travel, 3.0, 5.0, 20.0)
    searched = isochrone(STREET, START, [20.0], travel, search_minutes=20.0)
    again = recontour(searched, [3.0])
    (several,) = reach(STREET, [Place(Point(START))], [3.0, 20.0], travel).found
    plan = replace(travel, walk_kmh=2 * METRE_A_SECOND_KMH, bike_kmh=30.0)
    beside = one_compared(travel, plan, [3.0, 20.0])
    python = sandbox.isochrones(sandbox.Network(STREET), [START], [3, 20], mode=mode,
                                speed_kmh=METRE_A_SECOND_KMH, towards=towards)  # fmt: skip
    same(km2, among[0], again.areas_km2[0], several.areas_km2[0], beside.ground.base.km2[0])
    assert python["area_km2"].iloc[0] == pytest.approx(km2, abs=1e-6)
    same(alone(plan, 20.0)[0], beside.ground.plan.km2[1])
    page = of_comparison({}, [beside], cutoff=0)
    same(km2, page["sides"][0]["km2"]["3"])
    # What a page plays between the cutoffs that were asked.
    same(alone(travel, 10.0)[0], page["sides"][0]["km2"]["10"])


def test_by_transit_too_at_every_percentile():
    riding = FEET.riding(RIDE)
    late = FEET.riding(replace(RIDE, percentile=95))
    more = {"supply": SUPPLY}
    found = isochrone_from(STREET, START, [4.0, 30.0], riding, **more)
    beside = one_compared(riding, late, [4.0, 30.0], SUPPLY)
    same(alone(riding, 4.0, **more)[0], found.areas_km2[0], beside.ground.base.km2[0])
    later = at_percentile(found, 95)
    same(alone(late, 30.0, **more)[0], later.areas_km2[1], beside.ground.plan.km2[1])
    # Whoever counts on the later time gains nothing; within 4 minutes nobody is off a train.
    assert beside.ground.gained.km2 == (0.0, 0.0)
    assert beside.ground.lost.km2[0] == 0.0
    assert beside.ground.lost.km2[1] > 0


@pytest.mark.parametrize("minutes", [(2.0,), (2.0, 7.0, 33.0)])
def test_nothing_is_gained_or_lost_where_nothing_differs(minutes):
    beside = one_compared(FEET, FEET, minutes)
    assert beside.ground.gained.km2 == beside.ground.lost.km2 == (0.0,) * len(minutes)
    assert not any(beside.changes(k) for k in range(len(minutes)))


def test_what_is_gained_less_what_is_lost_is_the_difference():
    """A plan that goes by metro but walks slower: it gains at stops and loses on the way."""
    base = FEET
    plan = replace(FEET, walk_kmh=0.8 * METRE_A_SECOND_KMH).riding(RIDE)
    found = one_compared(base, plan, [10.0, 20.0], SUPPLY).ground
    for k in range(2):
        change = found.plan.km2[k] - found.base.km2[k]
        assert found.gained.km2[k] - found.lost.km2[k] == pytest.approx(change, abs=2e-6)
    assert found.gained.km2[1] > 0 < found.lost.km2[1]


def test_areas_too_large_for_the_usual_grid_say_what_they_are_accurate_to():
    """A street of 56 km from corner to corner: 40 km by 40 in 8 m cells are 25 million points."""
    long = world([(0, 0), (40_000, 40_000)], [(0, 1)])
    lonlat = tuple(map(float, geo.to_lonlat(at(0, 0), CRS)))
    near = isodistance(long, lonlat, [10_000])
    far = isodistance(long, lonlat, [10_000, 55_000])
    assert "cell_m" not in as_table(long, [near])
    # Half as many points each way.
    assert as_table(long, [far])["cell_m"].tolist() == [16.0, 16.0]
    # Of the ground within 50 m of the street all but what a cell rounds off is there.
    assert far.areas_km2[1] == pytest.approx(55 * 0.1 + np.pi * 0.05**2, rel=0.004)
