"""Small street worlds drawn by hand, and the exact answers to hold the engine against."""

from dataclasses import replace

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import Provenance, Streets
from sandbox.units import NEVER_MS

CRS = "EPSG:32648"
WEST, SOUTH = 600_000.0, 3_270_000.0
# 3.6 km/h is a metre a second, so metres on a street are seconds.
METRE_A_SECOND_KMH = 3.6


def streets(
    xy, segments, *, access=None, names=(), name=None, structure=None, private=None
) -> Streets:
    """Return streets of points in metres from (WEST, SOUTH), with lengths as drawn.

    `access` has one value a segment; all may be walked both ways without it. So has
    `structure`; all lie on the ground without it; `private` has the
    bits that hold only for who lives there. What doesn't hang
    together with the largest part is left out where it has less than a kilometre.
    """
    at = np.array([WEST, SOUTH]) + np.asarray(xy, dtype=float)
    count = len(segments)
    made = assemble(
        CRS,
        geo.to_lonlat(at, CRS),
        segments,
        np.full(count, 3),
        np.zeros(count) if structure is None else structure,
        np.full(count, int(Access.WALK)) if access is None else access,
        np.full(count, -1) if name is None else name,
        names,
        Provenance("By hand", "hand", "CC0", "2026-01-01", schematic=True),
        private=private,
    )
    return flat(made)


def flat(made: Streets) -> Streets:
    """Return streets with places and lengths of the drawing: whole micrometres."""
    xy = made.node_xy.round(6)
    ends = xy[made.segment_nodes]
    length = np.hypot(*(ends[:, 1] - ends[:, 0]).T).astype(np.float32)
    return replace(made, node_xy=xy, length_m=length)


def world(xy, segments, **more) -> Network:
    """Return the network of a world drawn by hand."""
    return Network(streets(xy, segments, **more))


def at(x_m, y_m):
    """Return the place so many metres east and north of the world's corner."""
    return WEST + x_m, SOUTH + y_m


def scipy_node_ms(graph, seeds, cutoff_ms):
    """Return the least time of every node by SciPy; `seeds` are (node, ms) or (node, ms, layer).

    SciPy sums parallel entries and drops zeros, so the oracle takes the least of
    parallel edges and works in half-milliseconds above zero. Where private streets are no way
    through, it searches pairs of a node and the layer that one came by, once on the way down
    and once on the way up, over the streets as they were before the engine copied any; of its
    split only the number of those is read, and what they cost.
    """
    if graph.split is None:
        count = len(graph.streets.node_xy)
        source = np.repeat(np.arange(count), np.diff(graph.offsets))
        target, cost = graph.edges[:, 0].astype(np.int64), graph.edges[:, 1].astype(np.float64)
        seed = np.array([one[:2] for one in seeds], dtype=np.float64).reshape(-1, 2)
        return _scipy_ms(count, source, target, cost, seed, cutoff_ms)
    layer, home, ms = _below(graph)
    count, high = len(home), int(layer.max()) + 1
    ends = graph.split.ends.astype(np.int64)

    def state(node, level, up):
        return (node * high + level) * 2 + up

    found = []
    for way in range(2):
        open_ = ms[:, way] != NEVER_MS
        one, other = ends[open_, way], ends[open_, 1 - way]
        then, cost = layer[open_], ms[open_, way].astype(np.float64)
        for now in range(high):
            for up in (0, 1):
                may = (then >= now) if up else np.ones(len(then), dtype=bool)
                on = (up | (then > now)).astype(np.int64)
                found.append(
                    (state(one, now, up)[may], state(other, then, on)[may], cost[may])
                )  # fmt: skip
    source, target, cost = map(np.concatenate, zip(*found, strict=True))
    seed = [
        (state(node, int(rest[0]) if rest else int(home[node]), 0), at) for node, at, *rest in seeds
    ]
    times = _scipy_ms(count * high * 2, source, target, cost, np.array(seed), cutoff_ms)
    times = times.reshape(count, high, 2)
    # Who came up a private street to a public crossing passes through, and isn't there.
    times[..., 1][np.arange(high) > home[:, None]] = np.inf
    # The engine's copies are no nodes of anybody's.
    more = np.full(len(graph.streets.node_xy) - count, np.inf)
    return np.concatenate([times.min(axis=(1, 2)), more])


