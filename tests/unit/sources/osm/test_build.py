import numpy as np
import osmium
import pytest
from osmium.osm import mutable

from sandbox.errors import NetworkError
from sandbox.geo import crs as geo_crs
from sandbox.sources.osm import pbf
from sandbox.sources.osm.build import build_osm
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Structure
from tests.support.osm_map import positions, write_pbf

ROAD = {"highway": "residential"}

LADDER = """
A-B-C
|   |
D-E-F
"""


@pytest.fixture
def build(tmp_path):
    """Build a drawn map for walking; the streets come with the letters of their nodes."""

    def built(drawing, ways, nodes=None, bbox=None, **options):
        file = tmp_path / "map.osm.pbf"
        placed = write_pbf(file, drawing, ways, nodes, **options)
        return Drawn(build_osm(file, bbox=bbox, modes=["walk"]), placed)

    return built


class Drawn:
    """Built streets, asked by the letters of the drawing."""

    def __init__(self, streets, placed):
        self.streets = streets
        self.report = streets.provenance.report
        xy = geo_crs.to_metric(np.array(list(placed.values())), streets.crs)
        far = np.linalg.norm(streets.node_xy[:, None] - xy[None], axis=2)
        assert far.min(axis=1).max() < 0.01
        letters = np.array(list(placed))
        self.node_letters = letters[far.argmin(axis=1)]

    @property
    def edges(self):
        pairs = self.node_letters[self.streets.segment_nodes]
        return sorted("".join(sorted(pair)) for pair in pairs)

    def one(self, pair):
        (index,) = (
            i
            for i, nodes in enumerate(self.node_letters[self.streets.segment_nodes])
            if "".join(sorted(nodes)) == pair
        )
        return index


def test_ways_become_segments_between_their_nodes(build):
    drawn = build(LADDER, {"ABC": ROAD, "DEF": ROAD, "AD": ROAD, "CF": ROAD})
    assert drawn.edges == ["AB", "AD", "BC", "CF", "DE", "EF"]
    assert drawn.streets.length_m == pytest.approx([200.0] * 6, rel=1e-3)
    assert set(drawn.streets.access) == {Access.WALK}


def test_class_structure_and_name_are_those_of_the_way(build):
    drawn = build(
        LADDER,
        {
            "ABC": {"highway": "primary", "name": "科学大道", "bridge": "yes"},
            "DEF": {"highway": "steps"},
            "AD": {"highway": "footway", "tunnel": "yes", "name": "科学大道"},
            "CF": {"highway": "pedestrian", "name": "Xijie"},
        },
    )
    streets = drawn.streets

    def of(pair):
        at = drawn.one(pair)
        name = streets.names[streets.name[at]] if streets.name[at] >= 0 else None
        return StreetClass(streets.street_class[at]), Structure(streets.structure[at]), name

    assert of("AB") == (StreetClass.ARTERIAL, Structure.BRIDGE, "科学大道")
    assert of("DE") == (StreetClass.STEPS, Structure.GROUND, None)
    assert of("AD") == (StreetClass.PATH, Structure.TUNNEL, "科学大道")
    assert of("CF") == (StreetClass.LOCAL, Structure.GROUND, "Xijie")


def test_a_bridge_does_not_meet_what_it_crosses(build):
    drawn = build(
        """
 A
BCD
 E
""",
        {"BCD": ROAD, "AE": {**ROAD, "bridge": "yes", "layer": "1"}, "AD": ROAD, "ED": ROAD},
    )
    assert drawn.edges == ["AD", "AE", "BC", "CD", "DE"]


def test_what_may_not_be_walked_is_left_out_and_counted(build):
    drawn = build(
        LADDER,
        {
            "ABC": ROAD,
            "AD": {"highway": "motorway"},
            "CF": {"highway": "service", "access": "no"},
            "DEF": {"highway": "construction", "construction": "primary"},
            "AE": {"route": "ferry", "foot": "no"},
        },
    )
    assert drawn.edges == ["AB", "BC"]
    assert drawn.report["highways_closed"] == {
        "highway=motorway": 1,
        "access=no": 1,
        "highway=construction": 1,
    }
    assert (drawn.report["ferries_read"], drawn.report["ferries_kept"]) == (1, 0)
    assert (drawn.report["highways_read"], drawn.report["highways_kept"]) == (4, 1)


def test_one_walks_up_to_a_closed_gate_but_not_through(build):
    gate = {"barrier": "gate", "access": "no"}
    ways = {"ABC": ROAD, "AD": ROAD, "DE": ROAD, "EF": ROAD, "CF": ROAD}
    drawn = build(LADDER, ways, {"B": gate})
    at_gate = np.flatnonzero(drawn.node_letters == "B")
    assert drawn.edges == ["AB", "AD", "BC", "CF", "DE", "EF"]
    assert len(at_gate) == 2
    used = drawn.streets.segment_nodes.ravel().tolist()
    assert [used.count(node) for node in at_gate] == [1, 1]
    open_gate = build(LADDER, ways, {"B": {"barrier": "gate"}})
    assert (open_gate.node_letters == "B").sum() == 1


