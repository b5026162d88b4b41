"""One truth: router, field, matrix and drawn area agree on every kind of network at once.

The networks: the shipped streets; a real town made hilly, with its banned turns and a ferry
across it; that town with streets closed, slowed and added. The time on the ground is found
here from its definition: the least time of any street point within reach, by clipping every
street near to the circle round the place.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.route import route
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import Access
from sandbox.streets.streets import Ferries, StreetClass, Structure
from sandbox.streets.travel import Travel
from tests.support.real import helsinki

MODES = ("walk", "bike", "drive")
CELL_M = 10.0
LATEST_MS = 14_400_000
FERRY_S, WAIT_S = 90.0, 120.0


@cache
def hilly():
    """Return the town on made-up hills, with a ferry from corner to corner."""
    made = helsinki().streets
    xy = made.node_xy
    height = 40 * np.sin(xy[:, 0] / 150) + 30 * np.cos(xy[:, 1] / 210)
    rise = np.diff(height[made.segment_nodes], axis=1)[:, 0]
    rise = np.clip(rise, -0.3 * made.length_m, 0.3 * made.length_m)
    climb = np.stack([np.maximum(rise, 0), np.maximum(-rise, 0)], axis=1).astype(np.float32)
    return Network(with_ferry(replace(made, climb_m=climb)))


def with_ferry(made):
    """Return streets with a ferry between the crossings of all modes most far apart."""
    every = int(Access.WALK | Access.BIKE | Access.DRIVE)
    for_all = np.unique(made.segment_nodes[(made.access & every) == every])
    across = made.node_xy[for_all].sum(axis=1)
    a, b = int(for_all[across.argmin()]), int(for_all[across.argmax()])
    nodes, count = len(made.node_xy), len(made.segment_nodes)
    ends = np.array([[a, nodes], [b, nodes + 1], [nodes, nodes + 1]], dtype=np.int32)
    node_xy = np.concatenate([made.node_xy, made.node_xy[[a, b]]])
    length_m = np.array([0, 0, np.hypot(*(node_xy[a] - node_xy[b]))], dtype=np.float32)

    def more(old, value):
        return np.concatenate([old, np.full((3, *old.shape[1:]), value, dtype=old.dtype)])

    return replace(
        made,
        node_xy=node_xy,
        segment_nodes=np.concatenate([made.segment_nodes, ends]),
        length_m=np.concatenate([made.length_m, length_m]),
        street_class=more(made.street_class, StreetClass.FERRY),
        structure=more(made.structure, Structure.BRIDGE),
        access=more(made.access, every),
        name=more(made.name, -1),
        climb_m=more(made.climb_m, 0),
        traffic=replace(
            made.traffic,
            kind=more(made.traffic.kind, 0),
            maxspeed_kmh=more(made.traffic.maxspeed_kmh, 0),
            built_up=more(made.traffic.built_up, True),
        ),
        ferries=Ferries(
            np.arange(count, count + 3, dtype=np.int32),
            np.array([0, 0, FERRY_S], dtype=np.float32),
            np.array([WAIT_S, WAIT_S, 0], dtype=np.float32),
        ),
    )


@cache
def edited():
    """Return the hilly town with a street closed, a slow zone, a path and a footbridge."""
    west, south, east, north = hilly().streets.bounds

    def at(x, y):
        lon, lat = geo.to_lonlat((west + x * (east - west), south + y * (north - south)), crs)
        return float(lon), float(lat)

    crs = hilly().crs
    zone = Polygon([at(0.3, 0.3), at(0.6, 0.3), at(0.6, 0.55), at(0.3, 0.55)])
    park = Polygon([at(0.62, 0.6), at(0.7, 0.6), at(0.7, 0.66), at(0.62, 0.66)])
    path = LineString([at(0.35, 0.4), at(0.55, 0.62)])
    bridge = LineString([at(0.45, 0.35), at(0.6, 0.7)])
    edits = (
        StreetEdit("slow", zone, time_factor=2.5),
        StreetEdit("avoid", park),
        StreetEdit("path", path, modes=MODES),
        StreetEdit("footbridge", bridge),
    )
    return apply(hilly(), StreetEdits(edits))


NETWORKS = {"shipped": Network.open, "hilly": hilly, "edited": edited}


@cache
def network(name):
    return NETWORKS[name]()


@cache
def near(name, mode):
    """Return the mode's segments on firm ground, and an index of their lines."""
    streets = network(name).streets
    bits = int(getattr(Access, mode.upper()))
    usable = np.flatnonzero(((streets.access & bits) != 0) & streets.walked_on)
    return usable, shapely.STRtree(streets.lines(usable))


