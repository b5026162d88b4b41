"""What the circle hides, in the window: round which facilities, how far, and what is lost."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from sandbox.app import places
from sandbox.app.answers import homes
from sandbox.app.answers.audit import standard_of
from sandbox.app.answers.hidden import ANALYSIS, HiddenAnswer, HiddenQuestion, called
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.hidden import classes
from sandbox.draw.charts import Chart
from sandbox.draw.report.hidden_charts import charts
from sandbox.export.sheets.hidden import hidden_report
from sandbox.streets.facts import network_name
from sandbox.ui.answers.asking import Asking
from sandbox.ui.answers.form import (
    Choice,
    HomesChoice,
    kind_options,
    place_options,
    titled,
    walker_options,
)
from sandbox.ui.answers.panel import Column, Explained, Legend, Line, Panel, Table, figure
from sandbox.ui.answers.saving import Write
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import look, words
from sandbox.words import Text, Words

_METRES: Final = (300.0, 500.0, 800.0, 1000.0)


class HiddenPanel(Asking[HiddenQuestion, HiddenAnswer]):
    """Asks what circles hide, and shows what is lost."""

    question_text = Text("How much of the straight circle can really be walked?")
    hint_text = Text("Choose facilities to compare their circles with walks, on slopes too.")

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, ANALYSIS, HiddenQuestion(""), lambda asked: bool(asked.layer), _sample
        )

    def widgets(self) -> Sequence[QWidget]:
        """Make what asks the questions, from the top."""
        self._layer = Choice(lambda name: self.ask(layer=name, kinds=(), tier=""))
        self._kinds = Choice(self._set_kinds)
        self._metres = Segment(_METRES, lambda metres: self.ask(metres=metres))
        self._metres_title, metres = titled(self._metres)
        self._lived = HomesChoice(self._session, self.ask)
        self._who = Choice(lambda name: self.ask(who=name))
        return self._layer, self._kinds, metres, *self._lived.widgets, self._who

    def _set_kinds(self, chosen: Any) -> None:
        """Choose kinds, or a tier of the standard with the walk that it allows."""
        if isinstance(chosen, str):
            walk = standard_of(self.shown.standard).tiers[chosen].metres
            metres = {"metres": float(walk[1])} if walk else {}
            self.ask(tier=chosen, kinds=(), **metres)
        else:
            self.ask(tier="", kinds=chosen)

    def fill(self, question: HiddenQuestion, said: Words) -> None:
        """Show a question in what asks it."""
        session = self._session
        self._layer.show_options(
            said("Round which facilities?"),
            [(said("None"), ""), *place_options(session)],
            question.layer,
        )
        tiers = [
            (one.title.said(said.language), one.id)
            for one in standard_of(question.standard).tiers.values()
            if one.metres is not None
        ]
        self._kinds.show_options(
            said("Kind or tier"),
            [*kind_options(session, question.layer), *tiers],
            question.tier or question.kinds,
        )
        self._metres_title.setText(said("Radius"))
        self._metres.show_value(
            question.metres, {one: said("{metres} m", metres=f"{one:g}") for one in _METRES}
        )
        self._lived.show(
            said("Who lives there?"), said("Nobody is counted"), question.homes, question.people
        )
        self._who.show_options(said("Who walks?"), walker_options(session), question.who)

    def told(
        self, answer: HiddenAnswer, said: Words
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return what must be said first of an answer, and its figures with their names."""
        report = hidden_report(answer.found, said, schematic=answer.schematic)
        whole = answer.found.table.iloc[0]
        figures = [
            *report.facts,
            (said("Facilities"), f"{len(answer.where):,}"),
            (said("Area lost along streets"), f"{whole['lost_streets']:.1%}"),
            (said("Area lost with slopes"), f"{whole['lost_slopes']:.1%}"),
        ]
        if "lost_people_slopes" in answer.found.table.columns:
            figures.append((said("People lost with slopes"), f"{whole['lost_people_slopes']:.1%}"))
        return report.warnings, figures

    def writer(self, answer: HiddenAnswer, said: Words) -> Write:
        """Return what writes the figures as `sandbox hidden` does."""
        found = answer.found
        approval = self._session.state.document.approval

        def write(file: Path) -> None:
            # Imported here, so that only who saves waits for what workbooks are made of.
            from sandbox.export.sheets.files import write_report
            from sandbox.export.sheets.hidden import hidden_report
            from sandbox.export.sheets.pictures import shaded_hidden

            report = hidden_report(found, said, schematic=answer.schematic)
            shaded = shaded_hidden(found, said)
            layers = {"grounds": found.areas}
            write_report(file, report, lambda: layers, found.network, shaded, approval)

        return write

    def charts(self, answer: HiddenAnswer, said: Words) -> Sequence[Chart]:
        """Return the charts of an answer."""
        return charts(answer.found, said, schematic=answer.schematic)


