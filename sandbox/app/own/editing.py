"""Features of a user's own layers, changed: each change makes another layer of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final, Literal, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from sandbox.app.atlas import Atlas
from sandbox.app.places import own_rows
from sandbox.app.questions import LonLat
from sandbox.app.state import Document
from sandbox.catalog.features import STATUSES, is_when
from sandbox.catalog.layer import Geometry, Layer
from sandbox.errors import LayerError
from sandbox.geo.crs import length_m
from sandbox.kept import hand_on
from sandbox.words import Text

Drawn = Literal["point", "line", "polygon"]
POINTS: Final[Mapping[Drawn, int]] = {"point": 1, "line": 2, "polygon": 3}
_KINDS: Final[Mapping[int, Geometry]] = {0: "point", 1: "line", 2: "polygon"}
_UNTOUCHED: Final = frozenset(("id", "geometry", "gates"))
_M_PER_DEGREE: Final = 111_000.0
_YES: Final = frozenset(("true", "yes", "1", "是"))
_NO: Final = frozenset(("false", "no", "0", "否"))


def drawn_shape(kind: Drawn, points: tuple[LonLat, ...]) -> BaseGeometry:
    """Return what was drawn as a shape.

    Raises
    ------
    LayerError
        It has too few points, or crosses itself.
    """
    if len(set(points)) < POINTS[kind]:
        raise LayerError(
            "This has too few points: {needed} are needed.",
            "Click more points on the map.",
            needed=POINTS[kind],
        )
    made: BaseGeometry = shapely.Point(points[0])
    if kind == "line":
        made = shapely.LineString(points)
    elif kind == "polygon":
        made = shapely.Polygon(points)
    check_shape(made)
    return made


def check_shape(made: BaseGeometry) -> None:
    """Raise a LayerError for a shape that no map can hold."""
    west, south, east, north = (float(one) for one in shapely.bounds(made))
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise LayerError("This lies outside the world.", "Click points on the map.")
    if not shapely.is_valid(made):
        raise LayerError(
            "The outline crosses itself or encloses nothing.",
            "Move its points so that no two sides cross.",
        )


def columns_to_edit(layer: Layer) -> list[str]:
    """Return the columns whose values may be changed."""
    if layer.features is None:
        return []
    return [str(one) for one in layer.features.columns if one not in _UNTOUCHED]


def added(layer: Layer, made: BaseGeometry) -> tuple[Layer, str]:
    """Return a layer with one feature more, and that feature's id."""
    features = _features(layer)
    taken = own_rows(layer)
    name = next(one for n in count(1) if (one := f"new_{n}") not in taken)
    row: dict[str, Any] = dict.fromkeys(map(str, features.columns))
    for key in row:
        if key in ("name_zh", "name_en", "kind", "source", "note_zh", "note_en"):
            row[key] = ""
    row["id"] = name
    table: dict[str, Any] = {}
    for key, value in row.items():
        if key == "geometry":
            continue
        old: Any = features[key]
        number = pd.api.types.is_numeric_dtype(old.dtype)
        new = pd.Series([np.nan if number else value], dtype=np.float64 if number else old.dtype)
        table[key] = pd.concat([old, new], ignore_index=True)
    shapes = [*features.geometry.to_numpy(), made]
    whole = gpd.GeoDataFrame(table, geometry=shapes, crs=features.crs)
    return _changed(layer, cast("gpd.GeoDataFrame", whole[list(features.columns)])), name


def without(layer: Layer, feature_id: str) -> Layer:
    """Return a layer without one of its features."""
    features = _features(layer)
    row = _row(layer, feature_id)
    kept: Any = features.drop(features.index[row]).reset_index(drop=True)
    return _changed(layer, kept)


def with_shape(layer: Layer, feature_id: str, made: BaseGeometry) -> Layer:
    """Return a layer one of whose features has another shape.

    Raises
    ------
    LayerError
        The shape can't be, or there is no such feature.
    """
    check_shape(made)
    features = _features(layer)
    shapes = features.geometry.to_numpy().copy()
    shapes[_row(layer, feature_id)] = made
    placed = features.copy(deep=False)
    placed = placed.set_geometry(gpd.GeoSeries(shapes, index=placed.index, crs=features.crs))
    return _changed(layer, placed, same_rows=True)


