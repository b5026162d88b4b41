"""Why a plan changes nothing: each reason follows from a street walked at a metre a second."""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Point, box

from sandbox.analysis.comparison import compare
from sandbox.analysis.comparison.compare import Side, counted_by_layer
from sandbox.analysis.places.access import access_points
from sandbox.analysis.searched import Way
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.modes import Access
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

FEET = Travel(walk_kmh=METRE_A_SECOND_KMH)
# A street of ten kilometres from west to east, a node each 100 m, for feet and cars.
ENDS = [(n, n + 1) for n in range(100)]
STREET = world(
    [(x, 0) for x in range(0, 10_001, 100)],
    ENDS,
    access=[int(Access.WALK | Access.DRIVE)] * len(ENDS),
)
MORNING = Ride(datetime(2026, 11, 23, 8, 0), window_min=10, model="expected")


def drawn(shape):
    """Return a shape in metres from the corner, in WGS 84."""
    return shapes.to_lonlat(shapely.transform(shape, lambda xy: xy + at(0, 0)), CRS)


def edited(*edits, network=STREET):
    return apply(network, StreetEdits(edits))


def line(*stops, name="m"):
    """Return a line each 4 minutes that takes 5 minutes between its stops."""
    made = tuple(
        LineStop(f"{name}{n}", name, name, tuple(map(float, geo.to_lonlat(at(x, 0), CRS))),
                 5.0 if n else None)
        for n, x in enumerate(stops)
    )  # fmt: skip
    day = (Period(6 * 3600, 22 * 3600, 240),)
    return Supply((Line(name, name, name, "metro", made, day, dwell_s=0),))


def why(plan, *, base=STREET, x=1000, minutes=(15,), ways=None):
    """Return why nothing changes for whoever starts x metres east, within the last cutoff."""
    point = Point(*map(float, geo.to_lonlat(at(x, 0), CRS)))
    columns = {"id": ["p"], "layer": ["homes"], "name_zh": ["地"], "name_en": ["Place"]}
    homes = gpd.GeoDataFrame({**columns, "accuracy_m": 0.0}, geometry=[point], crs=geo.WGS84)
    ways = ways or (Way("base", FEET), Way("plan", FEET))
    sides = []
    for network, way in zip((base, plan), ways, strict=True):
        tied = access_points(network, homes, mode=way.near)
        sides.append(Side(way, network, tied, tied))
    (one,) = compare.compared(
        homes,
        sides[0],
        sides[1:],
        counted=counted_by_layer(sides[0].targets),
        minutes=minutes,
        reach_m=50.0,
    )
    assert not one.changes(len(minutes) - 1)
    return [str(text) for text in one.why]


def test_a_question_compared_with_itself_is_the_same():
    assert why(STREET) == ["base and plan are the same"]


def test_scenarios_of_the_same_lines_say_so():
    ways = [Way(name, FEET.riding(MORNING), line(1000, 6000)) for name in ("today", "plan")]
    assert why(STREET, ways=ways) == ["the same lines run in both"]
    ways = [replace(one, id="today") for one in ways]
    assert why(STREET, ways=ways) == ["base and plan are the same"]


def test_edits_where_no_street_is_change_none():
    meadow = edited(StreetEdit("avoid", drawn(box(2000, 500, 2100, 600))))
    assert why(meadow) == ["the street edits change no street"]
    # Nor does a zone where one is as fast as before.
    as_before = edited(StreetEdit("slow", drawn(box(1500, -9, 1600, 9)), time_factor=1.0))
    assert why(as_before) == ["the street edits change no street"]


