"""Parts of a network file that not every one has: turns, ferries, streets left out.

And how the arrays of all parts are packed, and figures of its header taken.
"""

import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.streets.streets import Access, Ferries, Pieces, StreetClass, Streets, Structure, Turns

MAX_NODES: Final = 50_000_000
MAX_SEGMENTS: Final = 100_000_000
# No coordinate, length or climb is larger: half of the Earth's circumference.
MAX_M: Final = 20_100_000.0
_MAX_RULES: Final = 5_000_000
_SHORTEST_RULE: Final = 3
_TURNS: Final[Mapping[str, tuple[str, str]]] = {
    "offsets": ("<i4", "rules_and_one"),
    "node": ("<i4", "nodes"),
    "only": ("|u1", "rules"),
}
_FERRIES: Final[Mapping[str, str]] = {"segment": "<i4", "crossing_s": "<f4", "wait_s": "<f4"}
_PIECES: Final[Mapping[str, tuple[str, int]]] = {
    "ends_xy": ("<f8", 4),
    "access": ("|u1", 1),
    "structure": ("|u1", 1),
    "name": ("<i4", 1),
    "piece_m": ("<f4", 1),
}
LEVEL: Final = 6


def pack_parts(streets: Streets, header: dict[str, Any]) -> list[bytes]:
    """Return what isn't a column of the segments, packed, and say it in the header."""
    more: list[bytes] = []
    if streets.turns is not None:
        turns = streets.turns
        more = [pack_array(getattr(turns, key), kind) for key, (kind, _) in _TURNS.items()]
        header["turns"] = {
            "rules": len(turns.only),
            "nodes": len(turns.node),
            "packed_bytes": [len(blob) for blob in more],
        }
    if streets.ferries is not None:
        ferries = [
            pack_array(getattr(streets.ferries, key), kind) for key, kind in _FERRIES.items()
        ]
        rows = len(streets.ferries.segment)
        header["ferries"] = {"segments": rows, "packed_bytes": [len(blob) for blob in ferries]}
        more += ferries
    if streets.pieces is not None:
        pieces = [
            pack_array(getattr(streets.pieces, key), kind) for key, (kind, _) in _PIECES.items()
        ]
        rows = len(streets.pieces.access)
        header["pieces"] = {"segments": rows, "packed_bytes": [len(blob) for blob in pieces]}
        more += pieces
    return more


def unpack_turns(told: Mapping[str, Any], blobs: memoryview, nodes: int) -> tuple[Turns, int]:
    """Unpack and check the rules for turns; return how far that went too."""
    rules, named = whole(told["rules"], 1, _MAX_RULES), whole(told["nodes"], 1, MAX_NODES)
    rows = {"rules": rules, "rules_and_one": rules + 1, "nodes": named}
    sizes, start = iter(told["packed_bytes"]), 0
    arrays: dict[str, Any] = {}
    for key, (kind, of) in _TURNS.items():
        size = whole(next(sizes), 0, len(blobs))
        arrays[key] = unpack_array(blobs[start : start + size], kind, rows[of])
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


def unpack_ferries(
    told: Mapping[str, Any], blobs: memoryview, arrays: Mapping[str, Any]
) -> tuple[Ferries, int]:
    """Unpack and check what ferries take; return how far that went too."""
    rows, start = whole(told["segments"], 1, len(arrays["street_class"])), 0
    sizes = iter(told["packed_bytes"])
    columns: dict[str, Any] = {}
    for key, kind in _FERRIES.items():
        size = whole(next(sizes), 0, len(blobs))
        columns[key] = unpack_array(blobs[start : start + size], kind, rows)
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


def unpack_pieces(told: Mapping[str, Any], blobs: memoryview, names: int) -> tuple[Pieces, int]:
    """Unpack and check the streets that were left out; return how far that went too."""
    rows, start = whole(told["segments"], 1, MAX_SEGMENTS), 0
    sizes = iter(told["packed_bytes"])
    columns: dict[str, Any] = {}
    for key, (kind, count) in _PIECES.items():
        size = whole(next(sizes), 0, len(blobs))
        array = unpack_array(blobs[start : start + size], kind, rows * count)
        columns[key] = array.reshape(-1, count) if count > 1 else array
        start += size
    sound = (
        (np.abs(columns["ends_xy"]) <= MAX_M).all()
        and columns["access"].max() <= int(~Access(0))
        and columns["structure"].max() <= max(Structure)
        and columns["name"].min() >= -1
        and columns["name"].max() < names
        and ((columns["piece_m"] >= 0) & np.isfinite(columns["piece_m"])).all()
    )
    if not sound:
        raise ValueError("pieces")
    return Pieces(**columns), start


def whole(value: Any, low: int, high: int) -> int:
    """Return a whole number from low to high; raise ValueError for all else."""
    if type(value) is not int or not low <= value <= high:
        raise ValueError("number")
    return value


def text(value: Any) -> str:
    """Return a text; raise ValueError for all else."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def pack_array(array: npt.NDArray[Any], kind: str) -> bytes:
    """Deflate an array with its bytes sorted by significance, which halves the size."""
    flat = np.ascontiguousarray(array, dtype=kind).reshape(-1)
    return zlib.compress(flat.view(np.uint8).reshape(-1, flat.itemsize).T.tobytes(), LEVEL)


def unpack_array(blob: memoryview, kind: str, count: int) -> npt.NDArray[Any]:
    """Return the array of so many figures that `pack_array` packed; raise ValueError for others."""
    item = np.dtype(kind).itemsize
    raw = np.frombuffer(inflate(blob, count * item), dtype=np.uint8)
    # A copy, as the search wants arrays of its own that can be written to.
    return np.array(raw.reshape(item, count).T, order="C").reshape(-1).view(kind)


def inflate(blob: memoryview, size: int) -> bytes:
    """Return deflated bytes, which must be as many as announced; raise ValueError for others."""
    stream = zlib.decompressobj()
    raw = stream.decompress(blob, size + 1)
    if len(raw) != size or not stream.eof:
        raise ValueError("size")
    return raw
