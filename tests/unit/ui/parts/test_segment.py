"""Buttons side by side: in rows where they are wider than their panel."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sandbox.ui.parts.segment import Segment


@pytest.fixture
def made(qtbot):
    panel, chosen = QWidget(), []
    segment = Segment(("one", "two", "three", "four"), chosen.append)
    column = QVBoxLayout(panel)
    column.addWidget(segment)
    column.addStretch(1)
    segment.show_value("one", {one: f"button {one}" for one in segment.buttons})
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    return panel, segment, chosen


def rows(segment: Segment) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for name, one in segment.buttons.items():
        found.setdefault(one.y(), []).append(name)
    return [found[y] for y in sorted(found)]


def whole(segment: Segment) -> bool:
    """Whether no button is narrower than its words, nor outside."""
    inside = QRect(0, 0, segment.width(), segment.height())
    return all(
        one.width() >= one.sizeHint().width() and inside.contains(one.geometry())
        for one in segment.buttons.values()
    )


def test_buttons_stand_in_as_few_rows_as_they_have_room_for(made):
    panel, segment, _ = made
    wide = max(one.sizeHint().width() for one in segment.buttons.values())
    expected = {
        900: [["one", "two", "three", "four"]],
        2 * wide + 60: [["one", "two"], ["three", "four"]],
        wide + 30: [["one"], ["two"], ["three"], ["four"]],
    }
    for width, stand in [*expected.items(), (900, expected[900])]:
        panel.resize(width, 400)
        QApplication.processEvents()
        assert rows(segment) == stand
        assert whole(segment)


def test_longer_words_take_another_row_and_buttons_are_chosen_as_before(made):
    panel, segment, chosen = made
    wide = sum(one.sizeHint().width() for one in segment.buttons.values())
    panel.resize(wide + 60, 300)
    QApplication.processEvents()
    assert len(rows(segment)) == 1
    segment.show_value("two", {one: f"{one}, and many more words" for one in segment.buttons})
    QApplication.processEvents()
    assert len(rows(segment)) > 1
    assert whole(segment)
    QTest.mouseClick(segment.buttons["four"], Qt.MouseButton.LeftButton)
    assert chosen == ["four"]
    assert [one.isChecked() for one in segment.buttons.values()] == [False, False, False, True]
