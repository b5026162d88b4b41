"""Every shipped layer is valid, and says what the articles say."""

import re
import tomllib
from functools import cache
from itertools import combinations
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry.base import BaseGeometry

from sandbox import paths
from sandbox.app.places import all_places, is_place_layer
from sandbox.catalog import folder
from sandbox.catalog.articles import Fact, brief_source, load_facts, readable
from sandbox.catalog.description import FILLS
from sandbox.catalog.layer import Layer
from sandbox.catalog.search import search_index
from sandbox.geo.crs import area_km2
from sandbox.words import words_of

UTM = "EPSG:32648"


@cache
def layers() -> dict[str, Layer]:
    return folder.load_all()


def features(layer: str) -> gpd.GeoDataFrame:
    frame = layers()[layer].features
    assert frame is not None
    return frame.set_index("id", drop=False)


def shape(layer: str, identity: str) -> BaseGeometry:
    return features(layer).geometry[identity]


def metric(layer: str) -> gpd.GeoSeries:
    return features(layer).geometry.to_crs(UTM)


def kinds(layer: str, *wanted: str) -> gpd.GeoDataFrame:
    frame = features(layer)
    return frame[frame["kind"].isin(wanted)]


@pytest.mark.parametrize("one", folder.folders(paths.layers()), ids=lambda one: one.name)
def test_a_layer_folder_has_no_faults(one: Any) -> None:
    assert [str(fault) for fault in folder.check(one)] == []


@pytest.mark.parametrize(
    "name",
    [
        *("parks", "labs", "talent_housing", "services", "universities", "innovation_supports"),
        *("industry_parks", "landmarks", "rail_existing", "rail_planned", "hub_corridors"),
        *("service_complex", "indicators", "extent", "settlements"),
    ],
)
def test_a_layer_is_shipped_with_its_terms(name: str) -> None:
    layer = layers()[name]
    assert layer.licence.startswith("CC BY 4.0")
    assert re.search(r"[\u4e00-\u9fff]", layer.provenance.zh)
    assert re.search(r"[\u4e00-\u9fff]", layer.title.zh)
    assert not re.search(r"[\u4e00-\u9fff]", layer.title.en + layer.provenance.en)


def test_every_fill_is_a_colour_of_the_themes() -> None:
    tokens = tomllib.loads((paths.assets() / "themes" / "tokens.toml").read_text("utf-8"))
    colours = {key for theme in tokens["theme"].values() for key in theme}
    assert set(FILLS) <= colours


def test_english_is_english_and_chinese_has_no_exclamation() -> None:
    for layer in layers().values():
        if layer.features is not None:
            assert not layer.features["name_en"].str.contains(r"[\u4e00-\u9fff]").any(), layer.id
            assert not layer.features["note_zh"].str.contains("[!！]").any(), layer.id


NAMED = {
    "parks": ["凤栖湖公园", "寨山坪森林公园", "缙云山", "中梁山"],
    "labs": [
        *("金凤实验室", "嘉陵江实验室", "金凤·华大时空组学中心", "西南华大生命科学研究院"),
        *("中国自然人群生物资源库", "重庆应用数学中心", "北京大学重庆大数据研究院"),
        *("上海交通大学重庆人工智能研究院", "联合微电子中心", "北京大学重庆碳基集成电路研究院"),
        *("中国科学院重庆科学中心", "中子科学研究院（重庆）", "重庆大学产业技术研究院"),
        *("西部科学城智能网联汽车创新中心", "国家质检基地", "国家生物产业基地"),
    ],
    "talent_housing": ["高远梧桐·博雅"],
    "services": [
        *("西部（重庆）科学城人才服务港", "国际人才创新创业服务港", "华中师范大学重庆学校"),
        *("重庆大学附属肿瘤医院科学城院区", "熙街"),
    ],
    "landmarks": ["科学会堂", "对外交流合作中心", "金凤城市中心", "科学谷储能电站"],
    "innovation_supports": ["大学城", "科研港", "科学谷", "生命岛", "科创街"],
    "industry_parks": [
        *("西永微电园", "金凤电子信息产业园", "中电光谷·智创园", "青凤工业园", "共享工投大厦"),
        *("重庆芯谷", "华润微电子", "SK海力士", "安意法半导体", "中电科芯片集团", "台晶电子"),
    ],
    "service_complex": ["创新创业服务综合体"],
}


