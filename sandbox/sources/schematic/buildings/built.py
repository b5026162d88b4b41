"""Buildings for all built-up ground, from the blocks between its streets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.sources.schematic.buildings.estate import BUILT, FALLBACK, GARDEN, HOUSES, Estate
from sandbox.sources.schematic.buildings.rows import rows_on
from sandbox.sources.schematic.chance import Chance
from sandbox.streets.footprints import BuildingKind, Footprints, footprints_of
from sandbox.streets.streets import StreetClass, Streets, Structure

Doubles = npt.NDArray[np.float64]
# Free ground from a street's middle, by its class.
_FREE_M: Final = {
    StreetClass.PATH: 3.5,
    StreetClass.STEPS: 3.5,
    StreetClass.LOCAL: 7.0,
    StreetClass.STREET: 10.0,
    StreetClass.COLLECTOR: 15.0,
    StreetClass.ARTERIAL: 22.0,
    StreetClass.EXPRESS: 32.0,
}
_SMALLEST_M2: Final = 240.0
_INSET_M: Final = 7.5
# A block with less of it covered looks empty.
_COVERED_LEAST: Final = 0.16
# High houses may leave more of it open.
_TALL_LEAST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Site:
    """Ground that is built within limits that are known.

    Attributes
    ----------
    ground
        Its outline, metres.
    footprint_m2, floors_m2
        Ground that houses cover, and their floors above ground, at most.
    """

    ground: Any
    footprint_m2: float
    floors_m2: float


def buildings(
    streets: Streets,
    areas: Sequence[tuple[str, Any]],
    free: Sequence[Any],
    sites: Sequence[Site],
    seed: int,
) -> Footprints:
    """Return buildings on the metric ground.

    Parameters
    ----------
    streets
        Whose blocks are built on; no house comes near to one.
    areas
        Kind and outline of each built-up area, metres; of those that overlap the first counts.
    free
        Ground without buildings: water, parks, sites with buildings of their own.
    sites
        Ground that is built within limits.
    seed
        What chance is drawn from.
    """
    chance = Chance(seed, "buildings")
    blocks, kinds = _blocks(streets, areas, [*free, *(site.ground for site in sites)])
    corners: list[Doubles] = []
    heights: list[Doubles] = []
    types: list[npt.NDArray[np.uint8]] = []

    def add(made: tuple[Doubles, Doubles], kind: BuildingKind) -> None:
        if len(made[0]):
            corners.append(made[0])
            heights.append(made[1])
            types.append(np.full(len(made[0]), kind, np.uint8))

    for block, kind in zip(blocks, kinds, strict=True):
        random = chance.at(shapely.get_coordinates(shapely.centroid(block))[0])
        estate, made = _built(block, kind, random)
        add(made, estate.kind)
    streets_ground = _street_ground(streets)
    for site in sites:
        random = chance.at(shapely.get_coordinates(shapely.centroid(site.ground))[0])
        add(_within(site, streets_ground, random), GARDEN.kind)
    whole: Any = shapely.polygons(np.vstack(corners)) if corners else np.empty(0, object)
    made = footprints_of(streets.crs, whole, _of(heights), _of(types).astype(np.uint8))
    tree = shapely.STRtree(streets_ground)
    near = tree.query(whole, predicate="intersects")[0]
    clear = np.ones(len(made), dtype=bool)
    clear[near] = False
    return made.kept(clear)


def _of(parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0)


def _built(
    block: Any, kind: str, random: np.random.Generator
) -> tuple[Estate, tuple[Doubles, Doubles]]:
    """Return the houses of a block; where theirs don't fit, smaller ones."""
    chosen = _estate(kind, random)
    made = rows_on(block, chosen, random)
    for estate in (chosen, *FALLBACK) if chosen is not HOUSES else (chosen,):
        other = made if estate is chosen else rows_on(block, estate, random)
        least = _COVERED_LEAST if estate is not chosen else _COVERED_LEAST * _TALL_LEAST
        if len(other[0]) and _covered_m2(other[0]) >= least * block.area:
            return estate, other
    return chosen, made


