"""Everything that is measured of the window: following hands, starting, memory.

Run as ``python -m tests.benchmark``; `tests.benchmark.engine` measures the search beside
other engines.
"""

import os

from tests.benchmark import canvas, start

if __name__ == "__main__":
    print(start.table(), end="\n\n", flush=True)
    print(canvas.table(canvas.rows()), end="\n\n")
    print("Load on", os.cpu_count(), "cores:", *(f"{load:.1f}" for load in os.getloadavg()))
