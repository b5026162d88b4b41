"""How access is shared, against figures worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sandbox.analysis.access.equity import equity, gini, lorenz


def test_equal_shares_have_no_gini_and_one_of_two_has_a_half():
    assert gini(np.array([3.0, 3.0]), np.array([1.0, 9.0])) == pytest.approx(0.0)
    # One half of people has nothing, the other everything: area 1/4 under the curve.
    assert gini(np.array([0.0, 5.0]), np.array([2.0, 2.0])) == pytest.approx(0.5)
    # 1, 2, 3 of one person each: 2/9, as (2 Σ i x) / (n Σ x) - (n + 1) / n = 28/18 - 4/3.
    assert gini(np.array([3.0, 1.0, 2.0]), np.ones(3)) == pytest.approx(2 / 9)


def test_a_home_of_ten_people_counts_as_ten_homes():
    whole = gini(np.array([1.0, 4.0]), np.array([10.0, 2.0]))
    each = gini(np.array([1.0] * 10 + [4.0] * 2), np.ones(12))
    assert whole == pytest.approx(each)


def test_the_lorenz_curve_begins_and_ends_in_the_corners():
    at, has = lorenz(np.array([4.0, np.nan, 1.0]), np.array([1.0, 5.0, 1.0]))
    assert at.tolist() == [0.0, 0.5, 1.0]
    assert has.tolist() == [0.0, 0.2, 1.0]
    assert gini(np.array([np.nan]), np.ones(1)) != gini(np.array([np.nan]), np.ones(1))
    assert gini(np.zeros(3), np.ones(3)) == 0.0


@example([(5e-324, 1.0), (5e-324, 0.5)])  # the least number there is, beside itself
@example([(0.0, 1.0), (5e-324, 0.5)])
@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0.01, 1e4)), min_size=1, max_size=20))
def test_gini_is_between_nothing_and_one(pairs):
    values, people = (np.array(column) for column in zip(*pairs, strict=True))
    assert -1e-9 <= gini(values, people) < 1.0
    assert gini(values * 7.0, people) == pytest.approx(gini(values, people), abs=1e-9)


def test_groups_are_compared_with_everybody():
    table = pd.DataFrame({"people": [1.0, 3.0, 4.0], "a": [8.0, 0.0, 2.0]})
    rows = equity(table, ["a"], np.array(["x", "x", "y"])).set_index("group")
    assert rows["people"].tolist() == [8.0, 4.0, 4.0]
    assert rows.loc["", "mean"] == pytest.approx((8 + 0 + 8) / 8)
    assert rows.loc["x", "mean"] == pytest.approx(2.0)
    # The person in the middle: 3 have 0, 4 have 2, 1 has 8.
    assert rows.loc["", "median"] == 2.0
    assert rows.loc["y", "gini"] == pytest.approx(0.0)
    unknown = equity(table.assign(people=np.nan), ["a"])
    assert unknown["mean"].tolist() == pytest.approx([10 / 3])
