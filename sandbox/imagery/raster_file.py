"""A picture that lies on the map by a file: GeoTIFF, or an image with its world file."""

import hashlib
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import rasterio
import rasterio.errors
import rasterio.shutil
from rasterio.enums import Resampling
from rasterio.windows import Window

from sandbox import files, paths
from sandbox.geo.systems import System, region_of
from sandbox.imagery.decoded import Bands, bands_of, colours
from sandbox.imagery.picture import Bounds, Check, Doubles, Piece, Seen, coarseness
from sandbox.words import Text

Affine = tuple[float, float, float, float, float, float]

# More cells than that are read through coarser ones that the file must have itself.
_MOST_CELLS: Final = 400_000_000
# So many are read at once, whatever the file is made of.
_FEW_CELLS: Final = 4_000_000
_EDGE_PX: Final = 2
_CACHED: Final = 12
_CACHED_BYTES: Final = 4 << 30
_LOCKS: Final[dict[str, threading.Lock]] = {}
_LOCK: Final = threading.Lock()
_BANDS: Final[dict[tuple[str, int], Bands]] = {}
_BANDS_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class RasterFile:
    """A picture in a file, as it was placed.

    Attributes
    ----------
    path
        The file.
    system
        What its coordinates are in.
    affine
        ``a, b, c, d, e, f`` of ``x = a·column + b·row + c`` and ``y = d·column + e·row + f``;
        columns and rows count from the outer corner of the first cell.
    size
        Columns and rows.
    credit
        Who must be named where it is shown.
    seen
        Whether its file was there when it was last read.
    """

    path: Path
    system: System
    affine: Affine
    size: tuple[int, int]
    credit: str = ""
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)

    @property
    def attempt(self) -> int:
        """How often it was begun anew: never, as a file is there or isn't."""
        return 0

    @property
    def lacking(self) -> Text | None:
        """Why it can't be shown; None where it can."""
        return self.seen.lacking

    @property
    def bounds_lonlat(self) -> Bounds | None:
        """West, south, east, north in WGS 84."""
        found = self.system.to_lonlat(corners(self.affine, self.size))
        west, south = np.min(found, axis=0)
        east, north = np.max(found, axis=0)
        return float(west), float(south), float(east), float(north)

    def piece(self, lonlat: Doubles, side_px: int, check: Check) -> Piece | None:
        """Return its cells over a patch of ground; see `sandbox.imagery.picture.GroundPicture`."""
        cells = self._cells(lonlat)
        if not self.seen.look(self.path) or cells is None:
            return None
        shrink = max(1, int(coarseness(cells, side_px)))
        low = np.floor(cells.min(axis=(0, 1))).astype(int) - _EDGE_PX * shrink
        high = np.ceil(cells.max(axis=(0, 1))).astype(int) + _EDGE_PX * shrink
        left, top = np.maximum(low, 0)
        right, bottom = np.minimum(high, self.size)
        if right <= left or bottom <= top:
            return None
        check()
        shape = (-(-int(bottom - top) // shrink), -(-int(right - left) // shrink))
        window = Window(int(left), int(top), int(right - left), int(bottom - top))  # type: ignore[call-arg]
        try:
            with _opened(ready(self.path)) as (raster, bands):
                rgba = colours(raster, bands, window, shape)
        except files.Unreadable as error:
            values = {"host": self.path.name, "reason": error.reason}
            self.seen.lacking = Text("{host}: {reason}", values)
            raise
        scale = (shape[1] / (right - left), shape[0] / (bottom - top))
        return Piece(rgba, (cells - (left, top)) * scale)

    def _cells(self, lonlat: Doubles) -> Doubles | None:
        """Return columns and rows of points; None where they are too far off to have any."""
        flat = lonlat.reshape(-1, 2)
        west, south, east, north = region_of(self.system.code)
        reach = 30.0  # degrees; farther from their region systems' formulas mean nothing
        far = (flat[:, 0] < west - reach) | (flat[:, 0] > east + reach)
        far |= (flat[:, 1] < south - reach) | (flat[:, 1] > north + reach)
        if far.any():
            return None
        with np.errstate(all="ignore"):
            xy = self.system.from_lonlat(flat)
        if not np.isfinite(xy).all():
            return None
        a, b, c, d, e, f = self.affine
        off = xy - (c, f)
        turn = a * e - b * d
        column = (e * off[:, 0] - b * off[:, 1]) / turn
        row = (a * off[:, 1] - d * off[:, 0]) / turn
        return np.stack([column, row], axis=-1).reshape(lonlat.shape)


def corners(affine: Affine, size: tuple[int, int]) -> Doubles:
    """Return the outer corners of a raster in its own coordinates, shape ``(4, 2)``."""
    a, b, c, d, e, f = affine
    wide, high = size
    ends = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], dtype=np.float64)
    x = a * ends[:, 0] + b * ends[:, 1] + c
    y = d * ends[:, 0] + e * ends[:, 1] + f
    return np.stack([x, y], axis=-1)


