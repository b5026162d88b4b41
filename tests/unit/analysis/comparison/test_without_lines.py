"""A day or an hour without vehicles, told beside every table of times by transit."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner

import sandbox as api
from sandbox.analysis.comparison.why import without_lines
from sandbox.cli import sandbox
from sandbox.engine.network import Network
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.sandnet import save
from sandbox.streets.travel import Ride
from tests.support import feeds
from tests.support.grid_city import at, grid_city

# Vehicles run on weekdays from 8:00 to 8:36; this is a Tuesday, and this a Sunday between.
TUESDAY, SUNDAY = "2026-11-10", "2026-11-08"
NONE = "No line runs on 2026-11-08. Times by public transport are those without any line."
# Seven blocks of a minute each.
HOME, WORK = at(3, 5), at(10, 5)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grid city's network file with a bus on weekdays."""
    folder = tmp_path_factory.mktemp("sunday")
    city, feed = grid_city(17, 11), feeds.write(folder / "town.zip", {**feeds.tables()})
    save(city.streets, folder / "town.sandnet", build_timetable([feed], city)[0])
    for name, place in (("home", HOME), ("work", WORK)):
        columns = {"id": [name], "name": [name], "people": [1]}
        table = gpd.GeoDataFrame(columns, geometry=[shapely.Point(*place)], crs="EPSG:4326")
        table.to_file(folder / f"{name}.geojson")
    return folder / "town.sandnet"


def test_only_where_nothing_runs_it_is_told(file: Path) -> None:
    network = Network.open(file)

    def told(when: str, minutes: float = 15.0, arrive: bool = False) -> list[str]:
        ride = Ride(datetime.fromisoformat(when), arrive, window_min=1)
        return [str(note) for note in without_lines(network, [(ride, None)], minutes)]

    assert told(f"{TUESDAY}T08:00") == []
    assert told(f"{SUNDAY}T08:00") == [NONE]
    # The last vehicle is at its end at 8:36; who looks from 8:40 on sees none.
    (late,) = told(f"{TUESDAY}T08:40")
    assert late.startswith("Vehicles run from 2026-11-10 08:00 to 2026-11-10 08:36, but the ")
    # Who leaves at 7:00 and takes half an hour meets none, within an hour and a half the first.
    assert len(told(f"{TUESDAY}T07:00", 30.0)) == 1
    assert told(f"{TUESDAY}T07:00", 90.0) == []
    # To be there by 8:20 one may take the first, by 8:00 none.
    assert told(f"{TUESDAY}T08:20", arrive=True) == []
    assert len(told(f"{TUESDAY}T07:59", arrive=True)) == 1
    assert without_lines(network, [(None, None)], 15.0) == ()


COMMANDS = {
    "times": ["times", "--from", "HOME", "--to", "WORK"],
    "nearest": ["nearest", "--from", "HOME", "--to", "WORK"],
    "access": ["access", "--measure", "cumulative", "--homes", "HOME", "--places", "WORK"],
    "commute": ["commute", "--from", "HOME", "--to", "WORK", "--scenario", "timetable"],
    "housing": ["housing", "--from", "HOME", "--to", "WORK", "--modes", "transit"],
    "compare": ["compare", "--from", "HOME", "--base", "timetable", "--with-percentile", "90"],
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("day", "notes"), [(SUNDAY, [NONE]), (TUESDAY, [])])
def test_each_command_says_that_no_line_runs(
    file: Path, name: str, day: str, notes: list[str]
) -> None:
    there = {one.upper(): str(file.with_name(f"{one}.geojson")) for one in ("home", "work")}
    asked = [there.get(word, word) for word in COMMANDS[name]]
    asked += ["--network", str(file), "--depart", f"{day}T08:00", "--json"]
    if name == "commute":
        asked += ["--back", f"{day}T08:30"]
    elif name not in ("housing",):
        asked += ["--mode", "transit"]
    found = CliRunner().invoke(sandbox, ["--lang", "en", *asked])
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)["notes"] == notes
    assert [line for line in found.stderr.splitlines() if line.startswith("! ")] == [
        f"! {note}" for note in notes
    ]


def test_pages_say_that_no_line_runs(file: Path, tmp_path: Path) -> None:
    home, work = (str(file.with_name(f"{one}.geojson")) for one in ("home", "work"))
    for name in ("nearest", "commute", "housing"):
        page = tmp_path / f"{name}.html"
        asked = [name, "--from", home, "--to", work, "--network", str(file), "-o", str(page)]
        asked += ["--depart", f"{SUNDAY}T08:00"]
        more = {"nearest": ["--mode", "transit"], "housing": ["--modes", "transit"]}
        more["commute"] = ["--scenario", "timetable", "--back", f"{SUNDAY}T08:30"]
        found = CliRunner().invoke(sandbox, ["--lang", "en", *asked, *more[name]])
        assert found.exit_code == 0, found.stderr
        text = page.read_text("utf-8")
        assert NONE in text
        assert "2026-11-08 没有线路运行。公共交通时间均为不乘车时的时间。" in text


@pytest.mark.parametrize(("day", "notes"), [(SUNDAY, [NONE]), (TUESDAY, [])])
def test_tables_in_python_say_that_no_line_runs(file: Path, day: str, notes: list[str]) -> None:
    net, home, work = api.open_network(file), {"home": HOME}, {"work": WORK}
    how: dict[str, Any] = {"mode": "transit", "depart": f"{day}T08:00"}
    tables = [
        api.travel_times(net, home, work, **how),
        api.nearest(net, home, work, **how),
        api.reach_counts(net, home, work, minutes=15, **how),
        api.isochrones(net, home, 15, **how),
        api.access(net, home, work, minutes=15, **how),
        api.housing(net, home, {"work": work}, modes=["transit"], depart=how["depart"]),
        api.compare(net, home, [15], plan=api.Travel(**how, percentile=90), **how),
        api.commute(net, home, work, depart=how["depart"], back=f"{day}T08:30").pairs,
    ]
    assert [table.attrs["notes"] for table in tables] == [notes] * len(tables)
