"""What a card says of answers, against ground and places counted by themselves."""

from dataclasses import replace

import pytest
import shapely

from sandbox.analysis.within_reach import within_reach
from sandbox.app import moving
from sandbox.app.answering import answer
from sandbox.app.answers import compare as comparing
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.kiosk.answer_card import MINUTES, answer_blocks
from sandbox.app.kiosk.blocks import Bands, Buttons, Heading, Row, Table, Title
from sandbox.app.kiosk.desks import DeskTimes
from sandbox.app.kiosk.show import Show
from sandbox.app.places import tied_places
from sandbox.app.questions import Against, AgainstQuestion, ReachAnswer, ReachQuestion, Selected
from sandbox.catalog.scenes import Scene
from sandbox.streets.modes import MODES
from tests.support.atlas import at, small_atlas, small_state

HERE, THERE = at(-200, 100), at(300, -100)
MINUTES_ASKED = (5.0, 10.0)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


def scene(**fields):
    told = {
        "id": "press",
        "title": {"zh": "场景", "en": "Scene"},
        "tile": {"zh": "景", "en": "S"},
        "camera": {"center": at(0, 0), "width_m": 4000, "height_m": 2500},
        "layers": (),
        "reach": {"minutes": [5, 10], "press": True, "modes": ["walk", "drive"]},
    }
    return Scene.model_validate({**told, **fields})


def answered(atlas, lonlat, place=None):
    question = ReachQuestion(lonlat, MINUTES_ASKED, place=place)
    isochrone, _ = moving.ask(atlas, question)
    return ReachAnswer(question, isochrone, within_reach(isochrone, tied_places(atlas)))


def blocks(atlas, made, state, desks=None):
    return list(answer_blocks(atlas, made, Show([made], "en").state, state, desks))


def the(kind, told):
    (found,) = [block for block in told if isinstance(block, kind)]
    return found


def test_pressing_tells_ground_places_and_what_may_be_chosen(atlas):
    answer = answered(atlas, HERE)
    told = blocks(atlas, scene(), small_state(atlas, reach=answer.question, reach_answer=answer))
    assert the(Heading, told).words.first == "The place you chose"
    areas = [band.value for band in the(Bands, told).bands]
    assert areas == [f"{km2:.1f}" for km2 in answer.isochrone.areas_km2]
    assert the(Title, told).words.first == f"Places within reach: {len(answer.places)}"
    soonest = min(answer.places, key=lambda one: one.minutes)
    first = next(block for block in told if isinstance(block, Row))
    assert first.value == str(max(1, round(soonest.minutes)))
    modes, minutes = [block for block in told if isinstance(block, Buttons)]
    # The small city has streets for walkers alone.
    assert [(one.argument, one.chosen) for one in modes.buttons] == [("walk", True)]
    assert [one.argument for one in minutes.buttons] == ["15", "30"]


def test_minutes_of_an_old_answer_are_not_told_for_a_new_question(atlas):
    answer = answered(atlas, HERE)
    asked = replace(answer.question, origin_lonlat=THERE, place=Selected("labs", "labs_0"))
    state = small_state(atlas, reach=asked, reach_answer=answer)
    card = blocks(atlas, scene(), state)
    # At first the card is the older answer's, with its own heading; once late it says so.
    assert card == list(blocks(atlas, scene(), changed(state, reach=answer.question)))
    late = list(blocks(atlas, scene(), changed(state, outdated=True)))
    assert late[0] != card[0]
    figures = [block for block in late if isinstance(block, Bands | Row | Table)]
    assert figures
    assert all(block.older for block in figures)


