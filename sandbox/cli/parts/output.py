"""What commands print and write: tables, JSON, files of areas."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

import click

from sandbox.cli import words
from sandbox.errors import SandboxError, shown

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from sandbox.engine.network import Network
    from sandbox.export.sheets.sheet import Report, Sheet
    from sandbox.words import Text

AREAS: Final = (".geojson", ".json", ".gpkg")


def write_areas(table: "gpd.GeoDataFrame", path: Path) -> None:
    """Write areas as GeoJSON (RFC 7946) or GeoPackage, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    from sandbox.export import tables

    tables.write_areas(path, table)


def network_facts(network: "Network") -> dict[str, Any]:
    """Return what every result says about its network, as JSON has it."""
    told = network.streets.provenance
    return {
        "title": told.title,
        "date": told.date,
        "source": told.source,
        "licence": told.licence,
        "schematic": told.schematic,
        **edits_facts(network),
    }


def edits_facts(network: "Network") -> dict[str, int]:
    """Return what a result on edited streets must say more than others."""
    return {"street_edits": network.edited} if network.edited else {}


def edits_line(network: "Network") -> list[str]:
    """Return the line of results on edited streets; none without edits."""
    return [words()("Street edits: {count}", count=network.edited)] if network.edited else []


def heading(network: "Network", speed_kmh: float, reach_m: float) -> list[str]:
    """Return the lines above a table: which network, how fast one walks, how far from a street."""
    walking = words()(
        "Walking at {speed} km/h; land within {reach} m of a street",
        speed=f"{speed_kmh:g}",
        reach=f"{reach_m:g}",
    )
    return heading_saying(network, walking)


def heading_saying(network: "Network", *moving: str) -> list[str]:
    """Return the lines above a table: which network, and how one moves."""
    from sandbox.streets.facts import network_name

    say, told = words(), network.streets.provenance
    title = network_name(told.title, schematic=told.schematic).said(say)
    return [
        say("Network: {title}, {date}", title=title, date=told.date or say("date unknown")),
        *edits_line(network),
        *moving,
        "",
    ]


def noted(notes: "Iterable[Text]") -> list[str]:
    """Say on stderr what must be known beside a result's figures; return it, as JSON has it."""
    said = [note.said(words()) for note in notes]
    for one in said:
        click.echo(f"! {one}", err=True)
    return said


def faulty(name: object, error: SandboxError) -> list[str]:
    """Return what is wrong with a file that was checked, a line a fault, and what to do next."""
    say = words()
    faults = [f"{name}: {fault.said(say)}" for fault in error.faults or (error.message,)]
    return [*faults, *filter(None, [error.next_step(say)])]


def written(path: Path | None) -> list[str]:
    """Return the line that names the file written, if one was."""
    return [words()("Saved to {path}.", path=shown(path))] if path else []


def as_json(facts: dict[str, Any]) -> str:
    """Return facts as JSON that people can read too."""
    return json.dumps(facts, ensure_ascii=False, indent=2)


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return a table's rows as JSON has them, by the names of its columns; NaN becomes null."""
    plain = table.astype(object)
    return [
        {str(k): v for k, v in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]


def sheet_lines(sheet: "Sheet", most: int) -> list[str]:
    """Return the first rows of a table as terminals show them, below its title."""
    from sandbox.export.sheets.sheet import text_of, unit_said

    language = words().language
    rows = [[f"{one.title} {unit_said(one.unit, language)}".strip() for one in sheet.fields]]
    for row in sheet.rows.head(most).to_dict("records"):
        rows.append([text_of(row.get(one.key), one.form) for one in sheet.fields])
    return [sheet.title, *columns(rows)]


def report_lines(report: "Report", rows: Sequence[str], files: Iterable[Path]) -> list[str]:
    """Return a report as terminals show it: warnings, facts, some of its rows, files written."""
    said = [report.title, *(f"! {one}" for one in report.warnings)]
    said += columns([[label, text] for label, text in report.facts])
    return [*said, "", *rows, *(line for one in files for line in written(one))]


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows aligned as terminals show them (wide signs count twice)."""
    table = list(rows)
    widths = [max(map(_cells, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    ]


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
