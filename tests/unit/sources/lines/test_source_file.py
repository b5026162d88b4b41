"""Files of lines as planners have them: encodings, coordinate systems, shapes of all kinds."""

import json
import struct
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sandbox.errors import NetworkError
from sandbox.formats import vector
from sandbox.formats.known import Known
from sandbox.geo.shifted import from_gcj02
from sandbox.sources.lines import source_file
from tests.support.drawn import drawn, table
from tests.support.drawn import shapefile as drawn_shapefile

ROWS = [
    ([(0, 0), (100, 0)], {"名称": "学府路", "等级": "支路"}),
    ([(100, 0), (100, 100)], {"名称": "大学城中路一段", "等级": "主干路"}),
]
read: Any = source_file.read
CHONGQING = (106.0, 29.2, 106.9, 30.0)
LONLAT = [[106.0, 29.5], [106.001, 29.5]]


def same_place(made: Any, rows: Any = ROWS):
    expected = table(rows, "EPSG:4326")
    for one, other in zip(made.geometry, expected.geometry, strict=True):
        assert shapely.get_coordinates(one) == pytest.approx(
            shapely.get_coordinates(other), abs=1e-8
        )


def shapefile(tmp_path: Path, encoding: Any = "utf-8", cpg: Any = "", crs: Any = "EPSG:4544"):
    """Write the rows to a Shapefile, and what names an encoding beside."""
    path = drawn_shapefile(tmp_path / "roads.shp", ROWS, encoding, crs)
    if cpg:
        path.with_suffix(".cpg").write_text(cpg)
    return path


@pytest.mark.parametrize(
    ("encoding", "cpg", "told"),
    [
        ("gbk", "", ["Texts are read as GB18030."]),
        ("gbk", "GBK", []),
        ("gbk", "936", []),
        ("gb2312", "GB2312", []),
        ("gbk", "UTF-8", ["Texts are read as GB18030."]),
        ("gbk", "ANSI 936", ["Texts are read as GB18030."]),
        ("utf-8", "", []),
        ("utf-8", "UTF-8", []),
        ("utf-8", "utf-8\n", []),
    ],
)
def test_chinese_texts_are_read_whatever_the_shapefile_says(
    tmp_path: Path, encoding: Any, cpg: Any, told: Any
):
    made, notes = read(shapefile(tmp_path, encoding, cpg))
    assert made["名称"].tolist() == ["学府路", "大学城中路一段"]
    assert made["等级"].tolist() == ["支路", "主干路"]
    assert [str(note) for note in notes] == told
    same_place(made)


