"""Several origins on one map: what the nearest of them reaches, or where all of them can meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from shapely.geometry import MultiPolygon

from sandbox.analysis.isochrone import Isochrone, cutoff_ms, street_step
from sandbox.analysis.origins import Reach, common_areas, reach
from sandbox.analysis.places.access import SNAP_M, AccessPoints, Place, access_of, access_points
from sandbox.engine import contours
from sandbox.engine.kernel import working_s
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.errors import AnalysisError
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import Travel
from sandbox.transit.lines import Supply
from sandbox.transit.street_parts import latest

Together = Literal["any", "all"]
# What is drawn of streets that all reach is cut into pieces of this share of the reach.
_PIECES_A_REACH: Final = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class JointIsochrone(Isochrone):
    """What several origins reach together.

    As an isochrone: `origin` is the first of them, `areas` are those of `sandbox.analysis.origins`,
    and `reached` the street parts at the time that counts.

    Attributes
    ----------
    found
        The answer that commands give to the same question.
    alone
        What each origin reaches by itself.
    """

    found: Reach
    alone: tuple[Reached, ...]

    @property
    def origins(self) -> tuple[Place, ...]:
        """Return the origins in their order."""
        return self.found.origins

    @property
    def accuracy_m(self) -> float:
        """Return how well the worst known position of an origin is known, metres."""
        return max(one.accuracy_m for one in self.origins)

    def areas_within(
        self, minutes: Sequence[float], cell_m: float | None = None
    ) -> tuple[MultiPolygon, ...]:
        """Return the areas of other cutoffs within what was searched."""
        limits = [cutoff_ms(one) for one in minutes]
        if self.found.how == "any":
            return contours.areas(self.reached, limits, self.reach_m, cell_m)
        return common_areas(
            [contours.areas(one, limits, self.reach_m, cell_m) for one in self.alone]
        )

    def times_ms(self, points: AccessPoints) -> npt.NDArray[np.float64]:
        """Return when places are reached: by the nearest origin, or by the last of all."""
        each = self._each_ms(points)
        return each.min(axis=0) if self.found.how == "any" else each.max(axis=0)

    def whose(self, points: AccessPoints) -> npt.NDArray[np.int64]:
        """Return which origin's time counts at each of some places."""
        each = self._each_ms(points)
        return each.argmin(axis=0) if self.found.how == "any" else each.argmax(axis=0)

    def _each_ms(self, points: AccessPoints) -> npt.NDArray[np.float64]:
        """Return when each origin reaches each place, shape ``(origins, places)``."""
        return np.array(
            [
                points.times_ms(field, self.speed_kmh, origin.shape)
                for field, origin in zip(self.alone, self.origins, strict=True)
            ]
        )

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        return self.found.told()


def joint_isochrone(
    network: Network,
    origins: Sequence[Place],
    minutes: Sequence[float],
    travel: Travel,
    how: Together,
    *,
    supply: Supply | None = None,
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
) -> JointIsochrone:
    """Return what several origins reach together, as an isochrone that a map shows.

    Parameters
    ----------
    network, origins, minutes, travel, reach_m, snap_m, supply
        As for `sandbox.analysis.origins.reach`.
    how
        ``any``: what the nearest of them reaches; ``all``: the ground that all can get to.

    Raises
    ------
    AnalysisError
        As there; or where no street is near enough to one of the origins.
    NetworkError, TransitError
        As there.
    """
    began = working_s()
    reach_m = reach_of(travel.mode) if reach_m is None else reach_m
    same: dict[str, Any] = {"reach_m": reach_m, "snap_m": snap_m, "supply": supply}
    answers = reach(network, origins, minutes, travel, how=how, **same)
    if answers.without_street:
        raise AnalysisError(
            "No street is within {limit} m of: {names}.",
            "Choose places nearer to a street of the network.",
            limit=f"{snap_m:g}",
            names=", ".join(answers.without_street),
        )
    found, near = answers.found[0], travel.near_far[0]
    first = access_of(network, origins[0], snap_m, near)
    alone = _alone(network, found, near, snap_m)
    reached = found.reached[0] if how == "any" else latest(alone, reach_m / _PIECES_A_REACH)
    return JointIsochrone(
        origin=origins[0],
        attachment=street_step(first, travel.walk_kmh),
        minutes=found.contours,
        speed_kmh=travel.walk_kmh,
        reach_m=float(reach_m),
        mode=travel.mode,
        crs=network.crs,
        areas=found.areas,
        areas_km2=found.areas_km2,
        reached=reached,
        took_ms=(working_s() - began) * 1000.0,
        travel=found.travel,
        found=found,
        alone=alone,
    )


def _alone(network: Network, found: Reach, near: str, snap_m: float) -> tuple[Reached, ...]:
    """Return what each origin of a common answer reaches by itself."""
    if found.how == "all":
        return found.reached
    points = access_points(network, found.origins, snap_m=snap_m, mode=near)
    if found.ride is not None:
        fields = [one.reached(found.ride.percentile) for one in found.journeys]
    else:
        graph, limit = network.moving(found.travel), cutoff_ms(found.contours[-1])
        fields = [search(graph, points.of(n), limit) for n in range(len(found.origins))]
    return tuple(
        points.with_own(field, found.travel.walk_kmh, number) for number, field in enumerate(fields)
    )
