"""NumPy coordinates as Qt paths, built in one piece."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtGui import QPainterPath
from shapely.geometry.base import BaseGeometry

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# QDataStream's form of a path: count, elements, last subpath's start, fill rule.
_ELEMENT: Final = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_MOVE, _LINE = 0, 1


def path(xy: npt.ArrayLike, starts: npt.ArrayLike = (0,)) -> QPainterPath:
    """Return open or closed lines as one path with odd-even fill.

    Adding points one by one costs about twenty times as much.

    Parameters
    ----------
    xy
        Points, shape ``(n, 2)``.
    starts
        Where each line begins among the points, ascending, the first 0.
    """
    points = np.asarray(xy, dtype=np.float64)
    made = QPainterPath()
    if len(points) == 0:
        return made
    begins = np.asarray(starts, dtype=np.int64)
    elements = np.empty(len(points), _ELEMENT)
    elements["kind"] = _LINE
    elements["kind"][begins] = _MOVE
    elements["x"], elements["y"] = points[:, 0], points[:, 1]
    raw = QByteArray(
        np.array([len(points)], ">i4").tobytes()
        + elements.tobytes()
        + np.array([begins[-1], 0], ">i4").tobytes()
    )
    stream = QDataStream(raw, QIODevice.OpenModeFlag.ReadOnly)
    stream >> made  # pyright: ignore[reportUnusedExpression, reportOperatorIssue]
    return made


def rings(shape: BaseGeometry) -> tuple[Doubles, Ints]:
    """Return the rings of areas, or the lines of lines: points and where each begins."""
    if shape.is_empty:
        return np.empty((0, 2)), np.zeros(0, dtype=np.int64)
    parts = shapely.get_parts(np.array([shape]))
    if shapely.get_dimensions(parts).max() == 2:
        areas = parts[shapely.get_dimensions(parts) == 2]
        parts = shapely.get_rings(areas)
    else:
        parts = parts[shapely.get_dimensions(parts) == 1]
    counts = shapely.get_num_points(parts)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    return shapely.get_coordinates(parts), starts
