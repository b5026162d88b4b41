"""Pictures of a project: small files held in it, large ones linked, and what is refused."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sandbox import paths
from sandbox.catalog.importing.pictures import picture_layer, place_picture
from sandbox.errors import ProjectError
from sandbox.formats.known import Known
from sandbox.formats.raster import read_raster
from sandbox.projects import pictures
from sandbox.projects.project import Project
from sandbox.projects.store import read, save
from sandbox.words import Bilingual
from tests.support.plans import about, write_plan

MIDDLE = (106.3149, 29.5149)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_cache", lambda: tmp_path / "cache")


def plan(path: Path):
    """Return a layer of a plan that is written to a file."""
    write_plan(path, about(MIDDLE, "EPSG:4544", 2.0))
    return picture_layer(place_picture(read_raster(path), "EPSG:4544", Known()), "plan")


def kept(path: Path, layer: Any) -> Path:
    save(path, Project(Bilingual("城", "City"), {"plan": layer}))
    return path


def changed_said(file: Path, values: dict[str, object]) -> None:
    """Change what a project says of its picture, as somebody else's program could."""
    with closing(sqlite3.connect(file)) as database, database:
        (text,) = database.execute(
            "SELECT value FROM sandbox_project WHERE part='layers'"
        ).fetchone()
        said = json.loads(text)
        said[0]["picture"] |= values
        database.execute(
            "UPDATE sandbox_project SET value=? WHERE part='layers'", (json.dumps(said),)
        )


def test_a_small_picture_is_held_and_outlives_its_file(tmp_path: Path) -> None:
    layer: Any = plan(tmp_path / "控规.png")
    held = (tmp_path / "控规.png").read_bytes()
    file = kept(tmp_path / "a.gpkg", layer)
    (tmp_path / "控规.png").unlink()
    found: Any = read(file)
    picture = found.project.layers["plan"].picture
    assert found.notes == ()
    assert picture.path.read_bytes() == held
    assert (picture.system, picture.affine, picture.size) == (
        layer.picture.system, layer.picture.affine, layer.picture.size)  # fmt: skip
    # Saved again, under another name, and after the cache was cleared, it is still there.
    save(tmp_path / "b.gpkg", found.project, found)
    picture.path.unlink()
    save(file, found.project, found)
    for one in (file, tmp_path / "b.gpkg"):
        again: Any = read(one)
        assert again.project.layers["plan"].picture.path.read_bytes() == held


def test_a_large_picture_is_linked_and_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "HELD_BYTES", 10)
    file = kept(tmp_path / "a.gpkg", plan(tmp_path / "plan.png"))
    moved = tmp_path / "moved"
    moved.mkdir()
    for one in ("a.gpkg", "plan.png", "plan.pgw"):
        (tmp_path / one).rename(moved / one)
    # Linked from the folder of the project, it moves with it.
    found: Any = read(moved / "a.gpkg")
    assert found.project.layers["plan"].picture.path == moved / "plan.png"
    (moved / "plan.png").unlink()
    found = read(moved / "a.gpkg")
    assert "plan.png" in str(found.notes[0])
    assert found.project.layers["plan"].picture.lacking is not None
    assert not file.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"sha256": "../../etc/passwd"},
        {"sha256": "0" * 64},
        {"sha256": None, "path": "../secret.png"},
        {"sha256": None, "path": "\\\\host\\share\\a.png"},
        {"sha256": None, "path": "//host/share/a.png"},
        {"system": "EPSG:1"},
        {"affine": [1, 0, 0]},
        {"affine": [0, 0, 0, 0, 0, 0]},
        {"size": [0, 5]},
        {"size": [1e300, 5]},
        {"kind": "program"},
    ],
)
def test_what_a_project_says_of_a_picture_is_checked(tmp_path: Path, values: Any) -> None:
    file = kept(tmp_path / "a.gpkg", plan(tmp_path / "plan.png"))
    changed_said(file, values)
    with pytest.raises(ProjectError):
        read(file)
