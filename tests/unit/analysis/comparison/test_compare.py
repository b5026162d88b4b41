from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from sandbox.analysis.comparison import compare, tables
from sandbox.analysis.comparison.compare import Side, counted_by_layer
from sandbox.analysis.comparison.difference import difference, minutes_saved
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import Place, access_points
from sandbox.analysis.searched import Way, reached_by
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, SOUTH, WEST, at, world

# A street of ten kilometres, walked at a metre a second; the place is at 1 km.
STREET = world([(x, 0) for x in range(0, 10_001, 100)], [(n, n + 1) for n in range(100)])
FEET = Travel(walk_kmh=METRE_A_SECOND_KMH)
MORNING = Ride(datetime(2026, 11, 23, 8, 0), window_min=10, model="expected")
REACH_M = 50.0


def lonlat(x, y):
    lon, lat = geo.to_lonlat(at(x, y), CRS)
    return float(lon), float(lat)


def line(name, stops, minutes=5.0, headway_s=240, both_ways=True):
    """Return a line; one waits half its headway, then it runs so many minutes a hop."""
    made = tuple(
        LineStop(f"{name}{n}", name, name, lonlat(*spot), minutes if n else None)
        for n, spot in enumerate(stops)
    )
    day = (Period(6 * 3600, 22 * 3600, headway_s),)
    return Line(name, name, name, "metro", made, day, dwell_s=0, both_ways=both_ways)


def places(*points, layer="labs"):
    return gpd.GeoDataFrame(
        {
            "id": [f"p{n}" for n in range(len(points))],
            "layer": layer,
            "name_zh": [f"地{n}" for n in range(len(points))],
            "name_en": [f"Place {n}" for n in range(len(points))],
            "accuracy_m": 0.0,
        },
        geometry=[
            shapes.to_lonlat(one if not isinstance(one, tuple) else Point(at(*one)), CRS)
            for one in points
        ],
        crs=geo.WGS84,
    )


def reached_from(x, y, one, minutes, network=STREET):
    spot = access_points(network, [Place(Point(lonlat(x, y)))])
    return reached_by(network, spot, 0, one, minutes).reached


def by(supply=None, way="with", ride=MORNING):
    return Way(way, FEET.riding(ride), supply)


METRO = Supply((line("m", [(1000, 0), (6000, 0)]),))


def street_ground(west, east):
    """Return all ground within reach of a stretch of the street."""
    return LineString([at(west, 0), at(east, 0)]).buffer(REACH_M, quad_segs=64)


def alike(area, wanted):
    return area.intersection(wanted).area / area.union(wanted).area


def of(base, plan, minutes=(15,), network=STREET, x=1000):
    before, after = (reached_from(x, 0, one, 30, network) for one in (base, plan))
    return difference(before, after, minutes, reach_m=REACH_M, crs=CRS)


def test_gained_ground_is_what_the_line_adds():
    # Wait 2 min and ride 5 min: 15 - 7 = 8 min to walk either way from the far stop.
    found = of(by(), by(METRO))
    assert alike(found.base.areas[0], street_ground(100, 1900)) > 0.995
    assert alike(found.gained.areas[0], street_ground(5520, 6480)) > 0.995
    assert found.lost.areas[0].is_empty
    assert found.lost.km2 == (0.0,)
    scale = shapes.areal_scale(at(3000, 0), CRS) / 1e6
    assert found.gained.km2[0] == pytest.approx(street_ground(5520, 6480).area * scale, rel=5e-3)
    assert found.plan.km2[0] == pytest.approx(found.base.km2[0] + found.gained.km2[0], rel=1e-6)


def test_turned_round_what_was_gained_is_lost():
    there, back = of(by(), by(METRO)), of(by(METRO), by())
    assert back.lost.areas[0].equals(there.gained.areas[0])
    assert back.gained.areas[0].is_empty


