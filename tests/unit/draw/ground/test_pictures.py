"""Pictures of the ground lie where they were placed, whatever system and turn they have."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

from sandbox.catalog.importing.pictures import place_picture
from sandbox.draw.ground.pictures import PicturePainter, PictureSheet
from sandbox.draw.raster.tiles import Plate, Tile
from sandbox.formats.known import Known
from sandbox.formats.raster import read_raster
from tests.support.atlas import CRS, MIDDLE_XY, at
from tests.support.plans import BLUE, GOLD, GREEN, RED, about, write_plan


def render(picture: Any, m_per_px: Any = 1.0):
    """Return a function from metres about the middle to a colour of the rendered tiles."""
    painter = PicturePainter(CRS)
    plate = Plate(PictureSheet(picture, 0), m_per_px, 1.0)
    made: dict[tuple[int, int], QImage] = {}

    def colour(x_m: float, y_m: float) -> Any:
        x, y = MIDDLE_XY[0] + x_m, MIDDLE_XY[1] + y_m
        where = (int(np.floor(x / plate.tile_m)), int(np.floor(-y / plate.tile_m)))
        if where not in made:
            made[where] = painter.render(Tile(plate, *where), lambda: None)
        west, north = Tile(plate, *where).west_north
        at_px = int((x - west) / m_per_px), int((north - y) / m_per_px)
        return made[where].pixelColor(*at_px).getRgb()

    return colour


@pytest.mark.parametrize("code", ["EPSG:4544", "EPSG:4523", "EPSG:4326", "EPSG:3857", "gcj02"])
@pytest.mark.parametrize("ending", [".tif", ".png"])
def test_quarters_lie_where_they_belong(tmp_path: Path, code: Any, ending: Any):
    degrees = code in ("EPSG:4326", "gcj02")
    cell = 2e-5 if degrees else 2.0
    crs = code if ending == ".tif" and code != "gcj02" else None
    path = write_plan(tmp_path / f"plan{ending}", about(at(0, 0), code, cell), crs)
    placed = place_picture(read_raster(path), code, Known())
    assert placed.chosen_by == "user"
    colour = render(placed.picture)
    # A plan of some 400 by 200 metres about the middle, its colours seen 20 m from the middle.
    for x, y, wanted in ((-20, 20, RED), (20, 20, GREEN), (-20, -20, BLUE), (20, -20, GOLD)):
        assert colour(x, y) == (*wanted, 255)
    assert colour(0, 400)[3] == 0


def test_a_turned_plan_is_turned(tmp_path: Path):
    # Turned by 90 degrees anticlockwise its upper side lies in the west.
    place = about(at(0, 0), CRS, 2.0, turn_deg=90.0)
    path = write_plan(tmp_path / "plan.png", place)
    colour = render(place_picture(read_raster(path), CRS, Known()).picture)
    assert colour(-20, -20)[:3] == RED
    assert colour(-20, 20)[:3] == GREEN
    assert colour(20, -20)[:3] == BLUE
    assert colour(20, 20)[:3] == GOLD
    # 200 cells of 2 m now go north and south, 100 east and west.
    assert colour(-90, 190)[3] == 255
    assert colour(-110, 0)[3] == 0


def test_an_edge_lies_to_the_cell_at_every_scale(tmp_path: Path):
    place = about(at(0, 0), CRS, 2.0)
    path = write_plan(tmp_path / "plan.tif", place, CRS)
    picture = place_picture(read_raster(path), None, Known()).picture
    for m_per_px in (0.5, 1.0, 4.0, 10.0):
        colour = render(picture, m_per_px)
        # Within half a cell, or a pixel of the screen, of an edge colours run into each other.
        off = max(1.5 * m_per_px, 2.0)
        assert colour(-off, 2 * off)[:3] == RED
        assert colour(off, 2 * off)[:3] == GREEN
        assert colour(200 + off, 2 * off)[3] == 0
        assert colour(200 - off, 2 * off)[3] == 255


def test_what_a_file_leaves_out_is_see_through(tmp_path: Path):
    cells = np.zeros((1, 100, 200), np.float32)
    cells[0, :, :100], cells[0, :, 100:] = 300.0, np.nan
    cells[0, :50, :50] = 400.0
    path = write_plan(tmp_path / "dem.tif", about(at(0, 0), CRS, 2.0), CRS, cells)
    colour = render(place_picture(read_raster(path), None, Known()).picture)
    assert colour(-180, 80) == (255, 255, 255, 255)  # the highest
    assert colour(-20, -20) == (0, 0, 0, 255)
    assert colour(20, 20)[3] == 0
