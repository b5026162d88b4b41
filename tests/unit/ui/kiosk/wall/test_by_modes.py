"""The comparison of modes as a picture: grounds of one scale, each in its colour."""

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from sandbox.app.kiosk.scenes.by_modes import ByMode, ByModes
from sandbox.app.questions import ReachQuestion
from sandbox.ui.kiosk.wall.by_modes import paint_by_modes
from tests.support.atlas import CRS, MIDDLE_XY, at

SIZE = (560, 340)
# Colours of the first three modes.
FIRST, SECOND, THIRD = "#FFE3A0", "#4CCFC6", "#4A86E8"


def square(half_m: float) -> shapely.Polygon:
    x, y = MIDDLE_XY
    return shapely.box(x - half_m, y - half_m, x + half_m, y + half_m)


def painted(*halves_m: float, language="zh") -> np.ndarray:
    modes = ("walk", "bike", "drive", "transit")
    made = tuple(
        ByMode(mode, (2 * half / 1000) ** 2, square(half))
        for mode, half in zip(modes, halves_m, strict=False)
    )
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    shown = ByModes(ReachQuestion(at(0, 0), (15.0,)), 15.0, CRS, made)
    paint_by_modes(painter, QRectF(0, 0, *SIZE), shown, language)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)
    return raw[..., 2::-1].astype(int)


def width_px(picture: np.ndarray, name: str) -> int:
    """Return how wide a mode's outline is in the half that shows grounds."""
    colour = QColor(name)
    near = np.abs(picture - [colour.red(), colour.green(), colour.blue()]).max(axis=-1) < 40
    columns = np.flatnonzero(near[60:, : SIZE[0] // 2].sum(axis=0) > 20)
    return int(columns.max() - columns.min())


def test_grounds_have_one_scale(qapp):
    picture = painted(500.0, 1000.0, 2000.0)
    # 1 km beside 4 km: a quarter as wide.
    share = width_px(picture, FIRST) / width_px(picture, THIRD)
    assert share == pytest.approx(0.25, abs=0.03)


def test_a_mode_that_reaches_nothing_leaves_the_others_their_place(qapp):
    modes = (ByMode("walk", 0.0, shapely.Polygon()), ByMode("bike", 1.0, square(500.0)))
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    shown = ByModes(ReachQuestion(at(0, 0), (15.0,)), 15.0, CRS, modes)
    paint_by_modes(painter, QRectF(0, 0, *SIZE), shown, "en")
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)
    assert width_px(raw[..., 2::-1].astype(int), SECOND) > 100


def test_both_languages_differ(qapp):
    assert (painted(500.0, 900.0) != painted(500.0, 900.0, language="en")).any()
