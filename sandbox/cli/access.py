"""Measures of access, on the command line."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import chunks, city, homes, on_map, options, output, paged, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import AnalysisError
from sandbox.export.files import ending_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from sandbox.analysis.access.decay import Decay
    from sandbox.analysis.access.measures import Access
    from sandbox.app.answers.access import AccessAnswer, AccessQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.streets.travel import Travel

_MEASURES: Final = (
    "cumulative",
    "nearest",
    "gravity",
    "2sfca",
    "e2sfca",
    "dual",
    "completeness",
)
_DECAYS: Final = ("step", "linear", "logistic", "exponential", "gaussian")
_TABLES: Final = (".csv", ".parquet", ".geojson")


@click.command(cls=topics.ByTopic)
@click.option(
    "--measure",
    "measures",
    type=click.Choice(_MEASURES),
    required=True,
    multiple=True,
    help="What is measured; may be repeated.",
)
@homes.given
@click.option(
    "--places",
    "places_said",
    metavar=SOURCE,
    required=True,
    multiple=True,
    help="Places that count as opportunities; may be repeated.",
)
@options.KIND
@click.option("--supply", metavar="COLUMN", help="Column of what each place offers.  [default: 1]")
@click.option(
    "--minutes",
    type=options.MINUTES,
    default="15",
    show_default=True,
    help="Cutoffs in minutes, with commas between.",
)
@click.option(
    "--decay",
    "decays",
    type=click.Choice(_DECAYS),
    multiple=True,
    help="How opportunities count by time, for gravity and 2sfca; may be repeated.",
)
@click.option(
    "--half-min",
    type=float,
    help="Minutes at which a decay has fallen to one half.  [default: half the cutoff]",
)
@click.option("--spread-min", type=float, help="Spread of the logistic decay, in minutes.")
@click.option(
    "--ranks",
    "counts",
    type=options.RANKS,
    default="1",
    show_default=True,
    help="For nearest and dual: how many of the nearest, with commas between.",
)
@click.option("--group", metavar="COLUMN", help="Column of groups of homes, to compare shares.")
@click.option("--cells", metavar="h3:9|square:250", help="Gather homes by cell.")
@homes.AREA
@options.NETWORK
@options.EDITS
@travels.options(*travels.STREETS, *travels.RIDE)
@travels.SCENARIOS
@click.option(
    "-o",
    "--output",
    "files",
    metavar="OUT.gpkg|.geojson|.csv|.parquet|.xlsx|.html|.pdf",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Output file; may be repeated.",
)
@chunks.INTO
@chunks.CHUNK
@chunks.WORKERS
@chunks.CLUSTER
@options.JSON
def access(
    *,
    measures: tuple[Any, ...],
    lived: homes.Homes,
    places_said: tuple[str, ...],
    kind: tuple[str, ...],
    supply: str | None,
    minutes: tuple[float, ...],
    decays: tuple[Any, ...],
    half_min: float | None,
    spread_min: float | None,
    counts: tuple[int, ...],
    group: str | None,
    cells: str | None,
    area: str | None,
    network_file: Path | None,
    edits_file: Path | None,
    travel: "Travel",
    scenarios: tuple[str, ...],
    files: tuple[Path, ...],
    into: Path | None,
    chunk: int | None,
    workers: int | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Measure access: opportunities in reach, floating catchments, and how evenly it is shared."""
    from sandbox.analysis.access.cells import by_cell, cells_over, cells_said
    from sandbox.analysis.access.equity import equity
    from sandbox.analysis.access.given import places_of
    from sandbox.analysis.access.measures import AccessQuestion
    from sandbox.analysis.access.scenarios import access_in as run
    from sandbox.analysis.access.sweep import Moving
    from sandbox.export.sheets.access import access_report
    from sandbox.export.sheets.files import ENDINGS

    chunks.check(into, chunk, workers, cluster, bool(files or cells))
    _check_one(into, scenarios)
    city.check_files(files, *ENDINGS, *_TABLES)
    running = travels.supplies(travel.mode, scenarios)
    meant = cells_said(cells) if cells else None
    network = options.opened(network_file, edits_file)
    if meant is not None and not lived.said and area:
        homes_read = cells_over(homes.areas_said(area), meant, network.crs)
    else:
        homes.check_homes(lived.said)
        homes_read = lived.read()
    if group:
        homes_read = _grouped(homes_read, group)
    measured = lived.counted(homes_read, network.crs)
    read = read_places(places_said, kind, more=[supply] if supply else []).table
    places = places_of(read, supply)
    moving = Moving(max(minutes, default=15.0), travel, next(iter(running.values())))
    question = AccessQuestion(
        measures, minutes, moving, _decays(decays, minutes, half_min, spread_min), counts
    )
    if into is not None:
        from sandbox.export.chunks.tasks import AccessTask

        task = AccessTask(chunks.streets(network_file, edits_file), places, question)
        chunks.told(
            chunks.run(into, task, measured, chunk=chunk, workers=workers, cluster=cluster),
            task,
            as_json,
            {},
        )
        return
    found = run(network, measured, places, question, running)
    columns = [one.name for one in found.columns]
    groups = measured["group"].to_numpy() if group else None
    shares = equity(found.homes, columns, groups)
    table = found.homes
    if meant is not None:
        table = by_cell(table, columns, meant, network.crs)
    schematic = homes.any_schematic(homes_read, read) or network.streets.provenance.schematic
    report = access_report(network, found, table, shares, words(), schematic=schematic)
    page = partial(paged.write_answer_page, network_file=network_file, edits_file=edits_file)
    for file in files:
        if file.suffix.lower() in paged.PAGES:
            page(file, *_answers(table, found, network.crs, supply, schematic=schematic))
        else:
            _write(file, report, table, found, network)
    if as_json:
        facts: dict[str, Any] = {
            "network": output.network_facts(network),
            "mode": travel.mode,
            "minutes": list(minutes),
            "scenarios": list(scenarios),
            "schematic": schematic,
            "columns": [
                {
                    "name": one.name,
                    "measure": one.measure,
                    "layer": one.layer,
                    "scenario": one.scenario or None,
                    "unit": one.unit,
                    "formula": one.formula,
                    "source": one.source,
                }
                for one in found.columns
            ],
            "equity": output.records(shares),
            "rows": output.records(table.drop(columns=["geometry", "gates"], errors="ignore")),
            "people_left": found.people_left,
            "supply_left": found.supply_left,
            "without_street": list(found.without_street),
            "notes": output.noted(found.notes),
            "outputs": [str(one) for one in files],
        }
        click.echo(output.as_json(facts))
        return
    rows = output.sheet_lines(report.sheets[0], 40)
    click.echo("\n".join(output.report_lines(report, rows, files)))


