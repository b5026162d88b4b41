"""A siting problem as arrays: homes, possible sites, and which homes are near which sites."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Doubles = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# What is looked for: the fewest sites that serve a share of the people; or with a number of sites
# the most people served, the least mean and the least worst cost.
Aim = Literal["fewest", "most", "mean", "worst"]
AIMS: Final[tuple[Aim, ...]] = ("fewest", "most", "mean", "worst")


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which homes are within the limit of which sites.

    Attributes
    ----------
    first
        First pair of each of the m sites, int64, shape ``(m + 1,)``.
    home
        The home of each pair, ascending within a site.
    cost
        What lies between, in the unit of the limit: metres or minutes.
    homes
        How many homes there are.
    """

    first: Longs
    home: Longs
    cost: Doubles
    homes: int

    @property
    def sites(self) -> int:
        """Return how many sites there are."""
        return len(self.first) - 1

    @property
    def site(self) -> Longs:
        """Return the site of each pair."""
        return np.repeat(np.arange(self.sites), np.diff(self.first))

    def matrix(self) -> sp.csr_array:
        """Return ones where a home is within the limit of a site, shape ``(sites, homes)``."""
        ones: Any = np.ones(len(self.home))
        return sp.csr_array((ones, self.home, self.first), shape=(self.sites, self.homes))

    def within(self, limit: float) -> "Pairs":
        """Return the pairs that are no farther apart than a limit."""
        near = self.cost <= limit
        first = np.concatenate([[0], np.cumsum(near)])[self.first]
        return Pairs(first, self.home[near], self.cost[near], self.homes)

    def least(self, open_: Flags) -> tuple[Doubles, Longs]:
        """Return the cost of each home to its nearest open site, and which that is.

        Infinite and -1 where none is within the limit; of sites equally near it is the first.
        """
        kept = open_[self.site]
        home, cost, site = self.home[kept], self.cost[kept], self.site[kept]
        order = np.lexsort((site, cost, home))
        home, cost, site = home[order], cost[order], site[order]
        leads = np.ones(len(home), dtype=bool)
        leads[1:] = home[1:] != home[:-1]
        least = np.full(self.homes, np.inf)
        which = np.full(self.homes, -1, dtype=np.int64)
        least[home[leads]], which[home[leads]] = cost[leads], site[leads]
        return least, which


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is to be decided, and what limits it.

    Attributes
    ----------
    pairs
        Which homes are near which sites; those that exist come first.
    people
        People of each home.
    aim
        What is looked for.
    kept
        Sites that stand whatever is decided. All others count as one when they are open: new
        ones, and those that may be closed.
    share
        Share of all people that must be served, for the fewest sites.
    most_sites
        How many sites that count there may be; None for any number.
    price, budget
        What each site costs, and what all may cost; None for any sum.
    capacity
        How many people each site can serve, infinite where that is no matter; None where
        nowhere. A home may then be served by several sites.
    apart
        Pairs of sites that stand too near each other to be both open, shape ``(k, 2)``.
    unit, unit_share
        The unit of each home, from 0, -1 for none; and the share of the people of every unit
        that must be served. None where units don't matter.
    limit
        The limit of the pairs; whoever is farther counts as this far in a mean.
    """

    pairs: Pairs
    people: Doubles
    aim: Aim
    kept: Flags
    share: float = 1.0
    most_sites: int | None = None
    price: Doubles | None = None
    budget: float | None = None
    capacity: Doubles | None = None
    apart: Longs = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    unit: Longs | None = None
    unit_share: float | None = None
    limit: float = np.inf

    @property
    def is_plain(self) -> bool:
        """Return whether only the number of sites is limited."""
        return (
            self.budget is None
            and self.capacity is None
            and not len(self.apart)
            and self.unit_share is None
        )

    @property
    def wanted(self) -> float:
        """Return how many people must be served."""
        return self.share * float(self.people.sum())

    def served(self, open_: Flags) -> Flags:
        """Return the homes within the limit of an open site."""
        served = np.zeros(self.pairs.homes, dtype=bool)
        served[self.pairs.home[open_[self.pairs.site]]] = True
        return served


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Which sites are open, and how good that is.

    Attributes
    ----------
    open_
        The open sites.
    value
        What is looked for: how many sites that count, people served, mean or worst cost.
    bound
        No plan has a better value; infinite or 0 where nothing is known.
    proven
        Whether no plan is better.
    """

    open_: Flags
    value: float
    bound: float
    proven: bool

    @property
    def gap(self) -> float:
        """Return how far value and bound are apart, as a share of the value; 0 when proven."""
        if self.proven:
            return 0.0
        if self.value == 0 or not np.isfinite(self.bound):
            return 1.0
        return min(1.0, abs(self.value - self.bound) / abs(self.value))


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """A problem without what can't change its answer.

    Attributes
    ----------
    problem
        The smaller problem.
    site
        The site of the whole problem that each site is.
    """

    problem: Problem
    site: Longs

    def whole(self, plan: Plan, sites: int) -> Plan:
        """Return a plan as one of the whole problem."""
        open_ = np.zeros(sites, dtype=bool)
        open_[self.site[plan.open_]] = True
        return Plan(open_, plan.value, plan.bound, plan.proven)


