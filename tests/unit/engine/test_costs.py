"""What each street costs by each mode: by hand, and laws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import paths
from sandbox.analysis.route import route
from sandbox.engine import costs
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets import speed_table
from sandbox.streets.modes import Access
from sandbox.streets.slopes import tobler
from sandbox.streets.streets import StreetClass, Traffic
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.worlds import at, scipy_node_ms, seeds_of, streets, world

ALL = int(Access.WALK | Access.BIKE | Access.DRIVE)
KINDS = ("primary", "path", "steps", "motorway")


def row(access, street_class=StreetClass.LOCAL, kind=None, limits=(0, 0), length_m=1000.0):
    """Return one street a kilometre long, with a way back so that it stays."""
    made = streets([(0, 0), (length_m, 0)], [(0, 1)], access=[ALL])
    traffic = None
    if kind is not None:
        traffic = Traffic(
            KINDS,
            np.array([KINDS.index(kind)], dtype=np.uint8),
            np.array([limits], dtype=np.uint8),
        )
    return replace(
        made,
        access=np.array([int(access)], dtype=np.uint16),
        street_class=np.array([street_class], dtype=np.uint8),
        traffic=traffic,
    )


def seconds(street, **travel):
    ms = costs.segment_ms(street, Travel(**travel))[0]
    return [None if one == NEVER_MS else one / 1000 for one in ms.tolist()]


def kmh(speed):
    return pytest.approx(3600 / speed, abs=1e-3)


def test_walking_costs_are_those_of_one_speed_to_the_bit():
    random = np.random.default_rng(2)
    xy = random.uniform(0, 900, (300, 2))
    ends = [(i, int(random.integers(0, i))) for i in range(1, 300)]
    town = world(xy, ends)
    for speed in (0.5, 3.7, 4.8, 20.0):
        one, other = town.graph("walk", speed), town.moving(Travel(walk_kmh=speed))
        assert (one.segment_ms == other.segment_ms).all()
        assert (one.edges == other.edges).all()
        assert one.speed_kmh == other.speed_kmh


def test_a_car_goes_by_kind_then_class_then_limit():
    table = speed_table.load().drive
    assert seconds(row(ALL), mode="drive") == [kmh(table.class_kmh["local"])] * 2
    primary = row(ALL, kind="primary")
    assert seconds(primary, mode="drive") == [kmh(table.kind_kmh["primary"])] * 2
    limited = row(ALL, kind="primary", limits=(60, 0))
    ahead, back = seconds(limited, mode="drive")
    assert (ahead, back) == (kmh(60 * table.limit_share), kmh(table.kind_kmh["primary"]))
    # A kind without a speed goes by its class.
    path = row(ALL, StreetClass.PATH, kind="path")
    assert seconds(path, mode="drive") == [kmh(table.class_kmh["path"])] * 2


def test_congestion_multiplies_by_class_and_hour():
    table = speed_table.load().drive
    for street, name in ((StreetClass.ARTERIAL, "arterial"), (StreetClass.LOCAL, "local")):
        free, _ = seconds(row(ALL, street), mode="drive")
        for hour in (0, 8, 17, 23):
            busy, _ = seconds(row(ALL, street), mode="drive", hour=hour)
            assert busy == pytest.approx(free * table.congestion[name][hour], abs=2e-3)
    ferry = row(ALL, StreetClass.FERRY)
    assert seconds(ferry, mode="drive", hour=8) == seconds(ferry, mode="drive")
    # Who walks or rides isn't held up.
    assert seconds(row(ALL), mode="bike", hour=8) == seconds(row(ALL), mode="bike")


def test_a_bike_goes_by_kind_and_no_faster_than_the_limit():
    share = speed_table.load().bike.share
    assert seconds(row(ALL, kind="primary"), mode="bike", bike_kmh=18) == [kmh(18)] * 2
    path = row(ALL, StreetClass.PATH, kind="path")
    assert seconds(path, mode="bike", bike_kmh=20) == [kmh(20 * share["path"])] * 2
    slow = row(ALL, kind="primary", limits=(10, 60))
    assert seconds(slow, mode="bike", bike_kmh=20) == [kmh(10), kmh(20)]


def test_a_pushed_bike_walks_and_climbs_steps_slower():
    pushed = Access.BIKE | Access.BIKE_PUSHED
    flat = row(pushed, StreetClass.PATH)
    assert seconds(flat, mode="bike", bike_kmh=25, walk_kmh=4) == [kmh(4)] * 2
    stairs = row(pushed, StreetClass.STEPS)
    factor = speed_table.load().bike.steps_factor
    assert seconds(stairs, mode="bike", walk_kmh=4) == [kmh(4 / factor)] * 2


@pytest.mark.parametrize("mode", ["walk", "bike"])
def test_steps_are_as_slow_as_their_slope_or_as_steps_are_not_both(mode):
    factor = 2.0
    access = ALL | int(Access.BIKE_PUSHED)
    for climb, times in ((50.0, factor), (400.0, float(tobler(np.array([0.4]))[0]))):
        stairs = replace(
            row(access, StreetClass.STEPS), climb_m=np.array([[climb, 0.0]], dtype=np.float32)
        )
        up, _ = seconds(stairs, mode=mode, walk_kmh=4)
        assert up == kmh(4 / times)
    # On a ramp there is no such floor.
    ramp = replace(row(ALL, StreetClass.PATH), climb_m=np.array([[50.0, 0.0]], dtype=np.float32))
    assert seconds(ramp, walk_kmh=4)[0] == kmh(4 / float(tobler(np.array([0.05]))[0]))


def test_ways_that_are_closed_cost_never():
    street = row(Access.WALK_FORWARD | Access.BIKE_BACKWARD)
    assert [one is None for one in seconds(street, mode="walk")] == [False, True]
    assert [one is None for one in seconds(street, mode="bike")] == [True, False]
    assert seconds(street, mode="drive") == [None, None]


def test_a_table_of_ones_own(tmp_path):
    text = (paths.assets() / "speeds.toml").read_text("utf-8")
    own = tmp_path / "speeds.toml"
    shipped = "[walk]\n" + text.split("[walk]\n")[1].split("[bike]")[0]
    assert shipped.count("steps_factor = 2.0") == 1
    own.write_text(
        text.replace(shipped, shipped.replace("steps_factor = 2.0", "steps_factor = 1.5")), "utf-8"
    )
    stairs = row(ALL, StreetClass.STEPS)
    assert seconds(stairs, walk_kmh=4) == [kmh(4 / 2)] * 2
    assert seconds(stairs, walk_kmh=4, speeds_file=str(own)) == [kmh(4 / 1.5)] * 2


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.replace("limit_share = 0.9", "limit_share = 9"), "drive.limit_share"),
        (lambda t: t.replace("primary = 50", 'primary = "fast"'), "drive.kind_kmh.primary"),
        (lambda t: t.replace("local = 25", ""), "lacks driving speeds for: local"),
        (lambda t: t.replace("[walk]", "[swim]"), "swim"),
        (lambda t: t.replace("1.0, 1.0]", "1.0]"), "drive.congestion.express"),
        (lambda t: t.replace("steps_factor = 2.0", "steps_factor = nan"), "walk.steps_factor"),
        (lambda t: t + "[[", "can't be read"),
    ],
)
def test_a_wrong_table_is_refused_with_all_its_faults(tmp_path, spoil, said):
    text = (paths.assets() / "speeds.toml").read_text("utf-8")
    own = tmp_path / "speeds.toml"
    own.write_text(spoil(text), "utf-8")
    with pytest.raises(NetworkError) as caught:
        speed_table.load(own)
    told = str(caught.value) + " ".join(map(str, caught.value.faults))
    assert said in told


def test_a_missing_or_unreadable_table_is_refused(tmp_path):
    with pytest.raises(NetworkError, match="can't be read"):
        speed_table.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NetworkError, match="can't be read"):
        speed_table.load(tmp_path / "bytes.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (2 << 20))
    with pytest.raises(NetworkError, match="larger than 1 MB"):
        speed_table.load(tmp_path / "large.toml")


def test_impossible_figures_are_refused_all_at_once():
    town = Network(row(ALL))
    with pytest.raises(NetworkError) as caught:
        town.moving(Travel("bike", walk_kmh=float("nan"), bike_kmh=90, hour=24))
    assert len(caught.value.faults) == 3
    with pytest.raises(NetworkError, match="no streets for the mode swim"):
        town.moving(Travel("swim"))


def ladder(seed, count=120):
    """Return a random town with one-way streets, kinds and limits."""
    random = np.random.default_rng(seed)
    xy = random.uniform(0, 3000, (count, 2))
    ends = [(i, int(random.integers(0, i))) for i in range(1, count)]
    ends += [tuple(random.choice(count, 2, replace=False)) for _ in range(count)]
    one_way = [ALL, ALL, int(Access.WALK | Access.BIKE | Access.DRIVE_FORWARD)]
    made = streets(xy, ends, access=random.choice(one_way, len(ends)))
    size = len(made.segment_nodes)
    return replace(
        made,
        street_class=random.integers(0, 7, size).astype(np.uint8),
        traffic=Traffic(
            KINDS,
            random.integers(0, len(KINDS), size).astype(np.uint8),
            random.choice([0, 0, 30, 60], (size, 2)).astype(np.uint8),
        ),
    )


@pytest.mark.parametrize("travel", [Travel("bike"), Travel("drive"), Travel("drive", hour=8)])
@pytest.mark.parametrize("towards", [False, True])
def test_times_are_those_of_scipy_in_both_directions(travel, towards):
    town = Network(ladder(3))
    graph = town.moving(replace(travel, towards=towards))
    for x, y in [(100, 200), (1500, 900), (2500, 2500)]:
        start = town.snap(at(x, y), 5000.0, travel.mode)
        reached = search(graph, start, 900_000)
        times = np.full(len(town.streets.node_xy), np.inf)
        times[reached.node] = reached.node_ms
        assert (times == scipy_node_ms(graph, seeds_of(graph, start), 900_000)).all()


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 50),
    mode=st.sampled_from(["walk", "bike", "drive"]),
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    share=st.floats(0.05, 0.95),
)
def test_the_way_to_a_place_takes_as_long_towards_it_as_from_the_other(
    seed, mode, start, end, share
):
    town = Network(ladder(seed, 40))
    travel = Travel(mode)
    usable = np.flatnonzero((town.moving(travel).segment_ms != NEVER_MS).all(axis=1))
    a, b = (
        town.snap(tuple(point), 50.0, mode)
        for s, f in ((start, share), (end, 1 - share))
        for ends in [town.streets.node_xy[town.streets.segment_nodes[usable[s % len(usable)]]]]
        for point in [ends[0] + f * (ends[1] - ends[0])]
    )
    there = search(town.moving(travel), a, 10**7).times_ms(b.as_many())[0]
    back = search(town.moving(replace(travel, towards=True)), b, 10**7).times_ms(a.as_many())[0]
    # Parts of a segment are rounded to a millisecond at either end.
    assert a.distance_m + b.distance_m < 1e-6
    assert np.isfinite(there)
    assert abs(there - back) <= 2


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 50), slow=st.floats(5, 40), more=st.floats(0, 5))
def test_who_rides_faster_is_nowhere_later(seed, slow, more):
    street = ladder(seed, 40)
    one, other = (
        costs.segment_ms(street, Travel("bike", bike_kmh=speed)) for speed in (slow, slow + more)
    )
    assert (other <= one).all()


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
def test_on_symmetric_streets_there_and_back_take_the_same(mode):
    made = ladder(7)
    town = Network(replace(made, access=np.full_like(made.access, ALL), traffic=None))
    a, b = (town.snap(at(*place), 5000.0, mode) for place in ((300, 400), (2400, 1900)))
    streets_only = []
    for towards in (False, True):
        graph = town.moving(Travel(mode, towards=towards))
        for one, other in ((a, b), (b, a)):
            (ms,) = search(graph, one, 10**7).times_ms(other.as_many())
            streets_only.append(ms - graph.walk_ms(one.distance_m))
    assert streets_only[0] > 0
    assert max(streets_only) - min(streets_only) <= 2


def test_getting_to_the_car_and_leaving_it_count_once_in_every_time(tmp_path):
    shipped = (paths.assets() / "speeds.toml").read_text("utf-8")
    slow = shipped.replace("reach_car_s = 0", "reach_car_s = 90").replace(
        "park_s = 0", "park_s = 150"
    )
    file = tmp_path / "speeds.toml"
    file.write_text(slow, "utf-8")
    both = int(Access.DRIVE | Access.WALK)
    made = world([(0, 0), (1000, 0), (2000, 0)], [(0, 1), (1, 2)], access=[both, both])
    a, b = (made.snap(at(x, 0), 1.0, "drive") for x in (100, 1900))
    for towards in (False, True):
        free, counted = (
            search(made.moving(Travel("drive", speeds_file=table, towards=towards)), a, 3_600_000)
            for table in (None, str(file))
        )
        late = counted.times_ms(b.as_many())[0] - free.times_ms(b.as_many())[0]
        assert late == 240_000
        ends = [tuple(map(float, geo.to_lonlat(one.xy, made.crs))) for one in (a, b)]
        told = route(made, *ends, Travel("drive", speeds_file=str(file)))
        first, last = told.steps[0].minutes, told.steps[-1].minutes
        assert (first, last) == pytest.approx((1.5, 2.5), abs=0.02)
        assert told.minutes * 60_000 == pytest.approx(counted.times_ms(b.as_many())[0], abs=60)
    feet = made.moving(Travel("walk", speeds_file=str(file)))
    assert feet.fixed_ms == (0, 0)
