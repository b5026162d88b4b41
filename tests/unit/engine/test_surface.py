"""Rasters round single streets, where every value can be worked out."""

import numpy as np
import pytest

from sandbox.engine import contours, surface
from sandbox.engine.search import search
from tests.support.worlds import METRE_A_SECOND_KMH, at, exact_area, overlap, world

REACH_M = 50.0
ROAD = world([(0, 0), (1000, 0)], [(0, 1)])


def walked(network, place, seconds):
    graph = network.graph("walk", METRE_A_SECOND_KMH)
    return search(graph, network.snap(at(*place), 500.0), seconds * 1000)


def value(raster, grid, x_m, y_m):
    x, y = at(x_m, y_m)
    row, column = (y - grid.south) / grid.cell_m, (x - grid.west) / grid.cell_m
    assert row == pytest.approx(round(row), abs=1e-6)
    assert column == pytest.approx(round(column), abs=1e-6)
    return raster[round(row), round(column)]


def test_ground_time_is_that_of_the_soonest_street_point_in_reach():
    ground = surface.ground_times(walked(ROAD, (500, 0), 300), REACH_M, cell_m=10.0)
    # From (700, 30) the street lies in reach from 660 to 740: 160 s from the origin.
    assert value(ground.seconds, ground.grid, 700, 30) == pytest.approx(160)
    assert value(ground.seconds, ground.grid, 700, 0) == pytest.approx(150)
    assert value(ground.seconds, ground.grid, 500, 40) == pytest.approx(0)
    assert value(ground.seconds, ground.grid, 200, 0) == pytest.approx(250)
    assert np.isinf(value(ground.seconds, ground.grid, 500, 60))


def test_ground_at_the_end_of_what_is_reached_has_its_round_cap():
    ground = surface.ground_times(walked(ROAD, (500, 0), 300), REACH_M, cell_m=10.0)
    # The last street point is at 800; (830, 40) is exactly 50 m from it.
    assert value(ground.seconds, ground.grid, 820, 40) == pytest.approx(300 - 10)
    assert np.isinf(value(ground.seconds, ground.grid, 840, 40))


def test_a_raster_covers_the_bounds_it_is_asked_for():
    west, south = at(0, -100)
    bounds = (west, south, west + 200, south + 200)
    reached = walked(ROAD, (500, 0), 450)
    ground = surface.ground_times(reached, REACH_M, cell_m=10.0, bounds=bounds)
    got = ground.grid.bounds
    assert got[0] <= bounds[0]
    assert got[1] <= bounds[1]
    assert got[2] >= bounds[2]
    assert got[3] >= bounds[3]
    assert value(ground.seconds, ground.grid, 100, 0) == pytest.approx(350)


def test_distances_are_exact_up_to_the_reach_and_grow_no_further():
    reached = walked(ROAD, (500, 0), 300)
    grid = surface.grid_over(surface.extents(reached, [300_000])[0], REACH_M, 10.0)
    (field,) = surface.distance_fields(reached, [300_000], REACH_M, grid)
    assert value(field, grid, 500, 30) == pytest.approx(30, abs=1e-3)
    assert value(field, grid, 830, 40) == pytest.approx(50, abs=1e-3)
    assert value(field, grid, 180, 0) == pytest.approx(20, abs=1e-3)
    assert field.max() == pytest.approx(REACH_M + 15)


@pytest.mark.parametrize("slope", [(1000, 0), (0, 1000), (700, 700), (30, 900), (-800, 250)])
def test_a_street_in_any_direction_is_surrounded_alike(slope):
    road = world([(0, 0), slope], [(0, 1)])
    reached = walked(road, (0, 0), 400)
    (area,) = contours.areas(reached, [400_000], REACH_M, 5.0)
    assert overlap(area, exact_area(reached, 400_000, REACH_M)) > 0.998
    assert area.area == pytest.approx(400 * 100 + np.pi * REACH_M**2, rel=0.003)


def test_no_time_at_all_leaves_a_disc_round_the_street_point():
    (area,) = contours.areas(walked(ROAD, (500, 0), 0), [0], REACH_M)
    assert area.area == pytest.approx(np.pi * REACH_M**2, rel=0.01)
    assert area.centroid.distance(area.centroid.__class__(at(500, 0))) < 0.5


def test_nothing_reached_gives_empty_areas_and_an_empty_raster():
    reached = walked(ROAD, (500, 100), 60)
    (area,) = contours.areas(reached, [60_000], REACH_M)
    assert area.is_empty
    assert area.geom_type == "MultiPolygon"
    assert surface.ground_times(reached, REACH_M).seconds.size == 0


def test_a_small_cutoff_before_the_street_is_empty_beside_larger_ones():
    small, large = contours.areas(walked(ROAD, (500, 100), 200), [60_000, 200_000], REACH_M)
    assert small.is_empty
    assert large.area > 0


def test_a_block_wider_than_the_reach_keeps_its_hole():
    block = world([(0, 0), (300, 0), (300, 300), (0, 300)], [(0, 1), (1, 2), (2, 3), (3, 0)])
    (area,) = contours.areas(walked(block, (0, 0), 900), [900_000], REACH_M)
    (polygon,) = area.geoms
    (hole,) = polygon.interiors
    assert type(polygon)(hole).area == pytest.approx(200 * 200, rel=0.01)


@pytest.mark.parametrize("reach_m", [25.0, 50.0, 100.0])
def test_the_grid_follows_the_reach_alone_but_where_no_memory_would_hold_it(reach_m):
    small = surface.cell_for(reach_m, 100.0, 100.0)
    usual = surface.cell_for(reach_m, 100 * reach_m, 100 * reach_m)
    coarse = surface.cell_for(reach_m, 5000 * reach_m, 5000 * reach_m)
    assert small == usual == reach_m / 6.25
    assert coarse > usual
    assert (5000 * reach_m / coarse) ** 2 < 16e6
