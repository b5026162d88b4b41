"""Layers: list what is there, import others' files, check a folder of one's own."""

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.data import database
from sandbox.cli.data.base_maps import allow_base_maps, base_map, base_maps
from sandbox.cli.data.imports import import_
from sandbox.cli.parts import city, options
from sandbox.errors import LayerError

if TYPE_CHECKING:
    from sandbox.catalog.layer import Layer


@click.group()
def layers() -> None:
    """Map layers: list them, import files of other programs, or check a folder of your own."""


for _one in (import_, database.tables, base_maps, base_map, allow_base_maps):
    layers.add_command(_one)


@layers.command("list")
@city.project
@options.JSON
def list_(as_json: bool) -> None:
    """List the layers in drawing order, lowest first."""
    found = city.layers()
    if as_json:
        said = [_as_json(layer) for layer in found.values()]
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    said = words()
    heading = (said("layer"), said("title"), said("geometry"), said("features"), said("licence"))
    rows = [
        (
            layer.id,
            layer.title.said(said.language),
            layer.geometry,
            "" if (count := _count(layer)) is None else str(count),
            layer.licence,
        )
        for layer in found.values()
    ]
    click.echo("\n".join(_table([heading, *rows])))


@layers.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, path: Path | None) -> None:
    """Check a layer folder, or all folders below PATH; without PATH, the shipped layers.

    Each fault is one line; if there are any, the exit status is 1.
    """
    from sandbox import paths
    from sandbox.catalog import folder

    root = paths.layers() if path is None else path
    found = folder.folders(root)
    if not found:
        raise LayerError(
            "There is no layer in {path}.",
            "Give a folder that contains a layer.toml, or a folder of such folders.",
            path=root,
        )
    said = words()
    lines = [
        f"{one.resolve().name}: {fault.said(said)}" for one in found for fault in folder.check(one)
    ]
    if not lines:
        click.echo(said("Layers checked: {count}, no faults.", count=len(found)))
        return
    again = LayerError("", "Correct it, then run: sandbox layers check {file}", file=root)
    click.echo("\n".join([*lines, again.next_step(said)]))
    ctx.exit(1)


def _as_json(layer: "Layer") -> dict[str, Any]:
    return {
        "id": layer.id,
        "title": {"zh": layer.title.zh, "en": layer.title.en},
        "group": layer.group,
        "geometry": layer.geometry,
        "features": _count(layer),
        "columns": [
            {"name": column.name, "type": column.type, "unit": column.unit}
            for column in layer.columns
        ],
        "shown": layer.shown,
        "schematic": layer.schematic,
        "licence": layer.licence,
        "provenance": {"zh": layer.provenance.zh, "en": layer.provenance.en},
    }


def _count(layer: "Layer") -> int | None:
    if layer.features is not None:
        return len(layer.features)
    return None if layer.table is None else len(layer.table)


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows as lines with aligned columns; a Chinese character is two cells wide."""
    widths = [max(_cells(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
