"""By bike to the stop and on foot from it, or the other way: ground and places say one time."""

from datetime import datetime

import numpy as np
import pytest
import shapely

from sandbox.analysis.transit import spread, transit_isochrone
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import AccessBits
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.search import find_journeys
from sandbox.units import NEVER_MS
from tests.support.timetables import DAY, timetable, with_timetable
from tests.support.worlds import CRS, at, world

EIGHT, EIGHT_S = datetime.fromisoformat(f"{DAY}T08:00"), 8 * 3600
MINUTE, FAR_MS = 60_000, 60 * 60_000
# 80 m a minute on foot, 250 by bike.
TRAVEL = Travel(walk_kmh=4.8, bike_kmh=15.0)
FOOT, BOTH = int(Access.WALK), int(Access.WALK | Access.BIKE)
BLOCK_M = 400


def lonlat(x, y):
    lon, lat = geo.to_lonlat(at(x, y), CRS)
    return float(lon), float(lat)


def served(streets, stops, leaves_min, ride_min=1):
    named = [(name, *lonlat(*spot)) for name, spot in zip("ab", stops, strict=True)]
    calls = [
        ("L", 0, [(0, EIGHT_S + 60 * m, EIGHT_S + 60 * m),
                  (1, EIGHT_S + 60 * (m + ride_min), EIGHT_S + 60 * (m + ride_min))])
        for m in leaves_min
    ]  # fmt: skip
    return with_timetable(streets, timetable(streets, named, calls))


def drawn_ms(reached, segment, fraction):
    """Return when points of segments are reached by what is drawn; else infinite."""
    least = np.full(len(segment), np.inf)
    columns = (reached.segment, reached.along, reached.ms, reached.cost_ms)
    for of, (begin, end), ms, cost in zip(*columns, strict=True):
        on = np.flatnonzero((segment == of) & (fraction >= begin) & (fraction <= end))
        share = (fraction[on] - begin) / max(end - begin, 1e-12)
        for way, gone in ((0, share), (1, 1 - share)):
            if ms[way] != NEVER_MS and cost[way] != NEVER_MS:
                least[on] = np.minimum(least[on], ms[way] + gone * cost[way])
    return np.where(least <= reached.cutoff_ms, least, np.inf)


@pytest.mark.parametrize(
    ("access", "egress", "metres"),
    [("walk", "walk", 400), ("walk", "bike", 400), ("bike", "walk", 1250), ("bike", "bike", 1250)],
)
def test_without_a_vehicle_one_goes_as_one_goes_to_stops(access, egress, metres):
    # A street of 4 km without a node between; the bus of the far stop is gone.
    network = served(world([(0, 0), (4000, 0)], [(0, 1)], access=[BOTH]), [(0, 0), (4000, 0)], [-9])
    ride = Ride(EIGHT, window_min=1, access=access, egress=egress)
    found = transit_isochrone(network, lonlat(2000, 0), [5], TRAVEL.riding(ride), reach_m=20)
    west, south, east, north = found.areas[0].bounds
    assert (west, east) == (
        pytest.approx(at(2000 - metres - 20, 0)[0], abs=5),
        pytest.approx(at(2000 + metres + 20, 0)[0], abs=5),
    )
    assert north - south == pytest.approx(40, abs=5)


def test_a_way_that_bikes_do_not_have_is_walked_from_stops_alone():
    # By bike one is at the steps at 2 km in 8 minutes; they are for feet. The bus is there at 13.
    xy = [(0, 0), (2000, 0), (2400, 0)]
    streets = world(xy, [(0, 1), (1, 2)], access=[BOTH, FOOT])
    network = served(streets, [(0, 0), (2000, 0)], [10], ride_min=3)
    ride = Ride(EIGHT, window_min=1, access="bike")
    start = network.snap(at(0, 0), 9.0, "bike")
    reached = find_journeys(network, start, ride, FAR_MS, travel=TRAVEL).reached(50)
    spot = network.snap_all([at(2200, 0), at(1000, 0)], 9.0)
    want = np.array([13 + 200 / 80, 1000 / 250]) * MINUTE
    assert reached.times_ms(spot) == pytest.approx(want, abs=5)
    assert drawn_ms(reached, spot.segment, spot.fraction) == pytest.approx(want, abs=5)


PAIRS = [("bike", "walk"), ("walk", "bike"), ("bike", "bike")]


def town(random, leaves_min=range(1, 40, 4)):
    """Return a town of which some streets are for feet alone and some are private, and a bus."""
    xy = [(BLOCK_M * column, BLOCK_M * row) for row in range(4) for column in range(5)]
    pairs = [(5 * row + c, 5 * row + c + 1) for row in range(4) for c in range(4)]
    pairs += [(n, n + 5) for n in range(15)]
    access = np.where(random.random(len(pairs)) < 0.8, BOTH, FOOT)
    rights = np.array([0, BOTH, FOOT, BOTH & ~FOOT])
    own = rights[random.choice(4, len(pairs), p=[0.7, 0.12, 0.09, 0.09])] & access
    streets = world(xy, pairs, access=access.tolist(), private=own.tolist())
    return served(streets, random.integers(0, 1200, (2, 2)), leaves_min)


