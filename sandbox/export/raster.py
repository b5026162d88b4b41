"""Surfaces as cloud-optimized GeoTIFF."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio

from sandbox.engine.surface import Grid
from sandbox.export.files import replacing


def write_surfaces(  # noqa: PLR0917
    path: Path,
    grid: Grid,
    values: npt.NDArray[np.float32],
    crs: str,
    names: Sequence[str],
    unit: str,
    told: Mapping[str, str],
) -> None:
    """Write surfaces as one GeoTIFF (COG), a band each, whole or not at all.

    Parameters
    ----------
    path
        The file.
    grid, values
        Where the points lie, and their values, float32, shape ``(bands, rows, columns)``,
        southernmost row first; NaN where there is none. A point is the middle of a pixel.
    crs
        Metric system of the grid.
    names, unit
        What the bands are called, and in what they are measured.
    told
        What the file says of itself.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    half = grid.cell_m / 2.0
    north = grid.south + (grid.rows - 1) * grid.cell_m
    profile: dict[str, Any] = {
        "driver": "COG",
        "width": grid.columns,
        "height": grid.rows,
        "count": len(values),
        "dtype": "float32",
        "nodata": float("nan"),
        "crs": crs,
        "transform": rasterio.Affine(
            grid.cell_m, 0.0, grid.west - half, 0.0, -grid.cell_m, north + half
        ),
        "compress": "DEFLATE",
        "bigtiff": "IF_SAFER",
    }
    # Made in memory, as the driver tells of a full disk too late, or not at all.
    with rasterio.MemoryFile() as held:
        with held.open(**profile) as file:
            file.write(values[:, ::-1])
            file.update_tags(**told)
            for band, name in enumerate(names, 1):
                file.set_band_description(band, name)
                file.set_band_unit(band, unit)
        content: Any = held.read()
    with replacing(path) as beside:
        beside.write_bytes(content)
