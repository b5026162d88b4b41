"""The way to the place that is selected: on its card, and drawn on the map."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from sandbox.analysis.route import route
from sandbox.app import places
from sandbox.app.answers.journey import shown
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.engine.network import Network
from sandbox.sources.osm.build import build_osm
from sandbox.streets.travel import Travel
from sandbox.ui.panels.journey import JourneyBox
from sandbox.ui.panels.way import WayBox
from tests.support.atlas import at, small_atlas, small_state
from tests.support.osm_map import write_pbf
from tests.support.planner import one, planner_window

ORIGIN = at(-480, 60)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def window(qtbot, atlas):
    state = small_state(atlas, reach=ReachQuestion(ORIGIN, minutes=(30.0,)))
    with planner_window(qtbot, atlas, state, (1600, 1000)) as planner:
        yield planner


def test_the_way_takes_as_long_as_the_answer_says_of_every_place(window, atlas):
    reached = window.session.state.answers.reach_answer.places
    assert len(reached) >= 4
    for place in reached:
        window.session.change(selected=Selected(place.layer, place.id))
        window.rest()
        found = shown(window.session.state)
        if place.minutes == 0:
            assert found.route is None
            assert found.refused is not None
        else:
            assert found.route.minutes == pytest.approx(place.minutes, abs=1e-4)


def test_the_card_tells_the_way_and_lets_go_of_it(window, atlas):
    where = window.session.state.answers.reach_answer.places[-1]
    box = one(window, WayBox)
    assert not box.isVisibleTo(window)
    window.session.change(selected=Selected(where.layer, where.id))
    window.rest()
    assert box.isVisibleTo(window)
    assert not one(window, JourneyBox).isVisibleTo(window)
    window.session.change(selected=None)
    window.rest()
    assert not box.isVisibleTo(window)
    assert shown(window.session.state) is None


def test_the_card_names_the_ferry_and_how_long_it_takes(window, atlas, tmp_path):
    where = window.session.state.answers.reach_answer.places[-1]
    window.session.change(selected=Selected(where.layer, where.id))
    window.rest()
    road, file = {"highway": "residential", "name": "岸街"}, tmp_path / "map.osm.pbf"
    boat = {"route": "ferry", "name": "一号线", "duration": "00:06", "interval": "00:10"}
    placed = write_pbf(file, "AB..CD", {"AB": road, "CD": road, "BC": boat})
    over = route(Network(build_osm(file)), placed["A"], placed["D"], Travel())
    window.session.change(
        journey_answer=replace(window.session.state.answers.journey_answer, route=over)
    )
    told = one(window, WayBox).findChildren(QLabel)[-1].text()
    # Half of ten minutes to wait, six to cross.
    assert told.splitlines() == [
        "• 岸街 · 100 m",
        "轮渡 一号线（含候船）· 11 分钟",
        "• 岸街 · 100 m",
    ]


def test_the_way_is_drawn_on_the_map(window, atlas):
    where = window.session.state.answers.reach_answer.places[-1]
    window.session.change(reach_opacity=0.0)
    window.rest()
    before = picture(window)
    window.session.change(selected=Selected(where.layer, where.id))
    window.rest()
    route = shown(window.session.state).route
    canvas = window.map.canvas
    accent = canvas_colour(window)
    after = picture(window)
    # The pin and names cover parts of it.
    along = [on_screen(canvas, window, lonlat) for lonlat in route.line_lonlat]
    inside = [(x, y) for x, y in along if after.rect().contains(x, y)]
    assert len(inside) >= 4
    assert sum(close(after.pixelColor(x, y), accent) for x, y in inside) > len(inside) / 2
    assert not any(close(before.pixelColor(x, y), accent) for x, y in inside)


def picture(window) -> QImage:
    window.map.canvas.complete()
    return window.map.canvas.grab().toImage()


def on_screen(canvas, window, lonlat):
    from sandbox.draw.viewport import Viewport

    state, atlas = window.session.state, window.session.atlas
    size = (float(canvas.width()), float(canvas.height()))
    viewport = Viewport.of(state.document.view, atlas.crs, size, 1.0)
    x, y = viewport.px_of_lonlat((float(lonlat[0]), float(lonlat[1])))
    return round(x), round(y)


def canvas_colour(window):
    from PySide6.QtGui import QColor

    from sandbox.draw.theme import theme

    return QColor(theme(window.session.state.theme).colour("accent"))


def close(a, b):
    return all(abs(x - y) < 40 for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True))


def test_a_place_of_no_layer_has_no_way(window):
    window.session.change(selected=Selected("parks", "no_such_place"))
    window.rest()
    assert shown(window.session.state) is None
    assert places.place(window.session.atlas.layers, Selected("parks", "no_such_place")) is None
