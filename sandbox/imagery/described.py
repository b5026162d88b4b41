"""Pictures as values that JSON can hold, and back; keys and files' places are no part of them."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from sandbox.geo.systems import system_named
from sandbox.imagery.picture import GroundPicture
from sandbox.imagery.raster_file import RasterFile

# Kinds that are read from a file.
FILES: Final = ("file",)
_MOST_CELLS: Final = 2**31


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
    raise TypeError(type(picture).__name__)


def file_of(picture: GroundPicture) -> Path | None:
    """Return the file of a picture; None where it has none."""
    return picture.path if isinstance(picture, RasterFile) else None


def read_picture(said: Mapping[str, Any], file: Path | None) -> GroundPicture | None:
    """Return the picture that `values_of` made values of; None where they make no sense."""
    if said.get("kind") == "file" and file is not None:
        return _raster_file(said, file)
    return None


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
