"""Slow work off the UI thread: plain functions on a thread pool, the latest question winning.

Work is sorted into lanes by name. In a lane only the question asked last is ever
answered: a newer one takes the place of one that waits, and of one under way. What
writes files is done all the same, one after the other, and before the program ends.
Nothing here knows Qt: answers reach the UI thread through the `post` it gives.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Final, TypeVar

from sandbox.words import Text

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]

ETA_FROM_S: Final = 0.4


class Cancelled(Exception):  # noqa: N818
    """Raised inside work that nobody waits for any more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    lane
        Which job.
    text
        What it is doing.
    share
        Part done, 0 to 1; negative where unknown.
    left_s
        Estimated seconds to the end, negative where unknown.
    tried
        Longitudes and latitudes of what it has found so far, for the map.
    """

    lane: str
    text: Text
    share: float
    left_s: float
    tried: tuple[tuple[float, float], ...] = ()


class Job:
    """One question under way; what its work gets to report to and to ask whether to go on."""

    def __init__(self, lane: str, tell: Callable[[Progress], None]) -> None:
        self.lane = lane
        self._tell = tell
        self._stop = Event()
        self._began_s = time.monotonic()

    def begin(self) -> None:
        """Start the clock that the estimate follows."""
        self._began_s = time.monotonic()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._stop.is_set()

    def report(self, share: float, text: Text, tried: tuple[tuple[float, float], ...] = ()) -> None:
        """Say how far the work is.

        Parameters
        ----------
        share
            Part done, 0 to 1; negative where unknown.
        text
            What it is doing.
        tried
            Longitudes and latitudes of what it has found so far.

        Raises
        ------
        Cancelled
            If nobody waits any more; the work should let it pass.
        """
        if self.cancelled:
            raise Cancelled
        spent_s = time.monotonic() - self._began_s
        known = share > 0 and spent_s > ETA_FROM_S
        left_s = spent_s * (1.0 - share) / share if known else -1.0
        self._tell(Progress(self.lane, text, share, left_s, tried))


class _Kept(Job):
    """A file to write: once asked for it is written."""

    def cancel(self) -> None:
        """Go on: nobody hears of it any more, but the file is there."""


class Jobs:
    """Lanes of work over a small thread pool; all methods are called in the UI thread.

    Parameters
    ----------
    post
        Puts a call into the UI thread, from any thread.
    workers
        Threads; two are enough on the machines this is made for.
    """

    def __init__(self, post: Post, workers: int = 2) -> None:
        self._post = post
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="sandbox-job")
        # A disk may be slow; what is written stands in one line, so the last file stays.
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sandbox-write")
        self._current: dict[str, Job] = {}
        self._listeners: list[Callable[[Progress | None], None]] = []
        self._open = True

    @property
    def busy(self) -> bool:
        """Whether an answer is still awaited in any lane."""
        return bool(self._current)

    def waits(self, lane: str) -> bool:
        """Return whether an answer is still awaited in `lane`."""
        return lane in self._current

    def listen(self, listener: Callable[[Progress | None], None]) -> Callable[[], None]:
        """Call `listener` with each report of progress, and with None when a lane falls quiet.

        Returns what ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def ask(
        self,
        lane: str,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work` on a thread; hand what it returns to `done`, what it raises to `failed`.

        Whatever was asked in `lane` before is never answered. `done` and `failed`
        are called in the UI thread.
        """
        if self._open:
            job = Job(lane, lambda progress: self._post(lambda: self._tell_of(job, progress)))
            self._begin(job)
            self._pool.submit(self._run, job, work, done, failed)

    def write(
        self,
        lane: str,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work`, which writes a file, as `ask` does, but never leave it out.

        What is asked in `lane` afterwards is written afterwards; `close` waits for all of it.
        """
        if self._open:
            job = _Kept(lane, lambda progress: self._post(lambda: self._tell_of(job, progress)))
            self._begin(job)
            self._writing.submit(self._run, job, work, done, failed)

    def cancel(self, lane: str) -> None:
        """Drop what was asked in `lane`: it is stopped where it can be, and never answered."""
        job = self._current.pop(lane, None)
        if job is not None:
            job.cancel()

    def close(self) -> None:
        """Write what is to be written, stop all other work, and end the threads.

        Nothing is delivered afterwards.
        """
        self._open = False
        for lane in tuple(self._current):
            self.cancel(lane)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._writing.shutdown(wait=True)

    def _begin(self, job: Job) -> None:
        self.cancel(job.lane)
        self._current[job.lane] = job

    def _run(
        self,
        job: Job,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if job.cancelled:
            return
        job.begin()
        deliver: Callable[[], None]
        try:
            answer = work(job)
        except Cancelled:
            return
        # Hand every error back to the caller: lost on a worker, it would leave the caller waiting.
        except Exception as error:
            fault = error
            deliver = lambda: failed(fault)  # noqa: E731
        else:
            deliver = lambda: done(answer)  # noqa: E731
        if not job.cancelled:
            self._post(lambda: self._deliver(job, deliver))

    def _deliver(self, job: Job, deliver: Callable[[], None]) -> None:
        if self._current.get(job.lane) is not job:
            return
        del self._current[job.lane]
        try:
            deliver()
        finally:
            self._tell(None)

    def _tell_of(self, job: Job, progress: Progress) -> None:
        if self._current.get(job.lane) is job:
            self._tell(progress)

    def _tell(self, progress: Progress | None) -> None:
        for listener in tuple(self._listeners):
            listener(progress)
