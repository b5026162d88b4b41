"""Which buildings stand on a map: schematic ones, until somebody's own take their place."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QImage, QPainter

from sandbox import paths
from sandbox.catalog.layer import Style
from sandbox.draw.ground.buildings import BELOW_M_PX, paint_buildings, standing
from sandbox.draw.theme import theme
from sandbox.geo import crs as geo
from sandbox.streets.footprints import BuildingKind, footprints_of, write_footprints
from tests.support.atlas import CRS, at, layer

SIDE = 200


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Two schematic buildings about the small city's middle, as files of the layers."""
    x, y = geo.to_metric(at(0, 0), CRS)
    shapes = np.array([shapely.box(x + dx, y - 10, x + dx + 20, y + 10) for dx in (0, 100)])
    made = footprints_of(CRS, shapes, np.array([30.0, 60.0]), np.zeros(2, np.uint8))
    (tmp_path / "built_up").mkdir()
    write_footprints(made, tmp_path / "built_up" / "buildings.npz")
    monkeypatch.setattr(paths, "layers", lambda: tmp_path)
    return made


def built_up():
    return layer("built_up", "polygon", Style(fill="site"), [square("ground", -300, 900)])


def square(identity, east, side, **more):
    shape = shapely.box(east, 0, east + side, side)
    return {"id": identity, "shape": shape, **more}


def test_schematic_buildings_stand_where_the_built_up_ground_is_shown(shipped):
    made = standing({"built_up": built_up()}, CRS)
    assert made is not None
    assert made.height_m.tolist() == [30, 60]
    assert standing({}, CRS) is None


@pytest.mark.parametrize(
    ("column", "value", "height_m"),
    [("height", 45.0, 45), ("building:levels", 10, 32), ("floors", "5", 16), ("层数", 3, 9.6)],
)
def test_own_ones_take_the_place_of_those_that_they_meet(shipped, column, value, height_m):
    own = layer("own", "polygon", Style(), [square("a", 5, 12)])
    assert own.features is not None
    own = replace(own, features=own.features.assign(**{column: [value]}))
    made = standing({"built_up": built_up(), "own": own}, CRS)
    assert made is not None
    assert made.height_m.tolist() == pytest.approx([60, height_m])
    assert made.kind.tolist() == [BuildingKind.TOWER, BuildingKind.OTHER]


def test_polygons_without_height_are_no_buildings(shipped):
    parks = layer("parks", "polygon", Style(), [square("a", 5, 12)])
    made = standing({"built_up": built_up(), "parks": parks}, CRS)
    assert made is not None
    assert len(made) == 2


@pytest.mark.parametrize(("m_per_px", "seen"), [(1.0, True), (BELOW_M_PX, False)])
def test_roofs_and_shadows_are_painted_where_the_scale_shows_them(qapp, shipped, m_per_px, seen):
    west, south, *_ = shipped.boxes[0]
    look = theme("kiosk_dark")
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(look.colour("ground"))
    before = image.copy()
    painter = QPainter(image)

    def to_px(xy):
        return (xy - np.array([west - 50, south + 60])) * (1, -1) / m_per_px

    box = (west - 50, south - 140, west + 150, south + 60)
    paint_buildings(painter, shipped, box, to_px, m_per_px, look)
    painter.end()
    assert (image != before) == seen
    if seen:
        # The first stands 50 to 70 pixels from the left, 40 to 60 from the top.
        roof, ground = image.pixelColor(60, 50), before.pixelColor(60, 50)
        assert roof.lightness() > ground.lightness()
        # Light comes from the north-west: ground beyond its lower right corner is dark.
        assert image.pixelColor(76, 64).lightness() < ground.lightness()
        assert image.pixelColor(44, 34) == ground
