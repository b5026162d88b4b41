"""How the numeric kernels are compiled: once a machine, without Python's lock."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Final, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
from numba.core import event
from numba.core.dispatcher import Dispatcher

from sandbox.engine.compiled import KernelCache, folder

Function = TypeVar("Function", bound=Callable[..., object])
T = TypeVar("T")
Result = TypeVar("Result")

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


# Every kernel of the modules that have been imported.
KERNELS: Final[list[Dispatcher]] = []


def kernel(function: Function) -> Function:
    """Compile a function when it is first called, and keep it on disk for the next start.

    No fast-math: the same input gives the same bits on every run.
    """
    made = cast(object, numba.njit(nogil=True)(function))
    # Where NUMBA_DISABLE_JIT is set it is the function itself.
    if isinstance(made, Dispatcher):
        KERNELS.append(made)
        if folder() is not None:
            vars(made)["_cache"] = KernelCache(function)
    return cast(Function, made)


class _Spent(threading.local):
    """What each thread has spent on compiling so far."""

    seconds = 0.0
    depth = 0
    began_s = 0.0


class _Compiling(event.Listener):
    """Adds up how long each thread compiles, reads kernels from disk, or waits for either."""

    def __init__(self) -> None:
        self.own = _Spent()

    def on_start(self, event: event.Event) -> None:
        """Begin; what is compiled on the way is part of it."""
        own = self.own
        own.depth += 1
        if own.depth == 1:
            own.began_s = perf_counter()

    def on_end(self, event: event.Event) -> None:
        """End."""
        own = self.own
        if own.depth == 1:
            own.seconds += perf_counter() - own.began_s
        # What began before anybody listened ends unheard.
        own.depth = max(0, own.depth - 1)


_COMPILING: Final = _Compiling()
event.register("numba:compiler_lock", _COMPILING)


def working_s() -> float:
    """Return a clock in seconds that stands still while this thread waits for a compiler.

    What a first answer takes is then the answer's own time, as the second one's is.
    """
    return perf_counter() - _COMPILING.own.seconds


# Names the variable that gives a process its share of the processors, beside others of its kind.
THREADS: Final = "SANDBOX_THREADS"


def processors() -> int:
    """Return how many threads work at once: one a processor, or this process's share of them."""
    share = os.environ.get(THREADS, "")
    return int(share) if share.isdecimal() and int(share) else os.cpu_count() or 1


def in_threads(work: Callable[[T], Result], items: Iterable[T], count: int) -> Iterator[Result]:
    """Do a work on each item in threads, and give the results in order.

    The caller waits for what the threads compile, so that time counts as the caller's own.

    Parameters
    ----------
    work
        What is done.
    items
        On what.
    count
        Most threads.
    """
    spent_s: dict[int, float] = {}

    def counted(item: T) -> Result:
        began_s = _COMPILING.own.seconds
        result = work(item)
        thread = threading.get_ident()
        spent_s[thread] = spent_s.get(thread, 0.0) + _COMPILING.own.seconds - began_s
        return result

    with ThreadPoolExecutor(max_workers=count) as pool:
        yield from pool.map(counted, items)
    # One compiler works at a time: while it does, the other threads wait for it or work.
    _COMPILING.own.seconds += max(spent_s.values(), default=0.0)
