"""The window of departures, one by one as a film, and how reliable times are."""

from collections.abc import Hashable
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QSlider, QWidget

from sandbox.app.answers import departures
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.draw.answers.areas import BANDS_ALPHA
from sandbox.draw.theme import band_colours
from sandbox.ui.answers.panel import Legend, Shown
from sandbox.ui.crash import guarded
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import button, column, follow, icon_button, label, look, row, words

_FRAME_MS = 350


class DeparturesBox(QWidget):
    """Runs through the departures of a question by transit; a part of the reach panel."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._title, self._moment = label("small", "third"), label("small")
        self._play = icon_button()
        self._play.setCheckable(True)
        self._play.toggled.connect(self._run)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.valueChanged.connect(self._show_departure)
        self._whole = button("link")
        self._whole.clicked.connect(self._show_whole)
        self._reliable = QCheckBox()
        self._reliable.toggled.connect(self._set_reliable)
        self._clock = QTimer(self)
        self._clock.setInterval(_FRAME_MS)
        self._clock.timeout.connect(self._next)
        inside = column(self, (0, 0, 0, 0), 6)
        inside.addLayout(row(self._title, None, self._whole, self._moment, spacing=10))
        line = row(self._play, self._slider)
        line.setStretch(1, 1)
        inside.addLayout(line)
        inside.addWidget(self._reliable)
        follow(
            session,
            self,
            lambda s: (
                s.document.reach,
                s.answers.reach_answer,
                s.gesture.departure,
                s.document.spread,
                s.language,
                s.theme,
            ),
            self._show,
        )
        self._show()

    @guarded
    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the film with the panel that shows it."""
        self._play.setChecked(False)

    def _run(self, on: bool) -> None:
        if on:
            self._next()
            self._clock.start()
        else:
            self._clock.stop()

    def _next(self) -> None:
        state = self._session.state
        answer, found = departures.answered(state), departures.shown(state)
        if answer is None:
            return
        # The next picture is asked for when the last one is there.
        if state.gesture.departure is not None and (
            found is None or found.departure != state.gesture.departure
        ):
            return
        count = len(departures.moments(answer))
        number = 0 if state.gesture.departure is None else (state.gesture.departure + 1) % count
        self._show_departure(number)

    def _show_departure(self, number: int) -> None:
        # A departure is looked at in passing; only leaving the map of reliability is a
        # step.
        self._session.change(undoable=True, departure=number, spread=False)

    def _show_whole(self) -> None:
        self._play.setChecked(False)
        self._session.change(departure=None)

    def _set_reliable(self, on: bool) -> None:
        self._play.setChecked(False)
        self._session.change(undoable=True, spread=on, departure=None)

    def _show(self) -> None:
        said, state = words(self._session), self._session.state
        by_transit = (
            state.document.reach is not None and state.document.reach.travel.mode == "transit"
        )
        answer = departures.answered(state)
        # Until the first answer is there, there is nothing to play, so the controls are hidden.
        self.setVisible(by_transit and answer is not None)
        if not by_transit or answer is None:
            return
        towards = answer.ride.arrive
        self._title.setText(
            said("Step through arrivals") if towards else said("Step through departures")
        )
        every = departures.moments(answer)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, len(every) - 1)
            self._slider.setValue(state.gesture.departure or 0)
        self._slider.setAccessibleName(self._title.text())
        running = state.gesture.departure is not None
        number = (state.gesture.departure or 0) % len(every)
        self._moment.setText(f"{every[number]:%H:%M}" if running else said("full window"))
        self._whole.setText(said("All"))
        self._whole.setVisible(running)
        playing = self._play.isChecked()
        name = "pause" if playing else "play"
        self._play.setIcon(icons.icon(name, look(self._session).colour("ink")))
        self._play.setAccessibleName(said("Stop") if playing else said("Play"))
        self._play.setToolTip(self._play.accessibleName())
        self._reliable.setText(said("Show reliability"))
        self._reliable.setToolTip(
            said("Variation of travel time between departures: 5th to 95th percentile.")
        )
        self._reliable.setEnabled(departures.has_spread(answer) or state.document.spread)
        with QSignalBlocker(self._reliable):
            self._reliable.setChecked(state.document.spread)


def _watched(state: MapState) -> Hashable:
    window = departures.shown(state)
    return (id(window), window.departure, window.spread) if window else None


def _legend(session: Session) -> Legend | None:
    """Return the bands of how much times vary."""
    state, said, theme = session.state, words(session), look(session)
    window = departures.shown(state)
    if window is None or not window.spread or not state.document.reach_shown:
        return None
    ground, colours = theme.colour("ground"), band_colours(theme, len(window.bands_min))
    return Legend(
        said("Variation of travel time, 5th to 95th percentile"),
        [
            (
                icons.area_picture(colour, "", 18, BANDS_ALPHA, ground),
                said("up to {minutes} min", minutes=f"{band:g}"),
            )
            for colour, band in zip(colours, window.bands_min, strict=True)
        ],
    )


SHOWN: Final = Shown(_watched, _legend)
