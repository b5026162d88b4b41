"""Tables of a database: listed, and the options by which one is read."""

from typing import TYPE_CHECKING

import click

from sandbox.cli import words
from sandbox.cli.parts import options, output
from sandbox.errors import LayerError

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.formats.postgis.address import Bounds


TABLE = click.option("--table", metavar="SCHEMA.NAME", help="Of a database: the table or view.")
BBOX = click.option(
    "--bbox",
    type=options.Box(),
    metavar="W,S,E,N",
    help="Of a database: only features within this extent, in degrees.",
)
LIMIT = click.option(
    "--limit",
    type=click.IntRange(1, 999_999_999),
    metavar="ROWS",
    help="Of a database: the most rows to read.",
)


def restricted(
    paths: "tuple[Path, ...]", table: str | None, bbox: "Bounds | None", limit: int | None
) -> "tuple[Path, ...]":
    """Return paths; in addresses of databases with the table, extent and limit that are given.

    Raises
    ------
    LayerError
        Table, extent or limit are given, but no address is.
    """
    from dataclasses import replace

    from sandbox import files
    from sandbox.catalog.importing.importing import unreadable
    from sandbox.formats.postgis import address as addresses

    asked = table is not None or bbox is not None or limit is not None
    if asked and not any(map(addresses.is_address, paths)):
        raise LayerError(
            "A table, extent or limit is given, but no database.",
            "Give its address: postgresql://USER@HOST/DATABASE",
        )
    made: list[Path] = []
    for path in paths:
        if not addresses.is_address(path):
            made.append(path)
            continue
        try:
            one = addresses.restricted(addresses.address_of(path), bbox, limit)
        except files.Unreadable as error:
            raise unreadable(path, error) from error
        made.append((one if table is None else replace(one, table=table)).path)
    return tuple(made)


@click.command()
@click.argument("address", metavar="postgresql://USER@HOST/DATABASE")
@options.JSON
def tables(address: str, as_json: bool) -> None:
    """List the tables and views of a PostGIS database that have geometry.

    The password comes from PGPASSWORD, ~/.pgpass or the keyring, or from a prompt.
    """
    from pathlib import Path

    from sandbox import files
    from sandbox.catalog.importing.importing import unreadable
    from sandbox.formats.postgis import reading
    from sandbox.formats.postgis.address import address_of

    try:
        found = reading.tables(address_of(address))
    except files.Unreadable as error:
        raise unreadable(Path(address), error) from error
    if as_json:
        facts = [
            {"table": one.title, "geometry": one.kind.lower(), "srid": one.srid or None}
            for one in found
        ]
        click.echo(output.as_json({"tables": facts}))
        return
    say = words()
    rows = [(say("table"), say("geometry"), "SRID")]
    rows += [(one.title, one.kind.lower(), str(one.srid or "–")) for one in found]
    click.echo("\n".join(output.columns(rows)))
