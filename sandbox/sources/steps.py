"""Heights rounded to whole metres: ground without the steps that rounding makes.

A gentle slope in whole metres is a stair: level for a while, then a metre up within a pixel.
Whoever takes the stair for the ground makes streets of short steep ramps, and riders slower
than they are. The ground lies within half a step of each figure, and between them it runs as
evenly as that allows: heights are smoothed again and again, and held within half a step each
time. On a slope that is even the stair becomes the slope; hills keep theirs to half a step.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Heights = npt.NDArray[np.float32]
# Finer figures, as decimetres, have steps that no rider feels.
_COARSE_M: Final = 0.25
# Smoothed over two pixels so often, a metre's step is spread over some 25 pixels.
_SIGMA: Final = 2.0
_TIMES: Final = 36
# How far from a place pixels still count.
REACH_PIXELS: Final = 32


def step_m(raw: npt.NDArray[Any], metres_each: float) -> float:
    """Return the step that heights are rounded to, metres; 0 where they are fine enough.

    Parameters
    ----------
    raw
        Figures as the file has them, masked where there are none.
    metres_each
        Metres that a figure of 1 stands for.
    """
    known = np.ma.compressed(np.ma.masked_invalid(raw))
    whole = np.issubdtype(raw.dtype, np.integer) or bool((known == np.rint(known)).all())
    return metres_each if whole and metres_each > _COARSE_M else 0.0


def without_steps(height_m: Heights, step: float) -> Heights:
    """Return heights as even as half a step allows; NaN where they are.

    Parameters
    ----------
    height_m
        Rounded heights, NaN in voids, shape ``(rows, columns)``.
    step
        What they are rounded to, metres.
    """
    # Beyond the edge the ground goes on as it came.
    pad = min(REACH_PIXELS, *(side - 1 for side in height_m.shape))
    told = np.pad(height_m, pad, mode="reflect", reflect_type="odd") if pad > 0 else height_m
    known = np.isfinite(told)
    weight = _smoothed(known.astype(np.float32))
    low, high = told - np.float32(step / 2), told + np.float32(step / 2)
    made = told
    for _ in range(_TIMES):
        around = _smoothed(np.where(known, made, np.float32(0.0)))
        made = np.clip(np.divide(around, weight, out=np.zeros_like(around), where=known), low, high)
    inside = tuple(slice(pad, side + pad) for side in height_m.shape)
    return np.where(np.isfinite(height_m), made[inside], height_m)


def _smoothed(values: Heights) -> Heights:
    smoothed: Any = ndimage.gaussian_filter(values, _SIGMA, mode="nearest", truncate=3.0)
    return smoothed
