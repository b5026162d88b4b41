"""Street edits as a hand makes them: clicks on the map, keys, boxes, names, files."""

import math

import pytest
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QToolButton,
)

from sandbox.app import street_edits
from sandbox.app.jobs import Jobs
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.draw.answers.edits import edit_colour
from sandbox.draw.theme import theme
from sandbox.edits import street_edits_file
from sandbox.edits.street_edits import KINDS, StreetEdit, StreetEdits
from sandbox.geo.shapes import to_metric
from sandbox.ui.panels.answer import AreaRows
from sandbox.ui.panels.dock import EDITS_TAB, REACH_TAB, Dock
from sandbox.ui.panels.edits import EditsPanel
from sandbox.ui.panels.legend import Legend
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.planner.messages import MessageBar
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.atlas import CRS, MIDDLE_XY, at, small_atlas, small_state


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


class Window:
    """A planner over the small city, its panel of edits in front."""

    def __init__(self, qtbot, atlas, language="en", size=(1920, 1080), **fields):
        application(language)
        self.qtbot, self.post = qtbot, Post()
        self.jobs = Jobs(self.post)
        asked = ReachQuestion(at(0, 0), (5.0, 10.0))
        state = small_state(atlas, reach=asked, language=language, **fields)
        self.session = Session(atlas, state)
        self.planner = Planner(self.session, self.jobs, Settings(motion=False), remember=False)
        qtbot.addWidget(self.planner)
        self.planner.resize(*size)
        self.planner.show()
        self.planner.show_tab(EDITS_TAB)
        self.settle()
        (self.panel,) = self.planner.findChildren(EditsPanel)
        self.canvas = self.planner.map.canvas

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    def close(self):
        self.planner.close()
        self.post.close()

    @property
    def edits(self):
        return self.session.state.document.edits.edits

    @property
    def areas(self):
        return self.session.state.answers.reach_answer.isochrone.areas_km2

    def px(self, x_m, y_m):
        x, y = self.canvas.viewport.px_of_lonlat(at(x_m, y_m))
        return QPoint(round(x), round(y))

    def click(self, *spots):
        for spot in spots:
            QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, pos=self.px(*spot))
        self.settle()

    def shown(self, kind):
        return [one for one in self.panel.findChildren(kind) if one.isVisibleTo(self.panel)]

    def press(self, text):
        (found,) = [one for one in self.shown(QPushButton) if one.text() == text]
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.canvas, key, modifier)
        self.settle()


@pytest.fixture
def opened(qtbot, atlas):
    made = []

    def open_one(**fields):
        made.append(Window(qtbot, atlas, **fields))
        made[-1].planner.activateWindow()
        made[-1].canvas.setFocus()
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def metres(shape):
    """Return the corners of a shape in metres about the middle, to the metre."""
    xy = shapely.get_coordinates(to_metric(shape, CRS)) - MIDDLE_XY
    return [tuple(one) for one in xy.round().astype(int).tolist()]


def test_streets_are_closed_by_clicks_and_opened_by_undo(opened):
    window = opened()
    before, pin = window.areas, window.session.state.document.reach.origin_lonlat
    window.press("Closed street")
    # The four streets away from the pin: at last no street is near, and the window says so.
    for number, spot in enumerate([(60, 0), (-60, 0), (0, 60), (0, -60)], 1):
        window.click(spot)
        assert len(window.edits) == number
        if number == 3:
            assert window.areas[-1] < before[-1]
    assert window.session.state.document.reach.origin_lonlat == pin
    assert window.session.state.answers.reach_answer is None
    assert [one.name for one in window.edits] == [f"Closed street {n}" for n in (1, 2, 3, 4)]
    for count in (3, 2, 1, 0):
        window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert len(window.edits) == count
    assert window.areas == before
    window.planner._actions["redo"].trigger()
    window.settle()
    assert len(window.edits) == 1
    window.press("Stop editing")
    # Touches mean the pin again.
    window.click((240, 240))
    assert len(window.edits) == 1
    assert window.session.state.document.reach.origin_lonlat == pytest.approx(
        at(240, 240), abs=2e-5
    )


