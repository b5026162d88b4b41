"""Network files (``*.sandnet``): one file, versioned, checksummed, opened without running code.

Layout, little-endian::

    magic 8 bytes | version u32 | header size u32 | header, JSON in UTF-8, filled up with spaces
    | arrays one after the other | BLAKE2b-256 of all before

The header says how arrays are stored and names each with its size in the file, so a reader
allocates nothing that the file hasn't announced within `MAX_NODES` and `MAX_SEGMENTS`. Files
that are handed on have them byte-shuffled and deflated. Where they are plain, each begins at
a multiple of `ALIGNED` bytes; such a file can be mapped.
"""

import hashlib
import json
import mmap
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox import files
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets import sandnet_timetable
from sandbox.streets.modes import Access
from sandbox.streets.sandnet_parts import (
    MAX_M,
    MAX_NODES,
    MAX_SEGMENTS,
    pack_parts,
    unpack_ferries,
    unpack_pieces,
    unpack_turns,
)
from sandbox.streets.sandnet_storage import (
    ALIGNED,
    BITS,
    Blobs,
    Storage,
    Stored,
    text,
    whole,
)
from sandbox.streets.streets import Provenance, StreetClass, Streets, Structure, Traffic
from sandbox.streets.timetable import Timetable

SUFFIX: Final = ".sandnet"
_MAGIC: Final = b"SANDNET\n"
# Older files are read too. Version 1 holds streets; 2 what vehicles need, and climbs; 3 timetables
# and turns that may not be made; 4 ferries; 5 limits that aren't whole km/h, and towns; 6 streets
# of residents only, and those left out. Up to then `Access` bits were bytes, all arrays deflated.
_VERSION: Final = 7
_OLDEST: Final = 1
_BYTE_BITS: Final = "|u1"
_HEAD: Final = struct.Struct("<8sII")
DIGEST_BYTES: Final = 32
_MAX_BYTES: Final = 16 << 30
_MAX_HEADER_BYTES: Final = 4 << 20
_MAX_NAME_BYTES: Final = 512 << 20
_ARRAYS: Final[Mapping[str, tuple[str, int]]] = {
    "node_xy": ("<f8", 2),
    "segment_nodes": ("<i4", 2),
    "length_m": ("<f4", 1),
    "street_class": ("|u1", 1),
    "structure": ("|u1", 1),
    "access": (BITS, 1),
    "name": ("<i4", 1),
}
_CLIMB: Final = ("<f4", 2)
_KIND: Final = ("|u1", 1)
_MAXSPEED: Final = ("<f4", 2)
_WHOLE_KMH: Final = ("|u1", 2)
_BUILT_UP: Final = ("|u1", 1)
_MAX_KMH: Final = 255
_PRIVATE: Final = (BITS, 1)
# Straight lines on the map may be somewhat longer than on the Earth, far from the zone's middle.
_LEAST_SHARE: Final = 0.5
_SLACK_M: Final = 1.0
# Errors that Python raises where a figure or a text is of the wrong type.
_ASTRAY: Final = (
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
    zlib.error,
)


def save(streets: Streets, path: str | Path, timetable: Timetable | None = None) -> None:
    """Write streets, with a timetable if there is one, or leave what was there if that fails.

    Raises
    ------
    NetworkError
        The file can't be written.
    """
    try:
        _write(streets, Path(path), timetable, "deflated")
    except OSError as error:
        raise NetworkError(
            "The network file {path} can't be written: {reason}.",
            "Choose an existing folder with write permission.",
            path=str(path),
            reason=files.reason_of(error),
        ) from error


def save_plain(streets: Streets, path: Path, timetable: Timetable | None = None) -> None:
    """Write streets as `save`, to be opened by `read_mapped`; raises OSError."""
    _write(streets, path, timetable, "plain")


def _write(streets: Streets, path: Path, timetable: Timetable | None, storage: Storage) -> None:
    blobs, traffic = Blobs(storage), streets.traffic
    sizes = {key: blobs.add(getattr(streets, key), kind) for key, (kind, _) in _ARRAYS.items()}
    names = "\n".join(n.replace("\n", " ") for n in streets.names).encode()
    sizes["names"] = blobs.add_text(names)
    if traffic is not None:
        sizes["kind"] = blobs.add(traffic.kind, _KIND[0])
        sizes["maxspeed_kmh"] = blobs.add(traffic.maxspeed_kmh, _MAXSPEED[0])
        if traffic.built_up is not None:
            sizes["built_up"] = blobs.add(traffic.built_up, _BUILT_UP[0])
    if streets.climb_m is not None:
        sizes["climb_m"] = blobs.add(streets.climb_m, _CLIMB[0])
    if streets.private is not None:
        sizes["private"] = blobs.add(streets.private, _PRIVATE[0])
    header: dict[str, Any] = {
        "storage": storage,
        "crs": streets.crs,
        "nodes": len(streets.node_xy),
        "segments": len(streets.segment_nodes),
        "names": len(streets.names),
        "name_bytes": len(names),
        "packed_bytes": sizes,
        "provenance": {**asdict(streets.provenance), "report": dict(streets.provenance.report)},
    }
    if traffic is not None:
        header["kinds"] = list(traffic.kinds)
        header["maxspeed_kmh"] = _MAXSPEED[0]
    pack_parts(streets, header, blobs)
    if timetable is not None:
        header["timetable"] = sandnet_timetable.pack(timetable, blobs)
    told = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    told += b" " * (-(_HEAD.size + len(told)) % ALIGNED)
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    with files.replacing(path) as beside, beside.open("wb") as file:
        for piece in (_HEAD.pack(_MAGIC, _VERSION, len(told)), told, *blobs.pieces()):
            digest.update(piece)
            file.write(piece)
        file.write(digest.digest())