def test_what_lies_behind_a_closed_gate_is_no_part_of_the_network(build):
    drawn = build("ABCD", {"ABCD": ROAD}, {"C": {"barrier": "gate", "locked": "yes"}})
    assert drawn.edges == ["AB", "BC"]
    assert drawn.report["barriers_closed"] == 1


def test_only_the_largest_part_is_kept(build):
    drawn = build("ABCD EF", {"ABCD": ROAD, "EF": ROAD})
    assert drawn.edges == ["AB", "BC", "CD"]
    assert drawn.report["parts"]["walk"]["segments_outside"] == 1


def test_a_one_way_escalator_alone_leads_to_nothing_one_can_come_back_from(build):
    drawn = build("ABC", {"AB": ROAD, "BC": {"highway": "steps", "conveying": "forward"}})
    assert drawn.edges == ["AB"]


def test_loops_repeats_and_edges_drawn_twice_do_no_harm(build):
    drawn = build(
        LADDER, {"ABEDA": ROAD, "AB": ROAD, "AB#2": {"highway": "footway"}, "BBC": ROAD, "CC": ROAD}
    )
    assert set(drawn.edges) == {"AB", "BE", "DE", "AD", "BC"}
    assert (drawn.streets.segment_nodes[:, 0] != drawn.streets.segment_nodes[:, 1]).all()


def test_squares_drawn_as_multipolygons_are_walked_along_their_edges(tmp_path):
    placed = positions(LADDER)
    ids = {letter: number for number, letter in enumerate(placed, 1)}
    file = tmp_path / "map.osm.pbf"
    square = {"type": "multipolygon", "highway": "pedestrian", "name": "广场"}
    closed = {"type": "multipolygon", "highway": "pedestrian", "access": "no"}
    with osmium.SimpleWriter(str(file)) as writer:
        for letter, node_id in ids.items():
            writer.add_node(mutable.Node(id=node_id, location=placed[letter], version=1))
        for number, (letters, tags) in enumerate(
            [("AB", ROAD), ("BC", {}), ("CF", {}), ("DE", {}), ("AD", {"building": "yes"})], 1
        ):
            refs = [ids[letter] for letter in letters]
            writer.add_way(mutable.Way(id=number, nodes=refs, tags=tags, version=1))
        for number, tags, ways in [(1, square, (1, 2, 3)), (2, closed, (4,))]:
            members = [osmium.osm.RelationMember(way, "w", "outer") for way in ways]
            writer.add_relation(mutable.Relation(id=number, members=members, tags=tags, version=1))
    drawn = Drawn(build_osm(file), placed)
    assert drawn.edges == ["AB", "BC", "CF"]
    assert drawn.streets.street_class[drawn.one("AB")] == StreetClass.LOCAL
    assert drawn.streets.name[drawn.one("AB")] == -1
    assert drawn.streets.names == ("广场",)
    assert drawn.report["highways_closed"] == {"access=no": 1}


def test_nodes_that_the_extract_lacks_are_counted(build):
    drawn = build("ABCD", {"ABCD": ROAD}, without="D")
    assert drawn.edges == ["AB", "BC"]
    assert drawn.report["segments_with_missing_nodes"] == 1


def test_a_box_keeps_segments_with_an_end_inside(build, tmp_path):
    placed = write_pbf(tmp_path / "map.osm.pbf", "ABCDEF", {"ABCDEF": ROAD})
    west, south = placed["C"]
    east, north = placed["D"]
    box = (west - 1e-5, min(south, north) - 1e-5, east + 1e-5, max(south, north) + 1e-5)
    drawn = build("ABCDEF", {"ABCDEF": ROAD}, bbox=box)
    assert drawn.edges == ["BC", "CD", "DE"]
    assert drawn.report["segments_outside_box"] == 2


