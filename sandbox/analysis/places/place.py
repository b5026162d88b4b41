"""A place that one starts from or goes to: a point, a line or an area, with its gates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.words import Bilingual

LonLat = tuple[float, float]
# What a time was measured to.
Measured = Literal["point", "gate", "edge"]
_AREAS: Final = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that one starts from or goes to.

    Attributes
    ----------
    shape
        Point, line or area, WGS 84.
    name
        What it is called.
    gates
        Points where an area may be left and entered, WGS 84, if they are known.
    accuracy_m
        How well its position is known; infinite where that is unknown.
    id
        What it is called where its own data is, if anything.
    """

    shape: BaseGeometry
    name: str | Bilingual = ""
    gates: BaseGeometry | None = None
    accuracy_m: float = 0.0
    id: str = ""

    @property
    def lonlat(self) -> LonLat:
        """Return a point of it for names and views, WGS 84; nothing is measured from there."""
        point: Any = self.shape
        if self.shape.geom_type != "Point":
            point = shapely.point_on_surface(self.shape)
        return float(point.x), float(point.y)

    @property
    def is_area(self) -> bool:
        """Return whether it has ground of its own."""
        return self.shape.geom_type in _AREAS

    @property
    def measured(self) -> Measured:
        """Return what times to it are measured to."""
        if self.gates is not None and not self.gates.is_empty:
            return "gate"
        return "point" if self.shape.geom_type in {"Point", "MultiPoint"} else "edge"


# A position is that point.
Where = LonLat | Place


def place_of(where: Where) -> Place:
    """Return a place; a position becomes that point."""
    if isinstance(where, Place):
        return where
    return Place(shapely.Point(float(where[0]), float(where[1])))


def places_of(features: gpd.GeoDataFrame, names: Sequence[str] | None = None) -> tuple[Place, ...]:
    """Return the places of a table: geometry, and `gates` and `accuracy_m` where it has them."""
    count = len(features)
    gates: list[Any] = list(features["gates"]) if "gates" in features.columns else [None] * count
    known = np.zeros(count)
    if "accuracy_m" in features.columns:
        known = np.asarray(features["accuracy_m"], dtype=np.float64)
    known = np.where(np.isnan(known), np.inf, known)
    called = names or [""] * count
    ids = [str(one) for one in features["id"].tolist()] if "id" in features.columns else None
    drawn: Any = np.array(features.geometry.to_numpy(), dtype=object)
    drawn[shapely.is_missing(drawn) | shapely.is_empty(drawn)] = shapely.Point()
    return tuple(
        Place(
            shape,
            name,
            gate if gate is not None and isinstance(gate, BaseGeometry) else None,
            accuracy_m,
            place_id,
        )
        for shape, name, gate, accuracy_m, place_id in zip(
            drawn, called, gates, known.tolist(), ids or [""] * count, strict=True
        )
    )
