"""Files of a user's own as drafts: placed, understood, corrected, previewed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sandbox.app.jobs import Job
from sandbox.app.own.opening import corrected, keep_choices, preview, read_files, tried
from sandbox.catalog.importing.importing import Told, import_layer
from sandbox.catalog.importing.mending import mended
from sandbox.errors import LayerError
from sandbox.formats.known import Known
from sandbox.geo.crs import to_metric
from sandbox.geo.systems import System
from tests.support.atlas import MIDDLE_XY, at, small_atlas


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(autouse=True)
def _own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


JOB = Job("test", lambda _progress: None)


def gauss_krueger(x_m: float, y_m: float) -> tuple[float, float]:
    """Return a place of the small city in CGCS2000, zone round 105 degrees."""
    x, y = to_metric(at(x_m, y_m), "EPSG:4544")
    return round(float(x), 2), round(float(y), 2)


def clinics(folder: Any, more: Any = ""):
    """Write a table as offices have it: GBK, metres, no system, one bad cell."""
    rows = ["名称,横坐标,纵坐标,类别,床位数"]
    for number, (x, y) in enumerate(((0, 0), (300, 200), (-500, 100))):
        east, north = gauss_krueger(x, y)
        beds = "很多" if number == 2 else 10 * number
        rows.append(f"卫生站{number},{east},{north},社康中心,{beds}")
    path = folder / "clinics.csv"
    path.write_bytes("\n".join([*rows, *([more] if more else [])]).encode("gb18030"))
    return path


def test_a_table_without_a_system_asks_and_comes_onto_its_place(atlas: Any, tmp_path: Path):
    opened = read_files([clinics(tmp_path)], atlas, JOB)
    draft: Any
    (draft,) = opened.drafts
    assert opened.refused == ()
    assert draft.choices.question is not None
    assert not draft.ready
    assert draft.system is None
    codes = [str(one.system) for one in draft.choices.candidates]
    assert codes[0] == "EPSG:4544"
    better: Any = tried(draft, Told(crs="EPSG:4544"), atlas, JOB)
    assert better.ready
    assert better.system == System("EPSG:4544")
    assert len(better.imported.features) == 2
    lonlat = shapely.get_coordinates(better.imported.features.geometry)
    assert np.abs(lonlat - [at(0, 0), at(300, 200)]).max() < 1e-7
    assert better.imported.provenance["crs"]["chosen_by"] == "user"


def test_the_preview_lies_where_the_layer_would(atlas: Any, tmp_path: Path):
    draft: Any
    (draft,) = read_files([clinics(tmp_path)], atlas, JOB).drafts
    shapes, outside = preview(draft, System("EPSG:4544"), atlas, JOB)
    xy = shapely.get_coordinates(shapes)
    assert outside == 0
    assert np.abs(xy[0] - MIDDLE_XY).max() < 0.02
    # Read as zone 108 it lies some 290 km away.
    elsewhere, _ = preview(draft, System("EPSG:4545"), atlas, JOB)
    assert 250e3 < np.abs(shapely.get_coordinates(elsewhere)[0] - MIDDLE_XY).max() < 320e3


def test_corrected_cells_are_tried_again(atlas: Any, tmp_path: Path):
    draft: Any
    (draft,) = read_files([clinics(tmp_path, "坏行,abc,1,医院,3")], atlas, JOB).drafts
    draft = tried(draft, Told(crs="EPSG:4544"), atlas, JOB)
    assert draft.imported.mend_rows == (2, 3)
    east, north = gauss_krueger(50, 60)
    cells = {(2, "床位数"): "40", (3, "横坐标"): str(east), (3, "纵坐标"): str(north)}
    better: Any = corrected(draft, cells, atlas, JOB)
    assert better.imported.mend_rows == ()
    features = better.imported.features
    assert features["capacity"].tolist() == [0.0, 10.0, 40.0, 3.0]
    assert np.abs(shapely.get_coordinates(features.geometry)[3] - at(50, 60)).max() < 1e-6


def test_a_file_of_shapes_takes_another_shape_from_wkt(atlas: Any, tmp_path: Path):
    shapes: Any = [shapely.Point(at(0, 0)), None]
    path = tmp_path / "sites.geojson"
    gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=shapes, crs=4326).to_file(path)
    draft: Any
    (draft,) = read_files([path], atlas, JOB).drafts
    assert draft.imported.mend_rows == (1,)
    lon, lat = at(100, 0)
    better: Any = corrected(draft, {(1, "wkt"): f"POINT ({lon} {lat})"}, atlas, JOB)
    assert len(better.imported.features) == 2
    spoiled = mended(draft.read, {(1, "wkt"): "POINT (1"})
    assert "POINT (1" in str(spoiled.faults[1])


def test_columns_of_coordinates_can_be_named(atlas: Any, tmp_path: Path):
    path = tmp_path / "odd.csv"
    lon, lat = at(0, 0)
    path.write_text(f"what,first,second\nlab,{lon},{lat}\n", "utf-8")
    draft: Any
    (draft,) = read_files([path], atlas, JOB).drafts
    assert draft.error is not None
    assert not draft.ready
    better: Any = tried(draft, replace(draft.told, position=("first", "second")), atlas, JOB)
    better: Any = tried(better, replace(better.told, crs="EPSG:4326"), atlas, JOB)
    assert better.ready
    assert shapely.get_coordinates(better.imported.features.geometry).tolist() == [[lon, lat]]


def test_columns_that_were_chosen_are_remembered(atlas: Any, tmp_path: Path):
    lon, lat = at(0, 0)
    path = tmp_path / "a.csv"
    path.write_text(f"甲,经度,纬度\n西门,{lon},{lat}\n", "utf-8")
    draft: Any
    (draft,) = read_files([path], atlas, JOB).drafts
    assert "name_zh" not in draft.columns()
    again: Any = tried(draft, replace(draft.told, columns={"name_zh": "甲"}), atlas, JOB)
    assert again.imported.features["name_zh"].tolist() == ["西门"]
    keep_choices([again])
    (again,) = read_files([path], atlas, JOB).drafts
    assert again.columns()["name_zh"] == "甲"


def test_what_cannot_be_read_is_refused_beside_what_can(atlas: Any, tmp_path: Path):
    clinics(tmp_path)
    (tmp_path / "broken.gpkg").write_bytes(b"SQLite format 3\0 and nothing more")
    opened = read_files([tmp_path], atlas, JOB)
    assert [one.read.name for one in opened.drafts] == ["clinics"]
    ((path, error),) = opened.refused
    assert path.name == "broken.gpkg"
    assert isinstance(error, LayerError)
    gone = read_files([tmp_path / "gone.shp"], atlas, JOB)
    assert gone.drafts == ()
    assert len(gone.refused) == 1


def test_a_layer_of_which_no_row_can_be_used_is_still_a_draft_to_correct(
    atlas: Any, tmp_path: Path
):
    lon, lat = at(0, 0)
    path = tmp_path / "a.csv"
    path.write_text(
        f"name,lon,lat,床位数\na,{lon},{lat},many\nb,{lon},{lat},few\nc,x,y,3\n", "utf-8"
    )
    draft: Any
    (draft,) = read_files([path], atlas, JOB).drafts
    draft = tried(draft, replace(draft.told, columns={"capacity": "床位数"}), atlas, JOB)
    assert draft.imported is not None
    assert not draft.ready
    assert len(draft.imported.mend) == 3
    with pytest.raises(LayerError, match="No row"):
        import_layer(draft.read, draft.told, Known())
