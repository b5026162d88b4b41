"""The panel of commute and housing: where one could live, and who gains by a new place."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
from PySide6.QtWidgets import QCheckBox, QWidget

from sandbox.app import moving, places
from sandbox.app.answers.housing import ANALYSIS, HousingAnswer, HousingQuestion
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.draw.answers.housing import charts, class_texts
from sandbox.draw.answers.shaded import RAMP
from sandbox.draw.charts import Chart
from sandbox.streets.facts import network_name
from sandbox.streets.modes import MODE_IDS, MODES, Mode
from sandbox.streets.travel import Travel
from sandbox.ui.answers.asking import Asking
from sandbox.ui.answers.form import (
    Choice,
    HomesChoice,
    place_options,
    titled,
)
from sandbox.ui.answers.panel import (
    Column,
    Explained,
    Figure,
    Legend,
    Line,
    Lines,
    Panel,
    Table,
    figure,
)
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import button, look, words
from sandbox.words import Text, Words


class HousingPanel(Asking[HousingQuestion, HousingAnswer]):
    """Asks where one could live, or who gains by a new place, and shows the homes."""

    question_text = Text("I work here: where could I live? A lab opens here: who gains?")
    hint_text = Text(
        "Choose homes, set the pin where one works or where the lab opens, and take it as the "
        "place."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            ANALYSIS,
            HousingQuestion(""),
            lambda asked: bool(
                asked.homes and asked.at_lonlat and (asked.works or asked.ask == "live")
            ),
        )

    def widgets(self) -> Sequence[QWidget]:
        """Make what asks the questions, from the top."""
        self._asks = Segment(("live", "gain"), lambda ask: self.ask(ask=ask))
        self._lived = HomesChoice(self._session, self.ask)
        self._here = button()
        self._here.clicked.connect(self._take_pin)
        self._works = Choice(lambda name: self.ask(works=name))
        self._modes: dict[Mode, QCheckBox] = {mode: QCheckBox() for mode in MODE_IDS}
        boxes = QWidget()
        self._modes_title, modes = titled(boxes)
        for mode, box in self._modes.items():
            modes.layout().addWidget(box)  # pyright: ignore[reportOptionalMemberAccess]
            box.toggled.connect(partial(self._set_mode, mode))
        return self._asks, *self._lived.widgets, self._here, self._works, modes

    def _take_pin(self) -> None:
        """Take where the pin stands as the place; what runs is what reach is asked with."""
        reach = self._session.state.document.reach
        if reach is not None:
            self.ask(at_lonlat=reach.origin_lonlat, scenario=reach.scenario)

    def _set_mode(self, mode: Mode, on: bool) -> None:
        chosen = {one.mode for one in self.shown.ways}
        chosen = chosen | {mode} if on else chosen - {mode}
        ways = tuple(self._travel(one) for one in MODE_IDS if one in chosen)
        if ways:
            self.ask(ways=ways)
        else:
            self._show()

    def _travel(self, mode: Mode) -> Travel:
        """Return how one moves in a mode; speeds and departure are those of reach."""
        atlas = self._session.atlas
        question = self._session.state.document.reach or ReachQuestion((0.0, 0.0))
        question = moving.by_mode(question, mode, atlas)
        return replace(moving.travel_of(atlas, question), towards=False)

    def fill(self, question: HousingQuestion, said: Words) -> None:
        """Show a question in what asks it."""
        session = self._session
        self._asks.show_value(
            question.ask, {"live": said("Where could I live?"), "gain": said("Who gains?")}
        )
        self._lived.show(said("Which homes?"), said("None"), question.homes, question.people)
        self._here.setText(said("Take the pin as the place"))
        self._here.setEnabled(session.state.document.reach is not None)
        self._works.show_options(
            said("Places that are there already"),
            [(said("None"), ""), *place_options(session)],
            question.works,
        )
        self._works.setVisible(question.ask == "gain")
        self._modes_title.setText(said("The fastest of"))
        here, chosen = moving.modes(session.atlas), {one.mode for one in question.ways}
        for mode, box in self._modes.items():
            box.blockSignals(True)
            box.setText(MODES[mode].manner.said(said))
            box.setChecked(mode in chosen)
            box.setEnabled(mode in here)
            box.blockSignals(False)

    def told(
        self, answer: HousingAnswer, said: Words
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return what must be said first of an answer, and its figures with their names."""
        warnings: list[str] = []
        if answer.schematic:
            warnings.append(
                said("Schematic: streets, homes or facilities are made up, and so is every figure.")
            )
        minutes = answer.table["minutes"].to_numpy(dtype=np.float64)
        there = minutes[~np.isnan(minutes)]
        figures = [(said("Homes"), f"{len(minutes):,}")]
        if len(there):
            half = said("{minutes} min", minutes=f"{np.median(there):.1f}")
            figures.append((said("Half need at most"), half))
        if answer.question.ask == "gain":
            saved = np.nan_to_num(answer.value)
            people = np.nan_to_num(answer.table["people"].to_numpy(dtype=np.float64))
            gains = saved >= 1.0
            figures.append((said("Homes that gain a minute or more"), f"{int(gains.sum()):,}"))
            if people.any():
                figures.append((said("People who gain"), f"{people[gains].sum():,.0f}"))
        figures += [(said("Travel"), moving.told(one).said(said)) for one in answer.question.ways]
        return warnings, figures

    def charts(self, answer: HousingAnswer, said: Words) -> Sequence[Chart]:
        """Return the charts of an answer."""
        return charts(answer, said)


