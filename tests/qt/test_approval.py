"""The map's review entered in the window: shown, undone, saved, warned of, and kept from pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sandbox.draw.marks import marks
from sandbox.draw.theme import theme
from sandbox.projects.project import NOT_APPROVED
from sandbox.projects.store import read
from sandbox.ui.project.approval import ApprovalDialog
from sandbox.words import words_of
from tests.support.planner import one, project_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with project_window(qtbot, tmp_path, monkeypatch, (1500, 800)) as planner:
        yield planner


def opened(window: Any) -> ApprovalDialog:
    window._actions["approval"].trigger()
    QApplication.processEvents()
    return one(window, ApprovalDialog)


def entered(window: Any, level: str = "public") -> None:
    dialog = opened(window)
    dialog.number.setText("渝S（2026）001号")
    dialog.compiler.setText("规划院")
    dialog.date.setText("2026-11-01")
    dialog.base_map.setText("天地图")
    dialog.level.setCurrentIndex(dialog.level.findData(level))
    dialog.take()
    window.rest()
    QApplication.processEvents()


def on_map(window: Any) -> list[str]:
    canvas = window.map.canvas
    placed = marks(window.session.atlas, window.session.state, canvas.viewport, theme("light"))
    return [mark.text for mark in placed if mark.kind == "approval"]


def test_it_is_on_the_map_undone_and_saved(window: Any, tmp_path: Path) -> None:
    assert on_map(window) == ["未经地图审核 · 仅限内部演示"]
    entered(window)
    shown = ["审图号：渝S（2026）001号", "编制：规划院", "审核日期：2026-11-01", "底图：天地图"]
    assert on_map(window) == shown
    assert window.desk.changed
    window._actions["undo"].trigger()
    assert window.session.state.document.approval == NOT_APPROVED
    window._actions["redo"].trigger()
    assert on_map(window) == shown
    window.rest()
    window.desk.save_to(tmp_path / "mine.gpkg")
    window.rest()
    held = read(tmp_path / "mine.gpkg").project
    assert (held.approval.number, held.approval.level) == ("渝S（2026）001号", "public")
    assert held.document is not None
    assert "approval" not in held.document


def test_a_change_after_it_warns_until_it_is_taken_back_or_approved(window: Any) -> None:
    entered(window)
    first, *others = window.session.state.document.layers
    window.session.change(undoable=True, layers=tuple(others))
    window.rest()
    said = words_of("zh")
    message = window.map.messages.message
    assert message.said.said(said).startswith("地图在审核后有改动：显示的图层不同")
    assert on_map(window)[1] == "审核后有改动"
    window._actions["undo"].trigger()
    window.rest()
    assert on_map(window)[1] == "编制：规划院"
    assert window.map.messages.message is not message
    window.session.change(undoable=True, layers=tuple(others))
    window.rest()
    dialog = opened(window)
    assert dialog.as_now.isVisible()
    dialog.as_now.setChecked(True)
    dialog.take()
    window.rest()
    assert "审核后有改动" not in on_map(window)
    assert first.id not in [one.id for one in window.session.state.document.layers]


def test_what_is_wrong_stands_in_the_dialog(window: Any) -> None:
    dialog = opened(window)
    dialog.number.setText("渝S（2026）001号")
    dialog.date.setText("去年")
    dialog.take()
    assert "去年" in dialog.fault.text()
    assert window.session.state.document.approval == NOT_APPROVED


def test_a_level_that_is_not_public_keeps_the_map_from_pages(window: Any, tmp_path: Path) -> None:
    entered(window, "confidential")
    window.files.export_page(tmp_path / "map.html")
    window.rest()
    said = window.map.messages.message.said.said(words_of("zh"))
    assert "密级为“秘密”" in said
    assert not (tmp_path / "map.html").exists()
