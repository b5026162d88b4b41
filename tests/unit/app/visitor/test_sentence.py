"""A visitor's answer in one sentence: what is counted, and by which name it begins."""

from dataclasses import replace

import pytest
from shapely.geometry import Point

from sandbox.app.answering import answer
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.state import MapState
from sandbox.app.visitor.sentence import nearest, sentence
from sandbox.catalog.layer import Style
from tests.support.atlas import at, layer, small_atlas, small_state


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    made = small_atlas()
    services = layer("services", "point", Style(category="service"), [
        {"shape": Point(60, 60), "name_zh": "东小学", "name_en": "East Primary", "kind": "school"},
        {"shape": Point(-60, 60), "name_zh": "西小学", "name_en": "West Primary",
         "kind": "school_primary"},
        {"shape": Point(-120, 0), "name_zh": "城西医院", "name_en": "West Hospital",
         "kind": "hospital"},
        {"shape": Point(0, 3000), "name_zh": "远医院", "name_en": "Far Hospital",
         "kind": "hospital"},
    ])  # fmt: skip
    return Atlas({**made.layers, "services": services}, made.network)


def answered(atlas: Atlas, question: ReachQuestion) -> MapState:
    state = changed(small_state(atlas), reach=question)
    return changed(state, reach_answer=answer(atlas, question))


@pytest.fixture(scope="module")
def near_lake(atlas: Atlas) -> MapState:
    """Ten minutes, 800 m of streets, from 60 m beside the middle; the lake's shore is at 510 m."""
    return answered(atlas, ReachQuestion(at(240, 240), (5.0, 10.0)))


def test_what_is_within_reach_is_counted_by_groups_and_lakes_are_seen(atlas, near_lake):
    told = sentence(atlas, near_lake, "zh")
    assert told is not None
    # The two schools and the hospital are within 800 m of streets; the other hospital is not.
    assert told.words.first == "从这里步行10分钟：1座湖、2所学校、1家医院"
    assert told.words.second == (
        "On foot, 10 minutes from here: 1\u00a0lake, 2\u00a0schools, 1\u00a0hospital"
    )


def test_a_layer_that_the_map_does_not_show_is_not_counted(atlas, near_lake):
    shown = tuple(replace(one, visible=one.id == "services") for one in near_lake.document.layers)
    told = sentence(atlas, changed(near_lake, layers=shown), "en")
    assert told is not None
    assert told.words.first.endswith("here: 2\u00a0schools, 1\u00a0hospital")


def test_where_nothing_is_reached_the_ground_is_told(atlas, near_lake):
    none = tuple(replace(one, visible=False) for one in near_lake.document.layers)
    told = sentence(atlas, changed(near_lake, layers=none), "zh")
    assert told is not None
    area = near_lake.answers.reach_answer.isochrone.areas_km2[-1]
    assert told.words.first == f"从这里步行10分钟：{area:.1f}\u00a0平方公里"


def test_a_place_is_called_by_its_name_and_a_point_by_what_stands_near(atlas):
    by_name = answered(
        atlas, ReachQuestion(at(60, 60), (5.0,), place=Selected("services", "services_0"))
    )
    assert sentence(atlas, by_name, "en").place.first == "East Primary"
    beside = answered(atlas, ReachQuestion(at(100, 60), (5.0,)))
    assert sentence(atlas, beside, "zh").place.first == "东小学附近"


def test_the_nearest_place_is_by_its_edge_and_none_is_told_from_afar(atlas):
    # The community's edge is 20 m away, the park's 60 m more; its middle is 170 m away.
    place = nearest(atlas, at(-480, 650))
    assert place is not None
    assert place.name("en") == "Wutong Talent Homes"
    assert nearest(atlas, at(-480, 650), within_m=15.0) is None


def test_without_an_answer_there_is_no_sentence(atlas):
    assert sentence(atlas, small_state(atlas), "zh") is None
