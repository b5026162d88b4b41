"""What the window has of an analysis: its panel in the dock, its legend, its table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from sandbox.app.places import Place
from sandbox.app.session import Session
from sandbox.words import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of places.

    Attributes
    ----------
    place
        The place.
    figure
        What the fourth column says of it.
    measured
        What the figure's tip says more.
    beside
        What the second column says instead of the place's kind.
    """

    place: Place
    figure: str
    measured: tuple[Text, ...] = ()
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A tab of places below the map: its rows, the figure's heading, a note, the second heading."""

    lines: Sequence[Line]
    figure: str
    note: str
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of an answer mean: a heading, and pictures with their words."""

    heading: str
    lines: Sequence[tuple[QPixmap, str]]


@dataclass(frozen=True, slots=True)
class Panel:
    """The window's part of an analysis.

    Attributes
    ----------
    icon
        Its picture in ``assets/icons/ui``.
    tab
        Its short name, for the dock.
    make
        Makes the panel that asks its questions and shows its answers.
    legend
        Returns what explains the answer on the map; None where nothing is asked.
    table
        Returns the places of the answer, which is there.
    """

    icon: str
    tab: Text
    make: Callable[[Session], QWidget]
    legend: Callable[[Session], Legend | None]
    table: Callable[[Session], Table]
