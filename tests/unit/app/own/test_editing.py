"""Features of an own layer changed: shapes, values, snapping, and what can't be."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from sandbox.app.atlas import Atlas
from sandbox.app.own.editing import (
    added,
    drawn_shape,
    moved,
    nearest_point,
    snapped,
    with_point,
    with_point_between,
    with_shape,
    with_value,
    without,
)
from sandbox.app.own.layers import layer_of
from sandbox.app.places import own_rows
from sandbox.app.session import Session
from sandbox.app.state import LayerShown
from sandbox.catalog.layer import Layer
from sandbox.errors import LayerError
from tests.support.atlas import at, small_atlas, small_state
from tests.unit.app.own.test_layers import imported

SQUARE = shapely.Polygon([(0, 0), (2, 0), (2, 2), (0, 2)], [[(0.5, 0.5), (1, 0.5), (1, 1)]])


@pytest.fixture
def layer() -> Layer:
    return layer_of(imported(capacity=[3, 5]), ())


def ids(layer: Layer) -> list[str]:
    assert layer.features is not None
    return layer.features["id"].tolist()


def test_a_feature_comes_goes_and_moves_and_the_old_layer_stays(layer: Layer) -> None:
    first = ids(layer)[0]
    more, name = added(layer, shapely.Point(106.3, 29.5))
    assert ids(more) == [*ids(layer), "new_1"] == [*ids(layer), name]
    assert more.features is not None
    assert layer.features is not None
    assert list(more.features.columns) == list(layer.features.columns)
    assert np.isnan(more.features["capacity"].iloc[-1])
    assert more.record["steps"][-1] == "edited"
    again, other = added(more, shapely.LineString([(106.3, 29.5), (106.4, 29.5)]))
    assert (other, again.geometry) == ("new_2", "mixed")
    assert ids(without(again, first)) == [ids(layer)[1], "new_1", "new_2"]
    there = with_shape(layer, first, shapely.Point(1, 2))
    assert there.features is not None
    assert there.features.geometry.iloc[0] == shapely.Point(1, 2)
    assert layer.features.geometry.iloc[0] != shapely.Point(1, 2)


def test_values_keep_to_their_columns(layer: Layer) -> None:
    first = ids(layer)[0]
    for column, text, expected in (
        ("capacity", "7", 7), ("capacity", "7.5", 7.5), ("name_zh", " 新名 ", "新名"),
        ("opened", "2027", "2027"), ("opened", "", None), ("status", "planned", "planned"),
    ):  # fmt: skip
        changed = with_value(layer, first, column, text)
        assert changed.features is not None
        assert changed.features[column].iloc[0] == expected
        assert changed.features[column].iloc[1] == layer.features[column].iloc[1] or column in (  # type: ignore[index]
            "opened",
            "status",
        )
    for column, text in (("capacity", "many"), ("opened", "soon"), ("status", "open")):
        with pytest.raises(LayerError, match=column):
            with_value(layer, first, column, text)
    with pytest.raises(LayerError, match="no feature"):
        with_value(layer, "nobody", "name_zh", "x")


def test_what_is_drawn_has_enough_points_and_crosses_nothing() -> None:
    assert drawn_shape("point", ((1.0, 2.0),)) == shapely.Point(1, 2)
    assert drawn_shape("polygon", ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))).area == 0.5
    with pytest.raises(LayerError, match="3 are needed"):
        drawn_shape("polygon", ((0.0, 0.0), (1.0, 0.0), (0.0, 0.0)))
    with pytest.raises(LayerError, match="crosses itself"):
        drawn_shape("polygon", ((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)))
    with pytest.raises(LayerError, match="outside"):
        drawn_shape("point", ((200.0, 0.0),))


def test_a_point_of_a_ring_moves_with_both_its_ends_and_holes_stay() -> None:
    there = with_point(SQUARE, (0.0, 0.0), (-1.0, 0.0))
    # The triangle (-1, 0), (0, 0), (0, 2) comes to it: an area of 1.
    assert there.area == pytest.approx(SQUARE.area + 1.0)
    assert shapely.is_valid(there)
    assert len(there.interiors) == 1  # type: ignore[attr-defined]
    fewer = with_point(SQUARE, (2.0, 2.0), None)
    assert fewer.area == pytest.approx(SQUARE.area - 2.0)
    more = with_point_between(SQUARE, (1.0, 2.5))
    assert more.area == pytest.approx(SQUARE.area + 0.5)
    line = shapely.LineString([(0, 0), (1, 0)])
    with pytest.raises(LayerError, match="too few"):
        with_point(line, (0.0, 0.0), None)
    both = shapely.MultiLineString([[(0, 0), (1, 0)], [(5, 5), (6, 5)]])
    assert with_point(both, (6.0, 5.0), (7.0, 5.0)).length == pytest.approx(3.0)
    assert moved(line, (0.0, 0.0), (2.0, 1.0)).equals(shapely.LineString([(2, 1), (3, 1)]))
    assert nearest_point(SQUARE, (2.0, 2.00001), 5.0) == (2.0, 2.0)
    assert nearest_point(SQUARE, (3.0, 3.0), 5.0) is None


def test_it_snaps_to_corners_then_to_sides_of_what_shows() -> None:
    atlas = small_atlas()
    x, y = at(3000, 3000)
    line = shapely.LineString([(x, y), (x + 0.01, y)])
    own, _ = added(layer_of(imported(), atlas.layers), line)
    wide = Atlas({**atlas.layers, own.id: own}, atlas.network)
    document = replace(small_state(atlas).document, layers=(LayerShown(own.id),))
    metre = 1 / 111_000
    assert snapped(wide, document, (x + 4 * metre, y + 3 * metre), 10.0) == (x, y)
    far = snapped(wide, document, (x + 0.005, y + 3 * metre), 10.0)
    assert far == pytest.approx((x + 0.005, y))
    away = (x + 0.005, y + 50 * metre)
    assert snapped(wide, document, away, 10.0) == away
    assert snapped(wide, document, (x, y + metre), 10.0, (own.id, "new_1")) == (x, y + metre)
    hidden = replace(document, layers=(LayerShown(own.id, visible=False),))
    assert snapped(wide, hidden, (x, y + metre), 10.0) == (x, y + metre)


def test_each_change_is_a_step_to_take_back(layer: Layer) -> None:
    atlas = small_atlas()
    session = Session(Atlas({**atlas.layers, layer.id: layer}, atlas.network), small_state(atlas))
    heard: list[Atlas] = []
    session.listen_atlas(heard.append)
    more, _ = added(layer, shapely.Point(106.3, 29.5))
    session.change(undoable=True, opened_by=2030)
    session.replace_layers({layer.id: more})
    session.change(undoable=True, opened_by=2031)
    session.undo()
    session.undo()
    assert session.atlas.layers[layer.id] is layer
    assert session.state.document.opened_by == 2030
    session.redo()
    assert session.atlas.layers[layer.id] is more
    session.redo()
    assert session.state.document.opened_by == 2031
    session.undo()
    session.undo()
    session.undo()
    assert session.state.document.opened_by is None
    assert len(heard) == 4


def test_a_step_on_many_rows_keeps_one_column_more_and_not_all(layer: Layer) -> None:
    """Steps that can be taken back share what they didn't change."""
    count = 50_000
    assert layer.features is not None
    features = pd.concat([layer.features.iloc[:1]] * count, ignore_index=True)
    features["id"] = [f"row {one}" for one in range(count)]
    many = replace(layer, features=features.set_geometry("geometry"))
    own_rows(many)
    tracemalloc.start()
    steps = [many]
    for number in range(8):
        steps.append(with_value(steps[-1], f"row {number}", "name_en", f"new {number}"))
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert steps[-1].features["name_en"].iloc[:8].tolist() == [f"new {one}" for one in range(8)]
    assert steps[0].features["name_en"].iloc[0] == layer.features["name_en"].iloc[0]
    # A column of pointers and one that marks blanks; the ids alone are three times that.
    assert grown / 8 < 20 * count
