"""For screen readers: role and value of widgets that Qt doesn't know."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role


class _Heard(QAccessibleWidget):
    """A widget with a role and a value of its own; its name is its accessible name."""

    def __init__(self, widget: QWidget, role: Role, value: Callable[[], str]) -> None:
        super().__init__(widget, role)
        self._value = value

    def text(self, t: QAccessible.Text) -> str:
        """Return the value where it is asked for, else what Qt knows."""
        return self._value() if t == QAccessible.Text.Value else super().text(t)


def hear_as(widget: QWidget, role: Role, value: Callable[[], str]) -> None:
    """Let a widget be heard as what it is.

    Parameters
    ----------
    widget, role
        Which one, and what it is.
    value
        Returns what it shows now.
    """
    _install()
    widget.__dict__["heard"] = (role, value)


def value_changed(widget: QWidget) -> None:
    """Have a widget's value read out anew, if somebody listens."""
    if QAccessible.isActive():
        _, value = widget.__dict__["heard"]
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, value()))


@cache
def _install() -> None:
    QAccessible.installFactory(_made)


def _made(_kind: str, widget: QObject) -> QAccessibleInterface | None:
    heard = getattr(widget, "heard", None)
    if heard is None or not isinstance(widget, QWidget):
        return None
    # The widget keeps it, because Qt holds no reference that Python counts.
    made = widget.__dict__["heard_by"] = _Heard(widget, *heard)
    return made
