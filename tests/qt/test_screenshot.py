"""The real window in a picture."""

import os
from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QColor, QImage

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.opening import first_state
from sandbox.app.questions import Against, Selected
from sandbox.app.settings import Settings
from sandbox.draw.answers.edits import edit_colour
from sandbox.draw.theme import theme, tokens
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, ExportError, NetworkError
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from sandbox.ui import screenshot as shots
from sandbox.ui.screenshot import Scene, screenshot
from sandbox.ui.start import Start
from tests.support.atlas import at, small_atlas


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")


def drawn(atlas, file, scene, size=(1600, 900), look="light") -> QImage:
    start = Start(Settings(theme=look), "zh")
    screenshot(file, size, start, lambda: atlas, lambda _atlas: scene)
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == size
    return picture


def shares(picture: QImage, colour: str, step: int = 4) -> float:
    """Return the share of pixels of exactly a colour."""
    wanted = QColor(colour).rgb()
    points = [
        picture.pixel(x, y) == wanted
        for x in range(0, picture.width(), step)
        for y in range(0, picture.height(), step)
    ]
    return sum(points) / len(points)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_chrome_wears_its_theme(qtbot, atlas, tmp_path, look):
    picture = drawn(atlas, tmp_path / "map.png", Scene(origin=at(0, 0)), look=look)
    # Layers, dock, table and bars are about half of the window, and mostly plain.
    assert shares(picture, theme(look).colour("panel")) > 0.25


def test_an_answer_changes_the_map_around_the_origin(qtbot, atlas, tmp_path):
    near = drawn(atlas, tmp_path / "a.png", Scene(origin=at(0, 0), minutes=(5.0,)))
    far = drawn(atlas, tmp_path / "b.png", Scene(origin=at(0, 0), minutes=(15.0,)))
    middle = near.height() // 2
    assert any(near.pixel(x, middle) != far.pixel(x, middle) for x in range(300, 1200))


def test_a_comparison_is_framed_unless_a_zoom_is_given(qtbot, atlas, tmp_path):
    """Streets 350 m east of the origin are closed: at 0.3 m a pixel that isn't seen."""
    west, south = at(350, -700)
    east, north = at(450, 700)
    closed = StreetEdits((StreetEdit("avoid", shapely.box(west, south, east, north)),))
    asked = Scene(at(0, 0), minutes=(10.0,), edits=closed, against=Against("streets", "unedited"))
    framed = drawn(atlas, tmp_path / "a.png", asked)
    near = drawn(atlas, tmp_path / "b.png", replace(asked, m_per_px=0.3))
    outline = tokens()["difference"]["light"]["lost"]
    assert shares(framed, outline, 1) > 5 * shares(near, outline, 1)


def test_what_vehicles_reach_is_framed_unless_a_zoom_is_given(qtbot, monkeypatch, atlas, tmp_path):
    """Ten minutes by bike reach all of the grid, 2,880 m wide: 3 m a pixel show less of it."""
    grid = atlas.network.streets
    cycled = replace(grid, access=grid.access | np.uint16(Access.BIKE))
    there = replace(atlas, network=Network(cycled))
    first = first_state(there, Settings(), "zh").document.view.m_per_px
    drawn_at = []

    def noted(planner, session, size, **how):
        made = real(planner, session, size, **how)
        canvas = planner.map.canvas
        drawn_at.append((session.state.document.view.m_per_px, canvas.height()))
        return made

    real = shots._picture
    monkeypatch.setattr(shots, "_picture", noted)
    by_bike = Scene(at(0, 0), minutes=(10.0,), travel=Travel(mode="bike"))
    for asked in (by_bike, replace(by_bike, m_per_px=0.3), replace(by_bike, travel=Travel())):
        drawn(there, tmp_path / "map.png", asked)
    (framed, height_px), (zoomed, _), (on_foot, _) = drawn_at
    assert framed * height_px > 2_880
    assert (zoomed, on_foot) == (0.3, first)
    assert first * height_px < 2_880


def test_circles_and_cards_can_be_drawn(qtbot, atlas, tmp_path):
    scene = Scene(
        analyses=(CirclesQuestion("services", straight_line=True),),
        center=at(0, 0),
        selected=Selected("labs", "labs_0"),
        layers=("parks", "labs"),
    )
    drawn(atlas, tmp_path / "circles.png", scene)


def test_street_edits_are_in_the_picture_and_must_fit_the_streets(qtbot, atlas, tmp_path):
    area = shapely.Polygon([at(240, -400), at(700, -400), at(700, 400), at(240, 400)])
    edits = StreetEdits((StreetEdit("avoid", area),))
    asked = Scene(origin=at(0, 0), minutes=(10.0,), m_per_px=2.0)
    plain = drawn(atlas, tmp_path / "a.png", asked)
    edited = drawn(atlas, tmp_path / "b.png", replace(asked, edits=edits))
    colour = edit_colour("avoid", theme("light"))
    assert shares(edited, colour, 1) > shares(plain, colour, 1) + 5e-4
    far = StreetEdits((StreetEdit("closed", shapely.Point(at(9000, 0))),))
    with pytest.raises(NetworkError, match="closes no street"):
        drawn(atlas, tmp_path / "c.png", replace(asked, edits=far))
    assert not (tmp_path / "c.png").exists()


def test_a_picture_that_cannot_be_written_leaves_nothing(qtbot, atlas, tmp_path):
    with pytest.raises(ExportError):
        drawn(atlas, tmp_path / "none" / "map.png", Scene(origin=at(0, 0)))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_refuses_files_is_a_plain_error(qtbot, atlas, tmp_path, monkeypatch):
    def refused(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(ExportError, match="the permission is missing"):
        drawn(atlas, tmp_path / "map.png", Scene(origin=at(0, 0)))
    assert list(tmp_path.iterdir()) == []


def test_a_question_that_cannot_be_answered_draws_nothing(qtbot, atlas, tmp_path):
    with pytest.raises(AnalysisError, match="outside the network"):
        drawn(atlas, tmp_path / "map.png", Scene(origin=(0.0, 0.0)))
    assert list(tmp_path.iterdir()) == []
