"""Schematic buildings keep to their blocks, and sites to the figures that are known of them."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from sandbox import paths
from sandbox.catalog.folder import load
from sandbox.geo import crs as geo
from sandbox.sources.schematic.buildings.built import Site, buildings
from sandbox.sources.schematic.buildings.estate import GARDEN, SLABS
from sandbox.sources.schematic.buildings.landmarks import FORMS, landmarks
from sandbox.sources.schematic.buildings.rows import rows_on
from sandbox.streets.footprints import BuildingKind, Footprints, read_footprints
from sandbox.streets.streets import Streets
from tests.support import worlds

CRS = "EPSG:32648"
SIDE = 300.0
# A block of 300 m with streets round it.
CORNERS = [(0.0, 0.0), (SIDE, 0.0), (SIDE, SIDE), (0.0, SIDE)]


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Return a box in metres from the world's corner."""
    x, y = worlds.WEST, worlds.SOUTH
    return shapely.box(x + west, y + south, x + east, y + north)


AREA = box(-50, -50, SIDE + 50, SIDE + 50)


def square() -> Streets:
    return worlds.streets(CORNERS, [(i, (i + 1) % 4) for i in range(4)])


def test_rows_lie_on_their_block_and_do_not_overlap():
    block = shapely.box(0, 0, 200, 120)
    corners, height_m = rows_on(block, SLABS, np.random.default_rng(1))
    houses = shapely.polygons(corners)
    assert len(houses) > 5
    assert shapely.contains(block, houses).all()
    assert shapely.area(shapely.union_all(houses)) == pytest.approx(shapely.area(houses).sum())
    assert ((height_m >= 6 * 3.0) & (height_m <= 11 * 3.0)).all()


def test_no_house_stands_on_a_street_or_on_free_ground():
    streets = square()
    pond = box(100, 100, 200, 200)
    made = buildings(streets, [("grid", AREA)], [pond], [], 7)
    houses = made.polygons()
    assert len(made) > 3
    assert not shapely.intersects(houses, pond).any()
    lines = shapely.linearrings(np.array(CORNERS) + np.array([worlds.WEST, worlds.SOUTH]))
    assert shapely.distance(shapely.union_all(houses), lines) >= 7.0
    assert shapely.contains(box(0, 0, SIDE, SIDE), houses).all()


def test_the_same_seed_makes_the_same_and_another_others():
    streets = square()
    first, again, other = (
        buildings(streets, [("organic", AREA)], [], [], seed) for seed in (1, 1, 2)
    )
    assert first.corners.tolist() == again.corners.tolist()
    assert first.corners.tolist() != other.corners.tolist()


def test_a_site_keeps_within_its_limits():
    site = Site(box(20, 20, 280, 280), 5000.0, 40_000.0)
    made = buildings(square(), [], [], [site], 3)
    assert 0.7 * 5000 < made.area_m2.sum() < 5000
    assert (made.area_m2 * made.height_m / GARDEN.floor_m).sum() <= 40_000


def test_landmarks_stand_at_their_places_with_the_heights_of_their_forms():
    made = landmarks({("landmarks", "science_hall"): (1000.0, 2000.0)}, CRS)
    assert len(made) == len(FORMS["landmarks", "science_hall"])
    assert set(made.kind) == {BuildingKind.LANDMARK}
    hall = made.polygons()[0]
    # An ellipse of 176 by 128 m, its rim of 28 corners covers a little less.
    assert shapely.get_coordinates(hall.centroid)[0] == pytest.approx((1000, 2000), abs=0.1)
    assert hall.area == pytest.approx(np.pi * 88 * 64, rel=0.02)


def test_there_are_forty_landmarks_each_of_a_place_of_the_layers():
    assert len(FORMS) >= 40
    for layer, identity in FORMS:
        features = load(paths.layers() / layer).features
        assert features is not None
        assert identity in set(features["id"]), (layer, identity)


@pytest.fixture(scope="module")
def shipped() -> Footprints:
    return read_footprints(paths.layers() / "built_up" / "buildings.npz")


def test_the_talent_community_keeps_within_its_figures(shipped: Footprints):
    homes = load(paths.layers() / "talent_housing").features
    assert homes is not None
    ground = shapely.transform(
        homes.geometry.iloc[0], lambda lonlat: geo.to_metric(lonlat, shipped.crs)
    )
    within = shapely.contains(ground, shapely.centroid(shipped.polygons()))
    covered_m2 = shipped.area_m2[within]
    # 222 mu are 148,000 m²; under a fifth of it is covered, floors are at most 1.5 times it.
    assert 8_000 < covered_m2.sum() < 29_600
    floors = shipped.height_m[within] / GARDEN.floor_m
    assert floors.min() >= 5
    assert floors.max() <= 8
    assert 50_000 < (covered_m2 * floors).sum() <= 222_000


def test_every_kind_of_estate_is_there(shipped: Footprints):
    counts = np.bincount(shipped.kind, minlength=len(BuildingKind))
    assert (counts[: BuildingKind.OTHER] > 100).all()
    assert replace(shipped).schematic