def _sample(session: Session) -> HiddenQuestion | None:
    layers = session.atlas.layers
    if homes.SAMPLE_HOMES not in layers or homes.SAMPLE_FACILITIES not in layers:
        return None
    return HiddenQuestion(
        homes.SAMPLE_FACILITIES,
        ("school_primary",),
        homes=homes.SAMPLE_HOMES,
        people=homes.SAMPLE_FLOOR_AREA,
    )


def _legend(session: Session) -> Legend | None:
    answer = session.state.answers.result(HiddenAnswer)
    if answer is None:
        return None
    said, theme = words(session), look(session)
    looks = classes(theme)
    lines = [
        (icons.area_picture(looks[name].colour, theme.colour("ink_3")), text)
        for name, text in (
            ("slopes", said("Reached on slopes and stairs")),
            ("streets", said("Reached along level streets only")),
            ("hidden", said("In the circle, not reached")),
        )
    ]
    lines.append((icons.circle_picture(theme), said("Straight circle")))
    heading = said(
        "{places}: circle of {metres} m",
        places=called(session.atlas, answer.question, said.language),
        metres=f"{answer.question.metres:g}",
    )
    return Legend(f"{heading} · {said('Schematic')}" if answer.schematic else heading, lines)


def _table(session: Session) -> Table:
    said, answer = words(session), session.state.answers.result(HiddenAnswer)
    columns = [
        Column(said("Name"), share=24, least_px=140),
        Column(said("Straight circle (km²)"), right=True, share=10, spared=3),
        Column(said("Along streets (km²)"), right=True, share=10, spared=2),
        Column(said("With slopes (km²)"), right=True, share=10, spared=1),
        Column(said("Lost along streets"), right=True, share=10),
        Column(said("Lost with slopes"), right=True, share=10),
    ]
    if answer is None:
        return Table((), "", "", columns=tuple(columns))
    table = answer.found.table
    people = "straight_people" in table.columns
    if people:
        columns.append(Column(said("People in the circle"), right=True, share=10, spared=4))
        columns.append(Column(said("People lost"), right=True, share=10))
    lines: list[Line] = []
    for row in table.iloc[1:].to_dict("records"):
        place = places.place(session.atlas.layers, answer.where[str(row["id"])])
        if place is None:
            continue
        cells = [
            place.name(session.state.language),
            *(figure(row[f"{name}_km2"], ".3f") for name in ("straight", "streets", "slopes")),
            *(_percent(row[f"lost_{name}"]) for name in ("streets", "slopes")),
        ]
        if people:
            cells += [figure(row["straight_people"], ",.0f"), _percent(row["lost_people_slopes"])]
        lines.append(Line(place, cells=tuple(cells)))
    note = said("Worst first")
    note = f"{said('Schematic')} · {note}" if answer.schematic else note
    return Table(lines, "", note, columns=tuple(columns))


def _percent(share: float) -> str:
    return "–" if share != share else f"{share:.1%}"  # noqa: PLR0124


def _explain(session: Session, where: Selected, about: str) -> Sequence[Explained]:
    answer = session.state.answers.result(HiddenAnswer)
    if answer is None:
        return ()
    chosen = next((one for one, at in answer.where.items() if at == where), None)
    if chosen is None:
        return ()
    said, table = words(session), answer.found.table
    row = table[table["id"] == chosen].iloc[0]
    question, told = answer.found.question, answer.found.network.streets.provenance
    first, second = ("name_zh", "name_en") if said.language == "zh" else ("name_en", "name_zh")
    circle, streets, slopes = (
        float(row[f"{one}_km2"]) for one in ("straight", "streets", "slopes")
    )

    def lost(part: float, whole: float, unit: str, form: str) -> str:
        share = "–" if whole <= 0 else f"{1 - part / whole:.1%}"
        return f"1 − {part:{form}} / {whole:{form}} {unit} = {share}"

    facts = [
        (said("Name"), str(row[first] or row[second] or chosen)),
        (said("Radius"), said("{metres} m", metres=f"{question.metres:g}")),
        (said("Lost along streets"), lost(streets, circle, said("km²"), ".3f")),
        (said("Lost with slopes"), lost(slopes, circle, said("km²"), ".3f")),
    ]
    if "straight_people" in table.columns:
        reached, there = float(row["slopes_people"]), float(row["straight_people"])
        facts.append((said("People lost"), lost(reached, there, said("persons"), ",.0f")))
    facts += [
        (
            said("Walk on slopes"),
            f"{question.metres:g} m ÷ {question.kmh:g} km/h = {question.minutes:.2f} min",
        ),
        (
            said("Who walks"),
            said(
                "{who}, {speed} km/h",
                who=question.walker.title.said(said.language),
                speed=f"{question.kmh:g}",
            ),
        ),
        (said("Street network"), network_name(told.title, schematic=told.schematic).said(said)),
        (said("Data date"), told.date or said("date unknown")),
    ]
    title = said("How this was computed")
    return (
        Explained(f"{title} · {said('Schematic')}" if answer.schematic else title, tuple(facts)),
    )


PANEL: Final = Panel("hidden", HiddenPanel, _legend, _table, _explain)
