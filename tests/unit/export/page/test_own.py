"""Layers of the user's own on pages: the colours and classes of the screen."""

from dataclasses import replace

import geopandas as gpd
import shapely

from sandbox.app.changes import changed
from sandbox.app.state import LayerShown
from sandbox.catalog.symbology import Symbology
from sandbox.draw.ground.own import own_colour
from sandbox.draw.theme import theme
from sandbox.export.page import own
from sandbox.export.page.html import page_html
from tests.support.atlas import at, small_atlas, small_state
from tests.support.paged import page_data

BY_BEDS = Symbology(
    colour="#000000", column="beds", breaks=(10.0, 100.0), colours=("#640000", "#006400")
)


def beds(*figures, shape=None):
    layer = next(one for one in small_atlas().layers.values() if one.geometry == "point")
    table = layer.features.iloc[[0] * len(figures)].reset_index(drop=True)
    table = table.assign(
        id=[str(one) for one in range(len(figures))], name_zh="诊所", name_en="Clinic", beds=figures
    )
    shapes = [shape or shapely.Point(at(100.0 * one, 0.0)) for one in range(len(figures))]
    table = gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=shapes, crs=4326)
    style = replace(layer.style, category="own", fill="", line="")
    return replace(layer, id="beds", group="own", features=table, style=style)


def test_each_feature_has_the_colour_of_its_class_and_what_is_in_none_the_layers():
    # A class holds its upper end.
    found = own.colours(beds(10.0, 11.0, 500.0), BY_BEDS)
    assert [light for light, _ in found] == ["#640000", "#006400", "#000000"]
    assert [dark for _, dark in found] == [own_colour(one, theme("dark")) for one, _ in found]
    assert all(light != dark for light, dark in found)


def test_features_without_a_shape_have_no_colour():
    layer = beds(10.0, 11.0)
    layer.features.loc[0, "geometry"] = None
    assert [light for light, _ in own.colours(layer, BY_BEDS)] == ["#006400"]


def page(layer):
    atlas = small_atlas()
    atlas = replace(atlas, layers={**atlas.layers, "beds": layer})
    state = small_state(atlas)
    shown = (
        *(one for one in state.document.layers if one.id != "beds"),
        LayerShown("beds", opacity=0.5, symbology=BY_BEDS),
    )
    html = page_html(atlas, changed(state, layers=shown))
    data = page_data(html)
    (group,) = [one for one in data["groups"] if one["id"] == "beds"]
    return html, data, group


def test_points_are_dots_in_their_colours_with_their_names_and_a_legend():
    html, _, group = page(beds(5.0, 50.0))
    (part,) = group["parts"]
    told = [one["properties"] for one in part["features"]]
    assert part["pane"] == "markerPane"
    assert [one["colours"][0] for one in told] == ["#640000", "#006400"]
    assert {one["icon"] for one in told} == {"own"}
    assert "≤ 10" in html
    assert "10 – 100" in html
    assert 'id="icon-own"' in html


def test_areas_and_lines_are_drawn_in_theirs():
    _, data, group = page(beds(5.0, shape=shapely.Point(at(0.0, 0.0)).buffer(0.001)))
    parts = {one["pane"]: one for one in group["parts"]}
    assert set(parts) == {"areas", "markerPane"}  # the area, and its name
    light, dark = data["styles"][parts["areas"]["features"][0]["properties"]["s"]]
    assert light["fillColor"] == "#640000"
    assert dark["fillColor"] == own_colour("#640000", theme("dark"))
    assert light["fillOpacity"] == 0.32 * 0.5
    _, data, group = page(beds(50.0, shape=shapely.LineString([at(0.0, 0.0), at(300.0, 0.0)])))
    (part,) = group["parts"]
    assert part["pane"] == "rails"
    assert data["styles"][part["features"][0]["properties"]["s"]][0]["color"] == "#006400"
