from functools import cache

import pytest

from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.catalog.scenario_text import as_toml
from sandbox.edits import scenario as values
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Edit, Scenario
from sandbox.errors import TransitError
from sandbox.geo.crs import length_m
from sandbox.transit.lines import Line, LineStop, Period, StreetLink
from sandbox.words import Bilingual

HEAD = 'title = { zh = "试", en = "Trial" }\n'
LINE = """
[[edit]]
do = "add"
name = { zh = "线", en = "A line" }
[edit.line]
id = "own"
zh = "自备"
en = "Own"
mode = "bus"
speed_kmh = 20
dwell_s = 15
headways = [{ first = "6:30", last = "25:00", minutes = 7.5 }]
"""
STOPS = """stops = [
  { id = "a", zh = "甲", en = "A", lonlat = [106.30, 29.60] },
  { ref = "rail_existing/daxuecheng", minutes = 4 },
]
"""


@cache
def layers():
    return load_all()


@pytest.fixture
def read(tmp_path):
    def reading(text, name="trial"):
        file = tmp_path / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        return scenarios.read(file, layers())

    return reading


def faults(read, text):
    with pytest.raises(TransitError) as raised:
        read(text)
    return [str(fault) for fault in raised.value.faults] or [str(raised.value)]


def test_a_line_written_by_hand_is_read_with_every_figure(read):
    (line,) = apply(read(HEAD + LINE + STOPS)).supply.lines
    assert line.periods == (Period(6 * 3600 + 1800, 25 * 3600, 450),)
    assert (line.id, line.mode, line.speed_kmh, line.dwell_s) == ("own", "bus", 20, 15)
    first, second = line.stops
    assert first == LineStop("a", "甲", "A", (106.30, 29.60))
    feature = layers()["rail_existing"].features.set_index("id").loc["daxuecheng"]
    assert second.lonlat == (feature.geometry.x, feature.geometry.y)
    assert (second.name_zh, second.accuracy_m) == (feature["name_zh"], feature["accuracy_m"])
    assert second.minutes == 4


def test_stops_are_set_along_a_course_at_equal_distances(read):
    course = "course = [[106.30, 29.60], [106.31, 29.60], [106.31, 29.61]]\nstop_every_m = 400\n"
    (line,) = apply(read(HEAD + LINE + course)).supply.lines
    corner = [(106.30, 29.60), (106.31, 29.60), (106.31, 29.61)]
    whole = sum(length_m(corner[:-1], corner[1:]))
    assert len(line.stops) == round(whole / 400) + 1
    assert line.stops[0].lonlat == pytest.approx(corner[0])
    assert line.stops[-1].lonlat == pytest.approx(corner[-1])
    straight = [one.lonlat for one in line.stops if one.lonlat[1] < 29.6000001]
    gaps = length_m(straight[:-1], straight[1:])
    assert gaps == pytest.approx(whole / round(whole / 400), rel=2e-3)


def test_a_base_may_be_a_shipped_scenario_or_a_file_beside_it(read):
    first = read(HEAD + 'base = "today"\n' + LINE + STOPS, "first")
    second = read(HEAD + 'base = "first"\n', "second")
    assert first.base == scenarios.read("today", layers())
    assert second.base == first
    assert [line.id for line in apply(second).supply.lines] == ["metro_1", "own"]


def every_change():
    stops = (
        LineStop("a", "甲", "A", (106.3, 29.6)),
        LineStop("b", "乙", "B", (106.4, 29.6), 3.25, 50.0),
        LineStop("c", "丙", "C", (106.5, 29.6)),
    )
    course = ((106.3, 29.6), (106.5, 29.6))
    periods = (Period(3600, 7261, 300), Period(7300, 90_000, 450))
    line = Line("l", "线", "Line", "tram", stops, periods, course, 30.5, 20, 60, False, "2030")
    corridor = values.Corridor("k", "廊", "Way", "suburban", course, "东", "East", "报", "Paper")
    return (
        values.AddLine(line),
        values.AddStation("l", LineStop("d", "丁", "D", (106.45, 29.6)), "b"),
        values.ShortenLine("l", "a", "d"),
        values.RerouteLine("l", stops[:2], course),
        values.SetHeadway("l", periods[:1]),
        values.SetSpeed("l", 44.0),
        values.SetDwell("l", 10),
        values.LinkStation(StreetLink("a", (106.3, 29.61), 40)),
        values.DrawCorridors((corridor,)),
        values.CloseLine("T1"),
        values.RemoveLine("l"),
    )


