"""What can be asked of the map beside reach."""

from typing import Any, Final

from sandbox.app.answers import parts
from sandbox.app.answers.kind import Analysis

ANALYSES: Final[tuple[Analysis[Any, Any], ...]] = tuple(
    parts("sandbox.app.answers", Analysis).values()
)
