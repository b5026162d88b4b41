"""A vehicle that leaves at the very second one is ready is caught."""

from datetime import datetime

import numpy as np

from sandbox.analysis.itinerary import itinerary
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.raptor import leaves
from sandbox.units import NEVER_MS
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

EIGHT = datetime(2026, 11, 23, 8)
S = 8 * 3600


def minutes(stops, trips, start, end, **more):
    streets = grid_city(41, 11)
    made = timetable(streets, [(str(i), *at(*p)) for i, p in enumerate(stops)], trips, **more)
    ride = Ride(EIGHT, window_min=1)
    return itinerary(
        with_timetable(streets, made), at(*start), at(*end), Travel(walk_kmh=SPEED_KMH).riding(ride)
    ).minutes


def test_of_a_later_stop():
    # A slow trip is boarded at stop 0; stop 1 is two blocks away on foot, where an earlier
    # one leaves at 8:02.
    trips = [
        ("L", 0, [(0, S - 60, S - 60), (1, S + 120, S + 120), (2, S + 600, S + 600)]),
        ("L", 0, [(0, S + 60, S + 60), (1, S + 240, S + 240), (2, S + 900, S + 900)]),
    ]
    assert minutes([(5, 5), (7, 5), (35, 5)], trips, (5, 5), (35, 5)) == 10.0


def test_of_exact_runs():
    trips = [("L", 0, [(0, S, S), (1, S + 600, S + 600)])]
    runs = [(0, S, S + 3600, 600, True)]
    assert minutes([(5, 5), (35, 5)], trips, (5, 5), (35, 5), frequencies=runs) == 10.0


def test_of_runs_with_a_phase():
    runs = [np.array([value], dtype=np.int32) for value in (1_000, 3, 2_200, 600)]
    assert [leaves(ready, 0, 1, *runs) for ready in (0, 1_000, 1_001, 1_600)] == [
        1_000,
        1_000,
        1_600,
        1_600,
    ]


def test_of_the_last_of_a_headway_without_phases():
    # Half a headway of 600 is waited for, until no more vehicles leave.
    runs = [np.array([value], dtype=np.int32) for value in (1_000, 0, 2_200, 600)]
    assert [leaves(ready, 0, 1, *runs) for ready in (0, 1_000, 2_200)] == [1_300, 1_300, 2_500]
    assert leaves(2_201, 0, 1, *runs) == NEVER_MS
