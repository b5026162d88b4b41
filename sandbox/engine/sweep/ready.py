"""What a sweep over many origins needs of streets and places, made once for all of them."""

# Many arrays belong together here.
# ruff: noqa: PLR0917

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sandbox.engine.chains import chains
from sandbox.engine.graph import Graph, Workspace
from sandbox.engine.kernel import Ints
from sandbox.engine.parts import pieces_ms
from sandbox.engine.search import new_workspace
from sandbox.streets.attachments import Attachments
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

# The arrays that `reach` takes last, in its order.
World = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """What a sweep over many origins needs, made once.

    `world` are the arrays that `reach` takes last, `order` the origins one after another on
    the ground, so that each search finds its streets still at hand.
    """

    graph: Graph
    world: World
    order: Ints

    @contextmanager
    def workspace(self) -> Generator[Workspace]:
        """Give a workspace that nobody else uses, and take it back."""
        try:
            workspace = self.graph.idle.pop()
        except IndexError:
            workspace = new_workspace(len(self.graph.streets.node_xy))
        yield workspace
        self.graph.idle.append(workspace)


def ready(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    here_offsets: npt.NDArray[np.int64],
    here_place: npt.NDArray[np.int64],
) -> Ready:
    """Return what a sweep needs; parameters as for `sandbox.engine.counts.counts`."""
    streets = graph.streets
    if graph.split is not None:
        starts, start_offsets = graph.split.of_origins(starts, start_offsets)
        ends, which = graph.split.places(ends)
        end_place = end_place[which]
    pace = MS_PER_M_AT_1_KMH / graph.speed_kmh
    start_ms = graph.start_ms(starts.distance_m)
    end_ms = np.minimum(np.rint(ends.distance_m * pace), NEVER_MS - 1).astype(np.int32)
    # Doors by the junctions that lead to them, the nearest first, with the times from there;
    # and by their chains.
    # A door at a node is at a junction, whichever streets lead there.
    start_node = starts.nodes(streets.segment_nodes)
    end_node = ends.nodes(streets.segment_nodes)
    on = chains(graph, np.concatenate([start_node[start_node >= 0], end_node[end_node >= 0]]))
    start_junction = np.where(start_node < 0, np.int32(-1), on.number[start_node])
    end_junction = np.where(end_node < 0, np.int32(-1), on.number[end_node])
    cost = graph.segment_ms[ends.segment]
    share = np.stack([ends.fraction, 1.0 - ends.fraction], axis=1)
    row, way = np.nonzero((cost != NEVER_MS) & (end_node < 0)[:, None])
    at_junction = np.flatnonzero(end_junction >= 0)
    origin = np.concatenate([on.origin[ends.segment[row], way], end_junction[at_junction]])
    along_ms = pieces_ms(share[row, way], cost[row, way])
    since_ms = np.concatenate(
        [on.since_ms[ends.segment[row], way] + along_ms, np.zeros_like(at_junction)]
    )
    by_junction = np.lexsort((since_ms, origin))
    door_first = _firsts(origin, len(on.offsets) - 1)
    door = np.concatenate([row, at_junction])[by_junction].astype(np.int32)
    door_ms = np.minimum(since_ms[by_junction], NEVER_MS - 1).astype(np.int32)
    chain = np.where(end_node < 0, on.chain[ends.segment], np.int32(-1))
    by_chain = np.argsort(chain, kind="stable").astype(np.int32)[np.count_nonzero(chain < 0) :]
    chain_first = _firsts(chain[chain >= 0], int(on.chain.max(initial=-1)) + 1)
    origins = len(start_offsets) - 1
    first_segment = np.full(origins, -1, dtype=np.int32)
    has_door = start_offsets[:-1] < start_offsets[1:]
    first_segment[has_door] = starts.segment[start_offsets[:-1][has_door]]
    order = np.argsort(first_segment, kind="stable").astype(np.int32)
    here_first, here = here_offsets.astype(np.int32), here_place.astype(np.int32)
    first_door, place = start_offsets.astype(np.int32), end_place.astype(np.int32)
    world = (
        on.offsets,
        on.edges,
        on.chain,
        on.place,
        on.turned,
        on.origin,
        on.since_ms,
        on.until_ms,
        graph.segment_ms,
        first_door,
        start_node,
        start_junction,
        starts.segment,
        starts.fraction,
        start_ms,
        door_first,
        door,
        door_ms,
        chain_first,
        by_chain,
        ends.segment,
        ends.fraction,
        end_ms,
        place,
        here_first,
        here,
    )
    return Ready(graph, world, order)


def _firsts(of: Ints, count: int) -> Ints:
    """Return where the entries of each of `count` begin, when sorted, and the end."""
    first = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(of, minlength=count), out=first[1:])
    return first
