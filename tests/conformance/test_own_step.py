"""Every drawn ground holds the step between the place that was asked from and its street."""

from datetime import datetime

import geopandas as gpd
import pytest
import shapely
from shapely import LineString, Point

from sandbox.analysis.comparison.difference import difference
from sandbox.analysis.coverage import coverage
from sandbox.analysis.field import surfaces
from sandbox.analysis.isochrone import isochrone, recontour
from sandbox.analysis.isodistance import isodistance
from sandbox.analysis.origins import reach
from sandbox.analysis.places.access import Place, access_points
from sandbox.analysis.searched import Way, reached_by
from sandbox.analysis.transit import at_departure, at_percentile, spread, transit_isochrone
from sandbox.geo import shapes
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

# Three kilometres of street, metres are seconds; two places 90 m off it, on either side.
STREET = world([(x, 0) for x in range(0, 3001, 100)], [(n, n + 1) for n in range(30)])
OFF_M = 90
REACH_M = 50.0
FEET = Travel(walk_kmh=METRE_A_SECOND_KMH)
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=10, draws=3, max_walk_min=10)


def spot(x, y):
    return Place(shapes.to_lonlat(Point(at(x, y)), CRS), f"{x}")


HERE, THERE = spot(1000, OFF_M), spot(1200, -OFF_M)


def own(x, side=1):
    """Return the ground round a place's step."""
    return LineString([at(x, side * OFF_M), at(x, 0)]).buffer(REACH_M, quad_segs=64)


OWN = own(1000)


def supply():
    stops = tuple(
        LineStop(name, name, name, (float(lon), float(lat)), 5.0 if name == "b" else None)
        for name, x in (("a", 900), ("b", 2800))
        for lon, lat in [shapely.get_coordinates(spot(x, 0).shape)[0]]
    )
    return Supply(
        (Line("m", "线", "Line", "metro", stops, (Period(6 * 3600, 22 * 3600, 300),), dwell_s=0),)
    )


def by_line(minutes):
    return transit_isochrone(STREET, HERE, minutes, FEET.riding(RIDE), supply=supply())


def isochrone_of(minutes):
    return isochrone(STREET, HERE, minutes, Travel(walk_kmh=METRE_A_SECOND_KMH), search_minutes=6)


def reached_from(ride=None):
    way = Way("w", FEET.riding(ride) if ride else FEET, supply() if ride else None)
    return reached_by(STREET, access_points(STREET, [HERE]), 0, way, 4.0).reached


def between(part):
    found = difference(reached_from(), reached_from(RIDE), [2, 4], reach_m=REACH_M, crs=CRS)
    return getattr(found, part).areas


def together(how, by=FEET, **options):
    options["supply"] = supply() if by.ride else None
    cutoffs = [120, 240] if options.get("metric") == "distance" else [2, 4]
    (found, *_) = reach(STREET, [HERE, THERE], cutoffs, by, how=how, **options).found
    return found.areas


DRAWN = {
    "isochrone": lambda: isochrone_of([2, 4]).areas,
    "other cutoffs": lambda: recontour(isochrone_of([4]), [2, 6]).areas,
    "isodistance": lambda: isodistance(STREET, HERE, [120, 240]).areas,
    "by line": lambda: by_line([2, 4]).areas,
    "another percentile": lambda: at_percentile(by_line([2, 4]), 90).areas,
    "one departure": lambda: at_departure(by_line([2, 4]), 3).areas,
    "spread": lambda: spread(by_line([4]), [1.0, 5.0]),
    "each": lambda: together("each"),
    "any": lambda: together("any"),
    "any, metres": lambda: together("any", metric="distance"),
    "any, by line": lambda: together("any", FEET.riding(RIDE)),
    "base": lambda: between("base"),
    "plan": lambda: between("plan"),
    "kept": lambda: between("kept"),
}


@pytest.mark.parametrize("drawn", DRAWN)
def test_the_ground_round_a_places_own_step_is_drawn(drawn):
    for area in DRAWN[drawn]():
        assert shapely.difference(OWN, area).area < 0.01 * OWN.area


def test_where_everyone_can_meet_the_steps_of_all_count():
    # A step's ground counts for its own place only; the other has to come along the street.
    for how_far, area in zip((120, 240), together("all"), strict=True):
        left = how_far - OFF_M
        mine, other = (
            shapely.union(
                LineString([at(x - left, 0), at(x + left, 0)]).buffer(REACH_M, quad_segs=64),
                own(x, side),
            )
            for x, side in ((1000, 1), (1200, -1))
        )
        exact = mine.intersection(other)
        assert shapely.symmetric_difference(area, exact).area < 0.01 * mine.area


def test_a_surface_of_times_holds_the_step():
    found = surfaces([isochrone_of([4])], cell_m=10.0)
    x, y = at(1000, OFF_M + 30)
    grid = found.grid
    row, column = round((y - grid.south) / 10.0), round((x - grid.west) / 10.0)
    # The step is done after 90 s, and its ground is reached then.
    assert found.values[0, row, column] == pytest.approx(1.5, abs=0.001)


def test_a_service_covers_the_ground_round_its_step_that_is_ground():
    service = gpd.GeoDataFrame(
        {"id": ["s"], "layer": "x", "accuracy_m": 0.0}, geometry=[HERE.shape], crs="EPSG:4326"
    )
    found = coverage(STREET, service, 1.5, speed_kmh=METRE_A_SECOND_KMH)
    ground = LineString([at(0, 0), at(3000, 0)]).buffer(REACH_M, quad_segs=64)
    held = OWN.intersection(ground)
    assert shapely.difference(held, found.areas).area < 0.01 * held.area
    (asked,) = isochrone_of([1.5]).areas
    assert shapely.difference(asked.intersection(ground), found.areas).area < 0.01 * asked.area
