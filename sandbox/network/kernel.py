"""How the numeric kernels are compiled: once a machine, without Python's lock."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Function = TypeVar("Function", bound=Callable[..., object])

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


def kernel(function: Function) -> Function:
    """Compile a function when it is first called, and keep it on disk for the next start.

    No fast-math: the same input gives the same bits on every run.
    """
    return cast(Function, numba.njit(cache=True, nogil=True)(function))
