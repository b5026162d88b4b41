"""The audit panel: by which standard which homes are audited, and what comes of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from sandbox.app.answers import homes
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
from sandbox.draw.answers import audit as drawn
from sandbox.draw.charts import Chart
from sandbox.draw.report.audit_charts import charts
from sandbox.errors import SandboxError
from sandbox.ui.answers import audit_table
from sandbox.ui.answers.asking import Asking
from sandbox.ui.answers.form import (
    Choice,
    HomesChoice,
    area_options,
    place_options,
    titled,
    walker_options,
)
from sandbox.ui.answers.panel import Legend, Panel
from sandbox.ui.answers.saving import Write
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import Wrapped, look, words
from sandbox.words import Text, Words

_BYS: Final = ("stated", "metres", "minutes")
# Stands in the list of standards for a file that is yet to be chosen.
_OWN: Final = "…"


class AuditPanel(Asking[AuditQuestion, AuditAnswer]):
    """Asks for an audit and shows its figures and charts."""

    question_text = Text(
        "Which homes have within a walk what the standard requires, and which don't?"
    )
    hint_text = Text(
        "No homes are chosen. Choose a layer of homes, or show the schematic sample: "
        "its estates and facilities are made up."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, ANALYSIS, AuditQuestion(""), lambda asked: bool(asked.homes), _sample
        )

    def widgets(self) -> Sequence[QWidget]:
        """Make what asks the questions, from the top."""
        self._standard = Choice(self._choose_standard)
        self._lived = HomesChoice(self._session, self.ask)
        self._facilities = Choice(lambda named: self.ask(facilities=named))
        self._area = Choice(lambda name: self.ask(area=name))
        self._units = Choice(lambda name: self.ask(units=name))
        self._by = Segment(_BYS, lambda by: self.ask(by=by))
        self._by_title, by = titled(self._by)
        self._who = Choice(lambda name: self.ask(who=name))
        self._usable = QCheckBox()
        self._usable.toggled.connect(lambda on: self.ask(usable=on))
        self._rule = Choice(lambda name: self.ask(rule=name))
        self._refused = Wrapped("small", "warn")
        self._refused.hide()
        return (
            self._standard,
            self._refused,
            *self._lived.widgets,
            self._facilities,
            self._area,
            self._units,
            by,
            self._who,
            self._usable,
            self._rule,
        )

    def fill(self, question: AuditQuestion, said: Words) -> None:
        """Show a question in what asks it."""
        session, language = self._session, said.language
        standards = [(standard_of(one).title.said(language), one) for one in shipped_standards()]
        if question.standard not in shipped_standards():
            own = standard_of(question.standard).title.said(language)
            standards.append((own, question.standard))
        standards.append((said("A standard of one’s own…"), _OWN))
        self._standard.show_options(said("By which standard?"), standards, question.standard)
        self._lived.show(said("Whose homes?"), said("None"), question.homes, question.people)
        named = [(title, (name,)) for title, name in place_options(session)]
        self._facilities.show_options(
            said("Which facilities count?"),
            [(said("All real places on the map"), ()), *named],
            question.facilities,
        )
        self._area.show_options(
            said("Which area?"), area_options(session, said("Everywhere")), question.area
        )
        self._units.show_options(
            said("A score card for each"), area_options(session, said("None")), question.units
        )
        self._who.show_options(said("Who walks?"), walker_options(session), question.who)
        self._by_title.setText(said("Measured by"))
        self._by.show_value(
            question.by,
            {"stated": said("as stated"), "metres": said("metres"), "minutes": said("minutes")},
        )
        self._usable.setText(said("Only facilities that can be used"))
        self._usable.blockSignals(True)
        self._usable.setChecked(question.usable)
        self._usable.blockSignals(False)
        answer = session.state.answers.result(AuditAnswer)
        self._rule.setVisible(answer is not None)
        if answer is not None:
            audit = answer.found.audit
            self._rule.show_options(
                said("What the map shows"),
                [
                    (said("The share of rules that each home fails"), ""),
                    *((audit_table.rule_said(audit, one, said), one.id) for one in audit.rules),
                ],
                question.rule,
            )

    def told(
        self, answer: AuditAnswer, said: Words
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return what must be said first of an answer, and its figures with their names."""
        return audit_table.warnings(answer, said), audit_table.facts(answer, said)

    def charts(self, answer: AuditAnswer, said: Words) -> Sequence[Chart]:
        """Return the charts of an answer."""
        return charts(answer.found.audit, answer.found.coverage, answer.found.card, said)

    def writer(self, answer: AuditAnswer, said: Words) -> Write:
        """Return what writes the audit as `sandbox audit` does."""
        audit = answer.found.audit
        approval = self._session.state.document.approval

        def write(file: Path) -> None:
            # Imported here, so that only who saves waits for what workbooks are made of.
            from sandbox.export.sheets.audit import audit_report
            from sandbox.export.sheets.files import write_report
            from sandbox.export.sheets.layers import audit_layers
            from sandbox.export.sheets.pictures import shaded_audit

            report, shaded = audit_report(audit, said), shaded_audit(audit, said)
            layers = partial(audit_layers, audit)
            write_report(file, report, layers, audit.network, shaded, approval)

        return write

    def _choose_standard(self, name: str) -> None:
        if name != _OWN:
            self.ask(standard=name, rule="")
            return
        said = words(self._session)
        kinds = said("Standards") + " (*.toml)"
        chosen, _ = QFileDialog.getOpenFileName(self, said("Open a standard"), "", kinds)
        if chosen:
            self.open_standard(Path(chosen))
        self.fill(self.shown, said)

    def open_standard(self, file: Path) -> None:
        """Audit by a standard of the user's own; one that can't be read is refused in a line."""
        try:
            standard_of(str(file))
        except SandboxError as error:
            self._refused.setText(error.said(words(self._session)))
            self._refused.show()
            return
        self._refused.hide()
        self.ask(standard=str(file), rule="")


def _sample(session: Session) -> AuditQuestion | None:
    return sample() if homes.SAMPLE_HOMES in session.atlas.layers else None


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
                    "{low} to {high} % of the rules failed",
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
