"""Coordinate systems of planners' files: how people name them, and where their numbers lie.

A system is written as a code: ``EPSG:4544``, ``gcj02``, ``bd09``, or well-known text; ``/yx`` after
it says that northings (latitudes) stand before eastings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.geo import crs as geo
from sandbox.geo import shifted

Doubles = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

GCJ02: Final = "gcj02"
BD09: Final = "bd09"
CGCS2000: Final = "EPSG:4490"
WEB_MERCATOR: Final = "EPSG:3857"
_SWAPPED: Final = "/yx"
# How people call them, without signs that part words.
_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("gcj02", "gcj", "gcj2", "mars", "火星坐标", "火星坐标系", "amap", "高德",
                     "高德坐标", "tencent", "腾讯", "国测局坐标"), GCJ02),
    **dict.fromkeys(("bd09", "bd09ll", "bd9", "baidu", "百度", "百度坐标"), BD09),
    **dict.fromkeys(("wgs84", "wgs1984", "gps", "lonlat", "经纬度"), geo.WGS84),
    **dict.fromkeys(("cgcs2000", "2000", "大地2000", "国家2000", "国家大地2000"), CGCS2000),
    **dict.fromkeys(("webmercator", "mercator", "墨卡托", "web墨卡托"), WEB_MERCATOR),
}  # fmt: skip
MILLION: Final = 1_000_000.0
_BEYOND_DEGREES: Final = 3.0  # systems are used some way beyond their region
_NEIGHBOURS: Final = 1  # zones that one file may hold beside its own


@dataclass(frozen=True, slots=True)
class Series:
    """Zones of one datum and width, with consecutive EPSG codes.

    Attributes
    ----------
    datum
        ``"CGCS2000"``, ``"Xian 1980"`` or ``"Beijing 1954"``.
    width
        Of a zone, 3 or 6 degrees.
    numbered
        Whether eastings begin with the zone's number.
    code
        EPSG code of the westernmost zone.
    first
        Its number.
    count
        How many zones there are.
    """

    datum: str
    width: int
    numbered: bool
    code: int
    first: int
    count: int

    def meridian(self, number: int) -> int:
        """Return the central meridian of a zone, in degrees."""
        return 3 * number if self.width == 3 else 6 * number - 3

    def code_of(self, number: int) -> int:
        """Return the EPSG code of a zone; 0 where the series has none of this number."""
        return self.code + number - self.first if 0 <= number - self.first < self.count else 0

    def zone_of(self, code: int) -> int:
        """Return the number of the zone of an EPSG code; 0 where the code isn't of the series."""
        return self.first + code - self.code if 0 <= code - self.code < self.count else 0


def _family(datum: str, *codes: int) -> tuple[Series, ...]:
    three, three_plain, six, six_plain = codes
    return (
        Series(datum, 3, True, three, 25, 21),
        Series(datum, 3, False, three_plain, 25, 21),
        Series(datum, 6, True, six, 13, 11),
        Series(datum, 6, False, six_plain, 13, 11),
    )


