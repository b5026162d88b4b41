"""Rows that couldn't be used, with cells that a user has corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import shapely

from sandbox.formats.features import Read, no_shapes
from sandbox.formats.positions import placed
from sandbox.words import Text

WKT: Final = "wkt"


def mended(read: Read, cells: Mapping[tuple[int, str], str], position: Sequence[str] = ()) -> Read:
    """Return a layer that was read, with other cells.

    Where its shapes were made of columns they are made anew; else a cell of the column `wkt`
    gives a row another shape.

    Parameters
    ----------
    read
        The layer as it stands in its file.
    cells
        What stands in cells now, by the row's place and the column.
    position
        Columns that the user names for its positions.
    """
    table: Any = read.table.copy()
    faults = dict(read.faults)
    shapes = read.shapes.copy()
    for (row, column), text in cells.items():
        if column == WKT and not read.sources:
            faults.pop(row, None)
            try:
                shapes[row] = shapely.force_2d(shapely.from_wkt(text)) if text.strip() else None
            except (shapely.errors.GEOSException, ValueError):
                shapes[row] = None
                faults[row] = Text(
                    "{column}: “{value}” is not a position", {"column": WKT, "value": text[:60]}
                )
            continue
        if table[column].dtype != object:
            table[column] = table[column].astype(object)
        table.iloc[row, table.columns.get_loc(column)] = text.strip() or None
    if not read.sources:
        return replace(read, table=table, shapes=shapes, faults=faults)
    bare = replace(read, table=table, shapes=no_shapes(len(table)), faults={}, sources=())
    made = placed(bare, position)
    if not made.sources:
        # Cells made the columns unrecognisable; they are the same columns all the same.
        made = placed(bare, read.sources)
    return replace(made, crs=read.crs, by_convention=read.by_convention)
