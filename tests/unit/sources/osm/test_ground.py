"""The map under the streets: what each tag becomes, areas put together, rivers outside lakes."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from sandbox.errors import NetworkError
from sandbox.geo.crs import metric_crs, to_metric
from sandbox.sources.osm.ground import read_ground
from tests.support.osm_map import ORIGIN_LONLAT, write_pbf

# A lake ABDC of 100 m with a river EFGH through it; a building IJLK and a park around it.
DRAWING = """
S  A  B  T
E  F  G  H
   C  D
I J M N
K L O P
"""
WAYS: dict[str, dict[str, str]] = {
    "ABDCA": {"natural": "water", "name": "凤栖湖"},
    "EFGH": {"waterway": "river", "name:en": "Long River"},
    "IJLKI": {"building": "yes", "amenity": "school", "name": "小学"},
    "MNPOM": {"leisure": "park", "name:zh": "公园", "name": "Park"},
    "IJ": {"railway": "rail"},
    "KL": {"railway": "rail", "service": "yard"},
    "MN": {"railway": "subway", "ref": "7"},
    "OP": {"highway": "residential"},
    "ST": {"waterway": "stream"},
}
NODES = {
    "S": {"place": "suburb", "name": "北城"},
    "T": {"railway": "station", "station": "subway", "name": "北站"},
    "A": {"amenity": "bench"},
    "B": {"amenity": "pharmacy"},
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("ground") / "town.osm.pbf"
    write_pbf(path, DRAWING, WAYS, NODES)
    return read_ground(path)


def kinds(frame: Any) -> list[tuple[str, str]]:
    return sorted(zip(frame["kind"], frame.geom_type, strict=True))


def test_each_tag_comes_into_its_layer(ground: dict[str, Any]) -> None:
    assert set(ground) == {"water", "buildings", "parks", "rail", "settlements", "services"}
    assert kinds(ground["buildings"]) == [("building", "MultiPolygon")]
    assert kinds(ground["parks"]) == [("park", "MultiPolygon")]
    assert kinds(ground["services"]) == [("pharmacy", "Point"), ("school", "MultiPolygon")]
    assert kinds(ground["rail"]) == [
        ("line", "LineString"),
        ("line", "LineString"),
        ("metro_station", "Point"),
    ]
    assert sorted(ground["rail"]["line"]) == ["", "7", "rail"]
    assert ground["settlements"]["label_class"].tolist() == [2]


def test_names_stand_in_both_languages_where_one_is_known(ground: dict[str, Any]) -> None:
    park = ground["parks"].iloc[0]
    assert (park["name_zh"], park["name_en"]) == ("公园", "Park")
    assert ground["buildings"]["name_zh"].tolist() == [""]
    assert ground["services"]["name_en"].tolist().count("小学") == 1


def test_a_river_is_a_line_only_outside_of_water_that_has_banks(ground: dict[str, Any]) -> None:
    """It comes 300 m to the lake, which is 300 m wide there, and leaves it for 300 m."""
    water = ground["water"]
    (river,) = water.geometry[water["kind"] == "river"]
    crs = metric_crs(ORIGIN_LONLAT)
    length = shapely.length(shapely.transform(river, lambda at: to_metric(at, crs)))
    assert length == pytest.approx(600.0, rel=1e-3)
    assert shapely.get_num_geometries(river) == 2


def test_a_damaged_block_is_told(tmp_path: Path) -> None:
    path = tmp_path / "town.osm.pbf"
    write_pbf(path, DRAWING, WAYS, NODES)
    content = bytearray(path.read_bytes())
    content[-40:] = b"\xff" * 40
    path.write_bytes(content)
    with pytest.raises(NetworkError, match="damaged"):
        read_ground(path)
