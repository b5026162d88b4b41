"""How long an audit of a city takes: ``python -m tests.benchmark.audit [NETWORK.sandnet]``."""

import sys
import time

import geopandas as gpd
import numpy as np
import shapely

from sandbox.analysis.access.measures import AccessQuestion, access
from sandbox.analysis.access.sweep import Moving
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.ledger import ledger_of
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.engine.nearest import nearest
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.standards import Facility, Limit, Rule, Standard, Standing, Tier, Walker
from sandbox.streets.travel import Travel
from sandbox.units import METRE_A_SECOND_KMH
from sandbox.words import Bilingual

HOMES, RULES, EACH = 100_000, 25, 100
SAID, MEMORY = Bilingual("试", "test"), Standing("memory")


def at_random(network: Network, count: int, random: np.random.Generator) -> gpd.GeoSeries:
    """Return places near streets."""
    nodes = network.streets.node_xy
    xy = nodes[random.integers(0, len(nodes), count)] + random.normal(0, 30, (count, 2))
    return gpd.GeoSeries(shapely.points(geo.to_lonlat(xy, network.crs)), crs=4326)


def main(file: str | None = None) -> None:
    """Print processor seconds of the search alone, of the whole, and of sums."""
    network, random = Network.open(file), np.random.default_rng(1)
    homes = gpd.GeoDataFrame(
        {
            "id": np.arange(HOMES).astype(str), "layer": "", "name_zh": "", "name_en": "",
            "people": random.integers(1, 500, HOMES).astype(float), "land_m2": np.nan,
        },
        geometry=at_random(network, HOMES, random),
    )  # fmt: skip
    kinds = [f"k{number}" for number in range(RULES)]
    facilities = gpd.GeoDataFrame(
        {
            "id": np.arange(RULES * EACH).astype(str), "layer": "", "name_zh": "", "name_en": "",
            "facility": np.repeat(kinds, EACH), "kind": np.repeat(kinds, EACH), "supply": 1.0,
            "floor_m2": np.nan, "land_m2": np.nan, "places": np.nan, "floor": np.nan,
            "usable": True,
        },
        geometry=at_random(network, RULES * EACH, random),
    )  # fmt: skip
    limits = (Limit(300.0), Limit(500.0), Limit(1000.0))
    rules = {
        kind: Rule(kind, "t", kind, (limits[number % 3],), "1", MEMORY)
        for number, kind in enumerate(kinds)
    }
    standard = Standard(
        "bench", SAID, "1", "", False, SAID, None, {"t": Tier("t", SAID, "1", MEMORY)}, rules,
        {kind: Facility(kind, SAID) for kind in kinds},
    )  # fmt: skip
    question = AuditQuestion(standard, Walker("adult", SAID, 4.8, SAID, MEMORY))
    audit(network, homes.head(10), facilities, question)
    graph = network.graph("walk", METRE_A_SECOND_KMH)
    here = network.snap_built(geo.to_metric(_lonlat(homes), network.crs), 500.0)
    there = network.snap_built(geo.to_metric(_lonlat(facilities), network.crs), 500.0)
    number, found = np.arange(HOMES), there.segment >= 0
    began = time.process_time()
    for kind in range(RULES):
        rows = np.flatnonzero(found & (np.arange(len(found)) // EACH == kind))
        nearest(graph, there[rows], rows, here, number, HOMES, 1, 1_000_000)
    say(f"search: {RULES} kinds, every home, 1000 m", began)
    began = time.process_time()
    made = audit(network, homes, facilities, question)
    say(f"audit: {HOMES:,} homes x {RULES} rules", began)
    began = time.process_time()
    say(f"ledger of {len(ledger_of(made)):,} entries", began)
    travel = Travel()
    asked = AccessQuestion(("cumulative",), (5.0, 10.0, 15.0), Moving(15.0, travel))
    access(network, homes.head(10), facilities, asked)
    began = time.process_time()
    access(network, homes, facilities, asked)
    say(f"sums: {HOMES:,} homes x 15 minutes x {RULES} layers, three cutoffs", began)


def say(what: str, began: float) -> None:
    """Print what took how long."""
    print(f"{what}: {time.process_time() - began:.2f} s of processor time")


def _lonlat(table: gpd.GeoDataFrame) -> np.ndarray:
    return shapely.get_coordinates(np.asarray(table.geometry.to_numpy()))


if __name__ == "__main__":
    main(*sys.argv[1:2])
