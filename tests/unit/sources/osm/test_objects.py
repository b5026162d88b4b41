"""Files as editors and other tools leave them: new objects, texts in other encodings, gaps."""

import zlib

import numpy as np
import osmium
import osmium.osm.mutable as osm
import pytest

from sandbox.geo import crs as geo_crs
from sandbox.sources.osm.barriers import lets_through
from sandbox.sources.osm.build import build_osm
from sandbox.sources.osm.highways import structure
from sandbox.sources.osm.rules import KEYS, RULES
from sandbox.sources.osm.speed_limits import limits
from tests.support.osm_map import positions

ROAD = {"highway": "residential"}
PLACED = positions("ABCDEF")


def write(path, node_ids, ways, relations=(), order=None):
    """Write nodes at the letters A to F, ways as id: (node ids, tags), relations likewise."""
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for node_id, letter in zip(node_ids, "ABCDEF", strict=False):
            writer.add_node(osm.Node(id=node_id, location=PLACED[letter], version=1))
        for way_id, (refs, tags) in ways.items():
            writer.add_way(osm.Way(id=way_id, nodes=refs, tags=tags, version=1))
        for number, (members, tags) in enumerate(relations, 1):
            writer.add_relation(osm.Relation(id=-number, members=members, tags=tags, version=1))
    return path


def lengths(streets):
    return sorted(np.round(streets.length_m, 0).tolist())


@pytest.mark.parametrize(
    "ids",
    [
        (-1, -2, -3, -4),
        (1, -2, 3, -4),
        (-4, -3, -2, -1),
        (1, 2, 2**40, 2**62),
        (-(2**62), 5, -7, 8),
    ],
)
def test_new_and_huge_ids_are_ids_like_others(tmp_path, ids):
    a, b, c, d = ids
    file = write(tmp_path / "map.osm.pbf", ids, {-5: ([a, b, c], ROAD), 2**41: ([c, d], ROAD)})
    streets = build_osm(file)
    assert lengths(streets) == [100, 100, 100]
    assert streets.provenance.report["segments_with_missing_nodes"] == 0


def test_turn_rules_and_squares_of_new_objects_are_read(tmp_path):
    rule = {"type": "restriction", "restriction": "no_right_turn"}
    square = {"type": "multipolygon", "highway": "pedestrian"}
    relations = [
        ([("w", -1, "from"), ("n", -2, "via"), ("w", -2, "to")], rule),
        ([("w", -3, "outer")], square),
    ]
    ways = {-1: ([-1, -2], ROAD), -2: ([-2, -3], ROAD), -3: ([-3, -4], {})}
    file = write(tmp_path / "map.osm.pbf", (-1, -2, -3, -4), ways, relations)
    streets = build_osm(file)
    assert lengths(streets) == [100, 100, 100]
    assert streets.provenance.report["turn_rules"] == 1


def test_places_that_are_missing_repeated_or_nowhere_leave_gaps_and_are_counted(tmp_path):
    file = tmp_path / "map.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        for node_id, letter in ((1, "A"), (2, "B"), (2, "B"), (4, "D"), (5, "E"), (-6, "F")):
            writer.add_node(osm.Node(id=node_id, location=PLACED[letter], version=1))
        writer.add_node(osm.Node(id=3, location=(206.3, 129.5), version=1))
        writer.add_node(osm.Node(id=-7, version=1))
        for way_id, refs in ((1, [1, 2, 3]), (2, [2, 4, 4, 5]), (3, [5]), (4, [5, -6, -7])):
            writer.add_way(osm.Way(id=way_id, nodes=refs, tags=ROAD, version=1))
    streets = build_osm(file)
    assert lengths(streets) == [100, 100, 100, 200]
    assert streets.provenance.report["segments_with_missing_nodes"] == 2


def garble(path, old, new):
    """Write other bytes of the same length in place of a text in a file's blocks."""
    data, made, at = path.read_bytes(), b"", 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        # Each header is: 1, its kind; 3, the blob's size; both as short as they are here.
        header = data[at + 4 : at + 4 + length]
        kind = header[2 : 2 + header[1]]
        size, shift = 0, 0
        for byte in header[3 + header[1] :]:
            size, shift = size | (byte & 127) << shift, shift + 7
        blob = data[at + 4 + length : at + 4 + length + size]
        raw = zlib.decompress(blob[blob.index(b"\x78") :]) if b"\x1a" in blob else blob[2:]
        raw = raw.replace(old, new)
        body = b"\x0a" + varint(len(raw)) + raw
        head = b"\x0a" + bytes([len(kind)]) + kind + b"\x18" + varint(len(body))
        made += len(head).to_bytes(4, "big") + head + body
        at += 4 + length + size
    path.write_bytes(made)


def varint(value):
    made = b""
    while value > 127:
        made, value = made + bytes([value & 127 | 128]), value >> 7
    return made + bytes([value])


def test_texts_in_another_encoding_are_marked_and_told(tmp_path):
    tags = {"highway": "primary", "name": "XXXX", "maxspeed": "40", "oneway": "no"}
    file = write(tmp_path / "map.osm.pbf", (1, 2, 3), {1: ([1, 2], tags), 2: ([2, 3], ROAD)})
    whole = build_osm(file)
    assert whole.names == ("XXXX",)
    garble(file, b"XXXX", "道路".encode("gbk"))
    streets = build_osm(file)
    assert streets.provenance.report["texts_not_utf8"] == 1
    assert len(streets.names) == 1
    assert "�" in streets.names[0]
    assert (streets.access == whole.access).all()
    assert (streets.traffic.maxspeed_kmh == whole.traffic.maxspeed_kmh).all()


def test_a_relation_with_a_role_in_another_encoding_is_left_out_and_told(tmp_path):
    rule = {"type": "restriction", "restriction": "no_right_turn"}
    members = [("w", 1, "from"), ("n", 2, "via"), ("w", 2, "to"), ("w", 2, "XXXX")]
    ways = {1: ([1, 2], ROAD), 2: ([2, 3], ROAD)}
    file = write(tmp_path / "map.osm.pbf", (1, 2, 3), ways, [(members, rule)])
    garble(file, b"XXXX", b"\xff\xfe\xfd\xfc")
    report = build_osm(file).provenance.report
    assert (report["turn_rules_read"], report["texts_not_utf8"]) == (0, 1)


class Recorded(dict):
    """Tags that remember which of them were asked for."""

    def __init__(self, tags, asked):
        super().__init__(tags)
        self.asked = asked

    def get(self, key, default=None):
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


def test_every_key_that_rules_ask_for_is_read_of_garbled_objects():
    asked = set()
    for tags in (
        {"highway": "motorway", "oneway": "yes"},
        {"highway": "footway"},
        {"highway": "residential", "oneway": "yes"},
        {"route": "ferry"},
        {"man_made": "pier"},
        {"highway": "steps"},
        {"barrier": "gate"},
        {"barrier": "gate", "access": "x"},
    ):
        kept = Recorded(tags, asked)
        for rule in RULES.values():
            rule(kept)
        for mode in RULES:
            lets_through(kept, mode)
        structure(kept)
        limits(kept)
    assert asked <= KEYS


def test_a_network_of_new_nodes_lies_where_they_do(tmp_path):
    file = write(tmp_path / "map.osm.pbf", (-1, -2), {-1: ([-1, -2], ROAD)})
    streets = build_osm(file)
    lonlat = geo_crs.to_lonlat(streets.node_xy, streets.crs)
    want = np.array(sorted([PLACED["A"], PLACED["B"]]))
    assert lonlat[np.argsort(lonlat[:, 0])] == pytest.approx(want, abs=1e-6)
