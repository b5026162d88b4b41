"""What every map must say of itself: approval number, schematic data, scale, north, source."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from sandbox.app import moving, street_edits
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import compare
from sandbox.app.answers.awaited import question_on_map
from sandbox.app.atlas import Atlas
from sandbox.app.project.approving import approval_lines
from sandbox.app.state import MapState
from sandbox.catalog.articles import YEARS_INFERRED, years_inferred
from sandbox.catalog.layer import Layer
from sandbox.draw.lettering.fonts import font
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.imagery.picture import GroundPicture
from sandbox.imagery.service import TileService
from sandbox.streets.modes import MODES
from sandbox.words import Words, words_of

_EDGE_PX: Final = 12.0
_GAP_PX: Final = 10.0
# What a row may come near the map's right edge, and rows each other.
_LEAST_EDGE_PX: Final = 4.0
_ROW_GAP_PX: Final = 4.0
# Where lettering is drawn in the halo's colour: all round, so it reads over bands too.
_AROUND: Final = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))
_BAR_LONGEST_PX: Final = 130.0
_KILOMETRE: Final = 1000.0
# How services and archives of tiles write whose data OpenStreetMap's are.
_OSM_CREDIT: Final = re.compile(
    r"(?:map data:? ?)?(?:© ?)?OpenStreetMap"
    r"(?:[ -]contributors|[ -]Mitwirkende| ?贡献者| *(?=$|[|,·]))(?: ?(?:& ODbL|[(（]ODbL[)）]))?",
    re.IGNORECASE,
)
# Approval marks are gold on dark and dark gold on light, like nothing else in the planner.
_GOLD: Final = {True: "#F5C76B", False: "#8A6200"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the map's own words, and its place."""

    kind: str
    text: str
    box: QRectF


def marks(
    atlas: Atlas,
    state: MapState,
    viewport: Viewport,
    theme: Theme,
    obstacles: Sequence[QRectF] = (),
) -> list[Mark]:
    """Return the marks and where they stand: a row at the lower left, the source at the right.

    Panels push the row aside; they never hide it. What has no room in it stands in a row above.
    """
    words = words_of(state.language)
    metrics = QFontMetricsF(_face(theme))
    height = _row_px(metrics)
    # On a whole device pixel, so that dashes and lettering stay crisp.
    top = math.floor((viewport.height_px - _EDGE_PX - height) * viewport.dpr) / viewport.dpr
    length_m = bar_length_m(viewport.m_per_px)
    bar = _length(length_m, words)
    bar_px = length_m / viewport.m_per_px + 8 + metrics.horizontalAdvance(bar)
    longest_px = _BAR_LONGEST_PX + 8 + metrics.horizontalAdvance(_length(500_000.0, words))
    north = words("N")
    pieces = [(*one, metrics.horizontalAdvance(one[1]) + 14.0) for one in boxed_words(atlas, state)]
    pieces.append(("scale", bar, bar_px))
    pieces.append(("north", north, metrics.horizontalAdvance(north) + 14.0))
    made: list[Mark] = []
    y, x, free_from = top, _EDGE_PX, _EDGE_PX
    for kind, text, width in pieces:
        x += 4.0 if kind == "scale" else 0.0
        # Room for the longest bar: zooming then never moves it to another row.
        wanted = max(width, longest_px) if kind == "scale" else width
        x = _free(x, wanted, QRectF(0, y, viewport.width_px, height), obstacles)
        while x > _EDGE_PX and x + wanted > viewport.width_px - _LEAST_EDGE_PX and y > height:
            y -= height + _ROW_GAP_PX
            x = _free(_EDGE_PX, wanted, QRectF(0, y, viewport.width_px, height), obstacles)
        made.append(Mark(kind, text, QRectF(x, y, width, height)))
        x += width + _GAP_PX
        free_from = x if y == top else free_from
    room = QRectF(free_from, top, viewport.width_px - free_from, height)
    return made + _sources(atlas, state, QFontMetricsF(_face(theme, 0.92)), room, obstacles, made)


def foot_px(placed: Sequence[Mark], height_px: float, *, whole: bool) -> float:
    """Return how high marks stand over a map's lower edge; `whole` counts source and credit too."""
    row = ("approval", "schematic", "scale", "north")
    return height_px - min(mark.box.top() for mark in placed if whole or mark.kind in row)


def _row_px(metrics: QFontMetricsF) -> float:
    return metrics.height() * 1.12


