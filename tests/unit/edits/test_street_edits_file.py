"""Street edits are read from whatever file of features says where it lies."""

import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from sandbox.edits import street_edits_file
from sandbox.errors import NetworkError

SHAPES = [shapely.Point(106.3, 29.6), shapely.box(106.30, 29.60, 106.31, 29.61)]


def drawn(crs: int = 4326) -> gpd.GeoDataFrame:
    table = gpd.GeoDataFrame(
        {
            "kind": ["closed", "slow"],
            "name": ["工地", None],
            "modes": ["", "walk,bike"],
            "time_factor": [None, 2.5],
            "on": [1, 0],
            "drawn_by": ["me", "me"],
        },
        geometry=SHAPES,
        crs=4326,
    )
    return table.to_crs(crs)


def shaped(table: gpd.GeoDataFrame) -> Any:
    """Return a table with the short names that Shapefiles cut columns to."""
    return table.rename(columns={"time_factor": "time_facto"})


def written(folder: Path, name: str) -> Path:
    path = folder / name
    match name:
        case "edits.gpkg":
            drawn(4544).to_file(path, layer="edits")
        case "edits.fgb":
            drawn().to_file(path)
        case _:
            inside = folder / "inside"
            inside.mkdir()
            for number in (0, 1):
                shaped(drawn(4544).iloc[[number]]).to_file(inside / f"part_{number}.shp")
            with zipfile.ZipFile(path, "w") as held:
                for one in sorted(inside.iterdir()):
                    held.write(one, one.name)
    return path


@pytest.mark.parametrize("name", ["edits.gpkg", "edits.fgb", "edits.zip"])
def test_they_come_from_any_format_and_system(tmp_path: Path, name: str) -> None:
    found = street_edits_file.read(written(tmp_path, name)).edits
    # FlatGeobuf keeps features in the order of its index.
    closed, slow = sorted(found, key=lambda edit: edit.kind)
    assert (closed.kind, closed.name, closed.modes, closed.on) == ("closed", "工地", (), True)
    assert (slow.kind, slow.name, slow.modes) == ("slow", "", ("walk", "bike"))
    assert (slow.time_factor, slow.on) == (2.5, False)
    # There and back through a metric system it is the same to a tenth of a millimetre.
    assert shapely.distance(closed.shape, SHAPES[0]) < 1e-9
    assert shapely.hausdorff_distance(slow.shape, SHAPES[1]) < 1e-9


def test_what_says_no_kind_or_no_place_is_refused_with_what_to_do(tmp_path: Path) -> None:
    drawn().drop(columns="kind").to_file(tmp_path / "a.gpkg")
    with pytest.raises(NetworkError, match="a column kind"):
        street_edits_file.read(tmp_path / "a.gpkg")
    shaped(drawn().iloc[[0]]).to_file(tmp_path / "b.shp")
    (tmp_path / "b.prj").unlink()
    with pytest.raises(NetworkError, match="doesn't state its coordinate system") as told:
        street_edits_file.read(tmp_path / "b.shp")
    assert f"{tmp_path / 'b.shp'}@EPSG:" in str(told.value.hint)
    (placed,) = street_edits_file.read(f"{tmp_path / 'b.shp'}@EPSG:4326").edits
    assert shapely.hausdorff_distance(placed.shape, SHAPES[0]) < 1e-9
    wrong = drawn()
    wrong["kind"] = ["closed", "gone"]
    wrong.to_file(tmp_path / "c.gpkg")
    with pytest.raises(NetworkError, match="kind must be one of"):
        street_edits_file.read(tmp_path / "c.gpkg")
    (tmp_path / "d.xlsx").write_bytes(b"nothing")
    with pytest.raises(NetworkError):
        street_edits_file.read(tmp_path / "d.xlsx")
    with pytest.raises(NetworkError):
        street_edits_file.read(tmp_path / "none.gpkg")
