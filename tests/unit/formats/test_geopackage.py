"""GeoPackages: by the standard's rules, with provenance, whole at any moment, for one writer."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
from shapely import LineString, Point, Polygon

from sandbox import files
from sandbox.errors import ExportError
from sandbox.formats.geopackage import Written, layer_names, provenance_of, write_into

AT = [(106.31, 29.52), (106.32, 29.53), (106.33, 29.54)]


def layer(name="医院", count=3, **columns):
    columns = columns or {"名称": [f"第{number}" for number in range(count)]}
    table = gpd.GeoDataFrame(columns, geometry=[Point(one) for one in AT[:count]], crs=4326)
    return Written(name, table, {"title": name, "file": "医院.shp", "crs": {"code": "EPSG:4544"}})


def ask(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_what_is_written_keeps_the_rules_of_the_standard(tmp_path):
    path = tmp_path / "city.gpkg"
    write_into(path, [layer(), layer("学校", 2)])
    # Requirements 2, 6 and 7: application, integrity and foreign keys.
    assert path.read_bytes()[68:72] == b"GPKG"
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert ask(path, "PRAGMA journal_mode") == [("delete",)]
    # Requirements 13 and 21: each table of features in the contents, its column of shapes told.
    told = ask(path, "SELECT table_name, data_type, srs_id FROM gpkg_contents")
    assert told == [("医院", "features", 4326), ("学校", "features", 4326)]
    shapes = ask(path, "SELECT table_name, geometry_type_name, z, m FROM gpkg_geometry_columns")
    assert shapes == [("医院", "POINT", 0, 0), ("学校", "POINT", 0, 0)]
    # Requirements 10 and 11: the systems that a file must hold.
    assert {-1, 0, 4326} <= {one for (one,) in ask(path, "SELECT srs_id FROM gpkg_spatial_ref_sys")}
    # Annex F.8: metadata is an extension, and each of its rows is referred to.
    extensions = ask(path, "SELECT table_name, scope FROM gpkg_extensions WHERE"
                     " extension_name='gpkg_metadata'")  # fmt: skip
    assert sorted(extensions) == [
        ("gpkg_metadata", "read-write"),
        ("gpkg_metadata_reference", "read-write"),
    ]
    assert len(ask(path, "SELECT * FROM gpkg_metadata_reference")) == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["city.gpkg"]


def test_it_says_where_each_layer_comes_from_and_gdal_carries_it(tmp_path):
    path = tmp_path / "city.gpkg"
    write_into(path, [layer()])
    write_into(path, [layer("学校", 2)])
    assert layer_names(path) == ["医院", "学校"]
    told = provenance_of(path)
    assert told["医院"]["crs"]["code"] == "EPSG:4544"
    # A layer of the same name goes, with what was said of it.
    write_into(path, [Written("医院", layer(count=1).table, {"file": "new.shp"})])
    assert provenance_of(path)["医院"] == {"file": "new.shp"}
    assert len(pyogrio.read_dataframe(path, layer="医院")) == 1
    assert len(pyogrio.read_dataframe(path, layer="学校")) == 2
    assert len(ask(path, "SELECT * FROM gpkg_metadata")) == 2


def test_columns_of_any_kind_are_kept(tmp_path):
    path = tmp_path / "city.gpkg"
    mixed = layer(
        fid=["a", "b", "c"], geom=[1, None, 3], Name=["x", None, 3], flag=[True, None, False],
        large=[2**70, 1, None], held=[[1, 2], {"a": 1}, None], none=[None] * 3,
    )  # fmt: skip
    write_into(path, [mixed])
    read = pyogrio.read_dataframe(path)
    assert read["fid_file"].tolist() == ["a", "b", "c"]
    assert read["geom_file"].tolist()[::2] == [1, 3]
    assert read["Name"].tolist()[::2] == ["x", "3"]
    assert read["flag"].tolist()[::2] == [True, False]
    assert read["large"].tolist()[0] == str(2**70)
    assert read["held"].tolist()[:2] == ["[1, 2]", '{"a": 1}']


@pytest.mark.parametrize(
    ("shapes", "kind"),
    [
        ([Point(AT[0]), Point(AT[1])], "POINT"),
        ([LineString(AT), LineString(AT[:2])], "MULTILINESTRING"),
        ([Polygon(AT), Polygon(AT)], "MULTIPOLYGON"),
        ([Point(AT[0]), Polygon(AT)], "GEOMETRY"),
    ],
)
def test_a_layer_says_what_shapes_it_holds(tmp_path, shapes, kind):
    path = tmp_path / "city.gpkg"
    write_into(path, [Written("a", gpd.GeoDataFrame({"n": [1, 2]}, geometry=shapes, crs=4326), {})])
    assert ask(path, "SELECT geometry_type_name FROM gpkg_geometry_columns") == [(kind,)]


def test_what_another_program_left_beside_is_taken_in_first(tmp_path):
    path = tmp_path / "city.gpkg"
    write_into(path, [layer()])
    # As QGIS leaves it on a network drive: a write-ahead log with the last edit, never read back.
    kept = sqlite3.connect(path)
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("PRAGMA wal_autocheckpoint=0")
    kept.execute('CREATE TABLE "own" (a)')
    kept.commit()
    log, copy = path.with_name("city.gpkg-wal"), tmp_path / "log"
    copy.write_bytes(log.read_bytes())
    held = path.read_bytes()
    kept.close()
    path.write_bytes(held)
    log.write_bytes(copy.read_bytes())
    copy.unlink()
    write_into(path, [layer("学校", 2)])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["city.gpkg"]
    assert ask(path, "SELECT count(*) FROM own") == [(0,)]
    assert layer_names(path) == ["医院", "学校"]


def test_one_who_writes_keeps_another_out(tmp_path):
    path = tmp_path / "city.gpkg"
    write_into(path, [layer()])
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ExportError, match="Another program is using"):
            write_into(path, [layer("学校")])
        other.execute("ROLLBACK")
    assert path.read_bytes() == before
    write_into(path, [layer("学校")])


@pytest.mark.parametrize("name", ["folder", "no/city.gpkg", "text.gpkg"])
def test_what_is_no_place_for_it_is_refused_and_left_as_it_is(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.gpkg").write_text("my own notes")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ExportError):
        write_into(tmp_path / name, [layer()])
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "text.gpkg").read_text() == "my own notes"


def test_a_damaged_file_is_told(tmp_path):
    (tmp_path / "a.gpkg").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    with pytest.raises(ExportError):
        write_into(tmp_path / "a.gpkg", [layer()])
    with pytest.raises(files.Unreadable):
        layer_names(tmp_path / "a.gpkg")
    assert layer_names(tmp_path / "none.gpkg") == []


WRITER = """
import sys
from pathlib import Path
from tests.unit.formats.test_geopackage import layer
from sandbox.formats.geopackage import write_into
print("ready", flush=True)
for number in range(10_000):
    write_into(Path(sys.argv[1]), [layer(f"l{number % 7}")])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a system without this signal")
def test_killed_at_any_moment_it_is_the_old_or_the_new(tmp_path):
    path = tmp_path / "city.gpkg"
    write_into(path, [layer()])
    for wait_s in (0.0, 0.013, 0.041):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, env={**os.environ}
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(wait_s)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert ask(path, "PRAGMA integrity_check") == [("ok",)]
        names = layer_names(path)
        assert names[0] == "医院"
        assert all(len(pyogrio.read_dataframe(path, layer=name)) == 3 for name in names)
        assert set(provenance_of(path)) == set(names)
