"""What a card says of an audit, in a town whose audit can be worked out by hand."""

import pytest

from sandbox.app.answering import with_results
from sandbox.app.answers.audit import AuditQuestion
from sandbox.app.changes import changed
from sandbox.app.kiosk.blocks import Heading, Note, Pair, Ramp, Row, Stated, Title
from sandbox.app.kiosk.completeness import completeness_blocks
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.scenes.playable import missing
from sandbox.app.questions import Selected
from sandbox.catalog.scenes import Scene
from tests.support.life_town import standard_file, town, town_state
from tests.support.show import scene

NOTHING = Pair("", "")
OPEN = "1 of 2 rules are not yet checked against the printed standard."


@pytest.fixture(scope="module")
def atlas():
    return town()


@pytest.fixture(scope="module")
def state(atlas, tmp_path_factory):
    standard = standard_file(tmp_path_factory.mktemp("standard"))
    question = AuditQuestion("homes", "people", standard, ("places",))
    return with_results(atlas, town_state(atlas, analyses=(question,), language="en"))


def first(block):
    return block.words.first


def test_the_district_is_told_by_what_most_people_lack(atlas, state):
    heading, mean, title, least, most, ramp, note = completeness_blocks(atlas, state, "en")
    assert isinstance(heading, Heading)
    assert first(heading) == "Life circles audited"
    # 100 of 157 people have the school near, 150 the kindergarten.
    assert isinstance(mean, Stated)
    assert mean.value == "80%"
    assert (first(mean), mean.source) == ("of people have it near", "mean of 2 kinds of facilities")
    assert isinstance(title, Title)
    assert first(title) == "What most people lack"
    assert [(first(one), one.value) for one in (least, most) if isinstance(one, Row)] == [
        ("Primary school, ≤ 300 m", "64%"), ("Kindergarten, ≤ 1000 m", "96%")
    ]  # fmt: skip
    assert isinstance(ramp, Ramp)
    assert isinstance(note, Note)
    assert first(note) == OPEN


def test_a_home_that_is_pressed_says_what_it_lacks_and_what_is_near(atlas, state):
    pressed = changed(state, selected=Selected("homes", "h1"))
    told = list(completeness_blocks(atlas, pressed, "en"))
    assert [first(one) for one in told if isinstance(one, Heading)] == ["h1"]
    assert [first(one) for one in told if isinstance(one, Title)] == ["Near enough: 1 of 2 kinds"]
    # The school is 1,300 m away, farther than three times its limit.
    (row,) = [one for one in told if isinstance(one, Row)]
    assert (first(row), row.value, row.unit) == ("Primary school, ≤ 300 m", "–", NOTHING)
    assert [first(one) for one in told if isinstance(one, Note)] == [
        "Near enough: Kindergarten", OPEN
    ]  # fmt: skip


def test_schematic_estates_say_so_on_every_card(tmp_path):
    atlas = town(schematic=True)
    question = AuditQuestion("homes", "people", standard_file(tmp_path), ("places",))
    state = with_results(atlas, town_state(atlas, analyses=(question,), language="zh"))
    told = list(completeness_blocks(atlas, state, "zh"))
    assert first(told[0]) == "生活圈体检（示意）"
    said = "小区与设施均为模拟，所有数字均为示意。"
    for chosen in (None, Selected("homes", "h2")):
        now = completeness_blocks(atlas, changed(state, selected=chosen), "zh")
        assert said in [first(one) for one in now if isinstance(one, Note)]


def test_before_the_answer_the_card_says_what_is_under_way(atlas):
    waiting = completeness_blocks(atlas, town_state(atlas), "en")
    assert [first(one) for one in waiting] == ["Life circles audited", "Auditing home by home"]


def audited(**fields):
    told = {"homes": "homes", "people": "people", "facilities": ["places"], **fields}
    plain = scene("district").model_dump(exclude={"camera"})
    camera = {"center": (106.3, 29.5), "width_m": 5000, "height_m": 3000}
    return Scene.model_validate({**plain, "camera": camera, "completeness": told})


def test_a_scene_that_audits_names_what_it_lacks(atlas):
    assert missing(audited(), atlas) == []
    lacking = missing(audited(homes="gone", area="nowhere", standard="none-2030"), atlas)
    assert [str(one) for one in lacking] == [
        "there is no layer gone", "there is no layer nowhere", "there is no standard none-2030"
    ]  # fmt: skip


def test_a_step_that_audits_asks_for_no_isochrone(atlas):
    steps = [
        {"id": "reach", "tile": {"zh": "走", "en": "Go"}},
        {"id": "all", "tile": {"zh": "齐", "en": "All"}, "completeness": {
            "homes": "homes", "people": "people", "facilities": ["places"], "area": "homes"}},
    ]  # fmt: skip
    plain = audited().model_dump(exclude={"completeness", "stages"})
    made = Scene.model_validate({**plain, "reach": {"at": (106.3, 29.5)}, "stages": steps})
    assert [scenes.question_of(atlas, made, step) is None for step in (0, 1)] == [False, True]
    assert scenes.audit_of(made, 0) is None
    assert scenes.audit_of(made, 1) == AuditQuestion(
        "homes", "people", "gb50180-2018", ("places",), area="homes"
    )
