import re

import pytest
import shapely
from shapely.geometry import shape

from sandbox.analysis.comparison.tables import gains_most, ground_layer, places_layer, saved_layer
from sandbox.draw.theme import theme, tokens
from sandbox.engine.surface import CELLS_PER_REACH
from sandbox.export.page.comparison import _grounds, _share_of_cell
from sandbox.export.page.html import page_html
from sandbox.export.page.result import difference_styles, hatches
from sandbox.geo.shapes import to_metric
from tests.support.atlas import small_atlas, small_state
from tests.support.compared import NAMES, compared_places, compared_result


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def told(atlas):
    return compared_places(atlas)


def test_the_page_shows_ground_table_and_what_was_asked(atlas, told):
    _, _, rows = told
    html = page_html(atlas, small_state(atlas), compared_result(atlas))
    bare = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert "慢行 → 快行 · 试算 · " in bare
    assert "起点：慢行 → 快行" in bare
    tables = re.findall(r"<table>(.*?)</table>", bare, flags=re.DOTALL)
    assert [table.count("<tr>") - 1 for table in tables] == [2, 2, len(rows)]
    for row in rows.to_dict("records"):
        said = f"{row['area_base_km2']:.2f} → {row['area_plan_km2']:.2f}"
        assert said in tables[-1]
    for change in ("gained", "lost"):
        assert bare.count(f'id="hatch-{change}"') == 1
    assert "url(#hatch-gained)" in html


def test_the_place_that_gains_most_stands_on_the_map(atlas, told):
    origins, found, rows = told
    largest = rows[rows["cutoff_min"] == rows["cutoff_min"].max()]
    best = largest.loc[largest["area_diff_km2"].idxmax(), "place_id"]
    assert origins["id"].iloc[gains_most(found).number] == best
    result = compared_result(atlas)
    spot = origins.geometry.iloc[gains_most(found).number]
    assert result.pin_lonlat == (spot.x, spot.y)
    assert [layer.visible for layer in result.layers] == [True, False, False]
    assert [layer.id for layer in result.layers] == [
        "difference_fast_4",
        "difference_fast_2",
        "saved_fast",
    ]


def test_minutes_saved_have_a_legend_of_their_own(atlas):
    saved = compared_result(atlas).layers[-1]
    shown = [line.title.en for line in saved.legend]
    assert shown == [f"at least {band} min faster" for band in (2, 5, 10, 15)[: len(shown)]]
    assert shown
    fills = [line.look.fill for line in saved.legend]
    assert len(set(fills)) == len(fills)
    assert saved.title.zh == f"节省时间：{NAMES['slow'].zh} → {NAMES['fast'].zh}"


@pytest.mark.parametrize("look", ["planner_light", "planner_dark"])
def test_colours_and_hatching_are_those_of_the_tokens(look):
    chosen = theme(look)
    told = tokens()["difference"]
    colours = told["dark" if chosen.dark else "light"]
    styles = difference_styles(chosen)
    drawn = hatches(chosen)
    for change in ("gained", "lost"):
        # The hatching holds the fill, so each ground is in the page once.
        assert styles[change]["fillColor"] == f"url(#hatch-{change})"
        assert styles[change]["color"] == colours[change]
        filled = f'fill="{colours[change]}" fill-opacity="{told["alpha"][change]:g}"'
        assert filled in drawn
    assert "rotate(45)" in drawn
    assert "rotate(135)" in drawn


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_outlines_of_a_page_move_by_no_more_than_their_share_of_a_cell(told, share):
    _, found, _ = told
    cell_m = found[0].reach_m / CELLS_PER_REACH
    for one in found:
        for layer, exact in zip(
            _grounds(one, theme("planner_light"), share, None)[::-1],
            one.ground.gained.areas,
            strict=True,
        ):
            (gained,) = (
                shape(drawn["geometry"])
                for drawn in layer.features
                if "gained" in drawn["properties"]["style"]["fillColor"]
            )
            drawn = to_metric(gained, one.ground.crs)
            # Beside the simplifying there is the rounding of degrees, about a metre.
            assert shapely.hausdorff_distance(drawn, exact) <= share * cell_m + 1.5
            assert drawn.area == pytest.approx(exact.area, abs=exact.length * (share * cell_m / 2))


def test_a_page_is_as_fine_as_its_size_allows(told, monkeypatch):
    _, found, _ = told
    assert _share_of_cell(found) == 0.1
    monkeypatch.setattr("sandbox.export.page.comparison._POINTS_AT_MOST", 10)
    assert _share_of_cell(found) == 1.0


def test_names_cannot_become_markup(atlas):
    name = "<script>alert(1)</script>{{ 7*7 }}"
    html = page_html(atlas, small_state(atlas), compared_result(atlas, name=name))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ 7*7 }}" in html


def test_layers_hold_a_row_for_each_place_and_change(told):
    origins, found, rows = told
    points = places_layer(origins, rows)
    for row in points.itertuples():
        assert row.geometry.equals(origins.set_index("id").geometry[row.place_id])
    ground = ground_layer(found)
    assert set(ground["change"]) == {"base", "plan", "gained"}
    assert len(ground) == 3 * len(rows)
    gained = ground[ground["change"] == "gained"].set_index(["place_id", "cutoff_min"])
    for row in rows.itertuples():
        assert gained["area_km2"][row.place_id, row.cutoff_min] == pytest.approx(
            row.gained_km2, abs=1e-6
        )
    assert set(saved_layer(found)["change"]) == {"sooner"}