def test_a_text_that_the_column_cuts_off_within_a_sign_is_read(tmp_path: Path):
    # Columns end after 254 bytes: 84 signs of three bytes, and two bytes of another.
    path = tmp_path / "roads.shp"
    cut_off = ("大学城中路" * 40).encode()[:254].decode("latin-1")
    drawn(path, [(ROWS[0][0], {"name": cut_off})], encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink()
    made, _ = read(path)
    assert made["name"].tolist() == [("大学城中路" * 40)[:84]]


@pytest.mark.parametrize("crs", ["EPSG:4544", "EPSG:4545", "EPSG:4523", "EPSG:4524", "EPSG:4490"])
@pytest.mark.parametrize("ending", [".shp", ".gpkg"])
def test_zones_with_and_without_number_on_both_sides_of_their_border(
    tmp_path: Path, crs: Any, ending: Any
):
    # 106.5° E, where zones 35 and 36 meet, is 45.3 km east of the worlds' corner.
    rows = [([(44_000, 0), (47_000, 0)], {"name": "a"}), ([(0, 0), (100, 0)], {"name": "b"})]
    made, notes = read(drawn(tmp_path / f"roads{ending}", rows, crs=crs))
    same_place(made, rows)
    assert made.geometry[0].bounds[0] < 106.5 < made.geometry[0].bounds[2]
    assert notes == []


@pytest.mark.parametrize(
    ("crs", "first"),
    [
        ("EPSG:4544", "1. EPSG:4544 (CGCS2000"),
        ("EPSG:4490", "1. EPSG:4326 (WGS 84)"),
    ],
)
def test_a_file_without_its_system_is_refused_with_what_the_numbers_look_like(
    tmp_path: Path, crs: Any, first: Any
):
    path = shapefile(tmp_path, crs=crs)
    path.with_suffix(".prj").unlink()
    with pytest.raises(NetworkError, match="doesn't state its coordinate system") as error:
        read(path, known=lambda: Known(CHONGQING))
    assert first in str(error.value)
    same_place(read(path, crs).table)


@pytest.mark.parametrize("crs", ["EPSG:4523", "EPSG:4524"])
def test_eastings_that_begin_with_their_zone_say_it(tmp_path: Path, crs: Any):
    path = shapefile(tmp_path, crs=crs)
    path.with_suffix(".prj").unlink()
    with pytest.raises(NetworkError, match=f"1. {crs} ") as error:
        read(path)
    assert f"for example: --crs {crs}" in str(error.value)


@pytest.mark.parametrize(
    ("said", "really", "likely"),
    [
        ("EPSG:4544", "EPSG:4523", "EPSG:4523"),
        ("EPSG:4523", "EPSG:4544", "EPSG:4544"),
        ("EPSG:4524", "EPSG:4545", "EPSG:4545"),
        ("EPSG:4544", "EPSG:4490", "EPSG:4326"),
    ],
)
def test_a_wrong_system_is_refused_with_what_the_numbers_look_like(
    tmp_path: Path, said: Any, really: Any, likely: Any
):
    path = shapefile(tmp_path, crs=really)
    with pytest.raises(NetworkError, match="lies outside the region of") as error:
        read(path, said, known=lambda: Known(CHONGQING))
    assert f"1. {likely} (" in str(error.value)


def test_shifted_lines_are_read_as_everywhere(tmp_path: Path):
    path = shapefile(tmp_path, crs="EPSG:4326")
    made, notes = read(path, "gcj02")
    expected = from_gcj02(shapely.get_coordinates(table(ROWS, "EPSG:4326").geometry.to_numpy()))
    assert shapely.get_coordinates(made.geometry.to_numpy()) == pytest.approx(expected, abs=1e-9)
    assert any("GCJ-02" in str(note) for note in notes)


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4544", "EPSG:4523"])
def test_swapped_axes_are_seen_and_told(tmp_path: Path, crs: Any):
    there: Any = table(ROWS, crs)
    there.geometry = there.geometry.apply(
        lambda one: shapely.transform(one, lambda xy: xy[:, ::-1])
    )
    there.to_file(tmp_path / "roads.gpkg", engine="pyogrio")
    made, notes = read(tmp_path / "roads.gpkg")
    same_place(made)
    assert [str(note) for note in notes] == ["Northings come before eastings; they were swapped."]


def test_strays_are_left_out_and_told(tmp_path: Path):
    strays = table([*ROWS, *ROWS], "EPSG:4544")
    strays.loc[2, "geometry"] = shapely.LineString([(0, 0), (10, 0)])
    strays.to_file(tmp_path / "roads.gpkg", engine="pyogrio")
    made, notes = read(tmp_path / "roads.gpkg")
    assert [one is None for one in made.geometry] == [False, False, True, False]
    (note,) = map(str, notes)
    assert note.startswith("Skipped 1 lines far outside the region of CGCS2000")
    assert note.endswith("rows 3.")


def test_zones_with_their_numbers_may_stand_beside_each_other(tmp_path: Path):
    there = table(ROWS, "EPSG:4523")
    there.loc[1, "geometry"] = table(ROWS, "EPSG:4524").geometry[1]
    there.to_file(tmp_path / "roads.gpkg", engine="pyogrio")
    same_place(read(tmp_path / "roads.gpkg").table)


@pytest.mark.parametrize("crs", ["EPSG:4544", "EPSG:4523"])
def test_metres_in_geojson_that_names_no_system(tmp_path: Path, crs: Any):
    there = table(ROWS, crs)
    features = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(one)}
        for one in there.geometry
    ]
    path = geojson(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(NetworkError, match="lies outside the region of WGS 84") as error:
        read(path, known=lambda: Known(CHONGQING))
    assert f"1. {crs} (" in str(error.value)
    same_place(read(path, crs).table)


def test_no_system_by_that_name(tmp_path: Path):
    path = drawn(tmp_path / "roads.gpkg", ROWS)
    with pytest.raises(NetworkError, match="“Chongqing” is not a coordinate system"):
        read(path, "Chongqing")


def test_heights_measures_and_empty_shapes(tmp_path: Path):
    shapes: Any = [
        shapely.LineString([(0, 0, 5), (100, 0, 6)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 6)]]),
        shapely.LineString(),
        None,
    ]
    shapes = [one if one is None else shapely.transform(
        one, lambda xyz: xyz + np.array([600_000, 3_270_000, 0][: xyz.shape[1]]),
        include_z=one.has_z,
    ) for one in shapes]  # fmt: skip
    gpd.GeoDataFrame({"name": list("abcd")}, geometry=shapes, crs="EPSG:32648").to_file(
        tmp_path / "roads.gpkg", engine="pyogrio"
    )
    made, _ = read(tmp_path / "roads.gpkg")
    assert not made.geometry[0].has_z
    assert len(made.geometry[1].geoms) == 2
    assert len(made) == 4


