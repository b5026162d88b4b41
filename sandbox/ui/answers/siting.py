"""The siting panel: for whom, of what, how far, how many; the plan and the bound that proves it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sandbox.app import places
from sandbox.app.answers import homes
from sandbox.app.answers.siting import (
    ANALYSIS,
    GRID,
    SitingAnswer,
    SitingQuestion,
    gap_said,
    is_bounded,
    keep_plan,
    sample,
    value_said,
)
from sandbox.app.places import Place
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.siting import CLASSES, site_place
from sandbox.draw.charts import Chart
from sandbox.draw.report.siting_charts import charts
from sandbox.ui.answers.asking import Asking
from sandbox.ui.answers.form import (
    Choice,
    HomesChoice,
    PlacesChoice,
    place_options,
    titled,
)
from sandbox.ui.answers.panel import Column, Explained, Legend, Line, Panel, Table, figure
from sandbox.ui.answers.saving import Write
from sandbox.ui.panels.number import NumberField
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import button, column, look, words
from sandbox.words import Text, Words

_METRES: Final = (300.0, 500.0, 800.0, 1000.0)
_AIMS: Final = ("most", "fewest", "mean", "worst")
_SECONDS: Final = (10.0, 30.0, 60.0, 300.0)
_GRIDS_M: Final = (150.0, 300.0, 500.0)
_SITES: Final = (1, 500)
_STATES: Final = {"new": Text("new"), "kept": Text("kept"), "closed": Text("closed")}


class SitingPanel(Asking[SitingQuestion, SitingAnswer]):
    """Asks where to build, and shows the plan."""

    question_text = Text("Where should new facilities stand, and can any plan do better?")
    hint_text = Text(
        "No homes are chosen. Choose a layer of homes, or show the schematic sample: "
        "its estates and facilities are made up."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, ANALYSIS, SitingQuestion(""), lambda asked: bool(asked.homes), _sample
        )

    def widgets(self) -> Sequence[QWidget]:
        """Make what asks the questions, from the top."""
        self._lived = HomesChoice(self._session, self.ask)
        self._there = PlacesChoice(self._session, self.ask)
        self._candidates = Choice(lambda chosen: self.ask(candidates=chosen[0], grid_m=chosen[1]))
        self._aim = Choice(lambda aim: self.ask(aim=aim))
        self._metres = Segment(_METRES, lambda metres: self.ask(metres=metres))
        self._metres_title, metres = titled(self._metres)
        self._count = NumberField(_SITES, lambda count: self.ask(sites=round(count)))
        self._count_title, self._count_box = titled(self._count)
        self._share = NumberField((1, 100), lambda share: self.ask(share=share / 100.0))
        self._share_title, self._share_box = titled(self._share)
        self._existing = Choice(lambda existing: self.ask(existing=existing))
        self._seconds = Choice(lambda seconds: self.ask(seconds=seconds))
        self._before = Segment((True, False), lambda before: self.ask(before=before))
        self._before_title, self._before_box = titled(self._before)
        return (
            *self._lived.widgets,
            *self._there.widgets,
            self._candidates,
            self._aim,
            metres,
            self._count_box,
            self._share_box,
            self._existing,
            self._seconds,
            self._before_box,
        )

    def fill(self, question: SitingQuestion, said: Words) -> None:
        """Show a question in what asks it."""
        session = self._session
        self._lived.show(said("Whose homes?"), said("None"), question.homes, question.people)
        named = list(place_options(session))
        self._there.show(said("Facilities that exist"), question.layer, question.kinds)
        self._candidates.show_options(
            said("Where may they stand?"),
            [
                *(
                    (said("Anywhere, a point every {metres} m", metres=f"{one:g}"), (GRID, one))
                    for one in _GRIDS_M
                ),
                *((title, (name, question.grid_m)) for title, name in named),
            ],
            (question.candidates, question.grid_m),
        )
        aims = {
            "most": said("Most people served, for a number of sites"),
            "fewest": said("Fewest sites for a share of the people"),
            "mean": said("Least mean way, for a number of sites"),
            "worst": said("Least longest way, for a number of sites"),
        }
        self._aim.show_options(said("What for?"), [(aims[one], one) for one in _AIMS], question.aim)
        self._metres_title.setText(said("Longest way"))
        self._metres.show_value(
            question.metres, {one: said("{metres} m", metres=f"{one:g}") for one in _METRES}
        )
        self._count_title.setText(said("How many new sites?"))
        self._count.name(said("How many new sites?"))
        self._count.show_number(question.sites)
        self._count_box.setVisible(question.aim != "fewest")
        self._share_title.setText(said("Share of the people to serve (%)"))
        self._share.name(said("Share of the people to serve (%)"))
        self._share.show_number(question.share * 100.0)
        self._share_box.setVisible(question.aim == "fewest")
        self._existing.show_options(
            said("What becomes of those that exist?"),
            [(said("They stay"), "kept"), (said("They may be closed"), "closable")],
            question.existing,
        )
        self._seconds.show_options(
            said("How long to search?"),
            [
                (said("{seconds} seconds", seconds=f"{one:g}"), one)
                for one in sorted({*_SECONDS, question.seconds})
            ],
            question.seconds,
        )
        self._before_title.setText(said("What the map shows"))
        self._before.show_value(
            question.before, {True: said("Today"), False: said("With the plan")}
        )
        self._before_box.setVisible(self.asked is not None)

    def told(
        self, answer: SitingAnswer, said: Words
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return what must be said first of an answer, and its figures with their names."""
        found, question = answer.found, answer.question
        warnings: list[str] = []
        if answer.schematic:
            warnings.append(
                said("Schematic: streets, homes or facilities are made up, and so is every figure.")
            )
        if not found.people_known:
            warnings.append(
                said("The homes don't say how many people live there: each counts one.")
            )
        new = list(found.sites["state"]).count("new")
        figures = [
            (said("New sites"), f"{new}"),
            (said("Served today"), f"{found.share_before:.1%}"),
            (said("Served with the plan"), f"{found.share:.1%}"),
            (said("Value of the plan"), value_said(question, found.value).said(said)),
            (said("Bound that no plan can better"), _bound(answer).said(said)),
            (said("Gap"), gap_said(found.gap, proven=found.proven).said(said)),
            (said("Proof"), said("proven best") if found.proven else said("not proven")),
            (said("Candidates"), f"{found.candidates:,}"),
        ]
        for row in answer.audited.to_dict("records"):
            unit = said("m") if row["by"] == "metres" else said("min")
            figures.append(
                (
                    said("Audit within {limit}", limit=f"{row['limit']:g} {unit}"),
                    f"{row['before']:.1%} → {row['after']:.1%}",
                )
            )
        return warnings, figures

    def writer(self, answer: SitingAnswer, said: Words) -> Write:
        """Return what writes the plan as `sandbox siting` does."""
        network, found = self._session.atlas.network, answer.found
        approval = self._session.state.document.approval

        def write(file: Path) -> None:
            # Imported here, so that only who saves waits for what workbooks are made of.
            from sandbox.export.sheets.files import write_report
            from sandbox.export.sheets.siting import shaded_siting, siting_layers, siting_report

            report = siting_report(found, network, said, schematic=answer.schematic)
            shaded = shaded_siting(found, network, said)
            write_report(file, report, lambda: siting_layers(found), network, shaded, approval)

        return write

    def meanwhile(self, asked: SitingQuestion, said: Words) -> QWidget:
        """Return the button that ends the search with the best plan so far."""
        whole, stop = QWidget(), button("link")
        column(whole, (0, 0, 0, 0), 0).addWidget(stop, 0, Qt.AlignmentFlag.AlignLeft)
        stop.setText(said("Stop and keep the best plan so far"))

        def end() -> None:
            keep_plan(self._session.atlas, asked)
            stop.setEnabled(False)
            stop.setText(said("Stopping…"))

        stop.clicked.connect(end)
        return whole

    def charts(self, answer: SitingAnswer, said: Words) -> Sequence[Chart]:
        """Return the charts of an answer."""
        return charts(answer, said)


