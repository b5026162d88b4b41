"""A section through the ground from west to east: both ridges, and what runs below and over."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.app.questions import LonLat
from sandbox.draw.ground.features import Features, Ground
from sandbox.draw.ground.relief import Relief
from sandbox.geo.crs import to_metric

Doubles = npt.NDArray[np.float64]

_MOUNTAINS: Final = "parks"
_TUNNELS: Final = "tunnels"
# Layers of lines that it meets, the first ones first.
_LINES: Final = ("rail_existing", "rail_planned", "main_roads", "water")
# Metres beside the outermost ridges.
_BESIDE_M: Final = 4_500.0
# Tunnels are shown in front of it from so far north and south.
_NEAR_M: Final = 9_000.0
_STEP_M: Final = 60.0
Kind = Literal["ridge", "bore", "rail", "road", "water"]


@dataclass(frozen=True, slots=True)
class Met:
    """Something in a section, named in both languages.

    Attributes
    ----------
    kind
        What it is.
    name
        In Chinese and English.
    along_m
        Where from its western end it begins and ends; the same for what is crossed.
    height_m
        Of the ground at both.
    built
        Whether it is in use.
    """

    kind: Kind
    name: tuple[str, str]
    along_m: tuple[float, float]
    height_m: tuple[float, float]
    built: bool = True


@dataclass(frozen=True, eq=False)
class Section:
    """Heights along a line from west to east, and what it meets.

    Attributes
    ----------
    along_m, height_m
        Of the ground.
    here_m
        Where along it one stands.
    met
        Ridges, tunnels and what crosses it, the most important first.
    """

    along_m: Doubles
    height_m: Doubles
    here_m: float
    met: tuple[Met, ...]


def section_through(ground: Ground, here: LonLat) -> Section | None:
    """Return the section through a place, None where the map has no ridges on both its sides.

    Heights are the relief's. A tunnel leads from the ground at its one end to that at its
    other; those that don't lie on the line are shown where they would be seen from the south.
    """
    layers = ground.atlas.layers
    grids = [one.id for one in layers.values() if one.geometry == "grid"]
    if not grids or _MOUNTAINS not in layers:
        return None
    relief, hills = ground.relief(grids[-1]), ground.features(_MOUNTAINS)
    x, y = (float(one) for one in to_metric(here, ground.atlas.crs))
    ridges = _ridges(hills, relief, y)
    if len(ridges) < 2 or not ridges[0][1] < x < ridges[-1][1]:
        return None
    west, east = ridges[0][0] - _BESIDE_M, ridges[-1][2] + _BESIDE_M
    along = np.arange(0.0, east - west, _STEP_M)
    heights = relief.heights_at(np.stack([along + west, np.full(len(along), y)], axis=-1))
    met = [
        Met("ridge", name, (top - west, top - west), (high, high))
        for _, top, _, name, high in ridges
    ]
    met += _bores(ground, relief, [(one[0], one[2]) for one in ridges], (west, y))
    line = shapely.LineString([(west, y), (east, y)])
    for layer in _LINES:
        if layer in layers:
            met += _crossed(ground.features(layer), relief, line)
    return Section(along, heights, x - west, tuple(met))


def _ridges(
    hills: Features, relief: Relief, y: float
) -> list[tuple[float, float, float, tuple[str, str], float]]:
    """Return west edge, crest and east edge of each mountain at a latitude, and its name."""
    kinds, zh, en = hills.column("kind"), hills.column("name_zh"), hills.column("name_en")
    found: list[tuple[float, float, float, tuple[str, str], float]] = []
    for row in range(len(hills.shapes)):
        if kinds[row] != "mountain":
            continue
        west, south, east, north = hills.boxes[row]
        if not south < y < north:
            continue
        cut = shapely.intersection(
            hills.shapes[row], shapely.LineString([(west - 1.0, y), (east + 1.0, y)])
        )
        if shapely.is_empty(cut):
            continue
        left, _, right, _ = shapely.bounds(cut)
        across = np.arange(left, right + _STEP_M, _STEP_M)
        heights = relief.heights_at(np.stack([across, np.full(len(across), y)], axis=-1))
        top = int(np.argmax(heights))
        name = (zh[row], en[row])
        found.append((float(left), float(across[top]), float(right), name, float(heights[top])))
    return sorted(found)


def _bores(
    ground: Ground,
    relief: Relief,
    ridges: list[tuple[float, float]],
    origin: tuple[float, float],
) -> list[Met]:
    """Return the tunnels through the ridges, the nearest to the line first."""
    if _TUNNELS not in ground.atlas.layers:
        return []
    tunnels, (west, y) = ground.features(_TUNNELS), origin
    zh, en, status = (tunnels.column(one) for one in ("name_zh", "name_en", "status"))
    found: list[tuple[float, Met]] = []
    for row, shape in enumerate(tunnels.shapes):
        ends = shapely.get_coordinates(shape)[[0, -1]]
        ends = ends[np.argsort(ends[:, 0])]
        middle = ends.mean(axis=0)
        away = abs(float(middle[1]) - y)
        through = any(left - 500.0 < middle[0] < right + 500.0 for left, right in ridges)
        if away > _NEAR_M or not through:
            continue
        high = relief.heights_at(ends)
        along = (float(ends[0, 0] - west), float(ends[1, 0] - west))
        found.append((away, Met("bore", (zh[row], en[row]), along,
                                (float(high[0]), float(high[1])),
                                built=status[row] == "operating")))  # fmt: skip
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _crossed(features: Features, relief: Relief, line: shapely.LineString) -> list[Met]:
    """Return where the line meets the lines and waters of a layer."""
    kind: Kind = (
        "water" if features.layer.style.fill == "water" or features.layer.style.line == "river"
        else "road" if features.layer.style.line == "road" else "rail"
    )  # fmt: skip
    zh, en, status = (features.column(one) for one in ("name_zh", "name_en", "status"))
    west, _, _, _ = line.bounds
    found: list[Met] = []
    for row in np.flatnonzero(shapely.intersects(features.shapes, line)):
        shape = features.shapes[row]
        if shapely.get_dimensions(shape) == 0 or not zh[row]:
            continue
        cut = shapely.intersection(shape, line)
        for part in shapely.get_parts(cut):
            left, low, right, _ = shapely.bounds(part)
            ends = np.array([[left, low], [right, low]])
            high = relief.heights_at(ends)
            found.append(Met(kind, (zh[row], en[row]), (float(left - west), float(right - west)),
                             (float(high[0]), float(high[1])),
                             built=status[row] in ("operating", "")))  # fmt: skip
            if kind != "water":
                break
    return found
