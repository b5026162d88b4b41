"""Network files (``*.sandnet``): one file, versioned, checksummed, opened without running code.

Layout, little-endian::

    magic 8 bytes | version u32 | header size u32 | header, JSON in UTF-8
    | arrays one after the other, each byte-shuffled and deflated | BLAKE2b-256 of all before

The header names each array with its packed size, so a reader allocates nothing that
the file hasn't announced within `_MAX_NODES` and `_MAX_SEGMENTS`.
"""

import hashlib
import json
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
from sandbox.network import store_timetable
from sandbox.network.store_timetable import text, whole
from sandbox.network.streets import (
    Access,
    Ferries,
    Pieces,
    Provenance,
    StreetClass,
    Streets,
    Structure,
    Traffic,
    Turns,
)
from sandbox.network.timetable import Timetable

SUFFIX: Final = ".sandnet"
_MAGIC: Final = b"SANDNET\n"
# Version 2 has more columns; what has none of them is written as version 1, which older
# programs read too.
# Version 3 holds a timetable, or turns that may not be made, too; version 4 ferries; version 5
# limits that aren't whole km/h, which streets lie in a town, and timetables that say more;
# version 6 streets that serve only those who live there, and those that were left out.
_VERSION: Final = 6
_VERSION_LIMITS: Final = 5
_VERSION_FERRIES: Final = 4
_VERSION_MORE: Final = 3
_VERSION_COLUMNS: Final = 2
_VERSION_PLAIN: Final = 1
_HEAD: Final = struct.Struct("<8sII")
_DIGEST_BYTES: Final = 32
_MAX_BYTES: Final = 16 << 30
_MAX_HEADER_BYTES: Final = 4 << 20
_MAX_NODES: Final = 50_000_000
_MAX_SEGMENTS: Final = 100_000_000
_MAX_RULES: Final = 5_000_000
_SHORTEST_RULE: Final = 3
_MAX_NAME_BYTES: Final = 512 << 20
_ARRAYS: Final[Mapping[str, tuple[str, int]]] = {
    "node_xy": ("<f8", 2),
    "segment_nodes": ("<i4", 2),
    "length_m": ("<f4", 1),
    "street_class": ("|u1", 1),
    "structure": ("|u1", 1),
    "access": ("|u1", 1),
    "name": ("<i4", 1),
}
_CLIMB: Final = ("<f4", 2)
_TRAFFIC: Final[Mapping[str, tuple[str, int]]] = {"kind": ("|u1", 1), "maxspeed_kmh": ("|u1", 2)}
_PART_KMH: Final = ("<f4", 2)
_BUILT_UP: Final = ("|u1", 1)
_MAX_KMH: Final = 255
_TURNS: Final[Mapping[str, tuple[str, str]]] = {
    "offsets": ("<i4", "rules_and_one"),
    "node": ("<i4", "nodes"),
    "only": ("|u1", "rules"),
}
_FERRIES: Final[Mapping[str, str]] = {"segment": "<i4", "crossing_s": "<f4", "wait_s": "<f4"}
_PRIVATE: Final = ("|u1", 1)
_PIECES: Final[Mapping[str, tuple[str, int]]] = {
    "ends_xy": ("<f8", 4),
    "access": ("|u1", 1),
    "structure": ("|u1", 1),
    "name": ("<i4", 1),
    "piece_m": ("<f4", 1),
}
_LEVEL: Final = 6
# No coordinate, length or climb is larger: half of the Earth's circumference.
_MAX_M: Final = 20_100_000.0
# Straight lines on the map may be somewhat longer than on the Earth, far from the zone's middle.
_LEAST_SHARE: Final = 0.5
_SLACK_M: Final = 1.0
# What figures and texts raise that are not of the kind they should be.
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
    target = Path(path)
    packed = {key: _pack(getattr(streets, key), _ARRAYS[key][0]) for key in _ARRAYS}
    names = "\n".join(n.replace("\n", " ") for n in streets.names).encode()
    packed["names"] = zlib.compress(names, _LEVEL)
    traffic = streets.traffic
    in_u8 = traffic is None or _fits_u8(traffic.maxspeed_kmh)
    if traffic is not None:
        kinds = {**_TRAFFIC} if in_u8 else {**_TRAFFIC, "maxspeed_kmh": _PART_KMH}
        packed |= {key: _pack(getattr(traffic, key), kind) for key, (kind, _) in kinds.items()}
        if traffic.built_up is not None:
            packed["built_up"] = _pack(traffic.built_up, _BUILT_UP[0])
    if streets.climb_m is not None:
        packed["climb_m"] = _pack(streets.climb_m, _CLIMB[0])
    if streets.private is not None:
        packed["private"] = _pack(streets.private, _PRIVATE[0])
    header: dict[str, Any] = {
        "crs": streets.crs,
        "nodes": len(streets.node_xy),
        "segments": len(streets.segment_nodes),
        "names": len(streets.names),
        "name_bytes": len(names),
        "packed_bytes": {key: len(blob) for key, blob in packed.items()},
        "provenance": {**asdict(streets.provenance), "report": dict(streets.provenance.report)},
    }
    if traffic is not None:
        header["kinds"] = list(traffic.kinds)
        if not in_u8:
            header["maxspeed_kmh"] = _PART_KMH[0]
    more = _more(streets, header)
    says_more = False
    if timetable is not None:
        header["timetable"], blobs = store_timetable.pack(timetable, _pack, _LEVEL)
        lines = header["timetable"]
        says_more = bool(lines.get("more") or lines.get("inside"))
        more += blobs
    version = _version(header, says_more=says_more)
    told = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    content = b"".join([_HEAD.pack(_MAGIC, version, len(told)), told, *packed.values(), *more])
    try:
        files.write(target, content + _digest(content))
    except OSError as error:
        raise NetworkError(
            "The network file {path} can't be written: {reason}.",
            "Choose a folder that exists and that you may write to.",
            path=str(target),
            reason=error.strerror or str(error),
        ) from error


