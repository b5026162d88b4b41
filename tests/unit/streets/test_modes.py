"""One table of modes: whoever knows of modes elsewhere knows exactly those."""

import ast
from pathlib import Path
from typing import get_args

import pytest

from sandbox.errors import AnalysisError
from sandbox.sources.osm.rules import RULES
from sandbox.streets import modes, speeds

PACKAGE = Path(__file__).parents[3] / "sandbox"


def test_every_mode_of_the_types_has_its_row_and_no_other():
    assert get_args(modes.Mode) == tuple(modes.MODES) == modes.MODE_IDS
    assert get_args(modes.StreetMode) == tuple(modes.ACCESS) == modes.STREET_MODES
    assert get_args(modes.Feeder) == modes.FEEDERS
    assert set(modes.FEEDERS) <= set(modes.STREET_MODES) < set(modes.MODES)


def test_a_mode_of_the_streets_has_a_pace_and_rules():
    assert set(speeds.PACES) == set(modes.STREET_MODES) == set(RULES)


def test_no_two_modes_share_a_bit():
    bits = [int(bit) for pair in modes.ACCESS.values() for bit in pair]
    assert len(bits) == 2 * len(modes.STREET_MODES) == len(set(bits))
    assert all(bit.bit_count() == 1 for bit in bits)
    assert sum(bits) & int(modes.Access.BIKE_PUSHED) == 0


@pytest.mark.parametrize("mode", modes.MODES)
def test_what_is_asked_first_can_be_shown_and_chosen(mode):
    facts = modes.MODES[mode]
    assert list(facts.minutes) == sorted(set(facts.minutes))
    assert facts.minutes[-1] <= facts.slider_minutes
    assert facts.minutes[-1] in facts.offered_minutes


def test_an_unknown_mode_reaches_as_far_as_feet():
    assert modes.reach_of("swim") == modes.MODES["walk"].reach_m == 50.0
    assert modes.reach_of("drive") == 100.0


def test_no_other_module_lists_all_modes():
    """A dict, a tuple or a list with every mode is a second table."""
    listed = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                parts = node.keys
            elif isinstance(node, ast.Tuple | ast.List | ast.Set):
                parts = node.elts
            else:
                continue
            said = {one.value for one in parts if isinstance(one, ast.Constant)}
            if said >= set(modes.STREET_MODES):
                listed.append((file.relative_to(PACKAGE).as_posix(), node.lineno))
    allowed = {
        "streets/modes.py",  # the table
        "streets/speeds.py",  # paces
        *("sources/osm/rules.py", "sources/osm/access_tags.py"),  # rules and tags
        "api/travel.py",  # which settings count
        # Whole sentences, which a translator must have in one piece.
        *("ui/panels/way.py", "export/page/panel.py", "cli/isochrone.py", "cli/data/network.py"),
        *("app/visitor/sentence.py", "export/page/analyses/areas.py"),
    }
    assert [one for one in listed if one[0] not in allowed] == []


@pytest.mark.parametrize(("asked", "said"), [([], "–"), ([""], "–"), (["swim", 7], "swim, 7")])
def test_modes_that_are_not_known_or_none_are_one_error(asked, said):
    with pytest.raises(AnalysisError, match="Unknown mode") as raised:
        modes.check_modes(asked)
    assert said in str(raised.value)
    assert modes.check_modes(iter(["bike", "walk"])) == ("bike", "walk")
