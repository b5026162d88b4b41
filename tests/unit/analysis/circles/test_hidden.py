"""What a straight circle hides, in towns whose areas are known."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Point

from sandbox.analysis.circles.hidden import HiddenQuestion, hidden
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from tests.support.grid_city import at, grid_city
from tests.support.life_circle import ADULT, homes, placed
from tests.support.worlds import CRS, world


@pytest.fixture(scope="module")
def city():
    return grid_city(31, 31)


def shops(*cells):
    ids = [f"s{number}" for number in range(len(cells))]
    return placed(ids, cells, name_zh="店", name_en="shop")


def test_on_a_grid_the_circle_hides_a_third(city):
    found = hidden(city, shops((15, 15)), HiddenQuestion(1000.0, ADULT))
    whole, one = (found.table.iloc[row] for row in (0, 1))
    assert (whole["id"], one["id"]) == ("", "s0")
    assert one["straight_km2"] == pytest.approx(math.pi, rel=2e-3)
    # Along streets a grid reaches a diamond of 2 km² and 50 m beyond it on each side, about
    # 2 + 4 · 1.414 · 0.05 km² less what the diamond's blocks leave out.
    assert 1.85 < one["streets_km2"] < 2.3
    assert one["lost_streets"] == pytest.approx(1 - one["streets_km2"] / one["straight_km2"])
    # Where heights aren't known slopes hide nothing more.
    assert one["slopes_km2"] == pytest.approx(one["streets_km2"], rel=1e-3)
    assert whole["straight_km2"] == pytest.approx(one["straight_km2"])


def test_the_circle_is_as_wide_on_the_ground_as_it_says():
    # A thousand kilometres east of its zone a map's metre is a good deal less than the ground's,
    # so a circle scaled the wrong way is off by several per cent.
    far = world([(1_000_000, 0), (1_000_500, 0), (1_000_500, 500)], [(0, 1), (1, 2)])
    center = shapes.to_lonlat(Point(1_600_250, 3_270_000), CRS)
    place = shops((0, 0)).set_geometry([center])
    found = hidden(far, place, HiddenQuestion(1000.0, ADULT)).areas.set_index(["id", "ground"])
    rim = shapely.get_coordinates(found.geometry["s0", "straight"])
    middle = np.repeat(shapely.get_coordinates(center), len(rim), axis=0)
    assert geo.length_m(middle, rim) == pytest.approx(1_000, rel=0.002)


def test_people_are_lost_who_live_round_the_corner(city):
    # Seven blocks east and seven north is 990 m as the crow flies, and 1400 m to walk.
    lived = homes([(22, 22), (24, 15), (15, 15), (30, 30)], [10, 20, 40, 80])
    found = hidden(city, shops((15, 15)), HiddenQuestion(1000.0, ADULT), lived)
    one = found.table.iloc[1]
    assert (one["straight_people"], one["streets_people"], one["slopes_people"]) == (70, 60, 60)
    assert one["lost_people_streets"] == pytest.approx(10 / 70)


def test_what_loses_most_comes_first_and_hidden_is_the_rest_of_the_circle(city):
    lost = Point(at(15, 15)[0] + 1.0, at(15, 15)[1])
    found = hidden(city, shops((15, 15), lost), HiddenQuestion(500.0, ADULT))
    assert found.table["id"].tolist() == ["", "s1", "s0"]
    # No street is near it: everything is lost.
    assert found.table["lost_slopes"].tolist()[1] == 1.0
    of = found.areas[found.areas["id"] == "s0"].set_index("ground").geometry
    assert shapely.area(shapely.intersection(of["hidden"], of["slopes"])) < 1e-12
    both = shapely.area(of["hidden"]) + shapely.area(of["slopes"])
    assert both == pytest.approx(shapely.area(of["straight"]), rel=1e-6)


def test_a_hill_hides_more_than_the_streets(city):
    # Each block goes up 7.5 m and down again: 15 % both ways.
    climb = np.full((len(city.streets.length_m), 2), 7.5, dtype=np.float32)
    hilly = Network(replace(city.streets, climb_m=climb))
    one = hidden(hilly, shops((15, 15)), HiddenQuestion(1000.0, ADULT)).table.iloc[1]
    assert one["slopes_km2"] < 0.7 * one["streets_km2"]
    flat = hidden(hilly, shops((15, 15)), HiddenQuestion(1000.0, ADULT, slope="flat"))
    assert flat.table.iloc[1]["slopes_km2"] == pytest.approx(one["streets_km2"], rel=1e-3)


def test_what_cannot_be_meant_is_refused(city):
    with pytest.raises(AnalysisError, match="metres"):
        hidden(city, shops((15, 15)), HiddenQuestion(1.0, ADULT))
    with pytest.raises(AnalysisError, match="speed"):
        hidden(city, shops((15, 15)), HiddenQuestion(500.0, ADULT, speed_kmh=90))
    with pytest.raises(AnalysisError, match="no services"):
        hidden(city, shops((15, 15)).iloc[:0], HiddenQuestion(500.0, ADULT))
