"""A feed's files, taken from a zip or a folder only as far as they are safe to read."""

import shutil
import stat
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Final

from sandbox import files
from sandbox.errors import MissingTransitError, TransitError
from sandbox.words import Text

# What is read; a feed may bring more, which stays in the archive.
TABLES: Final = (
    "agency",
    "calendar",
    "calendar_dates",
    "feed_info",
    "frequencies",
    "pathways",
    "routes",
    "stop_times",
    "stops",
    "transfers",
    "trips",
)
_NEEDED: Final = ("agency", "routes", "stop_times", "stops", "trips")
_MAX_ENTRIES: Final = 200
_MAX_BYTES: Final = 1 << 30
# Text packs to a tenth; what packs to less than a two-hundredth is made to burst.
_MAX_RATIO: Final = 200
_RATIO_FROM_BYTES: Final = 1 << 20
MAX_STOP_TIMES: Final = 10_000_000
_PIECE: Final = 1 << 20
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


@contextmanager
def opened(path: Path) -> Generator[Path]:
    """Give a folder with the feed's tables in UTF-8, which is gone afterwards.

    Raises
    ------
    TransitError
        The feed can't be read, lacks tables, is too large or isn't safe; with all
        faults at once.
    """
    if not path.exists():
        raise MissingTransitError(
            "The file {path} doesn't exist.",
            "Give the path of a timetable (GTFS, .zip).",
            path=path,
        )
    with TemporaryDirectory(prefix="timetable-") as made:
        folder = Path(made)
        try:
            if path.is_dir():
                _copy(path, folder)
            else:
                files.check_ordinary(path)
                _unpack(path, folder)
        except files.Unreadable as error:
            raise _unreadable(path, error.reason) from error
        except OSError as error:
            raise _unreadable(path, files.reason_of(error)) from error
        _check(path, folder)
        yield folder


def _unreadable(path: Path, reason: Text) -> TransitError:
    return TransitError(
        "{path} can't be read as a timetable: {reason}.",
        "Give a GTFS feed as a .zip file or a folder.",
        path=path,
        reason=reason,
    )


def _unpack(path: Path, folder: Path) -> None:
    with files.zipped(path) as archive:
        entries = [entry for entry in archive.infolist() if _is_file(entry)]
        faults = list(_faults(entries))
        if faults:
            raise TransitError(
                "{path} isn't safe to read",
                "Ask the provider for a plain GTFS .zip file.",
                faults=faults,
                path=path,
            )
        left = _MAX_BYTES
        for name, entry in _tables(entries):
            with archive.open(entry) as source:
                left = _write(source, folder / f"{name}.txt", left, path)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    # A damaged directory may have an entry without any name.
    return entry.filename != "" and not entry.is_dir()


def _faults(entries: list[zipfile.ZipInfo]) -> Iterator[Text]:
    if len(entries) > _MAX_ENTRIES:
        yield Text("it contains {count} files", {"count": len(entries)})
    if sum(entry.file_size for entry in entries) > _MAX_BYTES:
        yield Text("unpacked it is larger than 1 GiB")
    for entry in entries:
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in "".join(place.parts[:1]):
            yield Text("the name {name} leads out of the archive", {"name": entry.filename})
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield Text("{name} is a link", {"name": entry.filename})
        packed = max(entry.compress_size, 1)
        if entry.file_size > _RATIO_FROM_BYTES and entry.file_size / packed > _MAX_RATIO:
            yield Text(
                "{name} unpacks to {times} times its size",
                {"name": entry.filename, "times": round(entry.file_size / packed)},
            )


def _tables(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the tables, of the outermost folder that has a table of stops."""
    places = {PurePosixPath(entry.filename.replace("\\", "/")): entry for entry in entries}
    stops = sorted((p for p in places if p.name == "stops.txt"), key=lambda p: len(p.parts))
    within = stops[0].parent if stops else PurePosixPath()
    for place, entry in places.items():
        if place.parent == within and place.suffix == ".txt" and place.stem in TABLES:
            yield place.stem, entry


def _copy(path: Path, folder: Path) -> None:
    left = _MAX_BYTES
    for name in TABLES:
        file = path / f"{name}.txt"
        if file.is_file():
            with file.open("rb") as source:
                left = _write(source, folder / file.name, left, path)


def _write(source: IO[bytes], target: Path, left: int, path: Path) -> int:
    """Write a table, never more than is left, whatever the archive said of its size."""
    rows = 0
    with target.open("wb") as file:
        while piece := source.read(_PIECE):
            left -= len(piece)
            rows += piece.count(b"\n")
            if left < 0 or (target.stem == "stop_times" and rows > MAX_STOP_TIMES + 1):
                raise TransitError(
                    "{path} is too large: more than {rows} stop times, or 1 GiB unpacked.",
                    "First cut the feed to the area of the city and to a few weeks.",
                    path=path,
                    rows=f"{MAX_STOP_TIMES:,}",
                )
            file.write(piece)
    _recode(target, path)
    return left


def _recode(file: Path, path: Path) -> None:
    """Have a table in UTF-8 without a mark; Chinese feeds come in GBK too."""
    beside = file.with_suffix(".part")
    for encoding in _ENCODINGS:
        try:
            with (
                file.open(encoding=encoding, newline="") as source,
                beside.open("w", encoding="utf-8", newline="") as target,
            ):
                shutil.copyfileobj(source, target, _PIECE)
        except UnicodeDecodeError:
            continue
        beside.replace(file)
        return
    raise TransitError(
        "The table {table} of {path} is neither in UTF-8 nor in GBK.",
        "Save it in UTF-8.",
        table=file.name,
        path=path,
    )


def _check(path: Path, folder: Path) -> None:
    faults = [
        Text("the table {table} is missing", {"table": f"{name}.txt"})
        for name in _NEEDED
        if not (folder / f"{name}.txt").is_file()
    ]
    if not any((folder / f"{name}.txt").is_file() for name in ("calendar", "calendar_dates")):
        faults.append(Text("calendar.txt and calendar_dates.txt are both missing"))
    if faults:
        raise TransitError(
            "{path} is not a valid GTFS timetable",
            "Ask the provider for a complete feed.",
            faults=faults,
            path=path,
        )
