"""The panel of measures of access: of whom, to what, by which measure; and how it is shared."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
from PySide6.QtWidgets import QWidget

from sandbox.analysis.access.decay import SHAPES
from sandbox.analysis.access.measures import MEASURES
from sandbox.app import moving, places
from sandbox.app.answers import homes
from sandbox.app.answers.access import (
    ANALYSIS,
    TITLES,
    AccessAnswer,
    AccessQuestion,
    class_texts,
    sample,
)
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.draw.answers.access import charts, colours
from sandbox.draw.charts import Chart
from sandbox.export.sheets.sheet import unit_said
from sandbox.streets.facts import network_name
from sandbox.streets.modes import MODE_IDS, MODES
from sandbox.ui.answers.asking import Asking
from sandbox.ui.answers.form import (
    Choice,
    HomesChoice,
    PlacesChoice,
    titled,
)
from sandbox.ui.answers.panel import Column, Explained, Legend, Line, Lines, Panel, Table, figure
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import look, words
from sandbox.words import Text, Words

_MINUTES: Final = (10.0, 15.0, 30.0, 45.0, 60.0)
_COUNTS: Final = (1, 2, 3, 5)
_SHAPES: Final = {
    "step": Text("step"),
    "linear": Text("linear"),
    "logistic": Text("logistic"),
    "exponential": Text("exponential"),
    "gaussian": Text("Gaussian"),
}


class AccessPanel(Asking[AccessQuestion, AccessAnswer]):
    """Asks for a measure of access, and shows how it is shared."""

    question_text = Text("How much can each home reach, and how evenly is it shared?")
    hint_text = Text(
        "Choose homes and places, or show the schematic sample: its estates and facilities "
        "are made up."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            ANALYSIS,
            AccessQuestion(""),
            lambda asked: bool(asked.homes and asked.layer),
            _sample,
        )

    def widgets(self) -> Sequence[QWidget]:
        """Make what asks the questions, from the top."""
        self._lived = HomesChoice(self._session, self.ask)
        self._there = PlacesChoice(self._session, self.ask)
        self._measure = Choice(lambda measure: self.ask(measure=measure))
        self._shape = Choice(lambda shape: self.ask(shape=shape))
        self._count = Segment(_COUNTS, lambda count: self.ask(count=count))
        self._count_title, self._count_box = titled(self._count)
        self._modes = Segment(MODE_IDS, self._set_mode)
        self._modes_title, modes = titled(self._modes)
        self._minutes = Segment(_MINUTES, lambda minutes: self.ask(minutes=minutes))
        self._minutes_title, minutes = titled(self._minutes)
        return (
            *self._lived.widgets,
            *self._there.widgets,
            self._measure,
            self._shape,
            self._count_box,
            modes,
            minutes,
        )

    def _set_mode(self, mode: Any) -> None:
        """Move in another way; speeds, hour and departure are those of the question of reach."""
        atlas = self._session.atlas
        question = self._session.state.document.reach or ReachQuestion((0.0, 0.0))
        question = moving.by_mode(question, mode, atlas)
        travel = replace(moving.travel_of(atlas, question), towards=False)
        self.ask(travel=travel, scenario=question.scenario)

    def fill(self, question: AccessQuestion, said: Words) -> None:
        """Show a question in what asks it."""
        session = self._session
        self._lived.show(said("Whose homes?"), said("None"), question.homes, question.people)
        self._there.show(said("To what?"), question.layer, question.kinds)
        self._measure.show_options(
            said("By which measure?"),
            [(TITLES[one].said(said), one) for one in MEASURES],
            question.measure,
        )
        self._shape.show_options(
            said("How places count by time"),
            [(_SHAPES[one].said(said), one) for one in SHAPES],
            question.shape,
        )
        self._shape.setVisible(question.measure == "gravity")
        self._count_title.setText(said("How many of the nearest"))
        self._count.show_value(question.count, {one: f"{one}" for one in _COUNTS})
        self._count_box.setVisible(question.measure in ("nearest", "dual"))
        self._modes_title.setText(said("Travel"))
        self._modes.show_value(
            question.travel.mode, {one: MODES[one].manner.said(said) for one in MODE_IDS}
        )
        here = moving.modes(session.atlas)
        for mode, made in self._modes.buttons.items():
            made.setEnabled(mode in here)
        self._minutes_title.setText(said("Longest time"))
        self._minutes.show_value(
            question.minutes, {one: said("{minutes} min", minutes=f"{one:g}") for one in _MINUTES}
        )

    def told(
        self, answer: AccessAnswer, said: Words
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return what must be said first of an answer, and its figures with their names."""
        warnings: list[str] = []
        if answer.schematic:
            warnings.append(
                said("Schematic: streets, homes or facilities are made up, and so is every figure.")
            )
        unit = unit_said(answer.column.unit, said.language)
        figures = [(said("Homes"), f"{len(answer.table):,}")]
        for name, title in (
            ("mean", said("Mean")),
            ("least", said("Least")),
            ("median", said("Median")),
            ("most", said("Most")),
        ):
            value = answer.share[name]
            figures.append((title, "–" if value != value else f"{value:,.4g} {unit}"))  # noqa: PLR0124
        figures += [
            (said("Formula"), answer.column.formula),
            (said("Source"), answer.column.source),
        ]
        return warnings, figures

    def charts(self, answer: AccessAnswer, said: Words) -> Sequence[Chart]:
        """Return the charts of an answer."""
        texts = [one.said(said) for one in class_texts(answer.edges, "")]
        return charts(answer, said, texts)


