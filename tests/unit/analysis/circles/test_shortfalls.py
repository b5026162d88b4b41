"""Who lacks what, and the land that is left out, of a town drawn by hand."""

import numpy as np
import pytest
import shapely

from sandbox.analysis.circles import results
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.ground import ground, lands
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.analysis.circles.shortfalls import gap_areas, weakest
from sandbox.geo import shapes
from tests.support.grid_city import CRS, SOUTH, WEST, grid_city
from tests.support.life_circle import (
    ADULT,
    CLINIC,
    SCHOOL,
    facilities,
    homes,
    rule,
    square,
    standard,
    units,
    within,
)


@pytest.fixture(scope="module")
def points():
    # Blocks of 100 m to the school at (5, 5): 2, 10, 12, 20; to the clinic at (5, 8): 1, 13, 9, 17.
    lived = homes([(5, 7), (0, 0), (10, 12), (15, 15)], [100, 300, 50, 600])
    there = facilities([("school", (5, 5)), ("clinic", (5, 8))])
    areas = units(south=square(-1, -1, 9), north=square(9, 9, 9))
    return audit(
        grid_city(), lived, there, AuditQuestion(standard(SCHOOL, CLINIC), ADULT), areas
    )  # fmt: skip


def test_what_most_people_lack_comes_first_with_its_figures(points):
    table = weakest(points)
    assert table["rule"].tolist() == ["clinic", "school"]
    clinic, school = (table.iloc[row] for row in (0, 1))
    assert (clinic["people_lacking"], clinic["homes_lacking"], clinic["none_near"]) == (950, 3, 2)
    assert clinic["lacking_share"] == pytest.approx(950 / 1050)
    # 9 blocks are exactly three times 300 m and 600 m too far; those at 13 and 17 have none near.
    assert clinic["over_median"] == pytest.approx(600.0)
    # 12 and 20 blocks are 200 m and 1000 m too far: half of both are over by 600 m.
    assert (school["people_lacking"], school["none_near"]) == (650, 0)
    assert school["over_median"] == pytest.approx(600.0)
    # In the north nobody has either; in the south all have the school, 100 of 400 the clinic.
    assert (clinic["weakest_unit"], clinic["weakest_unit_share"]) == ("north", 0.0)
    assert table["rank"].tolist() == [1, 2]


def test_points_have_no_land_to_leave_out(points):
    assert lands(points) == ()
    assert gap_areas(points).empty
    assert weakest(points)["gap_m2"].isna().all()
    assert results.coverage(points)["ground_share"].isna().all()
    assert results.summary(points)["ground_score"] is None


def test_a_town_that_lacks_nothing_has_no_weakest():
    lived, there = homes([(5, 5)], [1]), facilities([("school", (5, 6))])
    found = audit(grid_city(), lived, there, AuditQuestion(standard(SCHOOL), ADULT))
    assert weakest(found).empty


@pytest.fixture(scope="module")
def estates():
    # A street block between the crossings (5, 5) and (6, 6), one far off, one that both overlap.
    lived = homes([square(5, 5), square(15, 15), square(15, 15)], [10, 20, 30])
    there = facilities([("park", (5, 5))], land_m2=[9000.0])
    park = rule("park", "t5", "park", within(150))
    return audit(grid_city(), lived, there, AuditQuestion(standard(park), ADULT))


def test_land_is_counted_by_area_and_once(estates):
    (land,) = lands(estates)
    # All ground of a block of 100 m lies within 50 m of its streets: two blocks, one drawn twice.
    one = shapely.area(shapes.to_metric(square(5, 5), CRS)) * shapes.areal_scale((WEST, SOUTH), CRS)
    assert land.land_m2 == pytest.approx(2 * one, rel=5e-3)
    # Streets are walked 150 m from the park's corner: the two sides whole, and half of each other
    # one; what lies within 50 m of them is all but the far corner of 50 m by 50 m, and of that
    # what two quarters of circles of 50 m round the ends leave free.
    left = 1.0 - _covered_part()
    assert (land.covered_m2 / one) == pytest.approx(1.0 - left, abs=0.01)
    row = results.coverage(estates).iloc[0]
    assert row["ground_share"] == pytest.approx(land.share)
    assert (row["land_share"], row["people_share"]) == (pytest.approx(1 / 3), pytest.approx(1 / 6))


def _covered_part():
    """Return which part of a block of 100 m the walk of 150 m from its corner covers."""
    block = shapely.box(0, 0, 100, 100)
    walked = shapely.MultiLineString([
        [(0, 0), (100, 0)], [(0, 0), (0, 100)], [(100, 0), (100, 50)], [(0, 100), (50, 100)],
    ])  # fmt: skip
    return (
        shapely.area(shapely.intersection(block, shapely.buffer(walked, 50, quad_segs=64)))
        / 10_000.0
    )


def test_gaps_are_the_land_outside_and_agree_with_the_ground_that_the_map_shows(estates):
    (land,), shown = lands(estates), ground(estates, 0)
    assert shapely.area(shown.land.gaps) == pytest.approx(shapely.area(land.gaps), rel=1e-9)
    assert shapely.area(shapely.intersection(shown.covered, land.gaps)) < 1e-3
    areas = gap_areas(estates)
    assert areas["gap_m2"].iloc[0] == pytest.approx(land.land_m2 - land.covered_m2, abs=0.1)
    # The estates that are far off are left out whole.
    inside = areas.geometry.iloc[0].buffer(1e-6).contains(square(15, 15))
    assert inside


def test_parks_are_judged_by_land_within_not_by_estates_that_touch(estates):
    row = results.coverage(estates).iloc[0]
    asked = rule("park", "t5", "park", within(150), share=0.4)
    # Of the estates a third is covered, by area nearly half of the land.
    assert row["land_share"] < asked.share < row["ground_share"]
    found = audit(
        grid_city(), estates.homes.drop(columns="unit"), estates.facilities,
        AuditQuestion(standard(asked), ADULT),
    )  # fmt: skip
    assert bool(results.coverage(found)["met"].iloc[0])


def test_one_facility_more_never_leaves_out_more_land(estates):
    more = facilities([("park", (5, 5)), ("park", (15, 16))], land_m2=[9000.0, 9000.0])
    park = rule("park", "t5", "park", within(150))
    found = audit(
        grid_city(), estates.homes.drop(columns="unit"), more,
        AuditQuestion(standard(park), ADULT),
    )  # fmt: skip
    assert lands(found)[0].covered_m2 > lands(estates)[0].covered_m2
    assert not np.isnan(lands(found)[0].share)
