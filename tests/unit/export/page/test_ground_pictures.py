"""Pictures of the ground on a page: in their place, small enough, or said to be left out."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio

from sandbox.app.changes import changed
from sandbox.catalog.importing.pictures import layer_over
from sandbox.export.page.ground_pictures import fit
from sandbox.export.page.html import page_html
from sandbox.geo.systems import System
from sandbox.imagery.raster_file import RasterFile
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import web_mercator
from sandbox.words import Bilingual
from tests.support.atlas import small_atlas, small_state
from tests.support.paged import page_data

# A kilometre and a half in CGCS2000 Gauss-Krüger (105° E); its east half is
# blue, the rest red, and nothing in the north-western corner.
CODE, WEST, NORTH, CELL_M, ROWS, COLUMNS = "EPSG:4544", 482_000.0, 3_265_000.0, 5.0, 200, 300


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    cells = np.zeros((4, ROWS, COLUMNS), dtype=np.uint8)
    cells[0, :, : COLUMNS // 2] = 250
    cells[2, :, COLUMNS // 2 :] = 250
    cells[3] = 255
    cells[3, :40, :40] = 0
    file = tmp_path_factory.mktemp("plan") / "plan.tif"
    place = rasterio.Affine(CELL_M, 0, WEST, 0, -CELL_M, NORTH)
    with rasterio.open(
        file, "w", driver="GTiff", width=COLUMNS, height=ROWS, count=4, dtype="uint8", crs=CODE,
        transform=place, photometric="RGB", alpha="YES",
    ) as raster:  # fmt: skip
        raster.write(cells)
    return RasterFile(file, System(CODE), tuple(place)[:6], (COLUMNS, ROWS))


def colour_at(fitted, lon, lat):
    rows, columns = fitted.rgba.shape[:2]
    west, south, east, north = fitted.bounds_lonlat
    # Over a kilometre web mercator and degrees differ by less than a pixel.
    row = int((north - lat) / (north - south) * rows)
    return fitted.rgba[row, int((lon - west) / (east - west) * columns)].tolist()


def test_each_pixel_lies_where_the_file_says(plan):
    fitted = fit(plan, 2_048)
    # No finer than the file.
    assert max(fitted.rgba.shape) == COLUMNS
    for x, y, wanted in (
        (300, 500, [250, 0, 0, 255]),
        (1_300, 500, [0, 0, 250, 255]),
        (100, 900, [0, 0, 0, 0]),
        (730, 500, [250, 0, 0, 255]),
        (770, 500, [0, 0, 250, 255]),
    ):
        ((lon, lat),) = plan.system.to_lonlat(np.array([[WEST + x, NORTH - ROWS * CELL_M + y]]))
        assert colour_at(fitted, lon, lat) == wanted


def with_picture(picture, language="en"):
    atlas = small_atlas()
    title = Bilingual("控规图", "Plan")
    layer = layer_over(picture, "plan", title, "plan.tif", {})
    atlas = replace(atlas, layers={"plan": layer, **atlas.layers})
    state, shown = small_state(atlas, language=language), []
    for one in state.document.layers:
        shown.append(replace(one, opacity=0.7) if one.id == "plan" else one)
    return atlas, changed(state, layers=tuple(shown))


def test_a_page_carries_the_picture_with_its_switch(plan):
    page = page_html(*with_picture(plan))
    groups = {one["id"]: one for one in page_data(page)["groups"]}
    (picture,) = groups["plan"]["pictures"]
    (south, west), (north, east) = picture["bounds"]
    assert plan.bounds_lonlat == pytest.approx((west, south, east, north))
    assert picture["src"][0].startswith("data:image/webp;base64,")
    assert groups["plan"]["opacity"] == 0.7
    assert 'data-layer="plan"' in page


def test_what_is_left_out_is_said(plan, tmp_path):
    gone = replace(plan, path=tmp_path / "gone.tif")
    page = page_html(*with_picture(gone))
    assert "the page omits it" in page
    assert 'data-layer="plan"' not in page
    service = TileService("http://127.0.0.1/{z}/{x}/{y}", web_mercator(0, 18))
    assert "base maps are not part of a page" in page_html(*with_picture(service))