def reduce(problem: Problem) -> Reduced:
    """Return the same problem with fewer homes and sites, for those who look for cover.

    Homes within the limit of the same sites become one; a site whose homes are all those of
    another one as well is left out (of equal ones the later). Both leave the best value as it is
    where nothing but the number of sites is limited; else only homes are joined.
    """
    pairs = problem.pairs
    unit = problem.unit if problem.unit is not None else np.zeros(pairs.homes, dtype=np.int64)
    kept_sites = np.arange(pairs.sites)
    cover, people, unit = _joined(pairs.matrix(), problem.people, unit)
    if problem.is_plain:
        kept_sites = kept_sites[~_within_others(cover, problem.kept)]
        # Without the sites that went, more homes are near the same ones.
        cover, people, unit = _joined(cover[kept_sites], people, unit)
    smaller = Pairs(
        cover.indptr.astype(np.int64),
        cover.indices.astype(np.int64),
        np.zeros(cover.nnz),
        len(people),
    )
    number = np.full(pairs.sites, -1)
    number[kept_sites] = np.arange(len(kept_sites))
    return Reduced(
        Problem(
            smaller,
            people,
            problem.aim,
            problem.kept[kept_sites],
            problem.share,
            problem.most_sites,
            None if problem.price is None else problem.price[kept_sites],
            problem.budget,
            None if problem.capacity is None else problem.capacity[kept_sites],
            number[problem.apart],
            None if problem.unit is None else unit,
            problem.unit_share,
        ),
        kept_sites,
    )


def _joined(
    cover: sp.csr_array, people: Doubles, unit: Longs
) -> tuple[sp.csr_array, Doubles, Longs]:
    """Return sites by homes, people and units with homes of one unit and the same sites joined."""
    of_home = cover.T.tocsr()
    of_home.sort_indices()
    first, site = of_home.indptr, of_home.indices.astype(np.int32)
    numbers: dict[tuple[int, bytes], int] = {}
    number = np.empty(len(people), dtype=np.int64)
    for home in range(len(people)):
        key = (int(unit[home]), site[first[home] : first[home + 1]].tobytes())
        number[home] = numbers.setdefault(key, len(numbers))
    _, one = np.unique(number, return_index=True)
    joined = of_home[one].T.tocsr()
    joined.sort_indices()
    summed = np.bincount(number, weights=people, minlength=len(numbers)).astype(np.float64)
    return joined, summed, unit[one]


def _within_others(cover: sp.csr_array, kept: Flags) -> Flags:
    """Return the sites that another site can stand for: it serves all their homes."""
    both = (cover @ cover.T).tocoo()
    size = np.asarray(cover.sum(axis=1)).ravel()
    a, b = both.row, both.col
    inside = (both.data == size[a]) & (a != b) & ~kept[a]
    # Of two that serve the same homes the first stays, one that is kept before all.
    equal = size[a] == size[b]
    first = kept[b] | (b < a)
    out = np.zeros(len(size), dtype=bool)
    out[a[inside & (~equal | first)]] = True
    out |= (size == 0) & ~kept
    return out
