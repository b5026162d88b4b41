"""The table's own colours and its edge, by theme."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.draw.theme import Theme, rgb

Rgb = tuple[float, float, float]
_WHITE: Final = (255.0, 255.0, 255.0)


@dataclass(frozen=True, slots=True)
class Look:
    """How what isn't on the flat map looks.

    Attributes
    ----------
    backdrop, haze
        What is behind the table and veils what is far; how fast, a share for each depth of the
        picture's middle.
    floor
        What the table stands on.
    wall, roof
        Of the table's cut edge and of buildings.
    window, lit
        Of lit windows, and the share of them that are.
    """

    backdrop: Rgb
    haze: float
    floor: Rgb
    wall: Rgb
    roof: Rgb
    window: Rgb
    lit: float

    @staticmethod
    def of(theme: Theme) -> "Look":
        """Return the look that belongs to a theme of the map."""
        ground = rgb(theme.colour("ground"))
        if theme.dark:
            deep = (ground[0] * 0.5, ground[1] * 0.55, ground[2] * 0.6)
            return Look(deep, 0.22, deep, (44, 60, 74), (86, 102, 116), (255, 208, 128), 0.22)
        pale = tuple(value + (255 - value) * 0.35 for value in ground)
        mist = (pale[0], pale[1], pale[2])
        return Look(mist, 0.20, (222, 226, 230), (186, 178, 166), (238, 236, 232), _WHITE, 0.0)

    def values(self) -> npt.NDArray[np.float64]:
        """Return the numbers that `fill_columns` takes, in its order."""
        return np.array(
            [*self.backdrop, self.haze, *self.floor, *self.wall, *self.roof, *self.window, self.lit]
        )
