"""How opaque an answer is on the map: one that is older than what is asked is painted pale."""

from typing import Final

from sandbox.app.awaited import reach_awaited
from sandbox.app.state import MapState

OLDER_OPACITY: Final = 0.4


def reach_share(state: MapState) -> float:
    """Return how opaque bands and their tags are, 1 unless they are of an older question."""
    return share(state, older=reach_awaited(state))


def share(state: MapState, *, older: bool) -> float:
    """Return how opaque an answer is, by whether it is that to an older question."""
    return OLDER_OPACITY if state.answers.outdated and older else 1.0
