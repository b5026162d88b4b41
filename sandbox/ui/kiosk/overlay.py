"""What the kiosk itself draws on the ground: the day's way, ways to desks, and where one stands.

And how much of what a caption counts is in the picture.
"""

import time
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from sandbox.analysis.route import Route
from sandbox.app import moving, places
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.answer_card import whole
from sandbox.app.kiosk.blocks import Pair, pair
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.show import Show
from sandbox.app.kiosk.subjects.told import says_here
from sandbox.app.questions import LonLat
from sandbox.app.session import Session
from sandbox.app.state import View
from sandbox.catalog.description import Said
from sandbox.catalog.layer import Layer
from sandbox.catalog.scenes import HERE, Caption
from sandbox.draw.sandtable.tilted import Tilted
from sandbox.draw.viewport import Viewport
from sandbox.edits.scenario import AddLine, all_edits
from sandbox.geo.crs import to_metric
from sandbox.streets.modes import MODES
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.layout import Grid
from sandbox.ui.kiosk.subjects.glow import PULSE_S, paint_glow, paint_pulse
from sandbox.ui.kiosk.subjects.trains import Trains, paint_trains
from sandbox.ui.kiosk.ways import Tag, Ways, here_tag, paint_here, paint_tag
from sandbox.words import Language, Text, words_of

# A line whose middle is this near to the picture's edge isn't seen as one.
_EDGE_PX: Final = 24.0
# Pins, walkers and the ring about the place itself.
_ROUND_PX: Final = 24.0
# How long the ground takes to come out of the dark where the film begins.
OPENING_S: Final = 6.0
# The layer of the lines on which trains run today.
_RAIL: Final = "rail_existing"
# A mark of what a scene is about, with the beginning of its name.
_MARKED_PX: Final = 30.0
_YOU_ARE_HERE: Final = {
    False: Text("You are here"),
    True: Text("You are here (schematic)"),
}


class Overlay:
    """Keeps what a scene draws on the ground from frame to frame.

    Parameters
    ----------
    show, session, director
        What is on, its map, and what was computed for it.
    motion
        Whether anything may move.
    """

    def __init__(
        self, show: Show, session: Session, director: Director, *, motion: bool = True
    ) -> None:
        self._show, self._session, self._director = show, session, director
        self._motion = motion
        self._known: tuple[object, Ways] | None = None
        self._here: Tag | None = None
        self._tags: list[Tag] = []
        self._trains: Trains | None = None
        # Where a mark pulses, and since when.
        self._pulse: tuple[LonLat, float] | None = None

    @property
    def moves(self) -> bool:
        """Whether something walks on it."""
        walks = self._show.scene.day is not None and self._director.figures.stroll is not None
        return walks or self._pulses() or self.veil() > 0.0

    def veil(self) -> float:
        """Return how dark the ground still is, 1 to 0: the film begins in the dark."""
        state, film = self._show.state, self._show.scene.film
        if not (self._motion and state.attract and film and state.scene == state.scenes[0]):
            return 0.0
        if state.stage > 0:
            return 0.0
        share = min(1.0, self._director.share() * film.seconds[0] / OPENING_S)
        return (1.0 - share) ** 2

    def pulse(self, where: str) -> bool:
        """Let a place's mark pulse once; return whether there is such a place."""
        place = scenes.found(self._session.atlas, where)
        if place is not None:
            self._pulse = place.lonlat, time.monotonic()
        return place is not None

    def _pulses(self) -> bool:
        return self._pulse is not None and time.monotonic() - self._pulse[1] < PULSE_S

    def lay_out(self, viewport: Viewport, taken: Sequence[QRectF]) -> list[QRectF]:
        """Find places for its words over a view, clear of panels; return what it takes up."""
        language, crs = self._show.state.language, self._session.atlas.crs
        used = list(taken)
        boxes: list[QRectF] = []
        here = scenes.found(self._session.atlas, HERE)
        self._here = None
        x = y = 0.0
        if here is not None and says_here(self._show.scene, self._show.state.stage):
            x, y = viewport.px_of_lonlat(here.lonlat)
            first = pair(_YOU_ARE_HERE[here.layer.schematic], language).first
            words = Pair(first, pair(_YOU_ARE_HERE[False], language).second)
            inside = QRectF(0, 0, viewport.width_px, viewport.height_px).adjusted(12, 12, -12, -12)
            self._here = here_tag((x, y), words, inside, [*used, *self._subjects(viewport)])
        if self._here is not None:
            ring = QRectF(x - _ROUND_PX, y - _ROUND_PX, 2 * _ROUND_PX, 2 * _ROUND_PX)
            boxes += [self._here.box, ring]
            used += boxes
        routes = self._routes()
        self._tags = []
        if routes:
            words = [self._minutes(route, language) for route in routes]
            clear = [*used, *self._subjects(viewport)]
            self._tags = list(self._ways(routes, crs).tags(viewport, words, clear))
        return [*boxes, *(tag.box for tag in self._tags)]

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Paint it as it was laid out last."""
        session, veil = self._session, self.veil()
        if veil > 0.0:
            whole = QRectF(0, 0, viewport.width_px, viewport.height_px)
            painter.fillRect(whole, QColor.fromRgbF(0.0, 0.0, 0.0, veil))
        paint_glow(painter, session.atlas, session.state.gesture.subjects, viewport)
        if self._motion and self._show.state.attract and self._shows_rail():
            paint_trains(painter, self._running().places(time.monotonic()), viewport)
        routes, stroll = self._routes(), self._director.figures.stroll
        if routes:
            ways = self._ways(routes, self._session.atlas.crs)
            if self._show.scene.day is not None and stroll is not None:
                ways.paint_walked(painter, viewport, stroll, self._director.figures.strolled_s())
            else:
                ways.paint(painter, viewport)
        if self._pulse is not None and self._pulses():
            lonlat, since_s = self._pulse
            share = (time.monotonic() - since_s) / PULSE_S
            paint_pulse(painter, viewport.px_of_lonlat(lonlat), share)
        for tag in self._tags:
            paint_tag(painter, tag)
        here = scenes.found(self._session.atlas, HERE)
        if self._here is not None and here is not None:
            asked = self._session.state.document.reach
            pinned = asked is not None and asked.origin_lonlat == here.lonlat
            paint_here(painter, viewport.px_of_lonlat(here.lonlat), self._here, pinned=pinned)

    def _shows_rail(self) -> bool:
        """Whether trains run by themselves in the picture: a film's, over a table."""
        document = self._session.state.document
        shown = any(one.id == _RAIL and one.visible for one in document.layers)
        return shown and document.view.tilt_deg > 0.0

    def _running(self) -> Trains:
        if self._trains is None:
            scenario = moving.today(self._session.atlas)
            edits = () if scenario is None else all_edits(scenario)
            lines = [one.change.line for one in edits if isinstance(one.change, AddLine)]
            self._trains = Trains(lines, self._session.atlas.crs)
        return self._trains

    def _subjects(self, viewport: Viewport) -> list[QRectF]:
        """Return where what the scene is about has its marks: nothing is written over them."""
        layers, crs = self._session.atlas.layers, self._session.atlas.crs
        boxes: list[QRectF] = []
        for subject in self._session.state.gesture.subjects:
            place = places.place(layers, subject.where)
            if place is not None and place.where != scenes.HERE_PLACE:
                x, y = viewport.px(to_metric(place.lonlat, crs))
                half = _MARKED_PX if subject.named else _ROUND_PX
                boxes.append(QRectF(x - half, y - half, 2 * half, 2 * half))
        return boxes

    def _routes(self) -> tuple[Route | None, ...]:
        scene, figures = self._show.scene, self._director.figures
        if scene.day is not None and figures.facts is not None:
            return figures.facts.legs if figures.facts.scene == scene.id else ()
        if scene.desks is not None and figures.desks is not None:
            same = figures.desks.question == self._session.state.document.reach
            return figures.desks.routes if same else ()
        return ()

    def _ways(self, routes: tuple[Route | None, ...], crs: str) -> Ways:
        if self._known is None or self._known[0] is not routes:
            self._known = routes, Ways(routes, crs)
        return self._known[1]

    @staticmethod
    def _minutes(route: Route | None, language: Language) -> Pair:
        if route is None:
            return Pair("", "")
        minutes = pair(Text("{minutes} min", {"minutes": whole(route.minutes)}), language)
        mode = pair(MODES[route.travel.mode].manner, language)
        return Pair(f"{mode.first} {minutes.first}", f"{mode.second} {minutes.second}")


