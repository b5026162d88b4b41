"""What charts show, in words and figures."""

import pytest

from sandbox.draw.charts import Bar, Bars, Curve, Distribution, Radar, figures, said
from sandbox.words import words_of

EN = words_of("en")


def test_bars_and_classes_are_read_as_they_stand():
    bars = Bars("Covered", (Bar("School", 0.25, "25%", "#000"), Bar("Park", 0.5, "50%", "#111")))
    assert figures(bars, EN) == (("What", "Value"), [("School", "25%"), ("Park", "50%")])
    spread = Distribution("People", (1200.0, 3.0), ("0", "1–2"), ("#000", "#111"))
    assert figures(spread, EN)[1] == [("0", "1,200"), ("1–2", "3")]
    assert figures(spread, words_of("zh"))[0] == ("项目", "数值")


def test_a_radar_has_a_column_for_each_shape():
    radar = Radar("By facility", ("School", "Park"), (("All", (0.5, 1.0), "#000"),
                                                      ("East", (0.25, 0.0), "#111")))  # fmt: skip
    columns, rows = figures(radar, EN)
    assert columns == ("What", "All", "East")
    assert rows == [("School", "50%", "25%"), ("Park", "100%", "0%")]
    assert "East, Park: 0%" in said(radar)


@pytest.mark.parametrize(
    ("points", "at"),
    [
        # One who has nothing beside three who have the same: flat for a quarter, then straight.
        (((0.0, 0.0), (0.25, 0.0), (1.0, 1.0)), {"20%": "0.0%", "50%": "33.3%", "100%": "100.0%"}),
        (((0.0, 0.0), (1.0, 1.0)), {"0%": "0.0%", "30%": "30.0%", "100%": "100.0%"}),
    ],
)
def test_a_curve_is_read_at_each_tenth(points, at):
    curve = Curve("Shares", (("Gini", points, "#000"),), "people", "access")
    columns, rows = figures(curve, EN)
    assert columns == ("people", "access · Gini")
    assert len(rows) == 11
    assert at.items() <= dict(rows).items()
