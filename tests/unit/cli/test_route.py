import json

import geopandas as gpd
import pytest
from click.testing import CliRunner

from sandbox.analysis.route import route
from sandbox.cli import main, sandbox
from sandbox.engine.network import Network
from sandbox.streets.sandnet import save
from sandbox.streets.travel import Travel
from tests.support import feeds
from tests.support.grid_city import at, grid_city


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    file = tmp_path_factory.mktemp("city") / "city.sandnet"
    save(grid_city().streets, file)
    return file


def place(column, row):
    return "{:.7f},{:.7f}".format(*at(column, row))


def said(*arguments, language="en"):
    result = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    assert result.exception is None, result.output
    return result.output


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_a_route_is_told_and_written(city, tmp_path, ending):
    file = tmp_path / f"route.{ending}"
    told = said(
        *("route", "--from", place(3.5, 3), "--to", place(5, 6.5)),
        *("--network", city, "--speed-kmh", 6, "-o", file),
    )
    # 50 + 100 + 350 m at 100 m a minute.
    assert "5.0 minutes, 500 m" in told
    table = gpd.read_file(file)
    assert table["part"].iloc[0] == "route"
    assert table["minutes"].iloc[0] == pytest.approx(5, abs=0.01)
    assert table["metres"].iloc[1:].sum() == pytest.approx(500, abs=1)


def test_a_journey_says_which_departure_of_the_window_it_is(city, tmp_path):
    town = tmp_path / "town.sandnet"
    feed = feeds.write(tmp_path / "gtfs.zip", feeds.tables())
    said("network", "build", city, "--gtfs", feed, "-o", town)
    # 2 blocks at 6 km/h, from 8:00 on: no bus runs from the first to the second.
    way = ("route", "--from", place(2, 5), "--to", place(4, 5), "--speed-kmh", 6, "--network", town,
           "--mode", "transit", "--depart", "2026-11-02T08:00")  # fmt: skip
    told = said(*way)
    assert "Leaving at 08:00: of the departures from 08:00 to 08:59" in told
    assert "08:00:00  08:02:00  2.0" in told
    assert "Leaving at" not in said(*way, "--window-min", 1)
    told = said(*way[:-2], "--arrive", "2026-11-02T08:30", language="zh")
    assert "08:30 前到达：07:31 至 08:30 的各次到达中，用时等于第 50 百分位的最晚一次" in told


def test_a_timetable_covers_the_days_on_which_something_runs(city, tmp_path):
    # The calendar begins on Sunday 1 November; its only service runs on weekdays.
    town = tmp_path / "town.sandnet"
    feed = feeds.write(tmp_path / "gtfs.zip", feeds.tables())
    days = "service 2026-11-02 to 2026-11-30"
    assert days in said("network", "build", city, "--gtfs", feed, "-o", town)
    assert days in said("network", "info", town)
    assert days in said("network", "check-feed", feed)
    way = ("route", "--from", place(2, 5), "--to", place(6, 5), "--network", town,
           "--mode", "transit")  # fmt: skip
    told = said(*way, "--depart", "2026-11-01T08:00")
    assert "2026-11-01 is outside the timetable, which covers 2026-11-02 to 2026-11-30" in told


def test_json_says_every_step(city):
    told = said(
        *("route", "--from", place(3.5, 3.1), "--to", place(5, 6.5), "--network", city, "--json")
    )
    facts = json.loads(told)
    assert [step["part"] for step in facts["steps"]] == ["access", "way", "egress"]
    assert facts["metres"] == pytest.approx(sum(s["metres"] for s in facts["steps"]), abs=0.2)
    assert facts["steps"][1]["street"] == "Grid Street"
    # Whole milliseconds can be read back, those of the steps and of all of it.
    ms = [round(step["minutes"] * 60_000) for step in facts["steps"]]
    start, end = (tuple(map(float, place(*where).split(","))) for where in ((3.5, 3.1), (5, 6.5)))
    found = route(Network.open(city), start, end, Travel())
    assert ms == [step.minutes * 60_000 for step in found.steps]
    assert round(facts["minutes"] * 60_000) == sum(ms)
    # Not all are round figures that fewer decimals would keep.
    assert any(one % 6 for one in ms)


def test_places_go_by_name_and_words_are_chinese():
    told = said("route", "--from", "金凤", "--to", "106.33,29.6", language="zh")
    assert "步行至道路" in told


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--from", "0,0", "--to", "1,1"], "outside the network"),
        (["--from", "nowhere at all", "--to", "1,1"], "no place named"),
        (["--from", place(1, 1), "--to", place(2, 2), "-o", "a.txt"], "files of this type"),
        (["--from", place(1, 1), "--to", place(2, 2), "--hour", "8"], "only affects driving"),
    ],
)
def test_faults_are_one_line(city, capsys, arguments, why):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", "route", "--network", str(city), *arguments])
    out, err = capsys.readouterr()
    assert (stopped.value.code, out, err.count("\n")) == (2, "", 1)
    assert why in err


def test_edits_of_a_file_change_the_route(city, tmp_path, capsys):
    barrier = {
        "type": "Feature",
        "properties": {"kind": "closed", "name": "Works"},
        "geometry": {"type": "LineString", "coordinates": [at(5.5, 1.5), at(5.5, 6.5)]},
    }
    file = tmp_path / "edits.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [barrier]}), "utf-8")
    way = ["--from", place(5, 4), "--to", place(6, 4), "--network", city, "--json"]
    assert json.loads(said("route", *way))["metres"] == pytest.approx(100, abs=1)
    edited = json.loads(said("route", *way, "--edits", file))
    assert edited["metres"] == pytest.approx(700, abs=1)
    assert edited["network"]["street_edits"] == 1
    table = said("route", *way[:-1], "--edits", file, "-o", tmp_path / "way.geojson")
    assert "Street edits: 1" in table.splitlines()
    rows = gpd.read_file(tmp_path / "way.geojson")
    assert set(rows["street_edits"]) == {1}
    barrier["properties"]["kind"] = "open"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [barrier]}), "utf-8")
    with pytest.raises(SystemExit):
        main(["--lang", "en", "route", *map(str, way), "--edits", str(file)])
    assert "Works: kind must be one of" in capsys.readouterr().err


def test_a_journey_by_line_is_written(city, tmp_path):
    file = tmp_path / "journey.geojson"
    told = said(
        *("route", "--from", place(3, 3), "--to", place(5, 6), "--network", city),
        *("--mode", "transit", "--depart", "2026-11-23T08:00", "--scenario", "metro7", "-o", file),
    )
    assert "on the screen" not in told
    assert str(file) in told
    table = gpd.read_file(file)
    # No line comes near: one walk.
    assert table["part"].tolist() == ["journey", "walk"]
    assert table["minutes"].tolist() == pytest.approx([table["minutes"].iloc[0]] * 2)
    assert table.geometry.iloc[1].geom_type == "LineString"
