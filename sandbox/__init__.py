"""Digital sandbox map of the Western (Chongqing) Science City, from Python.

What can one reach from here? Open a street network, give places, get areas:

>>> import sandbox
>>> net = sandbox.open_network()
>>> found = sandbox.isochrones(net, [(106.305, 29.612)], minutes=[5, 10, 15])
>>> found["contour"].tolist()
[5.0, 10.0, 15.0]
>>> found.crs.to_string()
'EPSG:4326'
>>> bool((found["area_km2"].diff().dropna() > 0).all())
True
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from sandbox.engine.network import Network

__all__ = ["compare", "isochrones", "open_network", "reach_counts"]

# Imported when they are called: `import sandbox` itself costs nothing.


def open_network(path: str | Path | None = None) -> "Network":
    """Open a network file (``*.sandnet``).

    Parameters
    ----------
    path
        The file; None opens the shipped streets, which are schematic.

    Raises
    ------
    sandbox.errors.NetworkError
        If the file is missing, damaged, of another version or of another kind.
    """
    from sandbox.engine.network import Network

    return Network.open(path)


def isochrones(
    network: "Network",
    origins_lonlat: "Iterable[tuple[float, float] | BaseGeometry]",
    minutes: Sequence[float],
    *,
    mode: str = "walk",
    speed_kmh: float = 4.8,
    reach_m: float | None = None,
    snap_m: float = 500.0,
    bike_kmh: float = 15.0,
    hour: int | None = None,
    towards: bool = False,
    slope: str = "tobler",
    names: Sequence[str] | None = None,
) -> "gpd.GeoDataFrame":
    """Return what is reached from places within travel times, as areas.

    An isochrone is all ground within `reach_m` of a street part that is reached in
    time, the step from the place to its street counted.

    Parameters
    ----------
    network
        From `open_network`.
    origins_lonlat
        Longitude and latitude of each place, WGS 84; or its shape, as shapely has it. An
        area is left at the best point of its edge, and is itself reached at once.
    minutes
        Cutoffs, 1 to 240.
    mode
        How one moves: ``walk``, ``bike`` or ``drive``.
    speed_kmh
        Walking speed; in every mode to the street, and where a bike is pushed.
    reach_m
        How far from a street ground still counts as reached, metres; by default 50, for
        driving 100.
    snap_m
        How far a place may lie from its street, metres.
    bike_kmh
        Riding speed on the level.
    hour
        Hour whose congestion holds up cars, 0 to 23; None is free flow.
    towards
        Whether times are those to the place, not from it.
    slope
        How slopes count where the network knows them: ``tobler``, ``naismith``, ``flat``.
    names
        Names of the places for the column `origin`; by default their coordinates.

    Returns
    -------
    geopandas.GeoDataFrame
        In WGS 84, one row a place and cutoff: `contour` (minutes), `metric`, `mode`,
        `direction`, `speed_kmh`, `bike_kmh`, `hour`, `slope`, `reach_m`, `area_km2`,
        `origin`, `network`, `network_date`, `schematic`, `computed_at` and the whole
        area; the larger holds the smaller. All but `computed_at` is the same from run
        to run.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a number can't be meant, or a place lies outside the network.
    sandbox.errors.NetworkError
        If a place lies further than `snap_m` from a street.
    """
    from sandbox.analysis.isochrone import isochrones as answer
    from sandbox.analysis.places.access import Place

    return answer(
        network,
        [one if isinstance(one, tuple | list) else Place(one) for one in origins_lonlat],
        minutes,
        mode=mode,
        speed_kmh=speed_kmh,
        reach_m=reach_m,
        snap_m=snap_m,
        bike_kmh=bike_kmh,
        hour=hour,
        towards=towards,
        slope=slope,
        names=names,
    )


def reach_counts(
    network: "Network",
    origins_lonlat: "npt.ArrayLike",
    places_lonlat: "npt.ArrayLike",
    minutes: Sequence[float],
    *,
    weights: "npt.ArrayLike | None" = None,
    mode: str = "walk",
    speed_kmh: float = 4.8,
    snap_m: float = 500.0,
    bike_kmh: float = 15.0,
    hour: int | None = None,
    towards: bool = False,
    slope: str = "tobler",
) -> "npt.NDArray[np.float64]":
    """Return how many places are within reach of each of thousands of origins.

    >>> net = open_network()
    >>> homes, labs = [(106.305, 29.612), (106.30, 29.61)], [(106.306, 29.612)]
    >>> reach_counts(net, homes, labs, minutes=[60]).tolist()
    [[1.0], [1.0]]

    Parameters
    ----------
    network, speed_kmh, mode, snap_m, bike_kmh, hour, towards, slope
        As in `isochrones`.
    origins_lonlat, places_lonlat
        Longitudes and latitudes, WGS 84, shapes ``(origins, 2)`` and ``(places, 2)``.
    minutes
        Cutoffs, 1 to 240.
    weights
        What each place counts, shape ``(places,)``, such as jobs; by default 1.

    Returns
    -------
    numpy.ndarray
        Shape ``(origins, cutoffs)``, cutoffs ascending; NaN for an origin farther than
        `snap_m` from a street.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a number can't be meant.
    """
    from sandbox.analysis.batch import reach_counts as answer
    from sandbox.engine.costs import Travel

    travel = Travel(mode, float(speed_kmh), float(bike_kmh), hour, towards, slope=slope)
    return answer(
        network, origins_lonlat, places_lonlat, minutes, travel, weights=weights, snap_m=snap_m
    )


def compare(
    network: "Network",
    origins_lonlat: Sequence[tuple[float, float]],
    minutes: Sequence[float],
    *,
    plan: str | Path,
    base: str | Path | None = None,
    depart: datetime | None = None,
    arrive: datetime | None = None,
    window_min: int = 60,
    percentile: int = 50,
    min_change_min: float = 0.0,
    access: Literal["walk", "bike"] = "walk",
    egress: Literal["walk", "bike"] = "walk",
    speed_kmh: float = 4.8,
    bike_kmh: float = 15.0,
    reach_m: float = 50.0,
) -> "pd.DataFrame":
    """Return what places reach by the lines of a base and by those of a plan.

    Figures read from base to plan: gained is what the plan reaches and the base doesn't.

    Parameters
    ----------
    network
        From `open_network`.
    origins_lonlat
        Longitude and latitude of each place, WGS 84.
    minutes
        Cutoffs, 1 to 240.
    plan, base
        Scenarios: the id of one that comes with the program, a TOML file, or
        ``"timetable"`` for that alone. The base is by default what runs today.
    depart, arrive
        First departure or first arrival, local time; one of both.
    window_min, percentile
        For how many minutes one leaves or arrives, and which of the times counts, 1 to 99.
    min_change_min
        The least minutes from one vehicle to the next.
    access, egress
        How one gets to the first stop and on from the last: ``walk``, or ``bike`` at
        `bike_kmh`.
    speed_kmh, bike_kmh, reach_m
        As in `isochrones`.

    Returns
    -------
    pandas.DataFrame
        A row a place and cutoff: `place_id`, `base`, `plan` and their names, `cutoff_min`,
        `area_base_km2`, `area_plan_km2`, `area_diff_km2`, `gained_km2`, `lost_km2`; how many
        places of each layer either reaches (``LAYER_base``, ``LAYER_plan``, ``LAYER_diff``;
        ``places`` are all of them), invented ones left out; and how one moves on both sides.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a number can't be meant, or not one of `depart` and `arrive` is given.
    sandbox.errors.TransitError
        If there is no such scenario, or nothing runs.
    """
    from sandbox.analysis.compare_tables import table
    from sandbox.app.comparing import compare_scenarios
    from sandbox.errors import AnalysisError
    from sandbox.streets.travel import Ride

    when = depart or arrive
    if when is None or (depart and arrive):
        raise AnalysisError(
            "A journey by transit needs a time to leave or to arrive.", "Give depart or arrive."
        )
    ride = Ride(
        when,
        arrive is not None,
        window_min,
        percentile=percentile,
        access=access,
        egress=egress,
        min_change_min=min_change_min,
    )
    found = compare_scenarios(
        network,
        origins_lonlat,
        minutes,
        ride,
        (base, plan),
        speed_kmh=speed_kmh,
        bike_kmh=bike_kmh,
        reach_m=reach_m,
    )
    return table(found)
