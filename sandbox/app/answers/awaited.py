"""Which question the map shows the answer to, and whether a newer one is still being answered."""

from sandbox.app.analyses import ANALYSES
from sandbox.app.questions import ReachQuestion
from sandbox.app.state import MapState


def question_on_map(state: MapState) -> ReachQuestion | None:
    """Return the question whose answer is on the map, else the one that is asked first."""
    if state.document.reach is None or state.answers.reach_answer is None:
        return state.document.reach
    return state.answers.reach_answer.question


def reach_awaited(state: MapState) -> bool:
    """Return whether the reach on the map, compared or not, is that of an older question."""
    if state.document.reach is None or state.answers.reach_answer is None:
        return False
    return state.answers.reach_answer.question != state.document.reach


def awaited(state: MapState) -> bool:
    """Return whether anything on the map is the answer to an older question."""
    return reach_awaited(state) or any(one.awaited(state) for one in ANALYSES)
