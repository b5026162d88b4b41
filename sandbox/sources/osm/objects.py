"""What an OpenStreetMap file holds, object by object, and where its nodes lie.

Files of people's own differ from the planet's: objects that an editor has just made have
negative ids, tags may be in another encoding than UTF-8, nodes may lie nowhere. None of that
stops the reading; what was mended is counted.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import osmium
import osmium.filter
import osmium.index
import osmium.io
import osmium.osm

from sandbox.errors import NetworkError
from sandbox.sources.osm import pbf
from sandbox.sources.osm.rules import KEYS

# Keys of ways and relations, and of nodes, that anything is read from.
_DRAWN: Final = (
    "highway", "route", "man_made", "railway", "public_transport", "landuse", "place",
    "restriction", "restriction:motorcar", "restriction:motor_vehicle",
)  # fmt: skip
_PLACED: Final = ("barrier", "place")
# The reader's own table of ids is as long as the highest one, and knows no negative ones.
_LISTED: Final = 1 << 40


class OsmFile:
    """A file that is read piece by piece.

    Attributes
    ----------
    replicated
        When the file was up to date, ISO, empty where it doesn't say; known after reading.
    garbled
        How many objects have texts that aren't UTF-8, so far.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._locations: Any = None
        self._in_order = False
        self.replicated = ""
        self.garbled = 0

    def objects(self, tell: Callable[[float], None]) -> Iterator[Any]:
        """Yield what `_DRAWN` and `_PLACED` select; keep all places, and tell the part read.

        Raises
        ------
        NetworkError
            If there is no such file, or it is damaged or of another kind.
        """
        drawn = osmium.filter.KeyFilter(*_DRAWN)
        drawn.enable_for(osmium.osm.WAY | osmium.osm.RELATION)
        placed = osmium.filter.KeyFilter(*_PLACED).enable_for(osmium.osm.NODE)
        keep_places: Any = None
        for piece, part in pbf.pieces(self._path):
            # The reader looks into the buffer without holding it: both must have a name.
            buffer = osmium.io.FileBuffer(piece, "pbf")
            try:
                with osmium.io.Reader(buffer) as reader:
                    if keep_places is None:
                        self._look_at_header(reader.header())
                        keep_places = osmium.NodeLocationsForWays(self._locations)
                        keep_places.ignore_errors()
                        keep_places.apply_nodes_to_ways = False
                    yield from osmium.OsmFileIterator(reader, keep_places, drawn, placed)
            except NetworkError:  # which is a ValueError too
                raise
            except (RuntimeError, ValueError) as error:
                raise pbf.damaged(self._path) from error
            tell(part)

    def ways(self, wanted: Collection[int]) -> Iterator[Any]:
        """Yield ways by their ids, whatever their tags, by another reading."""
        if not wanted:
            return
        listed = all(0 < one < _LISTED for one in wanted)
        for piece, _ in pbf.pieces(self._path):
            buffer = osmium.io.FileBuffer(piece, "pbf")
            with osmium.io.Reader(buffer, osmium.osm.WAY) as reader:
                some = (osmium.filter.IdFilter(wanted),) if listed else ()
                for way in osmium.OsmFileIterator(reader, *some):
                    if way.id in wanted:
                        yield way

    def tags(self, entity: Any) -> dict[str, str]:
        """Return the tags of an object, with a mark in place of what isn't UTF-8.

        Where some aren't, only those that anything is read from.
        """
        try:
            return dict(entity.tags)
        except UnicodeDecodeError:
            self.garbled += 1
        found = {key: _text(entity.tags, key) for key in KEYS}
        return {key: text for key, text in found.items() if text is not None}

    def members(self, entity: Any) -> list[tuple[str, int, str]]:
        """Return type, id and role of a relation's members; none where a role isn't UTF-8."""
        try:
            return [(member.type, member.ref, member.role) for member in entity.members]
        except UnicodeDecodeError:
            # The list can't be read past it, and half a relation may say the wrong thing.
            self.garbled += 1
            return []

    def lonlat(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Return where nodes lie, ``(n, 2)``; NaN for those that the file doesn't place."""
        found = np.full((len(ids), 2), np.nan)
        for index in np.flatnonzero(ids >= 0).tolist():
            try:
                found[index] = _place(self._locations.get(int(ids[index])))
            except KeyError:
                continue
        new = {int(ids[index]): int(index) for index in np.flatnonzero(ids < 0)}
        for node in self._new_nodes() if new else ():
            if node.id in new:
                found[new[node.id]] = _place(node.location)
        return found

    def _new_nodes(self) -> Iterator[Any]:
        """Yield nodes with negative ids, which the table of places can't hold."""
        for piece, _ in pbf.pieces(self._path):
            buffer = osmium.io.FileBuffer(piece, "pbf")
            with osmium.io.Reader(buffer, osmium.osm.NODE) as reader:
                for node in osmium.OsmFileIterator(reader):
                    if node.id < 0:
                        yield node
                    elif self._in_order:
                        # In a sorted file, negative ids stand first.
                        return

    def _look_at_header(self, header: Any) -> None:
        if header.has_multiple_object_versions:
            raise NetworkError(
                "{path} is a history file with several versions of each street.",
                "Give an extract for one date; osmium time-filter makes one.",
                path=self._path,
            )
        # The compact table finds nodes only where they came in the order of their ids.
        self._in_order = header.get("sorting") == "Type_then_ID"
        table = "flex_mem" if self._in_order else "sparse_mem_map"
        self._locations = osmium.index.create_map(table)
        self.replicated = header.get("osmosis_replication_timestamp", "")


def _text(tags: Any, key: str) -> str | None:
    try:
        return tags.get(key)
    except UnicodeDecodeError as error:
        return error.object.decode("utf-8", "replace")


def _place(location: Any) -> tuple[float, float]:
    return (location.lon, location.lat) if location.valid() else (np.nan, np.nan)