def _covered_m2(corners: Doubles) -> float:
    return float(np.sum(shapely.area(shapely.polygons(corners))))


def _estate(kind: str, random: np.random.Generator) -> Estate:
    """Return what a block of a kind of ground becomes."""
    choices = BUILT[kind]
    drawn = random.uniform(0.0, sum(share for _, share in choices))
    for estate, share in choices:
        drawn -= share
        if drawn <= 0.0:
            return estate
    return choices[-1][0]


def _street_ground(streets: Streets) -> npt.NDArray[Any]:
    """Return the ground of each street with what stays free beside it."""
    ground = streets.structure != Structure.TUNNEL
    ends = streets.node_xy[streets.segment_nodes[ground]]
    widths = np.array([_FREE_M.get(StreetClass(one), 10.0) for one in range(8)])
    free = widths[streets.street_class[ground]]
    return shapely.buffer(shapely.linestrings(ends), free, quad_segs=1)


def _blocks(
    streets: Streets, areas: Sequence[tuple[str, Any]], free: Sequence[Any]
) -> tuple[npt.NDArray[Any], list[str]]:
    """Return the blocks that are built on, and the kind of ground of each."""
    on_ground = (streets.structure == Structure.GROUND) & (
        streets.street_class >= StreetClass.LOCAL
    )
    ends = streets.node_xy[streets.segment_nodes[on_ground]]
    found: Any = shapely.get_parts(shapely.polygonize(np.asarray(shapely.linestrings(ends))))
    found = shapely.get_parts(shapely.buffer(found, -_INSET_M, quad_segs=1))
    outlines: Any = np.array([shape for _, shape in areas])
    # Blocks at the rim of an area are built as far as it reaches.
    of_block, of_area = shapely.STRtree(outlines).query(found, predicate="intersects")
    best: dict[int, int] = {}
    for block, area in zip(of_block.tolist(), of_area.tolist(), strict=True):
        best[block] = min(area, best.get(block, area))
    rows = np.array(sorted(best), dtype=np.int64)
    area_of = np.array([best[row] for row in rows.tolist()], dtype=np.int64)
    cut = shapely.intersection(found[rows], outlines[area_of])
    if len(free):
        cut = shapely.difference(cut, shapely.union_all(np.asarray(free)))
    parts, of = shapely.get_parts(cut, return_index=True)
    polygons = (shapely.get_dimensions(parts) == 2) & (shapely.area(parts) >= _SMALLEST_M2)
    return parts[polygons], [areas[int(area_of[one])][0] for one in of[polygons]]


def _within(
    site: Site, streets_ground: npt.NDArray[Any], random: np.random.Generator
) -> tuple[Doubles, Doubles]:
    """Return houses on a site, as many as its limits allow, from its middle outward."""
    near = streets_ground[shapely.STRtree(streets_ground).query(site.ground)]
    open_: Any = shapely.difference(site.ground, shapely.union_all(near))
    made = [
        rows_on(part, GARDEN, random)
        for part in shapely.get_parts(np.array([open_]))
        if part.area >= _SMALLEST_M2
    ]
    if not made:
        return np.empty((0, 4, 2)), np.empty(0)
    corners = np.vstack([one[0] for one in made])
    height_m = np.concatenate([one[1] for one in made])
    middle = shapely.get_coordinates(shapely.centroid(site.ground))[0]
    order = np.hypot(*(corners.mean(axis=1) - middle).T).argsort(kind="stable")
    houses: Any = shapely.polygons(corners)
    covered_m2: Doubles = np.asarray(shapely.area(houses))[order]
    floors_m2 = covered_m2 * height_m[order] / GARDEN.floor_m
    keep = (covered_m2.cumsum() < site.footprint_m2) & (floors_m2.cumsum() <= site.floors_m2)
    return corners[order[keep]], height_m[order[keep]]
