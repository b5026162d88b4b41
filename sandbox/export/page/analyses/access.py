"""A measure of access in a page: homes in their classes, the table, formula, source, charts."""

from collections.abc import Sequence
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
from sandbox.export.sheets.access import column_title
from sandbox.export.sheets.sheet import unit_said
from sandbox.words import Bilingual, Text, words_of

# The page has those with least; the command's files have all.
_ROWS: Final = 300
# Measures that can be switched on, and shapes of all of them together: a file has to stay small.
_LAYERS: Final = 6
_SHAPES: Final = 15_000
_PLACES: Final = Bilingual("处", "places")
_SHARES: Final = (
    ("mean", Text("Mean")),
    ("median", Text("Median")),
    ("least", Text("Least")),
    ("most", Text("Most")),
)


def access_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of measures of access: one on the map, the others to switch on."""
    answers = [one for one in state.answers.results if isinstance(one, AccessAnswer)]
    if not answers:
        raise AssertionError("the map holds no measure of access")
    answer, edge = answers[0], theme.colour("ink_3")
    title = both(TITLES[answer.question.measure])
    titles = [title] if len(answers) == 1 else [_column_title(one) for one in answers]
    layers = [
        _layer(one, named, f"access_{number}" if number else "access", atlas.crs, edge)
        for number, (one, named) in enumerate(zip(answers, titles, strict=True))
    ][: max(1, min(_LAYERS, _SHAPES // max(1, len(answer.table))))]
    notes: list[Bilingual] = []
    if len(layers) < len(answers):
        counts = {"count": str(len(layers)), "all": str(len(answers))}
        held = "On the map: the first {count} of {all} measures; the table has all."
        notes.append(both(Text(held, counts)))
    if answer.schematic:
        made_up = "Schematic: streets, homes or facilities are made up, and so is every figure."
        notes.append(both(Text(made_up)))
    units = _units(answer)
    cards = [Card(f"{answer.share[name]:,.4g}", both(text), units) for name, text in _SHARES]
    drawings = [
        charts(answer, said, [one.said(said) for one in class_texts(answer.edges, "")])
        for said in map(words_of, ("zh", "en"))
    ]
    facts = [
        (both(Text("Formula")), Bilingual(answer.column.formula, answer.column.formula)),
        (both(Text("Source")), Bilingual(answer.column.source, answer.column.source)),
    ]
    values = {
        "measure": titles[0],
        "median": f"{answer.share['median']:,.4g}",
        "mean": f"{answer.share['mean']:,.4g}",
        "unit": units,
    }
    return Result(
        both(Text("Measures of access")) if len(answers) > 1 else title,
        finding=both(
            Text("{measure}: half have {median} {unit} or less; the mean is {mean}.", values)
        ),
        cards=tuple(cards),
        facts=tuple(facts),
        layers=tuple(layers),
        tables=(*([_shares(answers, titles)] if len(answers) > 1 else []), _table(answers, titles)),
        notes=tuple(notes),
        pictures=shaded.pictures(*drawings),
        bounds_lonlat=shaded.bounds(answer.homes_xy, atlas.crs),
    )


def _units(answer: AccessAnswer) -> Bilingual:
    if answer.column.unit == "supply" and not answer.supply:
        return _PLACES
    return Bilingual(*(unit_said(answer.column.unit, one) for one in ("zh", "en")))


def _column_title(answer: AccessAnswer) -> Bilingual:
    zh, en = (column_title(answer.column, words_of(one)) for one in ("zh", "en"))
    # Times end with which of the nearest, the others with their cutoff.
    return Bilingual(zh, en) if answer.time else Bilingual(f"{zh} 分钟", f"{en} min")


def _layer(answer: AccessAnswer, title: Bilingual, name: str, crs: str, edge: str) -> ResultLayer:
    units = _units(answer)
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
    drawn = shaded.features(homes(answer), crs, edge)
    return ResultLayer(name, title, drawn, legend, visible=name == "access")


def _figure(value: float, digits: str = ",.4g") -> str:
    return "–" if value != value else f"{value:{digits}}"  # noqa: PLR0124


def _shares(answers: Sequence[AccessAnswer], titles: Sequence[Bilingual]) -> ResultTable:
    """Return how each measure is shared."""
    columns = (
        both(Text("Measure")),
        *(both(text) for _, text in _SHARES),
        both(Text("Gini coefficient")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            title,
            *(_figure(one.share[name]) for name, _ in _SHARES),
            _figure(one.share["gini"], ".3f"),
        )
        for one, title in zip(answers, titles, strict=True)
    ]
    return ResultTable(both(Text("How access is shared")), columns, tuple(rows))


def _table(answers: Sequence[AccessAnswer], titles: Sequence[Bilingual]) -> ResultTable:
    first, *others = answers
    more = [one.table.set_index(one.table["id"].astype(str))["value"].to_dict() for one in others]
    rows: list[tuple[Cell, ...]] = []
    for row in first.table.head(_ROWS).to_dict("records"):
        zh, en, id_ = (str(row[name]) for name in ("name_zh", "name_en", "id"))
        rows.append(
            (
                Bilingual(zh or en or id_, en or zh or id_),
                _figure(float(row["people"]), ",.0f"),
                _figure(float(row["value"])),
                *(_figure(float(one[id_])) for one in more),
            )
        )
    columns = (both(Text("Dwelling")), both(Text("People")), *titles)
    heading = first_of(both(Text("Least access first")), len(rows), len(first.table))
    return ResultTable(heading, columns, tuple(rows))


PAGE: Final = Page(access_result)
