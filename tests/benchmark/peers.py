"""The other engines of the benchmark, asked the same question of the same streets."""

import json
import subprocess
import warnings
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pandana
import pandas as pd
import shapely
import valhalla
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from valhalla._scripts import PYVALHALLA_BIN_DIR

from sandbox.geo import crs as geo
from sandbox.network.chains import chains
from sandbox.network.graph import NEVER_MS, Graph

_WAY_NODES = 1_000
# No peer prepares for longer.
_LIMIT_S = 300
# Who the peer takes us for, and the way that it may use as we do.
_WAYS = {
    "walk": ("pedestrian", {"highway": "footway", "foot": "yes"}),
    "bike": ("bicycle", {"highway": "cycleway", "bicycle": "yes"}),
    "drive": ("auto", {"highway": "residential"}),
}


class Scipy:
    """Dijkstra's search on a sparse matrix, with its limit."""

    def __init__(self, graph: Graph) -> None:
        count = len(graph.streets.node_xy)
        costs = graph.edges[:, 1].astype(np.float64)
        self.matrix = csr_array((costs, graph.edges[:, 0], graph.offsets), shape=(count, count))

    def search(self, node: int, cutoff_ms: int) -> int:
        return int(np.isfinite(dijkstra(self.matrix, indices=node, limit=cutoff_ms)).sum())


class Networkx:
    """Dijkstra's search on dictionaries, as in OSMnx's isochrone recipe."""

    def __init__(self, graph: Graph) -> None:
        source = np.repeat(np.arange(len(graph.offsets) - 1), np.diff(graph.offsets))
        self.graph = nx.DiGraph()
        self.graph.add_weighted_edges_from(
            zip(source.tolist(), *graph.edges.T.tolist(), strict=True), weight="ms"
        )

    def search(self, node: int, cutoff_ms: int) -> int:
        found = nx.single_source_dijkstra_path_length(
            self.graph, node, cutoff=cutoff_ms, weight="ms"
        )
        return len(found)


