"""Processes beside this one that answer chunks."""

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from sandbox.engine.kernel import THREADS
from sandbox.errors import AnalysisError, SandboxError
from sandbox.export.chunks.folder import Folder
from sandbox.export.chunks.tasks import Task

# A chunk that ended its worker this often would end every other worker too.
_TRIES: Final = 3
_ENDED: Final = "ended"


class _Stopped(Exception):  # noqa: N818 - no error: the run was ended
    """The run is over before a worker began."""


class Crew:
    """Processes that answer chunks side by side; each slice is cut when one of them is free.

    Parameters
    ----------
    task, folder
        What is asked, and where the answers go.
    slices
        Chunks by number.
    count
        How many processes.
    """

    def __init__(
        self,
        task: Task,
        folder: Folder,
        slices: Iterator[tuple[int, gpd.GeoDataFrame]],
        count: int,
    ) -> None:
        self._task, self._folder, self._slices, self._count = task, folder, slices, count
        self._threads = max((os.cpu_count() or 1) // count, 1)
        self._told: queue.SimpleQueue[float | BaseException | str | None] = queue.SimpleQueue()
        self._cut, self._gate, self._stopped = threading.Lock(), threading.Lock(), False
        self._workers: list[Worker] = []

    def answered(self) -> Generator[float | None]:
        """Yield the seconds of each chunk when it is done; whatever ends this ends the processes.

        None for the first of a process, which opens the streets too.

        Raises
        ------
        SandboxError
            What the question raised, or a chunk that ends each process.
        """
        at_work = [
            threading.Thread(target=self._answer_all, daemon=True) for _ in range(self._count)
        ]
        for one in at_work:
            one.start()
        try:
            ended = 0
            while ended < self._count:
                what = self._told.get()
                if isinstance(what, str):
                    ended += 1
                elif isinstance(what, BaseException):
                    raise what
                else:
                    yield what
        finally:
            with self._gate:
                self._stopped = True
            for worker in self._workers:
                worker.end()
            for one in at_work:
                one.join(timeout=5.0)

    def _begun(self) -> "Worker":
        # No worker is started that nobody would end.
        with self._gate:
            if self._stopped:
                raise _Stopped
            made = Worker(self._threads)
            self._workers.append(made)
        # It hears this only once it is up, seconds later: nobody else waits for that.
        made.begin(self._task, self._folder)
        return made

    def _answer_all(self) -> None:
        try:
            worker, first = self._begun(), True
            while True:
                with self._cut:
                    one = next(self._slices, None)
                if one is None:
                    break
                began_s = time.monotonic()
                lived, worker = self._answer(worker, *one)
                seconds = time.monotonic() - began_s
                self._told.put(None if first or not lived else seconds)
                first = False
        except _Stopped:
            pass
        except BaseException as error:
            self._told.put(error)
        finally:
            self._told.put(_ENDED)

    def _answer(
        self, worker: "Worker", number: int, part: gpd.GeoDataFrame
    ) -> tuple[bool, "Worker"]:
        """Have a chunk answered; return whether the first process lived, and who answered."""
        for tries in range(_TRIES):
            if worker.answer(number, part):
                return tries == 0, worker
            worker.end()
            if tries + 1 < _TRIES:
                worker = self._begun()
        raise AnalysisError(
            "A worker ended {times} times before it had answered chunk {number}.",
            "It may lack memory: give a smaller --chunk or fewer --workers.",
            times=_TRIES,
            number=number,
        )


class Worker:
    """A process beside this one that answers chunks."""

    def __init__(self, threads: int) -> None:
        above = str(Path(__file__).resolve().parents[3])
        known = os.environ.get("PYTHONPATH")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.export.chunks.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                THREADS: str(threads),
                "PYTHONPATH": os.pathsep.join([above, *([known] if known else [])]),
            },
        )
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._to, self._from = self._process.stdin, self._process.stdout

    def begin(self, task: Task, folder: Folder) -> None:
        """Say what is asked, and where the answers go."""
        self._say((task, folder))

    def answer(self, number: int, part: gpd.GeoDataFrame) -> bool:
        """Have a chunk answered; return whether the process lived to say so.

        Raises
        ------
        SandboxError
            What the question raised.
        """
        if not self._say((number, part)):
            return False
        try:
            reply = pickle.load(self._from)  # noqa: S301 - from a process of our own
        except (EOFError, pickle.UnpicklingError, OSError):
            return False
        if isinstance(reply, SandboxError):
            raise reply
        if reply is not None:
            raise RuntimeError(reply)
        return True

    def _say(self, value: Any) -> bool:
        try:
            pickle.dump(value, self._to, protocol=pickle.HIGHEST_PROTOCOL)
            self._to.flush()
        except OSError:
            return False
        return True

    def end(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for one in (self._to, self._from):
            with suppress(OSError):
                one.close()
