"""What two fingers do to a map."""

import pytest
from PySide6.QtCore import QPointF

from sandbox.ui.planner.pinch import pinch


def test_fingers_that_move_together_pull_the_ground_along() -> None:
    made = pinch((QPointF(0, 0), QPointF(10, 0)), (QPointF(5, 7), QPointF(15, 7)))
    assert made == ((5.0, 7.0), 1.0, (10.0, 7.0), 0.0)


def test_fingers_that_part_magnify_about_the_point_between_them() -> None:
    # 6 and 8 px apart by axis are 10; 12 and 16 are 20.
    made = pinch((QPointF(0, 0), QPointF(6, 8)), (QPointF(-3, -4), QPointF(9, 12)))
    assert made.factor == pytest.approx(2.0)
    assert (made.shift_px, made.about_px) == ((0.0, 0.0), (3.0, 4.0))


@pytest.mark.parametrize("swapped", [False, True])
def test_fingers_on_one_point_give_no_scale(swapped: bool) -> None:
    one, two = (QPointF(4, 4), QPointF(4, 4)), (QPointF(0, 4), QPointF(8, 4))
    before, after = (two, one) if swapped else (one, two)
    assert pinch(before, after).factor == 1.0
