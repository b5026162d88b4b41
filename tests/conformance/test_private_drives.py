"""Private drives: the first and the last stretch of who lives there, and no way through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.route import route
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.counts import counts
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets import sandnet
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.travel import Travel
from tests.support.osm_map import write_pbf
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, scipy_node_ms, seeds_of, world

WALK, DRIVE = int(Access.WALK), int(Access.DRIVE)
EVERYBODY = int(Access.WALK | Access.BIKE | Access.DRIVE)
# Bikes are pushed there.
PUSHED = EVERYBODY | int(Access.BIKE_PUSHED)
FAR_MS = 7_200_000
# A street round a block of 1000 m by 400 m; a drive leads through its middle from north to
# south, and a lane off the drive.
XY = [(0, 0), (500, 0), (1000, 0), (1000, 400), (500, 400), (0, 400), (500, 200), (600, 200)]
SEGMENTS = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (1, 6), (6, 4), (6, 7)]
OWN = [0] * 6 + [WALK | DRIVE] * 3
BLOCK = world(XY, SEGMENTS, access=[WALK | DRIVE] * 9, private=OWN)


def lonlat(place):
    lon, lat = geo.to_lonlat(at(*place), CRS)
    return float(lon), float(lat)


@pytest.mark.parametrize("mode", ["walk", "drive"])
@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        # Round the block, not through it.
        ((500, 0), (500, 400), 1400),
        ((450, 0), (450, 400), 1300),
        # From the drive, and to it, by its nearer end.
        ((500, 150), (400, 0), 150 + 100),
        ((400, 400), (500, 250), 100 + 150),
        # From the lane by the whole drive, either way.
        ((580, 200), (480, 400), 80 + 200 + 20),
        ((580, 200), (480, 0), 80 + 200 + 20),
        # On it, all the way.
        ((500, 50), (500, 350), 300),
        ((500, 50), (600, 200), 150 + 100),
        ((500, 200), (600, 200), 100),
    ],
)
def test_one_leaves_and_comes_by_it_and_does_not_pass(mode, start, end, metres):
    found = route(BLOCK, lonlat(start), lonlat(end), Travel(mode))
    assert found.metres == pytest.approx(metres, abs=0.1)
    back = route(BLOCK, lonlat(end), lonlat(start), Travel(mode))
    assert back.metres == pytest.approx(metres, abs=0.1)


def test_it_is_reached_ground_as_the_last_stretch():
    # At 60 m a minute two minutes lead 120 m up the drive from its southern end.
    area = isochrone(BLOCK, lonlat((500, 0)), [2], Travel(walk_kmh=3.6), reach_m=20).areas[0]
    assert area.bounds[3] == pytest.approx(at(0, 140)[1], abs=3)
    # Who begins on it comes out at both ends, and goes on.
    area = isochrone(BLOCK, lonlat((500, 200)), [5], Travel(walk_kmh=3.6), reach_m=20).areas[0]
    low, high = at(0, -20)[1], at(0, 420)[1]
    assert (area.bounds[1], area.bounds[3]) == pytest.approx((low, high), abs=3)


def test_from_one_drive_over_the_street_to_another():
    # Two estates at a street of 300 m; between them a private gate that nobody passes.
    xy = [(0, 0), (300, 0), (0, 100), (300, 100), (900, 0)]
    network = world(
        xy, [(0, 1), (1, 4), (0, 2), (1, 3)], private=[0, 0, WALK, WALK]
    )  # fmt: skip
    assert route(network, lonlat((0, 80)), lonlat((300, 90)), Travel()).metres == pytest.approx(
        80 + 300 + 90, abs=0.1
    )


def test_what_is_reached_only_by_it_is_private_as_well():
    # A street, a private drive of 100 m, and behind it public streets with a drive of their own.
    xy = [(0, 0), (3000, 0), (3000, 100), (3000, 300), (3200, 300), (3200, 100), (3100, 200)]
    pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 2), (5, 6), (6, 3)]
    own = [0, WALK, 0, 0, 0, 0, WALK, WALK]
    network = world(xy, pairs, private=own)
    there = route(network, lonlat((2900, 0)), lonlat((3100, 300)), Travel())
    assert there.metres == pytest.approx(100 + 100 + 200 + 100, abs=0.1)
    # From corner to corner round the block behind, not through its drive.
    across = route(network, lonlat((3200, 100)), lonlat((3000, 300)), Travel())
    assert across.metres == pytest.approx(400, abs=0.1)
    up_there = route(network, lonlat((2900, 0)), lonlat((3150, 150)), Travel())
    assert up_there.metres == pytest.approx(200 + 200 + np.hypot(50, 50), abs=0.1)


@st.composite
def worlds(draw):
    """Return a world of public streets, and private drives between its nodes or off them."""
    count = draw(st.integers(3, 7))
    turn = np.arange(count) * 2 * np.pi / count
    xy = [(300 * np.cos(a), 300 * np.sin(a)) for a in turn]
    public = [(i, (i + 1) % count) for i in range(count)]
    # Drives meet in yards inside the round.
    yards = draw(st.integers(1, 3))
    xy += [(40.0 * (i + 1), 25.0 * i * i) for i in range(yards)]
    node = st.integers(0, count + yards - 1)
    pairs = st.tuples(node, node).filter(lambda pair: pair[0] != pair[1])
    more = draw(st.lists(pairs, min_size=1, max_size=8))
    return xy, public, more


@settings(max_examples=40, deadline=None)
@given(worlds(), st.sampled_from(["walk", "bike", "drive"]))
def test_drives_never_change_times_between_places_that_are_not_on_them(made, mode):
    xy, public, more = made
    every = [PUSHED, *[EVERYBODY] * (len(public) + len(more) - 1)]
    own = [0] * len(public) + [EVERYBODY] * len(more)
    with_drives = world(xy, public + more, access=every, private=own)
    without = world(xy, public, access=every[: len(public)])
    places = np.array([at(*xy[i]) for i in range(len(public))])
    places = np.concatenate([places, (places + np.roll(places, 1, axis=0)) / 2])
    count = len(places)
    offsets, numbers = np.arange(count + 1), np.arange(count)
    found = []
    for network in (with_drives, without):
        graph = network.moving(Travel(mode, walk_kmh=METRE_A_SECOND_KMH))
        doors = network.snap_all(places, 500.0, mode)
        ms, _ = matrix(graph, doors, offsets, doors, numbers, count, FAR_MS)
        found.append(ms)
        for number in numbers:
            reached = search(graph, doors[numbers == number], FAR_MS)
            steps = graph.start_ms(doors.distance_m) - sum(graph.fixed_ms)
            np.testing.assert_array_equal(reached.times_ms(doors) + steps, ms[number])
        limits = np.array([100_000, 300_000, 900_000], dtype=np.int32)
        none = np.zeros(count + 1, dtype=np.int64), np.empty(0, dtype=np.int64)
        sums = counts(
            graph, doors, offsets, doors, numbers, np.ones(count), limits, *none
        )  # fmt: skip
        np.testing.assert_array_equal(sums, [[(r <= c).sum() for c in limits] for r in ms])
    np.testing.assert_array_equal(*found)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.integers(0, 99))
def test_pairs_counts_and_searches_agree_about_places_on_drives(made, seed):
    xy, public, more = made
    own = [0] * len(public) + [WALK] * len(more)
    network = world(xy, public + more, private=own)
    graph = network.moving(Travel(walk_kmh=METRE_A_SECOND_KMH))
    draw = np.random.default_rng(seed)
    places = np.array([at(*place) for place in xy])
    places = np.concatenate([places, places + draw.uniform(-90, 90, places.shape)])
    count = len(places)
    doors = network.snap_all(places, 500.0)
    offsets, numbers = np.arange(count + 1), np.arange(count)
    ms, _ = matrix(graph, doors, offsets, doors, numbers, count, FAR_MS)
    steps = graph.start_ms(doors.distance_m)
    for number in numbers:
        reached = search(graph, doors[numbers == number], FAR_MS)
        times = reached.times_ms(doors) + steps
        np.testing.assert_array_equal(np.where(np.isfinite(times), times, np.nan), ms[number])
    limits = np.array([100_000, 300_000, 900_000], dtype=np.int32)
    none = np.zeros(count + 1, dtype=np.int64), np.empty(0, dtype=np.int64)
    sums = counts(graph, doors, offsets, doors, numbers, np.ones(count), limits, *none)
    np.testing.assert_array_equal(sums, [[(r <= c).sum() for c in limits] for r in ms])


@settings(max_examples=60, deadline=None)
@given(worlds(), st.data(), st.sampled_from(["walk", "bike", "drive"]), st.booleans())
def test_every_crossing_has_the_time_that_scipy_finds(made, data, mode, towards):
    xy, public, more = made
    ahead = int(Access.WALK_FORWARD | Access.BIKE_FORWARD | Access.DRIVE_FORWARD)
    ways = [data.draw(st.sampled_from([EVERYBODY, PUSHED, ahead])) for _ in more]
    own = [data.draw(st.sampled_from([1, 1, 0])) * EVERYBODY for _ in more]
    every = [EVERYBODY] * len(public) + ways
    network = world(xy, public + more, access=every, private=[0] * len(public) + own)
    made_of = network.streets
    graph = network.moving(Travel(mode, walk_kmh=METRE_A_SECOND_KMH, towards=towards))
    bits = np.uint16(sum(ACCESS[mode]))
    for segment in np.flatnonzero(made_of.access & bits).tolist():
        a, b = made_of.node_xy[made_of.segment_nodes[segment]]
        for share in (0.0, 0.3):
            start = network.snap(tuple(a + share * (b - a)), 1.0, mode)
            reached = search(graph, start, FAR_MS)
            mine = np.full(len(graph.streets.node_xy), np.inf)
            mine[reached.node] = reached.node_ms - sum(graph.fixed_ms)
            expected = scipy_node_ms(graph, seeds_of(graph, start), FAR_MS)
            np.testing.assert_array_equal(mine, expected)


def test_private_bits_are_kept_in_the_file(tmp_path):
    sandnet.save(BLOCK.streets, tmp_path / "a.sandnet")
    again = Network.open(tmp_path / "a.sandnet")
    np.testing.assert_array_equal(again.streets.private, BLOCK.streets.private)


ROAD = {"highway": "residential"}


@pytest.mark.parametrize("value", ["private", "destination", "customers", "permit"])
def test_tags_make_a_street_private(tmp_path, value):
    # A to C by the street round, 400 m; BE is a short cut of 100 m that is private.
    drawing = "ABC\n.E.\nDFG"
    ways = {"ABCGFDA": ROAD, "BE": {**ROAD, "access": value}, "EF": {**ROAD, "access": value}}
    places = write_pbf(tmp_path / "a.osm.pbf", drawing, ways)
    network = Network(build_osm(tmp_path / "a.osm.pbf"))
    found = route(network, places["B"], places["F"], Travel())
    assert found.metres == pytest.approx(100 + 200 + 100, abs=1)
    assert route(network, places["E"], places["F"], Travel()).metres == pytest.approx(100, abs=1)


def test_who_lives_behind_a_private_gate_comes_and_goes_by_it(tmp_path):
    ways = {"ABC": ROAD, "CDE": ROAD}
    gate = {"C": {"barrier": "gate", "access": "private"}}
    places = write_pbf(tmp_path / "a.osm.pbf", "ABCDE", ways, gate)
    network = Network(build_osm(tmp_path / "a.osm.pbf"))
    assert route(network, places["A"], places["E"], Travel()).metres == pytest.approx(400, abs=1)
    closed = {"C": {"barrier": "gate", "access": "no"}}
    places = write_pbf(tmp_path / "b.osm.pbf", "ABCDE", ways, closed)
    network = Network(build_osm(tmp_path / "b.osm.pbf"))
    with pytest.raises(NetworkError, match="belongs to 200 m of streets"):
        route(network, places["A"], places["E"], Travel())


def test_a_search_from_the_street_takes_no_node_twice_for_drives_that_are_dead_ends():
    # Nine drives of 50 m at a street of 1000 m: 11 crossings and 9 houses.
    xy = [(100 * i, 0) for i in range(11)] + [(100 * i, 50) for i in range(1, 10)]
    pairs = [(i, i + 1) for i in range(10)] + [(i, 10 + i) for i in range(1, 10)]
    network = world(xy, pairs, private=[0] * 10 + [WALK] * 9)
    graph = network.moving(Travel(walk_kmh=METRE_A_SECOND_KMH))
    reached = search(graph, network.snap(at(450, 0), 10.0), FAR_MS)
    assert len(reached.node) == len(reached.copies[0]) == 20
    # Two pieces from the start, ten of the street and nine drives.
    assert len(reached.segment) == 2 + 10 + 9
    # The street's near end is 450 m away, as is the crossing at 900 m; the house there 50 m
    # more, and the far end 550 m.
    assert sorted(reached.node_ms.tolist())[-4:] == [450_000, 450_000, 500_000, 550_000]


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_a_new_path_takes_nobodys_way_home_away(mode):
    # A street of 3000 m, a private drive of 100 m at its end, and a public pocket behind it. A
    # new path of 1000 m or more joins the pocket with the street far off.
    every = WALK | DRIVE
    xy = [(0, 0), (2000, 0), (3000, 0), (3000, 100), (3000, 300)]
    pairs = [(0, 1), (1, 2), (2, 3), (3, 4)]
    old = world(xy, pairs, access=[every] * 4, private=[0, 0, every, 0])
    line = LineString([lonlat((2000, 0)), lonlat((3000, 300))])
    new = apply(old, StreetEdits((StreetEdit("path", line, modes=(mode,)),)))
    for network in (old, new):
        # Along the street and up the drive into the pocket, as before.
        home = route(network, lonlat((2900, 0)), lonlat((3000, 200)), Travel(mode))
        assert home.metres == pytest.approx(100 + 100 + 100, abs=0.1)
        out = route(network, lonlat((3000, 200)), lonlat((2900, 0)), Travel(mode))
        assert out.metres == pytest.approx(100 + 100 + 100, abs=0.1)
    # From the street by the path to the pocket's far end, and from its near end to there.
    # A car is sooner there by the faster street and the drive, which is its way as before.
    far = route(new, lonlat((2000, 0)), lonlat((3000, 300)), Travel(mode))
    assert far.metres == pytest.approx(
        np.hypot(1000, 300) if mode == "walk" else 1000 + 100 + 200, abs=2
    )
    # Who is on the path's last twentieth comes and goes by the pocket and its drive as well: a
    # street more takes no way away, and that twentieth alone, drawn first, would lead there only.
    # On foot the pocket's street beside it is as near as before there was a path: 50 m.
    rest_m = 0.05 * np.hypot(1000, 300) + 200 if mode == "drive" else 50 + 185
    for ends in (((2950, 285), (2900, 0)), ((2900, 0), (2950, 285))):
        through = route(new, *map(lonlat, ends), Travel(mode))
        assert through.metres == pytest.approx(rest_m + 100 + 100, abs=2)


RING = [(300 * np.cos(a), 300 * np.sin(a)) for a in np.arange(6) * np.pi / 3]
DRIVEN = world(
    [*RING, (40, 0)],
    [*((i, (i + 1) % 6) for i in range(6)), (0, 6)],
    access=[WALK | DRIVE] * 7,
    private=[0] * 6 + [WALK | DRIVE],
)


def drawn(network, mode, *lines):
    paths = (
        StreetEdit("path", LineString([lonlat(place) for place in one]), modes=(mode,))
        for one in lines
    )
    return apply(network, StreetEdits(tuple(paths)))


def check_metres(network, mode, told):
    """Hold the ways between places to what was worked out, there and back."""
    for start, end, metres in told:
        for pair in ((start, end), (end, start)):
            found = route(network, *map(lonlat, pair), Travel(mode))
            assert found.metres == pytest.approx(metres, abs=0.5), pair


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_a_path_to_the_end_of_a_drive_leaves_the_drive_to_who_lives_there(mode):
    # From the ring's corner to the drive's end it is 260 m, and the path is the hypotenuse of
    # 190 m and 259.8 m. Through path and drive, 582 m, nobody goes: round the ring it is 600 m.
    corner = RING[2]
    path_m = np.hypot(40 - corner[0], corner[1])
    new = drawn(DRIVEN, mode, [corner, (40, 0)])
    check_metres(DRIVEN, mode, [(RING[0], (40, 0), 260), (RING[0], corner, 600)])
    told = [
        (RING[0], (40, 0), 260),
        ((200, 0), (40, 0), 160),
        (corner, (40, 0), path_m),
        (corner, (140, 0), path_m + 100),
        (RING[0], corner, 600),
    ]
    check_metres(new, mode, told)


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_a_path_over_a_drive_leaves_places_there_their_right_to_it(mode):
    # The path lies on the drive for 190 m, and goes on to a corner of the ring.
    corner = RING[2]
    path_m = np.hypot(60 - corner[0], corner[1])
    new = drawn(DRIVEN, mode, [(250, 0), (60, 0), corner])
    told = [
        ((100, 0), RING[0], 200),
        ((100, 0.06), RING[0], 200),
        ((100, 0), corner, 40 + path_m),
        ((280, 0), RING[0], 20),
        ((40, 0), RING[0], 260),
        (RING[0], corner, 600),
    ]
    check_metres(new, mode, told)
    # Across it, the place on the crossing has both.
    across = drawn(DRIVEN, mode, [(100, -20), (100, 20), corner])
    by_path_m = 20 + np.hypot(100 - corner[0], corner[1] - 20)
    check_metres(across, mode, [((100, 0), RING[0], 200), ((100, 0), corner, by_path_m)])


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_a_second_path_takes_nothing_from_who_is_on_the_first(mode):
    # A path of 100 m beyond the drive's end: by the drive it is 360 m. A second one joins it
    # with the ring.
    corner, beyond = RING[2], (40, 100)
    first = drawn(DRIVEN, mode, [(40, 0), beyond])
    both = drawn(DRIVEN, mode, [(40, 0), beyond], [beyond, corner])
    for network in (first, both):
        check_metres(network, mode, [(RING[0], beyond, 360), (RING[0], (40, 50), 310)])
    check_metres(both, mode, [(corner, beyond, np.hypot(40 - corner[0], corner[1] - 100))])


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_closing_a_street_opens_no_drive(mode):
    # A street of 1000 m, a lane of 700 m from its one end to a yard, and a drive of 100 m from
    # its other end there. The lane closed, who is in the yard's lane is cut off.
    every = WALK | DRIVE
    xy = [(0, 0), (1000, 0), (0, 100), (600, 100), (1000, 100), (1000, -900)]
    pairs = [(0, 1), (0, 2), (2, 3), (3, 4), (4, 1), (1, 5)]
    network = world(xy, pairs, access=[every] * 6, private=[0, 0, 0, 0, every, 0])
    check_metres(network, mode, [((900, 100), (1000, -100), 900 + 100 + 1000 + 100)])
    line = LineString([lonlat((-50, 50)), lonlat((50, 50))])
    closed = apply(network, StreetEdits((StreetEdit("closed", line),)))
    with pytest.raises(AnalysisError):
        route(closed, lonlat((900, 100)), lonlat((1000, -100)), Travel(mode))
    # From the drive one gets to both, as before.
    told = [((1000, 50), (900, 100), 150), ((1000, 50), (1000, -100), 150)]
    for one in (network, closed):
        check_metres(one, mode, told)
