import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio import Affine

from sandbox import paths
from sandbox.catalog import folder
from sandbox.errors import LayerError
from sandbox.words import words_of

TOML = """
id = "ponds"
group = "base"
geometry = "polygon"
data = "ponds.geojson"
order = 7
licence = "CC BY 4.0"

[title]
zh = "池塘"
en = "Ponds"

[kinds]
pond = { zh = "池塘", en = "Pond" }

[[columns]]
name = "depth_m"
type = "number"
unit = "m"
zh = "水深"
en = "Depth"

[style]
fill = "water"

[[legend]]
zh = "池塘"
en = "Ponds"
where = { kind = "pond" }

[provenance]
zh = "测试"
en = "A test"
"""


def pond(identity: str = "a", west: float = 106.0, **changes: Any) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": identity,
        "name_zh": "池塘",
        "name_en": "Pond",
        "kind": "pond",
        "status": "operating",
        "opened": "2022-06",
        "source": "measured",
        "accuracy_m": 5,
        "note_zh": "浅",
        "note_en": "Shallow",
        "depth_m": 1.5,
    }
    ring = [[west, 29.0], [west + 0.1, 29.0], [west + 0.1, 29.1], [west, 29.0]]
    geometry = changes.pop("geometry", {"type": "Polygon", "coordinates": [ring]})
    return {"type": "Feature", "properties": properties | changes, "geometry": geometry}


def written(root: Path, toml: str = TOML, *ponds: dict[str, Any], **top: Any) -> Path:
    root = root / "ponds"
    root.mkdir()
    (root / "layer.toml").write_text(toml, "utf-8")
    whole = {"type": "FeatureCollection", **top, "features": list(ponds or [pond()])}
    (root / "ponds.geojson").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    return root


def said(root: Path) -> list[str]:
    return [str(fault) for fault in folder.check(root)]


def test_a_good_folder_becomes_a_layer(tmp_path: Path) -> None:
    root = written(tmp_path, TOML, pond(), pond("b", opened=None, note_zh=None, note_en=None))
    assert said(root) == []
    layer = folder.load(root)
    assert (layer.id, layer.group, layer.geometry) == ("ponds", "base", "polygon")
    assert layer.title.said("zh") == "池塘"
    assert layer.kinds["pond"].en == "Pond"
    assert layer.style.fill == "water"
    assert layer.columns[0].unit == "m"
    assert layer.shown
    assert not layer.schematic
    features = layer.features
    assert features is not None
    assert features.crs == "EPSG:4326"
    assert features["opened"].tolist() == ["2022-06", None]
    assert features["note_en"].tolist() == ["Shallow", ""]
    assert features["accuracy_m"].tolist() == [5.0, 5.0]
    assert features["depth_m"].tolist() == [1.5, 1.5]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("2022-06-25", "2022-06-25"), ("2022", "2022"), (2022, "2022"), (None, None)],
)
def test_dates_and_years_stay_as_they_are_written(
    tmp_path: Path, given: object, kept: str | None
) -> None:
    layer = folder.load(written(tmp_path, TOML, pond(opened=given)))
    assert layer.features is not None
    assert layer.features["opened"].tolist() == [kept]


