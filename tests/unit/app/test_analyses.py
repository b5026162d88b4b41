"""The table of analyses: each has its part in every room."""

import types

import pytest

from sandbox.app import answers
from sandbox.app.analyses import ANALYSES
from sandbox.app.answering import KINDS, with_results
from sandbox.app.answers import NAMES, parts
from sandbox.app.answers.circles import ANALYSIS, CirclesAnswer, CirclesQuestion
from sandbox.app.answers.kind import Analysis
from sandbox.app.session import Session
from sandbox.draw.answers.picture import Picture
from sandbox.export.page.result import Page
from sandbox.ui.answers.panel import Panel
from tests.support.atlas import small_atlas, small_state


def test_each_analysis_is_one_name_in_every_room():
    assert [one.id for one in ANALYSES] == list(NAMES)
    rooms = {"app.answers": Analysis, "draw.answers": Picture, "ui.answers": Panel}
    for room, kind in (rooms | {"export.page.analyses": Page}).items():
        assert list(parts(f"sandbox.{room}", kind)) == list(NAMES)
    assert all(KINDS[one.question].lane == one.id for one in ANALYSES)
    assert len({one.shortcut for one in ANALYSES}) == len(ANALYSES)


def test_a_module_without_its_part_is_refused(monkeypatch):
    module = types.ModuleType("half")
    module.ANALYSIS = Panel
    monkeypatch.setattr(answers, "import_module", lambda _name: module)
    with pytest.raises(TypeError, match="ANALYSIS is no Analysis"):
        parts("sandbox.app.answers", Analysis)


def test_questions_and_answers_stand_beside_one_another_by_their_class():
    atlas = small_atlas()
    session = Session(atlas, small_state(atlas))
    first, second = CirclesQuestion("services"), CirclesQuestion("services", minutes=10.0)
    ANALYSIS.ask(session, first)
    ANALYSIS.ask(session, second)
    assert session.state.document.analyses == (second,)
    state = with_results(atlas, session.state)
    found = state.answers.result(CirclesAnswer)
    assert found.question == second == state.document.asked(CirclesQuestion)
    assert not ANALYSIS.awaited(state)
    session.undo()
    assert session.state.document.analyses == (first,)
    session.change(results=(found,))
    assert ANALYSIS.awaited(session.state)
    ANALYSIS.ask(session, None)
    assert session.state.document.analyses == ()
    kind = ANALYSIS.kind
    assert kind.standing(session) is None
    assert kind.answer(session.state) is found
    assert kind.change(session.state, None) == {"results": ()}
