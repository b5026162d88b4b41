"""Names of a user's own features: what the layer's symbology has written beside them."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.app.state import LayerShown
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import NAME, Symbology
from sandbox.draw.ground.features import Features
from sandbox.draw.lettering.named import Asked, Name, lettering_of, rank_of, said

# With more features on screen the names would be a heap; they come when one zooms in.
_AT_MOST: Final = 400
_SIZE_PX: Final = 12.0
_SHIFT_PX: Final = 14.0


def own_names(
    features: Features,
    near: npt.NDArray[np.int64],
    layer: Layer,
    entry: LayerShown,
    asked: Asked,
) -> list[Name]:
    """Return the names of a user's features that may be seen."""
    symbology = entry.symbology or Symbology()
    if not symbology.shows_at(asked.viewport.m_per_px) or len(near) > _AT_MOST:
        return []
    ids = features.column("id")
    points = shapely.get_dimensions(features.shapes[near]) == 0
    ink = asked.theme.colour("label")
    found: list[Name] = []
    for at, row in enumerate(near.tolist()):
        pair = ("", "")
        if symbology.label == NAME:
            pair = said(features, row, asked)
        elif symbology.label:
            pair = (features.column(symbology.label)[row], "")
        lettering = lettering_of(pair, _SIZE_PX, ink, asked)
        if not lettering:
            continue
        found.append(
            Name(
                (layer.id, ids[row]),
                rank_of(layer, ids[row], asked),
                features.marks[row],
                lettering,
                shift_px=0.0 if points[at] else _SHIFT_PX,
                around_px=symbology.size_px / 2 if points[at] else 0.0,
            )
        )
    return found
