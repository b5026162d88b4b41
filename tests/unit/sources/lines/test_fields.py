"""What columns of street lines say, in Chinese and English."""

import pytest

from sandbox.errors import NetworkError
from sandbox.sources.lines.fields import columns_of, told
from sandbox.sources.osm.rules import RULES
from sandbox.sources.osm.speed_limits import maxspeed_kmh
from sandbox.streets.modes import Access


def one(kinds=None, **rows):
    roles = {role.replace("_", "-"): [value] for role, value in rows.items()}
    made = told(roles, {role: role for role in roles}, kinds or {}, "f")
    return made.tags[0], made.level[0]


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (
            ["名称", "道路等级", "限速", "单行", "层级", "桥", "隧道"],
            ["name", "class", "speed", "one-way", "level", "bridge", "tunnel"],
        ),
        (["道路等", "是否单", "道路名"], ["class", "one-way", "name"]),
        (
            ["fclass", "maxspeed", "oneway", "layer", "bridge", "tunnel", "name"],
            ["class", "speed", "one-way", "level", "bridge", "tunnel", "name"],
        ),
        (["CLASS", " Speed ", "ONEWAY"], ["class", "speed", "one-way"]),
        (["FID", "备注"], []),
    ],
)
def test_columns_are_found_by_their_usual_names(names, roles):
    found = columns_of(names, {}, "f")
    assert found == dict(zip(roles, names, strict=False))


def test_the_surest_name_wins_and_one_says_better():
    assert columns_of(["类型", "道路等级"], {}, "f") == {"class": "道路等级"}
    assert columns_of(["类型", "道路等级"], {"class": "类型"}, "f") == {"class": "类型"}
    assert columns_of(["类型", "名称"], {"class": ""}, "f") == {"name": "名称"}


def test_columns_that_arent_there_are_told_at_once():
    with pytest.raises(NetworkError) as error:
        columns_of(["a", "b"], {"class": "x", "name": "y", "speed": "b"}, "roads.shp")
    assert "“x”" in str(error.value)
    assert "“y”" in str(error.value)
    assert "Available columns: a, b" in str(error.value)


@pytest.mark.parametrize(
    ("said", "walk", "bike", "drive"),
    [
        ("快速路", False, False, True),
        ("主干路", True, True, True),
        ("次干路", True, True, True),
        ("支路", True, True, True),
        ("人行道", True, True, False),
        ("步道", True, True, False),
        ("高速", False, False, True),
        ("梯道", True, True, False),
        ("residential", True, True, True),
        ("Cycleway", False, True, False),
        ("", True, True, True),
    ],
)
def test_kinds_say_who_may_use_a_street(said, walk, bike, drive):
    # A bike is pushed on footways and steps.
    tags, _ = one(**{"class": said})
    open_to = [bool(RULES[mode](tags)[0]) for mode in ("walk", "bike", "drive")]
    assert open_to == [walk, bike, drive]


@pytest.mark.parametrize(
    ("said", "access"),
    [
        ("", Access.DRIVE),
        ("双向", Access.DRIVE),
        ("否", Access.DRIVE),
        (0.0, Access.DRIVE),
        ("单行", Access.DRIVE_FORWARD),
        ("1", Access.DRIVE_FORWARD),
        (1.0, Access.DRIVE_FORWARD),
        (True, Access.DRIVE_FORWARD),
        ("反向", Access.DRIVE_BACKWARD),
        (-1, Access.DRIVE_BACKWARD),
        ("-1.0", Access.DRIVE_BACKWARD),
        ("１", Access.DRIVE_FORWARD),
    ],
)
def test_directions_are_those_of_drawing(said, access):
    tags, _ = one(one_way=said, **{"class": "支路"})
    assert RULES["drive"](tags)[0] == access


def test_f_and_t_are_directions_only_beside_b():
    rows = {"class": ["支路"] * 3, "one-way": ["F", "T", "B"]}
    made = told(rows, {role: role for role in rows}, {}, "f")
    assert [tags["oneway"] for tags in made.tags] == ["yes", "-1", "no"]
    with pytest.raises(NetworkError, match="“f” in the column “one-way”"):
        told({"one-way": ["F", "T"]}, {"one-way": "one-way"}, {}, "f")


