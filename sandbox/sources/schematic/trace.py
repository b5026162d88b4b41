"""Kernels that walk along the direction field and look into street blocks."""

from typing import Final

import numpy as np

from sandbox.engine.kernel import Doubles, kernel

# The smallest angle between a street and the one that it leaves.
_SHARPEST: Final = float(np.radians(32.0))


@kernel
def direction_at(  # noqa: PLR0917
    corner: Doubles, cell_m: float, field: Doubles, x: float, y: float, across: bool
) -> tuple[float, float]:
    """Return the unit direction at a place, or the one square to it."""
    rows, columns = field.shape[0], field.shape[1]
    column = min(max((x - corner[0]) / cell_m, 0.0), columns - 1.000001)
    row = min(max((y - corner[1]) / cell_m, 0.0), rows - 1.000001)
    c, r = int(column), int(row)
    u, v = column - c, row - r
    cosine = (field[r, c, 0] * (1 - u) + field[r, c + 1, 0] * u) * (1 - v)
    cosine += (field[r + 1, c, 0] * (1 - u) + field[r + 1, c + 1, 0] * u) * v
    sine = (field[r, c, 1] * (1 - u) + field[r, c + 1, 1] * u) * (1 - v)
    sine += (field[r + 1, c, 1] * (1 - u) + field[r + 1, c + 1, 1] * u) * v
    angle = 0.5 * np.arctan2(sine, cosine)
    dx, dy = np.cos(angle), np.sin(angle)
    if across:
        return -dy, dx
    return dx, dy


@kernel
def walk(  # noqa: PLR0917
    corner: Doubles,
    cell_m: float,
    field: Doubles,
    start: Doubles,
    sense: float,
    across: bool,
    step_m: float,
    most: int,
) -> Doubles:
    """Walk along the field from a place, midpoint rule, without ever turning back.

    Parameters
    ----------
    sense
        1.0 or -1.0: which of the two ways to set out.
    most
        Number of steps.

    Returns
    -------
    Places walked through, shape ``(most + 1, 2)``.
    """
    way = np.empty((most + 1, 2))
    x, y = start[0], start[1]
    way[0, 0], way[0, 1] = x, y
    px, py = direction_at(corner, cell_m, field, x, y, across)
    px, py = px * sense, py * sense
    for i in range(1, most + 1):
        dx, dy = direction_at(corner, cell_m, field, x, y, across)
        if dx * px + dy * py < 0.0:
            dx, dy = -dx, -dy
        mx, my = direction_at(
            corner, cell_m, field, x + dx * step_m / 2, y + dy * step_m / 2, across
        )
        if mx * px + my * py < 0.0:
            mx, my = -mx, -my
        x, y = x + mx * step_m, y + my * step_m
        px, py = mx, my
        way[i, 0], way[i, 1] = x, y
    return way


@kernel
def first_hit(way: Doubles, ring: Doubles) -> tuple[int, int, float]:
    """Return where a way first meets a closed ring.

    Returns
    -------
    Index of the step of the way, index of the ring's edge, and the part of that edge;
    -1, -1, 0.0 where the way ends before it meets one.
    """
    count = len(ring)
    for i in range(len(way) - 1):
        ax, ay = way[i, 0], way[i, 1]
        bx, by = way[i + 1, 0] - ax, way[i + 1, 1] - ay
        best, edge, part = 2.0, -1, 0.0
        for j in range(count):
            cx, cy = ring[j, 0], ring[j, 1]
            k = j + 1 if j + 1 < count else 0
            ex, ey = ring[k, 0] - cx, ring[k, 1] - cy
            cross = bx * ey - by * ex
            if cross == 0.0:
                continue
            wx, wy = cx - ax, cy - ay
            t = (wx * ey - wy * ex) / cross
            u = (wx * by - wy * bx) / cross
            if 0.0 < t <= 1.0 and 0.0 <= u <= 1.0 and t < best:
                best, edge, part = t, j, u
        if edge >= 0:
            return i, edge, part
    return -1, -1, 0.0


