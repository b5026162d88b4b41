from collections.abc import Iterator
from dataclasses import replace
from queue import Queue

import pytest
import shapely

from sandbox.app import places
from sandbox.app.answering import KINDS, answer, answered_again, put_away
from sandbox.app.answers import reach
from sandbox.app.answers.access import AccessQuestion
from sandbox.app.answers.audit import AuditQuestion
from sandbox.app.answers.circles import ANALYSIS, CirclesAnswer, CirclesQuestion
from sandbox.app.answers.hidden import HiddenQuestion
from sandbox.app.answers.housing import HousingQuestion
from sandbox.app.answers.nearest import NearestQuestion
from sandbox.app.answers.siting import SitingQuestion
from sandbox.app.asking import Asker
from sandbox.app.jobs import Jobs
from sandbox.app.questions import (
    Against,
    AgainstQuestion,
    DepartureQuestion,
    EditsQuestion,
    JourneyQuestion,
    ReachQuestion,
    Selected,
)
from sandbox.app.session import Session
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.errors import SandboxError
from sandbox.streets.travel import Travel
from tests.support.atlas import at, small_atlas, small_state


class Desk:
    """A session with its questions, and a loop that the test turns."""

    def __init__(self, atlas, **fields) -> None:
        self.posted: Queue = Queue()
        self.session = Session(atlas, small_state(atlas, **fields))
        self.jobs = Jobs(self.posted.put)
        self.errors: list[tuple[str, SandboxError | None]] = []
        self.answers: list = []
        self.asker = Asker(self.session, self.jobs, self.report)
        self.session.listen(self.heard)

    def report(self, lane, error) -> None:
        self.errors.append((lane, error))

    def heard(self, before, after) -> None:
        if before.answers.reach_answer is not after.answers.reach_answer:
            self.answers.append(after.answers.reach_answer)

    def settle(self) -> None:
        while self.jobs.busy:
            self.posted.get(timeout=600)()


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def desk(atlas) -> Iterator[Desk]:
    made = Desk(atlas)
    yield made
    made.jobs.close()


def test_a_question_in_the_state_is_answered_in_the_state(desk):
    desk.session.change(reach=ReachQuestion(at(0, 0)))
    desk.settle()
    answer = desk.session.state.answers.reach_answer
    assert answer.question == desk.session.state.document.reach
    # On a grid city, 15 minutes at 4.8 km/h are 1,200 m: a diamond of 2.88 km², and its rim.
    assert answer.isochrone.areas_km2[-1] == pytest.approx(2.88, rel=0.15)


def test_the_question_that_the_session_began_with_is_answered(atlas):
    desk = Desk(atlas, reach=ReachQuestion(at(0, 0)))
    desk.asker.start()
    desk.settle()
    assert desk.session.state.answers.reach_answer is not None
    desk.jobs.close()


def test_only_the_last_of_several_questions_is_answered(desk):
    for x in (0, 100, 200):
        desk.asker.move_origin(at(x, 0))
    desk.settle()
    assert [answer.question.origin_lonlat for answer in desk.answers] == [at(200, 0)]


def test_while_a_hand_moves_an_answer_shows_and_the_newest_question_follows(desk):
    for x in range(0, 500, 100):
        desk.asker.move_origin(at(x, 0), moving=True)
    desk.settle()
    origins = [answer.question.origin_lonlat for answer in desk.answers]
    assert origins == [at(0, 0), at(400, 0)]


def test_a_whole_drag_is_one_step_back(desk):
    desk.asker.move_origin(at(0, 0))
    desk.settle()
    for x in (100, 200, 300):
        desk.asker.move_origin(at(x, 0), moving=True)
    desk.asker.move_origin(at(400, 0), moving=False)
    desk.settle()
    desk.session.undo()
    desk.settle()
    assert desk.session.state.document.reach.origin_lonlat == at(0, 0)
    assert desk.session.state.answers.reach_answer.question.origin_lonlat == at(0, 0)


