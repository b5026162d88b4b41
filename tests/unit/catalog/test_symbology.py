"""How features fall into the classes of a symbology."""

import pandas as pd

from sandbox.catalog.symbology import Symbology, text_of


def test_figures_fall_into_the_class_whose_upper_end_holds_them():
    by = Symbology(column="beds", breaks=(10.0, 20.0), colours=("#000001", "#000002"))
    column = pd.Series([0, 10, 10.5, "20", 21, None, "many"])
    assert by.classes_of(column, 7).tolist() == [0, 0, 1, 1, -1, -1, -1]


def test_values_are_compared_as_text_and_none_is_a_value():
    by = Symbology(column="kind", values=("school", "3", ""), colours=("#1", "#2", "#3"))
    column = pd.Series(["school", 3.0, None, "park"], dtype=object)
    assert by.classes_of(column, 4).tolist() == [0, 1, 2, -1]


def test_without_a_column_nothing_is_in_a_class():
    assert Symbology().classes_of(pd.Series([1, 2]), 2).tolist() == [-1, -1]
    assert Symbology(column="gone", values=("1",)).classes_of(None, 2).tolist() == [-1, -1]


def test_it_shows_between_its_scales():
    by = Symbology(finest_m_px=2.0, coarsest_m_px=20.0)
    assert [by.shows_at(one) for one in (1.9, 2.0, 20.0, 20.1)] == [False, True, True, False]
    assert Symbology().shows_at(400.0)


def test_values_as_text():
    assert [text_of(one) for one in (3.0, 0.25, None, float("nan"), "a", pd.NaT, 7)] == [
        "3", "0.25", "", "", "a", "", "7",
    ]  # fmt: skip
