"""A map's official review on the command line: set, kept, cleared, and what follows from it."""

import json
import shutil
from pathlib import Path

import pytest

from sandbox.cli.data.approve import _LEVELS
from sandbox.projects import lock
from sandbox.projects.project import LEVELS
from sandbox.projects.store import Stored, read
from tests.unit.cli.data.test_project import run, town

__all__ = ["town"]


@pytest.fixture
def city(town: Stored, tmp_path: Path) -> Path:
    shutil.copytree(town.path.parent, tmp_path / "copy")
    return tmp_path / "copy" / town.path.name


def test_it_offers_every_level() -> None:
    assert [one.replace("unset", "") for one in _LEVELS] == list(LEVELS)


def test_what_is_given_is_set_and_the_rest_stays(city: Path) -> None:
    status, said = run("project", "approve", city, "--level", "public", "--date", "2026-11-30")
    assert status == 0, said
    now = read(city).project.approval
    assert (now.number, now.level, now.date) == ("渝S（2026）001号", "public", "2026-11-30")
    # The day is that of the map as it is: what it holds is kept to tell a change.
    assert len(now.content.split(".")) == 4
    held = now.content
    assert run("project", "approve", city, "--compiler", "规划院")[0] == 0
    again = read(city).project.approval
    assert (again.compiler, again.content, again.date) == ("规划院", held, "2026-11-30")
    facts = json.loads(run("project", "info", city, "--json")[1])
    assert facts["approval"]["compiler"] == "规划院"
    assert [one["id"] for one in facts["layers"]][-1] == "more"
    assert run("project", "approve", city, "--clear")[0] == 0
    assert read(city).project.approval.number == ""


def test_faults_are_told_and_nothing_is_written(city: Path) -> None:
    before = city.read_bytes()
    status, said = run("project", "approve", city, "--date", "gestern")
    assert (status, "gestern is not a date" in said) == (2, True)
    status, said = run("project", "approve", city)
    assert (status, "Nothing is given" in said) == (2, True)
    held = lock.acquire(city)
    assert isinstance(held, lock.Lock)
    status, said = run("project", "approve", city, "--level", "public")
    held.release()
    assert (status, "is open" in said) == (2, True)
    assert city.read_bytes() == before


@pytest.mark.parametrize(
    "asked",
    [
        ("siting", "--homes", "more", "--facilities", "more", "--kind", "clinic", "--sites", "1"),
        ("audit", "--homes", "more", "--facilities", "more"),
        ("hidden", "--facilities", "more"),
        ("access", "--measure", "cumulative", "--homes", "more", "--places", "more"),
        ("compare", "--from", "106.287,29.533", "--with-mode", "bike"),
        ("commute", "--depart", "2026-11-23T08:00"),
    ],
)
def test_pages_of_a_level_that_is_not_public_are_refused_before_anything_is_asked(
    city: Path, asked: tuple[str, ...]
) -> None:
    page = city.with_name("page.html")
    status, said = run(*asked, "--project", city, "-o", page)
    assert (status, "secrecy level of the project is internal" in said) == (2, True), said
    assert not page.exists()
