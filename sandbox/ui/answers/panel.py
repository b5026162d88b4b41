"""What the window has of an analysis: its panel in the dock, its legend, its table."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import overload

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from sandbox.app.places import Place
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.words import Text


class Figure(str):
    """A number as a cell says it, with the number itself.

    Attributes
    ----------
    value
        The number, not rounded.
    indicative
        Whether it is only roughly known.
    """

    value: float
    indicative: bool

    def __new__(cls, text: str, value: float, *, indicative: bool = False) -> "Figure":
        """Return the text that stands for a number."""
        made = super().__new__(cls, text)
        made.value, made.indicative = float(value), indicative
        return made


def figure(value: float, form: str) -> str:
    """Return a number as a cell says it in a format; a dash where it isn't known."""
    return "–" if value != value else Figure(f"{value:{form}}", value)  # noqa: PLR0124


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of places.

    Attributes
    ----------
    place
        The place.
    figure
        What the fourth column says of it; numbers are a `Figure`, here and in `cells`.
    measured
        What the figure's tip says more.
    beside
        What the second column says instead of the place's kind.
    cells
        What its columns say where the table has columns of its own.
    about
        Which part of the answer it is, for those who ask how it was computed; empty for the
        place as a whole.
    """

    place: Place
    figure: str = ""
    measured: tuple[Text, ...] = ()
    beside: str | None = None
    cells: tuple[str, ...] = ()
    about: str = ""


class Lines(Sequence[Line]):
    """Rows of a long table; each is made when it comes into sight.

    Parameters
    ----------
    count
        How many there are.
    make
        Returns a row by its number.
    """

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        """Return a row."""
        if isinstance(at, slice):
            return [self._make(one) for one in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        return self._make(at)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title, right
        Its heading, and whether it holds figures, which stand to the right.
    share, least_px
        Its part of the room that is left, and the least for what stands in it.
    spared
        Where there is no room for all, those above zero go, the lowest first.
    """

    title: str
    right: bool = False
    share: int = 15
    least_px: int = 0
    spared: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A tab of places below the map.

    Attributes
    ----------
    lines
        Its rows; a long answer makes each when it comes into sight.
    figure, beside
        Headings of the fourth and, where it isn't the kind, of the second column.
    note
        What stands beside the tabs.
    columns
        Its own columns in place of the usual ones; what they say is in the lines' `cells`.
    line_of
        Returns the first row of a place, -1 for none, quicker than by reading all rows.
    """

    lines: Sequence[Line]
    figure: str
    note: str
    beside: str | None = None
    columns: tuple[Column, ...] = ()
    line_of: Callable[[Selected], int] | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """How something was computed: a heading, and each fact with its name."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of an answer mean: a heading, and pictures with their words."""

    heading: str
    lines: Sequence[tuple[QPixmap, str]]


def _unexplained(session: Session, where: Selected, about: str) -> Sequence[Explained]:
    return ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The window's part of an analysis.

    Attributes
    ----------
    icon
        Its picture in ``assets/icons/ui``.
    make
        Makes the panel that asks its questions and shows its answers.
    legend
        Returns what explains the answer on the map; None where nothing is asked.
    table
        Returns the places of the answer, which is there.
    explain
        Returns how what it says of a place, or of a part of its answer, was computed; nothing
        where it says nothing of it.
    """

    icon: str
    make: Callable[[Session], QWidget]
    legend: Callable[[Session], Legend | None]
    table: Callable[[Session], Table]
    explain: Callable[[Session, Selected, str], Sequence[Explained]] = _unexplained


def _no_table(session: Session) -> Table | None:
    return None


@dataclass(frozen=True, slots=True)
class Shown:
    """How the window explains what the map shows of the reach question.

    Attributes
    ----------
    watched
        Returns what of a state its legend depends on beside language and theme.
    legend
        Returns what explains it; None where the map doesn't show it.
    table
        Returns its places; None where the map doesn't show it, or shows the same places.
    """

    watched: Callable[[MapState], Hashable]
    legend: Callable[[Session], Legend | None]
    table: Callable[[Session], Table | None] = _no_table
