"""How a layer of the user's own is drawn: in one colour, by value or by class, with its names."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

# Of one symbol, in the order in which layers come.
COLOURS: Final = ("#0072B2", "#B4560C", "#6A3FB5", "#2C7A43", "#BB2451", "#00727F", "#8A6200")
NAME: Final = "name"


@dataclass(frozen=True, slots=True)
class Symbology:
    """A layer's colours, names and the scales at which it shows.

    Attributes
    ----------
    colour
        Of all features, or of those that are in no class, as ``#RRGGBB``.
    column
        Whose values or figures the classes are of; empty for one colour.
    values
        The value of each class, as text, where classes are values.
    breaks
        The upper end of each class, which belongs to it, ascending, where classes are figures.
    colours
        Of each class.
    method
        How the classes were found: ``"values"``, ``"natural"``, ``"quantiles"`` or ``"equal"``.
    label
        Column that is written beside the features, ``"name"`` for the name in the map's
        language; empty for none.
    size_px
        Diameter of points.
    finest_m_px, coarsest_m_px
        Metres per pixel between which it shows; None without a limit.
    """

    colour: str = COLOURS[0]
    column: str = ""
    values: tuple[str, ...] = ()
    breaks: tuple[float, ...] = ()
    colours: tuple[str, ...] = ()
    method: str = ""
    label: str = NAME
    size_px: float = 9.0
    finest_m_px: float | None = None
    coarsest_m_px: float | None = None

    @property
    def class_names(self) -> list[str]:
        """What each class is called: its value, empty for none, or from where to where it goes."""
        if not self.breaks:
            return list(self.values)
        ends = [f"{one:,.6g}" for one in self.breaks]
        return [
            f"≤ {end}" if not number else f"{ends[number - 1]} – {end}"
            for number, end in enumerate(ends)
        ]

    def shows_at(self, m_per_px: float) -> bool:
        """Return whether the layer shows at a scale."""
        return (self.finest_m_px is None or m_per_px >= self.finest_m_px) and (
            self.coarsest_m_px is None or m_per_px <= self.coarsest_m_px
        )

    def classes_of(self, column: Any, count: int) -> npt.NDArray[np.int64]:
        """Return the class of each feature, -1 for none.

        Parameters
        ----------
        column
            The values of `column`; None where the layer hasn't it.
        count
            How many features there are.
        """
        found = np.full(count, -1, dtype=np.int64)
        if column is None or not self.column:
            return found
        if self.breaks:
            held: Any = pd.to_numeric(column, errors="coerce")
            figures: npt.NDArray[np.float64] = held.to_numpy(dtype=np.float64)
            known = np.isfinite(figures)
            at = np.searchsorted(np.asarray(self.breaks), figures[known], side="left")
            # What lies above the last class, as after an edit, is in none.
            found[known] = np.where(at < len(self.breaks), at, -1)
            return found
        classes = {value: number for number, value in enumerate(self.values)}
        texts = column.map(text_of)
        return texts.map(lambda one: classes.get(one, -1)).to_numpy(dtype=np.int64)


def text_of(value: object) -> str:
    """Return a value of a column as text; empty where there is none."""
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NaT:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