def test_an_area_is_drawn_corner_by_corner_and_ends_with_the_key(opened):
    window = opened()
    before = window.areas
    corners = [(60, -300), (500, -300), (500, 300), (60, 300)]
    window.press("Area to avoid")
    window.click(*corners)
    assert len(window.session.state.gesture.sketch) == 4
    assert window.edits == ()
    window.key(Qt.Key.Key_Return)
    (edit,) = window.edits
    assert edit.kind == "avoid"
    for drawn, corner in zip(metres(edit.shape), [*corners, corners[0]], strict=True):
        # A pixel is 4 m.
        assert math.dist(drawn, corner) <= 3.0
    assert window.session.state.gesture.sketch is None
    assert window.areas[-1] < before[-1]


def test_keys_take_a_point_back_and_give_up(opened):
    window = opened()
    window.press("Path")
    window.click((0, 0), (100, 100), (200, 50))
    window.key(Qt.Key.Key_Backspace)
    assert len(window.session.state.gesture.sketch) == 2
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.state.gesture.sketch) == 1
    (done,) = [one for one in window.shown(QPushButton) if one.text() == "Done"]
    assert not done.isEnabled()
    window.key(Qt.Key.Key_Escape)
    assert window.session.state.gesture.sketch is None
    assert window.edits == ()


def test_a_double_click_sets_one_point_and_a_place_hides_no_ground(opened):
    window = opened()
    window.press("Footbridge")
    # The laboratory's mark is there; who draws means the ground.
    spot = window.px(-300, 100)
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(window.canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert len(window.session.state.gesture.sketch) == 1
    assert window.session.state.gesture.selected is None
    assert window.session.state.document.view.m_per_px == 4.0
    window.click((-300, 500))
    window.press("Done")
    (edit,) = window.edits
    for drawn, wanted in zip(metres(edit.shape), [(-300, 100), (-300, 500)], strict=True):
        assert math.dist(drawn, wanted) <= 3.0


def test_dragging_while_drawing_moves_the_map_and_not_the_pin(opened):
    window = opened()
    pin = window.session.state.document.reach.origin_lonlat
    window.press("Path")
    start = window.px(0, 0)
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(window.canvas, start + QPoint(12 * step, 0))
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert window.session.state.document.reach.origin_lonlat == pin
    assert window.session.state.gesture.sketch == ()
    assert window.px(0, 0).x() - start.x() == pytest.approx(60, abs=2)


def slow_and_path():
    slow = shapely.Polygon([at(-500, -500), at(500, -500), at(500, 500), at(-500, 500)])
    path = shapely.LineString([at(0, 0), at(350, 350)])
    return StreetEdits(
        (StreetEdit("slow", slow, "Works", time_factor=3.0), StreetEdit("path", path, "Shortcut"))
    )


FOR_CARS = StreetEdit(
    "avoid", shapely.Polygon([at(0, 0), at(90, 0), at(90, 90)]), "Vehicles", ("bike", "drive")
)


def test_the_list_switches_names_slows_and_removes(opened):
    window = opened()
    bare = window.areas
    window.session.change(edits=slow_and_path())
    window.settle()
    both = window.areas
    boxes = window.shown(QCheckBox)
    assert [box.isChecked() for box in boxes] == [True, True]
    QTest.mouseClick(boxes[0], Qt.MouseButton.LeftButton)
    window.settle()
    assert [one.on for one in window.edits] == [False, True]
    assert both[-1] < bare[-1] < window.areas[-1]
    QTest.mouseClick(boxes[0], Qt.MouseButton.LeftButton)
    window.settle()
    assert window.areas == both

    factor, name = (
        next(one for one in window.shown(QLineEdit) if one.accessibleName() == said)
        for said in ("Travel time on its streets", "Name")
    )
    assert factor.text() == "3"
    for typed, held in (("6", 6.0), ("0.2", 6.0), ("much", 6.0)):
        factor.setFocus()
        factor.selectAll()
        QTest.keyClicks(factor, typed)
        QTest.keyClick(factor, Qt.Key.Key_Return)
        window.settle()
        assert window.edits[0].time_factor == held
        assert factor.text() == "6"
    assert window.areas[-1] < both[-1]

    # A name that is typed is taken over by whatever is done next, and that is done too.
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "New works")
    gone = [one for one in window.shown(QToolButton) if one.accessibleName() == "Remove Shortcut"]
    gone[0].setFocus()
    QTest.mouseClick(gone[0], Qt.MouseButton.LeftButton)
    window.settle()
    assert [one.name for one in window.edits] == ["New works"]
    window.session.undo()
    window.session.undo()
    assert [one.name for one in window.edits] == ["Works", "Shortcut"]


