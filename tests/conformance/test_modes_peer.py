"""Ways by car over real streets, beside those of Valhalla, which reads the same file itself."""

import json
import subprocess

import numpy as np
import pytest

from sandbox.geo import crs as geo
from sandbox.network.build_osm import build_osm
from sandbox.network.graph import NEVER_MS
from sandbox.network.lengths import lengths_m
from sandbox.network.network import Network
from sandbox.network.search import search
from tests.support.real import helsinki_file

valhalla = pytest.importorskip("valhalla")
# Bans of turns aren't read here, so that the peer leaves them out too.
ASKED = {"shortest": True, "ignore_restrictions": True, "use_ferry": 0}


@pytest.fixture(scope="module")
def actor(tmp_path_factory):
    from valhalla._scripts import PYVALHALLA_BIN_DIR

    folder = tmp_path_factory.mktemp("valhalla")
    (folder / "tiles").mkdir()
    settings = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"))
    (folder / "valhalla.json").write_text(json.dumps(settings), "utf-8")
    subprocess.run(
        [
            PYVALHALLA_BIN_DIR / "valhalla_build_tiles",
            *("-c", folder / "valhalla.json", helsinki_file()),
        ],
        check=True,
        capture_output=True,
        cwd=folder,  # it leaves notes where it runs
    )
    return valhalla.Actor(settings)


def test_the_shortest_ways_by_car_are_as_long_as_the_peers(actor):
    network = Network(build_osm(helsinki_file()))
    graph = network.graph("drive", 3.6)
    open_ = (graph.segment_ms != NEVER_MS).any(axis=1) & (network.streets.length_m > 15)
    chosen = np.random.default_rng(3).choice(np.flatnonzero(open_), 80, replace=False)
    middles = network.streets.node_xy[network.streets.segment_nodes[chosen]].mean(axis=1)
    tied = network.snap_all(middles, 50.0, "drive")
    places = [
        {"lon": lon, "lat": lat, "radius": 0, "minimum_reachability": 1}
        for lon, lat in geo.to_lonlat(tied.street_xy, network.crs).tolist()
    ]
    told = json.loads(
        actor.matrix(
            json.dumps(
                {
                    "sources": places[:40],
                    "targets": places[40:],
                    "costing": "auto",
                    "costing_options": {"auto": ASKED},
                }
            )
        )
    )
    peer = np.array(
        [
            [np.nan if one["distance"] is None else one["distance"] * 1000 for one in row]
            for row in told["sources_to_targets"]
        ]
    )
    starts = [tied[np.array([index])] for index in range(40)]
    ends = tied[np.arange(40, 80)]
    own = np.array([lengths_m(graph, search(graph, start, 10**8), start, ends) for start in starts])
    both = np.isfinite(peer) & (peer > 0)
    assert np.isfinite(own).all()
    assert both.mean() > 0.95
    off = np.abs(peer - own)[both]
    # The rest goes through a gate without tags, or over a square, which the peer shuns.
    assert np.median(off) < 5.0
    assert (off <= np.maximum(15.0, 0.02 * own[both])).mean() > 0.85
