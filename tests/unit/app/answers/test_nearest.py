"""The nearest places on the map: one time in window, picture, page and analysis."""

import pytest

import sandbox
from sandbox.analysis.times import times
from sandbox.app import places
from sandbox.app.answering import answer, with_results
from sandbox.app.answers.nearest import ANALYSIS, NearestAnswer, NearestQuestion
from sandbox.app.changes import changed
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.nearest import PICTURE, NearestSheet
from sandbox.draw.theme import theme
from sandbox.export.page.analyses.nearest import PAGE
from sandbox.streets.travel import Travel
from sandbox.ui.answers.nearest import PANEL
from tests.support.atlas import small_atlas, small_state


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


def asked(*, towards=False, minutes=60.0):
    travel = Travel(towards=towards)
    return NearestQuestion("services", homes="labs", minutes=minutes, travel=travel)


def on_map(atlas, question):
    return with_results(atlas, small_state(atlas, analyses=(question,)))


@pytest.mark.parametrize("towards", [False, True])
def test_the_nearest_is_the_least_of_all_times_in_every_room(atlas, towards):
    homes, wanted = (places.features_of(atlas.layers[one]) for one in ("labs", "services"))
    ends = (wanted, homes) if towards else (homes, wanted)
    pairs = times(atlas.network, *ends, 60.0, Travel()).pairs
    here = "to_id" if towards else "from_id"
    least = pairs.groupby(here)["minutes"].min()
    state = on_map(atlas, asked(towards=towards))
    found = state.answers.result(NearestAnswer)
    assert found.question == answer(atlas, asked(towards=towards)).question
    assert len(found.spots) == len(homes) == len(least)
    for spot in found.spots:
        assert spot.minutes == pytest.approx(least[spot.place.where.id], abs=1e-9)
    session = Session(atlas, state)
    table = {line.place.where.id: line.figure for line in PANEL.table(session).lines}
    assert table == {spot.place.where.id: f"{spot.minutes:.1f}" for spot in found.spots}
    (page,) = PAGE.result(atlas, state, theme("light")).tables
    assert [row[2] for row in page.rows] == [f"{spot.minutes:.1f}" for spot in found.spots]
    if not towards:
        told = sandbox.nearest(sandbox.Network(atlas.network), homes, wanted)
        assert dict(zip(told["place_id"], told["minutes"], strict=True)) == pytest.approx(
            {spot.place.where.id: spot.minutes for spot in found.spots}
        )


def test_a_place_with_none_in_time_comes_first_and_has_no_class(qapp, atlas):
    whole = answer(atlas, asked())
    minutes = sorted(spot.minutes for spot in whole.spots)
    assert minutes[0] > 1 or minutes[-1] > 1
    cut = answer(atlas, asked(minutes=max(1.0, minutes[-1] - 0.01)))
    first = cut.spots[0]
    assert (first.nearest, first.of_class, first.lacks) == (None, None, "time")
    assert first.place.where.id == whole.spots[0].place.where.id
    state = on_map(atlas, cut.question)
    legend = PANEL.legend(Session(atlas, state))
    assert len(legend.lines) == 6
    # All are reached: nothing is hatched, and nothing says so.
    assert len(PANEL.legend(Session(atlas, on_map(atlas, asked()))).lines) == 5


def test_the_map_has_one_sheet_of_the_answer_and_undo_takes_the_question_back(atlas):
    session = Session(atlas, small_state(atlas))
    ANALYSIS.ask(session, asked())
    state = with_results(atlas, session.state)
    (sheet,) = PICTURE.sheets(state, "light")
    assert sheet == NearestSheet("light", state.answers.result(NearestAnswer))
    assert changed(state, selected=Selected("labs", "labs_0")).document == state.document
    session.undo()
    assert PICTURE.sheets(with_results(atlas, session.state), "light") == []
