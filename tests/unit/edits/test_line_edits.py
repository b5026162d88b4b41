from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.edits.line_edits import apply, line_faults
from sandbox.edits.scenario import (
    AddLine,
    AddStation,
    CloseLine,
    Corridor,
    DrawCorridors,
    Edit,
    LinkStation,
    Plan,
    RemoveLine,
    RerouteLine,
    Scenario,
    SetDwell,
    SetHeadway,
    SetSpeed,
    ShortenLine,
    all_edits,
    edited,
    switched,
)
from sandbox.errors import TransitError
from sandbox.geo.crs import length_m
from sandbox.transit.lines import Line, LineStop, Period, StreetLink, Supply
from sandbox.words import Bilingual

ALL_DAY = (Period(6 * 3600, 22 * 3600, 300),)


def stop(name, lon=106.3, lat=29.6, **more):
    return LineStop(name, f"{name}站", name, (lon, lat), **more)


def line(name="m", stops=None, **more):
    made = stops or tuple(
        stop(f"{name}{n}", 106.3 + n / 100, minutes=None if n == 0 else 3.0) for n in range(4)
    )
    return Line(name, f"{name}线", name, "metro", made, ALL_DAY, **more)


def scenario(*changes, base=None):
    edits = tuple(Edit(Bilingual("改", type(one).__name__), one) for one in changes)
    return Scenario("trial", Bilingual("试", "Trial"), edits, base)


def only(*changes):
    (found,) = apply(scenario(AddLine(line()), *changes)).supply.lines
    return found


def test_nothing_comes_of_no_scenario_and_of_no_edits():
    assert apply(None) == Plan(Supply(), ()) == apply(scenario())


def test_edits_are_made_in_their_order_and_the_base_comes_first():
    base = scenario(AddLine(line("a")), SetDwell("a", 10))
    top = scenario(SetDwell("a", 20), AddLine(line("b")), base=base)
    found = apply(top).supply.lines
    assert [(one.id, one.dwell_s) for one in found] == [("a", 20), ("b", 30)]
    assert all_edits(top) == base.edits + top.edits


def test_removing_what_was_added_leaves_nothing():
    assert apply(scenario(AddLine(line()), RemoveLine("m"))) == Plan()
    assert apply(scenario(AddLine(line()), CloseLine("m"))) == Plan()


def test_closing_reaches_lines_of_a_timetable():
    assert apply(scenario(CloseLine("T1"))).supply.closed == {"T1"}


def test_headway_speed_and_dwell_change_nothing_else():
    rare = (Period(0, 3600, 900), Period(3600, 7200, 1200))
    assert only(SetHeadway("m", rare)) == replace(line(), periods=rare)
    assert only(SetDwell("m", 45)) == replace(line(), dwell_s=45)
    faster = only(SetSpeed("m", 60.0))
    assert faster.speed_kmh == 60.0
    assert [one.minutes for one in faster.stops] == [None] * 4


@pytest.mark.parametrize("ends", [("m1", "m3"), ("m3", "m1")])
def test_a_shortened_line_keeps_the_stops_between_its_new_ends(ends):
    course = tuple((106.3 + n / 200, 29.6) for n in range(7))
    made = apply(scenario(AddLine(line(course_lonlat=course)), ShortenLine("m", *ends)))
    (found,) = made.supply.lines
    assert [one.id for one in found.stops] == ["m1", "m2", "m3"]
    assert [one.minutes for one in found.stops] == [None, 3.0, 3.0]
    for got, wanted in zip((found.course_lonlat[0], found.course_lonlat[-1]), (1, 3), strict=True):
        assert length_m(got, (106.3 + wanted / 100, 29.6)) < 1.0


def test_a_rerouted_line_has_the_new_stops():
    way = (stop("x"), stop("y", 106.4))
    assert only(RerouteLine("m", way)) == replace(line(), stops=way)


def test_a_station_divides_the_run_by_distance():
    # A quarter of the way from m1 to m2, three minutes apart.
    found = only(AddStation("m", stop("new", 106.3125), "m1")).stops
    assert [one.id for one in found] == ["m0", "m1", "new", "m2", "m3"]
    assert [found[2].minutes, found[3].minutes] == pytest.approx([0.75, 2.25], rel=1e-6)


def test_a_station_that_states_its_minutes_leaves_the_rest_to_the_next():
    found = only(AddStation("m", stop("new", minutes=1.0), "m1")).stops
    assert [found[2].minutes, found[3].minutes] == [1.0, 2.0]


def test_stations_can_lengthen_a_line_at_both_ends():
    before = only(AddStation("m", stop("new", 106.29, minutes=4.0), "")).stops
    assert [(one.id, one.minutes) for one in before[:2]] == [("new", None), ("m0", 4.0)]
    behind = only(AddStation("m", stop("new", 106.34, minutes=4.0), "m3")).stops
    assert [(one.id, one.minutes) for one in behind[-2:]] == [("m3", 3.0), ("new", 4.0)]


