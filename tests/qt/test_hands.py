"""The planner's window under the keys alone: everything a hand does, without a mouse."""

import itertools
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from sandbox.app import moving
from sandbox.app.actions import ACTIONS, KEYS
from sandbox.app.changes import changed
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.draw.marks import marks
from sandbox.draw.theme import theme as theme_of
from sandbox.edits.scenario import AddLine, Scenario
from sandbox.ui.panels.dock import SHOWN, Dock
from sandbox.ui.panels.legend import Legend
from sandbox.ui.panels.number import NumberField
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.planner.bind import shown_keys
from sandbox.ui.planner.help import Help
from sandbox.ui.planner.map_area import ZoomButtons
from sandbox.ui.planner.messages import MessageBar
from sandbox.words import Bilingual, words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window

Key, Shift, Ctrl = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
# Coordinate systems are called the same in every language.
CODE = re.compile("EPSG:|gcj02|bd09")


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def opened(qtbot, atlas) -> Iterator[Any]:
    with ExitStack() as windows:

        def make(size=(1600, 900), **fields):
            fields = {"reach": ReachQuestion(at(0, 0)), "language": "en"} | fields
            state = changed(small_state(atlas), **fields)
            window = windows.enter_context(planner_window(qtbot, atlas, state, size))
            window.activateWindow()
            window.map.canvas.setFocus()
            return window

        yield make


def press(window, *keys, modifier=PLAIN, times=1) -> None:
    """Press keys one after the other, where the focus is."""
    for key in keys * times:
        QTest.keyClick(window.focusWidget() or window, key, modifier)
    window.rest()


def centre(window):
    return window.session.state.document.view.center_lonlat


def test_the_origin_is_set_on_free_ground_at_the_cross(opened):
    window = opened()
    press(window, Key.Key_Right, Key.Key_Down)
    press(window, Key.Key_Left, modifier=Shift)
    assert window.session.state.document.reach.origin_lonlat == at(0, 0)
    middle = centre(window)
    scale = window.session.state.document.view.m_per_px
    assert middle == pytest.approx(at((120 - 6) * scale, -120 * scale), abs=2e-5)
    press(window, Key.Key_Return)
    assert window.session.state.document.reach.origin_lonlat == pytest.approx(middle, abs=2e-5)
    assert window.session.state.gesture.selected is None


def test_a_place_under_the_cross_is_chosen_and_escape_closes_its_card(opened, atlas):
    window = opened()
    place = at(-300, 100)
    view = replace(window.session.state.document.view, center_lonlat=place)
    window.session.change(view=view)
    window.map.canvas.complete()
    press(window, Key.Key_Space)
    assert window.session.state.gesture.selected == Selected("labs", "labs_0")
    assert window.session.state.document.reach.origin_lonlat == at(0, 0)
    press(window, Key.Key_Escape)
    assert window.session.state.gesture.selected is None


