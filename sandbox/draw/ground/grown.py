"""The ground as it was at the end of a year: what came later is left out."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.draw.ground.chains import Chains
from sandbox.geo.shapes import prepared_copy
from sandbox.streets.footprints import Footprints
from sandbox.streets.streets import StreetClass

# They led through open country before there was a town.
_THROUGH: Final = (StreetClass.EXPRESS, StreetClass.ARTERIAL)


def came_later(opened: list[str], by: int) -> npt.NDArray[np.bool_]:
    """Return which features opened after a year; those without a date were always there."""
    return np.array([one[:4].isdigit() and int(one[:4]) > by for one in opened], dtype=np.bool_)


def later_ground(shapes: npt.NDArray[Any], opened: list[str], by: int) -> BaseGeometry | None:
    """Return the areas that opened after a year as one, None where there are none."""
    later = came_later(opened, by)
    if not later.any():
        return None
    whole = shapely.union_all(shapes[later])
    # A hall in a quarter stands there before the quarter round it does.
    dated = np.array([one[:4].isdigit() for one in opened], dtype=np.bool_) & ~later
    made = shapely.difference(whole, shapely.union_all(shapes[dated]))
    return None if shapely.is_empty(made) else made


def buildings_before(buildings: Footprints, later: BaseGeometry) -> Footprints:
    """Return the buildings that don't stand on ground that was built later."""
    boxes = buildings.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return buildings.kept(~shapely.contains_xy(prepared_copy(later), x, y))


def streets_before(chains: Chains, later: BaseGeometry) -> Chains:
    """Return street lines up to the ground that was built later; through roads whole."""
    counts = np.diff(chains.starts)
    index = np.repeat(np.arange(len(counts)), counts)
    lines = np.atleast_1d(np.asarray(shapely.linestrings(chains.xy, indices=index)))
    mine = prepared_copy(later)
    cut = ~np.isin(chains.street_class, _THROUGH) & shapely.intersects(mine, lines)
    lines[cut] = shapely.difference(lines[cut], mine)
    parts, of = shapely.get_parts(lines, return_index=True)
    kept = ~shapely.is_empty(parts)
    parts, of = parts[kept], of[kept]
    starts = np.concatenate([[0], np.cumsum(shapely.get_num_points(parts))]).astype(np.int64)
    return Chains(
        shapely.get_coordinates(parts),
        starts,
        chains.street_class[of],
        chains.structure[of],
        chains.name[of],
    )
