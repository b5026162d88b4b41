"""The audit panel: by which standard which homes are audited, and what comes of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from sandbox.app import street_edits
from sandbox.app.answers import homes as held
from sandbox.app.answers.audit import (
    ANALYSIS,
    AuditAnswer,
    AuditQuestion,
    sample,
    shipped_standards,
    standard_of,
)
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.catalog.standards import walkers
from sandbox.draw.answers import audit as drawn
from sandbox.draw.report.audit_charts import charts
from sandbox.ui.answers import audit_table
from sandbox.ui.answers.form import Choice, add_fact, titled
from sandbox.ui.answers.panel import Legend, Panel
from sandbox.ui.panels.moving import Segment
from sandbox.ui.parts import icons
from sandbox.ui.parts.chart import ChartView
from sandbox.ui.parts.widgets import (
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

_BYS: Final = ("stated", "metres", "minutes")


class AuditPanel(Scrolled):
    """Asks for an audit and shows its figures and charts."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kept = AuditQuestion("")
        self._question = Wrapped()
        self._standard = Choice(lambda name: self._ask(standard=name, rule=""))
        self._homes = Choice(self._set_homes)
        self._people = Choice(lambda name: self._ask(people=name))
        self._facilities = Choice(lambda named: self._ask(facilities=named))
        self._area = Choice(lambda name: self._ask(area=name))
        self._units = Choice(lambda name: self._ask(units=name))
        self._by = Segment(_BYS, lambda by: self._ask(by=by))
        self._by_title, by = titled(self._by)
        self._who = Choice(lambda name: self._ask(who=name))
        self._usable = QCheckBox()
        self._usable.toggled.connect(lambda on: self._ask(usable=on))
        self._rule = Choice(lambda name: self._ask(rule=name))
        self._sample = button("link")
        self._sample.clicked.connect(lambda: self._put(sample()))
        self._off = button("link")
        self._off.clicked.connect(lambda: ANALYSIS.ask(session, None))
        for widget in (
            self._question,
            self._standard,
            self._homes,
            self._people,
            self._facilities,
            self._area,
            self._units,
            by,
            self._who,
            self._usable,
        ):
            self.inside.addWidget(widget)
        self.inside.addLayout(row(self._sample, self._off, None))
        self.inside.addWidget(rule())
        self.inside.addWidget(self._rule)
        self._results = QVBoxLayout()
        self._results.setSpacing(8)
        self.inside.addLayout(self._results)
        self.inside.addStretch(1)
        follow(
            session,
            self,
            lambda s: (s.document.analyses, s.answers.results, s.language, s.theme),
            self._show,
        )
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    @property
    def _asked(self) -> AuditQuestion | None:
        return self._session.state.document.asked(AuditQuestion)

    def _set_homes(self, name: str) -> None:
        if not name:
            ANALYSIS.ask(self._session, None)
            return
        columns = held.number_columns(self._session.atlas.layers[name])
        people = columns[-1].name if columns and name == held.SAMPLE_HOMES else ""
        self._ask(homes=name, people=people)

    def _ask(self, **fields: Any) -> None:
        self._put(replace(self._asked or self._kept, **fields))

    def _put(self, question: AuditQuestion) -> None:
        if question == (self._asked or self._kept):
            return
        self._kept = question
        if question.homes:
            ANALYSIS.ask(self._session, question)
        else:
            self._show()

    def _show(self) -> None:
        said, asked = words(self._session), self._asked
        question = asked or self._kept
        self._question.setText(
            said("Which homes have within a walk what the standard requires, and which don't?")
        )
        self._fill(question)
        self._by_title.setText(said("Measured by"))
        self._by.show_value(
            question.by,
            {"stated": said("as stated"), "metres": said("metres"), "minutes": said("minutes")},
        )
        self._usable.setText(said("Only facilities that can be used"))
        self._usable.blockSignals(True)
        self._usable.setChecked(question.usable)
        self._usable.blockSignals(False)
        there = held.SAMPLE_HOMES in self._session.atlas.layers
        self._sample.setText(said("Show the schematic sample"))
        self._sample.setVisible(there and question != sample())
        self._off.setText(said("Remove from the map"))
        self._off.setVisible(asked is not None)
        self._show_answer(asked)

    def _fill(self, question: AuditQuestion) -> None:
        said, language = words(self._session), self._session.state.language
        layers = self._session.atlas.layers
        self._standard.show_options(
            said("By which standard?"),
            [(standard_of(name).title.said(language), name) for name in shipped_standards()],
            question.standard,
        )
        every = [(one.title.said(language), one.id) for one in held.home_layers(layers)]
        # One's own homes first, then places that only stand for them.
        self._homes.show_options(said("Whose homes?"), [(said("None"), ""), *every], question.homes)
        columns = held.number_columns(layers[question.homes]) if question.homes in layers else ()
        self._people.show_options(
            said("How many people live there?"),
            [
                (said("Not known"), ""),
                *(
                    (
                        said("{column} ÷ 35 m² a person", column=one.title.said(language))
                        if one.unit == "m²"
                        else one.title.said(language),
                        one.name,
                    )
                    for one in columns
                ),
            ],
            question.people,
        )
        named = [
            (one.title.said(language), (one.id,))
            for one in layers.values()
            if held.places.is_place_layer(one)
        ]
        self._facilities.show_options(
            said("Which facilities count?"),
            [(said("All real places on the map"), ()), *named],
            question.facilities,
        )
        areas = [(one.title.said(language), one.id) for one in held.area_layers(layers)]
        self._area.show_options(
            said("Which area?"), [(said("Everywhere"), ""), *areas], question.area
        )
        self._units.show_options(
            said("A score card for each"), [(said("None"), ""), *areas], question.units
        )
        self._who.show_options(
            said("Who walks?"),
            [
                (
                    said(
                        "{who}, {speed} km/h",
                        who=one.title.said(language),
                        speed=f"{one.speed_kmh:g}",
                    ),
                    one.id,
                )
                for one in walkers().values()
            ],
            question.who,
        )

    def _show_answer(self, asked: AuditQuestion | None) -> None:
        empty(self._results)
        said, answer = words(self._session), self._session.state.answers.result(AuditAnswer)
        self._rule.setVisible(answer is not None)
        if asked is None:
            hint = Wrapped(tone="second")
            hint.setText(
                said(
                    "No homes are chosen. Choose a layer of homes, or show the schematic sample: "
                    "its estates and facilities are made up."
                )
            )
            self._results.addWidget(hint)
            return
        if answer is None:
            self._results.addWidget(label(tone="second", text=said("Computing…")))
            return
        self._fill_rules(answer)
        if answer.question != asked:
            self._results.addWidget(label(tone="second", text=said("Computing…")))
            return
        edited = street_edits.told(asked.edits)
        if edited is not None:
            self._results.addWidget(label("small", text=edited.said(said)))
        for text in audit_table.warnings(answer, said):
            note = Wrapped("small", "warn")
            note.setText(text)
            self._results.addWidget(note)
        for title, figure in audit_table.facts(answer, said):
            add_fact(self._results, title, figure)
        theme = look(self._session)
        for chart in charts(answer.found.audit, answer.found.coverage, answer.found.card, said):
            self._results.addWidget(ChartView(chart, theme))

    def _fill_rules(self, answer: AuditAnswer) -> None:
        said = words(self._session)
        rules = answer.found.audit.rules
        self._rule.show_options(
            said("What the map shows"),
            [
                (said("The share of rules that each home fails"), ""),
                *((audit_table.rule_said(answer.found.audit, one, said), one.id) for one in rules),
            ],
            answer.question.rule,
        )


