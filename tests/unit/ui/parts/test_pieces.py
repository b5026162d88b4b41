"""Pieces of a picture are painted once, and images of many are kept up to so many bytes."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from sandbox.ui.parts.pieces import Pieces

BOX = QRectF(10, 10, 16, 6)
# Two pixels of room on each side, four bytes a pixel.
BYTES = 20 * 10 * 4


@pytest.fixture
def painter():
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    made = QPainter(image)
    yield made
    made.end()


class Drawn:
    """Counts how often each piece was painted."""

    def __init__(self, pieces, painter):
        self.pieces, self.painter, self.keys = pieces, painter, []

    def show(self, key, name="title", box=BOX):
        def paint(_):
            self.keys.append(key)
            return [f"{name} {key}"]

        self.pieces.paint(self.painter, name, box, key, paint)


def test_a_piece_is_painted_when_what_it_shows_changes_and_not_when_it_comes_back(painter):
    drawn = Drawn(Pieces(2 * BYTES), painter)
    for key in ("one", "one", "two", "one"):
        drawn.show(key)
    assert drawn.keys == ["one", "two"]


def test_of_more_bytes_than_may_be_kept_the_oldest_are_painted_again(painter):
    drawn = Drawn(Pieces(2 * BYTES), painter)
    for key in ("one", "two", "three", "two"):
        drawn.show(key)
    assert drawn.keys == ["one", "two", "three"]
    drawn.show("one")
    # Two was shown last but one: three has gone.
    drawn.show("two")
    drawn.show("three")
    assert drawn.keys == ["one", "two", "three", "one", "three"]


def test_a_piece_larger_than_all_that_may_be_kept_is_still_shown(painter):
    drawn = Drawn(Pieces(1), painter)
    drawn.show("one")
    drawn.show("one")
    assert drawn.keys == ["one"]
    assert "title" in drawn.pieces


def test_a_piece_of_another_size_is_painted_anew(painter):
    drawn = Drawn(Pieces(9 * BYTES), painter)
    drawn.show("one")
    drawn.show("one", box=QRectF(10, 10, 20, 6))
    assert drawn.keys == ["one", "one"]


def test_fingers_meet_the_piece_that_lies_over_all(painter):
    drawn = Drawn(Pieces(9 * BYTES), painter)
    drawn.show("one")
    drawn.show("menu", name="dialog")
    assert drawn.pieces.targets("dialog") == ["dialog menu"]
    drawn.pieces.take_off("dialog")
    assert drawn.pieces.targets("dialog") == ["title one"]
