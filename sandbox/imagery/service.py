"""A base map that a service on the web sends tile by tile."""

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from sandbox.imagery import access, cache
from sandbox.imagery.decoded import tile_colours
from sandbox.imagery.fetch import Unfetched, fetch
from sandbox.imagery.picture import Bounds, Check, Doubles, Piece, Rgba
from sandbox.imagery.tile_grid import Level, TileGrid, assembled
from sandbox.words import Text

# After a failure a service is left alone for so long.
RETRY_S: Final = 15.0
_REFUSED_S: Final = 300.0
_TILE_BYTES: Final = 4 << 20
_KEPT: Final = 256


@dataclass(eq=False)
class _Running:
    """What is known of a service while the program runs."""

    tiles: OrderedDict[tuple[int, int, int], Rgba | None] = field(
        default_factory=OrderedDict[tuple[int, int, int], "Rgba | None"]
    )
    lock: threading.Lock = field(default_factory=threading.Lock)
    fault: Text | None = None
    again_at: float = 0.0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class TileService:
    """Tiles of a service.

    Attributes
    ----------
    address
        Of a tile, with places: ``{x}``, ``{y}`` (rows from the north), ``{-y}`` (from the south),
        ``{z}`` (the level's name), ``{s}`` (one of the servers), ``{bbox}`` (west, south, east,
        north), ``{yxbox}`` (south, west, north, east) and ``{key}``.
    grid
        Its levels.
    credit
        Who must be named where it is shown.
    terms
        Where its terms of use stand.
    key_name
        Under which name the user's key is kept; empty where it needs none.
    servers
        What may stand for ``{s}``.
    ends
        West, south, east, north of what it has; None for the world.
    """

    address: str
    grid: TileGrid
    credit: str = ""
    terms: str = ""
    key_name: str = ""
    servers: tuple[str, ...] = ()
    ends: Bounds | None = None
    _running: _Running = field(default_factory=_Running, compare=False, repr=False)

    @property
    def host(self) -> str:
        """The host that tiles come from; of several servers the one they belong to."""
        return urlsplit(self.address.replace("{s}", "*")).hostname or ""

    @property
    def bounds_lonlat(self) -> Bounds | None:
        """West, south, east, north in WGS 84; None for the world."""
        return self.ends

    @property
    def attempt(self) -> int:
        """How often it was begun anew because tiles couldn't be had."""
        running = self._running
        with running.lock:
            if running.fault is not None and time.monotonic() >= running.again_at:
                running.fault = None
                running.attempt += 1
            return running.attempt

    @property
    def lacking(self) -> Text | None:
        """Why not all of it is shown now; None where all is."""
        if not access.is_allowed(self.host):
            return Text("Fetching from {host} isn't allowed yet.", {"host": self.host})
        if self.key_name and not access.key(self.key_name):
            return Text("The key for {name} is missing.", {"name": self.key_name})
        fault = self._running.fault
        return None if fault is None else Text("{host}: {reason}", {
            "host": self.host, "reason": fault})  # fmt: skip

    def try_again(self) -> None:
        """Fetch anew at once what couldn't be had, as after a key was given."""
        with self._running.lock:
            self._running.fault = None
            self._running.again_at = 0.0
            self._running.attempt += 1

    def piece(self, lonlat: Doubles, side_px: int, check: Check) -> Piece | None:
        """Return its tiles over a patch; see `sandbox.imagery.picture.GroundPicture`."""
        if not access.is_allowed(self.host):
            return None
        return assembled(self.grid, lonlat, side_px, check, self._tile)

    def _tile(self, number: int, column: int, row: int) -> Rgba | None:
        key, running = (number, column, row), self._running
        with running.lock:
            if key in running.tiles:
                running.tiles.move_to_end(key)
                return running.tiles[key]
            waits = running.fault is not None and time.monotonic() < running.again_at
        waits = waits or bool(self.key_name and not access.key(self.key_name))
        named = self._named(self.grid.levels[number], column, row)
        content = cache.kept(named)
        if content is None and waits:
            content = cache.kept(named, stale=True)
            return None if content is None else tile_colours(content)
        if content is None:
            try:
                content = fetch(self._with_key(named), _TILE_BYTES)
            except Unfetched as error:
                with running.lock:
                    running.fault = error.reason
                    wait = _REFUSED_S if error.refused else RETRY_S
                    running.again_at = time.monotonic() + wait
                content = cache.kept(named, stale=True)
                return None if content is None else tile_colours(content)
            tile = None if content is None else tile_colours(content)
            if tile is not None and content is not None:
                cache.keep(named, content)
        else:
            tile = tile_colours(content)
        with running.lock:
            running.tiles[key] = tile
            while len(running.tiles) > _KEPT:
                running.tiles.popitem(last=False)
        return tile

    def _named(self, level: Level, column: int, row: int) -> str:
        """Return a tile's address, with the place of the key still open."""
        side = level.step * level.tile_px
        west, north = level.left + column * side, level.top - row * side
        box = [f"{one:.9f}" for one in (west, north - side, west + side, north)]
        server = self.servers[(column + row) % len(self.servers)] if self.servers else ""
        said = {
            "x": str(column),
            "y": str(row),
            "-y": str(level.rows - 1 - row),
            "z": level.name,
            "s": server,
            "bbox": ",".join(box),
            "yxbox": ",".join((box[1], box[0], box[3], box[2])),
        }
        return re.sub(r"\{(x|y|-y|z|s|bbox|yxbox)\}", lambda found: said[found[1]], self.address)

    def _with_key(self, address: str) -> str:
        return address.replace("{key}", quote(access.key(self.key_name), safe=""))
