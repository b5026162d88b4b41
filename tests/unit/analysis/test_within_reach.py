import geopandas as gpd
import pytest
from shapely import LineString, MultiPoint, Point, Polygon

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.within_reach import attach, within_reach
from tests.support.grid_city import SPEED_KMH, at, grid_city

CITY = grid_city()


def places(*rows, gates=None):
    """Rows of id, shape and accuracy."""
    table = {
        "id": [row[0] for row in rows],
        "layer": ["labs"] * len(rows),
        "kind": ["lab"] * len(rows),
        "accuracy_m": [row[2] if len(row) > 2 else 10.0 for row in rows],
        "geometry": [row[1] for row in rows],
    }
    if gates is not None:
        table["gates"] = gates
    return gpd.GeoDataFrame(table, crs="EPSG:4326")


def square(column, row, side):
    return Polygon(
        [
            at(column, row),
            at(column + side, row),
            at(column + side, row + side),
            at(column, row + side),
        ]
    )


def minutes_of(table, origin=(10, 10), minutes=(5, 10), **options):
    found = isochrone(CITY, at(*origin), minutes, speed_kmh=SPEED_KMH)
    reached = within_reach(found, attach(CITY, table), **options)
    assert [p.minutes for p in reached] == sorted(p.minutes for p in reached)
    return {place.id: round(place.minutes, 3) for place in reached}


def test_both_steps_between_place_and_street_are_counted():
    # Pin 20 m north of a crossing (0.2 min); place 3 blocks east of it, 2 north, 30 m aside.
    found = minutes_of(places(("a", Point(at(13.3, 12.5)))), origin=(10, 10.2))
    # Pin to street 0, up 1.8 + along 3, up half a block (the pin stands on a street).
    assert found == {"a": pytest.approx(3 + 2.3 + 0.3, abs=0.01)}
    found = minutes_of(places(("a", Point(at(13.3, 12.5)))), origin=(10.4, 10.2))
    # 0.2 to the street below, 0.6 to the next crossing, 2 east, 2.5 north, 0.3 to the place.
    assert found == {"a": pytest.approx(0.2 + 0.6 + 2 + 2.5 + 0.3, abs=0.01)}


def test_places_beyond_the_largest_cutoff_are_left_out_though_searched_further():
    table = places(("near", Point(at(12, 10))), ("far", Point(at(18, 10))))
    found = isochrone(CITY, at(10, 10), [5], speed_kmh=SPEED_KMH, search_minutes=30)
    assert [place.id for place in within_reach(found, attach(CITY, table))] == ["near"]


def test_a_place_at_the_cutoff_is_within_it():
    assert minutes_of(places(("edge", Point(at(15, 10)))), minutes=(5,)) == {"edge": 5.0}
    assert minutes_of(places(("past", Point(at(15.1, 10)))), minutes=(5,)) == {}


def test_an_area_is_reached_where_a_street_first_meets_its_edge():
    park = square(12.5, 9.5, 3)
    assert minutes_of(places(("park", park))) == {"park": pytest.approx(2.5, abs=0.002)}


def test_an_area_beside_the_streets_is_reached_by_the_step_to_its_edge():
    # Inside one block, 20 m from each street round it.
    assert minutes_of(places(("yard", square(12.2, 10.2, 0.6)))) == {
        "yard": pytest.approx(2.2 + 0.2, abs=0.002)
    }


def test_an_area_with_gates_is_reached_by_its_gates_only():
    park = square(12.5, 9.5, 3)
    gate = MultiPoint([at(15.5, 10), at(15.5, 11)])
    assert minutes_of(places(("park", park), gates=[gate])) == {
        "park": pytest.approx(5.5, abs=0.002)
    }
    assert minutes_of(places(("park", park), gates=[None])) == {
        "park": pytest.approx(2.5, abs=0.002)
    }


def test_whoever_stands_in_an_area_has_reached_it():
    assert minutes_of(places(("park", square(9, 9, 4)))) == {"park": 0.0}


def test_a_line_is_reached_where_the_nearest_street_meets_it():
    brook = LineString([at(13.5, 5), at(13.5, 15)])
    assert minutes_of(places(("brook", brook))) == {"brook": pytest.approx(3.5, abs=0.002)}


def test_places_without_a_street_near_are_named_and_never_reached():
    table = places(("off", Point(at(10, 26))), ("none", Point()), ("in", Point(at(10, 11))))
    attached = attach(CITY, table)
    assert attached.without_street == (("labs", "off"), ("labs", "none"))
    assert minutes_of(table) == {"in": 1.0}
    assert minutes_of(places()) == {}


def test_a_position_less_accurate_than_the_reach_is_indicative():
    # 100 m a minute: the 5-minute reach is 500 m, the 10-minute one 1,000 m.
    table = places(
        ("near_good", Point(at(12, 10)), 500.0),
        ("near_poor", Point(at(12, 11)), 501.0),
        ("far_good", Point(at(16, 10)), 1000.0),
        ("far_poor", Point(at(16, 11)), 1001.0),
        ("unknown", Point(at(17, 11)), float("nan")),
    )
    found = isochrone(CITY, at(10, 10), [5, 10], speed_kmh=SPEED_KMH)
    attached = attach(CITY, table)
    told = {place.id: place.indicative for place in within_reach(found, attached)}
    assert told == {
        "near_good": False,
        "near_poor": True,
        "far_good": False,
        "far_poor": True,
        "unknown": True,
    }
    vague = within_reach(found, attached, origin_accuracy_m=800)
    assert {place.id for place in vague if place.indicative} == {
        "near_good",
        "near_poor",
        "far_poor",
        "unknown",
    }
