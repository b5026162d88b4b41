"""Every rule of the streets on a map of letters: the seconds each mode takes, derived by hand.

A letter is 100 m from the next. One walks a metre a second and rides five; cars go ten, nine
tenths of the roads' limit of 40 km/h. So 100 m are 100, 20 and 10 s. Searches from the start,
towards it from the end, tables of pairs and routes have to agree, so that a case checks all.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest

from sandbox.analysis.route import route
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets.sandnet import load, save
from sandbox.streets.travel import Travel
from tests.support.osm_map import write_pbf

HOURS_MS = 6 * 3_600_000
ROAD = {"highway": "residential", "maxspeed": "40"}
SLOW = {"highway": "residential", "maxspeed": "20"}
STEPS = {"highway": "steps"}
FERRY = {"route": "ferry", "motor_vehicle": "yes"}
PRIVATE = {"barrier": "gate", "access": "private"}
RING = """
ABC
DEF
"""
AROUND = {"DEF": ROAD, "AD": ROAD, "CF": ROAD}


class Case(NamedTuple):
    """A drawn map and the seconds on foot, by bike and by car between two letters; None: no way."""

    drawing: str
    ways: dict
    seconds: dict
    nodes: dict | None = None
    rules: tuple = ()
    same: dict | None = None


def ring(tags, nodes=None, **seconds):
    return Case(RING, {"ABC": {**ROAD, **tags}, **AROUND}, seconds, nodes or {})


LEFT = [("from", "AB"), ("via", "B"), ("to", "BC")]
BAN = {"type": "restriction", "restriction": "no_left_turn"}
CROSS = """
 C
ABD
 E
"""
CROSS_WAYS = dict.fromkeys(("AB", "BD", "BC", "BE"), ROAD)
FAR_ENDS = """
  H
 C
ABD.I
.
  J
"""
FAR_WAYS = dict.fromkeys(("AB", "BD", "BC", "DH", "DI", "DJ"), ROAD)
SHORES = "AB..CD"
# Three hundred metres of ferry in five minutes, every twenty: ten to wait.
TIMED = {**FERRY, "duration": "00:05", "interval": "00:20"}
BY_TABLE_S = 300 / (15 / 3.6) + 600


def shores(ferry, walk, bike, drive, back=None):
    """Return a case with 100 m of street on either side of a ferry that takes so long."""
    own = [(100, walk), (20, bike), (10, drive)]
    there = [None if boat is None else 2 * street + boat for street, boat in own]
    return Case(SHORES, {"AB": ROAD, "CD": ROAD, "BC": ferry}, {"AD": there, "DA": back or there})


CASES = {
    "one way": ring({"oneway": "yes"}, AC=(200, 40, 20), CA=(200, 80, 40)),
    "one way, against its drawing": ring({"oneway": "-1"}, AC=(200, 80, 40), CA=(200, 40, 20)),
    "contraflow": ring(
        {"oneway": "yes", "cycleway": "opposite_lane"}, AC=(200, 40, 20), CA=(200, 40, 40)
    ),
    "contraflow on one side": ring(
        {"oneway": "yes", "cycleway:left": "lane", "cycleway:left:oneway": "-1"},
        AC=(200, 40, 20),
        CA=(200, 40, 40),
    ),
    "one way but for bikes": ring(
        {"oneway": "yes", "oneway:bicycle": "no"}, AC=(200, 40, 20), CA=(200, 40, 40)
    ),
    "one way for cars only": ring(
        {"oneway:motor_vehicle": "yes"}, AC=(200, 40, 20), CA=(200, 40, 40)
    ),
    "one way on foot": ring({"oneway:foot": "yes"}, AC=(200, 40, 20), CA=(400, 40, 20)),
    "closed to cars": ring({"motor_vehicle": "no"}, AC=(200, 40, 40), CA=(200, 40, 40)),
    "private street": ring({"access": "private"}, AC=(400, 80, 40), CA=(400, 80, 40)),
    "private street that may be walked": ring(
        {"access": "private", "foot": "yes"}, AC=(200, 80, 40), CA=(200, 80, 40)
    ),
    "street under construction": ring(
        {"highway": "construction", "construction": "residential"},
        AC=(400, 80, 40),
        CA=(400, 80, 40),
    ),
    "construction as a tag": ring({"construction": "yes"}, AC=(400, 80, 40), CA=(400, 80, 40)),
    "private gate": ring({}, {"B": PRIVATE}, AC=(400, 80, 40), CA=(400, 80, 40)),
    "private gate with a key for bikes": ring(
        {}, {"B": {**PRIVATE, "bicycle": "yes"}}, AC=(400, 40, 40), CA=(400, 40, 40)
    ),
    "bollard": ring({}, {"B": {"barrier": "bollard"}}, AC=(200, 40, 40), CA=(200, 40, 40)),
    "steps": Case(
        "ABC", {"AB": ROAD, "BC": STEPS}, {"AC": (100 + 200, 20 + 200, None), "AB": (100, 20, 10)}
    ),
    # On foot the steps, 400 s, not 500 m of road; others go round.
    "steps and a way round": Case(
        """
