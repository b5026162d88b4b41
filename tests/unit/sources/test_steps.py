"""Heights in whole metres: gentle slopes keep their times, hills their height."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from sandbox.engine.costs import segment_ms
from sandbox.sources.relief import with_climb
from sandbox.sources.steps import step_m, without_steps
from sandbox.streets.modes import Access
from sandbox.streets.streets import Streets
from sandbox.streets.travel import Travel
from tests.support.worlds import CRS, SOUTH, WEST, streets

ALL = int(Access.WALK | Access.BIKE)
# Thirty-one crossings along a street of three kilometres.
LONG_M, BLOCK_M = 3000, 100
PIXEL_M = 30.0


def street() -> Streets:
    xy = [(x, 0) for x in range(0, LONG_M + 1, BLOCK_M)]
    pairs = [(i, i + 1) for i in range(len(xy) - 1)]
    return streets(xy, pairs, access=[ALL] * len(pairs))


def raster(path: Path, height: Any, dtype: str) -> Path:
    """Write heights, given by metres east and north, in figures of a type."""
    west, south, north = -600.0, -900.0, 900.0
    columns, rows = round((LONG_M + 1200) / PIXEL_M), round((north - south) / PIXEL_M)
    x = west + PIXEL_M * (np.arange(columns) + 0.5)
    y = north - PIXEL_M * (np.arange(rows) + 0.5)
    metres = height(*np.meshgrid(x, y))
    if np.issubdtype(np.dtype(dtype), np.integer):
        metres = np.rint(metres)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=columns,
        height=rows,
        count=1,
        dtype=dtype,
        crs=CRS,
        transform=rasterio.Affine(PIXEL_M, 0.0, WEST + west, 0.0, -PIXEL_M, SOUTH + north),
    ) as file:
        file.write(metres.astype(dtype), 1)
    return path


def minutes(made: Streets, mode: Any) -> list[float]:
    """Return the minutes of the whole street, eastward and back."""
    ms = segment_ms(made, Travel(mode))
    x = made.node_xy[made.segment_nodes][:, :, 0]
    east = np.where(x[:, 1] > x[:, 0], ms[:, 0], ms[:, 1])
    west = np.where(x[:, 1] > x[:, 0], ms[:, 1], ms[:, 0])
    return [float(one.sum()) / 60_000 for one in (east, west)]


@pytest.mark.parametrize("share", [0.003, 0.01, -0.006])
@pytest.mark.parametrize("dtype", ["int16", "uint8"])
def test_a_gentle_slope_in_whole_metres_takes_as_long_as_the_slope(
    tmp_path: Path, share: float, dtype: str
) -> None:
    def plane(x: Any, y: Any) -> Any:
        return 100.0 + share * x + 0.002 * y

    exact = with_climb(street(), [raster(tmp_path / "exact.tif", plane, "float32")])
    rounded = with_climb(street(), [raster(tmp_path / "whole.tif", plane, dtype)])
    for mode in ("bike", "walk"):
        assert minutes(rounded, mode) == pytest.approx(minutes(exact, mode), rel=0.01)
    assert rounded.provenance.report["relief_rounded_m"] == {"whole.tif": 1.0}
    assert exact.provenance.report["relief_rounded_m"] == {}


def test_a_hill_in_whole_metres_keeps_its_height(tmp_path: Path) -> None:
    # Forty metres up to the street's middle and down again, at most 1 in 6 steep.
    def hill(x: Any, y: Any) -> Any:
        return 100.0 + 40.0 * np.exp(-(((x - 1500.0) / 200.0) ** 2) - (y / 600.0) ** 2)

    exact = with_climb(street(), [raster(tmp_path / "exact.tif", hill, "float32")])
    rounded = with_climb(street(), [raster(tmp_path / "whole.tif", hill, "int16")])
    for made in (exact, rounded):
        assert made.climb_m is not None
        up, down = made.climb_m.sum(axis=0)
        assert [float(up), float(down)] == pytest.approx([40.0, 40.0], abs=1.0)
    for mode in ("bike", "walk"):
        assert minutes(rounded, mode) == pytest.approx(minutes(exact, mode), rel=0.02)


def test_no_height_moves_by_more_than_half_a_step_and_voids_stay() -> None:
    drawn = np.random.default_rng(5).integers(0, 400, (40, 50)).astype(np.float32)
    drawn[10:20, 30:35] = np.nan
    made = without_steps(drawn, 1.0)
    assert np.array_equal(np.isnan(made), np.isnan(drawn))
    assert np.nanmax(np.abs(made - drawn)) <= 0.5001
    for shape in ((1, 1), (1, 9), (2, 2)):
        assert (
            without_steps(np.full(shape, 7.0, np.float32), 1.0).tolist()
            == [[7.0] * shape[1]] * shape[0]
        )


def test_what_figures_are_rounded_to() -> None:
    whole = np.array([[1, 2], [3, 4]])
    assert step_m(whole.astype(np.int16), 1.0) == 1.0
    assert step_m(whole.astype(np.float32), 1.0) == 1.0
    assert step_m(whole.astype(np.int16), 0.3048) == 0.3048
    # Decimetres are fine enough, and so are heights with decimals.
    assert step_m(whole.astype(np.int16), 0.1) == 0.0
    assert step_m(whole + np.float32(0.5), 1.0) == 0.0
