"""A real PostgreSQL with PostGIS: read, written, refused, gone away; and where passwords go."""

import json
import logging
import os
import sqlite3
import sys
import traceback
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import keyring
import keyring.backend
import pytest
import shapely
from click.testing import CliRunner

import sandbox as api
from sandbox import files
from sandbox.cli import sandbox
from sandbox.errors import ExportError, LayerError
from sandbox.export.tables import write_areas, write_layers
from sandbox.formats.postgis import passwords, reading, writing
from sandbox.formats.postgis.address import address_of
from tests.support.postgis import PASSWORD, Server, programs, server

FOUND = programs()
pytestmark = pytest.mark.skipif(FOUND is None, reason="no PostgreSQL with PostGIS is installed")
WEIRD = 'we"ird; DROP TABLE clinics'


@pytest.fixture(scope="module")
def city() -> Generator[Server]:
    assert FOUND is not None
    with server(FOUND) as made:
        quoted = WEIRD.replace('"', '""')
        made.run(
            "CREATE SCHEMA plan",
            'CREATE TABLE clinics (id int PRIMARY KEY, "名称" text, beds numeric, opened date,'
            f' tags text[], blob bytea, "{quoted}" float8, geom geometry(Point, 4490))',
            # Rows 1 to 20,000, 0.00001 degrees apart, from 106.3 degrees of longitude on.
            "INSERT INTO clinics SELECT i, '诊所' || i, i * 1.5, '2020-01-31', ARRAY['a', 'b'],"
            " 'x', i, ST_SetSRID(ST_MakePoint(106.3 + i * 0.00001, 29.5), 4490)"
            " FROM generate_series(1, 20000) i",
            'CREATE VIEW plan.near AS SELECT id, "名称", geom FROM clinics WHERE id <= 10',
            "CREATE MATERIALIZED VIEW plan.held AS SELECT id, ST_Transform(geom, 4326)::geography"
            " AS place FROM clinics WHERE id <= 100",
            "CREATE TABLE mixed (gid serial, geom geometry)",
            "INSERT INTO mixed (geom) VALUES (NULL), (ST_GeomFromText("
            "'CURVEPOLYGON(CIRCULARSTRING(0 0, 2 0, 2 1, 2 3, 4 3, 4 1, 0 0))', 4326))",
            "CREATE TABLE two (geom geometry)",
            "INSERT INTO two VALUES (ST_SetSRID(ST_MakePoint(1, 2), 4326)),"
            " (ST_SetSRID(ST_MakePoint(1, 2), 4490))",
            "CREATE TABLE secret (geom geometry(Point, 4326))",
            "GRANT USAGE ON SCHEMA plan TO planner",
            "GRANT SELECT ON clinics, mixed, two, plan.near, plan.held TO planner",
        )
        yield made


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("PGPASSFILE", os.devnull)
    keyring.set_keyring(Nothing())


