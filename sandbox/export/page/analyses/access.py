"""A measure of access in a page: homes in their classes, the table, formula, source, charts."""

from typing import Final

from sandbox.app.answers.access import TITLES, AccessAnswer, class_texts
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.access import charts, colours, homes
from sandbox.draw.theme import Theme
from sandbox.export.page.analyses import shaded
from sandbox.export.page.analyses.sheets import first_of
from sandbox.export.page.features import both
from sandbox.export.page.result import (
    Card,
    Cell,
    LegendLine,
    Page,
    Result,
    ResultLayer,
    ResultTable,
)
from sandbox.export.page.swatch import Swatch
from sandbox.export.sheets.sheet import unit_said
from sandbox.words import Bilingual, Text, words_of

# The page has those with least; the command's files have all.
_ROWS: Final = 300


def access_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of a measure of access."""
    answer = state.answers.result(AccessAnswer)
    if answer is None:
        raise AssertionError("the map holds no measure of access")
    edge, column = theme.colour("ink_3"), answer.column
    units = Bilingual(unit_said(column.unit, "zh"), unit_said(column.unit, "en"))
    texts = [
        Bilingual(zh.said(words_of("zh")), en.said(words_of("en")))
        for zh, en in zip(
            class_texts(answer.edges, units.zh), class_texts(answer.edges, units.en), strict=True
        )
    ]
    shades = colours(len(texts), less_is_better=answer.time)
    legend = tuple(
        LegendLine(text, Swatch(fill=one, fill_opacity=0.8, stroke=edge))
        for text, one in zip(texts, shades, strict=True)
    )
    title = both(TITLES[answer.question.measure])
    drawn = shaded.features(homes(answer), atlas.crs, edge)
    notes: list[Bilingual] = []
    if answer.schematic:
        made_up = "Schematic: streets, homes or facilities are made up, and so is every figure."
        notes.append(both(Text(made_up)))
    cards = [
        Card(f"{answer.share[name]:,.4g}", both(text), units)
        for name, text in (
            ("mean", Text("Mean")),
            ("median", Text("Median")),
            ("least", Text("Least")),
            ("most", Text("Most")),
        )
    ]
    drawings = [
        charts(answer, said, [one.said(said) for one in class_texts(answer.edges, "")])
        for said in map(words_of, ("zh", "en"))
    ]
    facts = (
        (both(Text("Formula")), Bilingual(column.formula, column.formula)),
        (both(Text("Source")), Bilingual(column.source, column.source)),
    )
    values = {
        "measure": title,
        "median": f"{answer.share['median']:,.4g}",
        "mean": f"{answer.share['mean']:,.4g}",
        "unit": units,
    }
    return Result(
        title,
        finding=both(
            Text("{measure}: half have {median} {unit} or less; the mean is {mean}.", values)
        ),
        cards=tuple(cards),
        facts=facts,
        layers=(ResultLayer("access", title, drawn, legend),),
        tables=(_table(answer, title),),
        notes=tuple(notes),
        pictures=shaded.pictures(*drawings),
        bounds_lonlat=shaded.bounds(answer.homes_xy, atlas.crs),
    )


def _table(answer: AccessAnswer, title: Bilingual) -> ResultTable:
    rows: list[tuple[Cell, ...]] = []
    for row in answer.table.head(_ROWS).to_dict("records"):
        zh, en, id_ = (str(row[name]) for name in ("name_zh", "name_en", "id"))
        value, people = float(row["value"]), float(row["people"])
        rows.append(
            (
                Bilingual(zh or en or id_, en or zh or id_),
                "–" if people != people else f"{people:,.0f}",  # noqa: PLR0124
                "–" if value != value else f"{value:,.4g}",  # noqa: PLR0124
            )
        )
    columns = (both(Text("Dwelling")), both(Text("People")), title)
    heading = first_of(both(Text("Least access first")), len(rows), len(answer.table))
    return ResultTable(heading, columns, tuple(rows))


PAGE: Final = Page(access_result)
