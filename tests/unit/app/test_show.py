"""Every action of the show with arguments that are missing, odd or huge."""

import pytest

from sandbox.app.kiosk.orders import SHOW_ACTIONS, fits
from sandbox.errors import ControlError
from tests.support.show import IDS, show

ODD = [
    "-3", "-0", "+1", "0", "00", "1.5", "1e2", "٣", "三", "９", "101", "1000000", "9" * 400,
    "on off", "ON", "zh en", "../city", "city;", "\x00", "%s", "{known}", "a" * 5000, "—",
]  # fmt: skip
# What does something, by hand: all else is refused and changes nothing.
GOOD = {
    "scene": {"1", "2", "3", "4", "001", *IDS},
    "next": {""},
    "previous": {""},
    "stage": {"1", "001"},
    "language": {"", "zh", "en"},
    "black": {"", "on", "off"},
    "freeze": {"", "on", "off"},
    "mode": {"automatic", "touch", "guided"},
    "volume": {"0", "00", "1", "2", "3", "4", "001", "7", "100", "up", "down", "mute"},
    "sounds": {"", "on", "off"},
    "restart": {""},
    "status": {""},
}
EVERY = sorted({"", *ODD, *(one for good in GOOD.values() for one in good)})


def test_the_table_knows_every_action() -> None:
    assert set(GOOD) == set(SHOW_ACTIONS)


@pytest.mark.parametrize("action", sorted(SHOW_ACTIONS))
def test_an_action_takes_what_it_says_and_refuses_all_else_whole(action: str) -> None:
    for argument in EVERY:
        made = show()
        before = made.state
        if argument in GOOD[action]:
            assert fits(action, argument), argument
            assert made.do(action, argument)
            continue
        with pytest.raises(ControlError) as refused:
            made.do(action, argument)
        said = str(refused.value)
        assert made.state == before, argument
        assert len(said) < 200
        assert "\n" not in said
        assert action in said
        if argument == "":
            assert said.startswith(f"{action} needs a value.")
        elif argument.strip() and SHOW_ACTIONS[action]:
            # It names what was given, not more of it than a line has room for.
            assert argument[:40] in said


@pytest.mark.parametrize("action", ["", " ", "Scene", "scene 3", "quit", "-x", "a" * 5000])
def test_there_is_no_other_action(action: str) -> None:
    made = show()
    before = made.state
    with pytest.raises(ControlError, match="There is no action") as refused:
        made.do(action)
    assert "scene, next, previous" in str(refused.value)
    assert len(str(refused.value)) < 200
    assert made.state == before
