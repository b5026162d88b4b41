"""Laws of edited streets, on real ones: closing never helps, adding never hurts."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.network.costs import Travel
from sandbox.network.edits import StreetEdit, StreetEdits, apply
from sandbox.network.search import search
from tests.support.real import helsinki

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
