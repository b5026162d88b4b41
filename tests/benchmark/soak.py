"""A day in the hall at speed: the touch monkey on the kiosk over the shipped map.

Run as ``python -m tests.benchmark.soak [ACTIONS [SEED]]``; a touch every five seconds of a
ten-hour day makes 7,200 actions. Marks: memory is flat after 20 minutes, which is to say that its
slope lies within its noise, and of a hundred touches 99 have their first frame within 50 ms.
Exit status 1 tells that one was missed. By the clock the frames' mark is meant for a machine that
does nothing else; how much else this one did is printed beside.
"""

import os
import sys
import time

import numpy as np

from sandbox.app.jobs import Job
from sandbox.app.kiosk.memory import give_back_large
from sandbox.app.kiosk.scenes.playable import playable
from sandbox.app.opening import open_atlas
from sandbox.app.settings import Settings
from sandbox.catalog.scenes import load_scenes
from sandbox.draw.warm import compile_kernels
from sandbox.ui.start import application
from tests.support.monkey import Monkey

A_DAY = 7_200
WARM_S = 1_200.0
FRAME_P99_MS = 50.0


def main(actions: int, seed: int) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # As the kiosk itself begins.
    give_back_large()
    application("zh")
    raised: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: raised.append(error)
    compile_kernels()
    atlas = open_atlas(None, Settings(), Job("opening", lambda _: None))
    monkey = Monkey(atlas, list(playable(load_scenes().scenes, atlas)[0]), seed)
    began = time.monotonic()
    report = monkey.play(actions)
    spent_s = time.monotonic() - began
    monkey.close()
    first, last = report.memory[0][2], report.memory[-1][2]
    print(f"{actions} actions (seed {seed}), {monkey.clock.now_s / 3600:.1f} h of the hall's clock")
    print(" ".join(f"{name}={count}" for name, count in sorted(report.done.items())))
    print(f"in {spent_s:.0f} s; exceptions {len(raised)}, scenes left out: "
          f"{len(monkey.show.state.notes)}, ways out found {report.left}")  # fmt: skip
    print("load of the machine, 1, 5 and 15 minutes:", *(f"{one:.1f}" for one in os.getloadavg()))
    busy_ms = told("processor time", report.painted_ms)
    told("by the clock", report.waited_ms)
    # Shorter runs are warm when half is done.
    slope_kb, noise_kb = report.slope_kb(min(WARM_S, report.memory[-1][1] / 2))
    print(f"memory: {first / 1024:.0f} MB at first, {last / 1024:.0f} MB at the end, after warm-up "
          f"{slope_kb:+.0f} KB a thousand actions, noise ± {noise_kb:.0f}")  # fmt: skip
    print("MB:", *(f"{kb / 1024:.0f}" for *_, kb in report.memory[:: max(1, actions // 1500)]))
    for error in raised[:5]:
        print(repr(error))
    return int(bool(raised) or slope_kb > noise_kb or busy_ms > FRAME_P99_MS)


def told(how: str, frames_ms: list[float]) -> float:
    """Print how long first frames took, and return the 99th percentile."""
    p50, p95, p99 = np.percentile(frames_ms, (50, 95, 99))
    print(f"first frame after a finger, {how}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, "
          f"p99 {p99:.1f} ms, longest {max(frames_ms):.1f} ms")  # fmt: skip
    return float(p99)


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in [*sys.argv[1:], *[str(A_DAY), "1"][len(sys.argv) - 1 :]])))