def boxed_words(atlas: Atlas, state: MapState) -> list[tuple[str, str]]:
    """Return the marks that stand in boxes of their own: the approval, and what is schematic."""
    words, schematic = words_of(state.language), _schematic(atlas, state)
    boxes = [("approval", one.said(words)) for one in approval_lines(state)]
    return [*boxes, ("schematic", words(schematic))] if schematic else boxes


def _length(metres: float, words: Words) -> str:
    if metres >= _KILOMETRE:
        return words("{length} km", length=f"{metres / _KILOMETRE:g}")
    return words("{length} m", length=f"{metres:g}")


def _free(x: float, width: float, row: QRectF, obstacles: Sequence[QRectF]) -> float:
    """Return where in a row, at or after a place, nothing lies over so much width."""
    blocked = [panel for panel in obstacles if panel.intersects(row)]
    for panel in sorted(blocked, key=lambda one: one.left()):
        if panel.left() < x + width and panel.right() > x:
            x = panel.right() + _GAP_PX
    return x


def _sources(  # noqa: PLR0917 - what the row has left, and all that stands there already
    atlas: Atlas,
    state: MapState,
    small: QFontMetricsF,
    rest: QRectF,
    obstacles: Sequence[QRectF],
    row: Sequence[Mark],
) -> list[Mark]:
    """Return what is compared, how one moves, source and credit, in the rest of the row or above.

    Parameters
    ----------
    atlas, state
        The map.
    small
        Measures the lettering.
    rest
        What is free of the row, up to the map's edge.
    obstacles, row
        Panels, and the marks that stand in the row.
    """
    made: list[Mark] = []
    top, height, width_px = rest.top(), rest.height(), rest.right()
    assumed, credit = _assumed(atlas, state), credit_line(atlas, state)
    beside = (p for p in obstacles if p.top() < rest.bottom() and p.bottom() > top)
    right = min([width_px, *(p.left() for p in beside if p.left() > rest.left())])
    room = right - _EDGE_PX - (rest.left() + _GAP_PX)

    def wide(parts: Sequence[str]) -> float:
        return small.horizontalAdvance(" · ".join(part for part in parts if part))

    def raised(kind: str, text: str) -> None:
        for one in reversed(_lines(text, small, right - 2 * _EDGE_PX)):
            size = QRectF(0, top - height, small.horizontalAdvance(one), height)
            taken = [*obstacles, *(mark.box for mark in (*row, *made))]
            made.append(Mark(kind, one, _free_above(size, right, taken)))

    kept = _compared(state)
    if kept and room < wide(kept):
        # What is compared has a row of its own, so that how one moves stays below it.
        raised("compared", assumed.pop(0))
    about = _about(atlas, state)
    if credit and room < wide([*kept, *(assumed or about)[:1], credit]):
        # A licence asks for this one, so it takes a row of its own rather than cut the other.
        raised("credit", credit)
        credit = ""
    told: list[str] = []
    for part in assumed:
        if wide([*told, part, credit]) <= room:
            told.append(part)
        else:
            # What changes a number is never cut and never left out.
            raised("source", part)
    for part in about:
        # The row says as much of the streets as it has room for.
        if wide([*told, part, credit]) > room:
            if not (assumed or told):
                raised("source", part)
            break
        told.append(part)
    text = " · ".join(part for part in (*told, credit) if part)
    if text:
        length = small.horizontalAdvance(text)
        made.append(Mark("source", text, QRectF(right - _EDGE_PX - length, top, length, height)))
    return made


def _free_above(size: QRectF, width_px: float, taken: Sequence[QRectF]) -> QRectF:
    """Return the lowest place at or above a row, as far right as may be, that nothing covers."""
    tops = sorted((box.top() - size.height() for box in taken), reverse=True)
    for y in (size.top(), *(top for top in tops if 0 <= top < size.top())):
        x = width_px - _EDGE_PX - size.width()
        for box in sorted(taken, key=lambda one: one.right(), reverse=True):
            if box.intersects(QRectF(x, y, size.width(), size.height())):
                x = box.left() - _GAP_PX - size.width()
        if x >= _EDGE_PX:
            return QRectF(x, y, size.width(), size.height())
    return QRectF(_EDGE_PX, size.top(), size.width(), size.height())


def _lines(text: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """Return a text as few lines as have room, broken after commas and words."""
    lines = [""]
    for piece in re.split(r"(?<=[,，、 ])", text):
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def bar_length_m(m_per_px: float) -> float:
    """Return the longest round length that a scale bar can have: 1, 2 or 5 times 10ⁿ metres."""
    longest = _BAR_LONGEST_PX * m_per_px
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest)


