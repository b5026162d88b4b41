"""The small city with answers on its map."""

from typing import Any

from sandbox.analysis.coverage import coverage
from sandbox.app import places
from sandbox.app.answering import answer
from sandbox.app.answers.circles import CirclesAnswer, CirclesQuestion
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.state import MapState
from tests.support.atlas import at, small_state

ORIGIN = Selected("labs", "labs_0")


def reach_state(atlas: Atlas, **fields: Any) -> MapState:
    """Return a state with the isochrones of the optics laboratory."""
    question = ReachQuestion(at(-300, 100), place=ORIGIN)
    return small_state(atlas, reach=question, reach_answer=answer(atlas, question), **fields)


def full_state(atlas: Atlas, **fields: Any) -> MapState:
    """Return a state with everything on: isochrones, service circles, straight-line circles."""
    asked = CirclesQuestion("services", minutes=10.0, straight_line=True)
    found = coverage(
        atlas.network,
        places.features_of(atlas.layers["services"]),
        asked.minutes,
        homes=places.features_of(atlas.layers["housing"]),
    )
    state = reach_state(atlas, **fields)
    return changed(state, analyses=(asked,), results=(CirclesAnswer(asked, found),))
