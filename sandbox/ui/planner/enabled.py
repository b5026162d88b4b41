"""Which actions of the window can be done now, and what they are called now."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from sandbox.app.answers import compare
from sandbox.app.session import Session
from sandbox.ui.parts.widgets import words
from sandbox.ui.planner import bind


def show_actions(actions: Mapping[str, QAction], session: Session) -> None:
    """Give actions their state and names by what is on screen."""
    said, state = words(session), session.state
    actions["undo"].setEnabled(session.can_undo or bool(state.gesture.sketch))
    actions["redo"].setEnabled(session.can_redo)
    actions["export_comparison"].setEnabled(compare.shown(state) is not None)
    answers = (state.answers.reach_answer, *state.answers.results)
    actions["zoom_result"].setEnabled(any(one is not None for one in answers))
    actions["zoom_selection"].setEnabled(state.gesture.selected is not None)
    asked = state.document.reach.scenario if state.document.reach else None
    actions["save_scenario"].setEnabled(asked is not None)
    actions["open_scenario"].setEnabled(state.document.reach is not None)
    actions["save_edits"].setEnabled(bool(state.document.edits.edits))
    towards = state.document.reach is not None and state.document.reach.travel.towards
    actions["add_origin"].setEnabled(state.document.reach is not None)
    bind.name_ends(actions, said, towards=towards)
    actions["theme"].setText(said("Dark") if state.theme == "light" else said("Light"))
