"""The map's layers of tiles: the ground, and the answers that lie on it as pictures."""

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from sandbox.app.answers import IN_PLACE_OF_REACH, parts
from sandbox.app.state import MapState
from sandbox.draw.answers.picture import Picture, share
from sandbox.draw.ground.base import BasePainter, Sheet
from sandbox.draw.ground.features import Ground
from sandbox.draw.raster.tiles import KEPT_BYTES, Plate, Tile, TileStore
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport

# What lies over the ground, lowest first.
PICTURES: Final = (
    *parts("sandbox.draw.answers", Picture).values(),
    *parts("sandbox.draw.answers", Picture, IN_PLACE_OF_REACH).values(),
)


class TileLayers:
    """Paints the layers of tiles of one atlas, rendered on threads.

    Parameters
    ----------
    ground
        What the lowest layer shows.
    arrived
        Called on a worker thread when more tiles can be painted.
    kept_bytes
        Tiles kept at most, beyond those of one view.
    """

    def __init__(
        self, ground: Ground, arrived: Callable[[], None], kept_bytes: int = KEPT_BYTES
    ) -> None:
        base = BasePainter(ground)
        above = {one.sheet: one.painter() for one in PICTURES}

        def render(tile: Tile, check: Callable[[], None]) -> QImage:
            return above.get(type(tile.plate.sheet), base).render(tile, check)

        self._store = TileStore(render, arrived, limit_bytes=kept_bytes)

    def paint(self, painter: QPainter, state: MapState, viewport: Viewport, look: Theme) -> None:
        """Paint the tiles that are there, and ask for those that aren't."""
        self._store.want(_tiles(state, viewport, look))
        self.paint_kept(painter, state, viewport, look)

    def paint_kept(
        self, painter: QPainter, state: MapState, viewport: Viewport, look: Theme
    ) -> None:
        """Paint the tiles that are there; what was asked for last stays asked."""
        plates = _plates(state, look, viewport.dpr)
        wanted = [_tiles_of(plate, viewport) for plate in plates]
        window = QRectF(0, 0, viewport.width_px, viewport.height_px)
        for index, (plate, tiles) in enumerate(zip(plates, wanted, strict=True)):
            there = [(tile, self._store.get(tile)) for tile in tiles]
            if any(image is None for _, image in there):
                if index == 0:
                    painter.fillRect(window, QColor(look.colour("ground")))
                self._paint_older(painter, plate, there, viewport)
            painter.setOpacity(_share_of(state, plate.sheet))
            for tile, image in there:
                if image is not None:
                    x, y = viewport.px(tile.west_north)
                    at = QPointF(round(x * plate.dpr) / plate.dpr, round(y * plate.dpr) / plate.dpr)
                    painter.drawImage(at, image)
            painter.setOpacity(1.0)

    def complete(self, state: MapState, viewport: Viewport, look: Theme) -> None:
        """Wait until all tiles of a state's picture are there."""
        self._store.complete(_tiles(state, viewport, look))

    def there(self, state: MapState, viewport: Viewport, look: Theme) -> bool:
        """Return whether all tiles of a state's picture are there; ask for those that aren't."""
        tiles = _tiles(state, viewport, look)
        self._store.want(tiles)
        return all(self._store.get(tile) is not None for tile in tiles)

    def close(self) -> None:
        """End the threads."""
        self._store.close()

    def _paint_older(
        self,
        painter: QPainter,
        plate: Plate,
        there: Sequence[tuple[Tile, QImage | None]],
        viewport: Viewport,
    ) -> None:
        """Paint other scales and older states where a plate's tiles are still to come."""
        kind = type(plate.sheet)
        older = [
            other
            for other in self._store.plates()
            if other != plate and isinstance(other.sheet, kind)
        ]
        if any(kind is one.sheet for one in PICTURES):
            # See-through pictures would show through one another, and another answer's
            # ground under this one's name would be wrong.
            older = [other for other in older if other.sheet == plate.sheet][:1]
        side = plate.tile_m / viewport.m_per_px
        gaps = QRegion()
        for tile, image in there:
            if image is None:
                x, y = viewport.px(tile.west_north)
                gaps += QRegion(QRectF(x, y, side, side).toAlignedRect())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRegion(gaps, Qt.ClipOperation.IntersectClip)
        for other in reversed(older[:2]):
            for tile, image in self._store.kept(other):
                x, y = (float(value) for value in viewport.px(tile.west_north))
                side = other.tile_m / viewport.m_per_px
                target = QRectF(x, y, side, side)
                if gaps.intersects(target.toAlignedRect()):
                    painter.drawImage(target, image)
        painter.restore()


def _plates(state: MapState, look: Theme, dpr: float) -> list[Plate]:
    """Return what layers of tiles a state shows, lowest first."""
    sheets = [sheet for one in PICTURES for sheet in one.sheets(state, look.name)]
    ground = Sheet(look.name, state.document.layers)
    return [Plate(sheet, state.document.view.m_per_px, dpr) for sheet in (ground, *sheets)]


def _tiles(state: MapState, viewport: Viewport, look: Theme) -> list[Tile]:
    plates = _plates(state, look, viewport.dpr)
    return [tile for plate in plates for tile in _tiles_of(plate, viewport)]


def _tiles_of(plate: Plate, viewport: Viewport) -> list[Tile]:
    """Return the tiles of a viewport, from its middle outward."""
    west, south, east, north = viewport.bounds
    side = plate.tile_m
    columns = range(math.floor(west / side), math.floor(east / side) + 1)
    rows = range(math.floor(-north / side), math.floor(-south / side) + 1)
    middle_x, middle_y = viewport.center_xy

    def distance(tile: Tile) -> float:
        left, top = tile.west_north
        return abs(left + side / 2 - middle_x) + abs(top - side / 2 - middle_y)

    return sorted((Tile(plate, column, row) for row in rows for column in columns), key=distance)


def _share_of(state: MapState, sheet: Hashable) -> float:
    """Return how opaque a sheet of tiles is; the ground is always whole."""
    of = next((one for one in PICTURES if isinstance(sheet, one.sheet)), None)
    return 1.0 if of is None else share(state, older=of.older(state))