def test_another_cutoff_is_contoured_without_a_second_search(desk):
    question = ReachQuestion(at(0, 0), (5.0, 10.0))
    desk.session.change(reach=question)
    desk.settle()
    searched = []
    for minutes in ((5.0, 12.0), (5.0, 20.0), (3.0, 30.0), (5.0, 10.0)):
        desk.asker.ask(ReachQuestion(at(0, 0), minutes), moving=True)
        desk.settle()
        answer = desk.session.state.answers.reach_answer
        assert answer.isochrone.minutes == minutes
        searched.append(answer.isochrone.reached)
    # The first move searches as far as the slider goes; no later one searches.
    assert all(one is searched[0] for one in searched)


def test_a_place_too_far_from_streets_is_reported_and_then_forgotten(desk):
    desk.asker.move_origin(at(9_000, 0))
    desk.settle()
    lane, error = desk.errors[-1]
    assert lane == reach.KIND.lane
    assert error is not None
    assert desk.session.state.answers.reach_answer is None
    desk.asker.move_origin(at(0, 0))
    desk.settle()
    assert desk.errors[-1] == (reach.KIND.lane, None)
    assert desk.session.state.answers.reach_answer is not None


def test_taking_the_origin_away_takes_the_answer_away_and_can_be_taken_back(desk):
    desk.asker.move_origin(at(0, 0))
    desk.settle()
    desk.asker.clear()
    assert desk.session.state.answers.reach_answer is None
    desk.session.undo()
    desk.settle()
    assert desk.session.state.answers.reach_answer.question.origin_lonlat == at(0, 0)


def test_places_come_soonest_first_and_an_origin_that_is_known_badly_makes_them_indicative(desk):
    lab = Selected("labs", "labs_0")
    desk.asker.move_origin(at(-300, 100), place=lab)
    desk.settle()
    found = desk.session.state.answers.reach_answer.places
    assert found[0].id == "labs_0"
    assert [place.minutes for place in found] == sorted(place.minutes for place in found)
    assert not any(place.indicative for place in found)


def test_circles_are_answered_and_redrawn_without_asking_again(desk):
    desk.session.change(analyses=(CirclesQuestion("services", minutes=10.0),))
    desk.settle()
    first = desk.session.state.answers.result(CirclesAnswer)
    assert 0 < first.coverage.share_of_ground < 1
    desk.session.change(analyses=(CirclesQuestion("services", minutes=10.0, straight_line=True),))
    assert not desk.jobs.waits(ANALYSIS.id)
    assert desk.session.state.answers.result(CirclesAnswer).coverage is first.coverage
    assert desk.session.state.answers.result(CirclesAnswer).question.straight_line


def test_circles_without_any_service_are_reported(desk):
    desk.session.change(analyses=(CirclesQuestion("services", kinds=("nothing",)),))
    desk.settle()
    assert desk.errors[-1][0] == ANALYSIS.id
    assert desk.errors[-1][1] is not None


def test_another_atlas_is_asked_anew(desk):
    desk.asker.move_origin(at(0, 0))
    desk.settle()
    other = small_atlas()
    desk.session.open(other, small_state(other, reach=ReachQuestion(at(100, 0))))
    desk.settle()
    assert desk.session.state.answers.reach_answer.question.origin_lonlat == at(100, 0)


def test_another_refused_question_drops_the_one_under_way(desk):
    far, near = ReachQuestion(at(9_000, 0)), ReachQuestion(at(0, 0))
    desk.session.change(reach=far)
    desk.settle()
    assert desk.session.state.answers.reach_answer is None
    desk.session.change(reach=near)
    desk.session.change(reach=far)
    desk.settle()
    # It stays refused, and no answer to what is no longer asked comes.
    assert desk.session.state.answers.reach_answer is None
    assert len([one for _, one in desk.errors if one is not None]) == 1
    desk.session.change(reach=None)
    assert desk.errors[-1] == (reach.KIND.lane, None)


