"""What is wrong with a kiosk's picture as a visitor sees it: subjects unseen, icons in a heap."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF

from sandbox.app import places
from sandbox.app.kiosk.subjects.told import says_here
from sandbox.app.state import Subject
from sandbox.draw.lettering.layout import Layout, Placed
from sandbox.draw.viewport import Viewport
from sandbox.ui.kiosk.window import KioskWindow

# Halo about a mark, which may touch another's.
_HALO_PX = 3.0


def faults(window: KioskWindow) -> list[str]:
    """Return all that is wrong with the picture that a window has completed."""
    return list(_faults(window))


def _faults(window: KioskWindow) -> Iterator[str]:
    newest = window._map._names.made
    assert newest is not None
    layout, viewport = newest[1], window._viewport()
    panels = window._face.obstacles()
    for subject in window.session.state.gesture.subjects:
        yield from _of_subject(window, subject, layout, viewport, panels)
    scene, stage = window._show.scene, window._show.state.stage
    tag = window._overlay._here
    if says_here(scene, stage) and tag is None:
        yield "it doesn't say where one stands"
    said = [box for _, _, box in _boxes(layout, viewport, names=True)]
    if tag is not None and any(tag.box.intersects(box) for box in said):
        yield "a name lies on the words that say where one stands"
    marks = list(_boxes(layout, viewport, names=False))
    for (_, one, first), (_, other, second) in combinations(marks, 2):
        if first.intersects(second):
            yield f"the icons of {one} and {other} overlap"


def _of_subject(
    window: KioskWindow,
    subject: Subject,
    layout: Layout,
    viewport: Viewport,
    panels: list[QRectF],
) -> Iterator[str]:
    key = (subject.where.layer, subject.where.id)
    mine = [one for one in layout.placed if one.key == key]
    pin = _pinned(window, subject)
    drawn = pin or any(not one.side for one in mine) or any(one.side for one in mine)
    if not drawn:
        yield f"{key} isn't drawn"
    named = [one for one in mine if one.side or one.icon.box.width() > 60]
    if subject.named and not named:
        yield f"{key} isn't named"
    picture = QRectF(0, 0, viewport.width_px, viewport.height_px)
    for one in mine:
        for box in _at(one, viewport):
            if not picture.contains(box):
                yield f"{key} is cut by the edge"
            if any(box.intersects(panel) for panel in panels):
                yield f"{key} is covered by a panel"


def _pinned(window: KioskWindow, subject: Subject) -> bool:
    """Whether the origin's pin stands on a subject."""
    asked = window.session.state.document.reach
    place = places.place(window.session.atlas.layers, subject.where)
    return asked is not None and place is not None and asked.place == subject.where


def _boxes(
    layout: Layout, viewport: Viewport, *, names: bool
) -> Iterator[tuple[Placed, tuple[str, str], QRectF]]:
    for one in layout.placed:
        if bool(one.side) == names and one.key[0]:
            for box in _at(one, viewport):
                yield one, one.key, box.adjusted(_HALO_PX, _HALO_PX, -_HALO_PX, -_HALO_PX)


def _at(one: Placed, viewport: Viewport) -> list[QRectF]:
    x, y = viewport.px(one.xy)
    at = QPointF(float(x), float(y)) + one.offset
    return [box.translated(at) for box in one.boxes]
