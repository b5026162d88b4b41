"""Answers of commands as pages: what stands in them is what the commands say."""

import json
import re

import geopandas as gpd
import pytest
from click.testing import CliRunner
from shapely import Point

from sandbox.cli import sandbox
from sandbox.streets.sandnet import save
from tests.support.grid_city import at, grid_city
from tests.support.paged import page_data

# Streets every 100 m; 6 km/h is 100 m a minute.
WHEN = "--depart", "2026-11-23T08:00"
HOMES = {"近家": (2, 2), "远家": (9, 9)}
CLINICS = {"东诊所": (2, 5), "西诊所": (9, 8)}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    save(grid_city().streets, folder / "city.sandnet")
    for file, places in (("homes", HOMES), ("clinics", CLINICS)):
        table = gpd.GeoDataFrame(
            {"id": [f"{file}{n}" for n in range(len(places))], "name": list(places)},
            geometry=[Point(at(*one)) for one in places.values()],
            crs="EPSG:4326",
        )
        table.assign(kind="clinic" if file == "clinics" else "estate").to_file(
            folder / f"{file}.geojson"
        )
    said("layers", "import", folder / "clinics.geojson", "--into", folder / "town.gpkg")
    return folder


@pytest.fixture
def streets(city):
    # A project of its own: none of the shipped layers belongs on the map of another city.
    return "--project", city / "town.gpkg", "--network", city / "city.sandnet", "--speed-kmh", 6


def said(*arguments):
    result = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, arguments)])
    assert result.exception is None, result.output
    return result.output


def rows_of(html, heading):
    """Return the cells of a table as a page in Chinese shows them."""
    table = re.search(rf"<h2>[^\n]*?{heading}.*?<tbody>(.*?)</tbody>", html, re.DOTALL)[1]
    cells = (re.findall(r"<td[^>]*>(.*?)</td>", row) for row in table.split("<tr>")[1:])
    zh = re.compile(r'<span class="zh"[^>]*>(.*?)</span>')
    return [[(zh.search(one) or [None, one])[1] for one in row] for row in cells]


def test_the_nearest_of_files_stand_on_a_page_with_both_ends_on_its_map(city, streets):
    ends = "--from", city / "homes.geojson", "--to", city / "clinics.geojson"
    file = city / "nearest.html"
    facts = json.loads(said("nearest", *ends, *streets, "--count", 2, "-o", file, "--json"))
    html = file.read_text("utf-8")
    told = {(row["place_name_zh"], row["rank"]): row for row in facts["rows"]}
    assert told["近家", 1]["minutes"] == 3.0
    assert rows_of(html, "最近地点") == [
        [home, str(rank), told[home, rank]["nearest_name_zh"], minutes, metres]
        for home, rank, minutes, metres in (
            ("近家", 1, "3.0", "300"), ("近家", 2, "13.0", "1300"),
            ("远家", 1, "1.0", "100"), ("远家", 2, "11.0", "1100"),
        )
    ]  # fmt: skip
    groups = {one["id"]: one for one in page_data(html)["groups"]}
    marks = [one["properties"]["zh"] for one in groups["homes"]["parts"][0]["features"]]
    assert marks == list(HOMES)
    assert 'data-place="homes/homes0"' in html
    assert "2 of 2 have one within 60 min" in html


def test_homes_are_ranked_on_a_page_with_what_they_need(city, streets):
    file = city / "housing.html"
    needs = "--from", city / "homes.geojson", "--to", city / "clinics.geojson"
    facts = json.loads(
        said("housing", *needs, "--modes", "walk", *WHEN, *streets, "-o", file, "--json")
    )
    html = file.read_text("utf-8")
    assert [row["mean_min"] for row in facts["rows"]] == [3.0, 1.0]
    assert rows_of(html, "好的在前") == [
        ["远家", "1", "1.0", "步行", "1.0"],
        ["近家", "2", "3.0", "步行", "3.0"],
    ]
    groups = [one["id"] for one in page_data(html)["groups"]]
    assert {"ranked_0", "ranked_1", "homes"} <= set(groups)
    assert "远家 needs the least time: 1.0 min on average" in html


def test_circles_stand_on_a_page_with_what_they_cover(city, streets):
    file = city / "circles.html"
    ask = "--services", "clinics", "--minutes", 5, "--straight-line", *streets
    facts = json.loads(said("circles", *ask, "-o", file, "--json"))
    html = file.read_text("utf-8")
    assert f"{facts['covered_share']:.1%} of the area, {facts['covered_km2']:.1f} km²" in html
    assert [row[0] for row in rows_of(html, "设施")] == list(CLINICS)
    (group,) = [one for one in page_data(html)["groups"] if one["id"] == "circles"]
    assert [part["pane"] for part in group["parts"]] == ["left", "right"]


def test_isochrones_of_a_file_are_played_with_and_compared(city, streets):
    file = city / "reach.html"
    ask = "--from", city / "homes.geojson", "--minutes", "2,4", *streets
    facts = json.loads(said("isochrone", *ask, "-o", file, "--json"))
    play = page_data(file.read_text("utf-8"))["play"]
    assert [side["title"]["zh"] for side in play["sides"]] == list(HOMES)
    for side, origin in zip(play["sides"], facts["origins"], strict=True):
        for contour in origin["contours"]:
            km2 = side["km2"][f"{contour['contour']:g}"]
            assert km2 == pytest.approx(contour["area_km2"], abs=1e-6)


@pytest.mark.parametrize("how", ["any", "all"])
def test_what_places_reach_together_stands_on_a_page_with_its_area(city, streets, how):
    file = city / f"{how}.html"
    ask = "--from", city / "homes.geojson", "--together", how, "--minutes", 9, *streets
    facts = json.loads(said("isochrone", *ask, "-o", file, "--json"))
    html = file.read_text("utf-8")
    (contour,) = facts["origins"][0]["contours"]
    assert contour["area_km2"] > 0
    assert rows_of(html, "各地点的面积") == [["近家、远家", f"{contour['area_km2']:.2f}"]]
    (group,) = [one for one in page_data(html)["groups"] if one["id"] == "areas"]
    assert len(group["parts"][0]["features"]) == 1


def test_distances_stand_on_a_page_and_say_that_they_are_distances(city, streets):
    file = city / "metres.html"
    origin = "{},{}".format(*at(5, 5))
    said("isochrone", "--from", origin, "--metres", "200,400", *streets[:4], "-o", file)
    html = file.read_text("utf-8")
    assert "by distance on foot" in html
    assert "within 400 m" in html
    assert page_data(html)["pin"] == pytest.approx(at(5, 5)[::-1])


def test_a_secret_project_gives_no_page_of_any_command(city, streets, tmp_path):
    project = tmp_path / "secret.gpkg"
    project.write_bytes((city / "town.gpkg").read_bytes())
    said("project", "approve", project, "--level", "secret")
    more = "--project", project, "--network", city / "city.sandnet"
    homes, clinics = city / "homes.geojson", city / "clinics.geojson"
    for ask in (
        ("isochrone", "--from", homes),
        ("nearest", "--from", homes, "--to", clinics),
        ("housing", "--from", homes, "--to", clinics, *WHEN),
        ("circles", "--services", "clinics"),
    ):
        file = tmp_path / "page.html"
        result = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, (*ask, *more, "-o", file))])
        assert result.exit_code != 0
        assert not file.exists()
