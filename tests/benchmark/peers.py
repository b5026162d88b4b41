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
from sandbox.network.graph import NEVER_MS, Graph
from sandbox.network.streets import Access

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
    """Valhalla on tiles built from the same streets, each segment a way of its own."""

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
    streets = graph.streets
    lonlat = geo.to_lonlat(streets.node_xy, streets.crs).tolist()
    _, tags = _WAYS[graph.mode]
    open_ = graph.segment_ms != NEVER_MS
    kmh = streets.length_m[:, None] * 3600.0 / np.maximum(graph.segment_ms, 1)
    kmh = np.where(open_, kmh, 0.0).max(axis=1).round().astype(int).tolist()
    with osmium.SimpleWriter(str(path)) as writer:
        for i, place in enumerate(lonlat):
            writer.add_node(osmium.osm.mutable.Node(id=i + 1, version=1, location=tuple(place)))
        for i, ends in enumerate((streets.segment_nodes + 1).tolist()):
            if not open_[i].any():
                continue
            told = dict(tags)
            if not open_[i].all():
                told["oneway"] = "yes" if open_[i, 0] else "-1"
            if graph.mode == "drive":
                told["maxspeed"] = str(kmh[i])
            elif graph.mode == "bike" and streets.access[i] & Access.BIKE_PUSHED:
                told["bicycle"] = "dismount"
            writer.add_way(osmium.osm.mutable.Way(id=i + 1, version=1, nodes=ends, tags=told))
