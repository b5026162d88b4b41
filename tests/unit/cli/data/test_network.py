import json
from dataclasses import replace

import numpy as np
import pytest
import rasterio
from click.testing import CliRunner

from sandbox.cli import main, sandbox
from sandbox.streets.sandnet import save
from tests.support.grid_city import grid_city
from tests.support.osm_map import write_pbf

ROAD = {"highway": "residential"}


@pytest.fixture
def extract(tmp_path):
    file = tmp_path / "town.osm.pbf"
    write_pbf(
        file,
        "ABC\nD F",
        {
            "ABC": ROAD,
            "AD": {"highway": "steps"},
            "CF": {"highway": "service", "access": "no"},
        },
        {"B": {"barrier": "gate"}},
    )
    return file


def said(*arguments):
    result = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, arguments)])
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


def test_build_writes_a_network_and_reports(extract, tmp_path):
    out = tmp_path / "town.sandnet"
    told = said("network", "build", extract, "-o", out)
    assert "4 nodes, 3 edges, 0.3 km" in told
    assert "Kept 2 of 3 ways" in told
    assert "access=no 1" in told
    for mode in ("walking: 3", "cycling: 3", "driving: 2"):
        assert f"For {mode} edges kept; 0 dropped in 0 parts" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["town.osm.pbf", "town.sandnet"]


def test_info_says_what_a_network_holds(extract, tmp_path):
    out = tmp_path / "town.sandnet"
    said("network", "build", extract, "-o", out)
    table = said("network", "info", out)
    for words in (
        "town",
        "OpenStreetMap contributors",
        "ODbL 1.0",
        "2024-05-06",
        "walking",
        "Steps",
    ):
        assert words in table
    facts = json.loads(said("network", "info", out, "--json"))
    assert (facts["nodes"], facts["edges"], facts["modes"]) == (4, 3, ["walk", "bike", "drive"])
    assert facts["length_km_by_class"] == pytest.approx({"steps": 0.1, "local": 0.2}, rel=1e-2)
    west, south, east, north = facts["bounds"]
    assert 106.29 < west < east < 106.31
    assert 29.49 < south < north < 29.51


def test_the_length_told_is_rounded_once(tmp_path):
    city = grid_city(11, 1).streets
    # 10 × 104.99975 m = 1.0499975 km: 1.0, though 1.050, rounded to the metre, would give 1.1.
    lengths_m = np.full(10, 104.99975, dtype=np.float32)
    save(replace(city, length_m=lengths_m), tmp_path / "long.sandnet")
    assert "1.0 km" in said("network", "info", tmp_path / "long.sandnet")
    told = json.loads(said("network", "info", tmp_path / "long.sandnet", "--json"))
    assert told["length_km"] == pytest.approx(1.0499975, abs=2e-6)


def test_a_network_may_be_for_some_modes_only(extract, tmp_path, capsys):
    out = tmp_path / "town.sandnet"
    said("network", "build", extract, "-o", out, "--modes", "drive")
    assert json.loads(said("network", "info", out, "--json"))["modes"] == ["drive"]
    assert "swim" in refused(capsys, "network", "build", extract, "-o", out, "--modes", "swim,walk")


def test_elevation_makes_uphill_and_downhill_differ(extract, tmp_path, capsys):
    out, dem = tmp_path / "town.sandnet", tmp_path / "dem.tif"
    with rasterio.open(
        dem,
        "w",
        driver="GTiff",
        dtype="float32",
        crs="EPSG:4326",
        transform=rasterio.Affine(0.001, 0, 106.29, 0, -0.001, 29.51),
        height=20,
        width=20,
        count=1,
    ) as file:
        # 20 m up for every thousandth of a degree eastward.
        file.write(np.tile(np.arange(20, dtype="float32") * 20, (20, 1)), 1)
    told = said("network", "build", extract, "-o", out, "--dem", dem)
    assert "Climbing:" in told
    assert json.loads(said("network", "info", out, "--json"))["slopes"] is True
    asked = ("isochrone", "--network", out, "--at", "106.3,29.501", "--minutes", 2)
    assert "Slopes follow Tobler" in said(*asked)
    areas = {}
    for name, more in {
        "up": (),
        "down": ("--reverse",),
        "flat": ("--slope", "flat"),
        "rule": ("--slope", "naismith"),
    }.items():
        facts = json.loads(said(*asked, *more, "--json"))
        areas[name] = facts["origins"][0]["contours"][0]["area_km2"]
        assert facts["slope"] == {"flat": "flat", "rule": "naismith"}.get(name, "tobler")
    assert areas["up"] < areas["down"]
    assert areas["rule"] < areas["flat"]
    assert "Slopes follow the rider" in said(*asked, "--mode", "bike")
    assert "Slopes" not in said(*asked, "--slope", "flat")
    beyond = refused(capsys, "network", "build", extract, "-o", out, "--dem", extract)
    assert "can't be read as an elevation raster" in beyond


