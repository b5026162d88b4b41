import json
import os
import subprocess
import sys

import geopandas as gpd
import pytest
import rasterio
from click.testing import CliRunner

from sandbox import paths
from sandbox.cli import main, sandbox
from sandbox.streets.sandnet import save
from tests.support.grid_city import at, grid_city
from tests.support.osm_map import write_pbf


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


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert stopped.value.code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    return err


def test_without_an_output_it_prints_a_table(city):
    told = said("isochrone", "--at", place(10, 10), "--network", city, "--minutes", "10,5")
    lines = told.splitlines()
    assert lines[0] == "Network: Grid city, 2026-01-01"
    assert "4.8 km/h" in lines[1]
    assert [line.split()[-2] for line in lines[-2:]] == ["5", "10"]
    small, large = (float(line.split()[-1]) for line in lines[-2:])
    assert 0 < small < large


@pytest.mark.parametrize("form", ["bands", "points", "surface"])
def test_what_stands_on_edited_streets_says_so(city, tmp_path, form):
    shape = {"type": "LineString", "coordinates": [at(9, 9), at(12, 12)]}
    rows = [
        {"type": "Feature", "properties": {"kind": "path", "on": on}, "geometry": shape}
        for on in (True, True, False)
    ]
    edits = tmp_path / "edits.geojson"
    edits.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), "utf-8")
    file = tmp_path / ("reach.tif" if form == "surface" else "reach.gpkg")
    asked = ("isochrone", "--at", place(10, 10), "--network", city, "--as", form, "-o", file)
    for more, count in (([], 0), (["--edits", edits], 2)):
        told = said(*asked, *more)
        assert ("Street edits: 2" in told.splitlines()) == bool(count)
        facts = json.loads(said(*asked, *more, "--json"))["network"]
        assert facts.get("street_edits", 0) == count
        if form == "surface":
            with rasterio.open(file) as raster:
                assert raster.tags().get("street_edits", "0") == str(count)
        else:
            table = gpd.read_file(file)
            assert ("street_edits" in table.columns) == bool(count)
            assert not count or set(table["street_edits"]) == {count}


def test_schematic_networks_are_named_so(tmp_path):
    save(grid_city(schematic=True).streets, tmp_path / "city.sandnet")
    options = ("isochrone", "--at", place(10, 10), "--network", tmp_path / "city.sandnet")
    assert "Grid city (schematic), 2026-01-01" in said(*options)
    assert "（示意）" in said(*options, language="zh")
    assert json.loads(said(*options, "--json"))["network"]["schematic"] is True


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_areas_are_written_for_every_origin_and_cutoff(city, tmp_path, ending):
    out = tmp_path / f"reach.{ending}"
    told = said(
        *("isochrone", "--at", place(5, 5), "--at", place(15, 15), "--network", city),
        *("--minutes", "5,10", "--speed-kmh", 6, "--reach-m", 40, "-o", out),
    )
    assert f"Saved to {out}." in told
    table = gpd.read_file(out)
    assert table.crs.to_epsg() == 4326
    assert table["contour"].tolist() == [5.0, 10.0, 5.0, 10.0]
    assert table["origin"].nunique() == 2
    for column in ("metric", "mode", "speed_kmh", "reach_m", "area_km2", "network", "computed_at"):
        assert table[column].notna().all()
    assert table.geometry.is_valid.all()
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_an_existing_file_is_replaced_whole(city, tmp_path):
    out = tmp_path / "reach.gpkg"
    for minutes in ("5,10", "7"):
        said("isochrone", "--at", place(5, 5), "--network", city, "--minutes", minutes, "-o", out)
    assert gpd.read_file(out)["contour"].tolist() == [7.0]


