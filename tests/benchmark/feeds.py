"""Reading, checking and linking timetables, beside gtfs-kit's bare reading of the same files.

Run with ``python -m tests.benchmark.feeds NETWORK.sandnet FEED.zip …``; it measures and
asserts nothing. gtfs-kit comes with the extra ``peers``.
"""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import gtfs_kit

from sandbox.engine.network import Network
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.sandnet import read, save

_ROUNDS = 7


def _ms(what: Callable[[], object]) -> float:
    began = perf_counter()
    what()
    return (perf_counter() - began) * 1000.0


def main() -> None:
    """Print the medians, in turn so that other work on the machine hits all alike."""
    network = Network.open(Path(sys.argv[1]))
    feeds = [Path(name) for name in sys.argv[2:]]
    made, findings = build_timetable(feeds, network)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "both.sandnet"
        save(network.streets, file, made)
        ways = {
            "gtfs-kit, bare": lambda: [gtfs_kit.read_feed(one, dist_units="m") for one in feeds],
            "read, checked, linked": lambda: build_timetable(feeds, network),
            "opened from the network file": lambda: read(file),
        }
        took = {name: [] for name in ways}
        for _ in range(_ROUNDS):
            for name, way in ways.items():
                took[name].append(_ms(way))
    print(
        f"{len(made.time_stop):,} stop times, {len(made.stop_id):,} stops, "
        f"{len(findings):,} findings"
    )
    bare = statistics.median(took["gtfs-kit, bare"])
    for name, times in took.items():
        middle = statistics.median(times)
        print(f"{name:30} {middle:8.0f} ms  × {middle / bare:.2f}")


if __name__ == "__main__":
    main()
