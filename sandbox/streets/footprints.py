"""Buildings as a map shows them: outlines on the ground with a height and a kind."""

import io
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import shapely

from sandbox import files
from sandbox.errors import NetworkError

Doubles = npt.NDArray[np.float64]
_ARRAYS: Final = ("corners_dm", "starts", "height_dm", "kind")
_LARGEST_BYTES: Final = 64 * 1024 * 1024


class BuildingKind(IntEnum):
    """What a building is, by which it is coloured and lit."""

    TOWER = 0
    SLAB = 1
    PERIMETER = 2
    SHED = 3
    CAMPUS = 4
    VILLAGE = 5
    OFFICE = 6
    LANDMARK = 7
    OTHER = 8


@dataclass(frozen=True, eq=False)
class Footprints:
    """Buildings on the metric ground.

    Attributes
    ----------
    crs
        Metric system of the corners.
    corners
        Metres, shape ``(m, 2)``; each outline is closed by its first corner, which isn't
        repeated.
    starts
        Where each building's outline begins, and the count of corners; int64, shape
        ``(n + 1,)``.
    height_m
        Shape ``(n,)``.
    kind
        `BuildingKind`, uint8, shape ``(n,)``.
    schematic
        Whether they were made to look plausible, not surveyed.
    """

    crs: str
    corners: Doubles
    starts: npt.NDArray[np.int64]
    height_m: Doubles
    kind: npt.NDArray[np.uint8]
    schematic: bool = True

    def __len__(self) -> int:
        return len(self.height_m)

    @cached_property
    def boxes(self) -> Doubles:
        """West, south, east, north of each building, metres, shape ``(n, 4)``."""
        if len(self) == 0:
            return np.empty((0, 4))
        first = self.starts[:-1]
        low = np.minimum.reduceat(self.corners, first)
        high = np.maximum.reduceat(self.corners, first)
        return np.hstack([low, high])

    @cached_property
    def area_m2(self) -> Doubles:
        """Ground that each building covers (shoelace formula), square metres."""
        if len(self) == 0:
            return np.empty(0)
        x, y = self.corners.T
        after = np.arange(1, len(x) + 1)
        after[self.starts[1:] - 1] = self.starts[:-1]
        return np.abs(np.add.reduceat(x * y[after] - x[after] * y, self.starts[:-1])) / 2

    def near(self, box: tuple[float, float, float, float]) -> npt.NDArray[np.int64]:
        """Return which buildings may meet a box of west, south, east and north, metres."""
        west, south, east, north = box
        mine = self.boxes
        meets = (
            (mine[:, 0] <= east) & (mine[:, 2] >= west)
            & (mine[:, 1] <= north) & (mine[:, 3] >= south)
        )  # fmt: skip
        return np.flatnonzero(meets)

    def outlines(self, rows: npt.NDArray[np.int64]) -> tuple[Doubles, npt.NDArray[np.int64]]:
        """Return closed rings of some buildings, and where each begins among their points."""
        counts = (self.starts[1:] - self.starts[:-1])[rows]
        begins = np.concatenate([[0], (counts + 1).cumsum()[:-1]]).astype(np.int64)
        index = np.arange((counts + 1).sum()) - np.repeat(begins, counts + 1)
        index %= np.repeat(counts, counts + 1)
        return self.corners[np.repeat(self.starts[:-1][rows], counts + 1) + index], begins

    def polygons(self) -> npt.NDArray[Any]:
        """Return the buildings as shapely polygons, shape ``(n,)``."""
        rows = np.arange(len(self))
        xy, begins = self.outlines(rows)
        rings = np.diff(np.append(begins, len(xy)))
        lines = shapely.linearrings(xy, indices=np.repeat(rows, rings))
        return np.asarray(shapely.polygons(lines), dtype=object)

    def kept(self, keep: npt.NDArray[np.bool_]) -> "Footprints":
        """Return some of the buildings."""
        counts = self.starts[1:] - self.starts[:-1]
        return Footprints(
            self.crs,
            self.corners[np.repeat(keep, counts)],
            np.concatenate([[0], counts[keep].cumsum()]).astype(np.int64),
            self.height_m[keep],
            self.kind[keep],
            self.schematic,
        )


def footprints_of(
    crs: str, shapes: npt.NDArray[Any], height_m: Doubles, kind: npt.NDArray[np.uint8]
) -> Footprints:
    """Return buildings of polygons on the metric ground; holes are left out.

    Parameters
    ----------
    crs
        Metric system.
    shapes
        shapely polygons, shape ``(n,)``.
    height_m, kind
        Of each.
    """
    if len(shapes) == 0:
        empty = np.empty(0)
        return Footprints(crs, np.empty((0, 2)), np.zeros(1, np.int64), empty,
                          np.empty(0, np.uint8))  # fmt: skip
    rings = shapely.get_exterior_ring(shapely.orient_polygons(shapes))
    xy, of = shapely.get_coordinates(rings, return_index=True)
    last = np.append(of[1:] != of[:-1], True)
    counts = np.bincount(of[~last], minlength=len(shapes))
    starts = np.concatenate([[0], counts.cumsum()]).astype(np.int64)
    return Footprints(crs, xy[~last], starts, height_m.astype(np.float64), kind.astype(np.uint8))


def joined(parts: list[Footprints]) -> Footprints:
    """Return the buildings of several, of one metric system."""
    at = np.cumsum([0, *(len(part.corners) for part in parts)])
    starts = [part.starts[:-1] + begin for part, begin in zip(parts, at[:-1], strict=True)]
    return Footprints(
        parts[0].crs,
        np.vstack([part.corners for part in parts]),
        np.concatenate([*starts, at[-1:]]).astype(np.int64),
        np.concatenate([part.height_m for part in parts]),
        np.concatenate([part.kind for part in parts]),
    )


def write_footprints(made: Footprints, file: Path) -> None:
    """Write buildings, to a decimetre; the file is replaced whole, or not at all."""
    held = io.BytesIO()
    np.savez_compressed(
        held,
        crs=np.array(made.crs),
        corners_dm=np.round(made.corners * 10).astype(np.int32),
        starts=made.starts.astype(np.int32),
        height_dm=np.round(made.height_m * 10).astype(np.uint16),
        kind=made.kind,
    )
    files.write(file, held.getvalue())


def read_footprints(file: Path) -> Footprints:
    """Read buildings that `write_footprints` has written.

    Raises
    ------
    NetworkError
        The file can't be read as buildings.
    """
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise ValueError(file.name)
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            corners, starts, height, kind = (held[name] for name in _ARRAYS)
            crs = str(held["crs"])
        made = Footprints(
            crs, corners / 10.0, starts.astype(np.int64), height / 10.0, kind.astype(np.uint8)
        )
        if (
            corners.ndim != 2
            or corners.shape[1] != 2
            or len(starts) != len(height) + 1
            or len(kind) != len(height)
            or starts[0] != 0
            or starts[-1] != len(corners)
            or np.any(np.diff(starts) < 3)
        ):
            raise ValueError(file.name)
    except (OSError, ValueError, KeyError, BadZipFile, EOFError) as error:
        raise NetworkError(
            "The buildings in {file} can't be read",
            "Restore the shipped layers.",
            file=file.name,
        ) from error
    return made