@kernel
def depths(ring: Doubles, counts: Doubles, spacing_m: float) -> Doubles:
    """Return places inside a ring with their distances to its edges.

    Parameters
    ----------
    ring
        Corners of the ring, shape ``(k, 2)``; it may touch itself.
    counts
        Which edges are streets: 1.0 where so, shape ``(k,)``, by their first corner.
    spacing_m
        Distance of the places tried.

    Returns
    -------
    ``x, y, distance to the nearest street edge, to the nearest edge of any kind``,
    shape ``(n, 4)``.
    """
    count = len(ring)
    low_x, low_y = ring[:, 0].min(), ring[:, 1].min()
    columns = int((ring[:, 0].max() - low_x) / spacing_m) + 1
    rows = int((ring[:, 1].max() - low_y) / spacing_m) + 1
    found = np.empty((columns * rows, 4))
    n = 0
    for row in range(rows):
        y = low_y + (row + 0.5) * spacing_m
        for column in range(columns):
            x = low_x + (column + 0.5) * spacing_m
            inside = False
            street2, any2 = 1e18, 1e18
            for j in range(count):
                k = j + 1 if j + 1 < count else 0
                ax, ay, bx, by = ring[j, 0], ring[j, 1], ring[k, 0], ring[k, 1]
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    inside = not inside
                ex, ey = bx - ax, by - ay
                length2 = ex * ex + ey * ey
                t = 0.0
                if length2 > 0.0:
                    t = min(max(((x - ax) * ex + (y - ay) * ey) / length2, 0.0), 1.0)
                px, py = x - ax - t * ex, y - ay - t * ey
                d2 = px * px + py * py
                any2 = min(any2, d2)
                if counts[j] > 0.5:
                    street2 = min(street2, d2)
            if inside:
                found[n, 0], found[n, 1] = x, y
                found[n, 2], found[n, 3] = np.sqrt(street2), np.sqrt(any2)
                n += 1
    return found[:n]


@kernel
def crosses(way: Doubles, ring: Doubles) -> bool:
    """Return whether a way meets a ring anywhere but at its own two ends."""
    count = len(ring)
    last = len(way) - 2
    for i in range(last + 1):
        ax, ay = way[i, 0], way[i, 1]
        bx, by = way[i + 1, 0] - ax, way[i + 1, 1] - ay
        length = np.hypot(bx, by)
        if length == 0.0:
            return True
        slack = 0.2 / length
        low = slack if i == 0 else -slack
        high = 1.0 - slack if i == last else 1.0 + slack
        for j in range(count):
            k = j + 1 if j + 1 < count else 0
            ex, ey = ring[k, 0] - ring[j, 0], ring[k, 1] - ring[j, 1]
            cross = bx * ey - by * ex
            if cross == 0.0:
                continue
            wx, wy = ring[j, 0] - ax, ring[j, 1] - ay
            t = (wx * ey - wy * ex) / cross
            u = (wx * by - wy * bx) / cross
            if low < t < high and -1e-9 <= u <= 1.0 + 1e-9:
                return True
    return False


def leaves_well(way: Doubles, ring: Doubles, at: int, corner: int | None) -> bool:
    """Return whether a way sets out into a face, and not too close to its edges.

    Parameters
    ----------
    way
        The way, from its end on the ring.
    ring
        Corners of the face, anticlockwise.
    at
        Place of the edge's first corner where the way leaves an edge.
    corner
        Place of the corner where it leaves a corner, else None.
    """
    count = len(ring)
    before, after = (at, (at + 1) % count) if corner is None else (corner - 1, (corner + 1) % count)
    directions = [ring[after] - way[0], way[1] - way[0], ring[before] - way[0]]
    ahead, away, back = (float(np.arctan2(d[1], d[0])) for d in directions)
    whole = 2 * np.pi
    room = (back - ahead) % whole or whole
    return bool(_SHARPEST < (away - ahead) % whole < room - _SHARPEST)
