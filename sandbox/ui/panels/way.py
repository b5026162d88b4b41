"""The way to a place on foot, by bike or by car: minutes, length, climb, and street by street."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from sandbox.analysis.route import Route, Step, Turn
from sandbox.app import places
from sandbox.app.answers.journey import shown
from sandbox.app.questions import JourneyAnswer
from sandbox.app.session import Session
from sandbox.ui.parts.widgets import Wrapped, column, words
from sandbox.words import Text

_STEPS_SHOWN: Final = 7
_DIFFERS_MIN: Final = 0.5
_KILOMETRE: Final = 1000.0
_ARROWS: Final[Mapping[Turn, str]] = {
    "": "•",
    "straight": "↑",
    "slight_left": "↖",
    "left": "←",
    "sharp_left": "↙",
    "back": "↓",
    "sharp_right": "↘",
    "right": "→",
    "slight_right": "↗",
}


class WayBox(QWidget):
    """The way to the selected place, or why there is none; nothing where none is asked for.

    Parameters
    ----------
    session
        Whose way it shows.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._whole, self._back = Wrapped(), Wrapped("small", "second")
        self._steps = Wrapped("small", "second")
        lines = column(self, (0, 0, 6, 0), 6)
        for widget in (self._whole, self._back, self._steps):
            lines.addWidget(widget)
        self.hide()

    def show_way(self) -> None:
        """Show the way that stands in the state."""
        answer, said = shown(self._session.state), words(self._session)
        mine = answer is not None and answer.question.travel.mode != "transit"
        self.setVisible(mine)
        if answer is None or not mine:
            return
        found = answer.route
        self._steps.setVisible(found is not None)
        if found is None:
            self._whole.setText(answer.refused.said(said) if answer.refused else "")
            self._back.hide()
            return
        whole = [_whole(found), *places.measured(*found.measured)]
        self._whole.setText(" · ".join(text.said(said) for text in whole))
        back = _back(answer, found)
        self._back.setVisible(back is not None)
        if back is not None:
            self._back.setText(back.said(said))
        told = [self._step(step) for step in found.steps if step.kind in {"way", "ferry"}]
        if len(told) > _STEPS_SHOWN:
            more = len(told) - _STEPS_SHOWN + 1
            told[_STEPS_SHOWN - 1 :] = [said("and {count} more streets", count=more)]
        self._steps.setText("\n".join(told))

    def _step(self, step: Step) -> str:
        said = words(self._session)
        if step.kind == "ferry":
            name = step.street or "–"
            minutes = f"{step.minutes:.0f}"
            return said(
                "Ferry {name}, including the wait · {minutes} min", name=name, minutes=minutes
            )
        street = step.street or said("unnamed street")
        return f"{_ARROWS[step.turn]} {street} · {_length(step.metres)}"


def _whole(found: Route) -> Text:
    """Return how long a way is and takes, with its climb where heights are known."""
    if not found.steps:
        return Text("You are already there.")
    values = {"minutes": f"{found.minutes:.0f}", "length": _length(found.metres)}
    if found.ascent_m is None or found.descent_m is None:
        texts = {
            "walk": Text("{minutes} min on foot, {length}", values),
            "bike": Text("{minutes} min by bike, {length}", values),
            "drive": Text("{minutes} min by car, {length}", values),
        }
        return texts[found.travel.mode]
    values |= {"up": f"{found.ascent_m:.0f}", "down": f"{found.descent_m:.0f}"}
    texts = {
        "walk": Text("{minutes} min on foot, {length}, ↗ {up} m ↘ {down} m", values),
        "bike": Text("{minutes} min by bike, {length}, ↗ {up} m ↘ {down} m", values),
        "drive": Text("{minutes} min by car, {length}, ↗ {up} m ↘ {down} m", values),
    }
    return texts[found.travel.mode]


def _back(answer: JourneyAnswer, found: Route) -> Text | None:
    """Return how long the way back takes where that differs, as slopes and one-ways make it."""
    if answer.back_minutes is None:
        return Text("There is no route back.")
    if abs(answer.back_minutes - found.minutes) < _DIFFERS_MIN:
        return None
    return Text("The return takes {minutes} min.", {"minutes": f"{answer.back_minutes:.0f}"})


def _length(metres: float) -> Text:
    if metres >= _KILOMETRE:
        return Text("{length} km", {"length": f"{metres / _KILOMETRE:.1f}"})
    return Text("{length} m", {"length": f"{metres:.0f}"})
