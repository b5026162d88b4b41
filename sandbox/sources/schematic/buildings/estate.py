"""How each kind of estate is built: what stands there, how large, how high, how far apart."""

from dataclasses import dataclass
from typing import Final

from sandbox.streets.footprints import BuildingKind


@dataclass(frozen=True, slots=True)
class Estate:
    """Houses of one kind in rows.

    Attributes
    ----------
    kind
        What they are.
    wide_m, deep_m
        Length along the rows and depth, least and most.
    gap_m
        Free ground beside and behind each, metres along the rows and across.
    floors
        Least and most; those of one block differ little.
    floor_m
        Height of a floor.
    left_out
        Part of the places that stays open, for gardens, squares and parking.
    sunny
        Whether rows turn to the south as far as the block lets them.
    """

    kind: BuildingKind
    wide_m: tuple[float, float]
    deep_m: tuple[float, float]
    gap_m: tuple[float, float]
    floors: tuple[int, int]
    floor_m: float = 3.0
    left_out: float = 0.08
    sunny: bool = True


TOWERS: Final = Estate(BuildingKind.TOWER, (26, 38), (16, 20), (14, 26), (18, 33))
SLABS: Final = Estate(BuildingKind.SLAB, (42, 62), (12, 15), (8, 14), (6, 11), left_out=0.05)
GARDEN: Final = Estate(BuildingKind.SLAB, (22, 32), (11, 13), (6, 10), (5, 8), left_out=0.0)
OLD_TOWN: Final = Estate(
    BuildingKind.PERIMETER, (24, 42), (12, 16), (5, 8), (4, 8), left_out=0.05, sunny=False
)
OFFICES: Final = Estate(
    BuildingKind.OFFICE, (32, 56), (24, 38), (14, 16), (6, 28), 3.9, 0.1, sunny=False
)
SHEDS: Final = Estate(
    BuildingKind.SHED, (56, 110), (34, 60), (12, 14), (1, 2), 7.5, 0.08, sunny=False
)
HALLS: Final = Estate(BuildingKind.CAMPUS, (46, 84), (16, 24), (20, 30), (4, 7), 3.9, 0.2)
HOUSES: Final = Estate(BuildingKind.VILLAGE, (9, 15), (8, 11), (6, 7), (2, 3), left_out=0.3)
SCHOOL: Final = Estate(BuildingKind.CAMPUS, (40, 60), (13, 17), (18, 26), (3, 5), 3.9, 0.28)
SMALL: Final = Estate(
    BuildingKind.PERIMETER, (14, 24), (10, 13), (4, 5), (3, 6), left_out=0.05, sunny=False
)

# What blocks of each kind of built-up ground become, with their shares.
BUILT: Final[dict[str, tuple[tuple[Estate, float], ...]]] = {
    "grid": ((TOWERS, 0.42), (SLABS, 0.26), (OFFICES, 0.18), (SCHOOL, 0.08), (GARDEN, 0.06)),
    "organic": ((OLD_TOWN, 0.3), (SLABS, 0.3), (TOWERS, 0.24), (OFFICES, 0.06), (SCHOOL, 0.1)),
    "campus": ((HALLS, 1.0),),
    "plaza": ((OFFICES, 1.0),),
    "industry": ((SHEDS, 0.86), (OFFICES, 0.14)),
    "village": ((HOUSES, 1.0),),
}
# What stands on blocks into which those don't fit.
FALLBACK: Final = (OLD_TOWN, SMALL)
