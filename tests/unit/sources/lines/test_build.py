"""Street networks of lines drawn by hand, with times that follow from the drawing."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sandbox.errors import NetworkError
from sandbox.sources.lines.build import Reading, build_lines
from sandbox.sources.lines.doubts import layer
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Structure
from tests.support.drawn import drawn, metres, minutes, table

LOCAL = {"道路等级": "支路"}
# Places are found by their nearest street point; lengths on the ground differ from those in
# the zone by 0.03 %.
NEAR = {"rel": 5e-4}


@pytest.fixture
def build(tmp_path):
    """Build the streets of rows of lines."""

    def built(rows, *, ending=".gpkg", modes=("walk", "bike", "drive"), bbox=None, **reading):
        path = drawn(tmp_path / f"roads{ending}", rows)
        return build_lines(path, Reading(**reading), modes=modes, bbox=bbox)

    return built


def counts(built):
    return {
        key.removeprefix("lines_"): value
        for key, value in built.streets.provenance.report.items()
        if key.startswith("lines_") and value
    }


# A street of 400 m runs east, another north across its middle: by its level it crosses
# on a bridge, and one gets from one to the other only over the road at both their ends.
#
#   N───────┐            from W to N: 200 + 200 where they meet,
#   |       |            400 + 200 + 200 = 800 where they don't
# W─┼───────E
#   S
@pytest.mark.parametrize(
    ("over", "expected_m"),
    [
        ({}, 400),
        ({"层级": 1}, 800),
        ({"桥": "是"}, 800),
        ({"隧道": "是"}, 800),
        ({"层级": -1}, 800),
    ],
)
def test_a_bridge_over_a_road_doesnt_meet_it(build, over, expected_m):
    rows = [
        ([(-200, 0), (200, 0)], LOCAL),
        ([(0, -200), (0, 200)], LOCAL | over),
        ([(200, 0), (200, 200), (0, 200)], LOCAL),
    ]
    built = build(rows)
    assert metres(built.streets, [((-200, 0), (0, 200))]) == pytest.approx([expected_m], **NEAR)
    lies = {Structure(one) for one in built.streets.structure.tolist()}
    assert (Structure.GROUND in lies, len(lies)) == (True, 2 if over else 1)


@pytest.mark.parametrize("snap_m", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("share", [0.9, 1.1])
def test_near_misses_on_both_sides_of_the_tolerance(build, snap_m, share):
    gap_m = snap_m * share
    rows = [
        ([(0, 0), (200, 0)], LOCAL),
        ([(100, gap_m), (100, 150)], LOCAL),
    ]
    built = build(rows, snap_m=snap_m)
    (way_m,) = metres(built.streets, [((0, 0), (100, 150))])
    kinds = {one.kind for one in built.doubts}
    if share < 1:
        assert way_m == pytest.approx(250, **NEAR)
        assert kinds == {"dangling", "joined"}
        (joined,) = (one for one in built.doubts if one.kind == "joined")
        assert (joined.row, joined.distance_m) == (2, pytest.approx(gap_m, abs=2e-3))
    else:
        # The street's middle is where one gets to on foot from the other's end.
        assert counts(built)["near_miss"] == 1
        (miss,) = (one for one in built.doubts if one.kind == "near_miss")
        assert (miss.row, miss.near_row) == (2, 1)
        assert miss.distance_m == pytest.approx(gap_m, abs=2e-3)
        place = table([([(100, gap_m), (100, gap_m + 1)], {})], "EPSG:4326").geometry[0]
        assert shapely.get_coordinates(miss.shape)[0] == pytest.approx(
            np.array(place.coords[0]), abs=1e-8
        )
        assert counts(built)["island"] == 1


def test_one_way_is_the_way_it_was_drawn(build):
    # A square of 100 m whose south side may be driven eastward only; bikes too; feet both.
    south = ([(0, 0), (100, 0)], LOCAL | {"单行": "单行"})
    rest = ([(100, 0), (100, 100), (0, 100), (0, 0)], LOCAL | {"单行": "双向"})
    west, east = (0, 0), (100, 0)
    for row, ahead_first in ((south, True), ((south[0][::-1], south[1]), False)):
        for said, along in (("单行", True), ("反向", False)):
            made = build([(row[0], row[1] | {"单行": said}), rest]).streets
            there, back = (
                ((west, east), (east, west)) if ahead_first else ((east, west), (west, east))
            )
            if not along:
                there, back = back, there
            for mode in ("drive", "bike"):
                # Three sides are as long as 300 m at one speed.
                ahead, around = minutes(made, [there, back], mode)
                assert around == pytest.approx(3 * ahead, rel=2e-3)
            assert metres(made, [there, back]) == pytest.approx([100, 100], **NEAR)


def test_speeds_are_limits_and_kinds_say_the_class(build):
    rows = [
        ([(0, 0), (100, 0)], {"道路等级": "主干路", "限速": 40, "名称": "大学城南路"}),
        ([(100, 0), (200, 0)], {"道路等级": "梯道", "限速": 0, "名称": None}),
        ([(200, 0), (300, 0)], {"道路等级": "快速路", "限速": None, "名称": "内环"}),
    ]
    built = build(rows, modes=("walk", "drive"))
    made = built.streets
    middle_m = made.node_xy[made.segment_nodes][:, :, 0].mean(axis=1) - 600_000
    first, second = np.argsort(middle_m)
    # The expressway is for cars only, and the steps keep them off: it hangs on nothing.
    assert len(middle_m) == 2
    assert made.street_class[[first, second]].tolist() == [StreetClass.ARTERIAL, StreetClass.STEPS]
    assert made.traffic.maxspeed_kmh[first].tolist() == [40, 40]
    assert made.traffic.maxspeed_kmh[second].tolist() == [0, 0]
    assert [made.names[made.name[first]], made.name[second]] == ["大学城南路", -1]
    assert made.access[second] == Access.WALK
    assert built.columns == {"class": "道路等级", "speed": "限速", "name": "名称"}
    assert dict(built.kinds) == {
        ("主干路", "primary"): 1, ("梯道", "steps"): 1, ("快速路", "trunk"): 1,
    }  # fmt: skip


def test_other_columns_and_kinds(build):
    rows = [
        ([(0, 0), (100, 0)], {"A": "大路", "B": "x"}),
        ([(100, 0), (200, 0)], {"A": "小路子", "B": "y"}),
        ([(100, 0), (100, 100)], {"A": "没了", "B": "z"}),
    ]
    built = build(
        rows,
        columns={"class": "A", "name": "B"},
        kinds={"大路": "primary", "没了": "no", "*": "footway"},
    )
    assert sorted(built.streets.names) == ["x", "y"]
    assert sorted(map(int, built.streets.street_class)) == [StreetClass.PATH, StreetClass.ARTERIAL]
    assert counts(built)["left_out"] == 1


def test_wrong_wishes_are_told_at_once(build):
    with pytest.raises(NetworkError) as error:
        build([([(0, 0), (9, 0)], LOCAL)], kinds={"a": "street"}, columns={"klass": "A"}, snap_m=-1)
    for said in ("“street” is not a kind", "No column gives “klass”", "-1 m"):
        assert said in str(error.value)


def test_a_file_without_columns_is_of_plain_streets(build):
    built = build([([(0, 0), (100, 0)], {"id": 1}), ([(50, -50), (50, 50)], {"id": 2})])
    assert built.columns == {}
    assert dict(built.kinds) == {("", "road"): 2}
    assert metres(built.streets, [((0, 0), (50, 50))]) == pytest.approx([100], **NEAR)


def test_lines_that_cars_cant_leave_or_enter_are_told(build):
    both, ahead = LOCAL | {"单行": "否"}, LOCAL | {"单行": "是"}
    rows = [
        ([(0, 0), (100, 0), (100, 100), (0, 0)], both),
        # Into a dead end; out of one; round a block, which is no trap.
        ([(100, 0), (200, 0)], ahead),
        ([(0, -90), (0, 0)], ahead),
        ([(100, 100), (100, 200), (0, 200), (0, 0)], ahead),
        # Beyond steps: nobody drives there.
        ([(100, 100), (150, 100)], {"道路等级": "梯道", "单行": "否"}),
        ([(150, 100), (250, 100)], both),
        # An island is told as that.
        ([(1000, 0), (1100, 0)], ahead),
    ]

    def stuck(built):
        return [one.row for one in built.doubts if one.kind == "no_return"]

    built = build(rows)
    assert stuck(built) == [2, 3, 6]
    assert [one.row for one in built.doubts if one.kind == "island"] == [7]
    # Rows 2, 3 and 6 have a segment each, the island another.
    assert built.streets.provenance.report["parts"]["drive"]["segments_outside"] == 4
    assert stuck(build(rows, modes=("walk",))) == []


def _square(x, y, side, bends):
    """Return a square's outline from its corner, each side in so many pieces."""
    step = side / bends
    east = [(x + k * step, y) for k in range(bends + 1)]
    north = [(x + side, y + k * step) for k in range(1, bends + 1)]
    west = [(x + side - k * step, y + side) for k in range(1, bends + 1)]
    return [*east, *north, *west, *((x, y + side - k * step) for k in range(1, bends + 1))]


