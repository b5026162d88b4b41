"""Where a scene's subjects are on the ground, as points that a camera must show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.scenes.scenes import HERE_PLACE
from sandbox.app.kiosk.subjects.fitting import name_width_px
from sandbox.app.places import Place
from sandbox.app.state import Subject
from sandbox.geo.crs import to_metric

# Larger things, as a ridge, are seen in part and named along themselves.
_SEEN_WHOLE_M: Final = 9000.0
# Words that say where one stands.
_HERE_PX: Final = 330.0


@dataclass(frozen=True, slots=True)
class GroundSpot:
    """A point on the ground, metres, and how wide a name beside it is; 0 for none.

    In whichever language is wider: the camera doesn't move where the language changes.
    """

    x: float
    y: float
    name_px: float = 0.0


def ground_spots(
    atlas: Atlas, subjects: Sequence[Subject], *, here: bool
) -> tuple[GroundSpot, ...]:
    """Return what a camera must show of some subjects.

    Parameters
    ----------
    atlas
        Layers.
    subjects
        What a scene is about.
    here
        Whether the picture says where the visitor stands.
    """
    spots: list[GroundSpot] = []
    for subject in subjects:
        place = places.place(atlas.layers, subject.where)
        if place is not None:
            names = (place.name("zh"), place.name("en")) if subject.named else ("",)
            spots += _spots(place, atlas.crs, max(name_width_px(one) for one in names))
    mine = places.place(atlas.layers, HERE_PLACE) if here else None
    if mine is not None:
        spots += _spots(mine, atlas.crs, _HERE_PX)
    return tuple(spots)


def _spots(place: Place, crs: str, name_px: float) -> Iterator[GroundSpot]:
    shape = shapely.transform(place.shape, lambda points: to_metric(points, crs))
    west, south, east, north = shapely.bounds(shape)
    if max(east - west, north - south) > _SEEN_WHOLE_M:
        return
    middle = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
    yield GroundSpot(float(middle[0]), float(middle[1]), name_px)
    if shapely.get_dimensions(shape) > 0:
        for x, y in ((west, south), (west, north), (east, south), (east, north)):
            yield GroundSpot(float(x), float(y))
