"""The quiet part of the map, tile by tile: ground, areas, relief, water, streets, lines."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, cast

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from shapely.geometry.base import BaseGeometry

from sandbox.app.state import LayerShown
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.draw.ground import buildings, rails
from sandbox.draw.ground.features import Ground
from sandbox.draw.ground.grown import came_later
from sandbox.draw.ground.own import paint_own
from sandbox.draw.ground.relief import Relief
from sandbox.draw.ground.streets import (
    ROAD_CLASSES,
    casing_pen,
    paint_streets,
    street_pen,
    tunnel_pen,
)
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.raster.tiles import TILE_PX, Tile
from sandbox.draw.theme import Theme, theme
from sandbox.streets.streets import StreetClass

Doubles = npt.NDArray[np.float64]

# Widest thing that reaches into a tile from outside, logical pixels.
_MARGIN_PX: Final = 24.0
_LIVING_GREEN: Final = ("park", "green")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on tiles: a theme and the layers in their order.

    Attributes
    ----------
    part
        All of it; or what pictures of the ground lie on (relief and areas) and what lies on them
        (buildings, streets, lines, and the user's own layers), each on tiles of its own.
    shadows
        Whether buildings have their shadows; where they stand up, the table casts those.
    by
        Year at whose end the ground is shown; None for today.
    before
        Year after which what it is laid over came; None where it is laid over all.
    """

    theme: str
    layers: tuple[LayerShown, ...]
    part: Literal["whole", "under", "over"] = "whole"
    shadows: bool = True
    by: int | None = None
    before: int | None = field(default=None, compare=False)


@dataclass(frozen=True, eq=False)
class _Pass:
    """One tile being painted."""

    painter: QPainter
    theme: Theme
    box: tuple[float, float, float, float]
    m_per_px: float
    west_north: tuple[float, float]
    check: Callable[[], None]
    by: int | None = None

    def to_px(self, xy: Doubles) -> Doubles:
        west, north = self.west_north
        return np.stack(
            [(xy[:, 0] - west) / self.m_per_px, (north - xy[:, 1]) / self.m_per_px], axis=-1
        )


