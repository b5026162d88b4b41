/* Contours of a field of travel times: one byte a point, steps up to 250, 255 never reached. */
"use strict";

const NEVER = 255;
/* Neighbours that differ by more steps are no slope but a step: one is reached another way. */
const JUMP = 6;

/* The field of what the page carries: each point as the difference from its western neighbour. */
sandbox.field = function (packed, grid) {
  const { rows, columns } = grid, values = packed;
  const counts = new Uint32Array(256);
  const from = new Int32Array(rows).fill(columns), to = new Int32Array(rows).fill(-1);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0, west = 0; column < columns; column++, i++) {
      west = values[i] = (values[i] + west) & 255;
      counts[west]++;
      if (west !== NEVER) {
        if (to[row] < 0) from[row] = column;
        to[row] = column;
      }
    }
  }
  let sum = 0;
  const within = Array.from(counts, (count) => (sum += count));
  return { values, from, to, within, grid };
};

/* Closed rings of columns and rows round all points of at most a level, inside on the left. */
sandbox.trace = function ({ values, from, to, grid }, level) {
  const { rows, columns } = grid, size = rows * columns;
  // Edges that go east from a point come first, then those that go north.
  grid.next ??= new Int32Array(2 * size).fill(-1);
  const next = grid.next, starts = [];
  const link = (a, b) => { next[a] = b; starts.push(a); };
  for (let row = 0; row + 1 < rows; row++) {
    const first = Math.max(Math.min(from[row], from[row + 1]) - 1, 0);
    const last = Math.min(Math.max(to[row], to[row + 1]), columns - 2);
    for (let column = first; column <= last; column++) {
      const i = row * columns + column;
      const kind = (values[i] <= level ? 1 : 0) | (values[i + 1] <= level ? 2 : 0)
        | (values[i + columns + 1] <= level ? 4 : 0) | (values[i + columns] <= level ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      const south = i, north = i + columns, west = size + i, east = size + i + 1;
      switch (kind) {
        case 1: link(south, west); break;
        case 2: link(east, south); break;
        case 3: link(east, west); break;
        case 4: link(north, east); break;
        case 5: link(south, west); link(north, east); break;
        case 6: link(north, south); break;
        case 7: link(north, west); break;
        case 8: link(west, north); break;
        case 9: link(south, north); break;
        case 10: link(east, south); link(west, north); break;
        case 11: link(east, north); break;
        case 12: link(west, east); break;
        case 13: link(south, east); break;
        case 14: link(west, south); break;
      }
    }
  }
  const rings = [];
  for (const start of starts) {
    if (next[start] < 0) continue;
    const ring = [];
    for (let edge = start; next[edge] >= 0;) {
      const at = edge < size ? edge : edge - size, step = edge < size ? 1 : columns;
      const share = crossing(values[at], values[at + step], level);
      const column = at % columns, row = (at - column) / columns;
      ring.push(edge < size ? column + share : column, edge < size ? row : row + share);
      const after = next[edge];
      next[edge] = -1;
      edge = after;
    }
    rings.push(smooth(ring));
  }
  return rings;
};

/* Where a level lies between two neighbours, 0 to 1 from the first. Times were rounded up. */
function crossing(first, second, level) {
  const inner = Math.min(first, second), outer = Math.max(first, second);
  const share = outer === NEVER || outer - inner > JUMP ? 0.5 : Math.min((level - inner + 0.5) / (outer - inner), 0.98);
  return first < second ? share : 1 - share;
}

/* Corners between grid points are none of the ground's: each point moves toward its neighbours. */
function smooth(ring) {
  let points = ring;
  for (let pass = 0; pass < 2 && points.length >= 8; pass++) {
    const moved = new Float64Array(points.length), n = points.length;
    for (let i = 0; i < n; i++) moved[i] = (points[(i + n - 2) % n] + 2 * points[i] + points[(i + 2) % n]) / 4;
    points = moved;
  }
  return points;
}

/* Rings in pixels of web mercator at zoom 0, by the polynomials that the grid comes with. */
sandbox.toWorld = function (ring, grid) {
  const out = new Float64Array(ring.length), { powers, x, y } = grid;
  const wide = grid.columns - 1, high = grid.rows - 1;
  for (let i = 0; i < ring.length; i += 2) {
    const u = ring[i] / wide, v = ring[i + 1] / high;
    const us = [1, u, u * u, u * u * u], vs = [1, v, v * v, v * v * v];
    let east = 0, south = 0;
    for (let k = 0; k < powers.length; k++) {
      const term = us[powers[k][0]] * vs[powers[k][1]];
      east += x[k] * term;
      south += y[k] * term;
    }
    out[i] = east;
    out[i + 1] = south;
  }
  return out;
};

/* How much sooner a plan is there than its base, as a field: `sign` 1 for sooner, -1 for later. */
sandbox.savedField = function (base, plan, sign) {
  const { grid } = base, values = new Uint8Array(base.values.length);
  for (let i = 0; i < values.length; i++) {
    const a = Math.min(base.values[i], 250), b = Math.min(plan.values[i], 250);
    const saved = sign * (a - b);
    values[i] = saved > 0 ? 250 - saved : NEVER;
  }
  return {
    values, grid,
    from: base.from.map((column, row) => Math.min(column, plan.from[row])),
    to: base.to.map((column, row) => Math.max(column, plan.to[row])),
  };
};