def along(network, mode, count=5):
    """Return points of each street of a mode."""
    ahead, back = ACCESS[mode]
    usable = np.flatnonzero((network.streets.access & AccessBits(ahead | back)) != 0)
    segment = np.repeat(usable, count).astype(np.int32)
    fraction = np.tile((np.arange(count) + 0.5) / count, len(usable))
    a, b = network.streets.node_xy[network.streets.segment_nodes[segment]].transpose(1, 0, 2)
    return Attachments(segment, fraction, a + fraction[:, None] * (b - a), np.zeros(len(segment)))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_drawn_is_what_places_are_told(seed):
    """On streets of which some are for feet alone and some are private, to and from."""
    random = np.random.default_rng(seed)
    network = town(random)
    near, far = PAIRS[seed % 3]
    arrive = bool(seed // 3 % 2)
    ends = {"access": far, "egress": near} if arrive else {"access": near, "egress": far}
    when = EIGHT.replace(minute=40) if arrive else EIGHT
    ride = Ride(when, window_min=1, arrive=arrive, max_walk_min=10, **ends)
    start = network.snap(at(*random.integers(0, 1200, 2)), 900.0, near)
    reached = find_journeys(network, start, ride, FAR_MS, travel=TRAVEL).reached(50)
    spots = along(network, far)
    told, drawn = reached.times_ms(spots), drawn_ms(reached, spots.segment, spots.fraction)
    assert np.isfinite(told).any()
    assert (drawn >= told - 3).all()
    block_ms = BLOCK_M / (80 if far == "walk" else 250) * MINUTE
    soon = told < FAR_MS - block_ms
    assert (drawn[soon] <= told[soon] + block_ms + 3).all()


def test_ground_without_a_vehicle_does_not_vary_as_far_as_one_walks():
    # A street of 4 km with crossings at its ends and at 500 m, the place at 1000; the bus is
    # gone. In 8 minutes one walks 640 m: over the crossing at 500, not to the one at 0, and to
    # no other; by bike from the place one would be at 4000 m in 12.
    both = world([(0, 0), (500, 0), (4000, 0)], [(0, 1), (1, 2)], access=[BOTH, BOTH])
    network = served(both, [(0, 0), (4000, 0)], [-9])
    ride = Ride(EIGHT, window_min=1, egress="bike")
    found = transit_isochrone(network, lonlat(1000, 0), [8], TRAVEL.riding(ride), reach_m=20)
    (ground,) = spread(found, [1.0])
    west, _, east, _ = ground.bounds
    # Pieces of at most 10 m count whole or not.
    assert at(340, 0)[0] - 5 <= west <= at(340, 0)[0] + 15
    assert at(1660, 0)[0] - 15 <= east <= at(1660, 0)[0] + 5


@pytest.mark.parametrize("seed", range(24))
def test_the_spread_that_is_drawn_is_the_spread_that_places_are_told(seed):
    """Buses now and then: how far one can rely on them, in streets and paths as above."""
    random = np.random.default_rng(200 + seed)
    network = town(random, np.sort(random.integers(0, 70, 14)).tolist())
    near, far = PAIRS[seed % 3]
    arrive = bool(seed // 3 % 2)
    ends = {"access": far, "egress": near} if arrive else {"access": near, "egress": far}
    when = EIGHT.replace(minute=40) if arrive else EIGHT
    ride = Ride(when, window_min=30, arrive=arrive, max_walk_min=10, **ends)
    limit_min, band_min = 30, 4.0
    origin = lonlat(*random.integers(0, 1200, 2))
    found = transit_isochrone(network, origin, [limit_min], TRAVEL.riding(ride), reach_m=20)
    (ground,) = spread(found, [band_min])
    spots = along(network, far, 200)
    soon, late = (found.journeys.reached(p).times_ms(spots) for p in (5, 95))
    relied = late <= limit_min * MINUTE
    kept = np.zeros(len(late), dtype=bool)
    kept[relied] = late[relied] - soon[relied] <= band_min * MINUTE
    drawn = shapely.contains_xy(ground, spots.street_xy)
    # Round crossings another street may be drawn, and beside the origin's own step its ground.
    step = shapely.LineString(found.reached.own_steps[0, :4].reshape(2, 2))
    alone = shapely.distance(shapely.points(spots.street_xy), step) > 21
    alone &= np.abs(spots.fraction - 0.5) < 0.5 - 21 / BLOCK_M
    # What is drawn reaches 20 m further, and streets are cut in pieces of 10 m.
    near, within = (_near(spots, kept, 32), ~_near(spots, ~kept, 12))
    assert near[drawn & alone].all()
    assert drawn[within].all()
    assert (drawn & alone).any()


def _near(spots, those, metres):
    """Return which spots have one of those on their street within so many metres."""
    found = np.zeros(len(those), dtype=bool)
    for segment in np.unique(spots.segment):
        on = np.flatnonzero(spots.segment == segment)
        apart = np.abs(spots.fraction[on][:, None] - spots.fraction[on][those[on]]) * BLOCK_M
        found[on] = (apart <= metres).any(axis=1)
    return found