def _more(streets: Streets, header: dict[str, Any]) -> list[bytes]:
    """Return what isn't a column of the segments, packed, and say it in the header."""
    more: list[bytes] = []
    if streets.turns is not None:
        turns = streets.turns
        more = [_pack(getattr(turns, key), kind) for key, (kind, _) in _TURNS.items()]
        header["turns"] = {
            "rules": len(turns.only),
            "nodes": len(turns.node),
            "packed_bytes": [len(blob) for blob in more],
        }
    if streets.ferries is not None:
        ferries = [_pack(getattr(streets.ferries, key), kind) for key, kind in _FERRIES.items()]
        rows = len(streets.ferries.segment)
        header["ferries"] = {"segments": rows, "packed_bytes": [len(blob) for blob in ferries]}
        more += ferries
    if streets.pieces is not None:
        pieces = [_pack(getattr(streets.pieces, key), kind) for key, (kind, _) in _PIECES.items()]
        rows = len(streets.pieces.access)
        header["pieces"] = {"segments": rows, "packed_bytes": [len(blob) for blob in pieces]}
        more += pieces
    return more


def _version(header: Mapping[str, Any], *, says_more: bool) -> int:
    """Return the least version that a file must have for what its header tells of."""
    columns = header["packed_bytes"]
    if "pieces" in header or "private" in columns:
        return _VERSION
    if "maxspeed_kmh" in header or "built_up" in columns or says_more:
        return _VERSION_LIMITS
    if "ferries" in header:
        return _VERSION_FERRIES
    if "turns" in header or "timetable" in header:
        return _VERSION_MORE
    return _VERSION_COLUMNS if "kinds" in header or "climb_m" in columns else _VERSION_PLAIN


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
    header, start = _header(content, source)
    try:
        blobs = memoryview(content)[start:-_DIGEST_BYTES]
        streets, used = _streets(header, blobs)
        if "timetable" not in header:
            return streets, None
        segments = len(streets.segment_nodes)
        told = header["timetable"]
        return streets, store_timetable.unpack(told, blobs[used:], segments, _unpack)
    except _ASTRAY as error:
        raise _damaged(source) from error


