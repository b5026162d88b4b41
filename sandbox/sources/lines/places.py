"""Where planners' coordinates lie: zones with and without their number, swapped axes, strays."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.words import Text

Doubles = npt.NDArray[np.float64]

# Zones of CGCS2000 whose eastings carry the zone's number, and what leads from their codes
# to those of the same zones without it (EPSG's registry): zones of 3 degrees, of 6.
_NUMBERED: Final = {range(25, 46): (4513, 21), range(13, 24): (4491, 11)}
_MILLION: Final = 1_000_000.0
# Systems are used some way beyond their region: a city lies across two zones.
_BEYOND_DEGREES: Final = 3.0
_MOST: Final = 0.5
_MOST_DEGREES: Final = 180.0
_NEIGHBOURS: Final = 1  # zones that one file may hold beside its own
_ROWS_SAID: Final = 12


def suggested(xy: Doubles) -> str:
    """Return the coordinate systems that numbers look like, as people type them."""
    x, y = _middle(xy)
    for easting in (x, y):
        code = _numbered_code(easting // _MILLION)
        if code:
            return f"EPSG:{code}"
    if abs(x) <= 180.0 and abs(y) <= 180.0:
        return "EPSG:4490"
    return "EPSG:4544 (CGCS2000, 105° E), EPSG:4545 (108° E), EPSG:4547 (114° E) …"


def _middle(xy: Doubles) -> tuple[float, float]:
    held = xy[np.isfinite(xy).all(axis=1)]
    x, y = np.median(held, axis=0) if len(held) else (0.0, 0.0)
    return float(x), float(y)


def placed(
    xy: Doubles, row: npt.NDArray[np.int64], crs: Any, path: Path, notes: list[Text]
) -> Doubles:
    """Return coordinates in WGS 84; not a number where they lie far off the system's region.

    Northings before eastings are swapped where only that makes sense; zones of one
    system with their numbers may stand beside each other in one file.

    Parameters
    ----------
    xy
        Coordinates as they stand in the file, shape ``(n, 2)``.
    row
        Row of the file that each belongs to, from 0.
    crs
        The system, `pyproj.CRS`.
    path
        The file, for errors.
    notes
        What was found out is added here.

    Raises
    ------
    NetworkError
        Most coordinates don't lie in the region of the system.
    """
    if crs.is_projected and (np.abs(xy) <= _MOST_DEGREES).all(axis=1).mean() > _MOST:
        # Degrees called metres would lie within the zone, in the sea at the equator.
        raise _elsewhere(xy, crs, path)
    lonlat, good = _tried(xy, crs)
    if good.mean() <= _MOST:
        swapped, swapped_good = _tried(xy[:, ::-1], crs)
        if swapped_good.mean() <= _MOST:
            raise _elsewhere(xy, crs, path)
        notes.append(Text("Northings come before eastings; they were swapped."))
        lonlat, good = swapped, swapped_good
    if not good.all():
        rows = np.unique(row[~good]) + 1
        told = ", ".join(map(str, rows[:_ROWS_SAID].tolist()))
        notes.append(
            Text(
                "Skipped {count} lines far outside the region of {crs}: rows {rows}.",
                {
                    "count": f"{len(rows):,}",
                    "crs": crs.name,
                    "rows": told + (" …" if len(rows) > _ROWS_SAID else ""),
                },
            )
        )
    lonlat[~good] = np.nan
    return lonlat


def _tried(xy: Doubles, crs: Any) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    """Return coordinates in WGS 84, and which of them lie in the system's region or near."""
    wkt: str = crs.to_wkt()
    code, region = geo.registered(wkt)
    lonlat = geo.transform(xy, wkt, geo.WGS84)
    with np.errstate(invalid="ignore"):
        million = np.floor_divide(xy[:, 0], _MILLION)
    known = million[np.isfinite(million)]
    numbers = {int(number): _numbered_code(number) for number in np.unique(known)}
    if code in numbers.values():
        for number, other in numbers.items():
            if other and other != code and abs(other - code) <= _NEIGHBOURS:
                there = million == number
                lonlat[there] = geo.transform(xy[there], f"EPSG:{other}", geo.WGS84)
    west, south, east, north = region or (-180.0, -90.0, 180.0, 90.0)
    low = np.maximum((west - _BEYOND_DEGREES, south - _BEYOND_DEGREES), (-180.0, -90.0))
    high = np.minimum((east + _BEYOND_DEGREES, north + _BEYOND_DEGREES), (180.0, 90.0))
    inside = (lonlat >= low) & (lonlat <= high)
    return lonlat, inside[:, 0] & inside[:, 1]


def _numbered_code(million: float) -> int:
    """Return the code of the zone that an easting's millions number; 0 where they don't."""
    for numbers, (code, _) in _NUMBERED.items():
        if million in numbers:
            return code + int(million) - numbers.start
    return 0


def _elsewhere(xy: Doubles, crs: Any, path: Path) -> NetworkError:
    """Return the error of a system that isn't the file's, with what its numbers look like."""
    code = geo.registered(crs.to_wkt())[0]
    x, y = _middle(xy)
    hint = suggested(xy)
    for numbers, (start, without) in _NUMBERED.items():
        # The system's eastings carry a number, these don't.
        if 0 <= code - start < len(numbers) and abs(x) < _MILLION and abs(x) > 180.0:
            hint = f"EPSG:{code + without}"
    return NetworkError(
        "The lines of {path} lie outside the area of {crs}: x is about {x}, y about {y}.",
        "Give their coordinate system with --crs; the numbers look like {systems}.",
        path=path,
        crs=crs.name,
        x=f"{x:,.10g}",
        y=f"{y:,.10g}",
        systems=hint,
    )