def source_line(atlas: Atlas, state: MapState) -> str:
    """Return speed, network and its date and source, as every map must say them."""
    return " · ".join([*_assumed(atlas, state), *_about(atlas, state)])


def _assumed(atlas: Atlas, state: MapState) -> list[str]:
    """Return all that changes a number on the map: what is compared, how one moves, edits."""
    words = words_of(state.language)
    parts: list[str] = []
    asked = question_on_map(state)
    if asked is not None:
        # What is compared on the map stands first.
        parts += _compared(state) or [moving.told(asked.travel).said(words)]
        together = moving.told_together(asked)
        parts += [] if together is None else [together.said(words)]
        found = compare.shown(state)
        beside = found.against if found is not None else None
        scenario = asked.scenario if asked.travel.mode == "transit" else None
        if scenario is not None and (beside is None or beside.kind != "scenario"):
            parts.append(scenario.title.said(state.language))
        if asked.reach_m != MODES[asked.travel.mode].reach_m:
            near = f"{asked.reach_m:g}"
            parts.append(words("land within {reach} m of a street", reach=near))
        answer = state.answers.reach_answer
        rough = moving.told_grid(answer.isochrone if answer is not None else None)
        parts += [one.said(words) for one in rough]
    for one in ANALYSES:
        answer = state.answers.result(one.answer)
        parts += [] if answer is None else [text.said(words) for text in one.told(answer.question)]
    edited = street_edits.told(asked.edits if asked else state.document.edits)
    if edited is not None:
        parts.append(edited.said(words))
    return [part for part in dict.fromkeys(parts) if part]


def _about(atlas: Atlas, state: MapState) -> list[str]:
    """Return source, date and owner of the streets, and how sure the years are."""
    words, told = words_of(state.language), atlas.network.streets.provenance
    # The shipped streets' own title and source have their Chinese words; others' stay.
    parts = [" ".join(part for part in (words(told.title), told.date) if part)]
    # It stands before the source, because what stands last is left out first where room is short.
    if any(years_inferred(layer) for layer in atlas.layers.values()):
        parts.append(YEARS_INFERRED.said(words))
    if told.source and told.source != told.title:
        parts.append(words(told.source))
    return [part for part in parts if part]


def _compared(state: MapState) -> list[str]:
    """Return what the comparison on the map is and how one moves on both sides; empty without."""
    heading, found = compare.heading(state), compare.shown(state)
    if heading is None or found is None:
        return []
    words = words_of(state.language)
    sides = (moving.told(question.travel).said(words) for question in (found.base, found.plan))
    return [heading.said(words), *dict.fromkeys(sides)]


def credit_line(atlas: Atlas, state: MapState) -> str:
    """Return the credits that OpenStreetMap's data and base maps ask for, else an empty text.

    OpenStreetMap is named once, in the map's language, whoever else names it too.
    """
    shown = (atlas.layers.get(entry.id) for entry in state.document.layers if entry.visible)
    licences = [layer.licence for layer in shown if layer is not None]
    licences.append(atlas.network.streets.provenance.licence)
    words = words_of(state.language)
    pictures = _picture_layers(atlas, state)
    credits = [_picture_credit(layer, picture, words) for layer, picture in pictures]
    by_osm = any(_OSM_CREDIT.search(picture.credit) for _, picture in pictures)
    if by_osm or any("ODbL" in licence for licence in licences):
        credits.insert(0, words("© OpenStreetMap contributors (ODbL)"))
    return " · ".join(dict.fromkeys(one for one in credits if one))


def pictures_shown(atlas: Atlas, state: MapState) -> list[GroundPicture]:
    """Return the pictures of the ground that a map shows, lowest first."""
    return [picture for _, picture in _picture_layers(atlas, state)]


def _picture_layers(atlas: Atlas, state: MapState) -> list[tuple[Layer, GroundPicture]]:
    shown = (one.id for one in state.document.layers if one.visible and one.opacity > 0)
    layers = [layer for one in shown if (layer := atlas.layers.get(one)) is not None]
    return [(layer, layer.picture) for layer in layers if layer.picture is not None]


def _picture_credit(layer: Layer, picture: GroundPicture, words: Words) -> str:
    """Return who is named for a picture beside OpenStreetMap; that a service is offline, too."""
    others = " ".join(_OSM_CREDIT.sub(" ", picture.credit).split()).strip(" |,&·")
    if picture.credit and picture.lacking is not None and isinstance(picture, TileService):
        return words("{credit} (offline)", credit=others or layer.title.said(words.language))
    return others


