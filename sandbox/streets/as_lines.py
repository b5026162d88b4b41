"""Streets as a table of lines, with what one needs to know of each."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.geo import crs as geo
from sandbox.streets import speed_table
from sandbox.streets.modes import ACCESS, STREET_MODES
from sandbox.streets.speeds import PACES
from sandbox.streets.streets import StreetClass, Streets, Structure
from sandbox.streets.travel import Travel


def as_lines(streets: Streets) -> gpd.GeoDataFrame:
    """Return streets as lines in WGS 84, one row a segment that has a length.

    What joins two streets without a length, as at a barrier, is no line and left out.

    Returns
    -------
    geopandas.GeoDataFrame
        `name`, `kind` (as the source names it, such as OpenStreetMap's ``highway`` values; empty
        where it doesn't), `street_class`, `structure` (``ground``, ``bridge``, ``tunnel``),
        `length_m`; `walk`, `bike` and `drive`, whether one may use it, and the same with
        `_oneway`: ``yes`` along the line, ``-1`` against it, else ``no``, as OpenStreetMap has
        it; `maxspeed_kmh` along the line and `maxspeed_back_kmh` against it, NaN where the
        source says nothing; `drive_kmh` and `drive_back_kmh`, how fast cars go by the table of
        speeds without congestion, NaN where they may not; `ascent_m` and `descent_m` along the
        line, NaN where heights aren't known; and the line.
    """
    ends = streets.node_xy[streets.segment_nodes]
    long = (streets.length_m > 0.0) & (ends[:, 0] != ends[:, 1]).any(axis=1)
    names = np.array([*streets.names, ""], dtype=object)
    classes, structures = (
        np.array([one.name.lower() for one in kinds], dtype=object)
        for kinds in (StreetClass, Structure)
    )
    kind: Any = np.full(len(long), "", dtype=object)
    limits = np.full((len(long), 2), np.nan)
    if streets.traffic is not None:
        kind = np.array(streets.traffic.kinds, dtype=object)[streets.traffic.kind]
        said = streets.traffic.maxspeed_kmh.astype(np.float64)
        limits = np.where(said > 0.0, said, np.nan)
    open_ = {mode: _open(streets, mode) for mode in STREET_MODES}
    kmh, factor = PACES["drive"](streets, Travel("drive"), speed_table.load(None))
    driven = np.where(open_["drive"], kmh / factor[:, None], np.nan)
    climb = np.full((len(long), 2), np.nan)
    if streets.climb_m is not None:
        climb = streets.climb_m.astype(np.float64)
    table: dict[str, Any] = {
        "name": names[streets.name],
        "kind": kind,
        "street_class": classes[streets.street_class],
        "structure": structures[streets.structure],
        "length_m": streets.length_m.astype(np.float64),
        **{mode: both.any(axis=1) for mode, both in open_.items()},
        **{
            f"{mode}_oneway": np.where(
                both[:, 0] == both[:, 1], "no", np.where(both[:, 0], "yes", "-1")
            ).astype(object)
            for mode, both in open_.items()
        },
        "maxspeed_kmh": limits[:, 0],
        "maxspeed_back_kmh": limits[:, 1],
        "drive_kmh": driven[:, 0],
        "drive_back_kmh": driven[:, 1],
        "ascent_m": climb[:, 0],
        "descent_m": climb[:, 1],
    }
    lonlat = geo.to_lonlat(ends[long].reshape(-1, 2), streets.crs).reshape(-1, 2, 2)
    kept = {column: values[long] for column, values in table.items()}
    lines: Any = shapely.linestrings(lonlat)
    return gpd.GeoDataFrame(kept, geometry=lines, crs=geo.WGS84)


def _open(streets: Streets, mode: str) -> npt.NDArray[np.bool_]:
    """Return whether each segment is open to a mode along it and against it, ``(s, 2)``."""
    bits = np.array([int(bit) for bit in ACCESS[mode]])
    return (streets.access[:, None] & bits) != 0
