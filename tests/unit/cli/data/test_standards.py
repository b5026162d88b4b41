"""Planning standards on the command line."""

import json

from click.testing import CliRunner

from sandbox.catalog import standards
from sandbox.cli import sandbox


def said(*arguments, language="en", status=0):
    result = CliRunner().invoke(sandbox, ["--lang", language, "standards", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result.output


def test_the_list_names_each_standard_and_who_walks():
    text = said("list", language="zh")
    assert all(name in text for name in standards.shipped())
    assert "轮椅" in text
    facts = json.loads(said("list", "--json"))["standards"]
    assert [one["id"] for one in facts] == list(standards.shipped())


def test_a_standard_is_shown_with_clause_and_how_it_is_known(tmp_path):
    text = said("show", "gb50180-2018", "-o", tmp_path / "own.toml")
    assert "not inclusive" in text
    assert "附录B" in text
    assert "from memory, not compared with the printed standard" in text
    assert said("check", tmp_path / "own.toml").endswith("rules: 31, confirmed: 0.\n")
    facts = json.loads(said("show", "city-checkup-2024", "--json"))
    assert facts["rules"][0]["limits"][0] == {"metres": 500.0, "from_m2": 5000.0}


def test_a_check_names_every_fault_and_fails(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("version = 1\n", "utf-8")
    lines = said("check", bad, status=1).splitlines()
    assert len(lines) > 3
    assert all(line.startswith(str(bad)) for line in lines[:-1])
    assert lines[-1].endswith(f"standards check {bad}")
    assert said("check").count("no fault") == len(standards.shipped())


def test_the_sheet_goes_out_and_comes_back(tmp_path):
    sheet, own = tmp_path / "rules.xlsx", tmp_path / "own.toml"
    said("sheet", sheet)
    assert "Rules: 31, confirmed: 0; changed: –." in said("read", sheet, "-o", own)
    assert said("check", own).endswith("rules: 31, confirmed: 0.\n")