def load(path: str | Path) -> Streets:
    """Read streets from a file.

    Raises
    ------
    NetworkError
        As `read` does.
    """
    return read(path)[0]


def read(path: str | Path) -> tuple[Streets, Timetable | None]:
    """Read streets from a file, and its timetable where it has one.

    Raises
    ------
    NetworkError
        The file isn't there, isn't a network file, is of another version, or is damaged.
    """
    source = Path(path)
    try:
        content = files.read_bytes(source, _MAX_BYTES)
    except files.Unreadable as error:
        raise NetworkError(
            "The network file {path} can't be read: {reason}.",
            "Check the path, or build a network with: sandbox network build",
            path=str(source),
            reason=error.reason,
        ) from error
    _check_head(content, source)
    if _digest(memoryview(content)[:-DIGEST_BYTES]) != content[-DIGEST_BYTES:]:
        raise _damaged(source)
    return _unpacked(memoryview(content), source)


def read_mapped(path: Path) -> tuple[Streets, Timetable | None]:
    """Return what a file holds as `read`, with its plain arrays where the file is mapped.

    Processes that map the same file share its memory. All is checked but the checksum, which
    whoever asks has to know to be right; and nobody may write to the file in place, or cut
    it, as long as the arrays are used.

    Raises
    ------
    NetworkError
        It isn't a network file, or its figures are wrong.
    OSError, ValueError
        It can't be mapped.
    """
    with path.open("rb") as file:
        # What a process writes to such arrays, if it ever does, stays its own.
        content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    _check_head(content, path)
    return _unpacked(content, path)


def _check_head(content: bytes | memoryview, source: Path) -> None:
    """Check that it is a network file, of a version that is known, and not cut short."""
    magic = bytes(content[: len(_MAGIC)])
    if len(content) < _HEAD.size or magic != _MAGIC:
        if magic and _MAGIC.startswith(magic):
            raise _damaged(source)
        raise NetworkError(
            "{path} is not a network file.",
            "Build one from an OpenStreetMap file with: sandbox network build",
            path=str(source),
        )
    _, version, size = _HEAD.unpack_from(content)
    if not _OLDEST <= version <= _VERSION:
        raise NetworkError(
            "The network file {path} is of version {version}; this program reads version {known}.",
            "Build it again with: sandbox network build",
            path=str(source),
            version=version,
            known=_VERSION,
        )
    if len(content) < _HEAD.size + size + DIGEST_BYTES or size > _MAX_HEADER_BYTES:
        raise _damaged(source)


def _unpacked(content: memoryview, source: Path) -> tuple[Streets, Timetable | None]:
    """Return what a whole file holds, all of it checked."""
    _, version, size = _HEAD.unpack_from(content)
    start = _HEAD.size + size
    try:
        header = json.loads(bytes(content[_HEAD.size : start]))
        # Half a sign can be read, but never written again.
        json.dumps(header, ensure_ascii=False).encode()
        content = content[:-DIGEST_BYTES]
        if version < _VERSION:
            stored = Stored(content, start, "deflated", _BYTE_BITS)
        else:
            stored = Stored(content, start, header["storage"])
        streets = _streets(header, stored)
        if "timetable" not in header:
            return streets, None
        segments = len(streets.segment_nodes)
        return streets, sandnet_timetable.unpack(header["timetable"], stored, segments)
    except _ASTRAY as error:
        raise _damaged(source) from error


