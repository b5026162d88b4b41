"""A small city of two layers for tests of projects."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from sandbox.catalog.layer import Layer, LegendEntry, Style
from sandbox.projects.project import Project
from sandbox.projects.store import Stored, save
from sandbox.words import Bilingual


def features(names: list[str], shapes: Sequence[object]) -> gpd.GeoDataFrame:
    """Return features with the columns of every layer."""
    count = len(names)
    return gpd.GeoDataFrame(
        {
            "id": [f"f{i}" for i in range(count)],
            "name_zh": names,
            "name_en": names,
            "kind": ["clinic"] * count,
            "status": ["operating"] * count,
            "opened": [None] * count,
            "source": ["survey"] * count,
            "accuracy_m": [5.0] * count,
            "note_zh": [""] * count,
            "note_en": [""] * count,
        },
        geometry=shapes,
        crs="EPSG:4326",
    )


def layer(key: str, frame: gpd.GeoDataFrame, **style: Any) -> Layer:
    """Return a layer of features."""
    title = Bilingual(f"{key}层", f"Layer {key}")
    kinds: Any = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
    return Layer(
        id=key,
        title=title,
        group="function",
        geometry=kinds[frame.geom_type.iloc[0]],
        columns=(),
        style=Style(**style),
        legend=(LegendEntry(title),),
        provenance=Bilingual("测试", "test"),
        licence="CC0",
        features=frame,
    )


def clinics(count: int = 3) -> Layer:
    """Return points one thousandth of a degree apart."""
    points = [shapely.Point(106.3 + i / 1000, 29.5) for i in range(count)]
    return layer(
        "clinics", features([f"诊所{i}" for i in range(count)], points), category="service"
    )


def lakes() -> Layer:
    """Return one square lake with an island."""
    hole = shapely.box(106.304, 29.504, 106.306, 29.506)
    lake = shapely.box(106.3, 29.5, 106.31, 29.51).difference(hole)
    return layer("lakes", features(["湖"], [lake]), fill="water")


def city(path: Path, *layers: Layer) -> Stored:
    """Save a project of some layers."""
    held = layers or (clinics(), lakes())
    return save(path, Project(Bilingual("小城", "Small town"), {one.id: one for one in held}))
