"""How streets climb: heights from elevation rasters, ascent and descent of every segment."""

import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
import rasterio.warp
from rasterio.enums import ColorInterp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from sandbox.errors import NetworkError
from sandbox.files import DAMAGED, Unreadable, check_ordinary
from sandbox.sources import steps, voids
from sandbox.streets.streets import Streets, Structure

Doubles = npt.NDArray[np.float64]
_PROFILE_STEP_M: Final = 20.0
# Beyond these no street lies: such values are voids that the file doesn't mark.
_HEIGHTS_M: Final = (-500.0, 9000.0)
# Shares of the streets' nodes. Extracts and rasters of one box differ by the streets that
# cross its edge, a few in a hundred; without more than that slopes would be made up.
_MAX_OUTSIDE: Final = 0.1
_MAX_VOIDS: Final = 0.2
_MAX_PIXELS: Final = 400_000_000
_METRES: Final = {
    "": 1.0, "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0,
    "dm": 0.1, "cm": 0.01,
    "ft": 0.3048, "foot": 0.3048, "feet": 0.3048,
    "us survey foot": 1200 / 3937, "us-ft": 1200 / 3937, "ftus": 1200 / 3937,
}  # fmt: skip


def with_climb(streets: Streets, files: Sequence[str | Path]) -> Streets:
    """Return streets with the ascent and descent of every segment.

    Heights come from the finest of the files that has one at a place, of equal ones the
    first, bilinear between its pixels; those in whole metres without the steps of rounding,
    see `sandbox.sources.steps`. A segment on the ground is sampled every 20 m.
    Bridges, tunnels and ferries don't follow the ground: between their ends, heights run
    evenly along them. So do they across voids, up to a fifth of the streets, and beyond the
    files' edge, up to a tenth, where a street that leads nowhere else stays level; the
    report counts both. Voids that a file doesn't declare are found by their edges, see
    `sandbox.sources.voids`.

    Parameters
    ----------
    streets
        The streets.
    files
        Rasters that GDAL reads (GeoTIFF, HGT), in any system, in metres, or in another
        unit that the file or its vertical system names.

    Raises
    ------
    NetworkError
        A file can't be read as heights, or the files don't cover the streets.
    """
    with ExitStack() as stack:
        rasters = [_Raster(stack, Path(file)) for file in files]
        rasters.sort(key=lambda raster: max(raster.pixel_m(streets.crs)))
        for raster in rasters:
            raster.find_voids(streets.node_xy, streets.crs)
        heights, covered = _sample(rasters, streets.node_xy, streets.crs)
        _check_cover(streets, covered, heights, rasters)
        filled = np.isnan(heights)
        heights = _along_streets(streets, heights)
        ascent, descent = _profile(rasters, streets, heights)
    report: dict[str, Any] = {
        **streets.provenance.report,
        "relief_files": [Path(file).name for file in files],
        "relief_nodes_outside": int((~covered).sum()),
        "relief_share_outside": round(_share_outside(streets, covered), 4),
        "relief_nodes_in_voids": int((filled & covered).sum()),
        "relief_undeclared": {
            raster.name: raster.undeclared for raster in rasters if raster.undeclared
        },
        "relief_rounded_m": {
            raster.name: round(raster.rounded_m, 4) for raster in rasters if raster.rounded_m
        },
        "relief_ascent_km": round(float(ascent.sum()) / 1000.0, 3),
        "relief_descent_km": round(float(descent.sum()) / 1000.0, 3),
    }
    return replace(
        streets,
        climb_m=np.stack([ascent, descent], axis=1).astype(np.float32),
        provenance=replace(streets.provenance, report=report),
    )


