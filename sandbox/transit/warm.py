"""The kernels compiled beforehand, so that the first touch doesn't wait for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import numpy as np

from sandbox.engine import contours, surface
from sandbox.engine.lengths import way_to
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance, Streets
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.transit.search import find_journeys

_CRS: Final = "EPSG:32648"


def compile_kernels(progress: Callable[[float], None] = lambda _: None) -> None:
    """Compile every kernel, or read it from disk where an earlier start compiled it.

    It asks everything once of one made street, so the kernels come with the very types
    that real questions bring.

    Parameters
    ----------
    progress
        Told the share that is done, 0 to 1.
    """
    network = Network(_one_street())
    graph = network.graph("walk", 4.8)
    progress(0.0)
    start = network.snap((600_010.0, 3_270_010.0), 500.0)
    progress(0.2)
    reached = search(graph, start, 60_000)
    progress(0.6)
    reached.times_ms(start.as_many())
    progress(0.7)
    contours.areas(reached, [30_000, 60_000], 50.0)
    progress(0.9)
    surface.ground_times(reached, 50.0)
    progress(1.0)


def compile_rides() -> None:
    """Compile what rides, routes and tables of times need besides, or read it from disk.

    Few ask for them first, so a start doesn't wait for these.
    """
    network = Network(_one_street())
    start = network.snap((600_010.0, 3_270_010.0), 500.0)
    west, east = (geo.to_lonlat((x, 3_270_000.0), _CRS) for x in (600_020.0, 600_080.0))
    stops = tuple(
        LineStop(name, name, name, (float(lon), float(lat)))
        for name, (lon, lat) in (("a", west), ("b", east))
    )
    line = Line("l", "l", "l", "bus", stops, (Period(0, 3600, 600),))
    for model in ("random", "expected"):
        ride = Ride(datetime(2026, 1, 5), window_min=2, model=model)
        found = find_journeys(network, start, ride, 600_000, supply=Supply((line,)))
        found.reached(50).times_ms(start.as_many())
        found.egress_ms(start.as_many())
    graph = network.moving(Travel())
    reached = search(graph, start, 600_000)
    way_to(graph, reached, start.as_many(), start.as_many())
    one = np.zeros(1, dtype=np.int64)
    matrix(graph, start.as_many(), np.array([0, 1]), start.as_many(), one, 1, 600_000)


def _one_street() -> Streets:
    xy = np.array([[600_000.0, 3_270_000.0], [600_100.0, 3_270_000.0]])
    provenance = Provenance("", "", "", "", schematic=True)
    both = [int(Access.WALK)]
    return assemble(_CRS, geo.to_lonlat(xy, _CRS), [[0, 1]], [0], [0], both, [-1], [], provenance)