def test_each_edit_says_whom_it_concerns_and_may_concern_others(opened):
    window = opened()
    bare = window.areas
    window.session.change(edits=StreetEdits((*slow_and_path().edits, FOR_CARS)))
    window.settle()
    everyone = window.areas
    slow, path, cars = (
        next(one for one in row.findChildren(QComboBox))
        for row in {box.parentWidget(): 0 for box in window.shown(QCheckBox)}
    )
    offered = [[one.itemText(n) for n in range(one.count())] for one in (slow, path, cars)]
    assert offered == [
        ["Everyone", "Walk", "Cycle", "Drive"],
        ["Walk", "Walk · Cycle", "Everyone"],
        ["Everyone", "Walk", "Cycle", "Drive", "Cycle · Drive"],
    ]
    assert [one.currentText() for one in (slow, path, cars)] == [
        "Everyone",
        "Walk",
        "Cycle · Drive",
    ]
    # Works for bikes only leave those on foot what the shortcut gives.
    slow.setCurrentIndex(2)
    slow.activated.emit(2)
    window.settle()
    assert window.edits[0].modes == ("bike",)
    assert window.areas[-1] > bare[-1] > everyone[-1]
    # The wheel is the list's.
    none, still = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    at_px, down = QPointF(5, 5), QPoint(0, -120)
    whole = slow.mapToGlobal(at_px)
    wheel = QWheelEvent(at_px, whole, QPoint(), down, Qt.MouseButton.NoButton, none, still, False)
    QApplication.sendEvent(slow, wheel)
    assert window.edits[0].modes == ("bike",)
    window.session.undo()
    window.settle()
    assert slow.currentText() == "Everyone"
    assert window.areas == everyone


def test_edits_are_saved_and_opened_in_another_window(opened, tmp_path, monkeypatch):
    window = opened()
    file = tmp_path / "own.geojson"
    save = window.planner._actions["save_edits"]
    assert not save.isEnabled()
    window.session.change(edits=slow_and_path())
    window.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    window.press("Save street edits…")
    assert street_edits_file.read(file) == slow_and_path()
    assert save.isEnabled()
    other = opened()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    other.press("Open street edits…")
    assert other.edits == slow_and_path().edits
    assert other.areas == window.areas
    # A faulty file is told in one message, and the edits stay.
    file.write_text('{"features": [{"properties": {"kind": "lake"}}]}', encoding="utf-8")
    other.planner._actions["open_edits"].trigger()
    other.settle()
    assert other.edits == slow_and_path().edits
    (refused,) = other.planner.refusals
    assert "kind must be one of" in str(refused)
    assert other.planner.findChild(MessageBar).message.kind == "error"


def test_a_faulty_drawing_is_told_in_the_users_language(opened):
    window = opened(language="zh")
    window.press("新增步道")
    window.session.change(sketch=(at(9000, 9000), at(9100, 9100)))
    window.press("完成")
    assert window.edits == ()
    text = window.planner.findChild(MessageBar)
    said = " ".join(one.text() for one in text.findChildren(QLabel))
    assert "道路修改无法应用" in said
    assert not any(word in said for word in ("street", "within", "edits"))
    window.press("取消")
    assert window.planner.refusals == ()


