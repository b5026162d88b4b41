"""The order in which a hierarchy contracts nodes: those that cut the streets in two come last.

Nodes with at most two neighbours go first, one after the other. The rest is cut along few
streets again and again (nested dissection), each cut the least one between the outermost
quarters of the nodes along one of four directions: inertial flow (Schild and Sommer, "On
balanced separators in road networks", 2015).
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR0917

from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Doubles, Ints, kernel

# What is so small is not cut any more: of few nodes every order is good.
_LEAF: Final = 12
# The share of nodes at either side that no cut parts.
_SIDE: Final = 0.25
_SIN: Final = 0.5**0.5
_DIRECTIONS: Final = np.array([[1.0, 0.0], [0.0, 1.0], [_SIN, _SIN], [_SIN, -_SIN]])


def contraction_order(first: Ints, neighbour: Ints, node_xy: Doubles) -> Ints:
    """Return all nodes in the order in which a hierarchy contracts them, int32, shape ``(n,)``.

    Parameters
    ----------
    first, neighbour
        First neighbour of each node, and the neighbours, each once and both ways, without
        loops.
    node_xy
        Metres, shape ``(n, 2)``.
    """
    nodes = len(first) - 1
    outer, left, slots = _peel(first, neighbour.copy())
    core = np.setdiff1d(np.arange(nodes, dtype=np.int32), outer, assume_unique=True)
    number = np.full(nodes, -1, dtype=np.int32)
    number[core] = np.arange(len(core), dtype=np.int32)
    inner_first = np.zeros(len(core) + 1, dtype=np.int32)
    np.cumsum(left[core], out=inner_first[1:])
    # The neighbours that are left stand at the beginning of each node's.
    row = np.repeat(core, left[core])
    place = first[row] + np.arange(len(row)) - np.repeat(inner_first[:-1], left[core])
    inner = number[slots[place]]
    opposite = _opposite(inner_first, inner)
    within = _dissect(inner_first, inner, opposite, node_xy[core], _DIRECTIONS)
    return np.concatenate([outer, core[within]]).astype(np.int32)


@kernel
def _peel(first: Ints, neighbour: Ints) -> tuple[Ints, Ints, Ints]:
    """Contract nodes with at most two neighbours; return them, and what is left of the others.

    No node gets more neighbours by that, so all have room where they were.
    """
    nodes = len(first) - 1
    degree = np.empty(nodes, dtype=np.int32)
    waiting = np.empty(nodes, dtype=np.int32)
    queued = np.zeros(nodes, dtype=np.bool_)
    count = 0
    for u in range(nodes):
        degree[u] = first[u + 1] - first[u]
        if degree[u] <= 2:
            waiting[count] = u
            queued[u] = True
            count += 1
    done = 0
    while done < count:
        u = waiting[done]
        done += 1
        begin, many = first[u], degree[u]
        for i in range(many):
            a = neighbour[begin + i]
            other = neighbour[begin + 1 - i] if many == 2 else np.int32(-1)
            at, known = -1, False
            for k in range(first[a], first[a] + degree[a]):
                if neighbour[k] == u:
                    at = k
                elif neighbour[k] == other:
                    known = True
            if other >= 0 and not known:
                neighbour[at] = other
            else:
                degree[a] -= 1
                neighbour[at] = neighbour[first[a] + degree[a]]
            if degree[a] <= 2 and not queued[a]:
                waiting[count] = a
                queued[a] = True
                count += 1
        degree[u] = 0
    return waiting[:count], degree, neighbour


@kernel
def _opposite(first: Ints, neighbour: Ints) -> Ints:
    """Return where the same street stands among the neighbours of its other end."""
    opposite = np.empty(len(neighbour), dtype=np.int32)
    for u in range(len(first) - 1):
        for k in range(first[u], first[u + 1]):
            v = neighbour[k]
            for j in range(first[v], first[v + 1]):
                if neighbour[j] == u:
                    opposite[k] = j
                    break
    return opposite


@kernel
def _dissect(
    first: Ints, neighbour: Ints, opposite: Ints, xy: Doubles, directions: Doubles
) -> Ints:
    """Return the nodes in the order of nested dissection, cuts last."""
    nodes = len(first) - 1
    order = np.arange(nodes).astype(np.int32)
    part = np.zeros(nodes, dtype=np.int32)
    side = np.zeros(nodes, dtype=np.int8)
    best_side = np.zeros(nodes, dtype=np.int8)
    flow = np.zeros(len(neighbour), dtype=np.int8)
    level = np.empty(nodes, dtype=np.int32)
    queue = np.empty(nodes, dtype=np.int32)
    at = np.empty(nodes, dtype=np.int32)
    path = np.empty(nodes + 1, dtype=np.int32)
    stack = np.empty((nodes + 2, 2), dtype=np.int32)
    stack[0, 0], stack[0, 1] = 0, nodes
    high, parts = 1, 0
    while high > 0:
        high -= 1
        low, top = stack[high, 0], stack[high, 1]
        size = top - low
        if size <= _LEAF:
            continue
        parts += 1
        these = order[low:top].copy()
        for i in range(size):
            part[these[i]] = parts
        best = 1 << 30
        balance = 0
        for d in range(len(directions)):
            along = np.empty(size)
            for i in range(size):
                u = these[i]
                along[i] = xy[u, 0] * directions[d, 0] + xy[u, 1] * directions[d, 1]
            by_place = np.argsort(along)
            ends = max(1, int(size * _SIDE))
            for i in range(size):
                u = these[by_place[i]]
                side[u] = 1 if i < ends else (2 if i >= size - ends else 0)
                for k in range(first[u], first[u + 1]):
                    flow[k] = 0
            cut = _flow(
                first, neighbour, opposite, these, by_place[:ends], part, parts, side, flow,
                level, queue, at, path, best,
            )  # fmt: skip
            if cut > best:
                continue
            # After the last search `level` tells what can still be reached.
            near = 0
            for i in range(size):
                near += level[these[i]] >= 0
            even = min(near, size - near)
            if cut < best or even > balance:
                best, balance = cut, even
                for i in range(size):
                    best_side[these[i]] = 1 if level[these[i]] >= 0 else 2
        # The end of the cut streets on the side where these are fewer.
        counts = np.zeros(3, dtype=np.int64)
        for i in range(size):
            u = these[i]
            mine = best_side[u]
            for k in range(first[u], first[u + 1]):
                v = neighbour[k]
                if part[v] == parts and best_side[v] != mine:
                    counts[mine] += 1
                    break
        chosen = 1 if counts[1] <= counts[2] else 2
        for i in range(size):
            u = these[i]
            side[u] = best_side[u]
            if best_side[u] != chosen:
                continue
            for k in range(first[u], first[u + 1]):
                v = neighbour[k]
                if part[v] == parts and best_side[v] != chosen:
                    side[u] = 3
                    break
        place = low
        for which in range(1, 4):
            begin = place
            for i in range(size):
                if side[these[i]] == which:
                    order[place] = these[i]
                    place += 1
            if which < 3:
                stack[high, 0], stack[high, 1] = begin, place
                high += 1
            else:
                for i in range(begin, place):
                    part[order[i]] = -1
    return order


@kernel
def _flow(
    first: Ints,
    neighbour: Ints,
    opposite: Ints,
    these: Ints,
    sources: npt.NDArray[np.int64],
    part: Ints,
    parts: int,
    side: npt.NDArray[np.int8],
    flow: npt.NDArray[np.int8],
    level: Ints,
    queue: Ints,
    at: Ints,
    path: Ints,
    most: int,
) -> int:
    """Let as much flow from side 1 to side 2 as streets take, one unit each; return how much.

    Dinitz's way: shortest paths first, all of one length at once. It ends early where more than
    `most` flows.
    """
    whole = 0
    while True:
        for i in range(len(these)):
            u = these[i]
            level[u] = -1
            at[u] = first[u]
        count = 0
        for i in range(len(sources)):
            u = these[sources[i]]
            level[u] = 0
            queue[count] = u
            count += 1
        done, met = 0, False
        while done < count:
            u = queue[done]
            done += 1
            for k in range(first[u], first[u + 1]):
                v = neighbour[k]
                if part[v] == parts and level[v] < 0 and flow[k] < 1:
                    level[v] = level[u] + 1
                    met = met or side[v] == 2
                    queue[count] = v
                    count += 1
        if not met:
            return whole
        for i in range(len(sources)):
            while True:
                # One path from this source, by streets that lead one step on each.
                u = these[sources[i]]
                deep, found = 0, False
                while True:
                    if side[u] == 2:
                        found = True
                        break
                    moved = False
                    while at[u] < first[u + 1]:
                        k = at[u]
                        v = neighbour[k]
                        if part[v] == parts and flow[k] < 1 and level[v] == level[u] + 1:
                            path[deep] = k
                            deep += 1
                            u = v
                            moved = True
                            break
                        at[u] += 1
                    if moved:
                        continue
                    if deep == 0:
                        break
                    deep -= 1
                    k = path[deep]
                    u = neighbour[opposite[k]]
                    at[u] += 1
                if not found:
                    break
                for i_path in range(deep):
                    k = path[i_path]
                    flow[k] += 1
                    flow[opposite[k]] -= 1
                whole += 1
                if whole > most:
                    return whole
