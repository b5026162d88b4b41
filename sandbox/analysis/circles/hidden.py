"""What a straight circle hides: the same walk as a circle, along streets, and on slopes and stairs.

Planners draw service radii as circles. What of a circle is really reached is less: streets go
round, hills slow one down, stairs stop a wheelchair. Each ground counts only within its circle, so
the three can be compared; people are those of homes within it.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.access.room import within
from sandbox.analysis.access.sweep import Reached
from sandbox.analysis.circles.walking import walked_by
from sandbox.analysis.isodistance import check_metres
from sandbox.analysis.places.access import AccessPoints, access_points
from sandbox.engine import contours
from sandbox.engine.graph import Graph
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import AnalysisError
from sandbox.geo import shapes
from sandbox.geo.crs import WGS84
from sandbox.standards import Walker
from sandbox.streets.travel import Slope, Travel, check_travel
from sandbox.units import METRE_A_SECOND_KMH, MM_PER_M, MS_PER_M_AT_1_KMH

# The three grounds, from the largest.
GROUNDS: Final = ("straight", "streets", "slopes")
_QUARTER_SEGMENTS: Final = 32
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HiddenQuestion:
    """Which circle, and who walks.

    Attributes
    ----------
    metres
        Its radius. On slopes one walks as long as this takes on the level.
    walker
        Who walks.
    speed_kmh
        Speed on the level, in place of the walker's own.
    slope
        How slopes slow one down.
    reach_m
        How far from a street ground still counts.
    snap_m
        How far a place may lie from its street.
    """

    metres: float
    walker: Walker
    speed_kmh: float | None = None
    slope: Slope = "tobler"
    reach_m: float = 50.0
    snap_m: float = 500.0

    @property
    def kmh(self) -> float:
        """Return the walking speed on the level."""
        return self.walker.speed_kmh if self.speed_kmh is None else float(self.speed_kmh)

    @property
    def minutes(self) -> float:
        """Return how long the radius takes on the level."""
        return self.metres * MS_PER_M_AT_1_KMH / self.kmh / 60_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """What circles hide.

    Attributes
    ----------
    question, network
        As asked, and on which streets.
    table
        One row a facility, that which loses most first, and first of all the whole (`id` empty):
        `id, name_zh, name_en, straight_km2, streets_km2, slopes_km2, lost_streets, lost_slopes`
        (shares of the circle), and where people are known the same of people:
        `straight_people, streets_people, slopes_people, lost_people_streets,
        lost_people_slopes`. A facility without a street near reaches nothing.
    areas
        One row a facility and ground, as `ground`, with geometry in WGS 84, and ``hidden``: what
        of the circle isn't reached on slopes.
    """

    question: HiddenQuestion
    network: Network
    table: pd.DataFrame
    areas: gpd.GeoDataFrame


def hidden(
    network: Network,
    facilities: gpd.GeoDataFrame,
    question: HiddenQuestion,
    homes: gpd.GeoDataFrame | None = None,
    *,
    report: Callable[[float], None] = lambda _share: None,
) -> Hidden:
    """Return what the circles round facilities hide, each for itself and all together.

    Parameters
    ----------
    network
        The streets.
    facilities
        `id, name_zh, name_en` and geometry in WGS 84.
    question
        Which circle, and who walks.
    homes
        `id, people` and geometry, to count who is lost.
    report
        Told now and then which part is done; it may raise to end the work.

    Raises
    ------
    AnalysisError
        With all faults of the question at once, or there are no facilities.
    """
    check_metres([question.metres], question.reach_m)
    travel = Travel("walk", question.kmh, towards=True, slope=question.slope)
    faults = check_travel(travel)
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)
    if facilities.empty:
        raise AnalysisError("There are no services of this kind.", "Choose another kind.")
    walked = walked_by(network, question.walker)
    plain = network.graph("walk", METRE_A_SECOND_KMH)
    both = bool((plain.segment_ms[:, 0] == plain.segment_ms[:, 1]).all())
    graphs = {
        "streets": (network, plain if both else plain.reverse(), METRE_A_SECOND_KMH),
        "slopes": (walked, walked.moving(travel), question.kmh),
    }
    west, south, east, north = network.streets.bounds
    scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), network.crs)
    metric = [shapes.to_metric(one, network.crs) for one in facilities.geometry]
    circles: Any = shapely.buffer(
        np.array(metric, dtype=object), question.metres / scale**0.5, quad_segs=_QUARTER_SEGMENTS
    )
    grounds: dict[str, list[Any]] = {"straight": list(circles)}
    every = shapely.union_all(circles)
    whole: dict[str, Any] = {"straight": every}
    people: dict[str, Doubles] = {}
    known = homes is not None and bool((homes["people"].to_numpy(dtype=np.float64) > 0).any())
    in_circle = None
    if homes is not None and known:
        in_circle = _in_circles(homes, metric, question.metres / scale**0.5, network.crs)
    for number, (name, (streets, graph, kmh)) in enumerate(graphs.items()):
        cutoff = _cutoff(question, kmh)
        points = access_points(streets, facilities, snap_m=question.snap_m)
        drawn: list[Any] = []
        for one in _each(graph, points, cutoff, question.reach_m, kmh):
            drawn.append(one)
            report((number + len(drawn) / len(facilities)) / len(graphs))
        parts: Any = shapely.intersection(np.array(drawn, dtype=object), circles)
        grounds[name] = [_areal(one) for one in parts]
        whole[name] = _areal(shapely.union_all(np.array(grounds[name], dtype=object)))
        if homes is not None and in_circle is not None:
            here = access_points(streets, homes, snap_m=question.snap_m)
            pairs = within(graph, streets, here, facilities, cutoff, snap_m=question.snap_m)
            people[name] = _counted(pairs, in_circle, homes, len(facilities))
    if homes is not None and in_circle is not None:
        none = Reached(*in_circle, np.zeros(len(in_circle[0]), dtype=np.int32))
        people["straight"] = _counted(none, in_circle, homes, len(facilities))
    table = _table(facilities, grounds, whole, people, scale)
    return Hidden(question, network, table, _areas(facilities, grounds, whole, network.crs))


def _cutoff(question: HiddenQuestion, kmh: float) -> int:
    """Return the radius as a walk at a speed: millimetres at a metre a second, else ms."""
    if kmh == METRE_A_SECOND_KMH:
        return round(question.metres * MM_PER_M)
    return round(question.metres * MS_PER_M_AT_1_KMH / kmh)


def _each(
    graph: Graph, points: AccessPoints, cutoff: int, reach_m: float, kmh: float
) -> Iterator[Any]:
    """Return the ground from which each facility is reached, in metres, one after the other."""
    nothing: Any = shapely.MultiPolygon()

    def one(number: int) -> Any:
        starts = points.of(number)
        if not len(starts.segment):
            return nothing
        reached = points.with_own(search(graph, starts, cutoff), kmh, number)
        return contours.areas(reached, [cutoff], reach_m)[0]

    pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
    try:
        yield from pool.map(one, range(len(points.id)))
    finally:
        # Whoever stops asking doesn't wait for the rest.
        pool.shutdown(cancel_futures=True)


def _in_circles(
    homes: gpd.GeoDataFrame, facilities: list[Any], radius: float, crs: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return pairs of homes and facilities whose circle touches them."""
    metric = np.array([shapes.to_metric(one, crs) for one in homes.geometry], dtype=object)
    tree = shapely.STRtree(np.array(facilities, dtype=object))
    home, place = tree.query(metric, predicate="dwithin", distance=radius)
    return home.astype(np.int64), place.astype(np.int64)


