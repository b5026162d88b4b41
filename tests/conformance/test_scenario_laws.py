"""Laws of scenarios on the shipped streets: more is never slower, undone edits leave no trace."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import numpy as np
import pytest

from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import AddLine, Edit, LinkStation, SetDwell, all_edits, edited, switched
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride
from sandbox.transit.lines import StreetLink, Supply
from sandbox.transit.search import find_journeys
from sandbox.units import NEVER_MS
from sandbox.words import Bilingual

CHAIN = ("today", "metro7", "metro_7_15_17_27", "jinfeng_hub")
ORIGINS = [(106.299, 29.612), (106.3585, 29.6117), (106.351, 29.524)]
MODELS = ["random", "expected"]
PERCENTILES = [5, 50, 95]
HORIZON_MS = 60 * 60_000


@cache
def network():
    return Network.open()


@cache
def shipped(name):
    return scenarios.read(name, load_all())


@cache
def node_ms(supply, origin, model, arrive=False):
    """Return times at every street node for each percentile, `NEVER_MS` beyond the horizon."""
    ride = Ride(datetime(2026, 11, 23, 8, 0), window_min=15, model=model, draws=2, arrive=arrive)
    x, y = geo.to_metric(origin, network().crs)
    start = network().snap((float(x), float(y)), 500.0)
    found = find_journeys(network(), start, ride, HORIZON_MS, supply=supply)
    times = np.full((len(PERCENTILES), len(network().streets.node_xy)), NEVER_MS, dtype=np.int64)
    times[:, found.node] = found.node_ms(PERCENTILES)
    return times


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("arrive", [False, True])
def test_each_scenario_is_nowhere_slower_than_the_one_it_builds_on(origin, model, arrive):
    before = node_ms(Supply(), origin, model, arrive)
    gained = 0
    for name in CHAIN:
        after = node_ms(apply(shipped(name)).supply, origin, model, arrive)
        assert (after <= before).all(), name
        gained += int((after < before).sum())
        before = after
    assert gained > 0


@pytest.mark.parametrize("model", MODELS)
def test_one_more_way_to_a_station_is_nowhere_slower(model):
    base = shipped("today")
    link = Edit(Bilingual("入口", "Entrance"), LinkStation(StreetLink("daxuecheng", ORIGINS[0])))
    before = node_ms(apply(base).supply, ORIGINS[0], model)
    after = node_ms(apply(edited(base, link)).supply, ORIGINS[0], model)
    assert (after <= before).all()
    assert (after < before).any()


@pytest.mark.parametrize("name", CHAIN[1:])
def test_a_scenario_without_its_own_edits_is_its_base_exactly(name):
    one = shipped(name)
    bare = replace(one, edits=())
    assert apply(bare) == apply(one.base)
    found = node_ms(apply(bare).supply, ORIGINS[0], "random")
    assert (found == node_ms(apply(one.base).supply, ORIGINS[0], "random")).all()


def test_undone_edits_leave_no_trace():
    base = shipped("metro7")
    changed = edited(base, Edit(Bilingual("停站", "Dwell"), SetDwell("metro_7", 90)))
    before = node_ms(apply(base).supply, ORIGINS[1], "random")
    slower = node_ms(apply(changed).supply, ORIGINS[1], "random")
    assert (slower != before).any()
    undone = switched(changed, len(all_edits(changed)) - 1, on=False)
    assert (node_ms(apply(undone).supply, ORIGINS[1], "random") == before).all()


def test_with_every_line_off_one_walks():
    hub = shipped("jinfeng_hub")
    for number, edit in enumerate(all_edits(hub)):
        if isinstance(edit.change, AddLine):
            hub = switched(hub, number, on=False)
    plan = apply(hub)
    assert plan.supply == Supply()
    assert len(plan.corridors) == 13
    walked = node_ms(Supply(), ORIGINS[0], "random")
    assert (node_ms(plan.supply, ORIGINS[0], "random") == walked).all()
    assert (walked[0] == walked[-1]).all()
