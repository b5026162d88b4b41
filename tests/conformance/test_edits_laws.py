"""Laws of edited streets, on real ones: closing never helps, adding never hurts."""

import geopandas as gpd
import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from sandbox.analysis.times import times
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.matrix import matrix
from sandbox.engine.search import search
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from tests.support.real import helsinki
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

quick = settings(max_examples=20, deadline=None)
shares = st.tuples(st.floats(0.3, 0.7), st.floats(0.3, 0.7))
modes = st.sampled_from(["walk", "bike", "drive"])
CUTOFF_MS = 1_800_000


def xy(share):
    west, south, east, north = helsinki().streets.bounds
    return west + share[0] * (east - west), south + share[1] * (north - south)


def shape(kind, share, size_m):
    x, y = xy(share)
    made = {
        "closed": LineString([(x, y), (x + size_m, y + size_m)]),
        "path": LineString([(x, y), (x + size_m, y + size_m)]),
        "footbridge": LineString([(x, y), (x + size_m, y + size_m)]),
    }.get(kind, box(x, y, x + size_m, y + size_m))
    return shapes.to_lonlat(made, helsinki().crs)


def node_ms(network, start, mode):
    """Return when each node of the old network is reached from a point of an old segment."""
    reached = search(network.moving(Travel(mode)), start, CUTOFF_MS)
    times = np.full(len(network.streets.node_xy), np.inf)
    times[reached.node] = reached.node_ms
    return times[: len(helsinki().streets.node_xy)]


@quick
@given(shares, shares, st.floats(50, 1500), modes, st.sampled_from(["closed", "avoid", "slow"]))
def test_closing_and_slowing_is_never_faster(begin, where, size_m, mode, kind):
    edit = StreetEdit(kind, shape(kind, where, size_m), time_factor=3.0 if kind == "slow" else 1.0)
    edited = apply(helsinki(), StreetEdits((edit,))) if _crosses(edit) else helsinki()
    start = helsinki().snap(xy(begin), 5_000.0, mode)
    before, after = (node_ms(net, start, mode) for net in (helsinki(), edited))
    assert (after >= before).all()


@quick
@given(shares, shares, st.floats(50, 900), modes, st.sampled_from(["closed", "avoid"]))
def test_places_get_nowhere_sooner_where_streets_are_closed(begin, where, size_m, mode, kind):
    edit = StreetEdit(kind, shape(kind, where, size_m))
    edited = apply(helsinki(), StreetEdits((edit,))) if _crosses(edit) else helsinki()
    x, y = xy(where)
    # Some of them in the middle of what is closed, or beside it.
    spots = [xy(begin), (x, y), (x + size_m / 2, y + size_m / 2), (x + size_m, y - 40.0)]
    before, after = (minutes(net, spots, mode) for net in (helsinki(), edited))
    assert ((after >= before - 1e-9) | np.isnan(after)).all()


def minutes(network, spots, mode):
    """Return the minutes between all pairs of spots, NaN where one has no street."""
    lonlat = geo.to_lonlat(np.array(spots), network.crs)
    frame = gpd.GeoDataFrame(
        {"id": range(len(spots))}, geometry=gpd.points_from_xy(*lonlat.T), crs="EPSG:4326"
    )
    found = times(network, frame, frame, 240.0, Travel(mode), snap_m=500.0)
    return found.pairs["minutes"].to_numpy(dtype=float)


def _crosses(edit):
    """Return whether a closing line meets any street; one that doesn't is refused."""
    if edit.kind != "closed":
        return True
    streets = helsinki().streets
    metric = shapes.to_metric(edit.shape, streets.crs)
    lines = streets.lines(np.flatnonzero(streets.near(metric.bounds, 0.0)))
    return any(metric.intersects(line) for line in lines)


