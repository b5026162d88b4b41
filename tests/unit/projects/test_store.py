"""A project saved and opened: the same values, an ordinary GeoPackage, and whole at any moment."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from shapely.geometry.base import BaseGeometry

from sandbox.app.document_json import document_values, read_document
from sandbox.app.state import Document
from sandbox.catalog.folder import load_all
from sandbox.catalog.layer import Layer
from sandbox.errors import ExportError, ProjectError
from sandbox.projects.project import Approval, Project
from sandbox.projects.store import read, save
from sandbox.words import Bilingual
from tests.support.cities import city, clinics, lakes
from tests.support.documents import DOCUMENT


def same(one: Layer, other: Layer) -> None:
    """Check that two layers say and hold the same."""
    for name in Layer.__slots__:
        if name not in ("features", "table", "grid", "kept"):
            assert getattr(one, name) == getattr(other, name), name
    if one.features is not None:
        assert other.features is not None
        assert list(one.features.columns) == list(other.features.columns)
        for column in one.features.columns:
            for mine, its in zip(one.features[column], other.features[column], strict=True):
                if isinstance(mine, BaseGeometry):
                    assert shapely.equals(mine, its)
                else:
                    assert mine == its or (pd.isna(mine) and pd.isna(its))
    if one.table is not None:
        assert other.table is not None
        assert one.table.equals(other.table)
    if one.grid is not None:
        assert other.grid is not None
        assert one.grid.bounds_lonlat == pytest.approx(other.grid.bounds_lonlat)
        assert one.grid.values.tobytes() == other.grid.values.tobytes()


def test_the_shipped_city_comes_back_as_it_was(tmp_path: Path) -> None:
    layers = load_all()
    save(tmp_path / "city.gpkg", Project(Bilingual("城", "City"), layers))
    found = read(tmp_path / "city.gpkg").project
    assert found.title == Bilingual("城", "City")
    assert list(found.layers) == list(layers)
    for key, one in layers.items():
        same(one, found.layers[key])


def test_all_that_stands_beside_the_layers_comes_back(tmp_path: Path) -> None:
    approval = Approval("渝S（2026）001号", "规划院", "2026-11-30", "天地图", "internal")
    project = Project(
        Bilingual("城", "City"),
        {"clinics": clinics()},
        scenes={"one": 'id = "one"\n'},
        views={"home": {"center": [106.3, 29.5]}},
        approval=approval,
        provenance={"clinics": {"file": "诊所.xlsx"}, "": {"made_by": "test"}},
    )
    save(tmp_path / "city.gpkg", project)
    found = read(tmp_path / "city.gpkg").project
    assert (found.scenes, found.views, found.approval) == (
        project.scenes,
        project.views,
        approval,
    )
    assert found.provenance == project.provenance


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a project that is saved again and again."""
    return city(tmp_path_factory.mktemp("kept") / "city.gpkg", clinics(1))


@given(document=DOCUMENT)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_open_and_save_give_the_same_document(kept: Any, document: Document) -> None:
    values = document_values(document)
    stored = save(kept.path, replace(kept.project, document=values), read(kept.path))
    again = save(kept.path, read(kept.path).project, stored)
    found = read(again.path).project.document
    assert read_document(found) == document


def test_layers_that_are_unchanged_keep_what_qgis_changed_in_them(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    with closing(sqlite3.connect(stored.path)) as database, database:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _shape: 0)
        database.execute("UPDATE clinics SET name_zh='改名' WHERE id='f1'")
    save(stored.path, replace(stored.project, document={"a": 1}), stored)
    found = read(stored.path).project.layers["clinics"].features
    assert found is not None
    assert found["name_zh"].tolist() == ["诊所0", "改名", "诊所2"]


