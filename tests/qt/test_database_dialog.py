"""Tables of a real PostGIS, opened in the window by hand; and what stays where it goes away."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from sandbox.app.document_json import document_values
from sandbox.ui.own.database_dialog import DatabaseDialog
from sandbox.ui.own.dialog import OpenDialog
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.support.postgis import PASSWORD, Server, programs, server

FOUND = programs()
pytestmark = pytest.mark.skipif(FOUND is None, reason="no PostgreSQL with PostGIS is installed")
Left = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def city() -> Generator[Server]:
    assert FOUND is not None
    lon, lat = at(0, 0)
    # Three in sight, and one hundreds of kilometres away.
    rows = [(n, f"站{n}", lon + n * 0.0001, lat) for n in (1, 2, 3)] + [(9, "远", 110.0, lat)]
    with server(FOUND) as made:
        made.run(
            'CREATE TABLE clinics (id int PRIMARY KEY, "名称" text, geom geometry(Point, 4326))',
            "CREATE FUNCTION spot(lon float8, lat float8) RETURNS geometry AS"
            " 'SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326)' LANGUAGE sql",
            *(
                f"INSERT INTO clinics VALUES ({n}, '{name}', spot({lon}, {lat}))"  # noqa: S608
                for n, name, lon, lat in rows
            ),
            "CREATE TABLE other (geom geometry(Point, 4326))",
            "GRANT SELECT ON clinics, other TO planner",
        )
        yield made


@pytest.fixture
def window(qtbot, monkeypatch):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/dev/null")
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1600, 900)) as made:
        yield made


def asked(window, city: Server) -> DatabaseDialog:
    window._actions["open_database"].trigger()
    dialog = one(window, DatabaseDialog)
    dialog.address.setFocus()
    QTest.keyClicks(dialog.address, city.address())
    dialog.password.setText(PASSWORD)  # QTest types Latin letters only
    return dialog


def press(dialog, text: str) -> None:
    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    QTest.mouseClick(found, Left)


def test_a_table_is_chosen_from_the_servers_and_put_on_the_map(window, city):
    dialog = asked(window, city)
    press(dialog, "列出数据表")
    window.rest()
    assert [dialog.table.itemText(n) for n in range(dialog.table.count())] == ["clinics", "other"]
    dialog.table.setCurrentText("clinics")
    dialog.only_extent.setChecked(True)
    press(dialog, "打开")
    window.rest()
    opened = one(window, OpenDialog)
    # Of four rows one lies hundreds of kilometres off the screen.
    assert opened.drafts()[0].read.table["id"].tolist() == [1, 2, 3]
    QTest.mouseClick(opened.put_button, Left)
    window.rest()
    layer = window.session.atlas.layers["clinics"]
    assert layer.features["name_zh"].tolist() == ["站1", "站2", "站3"]
    assert layer.record["file"].startswith(f"postgresql://127.0.0.1:{city.port}/city?table=clinics")
    # Neither the map nor what a project keeps of it says the password, or who read it.
    kept = f"{layer.record}{document_values(window.session.state.document)}"
    assert PASSWORD not in kept
    assert "planner@" not in kept


def test_a_server_that_is_gone_leaves_the_map_as_it_is(window, city, monkeypatch):
    before = window.session.atlas
    dialog = asked(window, city)
    dialog.table.setCurrentText("clinics")

    def end(*_: object) -> None:
        city.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='planner'")

    # In mid-read: its table is known, its rows aren't.
    monkeypatch.setattr("sandbox.formats.postgis.reading._key", end)
    press(dialog, "打开")
    window.rest()
    opened = one(window, OpenDialog)
    assert "与服务器的连接中断" in opened.fault.text()
    assert PASSWORD not in opened.fault.text()
    assert not opened.put_button.isEnabled()
    opened.reject()
    assert window.session.atlas is before


def test_a_password_in_the_address_is_refused_and_not_shown(window, city):
    dialog = asked(window, city)
    dialog.address.setText(city.address().replace("@", f":{PASSWORD}@"))
    press(dialog, "列出数据表")
    assert "地址中写有密码" in dialog.fault.text()
    assert PASSWORD not in dialog.fault.text()
