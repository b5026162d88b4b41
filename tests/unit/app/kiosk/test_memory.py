"""Memory that is freed goes back to the system, in a process of its own."""

import subprocess
import sys

import pytest

PAGES = """
import sys
from pathlib import Path
import numpy as np
from sandbox.app.kiosk.memory import give_back_large

if sys.argv[1] == "flat":
    assert give_back_large()

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 / 1024

np.ones(8 << 20, np.uint8)  # freed at once: from here on the C library keeps what is as large
before = resident_mb()
# Tiles among small things that stay, as a map keeps its names between its pictures.
tiles, names = [], []
for _ in range(150):
    tiles.append(np.ones(1 << 20, np.uint8))
    names.append(np.ones(3000, np.uint8))
full = resident_mb()
del tiles
print(round(full - before), round(resident_mb() - before))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the GNU C library's figures")
def test_large_pieces_go_back_though_small_ones_between_them_stay() -> None:
    def run(how: str) -> tuple[int, int]:
        call = [sys.executable, "-c", PAGES, how]
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        full, left = (int(word) for word in done.stdout.split())
        return full, left

    full, left = run("flat")
    assert 140 < full < 170
    assert left < 10
