"""The shipped ground: rivers, roads, tunnels, relief, and the streets made from them."""

import platform
import sys

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

from sandbox import isochrones, open_network, paths
from sandbox.analysis.places.access import SNAP_M
from sandbox.catalog.folder import load
from sandbox.catalog.layer import Layer
from sandbox.cli.data.schematic import hilly_streets, shipped_ground
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import load as load_streets
from sandbox.streets.sandnet import save
from sandbox.streets.streets import StreetClass, Streets, Structure

REACH_M = 50.0
# Waypoints of the crests, as the relief was made from them; 青木关 is a pass with a road.
ZHONGLIANG = [(106.392, 29.400), (106.397, 29.449), (106.404, 29.523), (106.410, 29.556)]
ZHONGLIANG += [(106.412, 29.608), (106.410, 29.666), (106.424, 29.745)]
JINYUN = [(106.249, 29.439), (106.261, 29.465), (106.270, 29.560), (106.278, 29.640)]


@pytest.fixture(scope="module")
def streets() -> Streets:
    return load_streets(paths.layers() / "streets" / "streets.sandnet")


def layer(name: str) -> Layer:
    return load(paths.layers() / name)


def metric(name: str, streets: Streets) -> gpd.GeoDataFrame:
    features = layer(name).features
    assert features is not None
    return features.to_crs(streets.crs)


def lines(streets: Streets, mask: np.ndarray) -> np.ndarray:
    return shapely.linestrings(streets.node_xy[streets.segment_nodes[mask]])


def on_foot(streets: Streets) -> np.ndarray:
    return (streets.access & Access.WALK) == Access.WALK


def crest(waypoints: list[tuple[float, float]], streets: Streets) -> shapely.LineString:
    return shapely.LineString(geo.to_metric(np.array(waypoints), streets.crs))


@pytest.mark.long
@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="the last digits of sines and cosines are the platform's own",
)
def test_the_shipped_streets_are_what_the_generator_makes_of_the_shipped_layers(tmp_path):
    made = tmp_path / "made.sandnet"
    save(hilly_streets(2026), made)
    shipped = paths.layers() / "streets" / "streets.sandnet"
    # Not the bytes themselves: telling where a million of them differ takes minutes.
    same = made.read_bytes() == shipped.read_bytes()
    assert same, "run: packaging/run network schematic -o layers/streets/streets.sandnet"


def test_the_streets_say_that_they_are_schematic(streets):
    assert streets.provenance.schematic
    assert layer("streets").schematic
    assert 30_000 <= len(streets.node_xy) <= 60_000
    assert (paths.layers() / "streets" / "streets.sandnet").stat().st_size < 1_500_000


def test_streets_climb_as_the_schematic_relief_does(streets):
    heights = shipped_ground().heights
    assert heights is not None
    assert streets.climb_m is not None
    # Along a short street on the ground the difference of its ends; only tunnels, bridges
    # and what joins them keep to other heights.
    ends = streets.segment_nodes
    lies_on = np.zeros(len(streets.node_xy), dtype=bool)
    lies_on[ends[streets.structure == Structure.GROUND]] = True
    lies_on[ends[streets.structure != Structure.GROUND]] = False
    short = (streets.length_m < 20) & lies_on[ends].all(axis=1)
    assert short.sum() > 5000
    at_m = heights.at(geo.to_lonlat(streets.node_xy, streets.crs))
    rise = at_m[ends[short, 1]] - at_m[ends[short, 0]]
    climbed = streets.climb_m[short, 0] - streets.climb_m[short, 1]
    assert climbed == pytest.approx(rise, abs=0.6)
    assert np.abs(climbed - rise).mean() < 0.06
    # Up to the highest place takes longer than down from it, and both longer than on the level.
    node = int(np.argmax(np.where(lies_on, at_m, 0)))
    lonlat = tuple(map(float, geo.to_lonlat(streets.node_xy[node], streets.crs)))
    away, towards, level = (
        isochrones(open_network(), [lonlat], [30], **more).area_km2[0]
        for more in ({}, {"towards": True}, {"slope": "flat"})
    )
    assert towards < away < level * 1.05
    assert towards < level


