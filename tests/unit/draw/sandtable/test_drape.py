"""What a table holds at rest: its levels, and no memory that answers were painted in."""

import tracemalloc

import numpy as np
import pytest

from sandbox.analysis.isochrone import isochrone
from sandbox.app.changes import changed
from sandbox.app.questions import ReachAnswer, ReachQuestion
from sandbox.draw.answers.wave import Wave
from sandbox.draw.ground.features import Ground
from sandbox.draw.sandtable.drape import Cut, Draping
from sandbox.draw.sandtable.tilted import FLAT
from sandbox.draw.theme import theme
from tests.support.atlas import MIDDLE_XY, at, small_atlas, small_state

COUNT = 800
# A level's colours take four bytes a pixel, its heights with their light half of one.
LEVEL_BYTES = 4.5 * COUNT * COUNT
LOOK = theme("light")


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def answer(atlas):
    question = ReachQuestion(at(30, 0))
    return ReachAnswer(question, isochrone(atlas.network, at(30, 0), question.minutes), ())


def levels(ground, state, wave):
    """Paint the levels of a table, in a wave too where there is one."""
    draping = Draping(ground)
    made = {}
    for frame in (None,) if wave is None else ((wave, 600.0), None):
        for number in range(2):
            cut = Cut(MIDDLE_XY, 2.0 * 2**number, COUNT)
            made[number] = draping.level(number, cut, state, FLAT, LOOK, frame)
    return draping, made


@pytest.mark.parametrize("spreads", [False, True])
def test_a_level_at_rest_holds_its_pixels_alone(qapp, atlas, answer, spreads):
    """Painting an answer took 13 bytes a pixel besides, kept for each level for good."""
    bare = small_state(atlas)
    state = changed(bare, reach=answer.question, reach_answer=answer)
    ground = Ground(atlas)
    wave = Wave(answer.isochrone) if spreads else None
    draping, seen = levels(ground, state, wave)
    draping.close()
    _, without = levels(ground, bare, None)
    assert not np.array_equal(seen[0].colours, without[0].colours), "no answer was painted"
    del seen, without
    tracemalloc.start()
    try:
        draping, made = levels(ground, state, wave)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    draping.close()
    assert held < 1.3 * len(made) * LEVEL_BYTES


def in_wave(draping, state, wave, numbers):
    """Paint levels as a wave has them that has run for 600 ms."""
    cuts = {number: Cut(MIDDLE_XY, 2.0 * 2**number, COUNT) for number in numbers}
    return [
        draping.level(number, cut, state, FLAT, LOOK, (wave, 600.0)) for number, cut in cuts.items()
    ]


def test_a_wave_paints_all_levels_in_the_memory_of_one(qapp, atlas, answer):
    state = changed(small_state(atlas), reach=answer.question, reach_answer=answer)
    ground, wave = Ground(atlas), Wave(answer.isochrone)
    alone = []
    for number in (0, 1):
        draping = Draping(ground)
        alone += in_wave(draping, state, wave, [number])
        draping.close()
    tracemalloc.start()
    try:
        draping = Draping(ground)
        made = in_wave(draping, state, wave, [0, 1])
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    draping.close()
    for one, together in zip(alone, made, strict=True):
        assert np.array_equal(one.colours, together.colours)
    # Two pictures and a sheet of distances: 13 bytes a pixel beside the levels.
    assert held < len(made) * LEVEL_BYTES + 1.5 * 13 * COUNT * COUNT
