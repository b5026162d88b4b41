"""Raw arrays become streets: connected, ordered, measured."""

import numpy as np
import pytest

from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets.assemble import assemble, hilbert_order
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance
from tests.support.worlds import CRS, at

BLANK = Provenance("t", "s", "l", "", schematic=False, report={"read": 7})


def made(xy, segments, access, **more):
    count = len(segments)
    lonlat = geo.to_lonlat([at(*p) for p in xy], CRS)
    fields = {"name": np.full(count, -1), "names": [], **more}
    return assemble(
        CRS, lonlat, segments, np.zeros(count), np.zeros(count), access,
        fields["name"], fields["names"], BLANK,
    )  # fmt: skip


def test_the_hilbert_curve_visits_the_four_quarters_in_its_order():
    quarters = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
    assert hilbert_order(quarters[[2, 0, 3, 1]]).tolist() == [1, 3, 0, 2]


def test_neighbours_along_the_curve_are_neighbours_on_the_ground():
    side = 32
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    xy = np.stack([x.ravel(), y.ravel()], axis=1).astype(float)
    along = xy[hilbert_order(xy)]
    assert (np.abs(np.diff(along, axis=0)).sum(axis=1) == 1).all()


def test_each_mode_keeps_its_own_largest_part():
    xy = [(0, 0), (100, 0), (200, 0), (300, 0)]
    both = int(Access.WALK | Access.DRIVE)
    streets = made(xy, [(0, 1), (1, 2), (2, 3)], [both, int(Access.WALK), both])
    # On foot all hang together; cars have two parts of one street, of which one stays.
    assert ((streets.access & Access.WALK) == Access.WALK).all()
    assert (streets.access & Access.DRIVE > 0).sum() == 1


def test_a_street_one_can_enter_but_not_leave_is_no_part():
    xy = [(0, 0), (100, 0), (100, 100), (200, 0)]
    ahead = int(Access.WALK_FORWARD)
    streets = made(xy, [(0, 1), (1, 2), (2, 0), (1, 3)], [ahead] * 4)
    assert len(streets.segment_nodes) == 3
    assert streets.provenance.report["segments_dropped"] == 1
    assert streets.provenance.report["read"] == 7


def test_nodes_and_names_without_a_street_are_dropped():
    streets = made([(0, 0), (50, 50), (100, 0)], [(0, 2)], [3], name=[1], names=["unused", "used"])
    assert len(streets.node_xy) == 2
    assert streets.names == ("used",)
    assert streets.name.tolist() == [0]


def test_lengths_are_those_on_the_ground():
    streets = made([(0, 0), (100, 0)], [(0, 1)], [3])
    assert streets.length_m[0] == pytest.approx(100 / 0.99972, rel=1e-5)


@pytest.mark.parametrize(("segments", "access"), [([], []), ([(0, 1)], [0]), ([(0, 0)], [3])])
def test_no_street_at_all_is_refused(segments, access):
    with pytest.raises(NetworkError, match="no connected street"):
        made([(0, 0), (100, 0)], np.array(segments).reshape(-1, 2), access)