def test_built_up_ground_lies_near_a_street(streets):
    tree = shapely.STRtree(lines(streets, on_foot(streets)))
    random = np.random.default_rng(5)
    near_all, tried_all = 0, 0
    for area in metric("built_up", streets).itertuples():
        west, south, east, north = area.geometry.bounds
        xy = random.uniform([west, south], [east, north], (2500, 2))
        xy = xy[shapely.contains_xy(area.geometry, xy[:, 0], xy[:, 1])]
        hits = tree.query(shapely.points(xy), predicate="dwithin", distance=REACH_M)[0]
        near = len(np.unique(hits)) / len(xy)
        assert near >= (0.85 if area.kind == "village" else 0.95), area.id
        near_all += near * area.geometry.area
        tried_all += area.geometry.area
    assert near_all / tried_all >= 0.95


def test_walking_is_in_one_piece_and_nearly_nothing_was_dropped(streets):
    parts = streets.provenance.report["parts"]
    assert parts["walk"]["segments_outside"] == 0
    assert parts["drive"]["segments_outside"] < 0.05 * parts["drive"]["segments"]


def test_streets_on_the_ground_meet_only_at_nodes(streets):
    ground = streets.structure == Structure.GROUND
    ends, shapes = streets.segment_nodes[ground], lines(streets, ground)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="crosses")
    shared = (ends[one][:, :, None] == ends[other][:, None, :]).any(axis=(1, 2))
    assert shared.all()


def test_expressways_share_no_node_with_what_people_walk_on(streets):
    express = streets.street_class == StreetClass.EXPRESS
    assert not (streets.access[express] & Access.WALK).any()
    walked = np.unique(streets.segment_nodes[on_foot(streets)])
    assert not np.intersect1d(np.unique(streets.segment_nodes[express]), walked).size


def test_what_crosses_an_expressway_or_water_goes_over_or_under_it(streets):
    express = (streets.street_class == StreetClass.EXPRESS) & (
        streets.structure == Structure.GROUND
    )
    walked = on_foot(streets)
    shapes = lines(streets, walked)
    structure = streets.structure[walked]
    roads = shapely.STRtree(lines(streets, express))
    over_road = np.unique(roads.query(shapes, predicate="crosses")[0])
    assert len(over_road) > 100
    assert (structure[over_road] != Structure.GROUND).all()
    water = shapely.STRtree(metric("water", streets).geometry.to_numpy())
    over_water = np.unique(water.query(shapes, predicate="intersects")[0])
    assert len(over_water) > 20
    assert (structure[over_water] == Structure.BRIDGE).all()


@pytest.mark.parametrize("waypoints", [ZHONGLIANG, JINYUN], ids=["zhongliang", "jinyun"])
def test_only_tunnels_and_mountain_paths_cross_the_ridges(streets, waypoints):
    crossing = shapely.intersects(
        lines(streets, np.ones(len(streets.length_m), bool)), crest(waypoints, streets)
    )
    tunnel = streets.structure[crossing] == Structure.TUNNEL
    path = streets.street_class[crossing] <= StreetClass.STEPS
    assert tunnel.any()
    assert (path & ~tunnel).any()
    assert (tunnel | path).all()


def test_a_path_rings_fengqi_lake(streets):
    water = metric("water", streets)
    lake = water[water["id"] == "fengqi_lake"].geometry.iloc[0]
    paths_near = lines(streets, streets.street_class == StreetClass.PATH)
    paths_near = paths_near[shapely.dwithin(paths_near, lake, 60.0)]
    shore = shapely.segmentize(shapely.Polygon(lake.exterior).buffer(9.0).exterior, 15.0)
    away = shapely.distance(
        shapely.points(shapely.get_coordinates(shore)), shapely.union_all(paths_near)
    )
    assert away.max() < 30.0
    assert np.mean(away < 8.0) > 0.9


def test_main_roads_run_through_the_known_places(streets):
    roads = metric("main_roads", streets)
    for name, places in {
        "科学大道": [(106.351, 29.521), (106.364, 29.562), (106.365, 29.640), (106.391, 29.759)],
        "绕城高速": [(106.297, 29.441), (106.280, 29.558), (106.349, 29.761)],
        "高新大道": [(106.300, 29.5235), (106.351, 29.523), (106.392, 29.512)],
        "坪山大道": [(106.327, 29.581), (106.386, 29.566)],
    }.items():
        course = shapely.union_all(roads[roads["name_zh"] == name].geometry.to_numpy())
        xy = shapely.points(geo.to_metric(np.array(places), streets.crs))
        assert shapely.distance(course, xy).max() < 25.0, name
        in_streets = streets.name == streets.names.index(name)
        assert streets.length_m[in_streets].sum() > 0.9 * course.length, name


