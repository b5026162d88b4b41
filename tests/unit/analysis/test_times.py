"""Times between two sets of places: against the plainest search for time, then length."""

import heapq
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import Point, box
from shapely.geometry import Polygon

from sandbox.analysis.times import times
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.worlds import CRS, at, streets, world

ALL = int(Access.WALK | Access.BIKE | Access.DRIVE)
ONE_WAY = int(Access.WALK | Access.BIKE | Access.DRIVE_FORWARD)
WALK = Travel(walk_kmh=3.6)


def places(points, names=None):
    shapes_lonlat = [
        shapes.to_lonlat(one if isinstance(one, Polygon) else Point(at(*one)), CRS)
        for one in points
    ]
    return gpd.GeoDataFrame(
        {"id": names or [f"p{i}" for i in range(len(points))]},
        geometry=shapes_lonlat,
        crs="EPSG:4326",
    )


def square(west, south, east, north):
    return box(*at(west, south), *at(east, north))


def table(network, from_points, to_points, minutes=60.0, travel=WALK, **more):
    return times(network, places(from_points), places(to_points), minutes, travel, **more).pairs


STREET = world([(0, 0), (600, 0), (600, 400)], [(0, 1), (1, 2)])


def test_steps_count_at_both_ends():
    # 30 m to the street, 200 m along it, 10 m from it; a metre a second.
    (row,) = table(STREET, [(100, 30)], [(300, 10)]).itertuples()
    assert (row.from_id, row.to_id) == ("p0", "p0")
    assert row.minutes * 60 == pytest.approx(240, abs=0.01)
    assert row.metres == pytest.approx(240, abs=0.01)


def test_pairs_stand_in_the_order_of_the_places():
    got = table(STREET, [(0, 0), (600, 400)], [(600, 0), (300, 0), (600, 300)])
    assert got["from_id"].tolist() == ["p0"] * 3 + ["p1"] * 3
    assert got["to_id"].tolist() == ["p0", "p1", "p2"] * 2
    assert got["metres"].tolist() == pytest.approx([600, 300, 900, 400, 700, 100], abs=0.01)


def test_what_takes_longer_is_empty():
    got = table(STREET, [(0, 5)], [(50, 0), (70, 0), (50, 8)], minutes=1)
    assert got["minutes"].isna().tolist() == [False, True, True]
    assert got["metres"].isna().tolist() == [False, True, True]


def test_who_is_there_already_needs_no_time():
    got = table(STREET, [(100, 30), square(-20, -20, 50, 50)], [(100, 30), (10, 10)])
    assert got["minutes"].tolist()[0] == 0
    assert got["metres"].tolist()[3] == 0
    assert got["minutes"].tolist()[1] > 0


def test_an_area_is_left_and_entered_along_its_edge():
    park = square(200, -10, 300, 40)
    got = table(STREET, [park, (0, 0)], [(500, 0), park])
    out, into = got["metres"].tolist()[0], got["metres"].tolist()[3]
    assert (out, into) == (pytest.approx(200, abs=0.01), pytest.approx(200, abs=0.01))


def test_there_and_back_differ_where_streets_go_one_way():
    ring = world(
        [(0, 0), (300, 0), (300, 300), (0, 300)],
        [(0, 1), (1, 2), (2, 3), (3, 0)],
        access=[ONE_WAY] * 4,
    )
    points = [(100, 0), (200, 0)]
    car = Travel("drive", walk_kmh=3.6)
    got = table(ring, points, points, travel=car)["metres"].tolist()
    assert got == pytest.approx([0, 100, 1100, 0], abs=0.01)
    # A row names where it leads from and to: there is nothing to turn round.
    back = table(ring, points, points, travel=Travel("drive", 3.6, towards=True))["metres"]
    assert back.tolist() == pytest.approx(got)


def test_places_without_a_street_are_named_and_empty():
    found = times(STREET, places([(0, 0), (0, 5000)], ["near", "far"]), places([(50, 0)]), 60, WALK)
    assert found.without_street == ("far",)
    assert found.pairs["minutes"].isna().tolist() == [False, True]


