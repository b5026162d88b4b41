"""A way that walks itself: where it is by the clock."""

import math
from dataclasses import replace

import pytest

from sandbox.app.answers.journey import through
from sandbox.app.jobs import Job
from sandbox.app.kiosk.stroll import Stroll
from sandbox.app.questions import Selected
from tests.support.atlas import small_atlas


@pytest.fixture(scope="module")
def legs():
    stops = [Selected("labs", "labs_0"), Selected("labs", "labs_1"), Selected("labs", "labs_0")]
    return through(small_atlas(), stops, "walk", Job("way", lambda _progress: None))


def test_it_walks_every_leg_from_its_beginning_to_its_end(legs):
    stroll = Stroll(legs)
    seen = [stroll.at(tenth / 10) for tenth in range(int(stroll.length_s * 10))]
    assert (seen[0].leg, seen[0].minutes, seen[0].stop) == (0, 0.0, 0)
    assert [one.stop for one in seen] == sorted(one.stop for one in seen)
    assert {one.stop for one in seen} == {0, 1, 2}
    for leg in (0, 1):
        walked = [one.minutes for one in seen if one.leg == leg]
        assert walked == sorted(walked)
        assert walked[0] == pytest.approx(0.0, abs=0.2)
        assert walked[-1] == pytest.approx(legs[leg].minutes, abs=0.2)


def test_at_its_end_it_begins_anew(legs):
    stroll = Stroll(legs)
    assert stroll.at(stroll.length_s + 2.0) == stroll.at(2.0)


def test_where_nothing_may_move_it_is_at_its_end(legs):
    stand = Stroll(legs).at(math.inf)
    assert (stand.leg, stand.stop) == (1, 2)
    assert stand.minutes == legs[1].minutes


def test_a_long_leg_shows_longer_but_not_in_proportion(legs):
    short = Stroll(legs[:1]).length_s
    long = Stroll((replace(legs[0], minutes=9 * legs[0].minutes),)).length_s
    assert short < long < 9 * short


def test_a_leg_that_no_way_leads_along_is_passed_over(legs):
    stroll = Stroll((None, legs[0]))
    assert stroll.at(math.inf).stop == 2
    assert {stroll.at(tenth / 10).leg for tenth in range(int(stroll.length_s * 10))} == {0, 1}
