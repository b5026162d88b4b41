"""Ways over real streets beside those of Valhalla: of the same file, and at the same speeds."""

import json
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from sandbox.engine.lengths import lengths_m
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
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


@pytest.mark.parametrize("mode", ["drive", "bike"])
def test_no_way_of_the_peer_is_sooner_at_the_same_speeds_and_most_are_as_soon(mode, tmp_path):
    from tests.support.valhalla_peer import Valhalla, at_told_speeds

    # It reads our own streets here; turns it counts its own way, so they are left out.
    network = Network(replace(build_osm(helsinki_file()), turns=None))
    graph = network.moving(Travel("drive")) if mode == "drive" else network.graph("bike", 15.0)
    graph = at_told_speeds(graph)
    both = (graph.segment_ms != NEVER_MS).all(axis=1) & (network.streets.length_m > 15)
    chosen = np.random.default_rng(3).choice(np.flatnonzero(both), 80, replace=False)
    middles = network.streets.node_xy[network.streets.segment_nodes[chosen]].mean(axis=1)
    lonlat = geo.to_lonlat(middles, network.crs)
    tied = network.snap_all(middles, 50.0, mode)
    peer = Valhalla(graph, tmp_path)
    more = []
    for i in range(40):
        start, end = tied[np.array([i])], tied[np.array([40 + i])]
        own_s = float(search(graph, start, 10**8).times_ms(end)[0]) / 1000.0
        told = peer.way(lonlat[i], lonlat[40 + i], 200.0 if mode == "drive" else 15.0)
        if told is not None and np.isfinite(own_s):
            more.append((told[2] - own_s, own_s))
    assert len(more) > 35
    off_s, own_s = np.array(more).T
    # It rounds lengths to whole metres and speeds to whole km/h.
    assert (off_s >= -2.0 - 0.025 * own_s).all()
    assert np.median(off_s / own_s) < 0.03
    # Its choice weighs more than time, so that some of its ways take longer.
    assert (off_s <= 0.02 * own_s + 2.0).mean() > 0.4
