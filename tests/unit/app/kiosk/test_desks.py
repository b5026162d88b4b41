"""Minutes to desks, and the way through several places, on a grid whose ways can be counted."""

import pytest

from sandbox.analysis.places.access import access_points
from sandbox.app import places
from sandbox.app.answers.journey import through
from sandbox.app.jobs import Cancelled, Job
from sandbox.app.kiosk.desks import desk_times
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.catalog.scenes import Desks
from tests.support.atlas import at, small_atlas

# Streets run every 120 m; one walks 4.8 km/h.
M_PER_MINUTE = 80.0
LABORATORY, HOSPITAL = Selected("labs", "labs_0"), Selected("services", "services_0")
# The laboratory at (-300, 100) has its street 20 m north, at y = 120; the hospital at
# (-800, -300) its 40 m west, at x = -840.
LABORATORY_M, HOSPITAL_M = 20.0, 40.0


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


def job():
    return Job("desks", lambda _progress: None)


def test_minutes_are_those_along_the_streets_and_to_the_door(atlas):
    asked = Desks(to=("labs/labs_0", "services/services_0"), modes=("walk",))
    found = desk_times(atlas, asked, ReachQuestion(at(0, 0)), job())
    to_laboratory = 300 + 120 + LABORATORY_M
    to_hospital = 840 + 300 + HOSPITAL_M
    assert found.minutes == {
        "walk": (
            pytest.approx(to_laboratory / M_PER_MINUTE, abs=0.02),
            pytest.approx(to_hospital / M_PER_MINUTE, abs=0.02),
        )
    }
    assert [way_.metres for way_ in found.routes] == pytest.approx(
        [to_laboratory, to_hospital], abs=1.0
    )


def test_beyond_the_time_looked_for_there_is_none_but_the_way_is_drawn(atlas):
    asked = Desks(to=("services/services_0",), modes=("walk",), minutes=10)
    found = desk_times(atlas, asked, ReachQuestion(at(0, 0)), job())
    assert found.minutes == {"walk": (None,)}
    assert len(found.routes) == 1


def test_from_a_place_it_is_the_place_that_counts(atlas):
    asked = Desks(to=("services/services_0",), modes=("walk",))
    from_laboratory = ReachQuestion(at(-300, 100), place=LABORATORY)
    found = desk_times(atlas, asked, from_laboratory, job())
    metres = LABORATORY_M + (840 - 300) + (120 + 300) + HOSPITAL_M
    assert found.minutes["walk"][0] == pytest.approx(metres / M_PER_MINUTE, abs=0.02)


def test_nobody_waits_for_a_question_that_is_asked_no_more(atlas):
    late = job()
    late.cancel()
    asked = Desks(to=("services/services_0",), modes=("walk",))
    with pytest.raises(Cancelled):
        desk_times(atlas, asked, ReachQuestion(at(0, 0)), late)


def test_a_way_through_places_goes_on_from_each_door(atlas):
    there = through(atlas, (LABORATORY, HOSPITAL, LABORATORY), "walk", job())
    metres = LABORATORY_M + (840 - 300) + (120 + 300) + HOSPITAL_M
    assert [leg.metres for leg in there if leg is not None] == pytest.approx(
        [metres, metres], abs=1.0
    )
    first, second = there
    assert first.to_lonlat == pytest.approx(second.from_lonlat)


def test_a_place_that_is_not_there_leaves_a_gap(atlas):
    there = through(atlas, (LABORATORY, Selected("labs", "none"), HOSPITAL), "walk", job())
    assert there[0] is None
    assert there[1] is not None


def test_no_place_touches_a_point_that_was_pressed(atlas):
    """Who asks from a point hands in no shape to start from."""
    points = access_points(atlas.network, places.all_places(atlas.layers))
    assert points.touching().tolist() == []
