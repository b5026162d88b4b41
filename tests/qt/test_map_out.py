"""The map taken out: pictures of any size, sheets on paper, and the dialog that asks for them."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from sandbox.app.own.layers import layer_of, put_on_map
from sandbox.app.questions import ReachQuestion
from sandbox.draw.report.map_sheet import SheetOrder, map_picture, sheet_words
from sandbox.errors import ExportError
from sandbox.export.own.map_files import write_map, write_sheet
from sandbox.ui.own.map_out import MapOut, legend_lines_of, print_sheet, sheet_title
from sandbox.words import words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.unit.app.own.test_layers import imported

Left = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def window(qtbot, atlas):
    state = small_state(atlas, reach=ReachQuestion(at(0, 0)), theme="dark", language="zh")
    with planner_window(qtbot, atlas, state, (1200, 760)) as made:
        put_on_map(made.session, [layer_of(imported(), atlas.layers)])
        made.rest()
        yield made


def press(dialog, text: str) -> None:
    (found,) = [b for b in dialog.findChildren(QPushButton) if b.text() == words_of("zh")(text)]
    QTest.mouseClick(found, Left)


def opened(window) -> MapOut:
    window.activateWindow()
    QApplication.processEvents()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, held)
    QApplication.processEvents()
    return one(window, MapOut)


def test_a_picture_has_its_size_and_all_that_was_seen(qapp, atlas, tmp_path):
    state = small_state(atlas)
    seen = (800.0, 600.0)
    write_map(tmp_path / "a.png", atlas, state, (1000, 400), seen)
    picture = QImage(str(tmp_path / "a.png"))
    assert (picture.width(), picture.height()) == (1000, 400)
    write_map(tmp_path / "a.svg", atlas, state, (300, 200), seen)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()  # noqa: S314
    assert root.get("viewBox") == "0 0 300 200"
    # The same ground at twice the size: each quarter of four dots has about the same mean.
    small, large = (
        pixels(map_picture(atlas, state, size, seen, dots))
        for size, dots in (((400, 300), 1.0), ((800, 600), 2.0))
    )
    mean = large.reshape(300, 2, 400, 2, 3).mean(axis=(1, 3))
    assert np.abs(mean - small).mean() < 6.0


def pixels(picture: QImage):
    held = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(held.constBits(), np.uint8).reshape(held.height(), -1)
    return rows[:, : held.width() * 3].reshape(held.height(), held.width(), 3).astype(float)


def test_a_picture_that_is_too_large_is_refused(atlas, tmp_path):
    with pytest.raises(ExportError, match="can't be drawn"):
        write_map(tmp_path / "a.png", atlas, small_state(atlas), (20_000, 100), (800.0, 600.0))
    with pytest.raises(ExportError, match="files of this type"):
        write_map(tmp_path / "a.jpg", atlas, small_state(atlas), (200, 100), (800.0, 600.0))
    assert list(tmp_path.iterdir()) == []


def test_the_sheet_says_all_that_a_map_must_say_with_its_typeface_inside(window, tmp_path):
    session = window.session
    lines = legend_lines_of(session.atlas, session.state, (1000.0, 700.0))
    texts = [line.text for line in lines]
    assert {"5 分钟以内", "15 分钟以内", "clinics"} <= set(texts)
    assert all(line.picture is not None for line in lines if "分钟以内" in line.text)
    order = SheetOrder(sheet_title(session), legend=lines)
    said = sheet_words(session.atlas, session.state, order)
    whole = "\n".join(said)
    for part in ("未经地图审核", "步行 4.8 公里/小时", "clinics.csv", "1970-01-01"):
        assert part in whole
    write_sheet(tmp_path / "a.pdf", session.atlas, session.state, order)
    held = (tmp_path / "a.pdf").read_bytes()
    assert held.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", held)) == 1
    assert b"/FontFile" in held
    # A4 across, in points.
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", held)
    assert [round(float(box[1])), round(float(box[2]))] == [842, 595]


def test_the_dialog_writes_a_sheet_and_a_picture(window, tmp_path, monkeypatch):
    chosen: list[Path] = [tmp_path / "sheet", tmp_path / "map.png"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen.pop(0)), ""))
    dialog = opened(window)
    assert "步行" in dialog._title.text()
    press(dialog, "PDF sheet…")
    window.rest()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    QApplication.processEvents()
    dialog = opened(window)
    dialog._wide.setValue(640)
    dialog._high.setValue(480)
    press(dialog, "PNG picture…")
    window.rest()
    assert QImage(str(tmp_path / "map.png")).width() == 640


def test_the_preview_prints_the_sheet(window, tmp_path, monkeypatch):
    printed = tmp_path / "printed.pdf"

    def exec_(preview) -> int:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        preview.paintRequested.emit(printer)
        return 0

    monkeypatch.setattr(QPrintPreviewDialog, "exec", exec_)
    dialog = opened(window)
    press(dialog, "Preview and print…")
    window.rest()
    assert printed.read_bytes().startswith(b"%PDF")
    assert callable(print_sheet)
    dialog.reject()


def test_a_full_disk_is_one_line_in_the_dialog(window, tmp_path, monkeypatch):
    gone = tmp_path / "nowhere" / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(gone), ""))
    dialog = opened(window)
    press(dialog, "PDF sheet…")
    window.rest()
    assert "nowhere" in dialog.fault.text()
    assert dialog.isVisible()
    dialog.reject()