def test_tunnels_come_in_nine_groups_and_lie_below_the_streets(streets):
    tunnels = metric("tunnels", streets)
    through = tunnels[tunnels["ridge"] == "zhongliang"]
    assert sorted(set(through["group"])) == list(range(1, 10))
    below = lines(streets, streets.structure == Structure.TUNNEL)
    tree = shapely.STRtree(below)
    for tunnel in tunnels.itertuples():
        assert tunnel.geometry.length / 1000 == pytest.approx(tunnel.length_km, abs=0.05)
        middle = tunnel.geometry.interpolate(0.5, normalized=True)
        assert len(tree.query(middle, predicate="dwithin", distance=10.0)), tunnel.id


# Districts about whose middle no street is drawn: they lie east and south of the built-up ground.
BEYOND = {"jiulongpo", "jiangbei", "nanan", "yubei", "banan", "jiangjin", "dazhulin"}


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
def test_every_settlement_reaches_every_other(streets, mode):
    """Tunnels, expressways and paths over the ridges join all towns, as they do in reality."""
    access = {"walk": Access.WALK, "bike": Access.BIKE, "drive": Access.DRIVE}[mode]
    usable = (streets.access & access) == access
    a, b = streets.segment_nodes[usable].T
    count = len(streets.node_xy)
    part = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(count, count)))[1]
    towns = metric("settlements", streets)
    tree = shapely.STRtree(lines(streets, usable))
    (_, nearest), away_m = tree.query_nearest(
        towns.geometry.to_numpy(), return_distance=True, all_matches=False
    )
    drawn = away_m < SNAP_M
    # On the ridge of Zhongliang Mountain: paths lead there, and no road is drawn.
    on_the_ridge = {"geleshan"} if mode == "drive" else set[str]()
    assert set(towns["id"][~drawn]) == BEYOND | on_the_ridge
    assert len(set(part[a[nearest[drawn]]])) == 1


@pytest.mark.parametrize("place", ["labs/quality_base", "rail_planned/m7_hangu"])
def test_what_stands_in_the_open_country_has_a_road(streets, place):
    name, identity = place.split("/")
    found = metric(name, streets).set_index("id").geometry[identity]
    driven = (streets.access & Access.DRIVE) == Access.DRIVE
    assert (
        shapely.STRtree(lines(streets, driven)).query_nearest(found, return_distance=True)[1] < 60
    )


def test_relief_holds_two_ridges_a_trough_and_the_rivers(streets):
    grid = layer("relief").grid
    assert grid is not None
    assert np.isfinite(grid.values).all()
    assert (paths.layers() / "relief" / "relief.tif").stat().st_size < 1_200_000
    heights = shipped_ground().heights
    assert heights is not None

    def across(lat: float, west: float, east: float) -> np.ndarray:
        lon = np.linspace(west, east, 200)
        return heights.at(np.column_stack([lon, np.full(200, lat)]))

    for lat in (29.47, 29.523, 29.62):
        assert across(lat, 106.24, 106.30).max() > 420.0
        section = across(lat, 106.385, 106.430)
        assert section.max() > 420.0
        assert np.median(across(lat, 106.305, 106.36)) < 370.0
    assert across(29.57, 106.41, 106.44).max() > 560.0
    assert across(29.30, 106.3805, 106.3815).mean() < 200.0


def test_demonstration_facilities_stand_by_streets_in_every_town(streets):
    facilities = metric("demo_facilities", streets)
    assert (facilities["status"] == "schematic").all()
    assert facilities["name_zh"].str.endswith("（示意）").all()
    tree = shapely.STRtree(lines(streets, on_foot(streets)))
    places = facilities.geometry.to_numpy()
    near = tree.query(places, predicate="dwithin", distance=REACH_M)[0]
    assert len(np.unique(near)) == len(places)
    towns = metric("built_up", streets)
    towns = towns[towns["kind"].isin(["organic", "grid"]) & (towns.geometry.area > 1e6)]
    for town in towns.itertuples():
        here = set(facilities["kind"][shapely.intersects(places, town.geometry)])
        wanted = {"clinic", "kindergarten", "market", "bus_stop", "school_primary"}
        assert wanted <= here, (town.id, wanted - here)


