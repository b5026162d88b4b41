"""Files from elsewhere: what could run, lies outside or is of another kind is refused."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.errors import ProjectError
from sandbox.projects.store import read, save
from tests.support.cities import city


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a project's file."""
    return city(tmp_path_factory.mktemp("whole") / "city.gpkg").path.read_bytes()


def spoiled(folder: Path, whole: bytes, *statements: str) -> Path:
    """Return a project changed by SQL, as one who means harm would."""
    path = folder / "city.gpkg"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as database, database:
        for one in statements:
            database.execute(one)
    return path


HOSTILE = [
    "CREATE TRIGGER bad AFTER INSERT ON clinics BEGIN DELETE FROM sandbox_project; END",
    "CREATE TRIGGER rtree_clinics_geom_more AFTER INSERT ON clinics"
    " BEGIN SELECT load_extension('x.so'); END",
    "CREATE TRIGGER trigger_insert_feature_count_more AFTER UPDATE ON sandbox_project"
    " BEGIN UPDATE gpkg_ogr_contents SET feature_count=0; END",
    "CREATE TRIGGER t AFTER INSERT ON clinics BEGIN"
    " INSERT INTO rtree_clinics_geom SELECT randomblob(1000000000), 0, 0, 0, 0; END",
    "CREATE TRIGGER t BEFORE DELETE ON clinics BEGIN UPDATE lakes SET name_zh='x'; END",
    "CREATE VIRTUAL TABLE words USING fts5(text)",
    "CREATE INDEX own ON sandbox_project(part)",
]


@pytest.mark.parametrize("statement", HOSTILE)
def test_what_could_run_is_refused_before_anything_is_read(
    tmp_path: Path, whole: bytes, statement: str
) -> None:
    path = spoiled(tmp_path, whole, statement)
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="must not contain"):
        read(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["city.gpkg"]


def test_a_view_in_place_of_a_layer_is_refused(tmp_path: Path, whole: bytes) -> None:
    path = spoiled(
        tmp_path,
        whole,
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n)"
        " SELECT i AS fid FROM n",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
        " VALUES ('endless', 'features', 'endless')",
    )
    with pytest.raises(ProjectError, match="is not a table"):
        read(path)


def test_a_view_in_place_of_a_table_of_the_standard_is_refused(
    tmp_path: Path, whole: bytes
) -> None:
    path = spoiled(
        tmp_path,
        whole,
        "ALTER TABLE gpkg_metadata RENAME TO kept",
        "CREATE VIEW gpkg_metadata AS SELECT * FROM kept",
    )
    with pytest.raises(ProjectError, match="must not contain"):
        read(path)


def test_a_table_of_ours_with_other_columns_is_refused(tmp_path: Path, whole: bytes) -> None:
    path = spoiled(
        tmp_path,
        whole,
        "DROP TABLE sandbox_blobs",
        "CREATE TABLE sandbox_blobs (id INTEGER PRIMARY KEY, name TEXT, data BLOB"
        " CHECK (length(data) < 10))",
    )
    with pytest.raises(ProjectError, match="other columns"):
        read(path)


@pytest.mark.parametrize(
    "named",
    [
        "../secret.sandnet",
        "/etc/passwd",
        "C:\\\\x.sandnet",
        "\\\\\\\\host\\\\share",
        "a/../../b",
        "",
    ],
)
def test_streets_outside_the_project_s_folder_are_refused(
    tmp_path: Path, whole: bytes, named: str
) -> None:
    path = spoiled(tmp_path, whole)
    said = json.dumps({"kind": "linked", "path": named, "sha256": ""})
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE sandbox_project SET value=? WHERE part='network'", (said,))
    with pytest.raises(ProjectError, match="outside its folder"):
        read(path)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE sandbox_project SET value=x'00ff' WHERE part='document'", "no text"),
        ("UPDATE sandbox_project SET value='{' WHERE part='title'", "damaged"),
        ("UPDATE sandbox_project SET value='[NaN]' WHERE part='views'", "damaged"),
        ("UPDATE sandbox_project SET value='[1' || '0' WHERE part='views'", "damaged"),
        (
            'UPDATE sandbox_project SET value=\'{"kind": "held", "sha256": "../../x"}\''
            " WHERE part='network'",
            "streets are damaged",
        ),
        (
            'UPDATE sandbox_project SET value=\'{"kind": "held", "sha256": "' + "0" * 64 + "\"}'"
            " WHERE part='network'",
            "streets are damaged",
        ),
        ("UPDATE sandbox_project SET value='3' WHERE part='network'", "which streets"),
        ("DELETE FROM gpkg_geometry_columns WHERE table_name='clinics'", "damaged or missing"),
        ("UPDATE gpkg_contents SET table_name=x'41' WHERE table_name='clinics'", "not a table"),
    ],
)
def test_parts_of_wrong_kinds_are_told(
    tmp_path: Path, whole: bytes, statement: str, reason: str
) -> None:
    path = spoiled(tmp_path, whole, "PRAGMA foreign_keys=OFF", statement)
    with pytest.raises(ProjectError, match=reason):
        read(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _text(path: Path) -> None:
    path.write_text("not a database")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE a (b)")


def _cut(path: Path) -> None:
    city(path)
    path.write_bytes(path.read_bytes()[:20_000])


def _torn(path: Path) -> None:
    city(path)
    content = bytearray(path.read_bytes())
    content[4096:40_000] = b"\xff" * (40_000 - 4096)
    path.write_bytes(content)


def _nothing(_path: Path) -> None:
    pass


@pytest.mark.parametrize("make", [_folder, _text, _empty, _database, _cut, _torn, _nothing])
def test_what_is_no_project_is_told_in_one_line(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "city.gpkg"
    make(path)
    with pytest.raises(ProjectError, match="can't be opened"):
        read(path)


def test_a_project_that_was_left_in_write_ahead_mode_is_read_and_saved_without_it(
    tmp_path: Path,
) -> None:
    stored = city(tmp_path / "city.gpkg")
    with closing(sqlite3.connect(stored.path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
    assert list(read(stored.path).project.layers) == ["clinics", "lakes"]
    assert [one.name for one in tmp_path.iterdir()] == ["city.gpkg"]
    save(stored.path, stored.project, stored)
    assert stored.path.read_bytes()[18:20] == b"\x01\x01"
