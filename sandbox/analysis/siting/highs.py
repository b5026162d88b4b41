"""The siting problems as mixed-integer models for HiGHS (Huangfu and Hall, 2018).

Covering after Toregas et al. (1971) and Church and ReVelle (1974); least mean cost after ReVelle
and Swain (1970). Every home's part is continuous: with whole sites it is whole by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
import scipy.sparse as sp

from sandbox.analysis.siting.problem import Doubles, Flags, Pairs, Plan, Problem

_SEED: Final = 0
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A model: minimise `cost` times columns, of which the first are the sites.

    Attributes
    ----------
    cost, lower, upper
        Of each column.
    rows
        Coefficients, a row a limit.
    least, most
        Limits of each row.
    sites
        How many columns are sites, which are open or closed.
    sign, scale
        What the model's value is multiplied with to be the problem's.
    """

    cost: Doubles
    lower: Doubles
    upper: Doubles
    rows: sp.csr_array
    least: Doubles
    most: Doubles
    sites: int
    sign: float
    scale: float


def model_of(problem: Problem) -> Model:
    """Return the model of a problem whose aim is the fewest, the most or the least mean."""
    if problem.aim == "mean":
        return _mean(problem)
    return _cover(problem)


class _Rows:
    """The limits of a model, row by row: what stands before the sites, and before the rest."""

    def __init__(self, problem: Problem, rest: int) -> None:
        self._shape = (problem.pairs.sites, rest)
        self._rows: list[Any] = []
        self._ends: list[tuple[Doubles, Doubles]] = []
        if problem.most_sites is not None:
            self.add((~problem.kept)[None, :].astype(float), None, -np.inf, problem.most_sites)
        if problem.budget is not None and problem.price is not None:
            # In parts of the budget, so that its tolerance is one of parts.
            whole = max(problem.budget, 1e-12)
            self.add(problem.price[None, :] / whole, None, -np.inf, problem.budget / whole)
        if len(problem.apart):
            couple = np.repeat(np.arange(len(problem.apart)), 2)
            shape = (len(problem.apart), self._shape[0])
            ones = np.ones(len(couple))
            self.add(
                sp.csr_array((ones, (couple, problem.apart.ravel())), shape), None, -np.inf, 1.0
            )

    def add(self, of_sites: Any, of_rest: Any, least: Any, most: Any) -> None:
        """Add rows that have at least and at most so much; None stands for nothing."""
        count = next(part.shape[0] for part in (of_sites, of_rest) if part is not None)
        parts: list[Any] = [
            sp.csr_array((count, width) if part is None else part)
            for part, width in zip((of_sites, of_rest), self._shape, strict=True)
        ]
        self._rows.append(sp.hstack(parts))
        ends = (np.broadcast_to(np.asarray(one, dtype=np.float64), count) for one in (least, most))
        self._ends.append((next(ends), next(ends)))

    def model(self, problem: Problem, cost: Doubles, sign: float, scale: float) -> Model:
        """Return the model with a cost for each column."""
        lower, upper = np.zeros(len(cost)), np.ones(len(cost))
        lower[: self._shape[0]][problem.kept] = 1.0
        rows: Any = sp.vstack(self._rows).tocsr()
        least, most = (np.concatenate(side) for side in zip(*self._ends, strict=True))
        return Model(cost, lower, upper, rows, least, most, self._shape[0], sign, scale)


def _closed(pairs: Pairs) -> Any:
    """Return minus one for the site of each pair: its part is nothing while the site is closed."""
    count = len(pairs.home)
    at = (np.arange(count), pairs.site)
    return sp.csr_array((np.full(count, -1.0), at), (count, pairs.sites))


def _cover(problem: Problem) -> Model:
    pairs, sites = problem.pairs, problem.pairs.sites
    scale = float(problem.people.mean()) if problem.people.any() else 1.0
    people = problem.people / scale
    if problem.capacity is None:
        # A home is served, or it isn't.
        rest, of_home, served = pairs.homes, np.arange(pairs.homes), people
        rows = _Rows(problem, rest)
        rows.add(-pairs.matrix().T, sp.eye_array(rest), -np.inf, 0.0)
    else:
        # A home is served in parts, pair by pair.
        rest, of_home, served = len(pairs.home), pairs.home, people[pairs.home]
        rows = _Rows(problem, rest)
        _add_capacity(rows, problem, problem.capacity / scale, served)
    if problem.unit is not None and problem.unit_share is not None:
        known = problem.unit >= 0
        whole = np.bincount(problem.unit[known], people[known])
        mine = problem.unit[of_home]
        at = (mine[mine >= 0], np.flatnonzero(mine >= 0))
        each = sp.csr_array((served[mine >= 0], at), shape=(len(whole), rest))
        rows.add(None, each, problem.unit_share * whole, np.inf)
    if problem.aim == "fewest":
        rows.add(None, served[None, :], problem.wanted / scale, np.inf)
        cost = np.concatenate([(~problem.kept).astype(np.float64), np.zeros(rest)])
        return rows.model(problem, cost, 1.0, 1.0)
    return rows.model(problem, np.concatenate([np.zeros(sites), -served]), -1.0, scale)