def test_what_is_written_is_read_back_the_same(read):
    edits = tuple(
        Edit(
            Bilingual("改", "Change"),
            change,
            on=number % 3 != 2,
            assumed=Bilingual("定", "Assumed"),
        )
        for number, change in enumerate(every_change())
    )
    statement = values.Statement(Bilingual("成都", "Chengdu"), 40.0, Bilingual("报", "Paper"))
    made = Scenario(
        "trial",
        Bilingual("试", "Trial"),
        edits,
        None,
        "2031",
        True,
        Bilingual("注", "Note"),
        (statement,),
    )
    assert read(as_toml(made)) == made


@pytest.mark.parametrize("name", scenarios.SHIPPED)
def test_a_shipped_scenario_written_out_stands_alone(read, name):
    shipped = scenarios.read(name, layers())
    alone = read(as_toml(shipped))
    assert alone.base is None
    assert alone.edits == values.all_edits(shipped)
    assert apply(alone) == apply(shipped)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "title is missing"),
        (HEAD + "colour = 1\n", "colour is not a valid key here"),
        (HEAD + "[[edit]]\nname = { zh = '改', en = 'C' }\n", "edit[1].do is missing"),
        (HEAD + "[[edit]]\ndo = 'fly'\n", "edit[1].do is not one of 'add'"),
        (HEAD + LINE, "edit[1].line needs one of stops, stop_every_m"),
        (HEAD + LINE + STOPS + "stop_every_m = 500\n", "needs one of stops, stop_every_m"),
        (HEAD + LINE + "stop_every_m = 500\n", "own has no alignment to place stops along"),
        (HEAD + (LINE + STOPS).replace('"bus"', '"boat"'), "edit[1].line.mode is 'boat'"),
        (HEAD + (LINE + STOPS).replace("7.5", "0"), "headways[1].minutes is 0"),
        (HEAD + (LINE + STOPS).replace("25:00", "25.00"), "headways[1].last is '25.00'"),
        (HEAD + (LINE + STOPS).replace("daxuecheng", "nowhere"), "rail_existing/nowhere"),
        (HEAD + (LINE + STOPS).replace('zh = "甲", ', ""), "stops[1] needs ref, or all of id"),
        (HEAD + "[[edit]]\ndo = 'draw'\nname = { zh = '画', en = 'D' }\ncorridors = []\n", "edit"),
        ("title = [", "not valid TOML"),
    ],
)
def test_a_faulty_file_says_what_is_wrong_where(read, text, said):
    assert any(said in fault for fault in faults(read, text)), faults(read, text)


def test_all_faults_are_said_at_once(read):
    text = HEAD + LINE.replace('"bus"', '"boat"').replace("minutes = 7.5", "minutes = -1") + STOPS
    assert len(faults(read, text + "colour = 3\n")) == 3


def test_a_base_that_leads_back_is_refused(read):
    with pytest.raises(TransitError, match="can't be read as a scenario"):
        read(HEAD + 'base = "b"\n', "a")
    with pytest.raises(TransitError, match="its base b refers back to it"):
        read(HEAD + 'base = "a"\n', "b")


def test_files_that_are_no_scenarios_are_refused(read, tmp_path):
    with pytest.raises(TransitError, match="There is no scenario named nope"):
        scenarios.read("nope", layers())
    with pytest.raises(TransitError, match="can't be read as a scenario"):
        scenarios.read(tmp_path / "none.toml", layers())
    (tmp_path / "latin.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(TransitError, match="UTF-8"):
        scenarios.read(tmp_path / "latin.toml", layers())
    (tmp_path / "large.toml").write_bytes(b"#" * (5 << 20))
    with pytest.raises(TransitError, match="larger than 4 MB"):
        scenarios.read(tmp_path / "large.toml", layers())


def test_scenarios_of_layers_that_are_not_there_are_left_out():
    assert list(scenarios.shipped(layers())) == list(scenarios.SHIPPED)
    assert scenarios.shipped({}) == {}
    without_hub = {name: one for name, one in layers().items() if name != "hub_corridors"}
    assert list(scenarios.shipped(without_hub)) == list(scenarios.SHIPPED[:-1])
    existing = {"rail_existing": layers()["rail_existing"]}
    assert list(scenarios.shipped(existing)) == ["today"]