class Nothing(keyring.backend.KeyringBackend):
    """A keyring like that of a machine without a desktop: it fails."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("no desktop")

    set_password = delete_password = get_password  # type: ignore[assignment]


class Ring(Nothing):
    def __init__(self, **held: str) -> None:
        super().__init__()
        self.held = held

    def get_password(self, service: str, username: str) -> str | None:
        assert service.startswith("postgresql://127.0.0.1:")
        return self.held.get(username)


def read(city: Server, more: str):
    return reading.read_table(address_of(city.address(more)))


def test_a_table_comes_with_its_rows_types_and_system(city: Server) -> None:
    found = read(city, "?table=clinics")
    assert (found.name, found.format, found.crs, len(found.table)) == (
        "clinics", "PostGIS", "EPSG:4490", 20_000,
    )  # fmt: skip
    first = found.table[found.table["id"] == 2].to_dict("records")[0]
    assert first == {
        "id": 2, "名称": "诊所2", "beds": 3.0, "opened": "2020-01-31", "tags": "{a,b}", WEIRD: 2.0,
    }  # fmt: skip
    assert "blob" in str(found.notes[0])
    # Who reads it isn't kept.
    assert found.origin == f"postgresql://127.0.0.1:{city.port}/city?table=clinics"


def test_an_extent_and_a_limit_are_asked_of_the_server(city: Server) -> None:
    # Columns 1 to 500 lie between 106.30001 and 106.305; the edge belongs to it.
    found = read(city, "?table=clinics&bbox=106.3,29.4,106.305,29.6")
    assert sorted(found.table["id"]) == list(range(1, 501))
    found = read(city, "?table=plan.held&bbox=106.3,29.4,106.3001,29.6")
    assert sorted(found.table["id"]) == list(range(1, 11))
    found = read(city, "?table=clinics&limit=7")
    assert found.table["id"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert "Only the first 7 rows" in str(found.notes[0])
    assert read(city, "?table=plan.near&limit=10").notes == ()


def test_views_curves_and_rows_without_shape_are_read(city: Server) -> None:
    assert len(read(city, "?table=near").table) == 10
    held = read(city, "?table=plan.held")
    assert (held.crs, shapely.get_type_id(held.shapes[0])) == ("EPSG:4326", 0)
    mixed = read(city, "?table=mixed")
    assert mixed.shapes[0] is None
    assert shapely.get_type_id(mixed.shapes[1]) == 3


@pytest.mark.parametrize(
    ("more", "why", "hint"),
    [
        ("", "it has several tables: plan.held, plan.near, clinics, mixed, two", "?table="),
        ("?table=nothing", "it has no table nothing", "clinics"),
        # Of text that isn't a table's whole name nothing reaches the server.
        ("?table=clinics;DROP TABLE clinics", "it has no table", "clinics"),
        ("?table=secret", "it has no table secret", "clinics"),
        ("?table=two", "several coordinate systems: 4326, 4490", "view"),
    ],
)
def test_what_is_no_layer_is_refused(city: Server, more: str, why: str, hint: str) -> None:
    with pytest.raises(files.Unreadable) as caught:
        read(city, more)
    assert why in str(caught.value)
    assert hint in str(caught.value.hint)
    assert city.run("SELECT count(*) FROM clinics") == [(20_000,)]


def test_a_server_that_goes_away_in_mid_read_is_one_error_and_the_file_stays(
    city: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "city.gpkg"
    address = city.address("?table=clinics")
    assert run("layers", "import", f"{address}&limit=3", "--into", into)[0] == 0
    before = into.read_bytes()
    batches: list[int] = []
    plain = reading.read_table

    def end(rows: int) -> None:
        batches.append(rows)
        city.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='planner'")

    monkeypatch.setattr("sandbox.formats.reading.read_table", lambda one: plain(one, end))
    status, said = run("layers", "import", address, "--into", into, "--if-exists", "replace")
    assert (status, len(said.strip().splitlines())) == (2, 1)
    assert "the connection to the server broke" in said
    # It had begun: some rows had come, not all.
    assert 0 < batches[-1] < 20_000
    assert into.read_bytes() == before
    assert list(tmp_path.iterdir()) == [into]


def test_no_server_and_no_such_user_are_one_line_each(city: Server) -> None:
    for address, why in (
        ("postgresql://planner@127.0.0.1:9/city?table=a", "can't be reached"),
        (city.address("?table=a", user="nobody"), "refuses"),
        (f"postgresql://planner@127.0.0.1:{city.port}/village?table=a", "refuses"),
    ):
        status, said = run("layers", "import", address, "--into", "x.gpkg")
        assert (status, len(said.strip().splitlines())) == (2, 1)
        assert why in said
        assert not Path("x.gpkg").exists()


def run(*words: object) -> tuple[int, str]:
    told = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, words)])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.exit_code, told.output


def test_every_way_in_reads_it_commands_places_and_python(city: Server, tmp_path: Path) -> None:
    address = city.address()
    status, said = run("layers", "tables", address, "--json")
    tables = {one["table"]: one for one in json.loads(said)["tables"]}
    assert status == 0
    assert tables["clinics"] == {"table": "clinics", "geometry": "point", "srid": 4490}
    assert "plan.near" in tables
    into = tmp_path / "city.gpkg"
    status, said = run(
        "layers", "import", address, "--table", "clinics", "--limit", 4,
        "--bbox", "106.2,29.4,106.4,29.6", "--into", into,
    )  # fmt: skip
    assert status == 0, said
    assert "clinics: 4 features (PostGIS" in said
    with closing(sqlite3.connect(into)) as database:
        (told,) = database.execute("SELECT metadata FROM gpkg_metadata").fetchone()
    assert json.loads(told)["file"].startswith(f"postgresql://127.0.0.1:{city.port}/city?table=")
    assert "planner" not in told
    layer = api.read_layer(f"{address}?table=near")
    assert layer["name_zh"].tolist() == [f"诊所{one}" for one in range(1, 11)]
    # As origins, where any file may stand.
    status, said = run(
        "nearest", "--from", f"{address}:near", "--to", f"{address}:plan.near", "--json"
    )
    assert status == 0, said
    assert '"诊所1"' in said


def test_results_are_written_whole_and_not_over_others(city: Server) -> None:
    areas = gpd.GeoDataFrame(
        {"contour": [5, 10], "名": ["a", None], "speed_kmh": [4.8, float("nan")]},
        geometry=[shapely.box(106, 29, 107, 30), shapely.box(106, 29, 106.5, 29.5)],
        crs="EPSG:4326",
    )
    path = address_of(city.address("?table=reach")).path
    write_areas(path, areas)
    rows = 'SELECT contour, "名", speed_kmh, ST_SRID(geometry), ST_Area(geometry) FROM reach'
    assert city.run(rows) == [(5, "a", 4.8, 4326, 1.0), (10, None, None, 4326, 0.25)]
    with pytest.raises(ExportError, match="it already has a table reach"):
        write_areas(path, areas)
    add = address_of(city.address("?table=reach&exists=add")).path
    write_areas(add, areas.iloc[:1])
    assert city.run("SELECT count(*) FROM reach") == [(3,)]
    replace = address_of(city.address("?table=reach&exists=replace")).path
    write_areas(replace, areas.iloc[:1].to_crs("EPSG:3857"))
    assert city.run("SELECT count(*), round(ST_XMin(ST_Extent(geometry))) FROM reach") == [(1, 106)]
    # Of several layers each has a table, all or none: the second one isn't ours to replace.
    city.run("CREATE TABLE two_b (geometry geometry)")
    both = {"a": areas, "b": areas}
    with pytest.raises(ExportError):
        write_layers(address_of(city.address("?table=two&exists=replace")).path, both)
    assert city.run("SELECT to_regclass('public.two_a') IS NULL") == [(True,)]
    status, said = run(
        "isochrone", "--from", "106.3149,29.5149", "--minutes", 5,
        "-o", city.address("?table=public.isochrone"),
    )  # fmt: skip
    assert status == 0, said
    assert city.run("SELECT contour, ST_IsValid(geometry) FROM isochrone") == [(5, True)]
    told = read(city, "?table=isochrone")
    assert (told.crs, told.table["mode"].tolist()) == ("EPSG:4326", ["walk"])


def test_where_it_comes_from_is_the_tables_comment(city: Server) -> None:
    rows = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)], crs="EPSG:4326")
    where = address_of(city.address("?table=told"))
    writing.write_tables({where: rows}, {"source": "O'Brien; DROP TABLE clinics --"})
    ((said,),) = city.run("SELECT obj_description('told'::regclass)")
    assert json.loads(said) == {"source": "O'Brien; DROP TABLE clinics --"}
    assert city.run("SELECT count(*) FROM clinics") == [(20_000,)]


def test_passwords_come_from_environment_keyring_or_who_types(
    city: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    with pytest.raises(files.Unreadable, match="the server wants a password"):
        read(city, "?table=near")
    keyring.set_keyring(Ring(planner=PASSWORD))
    assert len(read(city, "?table=near").table) == 10
    keyring.set_keyring(Nothing())
    asked: list[str] = []

    def ask(address: object) -> str:
        asked.append(str(address))
        return PASSWORD

    with passwords.asking(ask):
        assert len(read(city, "?table=near").table) == 10
    assert len(asked) == 1
    # What was typed beforehand counts before what the environment says.
    monkeypatch.setenv("PGPASSWORD", "another")
    with passwords.using(PASSWORD):
        assert len(read(city, "?table=near").table) == 10


def test_no_log_error_traceback_or_file_says_a_password(
    city: Server,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    for wrong in (PASSWORD + "x", PASSWORD):
        with passwords.using(wrong):
            try:
                reading.read_table(address_of(city.address("?table=nothing")))
            except files.Unreadable:
                told.append("".join(traceback.format_exception(*sys.exc_info())))
    with passwords.using(PASSWORD):
        assert (
            run("layers", "import", city.address("?table=near"), "--into", tmp_path / "a.gpkg")[0]
            == 0
        )
    with pytest.raises(LayerError) as caught:
        api.read_layer(city.address("?table=near").replace("@", f":{PASSWORD}@"))
    told += [str(caught.value), "".join(traceback.format_exception(caught.value)), caplog.text]
    assert len(told) == 5
    held = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert PASSWORD not in "".join(told)
    assert PASSWORD.encode() not in held