def _bound(answer: SitingAnswer) -> Text:
    """Return the bound of a plan, in words where none is known."""
    found = answer.found
    if not is_bounded(found.gap, proven=found.proven):
        return Text("not known")
    return value_said(answer.question, found.bound)


def _sample(session: Session) -> SitingQuestion | None:
    return sample() if homes.SAMPLE_HOMES in session.atlas.layers else None


def _legend(session: Session) -> Legend | None:
    answer = session.state.answers.result(SitingAnswer)
    if answer is None:
        return None
    said, edge = words(session), look(session).colour("ink_3")
    texts = [said("Served today"), said("Served with the plan only"), said("Not served")]
    lines = [
        (icons.area_picture(one.colour, edge), text)
        for one, text in zip(CLASSES, texts, strict=True)
        if not (answer.question.before and one is CLASSES[1])
    ]
    heading = said("Homes within {metres} m of a site", metres=f"{answer.question.metres:g}")
    return Legend(f"{heading} · {said('Schematic')}" if answer.schematic else heading, lines)


def _table(session: Session) -> Table:
    said, answer = words(session), session.state.answers.result(SitingAnswer)
    columns = (
        Column(said("Site"), share=24, least_px=140),
        Column(said("State"), share=10),
        Column(said("Homes"), right=True, share=10),
        Column(said("People"), right=True, share=10),
        Column(said("Longitude"), right=True, share=12, spared=1),
        Column(said("Latitude"), right=True, share=12, spared=2),
    )
    if answer is None:
        return Table((), "", "", columns=columns)
    rows = answer.found.sites.to_dict("records")
    lines: list[Line] = []
    for number, row in enumerate(rows):
        place = _place(session, answer, number)
        name = place.name(session.state.language)
        if row["state"] == "new":
            name = f"{number + 1}  {said('New site')} {row['id']}"
        lon, lat = place.lonlat
        cells = (
            name,
            _STATES[str(row["state"])].said(said),
            figure(row["homes"], ",d"),
            figure(row["people"], ",.0f"),
            figure(lon, ".5f"),
            figure(lat, ".5f"),
        )
        lines.append(Line(place, cells=cells))
    known = gap_said(answer.found.gap, proven=answer.found.proven).said(said)
    gap = said("Gap {gap}", gap=known)
    note = said("Proven: no plan is better") if answer.found.proven else gap
    return Table(
        lines, "", f"{said('Schematic')} · {note}" if answer.schematic else note, columns=columns
    )


