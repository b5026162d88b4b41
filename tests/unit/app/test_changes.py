"""A state's fields by the part they belong to, and the way back of each that is kept."""

from dataclasses import fields, replace

import pytest
import shapely

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.changes import (
    AnswersChanges,
    Changes,
    DocumentChanges,
    GestureChanges,
    changed,
)
from sandbox.app.questions import Against, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.app.state import Answers, Document, Gesture, LayerShown, MapState, View
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.projects.project import NOT_APPROVED, Approval
from sandbox.words import Bilingual
from tests.support.atlas import at, small_atlas, small_state

# Each field of the document, and two other values of it.
PATH = StreetEdit("path", shapely.LineString([at(0, 0), at(300, 300)]), "Path")
KEPT = {
    "view": (View(at(50, 0), 4.0), View(at(0, 0), 8.0)),
    "layers": ((LayerShown("labs", visible=False),), (LayerShown("labs", opacity=0.5),)),
    "reach": (ReachQuestion(at(100, 0)), ReachQuestion(at(200, 0))),
    "reach_opacity": (0.0, 0.7),
    "against": (Against("direction", "to"), Against("mode", "bike")),
    "against_minutes": (True, False),
    "against_cutoff": (10.0, 5.0),
    "spread": (True, False),
    "scenarios": ((Scenario("own_1", Bilingual("一", "One")),), ()),
    "opened_by": (2025, 2030),
    "edits": (StreetEdits((PATH,)), StreetEdits((PATH, replace(PATH, name="Another")))),
    "analyses": ((CirclesQuestion("services"),), ()),
    "approval": (Approval("S1"), NOT_APPROVED),
}


@pytest.mark.parametrize(
    ("part", "changes"),
    [(Document, DocumentChanges), (Answers, AnswersChanges), (Gesture, GestureChanges)],
)
def test_changes_name_every_field_of_a_part_with_its_type(part: type, changes: type) -> None:
    named = {
        name: getattr(kind, "__forward_arg__", kind)
        for name, kind in changes.__annotations__.items()
    }
    assert named == {one.name: one.type for one in fields(part)}


def test_changes_name_what_is_beside_the_parts() -> None:
    beside = set(Changes.__annotations__) - set(
        DocumentChanges.__annotations__ | AnswersChanges.__annotations__
        | GestureChanges.__annotations__
    )  # fmt: skip
    assert beside == {one.name for one in fields(MapState)} - {"document", "answers", "gesture"}


def test_a_change_leaves_the_other_parts_the_same_values() -> None:
    before = small_state(small_atlas(), outdated=True)
    after = changed(before, selected=Selected("labs", "labs_0"), theme="dark")
    assert (after.document is before.document, after.answers is before.answers) == (True, True)
    assert (after.gesture.selected, after.theme) == (Selected("labs", "labs_0"), "dark")


def test_the_values_below_are_of_every_kept_field() -> None:
    assert set(KEPT) == {one.name for one in fields(Document)}


def test_nothing_but_the_document_is_taken_back() -> None:
    atlas = small_atlas()
    session = Session(atlas, small_state(atlas))
    session.change(undoable=True, selected=Selected("labs", "labs_0"), theme="dark", outdated=True)
    assert not session.can_undo
    session.change(undoable=True, reach=ReachQuestion(at(0, 0)), departure=3)
    session.undo()
    assert session.state.document.reach is None
    assert (session.state.gesture.departure, session.state.theme) == (3, "dark")


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_taken_back_and_made_again(name: str) -> None:
    atlas = small_atlas()
    session = Session(atlas, small_state(atlas, reach=ReachQuestion(at(0, 0))))
    first, (second, third) = getattr(session.state.document, name), KEPT[name]
    session.change(undoable=True, **{name: second})
    session.change(undoable=True, **{name: third})
    session.undo()
    assert getattr(session.state.document, name) == second
    session.undo()
    assert getattr(session.state.document, name) == first
    session.redo()
    session.redo()
    assert getattr(session.state.document, name) == third


def test_a_misspelt_field_is_refused() -> None:
    atlas = small_atlas()
    with pytest.raises((AttributeError, TypeError), match="reech"):
        Session(atlas, small_state(atlas)).change(reech=None)  # type: ignore[call-arg]
