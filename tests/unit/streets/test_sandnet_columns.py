"""Network files with the columns of vehicles and slopes: read again, or refused when crafted."""

from dataclasses import replace

import numpy as np
import pytest

from sandbox.errors import NetworkError
from sandbox.streets.sandnet import load, save
from sandbox.streets.streets import Traffic
from tests.support.worlds import streets

PLAIN = streets([(0, 0), (100, 0), (100, 100)], [(0, 1), (1, 2)])
TRAFFIC = Traffic(
    ("primary", "path"),
    np.array([0, 1], dtype=np.uint8),
    np.array([[60, 0], [0, 255]], dtype=np.uint8),
)
CLIMB = np.array([[1.5, 0.0], [0.0, 30.25]], dtype=np.float32)


@pytest.mark.parametrize("traffic", [None, TRAFFIC])
@pytest.mark.parametrize("climb_m", [None, CLIMB])
def test_columns_come_back_bit_for_bit(tmp_path, traffic, climb_m):
    save(replace(PLAIN, traffic=traffic, climb_m=climb_m), tmp_path / "town.sandnet")
    got = load(tmp_path / "town.sandnet")
    if traffic is None:
        assert got.traffic is None
    else:
        assert got.traffic.kinds == traffic.kinds
        assert (got.traffic.kind == traffic.kind).all()
        assert (got.traffic.maxspeed_kmh == traffic.maxspeed_kmh).all()
    if climb_m is None:
        assert got.climb_m is None
    else:
        assert (got.climb_m == climb_m).all()
        assert got.climb_m.dtype == np.float32
    assert (got.length_m == PLAIN.length_m).all()


@pytest.mark.parametrize(
    "more",
    [
        {"traffic": replace(TRAFFIC, kind=np.array([0, 2], dtype=np.uint8))},
        {"traffic": replace(TRAFFIC, kinds=())},
        {"climb_m": np.array([[-1, 0], [0, 0]], dtype=np.float32)},
        {"climb_m": np.array([[np.nan, 0], [0, 0]], dtype=np.float32)},
        {"climb_m": np.zeros((1, 2), dtype=np.float32)},
    ],
)
def test_figures_out_of_bounds_are_refused(tmp_path, more):
    save(replace(PLAIN, **more), tmp_path / "town.sandnet")
    with pytest.raises(NetworkError, match="damaged"):
        load(tmp_path / "town.sandnet")
