"""Base maps on the command line: into a project, without keys, and fetched only where allowed."""

import json

import pytest
from click.testing import CliRunner

from sandbox import paths
from sandbox.cli import sandbox
from sandbox.imagery import access
from sandbox.imagery.service import TileService
from sandbox.projects.store import read
from tests.support.tile_server import tile_server


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path / "config")
    with tile_server() as made:
        yield made


def run(*arguments, entered: str = "") -> str:
    done = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, arguments)], input=entered)
    assert done.exit_code == 0, done.output
    return done.output


def test_names_are_listed_and_searched(server):
    assert run("layers", "base-maps").startswith("Tianditu.Vector\n")
    found = json.loads(run("layers", "base-maps", "imagery", "--json"))
    assert "Esri.WorldImagery" in found
    assert "Tianditu.Imagery" in found


def test_a_base_map_comes_into_a_project_below_all_without_its_key(server, tmp_path):
    into = tmp_path / "city.gpkg"
    first = f"{server.root}/{{z}}/{{x}}/{{y}}.png?tk={{key}}"
    run("layers", "base-map", first, "--into", into, "--key", entered="0123secret\n")
    run("layers", "base-map", f"{server.root}/wms", "--into", into)
    layers = read(into).project.layers
    assert [one.picture.host for one in layers.values()] == ["127.0.0.1"] * 2
    assert next(iter(layers)) != "127_0_0_1"  # the second lies lower
    held = into.read_bytes()
    assert b"secret" not in held
    picture = layers["127_0_0_1"].picture
    assert isinstance(picture, TileService)
    assert picture.lacking is None
    # On another machine nothing is fetched until it is allowed there.
    access.access_file().unlink()
    assert read(into).project.layers["127_0_0_1"].picture.lacking is not None
    assert "127.0.0.1" in run("layers", "allow-base-maps", into)
    assert access.is_allowed("127.0.0.1")
