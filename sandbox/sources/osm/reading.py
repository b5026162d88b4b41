"""The ways of an OpenStreetMap extract as they are read, and what the report says of them."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sandbox.sources.osm import barriers, speed_limits, turns
from sandbox.sources.osm import ferries as osm_ferries
from sandbox.sources.osm import towns as osm_towns
from sandbox.sources.osm.highways import (
    FERRY,
    HIGHWAYS,
    WALKWAY,
    WALKWAYS,
    kind_of,
    name_of_kind,
    structure,
)
from sandbox.sources.osm.objects import OsmFile
from sandbox.sources.osm.own import own_access
from sandbox.sources.osm.rules import RULES
from sandbox.streets.modes import STREET_MODES, Access

# How many of a kind the report lists.
REPORTED: Final = 40
_LONGEST_TAG: Final = 60
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
KINDS: Final = tuple(dict.fromkeys((*HIGHWAYS, "ferry", *WALKWAYS.values())))
KIND_NUMBER: Final = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(slots=True, eq=False)
class Ways:
    """What is kept of a file while it is read: arrays, one entry a way or a node reference."""

    file: OsmFile
    refs: "array[int]" = field(default_factory=lambda: array("q"))
    counts: "array[int]" = field(default_factory=lambda: array("i"))
    street_class: bytearray = field(default_factory=bytearray)
    structure: bytearray = field(default_factory=bytearray)
    access: "array[int]" = field(default_factory=lambda: array("H"))
    own: "array[int]" = field(default_factory=lambda: array("H"))
    kind: bytearray = field(default_factory=bytearray)
    maxspeed_kmh: "array[float]" = field(default_factory=lambda: array("f"))
    # What a way's own zone says of being in a town: 1, 0, or -1 where it says nothing.
    zone: "array[int]" = field(default_factory=lambda: array("b"))
    name: "array[int]" = field(default_factory=lambda: array("i"))
    names: dict[str, int] = field(default_factory=dict[str, int])
    barriers: dict[int, tuple[Access, Access]] = field(
        default_factory=dict[int, tuple[Access, Access]]
    )
    towns: osm_towns.Towns = field(default_factory=osm_towns.Towns)
    # Limits that weren't understood, and how many ways have one that holds at times only.
    strange: Counter[str] = field(default_factory=Counter[str])
    conditional: int = 0
    latest: datetime = _EPOCH
    rules: list[turns.Rule] = field(default_factory=list[turns.Rule])
    way_ids: "array[int]" = field(default_factory=lambda: array("q"))
    ferries: osm_ferries.FerryWays = field(default_factory=osm_ferries.FerryWays)
    report: dict[str, Any] = field(default_factory=dict[str, Any])

    def add(self, way: Any, tags: dict[str, str], access: Access) -> None:
        """Keep a way with its nodes; one node alone is no way."""
        refs = [node.ref for node in way.nodes]
        if len(refs) < 2:
            return
        row, _ = kind_of(tags)
        if row is None:
            return
        if row is FERRY:
            self.ferries.tags[len(self.counts)] = tags
        self.refs.extend(refs)
        self.way_ids.append(way.id)
        self.counts.append(len(refs))
        self.street_class.append(row.street_class)
        self.structure.append(structure(tags))
        self.access.append(access)
        self.own.append(access & _own(tags, STREET_MODES))
        self.kind.append(KIND_NUMBER[name_of_kind(tags)])
        limits = speed_limits.limits(tags)
        self.maxspeed_kmh.extend((limits.ahead_kmh, limits.back_kmh))
        self.zone.append(-1 if limits.built_up is None else limits.built_up)
        if limits.strange:
            self.strange[limits.strange[:_LONGEST_TAG]] += 1
        self.conditional += "maxspeed:conditional" in tags
        name = tags.get("name")
        self.name.append(-1 if name is None else self.names.setdefault(name, len(self.names)))
        self.latest = max(self.latest, way.timestamp)

    def date(self) -> str:
        """Return the day the data stands for, ISO, empty where the file doesn't say."""
        if self.file.replicated:
            return self.file.replicated[:10]
        return self.latest.date().isoformat() if self.latest > _EPOCH else ""


