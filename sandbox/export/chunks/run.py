"""Runs a question over all chunks of its origins: in this process, or in several beside it."""

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from sandbox.errors import AnalysisError
from sandbox.export.chunks.cluster import Cluster
from sandbox.export.chunks.crew import Crew
from sandbox.export.chunks.folder import Folder, opened
from sandbox.export.chunks.tasks import Task
from sandbox.words import Text

_CHUNK_LIMITS: Final = (1, 1_000_000)
_WORKERS_LIMITS: Final = (1, 256)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    done, count
        Chunks that are there, and all.
    left_s
        Least and most seconds that the rest may take, by the chunks of this run; None while too
        few are done to say.
    """

    done: int
    count: int
    left_s: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Done:
    """A run that is complete.

    Attributes
    ----------
    folder
        Where its chunks are.
    count, made
        How many there are, and how many of them this run made.
    rows
        How many origins were asked.
    seconds
        How long this run took.
    """

    folder: Path
    count: int
    made: int
    rows: int
    seconds: float


def run(
    path: Path,
    task: Task,
    origins: gpd.GeoDataFrame,
    *,
    chunk: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Done:
    """Answer a question for all origins, one Parquet a chunk; what is there already stays.

    Whoever stops it, or kills it, loses the chunks that are being answered; the same call goes
    on. The rows don't depend on how many processes there are.

    Parameters
    ----------
    path
        The folder; it is made, or holds chunks of the same run.
    task
        What is asked.
    origins
        Of whom, with what the question needs of them.
    chunk
        Origins that are asked at once; by default what suits the question.
    workers
        Processes; by default one a processor. One works in this process.
    cluster
        Address of a Dask scheduler, whose workers answer instead; they need the folder and the
        network file at the same paths.
    tell
        Told when a chunk is done.

    Raises
    ------
    AnalysisError
        The question can't be answered, a number can't be meant, or workers end before they
        answer.
    ExportError
        The folder holds another run, or can't be written to.
    """
    chunk = task.chunk if chunk is None else chunk
    workers = (os.cpu_count() or 1) if workers is None else workers
    _check(chunk, workers)
    origins = gpd.GeoDataFrame(origins.reset_index(drop=True))
    folder = opened(path, task, origins, chunk)
    missing = folder.missing()
    with ExitStack() as ends:
        others = None
        if cluster is not None and missing:
            others = ends.enter_context(closing(Cluster(cluster)))
            workers = others.count
        made = _Made(folder.count, folder.count - len(missing), min(workers, max(len(missing), 1)))
        tell(made.progress())
        began_s = time.monotonic()
        slices = ((number, _slice(origins, number, chunk)) for number in missing)
        if others is not None:
            answered = others.answered(task, folder, slices)
        elif made.workers == 1:
            answered = _here(task, folder, slices)
        else:
            answered = Crew(task, folder, slices, made.workers).answered()
        # Whoever stops the run, in the middle of whatever, ends the processes at once.
        ends.enter_context(closing(answered))
        for seconds in answered:
            made.add(seconds)
            tell(made.progress())
    spent_s = time.monotonic() - began_s
    return Done(folder.path, folder.count, len(missing), len(origins), spent_s)


def _check(chunk: int, workers: int) -> None:
    faults = [
        Text("{value} {what} ({low} to {high} are possible)", {
            "value": value, "what": what, "low": low, "high": f"{high:,}",
        })
        for value, what, (low, high) in (
            (chunk, Text("origins a chunk"), _CHUNK_LIMITS),
            (workers, Text("workers"), _WORKERS_LIMITS),
        )
        if not low <= value <= high
    ]  # fmt: skip
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)


def _slice(origins: gpd.GeoDataFrame, number: int, chunk: int) -> gpd.GeoDataFrame:
    part = origins.iloc[number * chunk : (number + 1) * chunk]
    return gpd.GeoDataFrame(part.reset_index(drop=True))


@dataclass(slots=True)
class _Made:
    count: int
    done: int
    workers: int
    seconds: list[float] = field(default_factory=list[float])

    def add(self, seconds: float | None) -> None:
        self.done += 1
        if seconds is not None:
            self.seconds.append(seconds)

    def progress(self) -> Progress:
        return Progress(
            self.done, self.count, left_s(self.seconds, self.count - self.done, self.workers)
        )


def left_s(seconds: list[float], left: int, workers: int) -> tuple[float, float] | None:
    """Return the least and the most seconds that chunks which are left may take.

    As if all were as quick as the quickest of the last ones, and as slow as the slowest. None
    while fewer than two a worker are done, the first ones apart, which open the streets too.
    """
    if not left:
        return 0.0, 0.0
    if len(seconds) < 2 * workers:
        return None
    known = sorted(seconds[-max(4 * workers, 20) :])
    return known[0] * left / workers, known[-1] * -(-left // workers)


def _here(
    task: Task, folder: Folder, slices: Iterator[tuple[int, gpd.GeoDataFrame]]
) -> Generator[float | None]:
    network: Any = None
    for number, part in slices:
        began_s, first = time.monotonic(), network is None
        network = task.streets.open() if network is None else network
        folder.write(number, task.work(network, part))
        yield None if first else time.monotonic() - began_s
