"""What a presenter's remote and a keyboard ask of the kiosk."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

KEYS: Final = {
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageUp: "previous",
    Qt.Key.Key_Left: "previous",
    Qt.Key.Key_Up: "previous",
    Qt.Key.Key_B: "black",
    Qt.Key.Key_Period: "black",
    Qt.Key.Key_F: "freeze",
    Qt.Key.Key_L: "language",
    Qt.Key.Key_S: "sounds",
}


def action_of(event: QKeyEvent) -> str | None:
    """Return the show's action that a key stands for; None for all else, and for keys held."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held or event.isAutoRepeat():
        return None
    return KEYS.get(Qt.Key(event.key()))