@pytest.mark.parametrize("layer", NAMED)
def test_every_place_of_the_articles_is_in_its_layer(layer: str) -> None:
    assert set(NAMED[layer]) <= set(features(layer)["name_zh"])


@pytest.mark.parametrize(
    ("layer", "identity", "km2"),
    [
        ("extent", "science_city", 1198.0),
        ("extent", "core_zone", 313.0),
        ("talent_housing", "boya", 222 / 1500),
        ("landmarks", "jinfeng_centre", 10.8),
        ("industry_parks", "qingfeng_park", 10.25),
        ("industry_parks", "jinfeng_electronics", 11.0),
    ],
)
def test_an_outline_has_its_published_area(layer: str, identity: str, km2: float) -> None:
    assert area_km2(shape(layer, identity)) == pytest.approx(km2, rel=0.01)


# Notes that say so are excused: only a stretch is drawn, or the course is schematic.
EXCUSED = re.compile(r"schematic|The map draws|on the map is")


def test_no_feature_is_drawn_longer_or_larger_than_it_says() -> None:
    """Every length and area of ground that a layer states is what its lines and areas have."""
    wrong, tried = list[str](), 0
    for layer in layers().values():
        if layer.features is None:
            continue
        frame = layer.features
        drawn_m = frame.geometry.to_crs(UTM)
        for at, row in frame.iterrows():
            kind, note = row.geometry.geom_type, row.get("note_en") or ""
            stated = list[tuple[float, float]]()
            excused = EXCUSED.search(note) is not None
            if "Line" in kind:
                # A road may be drawn as several features of one name.
                km = drawn_m[frame["name_zh"] == row["name_zh"]].length.sum() / 1000
                told = re.findall(r"(?<!shares )(?<![\d.,])([\d.,]+) km\b(?!/|²)", note)
                stated += [(float(figure.replace(",", "")), km) for figure in told if not excused]
                if row.get("length_km", 0) > 0:
                    stated.append((row["length_km"], drawn_m[at].length / 1000))
            if "Polygon" in kind:
                km2 = area_km2(row.geometry)
                for unit, share in (("km²", 1.0), ("ha", 0.01), ("mu", 1 / 1500)):
                    told = re.findall(rf"(?<![\d.,])([\d.,]+) {unit}(?!\w)", note)
                    stated += [(float(f.replace(",", "")) * share, km2) for f in told]
                for column, share in (("area_km2", 1.0), ("land_mu", 1 / 1500)):
                    if row.get(column, 0) > 0:
                        stated.append((row[column] * share, km2))
            for figure, drawn in stated:
                tried += 1
                if drawn != pytest.approx(figure, rel=0.013):
                    wrong.append(f"{layer.id}/{row['id']}: {figure} stated, {drawn:.2f} drawn")
    assert wrong == []
    assert tried > 30


def test_the_core_zone_lies_in_the_science_city() -> None:
    city, core = shape("extent", "science_city"), shape("extent", "core_zone")
    assert city.covers(core)
    for layer, identity in (
        ("labs", "jinfeng_laboratory"),
        ("talent_housing", "boya"),
        ("parks", "zhaishanping_forest_park"),
        ("industry_parks", "xiyong_park"),
        ("landmarks", "jinfeng_centre"),
    ):
        assert core.covers(shape(layer, identity)), identity
    assert city.covers(shape("innovation_supports", "university_town"))


def lake() -> BaseGeometry:
    water = features("water")
    return water.geometry[water["name_zh"] == "凤栖湖"].iloc[0]


def test_the_laboratory_is_south_west_and_the_talent_homes_north_west_of_the_lake() -> None:
    middle = gpd.GeoSeries([lake()], crs=4326).to_crs(UTM).iloc[0].centroid
    for layer, identity, north in (
        ("labs", "jinfeng_laboratory", -1),
        ("talent_housing", "boya", 1),
    ):
        place = metric(layer)[identity].centroid
        west, up = middle.x - place.x, north * (place.y - middle.y)
        assert 0.4 < up / west < 2.5, identity
        assert 300 < (west**2 + up**2) ** 0.5 < 1200


def test_the_park_surrounds_the_lake_and_leaves_laboratory_and_homes_outside() -> None:
    park = shape("parks", "fengqi_lake_park")
    assert park.contains(lake())
    assert not park.intersects(shape("labs", "jinfeng_laboratory"))
    assert not park.intersects(shape("talent_housing", "boya"))


