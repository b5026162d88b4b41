"""What a wall compares: the same question by every mode, on a grid whose ways can be counted."""

import pytest
import shapely

from sandbox.app.answering import answer
from sandbox.app.jobs import Cancelled, Job
from sandbox.app.kiosk.scenes.by_modes import compared_in, reach_by_modes
from sandbox.app.questions import ReachQuestion
from sandbox.streets.modes import Access
from tests.support.atlas import MIDDLE_XY, at, small_atlas
from tests.support.show import small_scenes

ONE, PRESS, _ = small_scenes()
# On foot 80 m a minute: in 5 minutes 400 m along streets, and what counts beside them.
FIVE_MIN_M = 400.0
QUESTION = ReachQuestion(at(0, 0), (5.0,))


@pytest.fixture(scope="module")
def atlas():
    return small_atlas(Access.WALK | Access.DRIVE)


@pytest.fixture(scope="module")
def compared(atlas):
    return reach_by_modes(atlas, PRESS, 0, QUESTION, ("walk", "drive"), Job("x", lambda _: None))


def test_only_scenes_that_offer_several_possible_modes_compare_them(atlas):
    assert compared_in(atlas, PRESS, 0, QUESTION) == ("walk", "drive")
    assert compared_in(atlas, PRESS, 0, None) == ()
    assert compared_in(atlas, ONE, 0, QUESTION) == ()
    # Streets for walkers alone leave nothing to compare.
    assert compared_in(small_atlas(), PRESS, 0, QUESTION) == ()


def test_each_mode_has_the_same_time_and_its_own_ground(compared):
    assert compared.minutes == 5.0
    assert [one.mode for one in compared.modes] == ["walk", "drive"]
    walked, driven = (one.ground for one in compared.modes)
    west, _, east, _ = shapely.bounds(walked)
    # As far west as east of the origin, along a street that runs both ways.
    assert MIDDLE_XY[0] - west == pytest.approx(FIVE_MIN_M, abs=60.0)
    assert east - MIDDLE_XY[0] == pytest.approx(FIVE_MIN_M, abs=60.0)
    assert shapely.area(shapely.difference(walked, driven)) < 0.02 * shapely.area(walked)
    for one in compared.modes:
        # True to the ground, which is 0.4 per mille more than the grid's at its middle.
        assert one.km2 == pytest.approx(shapely.area(one.ground) / 1e6, rel=1e-3)


def test_it_says_of_the_mode_asked_for_what_the_map_does(atlas, compared):
    assert compared.modes[0].km2 == answer(atlas, QUESTION).isochrone.areas_km2[-1]


def test_it_ends_where_nobody_waits(atlas):
    job = Job("x", lambda _: None)
    job.cancel()
    with pytest.raises(Cancelled):
        reach_by_modes(atlas, PRESS, 0, QUESTION, ("walk", "drive"), job)