class Pandana:
    """Contraction hierarchies with range queries; it holds thousandths of its seconds."""

    def __init__(self, graph: Graph) -> None:
        xy = graph.streets.node_xy
        ends = graph.streets.segment_nodes
        self.count = len(xy)
        self.network = pandana.Network(
            pd.Series(xy[:, 0]),
            pd.Series(xy[:, 1]),
            pd.Series(ends[:, 0].astype(np.int64)),
            pd.Series(ends[:, 1].astype(np.int64)),
            pd.DataFrame({"s": graph.segment_ms[:, 0] / 1000.0}),
            twoway=True,
        )

    def pairs(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return the seconds between pairs of nodes."""
        with warnings.catch_warnings():
            # It lists the pairs without a way, thousands of them.
            warnings.simplefilter("ignore")
            return np.array(self.network.shortest_path_lengths(start, end))

    def count_from_all(self, cutoff_s: float) -> np.ndarray:
        """Return how many nodes are in reach of each node, on all its threads."""
        self.network.set(pd.Series(np.arange(self.count)), name="nodes")
        return self.network.aggregate(cutoff_s, type="count", decay="flat", name="nodes")


class Valhalla:
    """Valhalla on tiles built from the same streets."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.crs = graph.streets.crs
        self.costing, _ = _WAYS[graph.mode]
        pbf = folder / "streets.osm.pbf"
        _write_pbf(graph, pbf)
        (folder / "tiles").mkdir()
        settings = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"))
        settings["mjolnir"]["concurrency"] = 2
        settings["service_limits"][self.costing] |= {
            "max_matrix_distance": 1e6,
            "max_matrix_location_pairs": 10**7,
        }
        (folder / "valhalla.json").write_text(json.dumps(settings))
        subprocess.run(
            [PYVALHALLA_BIN_DIR / "valhalla_build_tiles", "-c", folder / "valhalla.json", pbf],
            # It leaves notes of its own where it runs.
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=_LIMIT_S,
        )
        self.actor = valhalla.Actor(settings)

    def isochrone(
        self, lonlat: tuple[float, float], minutes: tuple[int, ...], speed_kmh: float
    ) -> str:
        """Return the polygons as GeoJSON text, as the service would send them."""
        return self.actor.isochrone(
            json.dumps(
                {
                    "locations": [{"lon": lonlat[0], "lat": lonlat[1]}],
                    "contours": [{"time": m} for m in minutes],
                    "polygons": True,
                    **self._asked(speed_kmh),
                }
            )
        )

    def matrix(self, starts: np.ndarray, ends: np.ndarray, speed_kmh: float) -> np.ndarray:
        """Return the seconds between places in degrees, NaN where there is no way."""
        told = self.actor.matrix(
            json.dumps(
                {
                    "sources": [{"lon": lon, "lat": lat} for lon, lat in starts.tolist()],
                    "targets": [{"lon": lon, "lat": lat} for lon, lat in ends.tolist()],
                    "verbose": False,
                    **self._asked(speed_kmh),
                }
            )
        )
        seconds = json.loads(told)["sources_to_targets"]["durations"]
        return np.array(seconds, dtype=np.float64)

    def way(
        self, start: np.ndarray, end: np.ndarray, speed_kmh: float
    ) -> tuple[float, float, float] | None:
        """Return the seconds of its way, those for turns in it, and those along its streets."""
        places = [{"lon": lon, "lat": lat} for lon, lat in (start.tolist(), end.tolist())]
        asked = self._asked(speed_kmh)
        try:
            told = json.loads(self.actor.route(json.dumps({"locations": places, **asked})))
        except RuntimeError:
            return None
        leg = told["trip"]["legs"][0]
        followed = json.loads(
            self.actor.trace_attributes(
                json.dumps(
                    {
                        "encoded_polyline": leg["shape"],
                        "shape_match": "edge_walk",
                        "filters": {
                            "attributes": ["edge.length", "edge.speed", "node.transition_time"],
                            "action": "include",
                        },
                        **asked,
                    }
                )
            )
        )["edges"]
        turns = sum(edge.get("end_node", {}).get("transition_time", 0.0) for edge in followed)
        along = sum(edge["length"] / edge["speed"] * 3600.0 for edge in followed)
        return leg["summary"]["time"], turns, along

    def _asked(self, speed_kmh: float) -> dict[str, object]:
        speeds = {"pedestrian": "walking_speed", "bicycle": "cycling_speed", "auto": "top_speed"}
        options = {self.costing: {speeds[self.costing]: speed_kmh}}
        return {"costing": self.costing, "costing_options": options}

    def areas(self, answer: str) -> dict[int, shapely.Geometry]:
        """Return the polygons of an answer in metres, by minutes."""
        made = {}
        for feature in json.loads(answer)["features"]:
            area = shapely.from_geojson(json.dumps(feature["geometry"]))
            metric = shapely.transform(area, lambda xy: geo.to_metric(xy, self.crs))
            made[int(feature["properties"]["contour"])] = shapely.make_valid(metric)
        return made


def _write_pbf(graph: Graph, path: Path) -> None:
    """Write ways from junction to junction, so that the peer gets edges as from a real map."""
    streets = graph.streets
    lonlat = geo.to_lonlat(streets.node_xy, streets.crs).tolist()
    made = chains(graph)
    open_ = np.flatnonzero(made.chain >= 0)
    order = open_[np.argsort(made.place[open_])].tolist()
    ends = (streets.segment_nodes + 1).tolist()
    with osmium.SimpleWriter(str(path)) as writer:
        for i, place in enumerate(lonlat):
            writer.add_node(osmium.osm.mutable.Node(id=i + 1, version=1, location=tuple(place)))
        told = [_tags(graph, s, bool(made.turned[s])) for s in range(len(ends))]
        # A way goes on while its chain and its tags do; the peer knows no more than 2,000 nodes.
        first = 0
        for i in range(1, len(order) + 1):
            if (
                i < len(order)
                and i - first < _WAY_NODES
                and made.chain[order[i]] == made.chain[order[first]]
                and told[order[i]] == told[order[first]]
            ):
                continue
            run = [ends[s][:: -1 if made.turned[s] else 1] for s in order[first:i]]
            nodes = [run[0][0], *(after for _, after in run)]
            writer.add_way(
                osmium.osm.mutable.Way(
                    id=first + 1, version=1, nodes=nodes, tags=told[order[first]]
                )
            )
            first = i


def _tags(graph: Graph, segment: int, turned: bool) -> dict[str, str]:
    """Return what says who may go along a segment which way, and by car how fast."""
    ms = graph.segment_ms[segment]
    open_ = ms != NEVER_MS
    _, tags = _WAYS[graph.mode]
    told = dict(tags)
    if not open_.all():
        told["oneway"] = "yes" if open_[int(turned)] else "-1"
    if graph.mode == "drive" and open_.any():
        length_m = float(graph.streets.length_m[segment])
        told["maxspeed"] = str(round(length_m * 3600.0 / max(int(ms[open_].min()), 1)))
    return told
