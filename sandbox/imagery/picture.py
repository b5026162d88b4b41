"""What every picture of the ground can do, whatever it is read from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sandbox.words import Text

Doubles = npt.NDArray[np.float64]
Rgba = npt.NDArray[np.uint8]
Bounds = tuple[float, float, float, float]
Check = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Pixels of a picture, and where points of the ground lie among them.

    Attributes
    ----------
    rgba
        Red, green, blue and opacity, shape ``(rows, columns, 4)``.
    at
        Columns and rows in it of the points that were asked for, shape ``(n, n, 2)``, where 0
        is the outer edge of the first pixel.
    """

    rgba: Rgba
    at: Doubles


@dataclass(eq=False)
class Seen:
    """Why a picture can't be shown, as the thread found that read its file last."""

    lacking: Text | None = None

    def look(self, path: Path) -> bool:
        """Return whether a file is there, and remember it: a share may be slow to say so."""
        there = path.is_file()
        self.lacking = (
            None if there else Text("The picture {file} is missing.", {"file": path.name})
        )
        return there


class GroundPicture(Protocol):
    """A picture of the ground; hashable by what it is, asked from several threads."""

    @property
    def bounds_lonlat(self) -> Bounds | None:
        """West, south, east, north in WGS 84; None for one without an end."""
        ...

    @property
    def credit(self) -> str:
        """Who must be named where it is shown; empty for nobody."""
        ...

    @property
    def attempt(self) -> int:
        """How often it was begun anew because parts of it couldn't be had."""
        ...

    @property
    def lacking(self) -> Text | None:
        """Why nothing or not all of it can be shown now; None where all can."""
        ...

    def piece(self, lonlat: Doubles, side_px: int, check: Check) -> Piece | None:
        """Return the pixels that cover a patch of ground; None where it has none there.

        Parameters
        ----------
        lonlat
            A grid of points over the patch and its edges, WGS 84, shape ``(n, n, 2)``,
            northernmost row first.
        side_px
            Pixels that the patch has along a side on screen.
        check
            Called now and then; what it raises ends the work.
        """
        ...


def coarseness(at: Doubles, side_px: int) -> float:
    """Return how many pixels of a picture lie on one of the screen.

    Parameters
    ----------
    at
        Columns and rows of a grid of points over a patch, shape ``(n, n, 2)``.
    side_px
        Pixels of the screen along a side of the patch.
    """
    step_px = side_px / (len(at) - 1)
    across = np.hypot(*np.moveaxis(np.diff(at, axis=1), -1, 0))
    down = np.hypot(*np.moveaxis(np.diff(at, axis=0), -1, 0))
    return float((np.median(across) + np.median(down)) / 2.0 / step_px)
