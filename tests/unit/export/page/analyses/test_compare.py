import re
from typing import Any

import pytest

from sandbox.analysis.comparison.tables import changes_most, ground_layer, places_layer, saved_layer
from sandbox.draw.theme import tokens
from sandbox.export.page.html import page_html
from sandbox.export.page.look import variables
from sandbox.export.page.result import hatches
from tests.support.atlas import small_atlas, small_state
from tests.support.compared import compared_places, compared_result
from tests.support.paged import page_data


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def told(atlas: Any):
    return compared_places(atlas)


def test_the_page_shows_ground_table_and_what_was_asked(atlas: Any, told: Any):
    _, _, rows = told
    html = page_html(atlas, small_state(atlas), compared_result(atlas))
    bare = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert "慢行 → 快行 · 试算\N{NO-BREAK SPACE}· " in bare
    assert "起点：慢行 → 快行" in bare
    tables = re.findall(r"<table[^>]*>(.*?)</table>", bare, flags=re.DOTALL)
    assert [table.count("<tr>") - 1 for table in tables] == [2, 2, len(rows)]
    for row in rows.to_dict("records"):
        said = f"{row['area_base_km2']:.2f} → {row['area_plan_km2']:.2f}"
        assert said in tables[-1]
    for change in ("gained", "lost"):
        assert bare.count(f'id="hatch-{change}"') == 1
    assert "url(#hatch-gained)" in html


def test_the_place_that_changes_most_stands_on_the_map(atlas: Any, told: Any):
    origins, found, rows = told
    largest = rows[rows["cutoff_min"] == rows["cutoff_min"].max()]
    best = largest.loc[largest["area_diff_km2"].idxmax(), "place_id"]
    assert origins["id"].iloc[changes_most(found).number] == best
    result = compared_result(atlas)
    spot = origins.geometry.iloc[changes_most(found).number]
    assert result.pin_lonlat == (spot.x, spot.y)
    assert [line.title.en for line in result.legend] == ["Added", "Lost", "Already reachable"]


def test_minutes_saved_have_a_legend_of_their_own(atlas: Any):
    saved = compared_result(atlas).saved_legend
    assert [line.title.en for line in saved] == [
        f"at least {band} min {change}"
        for change in ("faster", "slower")
        for band in (2, 5, 10, 15)
    ]
    looks: list[Any] = [line.look for line in saved]
    fills = [light.fill for light, _ in looks]
    assert len(set(fills)) == len(fills)


def test_colours_and_hatching_are_those_of_the_tokens():
    told = tokens()["difference"]
    drawn, css = hatches(), variables(3)
    for change in ("gained", "lost"):
        assert f'fill="var(--change-{change})" fill-opacity="{told["alpha"][change]:g}"' in drawn
        for tone in ("light", "dark"):
            assert f"--change-{change}:{told[tone][change]};" in css
    assert "rotate(45)" in drawn
    assert "rotate(135)" in drawn


def test_names_cannot_become_markup(atlas: Any):
    name = "<script>alert(1)</script>{{ 7*7 }}"
    html = page_html(atlas, small_state(atlas), compared_result(atlas, name=name))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ 7*7 }}" in html
    assert name in page_data(html)["title"]["en"]


def test_layers_hold_a_row_for_each_place_and_change(told: Any):
    origins, found, rows = told
    points = places_layer(origins, rows)
    for row in points.to_dict("records"):
        assert row["geometry"].equals(origins.set_index("id").geometry[row["place_id"]])
    ground = ground_layer(found)
    assert set(ground["change"]) == {"base", "plan", "gained"}
    assert len(ground) == 3 * len(rows)
    gained = ground[ground["change"] == "gained"].set_index(["place_id", "cutoff_min"])
    areas: Any = gained["area_km2"]
    for row in rows.to_dict("records"):
        area = areas[row["place_id"], row["cutoff_min"]]
        assert area == pytest.approx(row["gained_km2"], abs=1e-6)
    assert set(saved_layer(found)["change"]) == {"sooner"}