@pytest.mark.parametrize(
    ("side_m", "bends", "outside"),
    [
        # Two towns of 1,200 m, and a street from the one to the other: all is kept.
        (300, 40, []),
        # 800 m are no town of their own, however many bends they have; nobody comes back.
        (200, 40, [2, 3]),
    ],
)
def test_what_the_network_leaves_out_for_cars_is_told_and_no_more(build, side_m, bends, outside):
    both, ahead = LOCAL | {"单行": "否"}, LOCAL | {"单行": "是"}
    rows = [
        (_square(0, 0, 300, 1), both),
        ([(300, 0), (600, 0)], ahead),
        (_square(600, 0, side_m, bends), both),
        # Another town, reached from nowhere, with a street into it by which nobody leaves it.
        (_square(3000, 0, 300, 1), both),
        ([(2900, 0), (3000, 0)], ahead),
    ]
    built = build(rows)
    told = [one.row for one in built.doubts if one.kind == "no_return"]
    assert told == [*outside, 5]
    parts = built.streets.provenance.report["parts"]["drive"]
    assert parts["parts"] == (2 if outside else 3)
    assert parts["segments_outside"] == (1 + 4 * bends + 1 if outside else 1)


def test_lines_drawn_twice_count_once(build):
    rows = [
        ([(0, 0), (60, 0), (100, 0)], LOCAL | {"名称": "甲路"}),
        ([(100, 0), (60, 0), (0, 0)], LOCAL | {"名称": "甲路"}),
        ([(100, 0), (100, 50)], LOCAL | {"名称": "乙路"}),
        ([(20, 0), (50, 0)], LOCAL | {"名称": "丙路"}),
    ]
    built = build(rows)
    assert [(one.kind, one.row) for one in built.doubts if one.kind == "repeated"] == [
        ("repeated", 2),
        ("repeated", 4),
    ]
    # 0-20, 20-50, 50-60, 60-100, the second street, and the stretch of another name.
    assert len(built.streets.segment_nodes) == 6


