"""What can be asked of the map beside reach."""

from typing import Any, Final

from sandbox.app.answers import parts
from sandbox.app.answers.kind import Analysis
from sandbox.app.state import MapState, reach_awaited

ANALYSES: Final[tuple[Analysis[Any, Any], ...]] = tuple(
    parts("sandbox.app.answers", Analysis).values()
)


def awaited(state: MapState) -> bool:
    """Return whether anything on the map is the answer to an older question."""
    return reach_awaited(state) or any(one.awaited(state) for one in ANALYSES)
