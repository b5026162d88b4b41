"""A sheet of rules goes out, is compared with the book, and comes back in."""

import pytest
import python_calamine
import xlsxwriter

from sandbox.catalog import standards
from sandbox.catalog.standards_sheet import changed, read_rules_sheet
from sandbox.errors import AnalysisError
from sandbox.export.sheets.standards import write_rules_sheet
from sandbox.words import words_of


def rows_of(file):
    with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def rewritten(file, rows):
    with xlsxwriter.Workbook(str(file)) as book:
        page = book.add_worksheet()
        for row, cells in enumerate(rows):
            page.write_row(row, 0, cells)
    return file


@pytest.mark.parametrize("name", standards.shipped())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_that_nobody_changed_changes_nothing(tmp_path, name, language):
    standard, file = standards.read(name), tmp_path / "rules.xlsx"
    write_rules_sheet(file, standard, words_of(language))
    said = read_rules_sheet(file, standard)
    assert changed(standard, said) == []
    own = tmp_path / "own.toml"
    own.write_text(standards.as_toml(said, own), "utf-8")
    assert standards.read(str(own)).rules == standard.rules


def test_whoever_confirms_a_rule_and_corrects_it_is_named_in_it(tmp_path):
    standard, file = standards.read("gb50180-2018"), tmp_path / "rules.xlsx"
    write_rules_sheet(file, standard, words_of("zh"))
    rows = rows_of(file)
    keys = rows[0]
    row = next(one for one in rows if one[0] == "t5_kindergarten")
    for key, value in (
        ("metres", 350), ("mark", "confirmed"), ("by", "李华"), ("on", "2026-11-30"),
    ):  # fmt: skip
        row[keys.index(key)] = value
    said = read_rules_sheet(rewritten(tmp_path / "back.xlsx", rows), standard)
    assert changed(standard, said) == ["t5_kindergarten"]
    own = tmp_path / "own.toml"
    own.write_text(standards.as_toml(said, own), "utf-8")
    rule = standards.read(str(own)).rules["t5_kindergarten"]
    assert rule.limits[0].metres == 350.0
    assert (rule.standing.by, rule.standing.on) == ("李华", "2026-11-30")
    assert rule.floor_at_most == 3


def test_every_bad_cell_is_named_at_once(tmp_path):
    standard, file = standards.read("gb50180-2018"), tmp_path / "rules.xlsx"
    write_rules_sheet(file, standard, words_of("en"))
    rows = rows_of(file)
    rows[3][rows[0].index("metres")] = "far"
    rows[4][0] = ""
    with pytest.raises(AnalysisError) as raised:
        read_rules_sheet(rewritten(file, rows), standard)
    assert len(raised.value.faults) == 2
    assert "row 4: metres is far" in str(raised.value)


def test_what_is_no_sheet_of_rules_is_refused(tmp_path):
    standard = standards.read("gb50180-2018")
    with pytest.raises(AnalysisError, match="lacks id, tier"):
        read_rules_sheet(rewritten(tmp_path / "a.xlsx", [["x"]]), standard)
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"no workbook")
    with pytest.raises(AnalysisError, match="damaged"):
        read_rules_sheet(bad, standard)
    with pytest.raises(AnalysisError, match="doesn't exist"):
        read_rules_sheet(tmp_path / "none.xlsx", standard)