def place(name, mode, pick, beside):
    """Return a place some metres beside a street of the mode, WGS 84."""
    usable, _ = near(name, mode)
    streets = network(name).streets
    ends = streets.node_xy[streets.segment_nodes[usable[pick % len(usable)]]]
    xy = ends[0] + 0.37 * (ends[1] - ends[0]) + np.array(beside)
    lon, lat = geo.to_lonlat(xy, streets.crs)
    return float(lon), float(lat)


names = st.sampled_from(sorted(NETWORKS))
modes = st.sampled_from(MODES)
picks = st.integers(0, 10**6)
besides = st.tuples(st.floats(-30, 30), st.floats(-30, 30))
slopes = st.sampled_from(["tobler", "naismith", "flat"])


@settings(max_examples=40, deadline=None)
@given(names, modes, slopes, st.tuples(picks, picks), st.tuples(besides, besides))
def test_router_field_and_matrix_tell_one_time_both_ways(name, mode, slope, pick, beside):
    net = network(name)
    travel = Travel(mode, slope=slope)
    here, there = (place(name, mode, *one) for one in zip(pick, beside, strict=True))
    if here == there:
        # Attachments don't know whose they are: they tell of a walk to the street and back.
        # That a place is at itself is for the rooms that know places.
        assert route(net, here, there, travel).minutes == 0
        return
    start, end = (
        net.snap(tuple(geo.to_metric(lonlat, net.crs)), 100.0, mode) for lonlat in (here, there)
    )
    graph = net.moving(travel)
    field = search(graph, start, LATEST_MS).times_ms(end.as_many())[0]
    towards = net.moving(replace(travel, towards=True))
    back = search(towards, end, LATEST_MS).times_ms(start.as_many())[0]
    one = np.array([0])
    pair = matrix(graph, start.as_many(), np.array([0, 1]), end.as_many(), one, 1, LATEST_MS)
    total = field + graph.walk_ms(end.distance_m)
    if not np.isfinite(field):
        assert np.isnan(pair[0][0, 0])
        with pytest.raises(AnalysisError, match="No route"):
            route(net, here, there, travel)
        return
    assert pair[0][0, 0] == total
    assert back + graph.walk_ms(start.distance_m) == total
    turned = matrix(towards, end.as_many(), np.array([0, 1]), start.as_many(), one, 1, LATEST_MS)
    assert turned[0][0, 0] == total
    told = route(net, here, there, travel)
    if here == there:
        # Nobody goes to the street and back to where they are.
        assert told.minutes == 0.0
        return
    assert told.minutes == total / 60_000
    assert sum(step.minutes for step in told.steps) == pytest.approx(told.minutes)
    assert sum(step.metres for step in told.steps) == pytest.approx(told.metres)


def clipped(name, mode, xy, reach_m):
    """Return segments near a place, and both ends of what of each lies in the circle round it."""
    usable, tree = near(name, mode)
    found = usable[tree.query(Point(xy), predicate="dwithin", distance=reach_m)]
    streets = network(name).streets
    ends = streets.node_xy[streets.segment_nodes[found]]
    along = ends[:, 1] - ends[:, 0]
    square = np.maximum((along**2).sum(axis=1), 1e-12)
    middle = ((xy - ends[:, 0]) * along).sum(axis=1) / square
    away2 = ((ends[:, 0] + middle[:, None] * along - xy) ** 2).sum(axis=1)
    half = np.sqrt(np.maximum(reach_m**2 - away2, 0.0) / square)
    return found, np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def ground_ms(name, mode, step, reached, xy, reach_m):
    """Return the least time of street points within reach of a place.

    Along a street time has no dip but at the start, so the ends of what is clipped are the
    soonest, and where it is near the step between the pin and its street, which counts as a
    whole with the time of the street.
    """
    segment, low, high = clipped(name, mode, xy, reach_m)
    fraction = np.concatenate([low, high])
    at = Attachments(
        np.concatenate([segment, segment]).astype(np.int32),
        fraction,
        np.zeros((len(fraction), 2)),
        np.zeros(len(fraction)),
    )
    least = float(reached.times_ms(at).min(initial=np.inf))
    if shapely.dwithin(step, Point(xy), reach_m):
        graph = network(name).moving(Travel(mode))
        least = min(least, float(graph.start_ms(np.array([step.length]))[0]))
    return least


