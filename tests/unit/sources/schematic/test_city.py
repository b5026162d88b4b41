"""A small town by hand: what its schematic streets must hold whatever the seed."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon

from sandbox.geo import crs as geo
from sandbox.sources.schematic.city import generate
from sandbox.sources.schematic.ground import Area, Ground, Heights, Pattern, Road
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import load, save
from sandbox.streets.streets import StreetClass, Streets, Structure

CRS = "EPSG:32648"
MIDDLE = geo.to_metric((106.32, 29.52), CRS)


def at(*xy: tuple[float, float]) -> list[tuple[float, float]]:
    return [(MIDDLE[0] + x, MIDDLE[1] + y) for x, y in xy]


def disc(x: float, y: float, radius_m: float) -> Polygon:
    return Point(*at((x, y))).buffer(radius_m)


def town() -> Ground:
    """Return a town between an avenue and an expressway, with a campus, a lake and a hill."""
    lake, campus = disc(-700, 500, 170), disc(500, -500, 330)
    built = Polygon(at((-1500, -1300), (1500, -1200), (1600, 1300), (-1400, 1400)))
    park = lake.buffer(120)
    heights = np.full((40, 40), 300.0, dtype=np.float32)
    heights[:, 30:34] = 600.0
    west, south = geo.to_lonlat(MIDDLE - 6000, CRS)
    east, north = geo.to_lonlat(MIDDLE + 6000, CRS)
    return Ground(
        crs=CRS,
        roads=(
            Road("大道", StreetClass.ARTERIAL, LineString(at((-2500, -200), (0, 0), (5200, 100)))),
            Road("快速", StreetClass.EXPRESS, LineString(at((900, -2600), (1000, 0), (900, 2600)))),
        ),
        tunnels=(LineString(at((2400, 46.154), (4800, 92.308))),),
        areas=(
            Area(Pattern.ORGANIC, shapely.difference(built, park.union(campus))),
            Area(Pattern.CAMPUS, campus),
            Area(Pattern.VILLAGE, disc(5000, -500, 180)),
        ),
        water=(lake,),
        parks=(park,),
        heights=Heights(heights, (float(west), float(south), float(east), float(north))),
    )


@pytest.fixture(scope="module")
def streets() -> Streets:
    return generate(town(), 7)


def lines(streets: Streets, mask: np.ndarray) -> np.ndarray:
    return shapely.linestrings(streets.node_xy[streets.segment_nodes[mask]])


def walkable(streets: Streets) -> np.ndarray:
    return (streets.access & Access.WALK) == Access.WALK


def test_the_same_seed_gives_the_same_file(streets, tmp_path):
    save(streets, tmp_path / "a.sandnet")
    save(generate(town(), 7), tmp_path / "b.sandnet")
    assert (tmp_path / "a.sandnet").read_bytes() == (tmp_path / "b.sandnet").read_bytes()
    assert load(tmp_path / "a.sandnet").provenance.schematic


def test_another_seed_gives_other_streets(streets):
    other = generate(town(), 8)
    assert other.node_xy.shape != streets.node_xy.shape or (other.node_xy != streets.node_xy).any()


def district(*, changed: bool) -> Ground:
    """Return the town, and one 6 km north of it that may have a lake more."""
    lake = disc(200, 6200, 160)
    far = Polygon(at((-900, 5400), (900, 5300), (900, 7000), (-900, 7000)))
    here = town()
    return replace(
        here,
        roads=(
            *here.roads,
            Road("北路", StreetClass.ARTERIAL, LineString(at((-2500, 6000), (2500, 6100)))),
        ),
        areas=(*here.areas, Area(Pattern.ORGANIC, far.difference(lake) if changed else far)),
        water=(*here.water, lake) if changed else here.water,
    )


def test_a_change_in_one_town_leaves_the_streets_of_another_as_they_were():
    first, other = (generate(district(changed=changed), 7) for changed in (False, True))
    south, north = disc(0, 0, 2300), disc(0, 6100, 1500)

    def within(made: Streets, where: Polygon) -> set[tuple[float, ...]]:
        shapes = lines(made, np.ones(len(made.length_m), bool))
        shapes = shapes[shapely.contains(where, shapes)]
        return {
            tuple(s)
            for s in shapely.get_coordinates(shapely.normalize(shapes))
            .round(1)
            .reshape(-1, 4)
            .tolist()
        }

    one, another = within(first, south), within(other, south)
    assert len(one) > 1000
    # A shape point that hardly bends a street may be left out or not.
    assert len(one ^ another) < 0.005 * len(one)
    assert len(within(first, north) ^ within(other, north)) > 100


def test_a_town_above_a_tunnel_has_a_road_of_its_own():
    # The avenue's tunnel runs under the town and has no exit there.
    above = disc(3600, 100, 500)
    ground = replace(town(), areas=(*town().areas[:2], Area(Pattern.ORGANIC, above)))
    made = generate(ground, 7)
    parts = made.provenance.report["parts"]["drive"]
    assert parts["parts"] == 1, parts


def test_built_up_ground_lies_near_a_street(streets):
    tree = shapely.STRtree(lines(streets, walkable(streets)))
    random = np.random.default_rng(1)
    for area in town().areas:
        west, south, east, north = area.shape.bounds
        xy = random.uniform([west, south], [east, north], (3000, 2))
        places = shapely.points(xy[shapely.contains_xy(area.shape, xy[:, 0], xy[:, 1])])
        near = tree.query(places, predicate="dwithin", distance=50.0)[0]
        assert len(np.unique(near)) >= 0.95 * len(places), area.pattern


def test_streets_on_the_ground_meet_only_at_nodes(streets):
    ground = streets.structure == Structure.GROUND
    ends, shapes = streets.segment_nodes[ground], lines(streets, ground)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="crosses")
    shared = (ends[one][:, :, None] == ends[other][:, None, :]).any(axis=(1, 2))
    assert shared.all()


def test_walking_is_one_piece_and_nothing_was_dropped(streets):
    walk = streets.provenance.report["parts"]["walk"]
    assert walk["segments_outside"] == 0


def test_nobody_walks_on_the_expressway_or_in_the_tunnel(streets):
    express = streets.street_class == StreetClass.EXPRESS
    arterial_tunnel = (streets.street_class == StreetClass.ARTERIAL) & (
        streets.structure == Structure.TUNNEL
    )
    assert express.any()
    assert arterial_tunnel.any()
    assert not (streets.access[express | arterial_tunnel] & Access.WALK).any()


def test_both_sides_of_the_expressway_are_joined_by_underpasses_without_a_common_node(streets):
    express = streets.street_class == StreetClass.EXPRESS
    course = shapely.union_all(lines(streets, express))
    over = shapely.intersects(lines(streets, walkable(streets)), course)
    structure = streets.structure[walkable(streets)][over]
    assert len(structure) >= 3
    assert (structure != Structure.GROUND).all()
    on_express = np.unique(streets.segment_nodes[express])
    on_foot = np.unique(streets.segment_nodes[walkable(streets)])
    assert not np.intersect1d(on_express, on_foot).size


def test_only_a_path_crosses_the_ridge_above_the_tunnel(streets):
    crest = LineString(at((3600, -4000), (3600, 4000)))
    crossing = shapely.intersects(lines(streets, np.ones(len(streets.length_m), bool)), crest)
    kinds = {
        (int(k), int(s))
        for k, s in zip(streets.street_class[crossing], streets.structure[crossing], strict=True)
    }
    assert kinds == {
        (int(StreetClass.ARTERIAL), int(Structure.TUNNEL)),
        (int(StreetClass.PATH), int(Structure.GROUND)),
    }


def test_a_path_rings_the_lake_and_none_lies_in_it(streets):
    lake = town().water[0]
    foot = shapely.union_all(lines(streets, walkable(streets)))
    assert foot.intersection(lake).length == 0.0
    around = shapely.segmentize(lake.buffer(9.0).exterior, 20.0)
    away = shapely.distance(shapely.points(shapely.get_coordinates(around)), foot)
    assert away.max() < 12.0


def test_main_roads_keep_their_names_and_courses(streets):
    avenue, named = town().roads[0].course, streets.name == streets.names.index("大道")
    assert streets.length_m[named].sum() > 0.95 * avenue.length
    assert shapely.distance(avenue, lines(streets, named)).max() < 3.0


def test_the_campus_is_no_grid(streets):
    campus = town().areas[1].shape.buffer(-40)
    inside = lines(streets, walkable(streets))
    inside = inside[shapely.contains(campus, inside)]
    step = np.diff(shapely.get_coordinates(inside).reshape(-1, 2, 2), axis=1)[:, 0]
    turn = np.degrees(np.arctan2(step[:, 1], step[:, 0])) % 90.0
    weight = np.histogram(turn, bins=9, range=(0, 90), weights=np.hypot(*step.T))[0]
    assert weight.max() < 0.5 * weight.sum()
