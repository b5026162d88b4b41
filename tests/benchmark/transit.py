"""How long answers by line take: searches, exact percentiles at every node, areas.

Run with ``python -m tests.benchmark.transit NETWORK.sandnet 2019-05-13T14:00 LON,LAT …`` on a
network with a timetable, a time of day with service and origins; it measures and asserts
nothing.
"""

import statistics
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter

import numpy as np

from sandbox.analysis.transit import transit_isochrone
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.search import find_journeys

_ROUNDS = 9
_DEPARTURES = {1: (1, 1), 12: (60, 5), 60: (60, 1)}
_WALK = Travel("walk", slope="flat")


def _median(what) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        what()
        took.append((perf_counter() - began) * 1000.0)
    return statistics.median(took)


def main() -> None:
    """Print medians over origins, each a median of rounds."""
    network = Network.open(Path(sys.argv[1]))
    when = datetime.fromisoformat(sys.argv[2])
    places = [tuple(map(float, text.split(","))) for text in sys.argv[3:]]
    starts = [network.snap(tuple(map(float, geo.to_metric(p, network.crs))), 500.0) for p in places]
    print("departures  minutes  stops   nodes at the median   areas too   (ms)")
    for count, (window, every) in _DEPARTURES.items():
        ride = Ride(when, window_min=window, every_min=every)
        for minutes in (30, 45, 60):
            limit = minutes * 60_000
            rows = []
            for place, start in zip(places, starts, strict=True):

                def stops(start=start, ride=ride, limit=limit):
                    return find_journeys(network, start, ride, limit, travel=_WALK)

                def areas(place=place, ride=ride, minutes=minutes):
                    thirds = [minutes / 3, 2 * minutes / 3, minutes]
                    return transit_isochrone(
                        network, place, thirds, Travel(slope="flat").riding(ride)
                    )

                found = stops()
                # The service of the day and the walks round its stops are kept from now on.
                areas()
                nodes = _median(lambda found=found: found.node_ms([50]))
                rows.append((_median(stops), nodes, _median(areas)))
            middle = np.median(rows, axis=0)
            print(
                f"{count:10}  {minutes:7}  {middle[0]:5.1f}   {middle[1]:19.1f}   {middle[2]:9.1f}"
            )


if __name__ == "__main__":
    main()