def paint_marks(
    painter: QPainter, placed: Sequence[Mark], viewport: Viewport, theme: Theme
) -> None:
    """Paint marks where they stand."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in placed:
        if mark.kind in ("approval", "schematic"):
            _boxed(painter, mark, theme)
        elif mark.kind == "scale":
            _scale(painter, mark, viewport, theme)
        elif mark.kind == "north":
            _north(painter, mark, theme, viewport.bearing_deg)
        else:
            painter.setFont(_face(theme, 0.92))
            _haloed(painter, mark.box, mark.text, theme.colour("label_2"), theme)
    painter.restore()


def _schematic(atlas: Atlas, state: MapState) -> str:
    layers = atlas.layers
    visible = {entry.id for entry in state.document.layers if entry.visible}
    streets = [key for key, layer in layers.items() if layer.geometry == "network"]
    streets_shown = not streets or any(key in visible for key in streets)
    # Answers rest on the network even where its lines are hidden.
    asked = state.document.reach is not None or bool(state.document.analyses)
    of_streets = atlas.network.streets.provenance.schematic and (streets_shown or asked)
    # Streets that are open belong to the streets' own layer.
    drawn = (layers[key] for key in visible if key in layers)
    of_layers = any(one.schematic for one in drawn if one.geometry != "network")
    if of_streets and of_layers:
        return "Schematic: streets and layers"
    if of_streets:
        return "Schematic: streets"
    return "Schematic: layers" if of_layers else ""


def _face(theme: Theme, scale: float = 1.0) -> QFont:
    return font((16.0 if theme.label_scale >= 1.0 else 12.0) * scale)


def _boxed(painter: QPainter, mark: Mark, theme: Theme) -> None:
    gold = mark.kind == "schematic"
    ink = QColor(_GOLD[theme.dark] if gold else theme.colour("label"))
    back = QColor(theme.colour("panel"))
    back.setAlphaF(0.82)
    pen = QPen(ink, 1.0)
    pen.setDashPattern([3.0, 2.4])
    painter.setPen(pen)
    painter.setBrush(back)
    painter.drawRoundedRect(mark.box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(ink)
    painter.setFont(_face(theme))
    painter.drawText(mark.box, Qt.AlignmentFlag.AlignCenter, mark.text)


def _scale(painter: QPainter, mark: Mark, viewport: Viewport, theme: Theme) -> None:
    length = bar_length_m(viewport.m_per_px) / viewport.m_per_px
    left, base = mark.box.left() + 1, mark.box.bottom() - 5
    bracket = QPolygonF(
        [
            QPointF(left, base - 7),
            QPointF(left, base),
            QPointF(left + length, base),
            QPointF(left + length, base - 7),
        ]
    )
    for colour, width in ((theme.colour("halo"), 4.0), (theme.colour("label"), 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawPolyline(bracket)
    painter.setFont(_face(theme))
    box = mark.box.adjusted(length + 8, 0, 4, 0)
    _haloed(painter, box, mark.text, theme.colour("label"), theme)


def _north(painter: QPainter, mark: Mark, theme: Theme, bearing_deg: float) -> None:
    x, middle = mark.box.left() + 6, mark.box.center().y()
    half = mark.box.height() * 0.42
    arrow = QPolygonF(
        [
            QPointF(x, middle - half),
            QPointF(x + half * 0.55, middle + half),
            QPointF(x, middle + half * 0.5),
            QPointF(x - half * 0.55, middle + half),
        ]
    )
    turned = QTransform.fromTranslate(x, middle).rotate(-bearing_deg).translate(-x, -middle)
    arrow = turned.map(arrow)
    painter.setPen(QPen(QColor(theme.colour("halo")), 3.0))
    painter.drawPolygon(arrow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour("label")))
    painter.drawPolygon(arrow)
    painter.setFont(_face(theme))
    box = mark.box.adjusted(14, 0, 4, 0)
    _haloed(painter, box, mark.text, theme.colour("label"), theme)


def _haloed(painter: QPainter, box: QRectF, text: str, colour: str, theme: Theme) -> None:
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    halo = QColor(theme.colour("halo"))
    halo.setAlphaF(0.8)
    painter.setPen(halo)
    for dx, dy in _AROUND:
        painter.drawText(box.translated(dx, dy), flags, text)
    painter.setPen(QColor(colour))
    painter.drawText(box, flags, text)
