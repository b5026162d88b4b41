"""The wall's section as a picture: ground, crests, tunnels, and what crosses it."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from sandbox.draw.ground.section import Met, Section
from sandbox.ui.kiosk.lettering import THEME
from sandbox.ui.kiosk.wall.section import paint_section

BOX = QRectF(0, 0, 1700, 194)
ALONG = np.arange(0.0, 20_001.0, 50.0)
HILLS = (
    300
    + 300 * np.exp(-(((ALONG - 5000) / 900) ** 2))
    + 200 * np.exp(-(((ALONG - 15_000) / 900) ** 2))
)
BORE = Met("bore", ("隧道", "Tunnel"), (13_500.0, 16_500.0), (320.0, 320.0))


def painted(*met: Met, language="zh") -> np.ndarray:
    image = QImage(1700, 194, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    paint_section(painter, BOX, Section(ALONG, HILLS, 10_000.0, met), language)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(194, 1700, 4)
    return raw[..., 2::-1].astype(int)


def gold(picture: np.ndarray) -> np.ndarray:
    colour = QColor(THEME.colour("accent"))
    return np.abs(picture - [colour.red(), colour.green(), colour.blue()]).max(axis=-1) < 40


def test_a_tunnel_is_a_golden_line_through_its_ridge_and_a_planned_one_is_dashed(qapp):
    bare = gold(painted())
    built = gold(painted(BORE)) & ~bare
    columns = np.flatnonzero(built.any(axis=0))
    # From 13.5 to 16.5 of 20 km, within what the margins leave.
    assert columns.min() / 1700 == pytest.approx(0.675, abs=0.015)
    assert columns.max() / 1700 == pytest.approx(0.825, abs=0.015)
    planned = Met(
        *(getattr(BORE, one) for one in ("kind", "name", "along_m", "height_m")), built=False
    )
    assert (gold(painted(planned)) & ~bare).sum() < 0.1 * built.sum()


def test_both_languages_differ_and_nothing_is_painted_beside_the_panel(qapp):
    ridge = Met("ridge", ("缙云山", "Jinyun Mountain"), (5000.0, 5000.0), (600.0, 600.0))
    zh, en = (painted(ridge, BORE, language=one) for one in ("zh", "en"))
    assert (zh != en).any()
    assert zh[0, 0].tolist() == [0, 0, 0]


def test_names_of_what_crosses_don_t_overlap(qapp):
    roads = [
        Met("road", (f"很长的大道{k}", f"Avenue {k}"), (x, x), (300.0, 300.0))
        for k, x in enumerate((9000.0, 9100.0, 12_000.0))
    ]  # fmt: skip
    every, some = painted(*roads), painted(roads[0], roads[2])
    # The second's name has no room; in the row of names both pictures are the same.
    assert (every[166:] == some[166:]).mean() > 0.995


def test_rails_roads_and_waters_have_marks_of_their_own(qapp):
    pictures = [
        painted(Met(kind, ("名", "Name"), (9000.0, 9000.0), (300.0, 300.0)))
        for kind in ("rail", "road", "water")
    ]
    bare = painted()
    for number, picture in enumerate(pictures):
        assert (picture != bare).any()
        assert (picture != pictures[number - 1]).any()
