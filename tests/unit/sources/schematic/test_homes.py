"""Schematic estates: blocks between streets, marked as made up."""

import geopandas as gpd
import pytest
import shapely
from shapely import Point

from sandbox.geo import shapes
from sandbox.sources.schematic.homes import estates
from tests.support.grid_city import CRS, at, grid_city
from tests.support.life_circle import square


@pytest.fixture(scope="module")
def made():
    built = gpd.GeoDataFrame(
        {"kind": ["grid", "village", "campus"]},
        geometry=[square(0, 0, 4), square(10, 10, 3), square(15, 0, 5)],
        crs=4326,
    )
    towns = gpd.GeoDataFrame(
        {"name_zh": ["甲", "乙"], "name_en": ["A", "B"]},
        geometry=[Point(at(0, 0)), Point(at(12, 12))],
        crs=4326,
    )
    return lambda count, seed: estates(grid_city().streets, built, towns, count, seed)


def test_blocks_where_people_live_become_estates_drawn_in_from_their_streets(made):
    every = made(1000, 1)
    # 4 x 4 blocks of the grid and 3 x 3 of the village; nobody lives on the campus.
    assert len(every) == 16 + 9
    metric = [shapes.to_metric(one, CRS) for one in every.geometry]
    # 100 m less 6 m on each side.
    assert [round(shapely.area(one)) for one in metric] == pytest.approx([88 * 88] * 25, rel=1e-3)
    grid = every[every["name_zh"].str.startswith("甲")]
    assert grid["floor_area_m2"].tolist() == pytest.approx([88 * 88 * 1.8] * 16, rel=0.02)
    assert every["name_zh"].str.endswith("（示意）").all()
    assert set(every["status"]) == {"schematic"}
    assert every["id"].is_unique


def test_the_same_seed_gives_the_same_estates(made):
    one, same, other = made(10, 1), made(10, 1), made(10, 2)
    assert one.equals(same)
    assert len(one) == 10
    assert not one.geometry.equals(other.geometry)
