"""Segments joined into lines."""

import numpy as np
import pytest
import shapely

from sandbox.draw.ground.chains import chain
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance, StreetClass, Structure
from tests.support.atlas import CRS, at, streets


def small(nodes, pairs, classes=None):
    count = len(pairs)
    return assemble(
        CRS,
        [at(x, y) for x, y in nodes],
        pairs,
        classes or [StreetClass.STREET] * count,
        [Structure.GROUND] * count,
        [int(Access.WALK)] * count,
        [-1] * count,
        (),
        Provenance("", "", "", "", schematic=True),
    )


def test_a_straight_street_is_one_line():
    made = chain(small([(0, 0), (100, 0), (200, 5), (300, 0)], [(0, 1), (1, 2), (2, 3)]))
    assert len(made.starts) == 2
    assert len(made.xy) == 4


def test_a_sharp_bend_stays_one_line_but_a_side_street_begins_another():
    bend = chain(small([(0, 0), (100, 0), (40, 30)], [(0, 1), (1, 2)]))
    assert len(bend.starts) - 1 == 1
    fork = chain(small([(0, 0), (100, 0), (200, 0), (100, 90)], [(0, 1), (1, 2), (1, 3)]))
    assert sorted(np.diff(fork.starts)) == [2, 3]


def test_a_change_of_class_ends_a_line():
    made = chain(
        small(
            [(0, 0), (100, 0), (200, 0)],
            [(0, 1), (1, 2)],
            [StreetClass.STREET, StreetClass.ARTERIAL],
        )
    )
    assert sorted(made.street_class) == [StreetClass.STREET, StreetClass.ARTERIAL]


def test_every_segment_is_drawn_once():
    net = streets(10).streets
    made = chain(net)
    lengths = [
        float(np.hypot(*np.diff(made.xy[a:b], axis=0).T).sum())
        for a, b in zip(made.starts[:-1], made.starts[1:], strict=True)
    ]
    ends = net.node_xy[net.segment_nodes]
    assert sum(lengths) == pytest.approx(float(np.hypot(*(ends[:, 0] - ends[:, 1]).T).sum()))
    # A grid of 11 + 11 streets, each of one class from end to end; at two corners of the
    # city, where nothing else meets, two of the same class go on into one another.
    assert len(lengths) == 20


def test_simplified_lines_stay_within_the_tolerance():
    made = chain(streets(6).streets)
    wobbly = made.xy + np.random.default_rng(1).normal(0, 0.4, made.xy.shape)
    rough = type(made)(wobbly, made.starts, made.street_class, made.structure, made.name)
    simple = rough.simplified(3.0, 0.0)
    whole = shapely.MultiLineString(
        [simple.xy[a:b] for a, b in zip(simple.starts[:-1], simple.starts[1:], strict=True)]
    )
    assert len(simple.xy) < len(rough.xy)
    assert shapely.distance(whole, shapely.points(wobbly)).max() <= 3.0


def test_some_lines_can_be_taken_out_of_all():
    made = chain(streets(4).streets)
    xy, starts = made.taken(np.array([3, 0]))
    assert np.array_equal(xy[: starts[1]], made.xy[made.starts[3] : made.starts[4]])
    assert np.array_equal(xy[starts[1] :], made.xy[made.starts[0] : made.starts[1]])
