"""Plans and aerial photographs on a page: in the page's own projection, small enough to carry.

Base maps stay out: those of services may only be fetched from there, and a page works offline.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtGui import QImage
from scipy import ndimage

from sandbox import files
from sandbox.catalog.layer import Layer
from sandbox.export.page.drawing import Drawing
from sandbox.export.page.features import both
from sandbox.export.page.relief import data_uri
from sandbox.imagery.picture import Bounds, Rgba
from sandbox.imagery.raster_file import RasterFile
from sandbox.words import Text

# So many characters of a page may be pictures: one that is sent by mail can have no more.
_MOST_OF_ALL: Final = 8_000_000
_MOST_OF_ONE: Final = 4_000_000
_LONGEST_PX: Final = 2_048
_SHORTEST_PX: Final = 256
# Between so many points along a side a picture's own system runs straight to far below a pixel.
_POINTS: Final = 65
_BASE_MAP: Final = Text("{layer}: base maps are not part of a page, which works offline.")
_UNREAD: Final = Text("{layer}: the file of this picture can't be read, so the page omits it.")
_NO_ROOM: Final = Text("{layer}: the page has no room for this picture.")


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A picture with north up in web mercator: its pixels, and what they cover in WGS 84."""

    rgba: Rgba
    bounds_lonlat: Bounds


def add_picture(drawing: Drawing, group: dict[str, Any], layer: Layer) -> None:
    """Put a picture on a page, in its group, or tell the drawing why it is left out."""
    if not isinstance(layer.picture, RasterFile):
        _leave_out(drawing, layer, _BASE_MAP)
        return
    used = sum(len(one) for other in drawing.groups for one in _sources(other))
    room = min(_MOST_OF_ONE, _MOST_OF_ALL - used)
    longest = _LONGEST_PX
    while longest >= _SHORTEST_PX:
        try:
            fitted = fit(layer.picture, longest)
        except files.Unreadable:
            fitted = None
        if fitted is None:
            _leave_out(drawing, layer, _UNREAD)
            return
        rows, columns = fitted.rgba.shape[:2]
        image = QImage(fitted.rgba.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        source = data_uri(image)
        if len(source) <= room:
            west, south, east, north = fitted.bounds_lonlat
            bounds = [[south, west], [north, east]]
            group["pictures"] = [{"pane": "pictures", "bounds": bounds, "src": [source]}]
            return
        longest //= 2
    _leave_out(drawing, layer, _NO_ROOM)


def fit(picture: RasterFile, longest_px: int) -> Fitted | None:
    """Return a picture as a page shows it; None where nothing of it can be read.

    Parameters
    ----------
    picture
        A picture of a file.
    longest_px
        Pixels along its longer side at most; no more than the file has.

    Raises
    ------
    files.Unreadable
        It is damaged, or too large.
    """
    bounds = picture.bounds_lonlat
    if bounds is None:
        return None
    west, south, east, north = bounds
    left, right = math.radians(west), math.radians(east)
    top, bottom = _mercator(north), _mercator(south)
    longest_px = min(longest_px, max(picture.size))
    step = max(right - left, top - bottom) / longest_px
    columns, rows = max(1, round((right - left) / step)), max(1, round((top - bottom) / step))
    x, y = np.linspace(left, right, _POINTS), np.linspace(top, bottom, _POINTS)
    latitude = np.degrees(np.arctan(np.sinh(y)))
    lonlat = np.stack(np.meshgrid(np.degrees(x), latitude), axis=-1)
    piece = picture.piece(lonlat, longest_px, lambda: None)
    if piece is None:
        return None
    # Where the middle of each pixel lies among the points, and so in the picture.
    among = np.meshgrid(
        (np.arange(rows) + 0.5) * (_POINTS - 1) / rows,
        (np.arange(columns) + 0.5) * (_POINTS - 1) / columns,
        indexing="ij",
    )
    at_column, at_row = (
        ndimage.map_coordinates(piece.at[:, :, axis], among, order=1) - 0.5 for axis in (0, 1)
    )
    # Rims are mixed with what lies beyond them, which has no colour.
    alpha = piece.rgba[:, :, 3].astype(np.float32) / 255
    place = [at_row, at_column]
    seen = ndimage.map_coordinates(alpha, place, order=1, mode="grid-constant")
    rgba = np.zeros((rows, columns, 4), dtype=np.uint8)
    for band in range(3):
        colour = piece.rgba[:, :, band] * alpha
        mixed = ndimage.map_coordinates(colour, place, order=1, mode="grid-constant")
        rgba[:, :, band] = np.rint(mixed / np.maximum(seen, 1e-6)).clip(0, 255)
    rgba[:, :, 3] = np.rint(seen * 255)
    return Fitted(rgba, bounds)


def _sources(group: dict[str, Any]) -> list[str]:
    return [source for picture in group.get("pictures", ()) for source in picture["src"]]


def _leave_out(drawing: Drawing, layer: Layer, said: Text) -> None:
    drawing.pictures_left_out[layer.id] = both(Text(said.template, {"layer": layer.title}))


def _mercator(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))
