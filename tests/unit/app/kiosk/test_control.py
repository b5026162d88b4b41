"""Central control: only what stands in the table is ever ordered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sandbox.app.kiosk.config import BYTES_AT_MOST, Command, ControlConfig
from sandbox.app.kiosk.control import Order, Switchboard, messages, table
from sandbox.app.kiosk.orders import SHOW_ACTIONS, Budget, fits
from sandbox.errors import ControlError
from tests.support.show import show

OWN = ControlConfig(
    command=(
        Command(hex="A5 0A 01 0D", do="scene 3", answer="A5"),
        Command(ascii="PLAY hub", do="scene hub"),
    )
)
ENDS = st.sampled_from([b"", b"\r", b"\n", b"\r\n"])


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("end", [b"", b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("sent", "order"),
    [
        (b"scene 3", Order("scene", "3")),
        (b"next", Order("next", "")),
        (b"language en", Order("language", "en")),
        (b"PLAY hub", Order("scene", "hub")),
        (bytes.fromhex("A50A01"), Order("scene", "3", b"A5")),
    ],
)
def test_bytes_order_what_the_table_says(sent: bytes, order: Order, end: bytes) -> None:
    assert Switchboard(OWN).order(sent + end) == order


@given(st.binary(max_size=BYTES_AT_MOST * 2))
def test_any_other_bytes_order_nothing_and_are_counted(data: bytes) -> None:
    board = Switchboard(OWN)
    order = board.order(data)
    counts = board.counts
    if order is None:
        assert (counts.unknown, counts.oversized).count(1) == 1
        assert counts.taken == 0
    else:
        assert data.rstrip(b"\r\n") in board.table


@given(st.sampled_from(sorted(table(OWN))), ENDS, st.binary(min_size=1, max_size=4))
def test_a_message_with_something_more_is_another_message(
    known: bytes, end: bytes, more: bytes
) -> None:
    board = Switchboard(OWN)
    sent = known + more + end
    if sent.rstrip(b"\r\n") not in board.table:
        assert board.order(sent) is None


def test_every_order_of_the_table_is_an_action_of_the_show() -> None:
    assert {order.action for order in table(OWN).values()} <= set(SHOW_ACTIONS)


def test_without_plain_words_only_own_rows_are_understood() -> None:
    board = Switchboard(OWN.model_copy(update={"words": False}))
    assert board.order(b"next") is None
    assert board.order(b"PLAY hub\r\n") == Order("scene", "hub")


@pytest.mark.parametrize(
    ("address", "heard"),
    [
        ("10.1.0.7", True),
        ("::ffff:10.1.0.7", True),
        ("10.1.1.7", False),
        ("127.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("", False),
        ("10.1.0.7.example", False),
    ],
)
def test_only_addresses_on_the_list_are_heard(address: str, heard: bool) -> None:
    board = Switchboard(ControlConfig(allow=("10.1.0.0/24",)))
    assert board.listens_to(address) is heard
    assert board.counts.stranger == (not heard)


def test_a_flood_is_dropped_and_the_next_second_is_heard_again() -> None:
    clock = Clock()
    board = Switchboard(ControlConfig(), clock)
    taken = sum(board.order(b"next") is not None for _ in range(100_000))
    assert taken == 20
    assert board.counts.too_many == 100_000 - 20
    clock.now += 0.5
    assert sum(board.order(b"next") is not None for _ in range(100)) == 10


@given(st.lists(st.floats(0, 10), max_size=50))
def test_a_budget_never_gives_more_than_it_holds_and_gains(pauses: list[float]) -> None:
    clock = Clock()
    budget, given_ = Budget(2.0, 5.0, clock), 0
    for pause in pauses:
        clock.now += pause
        given_ += budget.take()
    assert given_ <= 5.0 + 2.0 * clock.now + 1e-6


@given(st.lists(st.sampled_from([b"next", b"scene 2", b"x"]), min_size=1, max_size=5), ENDS)
def test_a_stream_is_read_by_lines(lines: list[bytes], end: bytes) -> None:
    assert messages(b"\r\n".join(lines) + end, table(OWN))[0].rstrip() == lines[0]
    assert [m.rstrip() for m in messages(b"\r\n".join(lines) + end, table(OWN))] == lines


def test_bytes_with_an_end_of_line_in_them_are_one_message() -> None:
    assert messages(bytes.fromhex("A50A010D"), table(OWN)) == [bytes.fromhex("A50A010D")]


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("scene", ["1", "04", "hub"]),
        ("stage", ["1"]),
        ("volume", ["0", "100", "007", "up", "down", "mute"]),
        ("language", ["zh", "en", ""]),
        ("black", ["on", "off", ""]),
        ("freeze", ["on", "off", ""]),
        ("mode", ["automatic", "touch", "guided"]),
        *((action, [""]) for action in ("next", "previous", "restart", "status")),
    ],
)
def test_an_order_is_done_with_the_whole_of_its_argument_or_not_at_all(
    action: str, arguments: list[str]
) -> None:
    """Numbers that begin well, signs, other digits, words that begin or end well."""
    for good in arguments:
        made = show()
        made.do(action, good)
        assert fits(action, good)
        Command(ascii="A", do=f"{action} {good}".strip())
    bad = {
        "000001999", "0000001", "1000000", "1" * 5000, "1.0", "+1", "-1", "1e0", "0x1",
        "\uff11", "\u0662", "\u00b2", "1 2", "0", "101", "on off", "onn", "zhx", "EN", "up up",
        "hub/..", "../hub", "hub\x00", "N", "ID",
    }  # fmt: skip
    for argument in sorted(bad - set(arguments)):
        made = show()
        before = made.state
        with pytest.raises(ControlError):
            made.do(action, argument)
        assert made.state == before
        # What scenes and steps a show has, its configuration can't know.
        if len(argument) < 60 and action not in ("scene", "stage"):
            with pytest.raises(ValidationError):
                Command(ascii="A", do=f"{action} {argument}")
