"""Projects on the command line: made, told, and used by every other command."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from sandbox.cli import sandbox
from sandbox.projects.project import Approval, Project
from sandbox.projects.store import Stored, save
from sandbox.streets import sandnet
from sandbox.words import Bilingual
from tests.support.atlas import small_atlas
from tests.support.cities import clinics


def run(*arguments: object, language: str = "en") -> tuple[int, str]:
    told = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    return told.exit_code, told.output + (told.stderr or "")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    folder = tmp_path_factory.mktemp("town")
    atlas = small_atlas()
    sandnet.save(atlas.network.streets, folder / "own.sandnet")
    more = replace(clinics(), id="more")
    project = Project(
        Bilingual("小城", "Small town"),
        {**atlas.layers, "more": more},
        folder / "own.sandnet",
        approval=Approval("渝S（2026）001号", level="internal"),
        provenance={"more": {"file": "clinics.xlsx"}},
    )
    return save(folder / "town.gpkg", project)


def test_info_tells_what_is_in_it(town: Stored) -> None:
    status, said = run("project", "info", town.path, "--json")
    assert status == 0
    facts = json.loads(said)
    assert facts["title"] == {"zh": "小城", "en": "Small town"}
    assert facts["network"]["kind"] == "held"
    assert facts["approval"]["number"] == "渝S（2026）001号"
    more = facts["layers"][-1]
    assert (more["id"], more["features"]) == ("more", 3)
    assert more["provenance"] == {"file": "clinics.xlsx"}
    status, said = run("project", "info", town.path)
    assert status == 0
    assert "Secrecy level    internal" in said
    assert "Layer clinics, 3 features" in said
    # 支路 is a class of roads.
    chinese = run("project", "info", town.path, language="zh")[1]
    assert "路网" in chinese
    assert "支路" not in chinese


def test_other_commands_work_on_its_layers_and_streets(town: Stored) -> None:
    status, said = run("layers", "list", "--json", "--project", town.path)
    assert status == 0
    assert [one["id"] for one in json.loads(said)][-1] == "more"
    lon, lat = 106.287, 29.533
    place = small_atlas().network.bounds_lonlat
    lon, lat = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    asked = ("isochrone", "--from", f"{lon},{lat}", "--minutes", "5", "--json")
    status, said = run(*asked, "--project", town.path)
    assert status == 0
    assert json.loads(said)["network"]["title"] == small_atlas().network.title


def test_the_shipped_city_becomes_a_project_once(tmp_path: Path) -> None:
    path = tmp_path / "city.gpkg"
    assert run("project", "new", "-o", path)[0] == 0
    facts = json.loads(run("project", "info", path, "--json")[1])
    assert facts["network"]["kind"] == "shipped"
    assert {"labs", "relief", "indicators"} <= {one["id"] for one in facts["layers"]}
    before = path.read_bytes()
    status, said = run("project", "new", "-o", path)
    assert status == 2
    assert "is there already" in said
    assert path.read_bytes() == before


def test_streets_beside_a_project_are_refused_where_it_is_opened_whole(town: Stored) -> None:
    picture = ("screenshot", "-o", "x.png", "--project", town.path, "--network", "a.sandnet")
    status, said = run(*picture)
    assert status == 2
    assert "give one of the two" in said