def plainest(graph, start, end):
    """Return least time, and the length of the shortest of the fastest ways, by brute force."""
    streets_, ms = graph.streets, graph.segment_ms
    length = streets_.length_m.astype(float)
    best, queue = {}, []
    step = graph.walk_ms(start.distance_m)
    for way, share in ((0, 1 - start.fraction), (1, start.fraction)):
        if ms[start.segment, way] != NEVER_MS:
            time = step + int(np.rint(share * ms[start.segment, way]))
            node = int(streets_.segment_nodes[start.segment, 1 - way])
            heapq.heappush(queue, (time, start.distance_m + share * length[start.segment], node))
    while queue:
        time, far, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = time, far
        for k in range(graph.offsets[node], graph.offsets[node + 1]):
            other, cost = graph.edges[k].tolist()
            heapq.heappush(queue, (time + cost, far + length[graph.edge_segment[k]], other))
    ends = []
    for way, share in ((0, end.fraction), (1, 1 - end.fraction)):
        node = int(streets_.segment_nodes[end.segment, way])
        if ms[end.segment, way] == NEVER_MS:
            continue
        # A part of the streets that no way leads to from here is a world of its own.
        time, far = best.get(node, (np.inf, np.inf))
        ends.append((time + share * ms[end.segment, way], far + share * length[end.segment]))
        ahead = (end.fraction - start.fraction) * (1 if way == 0 else -1)
        if start.segment == end.segment and ahead >= 0:
            ends.append(
                (
                    step + ahead * ms[end.segment, way],
                    start.distance_m + ahead * length[end.segment],
                )
            )
    time, far = min(ends, default=(np.inf, np.inf))
    if time == np.inf:
        return np.nan, np.nan
    return time + graph.walk_ms(end.distance_m), far + end.distance_m


def tied_to(network, point, mode):
    """Return where a place meets the streets; None where its own street hangs alone."""
    try:
        return network.snap(at(*point), 3000.0, mode)
    except NetworkError:
        return None


def at_its_crossing(network, tied):
    """Return where a place stands on each street of its crossing: it takes any of them."""
    if tied is None or 0.0 < tied.fraction < 1.0:
        return [] if tied is None else [tied]
    nodes = network.streets.segment_nodes
    node = nodes[tied.segment, int(tied.fraction)]
    return [
        replace(tied, segment=int(segment), fraction=float(end))
        for segment, end in np.argwhere(nodes == node)
    ]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), mode=st.sampled_from(["walk", "bike", "drive"]))
# A place that lies beyond the end of a one-way street, where others meet it.
@example(seed=689940, mode="drive")
# A place of each lies at streets that cars don't get both to and back from: it has no times.
@example(seed=254, mode="drive")
@example(seed=798, mode="drive")
def test_times_and_lengths_are_those_of_the_plainest_search(seed, mode):
    random = np.random.default_rng(seed)
    # Points of a coarse grid, so that many ways take the same time.
    xy = random.integers(0, 6, (25, 2)) * 150.0 + random.uniform(0, 0.01, (25, 2))
    ends = [(i, int(random.integers(0, i))) for i in range(1, 25)]
    ends += [tuple(random.choice(25, 2, replace=False)) for _ in range(20)]
    network = Network(streets(xy, ends, access=random.choice([ALL, ONE_WAY], len(ends))))
    travel = Travel(mode)
    points = random.uniform(0, 900, (6, 2))
    got = table(network, points[:3].tolist(), points[3:].tolist(), 240.0, travel, snap_m=3000.0)
    graph = network.moving(travel)
    tied = [tied_to(network, point, mode) for point in points]
    stands = [at_its_crossing(network, one) for one in tied]
    expected = [
        min(
            (plainest(graph, a, b) for a in one for b in other),
            key=lambda found: np.nan_to_num(found[0], nan=np.inf),
            default=(np.nan, np.nan),
        )
        for one in stands[:3]
        for other in stands[3:]
    ]
    for row, (time, far) in zip(got.itertuples(), expected, strict=True):
        assert row.minutes * 60_000 == pytest.approx(time, abs=1.0, nan_ok=True)
        assert row.metres == pytest.approx(far, abs=0.05, nan_ok=True)


def test_many_threads_give_what_one_gives():
    random = np.random.default_rng(1)
    points = random.uniform(0, 600, (40, 2)).tolist()
    got = table(STREET, points, points, snap_m=2000.0)
    again = table(STREET, points, points, snap_m=2000.0)
    assert got.equals(again)
    lonlat = geo.to_lonlat(np.array([at(*point) for point in points]), CRS)
    assert len(lonlat) ** 2 == len(got)


def test_faults_are_said_all_at_once():
    with pytest.raises(AnalysisError) as caught:
        table(STREET, [(0, 0)], [(1, 1)], minutes=0.1, travel=Travel(walk_kmh=99, hour=33))
    assert len(caught.value.faults) == 3
    with pytest.raises(NetworkError, match="no streets for the mode"):
        table(STREET, [(0, 0)], [(1, 1)], travel=Travel("drive"))


def test_too_many_pairs_are_refused():
    many = gpd.GeoDataFrame({"id": ["x"] * 4000}, geometry=[Point(106, 29)] * 4000, crs="EPSG:4326")
    with pytest.raises(AnalysisError, match="too many"):
        times(STREET, many, many, 10, WALK)