def _legend(session: Session) -> Legend | None:
    answer = session.state.answers.result(HousingAnswer)
    if answer is None:
        return None
    said, edge = words(session), look(session).colour("ink_3")
    lines = [
        (icons.area_picture(colour, edge), text.said(said))
        for colour, text in zip(RAMP, class_texts(answer), strict=True)
    ]
    gain = answer.question.ask == "gain"
    heading = said("Minutes saved by the new place") if gain else said("Minutes to the place")
    return Legend(f"{heading} · {said('Schematic')}" if answer.schematic else heading, lines)


def _table(session: Session) -> Table:
    said, answer = words(session), session.state.answers.result(HousingAnswer)
    columns = [
        Column(said("Rank"), right=True, share=6),
        Column(said("Dwelling"), share=30, least_px=150),
        Column(said("People"), right=True, share=12, spared=1),
        Column(said("Time (min)"), right=True, share=14),
        Column(said("Fastest"), share=14),
    ]
    if answer is not None and answer.question.ask == "gain":
        columns += [
            Column(said("Today (min)"), right=True, share=14),
            Column(said("Saved (min)"), right=True, share=14),
        ]
    if answer is None:
        return Table((), "", "", columns=tuple(columns))
    note = said("The best first")
    return Table(
        Lines(len(answer.table), partial(_line, session, answer)),
        "",
        f"{said('Schematic')} · {note}" if answer.schematic else note,
        columns=tuple(columns),
        line_of=lambda where: (
            answer.number.get(where.id, -1) if where.layer == answer.question.homes else -1
        ),
    )


def _line(session: Session, answer: HousingAnswer, at: int) -> Line:
    row: Any = answer.table.iloc[at]
    where = Selected(answer.question.homes, str(row["id"]))
    place = places.place(session.atlas.layers, where)
    if place is None:
        raise AssertionError("a home is in no layer")
    said, mode = words(session), str(row["mode"])
    cells = [
        Figure(f"{at + 1}", at + 1),
        place.name(session.state.language),
        figure(row["people"], ",.0f"),
        figure(row["minutes"], ".1f"),
        MODES[mode].manner.said(said) if mode in MODES else "–",
    ]
    if answer.question.ask == "gain":
        cells += [figure(row["before"], ".1f"), figure(row["saved"], ".1f")]
    return Line(place, cells=tuple(cells))


def _explain(session: Session, where: Selected, about: str) -> Sequence[Explained]:
    answer = session.state.answers.result(HousingAnswer)
    if answer is None or where.layer != answer.question.homes or where.id not in answer.number:
        return ()
    said, told = words(session), session.atlas.network.streets.provenance
    row: Any = answer.table.iloc[answer.number[where.id]]
    place, mode = places.place(session.atlas.layers, where), str(row["mode"])
    minutes = said("{minutes} min", minutes=figure(row["minutes"], ".2f"))
    facts = [
        (said("Dwelling"), place.name(session.state.language) if place else where.id),
        (said("Time (min)"), f"t = min(tₘ) = {minutes}"),
        (said("Fastest"), MODES[mode].manner.said(said) if mode in MODES else "–"),
    ]
    if answer.question.ask == "gain":
        before, saved = figure(row["before"], ".2f"), figure(row["saved"], ".2f")
        now = figure(row["minutes"], ".2f")
        facts.append((said("Saved (min)"), f"max(0, {before} − {now}) = {saved}"))
    facts += [(said("Travel"), moving.told(one).said(said)) for one in answer.question.ways]
    facts += [
        (said("Street network"), network_name(told.title, schematic=told.schematic).said(said)),
        (said("Data date"), told.date or said("date unknown")),
    ]
    title = said("How this was computed")
    return (
        Explained(f"{title} · {said('Schematic')}" if answer.schematic else title, tuple(facts)),
    )


PANEL: Final = Panel("housing", HousingPanel, _legend, _table, _explain)