class BasePainter:
    """Renders tiles of an atlas; called on several threads.

    Parameters
    ----------
    ground
        The atlas on the metric ground.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is a `Sheet`."""
        sheet = tile.plate.sheet
        assert isinstance(sheet, Sheet)  # noqa: S101
        look = theme(sheet.theme)
        plate = tile.plate
        if sheet.part == "over":
            image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
        else:
            image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_RGB32)
            image.fill(QColor(look.colour("ground")))
        image.setDevicePixelRatio(plate.dpr)
        west, north = tile.west_north
        margin_m = _MARGIN_PX * plate.m_per_px
        box = (
            west - margin_m,
            north - plate.tile_m - margin_m,
            west + plate.tile_m + margin_m,
            north + margin_m,
        )
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            run = _Pass(painter, look, box, plate.m_per_px, (west, north), check, sheet.by)
            self._paint(run, sheet, plate.tile_m)
        finally:
            painter.end()
        return image

    def _paint(self, run: _Pass, sheet: Sheet, side_m: float) -> None:
        known = self._ground.atlas.layers
        shown = [
            (entry, known[entry.id])
            for entry in sheet.layers
            if entry.visible and entry.id in known and _drawn(known[entry.id], run.m_per_px)
        ]
        if sheet.part != "over":
            self._paint_under(run, shown, side_m)
        if sheet.part != "under":
            self._paint_over(run, shown, sheet)

    def _paint_under(
        self, run: _Pass, shown: list[tuple[LayerShown, Layer]], side_m: float
    ) -> None:
        """Paint relief and areas: what pictures of the ground hide."""
        grids = [(entry, layer) for entry, layer in shown if layer.geometry == "grid"]
        side_px = side_m / run.m_per_px
        light: list[tuple[float, QImage, Relief]] = []
        for entry, layer in grids:
            relief = self._ground.relief(layer.id)
            colour, shading = self._ground.shading.pictures(
                relief, run.theme, run.west_north, side_m, TILE_PX // 2
            )
            run.painter.setOpacity(entry.opacity)
            run.painter.drawImage(QRectF(0, 0, side_px, side_px), colour)
            light.append((entry.opacity, shading, relief))
            run.check()
        areas = [(entry, layer) for entry, layer in shown if layer.style.fill]
        # Parks and water are drawn over built-up ground, whatever the order of the layers.
        areas.sort(key=lambda area: area[1].style.fill in _LIVING_GREEN)
        for entry, layer in areas:
            if layer.style.fill != "water":
                self._areas(run, layer, entry.opacity)
        for opacity, shading, relief in light:
            run.painter.setOpacity(opacity)
            run.painter.drawImage(QRectF(0, 0, side_px, side_px), shading)
            self._contours(run, relief, side_m)
        for entry, layer in areas:
            if layer.style.fill == "water":
                self._water(run, layer, entry.opacity)

    def _paint_over(self, run: _Pass, shown: list[tuple[LayerShown, Layer]], sheet: Sheet) -> None:
        """Paint lines, buildings, streets and the user's own layers."""
        for entry, layer in shown:
            run.painter.setOpacity(entry.opacity)
            if layer.style.line == "boundary":
                self._boundaries(run, layer)
            elif layer.style.line == "river":
                self._rivers(run, layer)
        self._buildings(run, sheet)
        self._networks(run, sheet)
        for entry, layer in shown:
            if layer.is_own:
                self._own(run, layer, entry)
        for entry, layer in shown:
            run.painter.setOpacity(entry.opacity)
            if layer.style.line in ("road", "tunnel"):
                self._roads(run, layer)
        for entry, layer in shown:
            run.painter.setOpacity(entry.opacity)
            if layer.style.line in ("metro", "corridor"):
                self._rails(run, layer)

    def _each(
        self, run: _Pass, layer: Layer, dimensions: int, *, whole: bool = False
    ) -> list[tuple[int, Doubles, npt.NDArray[np.int64]]]:
        """Return pixels and ring starts of a layer's features in the tile.

        Dashed lines are taken `whole`: a line cut at a tile's edge would begin its
        dashes anew.
        """
        features = self._ground.features(layer.id)
        shapes = self._ground.shapes(layer.id, run.m_per_px)
        later = None if run.by is None else came_later(features.column("opened"), run.by)
        found: list[tuple[int, Doubles, npt.NDArray[np.int64]]] = []
        for row in features.near(run.box):
            if later is not None and later[row]:
                continue
            shape = shapes[row]
            if shapely.get_dimensions(shape) != dimensions:
                continue
            if not whole and shapely.get_num_coordinates(shape) > 100:
                shape = shapely.clip_by_rect(shape, *run.box)
            xy, starts = rings(cast(BaseGeometry, shape))
            if len(xy):
                found.append((int(row), run.to_px(xy), starts))
        return found

    def _own(self, run: _Pass, layer: Layer, entry: LayerShown) -> None:
        symbology = entry.symbology or Symbology()
        if not symbology.shows_at(run.m_per_px):
            return
        features = self._ground.features(layer.id)
        near = features.near(run.box)
        shapes = self._ground.shapes(layer.id, run.m_per_px)
        run.painter.setOpacity(entry.opacity)
        paint_own(
            run.painter, features, near, shapes, symbology, run.theme, run.to_px,
            run.m_per_px, run.check,
        )  # fmt: skip

    def _areas(self, run: _Pass, layer: Layer, opacity: float) -> None:
        status = self._ground.features(layer.id).column("status")
        kinds = self._ground.features(layer.id).column("kind")
        fill = QColor(run.theme.colour(layer.style.fill))
        edge = QColor(
            run.theme.colour("park_line" if layer.style.fill in _LIVING_GREEN else "building_edge")
        )
        for row, px, starts in self._each(run, layer, 2):
            run.painter.setOpacity(opacity)
            shape = path(px, starts)
            if kinds[row] == "mountain":
                # A ridge is shown by its relief and tint; a flat green would hide both.
                wash = QColor(fill)
                wash.setAlphaF(0.35)
                run.painter.fillPath(shape, wash)
                continue
            colour = QColor(fill)
            if layer.style.fill == "site" and layer.group == "base":
                # Whole towns get a faint colour only, so that single sites stand
                # out on them.
                colour.setAlphaF(0.5)
            if layer.style.fill == "park":
                colour.setAlphaF(0.85)
            run.painter.fillPath(shape, colour)
            if run.m_per_px < 20 and layer.group != "base":
                pen = QPen(edge, 1.0 if run.m_per_px < 8 else 0.7)
                if status[row] in ("planned", "construction"):
                    pen.setDashPattern([5.0, 4.0])
                run.painter.strokePath(shape, pen)
            run.check()

    def _water(self, run: _Pass, layer: Layer, opacity: float) -> None:
        run.painter.setOpacity(opacity)
        pen = QPen(QColor(run.theme.colour("shore")), 1.0 if run.m_per_px < 12 else 0.6)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        fill = QColor(run.theme.colour("water"))
        for _, px, starts in self._each(run, layer, 2):
            shape = path(px, starts)
            run.painter.fillPath(shape, fill)
            if run.m_per_px < 8:
                # A second, wider and fainter line within: the shallow edge of the water.
                shallow = QPen(QColor(run.theme.colour("shore")), 7.0)
                shallow.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                run.painter.save()
                run.painter.setClipPath(shape)
                run.painter.setOpacity(opacity * 0.16)
                run.painter.strokePath(shape, shallow)
                run.painter.restore()
            run.painter.strokePath(shape, pen)
            run.check()
        self._rivers(run, layer)

    def _rivers(self, run: _Pass, layer: Layer) -> None:
        width = float(np.clip(60.0 / run.m_per_px, 0.8, 30.0))
        pen = QPen(QColor(run.theme.colour("water" if width > 3 else "shore")), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for _, px, starts in self._each(run, layer, 1, whole=True):
            run.painter.strokePath(path(px, starts), pen)

    def _contours(self, run: _Pass, relief: Relief, side_m: float) -> None:
        interval = contour_interval_m(run.m_per_px)
        if interval is None:
            return
        west, north = run.west_north
        # A little beyond the tile, on a grid that fits the scale: smooth and seamless.
        step = max(relief.cell_m / 2, run.m_per_px * 6)
        west_cell, north_cell = np.floor(west / step) - 2, np.ceil(north / step) + 2
        count = int(np.ceil(side_m / step)) + 6
        patch = Relief(
            relief.sampled(west_cell * step, north_cell * step, step, count),
            west_cell * step,
            north_cell * step,
            step,
        )
        colour = QColor(run.theme.colour("hill_light" if run.theme.dark else "label_mountain"))
        edge = 3.0 * relief.cell_m
        rows, columns = relief.heights.shape
        inside = (
            relief.west + edge,
            relief.north - (rows - 1) * relief.cell_m + edge,
            relief.west + (columns - 1) * relief.cell_m - edge,
            relief.north - edge,
        )
        if not shapely.box(*inside).intersects(shapely.box(*run.box)):
            return
        for level, lines in patch.contours(interval):
            index = round(level / interval) % 5 == 0
            colour.setAlphaF(0.22 if index else 0.11)
            pen = QPen(colour, 0.9 if index else 0.6)
            for line in lines:
                xy, starts = rings(shapely.clip_by_rect(shapely.LineString(line), *inside))
                run.painter.strokePath(path(run.to_px(xy), starts), pen)
        run.check()

    def _boundaries(self, run: _Pass, layer: Layer) -> None:
        pen = QPen(QColor(run.theme.colour("label_2")), 1.1)
        pen.setDashPattern([8.0, 3.0, 1.5, 3.0])
        run.painter.setOpacity(run.painter.opacity() * 0.7)
        features, shapes = (
            self._ground.features(layer.id),
            self._ground.shapes(layer.id, run.m_per_px),
        )
        for row in features.near(run.box):
            xy, starts = rings(cast(BaseGeometry, shapes[row]))
            run.painter.strokePath(path(run.to_px(xy), starts), pen)

    def _buildings(self, run: _Pass, sheet: Sheet) -> None:
        """Paint buildings where the ground that they stand on shows, or has no layer."""
        entry = next((one for one in sheet.layers if one.id == buildings.LAYER), None)
        if run.m_per_px >= buildings.BELOW_M_PX or (entry is not None and not entry.visible):
            return
        standing = self._ground.buildings(run.by)
        if standing is not None:
            run.painter.setOpacity(1.0 if entry is None else entry.opacity)
            buildings.paint_buildings(
                run.painter, standing, run.box, run.to_px, run.m_per_px, run.theme,
                shadows=sheet.shadows,
            )  # fmt: skip
            run.check()

    def _networks(self, run: _Pass, sheet: Sheet) -> None:
        """Paint the network's streets; an atlas without a layer for them always shows them."""
        known = self._ground.atlas.layers
        entries = [
            entry
            for entry in sheet.layers
            if entry.id in known and known[entry.id].geometry == "network"
        ]
        visible = [entry for entry in entries if entry.visible]
        if entries and not visible:
            return
        run.painter.setOpacity(visible[0].opacity if visible else 1.0)
        chains = self._ground.streets(run.m_per_px, run.by)
        paint_streets(run.painter, chains, run.box, run.to_px, run.m_per_px, run.theme, run.check)

    def _roads(self, run: _Pass, layer: Layer) -> None:
        classes = self._ground.features(layer.id).column("road_class")
        lines = self._each(run, layer, 1, whole=layer.style.line == "tunnel")
        if layer.style.line == "tunnel":
            for _, px, starts in lines:
                pen = tunnel_pen(StreetClass.EXPRESS, run.m_per_px, run.theme)
                run.painter.strokePath(path(px, starts), pen)
            return
        lines.sort(key=lambda line: ROAD_CLASSES.get(classes[line[0]], StreetClass.ARTERIAL))
        for pen_of in (casing_pen, street_pen):
            for row, px, starts in lines:
                kind = ROAD_CLASSES.get(classes[row], StreetClass.ARTERIAL)
                pen = pen_of(kind, run.m_per_px, run.theme)
                if pen is not None:
                    run.painter.strokePath(path(px, starts), pen)
            run.check()

    def _rails(self, run: _Pass, layer: Layer) -> None:
        features = self._ground.features(layer.id)
        metro = layer.style.line == "metro"
        named = features.column("line" if metro else "corridor_class")
        status, towards = features.column("status"), features.column("towards_zh")
        for row, px, starts in self._each(run, layer, 1, whole=True):
            if not metro and not towards[row]:
                rails.paint_stub(run.painter, px, run.theme.corridor(named[row]))
                continue
            if metro and not named[row].isdigit():
                rails.paint_railway(
                    run.painter, path(px, starts), run.m_per_px, run.theme,
                    open_now=status[row] == "operating",
                )  # fmt: skip
                continue
            style = (
                run.theme.metro(named[row], status[row])
                if metro
                else run.theme.corridor(named[row])
            )
            rails.paint_line(run.painter, path(px, starts), style, run.m_per_px, run.theme)
            run.check()


def _drawn(layer: Layer, m_per_px: float) -> bool:
    """Whether a layer's lines or areas show at a scale; rails and roads always do."""
    return bool(layer.style.line) or m_per_px < layer.style.below_m_px


def contour_interval_m(m_per_px: float) -> float | None:
    """Return the height between contour lines at a scale, None where there are none."""
    if m_per_px < 8:
        return 10.0
    if m_per_px < 20:
        return 20.0
    return 40.0 if m_per_px < 40 else None
