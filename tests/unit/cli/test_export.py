import re

import pytest
from click.testing import CliRunner

from sandbox.cli import main, sandbox
from sandbox.streets.sandnet import save
from tests.support.grid_city import at, grid_city
from tests.support.paged import page_data


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    file = tmp_path_factory.mktemp("city") / "city.sandnet"
    save(grid_city().streets, file)
    return file


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", "export", "html", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert stopped.value.code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    return err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["map.png"], "End the name in .html."),
        (["nowhere/map.html"], "doesn't exist"),
        (["map.html", "--layers", "labs,castles"], "castles"),
        (["map.html", "--circles", "castles"], "No layer of places is named castles"),
        (["map.html", "--circles", "services", "--kind", "castle"], "no places of the kind castle"),
        (["map.html", "--minutes", "0,500"], "500 minutes"),
        (["map.html", "--at", "qqqq"], "qqqq"),
        (["map.html", "--at", "0,0"], "lies outside the network"),
        (["map.html", "--network", "nothing.sandnet"], "nothing.sandnet"),
        (["map.html", "--speed-kmh", "99"], "99 km/h"),
        (["map.html", "--scenario", "today"], "scenarios only concern public transport"),
        (["map.html", "--mode", "transit"], "needs a departure or arrival time"),
        (["map.html", "--hour", "8"], "congestion only affects driving"),
    ],
)
def test_what_can_not_be_is_refused_in_one_line_and_writes_nothing(
    capsys, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    assert said in refused(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_some_layers_over_streets_of_ones_own(city, tmp_path):
    file = tmp_path / "map.html"
    arguments = ["export", "html", str(file), "--network", str(city), "--layers", "parks,labs"]
    result = CliRunner().invoke(sandbox, ["--lang", "zh", *arguments])
    assert result.exception is None, result.output
    assert str(file) in result.output
    html = file.read_text(encoding="utf-8")
    assert 'data-layer="parks"' in html
    assert 'data-layer="labs"' in html
    assert 'data-layer="water"' not in html
    assert '<html lang="zh-CN">' in html


def test_a_page_of_a_project_is_called_as_it_and_shows_its_layers_as_they_look(city, tmp_path):
    # Another city than the shipped one: nothing but its own places belongs on its map.
    rows = ["name,beds,lon,lat"]
    for name, beds, east, north in (("Clinic A", 5, 0.0, 0.0), ("Clinic B", 500, 300.0, 0.0)):
        lon, lat = at(east, north)
        rows.append(f"{name},{beds},{lon:.7f},{lat:.7f}")
    (tmp_path / "clinics.csv").write_text("\n".join(rows), "utf-8")
    project = tmp_path / "town.gpkg"

    def run(*arguments):
        result = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, arguments)])
        assert result.exception is None, result.output

    run("layers", "import", tmp_path / "clinics.csv", "--into", project, "--crs", "EPSG:4326")
    run("export", "html", tmp_path / "map.html", "--project", project, "--network", city)
    html = (tmp_path / "map.html").read_text("utf-8")
    assert "Added layers" in html
    data = page_data(html)
    assert data["title"]["zh"] == "town"
    (group,) = [one for one in data["groups"] if one["id"] == "clinics"]
    (part,) = group["parts"]
    dots = [one["properties"] for one in part["features"]]
    assert [one["en"] for one in dots] == ["Clinic A", "Clinic B"]
    assert {one["colours"][0] for one in dots} == {"#0072B2"}  # the first colour of one's own


def test_the_page_opens_in_the_language_and_look_asked_for(city, tmp_path):
    file = tmp_path / "map.html"
    arguments = ["export", "html", str(file), "--network", str(city), "--layers", "parks"]
    CliRunner().invoke(
        sandbox,
        ["--lang", "zh", *arguments, "--lang", "en", "--theme", "dark"],
        catch_exceptions=False,
    )
    assert '<html lang="en" data-theme="dark">' in file.read_text(encoding="utf-8")


def test_a_page_on_edited_streets_draws_and_tells_the_edits(city, tmp_path):
    from shapely import LineString, Polygon

    from sandbox.edits.street_edits import StreetEdit, StreetEdits
    from sandbox.edits.street_edits_file import as_geojson

    works = Polygon([at(8, 8), at(12, 8), at(12, 12), at(8, 12)])
    made = StreetEdits(
        (
            StreetEdit("slow", works, "<Works>", time_factor=2.5),
            StreetEdit("path", LineString([at(10, 10), at(13, 13)]), "Shortcut"),
            StreetEdit("avoid", works, "Not now", on=False),
        )
    )
    edits = tmp_path / "edits.geojson"
    edits.write_text(as_geojson(made), encoding="utf-8")
    file, areas = tmp_path / "map.html", []
    asked = ["--network", str(city), "--at", "{},{}".format(*at(10, 10)), "--layers", "labs"]
    for more in ([], ["--edits", str(edits)]):
        arguments = ["--lang", "en", "export", "html", str(file), *asked, *more]
        CliRunner().invoke(sandbox, arguments, catch_exceptions=False)
        html = file.read_text(encoding="utf-8")
        areas.append(re.findall(r'data-minutes="[^"]+">([0-9.]+)', html))
        told = {"Street edits: 2", "道路修改 2 项", "&lt;Works&gt;", "Shortcut"}
        told |= {
            "Slow zone, 2.5 times the travel time",
            'data-layer="street_edits"',
            "url(#hatch-slow)",
        }
        for words in told:
            assert (words in html) == bool(more), words
        assert "Not now" not in html
        assert "<Works>" not in html
        assert html.count("<h3>") == len(set(re.findall("<h3>(.*?)</h3>", html)))
    plain, edited = ([float(area) for area in one] for one in areas)
    # 15 minutes are beyond the works; within them everything is slower, but for the shortcut.
    assert len(plain) == len(edited) == 3
    assert edited[0] < plain[0]


def test_edits_that_fit_no_street_write_no_page(capsys, city, tmp_path):
    edits = tmp_path / "edits.geojson"
    edits.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        '{"kind": "closed"}, "geometry": {"type": "Point", "coordinates": [10, 50]}}]}',
        encoding="utf-8",
    )
    file = tmp_path / "map.html"
    said = refused(capsys, file, "--network", city, "--at", "106.6,29.6", "--edits", edits)
    assert "closes no street" in said
    assert not file.exists()


def test_a_page_by_line_says_scenario_and_departure(tmp_path):
    file = tmp_path / "map.html"
    asked = ["--at", "106.299,29.612", "--mode", "transit", "--depart", "2026-11-23T08:00"]
    chosen = ["--scenario", "metro7", "--model", "expected", "--minutes", "30"]
    arguments = ["export", "html", str(file), *asked, *chosen, "--layers", "labs"]
    result = CliRunner().invoke(sandbox, ["--lang", "zh", *arguments])
    assert result.exception is None, result.output
    html = file.read_text(encoding="utf-8")
    for words in ("轨道交通7号线开通", "Metro Line 7", "2026-11-23 08:00", "公共交通 30 分钟"):
        assert words in html, words
