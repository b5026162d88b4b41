"""What came after a year is left out, and nothing else."""

import numpy as np
import shapely

from sandbox.draw.ground.chains import Chains
from sandbox.draw.ground.grown import buildings_before, came_later, later_ground, streets_before
from sandbox.streets.footprints import BuildingKind, footprints_of
from sandbox.streets.streets import StreetClass

QUARTER, HALL, OLD = (
    shapely.box(0, 0, 100, 100),
    shapely.box(40, 40, 60, 60),
    shapely.box(-90, 0, 0, 90),
)
SHAPES = np.array([QUARTER, HALL, OLD], dtype=object)
OPENED = ["2025", "2024-10", ""]


def test_a_year_counts_to_its_end_and_what_has_no_date_was_always_there():
    assert came_later(OPENED, 2023).tolist() == [True, True, False]
    assert came_later(OPENED, 2024).tolist() == [True, False, False]
    assert came_later(OPENED, 2025).tolist() == [False, False, False]


def test_a_hall_stands_before_the_quarter_round_it():
    assert later_ground(SHAPES, OPENED, 2025) is None
    before, with_hall = (later_ground(SHAPES, OPENED, by) for by in (2023, 2024))
    assert before is not None
    assert with_hall is not None
    assert (before.area, with_hall.area) == (10_000.0, 9_600.0)


def test_buildings_stand_where_the_ground_was_built():
    spots = [shapely.box(x, y, x + 5, y + 5) for x, y in ((10, 10), (50, 50), (-40, 40))]
    kind = np.full(3, BuildingKind.SLAB, dtype=np.uint8)
    made = footprints_of("EPSG:32648", np.array(spots, dtype=object), np.full(3, 20.0), kind)
    left = [
        len(buildings_before(made, later))
        for by in (2023, 2024)
        if (later := later_ground(SHAPES, OPENED, by)) is not None
    ]
    assert left == [1, 2]


def test_streets_end_at_ground_that_came_later_but_through_roads_go_on():
    xy = np.array([(-50.0, 50.0), (150.0, 50.0), (-50.0, 20.0), (150.0, 20.0)])
    kinds = np.array([StreetClass.STREET, StreetClass.EXPRESS], dtype=np.uint8)
    chains = Chains(
        xy,
        np.array([0, 2, 4]),
        kinds,
        np.zeros(2, dtype=np.uint8),
        np.array([7, 8], dtype=np.int32),
    )
    later = later_ground(SHAPES, OPENED, 2024)
    assert later is not None
    cut = streets_before(chains, later)
    lines = [part[:, 0].tolist() for part in np.split(cut.xy, cut.starts[1:-1])]
    assert sorted(lines) == [[-50.0, 0.0], [-50.0, 150.0], [40.0, 60.0], [100.0, 150.0]]
    assert sorted(cut.name.tolist()) == [7, 7, 7, 8]
    assert (cut.street_class == np.where(cut.name == 7, kinds[0], kinds[1])).all()
