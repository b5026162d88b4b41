"""An audit as workbook, page, PDF and GeoPackage: all say the same, and what nobody confirmed."""

import re

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import python_calamine

from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.errors import ProjectError
from sandbox.export.sheets import files
from sandbox.export.sheets.audit import audit_report
from sandbox.export.sheets.layers import audit_layers
from sandbox.export.sheets.pictures import shaded_audit
from sandbox.export.sheets.sheet import SHARE, Field, Report, Sheet, text_of
from sandbox.export.sheets.workbook import write_workbook
from sandbox.projects.project import NOT_APPROVED, Approval
from sandbox.words import words_of
from tests.support.grid_city import grid_city
from tests.support.life_circle import (
    ADULT,
    CLINIC,
    SCHOOL,
    facilities,
    homes,
    rule,
    square,
    standard,
    units,
    within,
)


@pytest.fixture(scope="module")
def found():
    lived = homes([(5, 7), (0, 0), (15, 15)], [100, 300, None], name_zh=["=1+1", "<b>乙</b>", "丙"])
    there = facilities([("school", (5, 5)), ("clinic", (5, 8))])
    areas = units(south=square(-1, -1, 9))
    question = AuditQuestion(standard(SCHOOL, CLINIC, rule("shop", "t5", "shop", within(1))), ADULT)
    return audit(grid_city(), lived, there, question, areas, schematic=True)


def written(found, file, language="en", approval=NOT_APPROVED):
    say = words_of(language)
    files.write_report(
        file,
        audit_report(found, say),
        lambda: audit_layers(found),
        found.network,
        shaded_audit(found, say),
        approval,
    )
    return file


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_has_titles_units_and_the_same_figures(found, tmp_path, language):
    file = written(found, tmp_path / "a.xlsx", language)
    with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    names = list(sheets)
    ledger = next(
        rows for name, rows in sheets.items() if name in ("Ledger of what fails", "问题台账")
    )
    assert "米" in ledger[1] if language == "zh" else "m" in ledger[1]
    # Three failures: the third home fails both, the second the clinic.
    assert len(ledger) == 2 + 3
    summary = str(sheets[names[0]])
    assert ("示意" if language == "zh" else "Schematic") in summary
    assert ("无人对照" if language == "zh" else "not confirmed") in summary
    # What begins like a formula is a text.
    assert any("=1+1" in row for row in sheets["Homes" if language == "en" else "居住地"])


def test_the_page_runs_nothing_loads_nothing_and_escapes_names(found, tmp_path):
    text = written(found, tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
    assert "&lt;b&gt;乙&lt;/b&gt;" in text or "<b>乙</b>" not in text
    assert "default-src 'none'" in text
    assert "data:image/png;base64," in text
    assert "3 of 3 rules were not confirmed" in text


def test_the_pdf_has_pages_and_its_type_inside(found, tmp_path):
    content = written(found, tmp_path / "a.pdf", "zh").read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") >= 3
    assert b"NotoSansCJK" in content
    assert b"/FontFile" in content


def test_the_geopackage_has_a_layer_for_each_question(found, tmp_path):
    file = written(found, tmp_path / "a.gpkg")
    layers = {name for name, _ in pyogrio.list_layers(file)}
    assert layers == {"homes", "gaps", "ledger", "facilities", "units", "coverage", "weakest"}
    rows = gpd.read_file(file, layer="homes")
    assert rows["failed"].tolist() == [0, 1, 2]
    assert set(rows["rules_unconfirmed"]) == {3}
    assert rows["schematic"].all()
    assert len(gpd.read_file(file, layer="ledger")) == 3
    assert gpd.read_file(file, layer="units")["unit"].tolist() == ["south"]


def test_points_and_areas_stand_in_one_layer(tmp_path):
    lived = homes([(5, 5), square(1, 1)], [1, 2])
    question = AuditQuestion(standard(SCHOOL), ADULT)
    made = audit(grid_city(), lived, facilities([("school", (5, 6))]), question)
    rows = gpd.read_file(written(made, tmp_path / "a.gpkg"), layer="homes")
    assert sorted(rows.geom_type) == ["Point", "Polygon"]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("sandbox.export.sheets.workbook._MOST_ROWS", 5)
    sheet = Sheet("a", "A/B", (Field("n", "N", "m", 0),), pd.DataFrame({"n": range(7)}))
    write_workbook(tmp_path / "a.xlsx", Report("T", (), (), (sheet, sheet), "en"))
    with python_calamine.CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")) as book:
        sizes = [len(book.get_sheet_by_name(one).to_python()) for one in book.sheet_names]
        assert len(set(book.sheet_names)) == len(book.sheet_names)
    # Three rows a sheet below the two of the head; the summary comes first.
    assert sizes[1:] == [5, 5, 3, 5, 5, 3]


def test_cells_are_written_as_people_read_them():
    assert text_of(0.1234, SHARE) == "12.3%"
    assert text_of(1234.56, 0) == "1,235"
    assert text_of(float("nan"), 1) == "–"
    assert text_of(None, "") == ""
    assert text_of(0.000123456, "g") == "0.0001235"


def test_a_page_says_what_the_review_says_and_a_secret_map_has_none(found, tmp_path):
    """One rule for every page: a level that is set and isn't public refuses it; paper is free."""
    page = tmp_path / "a.html"
    assert "internal demonstration only" in written(found, page).read_text("utf-8")
    public = Approval(number="渝S(2026)001", level="public")
    assert "Map approval no. 渝S(2026)001" in written(found, page, approval=public).read_text()
    before = page.read_bytes()
    secret = Approval(number="渝S(2026)001", level="secret")
    with pytest.raises(ProjectError, match="secrecy level of the project is secret"):
        written(found, page, approval=secret)
    assert page.read_bytes() == before
    assert written(found, tmp_path / "a.pdf", approval=secret).exists()