def test_a_place_that_is_not_there_has_no_way_and_nobody_asks(desk):
    desk.session.change(reach=ReachQuestion(at(0, 0)), selected=Selected("labs", "none"))
    desk.settle()
    assert desk.session.state.answers.journey_answer is None
    assert not desk.jobs.busy


@pytest.mark.parametrize("question", [*KINDS], ids=lambda one: one.__name__)
def test_each_kind_s_answer_is_what_was_asked(atlas, question):
    reach = ReachQuestion(at(0, 0), (5.0, 10.0))
    path = StreetEdit("path", shapely.LineString([at(0, 0), at(300, 300)]), "Path")
    asked = {
        ReachQuestion: reach,
        CirclesQuestion: CirclesQuestion("services", minutes=10.0),
        NearestQuestion: NearestQuestion("services", homes="labs"),
        AuditQuestion: AuditQuestion("labs", facilities=("services",)),
        HiddenQuestion: HiddenQuestion("services"),
        SitingQuestion: SitingQuestion("labs", sites=1, seconds=2.0),
        AccessQuestion: AccessQuestion("labs", layer="services"),
        HousingQuestion: HousingQuestion("labs", at_lonlat=at(0, 0)),
        AgainstQuestion: AgainstQuestion(Against("direction", "to"), reach),
        JourneyQuestion: JourneyQuestion(reach, Selected("labs", "labs_0")),
        DepartureQuestion: DepartureQuestion(reach, 0),
        EditsQuestion: EditsQuestion(StreetEdits((path,))),
    }[question]
    # On foot one leaves at any time, and no standard asks for what this little city has.
    refused = {DepartureQuestion: "public transport", AuditQuestion: "None of the facilities"}
    if question in refused:
        with pytest.raises(SandboxError, match=refused[question]):
            answer(atlas, asked)
        return
    found = answer(atlas, asked)
    assert KINDS[question].asked(found) == asked


@pytest.mark.parametrize(
    ("towards", "place", "said"),
    [
        (False, "gate", ["to its best gate"]),
        (True, "gate", ["from its best gate"]),
        (False, "edge", ["to its edge"]),
        (True, "edge", ["from its edge"]),
        (True, "point", []),
    ],
)
def test_places_are_measured_to_or_from_as_one_travels(towards, place, said) -> None:
    question = ReachQuestion(at(0, 0), travel=Travel(towards=towards))
    assert [str(text) for text in places.measured_between(question, place)] == said


def test_places_are_found_by_their_ids_before_a_window_asks():
    layers = {key: replace(one) for key, one in small_atlas().layers.items()}
    some = [one for one in layers.values() if one.features is not None and not one.is_own]
    assert some
    assert not any(one.kept for one in some)
    places.index(layers)
    assert all(one.kept for one in some)


def test_a_map_that_is_put_away_keeps_no_answer_and_gets_the_same_ones_back():
    atlas = small_atlas()
    desk = Desk(
        atlas,
        reach=ReachQuestion(at(-300, 0)),
        against=Against("direction", "to"),
        analyses=(CirclesQuestion("services", minutes=5.0),),
    )
    desk.asker.start()
    desk.settle()
    desk.jobs.close()
    before = desk.session.state
    away, asked = put_away(before)
    assert [type(one) for one in asked] == [ReachQuestion, AgainstQuestion, CirclesQuestion]
    assert away.answers == small_state(atlas).answers
    assert away.document == before.document
    again = answered_again(atlas, away, asked)
    one, two = before.answers.reach_answer, again.answers.reach_answer
    assert two is not one
    assert two.question == one.question
    assert two.isochrone.areas_km2 == one.isochrone.areas_km2
    assert two.places == one.places
    compared = [one.answers.against_answer.compared.rows for one in (before, again)]
    assert compared[0] == compared[1]
    assert again.answers.result(CirclesAnswer).question == CirclesQuestion("services", minutes=5.0)
