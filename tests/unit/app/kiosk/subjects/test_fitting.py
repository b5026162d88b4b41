"""The camera is moved no more than shows all spots clear of panels."""

import pytest

from sandbox.app.kiosk.subjects.fitting import Fit, Spot, fit, name_width_px

SIZE = (1600.0, 800.0)
MIDDLE = (800.0, 400.0)
# A card covers the right third.
CARD = (1100.0, 0.0, 1600.0, 800.0)


def test_what_is_seen_already_stays():
    assert fit([Spot(400, 300), Spot(900, 500)], SIZE, [CARD], MIDDLE) == Fit()
    assert fit([], SIZE, [CARD], MIDDLE) == Fit()


def test_what_lies_under_a_panel_is_moved_out_by_the_least():
    found = fit([Spot(1150, 400)], SIZE, [CARD], MIDDLE)
    assert found is not None
    # 24 pixels of mark left of 1100, in steps of 32: 1150 - 96 = 1054.
    assert (found.wider, found.by_px) == (1.0, (-96.0, 0.0))


def test_spots_farther_apart_than_the_free_ground_are_drawn_together():
    found = fit([Spot(20, 400), Spot(1580, 400)], SIZE, [CARD], MIDDLE)
    assert found is not None
    assert found.wider > 1.0
    for x in (20, 1580):
        at = (x - 800) / found.wider + 800 + found.by_px[0]
        assert 24 <= at <= 1100 - 24
    # One step less wide there is no such place.
    least = 1560 / (1100 - 48)
    assert found.wider <= least * 1.07**2


def test_a_name_needs_room_on_one_side():
    # Free ground is a strip as wide as the mark and its name on one side.
    walls = [(0.0, 0.0, 600.0, 800.0), (900.0, 0.0, 1600.0, 800.0)]
    assert fit([Spot(650, 400, 200)], SIZE, walls, MIDDLE) == Fit()
    assert fit([Spot(750, 400, 500)], SIZE, walls, MIDDLE) is None


def test_no_camera_shows_anything_where_all_is_covered():
    assert fit([Spot(400, 300)], SIZE, [(0.0, 0.0, 1600.0, 800.0)], MIDDLE) is None


def test_chinese_names_are_as_wide_as_their_squares():
    assert name_width_px("凤栖湖", 20) == 60
    assert name_width_px("Lake", 20) == pytest.approx(44.8)
