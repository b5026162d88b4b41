"""A wall's columns of words and figures, and the instrument beneath them."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk.blocks import Note, Pair
from sandbox.app.kiosk.scenes.by_modes import ByModes
from sandbox.streets.modes import Access
from sandbox.ui.kiosk.layout import grid, larger_by
from sandbox.ui.start import application
from tests.support.atlas import at, small_atlas
from tests.support.monkey import Monkey
from tests.support.show import small_scenes

WALL = (3840, 1080)


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("zh")
    made = Monkey(small_atlas(Access.WALK | Access.DRIVE), small_scenes(), seed=7)
    made.window.resize(*WALL)
    made.window.repaint()
    yield made
    made.close()


def compared(monkey: Monkey) -> ByModes | None:
    return monkey.window._face._instruments._by_modes


def test_where_modes_are_offered_a_wall_compares_them_from_the_place_asked_of(qtbot, monkey):
    monkey.show.do("scene", "press")
    monkey.director.press(at(0, 0), False)
    qtbot.waitUntil(lambda: compared(monkey) is not None, timeout=60_000)
    asked = monkey.window.session.state.document.reach
    assert compared(monkey).question == asked
    assert [one.mode for one in compared(monkey).modes] == ["walk", "drive"]
    face = monkey.window._face
    boxes = [*face._card_boxes(), face._caption_box(), face._instrument_box(), *face.grid.tiles]
    kept = [box for box in boxes if box is not None and not box.isEmpty()]
    assert face._instrument_box() in kept
    for one, other in combinations(kept, 2):
        assert not one.intersects(other)
    # It follows a finger to another place.
    monkey.director.press(at(240, 0), False)
    qtbot.waitUntil(
        lambda: compared(monkey).question == monkey.window.session.state.document.reach,
        timeout=60_000,
    )
    assert compared(monkey).question != asked


def test_other_screens_and_scenes_compare_nothing(qtbot, monkey):
    monkey.show.do("scene", "one")
    qtbot.waitUntil(lambda: not monkey.jobs.busy, timeout=60_000)
    assert compared(monkey) is None
    # No ridges, so no section either.
    assert monkey.window._face._instrument_box() is None
    monkey.window.resize(1920, 1080)
    monkey.show.do("scene", "press")
    assert monkey.window._face._instrument_box() is None


def test_a_card_of_few_words_is_half_as_large_again_and_a_long_one_as_designed(qapp):
    few = (Note(Pair("一句话", "")),)
    assert larger_by(few, 700.0, 876.0) == 1.5
    # Forty times as many have room in no larger letters.
    assert larger_by(few * 40, 700.0, 876.0) == 1.0
    # Half as large again, 600 wide would be narrower than cards are designed.
    assert larger_by(few, 600.0, 876.0) == 1.2


def test_sentences_to_visitors_stand_over_a_walls_map_between_its_columns():
    laid = grid(*WALL, 11)
    assert laid.second_card is not None
    assert laid.second_card.right() < laid.spoken.left()
    assert laid.spoken.right() < laid.card.left()
    assert laid.spoken.bottom() < laid.tiles[0].top()
