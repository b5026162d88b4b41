"""How long it takes to switch a line of a scenario and to see what changes.

Run as ``python -m tests.benchmark.scenarios``; it takes the shipped streets and scenarios.
"""

import statistics
from datetime import datetime
from time import perf_counter

from sandbox.analysis.comparison.difference import difference
from sandbox.analysis.transit import transit_isochrone
from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import AddLine, Edit, SetDwell, all_edits, edited, switched
from sandbox.engine.network import Network
from sandbox.streets.travel import ON_FOOT, Ride
from sandbox.words import Bilingual

ORIGIN = (106.299, 29.612)
MINUTES = (30.0, 45.0)
TURNS = 5


def main() -> None:
    """Switch each line of the hub's scenario off, several times, and print the medians."""
    network, hub = Network.open(), scenarios.read("jinfeng_hub", load_all())
    ride = Ride(datetime(2026, 11, 23, 8, 0))
    lines = [n for n, edit in enumerate(all_edits(hub)) if isinstance(edit.change, AddLine)]
    base = transit_isochrone(
        network, ORIGIN, MINUTES, ON_FOOT.riding(ride), supply=apply(hub).supply
    )
    answered: list[float] = []
    compared: list[float] = []
    for turn in range(TURNS):
        for number in lines:
            # A dwell that no answer was made with: nothing of it is kept from before.
            dwell = Edit(
                Bilingual("停站", "Dwell"), SetDwell("metro_1", 1 + turn * len(lines) + number)
            )
            begin = perf_counter()
            supply = apply(switched(edited(hub, dwell), number, on=number == 0)).supply
            found = transit_isochrone(network, ORIGIN, MINUTES, ON_FOOT.riding(ride), supply=supply)
            middle = perf_counter()
            difference(base.reached, found.reached, MINUTES, reach_m=50.0, crs=network.crs)
            answered.append((middle - begin) * 1000)
            compared.append((perf_counter() - middle) * 1000)
    print(f"{network.title}: {len(network.streets.node_xy):,} nodes, 60 departures x 5 draws")
    for name, times in (
        ("switch a line, 30 and 45 min with areas", answered),
        ("ground gained and lost", compared),
    ):
        late = statistics.quantiles(times, n=20)[-1]
        print(f"{name}: median {statistics.median(times):.0f} ms, 95th percentile {late:.0f} ms")


if __name__ == "__main__":
    main()