def test_all_that_is_doubtful_is_found(build):
    rows = [
        ([(0, 0), (300, 0)], LOCAL),
        ([(100, 0), (100, 100)], LOCAL),
        ([(0, 5), (0, 100), (100, 100)], LOCAL),
        ([(1000, 0), (1100, 0), (1100, 50), (1000, 0)], LOCAL),
        ([(50, 50), (50, 50)], LOCAL),
        (None, LOCAL),
        ([(200, 0), (200, 60)], LOCAL | {"桥": "是"}),
        ([(200, 60), (230, 60)], LOCAL | {"桥": "是"}),
        ([(200, 60), (200, 90)], LOCAL),
        ([(170, 60), (200, 60)], LOCAL),
    ]
    built = build(rows)
    found = [(one.kind, one.row, one.near_row, one.distance_m) for one in built.doubts]
    assert found == [
        # Row 3 begins 5 m from row 1; the way round is 305 m.
        ("near_miss", 1, 3, pytest.approx(5, abs=0.01)),
        # Bridges of two lines end over a junction: are they its arms, or pass over it?
        ("levels_apart", 7, 9, 0),
        ("island", 4, 0, pytest.approx(100 + 50 + np.hypot(100, 50), rel=1e-3)),
        ("island", 9, 0, pytest.approx(60, rel=1e-3)),
        ("dangling", 1, 0, 0),
        ("dangling", 8, 0, 0),
        ("dangling", 9, 0, 0),
        ("dangling", 10, 0, 0),
        ("no_length", 5, 0, 0),
    ]
    assert counts(built)["without_place"] == 1


def test_the_last_stretch_of_a_dead_end_is_no_near_miss(build):
    # A stub of 4 m on a street, and a dead end whose last pieces are short.
    rows = [
        ([(0, 0), (200, 0)], LOCAL),
        ([(100, 0), (100, 4)], LOCAL),
        ([(150, 0), (150, 80)], LOCAL),
        ([(150, 80), (150, 83)], LOCAL),
        ([(150, 83), (150, 85)], LOCAL),
    ]
    built = build(rows)
    assert [one.kind for one in built.doubts] == ["dangling"] * 4


