"""What one way of moving reaches from one place: its ground, and when other places are reached."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import AccessPoints
from sandbox.analysis.table import written_departure
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.streets.travel import Travel
from sandbox.transit.journeys import Journeys
from sandbox.transit.lines import Supply
from sandbox.transit.search import find_journeys
from sandbox.words import Bilingual


@dataclass(frozen=True, slots=True)
class Way:
    """How one moves, and which lines run: one side of a comparison.

    Attributes
    ----------
    id
        What tables call it: a scenario's id, an hour, a mode.
    travel
        How one moves.
    supply
        By transit: what runs beside the timetable.
    name
        What people call it; where nothing is said, as tables do.
    """

    id: str
    travel: Travel
    supply: Supply | None = None
    name: Bilingual | None = None

    @property
    def near(self) -> str:
        """Return whose streets count round the place that one asks from."""
        return self.travel.near_far[0]

    @property
    def far(self) -> str:
        """Return whose streets count round all other places."""
        return self.travel.near_far[1]

    @property
    def called(self) -> Bilingual:
        """Return what people call it."""
        return self.name or Bilingual(self.id, self.id)

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        ride, travel = self.travel.by_transit, self.travel
        rides = travel.mode == "bike" or (ride is not None and "bike" in (ride.access, ride.egress))
        when = written_departure(ride.when) if ride else None
        arrive = ride.arrive if ride else travel.towards
        return {
            "mode": travel.mode,
            "direction": "to" if arrive else "from",
            "departure": None if arrive else when,
            "arrival": when if arrive else None,
            "window_min": ride.window_min if ride else None,
            "percentile": ride.percentile if ride else None,
            "max_walk_min": ride.max_walk_min if ride else None,
            "min_change_min": ride.min_change_min if ride else None,
            "access": ride.access if ride else None,
            "egress": ride.egress if ride else None,
            "speed_kmh": travel.walk_kmh,
            "bike_kmh": travel.bike_kmh if rides else None,
            "hour": travel.on_streets.hour,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """What is reached from one place.

    Attributes
    ----------
    way
        How one moves.
    points, number
        The places that were asked from, and which of them this one is.
    reached
        Street parts with their times.
    journeys
        Those by transit, if one goes by transit.
    """

    way: Way
    points: AccessPoints
    number: int
    reached: Reached
    journeys: Journeys | None

    def times_ms(self, points: AccessPoints) -> npt.NDArray[np.float64]:
        """Return when each of some places is reached, shape ``(n,)``; else infinite.

        Places that touch the one asked from are reached at once.
        """
        shape = self.points.places[self.number].shape
        return points.times_ms(self.reached, self.way.travel.walk_kmh, shape)


def reached_by(
    network: Network, points: AccessPoints, number: int, way: Way, minutes: float
) -> Searched:
    """Return what one way of moving reaches from a place.

    Parameters
    ----------
    network
        The streets.
    points, number
        Places tied to streets of `way.near`, and which of them one asks from.
    way
        How one moves.
    minutes
        How far is searched.
    """
    starts, cutoff, ride = points.of(number), cutoff_ms(minutes), way.travel.by_transit
    found: Journeys | None = None
    if ride is None:
        reached = search(network.moving(way.travel.on_streets), starts, cutoff)
    else:
        found = find_journeys(
            network, starts, ride, cutoff, supply=way.supply, travel=way.travel.on_streets
        )
        reached = found.reached(ride.percentile)
    reached = points.with_own(reached, way.travel.walk_kmh, number)
    return Searched(way, points, number, reached, found)
