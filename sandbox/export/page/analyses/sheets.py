"""Tables of reports as tables of a page, in both languages."""

from sandbox.export.page.result import Cell, ResultTable
from sandbox.export.sheets.sheet import Report, Sheet, text_of
from sandbox.words import Bilingual, Text, both

# The page has the first rows; the workbook has all.
_ROWS = 300


def table(zh: Sheet, en: Sheet, *, folded: bool) -> ResultTable:
    """Return a sheet, given in both languages, as a table."""
    columns = tuple(
        Bilingual(one.title, other.title) for one, other in zip(zh.fields, en.fields, strict=True)
    )
    rows: list[tuple[Cell, ...]] = []
    lines = zip(
        zh.rows.head(_ROWS).to_dict("records"), en.rows.head(_ROWS).to_dict("records"), strict=True
    )
    for one, other in lines:
        cells = [
            (text_of(one.get(field.key), field.form), text_of(other.get(field.key), field.form))
            for field in zh.fields
        ]
        rows.append(tuple(a if a == b else Bilingual(a, b) for a, b in cells))
    heading = first_of(Bilingual(zh.title, en.title), len(rows), len(zh.rows))
    return ResultTable(heading, columns, tuple(rows), folded=folded)


def first_of(heading: Bilingual, shown: int, every: int) -> Bilingual:
    """Return a table's heading, which says where the page has its first rows only."""
    if shown == every:
        return heading
    values = {"heading": heading, "shown": f"{shown:,}", "all": f"{every:,}"}
    return both(Text("{heading}: the first {shown} of {all}", values))


def facts(zh: Report, en: Report) -> tuple[tuple[Bilingual, Bilingual], ...]:
    """Return what stands above a report's tables."""
    return tuple(
        (Bilingual(one[0], other[0]), Bilingual(one[1], other[1]))
        for one, other in zip(zh.facts, en.facts, strict=True)
    )


def notes(zh: Report, en: Report) -> tuple[Bilingual, ...]:
    """Return what a report says first."""
    pairs = zip(zh.warnings, en.warnings, strict=True)
    return tuple(Bilingual(one, other) for one, other in pairs)


def title(zh: Report, en: Report) -> Bilingual:
    """Return what a report is about."""
    return Bilingual(zh.title, en.title)
