"""The commands on timetables, as people type them."""

import csv
import json
from datetime import datetime, timedelta

import geopandas as gpd
import pytest
from click.testing import CliRunner

from sandbox.cli import main, sandbox
from sandbox.streets.sandnet import save
from tests.support import feeds
from tests.support.grid_city import at, grid_city


@pytest.fixture
def streets(tmp_path):
    save(grid_city(17, 11).streets, tmp_path / "town.sandnet")
    return tmp_path / "town.sandnet"


def said(*arguments):
    result = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, arguments)])
    assert result.exception is None, result.output
    return result.output


def broken(tmp_path):
    """Write a feed with an error, a stop outside and twelve trips without days."""
    tables = feeds.tables()
    lon, lat = at(2, 500)
    tables["stops"] += f"zero,Zero,0,0\nfar,Far,{lat:.6f},{lon:.6f}\n"
    tables["trips"] += "".join(f"r1,no,x{n},\n" for n in range(12))
    tables["stop_times"] += "t1,23:10:00,23:10:00,far,9\n"
    return feeds.write(tmp_path / "broken.zip", tables)


def test_a_sound_feed_has_nothing_found_but_its_days(streets, tmp_path):
    told = said(
        "network",
        "check-feed",
        feeds.write(tmp_path / "town.zip", feeds.tables()),
        "--network",
        streets,
    )
    assert told.startswith("town.zip: 2 trips, 4 stops, service 2026-11-02 to 2026-11-30.\n")
    assert "Found in the feeds: 0 errors" in told


def test_findings_come_by_kind_the_gravest_first(streets, tmp_path):
    told = said("network", "check-feed", broken(tmp_path), "--network", streets).splitlines()
    assert "error  no_coordinates  1" in told
    at_kind = told.index("error  no_service  12")
    assert told[at_kind + 1] == "  trips.txt  the days of trip x0 are missing"
    assert told[at_kind + 6] == "  … and 7 more"
    assert at_kind < told.index("note  outside  1")


def test_reports_hold_every_finding(streets, tmp_path):
    feed, out = broken(tmp_path), tmp_path / "report.csv"
    told = said("network", "check-feed", feed, "--network", streets, "-o", out)
    assert f"Saved to {out}." in told
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    as_json = json.loads(said("network", "check-feed", feed, "--network", streets, "--json"))
    assert [row["code"] for row in rows] == [row["code"] for row in as_json]
    assert sum(row["code"] == "no_service" for row in rows) == 12


@pytest.mark.parametrize("ending", [".gpkg", ".geojson"])
def test_the_map_layer_holds_findings_where_they_lie(streets, tmp_path, ending):
    out = tmp_path / f"report{ending}"
    said("network", "check-feed", broken(tmp_path), "--network", streets, "-o", out)
    layer = gpd.read_file(out)
    outside = layer[layer["code"] == "outside"]
    assert outside["id"].tolist() == ["far"]
    assert outside.geometry.iloc[0].coords[0] == pytest.approx(at(2, 500), abs=1e-5)


@pytest.mark.parametrize("ending", [".gpkg", ".geojson"])
def test_a_layer_without_findings_is_written_all_the_same(streets, tmp_path, ending):
    tables = feeds.tables()
    tables["calendar"] = tables["calendar"].replace("20261101,20261130", "20200101,20351231")
    tables["calendar"] = tables["calendar"].replace("20200101,20351231", "20260101,20351101")
    feed, out = feeds.write(tmp_path / "town.zip", tables), tmp_path / f"report{ending}"
    said("network", "check-feed", feed, "--network", streets, "-o", out)
    assert len(gpd.read_file(out)) == 0