def test_a_street_closed_to_cars_is_nothing_to_feet():
    closed = edited(StreetEdit("closed", drawn(Point(1550, 0)), modes=("drive",)))
    assert why(closed) == ["the street edits do not concern this travel mode"]
    assert why(STREET, base=closed) == ["the street edits do not concern this travel mode"]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "edit",
    [
        StreetEdit("slow", drawn(box(5010, -9, 5090, 9)), time_factor=3.0),
        StreetEdit("avoid", drawn(box(5010, -9, 5090, 9))),
        StreetEdit("path", drawn(LineString([(5000, 0), (5000, 300)]))),
    ],
)
def test_edits_beyond_the_cutoff_are_said_to_be_so_far(edit, turned):
    # From 1 km to 5 km: 4,000 m at a metre a second are 66.7 minutes.
    both = (edited(edit), STREET) if turned else (STREET, edited(edit))
    far = "the nearest edited street is 66.7 minutes away"
    assert why(both[1], base=both[0], minutes=(15, 45)) == [far, far]
    # One searches 30 minutes beyond the cutoff.
    beyond = "every edited street is more than 45 minutes away"
    assert why(both[1], base=both[0], minutes=(15,)) == [beyond]


def test_a_path_that_is_no_shorter_changes_no_time():
    beside = edited(StreetEdit("path", drawn(LineString([(1300, 0), (1400, 0)]))))
    said = "the nearest edited street is 5.0 minutes away, and no travel time depends on it"
    assert why(beside) == [said]


def test_what_only_takes_longer_says_how_much():
    # The whole street is within 170 minutes; 100 m of it take 100 s longer.
    slow = edited(StreetEdit("slow", drawn(box(5000, -9, 5100, 9)), time_factor=2.0))
    said = "travel times change by at most 1.7 minutes, which moves nothing across the cutoff"
    assert why(slow, minutes=(170,)) == [said]


def test_a_street_lost_between_others_takes_no_ground():
    # Two streets 20 m apart, joined at their western end, and a dead end between them.
    spots = [(0, 0), (500, 0), (1000, 0), (0, 20), (1000, 20), (500, 15)]
    network = world(spots, [(0, 1), (1, 2), (0, 3), (3, 4), (1, 5)])
    closed = edited(StreetEdit("closed", drawn(LineString([(490, 9), (510, 9)]))), network=network)
    (said,) = why(closed, base=network, x=0, minutes=(30,))
    assert said == "some travel times change, but not which places and land are within reach"


def test_lines_that_bring_nobody_farther_than_feet_say_why():
    ways = Way("walk", FEET), Way("transit", FEET.riding(MORNING), line(4000, 9000))
    (said,) = why(STREET, ways=ways)
    assert said.startswith("No stop is within 15 minutes on foot; the nearest, m, is 3,000 m away")


def test_hours_at_which_nobody_gets_farther_than_on_foot_say_why():
    later = replace(MORNING, when=datetime(2026, 11, 23, 18, 0))
    ways = [Way(str(one.when), FEET.riding(one), line(4000, 9000)) for one in (MORNING, later)]
    (said,) = why(STREET, ways=ways)
    assert said.startswith("No stop is within 15 minutes on foot; the nearest, m, is 3,000 m away")


def test_ways_that_take_the_same_time_say_so():
    # One waits half a headway at every percentile.
    rides = [replace(MORNING, percentile=rank) for rank in (5, 95)]
    ways = [Way(f"P{one.percentile}", FEET.riding(one), line(1000, 6000)) for one in rides]
    assert why(STREET, ways=ways) == ["all travel times are the same in both"]
    ways = [Way(str(hour), Travel("drive", hour=hour)) for hour in (2, 3)]
    assert why(STREET, ways=ways, minutes=(2,)) == ["all travel times are the same in both"]


def test_edits_are_asked_for_by_line_too():
    ways = [Way("now", FEET.riding(MORNING), line(1000, 1400))] * 2
    beside = edited(StreetEdit("path", drawn(LineString([(1300, 0), (1400, 0)]))))
    said = "the nearest edited street is 5.0 minutes away, and no travel time depends on it"
    assert why(beside, ways=ways) == [said]
