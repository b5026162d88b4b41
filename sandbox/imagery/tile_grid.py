"""Grids of tiles: their levels, which tiles cover a patch of ground, and the picture they make."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sandbox.geo import crs as geo
from sandbox.geo.systems import GCJ02, WEB_MERCATOR, System
from sandbox.imagery.picture import Check, Doubles, Piece, Rgba, coarseness

Datum = Literal["wgs84", "gcj02"]

TILE_PX: Final = 256
_HALF_M: Final = 20_037_508.342789244  # half of the equator in web mercator
_POLE_DEG: Final = 85.06
# A pixel of the screen may show so many of a tile's before a coarser level is taken.
_COARSER: Final = 1.5
# A patch of the screen never needs more tiles, unless a service has no coarser ones.
_TILES_AT_MOST: Final = 64
_EDGE_PX: Final = 2
_PARENTS: Final = 4


@dataclass(frozen=True, slots=True)
class Level:
    """One scale of a grid.

    Attributes
    ----------
    name
        What a service calls it.
    step
        Units of the coordinate system per pixel.
    left, top
        Outer corner of the first tile.
    columns, rows
        How many tiles there are.
    tile_px
        Pixels along a side of a tile.
    """

    name: str
    step: float
    left: float
    top: float
    columns: int
    rows: int
    tile_px: int = TILE_PX


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Levels over one coordinate system, the coarsest first.

    Attributes
    ----------
    code
        The coordinate system.
    levels
        The scales.
    datum
        ``"gcj02"`` where Chinese services shift what they show, so that it is shifted back.
    """

    code: str
    levels: tuple[Level, ...]
    datum: Datum = "wgs84"

    def xy(self, lonlat: Doubles) -> Doubles:
        """Return positions in WGS 84, shape ``(…, 2)``, in the coordinates of the grid."""
        flat = lonlat.reshape(-1, 2)
        if self.datum == "gcj02":
            flat = System(GCJ02).from_lonlat(flat)
        with np.errstate(all="ignore"):
            found = geo.transform(flat, geo.WGS84, self.code)
        return found.reshape(lonlat.shape)


def web_mercator(
    low: int, high: int, *, tile_px: int = TILE_PX, datum: Datum = "wgs84"
) -> TileGrid:
    """Return the usual grid of the web between two levels.

    Parameters
    ----------
    low, high
        Numbers of the coarsest and the finest level.
    tile_px
        Pixels along a side of a tile.
    datum
        See `TileGrid`.
    """
    levels = tuple(
        Level(str(z), 2 * _HALF_M / 2**z / tile_px, -_HALF_M, _HALF_M, 2**z, 2**z, tile_px)
        for z in range(low, high + 1)
    )
    return TileGrid(WEB_MERCATOR, levels, datum)


Fetch = Callable[[int, int, int], Rgba | None]


def assembled(
    grid: TileGrid, lonlat: Doubles, side_px: int, check: Check, fetch: Fetch
) -> Piece | None:
    """Return tiles over a patch of ground as one picture; None where there are none.

    Parameters
    ----------
    grid
        Their grid.
    lonlat, side_px, check
        See `sandbox.imagery.picture.GroundPicture.piece`.
    fetch
        Returns a tile by the number of its level in the grid, its column and its row; None
        for one that isn't there. A part of a coarser one stands in for it then.
    """
    if not grid.levels or (np.abs(lonlat[..., 1]) > _POLE_DEG).any():
        return None
    xy = grid.xy(lonlat)
    if not np.isfinite(xy).all():
        return None
    number = _level_for(grid, coarseness(xy, side_px))
    level = grid.levels[number]
    cells = (xy - (level.left, level.top)) / (level.step, -level.step)
    low = np.floor((cells.min(axis=(0, 1)) - _EDGE_PX) / level.tile_px).astype(int)
    high = np.floor((cells.max(axis=(0, 1)) + _EDGE_PX) / level.tile_px).astype(int)
    low = np.maximum(low, 0)
    high = np.minimum(high, (level.columns - 1, level.rows - 1))
    wide, tall = (int(one) for one in high - low + 1)
    if wide <= 0 or tall <= 0 or wide * tall > _TILES_AT_MOST:
        return None
    side = level.tile_px
    whole = np.zeros((tall * side, wide * side, 4), dtype=np.uint8)
    found = False
    for row in range(tall):
        for column in range(wide):
            check()
            tile = _tile(grid, number, int(low[0]) + column, int(low[1]) + row, fetch)
            if tile is not None:
                found = True
                y, x = row * side, column * side
                whole[y : y + side, x : x + side] = tile
    return Piece(whole, cells - low * side) if found else None


def _level_for(grid: TileGrid, step: float) -> int:
    """Return the number of the coarsest level that is fine enough for pixels of a size."""
    for number, level in enumerate(grid.levels):
        if level.step <= step * _COARSER:
            return number
    return len(grid.levels) - 1


def _tile(grid: TileGrid, number: int, column: int, row: int, fetch: Fetch) -> Rgba | None:
    side = grid.levels[number].tile_px
    for up in range(min(_PARENTS, number) + 1):
        share = 2**up
        above = grid.levels[number - up]
        if up and not _halves(grid, number - up):
            return None
        if up and side % share:
            return None
        tile = fetch(number - up, column // share, row // share)
        if tile is None:
            continue
        tile = _sized(tile, above.tile_px)
        if not up:
            return tile
        part = side // share
        y, x = (row % share) * part, (column % share) * part
        return tile[y : y + part, x : x + part].repeat(share, axis=0).repeat(share, axis=1)
    return None


def _halves(grid: TileGrid, number: int) -> bool:
    """Return whether a tile of a level covers four of the next."""
    one, other = grid.levels[number], grid.levels[number + 1]
    same = (one.left, one.top, one.tile_px) == (other.left, other.top, other.tile_px)
    return same and abs(one.step / other.step - 2.0) < 1e-6


def _sized(tile: Rgba, side: int) -> Rgba:
    if tile.shape[:2] == (side, side):
        return tile
    rows = np.arange(side) * tile.shape[0] // side
    columns = np.arange(side) * tile.shape[1] // side
    return tile[rows][:, columns]
