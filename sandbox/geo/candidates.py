"""Coordinate systems that a file's numbers may be in, the likeliest first, each with its reasons.

Numbers alone seldom say it: 625,000 m east lies in every zone. What decides is where the
positions would come to lie, seen from the area that one works in; and what is usual: CGCS2000
before the older datums, zones of 3 degrees before those of 6.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.geo import crs as geo
from sandbox.geo import shifted
from sandbox.geo.systems import (
    BD09,
    GCJ02,
    MILLION,
    SERIES,
    WEB_MERCATOR,
    Series,
    System,
    located,
    series_of,
)
from sandbox.words import Text

Doubles = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]

_LOOKED_AT: Final = 2000
_MOST: Final = 0.5
_AT_MOST: Final = 8
NEAR_KM: Final = 60.0
_WITHIN_KM: Final = 5.0
_ROUND: Final = 20_037_508.4  # half the way round the equator on the web's map
_UTM_ZONES: Final = range(43, 54)  # of China
# Eastings and northings of zones without their number, in China.
_PLAIN_EAST: Final = (50_000.0, 950_000.0)
_PLAIN_NORTH: Final = (1_500_000.0, 6_000_000.0)
_ROUGHLY: Final = 1.0
_RANKS: Final = {"CGCS2000": 0, "Xian 1980": 6, "Beijing 1954": 8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coordinate system that a file may be in.

    Attributes
    ----------
    system
        The system.
    reasons
        Why it may be, and what stands against it.
    middle_lonlat
        Where the middle of the file would lie, WGS 84.
    away_km
        How far that is from the area of the map; 0 within it.
    rank
        How unusual the system is; lower comes first.
    """

    system: System
    reasons: tuple[Text, ...]
    middle_lonlat: tuple[float, float]
    away_km: float
    rank: int

    def because(self, reason: Text) -> "Candidate":
        """Return it with one more reason, the first."""
        return replace(self, reasons=(reason, *self.reasons))


