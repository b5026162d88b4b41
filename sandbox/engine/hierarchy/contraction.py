"""A hierarchy's streets: which nodes are tied once others are contracted, and at what cost.

Customisable contraction hierarchies (Dibbelt, Strasser and Wagner, 2016): what is tied depends
on which nodes streets join, not on what they cost, so new costs come in one quick pass.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0917

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.hierarchy.dissection import contraction_order
from sandbox.engine.kernel import Ints, Singles, kernel

Longs = npt.NDArray[np.int64]

# A cost holds milliseconds above and metres below, so that of two ways as long in time the
# shorter one is less, by one comparison. 2**24 ms are more than four hours and a half, 2**38
# parts of a metre of 2**-17 are 2,097 km. Two ways that lead nowhere still have a sum.
LENGTH_BITS: Final = 38
PARTS_OF_A_METRE: Final = 2.0**17
NOWHERE: Final = 2**62 - 1
LONGEST_MS: Final = 2**24 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """Nodes by their rank, and those above each that are tied to it; costs come apart.

    Attributes
    ----------
    rank
        Rank of each node, int32, shape ``(n,)``; the highest is contracted last.
    first, above
        First tie of each rank, and the higher rank that each leads to, ascending.
    tie_up, tie_down
        For each edge of the graph the tie that it goes along upward, or downward; -1 else.
    """

    rank: Ints
    first: Ints
    above: Ints
    tie_up: Ints
    tie_down: Ints


def contract(graph: Graph, order: Ints | None = None, most: int = 2**31 - 1) -> Contracted | None:
    """Return the contracted streets of a graph; None where there are more ties than `most`.

    Parameters
    ----------
    graph
        Who moves; only which nodes its edges join counts.
    order
        The nodes in the order of contraction, where that is known.
    most
        An order that suits other streets may tie nearly everything to everything.
    """
    nodes = len(graph.offsets) - 1
    source = np.repeat(np.arange(nodes, dtype=np.int64), np.diff(graph.offsets))
    target = graph.edges[:, 0].astype(np.int64)
    if order is None:
        both = np.unique(np.concatenate([source * nodes + target, target * nodes + source]))
        u, v = np.divmod(both, nodes)
        u, v = u[u != v], v[u != v]
        near = np.zeros(nodes + 1, dtype=np.int32)
        np.cumsum(np.bincount(u, minlength=nodes), out=near[1:])
        order = contraction_order(near, v.astype(np.int32), graph.streets.node_xy)
    rank = np.empty(nodes, dtype=np.int32)
    rank[order] = np.arange(nodes, dtype=np.int32)
    a, b = rank[source].astype(np.int64), rank[target].astype(np.int64)
    low, high = np.minimum(a, b), np.maximum(a, b)
    pairs = np.unique((low * nodes + high)[low != high])
    begin = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs // nodes, minlength=nodes), out=begin[1:])
    first, above = _tie(begin, (pairs % nodes).astype(np.int32), most)
    if len(above) > most:
        return None
    every = np.repeat(np.arange(nodes, dtype=np.int64), np.diff(first)) * nodes + above
    tie = np.searchsorted(every, low * nodes + high).astype(np.int32)
    none = np.int32(-1)
    return Contracted(rank, first, above, np.where(a < b, tie, none), np.where(a > b, tie, none))


def customise(contracted: Contracted, graph: Graph) -> tuple[Longs, Longs]:
    """Return what ties cost upward and downward, int64 as `LENGTH_BITS` has it."""
    return _customise(
        contracted.first,
        contracted.above,
        contracted.tie_up,
        contracted.tie_down,
        graph.edges,
        graph.edge_segment,
        graph.streets.length_m,
    )


@kernel
def _tie(begin: Longs, above: Ints, most: int) -> tuple[Ints, Ints]:
    """Return the ties of each rank when all below are contracted; it ends after `most`."""
    nodes = len(begin) - 1
    first = np.zeros(nodes + 1, dtype=np.int32)
    found = np.empty(4 * len(above) + 16, dtype=np.int32)
    count = 0
    child = np.full(nodes, np.int32(-1), dtype=np.int32)
    sibling = np.full(nodes, np.int32(-1), dtype=np.int32)
    met = np.full(nodes, np.int32(-1), dtype=np.int32)
    for u in range(nodes):
        if count > most:
            break
        if count + nodes - u > len(found):
            larger = np.empty(2 * len(found) + nodes, dtype=np.int32)
            for i in range(count):
                larger[i] = found[i]
            found = larger
        start = count
        met[u] = u
        for k in range(begin[u], begin[u + 1]):
            v = above[k]
            if met[v] != u:
                met[v] = u
                found[count] = v
                count += 1
        c = child[u]
        while c >= 0:
            for k in range(first[c], first[c + 1]):
                v = found[k]
                if met[v] != u:
                    met[v] = u
                    found[count] = v
                    count += 1
            c = sibling[c]
        # By hand: numba keeps its own sorts under one name for sorting and for `argsort`, so that
        # a kernel kept by one process may find the other's.
        for k in range(start + 1, count):
            v, i = found[k], k
            while i > start and found[i - 1] > v:
                found[i] = found[i - 1]
                i -= 1
            found[i] = v
        first[u + 1] = count
        if count > start:
            parent = found[start]
            sibling[u] = child[parent]
            child[parent] = u
    return first, found[:count].copy()


@kernel
def _customise(
    first: Ints,
    above: Ints,
    tie_up: Ints,
    tie_down: Ints,
    edges: Ints,
    edge_segment: Ints,
    length_m: Singles,
) -> tuple[Longs, Longs]:
    up = np.full(len(above), np.int64(NOWHERE))
    down = np.full(len(above), np.int64(NOWHERE))
    for k in range(len(edges)):
        if edges[k, 1] > LONGEST_MS:
            continue
        long = np.int64(np.rint(length_m[edge_segment[k]] * PARTS_OF_A_METRE))
        cost = (np.int64(edges[k, 1]) << LENGTH_BITS) + long
        if tie_up[k] >= 0:
            up[tie_up[k]] = min(up[tie_up[k]], cost)
        elif tie_down[k] >= 0:
            down[tie_down[k]] = min(down[tie_down[k]], cost)
    for u in range(len(first) - 1):
        for i in range(first[u], first[u + 1]):
            to_u, from_u = down[i], up[i]
            a = above[i]
            k = first[a]
            for j in range(i + 1, first[u + 1]):
                b = above[j]
                # All that are above u are tied to one another.
                while above[k] != b:
                    k += 1
                up[k] = min(up[k], to_u + up[j])
                down[k] = min(down[k], down[j] + from_u)
    return up, down
