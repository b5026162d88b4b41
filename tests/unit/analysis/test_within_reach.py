import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, Polygon

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.places.access import Place, access_again, access_points
from sandbox.analysis.within_reach import within_reach
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.errors import NetworkError
from sandbox.streets.travel import Travel
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


def minutes_of(table, origin=(10, 10), minutes=(5, 10)):
    found = isochrone(CITY, at(*origin), minutes, Travel(walk_kmh=SPEED_KMH))
    reached = within_reach(found, access_points(CITY, table))
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
    found = isochrone(CITY, at(10, 10), [5], Travel(walk_kmh=SPEED_KMH), search_minutes=30)
    assert [place.id for place in within_reach(found, access_points(CITY, table))] == ["near"]


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
    attached = access_points(CITY, table)
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
    found = isochrone(CITY, at(10, 10), [5, 10], Travel(walk_kmh=SPEED_KMH))
    attached = access_points(CITY, table)
    told = {place.id: place.indicative for place in within_reach(found, attached)}
    assert told == {
        "near_good": False,
        "near_poor": True,
        "far_good": False,
        "far_poor": True,
        "unknown": True,
    }
    poor = Place(Point(at(10, 10)), accuracy_m=800.0)
    vague = within_reach(isochrone(CITY, poor, [5, 10], Travel(walk_kmh=SPEED_KMH)), attached)
    assert {place.id for place in vague if place.indicative} == {
        "near_good",
        "near_poor",
        "far_poor",
        "unknown",
    }


SPREAD = places(
    ("door", Point(at(9.3, 10.6))),
    ("doors", MultiPoint([at(4.2, 4.6), at(15.5, 4.5)])),
    ("line", LineString([at(2.5, 12.5), at(8.5, 15.5)])),
    ("area", square(6.3, 6.3, 4.4)),
    ("holed", square(11.5, 2.5, 6).difference(square(12.6, 3.6, 3))),
    ("beyond", Point(at(26, 10.4))),
)
TIED = access_points(CITY, SPREAD)
BLOCKS = st.floats(-2, 28, allow_nan=False).map(lambda value: round(value, 2))
SPOT = st.builds(at, BLOCKS, BLOCKS)


@st.composite
def street_edits(draw):
    """Draw an edit of any kind, valid by itself, though it may mean no street."""
    kind = draw(st.sampled_from(["closed", "avoid", "slow", "path", "footbridge"]))
    if kind in ("avoid", "slow"):
        west, south = draw(st.floats(0, 19)), draw(st.floats(0, 19))
        return StreetEdit(kind, square(west, south, draw(st.floats(0.3, 6))), time_factor=2.0)
    ends = draw(st.lists(SPOT, min_size=2, max_size=4, unique=True))
    return StreetEdit(kind, LineString(ends))


@settings(max_examples=60, deadline=None)
@given(st.lists(street_edits(), min_size=1, max_size=4))
def test_places_tied_again_to_edited_streets_are_tied_as_if_anew(edits):
    try:
        network = apply(CITY, StreetEdits(tuple(edits)))
    except NetworkError:  # a line far from any street
        return
    anew, again = access_points(network, SPREAD), access_again(network, TIED)
    assert again.id == anew.id
    assert again.places == anew.places
    np.testing.assert_array_equal(again.place, anew.place)
    np.testing.assert_array_equal(again.xy, anew.xy)
    for column in ("segment", "fraction", "street_xy", "distance_m"):
        np.testing.assert_array_equal(
            getattr(again.attachments, column), getattr(anew.attachments, column)
        )


def test_a_footbridge_gives_a_door_to_a_place_that_had_none():
    # 600 m beyond the last street; the footbridge ends 10 m beside it.
    bridge = StreetEdit("footbridge", LineString([at(20, 10), at(26, 10)]))
    network = apply(CITY, StreetEdits((bridge,)))
    assert ("labs", "beyond") in TIED.without_street
    tied = access_again(network, TIED)
    assert ("labs", "beyond") not in tied.without_street
    found = isochrone(network, at(18, 10), [15], Travel(walk_kmh=SPEED_KMH))
    minutes = {one.id: one.minutes for one in within_reach(found, tied)}
    # 2 blocks to the bridge, 6 along it, 0.4 aside.
    assert minutes["beyond"] == pytest.approx(8.4, abs=0.01)


def test_unedited_streets_leave_places_as_they_are_tied():
    assert access_again(CITY, TIED) is TIED
