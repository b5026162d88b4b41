from dataclasses import replace
from datetime import date, datetime
from queue import Queue

import pandas as pd
import pytest

from sandbox.app.answers import compare as comparing
from sandbox.app.answers.compare import choices, question_against
from sandbox.app.asking import Asker
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Jobs
from sandbox.app.moving import scenarios
from sandbox.app.opening import first_state
from sandbox.app.questions import Against, ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.catalog.folder import load_all
from sandbox.engine.network import Network
from sandbox.errors import ExportError
from sandbox.export.compare import screen_html, write_against
from sandbox.streets.travel import Ride, Travel
from tests.support.asked import by

# At Metro 1's station in University Town.
CAMPUS = (106.299, 29.612)
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=10, model="expected")


@pytest.fixture(scope="module")
def atlas():
    return Atlas(load_all(), Network.open())


def by_line(atlas, scenario="metro_7_15_17_27"):
    return ReachQuestion(
        CAMPUS,
        (30.0, 45.0),
        scenario=scenarios(atlas)[scenario],
        travel=Travel(mode="transit", ride=RIDE),
    )


class Desk:
    """A session with question and comparison, and a loop that the test turns."""

    def __init__(self, atlas, **fields):
        self.posted = Queue()
        state = changed(first_state(atlas, Settings(), "zh"), **fields)
        self.session = Session(atlas, state)
        self.jobs = Jobs(self.posted.put)
        self.errors = []
        self.asker = Asker(self.session, self.jobs, self.report)
        self.asker.start()
        self.settle()

    def report(self, lane, error):
        if error is not None:
            self.errors.append((lane, error))

    def settle(self):
        while self.jobs.busy:
            self.posted.get(timeout=600)()

    @property
    def shown(self):
        return comparing.shown(self.session.state)


@pytest.fixture
def desk(atlas):
    made = []

    def make(**fields):
        made.append(Desk(atlas, **fields))
        return made[-1]

    yield make
    for one in made:
        one.jobs.close()
        assert one.errors == []


def test_a_question_is_offered_all_that_it_is_not(atlas):
    walking = choices(atlas, ReachQuestion(CAMPUS))
    assert {(one.kind, one.value) for one in walking} == {
        ("mode", "bike"),
        ("mode", "drive"),
        ("mode", "transit"),
        ("direction", "to"),
    }
    riding = choices(atlas, by_line(atlas))
    offered = {
        kind: {one.value for one in riding if one.kind == kind}
        for kind in ("scenario", "percentile", "mode")
    }
    # Without a timetable, and without a scenario, no line runs at all.
    assert offered["scenario"] == {"", *scenarios(atlas)} - {"metro_7_15_17_27"}
    assert offered["percentile"] == {"5", "25", "75", "95"}
    assert offered["mode"] == {"walk", "bike", "drive"}
    # Monday's other hours, and the weekend that follows it.
    assert [one.value for one in riding if one.kind == "depart"] == [
        f"2026-11-{day}:00" for day in ("23T12", "23T18", "23T22", "28T08", "29T08")
    ]
    driving = choices(atlas, ReachQuestion(CAMPUS, travel=Travel("drive", hour=8)))
    hours = [one.value for one in driving if one.kind == "hour"]
    assert hours == ["", *(str(hour) for hour in range(24) if hour != 8)]
    for one in (*riding, *driving):
        said = comparing.called(atlas, one)
        assert said.zh
        assert said.en


def test_departures_are_offered_on_days_of_the_timetable_alone(atlas, monkeypatch):
    class Weekdays:
        days = (RIDE.when.date(), date(2026, 11, 28))

    monkeypatch.setattr(atlas.network, "timetable", Weekdays())
    offered = [one.value for one in choices(atlas, by_line(atlas)) if one.kind == "depart"]
    assert offered == ["2026-11-23T12:00", "2026-11-23T18:00", "2026-11-23T22:00",
                       "2026-11-28T08:00"]  # fmt: skip


def test_only_one_thing_is_changed(atlas):
    asked = by_line(atlas)
    today = question_against(atlas, asked, Against("scenario", "today"))
    assert today == replace(asked, scenario=scenarios(atlas)["today"])
    late = question_against(atlas, asked, Against("percentile", "95"))
    assert late == by(asked, ride=replace(RIDE, percentile=95))
    night = Against("depart", "2026-11-23T22:00")
    assert night == comparing.depart_beside(datetime(2026, 11, 23, 22, 0))
    assert question_against(atlas, asked, night) == by(
        asked, ride=replace(RIDE, when=datetime(2026, 11, 23, 22, 0))
    )
    assert [one.en for one in comparing.names(atlas, asked, night)] == [
        "2026-11-23 08:00",
        "2026-11-23 22:00",
    ]
    drive = question_against(atlas, asked, Against("mode", "drive"))
    for value, hour in (("18", 18), ("", None)):
        other = Against("hour", value)
        assert question_against(atlas, drive, other) == by(drive, hour=hour)
    peak = by(drive, hour=8)
    assert comparing.names(atlas, peak, Against("hour", ""))[1].zh == "畅通路况驾车"
    assert (drive.travel.mode, drive.minutes, drive.reach_m) == (
        "drive",
        asked.minutes,
        asked.reach_m,
    )