def read_ways(path: Path, modes: Sequence[str], tell: Callable[[float], None]) -> Ways:
    """Return what a file has of ways that any of the modes may use; `tell` hears how far it is."""
    ways = Ways(OsmFile(path))
    closed: Counter[str] = Counter()
    others: dict[int, tuple[dict[str, str], Access]] = {}
    read = ferries = walkways = 0
    for entity in ways.file.objects(tell):
        tags = ways.file.tags(entity)
        if entity.is_node():
            ways.towns.add_node(tags, entity.location)
            barred = barriers.barred(tags, modes)
            if barred[0]:
                ways.barriers[entity.id] = barred
            continue
        if entity.is_relation() and tags.get("type") == "restriction":
            ways.rules += turns.rules(entity.id, tags, ways.file.members(entity))
            continue
        if osm_towns.is_settled(tags):
            if entity.is_way():
                ways.towns.add_way([node.ref for node in entity.nodes])
            else:
                ways.towns.add_relation(tags, ways.file.members(entity))
        row = kind_of(tags)[0]
        if row is FERRY and entity.is_relation():
            along = tuple(ref for kind, ref, _ in ways.file.members(entity) if kind == "w")
            ways.ferries.lines.append(osm_ferries.Line(tags, along))
            continue
        if row is not FERRY and not _is_street(entity, tags):
            continue
        read += row is not FERRY and row is not WALKWAY
        ferries, walkways = ferries + (row is FERRY), walkways + (row is WALKWAY)
        access, decided = _access(tags, modes)
        if not access:
            closed[decided[:_LONGEST_TAG]] += row is not FERRY and row is not WALKWAY
            walkways -= row is WALKWAY
        elif entity.is_way():
            ways.add(entity, tags, access)
        else:
            others |= {
                ref: (tags, access) for kind, ref, _ in ways.file.members(entity) if kind == "w"
            }
    ferries += _add_untagged(ways, others, modes)
    ways.report |= {
        "highways_read": read,
        "highways_kept": read - closed.total(),
        "highways_closed": dict((+closed).most_common(REPORTED)),
        "ferries_read": ferries,
        "ferries_kept": len(ways.ferries.tags),
        "walkways_kept": walkways,
        "barriers_closed": len(ways.barriers),
        "texts_not_utf8": ways.file.garbled,
        "maxspeeds_strange": dict(ways.strange.most_common(REPORTED)),
        "maxspeeds_conditional": ways.conditional,
    }
    return ways


def _add_untagged(
    ways: Ways, others: dict[int, tuple[dict[str, str], Access]], modes: Sequence[str]
) -> int:
    """Keep ways that relations make streets, ferries or edges of towns; return the ferries."""
    for ref, route in ways.ferries.bare(frozenset(ways.way_ids)).items():
        others.setdefault(ref, (dict(route), _access(route, modes)[0]))
    before, edges = len(ways.ferries.tags), ways.towns.edges
    for way in ways.file.ways(frozenset(others) | edges):
        if way.id in edges:
            ways.towns.add_way([node.ref for node in way.nodes])
        # One that is a street or ferry itself has been kept as that, or closed.
        if way.id not in others or "highway" in way.tags or "route" in way.tags:
            continue
        tags, access = others[way.id]
        if access and kind_of(ways.file.tags(way))[0] is not WALKWAY:
            ways.add(way, tags, access)
    return len(ways.ferries.tags) - before


def _is_street(entity: Any, tags: Mapping[str, str]) -> bool:
    square = entity.is_relation() and tags.get("type") == "multipolygon"
    moved_on = "highway" in tags or kind_of(tags)[0] is WALKWAY
    return moved_on and (square or entity.is_way())


def _access(tags: Mapping[str, str], modes: Sequence[str]) -> tuple[Access, str]:
    """Return which of the modes may use a way, and the tag that decided for the first of them."""
    ruled = [RULES[mode](tags) for mode in modes]
    access = _own(tags, modes)
    for one, _ in ruled:
        access |= one
    return access, ruled[0][1]


def _own(tags: Mapping[str, str], modes: Sequence[str]) -> Access:
    """Return the bits of a way that hold only for residents and visitors."""
    own = Access(0)
    for mode in modes:
        own |= own_access(tags, mode)
    return own
