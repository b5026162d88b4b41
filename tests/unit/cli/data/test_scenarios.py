import json

import pytest

from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.cli import main


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_the_list_names_every_shipped_scenario_in_both_languages(capsys):
    shipped = scenarios.shipped(load_all())
    for language in ("en", "zh"):
        assert run("--lang", language, "scenarios", "list") == 0
        rows = capsys.readouterr().out.splitlines()[1:]
        assert [row.split()[0] for row in rows] == list(shipped)
        for row, one in zip(rows, shipped.values(), strict=True):
            assert one.title.said(language) in row
    assert run("--lang", "en", "scenarios", "list") == 0
    said = capsys.readouterr().out
    assert said.count("not published") == 3
    assert "in operation" in said


def test_what_articles_state_is_never_said_to_be_computed(capsys):
    assert run("--lang", "en", "scenarios", "show", "jinfeng_hub") == 0
    said = capsys.readouterr().out
    assert "As reported by the articles, not computed here:" in said
    assert "Beijing: 360 min" in said
    assert "13 corridors are shown for information and excluded from travel times." in said
    assert run("scenarios", "show", "jinfeng_hub", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["opening"] is None
    assert facts["corridors_drawn"] == 13
    assert {one["computed"] for one in facts["stated_by_articles"]} == {False}


def test_a_scenario_written_out_passes_the_check(tmp_path, capsys):
    file = tmp_path / "own.toml"
    assert run("scenarios", "show", "metro7", "-o", str(file)) == 0
    capsys.readouterr()
    assert run("--lang", "en", "scenarios", "check", str(file)) == 0
    assert capsys.readouterr().out == f"{file}: no fault; edits: 2.\n"


def test_the_check_says_every_fault_in_a_line_and_fails(tmp_path, capsys):
    file = tmp_path / "own.toml"
    file.write_text('title = { zh = "试", en = "Trial" }\ncolour = 1\n[[edit]]\ndo = "fly"\n')
    assert run("--lang", "en", "scenarios", "check", str(file)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(str(file)) for line in lines[:2])
    assert lines[2].endswith(f"scenarios check {file}")


def test_the_shipped_scenarios_pass_the_check(capsys):
    assert run("--lang", "en", "scenarios", "check") == 0
    assert len(capsys.readouterr().out.splitlines()) == len(scenarios.SHIPPED)


def test_an_unknown_scenario_is_one_line_and_exit_2(capsys):
    assert run("--lang", "en", "scenarios", "show", "nope") == 2
    assert capsys.readouterr().err.startswith("sandbox: There is no scenario named nope.")
