"""Pictures of lettering are kept by their size: a day of names takes no more than its room."""

import gc
import weakref

import pytest
from PySide6.QtGui import QImage

from sandbox.draw.lettering import icon_atlas
from sandbox.draw.lettering.icon_atlas import IconAtlas, Line
from sandbox.draw.theme import theme

ROOM_BYTES = 400_000


@pytest.fixture
def atlas(qapp, monkeypatch):
    monkeypatch.setattr(icon_atlas, "KEPT_BYTES", ROOM_BYTES)
    return IconAtlas(theme("light"), 2.0)


def named(atlas, number, size_px=16.0):
    return atlas.text((Line(f"place {number}", size_px, "#000000"),), "left")


def pictures_bytes():
    """Return how large all pictures are that are there, each once.

    An object's own type is asked: ``isinstance`` also asks what a weak proxy stands for, and
    other tests leave proxies of what is gone.
    """
    gc.collect()
    pictures = [one for one in gc.get_objects() if issubclass(type(one), QImage)]
    return sum({one.cacheKey(): one.sizeInBytes() for one in pictures}.values())


def test_pictures_are_counted_beside_proxies_of_what_is_gone():
    class Gone:
        pass

    proxy = weakref.proxy(Gone())
    gc.collect()
    assert any(one is proxy for one in gc.get_objects())
    before = pictures_bytes()
    picture = QImage(10, 10, QImage.Format.Format_ARGB32)
    assert pictures_bytes() - before == picture.sizeInBytes() == 400


@pytest.mark.parametrize("size_px", [12.0, 48.0])
def test_however_large_the_letters_all_that_is_kept_stays_in_its_room(atlas, size_px):
    before = pictures_bytes()
    for number in range(300):
        named(atlas, number, size_px)
    once = pictures_bytes() - before
    assert 0 < once <= ROOM_BYTES
    for number in range(300, 600):
        named(atlas, number, size_px)
    assert pictures_bytes() - before <= ROOM_BYTES


def test_the_latest_are_kept_and_the_oldest_go(atlas):
    first = named(atlas, 0)
    for number in range(1, 6):
        named(atlas, number)
        assert named(atlas, 0) is first
    for number in range(6, 400):
        named(atlas, number)
    assert named(atlas, 399) is named(atlas, 399)
    assert named(atlas, 0) is not first


def test_a_picture_larger_than_the_room_is_made_all_the_same(atlas):
    for number in range(3):
        assert named(atlas, number, 400.0).image.sizeInBytes() > ROOM_BYTES
