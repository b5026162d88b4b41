"""Homes by cell."""

import numpy as np
import pytest

from sandbox.analysis.access.cells import Cells, by_cell, cells_over, cells_said
from sandbox.errors import AnalysisError
from tests.support.grid_city import CRS
from tests.support.life_circle import placed, square, units


def test_cells_are_said_by_kind_and_size():
    assert cells_said("h3:9") == Cells("h3", 9)
    assert cells_said(" Square:250 ") == Cells("square", 250)
    for bad in ("h3", "h3:99", "square:1", "hex:9", "h3:-1"):
        with pytest.raises(AnalysisError, match="means no cells"):
            cells_said(bad)


@pytest.mark.parametrize("cells", [Cells("h3", 9), Cells("square", 300)])
def test_cells_hold_means_by_people(cells):
    # Two homes in one place and one 2 km off.
    table = placed(["a", "b", "c"], [(1.5, 1.5), (1.5, 1.5), (20, 20)], people=[1.0, 3.0, 5.0])
    table["m"] = [8.0, 0.0, np.nan]
    found = by_cell(table, ["m"], cells, CRS)
    assert sorted(found["people"]) == [4.0, 5.0]
    assert found.set_index("homes")["m"][2] == pytest.approx(2.0)
    assert np.isnan(found.set_index("homes")["m"][1])
    assert found.geometry.is_valid.all()
    points = table.geometry
    assert sum(any(one.intersects(at) for at in points) for one in found.geometry) == 2


def test_an_area_is_filled_with_cells_in_place_of_homes():
    area = units(a=square(0, 0, 10))
    found = cells_over(area, Cells("square", 250), CRS)
    # A kilometre each way holds the middles of 16 squares, as the grid lies on whole kilometres.
    assert len(found) == 16
    hexagons = cells_over(area, Cells("h3", 10), CRS)
    # About 0.015 km² each.
    assert 50 < len(hexagons) < 80
    assert hexagons["id"].is_unique
    with pytest.raises(AnalysisError, match="No cell"):
        cells_over(units(a=square(0, 0, 0.001)), Cells("square", 5000), CRS)
