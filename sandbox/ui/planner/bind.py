"""Actions of the one table bound to what they do, as Qt actions of a window."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sandbox.app.actions import ACTIONS, Action
from sandbox.words import Words


def bind(window: QWidget, calls: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return an action for each call, with its shortcut working anywhere in the window."""
    known = {action.id: action for action in ACTIONS}
    made: dict[str, QAction] = {}
    for name, call in calls.items():
        action = made[name] = QAction(window)
        if known[name].shortcut:
            action.setShortcut(QKeySequence(known[name].shortcut))
        action.triggered.connect(lambda _checked=False, do=call: do())
        window.addAction(action)
    return made


def shown_keys(keys: str, said: Words) -> str:
    """Return keys of Qt's portable form, several with spaces between, as keyboards show them.

    Qt's own names follow the language that the program began with, not the one of now.
    """
    names = {
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
        "Return": "Enter",
        "Space": said("Space key"),
        "PgUp": "Page Up",
        "PgDown": "Page Down",
    }

    def shown(one: str) -> str:
        *held, last = one.split("+") if not one.endswith("+") else [*one[:-2].split("+"), "+"]
        return "+".join([*(key for key in held if key), names.get(last, last)])

    return "  ".join(map(shown, keys.split()))


def say(actions: Mapping[str, QAction], said: Words) -> None:
    """Give the actions their words in a language."""
    for action in ACTIONS:
        made = actions.get(action.id)
        if made is None:
            continue
        _say(made, said(action.text), action, said)


def name_ends(actions: Mapping[str, QAction], said: Words, *, towards: bool) -> None:
    """Say of what stands at the place asked about whether ways begin or end there."""
    names = {
        "home": said("Back to the destination") if towards else said("Back to the origin"),
        "add_origin": said("Add a destination") if towards else said("Add an origin"),
        "clear_origin": said("Remove destination") if towards else said("Remove the origin"),
    }
    for action in ACTIONS:
        if action.id in names and action.id in actions:
            _say(actions[action.id], names[action.id], action, said)


def _say(made: QAction, text: str, action: Action, said: Words) -> None:
    keys = shown_keys(action.shortcut, said)
    made.setText(text)
    made.setToolTip(f"{text}  {keys}".strip())
