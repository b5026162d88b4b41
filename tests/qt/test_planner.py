"""The planner's window as a hand finds it: real widgets, a small city, no screen."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget, QTableView, QWidget

from sandbox.app.answers.circles import CirclesAnswer, CirclesQuestion
from sandbox.app.jobs import Jobs
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.app.settings import Settings, settings_file
from sandbox.catalog.layer import Layer
from sandbox.catalog.search import search_index
from sandbox.streets import sandnet
from sandbox.ui.answers.chooser import Chooser
from sandbox.ui.answers.circles import CirclesPanel
from sandbox.ui.panels.dock import Dock
from sandbox.ui.panels.identify import IdentifyCard
from sandbox.ui.panels.layer_row import LayerRow
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.panels.legend import Legend
from sandbox.ui.panels.moving import MovingBox
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.parts.cutoffs import CutoffSlider
from sandbox.ui.parts.shadow import Shadow
from sandbox.ui.planner.fold import Fold
from sandbox.ui.planner.messages import Message, MessageBar
from sandbox.ui.planner.search import SearchField, lonlat_typed
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from sandbox.words import Text
from tests.support.atlas import at, small_atlas, small_state, streets


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


class Window:
    """A planner with what a test needs of it."""

    def __init__(self, atlas, size=(1920, 1080), **fields) -> None:
        application("zh")
        self.post = Post()
        self.jobs = Jobs(self.post)
        fields.setdefault("reach", ReachQuestion(at(0, 0)))
        self.session = Session(atlas, small_state(atlas, **fields))
        self.planner = Planner(self.session, self.jobs, Settings(motion=False))
        self.planner.resize(*size)

    def one(self, kind):
        (found,) = self.planner.findChildren(kind)
        return found

    def settle(self, qtbot) -> None:
        qtbot.waitUntil(lambda: not self.jobs.busy, timeout=60_000)


@pytest.fixture
def open_window(qtbot, atlas) -> Iterator:
    opened = []

    def make(**fields) -> Window:
        window = Window(atlas, **fields)
        opened.append(window)
        qtbot.addWidget(window.planner)
        window.planner.show()
        window.settle(qtbot)
        return window

    yield make
    for window in opened:
        window.planner.close()
        window.post.close()


def texts(widget: QWidget) -> list[str]:
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    buttons = [one.text() for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)]
    return [text for text in labels + buttons if text]


def test_a_click_on_the_map_is_answered_from_there(qtbot, open_window):
    window = open_window()
    canvas = window.planner.map.canvas
    place = at(-400, -400)
    x, y = canvas.viewport.px_of_lonlat(place)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    window.settle(qtbot)
    origin = window.session.state.answers.reach_answer.question.origin_lonlat
    assert origin == pytest.approx(place, abs=1e-4)


def test_dragging_the_pin_takes_the_answer_along(qtbot, open_window):
    window = open_window()
    canvas = window.planner.map.canvas
    x, y = canvas.viewport.px_of_lonlat(at(0, 0))
    start = QPoint(round(x), round(y))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in range(10, 60, 10):
        QTest.mouseMove(canvas, start + QPoint(step, 0))
        QApplication.processEvents()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(50, 0))
    window.settle(qtbot)
    answer = window.session.state.answers.reach_answer
    assert answer.question == window.session.state.document.reach
    assert answer.question.origin_lonlat == pytest.approx(at(200, 0), abs=1e-4)


def test_a_click_on_a_place_opens_its_card_and_leaves_the_origin(qtbot, open_window):
    window = open_window(reach=ReachQuestion(at(900, -900)))
    canvas = window.planner.map.canvas
    canvas.complete()
    window.session.change(selected=Selected("labs", "labs_0"))
    card = window.one(IdentifyCard)
    assert card.isVisible()
    assert "光学实验室" in texts(card)
    assert window.session.state.document.reach.origin_lonlat == at(900, -900)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_the_smallest_window_a_card_and_a_message_never_cover_one_another(
    qtbot, open_window, language
):
    window = open_window(size=(760, 560), language=language)
    bar, card = window.one(MessageBar), window.one(IdentifyCard)
    long = Text("Schematic streets, for demonstration only. Load a real network for analysis.")
    bar.say("crowd", Message("warn", long, Text("Load network…"), lambda: None))
    QApplication.processEvents()
    assert bar.isVisible()
    window.session.change(selected=Selected("labs", "labs_0"))
    QApplication.processEvents()
    assert card.isVisible()
    assert not bar.isVisible() or not bar.geometry().intersects(card.geometry())
    assert card.geometry().bottom() < window.planner.map.height()
    window.session.change(selected=None)
    QApplication.processEvents()
    assert bar.isVisible(), "what was said before the card is said again"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (760, 560)])
def test_no_column_of_the_table_cuts_its_words(qtbot, open_window, size, language):
    window = open_window(size=size, language=language)
    table = window.one(TablePanel)
    view = table.findChild(QTableView)
    model, metrics = view.model(), view.fontMetrics()
    assert model.rowCount() > 0
    shown = [one for one in range(model.columnCount()) if not view.isColumnHidden(one)]
    assert {0, 3} <= set(shown), "name and minutes are always there"
    assert sum(view.columnWidth(one) for one in shown) <= view.width()
    for column in shown:
        for row in range(model.rowCount()):
            text = model.index(row, column).data()
            assert metrics.horizontalAdvance(text) + 20 <= view.columnWidth(column), text


def test_a_card_that_opens_later_is_as_high_as_its_text(qtbot, open_window):
    window = open_window()
    window.session.change(selected=Selected("labs", "labs_0"))
    QApplication.processEvents()
    card = window.one(IdentifyCard)
    for label in card.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
    assert card._scroll.verticalScrollBar().maximum() == 0


def test_the_card_asks_the_reach_of_its_place(qtbot, open_window):
    window = open_window()
    window.session.change(selected=Selected("labs", "labs_1"))
    card = window.one(IdentifyCard)
    (button,) = [one for one in card.findChildren(QPushButton) if one.text() == "从这里出发"]
    button.click()
    window.settle(qtbot)
    assert window.session.state.document.reach.place == Selected("labs", "labs_1")
    assert window.session.state.answers.reach_answer.places[0].id == "labs_1"


def test_both_languages_stand_everywhere_after_a_switch(qtbot, open_window):
    window = open_window(analyses=(CirclesQuestion("services"),))
    window.planner.show_tab("circles")
    window.session.change(selected=Selected("labs", "labs_0"))
    window.session.change(language="en")
    chinese = [
        text
        for text in texts(window.planner)
        if any("\u4e00" <= letter <= "\u9fff" for letter in text)
    ]
    # The switch itself, and the card's second name, speak Chinese on purpose.
    assert sorted(set(chinese)) == ["中", "光学实验室"]
    window.session.change(language="zh")
    assert "服务圈" in texts(window.planner)


def test_the_theme_dresses_the_window(open_window, qtbot):
    window = open_window()
    planner = window.planner
    light = planner._top.styleSheet()
    window.session.change(theme="dark")
    # Nothing is painted before all that is in sight is dressed; what is not follows.
    assert not planner.settled
    assert not planner.updatesEnabled()
    qtbot.waitUntil(lambda: planner.settled)
    assert planner.updatesEnabled()
    assert "#1B2024" in planner._top.styleSheet() != light
    # Each widget but the bare frames between them stands in a part that wears the sheet.
    bare = {Planner, Dock, Chooser, Fold, QStackedWidget}
    for widget in planner.findChildren(QWidget):
        above, worn = widget, False
        while above is not planner and not worn:
            worn, above = "#1B2024" in above.styleSheet(), above.parentWidget()
        assert worn or type(widget) in bare or isinstance(widget, Shadow), widget


def test_keys_belong_to_the_map_when_the_window_opens(open_window):
    planner = open_window().planner
    assert planner.focusWidget() is planner.map.canvas
    # No hand has asked for keys yet, so nothing on the map is marked.
    assert not planner.map.canvas._by_keys


def test_a_theme_that_changes_twice_in_one_step_ends_as_the_last_one(open_window, qtbot):
    window = open_window()
    window.session.change(theme="dark")
    window.session.change(theme="light")
    qtbot.waitUntil(lambda: window.planner.settled)
    assert "#1B2024" not in window.planner._dock.parts[-1].styleSheet()


def test_switches_are_remembered_though_the_disk_is_slow(open_window, monkeypatch):
    """The window goes on at once, and its last switch is on the disk once it is closed."""
    window, ready, fsync, threads = open_window(), Event(), os.fsync, set()

    def slow(handle):
        threads.add(current_thread())
        ready.wait(30)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", slow)
    window.planner._preferences.speak("en")
    window.planner._preferences.switch_theme()
    assert not settings_file().exists()
    ready.set()
    window.planner.close()
    text = settings_file().read_text("utf-8")
    assert 'language = "en"' in text
    assert 'theme = "dark"' in text
    assert main_thread() not in threads


def test_an_eye_hides_its_layer_and_undo_shows_it_again(open_window):
    window = open_window()
    panel = window.one(LayerPanel)
    (row,) = [one for one in panel.findChildren(LayerRow) if one.id == "parks"]
    row.eye.click()
    assert not visible(window, "parks")
    window.session.undo()
    assert visible(window, "parks")


def visible(window: Window, layer_id: str) -> bool:
    return next(one.visible for one in window.session.state.document.layers if one.id == layer_id)


def test_a_row_moved_down_lies_lower_on_the_map(open_window):
    window = open_window()
    panel = window.one(LayerPanel)
    before = [one.id for one in window.session.state.document.layers]
    panel.move_layer("housing", 1)
    after = [one.id for one in window.session.state.document.layers]
    assert before.index("housing") > before.index("services")
    assert after.index("housing") < after.index("services")


def test_a_row_dragged_onto_another_takes_its_place(open_window):
    window = open_window()
    panel = window.one(LayerPanel)
    rows = {one.id: one for one in panel.findChildren(LayerRow)}
    start = rows["housing"].rect().center()
    end = rows["housing"].mapFromGlobal(rows["parks"].mapToGlobal(QPoint(60, 26)))
    QTest.mousePress(rows["housing"], Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(rows["housing"], start + QPoint(0, 20))
    QTest.mouseMove(rows["housing"], end)
    QTest.mouseRelease(rows["housing"], Qt.MouseButton.LeftButton, pos=end)
    order = [one.id for one in window.session.state.document.layers]
    assert order.index("housing") == order.index("parks") - 1


def test_the_cutoff_slider_keeps_its_handles_in_order(qtbot):
    heard = []
    slider = CutoffSlider(lambda minutes, moving: heard.append((minutes, moving)))
    qtbot.addWidget(slider)
    from sandbox.draw.theme import theme

    slider.resize(320, 42)
    slider.show_minutes((5.0, 10.0, 15.0), theme("light"), 30.0)
    slider.show()

    def x_of(minute: float) -> QPoint:
        return QPoint(round(10 + 300 * minute / 30), 12)

    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=x_of(10))
    QTest.mouseMove(slider, x_of(13))
    QTest.mouseMove(slider, x_of(28))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=x_of(28))
    assert heard == [
        ((5.0, 13.0, 15.0), True),
        ((5.0, 14.0, 15.0), True),
        ((5.0, 14.0, 15.0), False),
    ]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert heard[-1][0] == (5.0, 13.0, 15.0)


def test_the_table_lists_places_soonest_first_and_a_row_selects(open_window):
    window = open_window()
    table = window.one(TablePanel)
    answer = window.session.state.answers.reach_answer
    model = table._model
    assert [model.line(i).place.where.id for i in range(model.rowCount())] == [
        place.id for place in answer.places
    ]
    table._view.selectRow(1)
    assert window.session.state.gesture.selected.id == answer.places[1].id


def test_the_legend_explains_the_bands_and_the_circles_that_are_there(qtbot, open_window):
    window = open_window()
    legend = window.one(Legend)
    assert "15 分钟以内" in texts(legend)
    window.session.change(reach=None, analyses=(CirclesQuestion("services", straight_line=True),))
    window.settle(qtbot)
    # What was there before goes as soon as the hand rests.
    QApplication.processEvents()
    said = texts(legend)
    assert "15 分钟以内" not in said
    assert "直线服务半径" in said


def test_circles_show_what_they_cover_and_whom_they_leave_out(qtbot, open_window, atlas):
    window = open_window(analyses=(CirclesQuestion("services", minutes=5.0),))
    panel = window.one(CirclesPanel)
    share = window.session.state.answers.result(CirclesAnswer).coverage.share_of_ground
    assert f"{share * 100:.0f} %" in texts(panel)
    panel.off()
    assert window.session.state.answers.result(CirclesAnswer) is None
    assert "选择一类服务设施，查看其覆盖范围与盲区。" in texts(panel)


def test_an_error_stands_before_the_warning_and_goes_when_all_is_well(qtbot, open_window):
    window = open_window()
    bar = window.one(MessageBar)
    assert bar.message.kind == "warn"
    window.planner._asker.move_origin(at(9_000, 0))
    window.settle(qtbot)
    assert bar.message.kind == "error"
    window.planner._asker.move_origin(at(0, 0))
    window.settle(qtbot)
    assert bar.message.kind == "warn"


def test_markup_in_a_message_is_shown_as_text(open_window):
    window = open_window()
    window.planner.say(Text("<b>bold</b> & <script>"))
    label = next(one for one in window.one(MessageBar).findChildren(QLabel) if one.text())
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b> & <script>"


def test_other_streets_take_the_place_of_the_old_ones(qtbot, open_window, tmp_path):
    window = open_window()
    made = streets(blocks=10).streets
    real = replace(made, provenance=replace(made.provenance, title="Small town", schematic=False))
    file = tmp_path / "town.sandnet"
    sandnet.save(real, file)
    canvas = window.planner.map.canvas
    window.planner.open_network(file)
    window.settle(qtbot)
    assert window.session.atlas.network.title == "Small town"
    assert window.planner.map.canvas is not canvas
    assert window.one(MessageBar).message is None
    assert "路网：Small town" in texts(window.planner)


def test_a_damaged_network_file_leaves_the_old_map(qtbot, open_window, tmp_path):
    window = open_window()
    before = window.session.atlas
    file = tmp_path / "broken.sandnet"
    file.write_bytes(b"nothing")
    window.planner.open_network(file)
    window.settle(qtbot)
    assert window.session.atlas is before
    assert window.one(MessageBar).message.kind == "error"


def test_the_map_is_written_as_a_page(qtbot, open_window, tmp_path: Path):
    window = open_window()
    window.planner.files.export_page(tmp_path / "map.html")
    window.settle(qtbot)
    assert (tmp_path / "map.html").stat().st_size > 10_000
    assert window.one(MessageBar).message.kind == "info"


def test_a_page_that_cannot_be_written_is_an_error_in_the_bar(qtbot, open_window, tmp_path):
    window = open_window()
    window.planner.files.export_page(tmp_path / "not there" / "map.html")
    window.settle(qtbot)
    assert window.one(MessageBar).message.kind == "error"


@pytest.mark.parametrize(
    ("width", "folded"), [(1920, [False, False]), (1300, [False, True]), (1000, [True, True])]
)
def test_panels_fold_where_the_window_is_narrow(open_window, width, folded):
    window = open_window(size=(width, 800))
    folds = window.planner.findChildren(Fold)
    assert [fold.width() < 100 for fold in sorted(folds, key=lambda one: one.x())] == folded
    assert window.planner.map.width() >= 400


@pytest.mark.parametrize("typed", ["光学", "gxsys", "guangxue", "Optics"])
def test_a_place_is_found_as_people_type_it(qtbot, open_window, typed):
    window = open_window()
    field = window.one(SearchField)
    field.begin()
    QTest.keyClicks(field._field, typed) if typed.isascii() else field._field.insert(typed)
    if not typed.isascii():
        field._typed(typed)
    QTest.keyClick(field._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.state.gesture.selected == Selected("labs", "labs_0"))
    assert window.session.state.document.view.center_lonlat == pytest.approx(
        at(-300, 100), abs=1e-6
    )


def test_the_first_letter_waits_for_no_names(qtbot, open_window, monkeypatch):
    """Names are read on a worker; what was typed meanwhile is found once they are there."""
    go_on, threads = Event(), []

    def slow(layers):
        threads.append(current_thread())
        assert go_on.wait(30)
        return search_index(layers)

    monkeypatch.setattr("sandbox.ui.planner.search.search_index", slow)
    window = open_window()
    field = window.one(SearchField)
    field.begin()
    QTest.keyClicks(field._field, "g")
    shown = [field._found.item(row).text() for row in range(field._found.count())]
    assert shown == ["正在查找…"]
    go_on.set()
    qtbot.waitUntil(lambda: "光学实验室" in field._found.item(0).text())
    assert threads
    assert main_thread() not in threads


def test_a_layer_that_is_searched_for_lists_its_places(qtbot, open_window):
    window = open_window()
    field = window.one(SearchField)
    title = window.session.atlas.layers["labs"].title.zh
    field.begin()
    field._field.setText(title)
    field._typed(title)
    rows = field._found
    qtbot.waitUntil(lambda: rows.count() > 0 and f"图层：{title} …" in listed(rows))
    rows.setCurrentRow(listed(rows).index(f"图层：{title} …"))
    QTest.keyClick(field._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"图层：{title} …" not in listed(rows))
    assert any("光学实验室" in text for text in listed(rows))
    QTest.keyClick(field._field, Qt.Key.Key_Return)
    assert window.session.state.gesture.selected.layer == "labs"


def listed(rows) -> list[str]:
    return [rows.item(row).text() for row in range(rows.count())]


@pytest.mark.parametrize(
    ("text", "lonlat"),
    [
        ("106.3, 29.5", (106.3, 29.5)),
        ("29.5，106.3", (106.3, 29.5)),
        ("-8.61 41.15", (-8.61, 41.15)),
        ("500, 600", None),
        ("lab", None),
        ("1,2,3", None),
    ],
)
def test_coordinates_are_understood_in_either_order(text, lonlat):
    assert lonlat_typed(text) == lonlat


def test_no_text_of_the_window_is_cut(open_window):
    for language in ("zh", "en"):
        window = open_window(language=language)
        cut = [
            label.text()
            for label in window.planner.findChildren(QLabel)
            if label.isVisible()
            and label.text()
            and not label.wordWrap()
            and label.sizeHint().width() > label.width() + 1
            and "…" not in label.text()
        ]
        assert cut == []


def test_a_layer_of_a_name_with_markup_shows_it_as_text(open_window):
    window = open_window()
    layer: Layer = window.session.atlas.layers["labs"]
    assert layer.features is not None
    for label in window.planner.findChildren(QLabel):
        assert label.textFormat() in (Qt.TextFormat.PlainText, Qt.TextFormat.AutoText)
        if label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText


def test_modes_and_directions_are_asked_with_buttons(qtbot, open_window):
    window = open_window()
    box = window.one(MovingBox)
    (towards,) = [b for b in box.findChildren(QPushButton) if b.text() == "到这里来"]
    QTest.mouseClick(towards, Qt.MouseButton.LeftButton)
    window.settle(qtbot)
    assert window.session.state.document.reach.travel.towards
    assert window.session.state.answers.reach_answer.isochrone.travel.towards
    (bike,) = [b for b in box.findChildren(QPushButton) if b.text() == "骑行"]
    assert bike.isVisibleTo(box) == ("bike" in window.session.atlas.network.modes)
    qtbot.waitUntil(lambda: "步行到此用时" in texts(window.one(Legend)), timeout=60_000)


def test_without_any_line_going_by_line_says_what_to_do(qtbot, open_window):
    window = open_window()
    (line,) = [b for b in window.one(MovingBox).findChildren(QPushButton) if b.text() == "公共交通"]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    window.settle(qtbot)
    assert window.session.state.document.reach.travel.mode == "transit"
    assert window.session.state.answers.reach_answer is None
    (error,) = window.planner.refusals
    assert "no timetable" in str(error)
