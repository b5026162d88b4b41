"""Every option of places reads positions, names, layers and files alike."""

import geopandas as gpd
import pytest
from click.testing import CliRunner
from shapely import Point

from sandbox.catalog.folder import load_all
from sandbox.catalog.names import kinds_named
from sandbox.cli import sandbox
from sandbox.cli.parts.origins import read_place, read_places
from sandbox.errors import AnalysisError


def written(path, **columns):
    points = [Point(106.3 + 0.01 * one, 29.6) for one in range(len(columns["id"]))]
    gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326").to_file(path)
    return str(path)


def test_all_that_may_be_said_is_read_in_its_order(tmp_path):
    file = written(tmp_path / "own.geojson", id=["a", "b"], name=["甲", None], kind=["x", "y"])
    found = read_places(["106.31,29.51", "金凤实验室", file, "talent_housing"])
    assert found.table["id"].tolist() == [
        *("106.310000,29.510000", "jinfeng_laboratory", "a", "b", "boya")
    ]
    assert found.table["layer"].tolist() == ["", "labs", "own", "own", "talent_housing"]
    assert found.table["name_zh"].tolist()[1:4] == ["金凤实验室", "甲", ""]
    # Who has no name is called by the id.
    assert found.names[3] == "b"
    assert found.many
    assert not read_places(["106.31,29.51", "金凤实验室"]).many


def test_a_layer_is_known_by_its_title_too():
    layer = load_all()["labs"]
    ids = [
        read_places([said]).table["id"].tolist()
        for said in ("labs", layer.title.zh, layer.title.en)
    ]
    assert ids[0] == ids[1] == ids[2] == [str(one) for one in layer.features["id"]]


def test_a_layer_with_stations_and_lines_is_its_stations():
    kinds = set(read_places(["rail_existing"]).table.geometry.geom_type)
    assert kinds == {"Point"}
    assert set(read_places(["main_roads"]).table.geometry.geom_type) <= {
        *("LineString", "MultiLineString")
    }


def test_a_place_that_is_said_twice_counts_once():
    found = read_places(["labs", "金凤实验室", "labs"]).table
    assert found["id"].tolist() == read_places(["labs"]).table["id"].tolist()


def test_two_files_with_the_same_ids_keep_both_places(tmp_path):
    files = [written(tmp_path / f"{name}.geojson", id=["1"]) for name in ("north", "south")]
    assert read_places(files).table["id"].tolist() == ["north:1", "south:1"]


@pytest.mark.parametrize("said", ["hospital", "医院", "Hospital", "HOSPITAL"])
def test_kinds_are_known_by_their_words(said):
    assert kinds_named(load_all()["services"], [said]) == ("hospital",)
    found = read_places(["services"], [said]).table
    assert set(found["kind"]) == {"hospital"}
    assert len(found) == 3


def test_kinds_of_a_file_are_those_of_its_column(tmp_path):
    file = written(tmp_path / "own.geojson", id=["a", "b"], kind=["诊所", "y"])
    assert read_places([file], ["诊所"]).table["id"].tolist() == ["a"]
    with pytest.raises(AnalysisError, match=r"no places of the kind z.*Available kinds: y, 诊所"):
        read_places([file], ["z"])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("talent_house", r"No layer of places is named talent_house.*labs"),
        ("nothing.geojson", r"nothing.geojson can't be read as places"),
        ("Jinfong Laboratry", r"no place named.*Jinfeng Laboratory"),
        ("实验室", "matches several places"),
        ("", r"given as an empty text.*LON,LAT"),
        (" ", r"given as an empty text.*LON,LAT"),
    ],
)
def test_what_means_nothing_is_said_with_what_is_near(said, told):
    with pytest.raises(AnalysisError, match=told):
        read_places([said])


def test_one_place_is_one_place():
    assert read_place("106.31,29.51").lonlat == (106.31, 29.51)
    with pytest.raises(AnalysisError, match="holds 20 places"):
        read_place("labs")


def test_older_spellings_work_and_are_not_shown():
    shown = CliRunner().invoke(sandbox, ["--lang", "en", "isochrone", "--help"]).output
    assert "--from" in shown
    assert "--at" not in shown
    assert "--place" not in shown