def _counted(
    pairs: Reached,
    in_circle: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    homes: gpd.GeoDataFrame,
    count: int,
) -> Doubles:
    """Return the people in the circle that each facility serves, and in the last place any."""
    weight = np.nan_to_num(homes["people"].to_numpy(dtype=np.float64))
    key, circle = (home * count + place for home, place in ((pairs.home, pairs.place), in_circle))
    kept = np.unique(key[np.isin(key, circle)])
    home, place = kept // count, kept % count
    each = np.bincount(place, weights=weight[home], minlength=count)
    return np.concatenate([each.astype(np.float64), [weight[np.unique(home)].sum()]])


def _lonlat(shape: Any, crs: str) -> Any:
    """Return a shape in degrees; slivers may cross themselves once their corners are rounded."""
    made = shapes.to_lonlat(shape, crs)
    return made if shapely.is_valid(made) else _areal(shapely.make_valid(made))


def _areal(shape: Any) -> Any:
    parts = shapely.get_parts(shapely.get_parts(shape))
    kept = parts[shapely.get_dimensions(parts) == 2]
    return shapely.multipolygons(kept) if len(kept) else shapely.MultiPolygon()


def _table(
    facilities: gpd.GeoDataFrame,
    grounds: dict[str, list[Any]],
    whole: dict[str, Any],
    people: dict[str, Doubles],
    scale: float,
) -> pd.DataFrame:
    columns: dict[str, Any] = {
        name: [*facilities[name].astype(str), ""] for name in ("id", "name_zh", "name_en")
    }
    for name in GROUNDS:
        km2 = np.array([shapely.area(one) for one in [*grounds[name], whole[name]]]) * scale / 1e6
        columns[f"{name}_km2"] = km2
    for name in GROUNDS[1:]:
        columns[f"lost_{name}"] = _lost(columns["straight_km2"], columns[f"{name}_km2"])
    for name in GROUNDS if people else ():
        columns[f"{name}_people"] = people[name]
    for name in GROUNDS[1:] if people else ():
        columns[f"lost_people_{name}"] = _lost(
            columns["straight_people"], columns[f"{name}_people"]
        )
    table = pd.DataFrame(columns)
    order = np.lexsort((np.arange(len(table)), -table["lost_slopes"].to_numpy()))
    first = len(table) - 1
    return table.iloc[[first, *(row for row in order.tolist() if row != first)]].reset_index(
        drop=True
    )


def _lost(circle: Doubles, reached: Doubles) -> Doubles:
    return np.where(circle > 0, 1.0 - reached / np.where(circle > 0, circle, 1.0), np.nan)


def _areas(
    facilities: gpd.GeoDataFrame,
    grounds: dict[str, list[Any]],
    whole: dict[str, Any],
    crs: str,
) -> gpd.GeoDataFrame:
    rows: list[dict[str, Any]] = []
    names = [[*facilities[one].astype(str), ""] for one in ("id", "name_zh", "name_en")]
    told = [{"id": one, "name_zh": zh, "name_en": en} for one, zh, en in zip(*names, strict=True)]
    for number, row in enumerate(told):
        of = {name: [*grounds[name], whole[name]][number] for name in GROUNDS}
        of["hidden"] = _areal(shapely.difference(of["straight"], of["slopes"]))
        rows += [
            {**row, "ground": name, "geometry": _lonlat(shape, crs)} for name, shape in of.items()
        ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84)