def counted(caption: Caption, atlas: Atlas, view: View, laid: Grid) -> Caption:
    """Return a caption that says how much of what it counts is in the picture, if not all."""
    layer = atlas.layers.get(caption.counts)
    if layer is None:
        return caption
    beside = () if laid.second_card is None else (laid.second_card,)
    covered = (laid.caption, laid.card, *beside, laid.language, *laid.tiles)
    viewport = Tilted.on_level_ground(view, atlas.crs, (laid.width, laid.height))
    return with_count(caption, *groups_seen(layer, viewport, covered))


def groups_seen(layer: Layer, viewport: Viewport, covered: Sequence[QRectF]) -> tuple[int, int]:
    """Return how many groups of a layer's lines are in a picture, and how many there are.

    Parameters
    ----------
    layer
        Lines in WGS 84 with a column `group`; 0 belongs to none.
    viewport
        What the picture shows.
    covered
        Where panels and letters cover it, logical pixels.
    """
    features = layer.features
    if features is None or "group" not in features:
        return 0, 0
    middles = shapely.line_interpolate_point(features.geometry.to_numpy(), 0.5, normalized=True)
    picture = QRectF(0.0, 0.0, viewport.width_px, viewport.height_px)
    picture.adjust(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
    groups, seen = features["group"].to_numpy(), set[int]()
    for group, (lon, lat) in zip(groups, shapely.get_coordinates(middles), strict=True):
        at = QPointF(*viewport.px_of_lonlat((float(lon), float(lat))))
        if picture.contains(at) and not any(box.contains(at) for box in covered):
            seen.add(int(group))
    return len(seen - {0}), len({int(group) for group in np.unique(groups)} - {0})


def with_count(caption: Caption, seen: int, whole: int) -> Caption:
    """Return a caption that says how many of what it counts are in the picture, if not all."""
    if caption.source is None or seen == whole:
        return caption
    note = Text("{seen} of {whole} in this picture", {"seen": seen, "whole": whole})
    zh, en = (note.said(words_of(one)) for one in ("zh", "en"))
    source = Said(zh=f"{caption.source.zh} · {zh}", en=f"{caption.source.en} · {en}")
    return caption.model_copy(update={"source": source})
