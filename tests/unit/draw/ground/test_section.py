"""A section through two ridges of known heights meets what lies on its line."""

import numpy as np
import pytest
from shapely.geometry import LineString, box

from sandbox.app.atlas import Atlas
from sandbox.catalog.layer import Grid, Layer, Style
from sandbox.draw.ground.features import Ground
from sandbox.draw.ground.section import section_through
from sandbox.words import Bilingual
from tests.support.atlas import at, hand_made_layers, layer, streets


@pytest.fixture(scope="module")
def made():
    # Ridges of 700 and 600 metres, 8 kilometres west and east of a valley at 300.
    x = np.linspace(-14_000, 14_000, 281)[None, :].repeat(41, axis=0)
    heights = (
        300 + 400 * np.exp(-(((x + 8000) / 900) ** 2)) + 300 * np.exp(-(((x - 8000) / 900) ** 2))
    )
    west, south = at(-14_000, -2000)
    east, north = at(14_000, 2000)
    words = Bilingual("地形", "Relief")
    relief = Layer(
        "relief", words, "base", "grid", (), Style(label=False), (), words, "CC0",
        grid=Grid(heights.astype(np.float32), (west, south, east, north)),
    )  # fmt: skip
    hills = [
        {"shape": box(left, -1800, left + 2000, 1800), "kind": "mountain",
         "name_zh": name, "name_en": name}
        for left, name in ((7000, "East"), (-9000, "West"))
    ]  # fmt: skip
    tunnels = [
        {"shape": LineString([(6500, 900), (9500, 900)]), "name_zh": "隧道", "name_en": "Tunnel"},
        {"shape": LineString([(-200, 0), (200, 0)]), "name_zh": "地下", "name_en": "Underpass"},
    ]
    roads = [
        {"shape": LineString([(1000, -900), (1000, 900)]), "name_zh": "大道", "name_en": "Avenue",
         "status": "construction"},
        {"shape": LineString([(1000, 500), (3000, 900)]), "name_zh": "北路", "name_en": "North"},
    ]  # fmt: skip
    layers = hand_made_layers() | {
        "relief": relief,
        "parks": layer("parks", "polygon", Style(fill="park"), hills),
        "tunnels": layer("tunnels", "line", Style(line="tunnel"), tunnels),
        "main_roads": layer("main_roads", "line", Style(line="road"), roads),
    }
    return Ground(Atlas(layers, streets(4)))


def test_ridges_tunnels_and_roads_stand_where_they_are_and_as_high(made):
    section = section_through(made, at(0, 0))
    assert section is not None
    # From 4.5 km beside the mountains' feet.
    west = -9000 - 4500
    assert section.here_m == pytest.approx(-west, abs=30)
    assert section.along_m[-1] == pytest.approx(9000 + 4500 - west, abs=90)
    by_kind = {
        kind: [one for one in section.met if one.kind == kind] for kind in ("ridge", "bore", "road")
    }
    assert [one.name[1] for one in by_kind["ridge"]] == ["West", "East"]
    for one, x, high in zip(by_kind["ridge"], (-8000, 8000), (700, 600), strict=True):
        assert one.along_m[0] == pytest.approx(x - west, abs=120)
        assert one.height_m[0] == pytest.approx(high, abs=6)
    # The underpass leads through no ridge; the tunnel ends where the ground is at its portals.
    (bore,) = by_kind["bore"]
    assert bore.along_m == (pytest.approx(6500 - west, abs=30), pytest.approx(9500 - west, abs=30))
    assert bore.height_m == (pytest.approx(300 + 300 * np.exp(-((1500 / 900) ** 2)), abs=6),) * 2
    (road,) = by_kind["road"]
    assert (road.name[1], road.built) == ("Avenue", False)
    assert road.along_m[0] == pytest.approx(1000 - west, abs=30)


def test_without_ridges_on_both_sides_there_is_none(made):
    assert section_through(made, at(-12_000, 0)) is None
    assert section_through(made, at(0, 3000)) is None
    assert section_through(Ground(Atlas(hand_made_layers(), streets(4))), at(0, 0)) is None