def test_each_cutoff_has_its_own_ground():
    found = of(by(), by(METRO), (7, 10, 15))
    # At 7 minutes one has just arrived: nothing but the ground round the stop.
    assert alike(found.gained.areas[0], street_ground(6000, 6000)) > 0.97
    assert alike(found.gained.areas[1], street_ground(5820, 6180)) > 0.99
    assert found.minutes == (7.0, 10.0, 15.0)


@pytest.mark.parametrize("supply", [None, Supply(), METRO])
def test_a_scenario_compared_with_itself_is_all_zero(supply):
    one = by(supply)
    found = of(one, one, (5, 15, 30))
    assert found.gained.km2 == found.lost.km2 == (0.0, 0.0, 0.0)
    assert all(area.is_empty for area in found.gained.areas + found.lost.areas)
    assert found.base.km2 == found.plan.km2
    reached = reached_from(1000, 0, one, 30)
    saved = minutes_saved(reached, reached, reach_m=REACH_M, crs=CRS)
    assert all(area.is_empty for area in saved.sooner + saved.later)
    assert not np.nan_to_num(saved.saved_min).any()


def test_an_empty_scenario_is_the_baseline_exactly():
    on_foot = search(STREET.moving(FEET), STREET.snap(at(1000, 0), 500.0), cutoff_ms(30))
    for supply in (None, Supply()):
        found = reached_from(1000, 0, by(supply), 30)
        assert set(zip(found.node.tolist(), found.node_ms.tolist(), strict=True)) == set(
            zip(on_foot.node.tolist(), on_foot.node_ms.tolist(), strict=True)
        )
        apart = difference(on_foot, found, (10, 30), reach_m=REACH_M, crs=CRS)
        assert apart.gained.km2 == apart.lost.km2 == (0.0, 0.0)


def test_nothing_reached_is_no_ground():
    # 400 m to the street are more than 5 minutes.
    nothing = reached_from(1000, 400, by(), 5)
    found = difference(nothing, nothing, (5,), reach_m=REACH_M, crs=CRS)
    assert found.base.km2 == found.gained.km2 == (0.0,)
    saved = minutes_saved(nothing, nothing, reach_m=REACH_M, crs=CRS)
    assert saved.saved_min.size == 0
    assert all(area.is_empty for area in saved.sooner + saved.later)


def test_minutes_saved_are_those_of_the_street():
    # All may be walked: up to an hour from a stop.
    ways = (by(ride=replace(MORNING, max_walk_min=60.0), supply=one) for one in (None, METRO))
    before, after = (reached_from(1000, 0, one, 120) for one in ways)
    found = minutes_saved(before, after, reach_m=REACH_M, crs=CRS, bands_min=(5, 20, 60))
    grid = found.grid
    xs = grid.west + np.arange(grid.columns) * grid.cell_m - WEST
    row = round((SOUTH - grid.south) / grid.cell_m)

    def walked(x):
        return abs(x - 1000)

    def ridden(x):
        return min(walked(x), 420 + abs(x - 6000))

    for column, x in enumerate(xs):
        if not 100 <= x <= 7200:
            continue
        # The soonest street point within reach of the grid's point.
        near = np.arange(x - REACH_M, x + REACH_M + 1)
        wanted = (min(map(walked, near)) - min(map(ridden, near))) / 60
        assert found.saved_min[row, column] == pytest.approx(wanted, abs=0.02)
    # 5 min sooner from where 1000 + x walked = 420 + 6000 - x ridden and 300 s are saved.
    west = min(x for x in range(1000, 6000) if walked(x) - ridden(x) >= 300)
    bounds = found.sooner[0].bounds
    assert bounds[0] - WEST == pytest.approx(west, abs=REACH_M + grid.cell_m)
    areas = [area.area for area in found.sooner]
    assert areas == sorted(areas, reverse=True)
    assert all(area.is_empty for area in found.later)
    turned = minutes_saved(after, before, reach_m=REACH_M, crs=CRS, bands_min=(5, 20, 60))
    assert [area.area for area in turned.later] == pytest.approx(areas)