@quick
@given(shares, shares, st.floats(30, 400), modes, st.sampled_from(["path", "footbridge"]))
def test_adding_is_never_slower_but_for_rounding(begin, where, size_m, mode, kind):
    edit = StreetEdit(kind, shape(kind, where, size_m), modes=(mode,))
    old = helsinki()
    ends = np.array([edit.shape.coords[0], edit.shape.coords[-1]])
    if (old.snap_all(geo.to_metric(ends, old.crs), 40.0, mode).segment < 0).all():
        return  # it joins no street, and is refused
    new = apply(old, StreetEdits((edit,)))
    start_xy = old.snap(xy(begin), 5_000.0, mode).xy
    before = node_ms(old, old.snap(start_xy, 1.0, mode), mode)
    after = node_ms(new, new.snap(start_xy, 1.0, mode), mode)
    # Pieces of cut streets round to whole milliseconds each.
    cut = int((new.streets.access[: len(old.streets.access)] != old.streets.access).sum())
    late = after > before + 2 + 2 * cut
    assert not (late & (before <= CUTOFF_MS - 2 - 2 * cut)).any()


@quick
@given(shares, modes)
def test_edits_that_are_off_change_nothing(where, mode):
    edits = StreetEdits((StreetEdit("avoid", shape("avoid", where, 500.0)),))
    assert apply(helsinki(), edits.switched(0, on=False)) is helsinki()
    # Something that touches no street changes no time either.
    start = helsinki().snap(xy(where), 5_000.0, mode)
    sea = StreetEdit("avoid", box(0.0, 0.0, 0.001, 0.001))
    same = apply(helsinki(), StreetEdits((sea,)))
    assert (node_ms(same, start, mode) == node_ms(helsinki(), start, mode)).all()


@quick
@given(shares)
@example((0.6999999999999998, 0.5230784534204224))  # 2.5 cm from a crossing
def test_a_street_cut_by_a_dead_end_keeps_its_times(where):
    old = helsinki()
    tied = old.snap(xy(where), 5_000.0)
    # A path into the void from a street's middle: as long as the street is there.
    x, y = tied.xy
    edit = StreetEdit("footbridge", shapes.to_lonlat(LineString([(x, y), (x, y + 300)]), old.crs))
    new = apply(old, StreetEdits((edit,)))
    place = (tied.xy[0], tied.xy[1])
    before = node_ms(old, old.snap(place, 1.0), "walk")
    after = node_ms(new, new.snap(place, 1.0), "walk")
    assert (after <= np.where(np.isfinite(before), before + 4, np.inf)).all()
    assert Point(place).distance(Point(new.snap(place, 1.0).xy)) < 0.01


# --- in made worlds with private drives --------------------------------------------------------

EVERYBODY = int(Access.WALK | Access.BIKE | Access.DRIVE)
# Bikes are pushed there.
PUSHED = EVERYBODY | int(Access.BIKE_PUSHED)
FAR_MS = 7_200_000


@st.composite
def estates(draw):
    """Return a ring of streets, yards inside, drives between them, and lines drawn over it all."""
    count = draw(st.integers(3, 7))
    turn = np.arange(count) * 2 * np.pi / count
    xy = [(300 * np.cos(a), 300 * np.sin(a)) for a in turn]
    # Yards on no line between corners, and places on no crossing of two such lines.
    xy += [(40.0 * (i + 1) + 1.7, 25.0 * i * i + 3.1) for i in range(draw(st.integers(1, 3)))]
    node = st.integers(0, len(xy) - 1)
    pairs = st.tuples(node, node).filter(lambda pair: pair[0] != pair[1])
    round_ = [{i, (i + 1) % count} for i in range(count)]
    # Of two streets over each other rounding tells to which one a place is tied.
    more = draw(
        st.lists(
            pairs.filter(lambda pair: set(pair) not in round_),
            min_size=1,
            max_size=7,
            unique_by=frozenset,
        )
    )
    # What joins yards without being private lies behind the drives.
    own = [draw(st.sampled_from([EVERYBODY, EVERYBODY, 0])) for _ in more]
    segments = [(i, (i + 1) % count) for i in range(count)] + more
    access = [draw(st.sampled_from([EVERYBODY, EVERYBODY, PUSHED])) for _ in segments]
    network = world(xy, segments, access=access, private=[0] * count + own)
    along = st.builds(
        lambda pair, share: tuple(
            np.add(xy[pair[0]], share * np.subtract(xy[pair[1]], xy[pair[0]]))
        ),
        st.sampled_from(segments),
        st.sampled_from([0.0, 0.217, 0.613, 1.0]),
    )
    anywhere = st.tuples(st.sampled_from([-200.0, 90.0]), st.sampled_from([-150.0, 70.0, 260.0]))
    lines = st.lists(st.one_of(along, anywhere), min_size=2, max_size=3, unique=True)
    return network, draw(st.lists(lines, min_size=1, max_size=3)), draw(st.lists(along, min_size=4))


