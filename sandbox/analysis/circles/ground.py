"""The ground that a rule's facilities cover, and the residential land that they leave out (盲区).

Homes say who meets a rule; ground says where it fails. Ground is what lies within `REACH_M` of a
walkable street, as in isochrones: of residential land only that part is counted, since what lies
deep inside an estate has no walk of its own.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
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
from sandbox.units import METRE_A_SECOND_KMH

REACH_M: Final = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the facilities of a rule cover.

    Attributes
    ----------
    rule
        Its id.
    covered
        Ground from which one of them is within the limit, in metres of the streets.
    gaps
        Residential land that is ground and isn't covered; empty where homes are points.
    land_m2, covered_m2
        Residential land that is ground, and what of it is covered; 0 where homes are points.
    """

    rule: str
    covered: MultiPolygon
    gaps: MultiPolygon
    land_m2: float
    covered_m2: float

    @property
    def share(self) -> float:
        """Return the share of residential land that is covered; NaN without land."""
        return self.covered_m2 / self.land_m2 if self.land_m2 > 0 else np.nan


def ground(audit: Audit, number: int) -> Ground:
    """Return the ground of a rule, by its number in the audit: one search from all facilities."""
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
    every = ground_of(streets, REACH_M)
    covered = areal(shapely.intersection(covered, every))
    land = _land(audit, every)
    reached_land: Any = shapely.intersection(land, covered) if len(land) else land
    gaps: Any = shapely.difference(land, covered) if len(land) else land
    west, south, east, north = audit.network.streets.bounds
    scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), audit.network.crs)
    return Ground(
        rule.id,
        covered,
        areal(shapely.union_all(gaps)) if len(gaps) else shapely.MultiPolygon(),
        float(shapely.area(land).sum() * scale) if len(land) else 0.0,
        float(shapely.area(reached_land).sum() * scale) if len(land) else 0.0,
    )


def _land(audit: Audit, every: MultiPolygon) -> npt.NDArray[Any]:
    """Return the homes that are areas, as far as they are ground, in metres."""
    every_home = np.asarray(audit.homes.geometry.to_numpy(), dtype=object)
    drawn = every_home[shapely.get_dimensions(every_home) == 2]
    crs = audit.network.crs
    metric: Any = shapely.transform(drawn, lambda lonlat: geo.to_metric(lonlat, crs))
    # A prepared shape answers what lies inside at once; only the rest is cut.
    shapely.prepare(every)
    inside = shapely.contains_properly(every, metric)
    metric[~inside] = shapely.intersection(metric[~inside], every)
    return metric


def areal(shape: Any) -> MultiPolygon:
    """Return the areas of a shape, without what has none."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kept = parts[shapely.get_dimensions(parts) == 2]
    made: Any = shapely.multipolygons(kept) if len(kept) else shapely.MultiPolygon()
    return made
