"""Base maps in one file, for machines without a network: MBTiles and PMTiles."""

import html
import json
import math
import os
import re
import sqlite3
import threading
import zlib
from collections import OrderedDict
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import pmtiles.reader
import pmtiles.tile

from sandbox import files
from sandbox.imagery.decoded import tile_colours
from sandbox.imagery.picture import Bounds, Check, Doubles, Piece, Rgba, Seen
from sandbox.imagery.tile_grid import TILE_PX, TileGrid, assembled, web_mercator
from sandbox.words import Text

_TILE_BYTES: Final = 8 << 20
_FOLDER_BYTES: Final = 1 << 20
_TEXT_BYTES: Final = 4 << 20
_LEVELS: Final = 24
_KEPT: Final = 256
_CREDIT: Final = 200
_VECTOR: Final = Text("it contains vector tiles, which aren't drawn")
_VECTOR_HINT: Final = Text("Use an archive of images (PNG, JPEG or WebP).")


@dataclass(eq=False)
class _Kept:
    """Tiles of an archive that were decoded last, and the file that is open."""

    tiles: OrderedDict[tuple[int, int, int], Rgba | None] = field(
        default_factory=OrderedDict[tuple[int, int, int], "Rgba | None"]
    )
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class TileArchive:
    """A base map in a file.

    Attributes
    ----------
    path
        The file.
    grid
        Levels that it holds.
    ends
        West, south, east, north of what it holds; None where it doesn't say.
    credit
        Who must be named where it is shown.
    seen
        Whether its file was there when it was last read.
    """

    path: Path
    grid: TileGrid
    ends: Bounds | None = None
    credit: str = ""
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)
    _kept: _Kept = field(default_factory=_Kept, compare=False, repr=False)

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
        """West, south, east, north in WGS 84; None where it doesn't say."""
        return self.ends

    def piece(self, lonlat: Doubles, side_px: int, check: Check) -> Piece | None:
        """Return its tiles over a patch; see `sandbox.imagery.picture.GroundPicture`."""
        if not self.seen.look(self.path):
            return None
        return assembled(self.grid, lonlat, side_px, check, self._tile)

    def _tile(self, number: int, column: int, row: int) -> Rgba | None:
        key = (number, column, row)
        with self._kept.lock:
            if key in self._kept.tiles:
                self._kept.tiles.move_to_end(key)
                return self._kept.tiles[key]
        level = self.grid.levels[number]
        content = _content(self.path, int(level.name), column, row)
        tile = None if content is None else tile_colours(content)
        with self._kept.lock:
            self._kept.tiles[key] = tile
            while len(self._kept.tiles) > _KEPT:
                self._kept.tiles.popitem(last=False)
        return tile


def open_archive(path: Path) -> TileArchive:
    """Return the base map of a file.

    Raises
    ------
    files.Unreadable
        It is damaged, or holds vector tiles.
    """
    files.check_ordinary(path)
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"SQLite format 3\x00"):
        return _open_mbtiles(path)
    if head.startswith(b"PMTiles"):
        return _open_pmtiles(path)
    raise files.Unreadable(files.DAMAGED)


def _content(path: Path, z: int, x: int, y: int) -> bytes | None:
    if path.suffix.lower() == ".pmtiles":
        with suppress(OSError, ValueError, KeyError, IndexError, zlib.error, EOFError):
            with path.open("rb") as file:
                found: Any = pmtiles.reader.Reader(_reading(file)).get(z, x, y)
            return found if found is None or len(found) <= _TILE_BYTES else None
        return None
    with suppress(sqlite3.Error), closing(_database(path)) as database:
        # Rows count from the south (MBTiles 1.3, after TMS).
        row = database.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?"
            " AND length(tile_data) <= ?",
            (z, x, 2**z - 1 - y, _TILE_BYTES),
        ).fetchone()
        return row[0] if row is not None and isinstance(row[0], bytes) else None
    return None


def _database(path: Path) -> sqlite3.Connection:
    address = path.resolve().as_uri() + "?mode=ro"
    database = sqlite3.connect(address, uri=True, timeout=2.0)
    database.execute("PRAGMA trusted_schema=OFF")
    database.execute("PRAGMA query_only=ON")
    return database