def test_a_shapefile_with_measures_is_read_without_a_word(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
):
    """The format's polylines with M: of type 23, after the points' a range and values."""
    path = shapefile(tmp_path)
    old, at = path.read_bytes(), 100
    records, offsets = b"", b""
    for row in range(len(ROWS)):
        (words,) = struct.unpack(">i", old[at + 4 : at + 8])
        points = old[at + 12 : at + 8 + 2 * words]
        at += 8 + 2 * words
        content = struct.pack("<i", 23) + points + struct.pack("<4d", 0, 9, 0, 9)
        length = struct.pack(">i", len(content) // 2)
        offsets += struct.pack(">i", (100 + len(records)) // 2) + length
        records += struct.pack(">i", row + 1) + length + content
    for ending, body in ((".shp", records), (".shx", offsets)):
        head = old[:24] + struct.pack(">i", (100 + len(body)) // 2) + old[28:32]
        head += struct.pack("<i", 23) + old[36:84] + struct.pack("<2d", 0, 9)
        path.with_suffix(ending).write_bytes(head + body)
    made, _ = read(path)
    same_place(made)
    assert len(recwarn) == 0


def test_layers_are_named(tmp_path: Path):
    path = tmp_path / "plan.gpkg"
    drawn(path, ROWS, layer="roads")
    drawn(path, ROWS, layer="pipes")
    table(ROWS).set_geometry(table(ROWS).buffer(1)).to_file(path, layer="blocks")
    with pytest.raises(NetworkError, match="several layers of lines: roads, pipes"):
        read(path)
    with pytest.raises(NetworkError, match=r"has no layer “rails”, but roads, pipes, blocks"):
        read(path, layer="rails")
    same_place(read(path, layer="roads").table)
    with pytest.raises(NetworkError, match="contains no lines"):
        read(path, layer="blocks")


def geojson(tmp_path: Path, text: Any, name: Any = "roads.geojson"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_what_is_no_file_of_lines_is_refused_in_one_error(tmp_path: Path):
    (tmp_path / "folder.shp").mkdir()
    points = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Point", "coordinates": LONLAT[0]},
            }
        ],
    }
    for name, text, said in (
        ("no.shp", None, "it doesn.t exist"),
        ("folder.shp", None, "it is a folder"),
        ("a.geojson", "not even JSON", "it is damaged, or of another type"),
        ("b.geojson", "{", "can't be read"),
        ("c.geojson", "{}", "can't be read"),
        ("d.geojson", json.dumps(points), "contains no lines"),
        ("roads.txt", "a road", "it contains no rows"),
        ("roads.new", "a road", "it is of an unknown type"),
        ("roads.gpkg", "SQLite format 3", "it is damaged, or of another type"),
    ):
        path = geojson(tmp_path, text, name) if text is not None else tmp_path / name
        with pytest.raises(NetworkError, match=said):
            read(path)


def test_a_file_that_would_have_others_read_is_refused(tmp_path: Path):
    other = drawn(tmp_path / "secret.gpkg", ROWS)
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='secret'><SrcDataSource>{other}</SrcDataSource>"
    path = geojson(tmp_path, vrt + "</OGRVRTLayer></OGRVRTDataSource>")
    with pytest.raises(NetworkError, match="a format that isn't supported"):
        read(path)


def test_a_shapefile_without_its_other_files_is_refused(tmp_path: Path):
    path = shapefile(tmp_path)
    path.with_suffix(".dbf").unlink()
    path.with_suffix(".shx").unlink()
    with pytest.raises(NetworkError, match=r"\.shx, \.dbf is missing beside it"):
        read(path)


def test_damaged_files_are_refused(tmp_path: Path):
    path = drawn(tmp_path / "roads.gpkg", ROWS)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(NetworkError, match="can't be read as street lines"):
        read(path)


@pytest.mark.parametrize("kind", [".shp", ".gpkg", ".geojson"])
def test_whatever_is_damaged_gives_an_answer_or_one_error(tmp_path: Path, kind: Any):
    whole = tmp_path / f"whole{kind}"
    if kind == ".shp":
        drawn_shapefile(whole, ROWS)
    else:
        drawn(whole, ROWS, crs="EPSG:4326")
    random = np.random.default_rng(20261125)
    ways = set()
    for _ in range(30):
        files = sorted(tmp_path.glob("whole.*"))
        for file in files:
            (tmp_path / f"bad{file.suffix}").write_bytes(file.read_bytes())
        bad = tmp_path / f"bad{files[random.integers(len(files))].suffix}"
        damaged = bytearray(bad.read_bytes())
        for at in random.integers(len(damaged), size=random.integers(1, 30)):
            damaged[at] = random.integers(256)
        bad.write_bytes(damaged[: random.integers(1, 2 * len(damaged))])
        try:
            assert len(read(tmp_path / f"bad{kind}").table)
            ways.add("answer")
        except NetworkError:
            ways.add("error")
    assert "error" in ways


def test_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = drawn(tmp_path / "roads.gpkg", ROWS)
    for limit in ("_MAX_LINES", "_MAX_POINTS"):
        with monkeypatch.context() as small:
            small.setattr(source_file, limit, 1)
            with pytest.raises(NetworkError, match="too large"):
                read(path)
    monkeypatch.setattr(vector, "MAX_BYTES", 1)
    with pytest.raises(NetworkError, match="it is larger than"):
        read(path)
    monkeypatch.setattr(vector, "MAX_TEXT_BYTES", 1)
    with pytest.raises(NetworkError, match="it is larger than"):
        read(geojson(tmp_path, '{"type": "FeatureCollection", "features": []}'))
