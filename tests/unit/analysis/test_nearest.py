"""The nearest places of a city whose times can be worked out by hand."""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point, Polygon

from sandbox.analysis.nearest import NearestQuestion, nearest
from sandbox.analysis.times import times
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import at, grid_city
from tests.support.timetables import timetable, with_timetable

WALK = Travel(walk_kmh=6.0, slope="flat")
ASKED = NearestQuestion(travel=WALK)


def placed(ids, shapes, layer="made"):
    points = [one if hasattr(one, "geom_type") else Point(at(*one)) for one in shapes]
    said = {"id": ids, "layer": layer, "name_zh": [f"中{one}" for one in ids]}
    return gpd.GeoDataFrame(said, geometry=points, crs="EPSG:4326")


@pytest.fixture(scope="module")
def city():
    return grid_city()


def test_the_nearest_is_told_with_minutes_and_metres(city):
    homes = placed(["h1", "h2"], [(2, 2), (9, 9)])
    clinics = placed(["c2", "c1"], [(2, 5), (9, 8)], "clinics")
    found = nearest(city, homes, clinics, ASKED).rows
    assert found["place_id"].tolist() == ["h1", "h2"]
    assert found["nearest_id"].tolist() == ["c2", "c1"]
    assert found["nearest_layer"].tolist() == ["clinics"] * 2
    assert found["nearest_name_zh"].tolist() == ["中c2", "中c1"]
    # Three blocks and one, a minute each.
    assert found["minutes"].round(3).tolist() == [3.0, 1.0]
    assert found["metres"].round(1).tolist() == [300.0, 100.0]
    assert found["lacks"].tolist() == ["", ""]


def test_of_places_equally_near_the_lower_id_comes_first(city):
    homes = placed(["h"], [(5, 5)])
    wanted = placed(["d", "b", "c", "a"], [(5, 7), (7, 5), (3, 5), (5, 2)])
    found = nearest(city, homes, wanted, replace(ASKED, count=3)).rows
    assert found["nearest_id"].tolist() == ["b", "c", "d"]
    assert found["rank"].tolist() == [1, 2, 3]
    assert found["minutes"].round(3).tolist() == [2.0, 2.0, 2.0]


def test_a_place_without_a_nearest_one_says_why(city):
    far = Point(at(5, 5)[0] + 1.0, at(5, 5)[1])
    homes = placed(["near", "lost", "late"], [(5, 5), far, (20, 20)])
    wanted = placed(["w", "nowhere"], [(5, 6), far])
    found = nearest(city, homes, wanted, replace(ASKED, minutes=10, count=2))
    assert found.rows["place_id"].tolist() == ["near", "lost", "late"]
    # Who is in the same place is there, street or not.
    assert found.rows["lacks"].tolist() == ["", "", "time"]
    assert found.rows["minutes"].round(3).tolist()[:2] == [1.0, 0.0]
    assert found.without_street == ("nowhere",)
    alone = nearest(city, homes, wanted.iloc[:1], replace(ASKED, minutes=10))
    assert alone.rows["lacks"].tolist() == ["", "street", "time"]
    assert alone.rows["nearest_id"].isna().tolist() == [False, True, True]


def test_whoever_stands_in_an_area_is_there(city):
    park = Polygon([at(4, 4), at(6, 4), at(6, 6), at(4, 6)])
    homes, wanted = placed(["h"], [(5, 5)]), placed(["a", "park"], [(5, 5.2), park])
    found = nearest(city, homes, wanted, replace(ASKED, count=2)).rows
    assert found["nearest_id"].tolist() == ["park", "a"]
    assert found["minutes"].tolist()[0] == 0.0


def test_a_one_way_street_is_led_round_one_way_only():
    city = grid_city(one_way=[((3, 0), (2, 0))])
    homes, wanted = placed(["h"], [(2, 0)]), placed(["w"], [(3, 0)])
    there = nearest(city, homes, wanted, ASKED).rows
    back = nearest(city, homes, wanted, replace(ASKED, travel=replace(WALK, towards=True))).rows
    # To it round the block, three minutes; from it straight.
    assert (there["minutes"].round(3)[0], back["minutes"].round(3)[0]) == (3.0, 1.0)
    assert list(there.columns) == list(back.columns)


def test_edits_of_the_streets_count(city):
    homes, wanted = placed(["h"], [(2, 2)]), placed(["w", "x"], [(4, 2), (2, 5)])
    assert nearest(city, homes, wanted, ASKED).rows["nearest_id"][0] == "w"
    marks = [at(3.5, 2), at(4, 2.5), at(4, 1.5)]
    shut = StreetEdits(tuple(StreetEdit("closed", Point(mark)) for mark in marks))
    found = nearest(apply(city, shut), homes, wanted, ASKED).rows
    # Two blocks were near; now one goes round by the east, more than three.
    assert (found["nearest_id"][0], round(found["minutes"][0], 3)) == ("x", 3.0)


@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.parametrize("arrive", [False, True])
def test_by_line_the_nearest_are_the_least_of_all_pairs(towards, arrive):
    city = grid_city()
    stops = [("A", *at(2, 5)), ("B", *at(10, 5)), ("C", *at(18, 5))]
    ahead = [(0, 28800, 28800), (1, 28920, 28920), (2, 29040, 29040)]
    back = [(2, 28800, 28800), (1, 28920, 28920), (0, 29040, 29040)]
    lines = timetable(city, stops, [("L", 0, ahead), ("M", 0, back)], lines=("L", "M"))
    city = with_timetable(city, lines)
    when = datetime(2026, 11, 23, 8, 20) if arrive else datetime(2026, 11, 23, 7, 55)
    ride = Ride(when, arrive, window_min=1)
    homes = placed(["h1", "h2"], [(1, 5), (17, 6)])
    wanted = placed(["w3", "w1", "w2"], [(9, 5), (19, 5), (20, 20)])
    asked = NearestQuestion(40, 2, replace(WALK, towards=towards).riding(ride))
    found = nearest(city, homes, wanted, asked).rows
    sides = (wanted, homes) if towards else (homes, wanted)
    pairs = times(city, *sides, 40, WALK.riding(ride)).pairs
    home, other = ("to_id", "from_id") if towards else ("from_id", "to_id")
    expected = (
        pairs.dropna(subset="minutes").sort_values([home, "minutes", other]).groupby(home).head(2)
    )
    assert found["nearest_id"].tolist() == expected[other].tolist()
    np.testing.assert_array_equal(found["minutes"], expected["minutes"])
    assert len(found) == 4


def test_all_faults_of_the_question_are_told_at_once(city):
    homes = placed(["h"], [(2, 2)])
    with pytest.raises(AnalysisError) as caught:
        nearest(city, homes, homes, NearestQuestion(0.0, 0, Travel(walk_kmh=99)))
    assert len(caught.value.faults) == 3
    with pytest.raises(AnalysisError, match="no places to search for"):
        nearest(city, homes, homes.iloc[:0], ASKED)
