"""How hands turn a tilted map about its middle, and tilt it; the flat map stays as it is."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from sandbox.app.state import View
from sandbox.draw.viewport import turned

_TURN_DEG_PER_PX, _TILT_DEG_PER_PX = 0.25, 0.15
# With Ctrl: by how much a key turns, and tilts.
_BY_KEY: Final = {
    Qt.Key.Key_Left: (-15.0, 0.0),
    Qt.Key.Key_Right: (15.0, 0.0),
    Qt.Key.Key_Up: (0.0, -5.0),
    Qt.Key.Key_Down: (0.0, 5.0),
}


def turned_by_drag(view: View, by_px: QPointF) -> View:
    """Return a view after the mouse dragged it: sideways turns, up and down tilts."""
    return turned(view, -by_px.x() * _TURN_DEG_PER_PX, -by_px.y() * _TILT_DEG_PER_PX)


def turned_by_key(view: View, event: QKeyEvent) -> View | None:
    """Return a view after a key, None where the key doesn't turn it."""
    key = Qt.Key(event.key())
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or key not in _BY_KEY:
        return None
    return turned(view, *_BY_KEY[key])
