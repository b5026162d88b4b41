import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from sandbox.analysis.coverage import coverage
from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.places.access import Place
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.travel import Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, world
from tests.support.worlds import at as metres

CITY = grid_city()
COORDINATES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda c: (c[0] / 2, c[1] / 2))


def services(*coordinates, accuracy_m=10.0):
    return gpd.GeoDataFrame(
        {
            "id": [f"s{i}" for i in range(len(coordinates))],
            "layer": "services",
            "kind": "clinic",
            "accuracy_m": accuracy_m,
            "geometry": [Point(at(*place)) for place in coordinates],
        },
        geometry="geometry",
        crs="EPSG:4326",
    )


def asked(coordinates, minutes, **options):
    return coverage(CITY, services(*coordinates), minutes, speed_kmh=SPEED_KMH, **options)


def iou(a, b):
    return a.intersection(b).area / a.union(b).area


@settings(max_examples=15, deadline=None)
@given(st.lists(COORDINATES, min_size=1, max_size=5), st.integers(1, 6))
def test_one_search_for_all_equals_the_union_of_single_isochrones(places, minutes):
    found = asked(places, minutes)
    single = [
        isochrone(CITY, at(*place), [minutes], Travel(walk_kmh=SPEED_KMH), cell_m=10).areas[0]
        for place in places
    ]
    # Where two catchments meet, the contour of both is drawn anew, within a cell.
    assert iou(found.areas, shapely.union_all(single)) > 0.99


@settings(max_examples=15, deadline=None)
@given(st.lists(COORDINATES, min_size=1, max_size=4), COORDINATES, st.integers(1, 5))
def test_more_services_and_more_time_never_cover_less(places, one_more, minutes):
    few, many, longer = (
        asked(places, minutes),
        asked([*places, one_more], minutes),
        asked(places, minutes + 1),
    )
    for more in (many, longer):
        assert few.areas.difference(more.areas).area == pytest.approx(0.0, abs=1e-6)
        assert more.share_of_ground >= few.share_of_ground - 1e-12
        assert more.straight_share_of_ground >= few.straight_share_of_ground - 1e-9


def test_a_grid_city_by_hand():
    # Reach 50 m and blocks of 100 m: the streets' ground is the whole city and 50 m round it.
    found = asked([(10, 10)], 20, reach_m=50)
    edge_m = 2000 + 2 * 50
    corners_m2 = (4 - 3.14159) * 50**2
    assert found.ground_km2 == pytest.approx((edge_m**2 - corners_m2) / 1e6, rel=2e-3)
    # Twenty blocks from the middle reach every corner.
    assert found.share_of_ground == pytest.approx(1.0, abs=1e-3)
    assert found.uncovered_km2 == pytest.approx(0.0, abs=1e-3)
    # As the crow flies 2 km reach past the corners, 1.41 km away.
    assert found.straight_share_of_ground == pytest.approx(1.0, abs=1e-6)
    assert found.straight_km2 == pytest.approx(found.ground_km2, rel=1e-6)
    # The circle itself is drawn whole, beyond the streets' ground too.
    assert found.straight_area.area / 1e6 == pytest.approx(3.14159 * 2.0**2, rel=3e-3)


def test_the_straight_circle_is_as_wide_on_the_ground_as_it_says():
    # A thousand kilometres east of its zone a map's metre is a good deal less than the ground's,
    # so a circle scaled the wrong way is off by several per cent.
    far = world([(1_000_000, 0), (1_000_500, 0), (1_000_500, 500)], [(0, 1), (1, 2)])
    center = shapes.to_lonlat(Point(1_600_250, 3_270_000), CRS)
    place = services((0, 0)).set_geometry([center])
    circle = coverage(far, place, 15, speed_kmh=SPEED_KMH).straight_area
    rim = shapely.get_coordinates(shapes.to_lonlat(circle, CRS).geoms[0].exterior)
    middle = np.repeat(shapely.get_coordinates(center), len(rim), axis=0)
    # 15 minutes at 6 km/h are 1500 m.
    assert geo.length_m(middle, rim) == pytest.approx(1_500, rel=0.002)