def test_the_cross_shows_where_the_keys_act_and_goes_with_the_mouse(opened):
    window = opened()
    canvas = window.map.canvas
    canvas.complete()
    plain = canvas.grab().toImage()
    press(window, Key.Key_F6)
    crossed = canvas.grab().toImage()
    middle = QPoint(canvas.width() // 2 - 9, canvas.height() // 2)
    accent = crossed.pixelColor(0, canvas.height() // 2)
    assert crossed.pixelColor(middle) == accent
    assert plain.pixelColor(middle) != accent
    assert plain.pixelColor(0, canvas.height() // 2) != accent
    QTest.mouseMove(canvas, QPoint(40, 300))
    QTest.mouseMove(canvas, QPoint(44, 304))
    assert canvas.grab().toImage().pixelColor(middle) != accent


def tab_to(window, text: str) -> None:
    """Go with Tab until the control of a text has the focus."""
    for _ in range(120):
        if getattr(window.focusWidget(), "text", str)().startswith(text):
            return
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
    raise AssertionError(text)


def test_a_street_edit_is_drawn_by_keys_from_its_button_to_its_end(opened):
    window = opened()
    press(window, Key.Key_5, modifier=Ctrl)
    tab_to(window, "Area to avoid")
    press(window, Key.Key_Space)
    # Who begins to draw has the keys on the map at once.
    assert window.focusWidget() is window.map.canvas
    for away in (Key.Key_Right, Key.Key_Up, Key.Key_Left, Key.Key_Left):
        press(window, away, Key.Key_Space)
    press(window, Key.Key_Backspace)
    assert len(window.session.state.gesture.sketch) == 3
    press(window, Key.Key_Return)
    (edit,) = window.session.state.document.edits.edits
    step_m = 120 * window.session.state.document.view.m_per_px
    assert edit.kind == "avoid"
    drawn = list(edit.shape.exterior.coords)
    for corner, wanted in zip(drawn, [(1, 0), (1, 1), (0, 1), (1, 0)], strict=True):
        assert corner == pytest.approx(at(wanted[0] * step_m, wanted[1] * step_m), abs=2e-5)


@pytest.mark.parametrize("size", [(1600, 900), (1024, 768)])
def test_a_line_is_drawn_by_keys(opened, atlas, size):
    question = ReachQuestion(at(0, 0), (15.0, 30.0))
    scenario = Scenario("own", Bilingual("自拟", "Own"))
    by_line = replace(moving.by_mode(question, "transit", atlas), scenario=scenario)
    window = opened(size=size, reach=by_line)
    press(window, Key.Key_4, modifier=Ctrl)
    tab_to(window, "Draw a line")
    press(window, Key.Key_Space)
    assert window.focusWidget() is window.map.canvas
    press(window, Key.Key_Space, Key.Key_Right, Key.Key_Space, Key.Key_Up, Key.Key_Space)
    press(window, Key.Key_Return)
    assert window.session.state.gesture.sketch is None
    (edit,) = window.session.state.document.reach.scenario.edits
    assert isinstance(edit.change, AddLine)
    assert len(edit.change.line.stops) == 3


def test_escape_ends_the_innermost_thing_that_was_begun(opened):
    window = opened(size=(1024, 768), selected=Selected("labs", "labs_0"))
    dock = one(window, Dock)
    press(window, Key.Key_5, modifier=Ctrl)
    window._editing.begin("path")
    press(window, Key.Key_Space)
    press(window, Key.Key_P, modifier=Ctrl)
    assert window._actions["pick_origin"].isChecked()
    press(window, Key.Key_Escape)
    assert not window._actions["pick_origin"].isChecked()
    assert window.session.state.gesture.sketch
    press(window, Key.Key_Escape)
    assert window.session.state.gesture.sketch is None
    assert dock.isVisible()
    press(window, Key.Key_Escape)
    assert not dock.isVisible()
    assert window.session.state.gesture.selected is not None
    press(window, Key.Key_Escape)
    assert window.session.state.gesture.selected is None


def test_each_panel_opens_with_its_keys_at_any_width(opened):
    window = opened()
    dock = one(window, Dock)
    for width in (1920, 1439, 1024, 760):
        window.resize(width, 700)
        tabs = "reach", "circles", "compare", "scenario", "edits", "nearest"
        keys = Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6
        for tab, key in zip(tabs, keys, strict=True):
            press(window, key, modifier=Ctrl)
            assert dock.isVisible()
            assert dock.shown == tab
            assert dock.isAncestorOf(window.focusWidget())
        # The same keys again leave it open.
        press(window, Key.Key_6, modifier=Ctrl)
        assert dock.isVisible()


def test_enter_in_a_name_is_for_the_name_while_something_is_drawn(opened):
    window = opened()
    window._editing.begin("closed")
    press(window, Key.Key_Space)
    window._editing.begin("path")
    press(window, Key.Key_Space, Key.Key_Right, Key.Key_Space)
    press(window, Key.Key_5, modifier=Ctrl)
    name = next(f for f in one(window, Dock).findChildren(QLineEdit) if f.isVisible())
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Works")
    press(window, Key.Key_Backspace, Key.Key_S, Key.Key_Return)
    assert [edit.name for edit in window.session.state.document.edits.edits] == ["Works"]
    assert len(window.session.state.gesture.sketch) == 2


# What text fields do with keys; those of them that a field takes before a shortcut may be one.
_EDITS = (
    "DeleteStartOfWord", "DeleteEndOfWord", "Cut", "Copy", "Paste", "SelectAll",
    "MoveToNextWord", "MoveToPreviousWord", "SelectNextWord", "SelectPreviousWord",
)  # fmt: skip


def test_no_shortcut_is_a_key_that_edits_text(opened):
    taken = {
        key.toString()
        for name in _EDITS
        for key in QKeySequence.keyBindings(getattr(QKeySequence.StandardKey, name))
    }
    assert "Ctrl+Backspace" in taken
    assert [one.id for one in ACTIONS if one.shortcut in taken] == []
    window = opened()
    field, before = window._search._field, window.session.state.document.reach
    field.setFocus()
    QTest.keyClicks(field, "north gate")
    press(window, Key.Key_Backspace, modifier=Ctrl)
    assert field.text() == "north "
    press(window, Key.Key_Z, modifier=Ctrl)
    assert field.text() == "north gate"
    assert window.session.state.document.reach == before


def headings(window) -> list[tuple[str, int, int]]:
    """Return the table's headings with the room that each has and needs."""
    header = one(window, TablePanel)._view.horizontalHeader()
    metrics = header.fontMetrics()
    shown = [at for at in range(header.count()) if not header.isSectionHidden(at)]
    titles = [header.model().headerData(at, Qt.Orientation.Horizontal) for at in shown]
    return [
        (title, header.sectionSize(at), metrics.horizontalAdvance(title) + 26)
        for title, at in zip(titles, shown, strict=True)
    ]


def all_are_seen(window) -> None:
    """Prove that all that the map must say of itself stands on it, and nothing lies over it."""
    canvas, state = window.map.canvas, window.session.state
    covered = [QRectF(box) for box in canvas._obstacles]
    placed = marks(window.session.atlas, state, canvas.viewport, theme_of(state.theme), covered)
    for mark in placed:
        assert QRectF(canvas.rect()).contains(mark.box), mark
        assert not any(box.intersects(mark.box) for box in covered), mark
    for first, second in itertools.combinations(placed, 2):
        assert not first.box.intersects(second.box), (first, second)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_cut_in_the_smallest_windows(opened, language):
    window = opened(language=language)
    bar, legend = one(window, MessageBar), one(window, Legend)
    for size in ((1024, 768), (760, 560)):
        window.resize(*size)
        for panel in (False, True):
            if panel:
                window.show_tab("reach")
            QApplication.processEvents()
            assert (window.width(), window.height()) == size
            for button in window.findChildren(QPushButton):
                if button.isVisible() and button.text():
                    assert button.width() >= button.minimumSizeHint().width(), button.text()
            assert all(room >= needed for _, room, needed in headings(window))
            # The message reads from beside its icon on, and lies over nothing else.
            assert bar._text.x() - bar._icon.geometry().right() <= 16
            assert bar._text.height() >= bar._text.heightForWidth(bar._text.width())
            assert window.map.rect().contains(bar.geometry())
            for other in (legend, one(window, ZoomButtons)):
                if other.isVisible():
                    assert not bar.geometry().intersects(other.geometry())
                    assert window.map.rect().contains(other.geometry())
            all_are_seen(window)
        window._right.close_open()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_lists_every_shortcut_of_the_table(opened, language):
    window = opened(language=language)
    press(window, Key.Key_F1)
    help_ = one(window, Help)
    shown = [part.text() for part in help_.findChildren(QLabel)]
    said = words_of(language)
    listed = dict(itertools.pairwise(shown))
    for action in ACTIONS:
        assert window._actions[action.id].shortcut() == QKeySequence(action.shortcut)
        if action.shortcut:
            assert listed[said(action.text)] == shown_keys(action.shortcut, said)
    for text, keys in KEYS:
        assert listed[said(text)] == shown_keys(keys, said)
    help_.close()


def heard(widget):
    """Return all that a screen reader finds visible in a window, as its own kind of tree."""
    found, left = [], [QAccessible.queryAccessibleInterface(widget)]
    while left:
        face = left.pop()
        if face is None or face.state().invisible:
            continue
        found.append(face)
        left += [face.child(number) for number in range(face.childCount())]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_that_takes_keys_has_a_name_a_role_and_a_value(opened, atlas, language):
    question = moving.by_mode(ReachQuestion(at(0, 0), (15.0, 30.0)), "transit", atlas)
    question = replace(question, scenario=Scenario("own", Bilingual("自拟", "Own")))
    window = opened(language=language, reach=question, selected=Selected("labs", "labs_0"))
    roles, unnamed = {}, []
    for tab in SHOWN:
        window.show_tab(tab)
        QApplication.processEvents()
        for face in heard(window):
            widget, name = face.object(), face.text(QAccessible.Text.Name)
            if not isinstance(widget, QWidget) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            roles.setdefault(face.role(), []).append((name, face.text(QAccessible.Text.Value)))
            if not name or face.role() in (QAccessible.Role.NoRole, QAccessible.Role.Border):
                unnamed.append((tab, type(widget).__name__, face.role(), name))
    assert unnamed == []
    said = words_of(language)
    assert (said("Map"), "{:.4f}, {:.4f}".format(*at(0, 0))) in roles[QAccessible.Role.Canvas]
    assert (said("Cutoffs"), "15 · 30") in roles[QAccessible.Role.Slider]
    assert ("labs", "100 %") in roles[QAccessible.Role.ListItem]


def dialogs(window, folder) -> list[QDialog]:
    """Return every dialog that the window opens, each on screen."""
    parent, file = window._under_dialogs, folder / "schools.csv"
    file.write_text("名称,经度,纬度\n一小,106.31,29.51\n二小,不详,29.5\n", encoding="utf-8")
    for action in ("take_scene", "help", "measure", "open_table", "map_out", "new_project"):
        window._actions[action].trigger()
    window._own.files.open_files([file])
    window.rest()
    found: list[QDialog] = window.findChildren(QDialog)
    assert len(found) == 7
    for accept in (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave):
        files = QFileDialog(parent, "", "", "*.html")
        files.setOption(QFileDialog.Option.DontUseNativeDialog)
        files.setAcceptMode(accept)
        found.append(files)
    for dialog in found:
        dialog.show()
    window.rest()
    return found


def test_all_of_every_dialog_has_a_name_in_the_languages_own_words(opened, tmp_path):
    window = opened(language="zh")
    unnamed, foreign, alone = [], [], []
    for dialog in dialogs(window, tmp_path):
        kind = type(dialog).__name__
        assert dialog.windowTitle() or isinstance(dialog, QFileDialog)
        buddies = {title.buddy() for title in dialog.findChildren(QLabel) if title.buddy()}
        for face in heard(dialog):
            widget, name = face.object(), face.text(QAccessible.Text.Name)
            if not isinstance(widget, QWidget) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            if widget.focusProxy() is not None or isinstance(widget, QAbstractItemView):
                continue
            if not name or face.role() in (QAccessible.Role.NoRole, QAccessible.Role.Border):
                unnamed.append((kind, type(widget).__name__, widget.objectName()))
            elif isinstance(widget, QComboBox):
                # On Linux it is named by the title that leads to it.
                alone += [] if widget in buddies else [(kind, widget.accessibleName())]
            elif not re.search("[\u4e00-\u9fff]", name) and not CODE.match(name):
                foreign.append((kind, name))
        dialog.close()
    # The second of two fields has no title of its own, but a name.
    assert (unnamed, foreign, alone) == ([], [], [("TableWindow", "条件")])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_dialog_wears_the_theme(opened, theme, tmp_path):
    window = opened(theme=theme)
    panel, ground = (QColor(theme_of(theme).colour(key)) for key in ("panel", "window"))
    for dialog in dialogs(window, tmp_path):
        picture = dialog.grab().toImage()
        assert picture.pixelColor(2, 2) == ground
        for view in dialog.findChildren(QAbstractItemView):
            if view.isVisible():
                free = view.viewport().grab().toImage()
                below = free.pixelColor(free.width() - 3, free.height() - 3)
                assert below == panel, (type(dialog).__name__, view.objectName())
        dialog.close()


def test_titles_lead_to_their_fields(opened, atlas):
    question = moving.by_mode(ReachQuestion(at(0, 0)), "transit", atlas)
    own = Scenario("own", Bilingual("自拟", "Own"))
    window = opened(reach=replace(question, scenario=own))
    buddies = {title.buddy() for title in window.findChildren(QLabel) if title.buddy()}
    lone = [
        field.accessibleName()
        for field in one(window, Dock).findChildren(QWidget)
        if isinstance(field, QComboBox | QDateTimeEdit | NumberField) and field not in buddies
    ]
    # The second of two fields has no title of its own, but a name.
    assert sorted(lone) == ["Compare with", "Last stop"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_seen_on_all_that_takes_keys(opened, theme):
    window = opened(theme=theme, selected=Selected("labs", "labs_0"))
    hidden = []
    takers = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for widget in takers:
        window.map.canvas.clearFocus()
        frame = widget.parentWidget() if isinstance(widget, QLineEdit) else widget
        before = frame.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if frame.grab().toImage() == before:
            hidden.append((type(widget).__name__, widget.accessibleName()))
        widget.clearFocus()
    assert len(takers) > 20
    assert hidden == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_keys_is_no_larger_than_the_window_and_all_of_it_can_be_reached(
    opened, language
):
    window = opened((760, 560), language=language)
    window._actions["help"].trigger()
    QApplication.processEvents()
    shown = one(window, Help)
    assert shown.width() <= 760
    assert shown.height() <= 560
    (area,) = shown.findChildren(QScrollArea)
    assert area.hasFocus()
    assert area.horizontalScrollBar().maximum() == 0
    for _ in range(40):
        QTest.keyClick(area, Key.Key_PageDown)
    last = shown.findChildren(QLabel)[-1]
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().center()))
    (close,) = shown.findChildren(QPushButton)
    assert shown.rect().contains(close.geometry())
    shown.close()
