"""Plans as pictures whose every cell is known: quarters of one colour each about a middle."""

import math
import warnings
from pathlib import Path

import numpy as np
import rasterio

from sandbox.geo.systems import System

RED, GREEN, BLUE, GOLD = (200, 30, 30), (30, 160, 60), (40, 70, 200), (230, 180, 20)


def quarters(columns: int = 200, rows: int = 100) -> np.ndarray:
    """Return colours, shape ``(3, rows, columns)``: red, green above; blue, gold below."""
    cells = np.zeros((3, rows, columns), np.uint8)
    for colour, down, right in ((RED, 0, 0), (GREEN, 0, 1), (BLUE, 1, 0), (GOLD, 1, 1)):
        y, x = down * rows // 2, right * columns // 2
        cells[:, y : y + rows // 2, x : x + columns // 2] = np.array(colour)[:, None, None]
    return cells


def about(lonlat: tuple[float, float], code: str, cell: float, turn_deg: float = 0.0,
          columns: int = 200, rows: int = 100) -> rasterio.Affine:  # fmt: skip
    """Return where cells of a size lie whose middle is a position, turned anticlockwise."""
    x, y = System(code).from_lonlat([lonlat])[0]
    turn = math.radians(turn_deg)
    a, b = cell * math.cos(turn), cell * math.sin(turn)
    d, e = cell * math.sin(turn), -cell * math.cos(turn)
    left = x - a * columns / 2 - b * rows / 2
    top = y - d * columns / 2 - e * rows / 2
    return rasterio.Affine(a, b, left, d, e, top)


def write_plan(path: Path, place: rasterio.Affine, crs: str | None = None,
               cells: np.ndarray | None = None) -> Path:  # fmt: skip
    """Write a plan: GeoTIFF by its ending, else an image with its world file."""
    held = quarters() if cells is None else cells
    driver = {".tif": "GTiff", ".png": "PNG", ".jpg": "JPEG"}[path.suffix]
    told = {"count": held.shape[0], "height": held.shape[1], "width": held.shape[2]}
    if driver == "GTiff":
        told |= {"transform": place, "crs": crs}
    with (
        warnings.catch_warnings(action="ignore"),
        rasterio.open(path, "w", driver=driver, dtype=str(held.dtype), **told) as file,
    ):
        file.write(held)
    Path(f"{path}.aux.xml").unlink(missing_ok=True)
    if driver != "GTiff":
        # ESRI world file: the middle of the first cell, not its corner.
        x = place.c + (place.a + place.b) / 2
        y = place.f + (place.d + place.e) / 2
        lines = [place.a, place.d, place.b, place.e, x, y]
        ending = {".png": ".pgw", ".jpg": ".jgw"}[path.suffix]
        path.with_suffix(ending).write_text("\n".join(map(repr, map(float, lines))), "ascii")
    return path
