import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from click.testing import CliRunner

from sandbox import paths
from sandbox.app.answers import circles as answering
from sandbox.catalog.folder import load, load_all
from sandbox.cli import main, sandbox
from sandbox.cli.circles import OPTIONS
from sandbox.cli.parts.on_map import Common
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import save
from sandbox.streets.streets import Provenance
from sandbox.streets.travel import Travel

CRS = "EPSG:32648"


@pytest.fixture(scope="module")
def net(tmp_path_factory):
    """Streets every 400 m over all shipped services, so that their places have streets."""
    points = load(paths.layers() / "services").features.geometry.representative_point()
    xy = geo.to_metric(np.stack([points.x, points.y], axis=1), CRS)
    low, high = xy.min(axis=0) - 500, xy.max(axis=0) + 500
    columns, rows = ((high - low) // 400 + 1).astype(int)
    x, y = np.meshgrid(low[0] + 400 * np.arange(columns), low[1] + 400 * np.arange(rows))
    number = np.arange(columns * rows).reshape(rows, columns)
    pairs = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1),
            np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1),
        ]
    )
    ones = np.ones(len(pairs))
    streets = assemble(
        CRS,
        geo.to_lonlat(np.stack([x.ravel(), y.ravel()], axis=1), CRS),
        pairs,
        3 * ones,
        0 * ones,
        int(Access.WALK) * ones,
        -ones,
        [],
        Provenance("Squares", "hand", "CC0", "2026-01-01", schematic=True),
    )
    file = tmp_path_factory.mktemp("net") / "squares.sandnet"
    save(streets, file)
    return file


def said(*arguments, language="en"):
    result = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    assert result.exception is None, result.output
    return result.output


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert (stopped.value.code, out, err.count("\n")) == (2, "", 1)
    return err


def test_the_table_compares_the_network_with_the_circle(net):
    told = said("circles", "--network", net)
    assert "Squares (schematic), 2026-01-01" in told
    assert "4.8 km/h" in told
    facts = json.loads(said("circles", "--network", net, "--json"))
    assert 0 < facts["covered_share"] < facts["straight_line_share"] < 1
    straight_km2 = facts["straight_line_share"] * facts["ground_km2"]
    assert facts["straight_line_km2"] == pytest.approx(straight_km2, rel=1e-3)
    assert facts["covered_km2"] + facts["uncovered_km2"] == pytest.approx(facts["ground_km2"])
    homes = load(paths.layers() / "talent_housing").features
    assert facts["homes"] == len(homes)
    assert set(facts["homes_outside"]) <= set(homes["id"])
    assert "覆盖率" in said("circles", "--network", net, language="zh")


def test_services_without_a_street_are_named_in_the_language(net, monkeypatch):
    services = load(paths.layers() / "services").features
    real, lost = answering.coverage, services["id"].iloc[0]
    monkeypatch.setattr(
        answering, "coverage", lambda *a, **k: replace(real(*a, **k), without_street=(lost,))
    )
    for language in ("zh", "en"):
        told = said("circles", "--network", net, language=language)
        assert services[f"name_{language}"].iloc[0] in told
        assert lost not in told


def test_fewer_kinds_cover_no_more(net):
    every = json.loads(said("circles", "--network", net, "--json"))
    one = json.loads(said("circles", "--network", net, "--json", "--kind", every["kinds"][0]))
    assert one["services"] < every["services"]
    assert one["covered_share"] < every["covered_share"]
    assert one["kinds"] == every["kinds"][:1]


def test_three_areas_are_written(net, tmp_path):
    out = tmp_path / "circles.geojson"
    facts = json.loads(said("circles", "--network", net, "--minutes", 10, "-o", out, "--json"))
    table = gpd.read_file(out).set_index("part")
    assert list(table.index) == ["covered", "uncovered", "straight_line"]
    assert table["area_km2"]["covered"] == pytest.approx(facts["covered_km2"], abs=1e-6)
    assert table["area_km2"]["straight_line"] == pytest.approx(facts["straight_line_km2"], abs=1e-6)
    ground_km2 = facts["ground_km2"]
    assert list(table["area_km2"] / ground_km2) == pytest.approx(
        list(table["share_of_ground"]), abs=1e-5
    )
    assert set(table["schematic"]) == {True}
    assert set(table["contour"]) == {10.0}
    assert table.geometry.is_valid.all()
    covered, uncovered = table.geometry["covered"], table.geometry["uncovered"]
    assert geo.area_km2(covered.intersection(uncovered)) < 1e-3
    assert geo.area_km2(covered) == pytest.approx(facts["covered_km2"], rel=1e-3)
    network = Network.open(net)
    middle = geo.to_lonlat(network.streets.node_xy[:1], CRS)[0]
    assert covered.union(uncovered).distance(gpd.points_from_xy(*middle[:, None])[0]) < 1e-6


def test_faults_are_one_line_and_leave_no_file(net, tmp_path, capsys):
    there = ("circles", "--network", net)
    assert "No layer of places is named nothing" in refused(capsys, *there, "--layer", "nothing")
    assert "No layer of places" in refused(capsys, *there, "--layer", "../services")
    assert "No layer of places" in refused(capsys, *there, "--layer", "indicators")
    assert "no places of the kind palace" in refused(capsys, *there, "--kind", "palace")
    assert "0 minutes" in refused(capsys, *there, "--minutes", 0)
    assert "doesn't exist" in refused(capsys, *there, "-o", tmp_path / "no" / "out.gpkg")
    assert "out.txt: files of this type can't be written" in refused(
        capsys, *there, "-o", tmp_path / "out.txt"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["walk", "bike", "drive", "transit"])
def test_on_a_map_of_any_mode_circles_are_walked_by_their_own_reach_and_cutoff(mode):
    layers = load_all()
    values = {"circles": "services", "kind": (), "straight_line": False}
    own = OPTIONS.question(layers, Common(None, Travel(mode=mode)), values)
    assert (own.minutes, own.reach_m) == (15.0, 50.0)
    chosen = OPTIONS.question(layers, Common((5.0, 10.0), Travel(mode=mode), 70.0), values)
    assert (chosen.minutes, chosen.reach_m) == (10.0, 70.0)


def test_a_city_without_talent_housing_has_circles_too(net, monkeypatch):
    whole = load_all()
    kept = {name: one for name, one in whole.items() if name != answering.HOMES}
    monkeypatch.setattr("sandbox.catalog.folder.load_all", lambda: dict(kept))
    told = [
        CliRunner().invoke(sandbox, ["--lang", "en", "circles", "--network", str(net), *more])
        for more in ([], ["--json"])
    ]
    assert [one.exception for one in told] == [None, None]
    assert "Talent housing" not in told[0].output
    facts = json.loads(told[1].output)
    assert (facts["homes"], facts["homes_outside"], facts["homes_covered_share"]) == (0, [], None)
    assert facts["covered_km2"] > 0
