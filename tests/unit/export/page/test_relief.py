import base64
import math

import numpy as np
import pytest
from PySide6.QtGui import QImage

from sandbox.catalog.layer import Grid
from sandbox.draw.theme import theme
from sandbox.errors import ExportError
from sandbox.export.page.relief import data_uri, shaded_relief

BOUNDS = (106.0, 29.0, 107.0, 30.0)


def grey(picture):
    converted = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows, columns = converted.height(), converted.width()
    return np.frombuffer(converted.constBits(), np.uint8).reshape(rows, columns, 4)[..., 1]


def test_a_hill_stands_where_web_mercator_has_it():
    rows, columns = 200, 200
    y, x = np.mgrid[0:rows, 0:columns]
    # A hill at 106.25 E, 29.9 N.
    heights = 200 + 600 * np.exp(-(((y - 19.5) / 4) ** 2) - ((x - 49.5) / 4) ** 2)
    shaded = shaded_relief(Grid(heights.astype(np.float32), BOUNDS), theme("light"))
    (south, west), (north, east) = shaded.bounds
    assert (west, north) == (106.0, 30.0)
    assert south == pytest.approx(29.0, abs=0.001)
    assert east == pytest.approx(107.0, abs=0.001)
    picture = grey(shaded.ground).astype(float)
    off = np.abs(picture - np.median(picture))
    row = (off.sum(axis=1) * np.arange(len(off))).sum() / off.sum()
    column = (off.sum(axis=0) * np.arange(off.shape[1])).sum() / off.sum()

    def mercator(latitude):
        return math.asinh(math.tan(math.radians(latitude)))

    share = (mercator(north) - mercator(29.9)) / (mercator(north) - mercator(south))
    assert row / off.shape[0] == pytest.approx(share, abs=0.003)
    assert column / off.shape[1] == pytest.approx(0.25, abs=0.003)


def test_flat_ground_has_neither_light_nor_shadow():
    flat = Grid(np.full((20, 20), 300, dtype=np.float32), BOUNDS)
    light = shaded_relief(flat, theme("dark")).light
    assert light.pixelColor(light.width() // 2, light.height() // 2).alpha() <= 1


def test_a_picture_stands_in_the_page_as_webp():
    picture = QImage(8, 4, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    head, _, packed = data_uri(picture).partition(",")
    assert head == "data:image/webp;base64"
    again = QImage.fromData(base64.b64decode(packed))
    assert (again.width(), again.height()) == (8, 4)


def test_a_picture_that_can_not_be_written_is_one_error():
    with pytest.raises(ExportError, match="relief"):
        data_uri(QImage())
