"""What is measured on the map, against a grid city whose lengths are known."""

import pytest

from sandbox.app.jobs import Job
from sandbox.app.own.measuring import along_streets, area_said, length_said, measured
from sandbox.errors import AnalysisError
from tests.support.atlas import at, small_atlas, small_state

JOB = Job("test", lambda _progress: None)


def test_distance_and_area_are_those_on_the_ground():
    # 300 by 400 m: the map's metres are within 0.1 % of the ground's here.
    corners = (at(0, 0), at(300, 0), at(300, 400))
    found = measured(corners)
    assert found.metres == pytest.approx(700, rel=1e-3)
    assert found.km2 == pytest.approx(0.06, rel=2e-3)
    assert measured(corners[:2]).km2 is None
    assert measured(corners[:1]).metres == 0.0
    bow = (at(0, 0), at(100, 100), at(100, 0), at(0, 100))
    assert measured(bow).km2 is None


def test_the_way_along_streets_goes_round_the_blocks():
    atlas = small_atlas()
    state = small_state(atlas)
    # Two junctions a block east and two north of each other: 360 m at 4.8 km/h are 4.5 min.
    points = (at(0, 0), at(120, 240))
    found = along_streets(points, atlas, state, JOB)
    assert found.metres == pytest.approx(360, rel=2e-3)
    assert found.minutes == pytest.approx(4.5, rel=2e-3)
    assert found.mode == "walk"
    there_and_back = along_streets((*points, points[0]), atlas, state, JOB)
    assert there_and_back.metres == pytest.approx(2 * found.metres)
    with pytest.raises(AnalysisError):
        along_streets((at(0, 0), at(9000, 0)), atlas, state, JOB)


def test_lengths_and_areas_are_said_in_fitting_units():
    assert str(length_said(999.4)) == "999 m"
    assert str(length_said(12_345.0)) == "12.35 km"
    assert str(area_said(0.0123)) == "12,300 m²"
    assert str(area_said(2.5)) == "2.500 km²"
