"""The whole map as one picture: tiles, an answer, places, names, marks."""

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Final, Literal, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from sandbox.app.answers import departures
from sandbox.app.atlas import Atlas
from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.draw.answers.minute_labels import MinuteLabel, minute_labels, paint_minute_label
from sandbox.draw.answers.picture import reach_share
from sandbox.draw.answers.pin import paint_area, paint_pin, pins
from sandbox.draw.answers.route import paint_way
from sandbox.draw.answers.wave import Wave
from sandbox.draw.flat import FlatPainter
from sandbox.draw.ground.features import Ground
from sandbox.draw.lettering.icon_atlas import IconAtlas
from sandbox.draw.lettering.labels import lay_out
from sandbox.draw.lettering.layout import Layout
from sandbox.draw.lettering.named import seen
from sandbox.draw.lettering.names import names
from sandbox.draw.marks import Mark, marks, paint_marks
from sandbox.draw.own_pick import pick_own
from sandbox.draw.raster.finished import finished
from sandbox.draw.raster.latest import LONGEST_S, Latest
from sandbox.draw.sandtable.table import SandTable
from sandbox.draw.theme import Theme, theme
from sandbox.draw.tile_layers import PICTURES
from sandbox.draw.viewport import Viewport
from sandbox.words import words_of

Size = tuple[float, float]
Look = Literal["planner", "kiosk"]
# What a layout was made for: the ground with what lies on it, the question; and the middle.
_LayoutKey = tuple[tuple[Hashable, Hashable], Hashable]

# Names keep their places while the map is panned by less than this.
_LAYOUT_KEPT_PX: Final = 40.0
_NAMES_ZOOM: Final = 2.5
# A dragged pin changes little for the names: they wait for it this long.
_LAYOUT_WAITS_FOR_PIN_S: Final = 1.5


