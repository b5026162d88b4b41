"""A picture or grid of a file → a layer of the map, placed as files of features are."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from sandbox.catalog.layer import Layer, Style
from sandbox.errors import LayerError
from sandbox.formats.features import Raster, Read
from sandbox.formats.known import Known
from sandbox.formats.where import ChosenBy, locate
from sandbox.geo.systems import System
from sandbox.imagery.picture import GroundPicture
from sandbox.imagery.raster_file import RasterFile, corners
from sandbox.words import Bilingual, Text

_PIECE: Final = 1 << 20
_KINDS: Final = {"elevation": "DEM", "picture": "image", "grid": "grid"}


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A picture that lies on the map.

    Attributes
    ----------
    raster
        What the file is.
    picture
        The same, in its place.
    notes
        What was found out and decided.
    chosen_by
        How it is known where it lies.
    """

    raster: Raster
    picture: RasterFile
    notes: tuple[Text, ...]
    chosen_by: ChosenBy


def outline(raster: Raster) -> Read:
    """Return the outline of a picture as a layer of one area, to find out where it lies."""
    ends = corners(raster.affine, raster.size)
    middles = (ends + np.roll(ends, -1, axis=0)) / 2
    shapes = np.empty(1, dtype=object)
    # It begins in the middle of a side: so the median of its points is the picture's middle.
    shapes[0] = shapely.Polygon(np.roll(np.stack([ends, middles], axis=1).reshape(-1, 2), -1, 0))
    return Read(
        raster.path,
        raster.path.stem,
        raster.path.suffix.lstrip(".").upper() or "raster",
        pd.DataFrame({"name": [raster.path.stem]}),
        shapes,
        crs=raster.crs,
        rows=np.ones(1, dtype=np.int64),
    )


def place_picture(raster: Raster, crs: str | None, known: Known) -> Placed:
    """Return a picture in its place.

    Parameters
    ----------
    raster
        What the file is.
    crs
        The system that the user says; None for what the file states.
    known
        What is known of the ground.

    Raises
    ------
    PlacingError
        Nobody knows where it lies; the candidates are ranked.
    LayerError
        What the user says is no system, or it lies far outside its region.
    """
    found = locate(outline(raster), crs, known)
    if found.faults:
        reason = next(iter(found.faults.values()))
        raise LayerError(
            "{path} can't be placed: {reason}.",
            "Give its coordinate system with --crs: a code as EPSG:4544, or gcj02 or bd09.",
            path=raster.path,
            reason=reason,
        )
    return Placed(raster, placed_in(raster, found.system), found.notes, found.chosen_by)


def placed_in(raster: Raster, system: System) -> RasterFile:
    """Return a picture as it lies in a coordinate system."""
    return RasterFile(raster.path.resolve(), system, raster.affine, raster.size)


def picture_layer(placed: Placed, layer_id: str) -> Layer:
    """Return a picture as a layer of the map."""
    path = placed.picture.path
    name = path.stem
    system = placed.picture.system
    record: dict[str, Any] = {
        "file": path.name,
        "format": _KINDS[placed.raster.kind],
        "sha256": _digest(path),
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "steps": ["read"],
        "crs": {
            "code": str(system),
            "name": system.name,
            "chosen_by": placed.chosen_by,
            "accuracy_m": system.inexact_m,
        },
        "cells": list(placed.raster.size),
    }
    return layer_over(placed.picture, layer_id, Bilingual(name, name), path.name, record)


def layer_over(
    picture: GroundPicture, layer_id: str, title: Bilingual, source: str, record: dict[str, Any]
) -> Layer:
    """Return the layer of a picture."""
    return Layer(
        id=layer_id,
        title=title,
        group="own",
        geometry="picture",
        columns=(),
        style=Style(category="own", label=False),
        legend=(),
        provenance=Bilingual(source, source),
        licence=picture.credit,
        picture=picture,
        record=record,
    )


def _digest(path: Path) -> str:
    held = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(_PIECE):
            held.update(piece)
    return held.hexdigest()
