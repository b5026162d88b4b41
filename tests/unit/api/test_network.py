"""What is added to a network from Python: heights of its streets, and what becomes of edits."""

import math

import numpy as np
import pytest
import rasterio
import shapely

import sandbox
from sandbox import Network, StreetEdit
from tests.support.grid_city import BLOCK_M, CRS, SOUTH, SPEED_KMH, WEST, at, grid_city

# A hillside: a tenth of a metre up for every metre east.
RISE = 0.1


@pytest.fixture(scope="module")
def hillside(tmp_path_factory):
    file, cell_m = tmp_path_factory.mktemp("heights") / "hillside.tif", 20.0
    west, north, cells = WEST - 200.0, SOUTH + 2_200.0, 120
    east = west + cell_m * (np.arange(cells) + 0.5)
    heights = np.tile(100.0 + RISE * (east - WEST), (cells, 1)).astype("float32")
    with rasterio.open(
        file, "w", driver="GTiff", width=cells, height=cells, count=1, dtype="float32", crs=CRS,
        transform=rasterio.Affine(cell_m, 0.0, west, 0.0, -cell_m, north),
    ) as raster:  # fmt: skip
        raster.write(heights, 1)
    return file


def minutes(network, one, other):
    """Return the minutes from one crossing to another, climbing counted."""
    table = sandbox.travel_times(
        network, {"one": at(*one)}, {"other": at(*other)}, speed_kmh=SPEED_KMH, slope="tobler"
    )
    return float(table["minutes"].iloc[0])


def test_streets_climb_by_the_heights_that_are_added(hillside):
    made = Network(grid_city()).add_elevation(hillside)
    # Ten blocks are ten minutes on the level. Tobler (1993): speed falls as exp(-3.5 |s + 0.05|),
    # so uphill at s = 0.1 it is exp(-0.35) of the level's, and downhill at s = -0.1 the same.
    assert minutes(made, (0, 5), (10, 5)) == pytest.approx(10 * math.exp(0.35), abs=0.02)
    assert minutes(made, (10, 5), (0, 5)) == pytest.approx(10, abs=0.02)
    assert minutes(made, (5, 0), (5, 10)) == pytest.approx(10, abs=0.02)


def test_edits_stay_when_heights_are_added(hillside):
    # Of row 5 the block between the columns 4 and 5 is closed: two blocks more, level ones.
    (west, north), (east, south) = at(4.3, 5.3), at(4.7, 4.7)
    works = StreetEdit("avoid", shapely.box(west, south, east, north))
    one_way = Network(grid_city()).edited(works).add_elevation(hillside)
    other_way = Network(grid_city()).add_elevation(hillside).edited(works)
    for made in (one_way, other_way):
        assert made.describe()["street_edits"] == 1
        told = minutes(made, (4, 5), (5, 5))
        assert told == pytest.approx(2 + BLOCK_M / 100 * math.exp(0.35), abs=0.02)
