"""Valhalla, asked of the same streets with the same speeds; it must be installed."""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
import valhalla
from valhalla._scripts import PYVALHALLA_BIN_DIR

from sandbox.engine.chains import chains
from sandbox.engine.graph import Graph, join
from sandbox.geo import crs as geo
from sandbox.units import NEVER_MS

_WAY_NODES = 1_000
# A speed below 10 km/h it takes for a slip, and goes by the kind of street.
_SLOWEST_KMH = 12.0
# No peer prepares for longer.
_LIMIT_S = 300
# Who the peer takes us for, and the way that it may use as we do.
_WAYS = {
    "walk": ("pedestrian", {"highway": "footway", "foot": "yes"}),
    "bike": ("bicycle", {"highway": "cycleway", "bicycle": "yes"}),
    "drive": ("auto", {"highway": "residential"}),
}


def at_told_speeds(graph: Graph) -> Graph:
    """Return the graph with no street slower than what the peer believes of a map."""
    slowest_ms = np.rint(graph.streets.length_m.astype(np.float64) * 3600.0 / _SLOWEST_KMH)
    cost = graph.segment_ms
    slowed = np.minimum(cost, slowest_ms[:, None]).astype(np.int32)
    cost = np.where(cost == NEVER_MS, cost, slowed)
    return join(graph.streets, graph.mode, graph.speed_kmh, cost, graph.idle)


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
        """Return the seconds of its way, those for turns in it, and those along its streets.

        None where it finds no way, or can't find its own way again on its streets: on some
        streets of real cities that lie over one another it can't.
        """
        # On the nearest street, however little of the map can be reached from there.
        near = {"radius": 0, "minimum_reachability": 1}
        places = [{"lon": lon, "lat": lat, **near} for lon, lat in (start.tolist(), end.tolist())]
        asked = self._asked(speed_kmh)
        try:
            told = json.loads(self.actor.route(json.dumps({"locations": places, **asked})))
            leg = told["trip"]["legs"][0]
            followed = self._followed(leg["shape"], asked)
        except RuntimeError:
            return None
        turns = sum(edge.get("end_node", {}).get("transition_time", 0.0) for edge in followed)
        along = sum(edge["length"] / edge["speed"] * 3600.0 for edge in followed)
        return leg["summary"]["time"], turns, along

    def _followed(self, shape: str, asked: dict[str, object]) -> list[dict[str, Any]]:
        """Return the streets along a way of its own; raise RuntimeError where it finds none."""
        attributes = ["edge.length", "edge.speed", "node.transition_time"]
        told = self.actor.trace_attributes(
            json.dumps(
                {
                    "encoded_polyline": shape,
                    "shape_match": "edge_walk",
                    "filters": {"attributes": attributes, "action": "include"},
                    **asked,
                }
            )
        )
        return json.loads(told)["edges"]

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
