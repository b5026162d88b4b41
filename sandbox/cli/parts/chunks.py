"""Options of many origins: a folder of chunks that a later run goes on with, and the run itself."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import output
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.export.chunks.run import Done, Progress
    from sandbox.export.chunks.tasks import StreetFile, Task

INTO: Final = click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="For many origins: one Parquet a chunk in this folder, on all processors; the same "
    "command goes on where it was stopped.",
)
CHUNK: Final = click.option("--chunk", type=int, help="With --into: origins at a time.")
WORKERS: Final = click.option(
    "--workers", type=int, help="With --into: processes.  [default: one a processor]"
)
CLUSTER: Final = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="With --into: a Dask scheduler, as tcp://10.0.0.5:8786, whose workers calculate; they "
    "need the folder and the network file at the same paths.",
)


def check(
    into: Path | None, chunk: int | None, workers: int | None, cluster: str | None, others: bool
) -> None:
    """Refuse options that mean nothing without a folder, or beside it.

    Raises
    ------
    AnalysisError
        Which, and what to do.
    """
    given = {"--chunk": chunk, "--workers": workers, "--cluster": cluster}
    named = [option for option, value in given.items() if value is not None]
    if into is None and named:
        raise AnalysisError("{option} needs a folder.", "Give --into FOLDER too.", option=named[0])
    if workers is not None and cluster is not None:
        raise AnalysisError(
            "A cluster has its own workers.", "Give either --workers or --cluster, not both."
        )
    if into is not None and others:
        raise AnalysisError(
            "--into writes its own tables.", "Give either --into or --output, not both."
        )


def streets(network_file: Path | None, edits_file: Path | None) -> "StreetFile":
    """Return the streets as every process opens them."""
    from sandbox.cli.parts.options import street_edits
    from sandbox.export.chunks.tasks import StreetFile

    return StreetFile(
        None if network_file is None else network_file.absolute(), street_edits(edits_file)
    )


def run(
    into: Path,
    task: "Task",
    origins: "gpd.GeoDataFrame",
    *,
    chunk: int | None,
    workers: int | None,
    cluster: str | None,
) -> "Done":
    """Run a question into a folder, telling how far it is; say how to go on when it is stopped.

    Raises
    ------
    AnalysisError, ExportError
        As `sandbox.export.chunks.run.run`.
    """
    from sandbox.export.chunks.run import run as go

    shown = _Shown()
    try:
        done = go(
            into, task, origins, chunk=chunk, workers=workers, cluster=cluster, tell=shown.tell
        )
    except KeyboardInterrupt:
        shown.end()
        said = words()(
            "Stopped: {done} of {count} chunks are in {folder}. The same command goes on.",
            done=len(list(into.glob("part-*.parquet"))),
            count=shown.count,
            folder=into,
        )
        click.echo(said, err=True)
        raise
    shown.end()
    return done


class _Shown:
    """How far a run is, in one line on stderr; in a log one line for each tenth."""

    def __init__(self) -> None:
        self.done = self.count = 0
        self._watched = sys.stderr.isatty()
        self._tenth = -1
        self._long = 0

    def tell(self, progress: "Progress") -> None:
        self.done, self.count = progress.done, progress.count
        line = progress_said(progress)
        if self._watched:
            # Over the line before, whose end must not stay.
            click.echo("\r" + line.ljust(self._long), err=True, nl=False)
            self._long = len(line)
            return
        # A log gets a line for each tenth; the end is reported anyway.
        tenth = progress.done * 10 // max(progress.count, 1)
        if tenth != self._tenth and 0 < progress.done < progress.count:
            self._tenth = tenth
            click.echo(line, err=True)

    def end(self) -> None:
        if self._watched and self._long:
            click.echo("", err=True)


def progress_said(progress: "Progress") -> str:
    """Return how far a run is, and how long the rest may take."""
    say = words()
    known: dict[str, Any] = {"done": progress.done, "count": progress.count}
    if progress.done == progress.count:
        return say("{done} of {count} chunks", **known)
    if progress.left_s is None:
        return say("{done} of {count} chunks; too early to say how long the rest takes", **known)
    low, high = (_span(seconds) for seconds in progress.left_s)
    if low == high:
        return say("{done} of {count} chunks, about {most} left", most=high, **known)
    return say("{done} of {count} chunks, {least} to {most} left", least=low, most=high, **known)


def _span(seconds: float) -> str:
    say = words()
    if seconds < 100:
        return say("{count} s", count=max(round(seconds), 1))
    if seconds < 100 * 60:
        return say("{count} min", count=round(seconds / 60))
    return say("{count} h", count=round(seconds / 3600))


def told(done: "Done", task: "Task", as_json: bool, more: dict[str, Any]) -> None:
    """Print what a run made, and how to read it."""
    if as_json:
        facts = {
            "task": task.name,
            "folder": str(done.folder),
            "chunks": done.count,
            "chunks_made": done.made,
            "origins": done.rows,
            "seconds": round(done.seconds, 3),
            **more,
        }
        click.echo(output.as_json(facts))
        return
    say = words()
    lines = [
        say(
            "Origins: {rows}. Chunks: {count}, {made} of them made now, in {seconds} s.",
            rows=f"{done.rows:,}",
            count=done.count,
            made=done.made,
            seconds=f"{done.seconds:.1f}",
        ),
        say("Saved to {path}.", path=done.folder),
    ]
    click.echo("\n".join(lines))