ABCD
E..F
""",
        {"AB": ROAD, "CD": ROAD, "BC": STEPS, "AE": ROAD, "EF": ROAD, "FD": ROAD},
        {"AD": (400, 100, 50), "DA": (400, 100, 50), "BC": (200, 140, 70)},
    ),
    # Moving stairs lead one way; down one goes 100 m of road and 300 and 100 again.
    "moving stairs": Case(
        """
ABCD
E..F
""",
        {
            "AB": ROAD,
            "CD": ROAD,
            "BC": {**STEPS, "conveying": "forward"},
            "AE": ROAD,
            "EF": ROAD,
            "FD": ROAD,
        },
        {"AD": (400, 100, 50), "DA": (500, 100, 50)},
    ),
    "footway where bikes are pushed": Case(
        "ABC",
        {"AB": ROAD, "BC": {"highway": "footway"}},
        {"AC": (200, 20 + 100, None), "CA": (200, 20 + 100, None)},
    ),
    # One goes over C's street, not down to it: by D, 100 m and the root of two hundred.
    "bridge over a road": Case(
        """
 A
BCD
 E
""",
        {"BCD": ROAD, "AE": {**ROAD, "bridge": "yes", "layer": "1"}, "AD": ROAD, "ED": ROAD},
        {"AE": (200, 40, 20), "BA": (341.42, 68.28, 34.14), "EB": (341.42, 68.28, 34.14)},
    ),
    "street below a road": Case(
        """
 A
BCD
 E
""",
        {"BCD": ROAD, "AE": {**ROAD, "tunnel": "yes", "layer": "-1"}, "AD": ROAD, "ED": ROAD},
        {"AE": (200, 40, 20), "BA": (341.42, 68.28, 34.14)},
    ),
    # Past the crossing to E's dead end and back: 400 m by car.
    "turn ban via a node": Case(
        CROSS, CROSS_WAYS, {"AC": (200, 40, 40), "CA": (200, 40, 20)}, rules=[(BAN, LEFT)]
    ),
    "turn ban that spares cars": Case(
        CROSS, CROSS_WAYS, {"AC": (200, 40, 20)}, rules=[({**BAN, "except": "motorcar"}, LEFT)]
    ),
    "only straight on": Case(
        CROSS,
        CROSS_WAYS,
        {"AC": (200, 40, 40), "AE": (200, 40, 40), "AD": (200, 40, 20)},
        rules=[
            (
                {"type": "restriction", "restriction": "only_straight_on"},
                [("from", "AB"), ("via", "B"), ("to", "BD")],
            )
        ],
    ),
    # Round by C's or G's dead end: 200 m more.
    "turn ban via a way": Case(
        """
ABC
 D
EFG
""",
        dict.fromkeys(("AB", "BC", "BDF", "EF", "FG"), ROAD),
        {"AE": (400, 80, 60), "CE": (400, 80, 40), "AG": (400, 80, 40), "EA": (400, 80, 40)},
        rules=[
            (
                {"type": "restriction", "restriction": "no_u_turn"},
                [("from", "AB"), ("via", "BDF"), ("to", "EF")],
            )
        ],
    ),
    # Past the ban to D, round there for 20 s, and back: 400 m. A dead end is 400 m more.
    "U-turn at a crossing": Case(
        FAR_ENDS, FAR_WAYS, {"AC": (200, 40, 40 + 20)}, rules=[(BAN, LEFT)]
    ),
    "U-turn that is banned": Case(
        FAR_ENDS,
        FAR_WAYS,
        {"AC": (200, 40, 80)},
        rules=[
            (BAN, LEFT),
            (
                {"type": "restriction", "restriction": "no_u_turn"},
                [("from", "BD"), ("via", "D"), ("to", "BD")],
            ),
        ],
    ),
    "ferry": shores(TIMED, 900, 900, 900),
    "ferry by the table": shores(FERRY, BY_TABLE_S, BY_TABLE_S, BY_TABLE_S),
    "ferry for people": shores({"route": "ferry", "duration": "5"}, 900, 900, None),
    "ferry without bikes": shores(
        {"route": "ferry", "duration": "PT5M", "bicycle": "no"}, 900, None, None
    ),
    "ferry that carries a road on": shores(
        {"route": "ferry", "ferry": "primary", "duration": "00:05:00", "interval": "PT2M"},
        360,
        360,
        360,
    ),
    "ferry that is closed": shores({**TIMED, "access": "no", "motor_vehicle": "no"}, *[None] * 3),
    # A boat that goes round by three landings, one way: C to B is two thirds of the round.
    "ferry round one way": Case(
        """
