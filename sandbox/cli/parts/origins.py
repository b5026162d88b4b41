"""Places that commands start from: by name, from a layer, from a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.cli import words
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    from sandbox.analysis.places.access import Place


def at_position(lonlat: tuple[float, float]) -> "Place":
    """Return a position as the place that it is."""
    from shapely import Point

    from sandbox.analysis.places.access import Place

    return Place(Point(lonlat), f"{lonlat[0]:.6f},{lonlat[1]:.6f}")


def from_all(sources: Sequence[str]) -> "list[Place]":
    """Return every place of shipped layers, by their ids, and of files, with their shapes.

    Raises
    ------
    AnalysisError
        There is no such layer or file, or it holds no places.
    """
    from sandbox.analysis.places.access import Place, places_of
    from sandbox.catalog.folder import load_all
    from sandbox.catalog.place_file import places_in

    layers = load_all()
    found: list[Place] = []
    for source in sources:
        if source not in layers:
            if not Path(source).exists():
                raise AnalysisError(
                    "“{source}” is neither a layer nor a file.",
                    "Give a GeoJSON or GeoPackage file, or one of these layers: {layers}.",
                    source=source,
                    layers=", ".join(n for n, one in layers.items() if one.features is not None),
                )
            read = places_in(Path(source))
            found += places_of(read, [str(name) for name in read["id"]])
            continue
        features = layers[source].features
        if features is None:
            raise AnalysisError(
                "The layer {layer} has no places.", "Choose another layer.", layer=source
            )
        kept: Any = features[~(features.geometry.isna() | features.geometry.is_empty)]
        column = "name_zh" if words().language == "zh" else "name_en"
        kept = kept.assign(accuracy_m=kept["accuracy_m"].fillna(0.0))
        found += places_of(kept, [str(name) for name in kept[column].fillna(kept["name_zh"])])
    return found


def named(names: Sequence[str]) -> "list[Place]":
    """Return the places of the shipped layers that have these names, with their shapes."""
    if not names:
        return []
    from sandbox.analysis.places.access import Place, places_of
    from sandbox.catalog.folder import load_all
    from sandbox.catalog.names import places_named

    layers = load_all()
    origins: list[Place] = []
    for place in places_named(layers, names):
        said = place.name_zh if words().language == "zh" else place.name_en
        features: Any = layers[place.layer].features
        row = features[features["id"] == place.id].head(1)
        row = row.assign(accuracy_m=row["accuracy_m"].fillna(0.0))
        origins += places_of(row, [said or place.name_zh])
    return origins
