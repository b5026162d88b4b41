"""Scenes in 3D: as they say, and flat where this machine is too slow for them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from sandbox.app.changes import changed
from sandbox.ui.kiosk.window import SLOW_S
from sandbox.ui.start import application
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import small_scenes


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("zh")
    scenes = small_scenes()
    camera = scenes[1].camera.model_copy(update={"view": "3d", "tilt_deg": 50.0})
    scenes[1] = scenes[1].model_copy(update={"camera": camera})
    made = Monkey(small_atlas(), scenes, seed=7)
    made.show.do("scene", "press")
    yield made
    made.close()


def tilt(monkey: Monkey) -> float:
    return monkey.window.session.state.document.view.tilt_deg


@pytest.mark.parametrize(
    ("frame_s", "flat"), [(SLOW_S * 0.9, False), (SLOW_S * 1.1, True), (None, False)]
)
def test_a_slow_machine_shows_scenes_flat_and_tells_the_operator(monkey, frame_s, flat):
    assert tilt(monkey) == 50.0
    if frame_s is not None:
        # The median counts: one slow frame says nothing.
        monkey.window._map._table._took_s.extend([frame_s, frame_s, 0.0, frame_s, 9.0])
    monkey.window._tick()
    assert monkey.director.flat is flat
    assert tilt(monkey) == (0.0 if flat else 50.0)
    told = [note for note in monkey.show.state.notes if "440 毫秒" in note]
    assert len(told) == (1 if flat else 0)
    # It is told once, and every scene is flat from then on.
    monkey.window._tick()
    monkey.show.do("scene", "one")
    monkey.show.do("scene", "press")
    assert tilt(monkey) == (0.0 if flat else 50.0)
    assert len(monkey.show.state.notes) == len(told)


def test_moving_frames_are_timed_as_they_are_drawn(monkey):
    window = monkey.window
    table, state = window._map._table, window.session.state
    look, size = window._map.theme(state), (320.0, 180.0)
    table.complete(state, size, 1.0, look)
    table._took_s.clear()
    for turned in range(1, 6):
        assert table.frame_s is None
        view = replace(state.document.view, bearing_deg=10.0 * turned)
        table.frame(changed(state, view=view), size, 1.0, look, None)
        table._frames.complete()
    assert table.frame_s is not None
    assert table.frame_s > 0.0