def _header(content: bytes, source: Path) -> tuple[dict[str, Any], int]:
    if len(content) < _HEAD.size or not content.startswith(_MAGIC):
        if content and _MAGIC.startswith(content[: len(_MAGIC)]):
            raise _damaged(source)
        raise NetworkError(
            "{path} isn't a network file.",
            "Build one from an OpenStreetMap file with: sandbox network build",
            path=str(source),
        )
    _, version, size = _HEAD.unpack_from(content)
    if not _VERSION_PLAIN <= version <= _VERSION:
        raise NetworkError(
            "The network file {path} is of version {version}; this program reads version {known}.",
            "Build it again with: sandbox network build",
            path=str(source),
            version=version,
            known=_VERSION,
        )
    if (
        len(content) < _HEAD.size + size + _DIGEST_BYTES
        or size > _MAX_HEADER_BYTES
        or _digest(memoryview(content)[:-_DIGEST_BYTES]) != content[-_DIGEST_BYTES:]
    ):
        raise _damaged(source)
    start = _HEAD.size + size
    try:
        header = json.loads(content[_HEAD.size : start])
        # Half a sign can be read, but never written again.
        json.dumps(header, ensure_ascii=False).encode()
        return header, start
    except (ValueError, RecursionError) as error:
        raise _damaged(source) from error


