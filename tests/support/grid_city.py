"""A city whose travel times can be worked out by hand: a square grid of streets."""

from dataclasses import replace

import numpy as np

from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance

CRS = "EPSG:32648"
BLOCK_M = 100.0
# On the zone's central meridian's side where a map's metre is a ground's to 0.03 %; the
# city sets its lengths to whole metres anyway.
WEST, SOUTH = 560_000.0, 3_265_000.0
# 6 km/h is 100 m a minute: one block takes 60,000 ms.
SPEED_KMH = 6.0


def grid_city(columns=21, rows=21, *, title="Grid city", schematic=False, one_way=(), private=()):
    """Return a network of `columns` by `rows` crossings, 100 m apart, every street open.

    `one_way` names segments as ((column, row), (column, row)) that lead only so, and
    `private` those that serve only who lives there.
    """
    column, row = np.meshgrid(np.arange(columns), np.arange(rows))
    xy = np.stack([WEST + BLOCK_M * column.ravel(), SOUTH + BLOCK_M * row.ravel()], axis=1)
    number = np.arange(columns * rows).reshape(rows, columns)
    pairs = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1),
            np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1),
        ]
    )
    access = np.full(len(pairs), int(Access.WALK))
    for (from_column, from_row), (to_column, to_row) in one_way:
        a, b = number[from_row, from_column], number[to_row, to_column]
        ahead = (pairs == (a, b)).all(axis=1)
        back = (pairs == (b, a)).all(axis=1)
        access[ahead] = int(Access.WALK_FORWARD)
        access[back] = int(Access.WALK_BACKWARD)
    own = np.zeros(len(pairs), dtype=np.uint16)
    for (from_column, from_row), (to_column, to_row) in private:
        ends = sorted((number[from_row, from_column], number[to_row, to_column]))
        own[(pairs == ends).all(axis=1)] = int(Access.WALK)
    streets = assemble(
        CRS,
        geo.to_lonlat(xy, CRS),
        pairs,
        np.full(len(pairs), 3),
        np.zeros(len(pairs)),
        access,
        np.zeros(len(pairs)),
        ["Grid Street"],
        Provenance(title, "hand", "CC0", "2026-01-01", schematic),
        private=own if own.any() else None,
    )
    return Network(replace(streets, length_m=np.full(len(pairs), BLOCK_M, dtype=np.float32)))


def at(column, row):
    """Return WGS 84 of a place in blocks from the south-west crossing."""
    lon, lat = geo.to_lonlat((WEST + BLOCK_M * column, SOUTH + BLOCK_M * row), CRS)
    return float(lon), float(lat)