def candidates(
    xy: npt.ArrayLike, near: Bounds | None = None, stated: System | None = None
) -> list[Candidate]:
    """Return the systems that coordinates may be in, the likeliest first.

    Parameters
    ----------
    xy
        Coordinates as they stand in the file, shape ``(n, 2)``.
    near
        The area that one works in, as west, south, east, north in WGS 84; None for China.
    stated
        What the file itself states; it is the first unless most positions lie far outside its
        region.
    """
    held = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
    held = held[np.isfinite(held).all(axis=1)]
    if not len(held):
        return []
    held = held[:: max(1, len(held) // _LOOKED_AT)]
    found: list[Candidate] = []
    for system, rank, reasons in _guesses(held, near):
        if (one := _tried(held, system, rank, reasons, near)) is not None:
            found.append(one)
    found.sort(key=lambda one: (one.away_km > NEAR_KM, one.rank, one.away_km))
    if any(one.away_km <= NEAR_KM for one in found):
        found = [one for one in found if one.away_km <= NEAR_KM]
    found = found[:_AT_MOST]
    if stated is None:
        return found
    reason = (Text("the file states it"),)
    own = next((one for one in (stated, _turned(stated)) if _fits(held, one)), None)
    first = None if own is None else _tried(held, own, -1, reason, near)
    rest = [one for one in found if first is None or not _same(one.system, first.system)]
    return rest if first is None else [first, *rest]


def _turned(system: System) -> System:
    return System(system.code, not system.swapped)


def _same(one: System, other: System) -> bool:
    if one.swapped != other.swapped:
        return False
    return one.code == other.code or bool(one.epsg and one.epsg == other.epsg)


def _fits(held: Doubles, system: System) -> bool:
    return bool(located(held, system)[1].mean() > _MOST)


def _tried(
    held: Doubles, system: System, rank: int, reasons: tuple[Text, ...], near: Bounds | None
) -> Candidate | None:
    lonlat, inside = located(held, system)
    if inside.mean() <= _MOST:
        return None
    lon, lat = (float(one) for one in np.median(lonlat[inside], axis=0))
    away_km = _away_km((lon, lat), near or shifted.CHINA)
    if system.inexact_m:
        older = Text(
            "an older datum: positions may be off by some {metres} m",
            {"metres": f"{system.inexact_m:.0f}"},
        )
        reasons = (*reasons, older)
    if near is not None:
        where = (
            Text("the positions lie in the area of the map")
            if away_km < _WITHIN_KM
            else Text(
                "the positions lie {km} km from the area of the map", {"km": f"{away_km:,.0f}"}
            )
        )
        reasons = (*reasons, where)
    return Candidate(system, reasons, (lon, lat), away_km, rank)


def _away_km(lonlat: tuple[float, float], near: Bounds) -> float:
    west, south, east, north = near
    nearest = (min(max(lonlat[0], west), east), min(max(lonlat[1], south), north))
    return 0.0 if nearest == lonlat else float(geo.length_m(lonlat, nearest)[0]) / 1000.0


def _guesses(held: Doubles, near: Bounds | None) -> Iterator[tuple[System, int, tuple[Text, ...]]]:
    for swapped in (False, True):
        order = (Text("northings or latitudes stand before eastings"),) if swapped else ()
        turned = held[:, ::-1] if swapped else held
        x, y = (float(one) for one in np.median(turned, axis=0))
        for code, rank, reasons in _guesses_of(turned, x, y, near):
            yield System(code, swapped), rank + swapped, (*order, *reasons)


def _guesses_of(
    held: Doubles, x: float, y: float, near: Bounds | None
) -> Iterator[tuple[str, int, tuple[Text, ...]]]:
    with np.errstate(over="ignore"):  # numbers without meaning may be as large as numbers get
        low, high = np.percentile(held, (5, 95), axis=0)
    if low[0] >= -180 and high[0] <= 180 and low[1] >= -90 and high[1] <= 90:
        yield geo.WGS84, 0, (_DEGREES,)
        west, south, east, north = shifted.CHINA
        if west <= x <= east and south <= y <= north:
            yield GCJ02, 2, (Text("usual for positions from Amap or Tencent maps"),)
            yield BD09, 4, (Text("usual for positions from Baidu maps"),)
        return
    for series in SERIES:
        if series.numbered and (code := series.code_of(int(x // MILLION))):
            yield f"EPSG:{code}", _rank(series), (_numbered(series, int(x // MILLION)),)
    if _within(x, _PLAIN_EAST) and _within(y, _PLAIN_NORTH):
        yield from _plain_zones(x, y, near)
    if 0 < max(abs(x), abs(y)) <= _ROUND:
        yield WEB_MERCATOR, 1, (Text("the numbers are metres of web maps"),)


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]


def _rank(series: Series) -> int:
    return _RANKS[series.datum] + (series.width == 6)


def _plain_zones(
    x: float, y: float, near: Bounds | None
) -> Iterator[tuple[str, int, tuple[Text, ...]]]:
    """Yield the zones without number in which numbers lie near the map; else of CGCS2000 all."""
    plain = [
        (series, number)
        for series in SERIES
        for number in range(series.first, series.first + series.count)
        # Each zone of 6 degrees has the numbers of the one of 3 round the same meridian.
        if not series.numbered and series.width == 3
    ]
    usual = [one for one in plain if one[0].datum == "CGCS2000"]
    close = [one for one in plain if _is_near(one[0].meridian(one[1]), x, y, near)]
    for series, number in close or usual:
        meridian = series.meridian(number)
        yield f"EPSG:{series.code_of(number)}", _rank(series), (_plain(meridian),)
    for zone in _UTM_ZONES:
        if _is_near(6 * zone - 183, x, y, near):
            reason = Text("the numbers are metres in a zone of UTM")
            yield f"EPSG:{32600 + zone}", 4, (reason,)


def _is_near(meridian: int, x: float, y: float, near: Bounds | None) -> bool:
    """Return whether a place in a zone is roughly near the map; to a tenth of a degree."""
    if near is None:
        return False
    latitude = y / 110_900.0
    degree_m = 111_320.0 * np.cos(np.radians(latitude))
    longitude = meridian + (x - 500_000.0) / degree_m
    west, south, east, north = near
    return (
        west - _ROUGHLY <= longitude <= east + _ROUGHLY
        and south - _ROUGHLY <= latitude <= north + _ROUGHLY
    )


def _numbered(series: Series, number: int) -> Text:
    return Text(
        "eastings begin with {number}, a zone of {width} degrees round {meridian}° E",
        {"number": number, "width": series.width, "meridian": series.meridian(number)},
    )


def _plain(meridian: int) -> Text:
    return Text(
        "the numbers are metres in a zone round {meridian}° E (3 or 6 degrees wide)"
        if meridian % 6 == 3
        else "the numbers are metres in a zone of 3 degrees round {meridian}° E",
        {"meridian": meridian},
    )


def zone_hint(xy: npt.ArrayLike, stated: System) -> System | None:
    """Return the system of the same zone without its number, where only that fits; else None."""
    series = series_of(stated.epsg)
    if series is None or not series.numbered:
        return None
    twin = SERIES[SERIES.index(series) + 1]
    plain = System(f"EPSG:{twin.code_of(series.zone_of(stated.epsg))}", stated.swapped)
    held = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
    return plain if len(held) and _fits(held, plain) and not _fits(held, stated) else None


_DEGREES: Final = Text("the numbers are degrees (WGS 84; CGCS2000 agrees to decimetres)")
