"""What several origins reach together, as a map shows it: the nearest counts, or the last."""

from datetime import datetime

import numpy as np
import pytest
from shapely import Point

from sandbox.analysis.isochrone import recontour
from sandbox.analysis.origins import reach
from sandbox.analysis.places.access import Place, access_points
from sandbox.analysis.together import joint_isochrone
from sandbox.analysis.within_reach import within_reach
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

WALK = Travel(walk_kmh=SPEED_KMH)


def point(column, row, name="a"):
    return Place(Point(at(column, row)), name)


A, B = point(4, 4), point(10, 4, "b")


def joint(how, minutes=(5, 10), travel=WALK, city=None):
    return joint_isochrone(city or grid_city(), [A, B], minutes, travel, how)


@pytest.mark.parametrize("how", ["any", "all"])
def test_the_map_shows_what_the_command_says(how):
    found = joint(how)
    (command,) = reach(grid_city(), [A, B], [5, 10], WALK, how=how).found
    assert found.areas_km2 == command.areas_km2
    assert all(a.equals(b) for a, b in zip(found.areas, command.areas, strict=True))
    assert found.told() == command.told()


def test_a_place_has_the_time_of_its_nearest_origin_or_of_the_last_to_come():
    # One block is a minute. The first place is 1 and 5 blocks away, the second 4 and 2.
    targets = access_points(grid_city(), [point(5, 4), point(8, 4)])
    nearest, last = joint("any"), joint("all")
    assert nearest.times_ms(targets).tolist() == [60_000, 120_000]
    assert nearest.whose(targets).tolist() == [0, 1]
    assert last.times_ms(targets).tolist() == [300_000, 240_000]
    assert last.whose(targets).tolist() == [1, 0]
    told = [(one.minutes, one.origin) for one in within_reach(nearest, targets)]
    assert told == [(1.0, 0), (2.0, 1)]
    # Both can meet at either in five minutes; within four only at the second.
    assert [one.minutes for one in within_reach(last, targets)] == [4.0, 5.0]


@pytest.mark.parametrize("how", ["any", "all"])
def test_other_cutoffs_need_no_other_search(how):
    moved = recontour(joint(how), (4, 7))
    fresh = joint(how, (4, 7))
    assert moved.areas_km2 == pytest.approx(fresh.areas_km2, rel=1e-9)


def test_streets_of_a_meeting_have_the_latest_time():
    lit = joint("all").reached
    x, y = np.moveaxis(lit.ends_xy.reshape(-1, 2, 2), 2, 0)
    west, south = 560_000.0, 3_265_000.0
    blocks = [(abs(x - west - 100 * column) + abs(y - south - 400)) / 100 for column in (4, 10)]
    # Along streets of a grid the way is that of its sides, between crossings on one street.
    on_row = np.isclose(y, south + 400)
    expected_ms = np.maximum(*blocks) * 60_000
    ms, cost_ms = lit.ms.astype(np.int64), lit.cost_ms.astype(np.int64)
    least = np.minimum(ms[:, 0] + cost_ms[:, 0], ms[:, 1])
    rows = on_row.all(axis=1)
    assert rows.any()
    assert least[rows] == pytest.approx(expected_ms[rows][:, 1], abs=30)
    assert (expected_ms[rows] <= 600_030).all()


def test_by_transit_the_nearest_of_all_counts():
    stops = (("west", *at(2, 2)), ("east", *at(18, 2)))
    eight = 8 * 3600
    trips = [("L", 0, [(0, eight, eight), (1, eight + 240, eight + 240)])]
    city = with_timetable(grid_city(), timetable(grid_city(), stops, trips))
    ride = Ride(datetime(2026, 11, 23, 8), window_min=1)
    travel = Travel(mode="transit", walk_kmh=SPEED_KMH, ride=ride)
    found = joint("any", travel=travel, city=city)
    (command,) = reach(city, [A, B], [5, 10], travel, how="any").found
    targets = access_points(city, [point(5, 4), point(8, 4)])
    assert found.areas_km2 == command.areas_km2
    assert found.times_ms(targets).tolist() == [60_000, 120_000]
    assert found.whose(targets).tolist() == [0, 1]


def test_an_origin_without_a_street_is_refused_by_name():
    far = Place(Point(at(60, 60)), "far")
    with pytest.raises(AnalysisError, match="far"):
        joint_isochrone(grid_city(), [A, far], (5,), WALK, "any")