def test_the_two_mountains_stand_on_the_two_sides() -> None:
    west, east = shape("parks", "jinyun_mountain"), shape("parks", "zhongliang_mountain")
    middle = shape("landmarks", "jinfeng_centre").centroid
    assert west.centroid.x < middle.x - 0.03
    assert east.centroid.x > middle.x + 0.03
    assert not west.intersects(east)


@pytest.mark.parametrize(
    ("layer", "inner", "outer_layer", "outer"),
    [
        ("labs", "cumec", "industry_parks", "xiyong_park"),
        ("industry_parks", "cr_micro", "industry_parks", "xiyong_park"),
        ("industry_parks", "sk_hynix", "industry_parks", "xiyong_bonded"),
        ("industry_parks", "qingan_storage", "innovation_supports", "science_valley"),
        ("landmarks", "science_valley_site", "innovation_supports", "science_valley"),
        ("landmarks", "storage_station", "innovation_supports", "science_valley"),
        ("labs", "jinfeng_laboratory", "innovation_supports", "research_port"),
        ("services", "boya_courts", "talent_housing", "boya"),
        ("services", "xijie", "innovation_supports", "university_town"),
        ("universities", "cqu_huxi", "innovation_supports", "university_town"),
        ("landmarks", "science_hall", "landmarks", "jinfeng_centre"),
    ],
)
def test_a_place_lies_where_it_is_said_to_lie(
    layer: str, inner: str, outer_layer: str, outer: str
) -> None:
    assert shape(outer_layer, outer).covers(shape(layer, inner).representative_point())


def test_campuses_and_other_grounds_do_not_overlap() -> None:
    grounds = pd.concat(
        [metric(layer) for layer in ("universities", "talent_housing")]
        + [metric("services"), metric("labs")]
    )
    grounds = grounds[grounds.geom_type == "Polygon"]
    for (one, a), (other, b) in combinations(grounds.items(), 2):
        assert a.intersection(b).area < 1.0, (one, other)


def test_no_ground_lies_in_the_lake_or_across_a_main_road() -> None:
    roads = metric("main_roads").union_all()
    for layer in ("universities", "services", "labs", "talent_housing"):
        grounds = metric(layer)[features(layer)["accuracy_m"] > 300]
        for identity, ground in grounds[grounds.geom_type == "Polygon"].items():
            crossed = roads.intersection(ground.buffer(-30)).length
            assert crossed == 0 or identity in ("army_medical", "swu"), identity
            assert not shape(layer, str(identity)).intersects(lake())


def test_22_universities_of_the_28_are_named() -> None:
    inside = features("universities")["in_science_city"]
    city = shape("extent", "science_city")
    assert [
        city.contains(one.representative_point()) for one in features("universities").geometry
    ] == (inside.tolist())
    assert inside.sum() == 22


def test_metro_1_runs_through_its_25_stations() -> None:
    line = metric("rail_existing")["metro_1"]
    stations = kinds("rail_existing", "metro_station")
    on_line = stations[stations["line"].str.split("/").map(lambda lines: "1" in lines)]
    assert len(on_line) == 25
    assert metric("rail_existing")[on_line.index].distance(line).max() < 30
    assert 40_000 < line.length < 52_000


@pytest.mark.parametrize(
    ("line", "count", "km"), [("7", 18, 28.0), ("15", 12, 32.8), ("27", 14, 49.0)]
)
def test_a_planned_line_runs_through_its_stations(line: str, count: int, km: float) -> None:
    frame = features("rail_planned")
    course = metric("rail_planned")[f"metro_{line}"]
    stations = kinds("rail_planned", "metro_station")
    on_line = stations[stations["line"].str.split("/").map(lambda lines: line in lines)]
    assert len(on_line) == count
    assert metric("rail_planned")[on_line.index].distance(course).max() < 30
    assert course.length / 1000 == pytest.approx(km, rel=0.2)
    assert not frame["status"].isin(["operating"]).any()


def test_interpolated_stations_are_marked_indicative() -> None:
    stations = kinds("rail_planned", "metro_station")
    interpolated = stations["source"].str.contains("内插|未公布")
    assert interpolated.sum() > 30
    assert (stations["accuracy_m"][interpolated] >= 1000).all()


def test_the_hub_stands_on_the_high_speed_line_at_the_edge_of_the_city_centre() -> None:
    hub = metric("rail_planned")["jinfeng_hub"]
    assert hub.distance(metric("rail_existing")["chengyu_hsr"]) < 300
    assert hub.distance(metric("landmarks")["jinfeng_centre"]) < 1000
    assert hub.y > metric("landmarks")["jinfeng_centre"].centroid.y
    assert hub.distance(metric("rail_planned")["jinfeng_metro"]) < 300


