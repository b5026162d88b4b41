"""Files of all kinds are read and written in one place, so the same holds for all of them."""

import ast
from pathlib import Path

import pytest

from sandbox import paths
from sandbox.app import settings
from sandbox.app.kiosk import config_file, usage
from sandbox.catalog import articles, folder, narration, scenarios, scenes, standards
from sandbox.edits import street_edits_file
from sandbox.streets import speed_table

PACKAGE = Path(__file__).parents[2] / "sandbox"
MARK = b"\xef\xbb\xbf"
# What reads or replaces files by itself, and who may: the place for it, the tables of a feed in
# a folder of their own, kernels that numba keeps.
ALONE = {"tomllib", "mkstemp", "fsync", "O_EXCL"}
# A lock is there or not, and never written over.
MAY = {"files.py", "projects/lock.py"}


def test_nobody_else_reads_toml_or_puts_files_in_place() -> None:
    found = {
        f"{file.relative_to(PACKAGE).as_posix()}: {name}"
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in _names(node)
        if name in ALONE and file.relative_to(PACKAGE).as_posix() not in MAY
    }
    assert found == set()


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [one.name for one in node.names]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def _settings(file: Path) -> object:
    loaded = settings.load(file)
    assert loaded.fault is None
    return loaded.settings


def _kiosk(file: Path) -> object:
    loaded = config_file.load(file)
    assert loaded.fault is None
    return loaded.config


EDIT = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
 {"kind": "path", "name": "桥"}, "geometry": {"type": "LineString",
 "coordinates": [[106.3, 29.5], [106.31, 29.5]]}}]}"""
SCENARIO = 'title = { zh = "试", en = "Trial" }\n'
# How each kind of file is read, and a file that says something else than the default.
READERS = {
    "settings.toml": (_settings, 'theme = "dark"\napproval_number = "渝S"\n'),
    "kiosk.toml": (_kiosk, '# 展厅\npin = "7391"\n'),
    "usage.json": (usage.read, '{"2026-11-25": {"touch": 3}}'),
    "speeds.toml": (
        speed_table.load,
        (paths.assets() / "speeds.toml").read_text("utf-8"),
    ),
    "edits.geojson": (lambda file: str(street_edits_file.read(file)), EDIT),
    "trial.toml": (lambda file: scenarios.read(file, {}), SCENARIO),
    "a.vtt": (narration.read_subtitles, "WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n"),
    "01_parks.toml": (
        scenes.read_scene,
        next((paths.layers() / "scenes").glob("*.toml")).read_text("utf-8"),
    ),
    "rules.toml": (
        lambda file: str(standards.read(str(file))),
        (paths.layers() / "standards" / "gb50180-2018.toml").read_text("utf-8"),
    ),
    "articles/facts.csv": (
        lambda file: articles.load_facts(file.parents[1]),
        (paths.layers() / "articles" / "facts.csv").read_text("utf-8"),
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, name: str) -> None:
    read, text = READERS[name]
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(text.encode())
    plain = read(tmp_path / name)
    (tmp_path / name).write_bytes(MARK + text.encode())
    assert read(tmp_path / name) == plain
    if name == "kiosk.toml":
        # The published PIN opened a hall whose own file had a mark.
        assert plain.pin == "7391"


def test_a_layer_with_byte_order_marks_is_read(tmp_path: Path) -> None:
    shipped = paths.layers() / "parks"
    made = tmp_path / "parks"
    made.mkdir()
    for file in shipped.iterdir():
        (made / file.name).write_bytes(MARK + file.read_bytes())
    assert len(folder.load(made).features) == len(folder.load(shipped).features)
