"""Assignment to the nearest with room left."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sandbox.analysis.access.room import assign
from sandbox.analysis.access.sweep import Reached


def pairs(*said):
    home, place, ms = (np.array(column, dtype=np.int64) for column in zip(*said, strict=True))
    return Reached(home, place, ms.astype(np.int32))


def test_whom_the_nearest_has_no_room_for_goes_on_to_the_next():
    # Home 0 (10 people) is nearest to place 0, home 1 (6) too; place 0 has room for 12.
    made = assign(
        pairs((0, 0, 100), (1, 0, 200), (1, 1, 300), (0, 1, 400)),
        np.array([10.0, 6.0, 3.0]),
        np.array([12.0, 3.0]),
    )
    assert made.served.tolist() == [10, 5, 0]
    assert made.left.tolist() == [0, 1, 3]
    assert made.taken.tolist() == [12, 3]
    assert made.flows.tolist() == [[0, 0, 10], [1, 0, 2], [1, 1, 3]]


def test_of_equally_near_ones_the_lower_numbers_come_first():
    made = assign(pairs((1, 0, 5), (0, 0, 5)), np.array([4.0, 4.0]), np.array([4.0]))
    assert made.served.tolist() == [4, 0]


AMOUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=8)


@given(AMOUNTS, AMOUNTS, st.randoms(use_true_random=False))
def test_people_and_places_are_conserved(people, room, random):
    every = [(h, p, random.randrange(100)) for h in range(len(people)) for p in range(len(room))]
    said = [one for one in every if random.random() < 0.7] or every[:1]
    made = assign(pairs(*said), np.array(people, float), np.array(room, float))
    assert (made.served + made.left == np.array(people)).all()
    assert (made.taken + made.room == np.array(room)).all()
    assert made.served.sum() == made.taken.sum() == made.flows[:, 2].sum()
    assert (made.room >= 0).all()
    # Who is left without has no place in reach with room left.
    for home, place, _ in said:
        assert made.left[home] == 0 or made.room[place] == 0