def test_a_report_of_another_kind_is_refused(streets, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", "network", "check-feed", str(broken(tmp_path)), "-o", "report.txt"])
    assert stopped.value.code == 2
    assert "report.txt: files of this type can't be written." in capsys.readouterr().err


def test_streets_and_feed_become_one_network_that_says_why_nothing_runs(streets, tmp_path):
    feed, out = feeds.write(tmp_path / "town.zip", feeds.tables()), tmp_path / "both.sandnet"
    told = said("network", "build", streets, "--gtfs", feed, "-o", out)
    assert "town.zip: 2 trips, 4 stops, service 2026-11-02 to 2026-11-30." in told
    facts = json.loads(said("network", "info", out, "--json"))
    assert facts["timetables"][0]["report"]["stop_times"] == 8
    assert "twice the walk from the nearer junction" in said("network", "info", out)
    assert "nearer junction" not in said("network", "info", streets)
    lon, lat = at(2, 6)
    ask = ("isochrone", "--network", out, "--mode", "transit", f"--at={lon},{lat}")
    monday = said(*ask, "--depart", "2026-11-09T07:50", "--window", "5", "--minutes", "30")
    assert "Public transport doesn't help" not in monday
    sunday = said(*ask, "--depart", "2026-11-08T07:50", "--window", "5", "--minutes", "30")
    assert (
        f"Public transport doesn't help at {lon:.6f},{lat:.6f}: No line runs on 2026-11-08."
        in sunday
    )
    found = json.loads(said(*ask, "--depart", "2026-11-08T07:50", "--window", "5", "--json"))
    assert found["origins"][0]["on_foot_because"] == ["No line runs on 2026-11-08."]


def test_a_journey_on_foot_says_why_no_line_serves(streets, tmp_path):
    feed, out = feeds.write(tmp_path / "town.zip", feeds.tables()), tmp_path / "both.sandnet"
    said("network", "build", streets, "--gtfs", feed, "-o", out)
    start, end = (",".join(map(str, at(*place))) for place in ((2, 6), (14, 6)))
    ask = ("route", "--network", out, f"--from={start}", f"--to={end}", "--mode", "transit")
    at_start = ",".join(f"{one:.6f}" for one in at(2, 6))
    # No service runs on Sundays; a December is not in the feed's calendar, and is refused.
    late = (*ask, "--depart", "2026-11-08T07:55", "--window", "1")
    why = "No line runs on 2026-11-08."
    assert f"Public transport doesn't help at {at_start}: {why}" in said(*late)
    told = json.loads(said(*late, "--json"))
    assert [leg["kind"] for leg in told["legs"]] == ["walk"]
    assert told["on_foot_because"] == [why]
    ridden = (*ask, "--speed-kmh", "3", "--depart", "2026-11-09T07:55", "--window", "1")
    assert "doesn't help" not in said(*ridden)
    assert "on_foot_because" not in json.loads(said(*ridden, "--json"))


def test_a_journey_by_line_is_told_leg_by_leg(streets, tmp_path):
    feed, out = feeds.write(tmp_path / "town.zip", feeds.tables()), tmp_path / "both.sandnet"
    said("network", "build", streets, "--gtfs", feed, "-o", out)
    start, end = (",".join(map(str, at(*place))) for place in ((2, 6), (14, 6)))
    ask = ("route", "--network", out, f"--from={start}", f"--to={end}", "--mode", "transit")
    ask = (*ask, "--speed-kmh", "3", "--depart", "2026-11-09T07:55", "--window", "1")
    # A block on foot in two minutes, three of waiting until eight, six on the bus, a block.
    told = json.loads(said(*ask, "--json"))
    assert told["minutes"] == pytest.approx(13.0, abs=0.02)
    assert told["wait_share"] == pytest.approx(3 / 13, abs=0.01)
    assert [leg["kind"] for leg in told["legs"]] == ["walk", "wait", "ride", "walk"]
    assert told["legs"][2]["begin_at"] == "2026-11-09T08:00:00.000"
    # Milliseconds can be read back from minutes and from moments, and both say the same.
    ms = [round(leg["minutes"] * 60_000) for leg in told["legs"]]
    assert round(told["minutes"] * 60_000) == sum(ms)
    begun, ended = (
        [datetime.fromisoformat(leg[key]) for leg in told["legs"]] for key in ("begin_at", "end_at")
    )
    lasted = [to - at for at, to in zip(begun, ended, strict=True)]
    assert [one / timedelta(milliseconds=1) for one in lasted] == ms
    assert any(one % 1000 for one in ms)
    assert told["legs"][2]["headsign"] == "East"
    lines = said(*ask).splitlines()
    assert "13.0 minutes by public transport, 23 % of them waiting" in lines[1]
    (ridden,) = [line for line in lines if line.startswith("Ride")]
    assert ridden.endswith("1 (East): Stop a → Stop d, 3 stops")
    file = tmp_path / "way.gpkg"
    assert f"Saved to {file}." in said(*ask, "-o", file)
    table = gpd.read_file(file)
    assert table["part"].tolist() == ["journey", "walk", "ride", "walk"]
    assert table["minutes"].iloc[1:].sum() + 3 == pytest.approx(13.0, abs=0.02)
    assert table["waited_minutes"].tolist() == pytest.approx([3, 0, 3, 0], abs=0.01)


def test_a_day_outside_the_timetable_is_refused_where_answers_would_be_on_foot(streets, tmp_path):
    feed, out = feeds.write(tmp_path / "town.zip", feeds.tables()), tmp_path / "both.sandnet"
    said("network", "build", streets, "--gtfs", feed, "-o", out)
    ends = [tmp_path / f"{name}.csv" for name in ("a", "b")]
    for end, place in zip(ends, ((2, 6), (14, 6)), strict=True):
        lon, lat = at(*place)
        end.write_text(f"id,lon,lat\nx,{lon},{lat}\n", encoding="utf-8")
    way = ("--network", out, "--mode", "transit", "--depart", "2027-01-04T07:55")
    start, end = (",".join(map(str, at(*place))) for place in ((2, 6), (14, 6)))
    for ask in (
        ("times", "--from", ends[0], "--to", ends[1], "-o", tmp_path / "t.csv"),
        ("nearest", "--from", ends[0], "--to", ends[1]),
        ("isochrone", f"--at={start}"),
        ("route", f"--from={start}", f"--to={end}"),
    ):
        result = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, (*ask, *way))])
        assert result.exit_code == 2
        assert "2027-01-04 is outside the timetable, which covers 2026-11-0" in result.output
    assert not (tmp_path / "t.csv").exists()