def test_the_hub_has_5_and_3_and_5_lines_and_two_passages() -> None:
    frame = features("hub_corridors")
    counts = frame["corridor_class"].value_counts().to_dict()
    assert counts == {"high_speed": 5, "intercity": 3, "suburban": 5, "passage": 2}
    assert (frame["status"] == "planned").all()
    towards = set(frame["towards_en"])
    assert {"Chengdu", "Chongqing North Station"} <= towards
    # The article names the cities that are reached, not which line goes to which.
    assert not {"Beijing", "Shanghai", "Guangzhou"} & towards
    unknown = frame["towards_zh"].isna() | (frame["towards_zh"] == "")
    assert unknown.sum() == 9
    assert layers()["hub_corridors"].schematic


def test_only_published_lines_have_a_name_of_their_own() -> None:
    frame = features("hub_corridors")
    lines = frame[frame["corridor_class"] != "passage"]
    unnamed = lines["name_en"].str.contains("name not published")
    assert set(lines.index[~unnamed]) == {"hs_1", "hs_2", "ic_1", "ic_2", "sub_1"}
    assert (lines["source"][~unnamed].str.contains("华龙网 2024-06-25")).all()
    assert (lines["source"][unnamed].str.startswith("S0")).all()


def test_corridors_fan_out_without_touching() -> None:
    courses = metric("hub_corridors")
    hub = metric("rail_planned")["jinfeng_hub"]
    near = hub.buffer(3000)
    for (one, a), (other, b) in combinations(courses.items(), 2):
        assert not a.intersects(b), (one, other)
        assert a.difference(near).distance(b.difference(near)) > 700, (one, other)


CORE_ZONE = [
    *("虎溪", "香炉山", "西永", "曾家", "含谷", "金凤", "白市驿", "走马", "石板", "巴福"),
]


def test_the_ten_towns_of_the_core_zone_have_their_names_near_it() -> None:
    frame = features("settlements")
    noted = frame[frame["note_zh"].str.contains("重庆高新区直管园所辖")]
    assert sorted(noted["name_zh"]) == sorted(CORE_ZONE)
    zone = metric("extent")["core_zone"]
    assert (metric("settlements")[noted.index].distance(zone) <= noted["accuracy_m"]).all()


def test_towns_are_named_as_maps_name_them_and_are_no_places_to_walk_to() -> None:
    frame = features("settlements")
    assert not frame["name_zh"].str.contains("[镇区]$|街道$").any()
    assert frame.set_index("name_zh")["name_en"]["大渡口"] == "Dadukou"
    assert frame["name_zh"].is_unique
    assert frame["label_class"].isin([1, 2, 3]).all()
    assert (frame["accuracy_m"] >= 1000).all()
    assert not is_place_layer(layers()["settlements"])
    assert "settlements" not in set(all_places(layers())["layer"])


@pytest.mark.parametrize("typed", ["bsy", "baishiyi", "白市驿", "Baishiyi"])
def test_a_town_is_found_by_what_is_typed(typed: str) -> None:
    first = search_index(layers()).find(typed)[0]
    assert (first.layer, first.name_zh) == ("settlements", "白市驿")


INDICATORS = {
    "high_tech_enterprises_1": 137,
    "high_tech_enterprises_2": 551,
    "technology_enterprises": 3227,
    "startup_teams": 1780,
    "key_platforms": 37,
    "chongqing_laboratories": 2,
    "industry_chains": 10,
    "yearly_results": 5,
    "rd_national": 21,
    "rd_municipal": 330,
    "new_platforms": 8,
    "new_rd_institutions": 28,
    "rd_platforms": 169,
    "key_laboratories": 5,
    "universities": 28,
    "universities_shapingba": 16,
    "scientists_shapingba": 100000,
    "academicians_shapingba": 28,
    "doctors_shapingba": 30000,
    "platforms_shapingba": 303,
    "technology_shapingba": 1000,
    "chain_firms_shapingba": 106,
    "talent_fund_shapingba": 1,
    "credit_shapingba": 2.3,
    "venture_shapingba": 12,
    "students_shapingba": 200000,
    "newcomers_shapingba": 4000,
    "seed_fund_shapingba": 0.5,
    "contracts_shapingba": 120,
    "transfer_agencies_shapingba": 5,
    "incubators": 14,
    "incubators_national": 4,
    "postdoc_stations": 20,
    "postdoc_grant": 8,
    "doctor_grant": 25,
    "major_projects": 79,
    "local_projects": 24,
    "industry_clusters_target": 4,
    "rd_share": 4.2,
    "rd_share_target": 5.5,
    "talent_increase_target": 20000,
    "cooperation_projects": 43,
    "cooperation_in_use": 29,
    "cooperation_funds": 52,
    "science_projects": 10,
    "science_projects_funds": 77.2,
    "talent_growth": 40,
    "talent_growth_yearly": 15,
    "financing": 13,
    "jinfeng_teams_1": 9,
    "jinfeng_teams_2": 29,
    "service_policies": 60,
    "service_items": 280,
    "service_matters": 37,
    "green_channels": 28,
    "service_platforms": 70,
    "hub_high_speed": 5,
    "hub_intercity": 3,
    "hub_suburban": 5,
    "hub_hours": 6,
    "hub_chengdu": 40,
}