def test_two_places_are_told_with_what_both_reach(atlas):
    one, other = answered(atlas, HERE), answered(atlas, THERE)
    beside = comparing.place_beside(THERE)
    assert comparing.lonlat_beside(beside) == pytest.approx(THERE, abs=1e-6)
    compared = answer(atlas, AgainstQuestion(beside, one.question))
    state = small_state(
        atlas, reach=one.question, reach_answer=one, against=beside, against_answer=compared
    )
    told = blocks(atlas, scene(), state)
    assert the(Heading, told).words.first == "Comparison of two places"
    table = the(Table, told)
    assert [head.tone for head in table.heads] == ["first", "second", ""]
    ground, _, counted = (tuple(float(cell.value) for cell in cells) for _, cells in table.rows)
    first, second = one.isochrone.areas[-1], other.isochrone.areas[-1]
    both = shapely.intersection(first, second).area / first.area
    expected = (
        one.isochrone.areas_km2[-1],
        other.isochrone.areas_km2[-1],
        one.isochrone.areas_km2[-1] * both,
    )
    assert ground == pytest.approx(expected, abs=0.051)
    ours, theirs = ({(p.layer, p.id) for p in found.places} for found in (one, other))
    assert counted == (len(ours), len(theirs), len(ours & theirs))
    assert len(ours & theirs) > 0


def test_a_step_tells_what_it_adds_so_that_figures_add_up(atlas):
    """The step's answer is compared with the same question asked from elsewhere."""
    made = scene(
        reach=None,
        stages=[
            {
                "id": "step",
                "tile": {"zh": "步", "en": "Step"},
                "reach": {"minutes": [5, 10], "press": True},
            }
        ],
    )
    one, other = answered(atlas, HERE), answered(atlas, at(-1300, -1300))
    elsewhere = replace(comparing.place_beside(at(-1300, -1300)), as_base=True)
    compared = answer(atlas, AgainstQuestion(elsewhere, one.question))
    compared = replace(compared, against=Against("mode", "bike"))
    state = small_state(
        atlas, reach=one.question, reach_answer=one, against=compared.against,
        against_answer=compared,
    )  # fmt: skip
    table = the(Table, blocks(atlas, made, state))
    assert [head.words.first for head in table.heads] == ["5 min", "10 min"]
    _, cells = table.rows[0]
    for cell, now, before in zip(
        cells, one.isochrone.areas_km2, other.isochrone.areas_km2, strict=True
    ):
        assert cell.value == f"{now:.1f}"
        assert float(cell.gained or 0) == pytest.approx(round(now, 1) - round(before, 1))
    _, cells = table.rows[2]
    for cell, most in zip(cells, MINUTES_ASKED, strict=True):
        now, before = (sum(p.minutes <= most for p in a.places) for a in (one, other))
        assert int(cell.value) == now
        assert int(cell.gained or 0) == now - before


def test_invented_places_enter_no_count(atlas):
    """Of three places within reach one is of a layer that is schematic as a whole."""
    invented = replace(atlas.layers["housing"], schematic=True)
    small = Atlas({**atlas.layers, "housing": invented}, atlas.network)
    answer = answered(small, HERE)
    made = scene(
        reach=None,
        stages=[
            {
                "id": "step",
                "tile": {"zh": "步", "en": "Step"},
                "reach": {"minutes": [5, 10], "press": True},
            }
        ],
    )
    state = small_state(small, reach=answer.question, reach_answer=answer)
    _, cells = the(Table, blocks(small, made, state)).rows[2]
    real = [one for one in answer.places if one.layer != "housing"]
    assert len(real) < len(answer.places)
    assert int(cells[-1].value) == sum(one.minutes <= MINUTES_ASKED[-1] for one in real)


def test_desks_have_a_figure_for_each_mode_and_dots_until_it_is_there(atlas):
    made = scene(desks={"to": ["labs/labs_0", "services/services_0"], "modes": ["walk"]})
    question = ReachQuestion(HERE, MINUTES_ASKED, place=Selected("labs", "labs_1"))
    state = small_state(atlas, reach=question)
    cells = [cells[0].value for _, cells in the(Table, blocks(atlas, made, state)).rows]
    assert cells == ["…", "…"]
    found = DeskTimes(question, {"walk": (5.4, None)}, ())
    told = blocks(atlas, made, state, found)
    assert the(Heading, told).words.first == "Mathematics Centre"
    assert [cells[0].value for _, cells in the(Table, told).rows] == ["5", ">60"]


@pytest.mark.parametrize("mode", ["walk", "bike", "drive", "transit"])
def test_every_cutoff_that_is_offered_can_be_asked(mode):
    for longest in MODES[mode].offered_minutes:
        assert MINUTES[longest][-1] == longest
