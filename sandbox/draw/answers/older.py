"""How opaque an answer is on the map: one that is older than what is asked is painted pale."""

from collections.abc import Hashable
from typing import Final

from sandbox.app.awaited import circles_awaited, reach_awaited
from sandbox.app.state import MapState
from sandbox.draw.answers.circles import CirclesSheet
from sandbox.draw.answers.difference import DifferenceSheet

OLDER_OPACITY: Final = 0.4


def reach_share(state: MapState) -> float:
    """Return how opaque bands and their tags are, 1 unless they are of an older question."""
    return OLDER_OPACITY if state.outdated and reach_awaited(state) else 1.0


def sheet_share(state: MapState, sheet: Hashable) -> float:
    """Return the same of a sheet of tiles; the ground is always whole."""
    if isinstance(sheet, CirclesSheet):
        return OLDER_OPACITY if state.outdated and circles_awaited(state) else 1.0
    return reach_share(state) if isinstance(sheet, DifferenceSheet) else 1.0
