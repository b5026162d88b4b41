"""The ground that a rule's facilities cover, and the residential land that they leave out (盲区).

Homes say who meets a rule; ground says where it fails. Ground is what lies within `REACH_M` of a
walkable street, as in isochrones: of residential land only that part is counted, since what lies
deep inside an estate has no walk of its own.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from sandbox.analysis.circles.audit import fitting, graph_of, limit_of
from sandbox.analysis.circles.question import Audit
from sandbox.analysis.circles.walking import walked_by
from sandbox.analysis.coverage import ground_of
from sandbox.analysis.places.access import access_points
from sandbox.engine import contours
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.kept import keep
from sandbox.units import METRE_A_SECOND_KMH

REACH_M: Final = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """The residential land of a rule, by area.

    Attributes
    ----------
    rule
        Its id.
    gaps
        Residential land that is ground and isn't covered (盲区), in metres; empty where homes are
        points.
    land_m2, covered_m2
        Residential land that is ground, and what of it is covered; 0 where homes are points. Land
        that several homes hold counts once.
    """

    rule: str
    gaps: MultiPolygon
    land_m2: float
    covered_m2: float

    @property
    def share(self) -> float:
        """Return the share of residential land that is covered; NaN without land."""
        return self.covered_m2 / self.land_m2 if self.land_m2 > 0 else np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the facilities of a rule cover.

    Attributes
    ----------
    covered
        Ground from which one of them is within the limit, in metres of the streets.
    land
        The residential land in it and outside it.
    """

    covered: MultiPolygon
    land: Land


def ground(audit: Audit, number: int) -> Ground:
    """Return the ground of a rule, by its number in the audit: one search from all facilities."""
    streets = walked_by(audit.network, audit.question.walker)
    covered = areal(shapely.intersection(_covered(audit, number), ground_of(streets, REACH_M)))
    return Ground(covered, _land_of(audit, number, covered))


@keep(1)
def lands(audit: Audit) -> tuple[Land, ...]:
    """Return the residential land of each rule, in the audit's order; empty where there is none."""
    if _home_land(audit).is_empty:
        return ()
    return tuple(
        _land_of(audit, number, _covered(audit, number)) for number in range(len(audit.rules))
    )


def _covered(audit: Audit, number: int) -> Any:
    """Return what lies within the limit of a rule's facilities, in metres."""
    question, rule = audit.question, audit.rules[number]
    streets = walked_by(audit.network, question.walker)
    covered: Any = shapely.MultiPolygon()
    for check in audit.checks[number]:
        wanted = fitting(audit.facilities, rule, check.limit, question)
        if not len(wanted):
            continue
        points = access_points(streets, audit.facilities.iloc[wanted], snap_m=question.snap_m)
        if not len(points.place):
            continue
        cutoff = limit_of(check)
        kmh = METRE_A_SECOND_KMH if check.by == "metres" else question.kmh
        reached = search(graph_of(streets, check.by, question), points.attachments, cutoff)
        (area,) = contours.areas(points.with_own(reached, kmh), [cutoff], REACH_M)
        covered = shapely.union(covered, area)
    return covered


def _land_of(audit: Audit, number: int, covered: Any) -> Land:
    land = _home_land(audit)
    west, south, east, north = audit.network.streets.bounds
    scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), audit.network.crs)
    gaps = areal(shapely.difference(land, covered))
    whole = float(shapely.area(land)) * scale
    left = float(shapely.area(gaps)) * scale
    return Land(audit.rules[number].id, gaps, whole, max(whole - left, 0.0))


@keep(1)
def _home_land(audit: Audit) -> MultiPolygon:
    """Return the homes that are areas, as far as they are ground, in metres: one shape.

    Cutting one shape takes a hundredth of the time of cutting a thousand estates one by one.
    """
    every_home = np.asarray(audit.homes.geometry.to_numpy(), dtype=object)
    drawn = every_home[shapely.get_dimensions(every_home) == 2]
    if not len(drawn):
        return shapely.MultiPolygon()
    crs = audit.network.crs
    metric: Any = shapely.transform(drawn, lambda lonlat: geo.to_metric(lonlat, crs))
    metric = shapely.union_all(shapely.make_valid(metric))
    every = ground_of(walked_by(audit.network, audit.question.walker), REACH_M)
    return areal(shapely.intersection(metric, every))


def areal(shape: Any) -> MultiPolygon:
    """Return the areas of a shape, without what has none."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kept = parts[shapely.get_dimensions(parts) == 2]
    made: Any = shapely.multipolygons(kept) if len(kept) else shapely.MultiPolygon()
    return made
