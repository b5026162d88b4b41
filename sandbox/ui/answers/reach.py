"""The reach panel: where from, how long, how fast; how much ground and which places."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from sandbox.analysis.isochrone import REACH_M_LIMITS
from sandbox.app import moving, places
from sandbox.app.answers import departures
from sandbox.app.answers.awaited import question_on_map
from sandbox.app.asking import Asker
from sandbox.app.questions import ReachAnswer, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import band_alphas, band_colours, lines_share
from sandbox.streets.modes import MODES
from sandbox.streets.travel import WALK_KMH_LIMITS
from sandbox.ui.answers.departures import DeparturesBox
from sandbox.ui.answers.panel import Figure, Legend, Line, Shown, Table
from sandbox.ui.panels.answer import AreaRows, PlaceRows
from sandbox.ui.panels.moving import MovingBox
from sandbox.ui.panels.number import NumberField
from sandbox.ui.panels.origins import OriginRows
from sandbox.ui.parts import icons
from sandbox.ui.parts.cutoffs import CutoffSlider
from sandbox.ui.parts.widgets import (
    OLDER,
    Elided,
    Scrolled,
    Wrapped,
    action_button,
    answered,
    calm,
    column,
    dimming,
    follow,
    label,
    look,
    minutes,
    row,
    rule,
    words,
)


class ReachPanel(Scrolled):
    """Asks the reach question and shows its answer.

    Parameters
    ----------
    session, asker
        Whose question, and who answers it.
    actions
        ``pick_origin`` and ``clear_origin``.
    """

    def __init__(self, session: Session, asker: Asker, actions: dict[str, QAction]) -> None:
        super().__init__(10)
        self._session = session
        self._asker = asker
        self._actions = actions
        whole = self.inside
        self._empty = Wrapped(tone="second")
        self._origins = OriginRows(session, asker)
        self._body = QWidget()
        whole.addLayout(self._origin_box())
        whole.addWidget(self._empty)
        whole.addWidget(self._body)
        whole.addStretch(1)
        inside = column(self._body, (0, 4, 0, 0), 12)
        inside.addWidget(MovingBox(session, asker))
        inside.addWidget(DeparturesBox(session))
        inside.addLayout(self._cutoff_box())
        inside.addLayout(self._number_box())
        self._results = QWidget()
        self._areas, self._places = AreaRows(session), PlaceRows(session)
        below = column(self._results, (0, 0, 0, 0), 12)
        for widget in (rule(), self._areas, rule(), self._places):
            below.addWidget(widget)
        self._older = Wrapped("small", "warn")
        inside.addWidget(self._older)
        inside.addWidget(self._results)
        self._dim = dimming(self._results)
        follow(
            session,
            self,
            lambda s: (s.language, s.theme, s.document.layers, minutes(s)),
            self._show,
        )
        # Origins that are refused have no answer, and can be removed all the same.
        follow(
            session,
            self,
            lambda s: (
                answered(s),
                s.answers.outdated,
                s.document.reach.others if s.document.reach else (),
            ),
            calm(self, self._show),
        )
        self._show()

    def _origin_box(self) -> QVBoxLayout:
        self._origin_title = label("small", "third")
        pick = action_button(self._actions["pick_origin"], "link")
        add = action_button(self._actions["add_origin"], "link")
        clear = action_button(self._actions["clear_origin"], "link")
        self._add, self._clear = add, clear
        box = QFrame()
        box.setObjectName("origin")
        box.setFixedHeight(34)
        self._origin_picture = QLabel()
        self._origin_name = Elided()
        self._origin_where = label("small", "second")
        line = QHBoxLayout(box)
        line.setContentsMargins(10, 0, 10, 0)
        line.setSpacing(8)
        line.addWidget(self._origin_picture)
        line.addWidget(self._origin_name, 1)
        line.addWidget(self._origin_where)
        self._origin_frame = box
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addLayout(row(self._origin_title, None, clear, pick, spacing=10))
        made.addWidget(box)
        made.addWidget(self._origins)
        made.addLayout(row(None, add))
        return made

    def _cutoff_box(self) -> QVBoxLayout:
        self._cutoff_title = label("small", "third")
        self._cutoff_value = label()
        self._slider = CutoffSlider(self._set_minutes)
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addLayout(row(self._cutoff_title, None, self._cutoff_value))
        self._cutoff_title.setBuddy(self._slider)
        made.addWidget(self._slider)
        return made

    def _number_box(self) -> QHBoxLayout:
        self._speed_title, self._reach_title = label("small", "third"), label("small", "third")
        self._speed = NumberField(WALK_KMH_LIMITS, self._set_speed)
        self._width = NumberField(REACH_M_LIMITS, self._set_reach)
        made = QHBoxLayout()
        made.setSpacing(12)
        for title, field in ((self._speed_title, self._speed), (self._reach_title, self._width)):
            part = QVBoxLayout()
            part.setSpacing(6)
            title.setBuddy(field)
            part.addWidget(title)
            part.addWidget(field)
            made.addLayout(part, 1)
        return made

    def _set_speed(self, kmh: float) -> None:
        question = self._session.state.document.reach
        if question is not None:
            self._asker.ask(replace(question, travel=replace(question.travel, walk_kmh=kmh)))

    def _set_reach(self, metres: float) -> None:
        question = self._session.state.document.reach
        if question is not None:
            self._asker.ask(replace(question, reach_m=metres))

    def _set_minutes(self, minutes: tuple[float, ...], moving: bool) -> None:
        question = self._session.state.document.reach
        if question is not None:
            self._asker.ask(replace(question, minutes=minutes), moving)

    def _show(self) -> None:
        said, question = words(self._session), self._session.state.document.reach
        towards = question is not None and question.travel.towards
        several = question is not None and bool(question.others)
        one = said("Destination") if towards else said("Origin")
        every = said("Destinations") if towards else said("Origins")
        self._origin_title.setText(every if several else one)
        self._cutoff_title.setText(said("Cutoffs"))
        self._speed_title.setText(said("Walking speed"))
        self._reach_title.setText(said("Land counted beside a street"))
        self._speed.name(said("Walking speed"), said("km/h"))
        self._width.name(said("Land counted beside a street"), said("m"))
        self._slider.setAccessibleName(said("Cutoffs"))
        self._empty.setText(
            said("Click anywhere on the map to see what can be reached from there.")
        )
        self._empty.setVisible(question is None)
        self._body.setVisible(question is not None)
        self._clear.setVisible(question is not None)
        self._add.setVisible(question is not None)
        self._origin_frame.setVisible(question is not None and not several)
        self._origins.setVisible(several)
        if question is not None:
            self._show_question(question)
        self._show_answer(self._session.state.answers.reach_answer)

    def _show_question(self, question: ReachQuestion) -> None:
        theme, language = look(self._session), self._session.state.language
        self._origins.show_question(question)
        lon, lat = question.origin_lonlat
        place = places.place(self._session.atlas.layers, question.place) if question.place else None
        if place is not None:
            self._origin_picture.setPixmap(icons.layer_picture(place.layer, theme))
            self._origin_name.setText(place.name(language))
            self._origin_where.setText(f"{lon:.4f}, {lat:.4f}")
        else:
            self._origin_picture.setPixmap(icons.picture("pin", theme.colour("ink_2")))
            self._origin_name.setText(f"{lon:.5f}, {lat:.5f}")
            self._origin_where.setText("")
        cutoffs = " · ".join(f"{minute:g}" for minute in question.minutes)
        self._cutoff_value.setText(words(self._session)("{minutes} minutes", minutes=cutoffs))
        facts = MODES[question.travel.mode]
        self._slider.show_minutes(question.minutes, theme, facts.slider_minutes)
        self._speed.show_number(question.travel.walk_kmh)
        self._width.show_number(question.reach_m)

    def _show_answer(self, answer: ReachAnswer | None) -> None:
        shown = answer is not None and self._session.state.document.reach is not None
        self._results.setVisible(shown)
        self._dim.setEnabled(shown and self._session.state.answers.outdated)
        self._older.setVisible(shown and self._session.state.answers.outdated)
        self._older.setText(words(self._session)(OLDER))
        if answer is not None and shown:
            self._areas.show_answer(answer)
            self._places.show_answer(answer)

    def sizeHint(self) -> QSize:
        """Return the dock's width."""
        return QSize(360, 600)