def test_the_difference_is_what_the_scenario_adds(desk, atlas):
    made = desk(reach=by_line(atlas), against=Against("scenario", "today"))
    found = made.shown
    answer = made.session.state.answers.reach_answer
    ground = found.difference
    assert ground.minutes == (30.0, 45.0)
    assert ground.lost.km2 == (0.0, 0.0)
    assert ground.gained.km2[-1] > 1.0
    assert ground.plan.km2[-1] == pytest.approx(answer.isochrone.areas_km2[-1], rel=2e-3)
    assert found.base.scenario == scenarios(atlas)["today"]
    assert found.plan == answer.question
    before, after = ({one.id for one in side} for side in found.places)
    assert before < after == {one.id for one in answer.places}


@pytest.mark.parametrize(
    ("mode", "against", "ids", "names"),
    [
        (
            "transit",
            Against("depart", "2026-11-23T23:30"),
            ["2026-11-23T08:00", "2026-11-23T23:30"],
            ["2026-11-23 08:00", "2026-11-23 23:30"],
        ),
        (
            "drive",
            Against("hour", "8"),
            ["free flow", "8:00"],
            ["Driving in free flow", "Driving with the congestion of 8:00"],
        ),
    ],
)
def test_another_time_is_a_plan_whose_files_carry_both_names(
    desk, atlas, tmp_path, mode, against, ids, names
):
    asked = by_line(atlas) if mode == "transit" else ReachQuestion(CAMPUS, travel=Travel("drive"))
    made = desk(reach=asked, against=against)
    ground = made.shown.difference
    # From here to later: no line runs in the night, and cars are slower in the morning.
    assert ground.lost.km2[-1] > 0.5
    assert ground.gained.km2[-1] < 0.1
    write_against(tmp_path / "c.csv", atlas, made.session.state)
    row = pd.read_csv(tmp_path / "c.csv").iloc[-1]
    assert [row["base"], row["plan"]] == ids
    assert [row["base_name_en"], row["plan_name_en"]] == names
    assert row["lost_km2"] == pytest.approx(ground.lost.km2[-1], abs=1e-6)
    page = screen_html(atlas, made.session.state)
    assert all(name in page for name in names)


def test_a_question_beside_itself_shows_no_difference(desk, atlas):
    made = desk(reach=by_line(atlas, "today"), against=Against("scenario", "today"))
    assert made.shown.difference.gained.km2 == made.shown.difference.lost.km2 == (0.0, 0.0)


def test_it_follows_the_question_and_ends_with_it(desk, atlas):
    made = desk(reach=by_line(atlas), against=Against("scenario", "today"))
    first = made.shown
    made.asker.move_origin((106.32, 29.61), moving=True)
    # What the map shows stays one answer while the hand moves: the older one, comparison and all.
    assert made.shown is first
    made.asker.move_origin((106.32, 29.61))
    made.settle()
    assert made.shown.question.origin_lonlat == (106.32, 29.61)
    made.session.undo()
    made.settle()
    assert made.shown.difference.gained.km2 == first.difference.gained.km2
    made.session.change(undoable=True, against=None)
    made.settle()
    assert made.shown is made.session.state.answers.against_answer is None
    made.session.undo()
    made.settle()
    assert made.shown is not None
    made.asker.clear()
    made.settle()
    assert made.shown is None


@pytest.mark.parametrize("ending", [".csv", ".gpkg", ".geojson", ".html"])
def test_what_is_shown_is_written_as_table_layers_and_page(desk, atlas, tmp_path, ending):
    import geopandas as gpd
    import pandas as pd

    made = desk(reach=by_line(atlas), against=Against("scenario", "today"))
    file = tmp_path / f"compared{ending}"
    write_against(file, atlas, made.session.state)
    ground = made.shown.difference
    if ending == ".csv":
        rows = pd.read_csv(file)
        assert rows["gained_km2"].tolist() == pytest.approx(list(ground.gained.km2), abs=1e-6)
        assert (rows["places_plan"] - rows["places_base"]).tolist() == rows["places_diff"].tolist()
        assert rows["places_diff"].max() > 0
    elif ending in (".gpkg", ".geojson"):
        ground_of = gpd.read_file(file, **({"layer": "ground"} if ending == ".gpkg" else {}))
        assert set(ground_of["base_name_en"]) == {"Today: Metro Line 1"}
        assert set(ground_of["plan_name_zh"]) == {"轨道交通7、15、17、27号线开通"}
        assert set(ground_of["plan_percentile"]) == {50}
        gained = ground_of.query("change == 'gained'")
        sizes = gained.to_crs(32648).area / 1e6
        wanted = [km2 for km2 in ground.gained.km2 if km2 > 0]
        assert sizes.tolist() == pytest.approx(wanted, rel=3e-3)
    else:
        html = file.read_text(encoding="utf-8")
        for words in ("现状：轨道交通1号线", "Metro Lines 7, 15, 17 and 27", "hatch-gained"):
            assert words in html, words


def test_without_a_comparison_nothing_is_written(desk, atlas, tmp_path):
    made = desk(reach=by_line(atlas))
    with pytest.raises(ExportError, match="No comparison is shown"):
        write_against(tmp_path / "c.html", atlas, made.session.state)
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_the_screen_is_of_the_comparison_while_one_is_on_it(desk, atlas):
    made = desk(reach=by_line(atlas), against=Against("scenario", "today"))
    sides = "现状：轨道交通1号线 → 轨道交通7、15、17、27号线开通"
    html = screen_html(atlas, made.session.state)
    assert sides in html
    assert "hatch-gained" in html
    made.session.change(against=None)
    assert sides not in screen_html(atlas, made.session.state)
