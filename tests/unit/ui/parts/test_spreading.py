"""When a new place's answer spreads over a map."""

import time
from dataclasses import replace

from sandbox.app.answering import answer
from sandbox.app.questions import ReachQuestion
from sandbox.ui.parts.spreading import Spreading
from tests.support.atlas import at, small_atlas


def test_the_answer_from_another_place_spreads_until_it_is_told_to_rest() -> None:
    found = answer(small_atlas(), ReachQuestion(at(0, 0), (5.0,)))
    spreading = Spreading()
    assert (spreading.runs, spreading.frame()) == (False, None)
    assert spreading.begin(None, found)
    frame = spreading.frame()
    assert frame is not None
    assert 0.0 <= frame[1] < frame[0].length_ms
    spreading.end()
    assert (spreading.runs, spreading.frame()) == (False, None)
    # Other cutoffs from the same place are there at once.
    assert not spreading.begin(found, found)
    elsewhere = replace(found, question=ReachQuestion(at(50, 0), (5.0,)))
    assert spreading.begin(elsewhere, found)


def test_it_ends_by_itself_and_may_begin_again() -> None:
    found = answer(small_atlas(), ReachQuestion(at(0, 0), (5.0,)))
    spreading = Spreading()
    spreading.begin(None, found)
    frame = spreading.frame()
    assert frame is not None
    time.sleep(frame[0].length_ms / 1000.0)
    spreading.begin_again()
    assert spreading.runs
    time.sleep(frame[0].length_ms / 1000.0)
    assert (spreading.frame(), spreading.runs) == (None, False)
