"""Measures of access in a town whose times can be worked out by hand."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from shapely import Point

from sandbox.analysis.access.decay import Decay
from sandbox.analysis.access.given import places_of
from sandbox.analysis.access.measures import AccessQuestion, access
from sandbox.analysis.access.sweep import Moving
from sandbox.analysis.times import times
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import at, grid_city
from tests.support.life_circle import homes, placed, square
from tests.support.timetables import timetable, with_timetable

# A block a minute.
WALK = Travel(walk_kmh=6.0, slope="flat")


@pytest.fixture(scope="module")
def city():
    return grid_city()


def places(said, **columns):
    ids = [f"p{number}" for number in range(len(said))]
    kinds = [kind for kind, _ in said]
    return places_of(placed(ids, [cell for _, cell in said], kind=kinds, **columns), *columns)


def asked(*measures, minutes=(10,), **more):
    cutoffs = tuple(map(float, minutes))
    return AccessQuestion(measures, cutoffs, Moving(max(cutoffs), WALK), **more)


def test_powers_of_two_show_exactly_what_was_reached(city):
    # Blocks from home 0: 3, 5, 9, 10, 11; from home 1 all but the last more than 10.
    cells = [(0, 3), (5, 0), (4, 5), (10, 0), (6, 5)]
    there = places([("shop", one) for one in cells], w=[1, 2, 4, 8, 16])
    found = access(city, homes([(0, 0), (15, 4)]), there, asked("cumulative", minutes=(3, 5, 10)))
    table = found.homes
    assert table["cumulative_all_3"].tolist() == [1, 0]
    assert table["cumulative_all_5"].tolist() == [3, 0]
    # From (15, 4): 16, 14, 12, 9 and 10 blocks.
    assert table["cumulative_all_10"].tolist() == [15, 24]


def test_each_kind_is_summed_for_itself_and_all_together(city):
    there = places([("shop", (0, 1)), ("park", (0, 2)), ("shop", (0, 4)), ("", (0, 3))])
    table = access(city, homes([(0, 0)]), there, asked("cumulative")).homes
    assert table["cumulative_all_10"].tolist() == [4]
    assert table["cumulative_shop_10"].tolist() == [2]
    assert table["cumulative_park_10"].tolist() == [1]


def test_gravity_is_the_sum_of_weights(city):
    there = places([("shop", (0, 2)), ("shop", (0, 8))], w=[10, 100])
    question = asked("gravity", decays=(Decay("linear", 10), Decay("exponential", 10, 2.0)))
    table = access(city, homes([(0, 0)]), there, question).homes
    assert table["gravity_all_linear_10"].tolist() == pytest.approx([10 * 0.8 + 100 * 0.2])
    assert table["gravity_all_exponential2_10"].tolist() == pytest.approx([10 / 2 + 100 / 16])


def test_floating_catchments_share_supply_among_people(city):
    # Place 0 is within ten blocks of both homes (100 + 300 people), place 1 of home 1 alone.
    lived = homes([(0, 0), (0, 8), (20, 20)], [100, 300, 50])
    there = places([("clinic", (0, 4)), ("clinic", (0, 16)), ("clinic", (20, 5))], beds=[8, 6, 5])
    found = access(city, lived, there, asked("2sfca"))
    table = found.homes
    assert table["2sfca_all_10"].tolist() == pytest.approx([8 / 400, 8 / 400 + 6 / 300, 0])
    # What is shared out, and what reaches nobody, is all there is.
    shared = float((table["2sfca_all_10"] * table["people"]).sum())
    assert shared + found.supply_left["2sfca_all_10"] == pytest.approx(8 + 6 + 5)
    assert found.people_left == {"2sfca_all_10": 50.0}


def test_the_enhanced_catchment_counts_zones_less(city):
    lived = homes([(0, 0), (0, 10)], [100, 200])
    there = places([("clinic", (0, 8))], beds=[10])
    found = access(city, lived, there, asked("e2sfca", minutes=(9,))).homes
    # Zones of 3, 6 and 9 minutes: 8 minutes count 0.22, 2 minutes 1.
    rate = 10 / (100 * 0.22 + 200)
    assert found["e2sfca_all_9"].tolist() == pytest.approx([0.22 * rate, rate])


def test_dual_access_and_the_nearest_ones(city):
    there = places([("shop", (0, 1)), ("shop", (0, 4)), ("shop", (0, 8)), ("park", (0, 9))])
    found = access(city, homes([(0, 0)]), there, asked("dual", "nearest", counts=(1, 3))).homes
    assert found["dual_shop_3"].tolist() == [8.0]
    assert found["nearest_shop_3"].tolist() == pytest.approx([(1 + 4 + 8) / 3])
    assert found["dual_all_1"].tolist() == [1.0]
    # There is one park only.
    assert np.isnan(found["dual_park_3"]).tolist() == [True]


def test_completeness_is_the_share_of_kinds_in_reach(city):
    said = [("shop", (0, 1)), ("park", (0, 6)), ("clinic", (0, 20)), ("shop", (0, 2))]
    found = access(
        city, homes([(0, 0)]), places(said), asked("completeness", minutes=(5, 10))
    ).homes
    assert found["completeness_all_5"].tolist() == pytest.approx([1 / 3])
    assert found["completeness_all_10"].tolist() == pytest.approx([2 / 3])


def test_whoever_touches_a_place_needs_no_time(city):
    off = Point(at(5, 5)[0] + 1.0, at(5, 5)[1])
    lived = homes([square(4, 4, 2), off])
    there = places([("shop", (5, 5)), ("shop", off), ("park", (0, 0))])
    question = asked("cumulative", "dual", counts=(1, 2))
    found = access(city, lived, there, question)
    assert found.homes["dual_shop_1"].tolist() == [0.0, 0.0]
    assert np.isnan(found.homes["dual_shop_2"]).tolist() == [True, True]
    assert found.homes["cumulative_all_10"].tolist() == [2.0, 1.0]
    assert set(found.without_street) == {"h1", "p1"}
    nowhere = homes([off])
    alone = access(city, nowhere, places([("park", (0, 0))]), question).homes
    assert np.isnan(alone["cumulative_all_10"]).tolist() == [True]


def test_times_are_those_of_the_table_of_pairs_from_either_side(city):
    random = np.random.default_rng(7)
    lived = homes([tuple(one) for one in random.uniform(0, 20, (30, 2)).tolist()])
    there = places([("shop", tuple(one)) for one in random.uniform(0, 20, (12, 2)).tolist()])
    for here, other in ((lived, there), (lived.iloc[:5].reset_index(drop=True), there)):
        pairs = times(city, here, other, 10.0, WALK).pairs
        expected = pairs["minutes"].notna().to_numpy().reshape(len(here), len(other)).sum(axis=1)
        found = access(city, here, other, asked("cumulative")).homes["cumulative_all_10"]
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("arrive", [False, True])
def test_by_transit_the_same_measures_are_taken(arrive):
    plain = grid_city()
    stops = [("A", *at(2, 5)), ("B", *at(10, 5)), ("C", *at(18, 5))]
    ahead = [(0, 28800, 28800), (1, 28920, 28920), (2, 29040, 29040)]
    city = with_timetable(plain, timetable(plain, stops, [("L", 0, ahead)], lines=("L",)))
    when = datetime(2026, 11, 23, 8, 20) if arrive else datetime(2026, 11, 23, 7, 55)
    ride = Ride(when, arrive, window_min=1)
    travel = replace(WALK, mode="transit", ride=ride)
    lived, there = homes([(2, 4), (2, 9)]), places([("shop", (10, 6)), ("shop", (18, 6))])
    pairs = times(city, lived, there, 30.0, travel).pairs
    minutes = pairs["minutes"].to_numpy().reshape(2, 2)
    assert np.isfinite(minutes).any()
    question = AccessQuestion(("cumulative", "dual"), (15.0, 30.0), Moving(30.0, travel))
    found = access(city, lived, there, question).homes
    assert found["cumulative_all_30"].tolist() == np.isfinite(minutes).sum(axis=1).tolist()
    assert found["cumulative_all_15"].tolist() == (minutes <= 15).sum(axis=1).tolist()
    assert found["dual_all_1"].tolist() == np.nanmin(minutes, axis=1).tolist()


def test_faults_of_a_question_come_at_once(city):
    there = places([("shop", (0, 1))])
    bad = AccessQuestion(("gravity", "2sfca"), (500.0,), Moving(500.0, WALK), counts=(99,))
    with pytest.raises(AnalysisError) as raised:
        access(city, homes([(0, 0)]), there, bad)
    assert len(raised.value.faults) == 4
    with pytest.raises(AnalysisError, match="no places"):
        access(city, homes([(0, 0)]), there.iloc[:0], asked("cumulative"))
    with pytest.raises(AnalysisError, match="p0: w is -1"):
        places([("shop", (0, 1))], w=[-1])
