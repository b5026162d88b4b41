"""Which places lie within reach: the step from the street to each place is counted too."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sandbox.analysis.isochrone import Isochrone, cutoff_ms
from sandbox.analysis.places.access import AccessPoints
from sandbox.analysis.places.place import Measured

_M_PER_MINUTE_AT_1_KMH: Final = 1000.0 / 60.0


@dataclass(frozen=True, slots=True)
class PlaceReached:
    """A place within reach.

    Attributes
    ----------
    layer, id
        Where it stands in the catalog.
    minutes
        Time from the origin to it, both steps between place and street counted.
    indicative
        Whether its position, or the origin's, is known less well than the reach of
        the smallest cutoff that holds it.
    measured
        What the time is measured to: the place's ``point``, a ``gate`` or its ``edge``.
    origin
        Number of the origin whose time it is, where there are several; 0 is the first.
    """

    layer: str
    id: str
    minutes: float
    indicative: bool
    measured: Measured = "point"
    origin: int = 0


def within_reach(isochrone: Isochrone, points: AccessPoints) -> tuple[PlaceReached, ...]:
    """Return the places within the largest cutoff, soonest first.

    Places that touch the origin are reached at once.

    Parameters
    ----------
    isochrone
        Where from, how fast and how long.
    points
        The places, tied to the same network.
    """
    times, whose = isochrone.times_ms(points), isochrone.whose(points)
    cutoffs_ms = np.array([cutoff_ms(m) for m in isochrone.minutes])
    band = np.searchsorted(cutoffs_ms, times)
    inside = np.flatnonzero(band < len(cutoffs_ms))
    order = inside[np.argsort(times[inside], kind="stable")]
    return tuple(
        PlaceReached(
            points.layer[i],
            points.id[i],
            float(times[i]) / 60_000.0,
            is_indicative(
                max(float(points.accuracy_m[i]), isochrone.accuracy_m),
                isochrone.minutes[band[i]],
                isochrone.speed_kmh,
            ),
            points.places[i].measured,
            int(whose[i]),
        )
        for i in order.tolist()
    )


def is_indicative(accuracy_m: float, minutes: float, speed_kmh: float) -> bool:
    """Return whether a position is known less well than one walks within a cutoff.

    Parameters
    ----------
    accuracy_m
        How far off the place, or the origin, may be: the larger.
    minutes
        The smallest cutoff that holds the place.
    speed_kmh
        Walking speed.
    """
    return accuracy_m > speed_kmh * _M_PER_MINUTE_AT_1_KMH * minutes
