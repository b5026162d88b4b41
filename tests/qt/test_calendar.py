"""The calendar and the dialogs of Qt: in the language of the map, legible in both themes."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QTableView,
    QWidget,
)

from sandbox.draw.theme import theme
from sandbox.ui.parts.calendar import Calendar, speak
from sandbox.ui.parts.style import palette, stylesheet
from sandbox.ui.start import application


@pytest.fixture
def dressed(qtbot):
    application("zh")
    kept = []

    def make(kind: type[QWidget], look: str) -> QWidget:
        whole = QWidget()
        qtbot.addWidget(whole)
        kept.append(whole)
        whole.setPalette(palette(theme(look)))
        whole.setStyleSheet(stylesheet(theme(look)))
        made = kind(whole) if kind is not Calendar else kind()
        made.setParent(whole)
        whole.resize(700, 500)
        whole.show()
        return made

    yield make
    application("zh")
    speak("zh")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_day_can_be_read(dressed, look) -> None:
    calendar = dressed(Calendar, look)
    calendar.show_look(theme(look), "zh")
    calendar.setSelectedDate(QDate(2019, 7, 15))
    calendar.resize(320, 280)
    days = calendar.findChild(QTableView)
    image = days.grab().toImage()
    panel = QColor(theme(look).colour("panel")).lightness()
    unread = []
    for row in range(1, days.model().rowCount()):
        for at in range(days.model().columnCount()):
            cell = days.visualRect(days.model().index(row, at)).adjusted(2, 2, -2, -2)
            light = [
                image.pixelColor(x, y).lightness()
                for x in range(cell.left(), cell.right())
                for y in range(cell.top(), cell.bottom())
            ]
            # A digit is strokes that stand out from the ground around them.
            if max(light) - min(light) < 70:
                unread.append((row, at))
            if (row, at) == (1, 0):
                assert abs(max(set(light), key=light.count) - panel) < 12
    assert unread == []


def test_month_and_days_are_in_the_language_of_the_map(dressed) -> None:
    calendar = dressed(Calendar, "light")
    calendar.setSelectedDate(QDate(2019, 7, 15))
    month = calendar.findChild(QWidget, "qt_calendar_monthbutton")
    model = calendar.findChild(QTableView).model()
    calendar.show_look(theme("light"), "zh")
    assert month.text() == "七月"
    assert model.index(0, 0).data() == "周一"
    calendar.show_look(theme("light"), "en")
    assert month.text() == "July"
    assert model.index(0, 0).data() == "Mon"
    # Weekends wear no colour that the themes don't know.
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        ink = calendar.weekdayTextFormat(day).foreground().color()
        assert ink == QColor(theme("light").colour("ink"))


def test_dialogs_of_qt_follow_the_language_while_the_program_runs(dressed, tmp_path) -> None:
    def said(language) -> set[str]:
        speak(language)
        asked = QMessageBox()
        asked.setStandardButtons(
            QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel
        )
        files = QFileDialog(None, "", str(tmp_path))
        files.setOption(QFileDialog.Option.DontUseNativeDialog)
        buttons = [*asked.buttons(), *files.findChild(QDialogButtonBox).buttons()]
        texts = [one.text() for one in (*buttons, *files.findChildren(QLabel))]
        return {text.replace("&", "") for text in texts if text}

    chinese = said("zh")
    assert {"保存", "取消", "查找范围：", "文件类型："} <= chinese
    assert not any(text.isascii() for text in chinese)
    assert {"Save", "Cancel", "Look in:", "Files of type:"} <= said("en")
