"""The other engines of the benchmark, asked the same question of the same streets."""

import warnings

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.engine.graph import Graph


class Scipy:
    """Dijkstra's search on a sparse matrix, with its limit."""

    def __init__(self, graph: Graph) -> None:
        count = len(graph.streets.node_xy)
        costs = graph.edges[:, 1].astype(np.float64)
        self.matrix = csr_array((costs, graph.edges[:, 0], graph.offsets), shape=(count, count))

    def search(self, node: int, cutoff_ms: int) -> int:
        return int(np.isfinite(dijkstra(self.matrix, indices=node, limit=cutoff_ms)).sum())


class Networkx:
    """Dijkstra's search on dictionaries, as in OSMnx's isochrone recipe."""

    def __init__(self, graph: Graph) -> None:
        import networkx as nx

        self.asked = nx.single_source_dijkstra_path_length
        source = np.repeat(np.arange(len(graph.offsets) - 1), np.diff(graph.offsets))
        self.graph = nx.DiGraph()
        # Nodes that no street leaves or enters are nodes too, as SciPy has them.
        self.graph.add_nodes_from(range(len(graph.offsets) - 1))
        self.graph.add_weighted_edges_from(
            zip(source.tolist(), *graph.edges.T.tolist(), strict=True), weight="ms"
        )

    def search(self, node: int, cutoff_ms: int) -> int:
        return len(self.asked(self.graph, node, cutoff=cutoff_ms, weight="ms"))


class Pandana:
    """Contraction hierarchies with range queries; it holds thousandths of its seconds."""

    def __init__(self, graph: Graph) -> None:
        import pandana  # pyright: ignore[reportMissingImports]

        xy = graph.streets.node_xy
        ends = graph.streets.segment_nodes
        self.count = len(xy)
        self.network = pandana.Network(
            pd.Series(xy[:, 0]),
            pd.Series(xy[:, 1]),
            pd.Series(ends[:, 0].astype(np.int64)),
            pd.Series(ends[:, 1].astype(np.int64)),
            pd.DataFrame({"s": graph.segment_ms[:, 0] / 1000.0}),
            twoway=True,
        )

    def pairs(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return the seconds between pairs of nodes."""
        with warnings.catch_warnings():
            # It lists the pairs without a way, thousands of them.
            warnings.simplefilter("ignore")
            return np.array(self.network.shortest_path_lengths(start, end))

    def count_from_all(self, cutoff_s: float) -> np.ndarray:
        """Return how many nodes are in reach of each node, on all its threads."""
        self.network.set(pd.Series(np.arange(self.count)), name="nodes")
        return self.network.aggregate(cutoff_s, type="count", decay="flat", name="nodes")


class Cch:
    """A customisable hierarchy of another library, from node to node, without lengths."""

    def __init__(self, graph: Graph, lonlat: np.ndarray) -> None:
        import routingkit_cch as rk  # pyright: ignore[reportMissingImports]

        self.made, self.graph = rk, graph
        self.tail = np.repeat(np.arange(len(graph.offsets) - 1), np.diff(graph.offsets)).tolist()
        self.head = graph.edges[:, 0].tolist()
        order = rk.compute_order_inertial(
            len(lonlat), self.tail, self.head, lonlat[:, 1].tolist(), lonlat[:, 0].tolist()
        )
        self.cch = rk.CCH(order, self.tail, self.head, False)

    def weigh(self) -> None:
        """Take the graph's costs."""
        self.metric = self.made.CCHMetric(self.cch, self.graph.edges[:, 1].tolist())

    def pairs(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return the seconds from each node to each, infinite for none."""
        asked = self.made.CCHOneToMany(self.metric, end.tolist())
        rows = [asked.distances_from(int(node)) for node in start]
        return np.array(rows, dtype=float) / 1000.0
