"""Zipped folders, unpacked within limits into a folder that goes away again."""

import stat
import tempfile
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from sandbox import files
from sandbox.formats.text import encoding_of
from sandbox.words import Text

MAX_FILES: Final = 2000
MAX_TOTAL_BYTES: Final = 1 << 30
# What planners pack shrinks to a tenth, or a fiftieth at most; what shrinks further was made to
# burst.
_MAX_RATIO: Final = 200
_SMALL_BYTES: Final = 16 << 20
_PIECE_BYTES: Final = 1 << 20
_UTF8_NAME: Final = 0x800  # of the general purpose flags
_ENCRYPTED: Final = 0x1


@contextmanager
def unpacked(path: Path) -> Generator[Path]:
    """Give a folder that holds what is in a zipped one; it is removed at the end.

    Raises
    ------
    files.Unreadable
        It is damaged, encrypted, too large, shrunk beyond belief, or names places outside.
    """
    with tempfile.TemporaryDirectory(prefix="sandbox-") as held:
        folder = Path(held)
        with files.zipped(path) as packed:
            _unpack(packed, folder)
        yield folder


def _unpack(packed: zipfile.ZipFile, folder: Path) -> None:
    entries = [one for one in packed.infolist() if not one.is_dir()]
    if len(entries) > MAX_FILES:
        values = {"count": f"{len(entries):,}", "limit": f"{MAX_FILES:,}"}
        raise files.Unreadable(Text("it contains {count} files, more than {limit}", values))
    claimed = sum(one.file_size for one in entries)
    packed_bytes = sum(one.compress_size for one in entries)
    if claimed > MAX_TOTAL_BYTES:
        raise _too_large()
    if claimed > _SMALL_BYTES and claimed > _MAX_RATIO * max(packed_bytes, 1):
        raise files.Unreadable(Text("it unpacks to many times its size, as no map data does"))
    # Each name is checked before the first file is written.
    places = [(one, _place(one, name)) for one, name in zip(entries, _names(entries), strict=True)]
    written = 0
    for entry, place in places:
        if place is None:
            continue
        target = folder.joinpath(*place.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(entry) as source, target.open("wb") as out:
            while piece := source.read(_PIECE_BYTES):
                # What an entry claims to hold needn't be what it holds.
                written += len(piece)
                if written > min(MAX_TOTAL_BYTES, max(claimed, _SMALL_BYTES)):
                    raise _too_large()
                out.write(piece)


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return the names of entries; programs for Chinese Windows write them in GBK, unmarked."""
    raw = [one.filename.encode("cp437") for one in entries if not one.flag_bits & _UTF8_NAME]
    encoding = encoding_of(raw) if raw else "utf-8"
    return [
        one.filename
        if one.flag_bits & _UTF8_NAME
        else one.filename.encode("cp437").decode(encoding, "replace")
        for one in entries
    ]


def _place(entry: zipfile.ZipInfo, name: str) -> PurePosixPath | None:
    """Return where a file is unpacked; None for what systems add of their own."""
    place = PurePosixPath(name.replace("\\", "/"))
    odd = place.is_absolute() or ".." in place.parts or ":" in name or "\x00" in name
    if odd or stat.S_ISLNK(entry.external_attr >> 16):
        raise files.Unreadable(
            Text("it names a place outside its own folder: {name}", {"name": name[:80]})
        )
    if entry.flag_bits & _ENCRYPTED:
        raise files.Unreadable(files.LOCKED)
    return None if "__MACOSX" in place.parts or place.name.startswith("._") else place


def _too_large() -> files.Unreadable:
    limit = f"{MAX_TOTAL_BYTES >> 20} MB"
    return files.Unreadable(Text("it is larger than {limit}", {"limit": limit}))
