"""Changes between two stops that a feed states a time for, there and towards a deadline."""

from datetime import datetime

import pytest

from sandbox.analysis.itinerary import itinerary
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from tests.support.timetables import timetable
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, streets

STROLL = Travel(walk_kmh=METRE_A_SECOND_KMH)
# A street of 18 km. One changes from X to Y, 100 m and so 100 s further on.
STREET = streets([(0, 0), (18_000, 0)], [(0, 1)])
P, X, Y, Q = (0, 0), (9000, 0), (9100, 0), (18_000, 0)


def lonlat(place):
    lon, lat = geo.to_lonlat(at(*place), CRS)
    return float(lon), float(lat)


def clock(text):
    hours, minutes, seconds = map(int, text.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def minutes(transfer, second, *, at_, arrive=False):
    """Return how long one takes from P to Q, with vehicles from P at 6:50 and 7:00."""
    network = Network(STREET)
    stops = [(name, *lonlat(place)) for name, place in zip("PXYQ", (P, X, Y, Q), strict=True)]

    def trip(begin, end, leaves, takes):
        leaves = clock(leaves)
        return ("L", 0, [(begin, leaves, leaves), (end, leaves + takes, leaves + takes)])

    trips = [trip(0, 1, one, 600) for one in ("6:50:00", "7:00:00")]
    trips += [trip(2, 3, one, 480) for one in second]
    made = Network(STREET, timetable(network, stops, trips, transfers=[transfer]))
    ride = Ride(datetime(2026, 11, 23, *at_), window_min=1, arrive=arrive)
    return itinerary(made, lonlat(P), lonlat(Q), STROLL.riding(ride)).minutes


FIVE, SHORT, NONE = (1, 2, 0, 300), (1, 2, 0, 10), (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("transfer", "expected"),
    [
        # At X at 7:10:00, at Y at 7:11:40: the vehicle of 7:12 takes one to Q by 7:20.
        (NONE, 20),
        # Five minutes are stated: one has to be at X by 7:07, so leaves at 6:50.
        (FIVE, 30),
        # What is stated for the way back holds for that alone.
        ((2, 1, 0, 300), 20),
    ],
)
def test_a_stated_change_holds_towards_a_deadline_as_it_does_ahead(transfer, expected):
    second = ("7:12:00", "7:16:00")
    asked = minutes(transfer, second, at_=(7, 20), arrive=True)
    assert asked == pytest.approx(expected, abs=0.01)
    # Ahead from 7:00 one takes the vehicle of 7:12, or, with five minutes, that of 7:16.
    ahead = 24 if transfer == FIVE else 20
    assert minutes(transfer, second, at_=(7, 0)) == pytest.approx(ahead, abs=0.01)


@pytest.mark.parametrize("arrive", [False, True])
def test_nobody_walks_faster_for_a_stated_change(arrive):
    # Ten seconds are stated, but one walks 100: the vehicle of 7:10:30 is gone at 7:11:40.
    at_ = (7, 24) if arrive else (7, 0)
    asked = minutes(SHORT, ("7:10:30", "7:16:00"), at_=at_, arrive=arrive)
    assert asked == pytest.approx(24, abs=0.01)
    if arrive:
        # To be there by 7:18:59 one takes that of 7:10:30, and leaves at 6:50.
        asked = minutes(SHORT, ("7:10:30", "7:16:00"), at_=(7, 18, 59), arrive=True)
        assert asked == pytest.approx(28 + 59 / 60, abs=0.01)