def test_motorways_are_one_way_in_openstreetmap_only():
    assert RULES["drive"](one(**{"class": "motorway"})[0])[0] == Access.DRIVE_FORWARD
    assert RULES["drive"](one(**{"class": "高速公路"})[0])[0] == Access.DRIVE


@pytest.mark.parametrize(
    ("said", "kmh"),
    [("60", 60), (60, 60), (60.0, 60), ("60km/h", 60), ("60公里/小时", 60), (0, 0), (None, 0)],
)
def test_speeds(said, kmh):
    assert maxspeed_kmh(one(speed=said)[0]) == (kmh, kmh)


@pytest.mark.parametrize(
    ("columns", "level", "lies"),
    [
        ({"level": 1}, 1, "bridge"),
        ({"level": "-1"}, -1, "tunnel"),
        ({"level": "高架"}, 1, "bridge"),
        ({"level": "+1"}, 1, "bridge"),
        ({"level": "-2.00"}, -2, "tunnel"),
        ({"class": "地下通道"}, -1, "tunnel"),
        ({"level": "地面"}, 0, None),
        ({"level": 2.0, "bridge": "是"}, 2, "bridge"),
        ({"bridge": "是"}, 1, "bridge"),
        ({"bridge": "T"}, 1, "bridge"),
        ({"bridge": "否", "tunnel": 1}, -1, "tunnel"),
        ({"class": "人行天桥"}, 1, "bridge"),
        ({"class": "人行地道"}, -1, "tunnel"),
    ],
)
def test_levels_bridges_and_tunnels(columns, level, lies):
    tags, at = one(**columns)
    assert at == level
    assert {key for key in ("bridge", "tunnel") if key in tags} == ({lies} if lies else set())


def test_modes_open_a_street_to_those_named_only():
    tags, _ = one(modes="步行、非机动车", **{"class": "支路"})
    open_to = [bool(RULES[mode](tags)[0]) for mode in ("walk", "bike", "drive")]
    assert open_to == [True, True, False]


def test_what_isnt_understood_is_told_at_once():
    rows = {
        "class": ["支路", "大路", "大路", "奇路"],
        "speed": ["60", "快", "300", "-5"],
        "one-way": ["1", "也许", "", ""],
        "level": ["0", "半", "", "99"],
        "bridge": ["是", "大概", "", ""],
        "modes": ["步行", "飞行", "", ""],
    }
    with pytest.raises(NetworkError) as error:
        told(rows, {role: f"C_{role}" for role in rows}, {}, "roads.shp")
    said = str(error.value)
    for value, role, count in (
        ("大路", "class", 2), ("奇路", "class", 1), ("快", "speed", 1), ("300", "speed", 1),
        ("-5", "speed", 1), ("也许", "one-way", 1), ("半", "level", 1), ("99", "level", 1),
        ("大概", "bridge", 1), ("飞行", "modes", 1),
    ):  # fmt: skip
        assert f"“{value}” in the column “C_{role}” ({count} times)" in said
    assert "--class" in said


def test_kinds_can_be_said():
    assert one({"大路": "primary"}, **{"class": "大路"})[0]["highway"] == "primary"
    assert one({"*": "residential"}, **{"class": "奇路"})[0]["highway"] == "residential"
    assert one({"*": "residential"}, **{"class": "支路"})[0]["highway"] == "residential"
    assert one({"奇路": "no"}, **{"class": "奇路"})[0] == {}
    assert one(**{"class": "规划"})[0] == {}


def test_kinds_and_names_that_are_swapped_are_seen():
    rows = {"class": ["学府路", "大学城中路"], "name": ["主干路", "支路"]}
    with pytest.raises(NetworkError, match="the kinds seem to be in the column “名称”"):
        told(rows, {"class": "道路等级", "name": "名称"}, {}, "f")