def test_what_is_known_of_ferries_is_told(tmp_path):
    file, out = tmp_path / "town.osm.pbf", tmp_path / "town.sandnet"
    boats = {"BC": {"route": "ferry", "name": "Line"}, "AD": {"route": "ferry", "access": "no"}}
    placed = write_pbf(file, "AB...CD", {"AB": ROAD, "CD": ROAD, **boats})
    told = said("network", "build", file, "-o", out)
    assert "Ferries: 2 read, 1 open, 2 landings." in told
    assert "Ferries" in said("network", "info", out)
    ends = [f"{lon:.7f},{lat:.7f}" for lon, lat in (placed["A"], placed["D"])]
    way = said("route", "--network", out, "--from", ends[0], "--to", ends[1])
    (boat,) = (line for line in way.splitlines() if "Take the ferry" in line)
    # 400 m at 15 km/h and ten minutes to wait: 11.6.
    assert boat.split()[3:] == ["Line", "11.6", "400"]


def test_streets_a_little_beyond_the_heights_are_told_and_much_is_refused(tmp_path, capsys):
    file, out, dem = tmp_path / "town.osm.pbf", tmp_path / "town.sandnet", tmp_path / "dem.tif"
    letters = "ABCDEFGHIJKLMNOPQRSTU"
    placed = write_pbf(file, letters, {letters: ROAD})

    def heights(last):
        west, east = placed["A"][0] - 0.0004, placed[last][0] + 0.0004
        size = {"width": 200, "height": 4, "count": 1, "dtype": "float32", "driver": "GTiff"}
        north = placed["A"][1] + 0.001
        step = rasterio.Affine((east - west) / 200, 0.0, west, 0.0, -0.0005, north)
        with rasterio.open(dem, "w", crs="EPSG:4326", transform=step, **size) as grid:
            grid.write(np.zeros((4, 200), dtype=np.float32), 1)

    heights("S")
    told = said("network", "build", file, "-o", out, "--dem", dem)
    assert "10.0% of the street length lies outside the elevation files" in told
    # The same where heights are added to a network that is built.
    said("network", "build", file, "-o", out)
    added = said("network", "build", out, "-o", tmp_path / "more.sandnet", "--dem", dem)
    assert "10.0% of the street length" in added
    assert "Climbing: 0.0 km" in added
    out.unlink()
    heights("R")
    err = refused(capsys, "network", "build", file, "-o", out, "--dem", dem)
    assert "cover only 86% of the streets" in err
    assert not out.exists()
    box = err.split("--bbox=")[1].strip()
    # From A to R, and on to S, where the last street leaves the box.
    assert "18 edges" in said("network", "build", file, "-o", out, "--dem", dem, f"--bbox={box}")


def test_faults_are_one_line_and_leave_no_file(extract, tmp_path, capsys):
    out = tmp_path / "out.sandnet"
    text = tmp_path / "notes.osm.pbf"
    text.write_text("no streets here\n" * 100)
    before = sorted(tmp_path.iterdir())
    none = tmp_path / "none.osm.pbf"
    assert "none.osm.pbf doesn't exist" in refused(capsys, "network", "build", none, "-o", out)
    assert "not an OpenStreetMap" in refused(capsys, "network", "build", text, "-o", out)
    away = tmp_path / "away" / "out.sandnet"
    assert f"{away.parent} doesn't exist" in refused(
        capsys, "network", "build", extract, "-o", away
    )
    assert "is a folder" in refused(capsys, "network", "build", extract, "-o", tmp_path)
    assert "overwritten" in refused(capsys, "network", "build", extract, "-o", extract)
    for box in ("1,2,3", "a,b,c,d", "2,2,1,1", "1,1,2,2"):
        assert refused(capsys, "network", "build", extract, "-o", out, "--bbox", box)
    assert sorted(tmp_path.iterdir()) == before
    assert refused(capsys, "network", "info", text)
    assert refused(capsys, "network", "info", tmp_path / "none.sandnet")
    assert refused(capsys, "network", "info", extract)


def test_an_interrupted_build_leaves_no_file(extract, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(SystemExit) as stopped:
        main(["network", "build", str(extract), "-o", str(tmp_path / "out.sandnet")])
    assert stopped.value.code == 130
    assert sorted(tmp_path.iterdir()) == before


def test_a_box_may_begin_with_a_minus(extract, tmp_path, capsys):
    out = tmp_path / "out.sandnet"
    told = refused(capsys, "network", "build", extract, "-o", out, "--bbox", "-8.7,41.1,-8.5,41.2")
    assert "-8.7,41.1,-8.5,41.2" in told


def test_chinese_is_spoken(extract, tmp_path):
    runner = CliRunner()
    out = str(tmp_path / "town.sandnet")
    built = runner.invoke(sandbox, ["--lang", "zh", "network", "build", str(extract), "-o", out])
    for mode in ("步行", "骑行", "驾车"):
        assert mode in built.output
    shown = runner.invoke(sandbox, ["--lang", "zh", "network", "info", out])
    assert "许可" in shown.output


def test_a_network_is_called_as_the_file_that_it_is_written_to(extract, tmp_path):
    streets = tmp_path / "porto_alegre" / "streets.osm.pbf"
    streets.parent.mkdir()
    streets.write_bytes(extract.read_bytes())
    out, more = tmp_path / "porto_alegre.sandnet", tmp_path / "another.sandnet"
    said("network", "build", streets, "-o", out)
    # What is added to a network later doesn't rename it.
    said("network", "build", out, "-o", more)
    for file in (out, more):
        assert json.loads(said("network", "info", file, "--json"))["title"] == "porto_alegre"
