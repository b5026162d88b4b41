import doctest
import subprocess
import sys

import pytest

import sandbox
from sandbox.errors import NetworkError
from sandbox.sources.osm import barriers, cycling, driving, highways, own, walking
from sandbox.streets.sandnet import save
from tests.support.grid_city import at, grid_city


def test_a_network_file_is_opened_and_asked(tmp_path):
    save(grid_city().streets, tmp_path / "city.sandnet")
    network = sandbox.open_network(tmp_path / "city.sandnet")
    found = sandbox.isochrones(network, [at(10, 10)], minutes=[5, 10, 15], names=["square"])
    assert found.crs.to_epsg() == 4326
    assert found["contour"].tolist() == [5.0, 10.0, 15.0]
    assert found["area_km2"].is_monotonic_increasing
    assert set(found["origin"]) == {"square"}


def test_a_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(NetworkError):
        sandbox.open_network(tmp_path / "none.sandnet")


@pytest.mark.parametrize(
    "module",
    [sandbox, barriers, cycling, driving, highways, own, walking],
    ids=lambda one: one.__name__,
)
def test_the_examples_in_the_words_hold(module):
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_importing_the_package_brings_nothing_heavy():
    brought = subprocess.run(
        [sys.executable, "-c", "import sandbox, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "sandbox" in brought
    assert not {"numpy", "numba", "geopandas", "shapely", "PySide6"} & set(brought)
