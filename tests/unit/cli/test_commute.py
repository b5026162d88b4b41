import csv
import json

import geopandas as gpd
import pytest

import sandbox
from sandbox import paths
from sandbox.cli import main
from sandbox.streets.sandnet import save
from tests.support import feeds
from tests.support.grid_city import at, grid_city

PEAK = ("--depart", "2026-11-23T08:00", "--model", "expected", "--window", "10")
RUNS = ("--scenario", "today", "--scenario", "metro7")
FEW = ("--from", "talent_housing", "--to", "labs", *RUNS)


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(("--lang", "en", *arguments))
    return int(ended.value.code or 0)


def shipped(layer):
    """Return the ids of a layer's features, as its file has them."""
    (file,) = (paths.layers() / layer).glob("*.geojson")
    return [one["properties"]["id"] for one in json.loads(file.read_text("utf-8"))["features"]]


def test_every_pair_of_home_and_work_stands_in_the_table(tmp_path, capsys):
    file = tmp_path / "c.csv"
    assert run("commute", *PEAK, *FEW, "-o", str(file), "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {row["scenario"] for row in rows} == {"today", "metro7"}
    assert {row["work_id"] for row in rows} == set(shipped("labs"))
    assert len(rows) == 2 * len(shipped("talent_housing")) * len(shipped("labs"))
    assert (facts["leave_home"], facts["leave_work"]) == ("2026-11-23T08:00", "2026-11-23T18:00")
    for row in facts["summary"]:
        its = [one for one in rows if one["scenario"] == row["scenario"]]
        inside = sum(one["within"] == "True" for one in its)
        assert row["counted_as"] == "housing"
        assert row["share"] == pytest.approx(inside / len(its), abs=1e-4)
    beyond = sum(one["pairs"] for one in facts["beyond"])
    assert beyond == sum(one["within"] == "False" for one in rows)


def test_in_another_city_its_own_timetable_runs(tmp_path, capsys):
    streets, feed = tmp_path / "city.sandnet", feeds.write(tmp_path / "gtfs.zip", feeds.tables())
    save(grid_city().streets, streets)
    for name, column in (("home", 2), ("work", 14)):
        lon, lat = at(column, 5)
        rows = f"name,lon,lat\n{name},{lon:.7f},{lat:.7f}\n"
        (tmp_path / f"{name}.csv").write_text(rows, "utf-8")
    town, ridden, file = (str(tmp_path / one) for one in ("town.gpkg", "t.sandnet", "c.csv"))
    both = (str(tmp_path / "home.csv"), str(tmp_path / "work.csv"))
    assert run("network", "build", str(streets), "--gtfs", str(feed), "-o", ridden) == 0
    assert run("layers", "import", *both, "--into", town, "--crs", "EPSG:4326") == 0
    # The bus leaves the stop before the home at 8:00 and needs 6 minutes; none goes back, and
    # on foot it is 12 blocks of 100 m at 4.8 km/h.
    peak = ("--depart", "2026-11-02T07:59", "--back", "2026-11-02T08:10", "--window-min", "1")
    asked = ("--from", "home", "--to", "work", "--modes", "walk,transit", *peak)
    assert run("commute", "--project", town, "--network", ridden, *asked, "-o", file) == 0
    with open(file, encoding="utf-8-sig", newline="") as text:
        (row,) = csv.DictReader(text)
    # Nobody cycles or drives there: without --modes that is said, and all else is the same.
    capsys.readouterr()
    by_default = ("commute", "--project", town, "--network", ridden, *asked[:4], *peak)
    assert run(*by_default, "-o", file) == 0
    assert "no streets or lines for it: bike, drive" in capsys.readouterr().out
    with open(file, encoding="utf-8-sig", newline="") as text:
        assert list(csv.DictReader(text)) == [row]
    assert run(*by_default, "--modes", "walk,bike") == 2
    assert "no streets for the mode bike" in capsys.readouterr().err
    # Python says the same, and runs no line of the Science City here.
    pairs = sandbox.commute(
        sandbox.open_network(ridden), {"home": at(2, 5)}, {"work": at(14, 5)},
        depart=peak[1], back=peak[3], window_min=1,
    ).pairs  # fmt: skip
    assert pairs["scenario"].tolist() == ["timetable"]
    assert pairs["there_min"].tolist() == [pytest.approx(float(row["there_min"]), abs=1e-3)]
    assert pairs["back_min"].tolist() == [pytest.approx(float(row["back_min"]), abs=1e-3)]
    assert row["scenario"] == "timetable"
    assert float(row["there_min"]) == pytest.approx(7.0, abs=1e-3)
    assert float(row["back_min"]) == pytest.approx(15.0, abs=1e-3)


def test_campuses_and_towns_are_said_to_count_as_homes(capsys):
    asked = ("--from", "settlements", "--from", "universities", "--scenario", "today")
    assert run("commute", *PEAK, *asked, "--to", "labs", "--modes", "walk,transit") == 0
    told = capsys.readouterr().out
    assert "campuses, counted as homes" in told
    assert "towns, counted as homes" in told
    assert "no stop within walking distance of the home" in told


def test_homes_and_pairs_are_layers_of_one_geopackage(tmp_path):
    file = tmp_path / "c.gpkg"
    assert run("commute", *PEAK, *FEW, "-o", str(file)) == 0
    homes, pairs = (gpd.read_file(file, layer=name) for name in ("homes", "pairs"))
    assert len(homes) == 2 * len(shipped("talent_housing"))
    assert len(pairs) == 2 * len(shipped("talent_housing")) * len(shipped("labs"))
    assert set(pairs.geom_type) == {"LineString"}


def test_a_page_shows_the_commute(tmp_path):
    file = tmp_path / "c.html"
    assert run("commute", *PEAK, *FEW, "-o", str(file)) == 0
    html = file.read_text(encoding="utf-8")
    for words in ("Half-hour commute circle", "半小时通勤圈", "高远梧桐·博雅", "commute_metro7"):
        assert words in html, words


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "needs a departure or arrival time"),
        (("--depart", "2026-11-23T08:00+08:00"), "is not a time such as"),
        (("--depart", "0001-01-01T08:00"), "the year 1 (1900 to 2200 are possible)"),
        ((*PEAK, "--back", "9999-12-31T18:00"), "the year 9999 (1900 to 2200 are possible)"),
        (("--arrive", "2026-11-23T08:00"), "A commute is calculated by departure time."),
        ((*PEAK, "--modes", "walk,fly"), "Unknown mode: fly."),
        ((*PEAK, "--modes", "drive"), "choose a mode other than the car"),
        ((*PEAK, "--minutes", "500"), "500 minutes (5 to 110"),
        ((*PEAK, "--from", "nowhere"), "There is no place named “nowhere” on the map."),
        ((*PEAK, "--scenario", "nope"), "There is no scenario named nope."),
        ((*PEAK, "-o", "c.txt"), "End the name in"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_exit_2(asked, said, capsys):
    assert run("commute", *asked) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert said in told
