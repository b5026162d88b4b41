"""Base maps in one file with the tiles about one place, each one colour that tells which."""

import math
import sqlite3
from contextlib import closing
from pathlib import Path

import pmtiles.tile
import pmtiles.writer

from tests.support.tile_server import colour_of, png

LON, LAT = 106.3149, 29.5149
LEVELS = range(10, 15)


def number_of(z: int, lon: float = LON, lat: float = LAT) -> tuple[int, int, int]:
    """Return the tile at a place by the formula that OpenStreetMap publishes."""
    up = math.asinh(math.tan(math.radians(lat)))
    return z, int((lon + 180) / 360 * 2**z), int((1 - up / math.pi) / 2 * 2**z)


def mbtiles(path: Path, **said: str) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        database.execute(
            "CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
        )
        told = {"format": "png", "attribution": '<a href="x">&copy; 规划局</a>',
                "bounds": "106.2,29.4,106.4,29.6", **said}  # fmt: skip
        database.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        for z in LEVELS:
            _, x, y = number_of(z)
            database.execute(
                "INSERT INTO tiles VALUES (?, ?, ?, ?)",
                (z, x, 2**z - 1 - y, png(colour_of(z, x, y))),
            )
    return path


def pmtiles_file(path: Path, kind=pmtiles.tile.TileType.PNG) -> Path:
    with path.open("wb") as file:
        writer = pmtiles.writer.Writer(file)
        for z in LEVELS:
            _, x, y = number_of(z)
            writer.write_tile(pmtiles.tile.zxy_to_tileid(z, x, y), png(colour_of(z, x, y)))
        head = {
            "tile_type": kind, "tile_compression": pmtiles.tile.Compression.NONE,
            "min_lon_e7": int(106.2e7), "min_lat_e7": int(29.4e7), "max_lon_e7": int(106.4e7),
            "max_lat_e7": int(29.6e7), "center_zoom": 12, "center_lon_e7": int(LON * 1e7),
            "center_lat_e7": int(LAT * 1e7),
        }  # fmt: skip
        writer.finalize(head, {"attribution": "© 规划局"})
    return path