def test_json_says_all_that_the_table_says(city):
    told = json.loads(
        said("isochrone", "--at", place(10.5, 10.3), "--network", city, "--minutes", 5, "--json")
    )
    assert (told["speed_kmh"], told["reach_m"], told["mode"]) == (4.8, 50.0, "walk")
    (origin,) = told["origins"]
    assert origin["street_distance_m"] == pytest.approx(30.0, abs=0.1)
    assert origin["street_walk_s"] == pytest.approx(30.0 * 3.6 / 4.8, abs=0.1)
    assert origin["contours"][0]["contour"] == 5.0


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A ring of streets with one way round, for all modes."""
    folder = tmp_path_factory.mktemp("town")
    road = {"highway": "residential", "oneway": "yes", "oneway:bicycle": "no"}
    placed = write_pbf(folder / "town.osm.pbf", "ABC\nDEF", {"ABCFEDA": road})
    said("network", "build", folder / "town.osm.pbf", "-o", folder / "town.sandnet")
    return folder / "town.sandnet", "{:.7f},{:.7f}".format(*placed["A"])


def areas(town, *more):
    file, place = town
    told = json.loads(said("isochrone", "--network", file, "--at", place, *more, "--json"))
    (origin,) = told["origins"]
    return told, [round(one["area_km2"], 6) for one in origin["contours"]]


def test_every_mode_and_direction_is_said(town, tmp_path):
    told, walk = areas(town, "--minutes", 2)
    assert (told["mode"], told["direction"], told["reach_m"]) == ("walk", "from", 50.0)
    told, bike = areas(town, "--mode", "bike", "--minutes", 2, "--bike-kmh", 6)
    assert (told["bike_kmh"], told["speed_kmh"], told["hour"]) == (6.0, 4.8, None)
    assert bike > walk
    told, _ = areas(town, "--mode", "drive", "--minutes", 1, "--hour", 8, "--reverse")
    assert (told["direction"], told["hour"], told["reach_m"]) == ("to", 8, 100.0)
    out = tmp_path / "drive.gpkg"
    areas(town, "--mode", "drive", "--minutes", 1, "-o", out)
    row = gpd.read_file(out).iloc[0]
    assert (row["mode"], row["direction"], row["metric"]) == ("drive", "from", "time")


def test_ways_that_go_one_way_make_there_and_back_differ(town, tmp_path):
    options = ("--mode", "drive", "--metres", 80, "--reach-m", 10)
    bounds = []
    for direction in ((), ("--reverse",)):
        out = tmp_path / "reach.geojson"
        told, _ = areas(town, *options, *direction, "-o", out)
        assert told["metric"] == "distance"
        bounds.append(gpd.read_file(out).to_crs("EPSG:32648").total_bounds)
    # Away along the street to the east, back by that from the south.
    for (west, south, east, north), size in zip(bounds, ((100, 20), (20, 100)), strict=True):
        assert (east - west, north - south) == pytest.approx(size, abs=1.5)
    text = said(*("isochrone", "--network", town[0], "--at", town[1]), *options, "--reverse")
    assert "Destination" in text
    assert "By distance by car; land within 10 m of a street" in text


def test_distances_are_those_of_the_streets(town):
    # A street of 100 m either way from the corner, with 10 m round it.
    _, (area_km2,) = areas(town, "--metres", 100, "--reach-m", 10)
    exact = 2 * 100 * 20 + 3.14159 * 100 - 100 * (1 - 3.14159 / 4)
    assert area_km2 * 1e6 == pytest.approx(exact, rel=0.01)
    _, (one_way_km2,) = areas(town, "--metres", 100, "--reach-m", 10, "--mode", "drive")
    assert one_way_km2 * 1e6 == pytest.approx(100 * 20 + 3.14159 * 100, rel=0.01)


def test_speeds_come_from_a_table_of_ones_own(town, tmp_path):
    text = (paths.assets() / "speeds.toml").read_text("utf-8")
    own = tmp_path / "slow.toml"
    # Nothing is said to be a town round these streets: the speeds outside towns count.
    inside, outside = text.split("[drive.outside_kmh]")
    outside = outside.replace("residential = 30", "residential = 5")
    own.write_text(f"{inside}[drive.outside_kmh]{outside}", "utf-8")
    options = ("--mode", "drive", "--minutes", 1, "--reach-m", 20)
    # 5000 / 60 m along the one street that leaves, and 20 m round it.
    _, (slow_km2,) = areas(town, *options, "--speeds", own)
    assert slow_km2 * 1e6 == pytest.approx(5000 / 60 * 40 + 3.14159 * 400, rel=0.01)
    assert slow_km2 < areas(town, *options)[1][0]


def test_what_cannot_be_asked_of_modes_is_refused(town, tmp_path, capsys):
    file, place = town
    here = ("isochrone", "--network", file, "--at", place)
    assert "Minutes and metres are both" in refused(capsys, *here, "--minutes", 5, "--metres", 300)
    assert "not a list of metres" in refused(capsys, *here, "--metres", "far")
    assert "5 metres" in refused(capsys, *here, "--metres", "5,300")
    assert "only affects driving" in refused(capsys, *here, "--hour", 8)
    assert "the hour 24" in refused(capsys, *here, "--mode", "drive", "--hour", 24)
    assert "cycling speed of 90" in refused(capsys, *here, "--mode", "bike", "--bike-kmh", 90)
    assert "swim" in refused(capsys, *here, "--mode", "swim")
    assert "none.toml" in refused(capsys, *here, "--speeds", tmp_path / "none.toml")


def test_results_are_the_same_to_the_digit(city, tmp_path):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    written = []
    for run in ("first", "second"):
        out = tmp_path / run / "reach.geojson"
        out.parent.mkdir()
        subprocess.run(
            [
                *(sys.executable, "-m", "sandbox", "isochrone", "--network", str(city)),
                *("--at", place(7.3, 8.2), "-o", str(out)),
            ],
            check=True,
            env=environment,
            capture_output=True,
        )
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_negative_degrees_are_degrees_and_no_options(city, capsys):
    told = refused(capsys, "isochrone", "--at", "-8.61,41.15", "--network", city)
    assert "-8.61,41.15 lies outside the network Grid city" in told


def test_faults_are_one_line_and_leave_no_file(city, tmp_path, capsys):
    start = ("isochrone", "--network", city)
    here = (*start, "--at", place(10, 10))
    away = tmp_path / "away" / "out.geojson"
    lon, lat = at(10, 10)
    assert "No origin is given" in refused(capsys, *start)
    assert "241 minutes" in refused(capsys, *here, "--minutes", 241)
    assert "0.5 minutes" in refused(capsys, *here, "--minutes", "0.5,5")
    assert "not a list of minutes" in refused(capsys, *here, "--minutes", "five")
    assert "speed of 400" in refused(capsys, *here, "--speed-kmh", 400)
    assert "speed of nan" in refused(capsys, *here, "--speed-kmh", "nan")
    assert "a distance of 0 m from streets" in refused(capsys, *here, "--reach-m", 0)
    assert "doesn't exist" in refused(capsys, *here, "-o", away)
    assert "out.shp: files of this type can't be written" in refused(
        capsys, *here, "-o", tmp_path / "out.shp"
    )
    assert ".geojson, .gpkg, .tif or .html" in refused(capsys, *here, "-o", tmp_path / "out.shp")
    assert "is a folder" in refused(capsys, *here, "-o", folder_named(tmp_path / "x.gpkg"))
    assert "no place named “here”" in refused(capsys, *start, "--at", "here")
    assert "is not a position on the Earth" in refused(capsys, *start, "--at", f"{lat},{lon}")
    assert "outside" in refused(capsys, *start, "--at", f"{lon + 1},{lat}")
    too_far = refused(capsys, *start, "--at", place(24.9, 24.9))
    assert "Grid Street" in too_far
    assert "the limit is 500 m" in too_far
    assert "no place named" in refused(capsys, *start, "--place", "qqqqq")
    missing = refused(capsys, "isochrone", "--at", "1,2", "--network", tmp_path / "no.sandnet")
    assert "no.sandnet" in missing
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.gpkg"]


def folder_named(path):
    path.mkdir()
    return path


# --place looks at the shipped layers, so what it finds lies outside the grid city; that
# the city refuses the very position shows which place was meant.


@pytest.mark.parametrize("name", ["金凤实验室", "jinfeng laboratory", "Jinfeng Labo"])
def test_a_place_is_found_by_its_name(city, capsys, name):
    told = refused(capsys, "isochrone", "--network", city, "--place", name)
    assert "outside the network" in told
    assert "106.31" in told
    assert "29.51" in told


def test_a_name_that_may_be_several_names_them(city, capsys):
    told = refused(capsys, "isochrone", "--network", city, "--place", "laboratory")
    assert "matches several places" in told
    assert "金凤实验室" in told


def test_an_unknown_name_is_answered_with_near_ones(city, capsys):
    told = refused(capsys, "isochrone", "--network", city, "--place", "Jinfong Laboratry")
    assert "Jinfeng Laboratory" in told


def test_a_scenario_runs_beside_the_timetable(tmp_path, capsys):
    file = tmp_path / "by_line.geojson"
    asked = ("isochrone", "--at", "106.299,29.612")
    ride = ("--mode", "transit", "--depart", "2026-11-23T08:00", "--model", "expected")
    areas = []
    for scenario in ("today", "metro_7_15_17_27"):
        chosen = ("--minutes", "45", "--scenario", scenario, "-o", file, "--json")
        facts = json.loads(said(*asked, *ride, *chosen))
        assert facts["scenario"] == scenario
        areas.append(facts["origins"][0]["contours"][0]["area_km2"])
        assert gpd.read_file(file)["scenario"].tolist() == [scenario]
    assert areas[0] < areas[1]
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", *asked, "--scenario", "today"])
    assert ended.value.code == 2
    assert "scenarios only concern public transport" in capsys.readouterr().err
