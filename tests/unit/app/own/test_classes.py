"""Classes of figures against those counted by hand and the best of all that there are."""

from itertools import combinations

import numpy as np
import pytest

from sandbox.app.own.classes import breaks_of, classified, ramp
from sandbox.app.own.layers import layer_of
from sandbox.catalog.symbology import Symbology
from sandbox.errors import LayerError
from tests.unit.app.own.test_layers import imported

FIGURES = np.array([1.0, 2, 3, 10, 11, 12, 50, 52])


def test_steps_are_equal_and_quantiles_hold_as_many():
    assert breaks_of(np.array([0.0, 3, 10]), "equal", 5) == [2, 4, 6, 8, 10]
    assert breaks_of(FIGURES, "quantiles", 4) == [2, 10, 12, 52]
    assert breaks_of(np.array([7.0, 7, 7]), "quantiles", 3) == [7]


def spread(figures, ends):
    classes = np.searchsorted(ends, figures, side="left")
    return sum(((one - one.mean()) ** 2).sum() for one in
               (figures[classes == k] for k in range(len(ends))) if len(one))  # fmt: skip


def test_natural_breaks_are_the_best_of_all():
    assert breaks_of(FIGURES, "natural", 3) == [3, 12, 52]
    rng = np.random.default_rng(4)
    for _ in range(20):
        figures = np.sort(rng.integers(0, 60, 12).astype(float))
        found = breaks_of(figures, "natural", 4)
        values = np.unique(figures)
        every = [spread(figures, [*inner, values[-1]]) for inner in combinations(values[:-1], 3)]
        assert spread(figures, found) == pytest.approx(min(every))


def test_values_come_commonest_first_with_a_colour_each():
    layer = layer_of(imported(use=["b", "a"]), ())
    layer.features["use"] = ["b", "b"]
    by = classified(layer, Symbology(size_px=5.0), "use", "values", 5)
    assert by.values == ("b",)
    assert len(by.colours) == 1
    assert by.size_px == 5.0


def test_a_column_without_figures_is_refused():
    layer = layer_of(imported(capacity=[3.0, 5.0]), ())
    by = classified(layer, Symbology(), "capacity", "equal", 2)
    assert by.breaks == (4.0, 5.0)
    with pytest.raises(LayerError, match="no figures"):
        classified(layer, Symbology(), "name_zh", "equal", 2)
    with pytest.raises(LayerError, match="no column"):
        classified(layer, Symbology(), "gone", "values", 2)


def test_colours_go_from_light_to_dark():
    assert ramp(2) == ("#C6DBEF", "#08306B")
    assert len(set(ramp(9))) == 9
    assert ramp(1) == ("#08306B",)