def test_two_modes_can_be_compared():
    # No bike here: two walking speeds stand for two ways of moving.
    fast = Way("fast", Travel(walk_kmh=2 * METRE_A_SECOND_KMH))
    slow = Way("slow", FEET)
    found = of(slow, fast, (5,), x=5000)
    wanted = street_ground(4400, 5600).difference(street_ground(4700, 5300))
    assert alike(found.gained.areas[0], wanted) > 0.99


def table(origins, targets, counted=None, minutes=(15,), others=None, network=STREET):
    starts, ends = access_points(network, origins), access_points(network, targets)

    def side(way):
        return Side(way, network, starts, ends)

    found = compare.compared(
        origins,
        side(by(None, "today")),
        [side(one) for one in others or [by(METRO, "metro")]],
        counted=counted or counted_by_layer(ends),
        minutes=minutes,
        reach_m=REACH_M,
    )
    return tables.table(found)


def test_places_are_counted_before_and_after():
    homes = places((1000, 0), layer="homes")
    # Walked in 500 s; ridden to in 420 s and walked 200 s, or 800 s (too far for 15 min).
    targets = places((1500, 0), (6200, 0), (6800, 0))
    jobs = np.array([10.0, 300.0, 5000.0])
    found = table(homes, targets, {"places": np.ones(3), "jobs": jobs}, (15, 60))
    rows = found.set_index("cutoff_min")
    assert rows.loc[15, ["places_base", "places_plan", "places_diff"]].tolist() == [1, 2, 1]
    assert rows.loc[15, ["jobs_base", "jobs_plan", "jobs_diff"]].tolist() == [10, 310, 300]
    assert rows.loc[60, ["places_base", "places_plan", "places_diff"]].tolist() == [1, 3, 2]
    assert list(found.columns[:11]) == [
        "place_id", "layer", "name_zh", "name_en", "base", "plan", "base_name_zh", "base_name_en",
        "plan_name_zh", "plan_name_en", "cutoff_min",
    ]  # fmt: skip
    assert found["area_diff_km2"].tolist() == pytest.approx(
        (found["area_plan_km2"] - found["area_base_km2"]).tolist()
    )
    assert found["gained_km2"].tolist() == pytest.approx(found["area_diff_km2"].tolist(), rel=1e-6)


def test_the_last_step_to_a_place_counts():
    # 60 m off the street, 870 m along it: 930 s are more than 15 minutes, 890 are not.
    found = table(places((1000, 0), layer="homes"), places((1870, 60), (1830, 60)))
    assert found["places_base"].tolist() == [1]


def test_a_place_does_not_reach_itself_but_an_area_that_holds_it_at_once():
    homes = places((1000, 0))
    park = box(*at(900, -100), *at(1100, 100))
    targets = places((1000, 0), park)
    found = table(homes, targets, minutes=(1,))
    assert found["places_base"].tolist() == [1]


def test_a_row_for_each_place_scenario_and_cutoff_and_none_without_a_street():
    homes = places((1000, 0), (1000, 5000), (5000, 0), layer="homes")
    others = [by(METRO, "metro"), by(None, "same")]
    found = table(homes, places((1500, 0)), minutes=(5, 15), others=others)
    keys = found[["place_id", "plan", "cutoff_min"]].to_records(index=False).tolist()
    assert keys == [
        (home, scenario, minutes)
        for home in ("p0", "p2")
        for scenario in ("metro", "same")
        for minutes in (5.0, 15.0)
    ]
    same = found[found["plan"] == "same"]
    changes = same[["area_diff_km2", "gained_km2", "lost_km2", "places_diff"]]
    assert not changes.to_numpy().any()


GRID = world(
    [(x, y) for y in range(0, 4001, 500) for x in range(0, 4001, 500)],
    [(9 * r + c, 9 * r + c + 1) for r in range(9) for c in range(8)]
    + [(9 * r + c, 9 * r + c + 9) for r in range(8) for c in range(9)],
)
SPOT = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda xy: (xy[0] * 100, xy[1] * 100))


@st.composite
def lines(draw, name):
    stops = draw(st.lists(SPOT, min_size=2, max_size=4, unique=True))
    minutes = draw(st.sampled_from([1.0, 3.0]))
    return line(name, stops, minutes, draw(st.sampled_from([120, 600])), draw(st.booleans()))