AB..CD
..
  E
  F
""",
        {
            "AB": ROAD,
            "CD": ROAD,
            "EF": ROAD,
            "BCEB": {**FERRY, "oneway": "yes", "duration": "00:12", "interval": "4"},
        },
        {
            # 300 m, then the roots of 8 and of 5 hundred-metres, of 806.45 m in 720 s; 120 s wait.
            "AD": (200 + 387.84, 40 + 387.84, 20 + 387.84),
            "DA": (200 + 572.16, 40 + 572.16, 20 + 572.16),
        },
    ),
    # Who stays aboard at C doesn't wait again; who gets on there does.
    "ferry that calls on the way": Case(
        """
A.C.E
B G F
""",
        {"AB": ROAD, "CG": ROAD, "EF": ROAD, "ACE": {**TIMED, "duration": "00:10"}},
        {
            "BF": (200 + 600 + 600, 40 + 1200, 20 + 1200),
            "BG": (200 + 600 + 300, 40 + 900, 20 + 900),
            "GF": (200 + 600 + 300, 40 + 900, 20 + 900),
        },
    ),
    "change of ferries": Case(
        """
A.C.E
B G F
""",
        {
            "AB": ROAD,
            "CG": ROAD,
            "EF": ROAD,
            "AC": {**TIMED, "name": "North line"},
            "CE": {**TIMED, "name": "South line"},
        },
        {"BF": (200 + 2 * 900, 40 + 2 * 900, 20 + 2 * 900)},
    ),
    # Two ways of one name are one line.
    "ferry in two ways": Case(
        """
A.C.E
B G F
""",
        {
            "AB": ROAD,
            "CG": ROAD,
            "EF": ROAD,
            "AC": {**TIMED, "name": "Line"},
            "CE": {**TIMED, "name": "Line"},
        },
        {"BF": (200 + 600 + 2 * 300, 40 + 1200, 20 + 1200)},
    ),
    # The tags are the route's: 400 m in 20 minutes, every 10.
    "ferry as a relation": Case(
        """
A.C.E
B G F
""",
        {"AB": ROAD, "CG": ROAD, "EF": ROAD, "AC": {}, "CE": {"route": "ferry", "foot": "no"}},
        {
            "BF": (None, 40 + 300 + 1200, None),
            "BG": (200 + 300 + 600, 40 + 300 + 600, 20 + 300 + 600),
        },
        rules=[
            (
                {"type": "route", **FERRY, "duration": "00:20", "interval": "00:10"},
                [("", "AC"), ("", "CE")],
            )
        ],
    ),
    # Nobody gets off on the way: round by D, three and one letters from E, then over the boat.
    # F, where the bridge ends and nothing goes on, lies on the ground.
    "ferry below a bridge": Case(
        """
   E
AB...CD
   F
""",
        {"AB": ROAD, "CD": ROAD, "BC": TIMED, "EF": {**ROAD, "bridge": "yes"}, "DE": ROAD},
        {"AF": (200 + 900 + 516.23, 40 + 900 + 103.25, 20 + 900 + 51.62)},
    ),
    "loop": Case(
        """
ABC
 DE
""",
        {"AB": ROAD, "BCEDB": ROAD},
        {"AE": (300, 60, 30), "AD": (200, 40, 20), "EA": (300, 60, 30)},
    ),
    # Round C and E to D, 400 m from A; back it is 200.
    "loop one way": Case(
        """
ABC
 DE
""",
        {"AB": ROAD, "BCEDB": {**ROAD, "oneway": "yes"}},
        {"AD": (200, 80, 40), "DA": (200, 40, 20)},
    ),
    "loop that leads nowhere else": Case(
        "ABC", {"ABC": ROAD, "CBC": ROAD}, {"AC": (200, 40, 20), "CA": (200, 40, 20)}
    ),
    "duplicate edge": Case(
        "ABC", {"ABC": SLOW, "AB#2": ROAD}, {"AC": (200, 40, 10 + 20), "CA": (200, 40, 10 + 20)}
    ),
    "duplicate edges, one way each": Case(
        "ABC",
        {"AB": {**ROAD, "oneway": "yes"}, "AB#2": {**SLOW, "oneway": "-1"}, "BC": ROAD},
        {"AC": (200, 40, 20), "CA": (200, 40, 10 + 20)},
    ),
    "zero-length edge": Case(
        "ABD",
        {"AB": ROAD, "BC": ROAD, "CD": ROAD},
        {"AD": (200, 40, 20), "DA": (200, 40, 20)},
        same={"C": "B"},
    ),
    "zero-length edge, one way": Case(
        """
