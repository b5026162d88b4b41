"""Stations' rings: over an answer none of them gives way to a place."""

import pytest
from shapely.geometry import LineString, Point

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.questions import ReachQuestion
from sandbox.app.state import Document, LayerShown, MapState, View
from sandbox.catalog.layer import Style
from sandbox.draw.ground.features import Ground
from sandbox.draw.lettering.icon_atlas import IconAtlas
from sandbox.draw.lettering.labels import lay_out
from sandbox.draw.lettering.names import names
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from tests.support.atlas import CRS, at, layer, streets


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    station = {"line": "1", "kind": "metro_station", "status": "operating"}
    metro = [
        {"shape": LineString([(-900, 0), (900, 0)]), "line": "1", "kind": "line"},
        {**station, "shape": Point(0, 0), "name_zh": "城站", "name_en": "City"},
    ]
    made = [
        # At the very place of the station, and more urgent than it.
        layer("labs", "point", Style(category="lab", label_rank=1), [
            {"name_zh": "实验室", "name_en": "Lab", "shape": Point(10, 0)},
        ]),
        layer("metro", "mixed", Style(category="rail", line="metro", label_rank=30), metro),
    ]  # fmt: skip
    return Atlas({one.id: one for one in made}, streets(4))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_a_ring_stays_where_a_place_would_cover_it_once_there_are_bands(atlas, look, dpr) -> None:
    bare = MapState(Document(View(at(0, 0), 4.0), (LayerShown("metro"), LayerShown("labs"))))
    asked = changed(bare, reach=ReachQuestion(at(300, 300)))
    viewport = Viewport.of(bare.document.view, CRS, (900.0, 700.0), dpr)

    def marked(state: MapState) -> set[str]:
        found = names(Ground(atlas), state, viewport, theme(look))
        layout = lay_out(found, viewport, IconAtlas(theme(look), dpr), (), {})
        return {one.key[0] for one in layout.placed if not one.side and one.key[1][-1] != "0"} | {
            one.key[0] for one in layout.placed if not one.side and one.key[0] == "labs"
        }

    assert marked(bare) == {"labs"}
    assert marked(asked) == {"metro"}
    assert marked(changed(asked, reach_opacity=0.0)) == {"labs"}, "the bands are hidden"
