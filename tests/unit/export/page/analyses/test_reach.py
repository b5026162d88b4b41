from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.analysis.isochrone import cutoff_ms
from sandbox.draw.theme import band_colours, theme
from sandbox.engine.search import NEVER_MS
from sandbox.export.page.analyses import reach
from sandbox.export.page.analyses.reach import passed_between
from sandbox.geo.crs import length_m
from tests.support.answered import reach_state
from tests.support.atlas import small_atlas


def street(first_ms, last_ms, cost_ms=100_000):
    """Return one street of 100 m to the east, its ends passed at these times."""
    return SimpleNamespace(
        ms=np.array([[first_ms, last_ms]], dtype=np.int32),
        cost_ms=np.array([[cost_ms, cost_ms]], dtype=np.int32),
        ends_xy=np.array([[0.0, 0.0, 100.0, 0.0]]),
    )


def spans(reached, from_s, to_s):
    found = passed_between(reached, from_s * 1000, to_s * 1000)
    return sorted(sorted(piece[:, 0].round(3).tolist()) for piece in found)


def test_a_street_passed_from_one_end_is_lit_as_far_as_one_gets():
    assert spans(street(0, NEVER_MS), 0, 30) == [[0, 30]]
    assert spans(street(0, NEVER_MS), 30, 50) == [[30, 50]]
    assert spans(street(20_000, NEVER_MS), 0, 30) == [[0, 10]]
    assert spans(street(20_000, NEVER_MS), 0, 20) == []
    assert spans(street(NEVER_MS, 0), 0, 30) == [[70, 100]]


def test_a_street_passed_from_both_ends_is_lit_until_they_meet():
    # From the west at 0 s, from the east at 20 s: they meet 60 m on, after 60 s.
    assert spans(street(0, 20_000), 0, 30) == [[0, 30], [90, 100]]
    assert spans(street(0, 20_000), 30, 70) == [[30, 60], [60, 90]]
    assert spans(street(0, 20_000), 60, 90) == []


@given(
    st.integers(0, 200_000), st.integers(0, 200_000), st.lists(st.integers(1, 400_000), min_size=1)
)
def test_pieces_of_all_bands_make_up_the_street(first, last, cuts):
    last = min(last, first + 100_000)
    first = min(first, last + 100_000)
    times = [0, *sorted(set(cuts)), 500_000]
    pieces = [passed_between(street(first, last), a, b) for a, b in pairwise(times)]
    every = np.concatenate(pieces)
    assert np.abs(every[:, 1, 0] - every[:, 0, 0]).sum() == pytest.approx(100.0, abs=0.01)


def test_lit_lines_of_all_bands_are_the_streets_that_are_reached():
    isochrone = reach_state(small_atlas()).answers.reach_answer.isochrone
    whole = passed_between(isochrone.reached, 0, cutoff_ms(isochrone.minutes[-1]))
    streets_m = np.hypot(*(whole[:, 1] - whole[:, 0]).T).sum()
    told = reach.passed_lines(isochrone)
    assert len(told) == len(isochrone.minutes)
    lines = [
        np.cumsum(np.array(line).reshape(-1, 2), axis=0) / 1e5 for band in told for line in band
    ]
    lit_m = sum(length_m(line[:-1], line[1:]).sum() for line in lines)
    # Pieces that meet in a point are as long as on the plane, but for its scale.
    assert lit_m == pytest.approx(streets_m, rel=2e-3)
    looks = reach.lit_looks(isochrone.minutes, theme("light"), None)
    assert [one["colour"] for one in looks] == band_colours("light", len(isochrone.minutes))
