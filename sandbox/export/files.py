"""Files written whole or not at all."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sandbox import files
from sandbox.errors import ExportError
from sandbox.export import database
from sandbox.formats.postgis.address import is_address
from sandbox.words import Text

# Endings that are taken, but not named beside the usual ones of the same formats.
_ALSO: Final = frozenset({".json", ".tiff", ".htm"})
# Of pictures; the smallest is that of the window, and on none is a side longer.
_SMALLEST_PX: Final = (760, 560)
_LONGEST_PX: Final = 16_384
_PIXELS_AT_MOST: Final = 80_000_000


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """Give a place beside `path` to write to; what is there at the end takes its name.

    Whatever goes wrong before the end leaves the old file, or none, and no remains.

    Raises
    ------
    ExportError
        The folder is missing, is no folder, or can't be written to; the disk is full.
    """
    try:
        _check(path)
        with files.replacing(path) as beside:
            yield beside
    except OSError as error:
        raise ExportError(
            "{path} can't be written: {reason}.",
            "Check the permissions and the free disk space, or choose another folder.",
            path=path,
            reason=files.reason_of(error),
        ) from error


def check_file(path: Path | None, *endings: str) -> None:
    """Refuse a file before the work that could not be written after it; None is always taken.

    Raises
    ------
    ExportError
        If the name has none of the endings, or the folder is missing.
    """
    if path is None:
        return
    if is_address(path) and ".gpkg" in endings:
        # A table of a database takes what a GeoPackage does.
        database.check(path)
        return
    if path.suffix.lower() not in endings:
        *many, last = (one for one in endings if one not in _ALSO)
        said = Text("{many} or {last}", {"many": ", ".join(many), "last": last}) if many else last
        raise ExportError(
            "{file}: files of this type can't be written.",
            "End the name in {endings}.",
            file=path,
            endings=said,
        )
    check_folder(path)


def ending_of(path: Path) -> str:
    """Return by which ending a file is written: a table of a database is as a GeoPackage."""
    return ".gpkg" if is_address(path) else path.suffix.lower()


def size_fault(size_px: tuple[int, int]) -> Text | None:
    """Return why a picture of the window can't have this size; None where it can."""
    (width, height), (wide, tall) = size_px, _SMALLEST_PX
    fits = width >= wide and height >= tall and max(size_px) <= _LONGEST_PX
    if fits and width * height <= _PIXELS_AT_MOST:
        return None
    return Text(
        "{value} can't be drawn: at least {wide}x{tall} pixels, no side over "
        "{longest}, and at most {most} million pixels in all.",
        {
            "value": f"{width}x{height}",
            "wide": wide,
            "tall": tall,
            "longest": _LONGEST_PX,
            "most": _PIXELS_AT_MOST // 1_000_000,
        },
    )


def check_folder(path: Path) -> None:
    """Refuse a file to write whose folder is missing.

    Raises
    ------
    ExportError
        The folder doesn't exist.
    """
    if not path.absolute().parent.is_dir():
        raise ExportError(
            "The folder {folder} doesn't exist.",
            "Create it first, or choose another folder.",
            folder=path.parent,
        )


def _check(path: Path) -> None:
    check_folder(path)
    if path.is_dir():
        raise ExportError("{path} is a folder.", "Give a file name.", path=path)
    if path.exists() and not path.is_file():
        raise ExportError(
            "{path} is a pipe or a device; files can't be saved there.",
            "Give a file name.",
            path=path,
        )
