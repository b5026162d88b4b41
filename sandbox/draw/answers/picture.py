"""What the map has of an answer beside bands: tiles above the ground, and what is over them."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtGui import QImage, QPainter

from sandbox.app.answers.awaited import reach_awaited
from sandbox.app.atlas import Atlas
from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.draw.raster.tiles import Tile
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport

# How opaque the answer to an older question is: pale.
OLDER_OPACITY: Final = 0.4


class SheetPainter(Protocol):
    """Renders tiles of a sheet; called on several threads."""

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile of its sheet."""
        ...


def _nothing(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, theme: Theme
) -> None:
    """Paint nothing."""


def _nowhere(state: MapState, viewport: Viewport, at_px: tuple[float, float]) -> Selected | None:
    """Return no place: nothing of the answer can be pressed."""
    return None


@dataclass(frozen=True, slots=True)
class Picture:
    """How an answer is drawn.

    Attributes
    ----------
    sheet, painter
        The class of its sheets, and what makes a painter of their tiles.
    sheets
        Returns the sheets of a state in a theme of this name, lowest first.
    older
        Returns whether what a state shows is the answer to an older question.
    over
        Paints over all tiles, under names, what a hand changes, such as a selection.
    pick
        Returns the place of the answer that a finger meant, None beside all of them.
    """

    sheet: type[Hashable]
    painter: Callable[[], SheetPainter]
    sheets: Callable[[MapState, str], Sequence[Hashable]]
    older: Callable[[MapState], bool]
    over: Callable[[QPainter, Atlas, MapState, Viewport, Theme], None] = _nothing
    pick: Callable[[MapState, Viewport, tuple[float, float]], Selected | None] = _nowhere


def reach_share(state: MapState) -> float:
    """Return how opaque bands and their tags are, 1 unless they are of an older question."""
    return share(state, older=reach_awaited(state))


def share(state: MapState, *, older: bool) -> float:
    """Return how opaque an answer is, by whether it is that to an older question."""
    return OLDER_OPACITY if state.answers.outdated and older else 1.0
