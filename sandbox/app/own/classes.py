"""Colours for a layer by value or by class: natural breaks, quantiles, equal steps."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from sandbox.app.own.table import Figures
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology, text_of
from sandbox.errors import LayerError

Doubles = npt.NDArray[np.float64]
Method = Literal["values", "natural", "quantiles", "equal"]
VALUES_AT_MOST: Final = 12
CLASSES: Final = (2, 9)
# Natural breaks are sought among so many figures: the best of a sample differ little.
_SAMPLE: Final = 1500
# Values apart by hue (Okabe and Ito 2008, then darker relatives); figures from light to dark.
_HUES: Final = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6200", "#56B4E9", "#6A3FB5", "#B00020",
    "#5B7F00", "#3D3D3D", "#A05A2C", "#00727F",
)  # fmt: skip
_RAMP: Final = ("#C6DBEF", "#08306B")


def classified(
    layer: Layer, symbology: Symbology, column: str, method: Method, count: int
) -> Symbology:
    """Return a symbology by the values or figures of a column.

    Parameters
    ----------
    layer, symbology
        What is drawn, and how it was.
    column
        Whose values count.
    method
        ``"values"``: one class a value, the commonest first; else how figures are parted.
    count
        How many classes of figures.

    Raises
    ------
    LayerError
        The column isn't there, or holds no figures.
    """
    features = layer.features
    if features is None or column not in features.columns:
        raise LayerError("There is no column {column}.", "Choose another.", column=column)
    if method == "values":
        counted: Any = features[column].map(text_of).value_counts(sort=True)
        values = tuple(str(one) for one in counted.index[:VALUES_AT_MOST])
        return replace(
            symbology, column=column, values=values, breaks=(), method=method,
            colours=tuple(_HUES[: len(values)]),
        )  # fmt: skip
    figures = Figures(features).of(column)
    known = np.sort(figures[np.isfinite(figures)]) if figures is not None else np.zeros(0)
    if not len(known):
        raise LayerError("{column} holds no figures.", "Choose another column.", column=column)
    ends = breaks_of(known, method, count)
    return replace(
        symbology, column=column, values=(), breaks=tuple(ends), method=method,
        colours=ramp(len(ends)),
    )  # fmt: skip


def breaks_of(figures: Doubles, method: Method, count: int) -> list[float]:
    """Return the upper ends of classes of figures in ascending order; fewer where they'd be equal.

    Parameters
    ----------
    figures
        Ascending.
    method
        ``"equal"`` steps, ``"quantiles"`` of as many figures each, or ``"natural"``: classes
        whose figures differ least from their means (Fisher 1958; Jenks 1977).
    count
        How many classes.
    """
    low, high = float(figures[0]), float(figures[-1])
    if method == "equal":
        ends = [low + (high - low) * part / count for part in range(1, count + 1)]
    elif method == "quantiles":
        ends = np.quantile(figures, np.arange(1, count + 1) / count, method="inverted_cdf").tolist()
    else:
        ends = _natural(figures, count)
    ends[-1] = high
    return sorted(set(ends))


def _natural(figures: Doubles, count: int) -> list[float]:
    """Return the ends of the classes with the least sum of squares, by dynamic programming."""
    if len(figures) > _SAMPLE:
        figures = figures[np.linspace(0, len(figures) - 1, _SAMPLE).round().astype(int)]
    values, weights = np.unique(figures, return_counts=True)
    number = len(values)
    if number <= count:
        return values.tolist()
    total = np.concatenate([[0.0], np.cumsum(weights)])
    sums = np.concatenate([[0.0], np.cumsum(weights * values)])
    squares = np.concatenate([[0.0], np.cumsum(weights * values**2)])

    def costs(end: int) -> Doubles:
        """Return the sum of squares of the classes from each value to that of `end`."""
        weight = total[end + 1] - total[: end + 1]
        summed = sums[end + 1] - sums[: end + 1]
        return squares[end + 1] - squares[: end + 1] - summed**2 / weight

    best = np.array([costs(end)[0] for end in range(number)])
    began = np.zeros((count, number), dtype=np.int64)
    for part in range(1, count):
        after = np.full(number, np.inf)
        for end in range(part, number):
            tried = best[part - 1 : end] + costs(end)[part:]
            at = int(np.argmin(tried))
            after[end], began[part, end] = tried[at], at + part
        best = after
    found: list[float] = []
    end = number - 1
    for part in range(count - 1, -1, -1):
        found.append(float(values[end]))
        end = int(began[part, end]) - 1
    return found[::-1]


def ramp(count: int) -> tuple[str, ...]:
    """Return colours from light to dark, as many as there are classes."""
    first, last = (np.array([int(one[at : at + 2], 16) for at in (1, 3, 5)]) for one in _RAMP)
    shares = np.linspace(0.0, 1.0, count) if count > 1 else np.array([1.0])
    mixed = [first + (last - first) * share for share in shares]
    return tuple("#" + "".join(f"{round(float(one)):02X}" for one in colour) for colour in mixed)


def columns_of(layer: Layer) -> Sequence[str]:
    """Return the columns that a layer can be drawn by."""
    if layer.features is None:
        return ()
    return [str(one) for one in layer.features.columns if one not in ("geometry", "gates")]
