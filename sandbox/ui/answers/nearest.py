"""The nearest places panel: from which places, to which, how one moves, and what was found."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from sandbox.app import moving, places, street_edits
from sandbox.app.answers.nearest import (
    ANALYSIS,
    NearestAnswer,
    NearestQuestion,
    called,
    class_names,
    why_none,
)
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.draw.answers.nearest import class_colours
from sandbox.streets.modes import MODE_IDS, MODES
from sandbox.ui.answers.panel import Legend, Line, Panel, Table, figure
from sandbox.ui.panels.answer import Bar
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import (
    Elided,
    Scrolled,
    Wrapped,
    button,
    empty,
    follow,
    label,
    look,
    row,
    rule,
    words,
)

_MINUTES: Final = (15.0, 30.0, 60.0)
_ROWS: Final = 8
_RIGHT: Final = Qt.TextElideMode.ElideRight


class NearestPanel(Scrolled):
    """Asks how far the nearest place of a kind is from each home, and shows the answer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kept = NearestQuestion("")
        self._question = Wrapped()
        self.inside.addWidget(self._question)
        self._titles = [label("small", "third") for _ in range(5)]
        self._homes, self._wanted, self._kind = QComboBox(), QComboBox(), QComboBox()
        self._homes.activated.connect(lambda at: self._ask(homes=self._homes.itemData(at)))
        self._wanted.activated.connect(self._set_wanted)
        self._kind.activated.connect(self._set_kind)
        self._modes = Segment(MODE_IDS, lambda mode: self._ask(mode=mode))
        self._direction = Segment((False, True), lambda towards: self._ask(towards=towards))
        self._minutes = Segment(_MINUTES, lambda minutes: self._ask(minutes=minutes))
        moves, longest = self._titles[3:]
        for title, *widgets in (
            (self._titles[0], self._homes),
            (self._titles[1], self._wanted),
            (self._titles[2], self._kind),
            (moves, self._modes, self._direction),
            (longest, self._minutes),
        ):
            box = QVBoxLayout()
            box.setSpacing(6)
            title.setBuddy(widgets[0])
            for widget in (title, *widgets):
                box.addWidget(widget)
            self.inside.addLayout(box)
        self.inside.addWidget(rule())
        self._results = QVBoxLayout()
        self._results.setSpacing(8)
        self.inside.addLayout(self._results)
        self.inside.addStretch(1)
        follow(
            session,
            self,
            lambda state: (
                state.document.analyses,
                state.answers.results,
                state.language,
                state.theme,
            ),
            self._show,
        )
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    @property
    def _asked(self) -> NearestQuestion | None:
        return self._session.state.document.asked(NearestQuestion)

    def _set_wanted(self, at: int) -> None:
        layer = str(self._wanted.itemData(at))
        if layer:
            self._ask(layer=layer, kinds=())
        else:
            ANALYSIS.ask(self._session, None)

    def _set_kind(self, at: int) -> None:
        kind = str(self._kind.itemData(at))
        self._ask(kinds=(kind,) if kind else ())

    def _ask(self, mode: str = "", towards: bool | None = None, **fields: Any) -> None:
        """Ask something else; speeds, hour and departure are those of the question of reach."""
        known, atlas = self._asked or self._kept, self._session.atlas
        question = self._session.state.document.reach or ReachQuestion((0.0, 0.0))
        chosen: Any = mode or known.travel.mode
        question = moving.by_mode(question, chosen, atlas)
        turned = known.travel.towards if towards is None else towards
        travel = replace(moving.travel_of(atlas, question), towards=turned)
        self._kept = replace(known, travel=travel, scenario=question.scenario, **fields)
        if self._kept.layer:
            ANALYSIS.ask(self._session, self._kept)
        else:
            self._show()

    def _fill(self, question: NearestQuestion) -> None:
        said, language = words(self._session), self._session.state.language
        layers = self._session.atlas.layers
        held = [one for one in layers.values() if places.is_place_layer(one)]
        self._homes.clear()
        self._wanted.clear()
        self._wanted.addItem(said("None"), "")
        for one in held:
            self._homes.addItem(one.title.said(language), one.id)
            self._wanted.addItem(one.title.said(language), one.id)
        self._kind.clear()
        self._kind.addItem(said("All kinds"), "")
        layer = layers.get(question.layer)
        if layer is not None:
            for kind in sorted(set(places.features_of(layer)["kind"])):
                known = layer.kinds.get(kind)
                self._kind.addItem(known.said(language) if known else kind, kind)
        chosen = question.kinds[0] if len(question.kinds) == 1 else ""
        for box, value in (
            (self._homes, question.homes),
            (self._wanted, question.layer if self._asked else ""),
            (self._kind, chosen),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._kind.setEnabled(self._kind.count() > 2)

    def _show(self) -> None:
        said, asked = words(self._session), self._asked
        question = asked or self._kept
        self._fill(question)
        for title, text in zip(
            self._titles,
            (said("From"), said("Nearest"), said("Kind"), said("Travel"), said("Longest time")),
            strict=True,
        ):
            title.setText(text)
        for box, title in zip(
            (self._homes, self._wanted, self._kind), self._titles[:3], strict=True
        ):
            box.setAccessibleName(title.text())
        here = moving.modes(self._session.atlas)
        self._modes.show_value(
            question.travel.mode, {one: MODES[one].manner.said(said) for one in MODE_IDS}
        )
        for mode, made in self._modes.buttons.items():
            made.setEnabled(mode in here)
        self._direction.show_value(
            question.travel.towards,
            {False: said("To the nearest"), True: said("From the nearest")},
        )
        self._minutes.show_value(
            question.minutes,
            {one: said("{minutes} minutes", minutes=f"{one:g}") for one in _MINUTES},
        )
        self._question.setText(self._plain_question(question))
        self._show_answer(asked)

    def _plain_question(self, question: NearestQuestion) -> str:
        said = words(self._session)
        if question.layer not in self._session.atlas.layers:
            return said("How many minutes is each home from the nearest place?")
        if question.homes not in self._session.atlas.layers:
            return said("How many minutes is each home from the nearest place?")
        homes, wanted = called(self._session.atlas, question, self._session.state.language)
        if question.travel.towards:
            return said(
                "{homes}: how many minutes from the nearest ({places})?", homes=homes, places=wanted
            )
        return said(
            "{homes}: how many minutes to the nearest ({places})?", homes=homes, places=wanted
        )

    def _show_answer(self, asked: NearestQuestion | None) -> None:
        empty(self._results)
        said, answer = words(self._session), self._session.state.answers.result(NearestAnswer)
        if asked is None:
            hint = Wrapped(tone="second")
            hint.setText(said("Choose what is to be near to see which places lack it."))
            self._results.addWidget(hint)
            return
        if answer is None or answer.question != asked:
            self._results.addWidget(label(tone="second", text=said("Computing…")))
            return
        edited = street_edits.told(asked.edits)
        if edited is not None:
            self._results.addWidget(Wrapped("small", text=edited.said(said)))
        for note in answer.notes:
            self._results.addWidget(Wrapped("small", "warn", text=note.said(said)))
        reached = [spot.minutes for spot in answer.spots if spot.nearest is not None]
        facts = [(said("Places with one"), f"{len(reached)} / {len(answer.spots)}")]
        if reached:
            half, most = f"{np.median(reached):.1f}", f"{max(reached):.1f}"
            facts.append((said("Half need at most"), said("{minutes} min", minutes=half)))
            facts.append((said("The farthest"), said("{minutes} min", minutes=most)))
        for title, value in facts:
            self._results.addLayout(
                row(label("small", "second", title), None, label("small", text=value))
            )
        self._classes(answer)
        if answer.found.without_street:
            note = Wrapped("small", "third")
            count = len(answer.found.without_street)
            note.setText(said("Places with no street nearby, not found: {count}.", count=count))
            self._results.addWidget(note)
        self._results.addWidget(rule())
        self._results.addWidget(label("small", "third", said("Farthest first")))
        for spot in answer.spots[:_ROWS]:
            name = button("link")
            language = self._session.state.language
            name.setText(name.fontMetrics().elidedText(spot.place.name(language), _RIGHT, 180))
            name.clicked.connect(
                lambda _checked=False, where=spot.place.where: self._session.change(selected=where)
            )
            figure = "–" if spot.nearest is None else f"{spot.minutes:.1f}"
            self._results.addLayout(row(name, None, label("small", text=figure)))

    def _classes(self, answer: NearestAnswer) -> None:
        said, theme = words(self._session), look(self._session)
        classes = [spot.of_class for spot in answer.spots]
        names, colours = [one.said(said) for one in class_names()], class_colours(theme)
        for at, (text, colour) in enumerate(zip(names, colours, strict=True)):
            self._share(text, classes.count(at), len(classes), colour)
        if None in classes:
            grey = theme.colour("ink_3")
            self._share(said("None within reach"), classes.count(None), len(classes), grey)

    def _share(self, text: str, count: int, every: int, colour: str) -> None:
        name = Elided("small")
        name.setText(text)
        line = row(name, label("small", text=str(count)))
        line.setStretch(0, 1)
        self._results.addLayout(line)
        bar = Bar()
        bar.show_share(count / every, colour, look(self._session).colour("field"))
        self._results.addWidget(bar)


def _legend(session: Session) -> Legend | None:
    answer = session.state.answers.result(NearestAnswer)
    if answer is None:
        return None
    said, theme, language = words(session), look(session), session.state.language
    homes, wanted = called(session.atlas, answer.question, language)
    heading = said("{homes}: minutes to the nearest ({places})", homes=homes, places=wanted)
    if answer.question.travel.towards:
        heading = said("{homes}: minutes from the nearest ({places})", homes=homes, places=wanted)
    lines = [
        (icons.area_picture(colour, theme.colour("ink_3")), text.said(said))
        for colour, text in zip(class_colours(theme), class_names(), strict=True)
    ]
    if any(spot.nearest is None for spot in answer.spots):
        lines.append((icons.left_out_picture(theme), said("None within reach")))
    return Legend(heading, lines)


def _table(session: Session) -> Table:
    said, language = words(session), session.state.language
    answer = session.state.answers.result(NearestAnswer)
    lines: list[Line] = []
    for spot in answer.spots if answer else ():
        if answer is not None and spot.nearest is None:
            lines.append(Line(spot.place, "–", beside=why_none(answer, spot).said(said)))
        elif spot.nearest is not None:
            near = spot.nearest.name(language)
            lines.append(Line(spot.place, figure(spot.minutes, ".1f"), beside=near))
    return Table(lines, said("Time (min)"), said("Farthest first"), said("Nearest"))


PANEL: Final = Panel("nearest", NearestPanel, _legend, _table)