class _Raster:
    """An open file of heights."""

    def __init__(self, stack: ExitStack, path: Path) -> None:
        try:
            check_ordinary(path)
            # A picture without a position is refused below: it has no coordinate system.
            with warnings.catch_warnings(action="ignore"):
                self._file: Any = stack.enter_context(rasterio.open(path))
        except (Unreadable, rasterio.errors.RasterioError) as error:
            raise NetworkError(
                "{path} can't be read as an elevation raster: {reason}.",
                "Give a GeoTIFF or HGT file.",
                path=str(path),
                reason=error.reason if isinstance(error, Unreadable) else DAMAGED,
            ) from error
        if self._file.crs is None:
            raise NetworkError(
                "The elevation raster {path} doesn't state its coordinate system.",
                "Give a file with a coordinate system; gdal_edit can add one.",
                path=str(path),
            )
        if self._file.colorinterp[0] in {ColorInterp.red, ColorInterp.palette}:
            raise NetworkError(
                "{path} is a colour image, not elevation data.",
                "Give the elevation model from which it was made.",
                path=str(path),
            )
        unit = (self._file.units[0] or "").strip().casefold()
        if unit not in _METRES:
            raise NetworkError(
                "The heights of {path} are in an unknown unit: “{unit}”.",
                "Give heights in metres or feet.",
                path=str(path),
                unit=unit,
            )
        self._path, self._metres = path, _METRES[unit]
        # Voids that the file doesn't declare, and the column and row where they were looked for.
        self._voids: tuple[npt.NDArray[np.bool_], int, int] | None = None
        # What its heights are rounded to, where that makes steps.
        self.rounded_m = 0.0

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self._path.name

    @property
    def undeclared(self) -> int:
        """Return how many pixels were found to be voids though the file doesn't say so."""
        return 0 if self._voids is None else int(self._voids[0].sum())

    @property
    def bounds_lonlat(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north in WGS 84."""
        west, south, east, north = rasterio.warp.transform_bounds(
            self._file.crs, "EPSG:4326", *self._file.bounds
        )
        return float(west), float(south), float(east), float(north)

    def pixel_m(self, crs: str) -> tuple[float, float]:
        """Return width and height of the pixel in the middle, metres of a metric system."""
        to_ground = self._file.transform
        column = np.array([0.0, 1.0, 0.0]) + self._file.width / 2
        row = np.array([0.0, 0.0, 1.0]) + self._file.height / 2
        x = to_ground.a * column + to_ground.b * row + to_ground.c
        y = to_ground.d * column + to_ground.e * row + to_ground.f
        placed: Any = rasterio.warp.transform(self._file.crs, crs, x.tolist(), y.tolist())
        across, down = np.array(placed[:2])[:, 1:].T - np.array(placed[:2])[:, 0]
        return float(np.hypot(*across)), float(np.hypot(*down))

    def find_voids(self, xy: Doubles, crs: str) -> None:
        """Look for voids that the file doesn't declare, in the box round these places."""
        column, row, inside = self._pixels(xy, crs)
        if not inside.any():
            return
        west, north = int(column.min()), int(row.min())
        width, height = int(column.max()) + 2 - west, int(row.max()) + 2 - north
        width, height = min(width, self._file.width - west), min(height, self._file.height - north)
        raw, metres = self._window(west, north, width, height)
        found = voids.undeclared(raw, metres, self.pixel_m(crs))
        self._voids = None if found is None else (found, west, north)

    def sample(self, xy: Doubles, crs: str) -> tuple[Doubles, npt.NDArray[np.bool_]]:
        """Return heights, NaN in voids and outside; and which places lie inside."""
        column, row, inside = self._pixels(xy, crs)
        heights = np.full(len(xy), np.nan)
        if not inside.any():
            return heights, inside
        file, more = self._file, steps.REACH_PIXELS
        west, north = max(int(column.min()) - more, 0), max(int(row.min()) - more, 0)
        width, height = int(column.max()) + 2 + more - west, int(row.max()) + 2 + more - north
        width, height = min(width, file.width - west), min(height, file.height - north)
        heights[inside] = self._bilinear(column - west, row - north, west, north, width, height)
        return heights, inside

    def _pixels(self, xy: Doubles, crs: str) -> tuple[Doubles, Doubles, npt.NDArray[np.bool_]]:
        """Return columns and rows of the places inside, and which those are."""
        file = self._file
        placed: Any = rasterio.warp.transform(crs, file.crs, xy[:, 0].tolist(), xy[:, 1].tolist())
        to_pixel = ~file.transform
        x, y = np.array(placed[0]), np.array(placed[1])
        column = to_pixel.a * x + to_pixel.b * y + to_pixel.c
        row = to_pixel.d * x + to_pixel.e * y + to_pixel.f
        inside = (column >= 0) & (column <= file.width) & (row >= 0) & (row <= file.height)
        # Values stand at the middles of pixels.
        return (
            np.clip(column[inside] - 0.5, 0, file.width - 1),
            np.clip(row[inside] - 0.5, 0, file.height - 1),
            inside,
        )

    def _bilinear(  # noqa: PLR0917
        self, column: Doubles, row: Doubles, west: int, north: int, width: int, height: int
    ) -> Doubles:
        """Return heights at fractional pixels of a window; what is void there has no weight."""
        raw, values = self._window(west, north, width, height)
        low, high = _HEIGHTS_M
        step_m = steps.step_m(raw, abs(float(self._file.scales[0])) * self._metres)
        if step_m:
            self.rounded_m = step_m
            values = np.where((values >= low) & (values <= high), values, np.float32(np.nan))
            values = steps.without_steps(values, step_m)
        c0, r0 = np.floor(column).astype(int), np.floor(row).astype(int)
        total, weight = np.zeros(len(column)), np.zeros(len(column))
        for down in (0, 1):
            for right in (0, 1):
                c, r = np.minimum(c0 + right, width - 1), np.minimum(r0 + down, height - 1)
                share = np.abs(1 - right - (column - c0)) * np.abs(1 - down - (row - r0))
                value = values[r, c].astype(np.float64)
                known = (value >= low) & (value <= high)
                total += np.where(known, share * np.where(known, value, 0.0), 0.0)
                weight += np.where(known, share, 0.0)
        return np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), np.nan)

    def _window(
        self, west: int, north: int, width: int, height: int
    ) -> tuple[npt.NDArray[Any], npt.NDArray[np.float32]]:
        """Return the figures of a window and the heights they stand for, NaN in voids."""
        if width * height > _MAX_PIXELS:
            raise NetworkError(
                "The elevation raster {path} is too fine for the streets: {pixels} pixels.",
                "Cut it into tiles or reduce its resolution.",
                path=str(self._path),
                pixels=f"{width * height:,}",
            )
        window = ((north, north + height), (west, west + width))
        try:
            read = self._file.read(1, window=window, masked=True)
        except rasterio.errors.RasterioError as error:
            raise NetworkError(
                "The elevation raster {path} is damaged.",
                "Download or copy it again.",
                path=str(self._path),
            ) from error
        told = np.ma.filled(read.astype(np.float32), np.nan)
        heights = told * np.float32(self._file.scales[0]) + np.float32(self._file.offsets[0])
        metres = heights * np.float32(self._metres)
        if self._voids is not None:
            found, left, top = self._voids
            # Of the window, what was looked through.
            rows, columns = np.arange(height) + north - top, np.arange(width) + west - left
            known = np.ix_(
                (rows >= 0) & (rows < found.shape[0]), (columns >= 0) & (columns < found.shape[1])
            )
            there = np.ix_(rows[known[0].ravel()], columns[known[1].ravel()])
            metres[known] = np.where(found[there], np.nan, metres[known])
        return np.ma.getdata(read), metres


