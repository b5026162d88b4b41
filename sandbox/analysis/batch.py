"""How much is in reach of thousands of places at once: sums only, neither areas nor pairs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sandbox.analysis.isochrone import SNAP_M, check_question, cutoff_ms
from sandbox.engine.counts import counts
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import Travel


def reach_counts(
    network: Network,
    origins_lonlat: npt.ArrayLike,
    places_lonlat: npt.ArrayLike,
    minutes: Sequence[float],
    travel: Travel,
    *,
    weights: npt.ArrayLike | None = None,
    snap_m: float = SNAP_M,
) -> npt.NDArray[np.float64]:
    """Return how many places are within reach of each origin, or what they weigh.

    The steps between places and their streets are walked and counted at both ends; who
    is there already needs no time. The times are those of `sandbox.analysis.times`.

    Parameters
    ----------
    network
        The streets.
    origins_lonlat, places_lonlat
        Longitudes and latitudes, WGS 84, shapes ``(origins, 2)`` and ``(places, 2)``.
    minutes
        Cutoffs, 1 to 240; any order, each counts once.
    travel
        How one moves; `towards` counts the places from which each origin is reached.
    weights
        What each place counts, shape ``(places,)``; by default 1.
    snap_m
        How far a place may lie from its street; farther ones are in nobody's reach.

    Returns
    -------
    numpy.ndarray
        Shape ``(origins, cutoffs)``, cutoffs ascending; NaN for an origin that no street
        is near enough to and no place lies at.

    Raises
    ------
    AnalysisError
        With all faults of the minutes and the travel at once, or if positions or weights
        are none.
    NetworkError
        There is no such mode here, or the table of speeds can't be read.
    """
    cutoffs = check_question(minutes, reach_of("walk"), travel)
    here, there = _positions(origins_lonlat), _positions(places_lonlat)
    weight = np.ones(len(there)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (len(there),) or not np.isfinite(weight).all():
        raise AnalysisError(
            "The weights must be one number for each place.", "Give one weight for each place."
        )
    graph = network.moving(travel)
    (starts, origin), (ends, place) = (
        network.doors(geo.to_metric(lonlat, network.crs), snap_m, travel.mode)
        for lonlat in (here, there)
    )
    first = np.searchsorted(origin, np.arange(len(here) + 1))
    offsets, already = _same(here, there)
    sums = counts(
        graph,
        starts,
        first,
        ends,
        place,
        weight,
        np.array([cutoff_ms(value) for value in cutoffs], dtype=np.int32),
        offsets,
        already,
    )
    sums[(np.diff(first) == 0) & (np.diff(offsets) == 0)] = np.nan
    return sums


def _positions(lonlat: npt.ArrayLike) -> npt.NDArray[np.float64]:
    made = np.asarray(lonlat, dtype=np.float64)
    if made.size == 0:
        return made.reshape(0, 2)
    if made.ndim != 2 or made.shape[1] != 2 or not (np.abs(made) <= (180.0, 90.0)).all():
        raise AnalysisError(
            "The places must be pairs of longitude and latitude.",
            "Give longitude and latitude in degrees, for example 106.32,29.52.",
        )
    return made


def _same(
    here: npt.NDArray[np.float64], there: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places that lie where an origin does, and the first of each origin."""
    # As complex numbers positions sort by both coordinates at once.
    at, origin = (lonlat[:, 0] + 1j * lonlat[:, 1] for lonlat in (there, here))
    order = np.argsort(at, kind="stable")
    first, last = (np.searchsorted(at[order], origin, side) for side in ("left", "right"))
    offsets = np.concatenate([[0], np.cumsum(last - first)])
    at_each = np.arange(offsets[-1]) + np.repeat(first - offsets[:-1], last - first)
    return offsets, order[at_each]
