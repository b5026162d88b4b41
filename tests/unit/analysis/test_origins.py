"""Several origins: alone, together, meeting; from points, lines and areas, by hand and by brute."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, Polygon, intersection_all, union_all

from sandbox.analysis.field import isolines, street_points, surfaces
from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.isodistance import isodistance
from sandbox.analysis.origins import reach
from sandbox.analysis.places.access import Place, access_points
from sandbox.analysis.table import as_table
from sandbox.analysis.transit import transit_isochrone
from sandbox.errors import AnalysisError, TransitError
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

WALK = Travel(walk_kmh=SPEED_KMH)


def point(column, row, name="a"):
    return Place(Point(at(column, row)), name)


def answers(*origins, cutoffs=(5, 10), **more):
    return reach(grid_city(), origins, cutoffs, WALK, **more).found


def node_ms(reached):
    times = np.full(len(grid_city().streets.node_xy), np.inf)
    times[reached.node] = reached.node_ms
    return times


def test_each_is_the_isochrone_of_that_place():
    found = answers(point(4, 4), point(9, 9, "b"))
    assert [one.name for one in found] == ["a", "b"]
    for one, place in zip(found, (at(4, 4), at(9, 9)), strict=True):
        alone = isochrone(grid_city(), place, [5, 10], Travel(walk_kmh=SPEED_KMH))
        assert one.areas_km2 == pytest.approx(alone.areas_km2, rel=1e-9)
        assert all(a.equals(b) for a, b in zip(one.areas, alone.areas, strict=True))


def test_by_distance_it_is_the_isodistance():
    (found,) = answers(point(4, 4), cutoffs=[300, 500], metric="distance")
    alone = isodistance(grid_city(), at(4, 4), [300, 500])
    assert found.areas_km2 == pytest.approx(alone.areas_km2, rel=1e-9)
    assert found.told()["metric"] == "distance"


def test_any_is_the_time_from_the_nearest():
    a, b = point(4, 4), point(9, 9, "b")
    (found,) = answers(a, b, how="any")
    alone = [node_ms(one.reached[0]) for one in answers(a, b)]
    assert (node_ms(found.reached[0]) == np.minimum(*alone)).all()
    assert found.name == "a + b"
    both = [union_all([one.areas[i] for one in answers(a, b)]) for i in (0, 1)]
    for area, union in zip(found.areas, both, strict=True):
        assert area.symmetric_difference(union).area < 0.005 * union.area


def test_all_can_meet_where_each_is_in_time():
    # Six blocks apart along a row: in five minutes both get to what is within five of each.
    (found,) = answers(point(4, 5), point(10, 5, "b"), how="all")
    alone = answers(point(4, 5), point(10, 5, "b"))
    for i, area in enumerate(found.areas):
        assert area.equals(alone[0].areas[i].intersection(alone[1].areas[i]))
        assert not area.is_empty
    far, near = (Point(grid_city().snap(_xy(at(*place)), 50).xy) for place in ((4, 5), (7, 5)))
    assert found.areas[0].covers(near)
    assert not found.areas[0].covers(far)
    (never,) = answers(point(1, 1), point(15, 15), cutoffs=[5], how="all")
    assert never.areas[0].is_empty
    assert never.areas_km2 == (0.0,)


def _xy(lonlat):
    from sandbox.geo import crs as geo

    x, y = geo.to_metric(lonlat, grid_city().crs)
    return float(x), float(y)


def park(west, south, east, north):
    return Polygon([at(*p) for p in ((west, south), (east, south), (east, north), (west, north))])


def test_an_area_is_left_by_its_gates_else_along_its_edge():
    ground = park(4.5, 4.5, 6.5, 6.5)
    (by_gate,) = answers(Place(ground, "park", MultiPoint([at(4.5, 5)])), cutoffs=[5])
    (by_edge,) = answers(Place(ground, "park"), cutoffs=[5])
    node = {(c, r): grid_city().snap(_xy(at(c, r)), 1) for c, r in ((4, 5), (7, 5))}
    west, east = (node[place].as_many() for place in ((4, 5), (7, 5)))
    # The gate is half a block from (4,5) and two and a half from (7,5).
    assert by_gate.reached[0].times_ms(west)[0] == pytest.approx(30_000, abs=20)
    assert by_gate.reached[0].times_ms(east)[0] == pytest.approx(150_000, abs=20)
    # The edge cuts row 5 at 4.5 and at 6.5.
    assert by_edge.reached[0].times_ms(west)[0] == pytest.approx(30_000, abs=20)
    assert by_edge.reached[0].times_ms(east)[0] == pytest.approx(30_000, abs=20)


def test_a_line_is_left_anywhere_along_it():
    walk = Place(LineString([at(3, 3), at(8, 3)]), "walk")
    (found,) = answers(walk, cutoffs=[3])
    for column in (3, 5, 8):
        place = grid_city().snap(_xy(at(column, 4)), 1).as_many()
        assert found.reached[0].times_ms(place)[0] == pytest.approx(60_000, abs=200)


def test_towards_turns_the_question_round():
    city = grid_city(one_way=[((3, 3), (4, 3))])
    there = Travel(walk_kmh=SPEED_KMH, towards=True)
    origins = [Place(Point(at(4, 3)), "a")]
    from_, to = (reach(city, origins, [3], travel).found[0] for travel in (WALK, there))
    place = city.snap(_xy(at(3, 3)), 1).as_many()
    assert to.reached[0].times_ms(place)[0] == pytest.approx(60_000, abs=20)
    assert from_.reached[0].times_ms(place)[0] == pytest.approx(180_000, abs=20)


def test_places_without_a_street_are_left_out_or_refused():
    far = Place(Point(0.0, 0.0), "far")
    told = reach(grid_city(), [point(4, 4), far], [5], WALK)
    assert ([one.name for one in told.found], told.without_street) == (["a"], ("far",))
    together = reach(grid_city(), [far, point(4, 4)], [5], WALK, how="any")
    assert together.found[0].name == "a"
    with pytest.raises(AnalysisError, match="No street is within 500 m of: far"):
        answers(point(4, 4), far, how="all")
    with pytest.raises(AnalysisError, match="No street is within"):
        answers(far)
    with pytest.raises(AnalysisError, match="No origin is given"):
        answers()
    with pytest.raises(AnalysisError, match="0 minutes"):
        answers(point(4, 4), cutoffs=[0])


places = st.tuples(st.floats(2, 14), st.floats(2, 14))


@settings(max_examples=15, deadline=None)
@given(st.lists(places, min_size=2, max_size=4), st.integers(2, 12))
def test_the_surface_is_the_least_or_the_latest_of_each(where, minutes):
    origins = [point(*place, name=str(i)) for i, place in enumerate(where)]
    each = answers(*origins, cutoffs=[minutes])
    (meeting,) = answers(*origins, cutoffs=[minutes], how="all")
    (nearest,) = answers(*origins, cutoffs=[minutes], how="any")
    apart = surfaces(each, cell_m=20.0)
    both = surfaces([*each, meeting, nearest], cell_m=20.0)
    assert both.values[: len(each)].tobytes() == apart.values.tobytes()
    seconds = np.where(np.isnan(apart.values), np.inf, apart.values)
    for value, of in (
        (both.values[-2], seconds.max(axis=0)),
        (both.values[-1], seconds.min(axis=0)),
    ):
        got = np.where(np.isnan(value), np.inf, value)
        assert np.isfinite(got).sum() == pytest.approx(np.isfinite(of).sum(), abs=3)
        same = np.isfinite(got) & np.isfinite(of)
        assert got[same] == pytest.approx(of[same], abs=1e-3)


def test_points_and_isolines_say_what_the_bands_say():
    found = answers(point(4, 4), point(9, 9, "b"))
    table = street_points(grid_city(), found, ["a", "b"])
    mine = table[table["origin"] == "a"]
    # Crossings within 10 blocks of (4,4), as far as the city goes.
    count = sum(abs(c - 4) + abs(r - 4) <= 10 for c in range(_side()) for r in range(_side()))
    assert len(mine) == count
    assert mine["minutes"].max() == pytest.approx(10, abs=0.001)
    bands = as_table(grid_city(), found, ["a", "b"])
    lines = isolines(bands)
    assert lines["contour"].tolist() == [5, 10, 5, 10]
    assert all(lines.geometry.geom_equals(bands.geometry.boundary))
    assert set(lines.geom_type) <= {"LineString", "MultiLineString"}


def _side():
    return round(len(grid_city().streets.node_xy) ** 0.5)


def test_what_reaches_nothing_or_too_much_has_no_surface():
    (never,) = answers(point(1, 1), point(15, 15), cutoffs=[5], how="all")
    assert np.isnan(surfaces([never]).values).all()
    with pytest.raises(AnalysisError, match="too large"):
        surfaces(answers(point(4, 4)), cell_m=0.05)


# --- by line -------------------------------------------------------------------------------

# A bus every ten minutes from (2, 2) to (18, 2), which takes four; on foot it is sixteen.
RIDE = Ride(datetime(2026, 11, 23, 8), window_min=20)


@cache
def bus_city():
    stops = (("west", *at(2, 2)), ("east", *at(18, 2)))
    eight = 8 * 3600
    trips = [
        ("L", 0, [(0, eight + s, eight + s), (1, eight + s + 240, eight + s + 240)])
        for s in range(0, 7200, 600)
    ]
    return with_timetable(grid_city(), timetable(grid_city(), stops, trips))


def by_bus(*origins, ride=RIDE, **more):
    return reach(bus_city(), origins, (5, 15), WALK.riding(ride), **more).found


@pytest.mark.parametrize("arrive", [False, True])
def test_by_line_each_is_the_isochrone_by_line(arrive):
    ride = replace(RIDE, arrive=arrive)
    found = by_bus(point(2, 3), point(17, 2, "b"), ride=ride)
    for one, place in zip(found, (at(2, 3), at(17, 2)), strict=True):
        alone = transit_isochrone(
            bus_city(), place, [5, 15], Travel(walk_kmh=SPEED_KMH).riding(ride)
        )
        assert one.areas_km2 == pytest.approx(alone.areas_km2, rel=1e-9)
        assert one.told() == {**alone.told(), "together": "each"}


@pytest.mark.parametrize("percentile", [20, 80])
def test_by_line_any_is_what_one_of_them_reaches_and_all_what_every_one_does(percentile):
    places = point(2, 3), point(10, 10, "b"), point(18, 6, "c")
    ride = replace(RIDE, percentile=percentile)
    each = by_bus(*places, ride=ride)
    (any_,) = by_bus(*places, ride=ride, how="any")
    (all_,) = by_bus(*places, ride=ride, how="all")
    for i in (0, 1):
        areas = [one.areas[i] for one in each]
        for found, want in (
            (any_.areas[i], union_all(areas)),
            (all_.areas[i], intersection_all(areas)),
        ):
            assert found.symmetric_difference(want).area <= 0.005 * want.area
    spots = access_points(bus_city(), [point(x / 2, y / 3) for x in range(40) for y in range(60)])
    alone = [spots.times_ms(one.reached[0], SPEED_KMH) for one in each]
    assert (spots.times_ms(any_.reached[0], SPEED_KMH) == np.min(alone, axis=0)).all()
    latest = [spots.times_ms(field, SPEED_KMH) for field in all_.reached]
    assert (np.max(latest, axis=0) == np.max(alone, axis=0)).all()
    assert any_.told()["together"] == "any"
    assert any_.told()["percentile"] == percentile


def test_by_line_one_asks_by_time():
    with pytest.raises(AnalysisError, match="by time"):
        by_bus(point(2, 3), metric="distance")


def test_by_line_something_must_run():
    with pytest.raises(TransitError):
        reach(grid_city(), [point(2, 3)], (5,), WALK.riding(RIDE))