def _legend(session: Session) -> Legend | None:
    answer = session.state.answers.result(AuditAnswer)
    if answer is None:
        return None
    said, theme = words(session), look(session)
    edge = theme.colour("ink_3")
    if not answer.question.rule:
        count = len(drawn.RAMP)
        lines = [
            (
                icons.area_picture(colour, edge),
                said(
                    "{low} to {high} % of the rules",
                    low=f"{at * 100 // count}",
                    high=f"{(at + 1) * 100 // count}",
                ),
            )
            for at, colour in enumerate(drawn.RAMP)
        ]
        return Legend(_heading(answer, said("Homes by the rules they fail"), said), lines)
    (rule_shown,) = [one for one in answer.found.audit.rules if one.id == answer.question.rule]
    lines = [
        (icons.area_picture(drawn.GOOD, edge), said("Homes that meet it")),
        (icons.area_picture(drawn.BAD, edge), said("Homes that fail it")),
        (icons.circles_picture(theme), said("Area within the limit")),
        (icons.left_out_picture(theme), said("Residential land outside it")),
    ]
    title = audit_table.rule_said(answer.found.audit, rule_shown, said)
    return Legend(_heading(answer, title, said), lines)


def _heading(answer: AuditAnswer, title: str, said: Any) -> str:
    return f"{title} · {said('Schematic')}" if answer.found.audit.schematic else title


def _explain(session: Session, where: Selected, about: str) -> Sequence[Any]:
    answer = session.state.answers.result(AuditAnswer)
    if answer is None or where.layer != answer.question.homes:
        return ()
    return audit_table.explained(answer, where.id, about, words(session))


PANEL: Final = Panel("audit", AuditPanel, _legend, audit_table.table, _explain)
