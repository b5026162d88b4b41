"""What callers give as places: tables, shapes, positions, names of layers; with their ids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.api.places import FAULTS_SAID, Given
from sandbox.app.places import features_of
from sandbox.catalog.folder import load_all
from sandbox.catalog.importing.into import surroundings
from sandbox.catalog.layer import Layer
from sandbox.catalog.names import kinds_meant, kinds_said, places_named, words_of_kind
from sandbox.catalog.place_file import places_in
from sandbox.errors import AnalysisError, SandboxError, missing_files
from sandbox.formats.features import Read, no_shapes
from sandbox.formats.known import Known
from sandbox.formats.positions import placed
from sandbox.formats.postgis.address import is_address
from sandbox.formats.recognise import ENDINGS
from sandbox.formats.said import file_said
from sandbox.formats.where import locate
from sandbox.geo import crs as geo

# What places may be given as.
Places = (
    gpd.GeoDataFrame
    | gpd.GeoSeries
    | pd.DataFrame
    | BaseGeometry
    | str
    | Path
    | Mapping[Any, Any]
    | Sequence[Any]
    | np.ndarray[Any, Any]
)
_NAMES: Final = ("name", "name_zh", "name_en")


@cache
def layers() -> Mapping[str, Layer]:
    """Return the layers that come with the program; they are read once."""
    return load_all()


def given(places: Any, role: str, kinds: Sequence[str] | str = ()) -> Given:
    """Return what a caller gave as places.

    Parameters
    ----------
    places
        A GeoDataFrame or GeoSeries in any coordinate system; a DataFrame with `lon` and `lat`;
        a shapely geometry, a pair of longitude and latitude, or several of them in a list,
        array or mapping by id; the name of a layer or of a place of the map; a file.
        Ids are the column `id`, else the index.
    role
        The parameter's name, for errors.
    kinds
        Only places of these kinds, where their column `kind` says it; places of a layer of the
        map also by its Chinese or English word for the kind.

    Raises
    ------
    AnalysisError
        It can't be understood as places, has no coordinate system, or an id twice.
    """
    made = _given(places, role)
    if kinds:
        made = _of_kinds(made, (kinds,) if isinstance(kinds, str) else kinds)
    if not len(made):
        raise AnalysisError("No place is given as {role}.", "Give at least one place.", role=role)
    called = pd.Series([str(one) for one in made.ids])
    twice = list(dict.fromkeys(called[called.duplicated()]))
    if twice:
        raise AnalysisError(
            "Several places given as {role} have the same id: {ids}.",
            "Give each a unique id in a column id, or reset the index.",
            role=role,
            ids=", ".join(twice[:FAULTS_SAID]),
        )
    faults = dict(made.faults)
    for number, shape in enumerate(made.frame.geometry):
        if number not in faults and (why := _fault(shape)):
            faults[number] = why
    return replace(made, faults=faults, frame=made.emptied(faults))


def _given(places: Any, role: str) -> Given:
    if isinstance(places, str | Path):
        return _named(str(places), role)
    if isinstance(places, gpd.GeoSeries):
        places = gpd.GeoDataFrame(geometry=places, index=places.index)
    if isinstance(places, gpd.GeoDataFrame):
        if places.columns.empty or places.active_geometry_name is None:
            raise _not_understood(places, role)
        return _of_table(_in_degrees(places, role), places.geometry.name, role)
    if isinstance(places, pd.DataFrame):
        return _of_plain_table(places, role)
    if isinstance(places, Mapping):
        return _of_list(list(places.values()), role, list(places.keys()))
    if isinstance(places, BaseGeometry) or _is_pair(places):
        return _of_list([places], role)
    if not isinstance(places, Iterable):
        raise _not_understood(places, role)
    return _of_list(list(places), role)


def _of_table(table: gpd.GeoDataFrame, geometry: Any, role: str) -> Given:
    ids = list(table["id"]) if "id" in table.columns else list(table.index)
    known = {
        name: table[name].to_numpy()
        for name in ("layer", "kind", "accuracy_m", "gates")
        if name in table.columns
    }
    shapes = shapely.force_2d(np.asarray(table.geometry.to_numpy(), dtype=object))
    named = next((name for name in _NAMES if name in table.columns), None)
    names = ids if named is None else list(table[named])
    english = list(table["name_en"]) if "name_en" in table.columns else names
    own = pd.DataFrame(table.drop(columns=str(geometry)))
    return Given(role, _frame(shapes, ids, names, english, known), ids, columns=own)


def _of_plain_table(table: pd.DataFrame, role: str) -> Given:
    plain = table.rename(columns=str)
    nowhere = no_shapes(len(plain))
    read = placed(Read(Path(role), role, "", plain.reset_index(drop=True), nowhere))
    if not read.sources:
        raise AnalysisError(
            "The table given as {role} has no columns lon and lat.",
            "Give a GeoDataFrame, or use these column names; it has: {columns}.",
            role=role,
            columns=", ".join(map(str, table.columns)) or "–",
        )
    known = read.crs is not None or _are_degrees(read.shapes)
    if not known:
        raise AnalysisError(
            "The places given as {role} don't state their coordinate system.",
            "Set it: places.set_crs(4326) for longitude and latitude, or the EPSG code of "
            "your plan.",
            role=role,
        )
    lonlat = locate(read, read.crs or geo.WGS84, Known()).shapes
    lonlat[shapely.is_missing(lonlat)] = shapely.Point()
    made = gpd.GeoDataFrame(table, geometry=lonlat, crs=geo.WGS84)
    return _of_table(made, "geometry", role)


def _are_degrees(shapes: Any) -> bool:
    return bool((np.abs(shapely.get_coordinates(shapes)) <= 180.0).all())


def _of_list(items: list[Any], role: str, ids: list[Any] | None = None) -> Given:
    shapes: list[Any] = []
    called: list[Any] = []
    names: list[str] = []
    faults: dict[int, SandboxError] = {}
    for number, item in enumerate(items):
        name, own_id = "", number if ids is None else ids[number]
        shape: Any = shapely.Point()
        if isinstance(item, BaseGeometry):
            shape = shapely.force_2d(item)
        elif _is_pair(item):
            lon, lat = (_degrees(one) for one in list(item)[:2])
            shape = shapely.Point(lon, lat)
        elif isinstance(item, str):
            try:
                (found,) = places_named(layers(), [item])
                row: Any = _row(found.layer, found.id)
                shape, name = row.geometry, found.name_zh
                own_id = found.id if ids is None else own_id
            except AnalysisError as error:
                faults[number] = error
        elif item is not None and item == item:  # noqa: PLR0124 - NaN is no equal of itself
            raise _not_understood(item, role)
        if not name and shape.geom_type == "Point" and not shape.is_empty:
            name = f"{shape.x:.6f},{shape.y:.6f}"
        shapes.append(shape)
        called.append(own_id)
        names.append(str(own_id) if ids is not None else name or str(own_id))
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return Given(role, _frame(made, called, names, names, {}), called, faults)


def _named(name: str, role: str) -> Given:
    if name in layers():
        layer = layers()[name]
        if not len(features := features_of(layer)):
            raise AnalysisError(
                "The layer {layer} has no places.", "Choose another layer.", layer=name
            )
        return _of_table(features, "geometry", role)
    said = file_said(name)
    if is_address(name) or said.path.suffix.lower() in ENDINGS or said.path.is_file():
        with missing_files():
            found = places_in(said.path, said.crs, said.layer, lambda: surroundings(layers()))
            return _of_table(found, "geometry", role)
    (found,) = places_named(layers(), [name])
    features = features_of(layers()[found.layer])
    chosen: Any = features[features["id"] == found.id].head(1)
    if not len(chosen):
        row = _row(found.layer, found.id)
        return _of_list([row.geometry], role, [found.id])
    return _of_table(chosen, "geometry", role)


def _row(layer: str, identity: str) -> Any:
    features: Any = layers()[layer].features
    return features[features["id"] == identity].iloc[0]


def _frame(
    shapes: Any, ids: list[Any], names: Sequence[Any], english: Sequence[Any], known: dict[str, Any]
) -> gpd.GeoDataFrame:
    said = [
        str(one) if name is None or name != name or name == "" else str(name)  # noqa: PLR0124
        for one, name in zip(ids, names, strict=True)
    ]
    other = [
        zh if name is None or name != name or name == "" else str(name)  # noqa: PLR0124
        for zh, name in zip(said, english, strict=True)
    ]
    columns: dict[str, Any] = {
        "id": [str(number) for number in range(len(ids))],
        "layer": "",
        "kind": "",
        "name_zh": said,
        "name_en": other,
        "accuracy_m": 0.0,
    }
    columns |= known
    if "accuracy_m" in known:
        columns["accuracy_m"] = pd.to_numeric(pd.Series(known["accuracy_m"]), errors="coerce")
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=geo.WGS84)


def _in_degrees(table: gpd.GeoDataFrame, role: str) -> gpd.GeoDataFrame:
    if table.crs is None and len(table):
        raise AnalysisError(
            "The places given as {role} don't state their coordinate system.",
            "Set it: places.set_crs(4326) for longitude and latitude, or the EPSG code of "
            "your plan.",
            role=role,
        )
    return table if table.crs is None else table.to_crs(geo.WGS84)


def _of_kinds(made: Given, kinds: Sequence[str]) -> Given:
    column = made.frame["kind"].astype(str)
    pairs = zip(column, made.frame["layer"].astype(str), strict=True)
    said: dict[str, tuple[str, ...]] = {}
    for kind, layer in sorted(set(pairs)):
        if kind:
            own = words_of_kind(layers()[layer], kind) if layer in layers() else ()
            said[kind] = tuple(dict.fromkeys((*said.get(kind, ()), *own)))
    found = kinds_meant(said, kinds)
    unknown = [name for name, meant in found.items() if not meant]
    if unknown:
        raise AnalysisError(
            "The places given as {role} contain none of the kind {kind}.",
            "Available kinds: {there}.",
            role=made.role,
            kind=", ".join(unknown),
            there=kinds_said(said) or "–",
        )
    wanted = [kind for meant in found.values() for kind in meant]
    chosen = np.flatnonzero(column.isin(wanted).to_numpy()).tolist()
    frame = gpd.GeoDataFrame(made.rows(chosen).reset_index(drop=True), geometry="geometry")
    frame["id"] = [str(number) for number in range(len(chosen))]
    own = None if made.columns is None else pd.DataFrame(made.columns.iloc[chosen])
    return Given(made.role, frame, [made.ids[number] for number in chosen], {}, own)


def _fault(shape: Any) -> SandboxError | None:
    """Return why a shape is no place; None where it is one."""
    if shape is None or shapely.is_empty(shape):
        return AnalysisError("The place has no position.", "Give its longitude and latitude.")
    around = np.asarray(shapely.bounds(shape))
    if np.isfinite(shapely.get_coordinates(shape)).all() and (
        np.abs(around) <= (180.0, 90.0, 180.0, 90.0)
    ).all():  # fmt: skip
        if shapely.is_valid(shape):
            return None
        return AnalysisError("The outline of the place intersects itself.", "Correct its geometry.")
    lon, lat = (float(one) for one in shapely.get_coordinates(shape)[0])
    swapped = abs(lat) <= 180 and abs(lon) <= 90
    return AnalysisError(
        "{at} is not a position on the Earth.",
        "Longitude comes first: did you mean {swapped}?"
        if swapped
        else "Give longitude and latitude in degrees, for example 106.32,29.52.",
        at=f"{round(lon, 6)},{round(lat, 6)}",
        swapped=f"{round(lat, 6)},{round(lon, 6)}",
    )


def _is_pair(item: Any) -> bool:
    """Return whether something is two numbers, or three: a height is left out."""
    if isinstance(item, np.ndarray):
        return item.ndim == 1 and item.size in (2, 3) and item.dtype.kind in "fiu"
    if not isinstance(item, tuple | list) or len(item) not in (2, 3):
        return False
    return all(one is None or _is_number(one) for one in item) and any(map(_is_number, item))


def _is_number(item: Any) -> bool:
    return isinstance(item, int | float | np.number) and not isinstance(item, bool)


def _degrees(item: Any) -> float:
    return float("nan") if item is None else float(item)


def _not_understood(item: Any, role: str) -> AnalysisError:
    return AnalysisError(
        "{value} can't be read as {role}.",
        "Give a GeoDataFrame, shapely geometries, pairs of longitude and latitude, or the name "
        "of a layer.",
        value=" ".join(repr(item)[:80].split()),
        role=role,
    )


def several(said: Any) -> tuple[Any, ...]:
    """Return one or several of something as several."""
    return (said,) if isinstance(said, str | int | float) else tuple(said)


def table_of(places: Given) -> gpd.GeoDataFrame:
    """Return places with the caller's own columns, and the caller's ids.

    Raises
    ------
    AnalysisError
        With all places that can't be used.
    """
    if places.faults:
        raise next(iter(places.faults.values()))
    own = places.columns
    more = {} if own is None else {str(name): own[name].to_numpy() for name in own.columns}
    known = {str(name): places.frame[name].to_numpy() for name in places.frame.columns}
    ids = [str(one) for one in places.ids]
    return gpd.GeoDataFrame({**more, **known, "id": ids}, geometry="geometry", crs=4326)