def with_value(layer: Layer, feature_id: str, column: str, text: str) -> Layer:
    """Return a layer one of whose features has another value, given as text.

    Raises
    ------
    LayerError
        The column can't hold it.
    """
    # All other columns are those of the layer before: a step to take back costs one column.
    features = _features(layer).copy(deep=False)
    row = _row(layer, feature_id)
    found = _value(features[column], column, text.strip())
    series = features[column].copy()
    if isinstance(found, float) and pd.api.types.is_integer_dtype(series.dtype):
        whole = found.is_integer()
        series = series if whole else series.astype(np.float64)
        found = int(found) if whole else found
    series.iloc[row] = found
    features[column] = series
    return _changed(layer, features, same_rows=True)


def _value(series: Any, column: str, text: str) -> Any:
    """Return a text as a value of a column."""
    if pd.api.types.is_bool_dtype(series.dtype):
        if text.lower() in _YES | _NO:
            return text.lower() in _YES
        raise _refused(column, text, Text("yes or no is needed"))
    if pd.api.types.is_numeric_dtype(series.dtype):
        try:
            return float(text.replace(",", "")) if text else float("nan")
        except ValueError as error:
            raise _refused(column, text, Text("a number is needed")) from error
    if column == "status":
        if text and text not in STATUSES:
            known = Text("one of these is needed: {names}", {"names": ", ".join(STATUSES)})
            raise _refused(column, text, known)
        return text or None
    if column == "opened":
        if text and not is_when(text):
            raise _refused(column, text, Text("a year or a date as 2026-11-30 is needed"))
        return text or None
    return text


def _refused(column: str, text: str, why: Text) -> LayerError:
    return LayerError(
        "{column} can't be {value}: {why}.", "Enter another value.",
        column=column, value=f"“{text}”", why=why,
    )  # fmt: skip


def moved(made: BaseGeometry, start: LonLat, end: LonLat) -> BaseGeometry:
    """Return a shape moved as a whole, from one place to another."""
    by = (end[0] - start[0], end[1] - start[1])
    return shapely.transform(made, lambda at: at + np.array(by))


def nearest_point(made: BaseGeometry, at: LonLat, within_m: float) -> LonLat | None:
    """Return the point of a shape that is nearest to a place and not farther than `within_m`."""
    points = shapely.get_coordinates(made)
    far = length_m(np.broadcast_to(at, points.shape), points)
    best = int(np.argmin(far))
    return (float(points[best, 0]), float(points[best, 1])) if far[best] <= within_m else None


def with_point(made: BaseGeometry, old: LonLat, new: LonLat | None) -> BaseGeometry:
    """Return a shape one of whose points is elsewhere, or gone; a ring's two ends are one point."""

    def change(line: list[Any]) -> list[Any]:
        closed = len(line) > 1 and line[0] == line[-1]
        open_ = line[:-1] if closed else line
        found = [
            one if tuple(one[:2]) != old else None if new is None else (*new, *one[2:])
            for one in open_
        ]
        kept = [one for one in found if one is not None]
        return [*kept, kept[0]] if closed and kept else kept

    return _lines_changed(made, change)


def with_point_between(made: BaseGeometry, at: LonLat) -> BaseGeometry:
    """Return a shape with a point more on the side that is nearest to a place."""
    place = shapely.Point(at)
    best: list[Any] = [np.inf, None, 0]

    def look(line: list[Any]) -> list[Any]:
        for number in range(len(line) - 1):
            side = shapely.LineString([line[number][:2], line[number + 1][:2]])
            far = float(shapely.distance(side, place))
            if far < best[0]:
                best[:] = [far, line, number]
        return line

    def insert(line: list[Any]) -> list[Any]:
        if line is not best[1]:
            return line
        more = (*at, *line[best[2]][2:])
        return [*line[: best[2] + 1], more, *line[best[2] + 1 :]]

    told = _listed(mapping(made))
    _walk(told["coordinates"], look)
    told["coordinates"] = _walk(told["coordinates"], insert)
    return shape(told)