ABD
E.F
""",
        {
            "AB": ROAD,
            "BC": {**ROAD, "oneway": "yes"},
            "CD": ROAD,
            "AE": ROAD,
            "EF": ROAD,
            "FD": ROAD,
        },
        {"AD": (200, 40, 20), "DA": (200, 80, 40)},
        same={"C": "B"},
    ),
    "a node twice in a row": Case("ABC", {"ABBC": ROAD}, {"AC": (200, 40, 20)}),
    "isolated island": Case(
        "ABC DE", {"ABC": ROAD, "DE": ROAD}, {"AC": (200, 40, 20), "AE": (None,) * 3}
    ),
    # Who can't come back from it isn't on the network either.
    "island that one leaves only": Case(
        "ABCDE",
        {"ABC": ROAD, "DE": ROAD, "DC": {**ROAD, "oneway": "yes", "oneway:foot": "yes"}},
        {"AC": (200, 40, 20), "EA": (None,) * 3},
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a case once, and put it through a network file."""
    folder, made = tmp_path_factory.mktemp("maps"), {}

    def build(name):
        if name not in made:
            case, file = CASES[name], folder / f"{len(made)}.osm.pbf"
            placed = write_pbf(
                file, case.drawing, case.ways, case.nodes, rules=case.rules, same=case.same
            )
            save(build_osm(file), file.with_suffix(".sandnet"))
            made[name] = Network(load(file.with_suffix(".sandnet"))), placed
        return made[name]

    return build


def attached(network, lonlat, mode):
    """Return where a letter meets the streets of a mode, None where it doesn't."""
    x, y = geo.to_metric(lonlat, network.crs)
    try:
        return network.snap((float(x), float(y)), 5.0, mode)
    except NetworkError:
        return None


def by_search(network, travel, start, end):
    """Return the seconds from one place to the other, None where no way leads there."""
    graph = network.moving(travel)
    there = search(graph, start, HOURS_MS).times_ms(end.as_many())[0]
    towards = network.moving(replace(travel, towards=True))
    back = search(towards, end, HOURS_MS).times_ms(start.as_many())[0]
    offsets, one = np.array([0, 1]), np.array([0])
    ends = start.as_many(), offsets, end.as_many(), one, 1, HOURS_MS
    (pair,) = matrix(graph, *ends)[0][0]
    if not np.isfinite(there):
        assert not np.isfinite(back)
        assert np.isnan(pair)
        return None
    # Letters lie a millimetre or two beside their streets: that is walked.
    there += graph.walk_ms(end.distance_m)
    assert back + graph.walk_ms(start.distance_m) == there
    assert pair == there
    return there / 1000


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("column", "mode"), [*enumerate(("walk", "bike", "drive"))])
def test_the_seconds_are_those_derived(built, name, column, mode):
    network, placed = built(name)
    travel = Travel(mode, walk_kmh=3.6, bike_kmh=18, slope="flat")
    for pair, expected in CASES[name].seconds.items():
        start, end = (attached(network, placed[letter], mode) for letter in pair)
        if mode not in network.modes or start is None or end is None:
            assert expected[column] is None, pair
            continue
        found = by_search(network, travel, start, end)
        if expected[column] is None:
            assert found is None, pair
            continue
        assert found == pytest.approx(expected[column], rel=1e-3), pair
        told = route(network, placed[pair[0]], placed[pair[1]], travel)
        assert told.minutes * 60 == pytest.approx(found, abs=0.01)
        assert sum(step.minutes for step in told.steps) == pytest.approx(told.minutes)


@pytest.mark.parametrize("oneway", ["yes", "-1"])
@pytest.mark.parametrize("mode", ["bike", "drive"])
def test_who_stands_off_the_corner_of_a_one_way_street_takes_the_other(tmp_path, mode, oneway):
    """Outside the corners of the ring the nearest point is the crossing, so of both streets."""
    one_way = {"ABC": {**ROAD, "oneway": oneway}}
    for ways in ({**one_way, **AROUND}, {**AROUND, **one_way}):
        placed = write_pbf(tmp_path / "map.osm.pbf", RING, ways)
        network = Network(build_osm(tmp_path / "map.osm.pbf"))
        off = {
            letter: np.array(geo.to_metric(placed[letter], network.crs)) + step
            for letter, step in {"A": (-7, 7), "C": (7, 7), "D": (-7, -7), "F": (7, -7)}.items()
        }
        travel = Travel(mode, walk_kmh=3.6, bike_kmh=18, slope="flat")
        for pair in ("AD", "DA", "CF", "FC"):
            start, end = (network.snap(tuple(off[letter].tolist()), 20.0, mode) for letter in pair)
            # The street of 100 m, and seven metres twice over, as the corner is away, walked.
            street_s, walked_s = {"bike": 20, "drive": 10}[mode], 2 * 7 * 2**0.5
            found = by_search(network, travel, start, end)
            assert found == pytest.approx(street_s + walked_s, abs=0.05), pair
