"""What a file of another program holds, as it stands there: rows, shapes, and what it states."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox import files
from sandbox.words import Text

Shapes = npt.NDArray[np.object_]
Bounds = tuple[float, float, float, float]

MAX_ROWS: Final = 5_000_000
MAX_POINTS: Final = 50_000_000
# A GeoPackage, which is a database, holds 2,000.
MAX_COLUMNS: Final = 1000
MAX_BYTES: Final = 2 << 30
# Texts take many times their size in memory while they are read.
MAX_TEXT_BYTES: Final = 256 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One layer of a file, as it stands there.

    Attributes
    ----------
    path
        The file that was given.
    name
        What the layer is called.
    format
        What the file is, as people call it.
    table
        Its columns, without the shapes; names are unique texts.
    shapes
        A shape a row in the file's own coordinates, two-dimensional; None where there is none.
    crs
        The coordinate system, where the file states one: an EPSG code or well-known text.
    by_convention
        Whether it is stated by the format alone (GeoJSON, KML) or a column's name, rather than
        by who made the file.
    rows
        Number of each row as people count them in the file, from 1.
    faults
        What can't be understood of a row, by its place in the table.
    notes
        What had to be found out to read it.
    encoding
        Of its texts, where it had to be found out; else empty.
    sources
        Columns that the shapes were made of.
    origin
        What is kept of where it comes from, where that is no file.
    """

    path: Path
    name: str
    format: str
    table: pd.DataFrame
    shapes: Shapes
    crs: str | None = None
    by_convention: bool = False
    rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    faults: dict[int, Text] = field(default_factory=dict[int, Text])
    notes: tuple[Text, ...] = ()
    encoding: str = ""
    sources: tuple[str, ...] = ()
    origin: str = ""

    @property
    def columns(self) -> list[str]:
        """Return the names of its columns."""
        return [str(name) for name in self.table.columns]

    @property
    def has_shapes(self) -> bool:
        """Return whether any row has a shape."""
        return bool((~(shapely.is_missing(self.shapes) | shapely.is_empty(self.shapes))).any())

    def noting(self, *notes: Text) -> "Read":
        """Return it with more notes."""
        return replace(self, notes=(*self.notes, *notes))


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture or grid that lies on the map.

    Attributes
    ----------
    path
        The file.
    kind
        ``"elevation"``, ``"picture"``, or ``"grid"`` of other figures.
    size
        Columns and rows.
    bands
        How many bands it has.
    bounds
        West, south, east, north in its own coordinates.
    crs
        What it states; None where nothing.
    affine
        ``a, b, c, d, e, f`` of ``x = a·column + b·row + c`` and ``y = d·column + e·row + f``.
    """

    path: Path
    kind: Literal["elevation", "picture", "grid"]
    size: tuple[int, int]
    bands: int
    bounds: Bounds
    crs: str | None
    affine: tuple[float, float, float, float, float, float]


def no_shapes(count: int) -> Shapes:
    """Return a column of as many shapes that aren't there."""
    return np.full(count, None, dtype=object)


def unique_names(names: list[Any]) -> list[str]:
    """Return names of columns as texts, each once: the second of a name has a number."""
    found: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(names, 1):
        said = " ".join(str(name).split()) if name is not None else ""
        said = said or f"column_{number}"
        one, more = said, 2
        while one.lower() in taken:
            one, more = f"{said}_{more}", more + 1
        taken.add(one.lower())
        found.append(one)
    return found


def check_columns(count: int) -> None:
    """Refuse a table of more columns than a layer holds.

    Raises
    ------
    files.Unreadable
        It has more.
    """
    if count > MAX_COLUMNS:
        values = {"count": f"{count:,}", "limit": f"{MAX_COLUMNS:,}"}
        raise files.Unreadable(Text("it has {count} columns, more than {limit}", values))


def check_rows(count: int) -> None:
    """Refuse a table of more rows than are read; raises as `check_columns`."""
    if count > MAX_ROWS:
        values = {"count": f"{count:,}", "limit": f"{MAX_ROWS:,}"}
        raise files.Unreadable(Text("it has {count} rows, more than {limit}", values))