def _sample(session: Session) -> AccessQuestion | None:
    return sample() if homes.SAMPLE_HOMES in session.atlas.layers else None


def _legend(session: Session) -> Legend | None:
    answer = session.state.answers.result(AccessAnswer)
    if answer is None:
        return None
    said, edge = words(session), look(session).colour("ink_3")
    unit = unit_said(answer.column.unit, said.language)
    texts = [one.said(said) for one in class_texts(answer.edges, unit)]
    shades = colours(len(texts), less_is_better=answer.time)
    lines = [
        (icons.area_picture(colour, edge), text) for colour, text in zip(shades, texts, strict=True)
    ]
    if bool(np.isnan(answer.table["value"].to_numpy(dtype=np.float64)).any()):
        lines.append((icons.area_picture("#9aa7b0", edge), said("None within reach")))
    heading = (
        f"{TITLES[answer.question.measure].said(said)} · {answer.question.minutes:g} {said('min')}"
    )
    return Legend(f"{heading} · {said('Schematic')}" if answer.schematic else heading, lines)


def _table(session: Session) -> Table:
    said, answer = words(session), session.state.answers.result(AccessAnswer)
    if answer is None:
        return Table((), "", "", columns=(Column(said("Dwelling")),))
    unit = unit_said(answer.column.unit, said.language)
    columns = (
        Column(said("Dwelling"), share=30, least_px=150),
        Column(said("People"), right=True, share=15),
        Column(f"{TITLES[answer.question.measure].said(said)} ({unit})", right=True, share=30),
    )
    note = said("Least access first")
    return Table(
        Lines(len(answer.table), partial(_line, session, answer)),
        "",
        f"{said('Schematic')} · {note}" if answer.schematic else note,
        columns=columns,
        line_of=lambda where: (
            answer.number.get(where.id, -1) if where.layer == answer.question.homes else -1
        ),
    )


def _line(session: Session, answer: AccessAnswer, at: int) -> Line:
    row: Any = answer.table.iloc[at]
    place = places.place(session.atlas.layers, Selected(answer.question.homes, str(row["id"])))
    if place is None:
        raise AssertionError("a home that was measured is in no layer")
    cells = (
        place.name(session.state.language),
        figure(float(row["people"]), ",.0f"),
        figure(float(row["value"]), ",.4g"),
    )
    return Line(place, cells=cells)


def _explain(session: Session, where: Selected, about: str) -> Sequence[Explained]:
    answer = session.state.answers.result(AccessAnswer)
    if answer is None or where.layer != answer.question.homes:
        return ()
    number = answer.number.get(where.id)
    if number is None:
        return ()
    said, question = words(session), answer.question
    told, value = (
        session.atlas.network.streets.provenance,
        float(answer.table["value"].to_numpy()[number]),
    )
    unit = unit_said(answer.column.unit, said.language)
    place = places.place(session.atlas.layers, where)
    facts = (
        (said("Dwelling"), place.name(session.state.language) if place else where.id),
        (
            TITLES[question.measure].said(said),
            said("None within reach") if value != value else f"A = {value:,.6g} {unit}",  # noqa: PLR0124
        ),
        (said("Formula"), answer.column.formula),
        (said("Source"), answer.column.source),
        (said("Travel"), moving.told(question.travel).said(said)),
        (said("Street network"), network_name(told.title, schematic=told.schematic).said(said)),
        (said("Data date"), told.date or said("date unknown")),
    )
    title = said("How this was computed")
    return (Explained(f"{title} · {said('Schematic')}" if answer.schematic else title, facts),)


PANEL: Final = Panel("access", AccessPanel, _legend, _table, _explain)