def _open_mbtiles(path: Path) -> TileArchive:
    try:
        with closing(_database(path)) as database:
            rows = database.execute("SELECT name, substr(value, 1, 4000) FROM metadata").fetchmany(
                1000
            )
            said = {str(name): str(value) for name, value in rows}
            low, high = database.execute(
                "SELECT min(zoom_level), max(zoom_level) FROM tiles"
            ).fetchone()
            first = database.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise files.Unreadable(files.DAMAGED) from error
    if said.get("format", "").lower() in ("pbf", "mvt"):
        raise files.Unreadable(_VECTOR, hint=_VECTOR_HINT)
    if not isinstance(low, int) or not isinstance(high, int) or not 0 <= low <= high <= _LEVELS:
        raise files.Unreadable(files.DAMAGED)
    tile = tile_colours(first[0]) if first and isinstance(first[0], bytes) else None
    if tile is None:
        raise files.Unreadable(_VECTOR if first else files.DAMAGED, hint=_VECTOR_HINT)
    return _archive(path, low, high, tile, _ends(said.get("bounds", "")), said)


def _open_pmtiles(path: Path) -> TileArchive:
    try:
        with path.open("rb") as file:
            head: dict[str, Any] = {**pmtiles.reader.Reader(_reading(file)).header()}
            low, high = int(head["min_zoom"]), int(head["max_zoom"])
            if head["tile_type"] == pmtiles.tile.TileType.MVT:
                raise files.Unreadable(_VECTOR, hint=_VECTOR_HINT)
            file.seek(head["metadata_offset"])
            packed = file.read(min(int(head["metadata_length"]), _FOLDER_BYTES))
            reading = pmtiles.reader.Reader(_reading(file))
            tile = next(
                (
                    made
                    for _, content in _first_tiles(reading, low, high, head)
                    if (made := tile_colours(content)) is not None
                ),
                None,
            )
    except (OSError, ValueError, KeyError, IndexError, zlib.error, EOFError) as error:
        raise files.Unreadable(files.DAMAGED) from error
    if not 0 <= low <= high <= _LEVELS or tile is None:
        raise files.Unreadable(files.DAMAGED)
    with suppress(zlib.error):
        packed = zlib.decompressobj(31).decompress(packed, _TEXT_BYTES)
    said: Any = {}
    with suppress(ValueError, RecursionError):
        said = json.loads(packed)
    told = {str(key): str(one) for key, one in cast("dict[Any, Any]", said).items()} if (
        isinstance(said, dict)
    ) else {}  # fmt: skip
    ends = tuple(
        head[name] / 1e7 for name in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    )
    return _archive(path, low, high, tile, _ends(",".join(map(str, ends))), told)


def _first_tiles(reading: Any, low: int, high: int, head: dict[str, Any]) -> Any:
    """Yield tiles over the middle of an archive, the coarsest first."""
    lon, lat = head["center_lon_e7"] / 1e7, head["center_lat_e7"] / 1e7
    west, east = head["min_lon_e7"] / 1e7, head["max_lon_e7"] / 1e7
    if not west <= lon <= east:
        lon, lat = (west + east) / 2, (head["min_lat_e7"] + head["max_lat_e7"]) / 2e7

    lat = max(-85.0, min(85.0, lat))
    for z in range(low, min(high, low + 6) + 1):
        x = int((lon + 180.0) / 360.0 * 2**z)
        up = math.asinh(math.tan(math.radians(lat)))
        y = int((1.0 - up / math.pi) / 2.0 * 2**z)
        found = reading.get(z, min(max(x, 0), 2**z - 1), min(max(y, 0), 2**z - 1))
        if found is not None and len(found) <= _TILE_BYTES:
            yield z, found


def _reading(file: Any) -> Any:
    """Return what reads parts of a PMTiles file, none of them larger than any should be."""
    size = os.fstat(file.fileno()).st_size

    def part(offset: int, length: int) -> bytes:
        if not 0 <= offset <= size or not 0 <= length <= _TILE_BYTES:
            raise ValueError(length)
        file.seek(offset)
        return file.read(length)

    return part


def _archive(  # noqa: PLR0917
    path: Path, low: int, high: int, tile: Rgba, ends: Bounds | None, said: dict[str, str]
) -> TileArchive:
    side = tile.shape[0] if tile.shape[0] == tile.shape[1] else TILE_PX
    credit = plain(said.get("attribution", ""))[:_CREDIT]
    return TileArchive(path.resolve(), web_mercator(low, high, tile_px=side), ends, credit)


def _ends(said: str) -> Bounds | None:
    try:
        west, south, east, north = (float(one) for one in said.split(","))
    except ValueError:
        return None
    inside = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if inside else None


def plain(said: str) -> str:
    """Return a credit without the marks of a page that it is often written with."""
    text = html.unescape(re.sub(r"<[^<>]{0,400}>", "", said[:4000]))
    return " ".join(text.split()).replace("(C)", "©")
