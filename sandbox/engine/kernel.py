"""How the numeric kernels are compiled: once a machine, without Python's lock."""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
from numba.core import event
from numba.core.dispatcher import Dispatcher

from sandbox.engine.compiled import KernelCache, folder

Function = TypeVar("Function", bound=Callable[..., object])

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


class _Compiling(event.Listener):
    """Adds up how long each thread compiles, reads kernels from disk, or waits for either."""

    def __init__(self) -> None:
        self._own = threading.local()

    @property
    def seconds(self) -> float:
        """How long this thread has done so until now."""
        return float(getattr(self._own, "seconds", 0.0))

    def on_start(self, event: event.Event) -> None:
        """Begin; what is compiled on the way is part of it."""
        own = self._own
        own.depth = getattr(own, "depth", 0) + 1
        if own.depth == 1:
            own.began_s = perf_counter()

    def on_end(self, event: event.Event) -> None:
        """End."""
        own = self._own
        # What began before anybody listened ends unheard.
        own.depth = max(0, getattr(own, "depth", 0) - 1)
        if own.depth == 0 and hasattr(own, "began_s"):
            own.seconds = self.seconds + perf_counter() - own.began_s
            del own.began_s


_COMPILING: Final = _Compiling()
event.register("numba:compiler_lock", _COMPILING)


def working_s() -> float:
    """Return a clock in seconds that stands still while this thread waits for a compiler.

    What a first answer takes is then the answer's own time, as the second one's is.
    """
    return perf_counter() - _COMPILING.seconds
