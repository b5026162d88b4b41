"""Visitors' maps: only at their whole address, only for a while, only so many, only so fast."""

import gzip
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.app.kiosk.handout import PAGES_AT_MOST, Handouts

PAGE = "<!doctype html><p>金凤"
SHORT = "<!doctype html><pre>金凤 15 分钟"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(
    handouts: Handouts, path: str, address: str = "10.1.0.7", method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    got: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]]) -> Callable[[bytes], object]:
        got.extend((int(status[:3]), dict(headers)))
        return lambda _: None

    body = b"".join(
        handouts({"REQUEST_METHOD": method, "PATH_INFO": path, "REMOTE_ADDR": address}, start)
    )
    return got[0], got[1], body


def test_a_page_is_given_at_its_address_and_kept_nowhere() -> None:
    handouts = Handouts(60.0)
    status, headers, body = ask(handouts, handouts.offer(lambda: PAGE, SHORT))
    assert status == 200
    assert gzip.decompress(body).decode() == PAGE
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


@given(st.text(max_size=60))
def test_nothing_else_can_be_reached(path: str) -> None:
    handouts = Handouts(60.0)
    offered = handouts.offer(lambda: PAGE, SHORT)
    for tried in (path, f"/m/{path}", f"{offered}/{path}", f"/{path}{offered}", offered[:-1]):
        if tried != offered:
            assert ask(handouts, tried, address=tried)[0] in (404, 429)


def test_addresses_hold_128_bits_and_never_repeat() -> None:
    handouts = Handouts(60.0)
    offered = {handouts.offer(lambda: PAGE, SHORT) for _ in range(200)}
    assert len(offered) == 200
    assert {len(one.removeprefix("/m/")) for one in offered} == {len(secrets.token_urlsafe(16))}


def test_a_page_goes_when_its_time_is_over() -> None:
    clock = Clock()
    handouts = Handouts(60.0, clock)
    offered = handouts.offer(lambda: PAGE, SHORT)
    clock.now = 59.0
    assert ask(handouts, offered)[0] == 200
    clock.now = 60.0
    assert ask(handouts, offered)[0] == 404


def test_the_oldest_page_that_nobody_came_for_makes_room() -> None:
    handouts = Handouts(60.0)
    offered = [handouts.offer(lambda: PAGE, SHORT) for _ in range(PAGES_AT_MOST)]
    assert ask(handouts, offered[0])[0] == 200
    offered.append(handouts.offer(lambda: PAGE, SHORT))
    asked = [ask(handouts, one, address=one)[0] for one in offered]
    assert asked == [200, 404, *[200] * (PAGES_AT_MOST - 1)]
    # Where all have been fetched, the oldest goes.
    last = handouts.offer(lambda: PAGE, SHORT)
    assert ask(handouts, offered[0], address="a")[0] == 404
    assert ask(handouts, last, address="a")[0] == 200


def test_one_address_is_served_only_so_fast_and_others_all_the_same() -> None:
    clock = Clock()
    handouts = Handouts(600.0, clock)
    offered = handouts.offer(lambda: PAGE, SHORT)
    assert [ask(handouts, offered)[0] for _ in range(20)] == [200] * 8 + [429] * 12
    assert ask(handouts, offered, address="10.1.0.8")[0] == 200
    clock.now = 4.0
    assert [ask(handouts, offered)[0] for _ in range(3)] == [200, 200, 429]


def test_only_fetching_is_known() -> None:
    handouts = Handouts(60.0)
    offered = handouts.offer(lambda: PAGE, SHORT)
    assert ask(handouts, offered, method="POST")[0] == 405
    assert ask(handouts, offered, method="HEAD")[0] == 200


def test_a_page_is_made_once_and_only_when_somebody_comes() -> None:
    made: list[str] = []

    def make() -> str:
        made.append(PAGE)
        return PAGE

    handouts = Handouts(60.0)
    offered = handouts.offer(make, SHORT)
    assert made == []
    assert [ask(handouts, offered)[0] for _ in range(3)] == [200, 200, 200]
    assert made == [PAGE]


def _fails() -> str:
    raise KeyError("a bug")


@pytest.mark.parametrize("make", [_fails, lambda: secrets.token_hex(5_000_000)])
def test_where_there_is_no_page_or_too_large_a_one_the_result_is_given(make) -> None:
    handouts = Handouts(60.0)
    status, _, body = ask(handouts, handouts.offer(make, SHORT))
    assert (status, gzip.decompress(body).decode()) == (200, SHORT)