def ready(path: Path) -> Path:
    """Return a file whose parts can be read by themselves: the same, or a copy of it in the cache.

    Parts of a large image that is packed as a whole (PNG, most JPEG), or that has no coarser
    copies of itself, would each need all of it read.

    Raises
    ------
    files.Unreadable
        It is damaged, or too large for a copy.
    """
    told = path.stat()
    key = hashlib.sha256(f"{path.resolve()}|{told.st_size}|{told.st_mtime_ns}".encode()).hexdigest()
    with _LOCK:
        lock = _LOCKS.setdefault(key, threading.Lock())
    with lock:
        folder = paths.user_cache() / "pictures"
        copy = folder / f"{key[:32]}.tif"
        if copy.is_file():
            with suppress(OSError):
                copy.touch()
            return copy
        if _reads_in_parts(path):
            return path
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        try:
            _copy(path, copy)
        except OSError as error:
            raise files.Unreadable(files.reason_of(error)) from error
        return copy


def _reads_in_parts(path: Path) -> bool:
    with _opened(path) as (raster, _):
        cells = raster.width * raster.height
        if cells <= _FEW_CELLS:
            return True
        parts = raster.driver in ("GTiff", "COG", "HFA") and bool(raster.overviews(1))
        if not parts and cells > _MOST_CELLS:
            raise files.Unreadable(
                Text(
                    "it has {cells} million cells, more than {most} million, and no overviews",
                    {"cells": f"{cells // 10**6:,}", "most": f"{_MOST_CELLS // 10**6:,}"},
                ),
                hint=Text("Build pyramids for it in QGIS (Raster menu), then open it again."),
            )
        return parts


def _copy(path: Path, copy: Path) -> None:
    try:
        with (
            files.replacing(copy) as beside,
            rasterio.Env(GDAL_CACHEMAX=128, GDAL_TIFF_INTERNAL_MASK=True),
        ):
            rasterio.shutil.copy(
                path, beside, driver="GTiff", TILED="YES", COMPRESS="DEFLATE", ZLEVEL=1,
                BIGTIFF="IF_SAFER",
            )  # fmt: skip
            with rasterio.open(beside, "r+") as raster:
                longest = max(raster.width, raster.height)
                steps = [2**one for one in range(1, 16) if longest // 2**one > 128]
                palette = bands_of(raster).palette
                raster.build_overviews(steps, Resampling.nearest if palette else Resampling.average)
    except (rasterio.errors.RasterioError, ValueError, MemoryError) as error:
        raise files.Unreadable(files.DAMAGED) from error


def _sweep(folder: Path) -> None:
    """Remove the copies that were used longest ago."""
    with suppress(OSError):
        old = sorted(folder.glob("*.tif"), key=lambda one: one.stat().st_mtime, reverse=True)
        held = 0
        for number, file in enumerate(old):
            held += file.stat().st_size
            if number >= _CACHED - 1 or held > _CACHED_BYTES:
                file.unlink()


def _bands(raster: Any, changed_ns: int) -> Bands:
    """Return which bands are shown; what their figures span is looked up once a file."""
    key = (str(raster.name), changed_ns)
    with _LOCK:
        found = _BANDS.get(key)
    if found is None:
        found = bands_of(raster)
        with _LOCK:
            while len(_BANDS) >= _BANDS_KEPT:
                del _BANDS[next(iter(_BANDS))]
            _BANDS[key] = found
    return found


@contextmanager
def _opened(path: Path) -> Generator[tuple[Any, Bands]]:
    try:
        with (
            rasterio.Env(GDAL_CACHEMAX=128),
            rasterio.open(path, sharing=False) as raster,
        ):
            yield raster, _bands(raster, path.stat().st_mtime_ns)
    except (rasterio.errors.RasterioError, ValueError, MemoryError) as error:
        raise files.Unreadable(files.DAMAGED) from error
