"""Whatever opens in one place opens in all: files stand where layers of places do."""

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner

from sandbox import paths
from sandbox.catalog.folder import load, load_all
from sandbox.cli import sandbox
from sandbox.cli.housing import with_kind
from sandbox.cli.parts import on_map

FORMATS = ("csv", "xlsx", "zip", "geojson", "kml")


def written(folder: Path, ending: str, table: Any) -> Path:
    """Write places with `id, name, kind, people` in one of the formats."""
    path = folder / f"places.{ending}"
    plain = table.drop(columns="geometry").assign(lon=table.geometry.x, lat=table.geometry.y)
    match ending:
        case "csv":
            path.write_bytes(plain.to_csv(index=False).encode("gb18030"))
        case "xlsx":
            plain.to_excel(path, index=False)
        case "geojson":
            table.to_file(path)
        case "kml":
            table.rename(columns={"name": "Name"}).to_file(path, driver="KML")
        case _:
            parts = folder / "parts"
            parts.mkdir()
            table.to_crs("EPSG:4544").to_file(parts / "places.shp", encoding="gb18030")
            with zipfile.ZipFile(path, "w") as archive:
                for one in parts.iterdir():
                    archive.write(one, one.name)
    return path


@pytest.fixture(scope="module")
def parks() -> Any:
    features: Any = load(paths.layers() / "services").features
    points = features.geometry.representative_point()
    table = features[["id", "name_zh", "kind"]].rename(columns={"name_zh": "name"})
    return gpd.GeoDataFrame(table.assign(people=7), geometry=points, crs=4326)


def circles(*asked: object) -> dict[str, Any]:
    told = CliRunner().invoke(sandbox, ["--lang", "en", "circles", *map(str, asked), "--json"])
    assert told.exit_code == 0, told.output + str(told.exception)
    return json.loads(told.stdout)


@pytest.mark.parametrize("ending", FORMATS)
def test_circles_of_a_file_are_those_of_its_places(tmp_path: Path, parks: Any, ending: str) -> None:
    few = parks.iloc[:5]
    found = circles("--services", written(tmp_path, ending, few), "--minutes", 5)
    same = circles("--services", written(tmp_path, "geojson", few), "--minutes", 5)
    assert found["services"] == 5
    assert found["covered_km2"] == pytest.approx(same["covered_km2"], rel=1e-4)
    assert found["covered_km2"] > 0


def test_only_places_of_a_kind_count(tmp_path: Path, parks: Any) -> None:
    kind = parks["kind"].iloc[0]
    path = written(tmp_path, "csv", parks)
    found = circles("--services", path, "--kind", kind, "--minutes", 5)
    assert found["services"] == int((parks["kind"] == kind).sum())
    refused = CliRunner().invoke(sandbox, ["circles", "--services", str(path), "--kind", "none"])
    assert refused.exit_code == 2
    assert "none" in refused.stderr


def test_a_page_shows_the_file_as_a_layer(tmp_path: Path, parks: Any) -> None:
    page = tmp_path / "circles.html"
    path = written(tmp_path, "csv", parks.assign(name=[f"自备{n}" for n in range(len(parks))]))
    circles("--services", path, "--minutes", 5, "-o", page)
    assert "自备0" in page.read_text("utf-8")


@pytest.mark.parametrize("ending", FORMATS)
def test_options_of_maps_take_files_too(tmp_path: Path, parks: Any, ending: str) -> None:
    path = str(written(tmp_path, ending, parks))
    named = [
        name for one in on_map.parts("sandbox.cli", on_map.Options).values() for name in one.places
    ]
    several = {"audit_facilities"}
    asked = {name: (path, "services") if name in several else path for name in named}
    layers, values = on_map.holding(load_all(), asked)
    held = {values[name] for name in named if name not in several}
    # One file is one layer, whoever names it.
    assert len(held) == 1
    (layer,) = held
    assert values["audit_facilities"] == (layer, "services")
    features: Any = layers[layer].features
    assert len(features) == len(parks)
    people = {one.name: one.unit for one in layers[layer].columns}
    assert "people" in people
    off = shapely.distance(features.geometry.to_numpy(), parks.geometry.to_numpy())
    assert off.max() < 1e-7


def test_columns_of_floor_area_keep_their_unit(tmp_path: Path, parks: Any) -> None:
    path = written(tmp_path, "csv", parks.rename(columns={"people": "建筑面积"}))
    layers, values = on_map.holding(
        load_all(), dict.fromkeys(_names(), None) | {"audit": str(path)}
    )
    (column,) = [one for one in layers[values["audit"]].columns if one.name == "建筑面积"]
    assert column.unit == "m²"


def _names() -> list[str]:
    return [
        name for one in on_map.parts("sandbox.cli", on_map.Options).values() for name in one.places
    ]


def test_a_kind_stands_after_a_file_its_layer_or_its_system(tmp_path: Path) -> None:
    for name in ("clinics.csv", "city.gpkg"):
        (tmp_path / name).write_bytes(b"")
    table, city = tmp_path / "clinics.csv", tmp_path / "city.gpkg"
    for said, meant in (
        ("services:school", ("services", "school")),
        ("services", ("services", "")),
        (f"{table}:小学", (str(table), "小学")),
        (f"{table}@EPSG:4544", (f"{table}@EPSG:4544", "")),
        (f"{table}@EPSG:4544:小学", (f"{table}@EPSG:4544", "小学")),
        (f"{city}:clinics", (f"{city}:clinics", "")),
        (f"{city}:clinics:小学", (f"{city}:clinics", "小学")),
    ):
        assert with_kind(said) == meant
