"""Layers as tables of a database, where commands and windows write GeoPackages."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox import files
from sandbox.errors import ExportError
from sandbox.formats.postgis.address import Address, address_of

if TYPE_CHECKING:
    import geopandas as gpd


def check(path: Path) -> Address:
    """Return the address that a path is, with its table.

    Raises
    ------
    ExportError
        It isn't written as it should be, or names no table.
    """
    try:
        found = address_of(path)
    except files.Unreadable as error:
        raise _unwritten(path, error) from error
    if not found.table:
        raise ExportError("{path} names no table.", "Add ?table=NAME to the address.", path=path)
    return found


def write(
    path: Path,
    layers: "Mapping[str, gpd.GeoDataFrame]",
    provenance: Mapping[str, Any] | None = None,
) -> None:
    """Write layers as tables, all of them or none: one by the table's name, several with theirs.

    Parameters
    ----------
    path
        The address of the table.
    layers
        By name.
    provenance
        Where they come from.

    Raises
    ------
    ExportError
        The server can't be reached, refuses or goes away, or such a table is there.
    """
    from sandbox.formats.postgis.writing import write_tables

    address = check(path)
    schema, dot, name = address.table.rpartition(".")
    named = {
        name if len(layers) == 1 else f"{name}_{layer}": table for layer, table in layers.items()
    }
    told = {f"{schema}{dot}{one}": table for one, table in named.items()}
    try:
        write_tables(
            {replace(address, table=one): table for one, table in told.items()},
            provenance or {},
        )
    except files.Unreadable as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: files.Unreadable) -> ExportError:
    hint = error.hint
    return ExportError(
        "{path} can't be written: {reason}.",
        hint.template if hint is not None else "Check the address, then try again.",
        path=path,
        reason=error.reason,
        **(hint.values if hint is not None else {}),
    )
