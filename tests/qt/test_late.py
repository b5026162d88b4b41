"""What is on screen while a newer question is being answered: one answer, told as the older."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from sandbox.app import answering
from sandbox.app.questions import ReachQuestion
from sandbox.draw.marks import source_line
from sandbox.ui.answers.reach import ReachPanel
from sandbox.ui.panels.legend import Legend
from sandbox.ui.parts.widgets import OLDER
from sandbox.ui.planner.late import LATE_MS
from tests.support.asked import by
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def window(qtbot, atlas) -> Iterator[Any]:
    state = small_state(atlas, language="en", reach=ReachQuestion(at(0, 0)))
    with planner_window(qtbot, atlas, state, (1600, 900)) as planner:
        yield planner


@pytest.fixture
def go_on(monkeypatch) -> Iterator[Event]:
    """Have answers wait on their thread until the event is set."""
    let, work = Event(), answering.answer

    def waiting(*args: Any, **given: Any) -> Any:
        let.wait(30)
        return work(*args, **given)

    monkeypatch.setattr(answering, "answer", waiting)
    yield let
    let.set()


def said(widget: QWidget) -> list[str]:
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisible()]


def grey(window: Any, lonlat: tuple[float, float]) -> int:
    """Return how strongly the map is coloured a little beside a place: its largest difference."""
    image = window.map.canvas.grab().toImage()
    x, y = window.map.canvas.viewport.px_of_lonlat(lonlat)
    shade = image.pixelColor(int(x) + 30, int(y) + 22)
    parts = (shade.red(), shade.green(), shade.blue())
    return max(parts) - min(parts)


def test_older_answer_is_told_as_such_and_whole(qtbot, window, atlas, go_on) -> None:
    before = window.session.state.document.reach
    legend, panel = one(window, Legend), one(window, ReachPanel)
    window.map.canvas.complete()
    strong = grey(window, at(0, 0))
    told = legend.grab().toImage()
    bike = by(replace(before, minutes=(10.0, 20.0, 30.0)), mode="bike")
    window._asker.ask(bike)
    # Legend and footer belong to the answer that is on the map, not to what is asked.
    assert "Within 15 min" in said(legend)
    assert "Within 30 min" not in said(legend)
    assert source_line(atlas, window.session.state).startswith("Walking 4.8 km/h")
    assert OLDER not in said(window)
    qtbot.waitUntil(lambda: window.session.state.answers.outdated, timeout=60_000)
    qtbot.waitUntil(lambda: OLDER in said(panel), timeout=60_000)
    assert OLDER in said(legend)
    assert legend.grab().toImage() != told
    assert "Walking time" in said(legend)
    assert grey(window, at(0, 0)) < strong
    go_on.set()
    window.rest()
    qtbot.waitUntil(lambda: OLDER not in said(window), timeout=60_000)
    assert not window.session.state.answers.outdated
    assert {"Cycling time", "Within 30 min"} <= set(said(legend))
    assert source_line(atlas, window.session.state).startswith("Cycling 15 km/h")


def test_people_are_told_within_a_tenth_of_a_second() -> None:
    assert LATE_MS < 100


def test_quick_answer_never_flickers(qtbot, window) -> None:
    seen = []
    window.session.listen(lambda _before, after: seen.append(after.answers.outdated))
    asked = window.session.state.document.reach
    window._asker.ask(replace(asked, minutes=(5.0, 10.0)))
    window.rest()
    QApplication.processEvents()
    assert window.session.state.answers.reach_answer.question.minutes == (5.0, 10.0)
    assert not window.session.state.answers.outdated
    assert not window._late._wait.isActive()


def test_question_that_is_taken_back_leaves_nothing_pale(qtbot, window, go_on) -> None:
    asked = window.session.state.document.reach
    window._asker.ask(by(asked, walk_kmh=3.0))
    qtbot.waitUntil(lambda: window.session.state.answers.outdated, timeout=60_000)
    answer = window.session.state.answers.reach_answer
    window.session.undo()
    assert window.session.state.document.reach == asked
    assert not window.session.state.answers.outdated
    go_on.set()
    window.rest()
    qtbot.wait(50)
    assert window.session.state.answers.reach_answer is answer
