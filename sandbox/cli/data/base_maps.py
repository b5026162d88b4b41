"""Base maps on the command line: which are known, one into a project, and leave to fetch them."""

import json
from pathlib import Path

import click

from sandbox.cli import words
from sandbox.cli.parts import options
from sandbox.words import Text

_LISTED = 40


@click.command("base-maps")
@click.argument("word", required=False, default="")
@options.JSON
def base_maps(word: str, as_json: bool) -> None:
    """List base maps that are known by name, or those whose name contains WORD.

    Tianditu's, and those of xyzservices.
    """
    from sandbox.imagery.known import names

    found = [one for one in names() if word.lower() in one.lower()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    shown = found if word else found[:_LISTED]
    click.echo("\n".join(shown))
    if len(shown) < len(found):
        say = words()
        click.echo(say("and {count} more; give a part of the name", count=len(found) - len(shown)))


@click.command("base-map")
@click.argument("what", metavar="NAME|ADDRESS|FILE")
@click.option(
    "--into",
    metavar="CITY.gpkg",
    required=True,
    type=click.Path(path_type=Path),
    help="The project that gets the base map; it is made if it doesn't exist.",
)
@click.option("--layer", metavar="TITLE", help="Which layer of a WMTS or WMS service.")
@click.option("--key", "enter_key", is_flag=True, help="Enter your key for the service.")
@options.JSON
def base_map(what: str, into: Path, layer: str | None, enter_key: bool, as_json: bool) -> None:
    """Put a base map below the layers of a project, and allow fetching it on this machine.

    A name as Tianditu.Vector or OpenStreetMap.Mapnik, the address of tiles with {x}, {y} and {z},
    the address of a WMTS or WMS service, or an MBTiles or PMTiles file. Keys are kept in your own
    settings, never in the project; SANDBOX_KEY_TIANDITU in the environment comes first.
    """
    from sandbox.app.own.base_maps import agree, base_map_layers, found_for
    from sandbox.errors import LayerError
    from sandbox.projects.adding import add_layers

    say = words()
    key = click.prompt(say("Key"), hide_input=True) if enter_key else ""
    found = found_for(what, key)
    titles = [title.said(say.language) for title, _ in found]
    if layer is not None:
        found = [one for one, title in zip(found, titles, strict=True) if title == layer]
    if len(found) != 1:
        raise LayerError(
            "The service offers {count} layers: {layers}.",
            "Name one with --layer.",
            count=len(titles),
            layers=", ".join(titles[:_LISTED]),
        )
    agree(found[0], key)
    (made,) = base_map_layers(found, ())
    add_layers(into, {made.id: made}, below=True)
    if as_json:
        click.echo(json.dumps({"into": str(into), "layer": made.id, "credit": made.licence},
                              ensure_ascii=False, indent=2))  # fmt: skip
        return
    if made.licence:
        click.echo(say("Shown on the map: {credit}", credit=made.licence))
    click.echo(say("Saved to {path}.", path=into))


@click.command("allow-base-maps")
@click.argument("project", metavar="CITY.gpkg", type=click.Path(path_type=Path))
def allow_base_maps(project: Path) -> None:
    """Allow this machine to fetch the base maps of a project that was made elsewhere."""
    from sandbox.app.own.base_maps import allow_layers, hosts_of
    from sandbox.projects.store import read

    say = words()
    layers = read(project).project.layers
    allow_layers(layers)
    for host in hosts_of(layers):
        click.echo(Text("Allowed: {host}", {"host": host}).said(say))