def test_indicators_carry_the_figures_of_the_articles() -> None:
    table = layers()["indicators"].table
    assert table is not None
    assert dict(zip(table["id"], table["value"], strict=True)) == INDICATORS
    assert table["source"].str.match(r"S[0-4] ").all()
    # S0 prints no year, so what rests on it alone is not dated.
    assert (table["as_of"].isna() == table["source"].str.startswith("S0")).all()


def test_a_source_names_its_article_with_the_date() -> None:
    dates = {"S1": "2022年7月", "S2": "2023年12月", "S3": "2020年11月", "S4": "2020年12月"}
    for layer in layers().values():
        if layer.features is None:
            continue
        for source in layer.features["source"]:
            for code, paper_date in re.findall(r"\b(S[1-4]) \S+ ([\d年月-]+)", source):
                assert paper_date == dates[code], source


def test_every_source_stands_in_both_languages() -> None:
    for layer in layers().values():
        if layer.features is None:
            continue
        english = layer.features["source_en"]
        assert english.map(
            lambda text: bool(text) and not re.search(r"[\u4e00-\u9fff]", text)
        ).all()
        codes = [
            layer.features[column].str.findall(r"\bS[0-4]\b") for column in ("source", "source_en")
        ]
        assert (codes[0] == codes[1]).all(), layer.id


FACTS = load_facts()


def scene_texts(identity: str) -> str:
    """Return all Chinese texts of a scene, as its file says them."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for key, one in value.items() if key != "en" for text in texts(one)]
        if isinstance(value, list):
            return [text for one in value for text in texts(one)]
        return [value] if isinstance(value, str) else []

    file = paths.layers() / "scenes" / f"{identity}.toml"
    return "\n".join(texts(tomllib.loads(file.read_text("utf-8"))))


def told(fact: Fact) -> str:
    """Return the text of the thing that tells a fact; fails where there is no such thing."""
    layer, _, identity = fact.where.partition("/")
    if layer == "scenes":
        return scene_texts(identity)
    one = layers()[layer]
    table = one.table if one.features is None else one.features
    assert table is not None
    row = table.set_index("id", drop=False).loc[identity]
    return "\n".join(str(value) for value in row if isinstance(value, str))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.article} {fact.fact}"[:60])
def test_a_fact_of_the_articles_stands_where_the_table_says(fact: Fact) -> None:
    assert fact.article in {"S0", "S1", "S2", "S3", "S4"}
    if not fact.where:
        assert fact.remark, "what the map doesn't tell has a reason"
        return
    text = told(fact)
    assert fact.says in text
    if not fact.where.startswith("scenes/"):
        assert fact.article in text, "its source names the article"


def test_each_indicator_is_a_fact_of_the_table() -> None:
    table = layers()["indicators"].table
    assert table is not None
    named = {fact.where for fact in FACTS}
    assert {f"indicators/{one}" for one in table["id"]} <= named


def test_what_is_only_said_to_be_brought_in_is_not_called_open() -> None:
    services = layers()["services"].features
    assert services is not None
    by = services.set_index("id")
    for one in ("ccnu_school", "cancer_hospital", "torch_southwest", "drug_device_review"):
        assert not isinstance(by.loc[one, "status"], str), one
        assert not isinstance(by.loc[one, "opened"], str), one


def test_codes_of_articles_are_for_data_only() -> None:
    assert readable("S1 重庆日报 2022年7月；S0 专版报道 11月（年份未印）；位置：西永") == (
        "重庆日报 2022年7月；专版报道 11月（年份未印）；位置：西永"
    )
    assert readable("S2 special report, December 2023") == "Special report, December 2023"
    assert readable("openstreetmap.org") == "openstreetmap.org"
    shown = [scene_texts(file.stem) for file in (paths.layers() / "scenes").glob("*.toml")]
    for layer in layers().values():
        shown += [layer.provenance.zh, layer.provenance.en, layer.title.zh, layer.title.en]
        if layer.features is not None:
            for column in ("note_zh", "note_en", "name_zh", "name_en"):
                shown += layer.features[column].fillna("").tolist()
    assert [text for text in shown if re.search(r"\bS[0-4]\b|（S[0-4]", text)] == []


def test_english_sources_begin_with_a_capital() -> None:
    small = [
        (name, source)
        for name, layer in layers().items()
        for told in (layer.features, layer.table)
        if told is not None and "source_en" in told.columns
        for source in map(readable, told["source_en"].dropna().unique())
        if source[:1].islower()
    ]
    assert small == []


def test_only_what_people_run_or_open_has_a_status() -> None:
    """A mountain or a river is not in operation, and its card doesn't say so."""
    for layer, natural in (("parks", {"mountain"}), ("water", {"river", "stream", "lake"})):
        chosen = kinds(layer, *natural)
        assert chosen["status"].fillna("").eq("").all()
    assert layers()["parks"].status("operating").said(words_of("zh")) == "已开放"
    assert layers()["rail_existing"].status("operating").said(words_of("zh")) == "运营"


