"""A store of map tiles rendered on threads, the latest view first."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtGui import QImage

from sandbox.draw.raster.finished import finished

TILE_PX: Final = 512
# Several times what the largest screens show at once.
KEPT_BYTES: Final = 256 * 2**20
_LOG: Final = logging.getLogger("sandbox.draw")
# A new scale is begun on when the view has kept it this long, so that a zoom under way
# doesn't fill the queue with scales that nobody stops at.
_SETTLED_S: Final = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """All tiles that look alike: what is drawn on them and at which scale.

    Attributes
    ----------
    sheet
        What is drawn: theme, layers and data, as a hashable value.
    m_per_px
        Metres per logical pixel.
    dpr
        Device pixels per logical pixel.
    """

    sheet: Hashable
    m_per_px: float
    dpr: float
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Tiles are looked up by the hundred each frame, and sheets are deep.
        object.__setattr__(self, "_hash", hash((self.sheet, self.m_per_px, self.dpr)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Plate)
            and self._hash == other._hash
            and (self.sheet, self.m_per_px, self.dpr) == (other.sheet, other.m_per_px, other.dpr)
        )

    @property
    def tile_m(self) -> float:
        """Side of a tile on the ground."""
        return TILE_PX * self.m_per_px / self.dpr


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of a plate: columns count eastward, rows southward, from the origin."""

    plate: Plate
    column: int
    row: int

    @property
    def west_north(self) -> tuple[float, float]:
        """Metres of the upper left corner."""
        return self.column * self.plate.tile_m, -self.row * self.plate.tile_m


class Cancelled(Exception):  # noqa: N818
    """A tile under way isn't wanted any more."""


Render = Callable[[Tile, Callable[[], None]], QImage]


def tell(arrived: Callable[[], None]) -> None:
    """Say that more is there; whatever that meets, the thread that makes it goes on."""
    try:
        arrived()
    # An error in a listener must not end the thread, or no more tiles would be made.
    except Exception:
        _LOG.exception("nobody could be told that more of the map is there")


class TileStore:
    """Tiles by key, rendered on threads when wanted and kept while there is room.

    Parameters
    ----------
    render
        Makes a tile's picture; it calls what it is given now and then, which raises
        `Cancelled` when the tile isn't wanted any more.
    arrived
        Called on a worker thread after each tile.
    threads
        How many tiles are rendered at once.
    limit_bytes
        Pictures kept at most, beyond those of one view; the least recently shown go first.
    """

    def __init__(
        self,
        render: Render,
        arrived: Callable[[], None],
        *,
        threads: int = 2,
        limit_bytes: int = KEPT_BYTES,
    ) -> None:
        self._render = render
        self._arrived = arrived
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[Tile, QImage] = OrderedDict()
        self._bytes = 0
        # All that the last picture asked for, whether it is there or not.
        self._asked: frozenset[Tile] = frozenset()
        self._wanted: list[Tile] = []
        self._wanted_set: frozenset[Tile] = frozenset()
        self._under_way: set[Tile] = set()
        self._begin_at = 0.0
        self._fault: BaseException | None = None
        self._closed = False
        self._change = threading.Condition()
        self._threads = [
            threading.Thread(target=self._work, name=f"tiles-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def get(self, tile: Tile) -> QImage | None:
        """Return a tile's picture if it is there."""
        with self._change:
            picture = self._kept.get(tile)
            if picture is not None:
                self._kept.move_to_end(tile)
            return picture

    def kept(self, plate: Plate) -> list[tuple[Tile, QImage]]:
        """Return the tiles of a plate that are there."""
        with self._change:
            return [(tile, image) for tile, image in self._kept.items() if tile.plate == plate]

    def plates(self) -> list[Plate]:
        """Return the plates that have tiles, most recently shown first."""
        with self._change:
            return list(dict.fromkeys(tile.plate for tile in reversed(self._kept)))

    def want(self, tiles: Iterable[Tile]) -> None:
        """Ask for tiles, the most urgent first; what was asked for before is forgotten.

        Raises
        ------
        BaseException
            What a worker met while rendering.
        """
        with self._change:
            if self._fault is not None:
                fault, self._fault = self._fault, None
                raise fault
            asked = list(tiles)
            self._asked = frozenset(asked)
            missing = [tile for tile in asked if tile not in self._kept]
            if frozenset(missing) == self._wanted_set:
                return
            known = {tile.plate for tile in (*self._wanted_set, *self._kept)}
            if self._kept and missing and missing[0].plate not in known:
                self._begin_at = time.monotonic() + _SETTLED_S
            self._wanted_set = frozenset(missing)
            self._wanted = [tile for tile in missing if tile not in self._under_way]
            self._change.notify_all()

    def complete(self, tiles: Sequence[Tile]) -> None:
        """Wait until all of these tiles have been rendered."""
        self.want(tiles)
        with self._change:
            self._begin_at = 0.0
            self._change.notify_all()
            while not self._closed and self._fault is None and self._wanted_set:
                self._change.wait(1.0)
        if self._fault is not None:
            self.want(tiles)

    def close(self, patience_s: float | None = None) -> None:
        """End the threads; a tile under way is given up.

        Parameters
        ----------
        patience_s
            How long at most the threads are waited for: one that waits for a network ends by
            itself then, and what it makes goes nowhere.
        """
        with self._change:
            self._closed = True
            self._wanted, self._wanted_set = [], frozenset()
            self._change.notify_all()
        until = None if patience_s is None else time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))
        self._kept.clear()

    def _work(self) -> None:
        while (tile := self._next()) is not None:
            picture: QImage | None = None
            fault: BaseException | None = None
            try:
                picture = finished(self._render(tile, lambda asked=tile: self._check(asked)))
            except Cancelled:
                pass
            # A worker's bug must reach the thread that shows the map.
            except BaseException as error:
                fault = error
            self._done(tile, picture, fault)

    def _next(self) -> Tile | None:
        with self._change:
            while not self._closed:
                wait_s = self._begin_at - time.monotonic()
                if self._wanted and wait_s <= 0:
                    tile = self._wanted.pop(0)
                    self._under_way.add(tile)
                    return tile
                self._change.wait(wait_s if self._wanted else None)
        return None

    def _check(self, tile: Tile) -> None:
        if tile not in self._wanted_set:
            raise Cancelled

    def _done(self, tile: Tile, picture: QImage | None, fault: BaseException | None) -> None:
        with self._change:
            self._under_way.discard(tile)
            if fault is not None:
                self._fault = fault
            elif picture is None and tile in self._wanted_set:
                # Given up and wanted again in between.
                self._wanted.append(tile)
            if picture is not None:
                self._wanted_set -= {tile}
                if tile not in self._kept:
                    self._kept[tile] = picture
                    self._bytes += picture.sizeInBytes()
                self._make_room()
            self._change.notify_all()
            closed = self._closed
        if not closed and (picture is not None or fault is not None):
            tell(self._arrived)

    def _make_room(self) -> None:
        """Drop the tiles that were shown longest ago, but none that the picture now needs."""
        for tile in list(self._kept):
            if self._bytes <= self._limit_bytes:
                return
            if tile not in self._asked:
                self._bytes -= self._kept.pop(tile).sizeInBytes()
