"""Answers as tables of areas, for files that other programs read."""

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, Protocol

import geopandas as gpd
from shapely.geometry import MultiPolygon

from sandbox.engine import surface
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets import speed_table
from sandbox.streets.travel import Travel

_SECONDS: Final = re.compile(r"[0-9]{1,11}")


class Areas(Protocol):
    """Areas within contours, as `Isochrone`, `Isodistance` and `Reach` are."""

    @property
    def contours(self) -> tuple[float, ...]:
        """Return the cutoffs, ascending."""
        ...

    @property
    def areas(self) -> tuple[MultiPolygon, ...]:
        """Return the ground within each cutoff."""
        ...

    @property
    def areas_km2(self) -> tuple[float, ...]:
        """Return the true areas."""
        ...

    @property
    def reach_m(self) -> float:
        """Return how far from a street the ground counts."""
        ...

    @property
    def crs(self) -> str:
        """Return the metric system of the areas."""
        ...

    @property
    def origin_lonlat(self) -> tuple[float, float]:
        """Return the place, WGS 84."""
        ...

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        ...


def moving_told(travel: Travel) -> dict[str, Any]:
    """Return what tables say of how one moves; None where it doesn't matter to the mode."""
    return {
        "mode": travel.mode,
        "direction": "to" if travel.towards else "from",
        "speed_kmh": travel.walk_kmh,
        "bike_kmh": travel.bike_kmh if travel.mode == "bike" else None,
        "hour": travel.hour if travel.mode == "drive" else None,
        "slope": travel.slope,
        **_lost_by_car(travel),
    }


def _lost_by_car(travel: Travel) -> dict[str, float]:
    """Return the seconds that cars lose at crossings and in parking, where they lose any."""
    if travel.mode != "drive":
        return {}
    drive = speed_table.load(travel.speeds_file).drive
    turns, parking = drive.turns, (drive.reach_car_s, drive.park_s)
    found: dict[str, float] = {}
    if turns.left_s or turns.right_s or turns.straight_s:
        found |= {"turn_left_s": turns.left_s, "turn_right_s": turns.right_s}
        found |= {"turn_straight_s": turns.straight_s}
    if any(parking):
        found |= {"reach_car_s": drive.reach_car_s, "park_s": drive.park_s}
    return found


def network_told(network: Network) -> dict[str, Any]:
    """Return what tables say of their streets, with their edits if any, and when they were made."""
    told = network.streets.provenance
    return {
        "network": told.title,
        "network_date": told.date,
        "schematic": told.schematic,
        **({"street_edits": network.edited} if network.edited else {}),
        "computed_at": computed_at(),
    }


def grid_told(found: Areas) -> dict[str, float]:
    """Return what tables say of the grid that areas were drawn from, where it is coarser.

    An area is exact to one cell: a part of the reach, more where it is so large that its points
    would fill the memory (by car beyond some 64 km across).
    """
    west, south, east, north = found.areas[-1].bounds
    if not west < east:
        return {}
    across = (length - 2.0 * found.reach_m for length in (east - west, north - south))
    cell_m = surface.cell_for(found.reach_m, *across)
    return {"cell_m": cell_m} if cell_m > found.reach_m / surface.CELLS_PER_REACH else {}


def as_table(
    network: Network,
    found: Sequence[Areas],
    names: Sequence[str] | None = None,
    ids: Sequence[str] | None = None,
) -> gpd.GeoDataFrame:
    """Return answers as a table of areas in WGS 84, one row a place and contour.

    Columns as `sandbox.analysis.isochrone.isochrones` describes them.
    """
    of_network = network_told(network)
    rows: list[dict[str, Any]] = [
        {
            "contour": cutoff,
            **one.told(),
            "reach_m": one.reach_m,
            **grid_told(one),
            "area_km2": area_km2,
            **({"origin_id": ids[index]} if ids else {}),
            "origin": names[index] if names else "{:.6f},{:.6f}".format(*one.origin_lonlat),
            **of_network,
            "geometry": shapes.to_lonlat(area, one.crs),
        }
        for index, one in enumerate(found)
        for cutoff, area, area_km2 in zip(one.contours, one.areas, one.areas_km2, strict=True)
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=geo.WGS84)


# A millisecond is 0.0000167 minutes: so written, whole milliseconds can be read back.
MINUTE_DECIMALS: Final = 5


def written_minutes(minutes: float) -> float:
    """Return minutes as files and JSON have them: ``round(minutes * 60_000)`` is their ms."""
    return round(minutes, MINUTE_DECIMALS)


def written_moment(at: datetime) -> str:
    """Return a local time as files and JSON have it, ISO 8601 with its milliseconds."""
    return at.isoformat(timespec="milliseconds")


def written_departure(when: datetime) -> str:
    """Return when one was asked to leave or arrive: to the minute, where that is all of it."""
    whole = when.second == 0 and when.microsecond == 0
    return when.isoformat(timespec="minutes") if whole else written_moment(when)


def clock(when: datetime) -> str:
    """Return the time of day for people: to the minute, where that is all of it."""
    if when.microsecond:
        return when.time().isoformat(timespec="milliseconds")
    return f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"


def computed_at() -> str:
    """Return the present, UTC, or what the environment fixes it to for repeatable files."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = (
        datetime.fromtimestamp(int(fixed), UTC) if _SECONDS.fullmatch(fixed) else datetime.now(UTC)
    )
    return now.isoformat(timespec="seconds").replace("+00:00", "Z")