class MapPainter:
    """Paints map states of one atlas; for the screen, and for pictures.

    Parameters
    ----------
    atlas
        Layers and network.
    arrived
        Called on a worker thread when more of the map can be painted.
    look
        Whose sizes and dark theme: the planner's or the kiosk's.
    """

    def __init__(
        self, atlas: Atlas, arrived: Callable[[], None] = lambda: None, look: Look = "planner"
    ) -> None:
        self._atlas = atlas
        self._look = look
        self._ground = Ground(atlas)
        self._flat = FlatPainter(self._ground, arrived)
        self._table = SandTable(self._ground, arrived)
        self._icons: IconAtlas | None = None
        self._names: Latest[Layout] = Latest("names", arrived)
        self._marks: tuple[tuple[Theme, float, float, float, list[Mark]], QImage] | None = None
        self._minute_labels: tuple[tuple[object, ...], Viewport, list[MinuteLabel]] | None = None

    def theme(self, state: MapState) -> Theme:
        """Return the theme that a state is painted with."""
        if self._look == "kiosk" and state.theme == "dark":
            return theme("kiosk_dark")
        return theme(state.theme)

    def paint(
        self,
        painter: QPainter,
        state: MapState,
        size_px: Size,
        dpr: float,
        *,
        obstacles: Sequence[QRectF] = (),
        drawn: Sequence[QRectF] = (),
        wave: tuple[Wave, float] | None = None,
        under_names: Callable[[QPainter, Viewport], None] = lambda painter, viewport: None,
    ) -> None:
        """Paint a state with what is there, and ask for the tiles that aren't.

        Parameters
        ----------
        painter
            In logical pixels, its origin the map's upper left corner.
        state
            What to show.
        size_px, dpr
            Logical size, and device pixels per logical pixel.
        obstacles
            Panels over the map; names and marks keep clear of them.
        drawn
            What `under_names` writes on the ground; names keep clear of it.
        wave
            The answer's wave and for how many milliseconds it has run; None when settled.
        under_names
            Paints over ground and answer, below pin, names and marks.
        """
        look = self.theme(state)
        painter.save()
        painter.setClipRect(QRectF(0, 0, *size_px))
        viewport = self._paint_under_names(painter, state, size_px, dpr, wave)
        under_names(painter, viewport)
        pinned = pins(self._atlas, state, viewport, look)
        for pin in pinned:
            paint_pin(painter, pin.at_px, look, pin.colour, pin.letter)
        said = marks(self._atlas, state, viewport, look, obstacles)
        taken = [*obstacles, *drawn, *(mark.box for mark in said)]
        if self._look == "kiosk":
            # In the kiosk nothing stands between the map's own labels.
            top = min(one.box.top() for one in said[:3]) - 34
            taken.append(QRectF(0, top, size_px[0], size_px[1] - top))
        for pin in pinned:
            x, y = pin.at_px
            taken.append(QRectF(x - 15, y - 15, 30, 30))
        tags = self._minute_tags(state, viewport, look, taken)
        layout = self._lay_out(state, viewport, look, taken, obstacles, len(drawn))
        if layout is not None:
            layout.paint(painter, viewport, obstacles)
        painter.setOpacity(reach_share(state))
        for tag in tags:
            # A tag comes with its contour.
            if wave is None or wave[0].settled((tag.minutes,), wave[1])[0] > 0.5:
                paint_minute_label(painter, tag, look)
        painter.setOpacity(1.0)
        self._paint_marks(painter, said, viewport, look)
        painter.restore()

    def viewport(self, state: MapState, size_px: Size, dpr: float) -> Viewport:
        """Return what a canvas shows of the ground, flat or tilted over its relief."""
        if state.document.view.tilt_deg > 0.0:
            return self._table.viewport(state, size_px, dpr)
        return Viewport.of(state.document.view, self._atlas.crs, size_px, dpr)

    def paint_bare(self, painter: QPainter, state: MapState, size_px: Size, dpr: float) -> None:
        """Paint what is there of a state's ground, with nothing asked of it or written on it."""
        look = self.theme(state)
        # A table that isn't drawn yet is painted flat.
        if state.document.view.tilt_deg > 0.0 and self.there(state, size_px, dpr):
            self._paint_under_names(painter, state, size_px, dpr, None)
            return
        viewport = Viewport.of(state.document.view, self._atlas.crs, size_px, dpr)
        self._flat.paint_bare(painter, state, viewport, look)

    def paint_words(
        self,
        painter: QPainter,
        state: MapState,
        size_px: Size,
        dpr: float,
        obstacles: Sequence[QRectF],
    ) -> None:
        """Paint what every map must say of itself, over whatever is shown of it."""
        viewport = Viewport.of(state.document.view, self._atlas.crs, size_px, dpr)
        look = self.theme(state)
        said = marks(self._atlas, state, viewport, look, obstacles)
        self._paint_marks(painter, said, viewport, look)

    def pick(
        self, state: MapState, size_px: Size, dpr: float, at_px: tuple[float, float]
    ) -> Selected | None:
        """Return the place whose mark, name or answer was painted at a point, None beside all."""
        newest = self._names.made
        viewport = self.viewport(state, size_px, dpr)
        found = None if newest is None else newest[1].at(viewport, QPointF(*at_px))
        found = found or pick_own(self._ground, state, viewport, at_px)
        answers = (one.pick(state, viewport, at_px) for one in reversed(PICTURES))
        return found or next((one for one in answers if one is not None), None)

    def complete(
        self,
        state: MapState,
        size_px: Size,
        dpr: float,
        *,
        obstacles: Sequence[QRectF] = (),
        drawn: Sequence[QRectF] = (),
    ) -> None:
        """Wait until everything in a state's picture is there, as files need it.

        Names are placed anew, so that a picture is the same whatever was drawn before it.
        """
        if state.document.view.tilt_deg > 0.0:
            self._table.complete(state, size_px, dpr, self.theme(state))
        else:
            viewport = Viewport.of(state.document.view, self._atlas.crs, size_px, dpr)
            self._flat.complete(state, viewport, self.theme(state))
        self._names.forget()
        # Painting orders the names; their places are known only then.
        blank = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(blank)
        self.paint(painter, state, size_px, dpr, obstacles=obstacles, drawn=drawn)
        painter.end()
        self._names.complete()

    @property
    def frame_s(self) -> float | None:
        """How long a moving frame of the table takes here; None before that is known."""
        return self._table.frame_s

    def there(self, state: MapState, size_px: Size, dpr: float) -> bool:
        """Return whether all of a state's tiles are there, or its table; ask for what isn't."""
        if state.document.view.tilt_deg > 0.0:
            frame = self._table.frame(state, size_px, dpr, self.theme(state), None)
            asked = self._table.viewport(state, size_px, dpr)
            return frame is not None and frame.viewport.camera == asked.camera
        viewport = Viewport.of(state.document.view, self._atlas.crs, size_px, dpr)
        return self._flat.there(state, viewport, self.theme(state))

    def close(self) -> None:
        """End the threads."""
        self._flat.close()
        self._table.close()
        self._names.close()

    def _paint_under_names(
        self,
        painter: QPainter,
        state: MapState,
        size_px: Size,
        dpr: float,
        wave: tuple[Wave, float] | None,
    ) -> Viewport:
        """Paint what names stand on, flat or as a table; return the view it was painted in."""
        look = self.theme(state)
        if state.document.view.tilt_deg > 0.0:
            frame = self._table.frame(state, size_px, dpr, look, wave)
            if frame is not None:
                painter.drawImage(QPointF(0, 0), frame.image)
                return frame.viewport
        viewport = Viewport.of(state.document.view, self._atlas.crs, size_px, dpr)
        self._flat.paint(painter, state, viewport, look, wave)
        paint_way(painter, state, viewport, look)
        own = self._ground.origin_area(state, viewport.m_per_px)
        if own is not None:
            paint_area(painter, own, viewport, look)
        return viewport

    def _lay_out(  # noqa: PLR0917
        self,
        state: MapState,
        viewport: Viewport,
        look: Theme,
        taken: Sequence[QRectF],
        obstacles: Sequence[QRectF],
        drawn: int,
    ) -> Layout | None:
        """Return the newest layout of names; order another where it doesn't fit any more."""
        # What is drawn moves with the ground; the names need another place when it comes or goes.
        asked = (state.document.reach, state.answers.reach_answer, drawn)
        ground = (
            look.name,
            state.document.layers,
            state.language,
            state.gesture.selected,
            state.document.opened_by,
            state.gesture.subjects,
            state.gesture.subjects_alone,
            viewport.m_per_px,
            viewport.width_px,
            viewport.height_px,
            viewport.dpr,
            viewport.slant,
            tuple(panel.getRect() for panel in obstacles),
        )
        key = (ground, asked)
        longest_s = LONGEST_S
        newest = self._names.made
        if newest is not None:
            (known, _), layout = cast(_LayoutKey, newest[0]), newest[1]
            x, y = viewport.px(layout.viewport.center_xy)
            moved = abs(x - viewport.width_px / 2) + abs(y - viewport.height_px / 2)
            if known == key and moved < _LAYOUT_KEPT_PX:
                return layout
            if known != key and known[0] == ground:
                longest_s = _LAYOUT_WAITS_FOR_PIN_S
        sides = {} if newest is None else newest[1].sides
        boxes = tuple(taken)

        def make() -> Layout:
            # Only the layouts' own thread makes and keeps icons.
            if self._icons is None or (self._icons.theme, self._icons.dpr) != (
                look,
                viewport.dpr,
            ):
                self._icons = IconAtlas(look, viewport.dpr)
            found = seen(names(self._ground, state, viewport, look), viewport)
            return lay_out(found, viewport, self._icons, boxes, sides)

        self._names.order((key, viewport.center_xy), make, longest_s)
        if newest is None:
            return None
        # Names of quite another scale would stand in a heap.
        zoomed = newest[1].viewport.m_per_px / viewport.m_per_px
        return newest[1] if 1.0 / _NAMES_ZOOM <= zoomed <= _NAMES_ZOOM else None

    def _paint_marks(
        self, painter: QPainter, said: list[Mark], viewport: Viewport, look: Theme
    ) -> None:
        """Paint the marks from a picture that is kept until they change."""
        key = (look, viewport.m_per_px, viewport.bearing_deg, viewport.dpr, said)
        top = min(mark.box.top() for mark in said) - 4
        if self._marks is None or self._marks[0] != key:
            height = viewport.height_px - top
            strip = QImage(
                round(viewport.width_px * viewport.dpr),
                math.ceil(height * viewport.dpr),
                QImage.Format.Format_ARGB32_Premultiplied,
            )
            strip.setDevicePixelRatio(viewport.dpr)
            strip.fill(Qt.GlobalColor.transparent)
            brush = QPainter(strip)
            brush.translate(0, -top)
            paint_marks(brush, said, viewport, look)
            brush.end()
            self._marks = (key, finished(strip))
        painter.drawImage(QPointF(0, top), self._marks[1])

    def _minute_tags(
        self, state: MapState, viewport: Viewport, look: Theme, taken: list[QRectF]
    ) -> list[MinuteLabel]:
        """Return the tags on the contours; they keep their places while these can be seen."""
        isochrone = departures.isochrone_on_map(state)
        if isochrone is None or not state.document.reach_shown:
            return []
        key = (isochrone, look.name, state.language, viewport.m_per_px, viewport.slant)
        if self._minute_labels is not None and self._minute_labels[0] == key:
            _, before, tags = self._minute_labels
            shift = viewport.px(before.xy((0.0, 0.0)))
            shifted = [tag.moved(float(shift[0]), float(shift[1])) for tag in tags]
            window = QRectF(0, 0, viewport.width_px, viewport.height_px)
            if len(tags) == len(isochrone.minutes) and all(
                window.contains(tag.box) for tag in shifted
            ):
                taken.extend(tag.box for tag in shifted)
                return shifted
        unit = words_of(state.language)("{minutes} min")
        outlines = self._flat.outlines(isochrone, viewport)
        contours = dict(zip(isochrone.minutes, outlines, strict=True))
        tags = minute_labels(contours, viewport, look, unit, taken)
        self._minute_labels = (key, viewport, tags)
        return tags
