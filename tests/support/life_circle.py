"""A town whose audit can be worked out by hand: homes and facilities on a grid of streets."""

import geopandas as gpd
import numpy as np
from shapely import Point, Polygon

from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.given import facilities_of, homes_of
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.standards import Facility, Limit, Rule, Standard, Standing, Tier, Walker
from sandbox.words import Bilingual
from tests.support.grid_city import CRS, at, grid_city

MEMORY = Standing("memory")
CONFIRMED = Standing("confirmed", "Li Hua", "2026-11-30")
ADULT = Walker("adult", Bilingual("成人", "Adult"), 6.0, Bilingual("试", "test"), MEMORY)
KINDS = ("school", "clinic", "clinic_centre", "park", "shop")


def both(text):
    return Bilingual(text, text)


def rule(name, tier, facility, *limits, **more):
    known = {"standing": MEMORY, "clause": f"table {name}"} | more
    return Rule(name, tier, facility, tuple(limits), **known)


def standard(*rules, inclusive=False):
    """Return a standard of these rules in two tiers: 15 minutes or 1000 m, 5 minutes or 300 m."""
    tiers = {
        "t15": Tier("t15", both("15"), "2.0.2", MEMORY, (800.0, 1000.0), 15.0),
        "t5": Tier("t5", both("5"), "2.0.5", MEMORY, (300.0, 300.0), 5.0),
    }
    known = {kind: Facility(kind, both(kind)) for kind in KINDS}
    known["clinic_centre"] = Facility(
        "clinic_centre", both("clinic_centre"), stands_for=("clinic",)
    )
    return Standard(
        "test", both("Test"), "1", "", inclusive, both("by hand"), None, tiers,
        {one.id: one for one in rules}, known,
    )  # fmt: skip


def within(metres=None, minutes=None, **sizes):
    return Limit(metres, minutes, **sizes)


def placed(ids, cells, **columns):
    """Return points at crossings, (column, row) from the corner, with columns of their own."""
    shapes = [one if hasattr(one, "geom_type") else Point(at(*one)) for one in cells]
    return gpd.GeoDataFrame({"id": ids, **columns}, geometry=shapes, crs="EPSG:4326")


def homes(cells, people=None, **columns):
    ids = [f"h{number}" for number in range(len(cells))]
    table = placed(ids, cells, **columns)
    if people is not None:
        table["people"] = people
    return homes_of(table, people="people" if people is not None else None, crs=CRS)


def facilities(said, **columns):
    """Return facilities of (kind, cell) pairs."""
    ids = [f"f{number}" for number in range(len(said))]
    table = placed(ids, [cell for _, cell in said], kind=[kind for kind, _ in said], **columns)
    return facilities_of(table, lambda kind: kind if kind in KINDS else "", crs=CRS)


def square(column, row, side=1.0):
    corners = [(0, 0), (side, 0), (side, side), (0, side)]
    return Polygon([at(column + x, row + y) for x, y in corners])


def units(**areas):
    return gpd.GeoDataFrame(
        {"id": list(areas), "name_zh": list(areas), "name_en": list(areas)},
        geometry=list(areas.values()),
        crs="EPSG:4326",
    )


def isnan(values):
    return np.isnan(np.asarray(values, dtype=float)).tolist()


SCHOOL = rule("school", "t15", "school", within(1000))
CLINIC = rule("clinic", "t5", "clinic", within(300))


def audited_town():
    """Return the audit of three homes against a school, a clinic and a park, and its rules.

    Blocks from the homes to the school at (5, 5): 2, 10, 20; to the clinic at (5, 8): 1, 13, 17.
    The school has 20 places for 100 asked by a thousand people; the park has 5,000 m². The south
    is where the first two homes are, the north that of the third. Only the clinic's rule is
    confirmed.
    """
    rules = (
        rule("school", "t15", "school", within(1000), places_per_1000=100.0),
        rule("clinic", "t5", "clinic", within(300), standing=CONFIRMED),
        rule("park", "t5", "park", m2_per_1000=1000.0),
    )
    lived = homes([(5, 7), (0, 0), (15, 15)], [100, 300, 600], land_m2=[1000, 2000, 3000])
    there = facilities(
        [("school", (5, 5)), ("clinic", (5, 8)), ("park", (0, 1))],
        places=[20, None, None],
        land_m2=[None, None, 5000],
    )
    areas = units(south=square(-1, -1, 9), north=square(10, 10, 9))
    return audit(grid_city(), lived, there, AuditQuestion(standard(*rules), ADULT), areas)
