"""Travel times between places, on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import chunks, options, output, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import AnalysisError
from sandbox.export.files import check_file, ending_of

if TYPE_CHECKING:
    import pandas as pd

    from sandbox.streets.travel import Travel

_ROWS_SAID: Final = 40
# As many as fit into some hundred megabytes of text.
_MOST_PRINTED: Final = 1_000_000


@click.command(cls=topics.ByTopic)
@click.option(
    "--from",
    "from_places",
    metavar=SOURCE,
    required=True,
    multiple=True,
    help="Places to go from; may be repeated.",
)
@click.option(
    "--to",
    "to_places",
    metavar=SOURCE,
    required=True,
    multiple=True,
    help="Places to go to; may be repeated.",
)
@options.NETWORK
@options.EDITS
@travels.options(*travels.STREETS, *travels.RIDE)
@options.LONGEST
@travels.SCENARIO
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.csv|.parquet|-",
    type=click.Path(path_type=Path),
    help="Output table, one row per pair: ids and names of both ends, minutes, metres, and what "
    "they are measured from and to (point, gate, edge); - prints CSV.",
)
@chunks.INTO
@chunks.CHUNK
@chunks.WORKERS
@chunks.CLUSTER
@options.JSON
def times(
    *,
    from_places: tuple[str, ...],
    to_places: tuple[str, ...],
    network_file: Path | None,
    edits_file: Path | None,
    minutes: float,
    travel: "Travel",
    scenario: str | None,
    file: Path | None,
    into: Path | None,
    chunk: int | None,
    workers: int | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Calculate the travel times and lengths of the fastest routes between two sets of places."""
    from sandbox.analysis.searched import Way
    from sandbox.analysis.table import MINUTE_DECIMALS
    from sandbox.analysis.times import times as between
    from sandbox.export.tables import write_csv, write_parquet

    chunks.check(into, chunk, workers, cluster, file is not None)
    piped = file == Path("-")
    if not piped:
        check_file(file, ".csv", ".parquet")
    supply = travels.supply(travel.mode, scenario)
    if into is not None:
        from sandbox.export.chunks.tasks import TimesTask

        there = read_places(to_places).table
        streets = chunks.streets(network_file, edits_file)
        task = TimesTask(streets, there, minutes, travel, supply)
        done = chunks.run(
            into,
            task,
            read_places(from_places).table,
            chunk=chunk,
            workers=workers,
            cluster=cluster,
        )
        chunks.told(done, task, as_json, {})
        return
    starts, ends = read_places(from_places).table, read_places(to_places).table
    _check_printed(len(starts) * len(ends), printed=piped or (as_json and file is None))
    network = options.opened(network_file, edits_file)
    found = between(network, starts, ends, minutes, travel, supply=supply)
    table = found.pairs.assign(
        minutes=found.pairs["minutes"].round(MINUTE_DECIMALS), metres=found.pairs["metres"].round(1)
    )
    notes = output.noted(found.notes)
    if piped:
        click.echo(table.to_csv(index=False, lineterminator="\n"), nl=False)
        return
    if file is not None:
        write = write_csv if ending_of(file) == ".csv" else write_parquet
        write(file, table)
    reached = int(table["minutes"].notna().to_numpy().sum())
    if as_json:
        # Each row says its ends.
        how = Way("", travel).told()
        facts: dict[str, Any] = {
            "network": output.network_facts(network),
            **{name: value for name, value in how.items() if name != "direction"},
            "minutes": minutes,
            "pairs": len(table),
            "pairs_reached": reached,
            "rows": output.records(table),
            "without_street": list(found.without_street),
            "notes": notes,
            "output": str(file) if file else None,
        }
        click.echo(output.as_json(facts))
        return
    say = words()
    lines = [
        *output.edits_line(network),
        *([] if file else _rows(table)),
        _summary(reached, len(table), f"{minutes:g}"),
    ]
    if found.without_street:
        lines.append(
            say(
                "There is no street near: {names}. Their rows are empty.",
                names=", ".join(found.without_street),
            )
        )
    click.echo("\n".join([*lines, *output.written(file)]))


def _check_printed(pairs: int, *, printed: bool) -> None:
    """Refuse to print more rows than a pipe takes at once.

    Raises
    ------
    AnalysisError
        There are too many.
    """
    if printed and pairs > _MOST_PRINTED:
        raise AnalysisError(
            "{pairs} pairs are too many to print; the limit is {most}.",
            "Give -o OUT.csv or OUT.parquet, or --into FOLDER.",
            pairs=f"{pairs:,}",
            most=f"{_MOST_PRINTED:,}",
        )


def _rows(table: "pd.DataFrame") -> list[str]:
    """Return the first pairs as lines."""
    say = words()
    lines = [[say("From"), say("To"), say("Minutes"), say("Metres")]]
    for row in table.head(_ROWS_SAID).to_dict("records"):
        figures = [
            "–" if row[name] != row[name] else f"{row[name]:,.{digits}f}"
            for name, digits in (("minutes", 1), ("metres", 0))
        ]
        lines.append([str(row["from_id"]), str(row["to_id"]), *figures])
    more = [say("The first {count} are shown; -o FILE has all.", count=_ROWS_SAID)]
    return [*output.columns(lines), "", *(more if len(table) > _ROWS_SAID else [])]


def _summary(reached: int, pairs: int, minutes: str) -> str:
    say = words()
    if pairs == 1:
        if reached:
            return say("The pair is within {minutes} minutes.", minutes=minutes)
        return say("The pair is not within {minutes} minutes.", minutes=minutes)
    if reached == 1:
        return say(
            "1 of {pairs} pairs is within {minutes} minutes.", pairs=f"{pairs:,}", minutes=minutes
        )
    return say(
        "{reached} of {pairs} pairs are within {minutes} minutes.",
        reached=f"{reached:,}",
        pairs=f"{pairs:,}",
        minutes=minutes,
    )
