"""Pictures and grids that lie on the map: elevation, a plan as a picture, or other figures."""

import warnings
from pathlib import Path
from typing import Any, Final, Literal

import rasterio
import rasterio.errors
from rasterio.transform import from_gcps

from sandbox import files
from sandbox.formats.features import Raster
from sandbox.words import Text

_FEW: Final = 3  # bands that make a picture
_HEIGHTS: Final = frozenset({"int16", "float32", "float64", "int32", "uint16"})


def read_raster(path: Path) -> Raster:
    """Return what a raster is and where it lies; its cells aren't read.

    A picture without a place of its own lies where its world file says (.tfw, .jgw, .pgw, .wld).

    Raises
    ------
    files.Unreadable
        It is damaged, or lies nowhere.
    """
    try:
        with warnings.catch_warnings(action="ignore"), rasterio.open(path) as raster:
            points, crs_of_points = raster.gcps
            placed = not raster.transform.is_identity or bool(points)
            bands, kinds = int(raster.count), [str(one) for one in raster.dtypes]
            by_points = raster.transform.is_identity and bool(points)
            crs: Any = crs_of_points if by_points else raster.crs
            place: Any = from_gcps(points) if by_points else raster.transform
            size = (int(raster.width), int(raster.height))
            ends = ((0, 0), (size[0], 0), size, (0, size[1]))
            x = [place.a * column + place.b * row + place.c for column, row in ends]
            y = [place.d * column + place.e * row + place.f for column, row in ends]
            told = Raster(
                path,
                _kind(bands, kinds, palette=_has_palette(raster)),
                size,
                bands,
                (min(x), min(y), max(x), max(y)),
                None if crs is None else f"EPSG:{crs.to_epsg()}" if crs.to_epsg() else crs.to_wkt(),
                (place.a, place.b, place.c, place.d, place.e, place.f),
            )
    except (rasterio.errors.RasterioError, ValueError) as error:
        raise files.Unreadable(files.DAMAGED) from error
    if not placed:
        raise files.Unreadable(
            Text("it is an image that doesn't say where it lies"),
            hint=Text(
                "Keep its world file (.tfw, .jgw, .pgw or .wld) beside it, or place it in QGIS "
                "with the Georeferencer and save it as GeoTIFF."
            ),
        )
    return told


def _has_palette(raster: Any) -> bool:
    try:
        return bool(raster.colormap(1))
    except ValueError:
        return False


def _kind(
    bands: int, kinds: list[str], *, palette: bool
) -> Literal["elevation", "picture", "grid"]:
    if palette or (bands >= _FEW and set(kinds) == {"uint8"}):
        return "picture"
    if bands == 1 and kinds[0] in _HEIGHTS:
        return "elevation"
    return "picture" if set(kinds) == {"uint8"} else "grid"
