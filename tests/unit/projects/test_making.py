"""A new project is made whole or not at all, and never in the place of a file."""

from pathlib import Path

import pytest

from sandbox.errors import ProjectError, SandboxError
from sandbox.projects.making import make_project
from sandbox.projects.store import read
from sandbox.words import Bilingual, Text
from tests.support.osm_map import write_pbf
from tests.unit.sources.osm.test_ground import DRAWING, NODES, WAYS

STREETS = {"ST": {"highway": "residential"}, "IJMN": {"highway": "residential"}}


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "small_town.osm.pbf"
    write_pbf(path, DRAWING, {**WAYS, **STREETS}, NODES)
    return path


def test_it_is_called_by_its_file_or_as_one_says(extract: Path, tmp_path: Path) -> None:
    told: list[float] = []
    made = make_project(
        tmp_path / "my_city.gpkg", extract, tell=lambda share, _text: told.append(share)
    )
    assert (made.project.title.zh, made.project.title.en) == ("my city", "My City")
    assert told == sorted(told)
    assert told[-1] == 1.0
    title = Bilingual("重庆", "重庆")
    make_project(tmp_path / "other.gpkg", extract, title=title)
    assert read(tmp_path / "other.gpkg").project.title == title


def test_what_is_there_stays(extract: Path, tmp_path: Path) -> None:
    there = tmp_path / "city.gpkg"
    there.write_bytes(b"mine")
    with pytest.raises(ProjectError, match="is there already"):
        make_project(there, extract)
    assert there.read_bytes() == b"mine"
    with pytest.raises(ProjectError, match="not the name of a project"):
        make_project(tmp_path / "city.txt", extract)


def test_a_file_that_is_no_extract_leaves_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.osm.pbf"
    wrong.write_bytes(b"no map")
    with pytest.raises(SandboxError):
        make_project(tmp_path / "city.gpkg", wrong)
    with pytest.raises(ProjectError, match="need the streets"):
        make_project(tmp_path / "city.gpkg", dem=[tmp_path / "dem.tif"])
    assert list(tmp_path.iterdir()) == [wrong]


class Stopped(Exception):
    """Who waits has had enough."""


@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 0.9])
def test_stopped_anywhere_it_leaves_nothing(extract: Path, tmp_path: Path, after: float) -> None:
    def tell(share: float, _text: Text) -> None:
        if after <= share < 1.0:
            raise Stopped

    with pytest.raises(Stopped):
        make_project(tmp_path / "city.gpkg", extract, tell=tell)
    assert list(tmp_path.iterdir()) == []
