"""Life circles in the planner's window: map, table and panel are one, and say how they know."""

from contextlib import ExitStack
from pathlib import Path

import pytest
import python_calamine
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from sandbox.app.answers.audit import ANALYSIS, AuditAnswer, AuditQuestion
from sandbox.app.questions import Selected
from sandbox.ui.answers.audit import AuditPanel
from sandbox.ui.panels.dock import SHOWN
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.parts.chart import ChartView
from sandbox.ui.parts.widgets import Scrolled
from sandbox.ui.planner.explain import ExplainDialog, text_of
from tests.support.grid_city import at
from tests.support.life_town import standard_file, town, town_state
from tests.support.planner import one, planner_window


@pytest.fixture(scope="module")
def atlas():
    return town()


@pytest.fixture
def opened(qtbot, atlas):
    with ExitStack() as windows:

        def make(**fields):
            state = town_state(atlas, **({"language": "en"} | fields))
            return windows.enter_context(planner_window(qtbot, atlas, state, (1600, 900)))

        yield make


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_an_audit_is_asked_in_plain_questions_and_its_rows_and_homes_are_one(opened, tmp_path):
    window = opened()
    panel, table = one(window, AuditPanel), one(window, TablePanel)
    window.show_tab("audit")
    assert any(text.startswith("No homes are chosen") for text in texts(panel))
    # Without homes the program offers its sample; a town of one's own has none.
    (link,) = [it for it in panel.findChildren(QPushButton) if "sample" in it.text()]
    assert link.isHidden()
    question = AuditQuestion("homes", "people", standard_file(tmp_path), ("places",))
    ANALYSIS.ask(window.session, question)
    window.rest()
    answer = window.session.state.answers.result(AuditAnswer)
    assert answer.question == question
    assert len(panel.findChildren(ChartView)) >= 2
    assert table._model.rowCount() == 3
    # A row selects its home, and stays chosen where the home has several.
    table._view.selectRow(2)
    assert window.session.state.gesture.selected == Selected("homes", "h2")
    assert table._view.selectionModel().selectedRows()[0].row() == 2
    # A press on the map selects a home, and the table its first row.
    canvas = window.map.canvas
    x, y = canvas.viewport.px_of_lonlat(at(0, 0))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert window.session.state.gesture.selected == Selected("homes", "h1")
    assert table._view.selectionModel().selectedRows()[0].row() == 0
    # Another rule on the map is no other audit.
    panel.ask(rule="nursery")
    window.rest()
    assert window.session.state.answers.result(AuditAnswer).found is answer.found
    panel._off.click()
    window.rest()
    assert window.session.state.answers.result(AuditAnswer) is None


def test_a_panel_saves_what_its_command_writes(opened, tmp_path, qtbot):
    question = AuditQuestion("homes", "people", standard_file(tmp_path), ("places",))
    window = opened(analyses=(question,))
    window.show_tab("audit")
    window.rest()
    saving = one(window, AuditPanel)._saving
    assert not saving.isHidden()
    file = tmp_path / "audit.xlsx"
    saving.save(file)
    qtbot.waitUntil(lambda: saving._note.text().startswith("Saved to"), timeout=20_000)
    with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
        assert "Ledger of what fails" in book.sheet_names
    # What can't be written is told in a line, and nothing is left.
    saving.save(tmp_path / "no" / "audit.xlsx")
    qtbot.waitUntil(lambda: "doesn't exist" in saving._note.text(), timeout=20_000)
    one(window, AuditPanel).ask(homes="")
    window.rest()
    assert saving.isHidden()


def test_a_standard_of_ones_own_is_chosen_in_the_panel(opened, tmp_path):
    window = opened(analyses=(AuditQuestion("homes", "people", facilities=("places",)),))
    panel = one(window, AuditPanel)
    window.show_tab("audit")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("version = [", encoding="utf-8")
    panel.open_standard(wrong)
    assert not panel._refused.isHidden()
    assert "wrong.toml" in panel._refused.text()
    assert panel.shown.standard == "gb50180-2018"
    panel.open_standard(Path(standard_file(tmp_path)))
    window.rest()
    assert panel._refused.isHidden()
    rules = window.session.state.answers.result(AuditAnswer).found.audit.rules
    assert [rule.id for rule in rules] == ["nursery", "primary"]


def test_the_right_button_and_keys_tell_how_it_was_computed(opened, tmp_path):
    question = AuditQuestion("homes", "people", standard_file(tmp_path), ("places",))
    window = opened(analyses=(question,), selected=Selected("homes", "h1"))
    window._actions["explain"].trigger()
    explained = one(window, ExplainDialog)
    said = texts(explained)
    # 13 blocks are farther than three times 300 m.
    assert "d > 3 × 300 m" in said
    assert "1.2" in said
    explained.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    table = one(window, TablePanel)
    index = table._model.index(1, 0)
    table._menu(table._view.visualRect(index).center())
    menu = next(it for it in window._under_dialogs.findChildren(QMenu) if not it.isHidden())
    (action,) = menu.actions()
    assert "How was this computed?" in action.text()
    menu.close()
    action.trigger()
    explained = one(window, ExplainDialog)
    assert "Kindergarten, 1000 m" in texts(explained)
    copy = next(it for it in explained.findChildren(QPushButton) if it.text() == "Copy")
    copy.click()
    assert "1.1" in QApplication.clipboard().text()
    assert text_of(()) == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_panel_is_wider_than_the_dock_in_small_windows(opened, tmp_path, language):
    window = opened(language=language)
    window.resize(760, 560)
    question = AuditQuestion("homes", "people", standard_file(tmp_path), ("places",))
    ANALYSIS.ask(window.session, question)
    window.rest()
    wide = {}
    for tab in SHOWN:
        window.show_tab(tab)
        QApplication.processEvents()
        for panel in window.findChildren(Scrolled):
            needs, has = panel.widget().minimumSizeHint().width(), panel.viewport().width()
            if panel.isVisible() and needs > has:
                wide[tab] = (needs, has)
    assert wide == {}