def _lines_changed(made: BaseGeometry, change: Callable[[list[Any]], list[Any]]) -> BaseGeometry:
    told = _listed(mapping(made))
    if made.geom_type == "Point":
        changed = change([told["coordinates"]])
        told["coordinates"] = changed[0] if changed else ()
    else:
        told["coordinates"] = _walk(told["coordinates"], change)
    try:
        return shape(told)
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise LayerError(
            "This has too few points: {needed} are needed.",
            "Delete the feature instead.",
            needed=3 if "Polygon" in made.geom_type else 2,
        ) from error


def _listed(told: Mapping[str, Any]) -> dict[str, Any]:
    if "coordinates" not in told:
        raise LayerError(
            "This feature is made of several kinds of shapes.", "Draw it anew, shape by shape."
        )

    def lists(value: Any) -> Any:
        if isinstance(value, tuple | list) and value and isinstance(value[0], tuple | list):
            return [lists(one) for one in value]
        return tuple(value)

    return {"type": told["type"], "coordinates": lists(told["coordinates"])}


def _walk(value: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    """Return nested coordinates with each list of positions changed."""
    if value and isinstance(value[0], tuple):
        return change(value)
    return [_walk(one, change) for one in value]


def snapped(
    atlas: Atlas, document: Document, at: LonLat, within_m: float, but: tuple[str, str] = ("", "")
) -> LonLat:
    """Return the point of what is on the map that is nearest to a place, else the place itself.

    Corners come before sides.

    Parameters
    ----------
    atlas, document
        The map; only layers that show count.
    at
        The place.
    within_m
        How far a point may be.
    but
        Layer and id of the feature that is changed, which doesn't count.
    """
    reach = within_m / (_M_PER_DEGREE * max(0.05, float(np.cos(np.radians(at[1])))))
    box = shapely.box(at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach)
    near: list[BaseGeometry] = []
    for one in document.layers:
        layer = atlas.layers.get(one.id)
        features = layer.features if layer is not None and one.visible else None
        if features is None or not len(features):
            continue
        rows = features.sindex.query(box)
        ids = features["id"].to_numpy()
        shapes: Any = features.geometry.to_numpy()
        near += [shapes[row] for row in rows if (one.id, str(ids[row])) != but]
    corners = [found for one in near if (found := nearest_point(one, at, within_m)) is not None]
    if not corners:
        place = shapely.Point(at)
        for made in near:
            side: Any = shapely.boundary(made) if made.geom_type.endswith("Polygon") else made
            on = shapely.get_coordinates(shapely.shortest_line(side, place))
            if len(on) and float(length_m(at, on[0])[0]) <= within_m:
                corners.append((float(on[0, 0]), float(on[0, 1])))
    return min(corners, key=lambda one: float(length_m(at, one)[0]), default=at)


def _features(layer: Layer) -> gpd.GeoDataFrame:
    if layer.features is None or not layer.is_own:
        raise LayerError(
            "Only features of your own layers can be changed.",
            "Choose one under “Your layers”.",
        )
    return layer.features


def _row(layer: Layer, feature_id: str) -> int:
    row = own_rows(layer).get(feature_id)
    if row is None:
        raise LayerError(
            "There is no feature {name} in the layer.", "Click one on the map.", name=feature_id
        )
    return row


def _changed(layer: Layer, features: gpd.GeoDataFrame, *, same_rows: bool = False) -> Layer:
    """Return a layer with other features, which says that and when it was edited.

    With `same_rows` it has the ids of before in the same order.
    """
    shapes = features.geometry.to_numpy()
    dimensions = set(shapely.get_dimensions(shapes).tolist())
    geometry = _KINDS[dimensions.pop()] if len(dimensions) == 1 else "mixed"
    steps = [*layer.record.get("steps", ())]
    record = {
        **layer.record,
        "steps": steps if steps and steps[-1] == "edited" else [*steps, "edited"],
        "edited_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    geometry = geometry if len(features) else layer.geometry
    made = replace(layer, features=features, geometry=geometry, record=record)
    if same_rows:
        hand_on(own_rows, layer, made)
    own_rows(made)
    return made
