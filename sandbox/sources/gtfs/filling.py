"""Stop times that a feed doesn't state, filled in between those that it does."""

import numpy as np
import numpy.typing as npt

from sandbox.sources.gtfs.cells import number
from sandbox.sources.gtfs.findings import Finding
from sandbox.sources.gtfs.tables import Tables
from sandbox.words import Text

Times = npt.NDArray[np.int32]


def filled_times(
    tables: Tables, offsets: npt.NDArray[np.int32], gap_m: npt.NDArray[np.float64]
) -> tuple[Times, Times, dict[str, int]]:
    """Return arrivals and departures of all stop times, and how many of them were filled in.

    Between two stops with times a vehicle runs at one speed: along ``shape_dist_traveled``
    where a trip states it all the way, else straight from stop to stop.

    Parameters
    ----------
    tables
        The feed, whose stop times are sorted by trip and sequence.
    offsets
        First stop time of each trip, shape ``(t + 1,)``.
    gap_m
        Straight distance of each stop time's stop from the one before, metres.

    Returns
    -------
    tuple
        Arrivals and departures, seconds; and the counts ``filled`` and ``filled_by_shape``.
    """
    times = tables.stop_times
    arrival = times["arrival_s"].to_numpy(np.float64).copy()
    departure = times["departure_s"].to_numpy(np.float64).copy()
    missing = np.isnan(arrival)
    counts = {"filled": int(missing.sum()), "filled_by_shape": 0}
    if not counts["filled"]:
        return arrival.astype(np.int32), departure.astype(np.int32), counts
    told = number(times, "shape_dist_traveled")
    trip_of = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    for trip in np.unique(trip_of[missing]).tolist():
        at = slice(int(offsets[trip]), int(offsets[trip + 1]))
        known = ~missing[at]
        along = told[at]
        if np.isnan(along).any() or (np.diff(along) < 0).any() or along[-1] <= along[0]:
            along = np.cumsum(gap_m[at])
        else:
            counts["filled_by_shape"] += int((~known).sum())
        if along[-1] <= along[0]:
            along = np.arange(len(along), dtype=np.float64)
        # Each known stop gives two anchors, so that a halt there stays a halt.
        x = np.repeat(along[known], 2)
        y = np.stack([arrival[at][known], departure[at][known]], axis=1).reshape(-1)
        y = np.maximum.accumulate(y)
        filled = np.rint(np.interp(along[~known], x, y))
        arrival[np.arange(at.start, at.stop)[~known]] = filled
        departure[np.arange(at.start, at.stop)[~known]] = filled
    share = 100.0 * counts["filled"] / len(times)
    tables.findings.append(
        Finding(
            "note",
            "filled_times",
            "stop_times.txt",
            "",
            Text(
                "{share} % of the stop times aren't stated and were interpolated: {shape} "
                "along shape_dist_traveled, {straight} by the straight distance between stops",
                {
                    "share": f"{share:.1f}",
                    "shape": f"{counts['filled_by_shape']:,}",
                    "straight": f"{counts['filled'] - counts['filled_by_shape']:,}",
                },
            ),
        )
    )
    return arrival.astype(np.int32), departure.astype(np.int32), counts