def test_layers_come_and_go(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    layers = {"lakes": stored.project.layers["lakes"], "more": replace(clinics(5), id="more")}
    save(stored.path, replace(stored.project, layers=layers), read(stored.path))
    found = read(stored.path)
    assert list(found.project.layers) == ["lakes", "more"]
    assert pyogrio.list_layers(stored.path)[:, 0].tolist() == ["lakes", "more", "layer_styles"]
    with closing(sqlite3.connect(stored.path)) as database:
        left = database.execute(
            "SELECT 1 FROM sqlite_master WHERE name LIKE '%clinics%' OR tbl_name LIKE '%clinics%'"
        ).fetchall()
        assert left == []


def test_a_layer_that_is_called_as_a_table_of_ours_gets_another_table(tmp_path: Path) -> None:
    odd = [replace(lakes(), id=key) for key in ("gpkg_contents", "layer_styles", "A", "a")]
    stored = city(tmp_path / "city.gpkg", *odd)
    assert list(read(stored.path).project.layers) == ["gpkg_contents", "layer_styles", "A", "a"]
    tables = [table.lower() for table, _ in stored.tables.values()]
    assert len(set(tables)) == 4
    assert not {"gpkg_contents", "layer_styles"} & set(tables)


def test_save_as_leaves_the_first_file_and_replaces_the_second_whole(tmp_path: Path) -> None:
    first, other = city(tmp_path / "a.gpkg"), city(tmp_path / "b.gpkg", replace(lakes(), id="old"))
    before = first.path.read_bytes()
    save(other.path, first.project, first)
    assert first.path.read_bytes() == before
    assert list(read(other.path).project.layers) == ["clinics", "lakes"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.gpkg", "b.gpkg"]


def test_the_rules_of_geopackage_hold(tmp_path: Path) -> None:
    """OGC 12-128r19: requirements 2, 5, 10, 13-15, 21-25, 58-61, 75-77, 119; annexes F.3, F.8."""
    stored = city(tmp_path / "city.gpkg")
    with closing(sqlite3.connect(stored.path)) as database:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return database.execute(sql).fetchall()

        assert rows("PRAGMA application_id") == [(0x47504B47,)]
        # GDAL of long-term releases, and QGIS with it, knows 1.3 and says of 1.4 that it may not.
        assert rows("PRAGMA user_version")[0][0] == 10300
        assert rows("PRAGMA integrity_check") == [("ok",)]
        assert rows("PRAGMA foreign_key_check") == []
        assert rows("PRAGMA journal_mode") == [("delete",)]
        assert {-1, 0, 4326} <= {one for (one,) in rows("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        contents = dict(rows("SELECT table_name, data_type FROM gpkg_contents"))
        assert contents == {
            "clinics": "features",
            "lakes": "features",
            "layer_styles": "attributes",
        }
        tables = {one for (one,) in rows("SELECT name FROM sqlite_master WHERE type='table'")}
        assert set(contents) <= tables
        columns = rows("SELECT table_name, geometry_type_name, srs_id FROM gpkg_geometry_columns")
        assert columns == [("clinics", "POINT", 4326), ("lakes", "MULTIPOLYGON", 4326)]
        boxes = rows("SELECT min_x, max_y FROM gpkg_contents WHERE table_name='lakes'")
        assert boxes == [(106.3, 29.51)]
        for table in contents:
            (key,) = [one for one in rows(f"PRAGMA table_info('{table}')") if one[5]]
            assert key[2] == "INTEGER"
        said = rows("SELECT table_name, extension_name, scope FROM gpkg_extensions")
        assert ("clinics", "gpkg_rtree_index", "write-only") in said
        assert ("sandbox_project", "sandbox_project", "read-write") in said
        assert ("sandbox_blobs", "sandbox_project", "read-write") in said
        assert ("gpkg_metadata", "gpkg_metadata", "read-write") in said
        assert rows('SELECT count(*) FROM "rtree_clinics_geom"') == [(3,)]
        assert rows("SELECT feature_count FROM gpkg_ogr_contents ORDER BY 1") == [(1,), (3,)]
        # Every table that no part of the standard names is registered.
        own = {one for one in tables if not one.startswith(("gpkg_", "sqlite_", "rtree_"))}
        assert own <= set(contents) | {one for one, _, _ in said}


def test_gdal_lists_the_layers_alone(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    listed = pyogrio.list_layers(stored.path).tolist()
    assert listed == [["clinics", "Point"], ["lakes", "MultiPolygon"], ["layer_styles", None]]
    assert pyogrio.read_dataframe(stored.path, layer="clinics")["name_zh"].tolist()[0] == "诊所0"


def test_an_ordinary_geopackage_is_a_project_and_kept_beside_before_it_is_changed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plain.gpkg"
    frame = clinics().features
    assert frame is not None
    plain = frame[["name_zh", "geometry"]].rename(columns={"name_zh": "name"})
    pyogrio.write_dataframe(plain.to_crs("EPSG:4544"), path, layer="诊所")
    before = path.read_bytes()
    stored = read(path)
    assert stored.made_with == 0
    layer = stored.project.layers["诊所"]
    assert layer.geometry == "point"
    assert layer.features is not None
    assert layer.features["name_zh"].tolist() == ["诊所0", "诊所1", "诊所2"]
    assert layer.features.geometry.x.tolist() == pytest.approx([106.3, 106.301, 106.302])
    assert len(set(layer.features["id"])) == 3
    save(path, stored.project, stored)
    (backup,) = tmp_path.glob("plain-before-*.gpkg")
    assert backup.read_bytes() == before
    assert read(path).made_with == 1
    save(path, stored.project, read(path))
    assert len(list(tmp_path.glob("plain-before-*.gpkg"))) == 1


def test_a_layer_that_qgis_took_away_is_told_and_one_it_added_is_there(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    with closing(sqlite3.connect(stored.path)) as database, database:
        database.execute("DROP TABLE rtree_lakes_geom")
        database.execute("DELETE FROM gpkg_geometry_columns WHERE table_name='lakes'")
        database.execute("DELETE FROM gpkg_contents WHERE table_name='lakes'")
        database.execute("DROP TABLE lakes")
    frame = clinics().features
    assert frame is not None
    pyogrio.write_dataframe(frame, stored.path, layer="added")
    found = read(stored.path)
    assert list(found.project.layers) == ["clinics", "added"]
    assert [str(one.template) for one in found.notes] == [
        "The layer {name} isn't in the file any more."
    ]


def test_a_newer_format_and_spoiled_parts_are_told_all_at_once(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")

    def spoil(part: str, value: object) -> None:
        with closing(sqlite3.connect(stored.path)) as database, database:
            database.execute(
                "UPDATE sandbox_project SET value=? WHERE part=?", (json.dumps(value), part)
            )

    spoil("title", {"zh": 1, "en": "x"})
    spoil("approval", {"number": 3})
    spoil("layers", [{"id": "clinics"}])
    with pytest.raises(ProjectError) as caught:
        read(stored.path)
    said = str(caught.value)
    for fault in ("title: text is needed", "approval.number: text", "layers[0]: table is missing"):
        assert fault in said
    spoil("format", 2)
    with pytest.raises(ProjectError, match="newer version"):
        read(stored.path)


def test_names_and_places_that_can_not_be_are_refused(tmp_path: Path) -> None:
    project = Project(Bilingual("城", "City"), {})
    with pytest.raises(ProjectError, match="End the name in"):
        save(tmp_path / "city.txt", project)
    with pytest.raises(ExportError, match="doesn't exist"):
        save(tmp_path / "nowhere" / "city.gpkg", project)
    assert list(tmp_path.iterdir()) == []
    save(tmp_path / "empty.gpkg", project)
    assert dict(read(tmp_path / "empty.gpkg").project.layers) == {}
