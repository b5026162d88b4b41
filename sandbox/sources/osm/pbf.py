"""OpenStreetMap's PBF files in pieces, so that reading can say how far it has come.

The format: a file is a row of blobs, each led by the length of its header, the header
(kind and size of the blob) and the blob itself; the first is the file's header, all
further ones hold data and stand alone (OSM wiki, page *PBF Format*).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from sandbox import files
from sandbox.errors import NetworkError

_HEADER_LIMIT: Final = 64 * 1024
_BLOB_LIMIT: Final = 32 * 1024 * 1024
_PIECE_BYTES: Final = 4 * 1024 * 1024


def pieces(path: Path) -> Iterator[tuple[bytes, float]]:
    """Yield a file as pieces that are PBF files by themselves, each with the part read so far.

    Raises
    ------
    NetworkError
        If there is no such file, or it is empty, another kind of file, or cut short.
    """
    if path.is_dir():
        raise NetworkError(
            "{path} is a folder.",
            "Give the path of an OpenStreetMap extract (.osm.pbf).",
            path=path,
        )
    try:
        size = files.check_ordinary(path)
    except files.Unreadable as error:
        if error.missing:
            raise NetworkError(
                "The file {path} doesn't exist.",
                "Give the path of an OpenStreetMap extract (.osm.pbf).",
                path=path,
            ) from error
        raise NetworkError(
            "{path} can't be read: {reason}.",
            "Give the path of an OpenStreetMap extract (.osm.pbf).",
            path=path,
            reason=error.reason,
        ) from error
    try:
        with path.open("rb") as file:
            head = _blob(file, path, "OSMHeader")
            piece = bytearray(head)
            yielded = False
            while blob := _blob(file, path, "OSMData"):
                piece += blob
                if len(piece) >= _PIECE_BYTES:
                    yield bytes(piece), file.tell() / size
                    yielded = True
                    piece = bytearray(head)
            if len(piece) > len(head) or not yielded:
                yield bytes(piece), 1.0
    except OSError as error:
        raise NetworkError(
            "{path} can't be read: {reason}.",
            "Check the disk and the permissions of the file.",
            path=path,
            reason=files.reason_of(error),
        ) from error


def damaged(path: Path) -> NetworkError:
    """Return the error for a file whose blobs can't be decoded."""
    return NetworkError(
        "{path} is damaged: a block of it can't be decoded.",
        "Download or copy the extract again.",
        path=path,
    )


def _blob(file: BinaryIO, path: Path, kind: str) -> bytes:
    """Return the next blob with its header, empty at the end of the file."""
    length = file.read(4)
    if not length and kind == "OSMData":
        return b""
    header_bytes = int.from_bytes(length, "big")
    if len(length) < 4 or not 0 < header_bytes <= _HEADER_LIMIT:
        raise _not_pbf(path) if kind == "OSMHeader" else _cut_short(file, path)
    header = file.read(header_bytes)
    found, blob_bytes = _header(header)
    if kind == "OSMHeader" and found != kind:
        raise _not_pbf(path)
    if len(header) < header_bytes:
        raise _cut_short(file, path)
    if not 0 < blob_bytes <= _BLOB_LIMIT:
        raise damaged(path)
    blob = file.read(blob_bytes)
    if len(blob) < blob_bytes:
        raise _cut_short(file, path)
    return length + header + blob


def _header(header: bytes) -> tuple[str, int]:
    """Return the kind and the size that a blob's header (a protobuf message) gives."""
    kind, size, at = "", 0, 0
    while at < len(header):
        field, at = _varint(header, at)
        value, at = _varint(header, at)
        if field & 7 == 2:  # length-delimited: `value` bytes follow
            if field >> 3 == 1:
                kind = header[at : at + value].decode("ascii", "replace")
            at += value
        elif field & 7 != 0:
            return "", 0
        elif field >> 3 == 3:
            size = value
    return kind, size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    return 0, len(data)


def _not_pbf(path: Path) -> NetworkError:
    return NetworkError(
        "{path} is not an OpenStreetMap PBF file.",
        "Give an extract in .osm.pbf format; osmium-tool converts other formats.",
        path=path,
    )


def _cut_short(file: BinaryIO, path: Path) -> NetworkError:
    return NetworkError(
        "{path} is incomplete: it ends after {bytes} bytes.",
        "Download or copy the extract again.",
        path=path,
        bytes=file.tell(),
    )
