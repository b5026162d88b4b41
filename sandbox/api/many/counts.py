"""How much is within reach of thousands of places: sums, neither areas nor pairs."""

from collections.abc import Sequence
from typing import Any, Final, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.analysis import batch
from sandbox.analysis.isochrone import check_question
from sandbox.analysis.places.access import SNAP_M
from sandbox.analysis.places.own import missing_column
from sandbox.analysis.times import times
from sandbox.api.answers import (
    cutoffs_of,
    keywords,
    left_out,
    objects,
    reasons,
    renamed,
)
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.places import Given
from sandbox.api.travel import Moving, Travel, moved_between, supply_of, travel_of
from sandbox.errors import AnalysisError
from sandbox.words import Text

# No ground is drawn, so any reach would do for the check of the other numbers.
_REACH_M: Final = 50.0


@renamed(origins_lonlat="origins", places_lonlat="places")
@keywords
def reach_counts(
    network: Network,
    origins: Places,
    places: Places,
    minutes: Sequence[float] | float,
    *,
    weights: npt.ArrayLike | str | None = None,
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> pd.DataFrame:
    """Return how many places are within reach of each of thousands of origins.

    Parameters
    ----------
    network, snap_m, travel, **moving
        As in `isochrones`.
    origins, places
        As the origins of `isochrones`.
    minutes
        Cutoffs, 1 to 240.
    weights
        What each place counts, as jobs: a number a place, or a column of `places`; by
        default 1.

    Returns
    -------
    pandas.DataFrame
        One row an origin: `id`, ``within_15_min`` for each cutoff, and `reason`, why an
        origin can't be used. Its counts are NaN then; where it only has no street and touches
        some of the places, they are those. ``.attrs["left_out"]`` names the places that can't
        be used.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> homes, labs = [(106.305, 29.612), (106.30, 29.61)], [(106.306, 29.612)]
    >>> sandbox.reach_counts(net, homes, labs, minutes=[15, 60])
       id  within_15_min  within_60_min reason
    0   0            1.0            1.0   None
    1   1            1.0            1.0   None
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    by = moved_between(how)
    cutoffs, (near, far) = check_question(cutoffs_of(minutes), _REACH_M, by), by.near_far
    starts, ends = given(origins, "origins"), given(places, "places")
    weight = _weights(weights, ends)
    starts = starts.on(engine, near, snap_m, ends)
    ends = ends.on(engine, far, snap_m, starts)
    sums = np.full((len(starts), len(cutoffs)), np.nan)
    notes: tuple[Text, ...] = ()
    points = all(
        (one.frame.geometry.geom_type == "Point").all() and "gates" not in one.frame.columns
        for one in (starts, ends)
    )
    if points and by.by_transit is None:
        sums[starts.shaped] = batch.reach_counts(
            engine,
            _lonlat(starts),
            _lonlat(ends),
            cutoffs,
            by,
            weights=weight[ends.shaped],
            snap_m=snap_m,
        )
    else:
        # Areas have many doors, and lines a timetable: the pairs are counted.
        rows, columns = (one.rows(one.shaped) for one in (starts, ends))
        here, there = (columns, rows) if by.towards else (rows, columns)
        longest = cutoffs[-1]
        supply = supply_of(how)
        found = times(engine, here, there, longest, by, snap_m=snap_m, supply=supply)
        notes = found.notes
        minute = found.pairs["minutes"].to_numpy().reshape(len(here), len(there))
        minute = minute.T if by.towards else minute
        counted = weight[ends.shaped]
        for k, cutoff in enumerate(cutoffs):
            sums[starts.shaped, k] = (minute <= cutoff + _HALF_MS) @ counted
        # Who has no street reaches what it touches, or nobody knows what.
        touches = np.zeros(len(starts), dtype=np.bool_)
        touches[starts.shaped] = (minute <= 0).any(axis=1)
        sums[[number for number in starts.faults if not touches[number]]] = np.nan
    table = pd.DataFrame({"id": objects(starts.ids)})
    for k, cutoff in enumerate(cutoffs):
        table[f"within_{cutoff:g}_min"] = sums[:, k]
    table["reason"] = reasons(starts.reasons)
    told = rests_on(network, how, notes=notes, left_out=left_out(ends), snap_m=float(snap_m))
    table.attrs.update(told)
    return table


# Minutes come of whole milliseconds.
_HALF_MS: Final = 0.5 / 60_000.0


def _lonlat(places: Given) -> npt.NDArray[np.float64]:
    shapes = places.rows(places.shaped).geometry
    return np.column_stack([shapes.x.to_numpy(), shapes.y.to_numpy()])


def _weights(said: Any, places: Given) -> npt.NDArray[np.float64]:
    if said is None:
        return np.ones(len(places))
    if isinstance(said, str):
        if places.columns is None or said not in places.columns:
            there = pd.DataFrame() if places.columns is None else places.columns
            raise missing_column(said, there, Text("The places have no column {column}."))
        said = pd.to_numeric(places.columns[said], errors="coerce")
    try:
        made = np.asarray(said, dtype=np.float64)
    except (TypeError, ValueError):
        made = np.empty(0)
    if made.shape != (len(places),) or not np.isfinite(made).all():
        raise AnalysisError(
            "The weights must be one number for each place.", "Give one weight for each place."
        )
    return made
