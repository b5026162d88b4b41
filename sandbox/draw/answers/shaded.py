"""Homes, cells or areas on the map in the colours of their classes: a choropleth.

Answers share it; each has a sheet class of its own, by which the map tells them apart.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from sandbox.app.atlas import Atlas
from sandbox.app.questions import AnalysisAnswer, Selected
from sandbox.app.state import MapState
from sandbox.draw.answers.circles import hatch_phase, hatching, within_tile
from sandbox.draw.raster.tiles import TILE_PX, Tile
from sandbox.draw.theme import Theme, theme
from sandbox.draw.viewport import Viewport

# From good to bad; readers who can't tell red from green can tell light from dark.
RAMP: Final = ("#2c7fb8", "#7fcdbb", "#fee391", "#fe9929", "#cc4c02")
GOOD, BAD = RAMP[0], RAMP[-1]
_ALPHA: Final = 0.78
_DOT_PX: Final = 4.5
_MANY_DOT_PX: Final = 2.6
_MANY: Final = 3000
# Areas smaller than a dot are drawn as a dot, so that they don't vanish when zoomed out.
_LEAST_AREA_PX: Final = 7.0
_MARGIN_PX: Final = 8.0
_PRESS_PX: Final = 5.0


@dataclass(frozen=True, slots=True)
class Class:
    """What shapes of a class look like; hatched ones lack what is asked."""

    colour: str
    alpha: float = _ALPHA
    hatched: bool = False
    outline_px: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Shapes with the class of each.

    Attributes
    ----------
    xy
        Points and areas in metres of the streets.
    of
        Number of each shape's class, -1 for those that aren't drawn, shape ``(n,)``.
    classes
        What each class looks like, the lowest first on the map.
    """

    xy: npt.NDArray[Any]
    of: npt.NDArray[Any]
    classes: tuple[Class, ...]
    tree: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", shapely.STRtree(self.xy))

    def at(self, x: float, y: float, reach: float) -> int | None:
        """Return the number of the shape at a place, the nearest within reach; None for none."""
        point = shapely.Point(x, y)
        near = self.tree.query(point, predicate="dwithin", distance=reach)
        near = near[self.of[near] >= 0]
        if not len(near):
            return None
        away = shapely.distance(self.xy[near], point)
        return int(near[np.lexsort((near, away))[0]])


@dataclass(frozen=True, slots=True)
class ShadedSheet:
    """What is drawn on see-through tiles above the base: shapes, the lowest layer first."""

    theme: str
    layers: tuple[Shapes, ...]


class ShadedPainter:
    """Renders tiles of shapes; called on several threads."""

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is a `ShadedSheet`."""
        sheet, plate = tile.plate.sheet, tile.plate
        assert isinstance(sheet, ShadedSheet)  # noqa: S101
        look = theme(sheet.theme)
        image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(plate.dpr)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrushOrigin(hatch_phase(tile))
        try:
            for shapes in sheet.layers:
                check()
                _paint(painter, tile, shapes, look)
        finally:
            painter.end()
        return image


def _paint(painter: QPainter, tile: Tile, shapes: Shapes, look: Theme) -> None:
    plate, (west, north) = tile.plate, tile.west_north
    margin = _MARGIN_PX * plate.m_per_px
    box = shapely.box(
        west - margin, north - plate.tile_m - margin, west + plate.tile_m + margin, north + margin
    )
    near = np.sort(shapes.tree.query(box))
    area = shapely.get_dimensions(shapes.xy[near]) == 2
    bounds = shapely.bounds(shapes.xy[near]).reshape(-1, 4)
    wide = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    small = ~area | (wide < _LEAST_AREA_PX * plate.m_per_px)
    dot_px = _MANY_DOT_PX if len(shapes.xy) > _MANY else _DOT_PX
    for number, one in enumerate(shapes.classes):
        mine = shapes.of[near] == number
        filled = near[mine & ~small]
        if len(filled):
            _fill(painter, within_tile(shapes.xy[filled], tile, whole=one.dashed), one, look, tile)
        dots = near[mine & small]
        if len(dots):
            centres = shapely.get_coordinates(shapely.centroid(shapes.xy[dots]))
            px = (centres - (west, north)) / (plate.m_per_px, -plate.m_per_px)
            _dots(painter, px, dot_px, one, look)


def _fill(painter: QPainter, path: Any, one: Class, look: Theme, tile: Tile) -> None:
    colour = QColor(one.colour)
    colour.setAlphaF(one.alpha)
    if one.alpha > 0:
        painter.fillPath(path, colour)
    if one.hatched:
        painter.fillPath(path, hatching(one.colour, 0.8, tile.plate.dpr))
    pen = QPen(QColor(look.colour("halo")), 0.8)
    if one.outline_px:
        pen = QPen(QColor(one.colour), one.outline_px)
    if one.dashed:
        pen.setDashPattern([5.0, 3.5])
    painter.strokePath(path, pen)


def _dots(painter: QPainter, px: Any, dot_px: float, one: Class, look: Theme) -> None:
    painter.setPen(QPen(QColor(look.colour("halo")), 1.0))
    painter.setBrush(QColor(one.colour))
    for x, y in px.tolist():
        painter.drawEllipse(QPointF(x, y), dot_px, dot_px)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def ramp_classes() -> tuple[Class, ...]:
    """Return a class for each fifth of a share, from good to bad, and one for unknown ones."""
    return (*(Class(one) for one in RAMP), Class("#9aa7b0", 0.5))


def by_share(share: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the number among `ramp_classes` of shares from 0 (good) to 1; NaN is unknown."""
    known = np.nan_to_num(share)
    fifth = np.minimum((known * len(RAMP)).astype(np.int64), len(RAMP) - 1)
    return np.where(np.isnan(share), len(RAMP), fifth)