def _streets(header: dict[str, Any], stored: Stored) -> Streets:
    """Unpack and check everything a search will index with.

    Raises ValueError where something is wrong.
    """
    nodes = whole(header["nodes"], 1, MAX_NODES)
    segments = whole(header["segments"], 1, MAX_SEGMENTS)
    name_bytes = whole(header["name_bytes"], 0, _MAX_NAME_BYTES)
    sizes = header["packed_bytes"]
    arrays: dict[str, Any] = {}

    def unpacked(key: str, kind: str, columns: int) -> npt.NDArray[Any]:
        rows = nodes if key == "node_xy" else segments
        array = stored.take(sizes[key], kind, rows * columns)
        return array.reshape(-1, columns) if columns > 1 else array

    for key, (kind, columns) in _ARRAYS.items():
        arrays[key] = unpacked(key, kind, columns)
    told = stored.take_text(sizes["names"], name_bytes).decode()
    names = tuple(told.split("\n")) if header["names"] else ()
    if len(names) != header["names"]:
        raise ValueError("names")
    crs = text(header["crs"])
    if not geo.is_metric(crs):
        raise ValueError("crs")
    _check(arrays, nodes, len(names), crs)
    traffic = None
    if "kinds" in header:
        kinds = tuple(text(kind) for kind in header["kinds"])
        traffic = _traffic(kinds, header, unpacked)
    climb_m = unpacked("climb_m", *_CLIMB) if "climb_m" in sizes else None
    if climb_m is not None and not ((climb_m >= 0) & (climb_m <= MAX_M)).all():
        raise ValueError("climb")
    private = unpacked("private", *_PRIVATE) if "private" in sizes else None
    if private is not None and (private & ~arrays["access"]).any():
        raise ValueError("private")
    turns = unpack_turns(header["turns"], stored, nodes) if "turns" in header else None
    ferries = unpack_ferries(header["ferries"], stored, arrays) if "ferries" in header else None
    pieces = unpack_pieces(header["pieces"], stored, len(names)) if "pieces" in header else None
    return Streets(
        crs=crs,
        names=names,
        provenance=_provenance(header["provenance"]),
        traffic=traffic,
        climb_m=climb_m,
        turns=turns,
        ferries=ferries,
        private=private,
        pieces=pieces,
        **arrays,
    )


def _provenance(told: Mapping[str, Any]) -> Provenance:
    made = Provenance(**told)
    for value in (made.title, made.source, made.licence, made.date):
        text(value)
    if type(told["schematic"]) is not bool or type(told["report"]) is not dict:
        raise ValueError("provenance")
    return made


def _traffic(
    kinds: tuple[str, ...],
    header: Mapping[str, Any],
    unpacked: Callable[[str, str, int], npt.NDArray[Any]],
) -> Traffic:
    """Unpack and check what vehicles need; older files have whole limits and know no towns."""
    kind = unpacked("kind", *_KIND)
    part = header.get("maxspeed_kmh") == _MAXSPEED[0]
    limits = unpacked("maxspeed_kmh", *(_MAXSPEED if part else _WHOLE_KMH))
    built_up = None
    if "built_up" in header["packed_bytes"]:
        built_up = unpacked("built_up", *_BUILT_UP)
    sound = (
        kind.max() < len(kinds)
        and ((limits == 0) | ((limits >= 1) & (limits <= _MAX_KMH))).all()
        and (built_up is None or built_up.max() <= 1)
    )
    if not sound:
        raise ValueError("traffic")
    towns = None if built_up is None else built_up.view(np.bool_)
    return Traffic(kinds, kind, limits.astype(np.float32, copy=False), towns)


def _check(arrays: dict[str, Any], nodes: int, names: int, crs: str) -> None:
    """Check all that a search will index or measure with."""
    xy, ends, length = arrays["node_xy"], arrays["segment_nodes"], arrays["length_m"]
    name, access = arrays["name"], arrays["access"]
    sound = (
        (np.abs(xy) <= MAX_M).all()
        and ends.min() >= 0
        and ends.max() < nodes
        and ((length >= 0) & (length <= MAX_M)).all()
        and arrays["street_class"].max() <= max(StreetClass)
        and arrays["structure"].max() <= max(Structure)
        and access.max() <= int(~Access(0))
        # A network of ferries alone has no place to start from.
        and ((access != 0) & (arrays["street_class"] != StreetClass.FERRY)).any()
        and name.min() >= -1
        and name.max() < names
    )
    if not sound:
        raise ValueError("values")
    # A search reaches as far as lengths say; were they far less than the way from node to
    # node, the ground that it reaches would have no bounds.
    x, y = (xy[ends[:, 1]] - xy[ends[:, 0]]).T
    if (length < _LEAST_SHARE * np.hypot(x, y) - _SLACK_M).any():
        raise ValueError("lengths")
    (west, south), (east, north) = xy.min(axis=0), xy.max(axis=0)
    corners = geo.to_lonlat([(west, south), (west, north), (east, south), (east, north)], crs)
    if not np.isfinite(corners).all():
        raise ValueError("place")


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest()


def _damaged(source: Path) -> NetworkError:
    return NetworkError(
        "The network file {path} is damaged or incomplete.",
        "Copy it again, or build it again with: sandbox network build",
        path=str(source),
    )
