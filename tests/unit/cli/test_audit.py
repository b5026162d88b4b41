"""Audits, what circles hide and measures of access, on the command line."""

import json
import re

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner

from sandbox.cli import sandbox
from sandbox.streets.sandnet import save
from tests.support.grid_city import grid_city
from tests.support.life_circle import placed, square
from tests.support.paged import page_data


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    save(grid_city().streets, folder / "city.sandnet")
    lived = placed(["a", "b", "c"], [(5, 5), (0, 0), (20, 20)], name=["甲", "乙", "丙"])
    lived.assign(n=[100, 300, 600], side=["s", "s", "n"]).to_file(folder / "homes.geojson")
    kinds = ["小学", "primary school", "幼儿园"]
    placed(["s1", "s2", "k"], [(5, 8), (0, 6), (5, 7)], kind=kinds, beds=[10, 20, 30]).to_file(
        folder / "places.gpkg"
    )
    areas = gpd.GeoDataFrame(
        {"id": ["u"], "name": ["一区"]}, geometry=[square(-1, -1, 9)], crs=4326
    )
    areas.to_file(folder / "units.geojson")
    return folder


def said(*arguments, language="en", fails=False):
    result = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    if fails:
        return str(result.exception or result.output) + result.output
    assert result.exception is None, result.output
    return result.output


def asked(town, *more):
    return (
        *("audit", "--network", town / "city.sandnet", "--homes", town / "homes.geojson"),
        *("--people", "n", "--facilities", town / "places.gpkg", "--speed-kmh", 6, *more),
    )


def test_an_audit_reads_files_and_words_of_either_language(town):
    facts = json.loads(said(*asked(town, "--units", town / "units.geojson"), "--json"))
    rows = {row["rule"]: row for row in facts["coverage"]}
    # Primary schools within 500 m of home a (3 blocks); b is 6 blocks off, c 27.
    assert rows["t10_school_primary"]["people_met"] == 100
    assert rows["t5_kindergarten"]["people_met"] == 100
    assert facts["inclusive"] is False
    assert "t5_nursery" in facts["not_assessed"]
    assert facts["ledger_entries"] == 4
    assert [card["homes"] for card in facts["score_card"]] == [2, 1]
    assert any("31 of 31 rules" in one for one in facts["warnings"])


def test_an_audit_says_in_both_languages_what_nobody_confirmed(town):
    assert "31 of 31 rules were not confirmed" in said(*asked(town))
    text = said(*asked(town), language="zh")
    assert "31 条规则中有 31 条无人对照正式出版物核实" in text
    assert "非包含关系" in text


def test_an_area_by_minutes_and_who_walks_change_the_figures(town):
    area = json.loads(said(*asked(town, "--area", town / "units.geojson"), "--json"))
    assert area["summary"]["homes"] == 2
    slow = json.loads(said(*asked(town, "--by", "minutes", "--who", "old"), "--json"))
    assert (slow["walker"], slow["by"], slow["speed_kmh"]) == ("old", "minutes", 6.0)


def test_files_are_written_by_their_ending(town, tmp_path):
    out = [tmp_path / f"a{ending}" for ending in (".gpkg", ".xlsx", ".html")]
    text = said(*asked(town), *(part for file in out for part in ("-o", file)))
    assert all(file.stat().st_size > 5000 for file in out)
    assert text.count("Saved to") == 3


def test_pages_are_maps_that_are_played_with_in_both_languages(town, tmp_path):
    file = tmp_path / "a.html"
    said(*asked(town), "-o", file)
    html = file.read_text("utf-8")
    drawn = page_data(html)
    assert "audit" in {group["id"] for group in drawn["groups"]}
    for words in ("Coverage, weakest first", "覆盖率", "Ledger of what fails", "台账", "Rules"):
        assert words in html, words
    ask = (
        *("hidden", "--network", town / "city.sandnet", "--facilities", town / "places.gpkg"),
        *("--radius-m", 500, "-o", file),
    )
    said(*ask)
    html = file.read_text("utf-8")
    found = {group["id"] for group in page_data(html)["groups"]}
    assert {"hidden_straight", "hidden_streets", "hidden_slopes"} <= found
    assert "圆圈掩盖了什么" in html
    assert "What the circle hides" in html


