"""What a comparison is asked, called and found: sides, sentences, and whose scenarios count."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from shapely import LineString, Point

from sandbox.app import moving
from sandbox.app.answers import compare as beside
from sandbox.app.answers import comparing
from sandbox.app.atlas import Atlas
from sandbox.app.questions import Against, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.catalog.folder import load_all
from sandbox.catalog.layer import Style
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.engine.network import Network
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance
from sandbox.streets.travel import Travel
from sandbox.words import Bilingual
from tests.support.atlas import at, layer, small_atlas, small_state

HERE = at(0, 0)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def city(atlas):
    """The small town's streets under all layers, so that all scenarios are there."""
    return Atlas(load_all(), atlas.network)


def asked(atlas, **fields):
    question = ReachQuestion(HERE, (5.0, 10.0))
    return replace(moving.by_mode(question, "transit", atlas), **fields)


def found(atlas, base, plan, names=("slow", "fast")):
    called = tuple((name, beside.both(comparing.Text(name))) for name in names)
    return comparing.compare_questions(atlas, base, plan, called)


def test_what_runs_today_is_the_base_whichever_is_on_screen(city):
    known = moving.scenarios(city)
    today, metro = known["today"], known["metro7"]
    for here, other in ((today, metro), (metro, today)):
        question, choice = asked(city, scenario=here), Against("scenario", other.id)
        base, plan = beside.names(city, question, choice)
        assert (base, plan) == (today.title, metro.title)
        turned = beside.turned(city, question, choice)
        assert beside.names(city, question, turned) == (plan, base)
    # Of two plans the one on screen is the base.
    hub = Against("scenario", "jinfeng_hub")
    assert not beside.other_is_base(city, asked(city, scenario=metro), hub)


def test_streets_without_edits_are_the_base(atlas):
    edits = StreetEdits((StreetEdit("close", Point(HERE), name="shut"),))
    question = replace(ReachQuestion(HERE), edits=edits)
    base, plan = beside.names(atlas, question, Against("streets", "unedited"))
    assert (base.en, plan.en) == ("Existing streets", "Edited streets")


def test_own_scenarios_stand_beside_others_and_today(city):
    from sandbox.app import scenarios

    own = scenarios.new(city, ())
    assert (own.id, own.base) == ("own_1", moving.today(city))
    second = scenarios.new(city, (own,))
    opened = (own, second)
    offered = beside.choices(city, asked(city, scenario=own), opened)
    assert Against("scenario", "own_2", second) in offered
    assert Against("scenario", "own_1", own) not in offered
    other = beside.question_against(
        city, asked(city, scenario=own), Against("scenario", "own_2", second)
    )
    assert other.scenario == second
    assert scenarios.with_opened(opened, own) == (second, own)


def test_a_comparison_ends_with_its_question_and_comes_back_with_it(city):
    question = asked(city, scenario=moving.scenarios(city)["metro7"])
    choice = Against("scenario", "today")
    session = Session(city, small_state(city, reach=question, against=choice))
    assert session.state.document.against == choice
    session.change(undoable=True, reach=moving.by_mode(question, "walk", atlas))
    assert session.state.document.against is None
    session.undo()
    assert session.state.document.against == choice
    session.redo()
    assert session.state.document.against is None


@pytest.mark.parametrize(
    ("choice", "fits"),
    [
        (Against("scenario", "today"), False),
        (Against("percentile", "95"), False),
        (Against("mode", "walk"), False),
        (Against("mode", "bike"), True),
        (Against("direction", "from"), False),
        (Against("direction", "to"), True),
        (Against("streets", "unedited"), False),
        (beside.place_beside(at(100, 0)), True),
        (Against("depart", "2026-11-23T08:00"), False),
        (Against("hour", "8"), False),
    ],
)
def test_a_walk_is_compared_only_with_what_it_is_not(choice, fits):
    assert choice.fits(ReachQuestion(HERE)) == fits


def test_another_city_has_none_of_these_scenarios():
    lonlat = np.array([(-51.23, -30.03), (-51.22, -30.03), (-51.22, -30.02)])
    streets = assemble(
        "EPSG:32722",
        lonlat,
        [(0, 1), (1, 2)],
        np.full(2, 3),
        np.zeros(2),
        np.full(2, int(Access.WALK)),
        np.full(2, -1),
        (),
        Provenance("By hand", "hand", "CC0", "2026-01-01", schematic=True),
    )
    elsewhere = Atlas(load_all(), Network(streets))
    assert moving.scenarios(elsewhere) == {}
    assert moving.today(elsewhere) is None
    assert comparing.named_scenario(elsewhere, None)[1][0] == "timetable"
    from sandbox.app import scenarios

    assert scenarios.new(elsewhere, ()).base is None


def test_invented_places_are_counted_only_when_they_are_named(atlas):
    layers = dict(atlas.layers)
    layers["labs"] = replace(layers["labs"], schematic=True)
    made = Atlas(layers, atlas.network)
    question = ReachQuestion(HERE, (10.0,))
    origins = comparing.origin_of(made, question)
    side = comparing.side(made, question, ("a", beside.both(comparing.Text("a"))))

    def row(*also):
        (one,) = comparing.compare(
            made, side, [side], origins, minutes=(30,), reach_m=50.0, also=also
        )
        return one.rows[0]

    assert "labs_base" not in row()
    assert row("labs")["labs_base"] > 0
    assert row()["places_base"] == row("labs")["places_base"]
    real = sum(row()[f"{name}_base"] for name in layers if f"{name}_base" in row())
    assert row()["places_base"] == real > 0


def test_departures_at_one_time_of_two_days_are_called_differently():
    days = [comparing.called_departure(datetime(2026, 11, day, 8)) for day in (23, 28)]
    assert [said[0] for said in days] == ["2026-11-23T08:00", "2026-11-28T08:00"]
    assert [said[1].en for said in days] == ["2026-11-23 08:00", "2026-11-28 08:00"]


@pytest.mark.parametrize("place", ["road", "gone"])
def test_a_comparison_starts_wherever_reach_does(atlas, place):
    """At a road that was pressed, and at the point itself where the map has no such place."""
    rows = [{"id": "road", "shape": LineString([(0, 0), (200, 0)]), "name_en": "Road"}]
    road = layer("road", "line", Style(line="road"), rows)
    city = Atlas({**atlas.layers, "road": road}, atlas.network)
    base = ReachQuestion(at(100, 0), place=Selected("road", place), minutes=(5.0, 10.0))
    plan = replace(base, travel=Travel(walk_kmh=6.0))
    names = (("walk", Bilingual("步行", "Walk")), ("quick", Bilingual("快走", "Quick")))
    found = comparing.compare_questions(city, base, plan, names)
    alone = moving.ask(city, base)[0]
    assert found.ground.base.km2 == pytest.approx(alone.areas_km2)
