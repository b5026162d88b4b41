"""Shifted coordinates are recognised by places of the same name, or by streets along lines."""

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, box

from sandbox.formats.known import known_of, match
from sandbox.geo.systems import System

HYPOTHESES = [System("EPSG:4326"), System("gcj02"), System("bd09")]
PLACES = {
    "北站": (106.30, 29.50),
    "南站": (106.35, 29.45),
    "东园": (106.40, 29.55),
    "西": (106.2, 29.5),
}
NEAR = (106.1, 29.3, 106.7, 29.8)


def known(shapes: Any = None, accuracy: Any = 100.0, names: Any = None):
    table = gpd.GeoDataFrame(
        {"name_zh": list(names or PLACES), "name_en": ["", "", "", ""], "accuracy_m": accuracy},
        geometry=shapes or [Point(one) for one in PLACES.values()],
        crs=4326,
    )
    return known_of([table], NEAR)


def layer(system: Any, names: Any = ("北站", "南站", "东园"), off: Any = (0.0, 0.0)):
    at = np.array([PLACES[name] for name in names]) + off
    shapes = np.empty(len(at), dtype=object)
    shapes[:] = [Point(one) for one in system.from_lonlat(at)]
    return shapes, list(names)


@pytest.mark.parametrize("system", HYPOTHESES, ids=str)
def test_three_places_of_the_same_name_tell_it(system: Any):
    shapes, names = layer(system)
    found = match(shapes, names, HYPOTHESES, known())
    assert found is not None
    assert found.system == system
    assert "3 places of the same name lie within 0 m" in str(found.reason)


def test_an_area_holds_what_lies_in_it():
    areas = [box(x - 0.002, y - 0.002, x + 0.002, y + 0.002) for x, y in PLACES.values()]
    shapes, names = layer(System("gcj02"))
    found = match(shapes, names, HYPOTHESES, known(areas))
    assert found is not None
    assert found.system == System("gcj02")


@pytest.mark.parametrize(
    ("names", "off", "more"),
    [
        # Two are chance; off by a kilometre in any system; known to 2 km only; known twice.
        (("北站", "南站"), (0.0, 0.0), {}),
        (("北站", "南站", "东园"), (0.02, 0.0), {}),
        (("北站", "南站", "东园"), (0.0, 0.0), {"accuracy": 2000.0}),
        (("北站", "南站", "东园"), (0.0, 0.0), {"names": ["北站", "北站", "南站", "东园"]}),
    ],
)
def test_what_isn_t_clear_isn_t_told(names: Any, off: Any, more: Any):
    shapes, called = layer(System("gcj02"), names, off)
    assert match(shapes, called, HYPOTHESES, known(**more)) is None
    assert match(shapes, [], HYPOTHESES, known()) is None
    assert match(shapes, called, HYPOTHESES[:1], known()) is None


def test_lines_on_known_streets_tell_it():
    # Streets in steps, so that no shift lays one along another.
    grid = [
        LineString([(106.30 + 0.003 * n, 29.50), (106.30 + 0.003 * n + 0.0007 * (n % 3), 29.51)])
        for n in range(12)
    ]
    streets = known_of([], NEAR, grid)
    shapes = np.empty(6, dtype=object)
    shapes[:] = [LineString(System("gcj02").from_lonlat(np.array(one.coords))) for one in grid[:6]]
    found = match(shapes, [], HYPOTHESES, streets)
    assert found is not None
    assert found.system == System("gcj02")
    assert "100 % of its lines lie on known streets" in str(found.reason)
    # Nor is a street in the way that has no length, as one that was cut at a barrier.
    spot = LineString([(106.3, 29.5), (106.3, 29.5)])
    again = match(shapes, [], HYPOTHESES, known_of([], NEAR, [*grid, spot]))
    assert again is not None
    assert again.system == System("gcj02")
    # Few metres of line say nothing.
    short = np.array([LineString([(106.3, 29.5), (106.3001, 29.5)])], dtype=object)
    assert match(short, [], HYPOTHESES, streets) is None