def test_all_that_follows_from_edited_streets_says_so(opened):
    window = opened()

    def told(kind):
        widget = window.planner.findChild(kind)
        return " ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())

    def come(there):
        # Panels follow a moment later, so that dragging stays smooth.
        window.qtbot.waitUntil(there, timeout=60_000)

    for kind in (AreaRows, TablePanel, Legend):
        assert "Street edits" not in told(kind)
    window.session.change(edits=slow_and_path())
    window.settle()
    window.planner.show_tab(REACH_TAB)
    for kind, said in (
        (Legend, "Slow zone"),
        (AreaRows, "Street edits: 2"),
        (TablePanel, "Street edits: 2"),
    ):
        come(lambda kind=kind, said=said: said in told(kind))
    assert "Path" in told(Legend)
    assert "Closed street" not in told(Legend)
    window.session.change(edits=StreetEdits())
    window.settle()
    for kind in (AreaRows, TablePanel, Legend):
        come(lambda kind=kind: "Street edits" not in told(kind))


@pytest.mark.parametrize("look", ["light", "dark"])
def test_each_kind_is_painted_where_it_is_and_gone_when_off(opened, look):
    window = opened(theme=look)
    ends = {"closed": (-360, -420), "footbridge": (-360, 420), "path": (240, -440)}
    shapes = {
        "closed": shapely.LineString([at(-300, -500), at(-300, -340)]),
        "footbridge": shapely.LineString([at(-480, 420), at(-240, 420)]),
        "path": shapely.LineString([at(120, -440), at(360, -440)]),
        "avoid": shapely.Polygon([at(240, 240), at(400, 240), at(400, 400), at(240, 400)]),
        "slow": shapely.Polygon([at(-560, -80), at(-400, -80), at(-400, 80), at(-560, 80)]),
    }
    edits = StreetEdits(tuple(StreetEdit(kind, shapes[kind]) for kind in KINDS))

    def reds():
        window.settle()
        window.canvas.complete()
        picture = window.canvas.grab().toImage()
        ratio = window.canvas.devicePixelRatioF()
        found = {}
        for kind in KINDS:
            wanted, count = QColor(edit_colour(kind, theme(look))), 0
            middle = window.px(*ends.get(kind, (320, 320) if kind == "avoid" else (-480, 0)))
            for dx in range(-60, 61):
                for dy in range(-60, 61):
                    at_px = (round((middle.x() + dx) * ratio), round((middle.y() + dy) * ratio))
                    count += picture.pixelColor(*at_px) == wanted
            found[kind] = count
        return found

    bare = reds()
    window.session.change(edits=edits)
    drawn = reds()
    for kind in KINDS:
        assert drawn[kind] > bare[kind] + 25, kind
    # What a line closes are the streets that it crosses.
    (closed, *_) = street_edits.closed(window.session.state)
    assert set(metres(closed)) >= {(-360, -480), (-240, -480), (-360, -360), (-240, -360)}
    window.session.change(edits=StreetEdits(tuple(edits.switched(0, on=False).edits[:1])))
    assert reds()["closed"] == bare["closed"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_panel_fits_its_dock_in_both_languages(opened, language):
    window = opened(language=language)
    window.session.change(edits=slow_and_path())
    window.settle()
    tabs = window.planner.findChild(Dock).findChild(QTabBar)
    assert tabs.count() == 5
    assert tabs.sizeHint().width() <= tabs.parentWidget().width() - 32
    assert window.panel.widget().width() <= window.panel.viewport().width()
    for one in (*window.shown(QPushButton), *window.shown(QCheckBox)):
        right = one.mapTo(window.panel, QPoint(one.width(), 0)).x()
        assert right <= window.panel.width() - 10, one.text()
        if isinstance(one, QPushButton):
            assert one.sizeHint().width() <= one.width() + 1, one.text()


def test_a_long_list_comes_by_and_by_and_all_of_it(opened):
    window = opened()
    slow = slow_and_path().edits[0]
    many = tuple(StreetEdit("slow", slow.shape, f"Works {n}", time_factor=1.01) for n in range(60))
    window.session.change(edits=StreetEdits(many))
    QApplication.processEvents()
    assert len(window.shown(QCheckBox)) < 60
    window.qtbot.waitUntil(lambda: len(window.shown(QCheckBox)) == 60, timeout=60_000)
    names = [one for one in window.shown(QLineEdit) if one.accessibleName() == "Name"]
    assert [one.text() for one in names] == [one.name for one in many]
    window.session.change(edits=StreetEdits(many[:2]))
    window.settle()
    assert len(window.shown(QCheckBox)) == 2
