"""Travel times as a page carries them, beside the program's own areas and places."""

import numpy as np
import pytest
import shapely

from sandbox.analysis.isochrone import cutoff_ms, isochrone
from sandbox.engine import surface
from sandbox.export.page import fields
from sandbox.geo.crs import to_lonlat
from tests.support.atlas import at, streets

MOST_MIN = 12.0
REACH_M = 50.0


@pytest.fixture(scope="module")
def found():
    return isochrone(streets(), at(-300, 100), (4.0, MOST_MIN), reach_m=REACH_M)


@pytest.fixture(scope="module")
def grid(found):
    return fields.grid_for([found.reached], MOST_MIN, REACH_M, found.crs)


@pytest.mark.parametrize("minutes", [1, 4, 7, 12])
def test_points_within_whole_minutes_are_those_within_the_programs_area(found, grid, minutes):
    steps = fields.steps(found.reached, MOST_MIN, REACH_M, grid)
    inside = steps <= minutes * grid.steps_per_minute
    points = grid.points
    near = surface.distance_fields(found.reached, [cutoff_ms(minutes)], REACH_M, points)[0]
    # A point at the very rim may fall to either side.
    sure = np.abs(near - REACH_M) > 0.01
    assert (inside == (near <= REACH_M))[sure].all()
    assert inside.any()


def test_contours_close_within_the_grid(found, grid):
    steps = fields.steps(found.reached, MOST_MIN, REACH_M, grid)
    rim = np.concatenate([steps[0], steps[-1], steps[:, 0], steps[:, -1]])
    assert (rim == fields.NEVER).all()
    assert steps.shape == (grid.points.rows, grid.points.columns)


@pytest.mark.parametrize(("most", "steps"), [(30, 8), (45, 5), (60, 4), (90, 2), (240, 1)])
def test_steps_are_as_fine_as_a_byte_can_tell(most, steps):
    assert fields.steps_per_minute(most) == steps
    assert most * steps < fields.NEVER


def test_a_grid_that_is_too_fine_for_a_telephone_gets_coarser(found, grid):
    coarse = fields.grid_for([found.reached], MOST_MIN, REACH_M, found.crs, most_points=5_000)
    # The rounding to whole cells adds a few at the rim.
    assert coarse.points.rows * coarse.points.columns < 5_000 * 1.5
    assert coarse.points.cell_m % grid.points.cell_m == 0
    west, south, east, north = surface.extents(found.reached, [cutoff_ms(MOST_MIN)])[0]
    assert shapely.box(*coarse.points.bounds).covers(shapely.box(west, south, east, north))


def test_coefficients_lead_to_web_mercator(grid):
    x_of, y_of = fields.mercator_fit(grid)
    rng = np.random.default_rng(7)
    u, v = rng.random(50), rng.random(50)
    terms = np.stack([u**i * v**j for i, j in fields.POWERS], axis=1)
    west, south, east, north = grid.points.bounds
    xy = np.stack([west + u * (east - west), south + v * (north - south)], axis=1)
    x, y = fields.mercator_px(to_lonlat(xy, grid.crs))
    # 40,075,017 m round the equator are 256 pixels.
    m = 40_075_017 / 256
    assert np.abs(terms @ x_of - x).max() * m < 0.05
    assert np.abs(terms @ y_of - y).max() * m < 0.05


def test_coefficients_hold_over_a_hundred_kilometres():
    wide = fields.Grid(surface.Grid(580_000.0, 3_220_000.0, 100.0, 1000, 1000), "EPSG:32648", 4)
    x_of, y_of = fields.mercator_fit(wide)
    west, south, east, north = wide.points.bounds
    u, v = (axis.ravel() for axis in np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 9)))
    terms = np.stack([u**i * v**j for i, j in fields.POWERS], axis=1)
    xy = np.stack([west + u * (east - west), south + v * (north - south)], axis=1)
    x, y = fields.mercator_px(to_lonlat(xy, wide.crs))
    assert np.hypot(terms @ x_of - x, terms @ y_of - y).max() * 40_075_017 / 256 < 2.0


def test_packed_values_come_back():
    values = np.array([[255, 3, 4, 255], [0, 255, 250, 1]], dtype=np.uint8)
    again = np.cumsum(fields.packed(values), axis=1, dtype=np.uint8)
    assert (again == values).all()


def test_nothing_reached_is_an_empty_grid():
    # 400 m from the last street: the step there takes longer than the cutoff.
    found = isochrone(streets(), at(0, 1840), (1.0,), reach_m=REACH_M)
    grid = fields.grid_for([found.reached], 1.0, REACH_M, found.crs)
    assert grid.points.rows == 0
    assert fields.steps(found.reached, 1.0, REACH_M, grid).shape == (0, 0)
    assert fields.mercator_fit(grid)[0].tolist() == [0.0] * len(fields.POWERS)
