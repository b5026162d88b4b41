"""The table's own colours and its edge, by theme."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.draw.sandtable.sun import LAMP, Rgb, Sun
from sandbox.draw.theme import Theme, rgb

_WHITE: Final = (255.0, 255.0, 255.0)
# How much lighter a wall is that faces the sun, and darker one that looks away.
_FACING: Final = 0.34
# Beyond an answer's ground this part of the windows stays lit.
_LEFT_OUT: Final = 0.1


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
    sun
        Where the light comes from: walls that face it are lighter.
    reached
        The share of windows that are lit where an answer reaches; elsewhere hardly any are.
    """

    backdrop: Rgb
    haze: float
    floor: Rgb
    wall: Rgb
    roof: Rgb
    window: Rgb
    lit: float
    sun: Sun = LAMP
    reached: float = 0.0

    @staticmethod
    def of(theme: Theme, sun: Sun = LAMP) -> "Look":
        """Return the look that belongs to a theme of the map, in some light."""
        look = Look._of(theme)
        if sun == LAMP:
            return look
        lit = look.lit if sun.lit is None or not theme.dark else sun.lit
        wall, roof = _tinted(look.wall, sun), _tinted(look.roof, sun)
        return replace(look, wall=wall, roof=roof, lit=lit, sun=sun)

    @staticmethod
    def _of(theme: Theme) -> "Look":
        ground = rgb(theme.colour("ground"))
        if theme.dark:
            deep = (ground[0] * 0.5, ground[1] * 0.55, ground[2] * 0.6)
            return Look(deep, 0.22, deep, (44, 60, 74), (86, 102, 116), (255, 208, 128), 0.22,
                        reached=0.62)  # fmt: skip
        pale = tuple(value + (255 - value) * 0.35 for value in ground)
        mist = (pale[0], pale[1], pale[2])
        return Look(mist, 0.20, (222, 226, 230), (186, 178, 166), (238, 236, 232), _WHITE, 0.0)

    def values(self) -> npt.NDArray[np.float64]:
        """Return the numbers that `fill_columns` takes, in its order."""
        return np.array([
            *self.backdrop, self.haze, *self.floor, *self.wall, *self.roof, *self.window, self.lit,
            *self.sun.towards, _FACING * self.sun.direct,
            max(self.reached, self.lit), _LEFT_OUT * self.lit,
        ])  # fmt: skip


def _tinted(colour: Rgb, sun: Sun) -> Rgb:
    red, green, blue = (min(255.0, one * by) for one, by in zip(colour, sun.tint, strict=True))
    return red, green, blue
