"""Measures of access and audits against other programs, on streets drawn at random."""

import numpy as np
import pandas as pd
import pytest
from access import fca
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.analysis.access.decay import Decay
from sandbox.analysis.access.measures import AccessQuestion, access
from sandbox.analysis.access.sweep import Moving
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.analysis.times import times
from sandbox.streets.travel import Travel
from tests.support.grid_city import BLOCK_M, grid_city
from tests.support.life_circle import ADULT, facilities, homes, rule, standard, within
from tests.unit.analysis.access.test_measures import places

WALK = Travel(walk_kmh=6.0, slope="flat")
CUTOFF = 10.0


@pytest.fixture(scope="module")
def world():
    random = np.random.default_rng(20261130)
    city = grid_city()
    cells = [tuple(one) for one in random.uniform(0, 20, (60, 2)).tolist()]
    lived = homes(cells, random.integers(1, 500, 60).tolist())
    where = [("clinic", tuple(one)) for one in random.uniform(0, 20, (15, 2)).tolist()]
    there = places(where, beds=random.integers(1, 60, 15).tolist())
    pairs = times(city, lived, there, CUTOFF, WALK).pairs
    cost = pairs.dropna(subset=["minutes"])[["from_id", "to_id", "minutes"]]
    return city, lived, there, cost.rename(columns={"from_id": "origin", "to_id": "dest"})


def frames(lived, there):
    demand = pd.DataFrame({"geoid": lived["id"], "demand": lived["people"]}).set_index("geoid")
    supply = pd.DataFrame({"geoid": there["id"], "supply": there["supply"]}).set_index("geoid")
    return demand, supply


@pytest.mark.parametrize("half", [None, 3.0])
def test_floating_catchments_are_those_of_pysal(world, half):
    city, lived, there, cost = world
    demand, supply = frames(lived, there)
    decay = Decay("gaussian", CUTOFF, half) if half else Decay("step", CUTOFF)
    weigh = None if half is None else lambda t: float(decay.weight(np.array([t]))[0])
    theirs = fca.two_stage_fca(
        demand, supply, cost, CUTOFF,
        cost_name="minutes", weight_fn=weigh, demand_index=True, supply_index=True,
    ).reindex(lived["id"]).fillna(0.0)  # fmt: skip
    question = AccessQuestion(
        ("2sfca",), (CUTOFF,), Moving(CUTOFF, WALK), decays=(decay,) if half else ()
    )
    column = "2sfca_all_gaussian3_10" if half else "2sfca_all_10"
    ours = access(city, lived, there, question).homes[column]
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), rel=1e-9, abs=1e-15)
    assert (ours > 0).any()


@pytest.mark.parametrize("shape", ["step", "linear", "logistic", "exponential", "gaussian"])
def test_gravity_is_that_of_pysal(world, shape):
    city, lived, there, cost = world
    _, supply = frames(lived, there)
    decay = Decay(shape, CUTOFF)
    turned = cost.rename(columns={"origin": "dest", "dest": "origin"})
    theirs = fca.weighted_catchment(
        supply, turned, CUTOFF, cost_cost="minutes", loc_index=True, loc_value="supply",
        weight_fn=lambda t: float(decay.weight(np.array([t]))[0]),
    ).reindex(lived["id"]).fillna(0.0)  # fmt: skip
    question = AccessQuestion(("gravity",), (CUTOFF,), Moving(CUTOFF, WALK), decays=(decay,))
    found = access(city, lived, there, question)
    ours = found.homes[found.columns[0].name]
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), rel=1e-9, abs=1e-12)


def test_the_nearest_of_an_audit_is_that_of_scipy():
    random = np.random.default_rng(3)
    columns = 21
    lived = [tuple(one) for one in random.integers(0, columns, (80, 2)).tolist()]
    there = [tuple(one) for one in random.integers(0, columns, (6, 2)).tolist()]
    number = np.arange(columns**2).reshape(columns, columns)
    source = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    target = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    graph = csr_array((np.full(len(source), BLOCK_M), (source, target)), shape=(columns**2,) * 2)
    starts = [number[row, column] for column, row in there]
    far = dijkstra(graph, directed=False, indices=starts, min_only=True)
    expected = np.array([far[number[row, column]] for column, row in lived])
    question = AuditQuestion(standard(rule("shop", "t15", "shop", within(1000))), ADULT)
    found = audit(grid_city(), homes(lived), facilities([("shop", one) for one in there]), question)
    assert found.metres[0].round(3).tolist() == expected.tolist()
    assert found.met[0].tolist() == (expected <= 1000).tolist()
