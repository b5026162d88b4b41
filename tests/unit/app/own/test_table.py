"""Tables of layers and results: which rows are shown, in which order, what they add up to."""

import numpy as np
import pandas as pd
import pytest

from sandbox.app.own.table import Figures, Order, Table, as_tsv, ordered, statistics, table_of
from sandbox.catalog.layer import Column
from sandbox.words import Bilingual
from tests.support.atlas import small_atlas

FRAME = pd.DataFrame(
    {
        "name": ["Beta", "alpha", None, "gamma\tx", "beta"],
        "beds": [30.0, None, 10.0, 20.0, 10.0],
        "code": ["7", "x", "3", "20", "100"],
    }
)
COLUMNS = (
    Column("name", "text", Bilingual("名称", "Name")),
    Column("beds", "number", Bilingual("床位", "Beds"), "m"),
    Column("code", "text", Bilingual("编号", "Code")),
)
TABLE = Table("t", Bilingual("表", "Table"), FRAME, COLUMNS)


def rows(**asked):
    return ordered(TABLE, Figures(FRAME), Order(**asked)).tolist()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"by": "beds"}, [2, 4, 3, 0, 1]),
        ({"by": "beds", "descending": True}, [0, 3, 4, 2, 1]),
        # Mostly figures are sorted as figures; what is none stands last.
        ({"by": "code"}, [2, 0, 3, 4, 1]),
        ({"by": "name"}, [0, 1, 4, 3, 2]),
        ({"value": "BETA"}, [0, 4]),
        ({"column": "name", "test": "=", "value": "beta"}, [0, 4]),
        ({"column": "name", "test": "≠", "value": "beta"}, [1, 2, 3]),
        ({"column": "beds", "test": ">", "value": "10"}, [0, 3]),
        ({"column": "beds", "test": "≤", "value": "20"}, [2, 3, 4]),
        ({"column": "beds", "test": "=", "value": "10.0"}, [2, 4]),
        ({"column": "beds", "test": "empty"}, [1]),
        ({"column": "name", "test": "filled"}, [0, 1, 3, 4]),
        ({"column": "beds", "test": ">", "value": "many"}, []),
        ({"column": "name", "value": "a", "by": "beds"}, [4, 3, 0, 1]),
    ],
)
def test_rows_are_kept_and_ordered(asked, shown):
    assert rows(**asked) == shown


def test_statistics_are_of_figures_only():
    figures = Figures(FRAME)
    found = statistics(TABLE, figures, "beds", np.arange(5))
    assert (found.count, found.sum, found.mean, found.least, found.most) == (4, 70, 17.5, 10, 30)
    assert statistics(TABLE, figures, "beds", np.array([1])).count == 0
    text = statistics(TABLE, figures, "name", np.arange(5))
    assert (text.count, text.sum) == (4, None)


def test_what_is_copied_has_titles_with_units_and_one_line_a_row():
    said = as_tsv(TABLE, np.array([3, 1]), "en")
    assert said.splitlines() == ["Name\tBeds (m)\tCode", "gamma x\t20\t20", "alpha\t\tx"]
    assert as_tsv(TABLE, np.array([0]), "zh").startswith("名称\t床位 (米)\t编号\n")


def test_every_layer_with_rows_has_a_table():
    atlas = small_atlas()
    table = table_of(atlas, "labs")
    assert len(table.frame) == 2
    assert table.column("name_zh").title.en == "Name in Chinese"
    assert "geometry" not in {one.name for one in table.columns}
    assert table_of(atlas, "relief") is None
    assert table_of(atlas, "gone") is None
