"""Memory that stays flat over weeks: what is freed goes back to the system."""

import ctypes
import sys
from typing import Final

# What `mallopt` of the GNU C library calls its figures (malloc.h).
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
# Tiles, layers of the picture and fields of travel time are larger; all else is smaller.
_LARGE_BYTES: Final = 256 * 1024
_ARENAS: Final = 2


def give_back_large() -> bool:
    """Have each large piece of memory come from the system and go back to it when freed.

    Left alone, the C library raises its limit to the largest piece ever freed, puts tiles
    and fields among small things, and keeps the holes: with an arena for each of a dozen
    threads the process grows for hours. Call it before any thread is started.

    Returns
    -------
    bool
        Whether this C library has such figures.
    """
    if sys.platform != "linux":
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        # Another C library (musl) gives back by itself.
        return False
    return bool(mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)) and bool(mallopt(_ARENA_MAX, _ARENAS))
