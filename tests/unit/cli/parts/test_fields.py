"""Several origins and other forms of answers, on the command line."""

import json

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from click.testing import CliRunner
from shapely import Point, Polygon

from sandbox.cli import main, sandbox
from sandbox.streets.sandnet import save
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


@pytest.fixture
def origins(tmp_path):
    park = Polygon([at(4.5, 4.5), at(6.5, 4.5), at(6.5, 6.5), at(4.5, 6.5)])
    shapes = [park, Point(at(9, 5)), Point(0, 0)]
    file = tmp_path / "origins.geojson"
    gpd.GeoDataFrame({"id": ["公园", "school", "far"]}, geometry=shapes, crs=4326).to_file(file)
    return file


def test_places_of_a_file_each_and_together(city, origins, tmp_path):
    told = said("isochrone", "--from", origins, "--network", city, "--minutes", 5)
    assert "公园" in told
    assert "There is no street near: far." in told
    file = tmp_path / "any.gpkg"
    facts = json.loads(
        said(
            *("isochrone", "--from", origins, "--at", place(12, 12), "--together", "any"),
            *("--network", city, "--minutes", "3,5", "-o", file, "--json"),
        )
    )
    assert facts["without_street"] == ["far"]
    assert len(facts["origins"]) == 1
    table = gpd.read_file(file)
    assert table["contour"].tolist() == [3, 5]
    assert set(table["together"]) == {"any"}


def test_where_all_can_meet(city, tmp_path):
    ask = ["isochrone", "--at", place(4, 5), "--at", place(8, 5), "--network", city]
    ask += ["--metres", "300", "--json"]
    meeting = json.loads(said(*ask, "--together", "all"))["origins"][0]["contours"][0]
    alone = json.loads(said(*ask))["origins"]
    assert 0 < meeting["area_km2"] < min(one["contours"][0]["area_km2"] for one in alone)


def test_places_of_a_shipped_layer():
    told = said("isochrone", "--from", "talent_housing", "--minutes", 5, language="zh")
    assert "高远梧桐·博雅" in told


@pytest.mark.parametrize(
    ("form", "kind"),
    [("bands", "MultiPolygon"), ("isolines", "MultiLineString"), ("points", "Point")],
)
def test_the_forms_of_an_answer(city, tmp_path, form, kind):
    file = tmp_path / f"{form}.gpkg"
    said(
        *("isochrone", "--at", place(8, 8), "--network", city, "--minutes", "3,5"),
        *("--as", form, "-o", file),
    )
    table = gpd.read_file(file)
    assert kind in set(table.geom_type)
    if form == "points":
        assert table["minutes"].min() == pytest.approx(0, abs=0.01)
        assert table["minutes"].max() <= 5


def test_a_surface_is_a_geotiff_with_a_band_a_place(city, tmp_path):
    file = tmp_path / "time.tif"
    said(
        *("isochrone", "--at", place(5, 8), "--at", place(9, 8), "--network", city),
        *("--minutes", "3,5", "--speed-kmh", 6, "-o", file),
    )
    with rasterio.open(file) as raster:
        assert raster.count == 2
        values = raster.read()
        assert np.nanmax(values) <= 5
        assert raster.tags()["network"] == grid_city().title
        x, y = (float(v) for v in grid_city().streets.node_xy[0])
        (nothing,) = raster.sample([(x - 10_000, y)])
        assert np.isnan(nothing).all() or (nothing == 0).all()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--at", place(8, 8), "--as", "points"], "no file is named"),
        (["--at", place(8, 8), "--as", "points", "-o", "a.tif"], "can't store points"),
        (["--at", place(8, 8), "--as", "surface", "-o", "a.gpkg"], "can't store surface"),
        (["--at", place(8, 8), "-o", "missing/a.tif"], "doesn't exist"),
        (["--from", "nothing.geojson"], "can't be read as places"),
        (["--from", "indicators"], "No layer of places is named indicators"),
        (["--from", "parks", "--mode", "transit", "--depart", "2026-11-23T08:00"], "No line runs"),
        (["--at", place(8, 8), "--at", "0,0", "--together", "all"], "No street is within 500 m"),
        ([], "No origin is given"),
    ],
)
def test_faults_are_one_line(city, capsys, arguments, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", "isochrone", "--network", str(city), *arguments])
    out, err = capsys.readouterr()
    assert (stopped.value.code, out, err.count("\n")) == (2, "", 1)
    assert why in err
    assert list(tmp_path.iterdir()) == []
