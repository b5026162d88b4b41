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

CUT_OFF: Final = Text("it ends before its last cells: it was copied or downloaded in part")
# What whole images end with, in the last so many bytes.
_LAST_BYTES: Final = {"PNG": b"IEND", "JPEG": b"\xff\xd9"}
_TAIL: Final = 1 << 16
_BLOCKS: Final = 20_000
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
            cut = _is_cut_off(raster, path)
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
    if cut:
        raise files.Unreadable(CUT_OFF, hint=Text("Copy it again from where it comes from."))
    if not placed:
        raise files.Unreadable(
            Text("it is an image that doesn't say where it lies"),
            hint=Text(
                "Keep its world file (.tfw, .jgw, .pgw or .wld) beside it, or place it in QGIS "
                "with the Georeferencer and save it as GeoTIFF."
            ),
        )
    return told


def _is_cut_off(raster: Any, path: Path) -> bool:
    """Return whether a file ends before its cells do, as after a copy that was broken off.

    Its head alone says where it lies, and parts that are left can be shown: the fault would
    show somewhere on the map, some day.
    """
    ends = path.stat().st_size
    if raster.driver in _LAST_BYTES:
        with path.open("rb") as file:
            file.seek(max(0, ends - _TAIL))
            return _LAST_BYTES[raster.driver] not in file.read()
    if raster.driver not in ("GTiff", "COG"):
        return False
    bands = [1] if str(raster.interleaving).endswith("PIXEL") else range(1, raster.count + 1)
    high, wide = raster.block_shapes[0]
    rows, columns = -(-raster.height // high), -(-raster.width // wide)
    for band in bands:
        # The last rows are written last by most programs; of a great many others some are enough.
        step = max(1, rows * columns // _BLOCKS)
        for number in range(rows * columns - 1, -1, -step):
            where = f"{number % columns}_{number // columns}"
            begin = raster.get_tag_item(f"BLOCK_OFFSET_{where}", "TIFF", bidx=band)
            size = raster.get_tag_item(f"BLOCK_SIZE_{where}", "TIFF", bidx=band)
            if begin and size and int(begin) + int(size) > ends:
                return True
    return False


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
