"""The hall's picture of a district's completeness under fingers: a home pressed, its card."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from sandbox.app.answers.audit import AuditAnswer
from sandbox.app.kiosk.blocks import Heading
from sandbox.app.questions import Selected
from sandbox.catalog.scenes import Scene
from sandbox.draw.answers.shaded import RAMP
from sandbox.geo.crs import to_metric
from sandbox.ui.screenshot import until
from sandbox.ui.start import application
from tests.support.grid_city import at
from tests.support.life_town import town
from tests.support.monkey import Monkey
from tests.support.show import scene


def district() -> Scene:
    told = scene("district").model_dump(exclude={"camera"})
    return Scene.model_validate({
        **told,
        "camera": {"center": at(6, 4), "width_m": 2600, "height_m": 1600},
        "completeness": {"homes": "homes", "people": "people", "facilities": ["places"]},
    })  # fmt: skip


@pytest.fixture
def monkey(qtbot) -> Iterator[Monkey]:
    application("zh")
    made = Monkey(town(), [district(), scene("other").model_copy(update={
        "camera": district().camera})], seed=7)  # fmt: skip
    yield made
    made.close()


def answer(monkey: Monkey) -> AuditAnswer | None:
    return monkey.window.session.state.answers.result(AuditAnswer)


def point(monkey: Monkey, lonlat: tuple[float, float]) -> QPointF:
    window = monkey.window
    xy = to_metric(np.array([lonlat]), window.session.atlas.crs)
    (px,) = window._viewport().px(xy)
    return QPointF(float(px[0]), float(px[1]))


def press(monkey: Monkey, at_px: QPointF) -> None:
    monkey.window._fingers.press(at_px)
    monkey.window._fingers.release(at_px)


def headings(monkey: Monkey) -> list[str]:
    told = [*monkey.window._face._told()[0], *monkey.window._face._told()[1]]
    return [one.words.first for one in told if isinstance(one, Heading)]


def test_a_pressed_home_has_its_card_and_beside_all_the_district(monkey: Monkey):
    until(lambda: answer(monkey) is not None)
    window = monkey.window
    assert headings(monkey) == ["生活圈体检"]
    press(monkey, point(monkey, at(5, 5)))
    assert window.session.state.gesture.selected == Selected("homes", "h0")
    assert headings(monkey) == ["h0"]
    # Beside all homes it tells of the district again; nothing asks for an isochrone here.
    press(monkey, point(monkey, at(5, 5)) + QPointF(120, 0))
    assert (headings(monkey), window.session.state.document.reach) == (["生活圈体检"], None)
    two = point(monkey, at(5, 5)), point(monkey, at(7, 5))
    window._fingers.press_two(*two)
    assert window.session.state.document.reach is None


def test_homes_are_painted_in_the_colours_that_the_card_explains(monkey: Monkey):
    until(lambda: answer(monkey) is not None)
    window = monkey.window
    window.complete()
    image = window.grab().toImage()
    middle = point(monkey, at(5, 5)) * window.grid.scale
    # Home 0 has its school near, 300 m, but its kindergarten is 700 m away: one of two rules.
    found = image.pixelColor(middle.toPoint())
    assert found.name() == RAMP[2]


def test_another_scene_takes_the_audit_away(monkey: Monkey):
    until(lambda: answer(monkey) is not None)
    monkey.show.do("scene", "other")
    until(lambda: answer(monkey) is None)
    assert monkey.window.session.state.document.analyses == ()
