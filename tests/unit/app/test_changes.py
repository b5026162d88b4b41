"""The state's fields by what they are, and the way back of each that is kept."""

from dataclasses import fields, replace

import pytest
import shapely

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.changes import Answers, Changes, Document, Gesture
from sandbox.app.session import Session
from sandbox.app.state import Against, LayerShown, MapState, ReachQuestion
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from tests.support.atlas import at, small_atlas, small_state

# Each kept field, and two other values of it.
PATH = StreetEdit("path", shapely.LineString([at(0, 0), at(300, 300)]), "Path")
KEPT = {
    "layers": ((LayerShown("labs", visible=False),), (LayerShown("labs", opacity=0.5),)),
    "reach": (ReachQuestion(at(100, 0)), ReachQuestion(at(200, 0))),
    "reach_opacity": (0.0, 0.7),
    "against": (Against("direction", "to"), Against("mode", "bike")),
    "against_minutes": (True, False),
    "against_cutoff": (10.0, 5.0),
    "edits": (StreetEdits((PATH,)), StreetEdits((PATH, replace(PATH, name="Another")))),
    "analyses": ((CirclesQuestion("services"),), ()),
}


def test_every_field_of_the_state_is_one_of_three_with_the_state_s_own_type() -> None:
    parts = [set(one.__annotations__) for one in (Document, Answers, Gesture)]
    assert sum(map(len, parts)) == len(set().union(*parts)) == len(fields(MapState))
    told = {one.name: one.type for one in fields(MapState)}
    for name, kind in Changes.__annotations__.items():
        assert getattr(kind, "__forward_arg__", kind) == told[name], name


def test_the_values_below_are_of_every_kept_field() -> None:
    assert set(KEPT) == set(Document.__annotations__)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_taken_back_and_made_again(name: str) -> None:
    atlas = small_atlas()
    session = Session(atlas, small_state(atlas, reach=ReachQuestion(at(0, 0))))
    first, (second, third) = getattr(session.state, name), KEPT[name]
    session.change(undoable=True, **{name: second})
    session.change(undoable=True, **{name: third})
    session.undo()
    assert getattr(session.state, name) == second
    session.undo()
    assert getattr(session.state, name) == first
    session.redo()
    session.redo()
    assert getattr(session.state, name) == third


def test_a_misspelt_field_is_refused() -> None:
    atlas = small_atlas()
    with pytest.raises(AttributeError, match="reech"):
        Session(atlas, small_state(atlas)).change(reech=None)  # type: ignore[call-arg]