def test_a_box_keeps_a_segment_that_crosses_it_with_no_end_inside(build):
    """Along the top from A to C, 500 m, through a box that holds B's place but not B."""
    drawing = """
A    C
D    E
"""
    ways = {"AC": ROAD, "AD": ROAD, "CE": ROAD, "DE": ROAD}
    placed = positions(drawing)
    middle, top, low = (placed["A"][0] + placed["C"][0]) / 2, placed["A"][1], placed["D"][1]
    drawn = build(drawing, ways, bbox=(middle - 1e-4, top - 1e-4, middle + 1e-4, top + 1e-4))
    assert drawn.edges == ["AC"]
    both = build(drawing, ways, bbox=(middle - 1e-4, low - 1e-4, middle + 1e-4, top + 1e-4))
    assert set(both.edges) & {"AC", "DE"}
    assert both.report["segments_outside_box"] == 2
    # A box beside a slanting street, though within the street's own bounds.
    slant = build(drawing, {"AE": ROAD, "AC": ROAD}, bbox=(*placed["D"], middle, top + 1e-4))
    assert slant.edges == ["AC", "AE"]
    corner = (placed["D"][0], low - 1e-4, placed["D"][0] + 1e-4, low + 1e-4)
    with pytest.raises(NetworkError, match="lies in the bounding box"):
        build(drawing, {"AE": ROAD, "AC": ROAD}, bbox=corner)


def test_a_ferry_between_two_landings_in_a_box_is_kept_whole(build):
    drawing = """
AB
 F
DC
"""
    ways = {"AB": ROAD, "CD": ROAD, "AD": ROAD, "BFC": {"route": "ferry"}}
    placed = positions(drawing)
    # F's column is outside, B and C are just inside.
    west, south, east, north = *placed["D"], max(placed["B"][0], placed["C"][0]), placed["A"][1]
    assert placed["F"][0] < east + 1e-3
    box = (west - 1e-4, south - 1e-4, east + 1e-6, north + 1e-4)
    kept = build(drawing, ways, bbox=box)
    assert kept.report["segments_outside_box"] == 0
    narrow = (west - 1e-4, south - 1e-4, west + 1e-4, north + 1e-4)
    assert "BF" not in build(drawing, ways, bbox=narrow).edges


PIER, PLATFORM = {"man_made": "pier"}, {"railway": "platform"}


@pytest.mark.parametrize("tags", [PIER, PLATFORM, {"public_transport": "platform"}])
def test_piers_and_platforms_are_walked_on(build, tags):
    drawn = build("ABCD", {"AB": ROAD, "BC": tags, "CD": ROAD})
    assert drawn.edges == ["AB", "BC", "CD"]
    assert drawn.streets.street_class[drawn.one("BC")] == StreetClass.PATH
    assert drawn.report["walkways_kept"] == 1
    assert drawn.report["highways_read"] == 2


@pytest.mark.parametrize(
    "more", [{"foot": "no"}, {"access": "no"}, {"highway": "construction"}, {"disused": "yes"}]
)
def test_a_pier_that_is_closed_or_something_else_is_not(build, more):
    drawn = build("ABCD", {"AB": ROAD, "BC": {**PIER, **more}, "CD": ROAD})
    assert drawn.edges in (["AB"], ["CD"])
    assert drawn.report["walkways_kept"] == 0


def test_areas_of_piers_and_platforms_are_walked_along_their_outline(build):
    drawn = build(
        LADDER,
        {"AD": ROAD, "ABEDA": {**PLATFORM, "area": "yes"}, "BC": {}, "CF": {}, "EF": {}},
        rules=[({"type": "multipolygon", **PIER}, [("outer", w) for w in ("BC", "CF", "EF")])],
    )
    assert set(drawn.edges) == {"AB", "AD", "BE", "DE", "BC", "CF", "EF"}


def test_other_things_of_railways_and_harbours_are_not_walked_on(build):
    others = [{"railway": "rail"}, {"railway": "platform_edge"}, {"man_made": "breakwater"}]
    others += [{"public_transport": "stop_position"}, {"highway": "via_ferrata"}]
    for tags in others:
        assert build("ABC", {"AB": ROAD, "BC": tags}).edges == ["AB"]


def test_the_date_is_that_of_the_newest_way(build):
    drawn = build("AB", {"AB": ROAD}, timestamp="2021-02-03T04:05:06Z")
    told = drawn.streets.provenance
    assert (told.date, told.source, told.licence) == (
        "2021-02-03",
        "OpenStreetMap contributors",
        "ODbL 1.0",
    )
    assert not told.schematic
    assert build("AB", {"AB": ROAD}, timestamp="1970-01-01T00:00:00Z").streets.provenance.date == ""


def test_progress_grows_to_one(tmp_path):
    write_pbf(tmp_path / "map.osm.pbf", LADDER, {"ABC": ROAD})
    told = []
    build_osm(tmp_path / "map.osm.pbf", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("ways", "message"),
    [
        ({}, "no street"),
        ({"AB": {"building": "yes"}}, "no street"),
        ({"AB": {"highway": "motorway"}}, "no street"),
    ],
)
def test_a_file_without_streets_is_refused(tmp_path, ways, message):
    write_pbf(tmp_path / "map.osm.pbf", "AB", ways)
    with pytest.raises(NetworkError, match=message):
        build_osm(tmp_path / "map.osm.pbf", modes=["walk"])


