"""Where things stand on screens of every shape, and how letters grow with distance."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.ui.kiosk.layout import Sight, grid, raised
from sandbox.ui.kiosk.lettering import lines_of

SIZES = [(1080, 1920), (1920, 1080), (3840, 2160), (7680, 2160), (1280, 720), (1280, 1024)]
SIGHTS = [None, Sight(55, 2), Sight(43, 3), Sight(32, 5), Sight(98, 8)]
TILES = 11


def panels(laid):
    boxes = [laid.title, laid.language, laid.take, laid.card, *laid.tiles]
    return boxes if laid.second_card is None else [*boxes, laid.second_card]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_nothing_overlaps_or_leaves_the_screen(size, sight):
    laid = grid(*size, TILES, sight)
    for a, b in combinations(panels(laid), 2):
        assert not a.intersects(b), (a, b)
    for box in (*panels(laid), laid.stages, laid.caption, laid.focus):
        assert 0 <= box.left() < box.right() <= laid.width + 0.01
        assert 0 <= box.top() < box.bottom() <= laid.height + 0.01
    for box in (laid.card, *laid.tiles, laid.language):
        assert not box.intersects(laid.stages)
    assert laid.width * laid.scale == pytest.approx(size[0])
    assert laid.height * laid.scale == pytest.approx(size[1])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_what_is_pressed_is_large_enough(size, sight):
    laid = grid(*size, TILES, sight)
    # 72 pixels of a screen that is 1080 high, whatever the letters are raised by.
    least = 72 * min(size) / 1080
    for box in (laid.language, laid.take, *laid.tiles, *laid.steps(4)):
        assert min(box.width(), box.height()) * laid.scale >= least


@given(
    st.sampled_from(SIZES),
    st.floats(28, 200),
    st.floats(0.5, 5.0),
)
def test_titles_and_captions_are_read_from_five_metres(size, diagonal, viewing):
    """A caption, designed 36 px high, comes out 22 mm high, or as high as the layout allows."""
    larger = raised(Sight(diagonal, viewing), *size)
    pixel_mm = diagonal * 25.4 / math.hypot(*size)
    designed_mm = 36 * pixel_mm * min(size) / 1080
    came_out = designed_mm * larger.whole * larger.words
    assert came_out >= min(22.0, designed_mm * 1.2 * 1.5) - 1e-6
    if designed_mm >= 22.0:
        assert (larger.whole, larger.words) == (1.0, 1.0)


def test_at_55_inches_it_is_as_designed():
    # 55 inches of 16:9 are 685 mm high, so 36 of 1080 pixels are 22.8 mm.
    assert raised(Sight(55, 2), 1920, 1080) == raised(None, 1920, 1080)


def test_from_farther_away_letters_grow():
    near, far = (raised(Sight(55, metres), 1920, 1080) for metres in (5, 8))
    assert near.whole * near.words == pytest.approx(1.0)
    # 8 m ask for 35.2 mm where 22.8 are there.
    assert far.whole * far.words == pytest.approx(35.2 / (36 * 684.9 / 1080), rel=1e-3)


def test_a_wall_seen_from_beyond_six_metres_has_larger_letters():
    wall = Sight(300, 7)
    assert raised(wall, 7680, 2160).whole == 1.25
    assert raised(Sight(300, 5), 7680, 2160).whole == 1.0


def test_letters_that_grow_leave_fewer_design_pixels():
    plain, larger = grid(1920, 1080, TILES), grid(1920, 1080, TILES, Sight(32, 5))
    assert larger.height < plain.height
    assert larger.words > 1.0
    assert larger.title.height() > plain.title.height()


def test_a_figure_and_its_unit_stay_in_one_line(qapp):
    words = "用地222亩，绿地14.8公顷，9条隧道，2022年6月。"
    for width in range(60, 400, 7):
        made = lines_of(words, 20.0, float(width), 40)
        assert "".join(made) == words
        assert not any(before[-1].isdigit() for before in made[:-1]), made


@pytest.mark.parametrize("cabinets", [(2, 1), (4, 1), (4, 2), (3, 2), (5, 1)])
@pytest.mark.parametrize("size", [(7680, 2160), (3840, 2160), (1920, 1080)])
def test_no_panel_lies_across_a_seam_of_a_wall(size, cabinets):
    laid = grid(*size, TILES, Sight(300, 4, cabinets))
    columns, rows = cabinets
    boxes = [*panels(laid), laid.stages, laid.caption, laid.find]
    for box in boxes:
        for seam in (laid.width * i / columns for i in range(1, columns)):
            assert not box.left() < seam < box.right(), (box, seam)
        for seam in (laid.height * i / rows for i in range(1, rows)):
            assert not box.top() < seam < box.bottom(), (box, seam)
        assert 0 <= box.left() < box.right() <= laid.width + 0.01
        assert 0 <= box.top() < box.bottom() <= laid.height + 0.01
    for a, b in combinations([*panels(laid), laid.find], 2):
        assert not a.intersects(b), (a, b)


def test_a_walls_map_lies_between_two_columns_that_other_screens_lack():
    laid = grid(7680, 2160, TILES, Sight(300, 4))
    assert laid.second_card is not None
    assert laid.second_card.right() < laid.tiles[0].left() < laid.focus.left()
    assert laid.focus.right() < laid.tiles[-1].right() < laid.card.left()
    assert laid.second_card.width() == laid.card.width() > grid(1920, 1080, TILES).card.width()
    assert not laid.caption.intersects(laid.second_card)
    assert grid(1920, 1080, TILES).second_card is None
