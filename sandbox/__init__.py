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
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from sandbox.network.network import Network

__all__ = ["isochrones", "open_network", "reach_counts"]

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
    from sandbox.network.network import Network

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
    from sandbox.analysis.access import Place
    from sandbox.analysis.isochrone import isochrones as answer

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
    from sandbox.network.costs import Travel

    travel = Travel(mode, float(speed_kmh), float(bike_kmh), hour, towards, slope=slope)
    return answer(
        network, origins_lonlat, places_lonlat, minutes, travel, weights=weights, snap_m=snap_m
    )