def _add_capacity(rows: _Rows, problem: Problem, room: Doubles, served: Doubles) -> None:
    pairs = problem.pairs
    number = np.arange(len(pairs.home))
    of_home = sp.csr_array((np.ones(len(number)), (pairs.home, number)), (pairs.homes, len(number)))
    rows.add(None, of_home, -np.inf, 1.0)
    # No part of a home is served by a closed site: it makes the bound tight.
    rows.add(_closed(pairs), sp.eye_array(len(number)), -np.inf, 0.0)
    limited = np.flatnonzero(np.isfinite(room))
    load = sp.csr_array((served, (pairs.site, number)), (pairs.sites, len(number)))
    at = (np.arange(len(limited)), limited)
    full = sp.csr_array((-room[limited], at), (len(limited), pairs.sites))
    if len(limited):
        rows.add(full, load[limited], -np.inf, 0.0)


def _mean(problem: Problem) -> Model:
    pairs = problem.pairs
    near, number = len(pairs.home), np.arange(len(pairs.home))
    # A last column a home: nobody is near, so it counts as the limit.
    rows = _Rows(problem, near + pairs.homes)
    of_home = sp.csr_array((np.ones(near), (pairs.home, number)), (pairs.homes, near))
    rows.add(None, sp.hstack([of_home, sp.eye_array(pairs.homes)]).tocsr(), 1.0, 1.0)
    if near:
        rows.add(_closed(pairs), sp.eye_array(near, near + pairs.homes), -np.inf, 0.0)
    whole = float(problem.people.sum())
    people = problem.people / (whole if whole > 0 else 1.0)
    cost = [np.zeros(pairs.sites), people[pairs.home] * pairs.cost, people * problem.limit]
    return rows.model(problem, np.concatenate(cost), 1.0, 1.0)


def optimise(
    model: Model,
    seconds: float,
    *,
    start: Flags | None = None,
    tell: Callable[[Flags, float, float], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Plan | None:
    """Return the best plan that HiGHS finds, with its bound; None where there is none at all.

    Parameters
    ----------
    model
        What is solved.
    seconds
        How long it may take.
    start
        Open sites of a plan that keeps the limits, to start from.
    tell
        Called with each better plan, its value and the bound.
    stop
        Whether nobody waits any more.

    Returns
    -------
    Plan or None
        Without an open site and with a value that is no number where there was no time to find
        any plan.
    """
    solver = _solver(model, seconds)
    solver.setOptionValue("mip_rel_gap", _TOLERANCE)
    solver.setOptionValue("mip_abs_gap", _TOLERANCE)
    if start is not None:
        at = np.arange(model.sites, dtype=np.int32)
        solver.setSolution(model.sites, at, start.astype(np.float64))
    if tell is not None:
        say = tell

        def better(event: Any) -> None:
            out = event.data_out
            plan = np.asarray(out.mip_solution)[: model.sites] > 0.5
            say(plan, _said(model, out.mip_primal_bound), _said(model, out.mip_dual_bound))

        solver.cbMipImprovingSolution.subscribe(better)

    def interrupt(event: Any) -> None:
        event.data_in.user_interrupt = stop()

    solver.cbMipInterrupt.subscribe(interrupt)
    solver.cbSimplexInterrupt.subscribe(interrupt)
    solver.cbIpmInterrupt.subscribe(interrupt)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    bound = _said(model, info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Plan(np.zeros(model.sites, dtype=bool), np.nan, bound, proven=False)
    values = np.asarray(solver.getSolution().col_value)
    proven = status == highspy.HighsModelStatus.kOptimal
    value = _said(model, info.objective_function_value)
    return Plan(values[: model.sites] > 0.5, value, value if proven else bound, proven)


def relaxed(model: Model, seconds: float, stop: Callable[[], bool]) -> Doubles | None:
    """Return the price of each row where sites may be open in part; None if time ran out.

    By the interior-point method and without a corner: only its prices are of use here, and on
    covers of a city it takes a tenth of the time of the simplex method.
    """
    solver = _solver(model, seconds, whole=False)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")

    def interrupt(event: Any) -> None:
        event.data_in.user_interrupt = stop()

    solver.cbIpmInterrupt.subscribe(interrupt)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.asarray(solver.getSolution().row_dual, dtype=np.float64)


class _Silent(highspy.Highs):
    """HiGHS without a word on standard output, not even its name when it is made."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


def _said(model: Model, value: float) -> float:
    return model.sign * model.scale * float(value)


def _solver(model: Model, seconds: float, *, whole: bool = True) -> highspy.Highs:
    solver = _Silent()
    solver.setOptionValue("time_limit", max(float(seconds), 0.1))
    solver.setOptionValue("random_seed", _SEED)
    # Two works side by side share what HiGHS keeps of its threads, so each has but its own one.
    solver.setOptionValue("threads", 1)
    for name in ("mip", "primal", "dual"):
        solver.setOptionValue(f"{name}_feasibility_tolerance", _TOLERANCE)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.least)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.least, model.most
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.asarray(model.rows.indptr, dtype=np.int32)
    lp.a_matrix_.index_ = np.asarray(model.rows.indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.asarray(model.rows.data, dtype=np.float64)
    if whole:
        rest = len(model.cost) - model.sites
        kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
        lp.integrality_ = [kinds[0]] * model.sites + [kinds[1]] * rest
    solver.passModel(lp)
    return solver
