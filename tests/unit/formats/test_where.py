"""Where a file lies is stated, said, or chosen from a ranked list; never guessed silently."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from shapely import Point

from sandbox.errors import LayerError
from sandbox.formats.features import Read
from sandbox.formats.known import Known
from sandbox.formats.where import PlacingError, locate
from sandbox.geo.systems import System
from sandbox.words import words_of
from tests.unit.formats.test_known import known, layer

NEAR = Known(near=(106.1, 29.3, 106.7, 29.8))
AT = np.array([(106.30, 29.50), (106.35, 29.55)])


def read(shapes: Any, crs: Any = None, **more: Any):
    table = pd.DataFrame({"n": range(len(shapes))})
    from pathlib import Path

    return Read(Path("a.shp"), "a", "Shapefile", table, shapes, crs, **more)


def points(code: Any, at: Any = AT):
    shapes = np.empty(len(at), dtype=object)
    shapes[:] = [Point(one) for one in System(code).from_lonlat(at)]
    return shapes


def test_the_list_is_ranked_with_reasons_and_an_example_of_the_choice():
    with pytest.raises(PlacingError) as caught:
        locate(read(points("EPSG:4544")), None, NEAR)
    codes = [str(one.system) for one in caught.value.candidates]
    assert codes[0] == "EPSG:4544"
    said = str(caught.value)
    assert "1. EPSG:4544 (CGCS2000 / 3-degree Gauss-Kruger CM 105E): " in said
    assert "around 106.3250, 29.5250" in said
    assert said.endswith("--crs EPSG:4544")
    zh = caught.value.said(words_of("zh"))
    assert "没有说明坐标系" in zh
    assert "地图范围" in zh


def at(*xy: tuple[float, float]):
    shapes = np.empty(len(xy), dtype=object)
    shapes[:] = [Point(one) for one in xy]
    return read(shapes)


def test_numbers_that_only_degrees_fit_are_taken_within_a_province():
    # A province spans fewer than ten degrees.
    assert locate(at((-110.0, 30.0), (-100.1, 39.9)), None, Known()).chosen_by == "numbers"


@pytest.mark.parametrize("end", [(10.1, 0.0), (0.0, 10.1), (100.0, 50.0)])
def test_a_drawing_from_its_own_corner_is_not_taken_for_degrees(end: tuple[float, float]):
    # One of 100 m by 50 m passes as degrees.
    with pytest.raises(PlacingError, match="--crs EPSG:4326"):
        locate(at((0.0, 0.0), end), None, Known())


def test_a_layer_that_lies_better_when_shifted_is_refused_with_the_shift_first():
    shapes, names = layer(System("gcj02"))
    stated = read(shapes, "EPSG:4326", by_convention=True, sources=("lon", "lat"))
    with pytest.raises(PlacingError, match="fits known places better in another system") as caught:
        locate(stated, None, known(), names)
    assert str(caught.value.candidates[0].system) == "gcj02"
    assert "--crs gcj02" in str(caught.value)
    # Told so, it is shifted, and lies there.
    placed = locate(stated, "gcj02", known(), names)
    assert placed.shapes[0].distance(Point(106.30, 29.50)) < 1e-8
    assert placed.chosen_by == "user"


def test_a_layer_that_lies_well_as_it_states_is_taken_without_a_remark():
    shapes, names = layer(System("EPSG:4326"))
    stated = read(shapes, "EPSG:4326", by_convention=True, sources=("lon", "lat"))
    assert locate(stated, None, known(), names).notes == ()
    # Nothing known: what is assumed is said.
    (note,) = locate(stated, None, NEAR).notes
    assert "gcj02" in str(note)
    # Only the maps of China are shifted.
    abroad = read(
        np.array([Point(-51.23, -30.03)]), "EPSG:4326", by_convention=True, sources=("lon", "lat")
    )
    assert locate(abroad, None, Known()).notes == ()


def test_what_lies_far_from_the_map_is_said():
    shapes = points("EPSG:4545")
    wrong = read(shapes, "EPSG:4544")
    placed = locate(wrong, None, NEAR)
    assert "km from the area of the map; other systems: EPSG:4545" in str(placed.notes[0])


def test_older_datums_are_said_to_be_inexact():
    placed = locate(read(points("EPSG:2380"), "EPSG:2380"), None, NEAR)
    assert "older datum" in str(placed.notes[0])
    assert placed.system.inexact_m == 50.0


def test_what_is_said_wins_over_what_is_stated():
    placed = locate(read(points("EPSG:4545"), "EPSG:4544"), "4545", NEAR)
    assert placed.shapes[1].distance(Point(AT[1])) < 1e-8
    with pytest.raises(LayerError, match="not a coordinate system"):
        locate(read(points("EPSG:4544")), "north", NEAR)


def test_rows_far_outside_have_no_shape_and_are_among_the_faults():
    shapes = points("EPSG:4544", np.concatenate([AT, AT]))
    shapes[3] = Point(9e9, 9e9)
    placed = locate(read(shapes, "EPSG:4544"), None, NEAR)
    assert placed.shapes[3] is None
    assert list(placed.faults) == [3]