def _sample(
    rasters: Sequence[_Raster], xy: Doubles, crs: str
) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    heights, covered = np.full(len(xy), np.nan), np.zeros(len(xy), dtype=np.bool_)
    for raster in rasters:
        missing = np.flatnonzero(np.isnan(heights))
        if len(missing):
            heights[missing], inside = raster.sample(xy[missing], crs)
            covered[missing] |= inside
    return heights, covered


def _check_cover(
    streets: Streets,
    covered: npt.NDArray[np.bool_],
    heights: Doubles,
    rasters: Sequence[_Raster],
) -> None:
    outside = float((~covered).mean())
    if outside > _MAX_OUTSIDE:
        west, south, east, north = np.array([raster.bounds_lonlat for raster in rasters]).T
        box = float(west.min()), float(south.min()), float(east.max()), float(north.max())
        raise NetworkError(
            "The elevation files cover only {share} of the streets, which is not enough.",
            "Add the tiles of the remaining area, or build only the part that they cover: "
            "--bbox={box}",
            share=f"{1 - outside:.0%}",
            box=",".join(f"{value:.4f}" for value in box),
        )
    empty = float(np.isnan(heights[covered]).mean())
    if empty > _MAX_VOIDS:
        raise NetworkError(
            "The elevation files have voids at {share} of the streets.",
            "Give files whose voids are filled.",
            share=f"{empty:.0%}",
        )