def test_covered_and_uncovered_make_up_the_ground():
    found = asked([(3, 4), (15, 12)], 5)
    assert found.area_km2 + found.uncovered_km2 == pytest.approx(found.ground_km2, rel=1e-9)
    assert found.areas.intersection(found.uncovered).area == pytest.approx(0.0, abs=1e-3)
    assert found.share_of_ground == pytest.approx(found.area_km2 / found.ground_km2, rel=1e-9)
    # Streets bend where the crow flies straight: the circle promises more.
    assert found.straight_share_of_ground > found.share_of_ground
    assert found.uncovered.is_valid


def test_homes_outside_are_those_from_which_no_service_is_within_reach():
    homes = services((12, 10), (14, 12), (15, 10), (10, 15.5), (10, 30))
    found = asked([(10, 10)], 5, homes=homes)
    # Blocks away: 2, 4 + 2, 5, 5.5, and one without a street.
    assert found.homes_outside == ("s1", "s3", "s4")
    assert (found.homes, found.homes_share) == (5, pytest.approx(2 / 5))
    assert asked([(10, 10)], 5).homes_share is None


def test_ground_round_a_services_own_step_is_covered_as_far_as_it_is_ground():
    """A kilometre of street; a service 50 m off it, so of a minute 10 s are left to walk along."""
    street = world([(x, 0) for x in range(0, 1001, 100)], [(n, n + 1) for n in range(10)])
    place = services((0, 0)).set_geometry([shapes.to_lonlat(Point(metres(500, 50)), CRS)])
    found = coverage(street, place, 1, speed_kmh=METRE_A_SECOND_KMH)
    step = LineString([metres(500, 50), metres(500, 0)])
    along = LineString([metres(490, 0), metres(510, 0)])
    ground = LineString([metres(0, 0), metres(1000, 0)]).buffer(50, quad_segs=64)
    exact = shapely.union(step, along).buffer(50, quad_segs=64).intersection(ground)
    assert iou(found.areas, exact) > 0.99
    # The step adds what lies 10 to 50 m beside it at the ground's rim: too much for a rounding.
    assert iou(found.areas, along.buffer(50, quad_segs=64)) < 0.96
    assert found.share_of_ground == pytest.approx(exact.area / ground.area, rel=0.01)
    assert found.area_km2 + found.uncovered_km2 == pytest.approx(found.ground_km2, rel=1e-9)
    # Who asks from the service is told the same ground, and what of the step's lies beyond it.
    (asked_from,) = isochrone(
        street, Place(place.geometry[0], "S"), [1], Travel(walk_kmh=METRE_A_SECOND_KMH), cell_m=10
    ).areas
    assert iou(found.areas, asked_from.intersection(ground)) > 0.99


def test_catchments_lead_towards_the_service():
    # The only street into the corner (20, 20) from the west is one way, away from it.
    city = grid_city(one_way=[((20, 20), (19, 20))])
    homes = services((19, 20))
    to_corner = coverage(city, services((20, 20)), 2, speed_kmh=SPEED_KMH, homes=homes)
    assert to_corner.homes_outside == ("s0",)
    from_corner = coverage(city, homes, 2, speed_kmh=SPEED_KMH, homes=services((20, 20)))
    assert from_corner.homes_outside == ()


def test_services_that_rest_on_poor_positions_are_counted():
    assert asked([(5, 5)], 5).indicative_services == 0
    poor = services((5, 5), (9, 9), accuracy_m=600.0)
    assert coverage(CITY, poor, 5, speed_kmh=SPEED_KMH).indicative_services == 2
    # As well known as the reach of 600 m is well enough.
    assert coverage(CITY, poor, 6, speed_kmh=SPEED_KMH).indicative_services == 0
    assert coverage(CITY, poor, 7, speed_kmh=SPEED_KMH).indicative_services == 0


def test_services_off_the_streets_are_named_and_cover_nothing():
    found = asked([(10, 10), (10, 30)], 5)
    assert (found.services, found.without_street) == (2, ("s1",))
    assert found.areas.equals(asked([(10, 10)], 5).areas)
    with pytest.raises(AnalysisError, match="None of the 1 services"):
        asked([(10, 30)], 5)
    with pytest.raises(AnalysisError, match="no service"):
        asked([], 5)
    with pytest.raises(AnalysisError) as raised:
        asked([(10, 10)], 500)
    assert "500 minutes" in str(raised.value.faults[0])
