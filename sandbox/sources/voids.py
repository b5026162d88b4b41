"""Voids that an elevation file doesn't declare: one figure over and over, cliffs all around.

Many tools write 0, or the end of the range of numbers, where they know no height, and forget
to say so. Ground can be 0 m high as well, on a coast or in a valley, and is level with what
lies round it somewhere. So a patch of such a figure is a void where nearly all of its edge is
steeper than any street, and a real drop too: basins of a harbour have walls all around, but
low ones.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from sandbox.streets.slopes import STEEPEST

Flags = npt.NDArray[np.bool_]
# Figures that stand for a void as files are made, beside the ends of the range of integers.
_FIGURES: Final = (0.0, -9999.0, -32768.0, 32767.0, 65535.0)
_DROP_M: Final = 10.0
# Resampling and a road on an embankment leave some steps of the edge less steep.
_SHARE: Final = 0.9
_ALL: Final = slice(None)
# All pixels and their neighbours to the right, and to below.
_BESIDE: Final = (_ALL, slice(None, -1)), (_ALL, slice(1, None))
_BELOW: Final = (slice(None, -1), _ALL), (slice(1, None), _ALL)


def undeclared(
    raw: npt.NDArray[Any], height_m: npt.NDArray[np.float32], pixel_m: tuple[float, float]
) -> Flags | None:
    """Return which pixels are voids though the file doesn't say so; None where none are.

    Parameters
    ----------
    raw
        Figures as the file has them, shape ``(rows, columns)``.
    height_m
        Heights that they stand for; NaN in voids that the file declares.
    pixel_m
        Width and height of a pixel on the ground.
    """
    found = np.zeros(raw.shape, dtype=np.bool_)
    ends = np.iinfo(raw.dtype) if np.issubdtype(raw.dtype, np.integer) else None
    figures = {*_FIGURES, *((float(ends.min), float(ends.max)) if ends else ())}
    for figure in sorted(figures):
        alike = raw == figure
        if alike.any():
            found |= _walled(alike, height_m, pixel_m)
    return found if found.any() else None


def _walled(alike: Flags, height_m: npt.NDArray[np.float32], pixel_m: tuple[float, float]) -> Flags:
    """Return those of the marked pixels whose patch has cliffs all around."""
    labelled: Any = ndimage.label(alike, structure=np.ones((3, 3), dtype=int))
    patch, count = labelled
    edge = np.zeros(count + 1, dtype=np.int64)
    steep = np.zeros(count + 1, dtype=np.int64)
    across, down = pixel_m
    for (one, other), apart_m in ((_BESIDE, across), (_BELOW, down)):
        for inner, outer in ((one, other), (other, one)):
            at = alike[inner] & ~alike[outer] & ~np.isnan(height_m[outer])
            drop = np.abs(height_m[inner][at] - height_m[outer][at])
            of = patch[inner][at]
            edge += np.bincount(of, minlength=count + 1)
            cliff = (drop > _DROP_M) & (drop > STEEPEST * apart_m)
            steep += np.bincount(of[cliff], minlength=count + 1)
    walled = (edge > 0) & (steep >= _SHARE * edge)
    walled[0] = False
    return walled[patch]
