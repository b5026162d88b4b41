"""The router and the isochrones agree, on real streets, by every mode and both ways."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.route import route
from sandbox.engine.lengths import lengths_m, way_to
from sandbox.engine.search import search
from sandbox.engine.surface import ground_times
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.real import helsinki
from tests.support.worlds import scipy_node_ms, seeds_of

quick = settings(max_examples=25, deadline=None)
shares = st.tuples(st.floats(0.2, 0.8), st.floats(0.2, 0.8))
modes = st.sampled_from(["walk", "bike", "drive"])
MS = 60_000.0


def lonlat(share):
    west, south, east, north = helsinki().streets.bounds
    xy = west + share[0] * (east - west), south + share[1] * (north - south)
    lon, lat = geo.to_lonlat(xy, helsinki().crs)
    return float(lon), float(lat)


def tied(share, mode):
    return helsinki().snap(tuple(geo.to_metric(lonlat(share), helsinki().crs)), 5_000.0, mode)


def asked(one, other, mode):
    try:
        return route(helsinki(), lonlat(one), lonlat(other), Travel(mode), snap_m=5_000.0)
    except AnalysisError as error:
        assert "No route leads" in str(error)  # noqa: PT017  # farther than four hours


@quick
@given(shares, shares, modes)
def test_a_route_takes_the_time_of_the_field_there(one, other, mode):
    found = asked(one, other, mode)
    if found is None:
        return
    if one == other:
        assert (found.minutes, found.steps) == (0.0, ())
        return
    graph = helsinki().moving(Travel(mode, slope="flat"))
    end = tied(other, mode)
    field = search(graph, tied(one, mode), 14_400_000).times_ms(end.as_many())[0]
    assert found.minutes == (field + graph.walk_ms(end.distance_m)) / MS
    assert sum(s.minutes for s in found.steps) == pytest.approx(found.minutes)
    assert sum(s.metres for s in found.steps) == pytest.approx(found.metres)


@quick
@given(shares, shares, modes)
def test_the_field_towards_a_place_is_the_route_from_there(one, other, mode):
    found = asked(one, other, mode)
    if found is None or one == other:
        return
    graph = helsinki().moving(Travel(mode, towards=True, slope="flat"))
    start, end = tied(one, mode), tied(other, mode)
    if found.minutes == 0.0:
        # Two shares may be one place: its route is none, and only a route knows that.
        assert (start.segment, start.fraction) == (end.segment, end.fraction)
        return
    field = search(graph, end, 14_400_000).times_ms(start.as_many())[0]
    assert found.minutes == (field + graph.walk_ms(start.distance_m)) / MS


@quick
@given(shares, shares)
def test_on_foot_there_and_back_take_the_same(one, other):
    there, back = asked(one, other, "walk"), asked(other, one, "walk")
    if there is not None and back is not None:
        assert there.minutes == back.minutes


@quick
@given(shares, shares, modes)
def test_the_pieces_of_a_way_hang_together_and_add_up(one, other, mode):
    graph = helsinki().moving(Travel(mode, slope="flat"))
    start, end = tied(one, mode), tied(other, mode)
    reached = search(graph, start, 7_200_000)
    way = way_to(graph, reached, start.as_many(), end.as_many())
    time = reached.times_ms(end.as_many())[0]
    if way is None:
        assert np.isinf(time)
        return
    share = np.abs(np.diff(way.along, axis=1))[:, 0]
    segment, along, share = way.segment[share > 0], way.along[share > 0], share[share > 0]
    ends = graph.streets.segment_nodes[segment]
    back = along[:, 1] < along[:, 0]
    cost = graph.segment_ms[segment, back.astype(int)]
    assert (cost != NEVER_MS).all()
    # Each piece begins at the node where the one before it ends.
    leaves = np.where(back, ends[:, 0], ends[:, 1])[:-1]
    enters = np.where(back, ends[:, 1], ends[:, 0])[1:]
    assert (leaves == enters).all()
    # Each piece takes whole milliseconds.
    assert graph.walk_ms(start.distance_m) + np.rint(share * cost).sum() == time
    metres = (share * graph.streets.length_m[segment]).sum() + start.distance_m
    told = lengths_m(graph, reached, start.as_many(), end.as_many())[0]
    assert metres == pytest.approx(told, rel=1e-6)


@quick
@given(shares, st.integers(0, 2**31))
def test_on_foot_a_route_to_a_crossing_takes_the_time_that_scipy_finds(one, seed):
    net = helsinki()
    graph = net.moving(Travel(slope="flat"))
    start = tied(one, "walk")
    node = seed % len(net.streets.node_xy)
    place = net.snap(tuple(net.streets.node_xy[node]), 5_000.0)
    if place.distance_m > 0:  # no one walks there
        return
    least = scipy_node_ms(graph, seeds_of(graph, start), 14_400_000)[node]
    to = geo.to_lonlat(net.streets.node_xy[node], net.crs)
    try:
        found = route(net, lonlat(one), (float(to[0]), float(to[1])), Travel(), snap_m=5_000.0)
    except AnalysisError:
        assert np.isinf(least) or least > 14_399_990
        return
    # A straight step is never longer than its own street is walked twice.
    assert round(found.minutes * MS) <= least
    if start.segment not in np.flatnonzero((net.streets.segment_nodes == node).any(axis=1)):
        assert round(found.minutes * MS) == least


@settings(max_examples=12, deadline=None)
@given(shares, modes, st.booleans(), st.integers(2, 12))
def test_inside_is_where_ground_is_reached_in_time(share, mode, towards, minutes):
    found = isochrone(
        helsinki(),
        lonlat(share),
        [minutes],
        Travel(mode=mode, towards=towards),
        snap_m=5_000.0,
        cell_m=10,
    )
    ground = ground_times(found.reached, found.reach_m, cell_m=10.0)
    if not ground.seconds.size or found.areas[0].is_empty:
        assert not (ground.seconds <= minutes * 60 - 0.01).any()
        return
    area, grid = found.areas[0], ground.grid
    wide, narrow = area.buffer(10 * 2**0.5), area.buffer(-10 * 2**0.5)
    for row, column in np.random.default_rng(minutes).integers(
        0, (grid.rows, grid.columns), (60, 2)
    ):
        at = Point(grid.west + column * 10, grid.south + row * 10)
        if ground.seconds[row, column] <= minutes * 60:
            assert wide.covers(at)
        else:
            assert not narrow.covers(at)
