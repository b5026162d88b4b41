import json
from pathlib import Path

import pytest

from sandbox import paths
from sandbox.catalog import folder
from sandbox.cli import main


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    root = tmp_path / "ponds"
    root.mkdir()
    (root / "layer.toml").write_text('id = "pond"\ngeometry = "point"\ndata = "a.geojson"\n')
    return root


def test_the_list_names_every_shipped_layer_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    layers = folder.load_all()
    for language in ("en", "zh"):
        assert run("--lang", language, "layers", "list") == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[0] for line in lines[1:]] == list(layers)
        assert all(
            layer.title.said(language) in line
            for layer, line in zip(layers.values(), lines[1:], strict=True)
        )


def test_the_list_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("layers", "list", "--json") == 0
    said = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(said) == list(folder.load_all())
    assert said["innovation_supports"]["features"] == 5
    assert said["innovation_supports"]["schematic"] is True
    assert said["labs"]["title"] == {"zh": "科研平台", "en": "Laboratories"}
    assert {"name": "teams", "type": "integer", "unit": "个"} in said["labs"]["columns"]


def test_shipped_layers_pass_the_check_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "en", "layers", "check") == 0
    count = len(folder.folders(paths.layers()))
    assert capsys.readouterr().out == f"Layers checked: {count}, no faults.\n"


def test_one_folder_can_be_checked_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "en", "layers", "check", str(paths.layers() / "parks")) == 0
    assert capsys.readouterr().out == "Layers checked: 1, no faults.\n"


@pytest.mark.parametrize("below", [True, False])
def test_all_faults_are_listed_and_the_status_is_1(
    faulty: Path, below: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = faulty.parent if below else faulty
    assert run("--lang", "en", "layers", "check", str(path)) == 1
    assert capsys.readouterr().out.splitlines() == [
        "ponds: group is missing",
        "ponds: order is missing",
        "ponds: title is missing",
        "ponds: provenance is missing",
        "ponds: licence is missing",
        "ponds: the legend has no text",
        "ponds: a.geojson is not in the folder",
        f"Correct it, then run: {paths.command()} layers check {path}",
    ]


def test_faults_are_said_in_chinese(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "zh", "layers", "check", str(faulty)) == 1
    assert "ponds: 缺少 title" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", ["empty", "lost"])
def test_a_folder_without_layers_is_one_line_and_status_2(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert run("--lang", "en", "layers", "check", str(tmp_path / name)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "There is no layer in" in told.err
