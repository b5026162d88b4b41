"""Hill shading as two pictures in web mercator: the ground's colour, and its light and shadow."""

import base64
import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect
from PySide6.QtGui import QImage, QImageWriter
from scipy import ndimage

from sandbox.catalog.layer import Grid
from sandbox.draw.ground.relief import Relief, ReliefPainter
from sandbox.draw.theme import Theme
from sandbox.errors import ExportError

_RADIUS_M: Final = 6_378_137.0
# Shading is soft: a page shows it enlarged, and stays light.
_LONGEST_PX: Final = 1280
_QUALITY: Final = 72


@dataclass(frozen=True, eq=False)
class ShadedRelief:
    """Two pictures of the same ground.

    Attributes
    ----------
    ground
        Opaque: the colour of low and high ground.
    light
        See-through: light and shadow, to be laid over areas.
    bounds
        South, west and north, east, degrees, as Leaflet takes them.
    """

    ground: QImage
    light: QImage
    bounds: list[list[float]]


def shaded_relief(grid: Grid, theme: Theme) -> ShadedRelief:
    """Return the shading of a grid of heights, as the screen has it."""
    west, south, east, north = grid.bounds_lonlat
    # Metres that are true on the ground in the middle of the grid.
    scale = _RADIUS_M * math.cos(math.radians((south + north) / 2))
    left, right = math.radians(west) * scale, math.radians(east) * scale
    top, bottom = _mercator(north) * scale, _mercator(south) * scale
    step_m = max(right - left, top - bottom) / _LONGEST_PX
    columns, rows = int((right - left) / step_m), int((top - bottom) / step_m)
    x = left + (np.arange(columns) + 0.5) * step_m
    y = top - (np.arange(rows) + 0.5) * step_m
    latitude = np.degrees(np.arctan(np.sinh(y / scale)))
    height, width = grid.values.shape
    at_row = (north - latitude) / (north - south) * height - 0.5
    at_column = (np.degrees(x / scale) - west) / (east - west) * width - 0.5
    places = np.meshgrid(at_row, at_column, indexing="ij")
    heights = ndimage.map_coordinates(grid.values, places, order=1, mode="nearest").astype(
        np.float32
    )
    relief = Relief(heights, left + step_m / 2, top - step_m / 2, step_m)
    pictures = ReliefPainter().pictures(
        relief, theme, (left, top), step_m * _LONGEST_PX, _LONGEST_PX
    )
    ground, light = (picture.copy(QRect(0, 0, columns, rows)) for picture in pictures)
    end_lon = math.degrees((left + columns * step_m) / scale)
    end_lat = math.degrees(math.atan(math.sinh((top - rows * step_m) / scale)))
    return ShadedRelief(ground, light, [[end_lat, west], [north, end_lon]])


def data_uri(picture: QImage) -> str:
    """Return a picture as WebP that stands in a page, small enough to be carried there.

    Raises
    ------
    ExportError
        Qt can't write it.
    """
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, QByteArray(b"webp"))
    writer.setQuality(_QUALITY)
    if not writer.write(picture):
        raise ExportError(
            "The relief can't be saved as an image: {reason}.",
            "Omit this layer.",
            reason=writer.errorString(),
        )
    return "data:image/webp;base64," + base64.b64encode(held.data().data()).decode("ascii")


def _mercator(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))
