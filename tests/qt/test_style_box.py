"""The style of a user's layer by hand: classes, names, size, scales, and the file for QGIS."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from sandbox.app.own.layers import layer_of, put_on_map
from sandbox.ui.own.style_box import StyleBox
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.panels.legend import Legend
from sandbox.words import words_of
from tests.support.atlas import small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.unit.app.own.test_layers import imported


@pytest.fixture
def window(qtbot):
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1400, 860)) as made:
        put_on_map(made.session, [layer_of(imported(capacity=[3.0, 5.0]), atlas.layers)])
        made.rest()
        one(made, LayerPanel).choose("clinics")
        made._actions["style_layer"].trigger()
        yield made


def choose(combo, data) -> None:
    """Choose an entry of a list by keys."""
    combo.setFocus()
    while combo.currentData() != data:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() > before


def test_classes_come_onto_map_and_legend_and_can_be_taken_back(window, tmp_path, monkeypatch):
    box, session = one(window, StyleBox), window.session
    box.column.setCurrentIndex(box.column.findData("capacity"))
    choose(box.by, "equal")
    window.rest()
    box.count.setValue(2)
    window.rest()
    by = session.state.document.layers[-1].symbology
    assert (by.column, by.breaks, by.method) == ("capacity", (4.0, 5.0), "equal")
    texts = [part.text() for part in one(window, Legend).findChildren(type(box.fault).__mro__[1])]
    assert {"≤ 4", "4 – 5"} <= set(texts)
    box.point_size.setValue(14)
    assert session.state.document.layers[-1].symbology.size_px == 14.0
    session.undo()
    assert session.state.document.layers[-1].symbology.size_px == 9.0
    path = tmp_path / "clinics.qml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    text = words_of("zh")("Save for QGIS…")
    (save,) = [b for b in box.findChildren(QPushButton) if b.text() == text]
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    window.rest()
    assert 'attr="capacity"' in path.read_text("utf-8")


def test_a_column_without_figures_is_told_and_the_shipped_layers_keep_their_look(window):
    box = one(window, StyleBox)
    before = window.session.state.document.layers
    box.column.setCurrentIndex(box.column.findData("name_zh"))
    choose(box.by, "natural")
    window.rest()
    assert "name_zh" in box.fault.text()
    assert window.session.state.document.layers == before
    box.accept()
    one(window, LayerPanel).choose("labs")
    window._actions["style_layer"].trigger()
    assert window.refusals
