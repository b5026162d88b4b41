"""A sheet of rules that goes out to be compared with the printed book, and comes back in.

The first row has the keys that `sandbox.catalog.standards_sheet` reads, the second what they mean,
the third their units; each rule is a row. Whoever confirms a rule writes a name and a date.
"""

from pathlib import Path
from typing import Any, Final

from sandbox.export.sheets.workbook import workbook
from sandbox.standards import Limit, Rule, Standard
from sandbox.words import Text, Words

# Key of the row, what it is called, and its unit.
COLUMNS: Final = (
    ("id", Text("Rule"), ""),
    ("tier", Text("Tier"), ""),
    ("facility", Text("Facility (key)"), ""),
    ("title", Text("Facility"), ""),
    ("metres", Text("Walk"), "m"),
    ("minutes", Text("Walking time"), "min"),
    ("from_m2", Text("Only from this size"), "m²"),
    ("below_m2", Text("Only below this size"), "m²"),
    ("people_from", Text("People served, from"), ""),
    ("people_to", Text("People served, to"), ""),
    ("floor_m2", Text("Floor area, at least"), "m²"),
    ("land_m2", Text("Land, at least"), "m²"),
    ("m2_per_1000", Text("Area for a thousand people"), "m²"),
    ("places_per_1000", Text("Places for a thousand people"), ""),
    ("share", Text("Share to be covered"), ""),
    ("floor_at_most", Text("Highest floor"), ""),
    ("clause", Text("Clause"), ""),
    ("zh", Text("Note in Chinese"), ""),
    ("en", Text("Note in English"), ""),
    ("mark", Text("Mark"), ""),
    ("by", Text("Confirmed by"), ""),
    ("on", Text("Confirmed on"), "YYYY-MM-DD"),
)
_WIDE: Final = ("title", "clause", "zh", "en")


def write_rules_sheet(path: Path, standard: Standard, say: Words) -> None:
    """Write the rules of a standard as a workbook, whole or not at all.

    A rule that is met in one of several ways has a row for each.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with workbook(path) as book:
        page = book.add_worksheet(standard.id[:31])
        key = book.add_format({"font_color": "#8A949C", "font_size": 9})
        head = book.add_format({"bold": True, "bg_color": "#DCE6EE", "text_wrap": True})
        fill = book.add_format({"bg_color": "#FFF8DC"})
        for number, (name, title, unit) in enumerate(COLUMNS):
            page.write_string(0, number, name, key)
            page.write_string(1, number, title.said(say), head)
            page.write_string(2, number, unit, key)
            page.set_column(number, number, 30 if name in _WIDE else 14)
        row = 3
        for rule in standard.rules.values():
            for limit in rule.limits or (Limit(),):
                told = row_of(standard, rule, limit, say)
                for number, (name, _, _) in enumerate(COLUMNS):
                    value, look = told[name], fill if name in ("mark", "by", "on") else None
                    if value is None or value == "":
                        page.write_blank(row, number, None, look)
                    elif isinstance(value, str):
                        page.write_string(row, number, value, look)
                    else:
                        page.write_number(row, number, value, look)
                row += 1
        last = COLUMNS.index(next(one for one in COLUMNS if one[0] == "mark"))
        marks = ["seen", "one_reader", "memory", "confirmed"]
        page.data_validation(3, last, max(row, 4), last, {"validate": "list", "source": marks})
        page.freeze_panes(3, 4)


def row_of(standard: Standard, rule: Rule, limit: Limit, say: Words) -> dict[str, Any]:
    """Return a row of the sheet by its keys."""
    note, people = rule.note, rule.people or (None, None)
    return {
        "id": rule.id,
        "tier": rule.tier,
        "facility": rule.facility,
        "title": standard.facilities[rule.facility].title.said(say.language),
        "metres": limit.metres,
        "minutes": limit.minutes,
        "from_m2": limit.from_m2,
        "below_m2": limit.below_m2,
        "people_from": people[0],
        "people_to": people[1],
        "floor_m2": rule.floor_m2,
        "land_m2": rule.land_m2,
        "m2_per_1000": rule.m2_per_1000,
        "places_per_1000": rule.places_per_1000,
        "share": None if rule.share == 1.0 else rule.share,
        "floor_at_most": rule.floor_at_most,
        "clause": rule.clause,
        "zh": note.zh if note else "",
        "en": note.en if note else "",
        "mark": rule.standing.mark,
        "by": rule.standing.by,
        "on": rule.standing.on,
    }
