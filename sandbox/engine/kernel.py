"""How the numeric kernels are compiled: once a machine, without Python's lock."""

from collections.abc import Callable
from typing import Final, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
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