def _check_one(into: Path | None, scenarios: tuple[str, ...]) -> None:
    """Refuse several scenarios in one folder of chunks."""
    if into is not None and len(scenarios) > 1:
        raise AnalysisError(
            "--into is for one scenario.", "Give each scenario a folder of its own."
        )


def _grouped(homes_read: "gpd.GeoDataFrame", group: str) -> "gpd.GeoDataFrame":
    """Return homes with the column of their groups."""
    from sandbox.analysis.places.own import missing_column
    from sandbox.words import Text

    if group not in homes_read.columns:
        raise missing_column(group, homes_read, Text("The homes have no column {column}."))
    grouped: Any = homes_read.assign(group=homes_read[group])
    return grouped


def _decays(
    shapes: tuple[Any, ...],
    minutes: tuple[float, ...],
    half_min: float | None,
    spread_min: float | None,
) -> "tuple[Decay, ...]":
    from sandbox.analysis.access.decay import Decay

    cutoff = max(minutes, default=15.0)
    return tuple(Decay(one, cutoff, half_min, spread_min) for one in shapes)


def _answers(
    table: "gpd.GeoDataFrame",
    found: "Access",
    crs: str,
    supply: str | None,
    *,
    schematic: bool,
) -> "list[AccessAnswer]":
    """Return each measure as a map shows it."""
    from sandbox.app.answers.access import AccessQuestion, as_answer

    moving = found.question.moving
    return [
        as_answer(
            table,
            column,
            AccessQuestion(
                "", measure=column.measure, minutes=moving.minutes, travel=moving.travel
            ),
            crs,
            schematic=schematic,
            supply=supply or "",
            notes=found.notes,
        )
        for column in found.columns
    ]


def _write(file: Path, report: Any, table: Any, found: Any, network: Any) -> None:
    from sandbox.export.sheets.files import write_report
    from sandbox.export.sheets.pictures import shaded_access
    from sandbox.export.tables import write_csv, write_parquet

    ending, plain = ending_of(file), table.drop(columns=["gates"], errors="ignore")
    if ending == ".geojson":
        output.write_areas(plain, file)
    elif ending in (".csv", ".parquet"):
        write = write_csv if ending == ".csv" else write_parquet
        write(file, plain.drop(columns="geometry"))
    else:
        shaded = shaded_access(network, table, found.columns[0].name, words())
        write_report(file, report, lambda: {"access": plain}, network, shaded, city.approval())


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: "Mapping[str, Any]"
) -> "AccessQuestion | None":
    from sandbox.app.answers import access as asking
    from sandbox.app.answers.homes import home_layers
    from sandbox.catalog.names import kinds_named, place_layer_named

    if values["measures"] is None:
        return None
    if not values["measures_to"]:
        raise AnalysisError("--measures needs places.", "Give --measures-to LAYER too.")
    held = {one.id: one for one in home_layers(layers)}
    there = place_layer_named(layers, values["measures_to"])
    return asking.AccessQuestion(
        place_layer_named(held, values["measures"]).id,
        values["measures_people"] or "",
        there.id,
        kinds_named(there, values["measures_kind"]),
        values["measures_by"],
        values["measures_minutes"],
        travel=common.travel,
        scenario=common.scenario,
    )


_MAP: Final = {
    "measures": ("LAYER|FILE", "Also show how much access these homes have."),
    "measures_people": ("COLUMN", "With --measures: column of people, or of floor area in m²."),
    "measures_to": ("LAYER|FILE", "With --measures: places to reach."),
    "measures_kind": ("KIND", "With --measures-to: only this kind; may be repeated."),
    "measures_by": ("MEASURE", "With --measures: cumulative, nearest, gravity, 2sfca …"),
    "measures_minutes": ("MINUTES", "With --measures: longest time."),
}
_MORE: Final[dict[str, dict[str, Any]]] = {
    "measures_kind": {"multiple": True},
    "measures_by": {"default": "cumulative", "show_default": True},
    "measures_minutes": {"type": float, "default": 15.0, "show_default": True},
}
OPTIONS: Final = on_map.Options(
    {
        name: click.option(
            "--" + name.replace("_", "-"), metavar=metavar, help=text, **_MORE.get(name, {})
        )
        for name, (metavar, text) in _MAP.items()
    },
    _question,
    ("measures", "measures_to"),
)
