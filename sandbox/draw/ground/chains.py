"""Street segments joined into long lines, so that they are drawn with good joins."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.engine.kernel import kernel
from sandbox.streets.streets import Streets

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# A chain goes on across a junction unless it would turn by more than this.
_STRAIGHT_COS: Final = 0.5


@dataclass(frozen=True, slots=False, eq=False)
class Chains:
    """Lines of one class, structure and name each.

    Attributes
    ----------
    xy
        Points in metres, shape ``(n, 2)``.
    starts
        Where each line begins, shape ``(k + 1,)``; the last is ``n``.
    street_class, structure, name
        Of each line, shape ``(k,)``, as in `Streets`.
    """

    xy: Doubles
    starts: Ints
    street_class: npt.NDArray[np.uint8]
    structure: npt.NDArray[np.uint8]
    name: npt.NDArray[np.int32]

    @cached_property
    def boxes(self) -> Doubles:
        """West, south, east, north of each line, shape ``(k, 4)``."""
        if len(self.starts) == 1:
            return np.empty((0, 4))
        low = np.minimum.reduceat(self.xy, self.starts[:-1], axis=0)
        high = np.maximum.reduceat(self.xy, self.starts[:-1], axis=0)
        return np.concatenate([low, high], axis=1)

    def simplified(self, tolerance_m: float, shortest_m: float) -> "Chains":
        """Return the lines with fewer points, those shorter than `shortest_m` left out."""
        counts = np.diff(self.starts)
        index = np.repeat(np.arange(len(counts)), counts)
        lines = np.atleast_1d(np.asarray(shapely.linestrings(self.xy, indices=index)))
        kept = shapely.length(lines) >= shortest_m
        lines = np.asarray(shapely.simplify(lines[kept], tolerance_m, preserve_topology=False))
        starts = np.concatenate([[0], np.cumsum(shapely.get_num_points(lines))])
        return Chains(
            shapely.get_coordinates(lines),
            starts.astype(np.int64),
            self.street_class[kept],
            self.structure[kept],
            self.name[kept],
        )

    def taken(self, which: Ints) -> tuple[Doubles, Ints]:
        """Return the points of some lines, and where each begins among them."""
        begin, count = self.starts[which], self.starts[which + 1] - self.starts[which]
        starts = np.concatenate([[0], np.cumsum(count)])
        points = np.repeat(begin - starts[:-1], count) + np.arange(starts[-1])
        return self.xy[points], starts[:-1]


def chain(streets: Streets) -> Chains:
    """Return a network's segments joined where class, structure and name go on."""
    nodes = streets.segment_nodes.astype(np.int64)
    kind = (
        (streets.name.astype(np.int64) + 1) * 64
        + streets.street_class.astype(np.int64) * 4
        + streets.structure
    )
    ends = nodes.ravel()
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], np.arange(len(streets.node_xy) + 1))
    points, starts, segment = _chain(nodes, kind, streets.node_xy, order // 2, first)
    return Chains(
        streets.node_xy[points],
        starts,
        streets.street_class[segment],
        streets.structure[segment],
        streets.name[segment],
    )


@kernel
def _chain(  # noqa: PLR0912
    nodes: Ints, kind: Ints, xy: Doubles, at_node: Ints, first: Ints
) -> tuple[Ints, Ints, Ints]:
    count = len(nodes)
    used = np.zeros(count, np.bool_)
    points = np.empty(2 * count + 1, np.int64)
    starts = np.empty(count + 1, np.int64)
    segments = np.empty(count, np.int64)
    walk = np.empty(count + 1, np.int64)
    n = k = 0
    for seed in range(count):
        if used[seed]:
            continue
        used[seed] = True
        starts[k], segments[k] = n, seed
        # Backward from the seed first, laid down in reverse; then forward.
        back = 0
        for way in range(2):
            here, before = nodes[seed, way], nodes[seed, 1 - way]
            if way == 1:
                for i in range(back - 1, -1, -1):
                    points[n] = walk[i]
                    n += 1
                points[n] = nodes[seed, 0]
                points[n + 1] = nodes[seed, 1]
                n += 2
            while True:
                best, best_cos, best_node = -1, _STRAIGHT_COS, -1
                dx, dy = xy[here, 0] - xy[before, 0], xy[here, 1] - xy[before, 1]
                for i in range(first[here], first[here + 1]):
                    other = at_node[i]
                    if used[other] or kind[other] != kind[seed]:
                        continue
                    there = nodes[other, 1] if nodes[other, 0] == here else nodes[other, 0]
                    ex, ey = xy[there, 0] - xy[here, 0], xy[there, 1] - xy[here, 1]
                    size = np.sqrt((dx * dx + dy * dy) * (ex * ex + ey * ey))
                    turn = (dx * ex + dy * ey) / size if size > 0.0 else 1.0
                    # Where nothing else meets, a sharp bend is still the same street.
                    if first[here + 1] - first[here] == 2:
                        turn = 1.0
                    if turn > best_cos:
                        best, best_cos, best_node = other, turn, there
                if best < 0:
                    break
                used[best] = True
                before, here = here, best_node
                if way == 0:
                    walk[back] = here
                    back += 1
                else:
                    points[n] = here
                    n += 1
        k += 1
    starts[k] = n
    return points[:n], starts[: k + 1], segments[:k]
