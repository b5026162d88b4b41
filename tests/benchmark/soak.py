"""A day in the hall at speed: the touch monkey on the kiosk over the shipped map.

Run as ``python -m tests.benchmark.soak [ACTIONS [SEED]]``; a touch every five seconds of a
ten-hour day makes 7,200 actions.
"""

import os
import sys
import time

from sandbox.app.jobs import Job
from sandbox.app.kiosk import scenes
from sandbox.app.kiosk.memory import give_back_large
from sandbox.app.opening import open_atlas
from sandbox.app.settings import Settings
from sandbox.catalog.scenes import load_scenes
from sandbox.draw.raster.warm import compile_kernels
from sandbox.ui.start import application
from tests.support.monkey import Monkey

A_DAY = 7_200


def main(actions: int, seed: int) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # As the kiosk itself begins.
    give_back_large()
    application("zh")
    raised: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: raised.append(error)
    compile_kernels()
    atlas = open_atlas(None, Settings(), Job("opening", lambda _: None))
    monkey = Monkey(atlas, list(scenes.playable(load_scenes().scenes, atlas)[0]), seed)
    began = time.monotonic()
    report = monkey.play(actions)
    spent_s = time.monotonic() - began
    monkey.close()
    warm = actions // 2
    first, last = report.memory[0][1], report.memory[-1][1]
    print(f"{actions} actions (seed {seed}), {monkey.clock.now_s / 3600:.1f} h of the hall's clock")
    print(" ".join(f"{name}={count}" for name, count in sorted(report.done.items())))
    print(f"in {spent_s:.0f} s; exceptions {len(raised)}, scenes left out: "
          f"{len(monkey.show.state.notes)}, ways out found {report.left}")  # fmt: skip
    frames = sorted(report.painted_ms)
    print(f"first frame after a finger, processor time: p50 {frames[len(frames) // 2]:.1f} ms,"
          f" p99 {report.p99_ms():.1f} ms, longest {frames[-1]:.1f} ms")  # fmt: skip
    print(f"memory: {first / 1024:.0f} MB at first, {last / 1024:.0f} MB at the end,"
          f" after warm-up {report.slope_kb(warm):+.0f} KB a thousand actions")  # fmt: skip
    print("MB:", *(f"{kb / 1024:.0f}" for _, kb in report.memory[:: max(1, actions // 1500)]))
    for error in raised[:5]:
        print(repr(error))


if __name__ == "__main__":
    main(*(int(one) for one in [*sys.argv[1:], *[str(A_DAY), "1"][len(sys.argv) - 1 :]]))