def _scipy_ms(count, source, target, cost, seed, cutoff_ms):
    source = np.concatenate([source, np.full(len(seed), count)])
    target = np.concatenate([target, seed[:, 0].astype(np.int64)])
    cost = np.concatenate([cost, seed[:, 1]])
    order = np.lexsort((cost, target, source))
    source, target, cost = source[order], target[order], cost[order]
    first = np.ones(len(source), dtype=bool)
    first[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    tiny = 2.0**-20
    matrix = csr_array(
        (cost[first] + tiny, (source[first], target[first])), shape=(count + 1, count + 1)
    )
    times = dijkstra(matrix, indices=count, limit=cutoff_ms + 0.5)
    return np.where(np.isfinite(times), np.floor(times), np.inf)[:count]


def _below(graph):
    """Return the layer of each street and node before there were copies, and the costs."""
    kept = graph.split
    ms = graph.segment_ms[: kept.segments].copy()
    np.minimum.at(ms, kept.parent, graph.segment_ms[kept.segments :])
    bits = int(ACCESS[graph.mode][0] | ACCESS[graph.mode][1])
    first = replace(
        graph.streets, segment_nodes=kept.ends, length_m=graph.streets.length_m[: kept.segments]
    )
    layer, home = layers_of(first, (ms != NEVER_MS).any(axis=1), bits)
    return layer, home[: kept.nodes], ms


def seeds_of(graph, attachment):
    """Return the (node, ms) pairs that a start gives, as the engine defines them.

    With the layer of its street as a third where private streets are no way through.
    """
    layer, ms = None, graph.segment_ms
    ends = graph.streets.segment_nodes
    if graph.split is not None:
        (layer, _, ms), ends = _below(graph), graph.split.ends
    a, b = ends[attachment.segment].tolist()
    ahead, back = ms[attachment.segment].astype(np.float64)
    start = graph.walk_ms(attachment.distance_m)
    # Who stands on a crossing is there, whichever way its streets may be gone along.
    if attachment.fraction in {0.0, 1.0}:
        return [(b if attachment.fraction else a, start)]
    own = () if layer is None else (int(layer[attachment.segment]),)
    pairs = []
    if ahead != NEVER_MS:
        pairs.append((b, start + np.rint((1.0 - attachment.fraction) * ahead), *own))
    if back != NEVER_MS:
        pairs.append((a, start + np.rint(attachment.fraction * back), *own))
    return pairs


def exact_area(reached, cutoff_ms, reach_m):
    """Return the ground round the reached street parts, by shapely's round buffers."""
    lines = set()
    for ends, ms, cost in zip(
        reached.ends_xy, reached.ms.tolist(), reached.cost_ms.tolist(), strict=True
    ):
        for way in range(2):
            if NEVER_MS in (ms[way], cost[way]) or ms[way] > cutoff_ms:
                continue
            near, far = ends[2 * way : 2 * way + 2], ends[2 - 2 * way : 4 - 2 * way]
            left = cutoff_ms - ms[way]
            if cost[way] <= left:
                # All of it, whichever end it is reached from.
                lines.add(tuple(sorted((tuple(near), tuple(far)))))
            else:
                lines.add((tuple(near), tuple(near + left / cost[way] * (far - near))))
    for *step, cost in [] if reached.own_steps is None else reached.own_steps.tolist():
        # The step from a point to its street counts once it is done.
        if round(cost) <= cutoff_ms and step[:2] != step[2:]:
            lines.add((tuple(step[:2]), tuple(step[2:])))
    if not lines:
        return shapely.MultiPolygon()
    # Joined where they only go on: fewer round ends, which shapely takes long to unite.
    joined = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(sorted(lines))))
    return shapely.union_all(shapely.buffer(shapely.get_parts(joined), reach_m, quad_segs=32))


def overlap(area, exact):
    """Return intersection over union of two areas."""
    return area.intersection(exact).area / area.union(exact).area


def layers_of(streets, open_, bits):
    """Return the layer of each street and of each node, by walking out from public streets.

    The largest public region that hangs together, of each part that does, is of layer 0, what
    is private beside it of 1, what lies behind of 2, and so on; a node is of the lowest layer
    there. -1 where nothing is open.

    Parameters
    ----------
    streets
        With their private bits.
    open_
        Which segments the mode may use at all.
    bits
        The bits of the mode.
    """
    ends = streets.segment_nodes.tolist()
    own = np.zeros(len(ends), dtype=bool)
    if streets.private is not None:
        own = (streets.private & bits) != 0
    beside: dict[int, list[int]] = {}
    for s in np.flatnonzero(open_).tolist():
        for node in ends[s]:
            beside.setdefault(node, []).append(s)

    def flood(first, alike):
        found, waiting = {first}, [first]
        while waiting:
            for node in ends[waiting.pop()]:
                for other in beside[node]:
                    if other not in found and (not alike or own[other] == own[first]):
                        found.add(other)
                        waiting.append(other)
        return found

    layer = np.full(len(ends), -1)
    for s in np.flatnonzero(open_).tolist():
        if layer[s] >= 0:
            continue
        part = flood(s, alike=False)
        regions, left = [], set(part)
        while left:
            regions.append(flood(min(left), alike=True))
            left -= regions[-1]
        public = [one for one in regions if not own[min(one)]] or regions
        now = max(public, key=lambda one: float(streets.length_m[sorted(one)].sum()))
        depth = 0
        while now:
            layer[sorted(now)] = depth
            nodes = {node for street in now for node in ends[street]}
            depth += 1
            met = {o for node in nodes for o in beside[node] if layer[o] < 0}
            now = set().union(*(one for one in regions if one & met)) if met else set()
    home = np.full(len(streets.node_xy), -1)
    for node, streets_there in beside.items():
        home[node] = min(int(layer[s]) for s in streets_there)
    return layer, home