def on_streets(network, places, mode):
    """Return those of some places that lie on streets; what hangs together with none is gone."""
    every = np.array([at(*place) for place in places])
    return every[network.snap_all(every, 1.0, mode).segment >= 0]


def between_ms(network, places, mode):
    """Return the time between all places of a made world."""
    return times_ms(network, network.snap_all(places, 1.0, mode), mode)


def times_ms(network, doors, mode):
    """Return the time between all places that are tied to streets."""
    count = len(doors.segment)
    graph = network.moving(Travel(mode, walk_kmh=METRE_A_SECOND_KMH))
    found, _ = matrix(
        graph, doors, np.arange(count + 1), doors, np.arange(count), count, FAR_MS
    )  # fmt: skip
    return np.where(np.isnan(found), np.inf, found)


@settings(max_examples=60, deadline=None)
@given(
    estates(),
    st.sampled_from(["walk", "bike", "drive"]),
    st.lists(st.sampled_from(["path", "footbridge"]), min_size=3, max_size=3),
)
def test_streets_more_make_nothing_slower_where_drives_are_private(made, mode, kinds):
    network, lines, places = made
    places = on_streets(network, places, mode)
    edits = [
        StreetEdit(
            kind, shapes.to_lonlat(LineString([at(*place) for place in one]), CRS), modes=(mode,)
        )
        for kind, one in zip(kinds, lines, strict=False)
    ]
    before = between_ms(network, places, mode)
    for count in range(1, len(edits) + 1):
        try:
            edited = apply(network, StreetEdits(tuple(edits[:count])))
        except NetworkError:
            return  # a line joins no street
        after = between_ms(edited, places, mode)
        # Pieces of cut streets round to whole milliseconds each. A place less than 10 cm from a
        # cut is at the crossing there, a tenth of a second on foot.
        cut = len(edited.streets.access) - len(network.streets.access)
        assert (after <= before + 4 + 2 * cut + 2 * 100).all()
        before = after


@settings(max_examples=60, deadline=None)
@given(
    estates(),
    st.sampled_from(["walk", "bike", "drive"]),
    st.lists(st.sampled_from(["closed", "avoid"]), min_size=3, max_size=3),
)
def test_streets_less_make_nothing_faster_where_drives_are_private(made, mode, kinds):
    network, lines, places = made
    places = on_streets(network, places, mode)
    doors = network.snap_all(places, 1.0, mode)
    edits = tuple(
        StreetEdit(kind, shapes.to_lonlat(shape, CRS))
        for kind, one in zip(kinds, lines, strict=False)
        for drawn in [LineString([at(*place) for place in one])]
        for shape in [drawn if kind == "closed" else drawn.buffer(5.0)]
    )
    before = times_ms(network, doors, mode)
    for count in range(1, len(edits) + 1):
        try:
            edited = apply(network, StreetEdits(edits[:count]))
            after = times_ms(edited, doors, mode)
        except NetworkError:
            return  # a line closes nothing, or nothing is left
        assert (after >= before).all()
        before = after
