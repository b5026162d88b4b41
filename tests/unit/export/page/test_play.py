"""What readers play with is the program's own answer."""

from dataclasses import replace

import numpy as np
import pytest

from sandbox.analysis.isochrone import isochrone
from sandbox.app.answering import answer
from sandbox.app.questions import ReachQuestion
from sandbox.export.page.html import page_html
from sandbox.export.page.play import stops
from sandbox.streets.modes import MODES
from tests.support.answered import ORIGIN, reach_state
from tests.support.atlas import at, small_atlas, small_state
from tests.support.compared import compared_places, compared_result
from tests.support.paged import page_data, steps_of


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def played(atlas):
    return page_data(page_html(atlas, reach_state(atlas)))["play"]


def test_each_minute_of_a_walk_has_the_area_that_the_program_computes(atlas, played):
    (side,) = played["sides"]
    assert played["most"] == MODES["walk"].slider_minutes
    assert list(side["km2"]) == [f"{m}" for m in range(1, played["most"] + 1)]
    for minutes in (3, 5, 15, 20):
        found = isochrone(atlas.network, at(-300, 100), (float(minutes),), reach_m=50.0)
        near = found.areas_km2[0]
        # What was asked for is drawn on the grid of all three cutoffs.
        loose = 0.01 if minutes in played["asked"] else 1e-9
        assert side["km2"][str(minutes)] == pytest.approx(near, rel=loose)


def test_what_was_asked_has_the_areas_on_screen(atlas, played):
    shown = reach_state(atlas).answers.reach_answer.isochrone
    told = played["sides"][0]["km2"]
    assert [told[f"{m:g}"] for m in shown.minutes] == list(shown.areas_km2)


def test_places_are_those_of_a_question_for_the_sliders_end(atlas, played):
    question = ReachQuestion(at(-300, 100), minutes=(5.0, 10.0, 15.0, 30.0), place=ORIGIN)
    wanted = {
        f"{one.layer}/{one.id}": round(one.minutes, 2)
        for one in answer(atlas, question).places
        if (one.layer, one.id) != (ORIGIN.layer, ORIGIN.id)
    }
    assert {one["key"]: one["minutes"]["o0"] for one in played["named"]} == wanted
    counted = sorted(m for layer in played["layers"] for m in layer["minutes"]["o0"])
    assert counted == sorted(wanted.values())


def test_a_second_origin_is_a_second_side_on_the_same_grid(atlas):
    state = reach_state(atlas)
    beside = replace(state.answers.reach_answer.question, origin_lonlat=at(500, -200), place=None)
    html = page_html(atlas, state, others=[answer(atlas, beside)])
    told = page_data(html)["play"]
    assert told["kind"] == "origins"
    assert [side["id"] for side in told["sides"]] == ["o0", "o1"]
    one, two = (steps_of(side, told["grid"]) for side in told["sides"])
    assert one.shape == two.shape
    assert (one != two).any()
    assert told["sides"][1]["at"] == pytest.approx(at(500, -200)[::-1])


def test_a_comparison_has_base_and_plan_with_ground_gained_and_lost(atlas):
    _, found, rows = compared_places(atlas)
    told = page_data(page_html(atlas, small_state(atlas), compared_result(atlas)))["play"]
    assert told["kind"] == "compared"
    assert [side["id"] for side in told["sides"]] == ["base", "plan1"] or [
        side["id"] for side in told["sides"]
    ] == ["base", "plan0"]
    plan = told["sides"][1]
    best = max(found, key=lambda one: one.rows[-1]["area_diff_km2"])
    for k, minutes in enumerate(best.ground.minutes):
        key = f"{minutes:g}"
        assert told["sides"][0]["km2"][key] == best.ground.base.km2[k]
        assert plan["km2"][key] == best.ground.plan.km2[k]
        assert told["changes"][plan["id"]][key] == [
            best.ground.gained.km2[k],
            best.ground.lost.km2[k],
        ]
    base, plan = (steps_of(side, told["grid"]) for side in told["sides"])
    # Who walks faster is nowhere later.
    assert (plan <= base).all()
    assert (plan < base).any()
    assert len(rows) == 2 * len(found)


def test_invented_places_are_not_counted_in_a_comparison(atlas):
    layers = {**atlas.layers, "labs": replace(atlas.layers["labs"], schematic=True)}
    invented = replace(atlas, layers=layers)
    told = page_data(page_html(invented, small_state(invented), compared_result(invented)))["play"]
    assert "labs" not in {one["id"] for one in told["layers"]}
    assert not any(one["key"].startswith("labs/") for one in told["named"])
    plain = page_data(page_html(atlas, small_state(atlas), compared_result(atlas)))["play"]
    assert "labs" in {one["id"] for one in plain["layers"]}


def test_the_same_state_gives_the_same_bytes(atlas):
    assert page_html(atlas, reach_state(atlas)) == page_html(small_atlas(), reach_state(atlas))


@pytest.mark.parametrize(
    ("asked", "most", "wanted"),
    [
        ((5, 10, 15), 30, list(range(1, 31))),
        ((12, 45), 90, [5, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90]),
    ],
)
def test_areas_are_told_for_each_minute_of_a_walk_and_each_fifth_beyond(asked, most, wanted):
    assert stops(asked, most) == wanted
    assert np.isfinite(stops(asked, most)).all()
