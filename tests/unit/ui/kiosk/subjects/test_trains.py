"""Trains stand on their line where headway and minutes between stations put them."""

import numpy as np
import pytest

from sandbox.transit.lines import Line, LineStop, Period
from sandbox.ui.kiosk.subjects.trains import Trains
from tests.support.atlas import CRS, MIDDLE_XY, at


def line(both_ways):
    # 3 minutes over 2 km, then 2 minutes over 1 km; a train every 4 minutes at most.
    stops = [
        LineStop("a", "", "", at(0, 0)),
        LineStop("b", "", "", at(2000, 0), 3.0),
        LineStop("c", "", "", at(3000, 0), 2.0),
    ]
    periods = (Period(6 * 3600, 9 * 3600, 240), Period(9 * 3600, 22 * 3600, 600))
    return Line("m", "", "", "metro", tuple(stops), periods, dwell_s=0, both_ways=both_ways)


def places(both_ways, elapsed_s):
    found = Trains([line(both_ways)], CRS).places(elapsed_s)
    assert np.allclose(found[:, 1], MIDDLE_XY[1], atol=1.0)
    return sorted(found[:, 0] - MIDDLE_XY[0])


@pytest.mark.parametrize(
    ("elapsed_s", "expected"),
    [
        # A minute of theirs a second: after one minute a third of the way to b, 5 > length.
        (1.0, [2000 / 3]),
        (0.0, [0.0, 2500.0]),
        (0.5, [1000 / 3, 2750.0]),
        # Every four minutes all is as before.
        (401.0, [2000 / 3]),
    ],
)
def test_they_follow_one_another_at_the_headway(elapsed_s, expected):
    assert places(False, elapsed_s) == pytest.approx(expected, abs=3.0)


def test_a_line_that_runs_back_has_trains_both_ways():
    # Back: c to b in 2 minutes, b to a in 3; after one minute half way from c to b.
    assert places(True, 1.0) == pytest.approx([2000 / 3, 2500.0], abs=3.0)


def test_without_lines_there_are_none():
    assert Trains([], CRS).places(7.0).shape == (0, 2)