def picked(
    shapes: Shapes, ids: Sequence[str], layer: str, viewport: Viewport, at_px: tuple[float, float]
) -> Selected | None:
    """Return which of the shapes a finger meant, by its layer and id."""
    x, y = (float(one) for one in viewport.xy(at_px))
    found = shapes.at(x, y, _PRESS_PX * viewport.m_per_px)
    return None if found is None else Selected(layer, ids[found])


def outline(painter: QPainter, shape: Any, viewport: Viewport, look: Theme) -> None:
    """Paint a line round a shape that is selected."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, width in (("halo", 5.6), ("accent", 2.6)):
        painter.setPen(QPen(QColor(look.colour(name)), width))
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                px = viewport.px(shapely.get_coordinates(shapely.get_exterior_ring(part)))
                painter.drawPolygon([QPointF(x, y) for x, y in px.tolist()])
            elif part.geom_type == "Point":
                ((x, y),) = viewport.px(shapely.get_coordinates(part)).tolist()
                painter.drawEllipse(QPointF(x, y), 8.0, 8.0)
    painter.restore()


class _Question(Protocol):
    @property
    def homes(self) -> str: ...


class _OfHomes(Protocol):
    """An answer about the homes of a layer, with what the map keeps of it."""

    @property
    def question(self) -> _Question: ...

    @property
    def pictures(self) -> dict[Any, Any]: ...


A = TypeVar("A", bound=AnalysisAnswer)


def _nothing_more(_answer: Any) -> Hashable:
    """Return the same for all: a picture follows from answer and theme alone."""
    return None


@dataclass(frozen=True)
class HomesPicture(Generic[A]):
    """How the homes of a kind of answer are drawn.

    Attributes
    ----------
    kind, sheet
        Classes of the answer and of its sheet.
    layers
        Returns an answer's shapes in a theme, the lowest first.
    number, homes_xy
        Return the number of each home by its id, and the homes in metres.
    homes_layer
        Returns which of the layers holds the homes.
    seen
        Returns what a picture depends on beside answer and theme.
    """

    kind: type[A]
    sheet: type[ShadedSheet]
    layers: Callable[[A, Theme], tuple[Shapes, ...]]
    number: Callable[[A], Mapping[str, int]]
    homes_xy: Callable[[A], Any]
    homes_layer: Callable[[A], int] = lambda _answer: 0
    seen: Callable[[A], Hashable] = _nothing_more

    def sheets(self, state: MapState, theme_name: str) -> list[ShadedSheet]:
        """Return the sheet of the answer that a state shows."""
        answer = state.answers.result(self.kind)
        return [] if answer is None else [self.made(answer, theme_name)]

    def made(self, answer: A, theme_name: str) -> ShadedSheet:
        """Return the sheet of an answer, made once a theme: it is asked for with every frame."""
        kept, key = _of_homes(answer).pictures, (theme_name, self.seen(answer))
        if key not in kept:
            kept[key] = self.sheet(theme_name, self.layers(answer, theme(theme_name)))
        return kept[key]

    def over(
        self, painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
    ) -> None:
        """Paint a line round the home that is selected."""
        answer, selected = state.answers.result(self.kind), state.gesture.selected
        if answer is None or selected is None or selected.layer != _of_homes(answer).question.homes:
            return
        number = self.number(answer).get(selected.id)
        if number is not None:
            outline(painter, self.homes_xy(answer)[number], viewport, look)

    def pick(
        self, state: MapState, viewport: Viewport, at_px: tuple[float, float]
    ) -> Selected | None:
        """Return the home at a point of the canvas."""
        answer = state.answers.result(self.kind)
        if answer is None:
            return None
        shapes = self.made(answer, state.theme).layers[self.homes_layer(answer)]
        layer = _of_homes(answer).question.homes
        return picked(shapes, list(self.number(answer)), layer, viewport, at_px)


def _of_homes(answer: Any) -> _OfHomes:
    return answer