# Ground that only the pin itself is near to, on the far side of its street's.
@example("edited", "walk", True, "tobler", 69, (-27.0, 0.0), 3, 74)
@settings(max_examples=30, deadline=None)
@given(names, modes, st.booleans(), slopes, picks, besides, st.integers(3, 20), st.integers(0, 99))
def test_inside_is_where_the_ground_is_reached_in_time(
    name, mode, towards, slope, pick, beside, minutes, seed
):
    net = network(name)
    here = place(name, mode, pick, beside)
    travel = Travel(mode, towards=towards, slope=slope)
    found = isochrone(net, here, [minutes], travel, cell_m=CELL_M)
    pin = tuple(geo.to_metric(here, net.crs))
    start = net.snap(pin, 500.0, mode)
    step = shapely.LineString([pin, start.xy])
    # A search of its own, by the router's costs and on to where nothing is cut off.
    graph = net.moving(travel)
    reached = search(graph, start, minutes * 60_000 + 600_000)
    random = np.random.default_rng(seed)
    streets = net.streets
    parts = reached.segment[random.integers(0, len(reached.segment), 40)]
    ends = streets.node_xy[streets.segment_nodes[parts]]
    spots = ends.mean(axis=1) + random.uniform(-1.2, 1.2, (40, 2)) * found.reach_m
    area, cutoff = found.areas[0], minutes * 60_000
    inside = shapely.contains_xy(area, spots[:, 0], spots[:, 1])
    for xy, within in zip(spots, inside.tolist(), strict=True):
        # The area's edge lies within a cell of where it should.
        if ground_ms(name, mode, step, reached, xy, found.reach_m - CELL_M) <= cutoff:
            assert within
        elif ground_ms(name, mode, step, reached, xy, found.reach_m + CELL_M) > cutoff:
            assert not within


@settings(max_examples=20, deadline=None)
@given(modes, picks, picks)
def test_where_all_is_symmetric_there_and_back_take_the_same(mode, one, other):
    both = symmetric()
    usable = both.streets.segment_nodes
    a, b = (
        both.snap(tuple(both.streets.node_xy[usable[pick % len(usable)]].mean(axis=0)), 200.0, mode)
        for pick in (one, other)
    )
    times = []
    for towards in (False, True):
        graph = both.moving(Travel(mode, towards=towards))
        for start, end in ((a, b), (b, a)):
            (ms,) = search(graph, start, 24 * 3_600_000).times_ms(end.as_many())
            times.append(ms - graph.walk_ms(start.distance_m))
    assert np.isfinite(times).all()
    assert max(times) == min(times)


@cache
def symmetric():
    """Return the shipped streets, level and open to all both ways, without limits and bans."""
    made = Network.open().streets
    every = np.full_like(made.access, int(Access.WALK | Access.BIKE | Access.DRIVE))
    kinds = made.traffic
    if kinds is not None:
        kinds = replace(kinds, maxspeed_kmh=np.zeros_like(kinds.maxspeed_kmh))
    return Network(replace(made, access=every, traffic=kinds, turns=None, climb_m=None))


def test_the_ferry_is_worth_its_wait():
    """The made ferry is taken, or the proofs above would say nothing of one."""
    made = hilly().streets
    a, b = made.segment_nodes[made.ferries.segment[:2], 0]
    lonlat = [tuple(map(float, geo.to_lonlat(made.node_xy[node], made.crs))) for node in (a, b)]
    for mode in ("walk", "bike"):
        told = route(hilly(), *lonlat, Travel(mode))
        (boat,) = (step for step in told.steps if step.kind == "ferry")
        assert boat.minutes * 60 == pytest.approx(FERRY_S + WAIT_S, abs=0.01)
