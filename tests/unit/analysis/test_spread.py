from datetime import datetime

import pytest
from shapely.geometry import LineString

from sandbox.analysis.transit import spread, transit_isochrone
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

STREET = world([(x, 0) for x in range(0, 10_001, 100)], [(n, n + 1) for n in range(100)])
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=60, draws=5)


def lonlat(x):
    lon, lat = geo.to_lonlat(at(x, 0), CRS)
    return float(lon), float(lat)


def line(headway_s):
    stops = (LineStop("a", "甲", "A", lonlat(1000)), LineStop("b", "乙", "B", lonlat(6000), 5.0))
    day = (Period(6 * 3600, 22 * 3600, headway_s),)
    return Supply((Line("m", "线", "Line", "metro", stops, day, dwell_s=0),))


def spread_of(headway_s, bands):
    answer = transit_isochrone(
        STREET,
        lonlat(1000),
        (30.0,),
        Travel(walk_kmh=METRE_A_SECOND_KMH).riding(RIDE),
        supply=line(headway_s),
    )
    return spread(answer, bands)


def ground(west, east):
    return LineString([at(west, 0), at(east, 0)]).buffer(50.0, quad_segs=64)


def alike(area, wanted):
    return area.intersection(wanted).area / area.union(wanted).area


def test_ground_that_is_walked_to_does_not_vary_and_ridden_ground_varies_by_the_headway():
    # A vehicle every 10 minutes: waits are spread evenly, nine tenths of it lie between the
    # 5th and the 95th percentile. Ridden: 5 min after the wait, then 15 min on foot at most.
    still, nearly, all_of_it = spread_of(600, (1.0, 8.0, 10.0))
    walked = ground(0, 2800)
    assert alike(still, walked) > 0.99
    assert alike(nearly, walked) > 0.99
    assert alike(all_of_it, walked.union(ground(5100, 6900))) > 0.99


@pytest.mark.parametrize("headway_s", [60, 300])
def test_shorter_headways_are_more_reliable(headway_s):
    few, many = spread_of(headway_s, (headway_s / 60, 10.0))
    assert few.area == pytest.approx(many.area)
    assert alike(few, ground(0, 2800).union(ground(5100, 6900))) > 0.99
