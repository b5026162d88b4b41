from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.app.state import View
from tests.support.atlas import at, small_atlas, small_state


def begun(**fields):
    atlas = small_atlas()
    return Session(atlas, small_state(atlas, **fields))


def test_a_listener_hears_the_state_before_and_after():
    session, heard = begun(), []
    session.listen(lambda before, after: heard.append((before.theme, after.theme)))
    session.change(theme="dark")
    assert heard == [("light", "dark")]


def test_a_change_to_the_same_value_is_none():
    session, heard = begun(), []
    session.listen(lambda before, after: heard.append(after))
    session.change(theme="light", undoable=True)
    assert heard == []
    assert not session.can_undo


def test_a_listener_that_ended_hears_no_more():
    session, heard = begun(), []
    end = session.listen(lambda before, after: heard.append(after))
    end()
    session.change(theme="dark")
    assert heard == []


def test_a_listening_that_has_ended_ends_again_in_silence():
    session, heard = begun(), []
    ends = [session.listen(lambda *_: heard.append(1)), session.listen_atlas(heard.append)]
    for end in ends * 2:
        end()
    session.change(theme="dark")
    session.open(session.atlas, session.state)
    assert heard == []


def test_every_listener_hears_changes_in_the_order_they_were_made():
    session, heard = begun(), []

    def answers(before, after):
        if before.theme != after.theme:
            session.change(language="en")

    session.listen(answers)
    session.listen(lambda before, after: heard.append((after.theme, after.language)))
    session.change(theme="dark")
    assert heard == [("dark", "zh"), ("dark", "en")]


def test_a_listener_that_fails_leaves_the_session_usable():
    session, heard = begun(), []

    def fails(before, after):
        raise RuntimeError("broken")

    end = session.listen(fails)
    try:
        session.change(theme="dark")
    except RuntimeError:
        heard.append("raised")
    end()
    session.listen(lambda before, after: heard.append(after.language))
    session.change(language="en")
    assert heard == ["raised", "en"]


def test_undo_restores_what_was_changed_and_leaves_the_rest():
    session = begun()
    session.change(undoable=True, reach=ReachQuestion(at(0, 0)))
    session.change(language="en", view=View(at(50, 50), 2.0))
    session.undo()
    assert session.state.document.reach is None
    assert session.state.language == "en"
    assert session.state.document.view == View(at(50, 50), 2.0)


def test_redo_makes_again_what_was_taken_back():
    session = begun()
    first, second = ReachQuestion(at(0, 0)), ReachQuestion(at(100, 0))
    session.change(undoable=True, reach=first)
    session.change(undoable=True, reach=second)
    session.undo()
    session.undo()
    assert session.state.document.reach is None
    session.redo()
    session.redo()
    assert session.state.document.reach == second
    assert not session.can_redo


def test_what_is_set_to_what_it_was_is_no_step_to_take_back():
    session = begun()
    session.change(undoable=True, spread=True)
    session.change(undoable=True, departure=3, spread=False)
    # A departure is looked at in passing: only the first of these two ended anything kept.
    session.change(undoable=True, departure=4, spread=False)
    session.undo()
    assert session.state.document.spread
    session.undo()
    assert not session.state.document.spread
    assert not session.can_undo


def test_a_new_change_ends_what_could_be_made_again():
    session = begun()
    session.change(undoable=True, reach=ReachQuestion(at(0, 0)))
    session.undo()
    session.change(undoable=True, reach=ReachQuestion(at(9, 9)))
    assert not session.can_redo


def test_undo_and_redo_with_nothing_to_do_change_nothing():
    session = begun()
    before = session.state
    session.undo()
    session.redo()
    assert session.state == before


def test_opening_another_atlas_tells_of_it_before_its_state_and_forgets_the_past():
    session, heard = begun(), []
    session.change(undoable=True, reach=ReachQuestion(at(0, 0)))
    other = small_atlas()
    session.listen_atlas(heard.append)
    session.listen(lambda before, after: heard.append(after))
    fresh = small_state(other, theme="dark")
    session.open(other, fresh)
    assert heard == [other, fresh]
    assert session.atlas is other
    assert not session.can_undo