def test_links_are_added_and_none_is_taken():
    first, second = StreetLink("m0", (106.3, 29.6), 30), StreetLink("m0", (106.31, 29.6))
    assert apply(scenario(LinkStation(first), LinkStation(second))).supply.links == (first, second)


def test_a_corridor_is_drawn_until_a_line_of_its_id_runs():
    corridors = tuple(Corridor(n, n, n, "k", ((106.0, 29.0), (107.0, 29.0))) for n in ("p", "q"))
    drawn = apply(scenario(DrawCorridors(corridors)))
    assert drawn == Plan(Supply(), corridors)
    for order in (
        [DrawCorridors(corridors), AddLine(line("p"))],
        [AddLine(line("p")), DrawCorridors(corridors)],
    ):
        found = apply(scenario(*order))
        assert [one.id for one in found.supply.lines] == ["p"]
        assert found.corridors == corridors[1:]


CHANGES = [
    AddLine(line("x")),
    RemoveLine("m"),
    CloseLine("m"),
    CloseLine("T1"),
    ShortenLine("m", "m0", "m2"),
    RerouteLine("m", (stop("m0"), stop("z", 106.5))),
    SetHeadway("m", (Period(0, 3600, 900),)),
    SetSpeed("m", 60.0),
    SetDwell("m", 10),
    AddStation("m", stop("new", 106.305), "m0"),
    LinkStation(StreetLink("m0", (106.3, 29.6))),
    DrawCorridors((Corridor("p", "p", "p", "k", ()),)),
]


@given(st.lists(st.sampled_from(CHANGES), max_size=6, unique_by=id), st.integers(0, 2))
def test_switching_all_edits_off_is_the_baseline_exactly_and_on_again_what_it_was(changes, split):
    base = scenario(AddLine(line()))
    whole = scenario(*changes[split:], base=scenario(*changes[:split], base=base))
    off = whole
    for number in range(1, len(all_edits(whole))):
        off = switched(off, number, on=False)
    assert apply(off) == apply(base)
    for number in range(1, len(all_edits(whole))):
        off = switched(off, number, on=True)
    assert off == whole


@given(st.sampled_from(CHANGES))
def test_undoing_an_edit_is_the_older_scenario(change):
    base = scenario(AddLine(line()))
    last = len(base.edits)
    undone = switched(edited(base, Edit(Bilingual("改", "More"), change)), last, on=False)
    assert apply(undone) == apply(base)


def test_edits_of_a_line_rest_where_the_one_that_adds_it_is_off():
    made = scenario(AddLine(line()), SetDwell("m", 5), AddStation("m", stop("n"), "m0"))
    assert apply(switched(made, 0, on=False)) == Plan()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (RemoveLine("zz"), "there is no line zz; lines: m"),
        (SetDwell("zz", 5), "there is no line zz; lines: m"),
        (AddLine(line()), "the line m already exists"),
        (ShortenLine("m", "m0", "zz"), "the line m has no stop zz; stops: m0, m1, m2, m3"),
        (ShortenLine("m", "m2", "m2"), "a line needs at least two stops; m would have one"),
        (AddStation("m", stop("m2"), "m0"), "the line m already has the stop m2"),
        (AddStation("m", stop("n", minutes=3.0), "m0"), "n is 3 min into a run of 3 min"),
        (LinkStation(StreetLink("m0", (500.0, 0.0))), "the link to m0 has invalid coordinates"),
        (SetSpeed("m", 0.0), "line m: 0 km/h; 1 to 600 are possible"),
        (SetDwell("m", -1), "line m: -1 s of dwell"),
        (SetHeadway("m", ()), "line m: it has no headway"),
        (SetHeadway("m", (Period(0, 10, 5),)), "a headway of 0.0833333 min"),
        (SetHeadway("m", (Period(10, 0, 300),)), "ends before it begins"),
        (SetHeadway("m", (Period(0, 99, 300), Period(50, 200, 300))), "overlap or are out of"),
        (RerouteLine("m", (stop("a"),)), "line m: 1 stops"),
        (RerouteLine("m", (stop("a"), stop("a"))), "the stop a appears twice in a row"),
        (
            RerouteLine("m", (stop("a"), stop("b", float("nan")))),
            "the stop b has invalid coordinates",
        ),
    ],
)
def test_what_cannot_be_is_said(change, said):
    with pytest.raises(TransitError) as raised:
        apply(scenario(AddLine(line()), change))
    assert said in str(raised.value)


def test_all_faults_are_said_at_once():
    with pytest.raises(TransitError) as raised:
        apply(scenario(RemoveLine("a"), SetDwell("b", 3), AddLine(line(speed_kmh=-1.0))))
    assert len(raised.value.faults) == 3
    assert "edit 1 (RemoveLine)" in str(raised.value)


def test_a_sound_line_has_no_faults():
    assert line_faults(line()) == []
