"""Where a place meets the streets: the nearest point of a segment that a mode may use."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR0917

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Doubles, Ints, kernel
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import Access
from sandbox.streets.streets import AccessBits, Pieces, Streets, Structure

# A place on the map lies on the ground: not in the tunnel below it, nor on the bridge above.
GROUND: Final = (Structure.GROUND,)
# Stops and entrances may lie on a bridge or in a tunnel.
ANYWHERE: Final = tuple(Structure)
# Nearer than this to a street's end a place is at the crossing there: coordinates are written
# with six or seven decimals of a degree, so a place on a crossing is some centimetres off it.
AT_NODE_M: Final = 0.1
# A place at a street that is connected to nothing takes another one at most so much farther off.
FARTHER_M: Final = 50.0
# Streets whose distances differ by less are equally near: rounding must not choose among them.
SAME_M: Final = 1e-6
_SEGMENTS_PER_CELL: Final = 4.0
_MIN_CELL_M: Final = 20.0
# Directions that differ by less are the same one.
_ONE_WAY_ON: Final = 1e-5
_COLUMNS: Final = ("segment", "fraction", "street_xy", "distance_m")


@dataclass(frozen=True, slots=True, eq=False)
class SegmentIndex:
    """Square cells over the ground, each with the segments that cross it.

    Cells hold about `_SEGMENTS_PER_CELL` segments, and a query looks at rings of
    cells round its place until nothing nearer can come. What stands for each end of a
    segment, by `corner`, is twice the number in `segment` of the first segment of that
    node, and 1 more where it is that one's to-node.
    """

    segment: npt.NDArray[np.int32]
    ends: npt.NDArray[np.float64]
    corner: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int32]
    entries: npt.NDArray[np.int32]
    west: float
    south: float
    cell_m: float
    columns: int
    rows: int

    def nearest(self, xy: npt.ArrayLike, limit_m: float) -> Attachments:
        """Return the nearest street points within `limit_m` of places of shape ``(k, 2)``.

        Of several segments that are equally near, to a micrometre, those that everybody may
        use are taken before private ones, then those open both ways before others, then the
        one of lowest number; a piece of a street that was cut counts as that street. Within
        `AT_NODE_M` of a segment's end along it, a place is at the node there.
        """
        points = np.ascontiguousarray(xy, dtype=np.float64).reshape(-1, 2)
        found, fraction, street_xy, distance_m = _nearest(
            points,
            float(limit_m),
            self.ends,
            self.corner,
            self.offsets,
            self.entries,
            self.west,
            self.south,
            self.cell_m,
            self.columns,
            self.rows,
        )
        met = found >= 0
        segment = np.full(len(found), -1, dtype=np.int32)
        segment[met] = self.segment[found[met]]
        return Attachments(segment, fraction, street_xy, distance_m)

    def only(self, rows: npt.NDArray[np.int64]) -> "SegmentIndex":
        """Return the index of some of its rows."""
        part = _over(self.segment[rows], self.ends[rows].reshape(-1, 2), _pairs(len(rows)))
        entries = rows.astype(np.int32)[part.entries]
        return replace(
            part, segment=self.segment, ends=self.ends, corner=self.corner, entries=entries
        )

    def nearest_anywhere(self, xy: npt.ArrayLike) -> Attachments:
        """Return the nearest street point of one place however far; looks at every segment."""
        point = np.asarray(xy, dtype=np.float64).reshape(1, 2)
        start, along = self.ends[:, :2], self.ends[:, 2:] - self.ends[:, :2]
        square = np.maximum((along**2).sum(axis=1), 1e-12)
        fraction = np.clip(((point - start) * along).sum(axis=1) / square, 0.0, 1.0)
        street_xy = start + fraction[:, None] * along
        distance_m = np.hypot(*(street_xy - point).T)
        best = np.array([int(distance_m.argmin())])
        return Attachments(self.segment[best], fraction[best], street_xy[best], distance_m[best])


def nearer(built: Attachments, drawn: Attachments) -> Attachments:
    """Return where places meet streets, of those that were drawn later only what is nearer."""
    taken = _is_nearer(drawn, built)
    columns = ((getattr(built, key), getattr(drawn, key)) for key in _COLUMNS)
    return Attachments(
        *(
            np.where(taken.reshape(-1, *[1] * (kept.ndim - 1)), later, kept)
            for kept, later in columns
        )
    )


def with_drawn(
    built: Attachments, drawn: Sequence[Attachments]
) -> tuple[Attachments, npt.NDArray[np.int64]]:
    """Return all doors of places, and which place each is of, ascending.

    A place keeps where it meets the streets as they were built, and meets each line that was
    drawn nearer to it as well, since one more street must not take a way from anybody. Residents
    of a private drive keep the right to it. Places that meet no street have no door.

    Parameters
    ----------
    built
        Where the k places meet the streets that were there before.
    drawn
        Where they meet each of the lines, those of one line together.
    """
    doors, place = [built], [np.arange(len(built.segment))]
    for line in drawn:
        which = np.flatnonzero(_is_nearer(line, built))
        doors.append(line[which])
        place.append(which)
    of = np.concatenate(place)
    joined = Attachments(
        *(np.concatenate([getattr(one, key) for one in doors]) for key in _COLUMNS)
    )
    order = np.argsort(of, kind="stable")
    order = order[joined.segment[order] >= 0]
    return joined[order], of[order]


def _is_nearer(drawn: Attachments, built: Attachments) -> npt.NDArray[np.bool_]:
    return drawn.distance_m + AT_NODE_M < built.distance_m


def index(
    streets: Streets, usable: Access, structures: Collection[Structure] = GROUND
) -> SegmentIndex:
    """Return the index of all segments on firm ground with one of the bits `usable`.

    Of bridges it has the loose ends.

    Parameters
    ----------
    streets, usable
        The streets, and the bits of a mode.
    structures
        How the segments may lie.
    """
    bits = streets.access & AccessBits(usable)
    open_ = np.flatnonzero(attachable(streets, usable, structures))
    # What comes first is taken first of what is equally near.
    one_way = bits[open_] != AccessBits(usable)
    own = np.zeros(len(open_), dtype=np.bool_)
    if streets.private is not None:
        own = (streets.private[open_] & AccessBits(usable)) != 0
    segment = open_[np.lexsort((streets.older[open_], one_way, own))].astype(np.int32)
    nodes = streets.segment_nodes[segment]
    lifted, side = _loose_ends(streets, usable, structures)
    at = np.repeat(streets.segment_nodes[lifted, side], 2).reshape(-1, 2)
    made = _over(
        np.concatenate([segment, lifted.astype(np.int32)]),
        streets.node_xy,
        np.concatenate([nodes, at]),
    )
    # These have no length: only their end is there, a point.
    row = np.arange(len(segment), len(made.segment))
    made.corner[row] = (2 * row + side)[:, None]
    return made


def _loose_ends(
    streets: Streets, usable: Access, structures: Collection[Structure]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return loose ends of bridges: their segments, and which end it is.

    Where a bridge ends and nothing goes on it has come down to the ground. A tunnel that leads
    nowhere ends below: in a car park, or at a platform. Nor is it the ground where a street
    joins a bridge or tunnel in between, by steps say.
    """
    none = np.empty(0, dtype=np.int64)
    if Structure.GROUND not in structures or Structure.BRIDGE in structures:
        return none, none
    firm, ends = streets.walked_on, streets.segment_nodes
    usable_ = (streets.access & AccessBits(usable)) != 0
    bridge = np.flatnonzero(usable_ & firm & (streets.structure == Structure.BRIDGE))
    if not len(bridge):
        return none, none
    mine = np.zeros(len(streets.node_xy), dtype=np.bool_)
    mine[ends[bridge]] = True
    # Nothing goes on where all that meets leads in one direction: a bridge that was cut by a
    # drawn one lies along its pieces. Streets that were closed count too: they are still there.
    met = np.flatnonzero(firm & mine[ends].any(axis=1))
    node, other = ends[met].T.ravel(), ends[met][:, ::-1].T.ravel()
    away = streets.node_xy[other] - streets.node_xy[node]
    away /= np.maximum(np.hypot(*away.T), 1e-9)[:, None]
    one = np.zeros((len(mine), 2))
    one[node] = away
    mine[node[np.hypot(*(away - one[node]).T) > _ONE_WAY_ON]] = False
    found = np.argwhere(mine[ends[bridge]])
    return bridge[found[:, 0]], found[:, 1]