def test_a_file_without_the_nodes_of_its_streets_is_refused(tmp_path):
    write_pbf(tmp_path / "map.osm.pbf", "AB", {"AB": ROAD}, without="AB")
    with pytest.raises(NetworkError, match="lacks nodes"):
        build_osm(tmp_path / "map.osm.pbf")


def test_a_box_elsewhere_names_where_the_streets_are(tmp_path):
    write_pbf(tmp_path / "map.osm.pbf", "AB", {"AB": ROAD})
    with pytest.raises(NetworkError, match="lies in the bounding box 1,1,2,2") as raised:
        build_osm(tmp_path / "map.osm.pbf", bbox=(1.0, 1.0, 2.0, 2.0))
    assert "106.3" in str(raised.value.hint)


@pytest.mark.parametrize(
    "box", [(2, 1, 1, 2), (0, 0, 0, 1), (-200, 0, 1, 1), (0, 0, float("nan"), 1)]
)
def test_a_box_that_is_none_is_refused(tmp_path, box):
    with pytest.raises(NetworkError, match="is not a bounding box"):
        build_osm(tmp_path / "map.osm.pbf", bbox=box)


def test_the_order_of_a_file_does_not_matter(tmp_path):
    placed = positions("ABCDEF")
    for name, letters in {"up": "ABCDEF", "down": "FEDCBA", "mixed": "CAFBED"}.items():
        file = tmp_path / f"{name}.osm.pbf"
        nodes = [
            mutable.Node(id=ord(letter), location=placed[letter], version=1) for letter in letters
        ]
        refs = [ord(letter) for letter in "ABCDEF"]
        way = mutable.Way(id=1, nodes=refs, tags={"highway": "path"}, version=1)
        with osmium.SimpleWriter(str(file)) as writer:
            for node in nodes[:3]:
                writer.add_node(node)
            writer.add_way(way)
            for node in nodes[3:]:
                writer.add_node(node)
        assert len(build_osm(file).segment_nodes) == 5, name


def test_a_file_of_many_pieces_is_read_like_one(tmp_path, monkeypatch):
    file = tmp_path / "map.osm.pbf"
    ways = {"ABC": ROAD, "DEF": ROAD, "AD": ROAD, "CF": ROAD}
    write_pbf(file, LADDER, ways, {"B": {"barrier": "wall"}})
    whole = build_osm(file)
    # Nodes and ways lie in blobs of their own: a piece each.
    monkeypatch.setattr(pbf, "_PIECE_BYTES", 1)
    parts, told = list(pbf.pieces(file)), []
    assert len(parts) > 1
    assert parts[-1][1] == 1.0
    pieces = build_osm(file, progress=told.append)
    assert len(told) == len(parts) + 2
    assert (pieces.node_xy == whole.node_xy).all()
    assert (pieces.segment_nodes == whole.segment_nodes).all()
    assert pieces.provenance == whole.provenance


def test_a_history_file_is_refused(tmp_path):
    file = tmp_path / "map.osh.pbf"
    write_pbf(file, "AB", {"AB": ROAD})
    with pytest.raises(NetworkError, match="history"):
        build_osm(file)


def test_other_files_are_refused(tmp_path):
    file = tmp_path / "map.osm.pbf"
    with pytest.raises(NetworkError, match=r"map\.osm\.pbf doesn't exist"):
        build_osm(file)
    with pytest.raises(NetworkError, match="is a folder"):
        build_osm(tmp_path)
    for content, message in [
        (b"", "empty"),
        (b"just a text\n" * 50, "not an OpenStreetMap PBF"),
        (b'{"type": "FeatureCollection", "features": []}', "not an OpenStreetMap PBF"),
        (b"\x00\x00", "not an OpenStreetMap PBF"),
        (b"<?xml version='1.0'?><osm/>", "not an OpenStreetMap PBF"),
    ]:
        file.write_bytes(content)
        with pytest.raises(NetworkError, match=message):
            build_osm(file)


def test_a_file_cut_anywhere_is_refused(tmp_path):
    file = tmp_path / "map.osm.pbf"
    write_pbf(file, LADDER, {"ABC": ROAD, "DEF": ROAD, "AD": ROAD})
    whole = file.read_bytes()
    for size in range(1, len(whole)):
        file.write_bytes(whole[:size])
        with pytest.raises(NetworkError):
            build_osm(file)


def test_a_damaged_file_is_refused(tmp_path):
    file = tmp_path / "map.osm.pbf"
    write_pbf(file, LADDER, {"ABC": ROAD, "DEF": ROAD, "AD": ROAD})
    whole = file.read_bytes()
    middle = len(whole) // 2 + 20
    file.write_bytes(whole[:middle] + bytes(30) + whole[middle + 30 :])
    with pytest.raises(NetworkError, match="damaged"):
        build_osm(file)
