"""Pictures as values that JSON can hold, and back; keys and files' places are no part of them."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from sandbox import files
from sandbox.geo.systems import system_named
from sandbox.imagery.archive import TileArchive, open_archive
from sandbox.imagery.known import with_secret_taken
from sandbox.imagery.picture import GroundPicture
from sandbox.imagery.raster_file import RasterFile
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import Level, TileGrid, web_mercator

# Kinds that are read from a file.
FILES: Final = ("file", "archive")
_MOST_CELLS: Final = 2**31
_LONGEST: Final = 2000
_LEVELS: Final = 40
_NAME: Final = 100
_FIELDS: Final = ("name", "step", "left", "top", "columns", "rows", "tile_px")
_TILE_PX: Final = 1024


def values_of(picture: GroundPicture) -> dict[str, Any]:
    """Return what a picture is, without the place of its file."""
    if isinstance(picture, RasterFile):
        return {
            "kind": "file",
            "system": str(picture.system),
            "affine": list(picture.affine),
            "size": list(picture.size),
            "credit": picture.credit,
        }
    if isinstance(picture, TileArchive):
        return {"kind": "archive"}
    if isinstance(picture, TileService):
        return {
            "kind": "service",
            "address": picture.address,
            "grid": {
                "code": picture.grid.code,
                "datum": picture.grid.datum,
                "levels": [[getattr(one, name) for name in _FIELDS] for one in picture.grid.levels],
            },
            "credit": picture.credit,
            "terms": picture.terms,
            "key_name": picture.key_name,
            "servers": list(picture.servers),
            "ends": None if picture.ends is None else list(picture.ends),
        }
    raise TypeError(type(picture).__name__)


def file_of(picture: GroundPicture) -> Path | None:
    """Return the file of a picture; None where it has none."""
    return picture.path if isinstance(picture, RasterFile | TileArchive) else None


def read_picture(said: Mapping[str, Any], file: Path | None) -> GroundPicture | None:
    """Return the picture that `values_of` made values of; None where they make no sense."""
    if said.get("kind") == "file" and file is not None:
        return _raster_file(said, file)
    if said.get("kind") == "archive" and file is not None:
        try:
            return open_archive(file)
        except files.Unreadable:
            # The file was moved or is damaged: the layer stays, and says so.
            return TileArchive(file, web_mercator(0, 0))
    return _service(said) if said.get("kind") == "service" else None


def _service(said: Mapping[str, Any]) -> TileService | None:
    texts = {name: said.get(name, "") for name in ("address", "credit", "terms", "key_name")}
    if not all(isinstance(one, str) and len(one) <= _LONGEST for one in texts.values()):
        return None
    address = texts["address"]
    parts = urlsplit(address.replace("{s}", "a"))
    # A key that somebody put into an address by hand isn't used, nor written again.
    if parts.scheme not in ("http", "https") or not parts.hostname or with_secret_taken(address)[1]:
        return None
    grid = _grid(said.get("grid"))
    servers: object = said.get("servers", [])
    if grid is None or not isinstance(servers, list):
        return None
    named = tuple(str(one) for one in cast("list[Any]", servers))
    if not all(one.isalnum() and len(one) < 20 for one in named):
        return None
    ends = _numbers(said.get("ends"), 4)
    return TileService(
        address,
        grid,
        texts["credit"],
        texts["terms"],
        texts["key_name"],
        named,
        None if ends is None else (ends[0], ends[1], ends[2], ends[3]),
    )


def _grid(said: object) -> TileGrid | None:
    if not isinstance(said, dict):
        return None
    told = cast("dict[str, Any]", said)
    code, datum, listed = told.get("code"), told.get("datum"), told.get("levels")
    system = system_named(code) if isinstance(code, str) else None
    if system is None or datum not in ("wgs84", "gcj02") or not isinstance(listed, list):
        return None
    levels = [_level(one) for one in cast("list[Any]", listed)[:_LEVELS]]
    known = tuple(one for one in levels if one is not None)
    ordered = sorted(known, key=lambda one: -one.step) == list(known)
    if not known or len(known) < len(levels) or not ordered:
        return None
    return TileGrid(str(code), known, datum)


def _level(said: object) -> Level | None:
    if not isinstance(said, list) or len(cast("list[Any]", said)) != len(_FIELDS):
        return None
    row = cast("list[Any]", said)
    name: Any = row[0]
    numbers = _numbers(row[1:], len(row) - 1)
    if not isinstance(name, str) or len(name) > _NAME or numbers is None:
        return None
    step, left, top, columns, rows, tile_px = numbers
    if step <= 0 or not 0 < columns < _MOST_CELLS or not 0 < rows < _MOST_CELLS:
        return None
    if not 0 < tile_px <= _TILE_PX:
        return None
    return Level(name, step, left, top, int(columns), int(rows), int(tile_px))


def _raster_file(said: Mapping[str, Any], file: Path) -> RasterFile | None:
    system, affine, size = (said.get(key) for key in ("system", "affine", "size"))
    placed = system_named(system) if isinstance(system, str) else None
    numbers = _numbers(affine, 6)
    cells = _numbers(size, 2)
    if placed is None or numbers is None or cells is None:
        return None
    a, b, _, d, e, _ = numbers
    if a * e == b * d or not all(0 < one < _MOST_CELLS and one == int(one) for one in cells):
        return None
    return RasterFile(
        file,
        placed,
        (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]),
        (int(cells[0]), int(cells[1])),
        str(said.get("credit", ""))[:200],
    )


def _numbers(said: object, count: int) -> list[float] | None:
    if not isinstance(said, list) or len(cast("list[Any]", said)) != count:
        return None
    found = [
        float(one)
        for one in cast("list[Any]", said)
        if isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)
    ]
    return found if len(found) == count else None
