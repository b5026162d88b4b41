"""What the window says where going by line is no faster than walking."""

from dataclasses import replace
from datetime import datetime

import pytest

from sandbox.app.answering import answer
from sandbox.app.answers.kind import Given
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.streets.travel import Ride, Travel
from sandbox.ui.panels.answer import AreaRows
from tests.support.atlas import at, small_atlas, small_state
from tests.support.timetables import timetable, with_timetable

EIGHT = 8 * 3600


@pytest.fixture(scope="module")
def atlas():
    made = small_atlas()
    stops = (("west", *at(0, 0)), ("east", *at(900, 0)))
    bus = ("L", 0, [(0, EIGHT + 300, EIGHT + 300), (1, EIGHT + 360, EIGHT + 360)])
    network = with_timetable(made.network, timetable(made.network, stops, (bus,)))
    return replace(made, network=network)


def asked(atlas, day, *, moving=False):
    ride = Ride(datetime(2026, 11, day, 8), window_min=1)
    question = ReachQuestion(at(0, 0), minutes=(10.0,), travel=Travel(mode="transit", ride=ride))
    return answer(atlas, question, given=Given(hasty=moving))


def test_the_reason_stands_under_the_heading_only_where_there_is_one(qtbot, atlas):
    rows = AreaRows(Session(atlas, small_state(atlas, language="en")))
    qtbot.addWidget(rows)
    rows.show_answer(asked(atlas, 24))
    assert rows._why.text() == (
        "Public transport is no faster than walking.\n"
        "2026-11-24 is outside the timetable, which covers 2026-11-23 to 2026-11-23."
    )
    assert rows._why.isVisibleTo(rows)
    rows.show_answer(asked(atlas, 23))
    assert not rows._why.isVisibleTo(rows)


def test_no_reason_is_looked_for_while_a_hand_moves(atlas):
    assert asked(atlas, 24).why
    assert asked(atlas, 24, moving=True).why == ()
