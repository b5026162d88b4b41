"""Rows taken out, read back by the programs that they are for."""

import json
import sqlite3
from contextlib import closing
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import python_calamine
import rasterio
from pyarrow import parquet

from sandbox.app.atlas import Atlas
from sandbox.app.own.layers import layer_of
from sandbox.app.own.table import table_of
from sandbox.catalog.symbology import Symbology
from sandbox.errors import ExportError
from sandbox.export.own.rows import PARQUET_KEY, endings, write_grid, write_rows, write_style
from sandbox.formats.geopackage import provenance_of
from tests.support.atlas import at, small_atlas
from tests.unit.app.own.test_layers import imported


@pytest.fixture(scope="module")
def atlas():
    whole = small_atlas()
    own = layer_of(imported(capacity=[3.0, 5.0], 备注=["甲", None]), whole.layers)
    return Atlas({**whole.layers, own.id: own}, whole.network)


@pytest.fixture(scope="module")
def table(atlas):
    return table_of(atlas, "clinics")


BY_CLASS = Symbology(
    column="capacity", breaks=(3.0, 5.0), colours=("#112233", "#445566"), method="natural",
    finest_m_px=1.0, coarsest_m_px=100.0,
)  # fmt: skip


def test_a_geopackage_has_the_rows_their_look_and_where_they_come_from(table, tmp_path):
    path = tmp_path / "out.gpkg"
    write_rows(path, table, np.array([1, 0]), "zh", BY_CLASS)
    back = pyogrio.read_dataframe(path, layer="clinics")
    assert back["name_zh"].tolist() == ["站1", "站0"]
    assert back.geometry.iloc[0].coords[0] == pytest.approx(at(100, 0))
    told = provenance_of(path)["clinics"]
    assert told["crs"]["chosen_by"] == "user"
    assert told["rows"]["taken_out"] == 2
    with closing(sqlite3.connect(path)) as database:
        (style, default, column) = database.execute(
            "SELECT styleQML, useAsDefault, f_geometry_column FROM layer_styles"
        ).fetchone()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert (default, column) == (1, "geom")
    assert 'attr="capacity"' in style
    # Another layer comes beside it; the same one takes its own place.
    write_rows(path, table, np.array([0]), "zh", Symbology())
    assert [name for name, _ in pyogrio.list_layers(path)] == ["clinics", "layer_styles"]
    assert len(pyogrio.read_dataframe(path, layer="clinics")) == 1


def test_geojson_parquet_and_csv_hold_the_same(table, tmp_path):
    every = np.arange(2)
    for name in ("a.geojson", "a.parquet", "a.csv"):
        write_rows(tmp_path / name, table, every, "en")
    for back in (
        gpd.read_file(tmp_path / "a.geojson"),
        gpd.read_parquet(tmp_path / "a.parquet"),
    ):
        assert back.crs.to_epsg() == 4326
        assert back["capacity"].tolist() == [3.0, 5.0]
        assert back.geometry.iloc[1].coords[0] == pytest.approx(at(100, 0))
    flat = pd.read_csv(tmp_path / "a.csv")
    assert flat["lon"].tolist() == pytest.approx([at(0, 0)[0], at(100, 0)[0]], abs=1e-7)
    assert flat["备注"].tolist()[0] == "甲"


def test_every_format_says_where_its_rows_come_from(table, tmp_path):
    for name in ("a.geojson", "a.parquet", "a.csv", "a.xlsx"):
        write_rows(tmp_path / name, table, np.array([1]), "zh")
    beside = json.loads((tmp_path / "a.provenance.json").read_text("utf-8"))
    held = parquet.read_schema(tmp_path / "a.parquet").metadata
    assert (beside["rows"]["taken_out"], beside["crs"]["chosen_by"]) == (1, "user")
    assert json.loads(held[PARQUET_KEY]) == beside
    assert json.loads((tmp_path / "a.geojson").read_text("utf-8"))["provenance"] == beside
    # What GeoParquet says of its shapes stays.
    assert json.loads(held[b"geo"])["primary_column"] == "geometry"
    with python_calamine.CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")) as book:
        rows = dict(row[:2] for row in book.get_sheet_by_name("数据来源").to_python()[2:])
    assert rows["crs.chosen_by"] == "user"
    assert rows["rows.taken_out"] == "1"
    # The table itself has no line that isn't a row.
    assert len(pd.read_csv(tmp_path / "a.csv")) == 1


def test_a_workbook_is_typed_with_a_row_of_units_that_stays_in_view(table, tmp_path):
    path = tmp_path / "a.xlsx"
    write_rows(path, table, np.arange(2), "zh")
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheet = book.get_sheet_by_index(1).to_python()
    head, units = sheet[0], sheet[1]
    capacity, lon = head.index("容量"), head.index("经度")
    assert units[lon] == "°"
    assert [row[capacity] for row in sheet[2:]] == [3.0, 5.0]
    assert isinstance(sheet[2][lon], float)
    facts = dict(row[:2] for row in book.get_sheet_by_index(0).to_python())
    assert facts["文件"] == "clinics.csv"


def test_areas_go_into_tables_as_text_and_results_have_their_facts(atlas, tmp_path):
    write_rows(tmp_path / "a.csv", table_of(atlas, "housing"), np.arange(1), "zh")
    assert pd.read_csv(tmp_path / "a.csv")["wkt"][0].startswith("POLYGON")
    assert endings(None, atlas.layers["relief"]) == (".tif",)


def test_heights_are_a_geotiff_of_the_same_figures(atlas, tmp_path):
    relief = atlas.layers["relief"]
    write_grid(tmp_path / "a.tif", relief)
    with rasterio.open(tmp_path / "a.tif") as back:
        assert back.crs.to_epsg() == 4326
        assert (back.read(1) == relief.grid.values).all()
        assert tuple(back.bounds) == pytest.approx(relief.grid.bounds_lonlat)
    with pytest.raises(ExportError):
        write_grid(tmp_path / "b.tif", atlas.layers["labs"])


def test_an_ending_that_nobody_writes_is_refused(table, tmp_path):
    with pytest.raises(ExportError, match="files of this type"):
        write_rows(tmp_path / "a.dwg", table, np.arange(1), "zh")


def test_a_style_says_classes_names_and_scales_as_qgis_reads_them(atlas, tmp_path):
    layer = atlas.layers["clinics"]
    write_style(tmp_path / "a.qml", layer, BY_CLASS, "zh")
    text = (tmp_path / "a.qml").read_text("utf-8")
    root = ElementTree.fromstring(text.partition("\n")[2])  # noqa: S314
    made = root.find("renderer-v2")
    assert made.get("type") == "graduatedSymbol"
    assert [one.get("upper") for one in made.iter("range")] == ["3", "5"]
    assert len(list(made.iter("symbol"))) == 2
    # 100 metres a pixel of 0.28 mm is 1 to 357,143.
    assert (root.get("minScale"), root.get("maxScale")) == ("357143", "3571")
    assert root.find("labeling/settings/text-style").get("fieldName") == "name_zh"