def _place(session: Session, answer: SitingAnswer, number: int) -> Place:
    """Return a site as a place; a new one is in no layer yet."""
    where, layers = site_place(answer, number), session.atlas.layers
    known = places.place(layers, where)
    if known is not None:
        return known
    row: Any = answer.found.sites.iloc[number]
    at: Any = shapely.point_on_surface(row.geometry)
    layer = layers[answer.question.layer or answer.question.homes]
    columns = {"id": str(row["id"]), "name_zh": str(row["id"]), "name_en": str(row["id"])}
    return Place(where, layer, columns, (float(at.x), float(at.y)), row.geometry)


def _explain(session: Session, where: Selected, about: str) -> Sequence[Explained]:
    answer = session.state.answers.result(SitingAnswer)
    if answer is None:
        return ()
    said, found, question = words(session), answer.found, answer.question
    facts: list[tuple[str, str]] = []
    sites = [site_place(answer, row) for row in range(len(found.sites))]
    if where in sites:
        row: Any = found.sites.iloc[sites.index(where)]
        facts += [
            (said("Site"), str(row["id"])),
            (said("State"), _STATES[str(row["state"])].said(said)),
            (said("Homes"), f"{row['homes']:,}"),
            (said("People"), f"{row['people']:,.0f}"),
        ]
    elif where.layer == question.homes:
        homes_of: Any = found.homes[found.homes["id"].astype(str) == where.id]
        for row in homes_of.to_dict("records"):
            facts += [
                (said("Dwelling"), str(row["name_zh" if said.language == "zh" else "name_en"])),
                (said("Today"), _way(row["before"], question, said)),
                (said("With the plan"), _way(row["after"], question, said)),
                (said("Site"), str(row["site_id"]) or "–"),
            ]
    if not facts:
        return ()
    told = session.atlas.network.streets.provenance
    value, bound = value_said(question, found.value).said(said), _bound(answer).said(said)
    gap = gap_said(found.gap, proven=found.proven).said(said)
    facts += [
        (said("Value of the plan"), value),
        (said("Bound that no plan can better"), bound),
        (
            said("Gap"),
            f"|{value} − {bound}| / {value} = {gap}"
            if is_bounded(found.gap, proven=found.proven)
            else gap,
        ),
        (said("Proof"), said("proven best") if found.proven else said("not proven")),
        (said("Solver"), "HiGHS"),
        (said("Street network"), told.title),
        (said("Data date"), told.date or said("date unknown")),
    ]
    title = said("How this was computed")
    return (
        Explained(f"{title} · {said('Schematic')}" if answer.schematic else title, tuple(facts)),
    )


def _way(metres: float, question: SitingQuestion, said: Words) -> str:
    if metres != metres:  # noqa: PLR0124
        return f"> {said('{metres} m', metres=f'{question.metres:g}')}"
    return f"{said('{metres} m', metres=f'{metres:,.0f}')} ≤ {question.metres:g}"


PANEL: Final = Panel("siting", SitingPanel, _legend, _table, _explain)
