"""Styles in a project: one a layer as the map draws it; a person's own are left alone."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sandbox.catalog.symbology import Symbology
from sandbox.projects.store import read, save
from tests.support.cities import city, clinics


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


def styles(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall())


def test_qgis_is_told_the_look_that_a_user_chose_and_of_its_end(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    plain = styles(stored.path)
    assert 'type="singleSymbol"' in plain["clinics"]
    by_class = Symbology(column="accuracy_m", breaks=(3.0, 5.0), colours=("#112233", "#445566"))
    chosen = replace(stored.project, symbologies={"clinics": by_class})
    after = save(stored.path, chosen, read(stored.path))
    told = styles(stored.path)
    assert 'attr="accuracy_m"' in told["clinics"]
    assert told["clinics"].count("<range ") == 2
    assert told["lakes"] == plain["lakes"]
    save(stored.path, replace(chosen, symbologies={}), after)
    assert styles(stored.path) == plain
