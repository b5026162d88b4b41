"""A view of the map as a scene: what it says, and what keeps it from being one."""

from dataclasses import replace
from pathlib import Path

import pytest
from shapely import Point

from sandbox.app import moving
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.scenes.draft import Draft, scene_of
from sandbox.app.questions import Against, ReachQuestion, Selected
from sandbox.app.state import LayerShown, MapState, View
from sandbox.catalog.folder import load_all
from sandbox.catalog.scene_text import as_toml
from sandbox.catalog.scenes import read_scene
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.errors import LayerError
from sandbox.streets.travel import Travel
from sandbox.words import Bilingual
from tests.support.asked import by
from tests.support.atlas import at, small_atlas, small_state

DRAFT = Draft(
    "evening",
    order=45,
    title=("傍晚", "Evening"),
    tile=("晚", "Eve"),
    caption=('引号 " 与 \\ 反斜杠', "Line\nbreak"),
    notes=("先看湖", "The lake first"),
    duration_s=20.0,
    narration="evening.mp3",
    press=True,
)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def lined(atlas) -> Atlas:
    """The shipped layers, from which the shipped scenarios take their lines."""
    return Atlas({**load_all(), **atlas.layers}, atlas.network)


def _state(atlas, **fields) -> MapState:
    return changed(small_state(atlas), view=View(at(250, -40), 2.5), **fields)


@pytest.mark.parametrize("place", [None, Selected("labs", "labs_0")])
def test_what_is_written_is_what_is_read(atlas, tmp_path: Path, place: Selected | None) -> None:
    asked = ReachQuestion(at(10, 20), (4.0, 8.0), place=place, travel=Travel(mode="walk"))
    shown = tuple(
        replace(one, visible=one.id != "metro") for one in small_state(atlas).document.layers
    )
    scene = scene_of(atlas, _state(atlas, reach=asked, layers=shown), (1000.0, 600.0), DRAFT)
    file = tmp_path / DRAFT.file_name
    file.write_text(as_toml(scene), "utf-8")
    assert file.name == "045_evening.toml"
    assert read_scene(file) == scene
    # 1000 pixels of 2.5 m, 600 of 2.5 m.
    assert (scene.camera.width_m, scene.camera.height_m) == (2500, 1500)
    assert scene.camera.center == pytest.approx(at(250, -40), abs=1e-6)
    assert "metro" not in scene.layers
    assert set(scene.layers) == {one.id for one in shown} - {"metro"}
    question = scenes.question_of(atlas, scene, 0)
    assert question is not None
    assert (question.minutes, question.travel.mode, question.place) == ((4.0, 8.0), "walk", place)
    if place is None:
        assert question.origin_lonlat == pytest.approx(at(10, 20), abs=1e-6)
    assert scene.reach is not None
    assert scene.reach.press


def test_a_scenario_and_what_it_is_compared_with_come_along(lined) -> None:
    lines = moving.scenarios(lined)
    base, plan = list(lines)[:2]
    asked = moving.by_mode(ReachQuestion(at(0, 0)), "transit", lined)
    # What runs today is the base, whichever of both is on screen.
    for here, beside in ((base, plan), (plan, base)):
        question = replace(asked, scenario=lines[here])
        state = _state(lined, reach=question, against=Against("scenario", beside))
        reach = scene_of(lined, state, (1000.0, 600.0), DRAFT).reach
        assert reach is not None
        assert (reach.mode, reach.scenario, reach.against) == ("transit", plan, base)


def test_all_that_keeps_a_view_from_being_a_scene_comes_at_once(lined) -> None:
    lines = moving.scenarios(lined)
    edited = replace(next(iter(lines.values())), id="own", title=Bilingual("改", "Own"))
    asked = moving.by_mode(ReachQuestion(at(0, 0)), "transit", lined)
    asked = by(replace(asked, scenario=edited), towards=True)
    state = _state(
        lined, reach=asked, against=Against("mode", "walk"), layers=(LayerShown("labs"),)
    )
    draft = Draft("../up", caption=("只有中文", ""), duration_s=1.0, narration="a/b.mp3")
    with pytest.raises(LayerError) as caught:
        scene_of(lined, state, (1000.0, 600.0), draft)
    said = [str(one) for one in caught.value.faults]
    for words in (
        "the name is ../up; only a-z", "title.zh is empty", "title.en is empty", "tile.zh is empty",
        "captions[1].en is empty", "duration_s is 1.0", "narration is 'a/b.mp3'",
        "not to it", "the scenario own was changed", "scenes only compare scenarios",
    ):  # fmt: skip
        assert sum(words in one for one in said) == 1, words


def test_a_view_of_half_the_world_is_refused(atlas) -> None:
    state = changed(_state(atlas), view=View(at(0, 0), 5_000.0))
    with pytest.raises(LayerError, match=r"camera\.width_m is 5000000"):
        scene_of(atlas, state, (1000.0, 600.0), DRAFT)


def test_what_scenes_do_not_say_is_no_scene(atlas) -> None:
    slow = _state(atlas, reach=ReachQuestion(at(0, 0), travel=Travel(walk_kmh=3.0)))
    with pytest.raises(LayerError, match="use the usual speed"):
        scene_of(atlas, slow, (1000.0, 600.0), DRAFT)
    shut = StreetEdit("closed", Point(at(0, 0)))
    closed = _state(atlas, edits=StreetEdits((shut,)))
    with pytest.raises(LayerError, match="without edits"):
        scene_of(atlas, closed, (1000.0, 600.0), DRAFT)
