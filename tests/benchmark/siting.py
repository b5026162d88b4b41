"""Where to build: how near to the best a plan comes, and how soon.

Run as ``python -m tests.benchmark.siting [FILE.sandnet]``; the streets are those of
`tests.benchmark.engine`. 20,000 homes, 2,000 candidates, 95 % of the people within 500 m. It
measures; it never fails on a time.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from sandbox.analysis.siting.problem import Plan
from sandbox.analysis.siting.question import SitingQuestion
from sandbox.analysis.siting.siting import site
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from tests.benchmark.engine import NODES, asked_streets, laid_together, said

HOMES = 20_000
CANDIDATES = 2_000
SECONDS = 60.0


def places(network: Network, count: int, seed: int) -> gpd.GeoDataFrame:
    """Return places at crossings of the streets, drawn by chance."""
    random = np.random.default_rng(seed)
    nodes = random.choice(len(network.streets.node_xy), count, replace=False)
    lonlat = geo.to_lonlat(network.streets.node_xy[nodes], network.crs)
    people = random.integers(20, 400, count)
    ids = [str(number) for number in range(count)]
    shapes = shapely.points(lonlat)
    return gpd.GeoDataFrame({"id": ids, "people": people}, geometry=shapes, crs=geo.WGS84)


def main(arguments: Sequence[str]) -> None:
    """Print each better plan, and how near to the best the last one is."""
    file = next((Path(one) for one in arguments if not one.startswith("-")), None)
    network = Network.open(file) if file else laid_together(asked_streets(arguments), NODES)
    print(f"95 % of {HOMES:,} homes within 500 m, {CANDIDATES:,} candidates, {said(network)}")
    homes, candidates = places(network, HOMES, 1), places(network, CANDIDATES, 2)
    began_s, began_cpu_s = time.monotonic(), time.process_time()

    def tell(plan: Plan) -> None:
        print(f"{time.monotonic() - began_s:6.1f} s {plan.value:5.0f} sites, gap {plan.gap:.2%}")

    share = 0.95
    everywhere = site(
        network,
        homes,
        candidates.iloc[:0],
        candidates,
        SitingQuestion("most", sites=CANDIDATES, seconds=SECONDS),
    )
    share *= everywhere.best_share
    found = site(
        network,
        homes,
        candidates.iloc[:0],
        candidates,
        SitingQuestion(share=share, seconds=SECONDS),
        tell=tell,
    )
    spent = f"{time.monotonic() - began_s:.1f} s, {time.process_time() - began_cpu_s:.1f} s of "
    print(
        f"{found.value:.0f} sites, bound {found.bound:.0f}, gap {found.gap:.2%}, {spent}processors"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