def built_up_nodes(streets: Streets) -> np.ndarray:
    """Return the nodes that people walk through in towns; villages lie in the open country."""
    areas = metric("built_up", streets)
    towns = shapely.union_all(areas[areas["kind"] != "village"].geometry.to_numpy())
    shapely.prepare(towns)
    nodes = np.unique(streets.segment_nodes[on_foot(streets)])
    return nodes[shapely.contains_xy(towns, streets.node_xy[nodes])]


def test_places_near_to_each_other_are_no_long_walk_apart(streets):
    random = np.random.default_rng(3)
    nodes = built_up_nodes(streets)
    starts = random.choice(nodes, 400, replace=False)
    a, b = streets.segment_nodes[on_foot(streets)].T
    length, count = streets.length_m[on_foot(streets)], len(streets.node_xy)
    both = (np.r_[length, length], (np.r_[a, b], np.r_[b, a]))
    walks = dijkstra(coo_array(both, shape=(count, count)).tocsr(), indices=starts, limit=9000.0)
    xy = streets.node_xy[nodes]
    pairs = list[tuple[int, int]]()
    for i, start in enumerate(starts.tolist()):
        away = np.hypot(*(xy - streets.node_xy[start]).T)
        near = nodes[(away > 50.0) & (away < 300.0)]
        pairs += [(i, int(n)) for n in random.choice(near, min(len(near), 8), replace=False)]
    i, goal = np.array(pairs).T
    ends = np.stack([streets.node_xy[starts[i]], streets.node_xy[goal]], axis=1)
    express = lines(streets, streets.street_class == StreetClass.EXPRESS)
    barriers = shapely.STRtree([*express, *metric("water", streets).geometry])
    barred = np.zeros(len(pairs), dtype=bool)
    barred[barriers.query(shapely.linestrings(ends), predicate="intersects")[0]] = True
    ratio = (walks[i, goal] / np.hypot(*(ends[:, 0] - ends[:, 1]).T))[~barred]
    assert len(ratio) > 1500
    assert np.median(ratio) < 1.5
    assert np.percentile(ratio, 95) < 3.0


def test_parks_in_town_have_gates_to_the_streets_beside_them(streets):
    parks = metric("parks", streets)
    parks = parks[parks["kind"].isin(["park", "forest_park"]) & (parks.geometry.area < 2e6)]
    built = shapely.union_all(metric("built_up", streets).geometry.to_numpy())
    ways = shapely.STRtree(lines(streets, on_foot(streets)))
    express = shapely.union_all(lines(streets, streets.street_class == StreetClass.EXPRESS))
    tried = 0
    for park in parks.itertuples():
        edge = park.geometry.boundary
        places = shapely.points(shapely.get_coordinates(shapely.segmentize(edge, 20.0)))
        places = places[shapely.distance(places, built) < 20.0]
        places = places[shapely.distance(places, express) > 100.0]
        if not len(places):
            continue
        crossing = ways.geometries[ways.query(edge, predicate="crosses")]
        gates = shapely.intersection(edge, shapely.union_all(crossing))
        # A gate each 400 m leaves no place of the edge further than 200 m from one.
        away = shapely.distance(places, gates)
        assert away.max() <= 200.0, park.id
        tried += 1
    assert tried >= 4


def test_a_quarter_of_an_hour_on_foot_reaches_what_it_does_in_a_city(streets):
    random = np.random.default_rng(4)
    starts = random.choice(built_up_nodes(streets), 200, replace=False)
    origins = [(float(x), float(y)) for x, y in geo.to_lonlat(streets.node_xy[starts], streets.crs)]
    lake = (106.3206, 29.5197)
    area_km2 = isochrones(open_network(), [*origins, lake], [15]).area_km2.to_numpy()
    assert 1.5 < np.median(area_km2[:-1]) < 3.5
    assert np.percentile(area_km2[:-1], 5) > 0.7
    assert area_km2[:-1].max() < 4.5
    assert area_km2[-1] > 1.2
