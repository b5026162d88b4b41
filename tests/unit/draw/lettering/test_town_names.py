"""Names of districts and towns: which are said, and where they make way."""

import pytest
from PySide6.QtCore import QRectF
from shapely.geometry import LineString, Point

from sandbox.app.atlas import Atlas
from sandbox.app.state import Document, LayerShown, MapState, View
from sandbox.catalog.layer import Style
from sandbox.draw.ground.features import Ground
from sandbox.draw.lettering.icon_atlas import IconAtlas
from sandbox.draw.lettering.labels import lay_out
from sandbox.draw.lettering.layout import Layout
from sandbox.draw.lettering.names import names
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from tests.support.atlas import CRS, at, layer, streets

LIGHT = theme("light")
VIEW = View(at(0, 0), 40.0)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    towns = [
        {
            "name_zh": "大城",
            "name_en": "Big",
            "label_class": 1,
            "accuracy_m": 1000.0,
            "shape": Point(0, 0),
        },
        {
            "name_zh": "小镇",
            "name_en": "Small",
            "label_class": 2,
            "accuracy_m": 1000.0,
            "shape": Point(4000, 0),
        },
    ]
    metro = [
        {"shape": LineString([(-9000, 0), (3000, 0)]), "line": "7", "kind": "line"},
        {"shape": Point(0, 0), "line": "7", "kind": "metro_station", "name_zh": "城站"},
    ]
    made = [
        layer("towns", "point", Style(label_rank=10, above_m_px=8.0), towns, group="base"),
        layer("labs", "point", Style(category="lab"), [
            {"name_zh": "小镇", "name_en": "Small", "shape": Point(4100, 0)},
        ]),
        layer("metro", "mixed", Style(category="rail", line="metro"), metro, group="transport"),
    ]  # fmt: skip
    return Atlas({one.id: one for one in made}, streets(4))


def laid_out(atlas: Atlas, m_per_px: float, *shown: str) -> Layout:
    state = MapState(
        Document(View(VIEW.center_lonlat, m_per_px), tuple(LayerShown(s) for s in shown))
    )
    viewport = Viewport.of(state.document.view, CRS, (900.0, 700.0), 1.0)
    found = names(Ground(atlas), state, viewport, LIGHT)
    return lay_out(found, viewport, IconAtlas(LIGHT, 1.0), (), {})


def said(layout: Layout) -> set[str]:
    return {one.key[1] for one in layout.placed if one.side and one.key[0] == "towns"}


@pytest.mark.usefixtures("qapp")
def test_towns_are_named_from_afar_and_no_more_where_streets_are(atlas: Atlas) -> None:
    assert said(laid_out(atlas, 40.0, "towns")) == {"towns_0", "towns_1"}
    assert said(laid_out(atlas, 8.1, "towns")) == {"towns_0"}, "the other is off the canvas"
    assert said(laid_out(atlas, 8.0, "towns")) == set()


@pytest.mark.usefixtures("qapp")
def test_beyond_the_region_only_the_first_class_is_named(atlas: Atlas) -> None:
    assert said(laid_out(atlas, 90.0, "towns")) == {"towns_0"}


@pytest.mark.usefixtures("qapp")
def test_a_town_isnt_named_again_beside_a_mark_with_its_name(atlas: Atlas) -> None:
    # The laboratory has a name of its own from 20 metres a pixel on.
    assert said(laid_out(atlas, 19.0, "towns", "labs")) == {"towns_0"}
    assert said(laid_out(atlas, 19.0, "towns")) == {"towns_0", "towns_1"}


@pytest.mark.usefixtures("qapp")
def test_a_town_leaves_the_ring_of_a_station_bare(atlas: Atlas) -> None:
    layout = laid_out(atlas, 40.0, "towns", "metro")
    boxes: dict[str, list[QRectF]] = {"towns": [], "metro": []}
    for one in layout.placed:
        if one.key in (("towns", "towns_0"), ("metro", "metro_1")):
            boxes[one.key[0]] += [box.translated(one.offset) for box in one.boxes]
    assert len(boxes["towns"]) == len(boxes["metro"]) == 1
    assert not boxes["towns"][0].intersects(boxes["metro"][0])
