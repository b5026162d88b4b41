"""Plans are the best there are: as trying every choice of sites says, and spopt's models say."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.analysis.siting.highs import model_of, relaxed
from sandbox.analysis.siting.problem import Pairs, Problem, reduce
from sandbox.analysis.siting.solve import _bound, _home_prices, solve

LIMIT = 500.0


def pairs_of(costs: list[list[float]]) -> Pairs:
    """Return the pairs of a table of sites by homes, those of at most 500."""
    table = np.array(costs, dtype=np.float64).reshape(len(costs), -1)
    near = table <= LIMIT
    first = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
    return Pairs(first, np.nonzero(near)[1].astype(np.int64), table[near], table.shape[1])


def problem_of(costs, people, aim, kept=(), **more) -> Problem:
    flags = np.zeros(len(costs), dtype=bool)
    flags[list(kept)] = True
    people = np.array(people, dtype=np.float64)
    return Problem(pairs_of(costs), people, aim, flags, limit=LIMIT, **more)


def allowed(problem: Problem, open_: np.ndarray) -> bool:
    """Say whether a choice keeps all limits, by their words."""
    if problem.kept[~open_].any():
        return False
    if problem.most_sites is not None and (open_ & ~problem.kept).sum() > problem.most_sites:
        return False
    if problem.budget is not None and problem.price[open_].sum() > problem.budget + 1e-9:
        return False
    if any(open_[a] and open_[b] for a, b in problem.apart):
        return False
    served = problem.served(open_)
    if problem.unit_share is not None:
        for unit in set(problem.unit[problem.unit >= 0].tolist()):
            of = problem.unit == unit
            if (
                problem.people[of & served].sum()
                < problem.unit_share * problem.people[of].sum() - 1e-7
            ):
                return False
    if problem.aim == "fewest":
        return problem.people[served].sum() >= problem.wanted - 1e-7
    return True


def value(problem: Problem, open_: np.ndarray) -> float:
    least, _ = problem.pairs.least(open_)
    if problem.aim == "fewest":
        return float((open_ & ~problem.kept).sum())
    if problem.aim == "most":
        return float(problem.people[problem.served(open_)].sum())
    if problem.aim == "mean":
        return float(problem.people @ np.minimum(least, LIMIT)) / float(problem.people.sum())
    everywhere, _ = problem.pairs.least(np.ones(problem.pairs.sites, dtype=bool))
    must = np.isfinite(everywhere) & (problem.people > 0)
    return float(least[must].max()) if must.any() else 0.0


def by_trying(problem: Problem) -> float | None:
    """Return the best value over all choices of sites; None where none is allowed."""
    sign = -1.0 if problem.aim == "most" else 1.0
    best = None
    for choice in product([False, True], repeat=problem.pairs.sites):
        open_ = np.array(choice, dtype=bool)
        if not allowed(problem, open_):
            continue
        one = value(problem, open_)
        if np.isfinite(one) and (best is None or sign * one < sign * best):
            best = one
    return best


@st.composite
def problems(draw):
    sites, homes = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    far = st.sampled_from([0.0, 100.0, 250.0, 499.0, 500.0, 501.0, 900.0])
    costs = draw(
        st.lists(st.lists(far, min_size=homes, max_size=homes), min_size=sites, max_size=sites)
    )
    people = draw(
        st.lists(st.sampled_from([0.0, 1.0, 2.5, 40.0, 1000.0]), min_size=homes, max_size=homes)
    )
    aim = draw(st.sampled_from(["fewest", "most", "mean", "worst"]))
    kept = draw(st.sets(st.integers(0, sites - 1), max_size=2))
    more = {}
    if aim != "fewest" or draw(st.booleans()):
        more["most_sites"] = draw(st.integers(0, sites))
    if aim == "fewest":
        more["share"] = draw(st.sampled_from([0.0, 0.5, 0.8, 0.95, 1.0]))
    if draw(st.booleans()):
        prices = draw(st.lists(st.sampled_from([1.0, 3.0, 7.5]), min_size=sites, max_size=sites))
        more["price"], more["budget"] = np.array(prices), draw(st.sampled_from([3.0, 10.5, 20.0]))
    if draw(st.booleans()) and sites > 1:
        couples = st.tuples(st.integers(0, sites - 1), st.integers(0, sites - 1))
        drawn = draw(st.sets(couples.filter(lambda both: both[0] < both[1]), max_size=3))
        more["apart"] = np.array(sorted(drawn), dtype=np.int64).reshape(-1, 2)
    if aim in ("fewest", "most") and draw(st.booleans()):
        more["unit"] = np.array(draw(st.lists(st.integers(-1, 2), min_size=homes, max_size=homes)))
        more["unit_share"] = draw(st.sampled_from([0.5, 1.0]))
    return problem_of(costs, people, aim, kept, **more)


@settings(deadline=None, max_examples=150)
@given(problems())
def test_the_plan_is_the_best_of_all_choices(problem):
    if problem.people.sum() == 0:
        problem = replace(problem, people=problem.people + 1.0)
    want = by_trying(problem)
    plan = solve(problem, 60.0)
    assert (plan is None) == (want is None)
    if plan is None:
        return
    assert allowed(problem, plan.open_)
    assert value(problem, plan.open_) == pytest.approx(want, rel=1e-9, abs=1e-6)
    assert plan.value == pytest.approx(want, rel=1e-6, abs=1e-6)
    assert plan.proven
    assert plan.gap == 0.0


def town(homes: int, sites: int, seed: int, aim: str, **more) -> Problem:
    """Return homes and sites strewn over a town of 2.5 km, near as the crow flies."""
    random = np.random.default_rng(seed)
    at = random.random((homes, 2)) * 2500.0
    there = at[random.choice(homes, sites, replace=False)] + random.normal(0, 30, (sites, 2))
    costs = np.hypot(*(there[:, None] - at[None]).transpose(2, 0, 1))
    return problem_of(costs.tolist(), random.integers(1, 400, homes).tolist(), aim, **more)


@pytest.mark.parametrize(
    ("aim", "more"), [("fewest", {"share": 0.9}), ("most", {"most_sites": 12})]
)
def test_a_bound_by_prices_is_never_better_than_it_may_be(aim, more):
    problem = town(300, 40, 3, aim, **more)
    plan = solve(problem, 60.0)
    assert plan.proven
    model = model_of(problem)
    exact = _home_prices(problem, relaxed(model, 60.0, lambda: False))
    random = np.random.default_rng(0)
    for price in (exact, exact * 0.5, random.random(300) * exact.max()):
        bound = _bound(problem, price)
        # The best plan has each site open or closed as it is; so no bound excludes it.
        if_so = np.where(plan.open_, bound.if_open, bound.if_closed)
        if aim == "fewest":
            assert bound.value <= plan.value + 1e-6
            assert (if_so <= plan.value + 1e-6).all()
        else:
            assert bound.value >= plan.value - 1e-6
            assert (if_so >= plan.value - 1e-6).all()
    near = _bound(problem, exact).value
    assert near == pytest.approx(plan.value, rel=0.12)


@pytest.mark.parametrize(
    ("aim", "more"),
    [
        ("fewest", {"share": 0.95}),
        ("fewest", {"share": 0.9, "kept": (0, 1, 2)}),
        ("most", {"most_sites": 15}),
    ],
)
def test_the_way_of_large_problems_leads_to_the_same_plan(aim, more, monkeypatch):
    problem = town(500, 60, 5, aim, **more)
    plain = solve(problem, 120.0)
    monkeypatch.setattr("sandbox.analysis.siting.solve._SMALL", 0)
    monkeypatch.setattr("sandbox.analysis.siting.solve._CLIMB_SHARE", 0.005)
    told = []
    large = solve(problem, 120.0, told.append)
    assert plain.proven
    assert large.proven
    assert large.value == plain.value == value(problem, large.open_)
    assert allowed(problem, large.open_)
    sign = 1 if aim == "fewest" else -1
    shown = [sign * one.value for one in told]
    assert shown == sorted(shown, reverse=True)
    for one in told:
        assert allowed(problem, one.open_)
        assert sign * one.bound <= sign * plain.value + 1e-6


def test_what_can_change_nothing_is_left_out():
    # Site 1 serves what site 0 serves and more; sites 2 and 3 the same home; site 4 nobody.
    far = 900.0
    costs = [
        [1.0, far, far, far],
        [1.0, 1.0, far, far],
        [far, far, far, 1.0],
        [far, far, far, 2.0],
        [far, far, far, far],
    ]
    smaller = reduce(problem_of(costs, [1, 2, 4, 8], "fewest"))
    assert smaller.site.tolist() == [1, 2]
    # Home 2, near no site, stays, for it counts among all people.
    assert sorted(smaller.problem.people.tolist()) == [3.0, 4.0, 8.0]
    kept = reduce(problem_of(costs, [1, 2, 4, 8], "fewest", kept=[0]))
    assert kept.site.tolist() == [0, 1, 2]
    spaced = reduce(problem_of(costs, [1, 2, 4, 8], "fewest", apart=np.array([[1, 2]])))
    assert spaced.site.tolist() == [0, 1, 2, 3, 4]


def test_capacity_limits_whom_a_site_serves_and_homes_may_be_shared():
    # Two homes of 60 people; each site has room for 50. All 120 need three sites.
    costs = [[10.0, 10.0]] * 4
    room = np.full(4, 50.0)
    plan = solve(problem_of(costs, [60, 60], "fewest", capacity=room), 30.0)
    assert plan.value == 3
    assert plan.proven
    # Without the limit of room one does.
    assert solve(problem_of(costs, [60, 60], "fewest"), 30.0).value == 1
    # Two sites serve a hundred of them.
    most = solve(problem_of(costs, [60, 60], "most", capacity=room, most_sites=2), 30.0)
    assert most.value == pytest.approx(100.0)
    # Kept sites serve too: with one of them two more are enough.
    kept = solve(problem_of(costs, [60, 60], "fewest", kept=[3], capacity=room), 30.0)
    assert kept.value == 2


def test_who_stops_gets_the_plan_so_far_unproven():
    problem = town(4000, 400, 7, "fewest", share=0.95)
    plan = solve(problem, 60.0, stop=lambda: True)
    assert plan is not None
    assert not plan.proven or plan.value == plan.bound
    if not np.isnan(plan.value):
        assert allowed(problem, plan.open_)
        assert plan.bound <= plan.value


def test_what_no_plan_can_keep_is_none():
    # The second home is near no site, so not all people can be served.
    assert solve(problem_of([[1.0, 900.0]], [1, 1], "fewest"), 10.0) is None
    assert solve(problem_of([[1.0, 1.0]], [1, 1], "fewest", most_sites=0), 10.0) is None
