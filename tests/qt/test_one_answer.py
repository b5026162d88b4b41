"""What must agree with the answer on screen: card, legend, slider, status line."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import shapely
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from sandbox.app import settings
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.settings import Settings
from sandbox.app.state import LayerShown, View
from sandbox.catalog.folder import load_all
from sandbox.draw.marks import marks
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from sandbox.engine.network import Network
from sandbox.export.page import panel
from sandbox.geo.shapes import to_metric
from sandbox.ui.answers.reach import ReachPanel
from sandbox.ui.panels.identify import IdentifyCard
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.parts import icons
from sandbox.ui.planner.bars import StatusBar
from tests.support.asked import by
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def window(qtbot, atlas) -> Iterator[Any]:
    state = small_state(atlas, language="en", reach=ReachQuestion(at(0, 0)))
    with planner_window(qtbot, atlas, state, (1600, 900)) as planner:
        yield planner


def test_button_of_the_card_follows_the_direction_that_is_asked(window, atlas) -> None:
    layer = next(one for one in atlas.layers.values() if one.style.category)
    window.session.change(selected=Selected(layer.id, str(layer.features["id"].iloc[0])))
    card = one(window, IdentifyCard)

    def said() -> set[str]:
        return {made.text() for made in card.findChildren(QPushButton)}

    assert "Reach from here" in said()
    window._asker.ask(by(window.session.state.document.reach, towards=True))
    assert "Areas that can reach here" in said()
    assert "Reach from here" not in said()
    window.session.change(language="zh")
    assert "能到达这里的范围" in said()


def test_panel_names_the_end_that_is_asked_about(qtbot, window) -> None:
    def said() -> set[str]:
        parts = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
        return {part.text() for part in parts}

    window.session.change(language="en")
    window._asker.ask(by(window.session.state.document.reach, towards=False))
    qtbot.waitUntil(lambda: {"Origin", "Remove the origin"} <= said(), timeout=30_000)
    assert window._actions["home"].text() == "Back to the origin"
    window._asker.ask(by(window.session.state.document.reach, towards=True))
    both = {"Destination", "Remove destination"}
    qtbot.waitUntil(lambda: both <= said(), timeout=30_000)
    assert any("from the destination" in text for text in said())
    # What stands in it is as wide as the panel, so nothing is cut at its edge.
    panel = one(window, ReachPanel)
    assert panel.inside.parentWidget().minimumSizeHint().width() <= panel.viewport().width()
    assert window._actions["home"].text() == "Back to the destination"
    assert window._actions["home"].toolTip() == "Back to the destination  Ctrl+0"
    window.session.change(language="zh")
    qtbot.waitUntil(lambda: {"终点", "移除终点"} <= said(), timeout=30_000)
    assert "移除起点" not in said()
    assert {"公里/小时", "米"} <= said()
    assert not {"km/h", "m"} & said()
    assert any(text.endswith(" 平方公里") for text in said())


@pytest.mark.parametrize("look", ["light", "dark"])
def test_swatches_of_a_comparison_are_hatched_as_the_map_is(qapp, look) -> None:
    def shades(change: str) -> set[str]:
        image = icons.difference_picture(theme(look), change).toImage()
        ratio = image.devicePixelRatio()
        return {
            image.pixelColor(x, y).name(QColor.NameFormat.HexArgb)
            for x in range(int(4 * ratio), int(14 * ratio))
            for y in range(int(6 * ratio), int(12 * ratio))
        }

    assert len(shades("both")) == 1
    assert min(len(shades("gained")), len(shades("lost"))) > 3


def test_slider_says_the_opacity_of_bands_as_that_of_layers(window) -> None:
    panel = one(window, LayerPanel)
    assert panel._opacity.accessibleName() == "Opacity of Isochrones"
    window.session.change(reach_opacity=0.5)
    assert panel._opacity_value.text() == "50 %"
    panel.toggle("=reach")
    assert (panel._opacity_value.text(), window.session.state.document.reach_shown) == (
        "0 %",
        False,
    )
    panel.toggle("=reach")
    assert window.session.state.document.reach_opacity == 0.5
    panel.choose(next(key for key in panel._rows if not key.startswith("=")))
    assert panel._opacity.accessibleName().startswith("Opacity of ")


def test_schematic_streets_are_told_over_the_map_at_the_first_start_only(
    qtbot, atlas, monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr(settings, "settings_file", lambda: tmp_path / "settings.toml")
    settings.save(Settings(motion=False, language="en"))
    settings.remember_schematic_told()
    kept = settings.load().settings
    assert kept == Settings(motion=False, language="en", schematic_told=True)
    state = small_state(atlas, language="en", reach=ReachQuestion(at(0, 0)))
    assert atlas.network.streets.provenance.schematic
    for told, shown in ((False, True), (True, False)):
        with planner_window(
            qtbot, atlas, state, (1600, 900), Settings(motion=False, schematic_told=told)
        ) as planner:
            said = planner.map.messages.message
            assert (said is not None and said.kind == "warn") is shown
            line = one(planner, StatusBar)
            assert any("(schematic)" in part.text() for part in line.findChildren(QLabel))
            (load,) = line.findChildren(QPushButton)
            assert load.isVisible()


def test_map_goes_to_the_result_to_a_layer_and_to_the_selection(window, atlas) -> None:
    session, canvas = window.session, window.map.canvas
    away = View(at(9000, 9000), 40.0)

    def seen(box) -> bool:
        west, south, east, north = canvas.viewport.bounds
        wide, high = box[2] - box[0], box[3] - box[1]
        held = west <= box[0] and south <= box[1] and east >= box[2] and north >= box[3]
        # All of it, and as large as there is room for.
        return held and max(wide / (east - west), high / (north - south)) > 0.75

    session.change(view=away)
    (button,) = [b for b in window.map.findChildren(QToolButton)
                 if b.accessibleName() == "Show the whole result"]  # fmt: skip
    button.click()
    assert seen(session.state.answers.reach_answer.isochrone.areas[-1].bounds)
    panel = one(window, LayerPanel)
    layer = next(v for v in atlas.layers.values() if v.features is not None and len(v.features) > 1)
    panel.choose(layer.id)
    session.change(view=away)
    (button,) = [b for b in panel.findChildren(QPushButton) if b.text() == "Show the whole layer"]
    button.click()
    assert seen(to_metric(shapely.box(*layer.features.total_bounds), atlas.crs).bounds)
    places = next(one for one in atlas.layers.values() if one.style.category)
    first = places.features.iloc[0]
    assert not window._actions["zoom_selection"].isEnabled()
    session.change(view=away, selected=Selected(places.id, str(first["id"])))
    card = one(window, IdentifyCard)
    (button,) = [b for b in card.findChildren(QPushButton)
                 if b.text() == "Show the selected place"]  # fmt: skip
    button.click()
    middle = first.geometry.centroid
    assert session.state.document.view.center_lonlat == pytest.approx(
        (middle.x, middle.y), abs=1e-3
    )
    assert session.state.document.view.m_per_px < away.m_per_px


def test_real_streets_are_not_called_schematic_for_their_layer(qapp, atlas) -> None:
    shipped = load_all()
    streets = {key: layer for key, layer in shipped.items() if layer.geometry == "network"}
    assert all(layer.schematic for layer in streets.values())
    known = atlas.network.streets
    real = replace(known, provenance=replace(known.provenance, schematic=False))
    city = Atlas(streets, Network(real))
    shown = tuple(LayerShown(key) for key in streets)
    state = changed(small_state(atlas, language="en", reach=ReachQuestion(at(0, 0))), layers=shown)
    viewport = Viewport.of(state.document.view, city.crs, (1200, 700), 1.0)
    assert "schematic" not in {mark.kind for mark in marks(city, state, viewport, theme("light"))}
    of_page = panel.schematic(city, state)
    assert of_page is None