SERIES: Final = (
    *_family("CGCS2000", 4513, 4534, 4491, 4502),
    *_family("Xian 1980", 2349, 2370, 2327, 2338),
    *_family("Beijing 1954", 2401, 2422, 21413, 21453),
)


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system, and the order in which a file has its axes.

    Attributes
    ----------
    code
        ``"EPSG:4544"``, ``"gcj02"``, ``"bd09"`` or well-known text.
    swapped
        Whether northings stand first.
    """

    code: str
    swapped: bool = False

    def __str__(self) -> str:
        """Return what is typed to choose it."""
        return self.code + (_SWAPPED if self.swapped else "")

    @property
    def name(self) -> str:
        """Return the name people know it by."""
        if self.code in (GCJ02, BD09):
            return {GCJ02: "GCJ-02", BD09: "BD-09"}[self.code]
        return geo.crs_name(self.code)

    @property
    def in_degrees(self) -> bool:
        """Return whether its coordinates are longitudes and latitudes."""
        return self.code in (GCJ02, BD09) or geo.is_in_degrees(self.code)

    @property
    def epsg(self) -> int:
        """Return its EPSG code; 0 where it has none."""
        return 0 if self.code in (GCJ02, BD09) else geo.registered(self.code)[0]

    @property
    def inexact_m(self) -> float:
        """Return by how many metres positions in WGS 84 may be off for the system alone.

        Xi'an 1980 and Beijing 1954 are older datums. The parameters that lead to WGS 84 exactly
        are kept by each province's surveying office; the public ones are good to some tens of
        metres.
        """
        series = series_of(self.epsg)
        datum = series.datum if series else {4610: "Xian 1980", 4214: "Beijing 1954"}.get(self.epsg)
        return {"Xian 1980": 50.0, "Beijing 1954": 100.0}.get(datum or "", 0.0)

    def to_lonlat(self, xy: npt.ArrayLike) -> Doubles:
        """Return coordinates of this system, shape ``(n, 2)``, as WGS 84 longitudes, latitudes."""
        held = np.asarray(xy, dtype=np.float64)
        held = held[..., ::-1] if self.swapped else held
        if self.code == GCJ02:
            return shifted.from_gcj02(held)
        if self.code == BD09:
            return shifted.from_bd09(held)
        return geo.transform(held, self.code, geo.WGS84)

    def from_lonlat(self, lonlat: npt.ArrayLike) -> Doubles:
        """Return WGS 84 longitudes and latitudes as coordinates of this system."""
        if self.code == GCJ02:
            held = shifted.to_gcj02(lonlat)
        elif self.code == BD09:
            held = shifted.to_bd09(lonlat)
        else:
            held = geo.transform(lonlat, geo.WGS84, self.code)
        return held[..., ::-1] if self.swapped else held


def system_named(text: str) -> System | None:
    """Return the system that a text names; None where it names none that is known.

    Codes with or without ``EPSG:``, usual names in both languages, well-known text.
    """
    said = text.strip()
    swapped = said.lower().endswith(_SWAPPED)
    said = said[: -len(_SWAPPED)] if swapped else said
    plain = "".join(sign for sign in said.lower() if sign.isalnum())
    code = _NAMES.get(plain)
    if code is None:
        number = plain.removeprefix("epsg")
        # Longer numbers would be searched for in vain, or as something else.
        is_code = number.isascii() and number.isdecimal() and len(number) <= 6
        code = f"EPSG:{int(number)}" if is_code else said
        if not geo.is_known(code):
            return None
    return System(code, swapped)


def series_of(code: int) -> Series | None:
    """Return the series of zones that an EPSG code belongs to."""
    return next((one for one in SERIES if one.zone_of(code)), None)


@cache
def region_of(code: str) -> tuple[float, float, float, float]:
    """Return where a system is used, as west, south, east, north; the world where unknown."""
    if code in (GCJ02, BD09):
        return shifted.CHINA
    return geo.registered(code)[1] or (-180.0, -90.0, 180.0, 90.0)


def located(xy: npt.ArrayLike, system: System) -> tuple[Doubles, Marks]:
    """Return coordinates in WGS 84, and which of them lie in the system's region or near.

    Zones of one series with their numbers may stand beside each other in one file: an easting
    with the number of a neighbour zone is one of that zone.

    Parameters
    ----------
    xy
        Coordinates as they stand in the file, shape ``(n, 2)``.
    system
        Their system.
    """
    held = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
    with np.errstate(all="ignore"):
        lonlat = system.to_lonlat(held)
    series = series_of(system.epsg)
    if series is not None and series.numbered:
        eastings = held[:, 1] if system.swapped else held[:, 0]
        with np.errstate(invalid="ignore"):
            million = np.floor_divide(eastings, MILLION)
        own = series.zone_of(system.epsg)
        for number in (own - _NEIGHBOURS, own + _NEIGHBOURS):
            there = million == number
            if there.any() and (code := series.code_of(number)):
                lonlat[there] = System(f"EPSG:{code}", system.swapped).to_lonlat(held[there])
    west, south, east, north = region_of(system.code)
    low = np.maximum((west - _BEYOND_DEGREES, south - _BEYOND_DEGREES), (-180.0, -90.0))
    high = np.minimum((east + _BEYOND_DEGREES, north + _BEYOND_DEGREES), (180.0, 90.0))
    with np.errstate(invalid="ignore"):
        inside = ((lonlat >= low) & (lonlat <= high)).all(axis=1)
    if not system.in_degrees:
        # Degrees taken for metres would lie within the zone, in the sea at the equator.
        inside &= ~(np.abs(held) <= 180.0).all(axis=1)
    return lonlat, np.asarray(inside, dtype=np.bool_)
