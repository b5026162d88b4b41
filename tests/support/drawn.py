"""Files of street lines drawn by hand, and the times on what is built of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from sandbox.analysis.times import times
from sandbox.engine.network import Network
from sandbox.streets.streets import Streets
from sandbox.streets.travel import Travel
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, SOUTH, WEST

Row = tuple[Sequence[Sequence[float]] | None, Mapping[str, Any]]


def table(rows: Sequence[Row], crs: Any = CRS) -> gpd.GeoDataFrame:
    """Return lines of points in metres from the worlds' corner, with their columns."""
    shapes = [
        None if xy is None else shapely.LineString(np.array([WEST, SOUTH]) + np.asarray(xy)[:, :2])
        for xy, _ in rows
    ]
    drawn = gpd.GeoDataFrame([dict(columns) for _, columns in rows], geometry=shapes, crs=CRS)
    return drawn if crs == CRS else drawn.to_crs(crs)


def drawn(path: Path, rows: Sequence[Row], **more: Any) -> Path:
    """Write lines to a file of the kind that its ending says."""
    table(rows, more.pop("crs", CRS)).to_file(path, engine="pyogrio", **more)
    return path


def shapefile(
    path: Path, rows: Sequence[Row], encoding: str = "gbk", crs: Any = "EPSG:4544"
) -> Path:
    """Write lines to a Shapefile whose texts are in an encoding that nothing beside it names."""
    made = table(rows, crs)

    # The driver writes the bytes as they are when told that they are Latin letters.
    def as_bytes(text: Any) -> Any:
        return text.encode(encoding).decode("latin-1") if isinstance(text, str) else text

    for column in list(made.columns[:-1]):
        made[column] = made[column].map(as_bytes)
    made = made.rename(columns={name: as_bytes(name) for name in made.columns[:-1]})
    made.to_file(path, engine="pyogrio", encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink()
    return path


def place(x_m: float, y_m: float) -> shapely.Point:
    """Return the place so many metres east and north of the worlds' corner, WGS 84."""
    at = gpd.GeoSeries([shapely.Point(WEST + x_m, SOUTH + y_m)], crs=CRS).to_crs("EPSG:4326")
    return at.iloc[0]


def minutes(
    streets: Streets,
    pairs: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    mode: str = "walk",
) -> list[float]:
    """Return minutes between places given in metres; those on foot are metres / 60."""
    travel = Travel(mode, walk_kmh=METRE_A_SECOND_KMH)
    network, found = Network(streets), []
    for pair in pairs:
        one, other = (
            gpd.GeoDataFrame({"id": ["a"]}, geometry=[place(*xy)], crs="EPSG:4326") for xy in pair
        )
        found.append(float(times(network, one, other, 240.0, travel).pairs["minutes"][0]))
    return found


def metres(
    streets: Streets, pairs: Sequence[tuple[tuple[float, float], tuple[float, float]]]
) -> list[float]:
    """Return how far one walks between places given in metres; nan where there is no way."""
    return [60.0 * one for one in minutes(streets, pairs)]