def test_near_misses_of_a_wide_tolerance_are_seen_too(build):
    rows = [([(0, 0), (200, 0)], LOCAL), ([(100, 17), (100, 150)], LOCAL)]
    assert "near_miss" not in counts(build(rows))
    assert counts(build(rows, snap_m=15.0))["near_miss"] == 1
    assert counts(build(rows, near_m=18.0))["near_miss"] == 1
    assert counts(build(rows, snap_m=17.5))["joined"] == 1


def test_a_stub_within_the_tolerance_is_no_loose_end(build):
    rows = [
        ([(0, 0), (100, 0)], LOCAL),
        ([(100, -50), (100, 0.8)], LOCAL),
        ([(100, -50), (0, 0)], LOCAL),
    ]
    assert build(rows).doubts == []


def test_only_lines_that_touch_the_box_are_kept(build):
    rows = [([(0, 0), (100, 0)], LOCAL), ([(100, 0), (200, 0)], LOCAL)]
    west, south = table([([(-10, -10), (0, 0)], {})], "EPSG:4326").geometry[0].coords[0]
    east, north = table([([(60, 10), (0, 0)], {})], "EPSG:4326").geometry[0].coords[0]
    built = build(rows, bbox=(west, south, east, north))
    assert float(built.streets.length_m.sum()) == pytest.approx(100, **NEAR)
    assert counts(built)["outside_box"] == 1
    with pytest.raises(NetworkError, match="no usable street lines"):
        build(rows, bbox=(0, 0, 1, 1))


def test_doubtful_places_are_a_layer_with_every_layers_columns(build):
    rows = [
        ([(0, 0), (200, 0)], LOCAL),
        ([(100, 5), (100, 100)], LOCAL),
    ]
    made = layer(build(rows).doubts, "roads.gpkg")
    miss = made[made["kind"] == "near_miss"].iloc[0]
    assert miss["note_en"] == "Row 2 ends 5.00 m from row 1."
    assert miss["note_zh"] == "第2行线的端点距第1行 5.00 米。"
    assert miss["name_zh"] == "近似相接"
    assert made["id"].is_unique
    assert made.crs == "EPSG:4326"
    empty = layer([], "roads.gpkg")
    assert list(empty.columns) == list(made.columns)


def test_a_table_is_read_as_the_file_that_holds_it(tmp_path):
    rows = [([(0, 0), (200, 0)], LOCAL), ([(100, -50), (100, 150)], LOCAL | {"路名": "北街"})]
    path = drawn(tmp_path / "roads.gpkg", rows)
    of_file = build_lines(path)
    held = gpd.read_file(path)
    of_table = build_lines(held)
    assert np.array_equal(of_table.streets.node_xy, of_file.streets.node_xy)
    assert np.array_equal(of_table.streets.segment_nodes, of_file.streets.segment_nodes)
    assert of_table.streets.names == of_file.streets.names == ("北街",)
    assert [one.kind for one in of_table.doubts] == [one.kind for one in of_file.doubts]
    assert of_table.streets.provenance.source == "GeoDataFrame"
    # The caller's table stays as it was, and one with heights is as good as one without.
    assert held.equals(gpd.read_file(path))
    high = held.set_geometry(shapely.force_3d(held.geometry.array, 9.0), crs=held.crs)
    assert build_lines(high).streets.length_m.sum() == of_file.streets.length_m.sum()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([shapely.Point(106.3, 29.6)], "contains no lines"),
        ([], "contains no lines"),
        ([None], "contains no lines"),
    ],
)
def test_a_table_without_lines_is_refused(rows, why):
    with pytest.raises(NetworkError, match=why):
        build_lines(gpd.GeoDataFrame({"name": ["x"] * len(rows)}, geometry=rows, crs=4326))


def test_a_table_without_a_coordinate_system_takes_the_one_that_is_given():
    line = shapely.LineString([(106.30, 29.60), (106.31, 29.60)])
    table = gpd.GeoDataFrame({"name": ["x"]}, geometry=[line])
    with pytest.raises(NetworkError, match="coordinate system"):
        build_lines(table)
    assert len(build_lines(table, Reading(crs="EPSG:4326")).streets.length_m) == 1