def _streets(header: dict[str, Any], blobs: memoryview) -> tuple[Streets, int]:
    """Unpack and check everything a search will index with; return how far it went too.

    Raises ValueError where something is wrong.
    """
    nodes = whole(header["nodes"], 1, _MAX_NODES)
    segments = whole(header["segments"], 1, _MAX_SEGMENTS)
    name_bytes = whole(header["name_bytes"], 0, _MAX_NAME_BYTES)
    sizes, start = header["packed_bytes"], 0
    arrays: dict[str, Any] = {}

    def unpacked(key: str, kind: str, columns: int) -> npt.NDArray[Any]:
        nonlocal start
        end = start + whole(sizes[key], 0, len(blobs))
        rows = nodes if key == "node_xy" else segments
        array = _unpack(blobs[start:end], kind, rows * columns)
        start = end
        return array.reshape(-1, columns) if columns > 1 else array

    for key, (kind, columns) in _ARRAYS.items():
        arrays[key] = unpacked(key, kind, columns)
    end = start + whole(sizes["names"], 0, len(blobs))
    told = _inflate(blobs[start:end], name_bytes).decode()
    start = end
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
    if climb_m is not None and not ((climb_m >= 0) & (climb_m <= _MAX_M)).all():
        raise ValueError("climb")
    private = unpacked("private", *_PRIVATE) if "private" in sizes else None
    if private is not None and (private & ~arrays["access"]).any():
        raise ValueError("private")
    turns = None
    if "turns" in header:
        turns, used = _unpacked_turns(header["turns"], blobs[start:], nodes)
        start += used
    ferries = None
    if "ferries" in header:
        ferries, used = _unpacked_ferries(header["ferries"], blobs[start:], arrays)
        start += used
    pieces = None
    if "pieces" in header:
        pieces, used = _unpacked_pieces(header["pieces"], blobs[start:], len(names))
        start += used
    made = Streets(
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
    return made, start


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
    kind = unpacked("kind", *_TRAFFIC["kind"])
    part = header.get("maxspeed_kmh") == _PART_KMH[0]
    limits = unpacked("maxspeed_kmh", *(_PART_KMH if part else _TRAFFIC["maxspeed_kmh"]))
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
    towns = None if built_up is None else built_up.astype(np.bool_)
    return Traffic(kinds, kind, limits.astype(np.float32), towns)


def _fits_u8(kmh: npt.NDArray[np.float32]) -> bool:
    return bool(((kmh == np.rint(kmh)) & (kmh <= _MAX_KMH)).all())


def _unpacked_turns(told: Mapping[str, Any], blobs: memoryview, nodes: int) -> tuple[Turns, int]:
    """Unpack and check the rules for turns; return how far that went too."""
    rules, named = whole(told["rules"], 1, _MAX_RULES), whole(told["nodes"], 1, _MAX_NODES)
    rows = {"rules": rules, "rules_and_one": rules + 1, "nodes": named}
    sizes, start = iter(told["packed_bytes"]), 0
    arrays: dict[str, Any] = {}
    for key, (kind, of) in _TURNS.items():
        size = whole(next(sizes), 0, len(blobs))
        arrays[key] = _unpack(blobs[start : start + size], kind, rows[of])
        start += size
    offsets, node = arrays["offsets"], arrays["node"]
    sound = (
        offsets[0] == 0
        and offsets[-1] == named
        and (np.diff(offsets) >= _SHORTEST_RULE).all()
        and node.min() >= 0
        and node.max() < nodes
    )
    if not sound:
        raise ValueError("turns")
    return Turns(offsets, node, arrays["only"].astype(np.bool_)), start


def _unpacked_ferries(
    told: Mapping[str, Any], blobs: memoryview, arrays: Mapping[str, Any]
) -> tuple[Ferries, int]:
    """Unpack and check what ferries take; return how far that went too."""
    rows, start = whole(told["segments"], 1, len(arrays["street_class"])), 0
    sizes = iter(told["packed_bytes"])
    columns: dict[str, Any] = {}
    for key, kind in _FERRIES.items():
        size = whole(next(sizes), 0, len(blobs))
        columns[key] = _unpack(blobs[start : start + size], kind, rows)
        start += size
    segment, times = columns["segment"], (columns["crossing_s"], columns["wait_s"])
    sound = (
        (np.diff(segment) > 0).all()
        and segment[0] >= 0
        and segment[-1] < len(arrays["street_class"])
        and (arrays["street_class"][segment] == StreetClass.FERRY).all()
        and all((np.isnan(one) | ((one >= 0) & np.isfinite(one))).all() for one in times)
    )
    if not sound:
        raise ValueError("ferries")
    return Ferries(**columns), start


def _unpacked_pieces(told: Mapping[str, Any], blobs: memoryview, names: int) -> tuple[Pieces, int]:
    """Unpack and check the streets that were left out; return how far that went too."""
    rows, start = whole(told["segments"], 1, _MAX_SEGMENTS), 0
    sizes = iter(told["packed_bytes"])
    columns: dict[str, Any] = {}
    for key, (kind, count) in _PIECES.items():
        size = whole(next(sizes), 0, len(blobs))
        array = _unpack(blobs[start : start + size], kind, rows * count)
        columns[key] = array.reshape(-1, count) if count > 1 else array
        start += size
    sound = (
        (np.abs(columns["ends_xy"]) <= _MAX_M).all()
        and columns["access"].max() <= int(~Access(0))
        and columns["structure"].max() <= max(Structure)
        and columns["name"].min() >= -1
        and columns["name"].max() < names
        and ((columns["piece_m"] >= 0) & np.isfinite(columns["piece_m"])).all()
    )
    if not sound:
        raise ValueError("pieces")
    return Pieces(**columns), start


def _check(arrays: dict[str, Any], nodes: int, names: int, crs: str) -> None:
    """Check all that a search will index or measure with."""
    xy, ends, length = arrays["node_xy"], arrays["segment_nodes"], arrays["length_m"]
    name, access = arrays["name"], arrays["access"]
    sound = (
        (np.abs(xy) <= _MAX_M).all()
        and ends.min() >= 0
        and ends.max() < nodes
        and ((length >= 0) & (length <= _MAX_M)).all()
        and arrays["street_class"].max() <= max(StreetClass)
        and arrays["structure"].max() <= max(Structure)
        and access.max() <= int(~Access(0))
        # A network of nothing but ferries has no place where one could begin.
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


def _pack(array: npt.NDArray[Any], kind: str) -> bytes:
    """Deflate an array with its bytes sorted by significance, which halves the size."""
    flat = np.ascontiguousarray(array, dtype=kind).reshape(-1)
    return zlib.compress(flat.view(np.uint8).reshape(-1, flat.itemsize).T.tobytes(), _LEVEL)


def _unpack(blob: memoryview, kind: str, count: int) -> npt.NDArray[Any]:
    item = np.dtype(kind).itemsize
    raw = np.frombuffer(_inflate(blob, count * item), dtype=np.uint8)
    # A copy, as the search wants arrays of its own that can be written to.
    return np.array(raw.reshape(item, count).T, order="C").reshape(-1).view(kind)


def _inflate(blob: memoryview, size: int) -> bytes:
    stream = zlib.decompressobj()
    raw = stream.decompress(blob, size + 1)
    if len(raw) != size or not stream.eof:
        raise ValueError("size")
    return raw


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()


def _damaged(source: Path) -> NetworkError:
    return NetworkError(
        "The network file {path} is damaged or incomplete.",
        "Copy it again, or build it again with: sandbox network build",
        path=str(source),
    )
