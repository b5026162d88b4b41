"""Tiles on threads: the newest view first, nothing stale, no more memory than allowed."""

import threading
import weakref
from functools import partial

import pytest
from PySide6.QtGui import QImage

from sandbox.draw.raster.latest import Latest
from sandbox.draw.raster.tiles import Plate, Tile, TileStore

PICTURE_BYTES = 64 * 64 * 4


def picture(tag: int = 0) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(tag)
    return image


def tiles(sheet, count=4):
    return [Tile(Plate(sheet, 1.0, 1.0), column, 0) for column in range(count)]


def test_wanted_tiles_are_rendered_once_and_kept():
    seen = []

    def render(tile, check):
        seen.append(tile)
        return picture()

    store = TileStore(render, lambda: None)
    store.complete(tiles("a"))
    store.complete(tiles("a"))
    assert sorted(seen, key=lambda t: t.column) == tiles("a")
    assert all(store.get(tile) is not None for tile in tiles("a"))
    store.close()


def test_what_is_not_wanted_any_more_is_given_up():
    begun, go_on = threading.Event(), threading.Event()
    finished = []

    def render(tile, check):
        if tile.plate.sheet == "old":
            begun.set()
            go_on.wait(10)
            check()
        finished.append(tile)
        return picture()

    store = TileStore(render, lambda: None, threads=1)
    store.want(tiles("old"))
    assert begun.wait(10)
    store.want(tiles("new"))
    go_on.set()
    store.complete(tiles("new"))
    assert {tile.plate.sheet for tile in finished} == {"new"}
    assert store.get(tiles("old")[0]) is None
    store.close()


def test_the_most_urgent_come_first():
    order, gate = [], threading.Event()

    def render(tile, check):
        gate.wait(10)
        order.append(tile.column)
        return picture()

    store = TileStore(render, lambda: None, threads=1)
    wanted = tiles("a", 5)[::-1]
    store.want(wanted)
    gate.set()
    store.complete(wanted)
    assert order == [4, 3, 2, 1, 0]
    store.close()


def test_memory_is_bounded_and_the_longest_unseen_go_first():
    store = TileStore(
        lambda tile, check: picture(), lambda: None, threads=1, limit_bytes=3 * PICTURE_BYTES
    )
    for tile in tiles("a", 5):
        store.complete([tile])
    there = [store.get(tile) is not None for tile in tiles("a", 5)]
    assert there == [False, False, True, True, True]
    store.close()


def test_a_view_larger_than_the_room_is_whole_and_the_next_one_drops_it():
    store = TileStore(
        lambda tile, check: picture(), lambda: None, threads=1, limit_bytes=3 * PICTURE_BYTES
    )
    store.complete(tiles("large", 7))
    assert all(store.get(tile) is not None for tile in tiles("large", 7))
    # Nothing of it is asked for any more: only as much stays as there is room for.
    store.complete(tiles("next", 2))
    assert [len(store.kept(Plate(sheet, 1.0, 1.0))) for sheet in ("large", "next")] == [1, 2]
    store.close()


def test_a_fault_while_rendering_reaches_whoever_shows_the_map():
    def render(tile, check):
        raise ZeroDivisionError("in a tile")

    told = threading.Event()
    store = TileStore(render, told.set)
    store.want(tiles("a", 1))
    assert told.wait(10)
    with pytest.raises(ZeroDivisionError):
        store.want(tiles("a", 1))
    store.close()


def test_closing_ends_the_threads_while_tiles_are_under_way():
    before = set(threading.enumerate())
    begun = threading.Event()

    def render(tile, check):
        begun.set()
        while True:
            check()

    store = TileStore(render, lambda: None)
    store.want(tiles("a"))
    assert begun.wait(10)
    store.close()
    assert set(threading.enumerate()) == before


def test_of_orders_only_the_newest_counts():
    gate, begun = threading.Event(), threading.Event()
    made = []

    def make(name):
        begun.set()
        gate.wait(10)
        made.append(name)
        return name

    latest = Latest("test", lambda: None)
    latest.order("first", lambda: make("first"))
    assert begun.wait(10)
    for name in ("second", "third", "fourth"):
        latest.order(name, lambda name=name: make(name))
    gate.set()
    latest.complete()
    assert latest.made == ("fourth", "fourth")
    assert made == ["first", "fourth"]
    latest.close()


def test_a_fault_in_an_order_is_raised_where_it_is_asked_for():
    latest = Latest("test", lambda: None)

    def fail():
        raise KeyError("in an order")

    latest.order("a", fail)
    latest.complete()
    with pytest.raises(KeyError):
        _ = latest.made
    latest.close()


def test_what_cannot_be_made_is_told_once_and_not_tried_again():
    """A map whose names can't be laid out goes on without them."""
    tried, told = [], []
    latest = Latest("test", lambda: told.append(threading.current_thread()))

    def fail():
        tried.append("a")
        raise KeyError("in an order")

    latest.order("a", fail)
    latest.complete()
    with pytest.raises(KeyError):
        _ = latest.made
    # What met the fault painted nothing, so it is asked to paint anew.
    assert threading.current_thread() in told
    for _ in range(3):
        latest.order("a", fail)
        latest.complete()
        assert latest.made is None
    assert tried == ["a"]
    latest.order("b", lambda: "made")
    latest.complete()
    assert latest.made == ("b", "made")
    latest.order("a", fail)
    latest.complete()
    with pytest.raises(KeyError):
        _ = latest.made
    assert latest.made == ("b", "made")
    latest.close()


class Large:
    """Stands for a table's picture."""


def test_a_thread_that_waits_holds_nothing_of_its_last_order():
    latest = Latest("test", lambda: None)
    used = Large()
    gone = [weakref.ref(used)]

    def make(of):
        value = Large()
        gone.append(weakref.ref(value))
        return value if of else None

    latest.order("a", partial(make, used))
    latest.complete()
    del used
    assert gone[0]() is None
    assert gone[1]() is not None
    latest.forget()
    assert gone[1]() is None
    latest.close()


def test_threads_go_on_where_nobody_could_be_told(caplog):
    """The window that is told may be gone, or its binding may fail."""
    calls = []

    def fail():
        calls.append(threading.current_thread().name)
        if len(calls) < 3:
            raise TypeError("Unknown return type")

    store = TileStore(lambda tile, check: picture(), fail, threads=1)
    store.complete(tiles("a"))
    store.complete(tiles("b"))
    store.close()
    latest = Latest("test", fail)
    for number in range(3):
        latest.order(number, lambda: "made")
        latest.complete()
        assert latest.made == (number, "made")
    latest.close()
    assert len(calls) >= 8
    assert "nobody could be told" in caplog.text
