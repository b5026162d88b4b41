"""A panel that asks one analysis in plain questions, and shows what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox.app import street_edits
from sandbox.app.answers.kind import Analysis
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion
from sandbox.app.session import Session
from sandbox.draw.charts import Chart
from sandbox.ui.answers.form import add_fact
from sandbox.ui.answers.saving import Saving, Write
from sandbox.ui.crash import guarded
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
from sandbox.words import Text, Words

Q = TypeVar("Q", bound=AnalysisQuestion[Any])
A = TypeVar("A", bound=AnalysisAnswer)
_TITLE: Final = "small"


# What subclasses must give raises `NotImplementedError`: Qt's metaclass leaves no room for `ABC`'s.
class Asking(Scrolled, Generic[Q, A]):
    """Asks an analysis and shows its answer.

    Parameters
    ----------
    session
        Whose map is asked.
    analysis
        What is asked.
    first
        The question that is shown before any stands on the map.
    ready
        Whether a question says enough to be asked.
    sample
        Returns the question about the shipped sample, None where there is none.
    """

    question_text: Text
    hint_text: Text

    def __init__(
        self,
        session: Session,
        analysis: Analysis[Q, A],
        first: Q,
        ready: Callable[[Q], bool],
        sample: Callable[[Session], Q | None] = lambda _session: None,
    ) -> None:
        super().__init__()
        self._session, self._analysis = session, analysis
        self._waits = False
        self._kept, self._ready, self._sample_of = first, ready, sample
        self._text = Wrapped()
        self._form = QVBoxLayout()
        self._form.setSpacing(12)
        self._sample, self._off = button("link"), button("link")
        self._sample.clicked.connect(self._ask_sample)
        self._off.clicked.connect(lambda: analysis.ask(session, None))
        self._results = QVBoxLayout()
        self._results.setSpacing(8)
        self.inside.addWidget(self._text)
        self.inside.addLayout(self._form)
        for link in (self._sample, self._off):
            self.inside.addLayout(row(link, None))
        # Above the figures and charts, which may be long.
        self._saving = Saving(session)
        self.inside.addWidget(self._saving)
        self.inside.addWidget(rule())
        self.inside.addLayout(self._results)
        self.inside.addStretch(1)
        for widget in self.widgets():
            self._form.addWidget(widget)
        follow(
            session,
            self,
            lambda s: (s.document.analyses, s.answers.results, s.language, s.theme),
            self._show_soon,
        )
        session.listen_atlas(lambda _atlas: self._show_soon())
        self._show()

    def widgets(self) -> Sequence[QWidget]:
        """Make what asks the questions, from the top."""
        raise NotImplementedError

    def fill(self, question: Q, said: Words) -> None:
        """Show a question in what asks it."""
        raise NotImplementedError

    def told(self, answer: A, said: Words) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return what must be said first of an answer, and its figures with their names."""
        raise NotImplementedError

    def charts(self, answer: A, said: Words) -> Sequence[Chart]:
        """Return the charts of an answer."""
        return ()

    def writer(self, answer: A, said: Words) -> Write | None:
        """Return what writes an answer's tables and map as its command does; None for nothing.

        It is called on a thread, with a file whose ending says which kind.
        """
        return None

    def meanwhile(self, asked: Q, said: Words) -> QWidget | None:
        """Return what can be done while an answer is awaited; None for nothing."""
        return None

    @property
    def asked(self) -> Q | None:
        """Return the question that stands on the map."""
        return self._session.state.document.asked(self._analysis.question)

    @property
    def shown(self) -> Q:
        """Return the question that the panel shows."""
        return self.asked or self._kept

    def ask(self, **fields: Any) -> None:
        """Ask something else in some fields."""
        self.put(replace(self.shown, **fields))

    def put(self, question: Q) -> None:
        """Ask a question, once it says enough."""
        if question == self.shown and self.asked is not None:
            return
        self._kept = question
        if self._ready(question):
            self._analysis.ask(self._session, question)
        elif self.asked is not None:
            self._analysis.ask(self._session, None)
        else:
            self._show()

    def _ask_sample(self) -> None:
        question = self._sample_of(self._session)
        if question is not None:
            self.put(question)

    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        if self._waits:
            self._show()

    def _show_soon(self) -> None:
        """Show the question and its answer; a panel that is hidden waits until it is seen."""
        if self.isVisible():
            self._show()
        else:
            self._waits = True

    def _show(self) -> None:
        self._waits = False
        said, asked = words(self._session), self.asked
        self._text.setText(self.question_text.said(said))
        self.fill(self.shown, said)
        sample = self._sample_of(self._session)
        self._sample.setText(said("Show the schematic sample"))
        self._sample.setVisible(sample is not None and self.shown != sample)
        self._off.setText(said("Remove from the map"))
        self._off.setVisible(asked is not None)
        self._show_answer(asked, said)

    def _show_answer(self, asked: Q | None, said: Words) -> None:
        empty(self._results)
        answer = self._session.state.answers.result(self._analysis.answer)
        there = asked is not None and answer is not None and answer.question == asked
        write = self.writer(answer, said) if there and answer is not None else None
        self._saving.offer(self._analysis.id, write)
        if asked is None:
            hint = Wrapped(tone="second")
            hint.setText(self.hint_text.said(said))
            self._results.addWidget(hint)
            return
        if answer is None or answer.question != asked:
            self._results.addWidget(label(tone="second", text=said("Computing…")))
            more = self.meanwhile(asked, said)
            if more is not None:
                self._results.addWidget(more)
            return
        edits = street_edits.told(asked.edits)
        if edits is not None:
            self._results.addWidget(Wrapped(_TITLE, text=edits.said(said)))
        warnings, figures = self.told(answer, said)
        for text in (*(note.said(said) for note in answer.notes), *warnings):
            note = Wrapped(_TITLE, "warn")
            note.setText(text)
            self._results.addWidget(note)
        for title, figure in figures:
            add_fact(self._results, title, figure)
        theme = look(self._session)
        for chart in self.charts(answer, said):
            self._results.addWidget(ChartView(chart, theme))