def _watched(state: MapState) -> Hashable:
    asked = question_on_map(state)
    if asked is None:
        return None, state.document.reach_opacity
    way = asked.minutes, asked.travel.mode, asked.travel.towards, asked.together
    return (*way, len(asked.others)), state.document.reach_opacity


def _legend(session: Session) -> Legend | None:
    """Return the bands; with the hour of the departure that is shown alone."""
    state, said, theme = session.state, words(session), look(session)
    asked = question_on_map(state)
    if asked is None or not state.document.reach_shown:
        return None
    heading, together = moving.heading(asked.travel).said(said), moving.told_together(asked)
    if together is not None:
        heading += f" · {together.said(said)}"
    window, answer = departures.shown(state), departures.answered(state)
    if window is not None and window.departure is not None and answer is not None:
        heading += f" · {departures.moments(answer)[window.departure]:%H:%M}"
    colours = band_colours(theme, len(asked.minutes))
    alphas = band_alphas(theme, len(asked.minutes), state.document.reach_opacity)
    ground, lines = theme.colour("ground"), lines_share(state.document.reach_opacity)
    return Legend(
        heading,
        [
            (
                icons.area_picture(colour, contour_colour(colour, theme), 18, alpha, ground, lines),
                said("Within {minutes} min", minutes=f"{minute:g}"),
            )
            for minute, colour, alpha in zip(asked.minutes, colours, alphas, strict=True)
        ],
    )


def _table(session: Session) -> Table:
    """Return the places within reach, soonest first."""
    said, layers, answer = words(session), session.atlas.layers, session.state.answers.reach_answer
    lines: list[Line] = []
    for reached in places.reached(session.state) if answer is not None else ():
        place = places.place(layers, Selected(reached.layer, reached.id))
        if place is not None and answer is not None:
            sign = "≈ " if reached.indicative else ""
            ends = places.measured_between(answer.question, reached.measured)
            if answer.question.others:
                ends = (*ends, moving.told_whose(answer.question, reached.origin))
            minutes = Figure(
                f"{sign}{reached.minutes:.1f}", reached.minutes, indicative=reached.indicative
            )
            lines.append(Line(place, minutes, ends))
    return Table(lines, said("Time (min)"), said("By travel time; ≈ is indicative"))


SHOWN: Final = Shown(_watched, _legend, _table)