def pieces_index(
    pieces: Pieces, usable: Access, structures: Collection[Structure] = GROUND
) -> SegmentIndex:
    """Return the index of streets that were left out; `segment` is their row in `pieces`."""
    lies_so = np.isin(pieces.structure, list(structures))
    row = np.flatnonzero(((pieces.access & AccessBits(usable)) != 0) & lies_so).astype(np.int32)
    return _over(row, pieces.ends_xy[row].reshape(-1, 2), _pairs(len(row)))


def _pairs(count: int) -> npt.NDArray[np.int32]:
    """Return from and to node of segments that share none."""
    return np.arange(2 * count, dtype=np.int32).reshape(-1, 2)


def attachable(
    streets: Streets, usable: Access, structures: Collection[Structure] = GROUND
) -> npt.NDArray[np.bool_]:
    """Return which segments places may attach to, as for `index`, shape ``(s,)``."""
    lies_so = np.isin(streets.structure, list(structures))
    return ((streets.access & AccessBits(usable)) != 0) & streets.walked_on & lies_so


def _over(
    segment: npt.NDArray[np.int32],
    node_xy: npt.NDArray[np.float64],
    nodes: npt.NDArray[np.int32],
) -> SegmentIndex:
    """Return the index of segments between nodes, in the order in which they are taken."""
    ends = node_xy[nodes].reshape(-1, 4)
    # Of each node the first segment; written last to first, so the first one stands.
    first = np.empty(len(node_xy), dtype=np.int32)
    first[nodes.ravel()[::-1]] = np.arange(nodes.size, dtype=np.int32)[::-1]
    corner = np.ascontiguousarray(first[nodes])
    low = ends.reshape(-1, 2).min(axis=0) if len(ends) else np.zeros(2)
    high = ends.reshape(-1, 2).max(axis=0) if len(ends) else np.zeros(2)
    width, height = high - low
    cells = max(len(ends) / _SEGMENTS_PER_CELL, 1.0)
    cell_m = max(float(np.sqrt(width * height / cells)), (width + height) / cells, _MIN_CELL_M)
    columns, rows = int(width // cell_m) + 1, int(height // cell_m) + 1
    ends = np.ascontiguousarray(ends)
    counts = np.zeros(columns * rows + 1, dtype=np.int32)
    none = np.empty(0, dtype=np.int32)
    west, south = float(low[0]), float(low[1])
    _enter(ends, west, south, cell_m, columns, rows, counts, none)
    offsets = np.zeros(columns * rows + 1, dtype=np.int32)
    np.cumsum(counts[:-1], out=offsets[1:])
    entries = np.empty(int(offsets[-1]), dtype=np.int32)
    _enter(ends, west, south, cell_m, columns, rows, offsets[:-1].copy(), entries)
    return SegmentIndex(segment, ends, corner, offsets, entries, west, south, cell_m, columns, rows)


@kernel
def _enter(
    ends: Doubles,
    west: float,
    south: float,
    cell_m: float,
    columns: int,
    rows: int,
    place: Ints,
    entries: Ints,
) -> None:
    """Count the segments of each cell in `place`, or enter them from `place` on."""
    for s in range(len(ends)):
        x0, y0 = (ends[s, 0] - west) / cell_m, (ends[s, 1] - south) / cell_m
        x1, y1 = (ends[s, 2] - west) / cell_m, (ends[s, 3] - south) / cell_m
        if y0 > y1:
            x0, y0, x1, y1 = x1, y1, x0, y0
        for row in range(max(int(y0), 0), min(int(y1), rows - 1) + 1):
            # The stretch of the segment inside this row of cells.
            xa, xb = x0, x1
            if y1 > y0:
                slope = (x1 - x0) / (y1 - y0)
                xa = x0 + slope * (max(y0, row) - y0)
                xb = x0 + slope * (min(y1, row + 1.0) - y0)
            first = max(int(min(xa, xb) - 1e-9), 0)
            last = min(int(max(xa, xb) + 1e-9), columns - 1)
            for cell in range(row * columns + first, row * columns + last + 1):
                if len(entries) > 0:
                    entries[place[cell]] = s
                place[cell] += 1


@kernel
def _nearest(
    points: Doubles,
    limit_m: float,
    ends: Doubles,
    corner: Ints,
    offsets: Ints,
    entries: Ints,
    west: float,
    south: float,
    cell_m: float,
    columns: int,
    rows: int,
) -> tuple[Ints, Doubles, Doubles, Doubles]:
    count = len(points)
    found = np.full(count, -1, dtype=np.int32)
    fraction = np.zeros(count)
    street_xy = np.full((count, 2), np.nan)
    distance_m = np.full(count, np.inf)
    for i in range(count):
        x, y = points[i, 0], points[i, 1]
        # Far outside the grid no ring within the limit touches it.
        if not (
            west - limit_m <= x <= west + columns * cell_m + limit_m
            and south - limit_m <= y <= south + rows * cell_m + limit_m
        ):
            continue
        column = int(np.floor((x - west) / cell_m))
        row = int(np.floor((y - south) / cell_m))
        best, within = limit_m * limit_m, limit_m * limit_m
        # First how near the nearest is; then, where others are as near, which comes first.
        several = False
        for choosing in range(2):
            if choosing == 1:
                if not several:
                    break
                within = min((np.sqrt(best) + SAME_M) ** 2, within)
                found[i] = np.int32(len(ends))
            for ring in range(int(limit_m / cell_m) + 2):
                clear = (ring - 1) * cell_m
                if ring > 0 and clear * clear > (best if choosing == 0 else within):
                    break
                for r in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
                    edge = r == row - ring or r == row + ring
                    step = 1 if edge or ring == 0 else 2 * ring
                    for c in range(column - ring, column + ring + 1, step):
                        if c < 0 or c >= columns:
                            continue
                        cell = r * columns + c
                        for k in range(offsets[cell], offsets[cell + 1]):
                            s = entries[k]
                            x0, y0 = ends[s, 0], ends[s, 1]
                            dx, dy = ends[s, 2] - x0, ends[s, 3] - y0
                            square = dx * dx + dy * dy
                            t = 0.0
                            if square > 0.0:
                                t = min(max(((x - x0) * dx + (y - y0) * dy) / square, 0.0), 1.0)
                            px, py = x0 + t * dx, y0 + t * dy
                            far = (x - px) ** 2 + (y - py) ** 2
                            if choosing == 0:
                                if s == found[i] or far > within:
                                    continue
                                nearest = min(far, best)
                                if max(far, best) <= (np.sqrt(nearest) + SAME_M) ** 2:
                                    several = several or found[i] >= 0
                                if far > best or (far == best and found[i] >= 0):
                                    continue
                                best = far
                            elif far > within or s >= found[i]:
                                continue
                            found[i] = s
                            fraction[i] = t
                            street_xy[i, 0], street_xy[i, 1] = px, py
        if found[i] >= 0:
            distance_m[i] = np.hypot(street_xy[i, 0] - x, street_xy[i, 1] - y)
            s, t = found[i], fraction[i]
            length = np.hypot(ends[s, 2] - ends[s, 0], ends[s, 3] - ends[s, 1])
            if min(t, 1.0 - t) * length <= AT_NODE_M:
                end = 0 if t < 0.5 else 1
                street_xy[i, 0], street_xy[i, 1] = ends[s, 2 * end], ends[s, 2 * end + 1]
                found[i] = corner[s, end] // 2
                fraction[i] = corner[s, end] % 2
    return found, fraction, street_xy, distance_m
