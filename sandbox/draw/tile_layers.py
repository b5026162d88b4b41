"""The map's layers of tiles: the ground, and the answers that lie on it as pictures."""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QRegion
from shapely.geometry.base import BaseGeometry

from sandbox.app.answers import IN_PLACE_OF_REACH, parts
from sandbox.app.atlas import Atlas
from sandbox.app.state import LayerShown, MapState
from sandbox.draw.answers.picture import Picture, share
from sandbox.draw.ground.base import BasePainter, Sheet
from sandbox.draw.ground.features import Ground
from sandbox.draw.ground.pictures import PicturePainter, PictureSheet
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.raster.tiles import KEPT_BYTES, Plate, Tile, TileStore
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.imagery.picture import GroundPicture

# Pictures of the ground are fetched and warped by so many threads.
_FETCHING_THREADS: Final = 4
# A window that closes doesn't wait for a slow server.
_PATIENCE_S: Final = 0.2
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
    shadows
        Whether buildings have shadows on them.
    """

    def __init__(
        self,
        ground: Ground,
        arrived: Callable[[], None],
        kept_bytes: int = KEPT_BYTES,
        *,
        shadows: bool = True,
    ) -> None:
        self._ground, self._atlas, self._shadows = ground, ground.atlas, shadows
        base = BasePainter(ground)
        above = {one.sheet: one.painter() for one in PICTURES}

        def render(tile: Tile, check: Callable[[], None]) -> QImage:
            return above.get(type(tile.plate.sheet), base).render(tile, check)

        self._store = TileStore(render, arrived, limit_bytes=kept_bytes)
        self._arrived, self._kept_bytes = arrived, kept_bytes
        # What comes from a disk or a network never keeps the map waiting.
        self._fetched: TileStore | None = None
        self._pictures = PicturePainter(self._atlas.crs, arrived)

    def paint(self, painter: QPainter, state: MapState, viewport: Viewport, look: Theme) -> None:
        """Paint the tiles that are there, and ask for those that aren't."""
        for store, tiles in self._wanted(state, viewport, look):
            store.want(tiles)
        self.paint_kept(painter, state, viewport, look)

    def paint_kept(
        self, painter: QPainter, state: MapState, viewport: Viewport, look: Theme
    ) -> None:
        """Paint the tiles that are there; what was asked for last stays asked."""
        plates = self._plates(state, look, viewport.dpr)
        wanted = [_tiles_of(plate, viewport) for plate in plates]
        window = QRectF(0, 0, viewport.width_px, viewport.height_px)
        for index, (plate, tiles) in enumerate(zip(plates, wanted, strict=True)):
            store = self._store_of(plate)
            there = [(tile, store.get(tile)) for tile in tiles]
            before = plate.sheet.before if isinstance(plate.sheet, Sheet) else None
            painter.save()
            painter.setOpacity(self._share_of(state, plate.sheet))
            if before is not None:
                painter.setClipPath(_area(self._ground.later(before), viewport))
            if any(image is None for _, image in there):
                if index == 0:
                    painter.fillRect(window, QColor(look.colour("ground")))
                self._paint_older(painter, plate, there, viewport)
            for tile, image in there:
                if image is not None:
                    x, y = viewport.px(tile.west_north)
                    at = QPointF(round(x * plate.dpr) / plate.dpr, round(y * plate.dpr) / plate.dpr)
                    painter.drawImage(at, image)
            painter.restore()

    def complete(self, state: MapState, viewport: Viewport, look: Theme) -> None:
        """Wait until all tiles of a state's picture are there."""
        for store, tiles in self._wanted(state, viewport, look):
            store.complete(tiles)

    def there(self, state: MapState, viewport: Viewport, look: Theme) -> bool:
        """Return whether all tiles of a state's picture are there; ask for those that aren't."""
        there = True
        for store, tiles in self._wanted(state, viewport, look):
            store.want(tiles)
            there = there and all(store.get(tile) is not None for tile in tiles)
        return there

    def close(self) -> None:
        """End the threads."""
        self._store.close()
        self._pictures.close()
        if self._fetched is not None:
            self._fetched.close(_PATIENCE_S)

    def _plates(self, state: MapState, look: Theme, dpr: float) -> list[Plate]:
        """Return what layers of tiles a state shows, lowest first."""
        layers = state.document.layers
        drawn, pictures = layers_of_tiles(self._atlas, layers)
        sheet = Sheet(look.name, drawn, shadows=self._shadows)
        by = state.document.opened_by
        if by is not None and (pictures or self._ground.lines_later(drawn, by)):
            sheet = replace(sheet, by=by)
        ground: list[Hashable] = [sheet]
        # Two pictures for all years: today's, and where nothing stood yet the bare ground.
        if by is not None and sheet.by is None and self._ground.later(by) is not None:
            ground.append(replace(sheet, by=0, before=by))
        if pictures:
            seen = [PictureSheet(one, one.attempt) for _, one in pictures]
            under, over = replace(sheet, part="under"), replace(sheet, part="over")
            ground = [under, *seen, over]
        answers = [sheet for one in PICTURES for sheet in one.sheets(state, look.name)]
        return [Plate(sheet, state.document.view.m_per_px, dpr) for sheet in (*ground, *answers)]

    def _store_of(self, plate: Plate) -> TileStore:
        if not isinstance(plate.sheet, PictureSheet):
            return self._store
        if self._fetched is None:
            self._fetched = TileStore(
                self._pictures.render,
                self._arrived,
                threads=_FETCHING_THREADS,
                limit_bytes=self._kept_bytes,
            )
        return self._fetched

    def _wanted(
        self, state: MapState, viewport: Viewport, look: Theme
    ) -> list[tuple[TileStore, list[Tile]]]:
        """Return the tiles that a state needs, for each store."""
        found: dict[TileStore, list[Tile]] = {self._store: []}
        for plate in self._plates(state, look, viewport.dpr):
            found.setdefault(self._store_of(plate), []).extend(_tiles_of(plate, viewport))
        if self._fetched is not None:
            # Without a picture nothing of one is wanted any more.
            found.setdefault(self._fetched, [])
        return list(found.items())

    def _share_of(self, state: MapState, sheet: Hashable) -> float:
        """Return how opaque a sheet of tiles is; the ground is always whole."""
        if isinstance(sheet, PictureSheet):
            pictures = layers_of_tiles(self._atlas, state.document.layers)[1]
            return next((one.opacity for one, held in pictures if held == sheet.picture), 1.0)
        of = next((one for one in PICTURES if isinstance(sheet, one.sheet)), None)
        return 1.0 if of is None else share(state, older=of.older(state))

    def _paint_older(
        self,
        painter: QPainter,
        plate: Plate,
        there: Sequence[tuple[Tile, QImage | None]],
        viewport: Viewport,
    ) -> None:
        """Paint other scales and older states where a plate's tiles are still to come."""
        kind = type(plate.sheet)
        store = self._store_of(plate)
        older = [
            other for other in store.plates() if other != plate and isinstance(other.sheet, kind)
        ]
        if isinstance(plate.sheet, Sheet):
            # Where a picture is shown first, the ground as a whole stands in for what is below.
            fits = ("under", "whole") if _part(plate) == "under" else (_part(plate),)
            older = [other for other in older if _part(other) in fits]
            if _part(plate) == "over":
                older = older[:1]
        if isinstance(plate.sheet, PictureSheet):
            older = [other for other in older if _picture(other) == _picture(plate)][:1]
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
            for tile, image in store.kept(other):
                x, y = (float(value) for value in viewport.px(tile.west_north))
                side = other.tile_m / viewport.m_per_px
                target = QRectF(x, y, side, side)
                if gaps.intersects(target.toAlignedRect()):
                    painter.drawImage(target, image)
        painter.restore()


def layers_of_tiles(
    atlas: Atlas, layers: tuple[LayerShown, ...]
) -> tuple[tuple[LayerShown, ...], list[tuple[LayerShown, GroundPicture]]]:
    """Return the layers that the ground's tiles are drawn of, and the pictures that show."""
    drawn: list[LayerShown] = []
    pictures: list[tuple[LayerShown, GroundPicture]] = []
    for one in layers:
        layer = atlas.layers.get(one.id)
        if layer is None or layer.picture is None:
            drawn.append(one)
        elif one.visible and one.opacity > 0.0:
            pictures.append((one, layer.picture))
    return tuple(drawn), pictures


def _area(area: BaseGeometry | None, viewport: Viewport) -> QPainterPath:
    """Return an area in metres as a path on a viewport."""
    if area is None:
        return QPainterPath()
    xy, starts = rings(area)
    return path(viewport.px(xy), starts)


def _part(plate: Plate) -> str:
    return plate.sheet.part if isinstance(plate.sheet, Sheet) else ""


def _picture(plate: Plate) -> GroundPicture | None:
    return plate.sheet.picture if isinstance(plate.sheet, PictureSheet) else None


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
