"""Turn restrictions along streets that the map didn't split at the crossing, on small maps."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sandbox.cli import sandbox
from sandbox.streets.sandnet import save
from tests.conformance.test_turns import CROSS, RULE, STREET, TWO_ROADS, built, metres


# The straight street A-B-D is one way of the map, not cut at B; C lies north of B, E south.
@pytest.mark.parametrize(
    ("kind", "members", "banned", "free"),
    [
        # C is on the left of who comes from A, on the right of who comes from D.
        ("no_left_turn", "ABD BC", "AC", "DC CA CD AD DA"),
        ("no_right_turn", "ABD BC", "DC", "AC CA CD AD DA"),
        # The street that one would turn on to isn't cut: on the left of who comes from C is D.
        ("no_left_turn", "BC ABD", "CD", "CA AC DC AD DA"),
        ("no_right_turn", "BC ABD", "CA", "CD AC DC AD DA"),
        # One must go right: from C to A, and neither to D nor to E.
        ("only_right_turn", "BC ABD", "CD CE", "CA AC DC AD"),
    ],
)
def test_of_a_street_that_is_not_cut_a_ban_is_about_the_turn_it_names(
    tmp_path: Path, kind: str, members: str, banned: str, free: str
) -> None:
    ways = dict.fromkeys(("ABD", "BC", "BE"), STREET)
    start, end = members.split()
    rule = ({**RULE, "restriction": kind}, [("from", start), ("via", "B"), ("to", end)])
    network, placed = built(tmp_path, CROSS, ways, [rule])
    assert network.streets.provenance.report["turn_rules_unclear"] == 0
    for one, other in banned.split():
        # Round by a dead end 200 m off.
        assert metres(network, placed, one, other)[0] == pytest.approx(800, abs=4)
    for one, other in free.split():
        assert metres(network, placed, one, other)[0] == pytest.approx(400, abs=2)


def test_of_a_one_way_street_that_is_not_cut_a_ban_is_about_how_one_drives(tmp_path: Path) -> None:
    ways = dict.fromkeys(("BC", "BE", "AE", "DE"), STREET) | {"ABD": {**STREET, "oneway": "yes"}}
    # Says nothing of left or right; nobody comes from D.
    rule = ({**RULE, "restriction": "no_entry"}, [("from", "ABD"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, CROSS, ways, [rule])
    # Round by E, 283 m off; straight on over B from there one may.
    assert metres(network, placed, "A", "C")[0] == pytest.approx(283 + 400, abs=4)
    assert metres(network, placed, "E", "C")[0] == pytest.approx(400, abs=2)
    assert network.streets.provenance.report["turn_rules_unclear"] == 0


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        # On the left of A lies C, on the left of D lies E.
        ("no_left_turn", "ABD", "CBE"),
        ("no_entry", "ABD", "CBE"),
        ("no_straight_on", "ABD", "ABD"),
    ],
)
def test_a_ban_that_fits_several_turns_closes_none_and_is_told(
    tmp_path: Path, kind: str, start: str, end: str
) -> None:
    ways = dict.fromkeys(("ABD", "CBE"), STREET)
    rule = ({**RULE, "restriction": kind}, [("from", start), ("via", "B"), ("to", end)])
    network, placed = built(tmp_path, CROSS, ways, [rule])
    for one in "ACDE":
        for other in set("ACDE") - {one}:
            assert metres(network, placed, one, other)[0] == pytest.approx(400, abs=2)
    report = network.streets.provenance.report
    assert (network.streets.turns, report["turn_rules_unclear"]) == (None, 1)
    assert report["turn_rules_unclear_in"] == [1]
    save(network.streets, tmp_path / "map.sandnet")
    asked = ["--lang", "en", "network", "info", str(tmp_path / "map.sandnet")]
    said = CliRunner().invoke(sandbox, asked).output
    assert "Skipped 1 turn restrictions" in said
    assert "relations 1." in said


def test_a_u_turn_off_a_carriageway_that_is_not_cut_is_banned(tmp_path: Path) -> None:
    one_way = {name: {**STREET, "oneway": "yes"} for name in ("ABC", "EA")}
    ways = dict.fromkeys(("BDF", "EF", "FG", "CG"), STREET) | one_way
    rule = ({**RULE, "restriction": "no_u_turn"}, [("from", "ABC"), ("via", "BDF"), ("to", "EF")])
    network, placed = built(tmp_path, TWO_ROADS, ways, [rule])
    # Round by C and G; who begins on the street between may.
    assert metres(network, placed, "A", "E")[0] == pytest.approx(400 + 400 + 400, abs=6)
    assert metres(network, placed, "D", "E")[0] == pytest.approx(400, abs=2)
    # Driven both ways, from A to E and from C to G are the same turn mirrored; neither is closed.
    ways = dict.fromkeys(("ABC", "BDF", "EFG"), STREET)
    rule = (rule[0], [("from", "ABC"), ("via", "BDF"), ("to", "EFG")])
    network, placed = built(tmp_path, TWO_ROADS, ways, [rule])
    assert metres(network, placed, "A", "E")[0] == pytest.approx(800, abs=4)
    assert network.streets.provenance.report["turn_rules_unclear"] == 1


def test_a_ban_whose_ways_do_not_meet_is_counted(tmp_path: Path) -> None:
    ways = dict.fromkeys(("AB", "BD", "BC", "BE"), STREET)
    members = [("from", "AB"), ("via", "D"), ("to", "BC")]
    network, _ = built(tmp_path, CROSS, ways, [({**RULE, "restriction": "no_left_turn"}, members)])
    report = network.streets.provenance.report
    assert (report["turn_rules_read"], report["turn_rules_apart"]) == (1, 1)
    assert network.streets.turns is None
