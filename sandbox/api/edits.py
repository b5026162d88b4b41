"""Edits of streets as Python gives them: a file, a table, single edits."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from sandbox.api.answers import keywords
from sandbox.edits import street_edits_file as files
from sandbox.edits.street_edits import StreetEdit, StreetEdits, faults_of
from sandbox.errors import NetworkError, missing_files
from sandbox.geo import crs as geo
from sandbox.words import Text

EditsLike = StreetEdits | StreetEdit | Sequence[StreetEdit] | gpd.GeoDataFrame | str | Path


@keywords
def street_edits(given: EditsLike) -> StreetEdits:
    """Return edits of streets: closed, avoided, slowed or added.

    Parameters
    ----------
    given
        A GeoDataFrame in any coordinate system with a column `kind` (``closed``, ``avoid``,
        ``slow``, ``footbridge``, ``path``) and perhaps `name`, `modes` (words with commas),
        `time_factor` and `on`; a GeoJSON file as the map saves it; or edits.

    Returns
    -------
    StreetEdits
        For `Network.edited` and `compare`.

    Raises
    ------
    sandbox.errors.NetworkError
        With all faults at once; a file that isn't there is a `FileNotFoundError` too.

    Examples
    --------
    >>> import geopandas, shapely
    >>> works = geopandas.GeoDataFrame(
    ...     {"kind": ["avoid"], "name": ["Road works"]},
    ...     geometry=[shapely.box(106.300, 29.608, 106.304, 29.612)],
    ...     crs=4326,
    ... )
    >>> street_edits(works).edits[0].name
    'Road works'
    """
    if isinstance(given, StreetEdits):
        return given
    if isinstance(given, StreetEdit):
        return StreetEdits((given,))
    if isinstance(given, str | Path):
        with missing_files():
            return files.read(given)
    if isinstance(given, gpd.GeoDataFrame):
        return _of_table(given)
    if isinstance(given, Sequence) and all(isinstance(one, StreetEdit) for one in given):  # pyright: ignore[reportUnnecessaryIsInstance]
        return StreetEdits(tuple(given))
    raise NetworkError(
        "{value} can't be read as street edits.",
        "Give a GeoDataFrame with a column kind, a GeoJSON file, or StreetEdit values.",
        value=" ".join(repr(given)[:80].split()),
    )


def _of_table(table: gpd.GeoDataFrame) -> StreetEdits:
    if "kind" not in table.columns or table.crs is None:
        raise NetworkError(
            "The table of street edits lacks its column kind or its coordinate system.",
            "Give both: kind is closed, avoid, slow, footbridge or path.",
        )
    rows = table.to_crs(geo.WGS84)
    edits: list[StreetEdit] = []
    faults: list[Text] = []
    told: list[dict[str, Any]] = [
        {str(name): value for name, value in row.items()}
        for row in rows.drop(columns=str(rows.geometry.name)).to_dict("records")
    ]
    for number, (row, shape) in enumerate(zip(told, rows.geometry, strict=True), 1):
        edit = _edit(row, shape)
        name = edit.name or f"#{number}"
        faults += [Text("{name}: {why}", {"name": name, "why": why}) for why in faults_of(edit)]
        edits.append(edit)
    if faults:
        raise NetworkError(
            "The street edits can't be applied",
            "Correct these edits, or switch them off.",
            faults=faults,
        )
    return StreetEdits(tuple(edits))


def _edit(row: dict[str, Any], shape: Any) -> StreetEdit:
    def said(name: str, otherwise: Any) -> Any:
        value = row.get(name)
        return otherwise if value is None or value != value else value  # noqa: PLR0124 - NaN

    modes = said("modes", ())
    if isinstance(modes, str):
        modes = [one.strip() for one in modes.split(",") if one.strip()]
    factor: Any = said("time_factor", 1.0)
    try:
        factor = float(factor)
    except (TypeError, ValueError):
        factor = float("nan")
    return StreetEdit(
        said("kind", ""),
        shapely.Point() if shape is None else shapely.force_2d(shape),
        str(said("name", "")),
        tuple(modes),
        factor,
        bool(said("on", True)),
    )