def test_military_places_are_not_on_the_map() -> None:
    for layer in layers().values():
        if layer.features is not None:
            names = layer.features["name_zh"].fillna("") + layer.features["note_zh"].fillna("")
            assert not names.str.contains("陆军|军医|西南医院|军事|部队").any(), layer.id


def test_what_is_known_by_hearsay_alone_is_marked() -> None:
    """General knowledge names no place where it could be looked up."""
    for layer in layers().values():
        if layer.features is not None:
            source = layer.features["source"].fillna("")
            unmarked = source.str.contains("常识") & ~source.str.contains("未核实")
            assert not unmarked.any(), layer.id


@pytest.mark.parametrize(
    ("source", "language", "brief"),
    [
        ("重庆日报 2022年7月；位置：西永", "zh", "重庆日报 2022年7月"),
        ("重庆日报 2022年7月；位置：公开常识（未核实）", "zh", "重庆日报 2022年7月（部分未核实）"),
        ("公开常识（未核实）；名单：公开网页", "zh", "公开常识（未核实）"),
        ("A report, May 2022; position: general knowledge (not verified)", "en",
         "A report, May 2022 (not all verified)"),
        ("General knowledge (not verified)", "en", "General knowledge (not verified)"),
        ("", "en", ""),
    ],
)  # fmt: skip
def test_a_source_cut_short_still_says_that_nobody_verified_it(
    source: str, language: str, brief: str
) -> None:
    assert brief_source(source, words_of(language)) == brief


def test_places_that_opened_are_counted_once() -> None:
    opened = [
        (layer, row["id"])
        for layer in ("labs", "services", "landmarks", "industry_parks")
        for _, row in features(layer).iterrows()
        if isinstance(row["opened"], str) and row["opened"]
    ]
    # Unveiled, in use, put on the grid or opened, by an article or a page that says so.
    assert sorted(opened) == [
        ("industry_parks", "cec_park"),
        ("labs", "bgi_southwest"),
        ("labs", "jinfeng_bgi_omics"),
        ("labs", "jinfeng_laboratory"),
        ("landmarks", "science_hall"),
        ("landmarks", "storage_station"),
        ("services", "talent_port"),
    ]


def test_a_newspaper_is_named_only_for_the_articles_that_print_its_name() -> None:
    named: set[tuple[str, bool]] = set()
    for layer in layers().values():
        for table in (layer.features, layer.table):
            if table is None:
                continue
            for column in ("source", "source_en"):
                for text in table.get(column, pd.Series(dtype=object)).dropna():
                    for code, said in re.findall(r"\b(S[0-4]) ([^；;]*)", str(text)):
                        named.add((code, "日报" in said or "Daily" in said))
    assert named == {("S0", False), ("S1", True), ("S2", False), ("S3", True), ("S4", False)}
