"""Network files (``*.sandnet``): one file, versioned, checksummed, opened without running code.

Layout, little-endian::

    magic 8 bytes | version u32 | header size u32 | header, JSON in UTF-8
    | arrays one after the other, each byte-shuffled and deflated | BLAKE2b-256 of all before

The header names each array with its packed size, so a reader allocates nothing that
the file hasn't announced within `MAX_NODES` and `MAX_SEGMENTS`.
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
from sandbox.streets import sandnet_timetable
from sandbox.streets.sandnet_parts import (
    LEVEL,
    MAX_M,
    MAX_NODES,
    MAX_SEGMENTS,
    inflate,
    pack_array,
    pack_parts,
    text,
    unpack_array,
    unpack_ferries,
    unpack_pieces,
    unpack_turns,
    whole,
)
from sandbox.streets.streets import Access, Provenance, StreetClass, Streets, Structure, Traffic
from sandbox.streets.timetable import Timetable

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
_PRIVATE: Final = ("|u1", 1)
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
    packed = {key: pack_array(getattr(streets, key), _ARRAYS[key][0]) for key in _ARRAYS}
    names = "\n".join(n.replace("\n", " ") for n in streets.names).encode()
    packed["names"] = zlib.compress(names, LEVEL)
    traffic = streets.traffic
    in_u8 = traffic is None or _fits_u8(traffic.maxspeed_kmh)
    if traffic is not None:
        kinds = {**_TRAFFIC} if in_u8 else {**_TRAFFIC, "maxspeed_kmh": _PART_KMH}
        packed |= {key: pack_array(getattr(traffic, key), kind) for key, (kind, _) in kinds.items()}
        if traffic.built_up is not None:
            packed["built_up"] = pack_array(traffic.built_up, _BUILT_UP[0])
    if streets.climb_m is not None:
        packed["climb_m"] = pack_array(streets.climb_m, _CLIMB[0])
    if streets.private is not None:
        packed["private"] = pack_array(streets.private, _PRIVATE[0])
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
    more = pack_parts(streets, header)
    says_more = False
    if timetable is not None:
        header["timetable"], blobs = sandnet_timetable.pack(timetable, pack_array, LEVEL)
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
            "Choose an existing folder with write permission.",
            path=str(target),
            reason=files.reason_of(error),
        ) from error


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
        return streets, sandnet_timetable.unpack(told, blobs[used:], segments, unpack_array)
    except _ASTRAY as error:
        raise _damaged(source) from error


def _header(content: bytes, source: Path) -> tuple[dict[str, Any], int]:
    if len(content) < _HEAD.size or not content.startswith(_MAGIC):
        if content and _MAGIC.startswith(content[: len(_MAGIC)]):
            raise _damaged(source)
        raise NetworkError(
            "{path} is not a network file.",
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
    nodes = whole(header["nodes"], 1, MAX_NODES)
    segments = whole(header["segments"], 1, MAX_SEGMENTS)
    name_bytes = whole(header["name_bytes"], 0, _MAX_NAME_BYTES)
    sizes, start = header["packed_bytes"], 0
    arrays: dict[str, Any] = {}

    def unpacked(key: str, kind: str, columns: int) -> npt.NDArray[Any]:
        nonlocal start
        end = start + whole(sizes[key], 0, len(blobs))
        rows = nodes if key == "node_xy" else segments
        array = unpack_array(blobs[start:end], kind, rows * columns)
        start = end
        return array.reshape(-1, columns) if columns > 1 else array

    for key, (kind, columns) in _ARRAYS.items():
        arrays[key] = unpacked(key, kind, columns)
    end = start + whole(sizes["names"], 0, len(blobs))
    told = inflate(blobs[start:end], name_bytes).decode()
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
    if climb_m is not None and not ((climb_m >= 0) & (climb_m <= MAX_M)).all():
        raise ValueError("climb")
    private = unpacked("private", *_PRIVATE) if "private" in sizes else None
    if private is not None and (private & ~arrays["access"]).any():
        raise ValueError("private")
    turns = None
    if "turns" in header:
        turns, used = unpack_turns(header["turns"], blobs[start:], nodes)
        start += used
    ferries = None
    if "ferries" in header:
        ferries, used = unpack_ferries(header["ferries"], blobs[start:], arrays)
        start += used
    pieces = None
    if "pieces" in header:
        pieces, used = unpack_pieces(header["pieces"], blobs[start:], len(names))
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


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()


def _damaged(source: Path) -> NetworkError:
    return NetworkError(
        "The network file {path} is damaged or incomplete.",
        "Copy it again, or build it again with: sandbox network build",
        path=str(source),
    )
