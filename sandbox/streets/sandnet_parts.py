"""Parts of a network file that not every one has: turns, ferries, streets left out."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sandbox.streets.modes import Access
from sandbox.streets.sandnet_storage import BITS, Blobs, Stored, whole
from sandbox.streets.streets import Ferries, Pieces, StreetClass, Streets, Structure, Turns

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
    "access": (BITS, 1),
    "structure": ("|u1", 1),
    "name": ("<i4", 1),
    "piece_m": ("<f4", 1),
}


def pack_parts(streets: Streets, header: dict[str, Any], blobs: Blobs) -> None:
    """Pack what isn't a column of the segments, and say it in the header."""
    turns, ferries, pieces = streets.turns, streets.ferries, streets.pieces
    if turns is not None:
        header["turns"] = {
            "rules": len(turns.only),
            "nodes": len(turns.node),
            "packed_bytes": [
                blobs.add(getattr(turns, key), kind) for key, (kind, _) in _TURNS.items()
            ],
        }
    if ferries is not None:
        header["ferries"] = {
            "segments": len(ferries.segment),
            "packed_bytes": [
                blobs.add(getattr(ferries, key), kind) for key, kind in _FERRIES.items()
            ],
        }
    if pieces is not None:
        header["pieces"] = {
            "segments": len(pieces.access),
            "packed_bytes": [
                blobs.add(getattr(pieces, key), kind) for key, (kind, _) in _PIECES.items()
            ],
        }


def unpack_turns(told: Mapping[str, Any], stored: Stored, nodes: int) -> Turns:
    """Unpack and check the rules for turns."""
    rules, named = whole(told["rules"], 1, _MAX_RULES), whole(told["nodes"], 1, MAX_NODES)
    rows = {"rules": rules, "rules_and_one": rules + 1, "nodes": named}
    sizes = iter(told["packed_bytes"])
    arrays: dict[str, Any] = {
        key: stored.take(next(sizes), kind, rows[of]) for key, (kind, of) in _TURNS.items()
    }
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
    return Turns(offsets, node, arrays["only"].astype(np.bool_))


def unpack_ferries(told: Mapping[str, Any], stored: Stored, arrays: Mapping[str, Any]) -> Ferries:
    """Unpack and check what ferries take."""
    rows = whole(told["segments"], 1, len(arrays["street_class"]))
    sizes = iter(told["packed_bytes"])
    columns: dict[str, Any] = {
        key: stored.take(next(sizes), kind, rows) for key, kind in _FERRIES.items()
    }
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
    return Ferries(**columns)


def unpack_pieces(told: Mapping[str, Any], stored: Stored, names: int) -> Pieces:
    """Unpack and check the streets that were left out."""
    rows = whole(told["segments"], 1, MAX_SEGMENTS)
    sizes = iter(told["packed_bytes"])
    columns: dict[str, Any] = {}
    for key, (kind, count) in _PIECES.items():
        array = stored.take(next(sizes), kind, rows * count)
        columns[key] = array.reshape(-1, count) if count > 1 else array
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
    return Pieces(**columns)