@settings(max_examples=25, deadline=None)
@given(lines("a"), lines("b"), SPOT, st.sampled_from(["expected", "random"]))
def test_what_a_scenario_adds_never_takes_ground_away(first, second, spot, model):
    ride = Ride(datetime(2026, 11, 23, 8, 0), window_min=10, model=model, draws=2)
    before = reached_from(*spot, by(Supply((first,)), ride=ride), 30, GRID)
    after = reached_from(*spot, by(Supply((first, second)), ride=ride), 30, GRID)
    found = difference(before, after, (10, 20, 30), reach_m=REACH_M, crs=CRS)
    assert found.lost.km2 == (0.0, 0.0, 0.0)
    for gained, base, plan in zip(
        found.gained.areas, found.base.areas, found.plan.areas, strict=True
    ):
        assert gained.area == pytest.approx(plan.area - base.area, abs=1.0)
        assert shapely.intersection(gained, base).area < 1.0


def why(base, plan, x=1000, minutes=(5, 15)):
    """Return why nothing changes for a home at x, by cutoff the same."""
    homes = places((x, 0), layer="homes")
    starts, ends = access_points(STREET, homes), access_points(STREET, places((500, 0)))
    sides = (Side(one, STREET, starts, ends) for one in (base, plan))
    first, second = sides
    (one,) = compare.compared(
        homes, first, [second], counted=counted_by_layer(ends), minutes=minutes, reach_m=REACH_M
    )
    return one.why


def test_the_reason_names_the_nearest_stop_and_its_walk():
    # From 1 km on the street to the stop at 4 km: 3,000 m at a metre a second are 50 minutes.
    far = Supply((line("m", [(9000, 0), (4000, 0)]),))
    told, _ = why(by(), by(far))
    assert (told.values["line"].en, told.values["stop"].en) == ("m", "m")
    assert (told.values["minutes"], told.values["longest"]) == ("50", "15")
    assert "walk away; the limit for walks to stops is 15 minutes" in str(told)
    # A line that is taken away is asked for in the base.
    assert why(by(far), by())[0].values["minutes"] == "50"


def test_a_line_within_the_walk_that_helps_nobody_says_so():
    # To the stop at 1.3 km one walks 5 minutes; it leads back to where one comes from.
    near = Supply((line("m", [(1300, 0), (1100, 0)]),))
    told, _ = why(by(), by(near))
    assert told.values["minutes"] == "2"
    assert "travelling from there is no faster within the time" in str(told)


def test_what_changes_something_needs_no_reason():
    assert why(by(), by(METRO), minutes=(15,)) == ()
    assert str(why(by(METRO), by(METRO))[0]) == "base and plan are the same"


def test_kept_gained_and_lost_ground_are_all_there_is():
    other = Supply((line("n", [(1000, 0), (9000, 0)]),))
    found = of(by(METRO), by(other))
    for part in zip(*(one.km2 for one in (found.base, found.plan, found.gained, found.lost,
                                          found.kept)), strict=True):  # fmt: skip
        base, plan, gained, lost, kept = part
        assert base == pytest.approx(kept + lost, rel=1e-6)
        assert plan == pytest.approx(kept + gained, rel=1e-6)
        assert min(gained, lost, kept) > 0.0


def test_rows_carry_both_names_and_how_one_moves():
    found = table(places((1000, 0), layer="homes"), places((1500, 0)))
    (row,) = found.to_dict("records")
    assert (row["base"], row["base_name_zh"]) == ("today", "today")
    assert (row["plan"], row["plan_name_en"]) == ("metro", "metro")
    for side in ("base", "plan"):
        assert row[f"{side}_mode"] == "transit"
        assert row[f"{side}_departure"] == "2026-11-23T08:00"
        assert (row[f"{side}_percentile"], row[f"{side}_street_edits"]) == (50, 0)
    assert (row["reach_m"], row["network"], row["schematic"]) == (REACH_M, "By hand", True)
