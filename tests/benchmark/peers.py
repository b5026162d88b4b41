"""The other engines of the benchmark, asked the same question of the same streets."""

import json
import subprocess
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
from sandbox.network.graph import Graph
from sandbox.network.streets import Streets


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
    """Contraction hierarchies with range queries; milliseconds as its impedance."""

    def __init__(self, graph: Graph) -> None:
        xy = graph.streets.node_xy
        ends = graph.streets.segment_nodes
        self.count = len(xy)
        self.network = pandana.Network(
            pd.Series(xy[:, 0]),
            pd.Series(xy[:, 1]),
            pd.Series(ends[:, 0].astype(np.int64)),
            pd.Series(ends[:, 1].astype(np.int64)),
            pd.DataFrame({"ms": graph.segment_ms[:, 0].astype(np.float64)}),
            twoway=True,
        )

    def search(self, node: int, cutoff_ms: int) -> int:
        return len(self.network.nodes_in_range([node], float(cutoff_ms)))

    def count_from_all(self, cutoff_ms: int) -> int:
        """Count the nodes in reach of every node, on all its threads; return how many asked."""
        self.network.set(pd.Series(np.arange(self.count)), name="nodes")
        self.network.aggregate(float(cutoff_ms), type="count", decay="flat", name="nodes")
        return self.count


class Valhalla:
    """Valhalla on tiles built from the same streets, each segment a footway of its own."""

    def __init__(self, streets: Streets, folder: Path) -> None:
        self.crs = streets.crs
        pbf = folder / "streets.osm.pbf"
        _write_pbf(streets, pbf)
        (folder / "tiles").mkdir()
        settings = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"))
        settings["mjolnir"]["concurrency"] = 2
        (folder / "valhalla.json").write_text(json.dumps(settings))
        subprocess.run(
            [PYVALHALLA_BIN_DIR / "valhalla_build_tiles", "-c", folder / "valhalla.json", pbf],
            # It leaves notes of its own where it runs.
            cwd=folder,
            check=True,
            capture_output=True,
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
                    "costing": "pedestrian",
                    "costing_options": {"pedestrian": {"walking_speed": speed_kmh}},
                    "contours": [{"time": m} for m in minutes],
                    "polygons": True,
                }
            )
        )

    def areas(self, answer: str) -> dict[int, shapely.Geometry]:
        """Return the polygons of an answer in metres, by minutes."""
        made = {}
        for feature in json.loads(answer)["features"]:
            area = shapely.from_geojson(json.dumps(feature["geometry"]))
            metric = shapely.transform(area, lambda xy: geo.to_metric(xy, self.crs))
            made[int(feature["properties"]["contour"])] = shapely.make_valid(metric)
        return made


def _write_pbf(streets: Streets, path: Path) -> None:
    lonlat = geo.to_lonlat(streets.node_xy, streets.crs).tolist()
    with osmium.SimpleWriter(str(path)) as writer:
        for i, place in enumerate(lonlat):
            writer.add_node(osmium.osm.mutable.Node(id=i + 1, version=1, location=tuple(place)))
        tags = {"highway": "footway", "foot": "yes"}
        for i, ends in enumerate((streets.segment_nodes + 1).tolist()):
            writer.add_way(osmium.osm.mutable.Way(id=i + 1, version=1, nodes=ends, tags=tags))
