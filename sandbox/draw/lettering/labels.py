"""Marks and names laid out so that none covers another, none is cut, none hides under a panel."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF

from sandbox.draw.lettering import along
from sandbox.draw.lettering.icon_atlas import Glyph, Icon, IconAtlas
from sandbox.draw.lettering.layout import Layout, Placed
from sandbox.draw.lettering.named import MARKED, SELECTED, Name, advances
from sandbox.draw.lettering.room import AROUND, BESIDE, OFFS_PX, Taken, seen_of
from sandbox.draw.theme import readable_on
from sandbox.draw.viewport import Viewport

Doubles = npt.NDArray[np.float64]

_GAP_PX: Final = 3.0
_EDGE_PX: Final = 6.0
# Names along lines are tried at these shares of what is seen of the line.
_SHARES: Final = (0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85)
# The same name along a line stands again no nearer than this.
_AGAIN_PX: Final = 420.0
# The origin's pin with its inner ring.
_PIN_BOX: Final = QRectF(-20, -20, 40, 40)
_SIDES: Final = ("left", "right", "top", "bottom")
# Where a name without a mark may move to.
_ABOUT: Final = (
    ("south", 0, 1), ("north", 0, -1), ("east", 1, 0), ("west", -1, 0),
    ("south", 0.7, 0.7), ("south", -0.7, 0.7), ("north", 0.7, -0.7), ("north", -0.7, -0.7),
)  # fmt: skip


class _Placing:
    """One layout being made."""

    def __init__(
        self,
        viewport: Viewport,
        icons: IconAtlas,
        taken: Sequence[QRectF],
        sides: dict[tuple[str, str], str],
    ) -> None:
        self.viewport = viewport
        self.icons = icons
        self.sides = sides
        self.taken = Taken()
        # Rings of stations that have no name here: a large name leaves them bare if it can.
        self.rings = Taken()
        self.window = QRectF(0, 0, viewport.width_px, viewport.height_px).adjusted(
            _EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX
        )
        self.placed: list[Placed] = []
        # How far marks of what must be seen stand from their points.
        self.moved: dict[int, QPointF] = {}
        # Whether marks that were placed before their names' turn found room.
        self.marked: dict[int, bool] = {}
        self.said: dict[str, list[QPointF]] = {}
        for box in taken:
            self.taken.add(box)

    def point(self, name: Name) -> None:
        """Place a mark, and its name on the best free side."""
        x, y = (float(value) for value in self.viewport.px(name.xy))
        mark = self._mark(name)
        if mark is not None and not self._placed_mark(name, mark):
            return
        if not name.lines:
            return
        if name.must and not name.area_px and not name.tag and name.rank < SELECTED:
            self.must_name(name)
            return
        if name.tag:
            self._tag(name, x, y)
        elif mark is None and not name.pin and not name.around_px:
            self._freely(name, x, y)
        else:
            around = _PIN_BOX if mark is None else mark.box
            if name.around_px:
                side = name.around_px
                around = QRectF(-side, -side, 2 * side, 2 * side)
            half = around.width() / 2 * 0.8 + 4.0
            tall = around.height() / 2 * 0.8 + 1.0
            offsets = {
                "left": QPointF(half, 0),
                "right": QPointF(-half, 0),
                "top": QPointF(0, tall),
                "bottom": QPointF(0, -tall),
            }
            first = self.sides.get(name.key)
            order = sorted(_SIDES, key=lambda side: side != first)
            variants = [name.lines] if len(name.lines) == 1 else [name.lines, name.lines[:1]]
            for lines in variants:
                tries = [(s, offsets[s], self.icons.text(lines, s)) for s in order]
                if self._try(name, x, y, tries):
                    return

    def must_mark(self, name: Name) -> None:
        """Place the mark of what must be seen: beside its point where that is taken."""
        mark = self._mark(name)
        if mark is None:
            return
        x, y = (float(value) for value in self.viewport.px(name.xy))
        # Marks have more room about them for their halo than numbers have.
        pad = 1.0 if name.badge[0] else 3.0
        own = mark.box.adjusted(pad, pad, -pad, -pad)
        for dx, dy in BESIDE:
            box = own.translated(x + dx, y + dy)
            if self.window.contains(box) and self.taken.free(box):
                self.taken.add(box)
                self.moved[id(name)] = QPointF(dx, dy)
                self._put(name, QPointF(dx, dy), mark, "", (own,))
                if dx or dy:
                    self._lead(name, dx, dy)
                self.marked[id(name)] = True
                return
        self.marked[id(name)] = False

    def _lead(self, name: Name, dx: float, dy: float) -> None:
        """Tie something to its point by a thin line beneath it."""
        icon = self.icons.leader(dx, dy, self.icons.theme.colour("label_2"))
        self._put(name, QPointF(), icon, "", ())

    def must_name(self, name: Name) -> None:
        """Place the name of what must be named: on any side, then farther off with a leader."""
        x, y = (float(value) for value in self.viewport.px(name.xy))
        by = self.moved.get(id(name), QPointF())
        mark = self._mark(name)
        around = mark.box if mark is not None else _PIN_BOX if name.pin else QRectF(-3, -3, 6, 6)
        half, tall = around.width() / 2 * 0.8 + 4.0, around.height() / 2 * 0.8 + 1.0
        first = self.sides.get(name.key)
        variants = [name.lines] if len(name.lines) == 1 else [name.lines, name.lines[:1]]
        for off in OFFS_PX:
            for lines in variants:
                tries = [
                    (side, by + QPointF(sx * (half + off), sy * (tall + off)),
                     self.icons.text(lines, side))
                    for side, sx, sy in sorted(AROUND, key=lambda one: one[0] != first)
                ]  # fmt: skip
                if self._try(name, x, y, tries):
                    offset = self.placed[-1].offset
                    if off:
                        self._lead(name, offset.x(), offset.y())
                    return

    def mark_first(self, name: Name) -> None:
        """Place a mark before its name's turn."""
        mark = self._mark(name)
        if mark is not None:
            self.marked[id(name)] = self._put_mark(name, mark)

    def _placed_mark(self, name: Name, mark: Icon) -> bool:
        """Return whether a name's mark stands, placing it unless its turn came before."""
        known = self.marked.get(id(name))
        return self._put_mark(name, mark) if known is None else known

    def _put_mark(self, name: Name, mark: Icon) -> bool:
        """Place a mark if there is room; return whether there is."""
        x, y = (float(value) for value in self.viewport.px(name.xy))
        box = mark.box.translated(x, y)
        # A ring is small, so a label that may overlap marks would hide it.
        large = name.rank < 0 and not name.ring
        shrunk = box.adjusted(8, 8, -8, -8) if large else box.adjusted(3, 3, -3, -3)
        if not self.taken.free(shrunk) or not self.window.contains(shrunk):
            return False
        self.taken.add(shrunk)
        self._put(name, QPointF(), mark, "", (mark.box.adjusted(3, 3, -3, -3),))
        return True

    def ring(self, name: Name) -> None:
        """Know of a ring before it is placed."""
        mark = self._mark(name)
        if mark is not None:
            x, y = (float(value) for value in self.viewport.px(name.xy))
            self.rings.add(mark.box.adjusted(3, 3, -3, -3).translated(x, y))

    def _freely(self, name: Name, x: float, y: float) -> None:
        """Place a name without a mark on its point, or as near to it as there is room."""
        shift = name.shift_px
        sides = [("center", QPointF())]
        if shift:
            sides += [
                (side, QPointF(dx * shift * share, dy * shift * share))
                for share in (0.5, 1.0)
                for side, dx, dy in _ABOUT
            ]
        variants = (
            [name.lines[:n] for n in range(len(name.lines), 0, -1)] if shift else [name.lines]
        )
        for lines in variants:
            icon = self.icons.text(lines, "center")
            tries = [(side, offset, icon) for side, offset in sides]
            clear = [one for one in tries if self.rings.free(_box(icon, x, y, one[1]))]
            if self._try(name, x, y, clear):
                return
        icon = self.icons.text(name.lines[:1], "center")
        self._try(name, x, y, [(side, offset, icon) for side, offset in sides])

    def line(self, name: Name) -> None:
        """Place a name along what is seen of its line."""
        points = self.viewport.px(name.xy)
        text = name.lines[0]
        widths = advances(text)
        need = sum(widths) + name.spacing * text.size_px * (len(widths) - 1)
        for part in seen_of(points, self.window):
            length = float(np.hypot(*np.diff(part, axis=0).T).sum())
            if length < need:
                continue
            for share in _SHARES:
                glyphs = along.along(
                    text.text, widths, text.size_px, part, length * share, name.spacing
                )
                if glyphs and self._along(name, glyphs):
                    break
        if name.must and text.text not in self.said:
            self._across(name)

    def _across(self, name: Name) -> None:
        """Write the name of a line that must be named level, as near to it as there is room."""
        points = self.viewport.px(name.xy)
        for part in seen_of(points, self.window):
            line = shapely.linestrings(part)
            for share in (*_SHARES, 0.05, 0.95):
                at = shapely.get_coordinates(
                    shapely.line_interpolate_point(line, share, normalized=True)
                )[0]
                icon = self.icons.text(name.lines, "center")
                for dx in (0.0, 40.0, -40.0):
                    box = icon.box.adjusted(2, 2, -2, -2).translated(at[0] + dx, at[1])
                    if self.window.contains(box) and self.taken.free(box):
                        self.taken.add(box)
                        x, y = (float(v) for v in self.viewport.xy((at[0] + dx, at[1])))
                        own = (icon.box.adjusted(2, 2, -2, -2),)
                        self.placed.append(Placed(name.key, (x, y), QPointF(), icon, "along", own))
                        self.said.setdefault(name.lines[0].text, []).append(box.center())
                        return

    def _along(self, name: Name, glyphs: tuple[Glyph, ...]) -> bool:
        text = name.lines[0]
        boxes = along.boxes(glyphs, text.size_px)
        middle = boxes[len(boxes) // 2].center()
        near = self.said.get(text.text, [])
        if any(
            math.hypot(middle.x() - p.x(), middle.y() - p.y()) < _AGAIN_PX for p in near
        ) or not all(self.window.contains(box) and self.taken.free(box) for box in boxes):
            return False
        # Positions count from a whole pixel, so the picture is found again after panning.
        x0, y0 = float(round(middle.x())), float(round(middle.y()))
        shifted = tuple(
            Glyph(g.text, round(g.x - x0, 1), round(g.y - y0, 1), round(g.angle, 1)) for g in glyphs
        )
        icon = self.icons.along(shifted, text.size_px, text.colour)
        for box in boxes:
            self.taken.add(box.adjusted(-_GAP_PX, -_GAP_PX, _GAP_PX, _GAP_PX))
        self.said.setdefault(text.text, []).append(middle)
        x, y = (float(value) for value in self.viewport.xy((x0, y0)))
        own = tuple(box.translated(-x0, -y0) for box in boxes)
        self.placed.append(Placed(name.key, (x, y), QPointF(), icon, "along", own))
        return True

    def _mark(self, name: Name) -> Icon | None:
        theme = self.icons.theme
        if name.badge[0]:
            text, colour = name.badge
            return self.icons.badge(
                text, colour, readable_on(colour), round(theme.symbol_px * 0.54)
            )
        if name.ring:
            near = self.viewport.m_per_px < (20 if name.mark_first else 8)
            return self.icons.ring(name.ring, theme.symbol_px * 0.19 * (1.0 if near else 0.72))
        if name.mark is None:
            return None
        scale = (
            1.0 if self.viewport.m_per_px <= 8 else 0.84 if self.viewport.m_per_px <= 20 else 0.7
        )
        return self.icons.mark(name.mark, round(theme.symbol_px * (scale if name.rank >= 0 else 1)))

    def _tag(self, name: Name, x: float, y: float) -> None:
        icon = self.icons.tag(name.lines, name.tag)
        tries = [("tag", QPointF(), icon)]
        if name.course is not None:
            line = shapely.linestrings(self.viewport.px(name.course))
            for share in (0.6, 0.84, 0.5, 0.92, 0.4, 0.3, 0.97, 0.22, 0.14):
                point = shapely.line_interpolate_point(line, share, normalized=True)
                px, py = (float(v) for v in shapely.get_coordinates(point)[0])
                beside = icon.box.width() / 2 + 8.0
                tries += [
                    ("tag", QPointF(px + dx - x, py - y), icon) for dx in (0.0, beside, -beside)
                ]
        self._try(name, x, y, tries)

    def _try(self, name: Name, x: float, y: float, tries: list[tuple[str, QPointF, Icon]]) -> bool:
        for side, offset, icon in tries:
            own = icon.box.adjusted(2, 2, -2, -2)
            box = _box(icon, x, y, offset)
            if self.window.contains(box) and self.taken.free(box):
                self.taken.add(box.adjusted(-_GAP_PX, -1, _GAP_PX, 1))
                self._put(name, offset, icon, side, (own,))
                return True
        return False

    def _put(
        self, name: Name, offset: QPointF, icon: Icon, side: str, boxes: tuple[QRectF, ...]
    ) -> None:
        xy = (float(name.xy[0]), float(name.xy[1]))
        self.placed.append(Placed(name.key, xy, offset, icon, side, boxes))


def lay_out(
    candidates: Sequence[Name],
    viewport: Viewport,
    icons: IconAtlas,
    taken: Sequence[QRectF],
    sides: dict[tuple[str, str], str],
) -> Layout:
    """Place what is most urgent first; what finds no free place is left out.

    Parameters
    ----------
    candidates
        Most urgent first.
    viewport
        Canvas.
    icons
        Pictures in its theme and pixel ratio.
    taken
        Panels, marks and tags that nothing may cover, logical pixels.
    sides
        Where names stood before; they stay there if they can.
    """
    placing = _Placing(viewport, icons, taken, sides)
    for name in candidates:
        if name.ring and not name.lines:
            placing.ring(name)
    for name in candidates:
        if name.must and not name.along and name.rank <= MARKED + 1.0:
            placing.must_mark(name)
    waiting = [name for name in candidates if name.mark_first]
    for name in candidates:
        if waiting and name.rank > SELECTED:
            for one in waiting:
                if one.rank > SELECTED:
                    placing.mark_first(one)
            waiting = []
        if not name.along:
            placing.point(name)
        elif name.lines:
            placing.line(name)
    return Layout(placing.placed, viewport)


def _box(icon: Icon, x: float, y: float, offset: QPointF) -> QRectF:
    return icon.box.adjusted(2, 2, -2, -2).translated(x + offset.x(), y + offset.y())
