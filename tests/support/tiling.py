"""A larger network of a real one: copies side by side, with a few streets between."""

import numpy as np

from sandbox.geo import crs as geo
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Streets, Structure

_GAP_M = 60.0
_LINKS = 12


def tiled(streets: Streets, columns: int, rows: int) -> Streets:
    """Return `columns` by `rows` copies, each joined to its neighbours by `_LINKS` streets."""
    west, south, east, north = streets.bounds
    step = np.array([east - west + _GAP_M, north - south + _GAP_M])
    count, copies = len(streets.node_xy), columns * rows
    # Tiles above and beside one another meet where each comes nearest to its edge.
    sides = [_outermost(streets.node_xy, axis, way) for axis in (0, 1) for way in (1, -1)]
    links = []
    for row in range(rows):
        for column in range(columns):
            here = (row * columns + column) * count
            if column + 1 < columns:
                links.append(np.stack([sides[0] + here, sides[1] + here + count], axis=1))
            if row + 1 < rows:
                links.append(np.stack([sides[2] + here, sides[3] + here + columns * count], axis=1))
    shifts = np.array([(c, r) for r in range(rows) for c in range(columns)]) * step
    xy = (streets.node_xy[None] + shifts[:, None]).reshape(-1, 2)
    inner = streets.segment_nodes[None] + (np.arange(copies) * count)[:, None, None]
    joined = np.concatenate(links) if links else np.empty((0, 2), dtype=int)
    open_to = Access(int(np.bitwise_or.reduce(streets.access)))

    def repeated(values, for_links):
        return np.concatenate([np.tile(values, copies), np.full(len(joined), for_links)])

    return assemble(
        streets.crs,
        geo.to_lonlat(xy, streets.crs),
        np.concatenate([inner.reshape(-1, 2), joined]),
        repeated(streets.street_class, int(StreetClass.STREET)),
        repeated(streets.structure, int(Structure.GROUND)),
        repeated(streets.access, int(open_to & ~Access.BIKE_PUSHED)),
        repeated(streets.name, -1),
        streets.names,
        streets.provenance,
    )


def _outermost(xy, axis, way):
    """Return nodes near one edge, spread along it."""
    near = np.argsort(-way * xy[:, axis])[: _LINKS * 20]
    along = near[np.argsort(xy[near, 1 - axis])]
    return along[:: len(along) // _LINKS][:_LINKS]
