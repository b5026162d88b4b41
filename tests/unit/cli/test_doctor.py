import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from sandbox import cli
from sandbox.cli import doctor
from sandbox.cli.licences import closure, licence
from sandbox.engine import compiled


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", "en", "doctor", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    found, faults = doctor.examine()
    assert faults == {}
    return found


def test_the_doctor_finds_this_machine_fit(report: dict[str, Any]) -> None:
    assert report["program"]["version"] == metadata.version("science-city-sandbox")
    assert report["packages"]["numpy"] == metadata.version("numpy")
    assert report["screens"]["font"] == "Noto Sans CJK SC"
    assert report["screens"]["font_shows_chinese"] is True
    assert report["screens"]["screens"][0]["width_px"] > 0
    assert report["network"]["nodes"] > 1000
    assert report["network"]["schematic"] is True


def test_compiled_kernels_are_counted(report: dict[str, Any]) -> None:
    kernels = report["kernels"]
    assert kernels["count"] > 0
    assert 0 <= kernels["from_disk"] <= kernels["count"]
    assert kernels["cache"]
    # Counted one way, whether they had to be compiled first or not: by what is kept.
    assert kernels["count"] == compiled.kept(Path(kernels["cache"]))
    again, _ = doctor.examine()
    assert again["kernels"]["count"] == again["kernels"]["from_disk"] == kernels["count"]


def test_kernels_of_a_folder_are_counted_once_each(tmp_path: Path) -> None:
    for name in ("a.nbi", "a.1.nbc", "a.2.nbc", "b.nbi", "b.1.nbc"):
        (tmp_path / name).touch()
    assert (compiled.kept(tmp_path), compiled.kept(None)) == (2, 0)


def test_json_and_table_say_the_same(
    report: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: (report, {}))
    assert run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {**report, "faults": {}}
    assert run() == 0
    table = capsys.readouterr().out
    assert told["network"]["file"] in table
    assert told["screens"]["font"] in table
    assert told["folders"]["log"] in table


def test_a_part_that_fails_is_named_and_the_rest_still_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> dict[str, Any]:
        raise OSError("no\ndisk")

    parts = {**dict.fromkeys(doctor.PARTS, broken), "program": doctor.PARTS["program"]}
    monkeypatch.setattr(doctor, "PARTS", parts)
    assert run() == 1
    table = capsys.readouterr().out
    assert metadata.version("science-city-sandbox") in table
    assert "network doesn't work: OSError: no disk" in table


def test_settings_that_cant_be_read_are_a_finding(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("network = [", "utf-8")
    monkeypatch.setattr("sandbox.paths.user_config", lambda: tmp_path)
    monkeypatch.setattr(doctor, "PARTS", {"network": doctor.PARTS["network"]})
    _, faults = doctor.examine()
    assert "settings.toml" in faults["network"]


def test_every_package_installed_with_it_names_its_licence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--licences", "--json") == 0
    told = {row["package"]: row for row in json.loads(capsys.readouterr().out)}
    assert "LGPL-3.0-only" in told["pyside6-essentials"]["licence"]
    # Reached through others, not named by the program itself.
    assert "llvmlite" in told
    assert [name for name, row in told.items() if not row["licence"] or not row["version"]] == []


def test_no_licence_forces_the_program_under_its_own() -> None:
    """Each package offers terms that Apache-2.0 code may be shipped beside."""
    for name, found in closure("science-city-sandbox").items():
        assert found is not None, name
        terms = licence(found).replace("LGPL", "lesser")
        choices = terms.split(" OR ")
        assert any("GPL" not in choice and "Affero" not in choice for choice in choices), name