def test_heights_of_coordinates_are_left_out(tmp_path: Path) -> None:
    ring = [[106.0, 29.0, 300.0], [106.1, 29.0, 300.0], [106.1, 29.1, 300.0], [106.0, 29.0, 300.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    layer = folder.load(written(tmp_path, TOML, pond(geometry=shape)))
    assert layer.features is not None
    assert not layer.features.geometry.has_z.any()


def test_gates_are_points_where_there_are_any(tmp_path: Path) -> None:
    gates = [[106.0, 29.0], [106.1, 29.05]]
    layer = folder.load(written(tmp_path, TOML, pond(gates=gates), pond("b", gates=None)))
    assert layer.features is not None
    with_gates, without = layer.features["gates"]
    assert [list(point.coords[0]) for point in with_gates.geoms] == gates
    assert without is None


@pytest.mark.parametrize("gates", ["106,29", [106.0, 29.0], [[106.0]], [[29.0, 106.0]], [["a", 1]]])
def test_gates_that_are_no_positions_are_a_fault(tmp_path: Path, gates: object) -> None:
    faults = said(written(tmp_path, TOML, pond(gates=gates), pond("b", gates=[[106.0, 29.0]])))
    assert [one for one in faults if one.startswith("gates is not a list of [longitude, latitude]")]


def test_every_fault_of_the_description_and_the_data_comes_at_once(tmp_path: Path) -> None:
    toml = (
        TOML.replace('group = "base"', 'group = "ground"')
        .replace('en = "Ponds"\n\n[kinds]', "\n[kinds]")
        .replace("order = 7", 'order = "seven"')
        .replace('licence = "CC BY 4.0"', 'licence = " "\ncolour = "blue"')
        .replace('fill = "water"', 'fill = "wet"\ncategory = "pool"\nline = "wavy"\nlabel = 1')
        .replace("[[legend]]", '[[legend]]\nzh = ""\nen = "None"\n\n[[legend]]')
    )
    crossed = [[106.0, 29.0], [106.1, 29.1], [106.1, 29.0], [106.0, 29.1], [106.0, 29.0]]
    metric = [[356000.0, 3250000.0], [356100.0, 3250000.0], [356100.0, 3250100.0]]
    root = written(
        tmp_path,
        toml,
        pond("a", name_zh="", depth_m="deep"),
        pond("a", name_en=" ", source=None, kind=None),
        pond("B b", status="open", opened="last year", kind="puddle"),
        pond("c", accuracy_m=0, note_en=None, extra=1),
        pond("d", geometry={"type": "Polygon", "coordinates": [crossed]}),
        pond("e", geometry={"type": "Polygon", "coordinates": [[*metric, metric[0]]]}),
        pond("f", geometry={"type": "Point", "coordinates": [106.0, 29.0]}),
        pond("g", geometry=None),
    )
    choices = "operating, construction, planned, schematic"
    assert sorted(said(root)) == sorted(
        [
            "group is 'ground', not one of 'function', 'transport', 'base', 'table', 'own'",
            "title.en is missing",
            "order is 'seven', not a whole number",
            "licence is empty",
            "colour is not a valid key for a layer",
            "style.fill is 'wet', not one of 'park', 'green', 'water', 'site', 'building', "
            "'rock', 'ground_high'",
            "style.category is 'pool', not one of 'park', 'lab', 'housing', 'service', "
            "'university', 'industry', 'rail', 'support', 'landmark', 'own'",
            "style.line is 'wavy', not one of 'road', 'tunnel', 'metro', 'corridor', 'river', "
            "'boundary'",
            "style.label is 1, neither true nor false",
            "legend[1].zh is empty",
            "column extra is not declared in layer.toml",
            "name_zh is empty (a)",
            "name_en is empty (a)",
            "source is empty (a)",
            "kind is empty (a)",
            "id is used more than once (a)",
            "id may only contain a-z, 0-9, _, - and . (B b)",
            "kind puddle has no name in layer.toml",
            f"status is open, not one of {choices} (B b)",
            "opened is neither an ISO date nor a year (B b)",
            "accuracy_m is not a number above zero (c)",
            "the note is given in one language only (c)",
            "depth_m is not of type number (a, a, B b, c, d +3)",
            "there is no geometry (g)",
            "the geometry is not that of a polygon layer (f)",
            "the geometry is not valid: Self-intersection[106.05 29.05] (d)",
            "coordinates are not longitude, latitude in degrees (e)",
        ]
    )
    with pytest.raises(LayerError) as caught:
        folder.load(root)
    assert len(caught.value.faults) == len(folder.check(root))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "ponds"', 'id = "lakes"', "id is lakes, but the folder is called ponds"),
        ('id = "ponds"', 'id = "Ponds"', "id is 'Ponds'; only a-z, 0-9 and _ are allowed"),
        ('id = "ponds"', "id = 5", "id is 5, not text"),
        (
            'data = "ponds.geojson"',
            'data = "../ponds.geojson"',
            "data is '../ponds.geojson', not the name of a file in the folder",
        ),
        (
            'data = "ponds.geojson"',
            'data = "/etc/ponds.geojson"',
            "data is '/etc/ponds.geojson', not the name of a file in the folder",
        ),
        ('data = "ponds.geojson"', 'data = "lost.geojson"', "lost.geojson is not in the folder"),
        ('data = "ponds.geojson"', "", "data is missing"),
        (
            'geometry = "polygon"',
            'geometry = "table"',
            "data of geometry table must be a .csv file",
        ),
        (
            'geometry = "polygon"',
            'geometry = "cube"',
            "geometry is 'cube', not one of 'point', 'line', 'polygon', 'mixed', 'grid', "
            "'table', 'network'",
        ),
        (
            'name = "depth_m"',
            'name = "kind"',
            "column kind exists in every layer and must not be declared",
        ),
        ('name = "depth_m"', 'name = "width_m"', "column width_m is missing"),
        (
            'name = "depth_m"',
            'name = "width_m"',
            "column depth_m is not declared in layer.toml",
        ),
        ('type = "number"', 'type = "text"', "depth_m is not of type text (a)"),
        ('type = "number"', 'type = "integer"', "depth_m is not of type integer (a)"),
        ('type = "number"', 'type = "date"', "depth_m is not of type date (a)"),
        ('type = "number"', 'type = "boolean"', "depth_m is not of type boolean (a)"),
        (
            'kind = "pond" }',
            'kind = "lake" }',
            "no feature corresponds to the legend entry Ponds (kind = lake)",
        ),
        ("[[legend]]", "[legend]", "legend is {'zh': '池塘', 'en': 'Ponds', 'where': "),
        ("[title]", "[[title]]", "title is [{'zh': '池塘', 'en': 'Ponds'}], not a table"),
        (
            'fill = "water"',
            "below_m_px = 0",
            "style.below_m_px is 0, not a number above zero",
        ),
        (
            'fill = "water"',
            'line = "road"',
            "column road_class is missing: lines of style road need it",
        ),
        ("[title]", "[title", "layer.toml is not valid TOML ("),
    ],
)
def test_a_fault_is_named_where_it_is(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in TOML
    faults = said(written(tmp_path, TOML.replace(old, new, 1)))
    assert [one for one in faults if one.startswith(fault)]


def test_a_legend_without_words_is_a_fault(tmp_path: Path) -> None:
    start, end = TOML.index("[[legend]]"), TOML.index("[provenance]")
    assert said(written(tmp_path, TOML[:start] + TOML[end:])) == ["the legend has no text"]


def test_lines_need_the_words_of_their_style(tmp_path: Path) -> None:
    toml = (
        TOML.replace('"polygon"', '"line"')
        .replace('fill = "water"', 'line = "road"')
        .replace('name = "depth_m"\ntype = "number"', 'name = "road_class"\ntype = "text"')
    )
    shape = {"type": "LineString", "coordinates": [[106.0, 29.0], [106.1, 29.0]]}
    lane = pond(geometry=shape, road_class="lane")
    street = pond("b", geometry=shape, road_class="street")
    for one in (lane, street):
        del one["properties"]["depth_m"]
    root = written(tmp_path, toml, lane, street)
    assert said(root) == ["road_class holds a value that lines of style road don't support (a)"]


def test_other_coordinate_systems_are_refused_by_name(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4544"}}
    faults = said(written(tmp_path, TOML, pond(), crs=crs))
    assert len(faults) == 1
    assert faults[0].startswith("the data is in ")
    assert "4544" in faults[0]


def test_the_system_that_qgis_writes_is_wgs_84(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert said(written(tmp_path, TOML, pond(), crs=crs)) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"type": "FeatureCollection"}', "\0\1\2"])
def test_a_file_that_is_no_geojson_is_one_fault(tmp_path: Path, content: str) -> None:
    root = written(tmp_path)
    (root / "ponds.geojson").write_text(content)
    assert len(said(root)) == 1


def test_data_without_features_is_one_fault(tmp_path: Path) -> None:
    root = written(tmp_path)
    (root / "ponds.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    assert said(root) == ["the data contains no features"]


def test_a_description_that_is_not_utf_8_is_one_fault(tmp_path: Path) -> None:
    root = written(tmp_path)
    (root / "layer.toml").write_bytes(TOML.encode("gbk"))
    assert said(root) == ["layer.toml can't be read: it isn't text in UTF-8"]


def test_data_in_another_encoding_is_one_fault(tmp_path: Path) -> None:
    root = written(tmp_path)
    (root / "ponds.geojson").write_bytes((root / "ponds.geojson").read_text("utf-8").encode("gbk"))
    assert said(root) == ["ponds.geojson is not UTF-8 text"]


def test_a_description_that_is_nested_without_end_is_one_fault(tmp_path: Path) -> None:
    root = written(tmp_path, "a = " + "[" * 100_000)
    assert len(said(root)) == 1


@pytest.mark.parametrize("name", ["layer.toml", "ponds.geojson"])
@given(at=st.floats(0, 1, exclude_max=True), new=st.binary(max_size=4), lost=st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_no_damage_gets_past_the_check(
    tmp_path_factory: pytest.TempPathFactory, name: str, at: float, new: bytes, lost: int
) -> None:
    root = written(tmp_path_factory.mktemp("damaged"))
    whole = (root / name).read_bytes()
    place = int(at * len(whole))
    (root / name).write_bytes(whole[:place] + new + whole[place + lost :])
    if said(root):
        with pytest.raises(LayerError):
            folder.load(root)
    else:
        folder.load(root)


def test_a_folder_without_a_description_is_one_fault(tmp_path: Path) -> None:
    assert said(tmp_path) == ["layer.toml is not in the folder"]


def test_data_above_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_DATA_AT_MOST_BYTES", 10)
    assert "above the limit" in said(written(tmp_path))[0]


TABLE = (
    TOML[: TOML.index("[kinds]")]
    .replace('geometry = "polygon"', 'geometry = "table"')
    .replace("ponds.geojson", "ponds.csv")
    + TOML[TOML.index("[[columns]]") : TOML.index("[style]")]
    + TOML[TOML.index("[provenance]") :]
)


def test_a_table_holds_figures_without_a_place(tmp_path: Path) -> None:
    root = written(tmp_path, TABLE)
    rows = "id,name_zh,name_en,source,depth_m\na,深,Deep,measured,2.5\nb,浅,Shallow,measured,\n"
    (root / "ponds.csv").write_text(rows, "utf-8-sig")
    table = folder.load(root).table
    assert table is not None
    assert table["depth_m"].tolist()[0] == 2.5
    assert table["name_zh"].tolist() == ["深", "浅"]


def test_faults_of_a_table_come_at_once(tmp_path: Path) -> None:
    root = written(tmp_path, TABLE)
    (root / "ponds.csv").write_text("id,name_zh,source,depth_m\na,,x,deep\na,水,x,1\n", "utf-8")
    assert said(root) == [
        "column name_en is missing",
        "name_zh is empty (a)",
        "id is used more than once (a)",
        "depth_m is not of type number (a, a)",
    ]


@pytest.mark.parametrize("content", [b"", b'id,name_zh\n"a', "id\n深".encode("gbk")])
def test_a_file_that_is_no_table_is_one_fault(tmp_path: Path, content: bytes) -> None:
    root = written(tmp_path, TABLE)
    (root / "ponds.csv").write_bytes(content)
    assert len(said(root)) == 1


GRID = TOML[: TOML.index("[kinds]")].replace('geometry = "polygon"', 'geometry = "grid"').replace(
    "ponds.geojson", "ponds.tif"
) + TOML[TOML.index("[style]") :].replace('where = { kind = "pond" }', "")


def raster(path: Path, values: np.ndarray, crs: str = "EPSG:4326") -> None:
    rows, columns = values.shape
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=columns,
        height=rows,
        count=1,
        dtype="float32",
        crs=crs,
        nodata=-9999.0,
        transform=Affine(0.3 / columns, 0.0, 106.0, 0.0, -0.2 / rows, 29.2),
    ) as target:
        target.write(values.astype("float32"), 1)


def test_a_grid_comes_north_first_and_without_nodata(tmp_path: Path) -> None:
    root = written(tmp_path, GRID)
    raster(root / "ponds.tif", np.array([[1.0, 2.0, 3.0], [4.0, -9999.0, 6.0]]))
    grid = folder.load(root).grid
    assert grid is not None
    np.testing.assert_array_equal(grid.values, [[1.0, 2.0, 3.0], [4.0, np.nan, 6.0]])
    assert grid.values.dtype == np.float32
    assert grid.bounds_lonlat == pytest.approx((106.0, 29.0, 106.3, 29.2))


def test_a_grid_in_metres_or_too_large_or_broken_is_one_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path, GRID)
    raster(root / "ponds.tif", np.ones((2, 3)), crs="EPSG:32648")
    assert said(root) == ["the data is in EPSG:32648, not in WGS 84 (EPSG:4326)"]
    raster(root / "ponds.tif", np.ones((2, 3)))
    monkeypatch.setattr(folder, "_CELLS_AT_MOST", 5)
    assert "million cells" in said(root)[0]
    (root / "ponds.tif").write_bytes(b"II*\0")
    assert said(root) == ["ponds.tif can't be read as GeoTIFF"]


def test_layers_come_lowest_first(tmp_path: Path) -> None:
    for name, order in (("b", 2), ("a", 2), ("c", 1)):
        root = written(tmp_path, TOML.replace('"ponds"', f'"{name}"').replace("= 7", f"= {order}"))
        root.rename(tmp_path / name)
    assert list(folder.load_all(tmp_path)) == ["c", "a", "b"]


def test_faults_of_all_folders_come_at_once_in_the_users_language(tmp_path: Path) -> None:
    root = written(tmp_path, TOML.replace('licence = "CC BY 4.0"', ""))
    shutil.copytree(root, tmp_path / "lakes")
    with pytest.raises(LayerError) as caught:
        folder.load_all(tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [
        "lakes: licence is missing",
        "ponds: licence is missing",
    ]
    assert "ponds：缺少 licence" in caught.value.said(words_of("zh"))


NETWORK = GRID.replace('"grid"', '"network"').replace("ponds.tif", "ponds.sandnet")


def test_the_check_opens_the_network_file_too(tmp_path: Path) -> None:
    root = written(tmp_path, NETWORK)
    assert said(root) == ["ponds.sandnet is not in the folder"]
    (root / "ponds.sandnet").write_bytes(b"no streets")
    assert len(said(root)) == 1
    assert "ponds.sandnet" in said(root)[0]
    shutil.copy(paths.layers() / "streets" / "streets.sandnet", root / "ponds.sandnet")
    assert said(root) == []
    assert folder.load(root).features is None


def test_what_can_be_used_comes_with_the_faults_of_the_rest(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "layer.toml").write_text("id = ", "utf-8")
    layers, faults = folder.load_usable(tmp_path)
    assert list(layers) == ["ponds"]
    assert len(faults) == 1
    assert str(faults[0]).startswith("broken: ")
    with pytest.raises(LayerError):
        folder.load_all(tmp_path)
