"""From a siting problem to a plan with a bound, in a given time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sandbox.analysis.siting.climb import climb
from sandbox.analysis.siting.highs import Model, model_of, optimise, relaxed
from sandbox.analysis.siting.problem import Doubles, Flags, Plan, Problem, reduce

# Share of the time for a first plan; the optimiser starts from it.
_CLIMB_SHARE: Final = 0.15
# With fewer pairs than this the optimiser needs no plan to start from.
_SMALL: Final = 2_000
_SLACK: Final = 1e-6

Tell = Callable[[Plan], None]
Stop = Callable[[], bool]


def solve(
    problem: Problem,
    seconds: float,
    tell: Tell = lambda _: None,
    stop: Stop = lambda: False,
) -> Plan | None:
    """Return the best plan found within a time, and how good any plan can be at best.

    Parameters
    ----------
    problem
        What is decided.
    seconds
        How long it may take, about.
    tell
        Called with each better plan, on the thread that solves.
    stop
        Whether nobody waits any more; the plan found so far is then returned.

    Returns
    -------
    Plan or None
        None where no plan keeps the limits. A plan whose value is no number was not found in
        time, which says nothing about whether there is one.
    """
    ends_s = time.monotonic() + seconds
    if problem.aim == "worst":
        return _worst(problem, ends_s, tell, stop)
    if problem.aim == "mean":
        return optimise(model_of(problem), seconds, tell=_as_plans(tell), stop=stop)
    smaller, sites = reduce(problem), problem.pairs.sites
    plan = _cover(smaller.problem, ends_s, lambda found: tell(smaller.whole(found, sites)), stop)
    return None if plan is None else smaller.whole(plan, sites)


def _as_plans(tell: Tell) -> Callable[[Flags, float, float], None]:
    return lambda open_, value, bound: tell(Plan(open_, value, bound, proven=False))


def value_of(problem: Problem, open_: Flags) -> float:
    """Return how good a plan of cover is: how many sites count, or how many people are served."""
    if problem.aim == "fewest":
        return float((open_ & ~problem.kept).sum())
    return float(problem.people[problem.served(open_)].sum())


def _cover(problem: Problem, ends_s: float, tell: Tell, stop: Stop) -> Plan | None:
    """Return the plan of the fewest sites, or of the most people."""
    model = model_of(problem)
    start = None
    if problem.is_plain and len(problem.pairs.home) > _SMALL:
        blind = 0.0 if problem.aim == "fewest" else float(problem.people.sum())

        shown = np.inf

        def met(open_: Flags) -> None:
            nonlocal shown
            value = value_of(problem, open_)
            # Smaller is better here: fewer sites, or fewer people left out.
            left = value if problem.aim == "fewest" else blind - value
            if left < shown:
                shown = left
                tell(Plan(open_, value, blind, proven=False))

        start = climb(problem, (ends_s - time.monotonic()) * _CLIMB_SHARE, met, stop)
    if start is None:
        left = ends_s - time.monotonic()
        return _whole(problem, optimise(model, left, tell=_as_plans(tell), stop=stop))
    best = Plan(start, value_of(problem, start), np.nan, proven=False)
    prices = relaxed(model, ends_s - time.monotonic(), stop)
    if prices is None:
        known = _Bound(0.0 if problem.aim == "fewest" else float(problem.people.sum()))
    else:
        known = _bound(problem, _home_prices(problem, prices))
    best = _proved(problem, best, known.value)
    tell(best)
    if best.proven or stop():
        return best
    narrow = _narrowed(problem, model, best.value, known)
    fits = (start <= narrow.upper[: narrow.sites]) & (start >= narrow.lower[: narrow.sites])
    found = optimise(
        narrow,
        ends_s - time.monotonic(),
        start=start if fits.all() else None,
        tell=lambda open_, _, other: tell(
            _proved(
                problem,
                _better(problem, best, Plan(open_, value_of(problem, open_), 0.0, proven=False)),
                _tighter(problem, known.value, _of_both(problem, best.value, other)),
            )
        ),
        stop=stop,
    )
    if found is None:
        # Without the choices that were ruled out there is no plan, and with them no better one.
        return _proved(problem, best, best.value)
    bound = _of_both(problem, best.value, found.bound)
    if not np.isnan(found.value):
        best = _better(problem, best, replace(found, value=value_of(problem, found.open_)))
    return _proved(problem, best, _tighter(problem, known.value, bound))


@dataclass(frozen=True, slots=True, eq=False)
class _Bound:
    """What no plan can better; and none that has a site open, or closed."""

    value: float
    if_open: Doubles | None = None
    if_closed: Doubles | None = None


def _whole(problem: Problem, plan: Plan | None) -> Plan | None:
    """Return a plan of the optimiser with its value counted anew."""
    if plan is None or np.isnan(plan.value) or problem.capacity is not None:
        return plan
    return _proved(problem, replace(plan, value=value_of(problem, plan.open_)), plan.bound)


def _proved(problem: Problem, plan: Plan, bound: float) -> Plan:
    """Return a plan with a bound: it is proven where both are the same."""
    if problem.aim == "fewest":
        bound = float(np.ceil(bound - _SLACK)) if np.isfinite(bound) else 0.0
        return replace(plan, bound=min(bound, plan.value), proven=bound >= plan.value)
    bound = bound if np.isfinite(bound) else float(problem.people.sum())
    proven = bound <= plan.value * (1 + 1e-9)
    return replace(plan, bound=plan.value if proven else bound, proven=proven)


def _better(problem: Problem, one: Plan, other: Plan) -> Plan:
    if problem.aim == "fewest":
        return other if other.value < one.value else one
    return other if other.value > one.value else one


def _of_both(problem: Problem, value: float, bound: float) -> float:
    """Return the bound of all plans: those left out are no better than one at hand."""
    if not np.isfinite(bound):
        return 0.0 if problem.aim == "fewest" else np.inf
    return min(value, bound) if problem.aim == "fewest" else max(value, bound)


def _tighter(problem: Problem, one: float, other: float) -> float:
    return max(one, other) if problem.aim == "fewest" else min(one, other)


def _home_prices(problem: Problem, prices: Doubles) -> Doubles:
    """Return what it is worth that a site serves each home: prices of the rows of homes."""
    first = 1 if problem.most_sites is not None else 0
    return np.maximum(0.0, -prices[first : first + problem.pairs.homes])


def _bound(problem: Problem, price: Doubles) -> _Bound:
    """Return the bounds that prices give: a home may pay a price instead of being near a site.

    They are Lagrange's, as Beasley (1990) has them for covers, and hold for any prices, however
    exactly these were found.
    """
    pairs, free = problem.pairs, ~problem.kept
    if problem.aim == "fewest":
        of_site = pairs.matrix() @ price
        left = np.where(free, 1.0 - of_site, 0.0)
        value = float(np.minimum(left, 0.0).sum() - of_site[problem.kept].sum())
        value += _least_paid(problem.people, price, problem.wanted)
        return _Bound(value, value + np.maximum(left, 0.0), value - np.minimum(left, 0.0))
    # The optimiser counts people in means of all homes.
    price = price * float(problem.people.mean())
    of_site = pairs.matrix() @ price
    value = float(np.maximum(problem.people - price, 0.0).sum() + of_site[problem.kept].sum())
    order = np.sort(of_site[free])[::-1]
    count = len(order) if problem.most_sites is None else min(problem.most_sites, len(order))
    value += float(order[:count].sum())
    last = order[count - 1] if count else np.inf
    next_ = order[count] if count < len(order) else 0.0
    if_open = np.where(of_site >= last, value, value - last + of_site)
    if_closed = np.where(of_site >= last, value - of_site + next_, value)
    return _Bound(value, if_open, if_closed)


def _least_paid(people: Doubles, price: Doubles, wanted: float) -> float:
    """Return the least that is paid to serve this many people; homes may be served in part."""
    order = np.flatnonzero(people > 0)
    order = order[np.argsort(price[order] / people[order], kind="stable")]
    before = np.cumsum(people[order]) - people[order]
    # The last home is served as far as needed.
    part = np.clip((wanted - before) / people[order], 0.0, 1.0)
    return float(part @ price[order])


def _narrowed(problem: Problem, model: Model, value: float, known: _Bound) -> Model:
    """Return the model without choices that lead to no plan better than one at hand."""
    if known.if_open is None or known.if_closed is None:
        return model
    free = ~problem.kept
    lower, upper = model.lower.copy(), model.upper.copy()
    for bound, ends, limit in ((known.if_open, upper, 0.0), (known.if_closed, lower, 1.0)):
        if problem.aim == "fewest":
            hopeless = bound > value - 1.0 + _SLACK
        else:
            hopeless = bound <= value * (1 + 1e-12)
        ends[: model.sites][hopeless & free] = limit
    if (lower > upper).any():
        # No choice for a site leads to a better plan: an empty model says so.
        lower, upper = np.minimum(lower, upper), upper.copy()
        upper[: model.sites][free] = 0.0
        lower[: model.sites][free] = 0.0
    return replace(model, lower=lower, upper=upper)


def _worst(problem: Problem, ends_s: float, tell: Tell, stop: Stop) -> Plan | None:
    """Return the plan of the least worst cost of the homes that any site is near.

    Costs are tried by halves, as Minieka (1970) has it: within each, can all homes be served?
    """
    pairs = problem.pairs
    everywhere, _ = pairs.least(np.ones(pairs.sites, dtype=bool))
    must = np.isfinite(everywhere) & (problem.people > 0)
    if not must.any():
        return Plan(problem.kept.copy(), 0.0, 0.0, proven=True)
    people = must.astype(np.float64)
    costs = np.unique(pairs.cost[must[pairs.home]])
    # Nobody is nearer than to the nearest of all sites.
    low = int(np.searchsorted(costs, float(everywhere[must].max())))
    high = len(costs)
    best: Plan | None = None
    unsure = False
    while low < high and not stop():
        middle = (low + high) // 2
        near = replace(
            problem,
            aim="fewest",
            people=people,
            pairs=pairs.within(float(costs[middle])),
            share=1.0,
            capacity=None,
        )
        model = model_of(near)
        plan = optimise(
            replace(model, cost=np.zeros_like(model.cost)),
            ends_s - time.monotonic(),
            stop=stop,
        )
        if plan is None:
            low = middle + 1
            continue
        if np.isnan(plan.value):
            unsure = True
            break
        reached, _ = pairs.least(plan.open_)
        worst = float(reached[must].max())
        best = Plan(plan.open_, worst, float(costs[low]), proven=False)
        tell(best)
        high = int(np.searchsorted(costs, worst))
    if best is None:
        if unsure or stop():
            bound = float(costs[min(low, len(costs) - 1)])
            return Plan(np.zeros(pairs.sites, dtype=bool), np.nan, bound, proven=False)
        return None
    proven = low >= high
    return replace(best, bound=best.value if proven else float(costs[low]), proven=proven)