def _share_outside(streets: Streets, covered: npt.NDArray[np.bool_]) -> float:
    """Return the share of the streets' length that has an end outside the files."""
    outside = ~covered[streets.segment_nodes].all(axis=1)
    length_m = streets.length_m.astype(np.float64)
    return float(length_m[outside].sum() / max(length_m.sum(), 1e-9))


def _along_streets(streets: Streets, heights: Doubles) -> Doubles:
    """Return heights where those inside bridges, tunnels and voids run evenly between ends.

    Such nodes get the mean of their neighbours, each weighted by its nearness: on a
    chain of segments that is a straight line between its ends.
    """
    ends = streets.segment_nodes
    count = len(heights)
    grounded = np.zeros(count, dtype=np.bool_)
    grounded[ends[streets.structure == Structure.GROUND]] = True
    known = grounded & ~np.isnan(heights)
    hanging = ~known[ends].all(axis=1)
    source, target = ends[hanging, 0], ends[hanging, 1]
    near = 1.0 / np.maximum(streets.length_m[hanging].astype(np.float64), 0.01)
    links = coo_array((near, (source, target)), shape=(count, count))
    _, part = connected_components(links.tocsr(), directed=False)
    # Where nothing is known all around, the raster has to do, else level ground.
    alone = ~np.isin(part, part[known])
    heights = np.where(alone & np.isnan(heights), 0.0, heights)
    known |= alone
    unknown = np.flatnonzero(~known)
    if not len(unknown):
        return heights
    symmetric = (links + links.T).tocsr()
    rows = symmetric[unknown]
    degree = np.asarray(rows.sum(axis=1)).ravel()
    inner = rows[:, unknown]
    diagonal = coo_array(
        (degree, (np.arange(len(unknown)), np.arange(len(unknown)))), shape=inner.shape
    )
    right = rows @ np.where(known, heights, 0.0)
    solved = np.array(heights)
    found: Any = spsolve((diagonal - inner).tocsc(), right)
    solved[unknown] = found
    return solved


def _profile(
    rasters: Sequence[_Raster], streets: Streets, heights: Doubles
) -> tuple[Doubles, Doubles]:
    """Return the ascent and the descent of each segment from its from-node, metres."""
    ends, count = streets.segment_nodes, len(streets.segment_nodes)
    ground = streets.structure == Structure.GROUND
    pieces = np.where(ground, np.ceil(streets.length_m / _PROFILE_STEP_M), 1).astype(np.int64)
    pieces = np.maximum(pieces, 1)
    segment = np.repeat(np.arange(count), pieces + 1)
    first = np.concatenate([[0], np.cumsum(pieces + 1)[:-1]])
    share = (np.arange(len(segment)) - first[segment]) / pieces[segment]
    from_m, to_m = heights[ends[segment, 0]], heights[ends[segment, 1]]
    profile = from_m + share * (to_m - from_m)
    inner = np.flatnonzero((share > 0) & (share < 1))
    if len(inner):
        start = streets.node_xy[ends[segment[inner], 0]]
        along = streets.node_xy[ends[segment[inner], 1]] - start
        sampled, _ = _sample(rasters, start + share[inner, None] * along, streets.crs)
        profile[inner] = np.where(np.isnan(sampled), profile[inner], sampled)
    rise = np.diff(profile)
    rise[segment[1:] != segment[:-1]] = 0.0
    ascent: Doubles = np.bincount(segment[1:], np.maximum(rise, 0.0), count).astype(np.float64)
    descent: Doubles = np.bincount(segment[1:], np.maximum(-rise, 0.0), count).astype(np.float64)
    return ascent, descent
