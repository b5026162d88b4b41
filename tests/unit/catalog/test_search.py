from dataclasses import replace
from functools import cache

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from shapely.geometry import Point, box

from sandbox.catalog.layer import Layer, Style
from sandbox.catalog.search import PlaceIndex, group_index, nearest_of_group, search_index
from sandbox.words import Bilingual

NAMES = [
    ("金凤实验室", "Jinfeng Laboratory"),
    ("金凤站（规划枢纽）", "Jinfeng hub (planned)"),
    ("凤栖湖公园", "Fengqi Lake Park"),
    ("高远梧桐·博雅", "Gaoyuan Wutong Boya"),
    ("重庆大学（A区）", "Chongqing University (Campus A)"),
    ("重庆大学城天街", "University Town Paradise Walk"),
    ("四川美术学院（虎溪校区）", "Sichuan Fine Arts Institute (Huxi)"),
    ("SK海力士", "SK hynix"),
    ("轨道交通1号线", "Metro Line 1"),
    ("绿色智能研究院", "Institute of Green Technology"),
    ("长江", "Yangtze"),
    ("熙街", "Xijie"),
]


def layer(name: str, rows: list[tuple[str, str]], rank: int = 50) -> Layer:
    features = gpd.GeoDataFrame(
        {
            "id": [f"{name}_{number}" for number in range(len(rows))],
            "name_zh": [zh for zh, _ in rows],
            "name_en": [en for _, en in rows],
        },
        geometry=[Point(106 + number / 10, 29.5) for number in range(len(rows))],
        crs="EPSG:4326",
    )
    said = Bilingual(name, name)
    return Layer(
        name,
        said,
        "function",
        "point",
        (),
        Style(label_rank=rank),
        (),
        said,
        "CC BY 4.0",
        features=features,
    )


@cache
def index() -> PlaceIndex:
    return search_index({"places": layer("places", NAMES)})


def found(text: str, limit: int = 50) -> list[str]:
    return [place.name_zh for place in index().find(text, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("金凤实验室", "金凤实验室"),
        ("实验", "金凤实验室"),
        ("jinfengshiyanshi", "金凤实验室"),
        ("jin feng shi yan", "金凤实验室"),
        ("JinFeng", "金凤站（规划枢纽）"),
        ("jfsys", "金凤实验室"),
        ("JFS", "金凤实验室"),
        ("jfshiy", "金凤实验室"),
        ("金凤shi", "金凤实验室"),
        ("shiyanshi", "金凤实验室"),
        ("重庆大学", "重庆大学（A区）"),
        ("重大", "重庆大学（A区）"),
        ("川美", "四川美术学院（虎溪校区）"),
        ("博雅", "高远梧桐·博雅"),
        ("梧桐博雅", "高远梧桐·博雅"),
        ("boya", "高远梧桐·博雅"),
        ("changjiang", "长江"),
        ("cj", "长江"),
        ("lvse", "绿色智能研究院"),
        ("lüse", "绿色智能研究院"),
        ("luse", "绿色智能研究院"),
        ("sk", "SK海力士"),
        ("ｓｋ海", "SK海力士"),
        ("1号线", "轨道交通1号线"),
        ("metro 1", "轨道交通1号线"),
        ("lake park", "凤栖湖公园"),
        ("park lake", "凤栖湖公园"),
        ("FINE art", "四川美术学院（虎溪校区）"),
        ("xijie", "熙街"),
        ("xi'jie", "熙街"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "·", "（）", "xyzzy", "火星", "jinfengx", "凤金"])
def test_what_no_name_holds_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_whole_name_comes_before_one_that_begins_so_and_one_that_holds_it() -> None:
    rows = [("新金凤路", "a"), ("金凤实验室", "b"), ("金凤", "c")]
    names = [one.name_zh for one in search_index({"x": layer("x", rows)}).find("金凤", 9)]
    assert names == ["金凤", "金凤实验室", "新金凤路"]


def test_at_most_so_many_are_returned() -> None:
    assert len(index().find("j", 1)) == 1
    assert len(index()) == len(NAMES)


def test_a_place_that_two_layers_show_at_one_spot_is_found_once() -> None:
    both = {"a": layer("a", NAMES, 9), "b": layer("b", NAMES, 1)}
    places = search_index(both).find("熙街", 9)
    assert [place.layer for place in places] == ["b"]


def test_an_area_is_found_at_a_point_on_it() -> None:
    one = layer("areas", [("湖", "Lake")])
    assert one.features is not None
    one.features.geometry = [box(106.0, 29.0, 106.2, 29.1)]
    lon, lat = search_index({"areas": one}).find("hu")[0].lonlat
    assert 106.0 < lon < 106.2
    assert 29.0 < lat < 29.1


@given(name=st.sampled_from(NAMES), length=st.integers(1, 40), upper=st.booleans())
@settings(deadline=None)
def test_every_beginning_of_the_pinyin_finds_the_name(
    name: tuple[str, str], length: int, upper: bool
) -> None:
    core = "".join(letter for letter in name[0].split("（")[0] if letter != "·")
    typed = "".join(lazy_pinyin(core)).lower()[:length]
    assert name[0] in found(typed.upper() if upper else typed)


@given(name=st.sampled_from(NAMES), start=st.integers(0, 10), length=st.integers(1, 10))
@settings(deadline=None)
def test_every_part_of_a_name_finds_it(name: tuple[str, str], start: int, length: int) -> None:
    part = name[0][start : start + length]
    if any(letter.isalnum() for letter in part):
        assert name[0] in found(part)


@given(st.text(max_size=200))
@settings(deadline=None)
def test_anything_may_be_typed(text: str) -> None:
    assert len(found(text, 3)) <= 3


@given(st.text(alphabet="jinfegshya 金凤实", max_size=12))
@settings(deadline=None)
def test_typing_on_never_finds_what_was_not_there_before(text: str) -> None:
    before = set(found(text)) if any(letter.isalnum() for letter in text) else None
    after = set(found(text + "n"))
    assert before is None or after <= before


def shops() -> dict[str, Layer]:
    """Two layers of shops and schools in a row from west to east."""
    kinds = {"shop": Bilingual("便利店", "Shop"), "school": Bilingual("学校", "School")}
    made: dict[str, Layer] = {}
    for name, title in (("north", "北区设施"), ("south", "南区设施")):
        rows = layer(name, [(f"{title}{number}", f"{name} {number}") for number in range(4)])
        assert rows.features is not None
        rows.features["kind"] = ["shop", "school", "shop", "shop"]
        made[name] = replace(rows, title=Bilingual(title, name), kinds=kinds)
    return made


def test_layers_and_kinds_are_found_by_name_pinyin_and_english() -> None:
    groups = group_index(shops())
    assert [(one.layer, one.id) for one in groups.find("北区设施")] == [("north", "")]
    assert [one.id for one in groups.find("bld")] == ["shop"]
    assert [one.id for one in groups.find("school")] == ["school"]
    assert groups.find("hospital") == ()


def test_the_places_of_a_group_come_the_nearest_first() -> None:
    groups = group_index(shops())
    (north,) = groups.find("北区设施")
    names = [one.id for one in nearest_of_group(shops(), north, (106.21, 29.5), 3)]
    # They stand at 106.0, 106.1, 106.2 and 106.3.
    assert names == ["north_2", "north_3", "north_1"]
    (shop,) = groups.find("shop")
    near = nearest_of_group(shops(), shop, (106.0, 29.5), 4)
    assert [one.id for one in near] == ["north_0", "south_0", "north_2", "south_2"]
    assert near[0].lonlat == (106.0, 29.5)
