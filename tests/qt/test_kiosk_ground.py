"""What the kiosk draws on the ground, and how its camera goes from one to the next."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shapely.geometry import Point

from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.blocks import Band, Bands, Cell, Pair, Row, Table, untold
from sandbox.app.kiosk.cards import card
from sandbox.app.kiosk.scenes.scenes import hour_of
from sandbox.app.opening import SERVICE_COMPLEX, stand_here
from sandbox.app.state import View
from sandbox.catalog.layer import Style
from sandbox.catalog.scenes import Scene, load_scenes
from sandbox.draw.viewport import Viewport
from sandbox.geo import crs as geo
from sandbox.ui.kiosk.flight import FADE_MS, Flight, blank
from sandbox.ui.kiosk.ways import Ways, here_tag
from sandbox.ui.start import application
from tests.support.atlas import CRS, at, layer, small_atlas
from tests.support.monkey import Monkey
from tests.support.show import small_scenes

SIZE = (1600.0, 900.0)

DAY = {
    "mode": "walk",
    "stops": [
        {"place": "labs/labs_0", "clock": "08:30", "text": {"zh": "科研", "en": "Research"}},
        {"place": "services/services_0", "clock": "12:20", "text": {"zh": "湖", "en": "Lake"}},
        {"place": "labs/labs_1", "clock": "15:30", "text": {"zh": "咖啡", "en": "Coffee"}},
    ],
}


def atlas_with_complex() -> Atlas:
    made = small_atlas()
    complex_ = layer(
        SERVICE_COMPLEX, "point", Style(category="service"),
        [{"id": SERVICE_COMPLEX, "shape": Point(60, 0), "name_en": "Complex"}],
    )  # fmt: skip
    schematic = replace(complex_, schematic=True)
    return Atlas({**made.layers, SERVICE_COMPLEX: schematic}, made.network)


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("en")
    told = small_scenes()[0].model_dump()
    near = {"center": at(0, 0), "width_m": 1000, "height_m": 600}
    scenes = [
        *small_scenes(),
        Scene.model_validate({**told, "id": "day", "day": DAY}),
        Scene.model_validate({**told, "id": "near", "camera": near}),
    ]
    made = Monkey(atlas_with_complex(), scenes, seed=3)
    yield made
    made.close()


def viewport(monkey: Monkey) -> Viewport:
    return monkey.window._viewport()


def test_it_says_where_one_stands_in_every_scene_clear_of_panels(monkey: Monkey) -> None:
    window = monkey.window
    for scene in monkey.show.scenes:
        monkey.show.do("scene", scene.id)
        panels = window._face.obstacles()
        (words, ring, *_) = window._overlay.lay_out(viewport(monkey), panels)
        assert not any(words.intersects(panel) for panel in panels)
        x, y = viewport(monkey).px_of_lonlat(at(60, 0))
        assert (ring.center().x(), ring.center().y()) == pytest.approx((x, y))


def test_the_settings_place_it_and_it_is_schematic_no_more(monkey: Monkey) -> None:
    overlay, session = monkey.window._overlay, monkey.window.session
    overlay.lay_out(viewport(monkey), [])
    assert overlay._here is not None
    assert overlay._here.words == Pair("您在这里（示意）", "You are here")
    stood = stand_here(dict(session.atlas.layers), at(-200, 300))
    session.open(Atlas(stood, session.atlas.network), session.state)
    boxes = overlay.lay_out(viewport(monkey), [])
    assert overlay._here.words == Pair("您在这里", "You are here")
    expected = viewport(monkey).px_of_lonlat(at(-200, 300))
    assert (boxes[1].center().x(), boxes[1].center().y()) == pytest.approx(expected, abs=0.5)


def test_a_finger_runs_along_the_years_and_they_follow(qtbot: QtBot, monkey: Monkey) -> None:
    years = {"first": 2020, "last": 2025, "layers": ["labs"], "figures": ["none"]}
    told = small_scenes()[0].model_dump()
    scene = Scene.model_validate({**told, "id": "years", "timeline": years})
    monkey.show._scenes["years"] = scene
    monkey.show.change(scenes=(*monkey.show.state.scenes, "years"))
    monkey.show.do("scene", "years")
    window = monkey.window
    window.repaint()
    stages = [target for target in window.targets if target.action == "stage"]
    boxes = {target.argument: target.box.center().toPoint() for target in stages}
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=boxes["2"])
    seen = []
    for year in ("3", "5", "6", "4"):
        QTest.mouseMove(window, boxes[year])
        window._fingers.move(QPointF(boxes[year]))
        seen.append(monkey.show.state.stage + 1)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=boxes["4"])
    assert seen == [3, 5, 6, 4]
    assert monkey.show.state.stage + 1 == 4


def test_a_table_is_lit_by_the_hour_of_its_camera_its_years_or_its_day() -> None:
    told = small_scenes()[0].model_dump()
    camera = {**told["camera"], "view": "3d"}
    plain = Scene.model_validate({**told, "id": "plain", "camera": camera})
    evening = Scene.model_validate({**told, "id": "evening", "camera": {**camera, "hour": 18.5}})
    assert hour_of(plain, 0, -1) is None
    assert hour_of(evening, 0, -1) == 18.5
    years = {
        "first": 2020,
        "last": 2024,
        "layers": ["labs"],
        "figures": ["none"],
        "hours": [16, 20],
    }
    growing = Scene.model_validate({**told, "id": "years", "timeline": years})
    assert [hour_of(growing, stage, -1) for stage in range(5)] == [16, 17, 18, 19, 20]
    day = next(one for one in load_scenes().scenes if one.day is not None)
    assert day.day is not None
    assert hour_of(day, 0, -1) == hour_of(day, 0, 0)
    for stop, at_stop in enumerate(day.day.stops):
        hours, minutes = at_stop.clock.split(":")
        assert hour_of(day, 0, stop) == pytest.approx(int(hours) + int(minutes) / 60)


def test_it_says_nothing_where_one_stands_beneath_a_panel() -> None:
    whole = QRectF(0, 0, *SIZE)
    words = Pair("您在这里", "You are here")
    assert here_tag((800, 450), words, whole, [QRectF(700, 400, 200, 100)]) is None
    assert here_tag((-5, 450), words, whole, []) is None
    beside = here_tag((800, 450), words, whole, [QRectF(600, 470, 400, 100)])
    assert beside is not None
    assert beside.box.bottom() < 450


def test_the_day_walks_itself_and_its_card_follows(qtbot: QtBot, monkey: Monkey) -> None:
    monkey.show.do("scene", "day")
    director = monkey.director
    qtbot.waitUntil(lambda: director.figures.stroll is not None, timeout=60_000)
    stroll = director.figures.stroll
    assert monkey.window._overlay.moves
    # (-300, 100) to (-800, -300) by streets every 120 m, 80 m a minute, and 20 + 40 m beside.
    assert stroll.legs[0].minutes == pytest.approx((540 + 420 + 60) / 80.0, abs=0.02)
    chosen = []
    for _ in range(3):
        blocks = card(
            monkey.window.session.atlas, monkey.show.scene, monkey.show.state,
            monkey.window.session.state, director.figures.facts, stop=director.figures.stop,
        ).scene  # fmt: skip
        rows = [block for block in blocks if isinstance(block, Row)]
        chosen.append([row.chosen for row in rows].index(True))
        monkey.clock.now_s += stroll.length_s / 2.2
        monkey.window.repaint()
    assert chosen == [0, 1, 2]


def test_frozen_it_stands_still(qtbot: QtBot, monkey: Monkey) -> None:
    monkey.show.do("scene", "day")
    qtbot.waitUntil(lambda: monkey.director.figures.stroll is not None, timeout=60_000)
    monkey.clock.now_s += 3.0
    walked = monkey.director.figures.strolled_s()
    monkey.show.do("freeze", "on")
    monkey.clock.now_s += 5.0
    assert monkey.director.figures.strolled_s() == walked


def test_minutes_stand_beside_their_way_clear_of_what_is_there(
    monkey: Monkey, qtbot: QtBot
) -> None:
    monkey.show.do("scene", "day")
    qtbot.waitUntil(lambda: monkey.director.figures.facts is not None, timeout=60_000)
    legs = monkey.director.figures.facts.legs
    ways = Ways(legs, CRS)
    words = [Pair("On foot 13 min", "步行 13 分钟")] * len(legs)
    view = Viewport.of(View(at(-300, -100), 1.2), CRS, SIZE, 1.0)
    free = list(ways.tags(view, words, []))
    assert len(free) == len(legs)
    blocked = [tag.box for tag in free]
    again = list(ways.tags(view, words, blocked))
    for tag in again:
        assert not any(tag.box.intersects(box) for box in blocked)


def colour(image: QImage, x: float, y: float) -> tuple[int, int, int]:
    pixel = image.pixelColor(round(x), round(y))
    return pixel.red(), pixel.green(), pixel.blue()


def test_a_flight_keeps_ground_under_its_pictures() -> None:
    """One place of the ground is marked in both pictures; on the way both marks coincide."""
    near, far = View(at(0, 0), 1.0), View(at(900, -500), 6.0)
    spot = at(150, 120)
    pictures = []
    for view, name in ((near, "#ff0000"), (far, "#00ff00")):
        image = blank(*(round(side) for side in SIZE), 1.0)
        image.fill("#202020")
        painter = QPainter(image)
        x, y = Viewport.of(view, CRS, SIZE, 1.0).px_of_lonlat(spot)
        painter.fillRect(QRectF(x - 12, y - 12, 24, 24), name)
        painter.end()
        pictures.append(image)
    flight = Flight(lambda: pictures[0], near, far, CRS, SIZE)
    assert 900 <= flight.length_ms <= 2600
    shown = blank(*(round(side) for side in SIZE), 1.0)
    seen = []
    for share in (0.0, 0.3, 0.6):
        if share == 0.3:
            flight.arrive(pictures[1])
        painter = QPainter(shown)
        flight.paint(painter, share)
        painter.end()
        x, y = Viewport.of(flight.view(share), CRS, SIZE, 1.0).px_of_lonlat(spot)
        red, green, _ = colour(shown, x, y)
        seen.append((red > 60, green > 60))
    assert seen[0] == (True, False)
    assert seen[2][1]
    metric = np.array([geo.to_metric(v.center_lonlat, CRS) for v in (flight.view(0.0), near)])
    assert np.allclose(metric[0], metric[1], atol=0.01)
    metric = np.array([geo.to_metric(v.center_lonlat, CRS) for v in (flight.view(1.0), far)])
    assert np.allclose(metric[0], metric[1], atol=0.01)


def test_the_camera_flies_between_scenes_and_lands_at_the_next(
    qtbot: QtBot, monkey: Monkey
) -> None:
    window = monkey.window
    monkey.show.do("scene", "near")
    flight = window._flight
    assert flight is not None
    assert flight.after == window.session.state.document.view
    window.repaint()
    qtbot.waitUntil(lambda: window._flight is None, timeout=60_000)


def test_steps_over_the_same_ground_need_no_flight(monkey: Monkey) -> None:
    monkey.show.do("scene", "press")
    assert monkey.window._flight is None


def test_an_answer_that_reaches_farther_is_shown_whole(qtbot: QtBot, monkey: Monkey) -> None:
    session, director = monkey.window.session, monkey.director
    monkey.show.do("scene", "near")
    director.press(at(0, 0), moving=False)
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    director.minutes(15.0)
    qtbot.waitUntil(
        lambda: (
            session.state.answers.reach_answer is not None
            and session.state.answers.reach_answer.question == session.state.document.reach
        ),
        timeout=60_000,
    )
    west, south, east, north = session.state.answers.reach_answer.isochrone.areas[-1].bounds
    corners = viewport(monkey).px(np.array([(west, south), (east, north)]))
    focus = monkey.window.grid.focus.adjusted(-1, -1, 1, 1)
    assert focus.left() <= corners[0, 0] <= corners[1, 0] <= focus.right()
    assert focus.top() <= corners[1, 1] <= corners[0, 1] <= focus.bottom()


def test_only_ground_flies_and_what_lay_over_it_fades_out() -> None:
    near = View(at(0, 0), 4.0)
    ground, over, after = (blank(1600, 900, 1.0) for _ in range(3))
    for image, colour in ((ground, "#203040"), (over, "#ff0000"), (after, "#00ff00")):
        image.fill(QColor(colour))
    flight = Flight(lambda: ground, near, View(at(4000, 0), 4.0), CRS, SIZE, over)

    def seen(share: float) -> QColor:
        frame = blank(1600, 900, 1.0)
        painter = QPainter(frame)
        flight.paint(painter, share)
        painter.end()
        return frame.pixelColor(800, 450)

    assert seen(0.0) == QColor("#ff0000")
    # 200 ms later nothing of it is left.
    assert seen(FADE_MS / flight.length_ms) == QColor("#203040")
    flight.arrive(after)
    frame = blank(1600, 900, 1.0)
    frame.fill(QColor("#0000ff"))
    painter = QPainter(frame)
    assert flight.veil(painter, flight.length_ms + FADE_MS / 2)
    painter.end()
    half = frame.pixelColor(800, 450)
    assert (half.green(), half.blue()) == pytest.approx((128, 128), abs=2)
    assert not flight.veil(QPainter(), flight.length_ms + FADE_MS)


def test_a_touch_is_answered_by_what_was_there_and_the_ground_is_painted_a_frame_later() -> None:
    ground, over = blank(160, 90, 1.0), blank(160, 90, 1.0)
    over.fill(QColor("#ff0000"))
    asked: list[int] = []

    def paint_ground() -> QImage:
        asked.append(1)
        return ground

    near = View(at(0, 0), 4.0)
    flight = Flight(paint_ground, near, View(at(4000, 0), 4.0), CRS, (160.0, 90.0), over)
    frame, counts = blank(160, 90, 1.0), list[int]()
    for share in (0.0, 0.1, 0.2):
        painter = QPainter(frame)
        flight.paint(painter, share)
        painter.end()
        counts.append(len(asked))
    assert counts == [0, 1, 1]


def test_what_flies_asks_for_no_ground_but_where_it_goes(qtbot: QtBot, monkey: Monkey) -> None:
    monkey.window.repaint()
    monkey.show.do("scene", "near")
    for _ in range(2):
        monkey.window.repaint()
    goal = monkey.window.session.state.document.view.m_per_px
    scales = {tile.plate.m_per_px for tile in monkey.window._map._flat._tiles._store._asked}
    assert scales == {goal}
    qtbot.waitUntil(lambda: monkey.window._flight is None, timeout=60_000)


def test_a_press_on_a_scene_paints_the_map_once_and_flies_from_what_it_painted(
    monkey: Monkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = monkey.window
    window.repaint()
    painted: list[QImage] = []
    paint = window._before._whole
    monkeypatch.setattr(window._before, "_whole", lambda: painted.append(paint()) or painted[-1])
    middle = next(one for one in window.targets if one.argument == "near").box.center()
    place = QPointF(middle * window.grid.scale).toPoint()
    touch = QTest.touchEvent
    touch(window, monkey.fingers).press(0, place, window).commit()
    window.repaint()
    assert painted
    seen = painted[-1]
    painted.clear()
    touch(window, monkey.fingers).release(0, place, window).commit()
    assert monkey.show.state.scene == "near"
    assert painted == []
    assert window._flight is not None
    assert window._flight._whole.cacheKey() == seen.cacheKey()


def test_a_press_while_the_map_flies_paints_no_answers_that_nobody_saw(monkey: Monkey) -> None:
    monkey.window.repaint()
    monkey.show.do("scene", "near")
    monkey.window.repaint()
    flight = monkey.window._flight
    assert flight is not None
    assert not flight.landed
    monkey.show.do("scene", "one")
    assert monkey.window._flight is not flight
    assert monkey.window._flight is not None
    assert monkey.window._flight._whole.isNull()


def test_the_card_waits_with_its_figures_until_the_map_has_told_them() -> None:
    words = Pair("一", "one")
    row = Row(words, "7", words)
    bands = Bands((Band(0, 1, "1.2", words),))
    table = Table((), ((words, (Cell("5", "+2"), Cell("6"))),))
    assert untold(row).value == "…"
    assert untold(Row(words, "", words)).value == ""
    assert untold(bands).bands[0].value == "…"
    cells = untold(table).rows[0][1]
    assert [one.value for one in cells] == ["…", "…"]
    # Rows keep their height, which follows what is gained.
    assert [bool(one.gained) for one in cells] == [True, False]
