"""A good plan in a moment: take sites greedily, then take some away nearby and choose anew.

Greedy choice as for set covering (Chvátal, 1979); then ruin and recreate (Schrimpf et al.,
"Record breaking optimization results using the ruin and recreate principle", 2000). It proves
nothing; it gives the optimiser a plan to start from and users one to look at meanwhile.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR0917

import time
from collections.abc import Callable
from typing import Final

import numpy as np

from sandbox.analysis.siting.problem import Doubles, Flags, Problem
from sandbox.engine.kernel import Ints, kernel

_ROUNDS: Final = 500
# At most one less is taken away at a time; how often a neighbour of one is looked for.
_RUIN: Final = 8
_TRIES: Final = 30
_HOPS: Final = 6


def climb(
    problem: Problem,
    seconds: float,
    tell: Callable[[Flags], None],
    stop: Callable[[], bool],
) -> Flags | None:
    """Return the open sites of a good plan; None where no plan was found.

    Parameters
    ----------
    problem
        What only limits the number of sites, and looks for cover.
    seconds
        How long it may take, about.
    tell
        Called with each better plan.
    stop
        Whether nobody waits any more.
    """
    pairs = problem.pairs
    turned = pairs.matrix().T.tocsr()
    turned.sort_indices()
    people = problem.people.copy()
    people[problem.served(problem.kept)] = 0.0
    fewest = problem.aim == "fewest"
    done = float(problem.people.sum() - people.sum())
    wanted = max(problem.wanted - done, 0.0) if fewest else np.inf
    slack = _slack(problem.people)
    free = ~problem.kept
    most = problem.most_sites if problem.most_sites is not None else pairs.sites
    began_s = time.monotonic()
    best: Flags | None = None
    state = np.zeros(pairs.sites, dtype=bool)
    number = 0
    while True:
        state, reached = _rounds(
            pairs.first.astype(np.int32),
            pairs.home.astype(np.int32),
            turned.indptr.astype(np.int32),
            turned.indices.astype(np.int32),
            people,
            free,
            state,
            float(wanted - slack),
            int(most),
            0 if number == 0 else _ROUNDS,
            number,
        )
        if fewest and not reached:
            return best
        plan = state | problem.kept
        if best is None or (plan != best).any():
            best = plan
            tell(plan)
        number += 1
        if stop() or time.monotonic() - began_s > seconds or not state.any():
            return best


def _slack(people: Doubles) -> float:
    """Return what counts as no people at all when sums of them are compared."""
    return 1e-9 * float(people.sum())


@kernel
def _rounds(
    site_first: Ints,
    site_home: Ints,
    home_first: Ints,
    home_site: Ints,
    people: Doubles,
    free: Flags,
    begin: Flags,
    wanted: float,
    most: int,
    rounds: int,
    seed: int,
) -> tuple[Flags, bool]:
    """Return the open sites after some rounds, and whether enough people are served.

    The first call, without rounds, completes what is open greedily.
    """
    np.random.seed(seed)
    sites = len(site_first) - 1
    opened = begin.copy()
    times = np.zeros(len(people), dtype=np.int32)
    gain = np.zeros(sites)
    for j in range(sites):
        for t in range(site_first[j], site_first[j + 1]):
            gain[j] += people[site_home[t]]
    near = (site_first, site_home, home_first, home_site, people, times, gain)
    served, count = 0.0, 0
    for j in range(sites):
        if opened[j]:
            count += 1
            served += _open(j, *near)
    now, now_served = count, served
    taken = np.empty(sites, dtype=np.int32)
    added = np.empty(sites, dtype=np.int32)
    listed = np.empty(sites, dtype=np.int32)
    for number in range(rounds + 1):
        removed, fresh = 0, 0
        if number > 0:
            total = 0
            for j in range(sites):
                if opened[j]:
                    listed[total] = j
                    total += 1
            if total == 0:
                break
            taken[0] = listed[np.random.randint(total)]
            opened[taken[0]] = False
            removed = _close_by(
                site_first, site_home, home_first, home_site, opened, taken,
                2 + np.random.randint(_RUIN - 2),
            )  # fmt: skip
            for at in range(removed):
                count -= 1
                served -= _close(taken[at], *near)
        while served < wanted and count < most:
            if number > 0 and count > now:
                break
            chosen = _worthiest(free, opened, gain, number > 0)
            if chosen < 0:
                break
            opened[chosen] = True
            added[fresh] = chosen
            fresh += 1
            count += 1
            served += _open(chosen, *near)
        # Of the fewest sites those count that serve enough; of the most people only these.
        if wanted == np.inf:
            better = served >= now_served
        else:
            fewer = count < now or (count == now and served >= now_served)
            better = served >= wanted and fewer
        if number == 0 or better:
            now, now_served = count, served
            continue
        for at in range(fresh):
            opened[added[at]] = False
            count -= 1
            served -= _close(added[at], *near)
        for at in range(removed):
            opened[taken[at]] = True
            count += 1
            served += _open(taken[at], *near)
    return opened, bool(served >= wanted)


@kernel
def _open(
    site: int,
    site_first: Ints,
    site_home: Ints,
    home_first: Ints,
    home_site: Ints,
    people: Doubles,
    times: Ints,
    gain: Doubles,
) -> float:
    """Return how many more people are served by a site that opens; no site gains by them now."""
    more = 0.0
    for t in range(site_first[site], site_first[site + 1]):
        i = site_home[t]
        times[i] += 1
        if times[i] == 1:
            more += float(people[i])
            for k in range(home_first[i], home_first[i + 1]):
                gain[home_site[k]] -= people[i]
    return more


@kernel
def _close(
    site: int,
    site_first: Ints,
    site_home: Ints,
    home_first: Ints,
    home_site: Ints,
    people: Doubles,
    times: Ints,
    gain: Doubles,
) -> float:
    """Return how many people are served no more where a site closes."""
    fewer = 0.0
    for t in range(site_first[site], site_first[site + 1]):
        i = site_home[t]
        times[i] -= 1
        if times[i] == 0:
            fewer += float(people[i])
            for k in range(home_first[i], home_first[i + 1]):
                gain[home_site[k]] += people[i]
    return fewer


@kernel
def _close_by(
    site_first: Ints,
    site_home: Ints,
    home_first: Ints,
    home_site: Ints,
    opened: Flags,
    taken: Ints,
    amount: int,
) -> int:
    """Take open sites near the first one taken, from homes to sites and once more; say how many."""
    removed, at = 1, 0
    while at < removed < amount:
        j = taken[at]
        at += 1
        for _ in range(_TRIES):
            if site_first[j + 1] == site_first[j] or removed >= amount:
                break
            i = site_home[np.random.randint(site_first[j], site_first[j + 1])]
            other = home_site[np.random.randint(home_first[i], home_first[i + 1])]
            for _ in range(_HOPS):
                if site_first[other + 1] == site_first[other]:
                    break
                i = site_home[np.random.randint(site_first[other], site_first[other + 1])]
                near = home_site[np.random.randint(home_first[i], home_first[i + 1])]
                if opened[near]:
                    opened[near] = False
                    taken[removed] = near
                    removed += 1
                    break
    return removed


@kernel
def _worthiest(free: Flags, opened: Flags, gain: Doubles, by_chance: bool) -> int:
    """Return the closed site that would serve most people more, about; -1 where none would."""
    chosen, largest = -1, 0.0
    for j in range(len(gain)):
        if free[j] and not opened[j] and gain[j] > 0.0:
            worth = gain[j]
            if by_chance:
                worth *= 0.9 + 0.1 * np.random.random()
            if worth > largest:
                chosen, largest = j, worth
    return chosen
