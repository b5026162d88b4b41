"""Styles in QML: what QGIS's reader looks for, one a layer, and a person's own are left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

from sandbox.projects.store import save
from sandbox.projects.styles import qml_of
from tests.support.cities import city, clinics, lakes


def test_each_kind_of_geometry_has_its_symbol() -> None:
    for one, kind, symbol in (
        (clinics(), "marker", "SimpleMarker"),
        (lakes(), "fill", "SimpleFill"),
    ):
        top = ElementTree.fromstring((qml_of(one) or "").split("\n", 1)[1])  # noqa: S314 - our own
        found = top.find("renderer-v2/symbols/symbol")
        assert found is not None
        assert found.get("type") == kind
        assert [part.get("class") for part in found] == [symbol]
    water = {part.get("name"): part.get("value") for part in top.iter("Option")}
    assert water["color"] == "185,216,232,255"


def test_a_style_that_a_person_made_default_in_qgis_stays_default(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    with closing(sqlite3.connect(stored.path)) as database, database:
        database.execute("UPDATE layer_styles SET owner='planner', styleName='mine'")
    layers = {"clinics": clinics(9), "lakes": stored.project.layers["lakes"]}
    save(stored.path, type(stored.project)(stored.project.title, layers), stored)
    with closing(sqlite3.connect(stored.path)) as database:
        found = database.execute(
            "SELECT f_table_name, styleName, useAsDefault FROM layer_styles ORDER BY id"
        ).fetchall()
    assert found == [("lakes", "mine", 1), ("clinics", "sandbox", 1)]