def test_a_page_of_measures_holds_each_of_them_as_a_layer_and_a_column(town, tmp_path):
    file = tmp_path / "a.html"
    ask = (
        *("access", "--network", town / "city.sandnet", "--homes", town / "homes.geojson"),
        *("--people", "n", "--places", town / "places.gpkg", "--supply", "beds"),
        *("--speed-kmh", 6, "--measure", "2sfca", "--measure", "cumulative", "--minutes", "10"),
    )
    facts = json.loads(said(*ask, "-o", file, "--json"))
    html = file.read_text("utf-8")
    found = [one["id"] for one in page_data(html)["groups"] if one["id"].startswith("access")]
    # Eight measures: six can be switched on, and the page says so.
    assert (len(found), len(facts["columns"])) == (6, 8)
    assert "On the map: the first 6 of 8 measures" in html
    rows = sorted(facts["rows"], key=lambda row: row["2sfca_all_10"])
    table = re.search(r"Least access first.*?<tbody>(.*?)</tbody>", html, re.DOTALL)[1]
    read = [re.findall(r"<td>([^<]*)</td>", row) for row in table.split("<tr>")[1:]]
    assert read == [
        [f"{row['people']:,.0f}", *(f"{row[one['name']]:,.4g}" for one in facts["columns"])]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--people", "x"), "no column x"),
        (("--standard", "gb"), "no standard named"),
        (("--who", "robot"), "no walker named"),
        (("--open-at", "2026-11-30T08:00"), "Add --usable"),
        (("-o", "a.docx"), "can't be written"),
        (("--area", "0,0"), "holds no areas"),
    ],
)
def test_what_cannot_be_meant_is_refused(town, more, why):
    assert why in said(*asked(town), *more, fails=True)


def test_without_homes_the_sample_is_offered():
    text = said("audit", fails=True)
    assert "demo_estates" in text
    assert "demo_facilities" in text


def test_the_hidden_command_lists_what_loses_most(town):
    ask = (
        *("hidden", "--network", town / "city.sandnet", "--facilities", town / "places.gpkg"),
        *("--homes", town / "homes.geojson", "--people", "n", "--radius-m", 500),
    )
    facts = json.loads(said(*ask, "--kind", "幼儿园", "--json"))
    whole, one = facts["rows"]
    assert (whole["id"], one["id"]) == ("", "k")
    assert 0.2 < one["lost_streets"] < 0.5
    assert one["straight_people"] == one["slopes_people"] == 100
    assert "圆圈掩盖了什么" in said(*ask, language="zh")


def test_the_access_command_measures_and_shares(town, tmp_path):
    ask = (
        *("access", "--network", town / "city.sandnet", "--homes", town / "homes.geojson"),
        *("--people", "n", "--places", town / "places.gpkg", "--supply", "beds"),
        *("--speed-kmh", 6, "--measure", "2sfca", "--measure", "gravity", "--decay", "linear"),
        *("--minutes", "5,10", "--group", "side"),
    )
    out = tmp_path / "a.csv"
    facts = json.loads(said(*ask, "-o", out, "--json"))
    rows = {row["id"]: row for row in facts["rows"]}
    # 10 minutes: place s1 is 3 blocks from a and 13 from b, k 2 and 12, s2 6 and 6.
    assert rows["a"]["2sfca_all_10"] == pytest.approx(10 / 100 + 30 / 100 + 20 / 400)
    assert rows["b"]["2sfca_all_10"] == pytest.approx(20 / 400)
    assert rows["c"]["gravity_all_linear_10"] == 0
    assert pd.read_csv(out)["2sfca_all_10"].tolist() == pytest.approx([0.45, 0.05, 0.0])
    groups = {row["group"] for row in facts["equity"]}
    assert groups == {"", "n", "s"}
    assert all(one["formula"] and one["source"] for one in facts["columns"])
    assert "基尼系数" in said(*ask, language="zh")


def test_cells_stand_for_homes_or_gather_them(town, tmp_path):
    ask = (
        *("access", "--network", town / "city.sandnet", "--places", town / "places.gpkg"),
        *("--measure", "cumulative", "--measure", "completeness", "--cells", "square:200"),
    )
    alone = json.loads(said(*ask, "--area", town / "units.geojson", "--json"))
    assert len(alone["rows"]) > 10
    out = tmp_path / "a.geojson"
    said(*ask, "--homes", town / "homes.geojson", "--people", "n", "-o", out)
    cells = gpd.read_file(out)
    assert sorted(cells["people"]) == [100, 300, 600]
    assert "means no cells" in said(*ask[:-1], "round:3", fails=True)
