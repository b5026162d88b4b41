/* Travel times that readers play with: cutoff, departure, sides, the picture and its figures. */
"use strict";

/* Paths are kept in pixels of this zoom, from the grid's corner, and scaled to the view. */
const PATH_ZOOM = 18;
/* Share of the free map, either way, below which an answer is hard to see. */
const SPECK = 0.3;
/* Outlines that are kept, and those of the slider's next steps that are made before it moves. */
const KEPT = 240, AHEAD = 30;

sandbox.startPlay = async function () {
  const told = sandbox.page.play;
  if (!told) return;
  const open = async (side) => Object.assign(side, sandbox.field(await sandbox.inflated(sandbox.bytes(side.times)), told.grid), { times: null });
  const play = sandbox.play = {
    ...told, side: 0, plan: 1, departure: -1, divide: 0.5,
    view: told.kind === "compared" ? "change" : "side",
  };
  // The first side is what shows; departures wait until somebody asks for them.
  for (const side of play.sides) await open(side);
  sandbox.openDeparture = (number) => (play.departures[number].times ? open(play.departures[number]) : null);
  const line = { x: told.grid.x[0], y: told.grid.y[0] };
  play.corner = line;
  play.lit = play.lit.map((looks) => looks.map((look, band) => ({ ...look, lines: play.litLines[band] })));
  play.paths = new Map();
  play.painters = {
    bands: new sandbox.Painter("bands", paint, () => play.view !== "swipe").addTo(sandbox.groups.reach ?? sandbox.map),
    left: new sandbox.Painter("left", paintSwiped(0), () => play.view === "swipe").addTo(sandbox.map),
    right: new sandbox.Painter("right", paintSwiped(1), () => play.view === "swipe").addTo(sandbox.map),
  };
  sandbox.listen("theme", () => sandbox.repaint());
};

/* Coarse pictures take a quarter of the time; a fine one follows when the slider rests. */
sandbox.repaint = function (coarse = false) {
  sandbox.coarse = coarse;
  for (const painter of Object.values(sandbox.play?.painters ?? {})) painter.redraw(coarse);
};

/* The two fields that are compared: two origins, or the base and a plan. */
sandbox.pair = () => [sandbox.play.sides[0], sandbox.play.sides[Math.min(sandbox.play.plan, sandbox.play.sides.length - 1)]];

/* The field that shows by itself. */
sandbox.shownSide = function () {
  const { play } = sandbox;
  return play.departure >= 0 ? play.departures[play.departure] : play.sides[play.side];
};

/* A side's area in km² within some minutes: as the program computed it, else by the grid's cells. */
sandbox.areaOf = function (side, minutes) {
  const exact = side.km2[sandbox.number(minutes)];
  if (exact !== undefined) return { km2: exact, about: false };
  const { grid } = sandbox.play;
  return { km2: side.within[Math.min(Math.floor(minutes * grid.perMinute), 250)] * grid.cellKm2, about: true };
};

/* Ground gained and lost in km²: as the program computed it, else by the grid's cells. */
sandbox.changeOf = function (minutes) {
  const { play } = sandbox, [base, plan] = sandbox.pair();
  const exact = play.changes?.[plan.id]?.[sandbox.number(minutes)];
  if (exact) return { gained: exact[0], lost: exact[1], about: false };
  const key = plan.id + " " + minutes, known = (play.counted ??= new Map()).get(key);
  if (known) return known;
  const level = Math.floor(minutes * play.grid.perMinute);
  let gained = 0, lost = 0;
  for (let i = 0; i < base.values.length; i++) {
    const before = base.values[i] <= level, after = plan.values[i] <= level;
    if (after && !before) gained++;
    else if (before && !after) lost++;
  }
  const found = { gained: gained * play.grid.cellKm2, lost: lost * play.grid.cellKm2, about: true };
  play.counted.set(key, found);
  return found;
};

/* The outline of a field's level, and the ring with the most points for a tag to stand on. */
function outlineOf(field, key, level) {
  const { play } = sandbox, known = play.paths.get(key);
  if (known) return known;
  const path = new Path2D(), scale = 2 ** PATH_ZOOM;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let longest = [];
  for (const ring of sandbox.trace(field, level)) {
    const points = sandbox.toWorld(ring, play.grid);
    for (let i = 0; i < points.length; i += 2) {
      const x = (points[i] - play.corner.x) * scale, y = (points[i + 1] - play.corner.y) * scale;
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
      box[0] = Math.min(box[0], points[i]);
      box[1] = Math.min(box[1], points[i + 1]);
      box[2] = Math.max(box[2], points[i]);
      box[3] = Math.max(box[3], points[i + 1]);
    }
    path.closePath();
    if (points.length > longest.length) longest = points;
  }
  const made = { path, longest, box };
  // A slider passes over many minutes: the newest of them stay.
  if (play.paths.size > KEPT) play.paths.delete(play.paths.keys().next().value);
  play.paths.set(key, made);
  return made;
}

sandbox.outline = (side, minutes) => outlineOf(side, side.id + " " + minutes, Math.floor(minutes * sandbox.play.grid.perMinute));

/* All ground of the answer that shows. */
sandbox.answerBounds = function () {
  const { play } = sandbox, bounds = L.latLngBounds([]);
  for (const side of play.view === "side" ? [sandbox.shownSide()] : sandbox.pair()) {
    const { box } = sandbox.outline(side, play.at);
    if (box[0] > box[2]) continue;
    for (const [x, y] of [[box[0], box[1]], [box[2], box[3]]]) bounds.extend(L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0));
  }
  return bounds;
};

/* Once the slider stands, the map moves if what it shows isn't all in view, or is but a speck. */
sandbox.fitAnswer = function () {
  const { map } = sandbox, bounds = sandbox.answerBounds();
  if (!bounds.isValid()) return;
  const free = sandbox.free();
  const nw = map.latLngToContainerPoint(bounds.getNorthWest()), se = map.latLngToContainerPoint(bounds.getSouthEast());
  const speck = Math.max((se.x - nw.x) / (free.right - free.left), (se.y - nw.y) / (free.bottom - free.top)) < SPECK;
  if (speck || nw.x < free.left || nw.y < free.top || se.x > free.right || se.y > free.bottom) sandbox.fit(bounds, true);
};

/* A kept path as it lies on the map now; it is moved once a view. */
const moves = new WeakMap();
function placed(path) {
  const { map, play } = sandbox, zoom = map.getZoom(), scale = 2 ** (zoom - PATH_ZOOM), size = 2 ** zoom;
  const origin = map.getPixelOrigin(), view = [zoom, origin.x, origin.y].join(" "), known = moves.get(path);
  if (known?.view === view) return known.moved;
  const moved = new Path2D();
  moved.addPath(path, new DOMMatrix([scale, 0, 0, scale, play.corner.x * size - origin.x, play.corner.y * size - origin.y]));
  moves.set(path, { view, moved });
  return moved;
}

function litPath(band) {
  const { play } = sandbox, key = "lit " + band, known = play.paths.get(key);
  if (known) return known.path;
  const path = new Path2D(), scale = 2 ** PATH_ZOOM;
  for (const line of play.litLines[band]) {
    for (let i = 0, lon = 0, lat = 0; i < line.length; i += 2) {
      lon += line[i];
      lat += line[i + 1];
      const x = (lon / 1e5 + 180) / 360 * 256, y = (0.5 - Math.asinh(Math.tan(lat / 1e5 * Math.PI / 180)) / (2 * Math.PI)) * 256;
      if (i) path.lineTo((x - play.corner.x) * scale, (y - play.corner.y) * scale);
      else path.moveTo((x - play.corner.x) * scale, (y - play.corner.y) * scale);
    }
  }
  play.paths.set(key, { path });
  return path;
}

function everything(bounds) {
  const path = new Path2D(), { min, max } = bounds;
  path.rect(min.x, min.y, max.x - min.x, max.y - min.y);
  return path;
}

const joined = (...paths) => { const path = new Path2D(); for (const one of paths) path.addPath(one); return path; };

/* The cutoffs that show: those that were asked for below the slider's, and the slider's own. */
sandbox.bandsAt = function (at) {
  const { asked } = sandbox.play;
  return [...asked.filter((minutes) => minutes < at), at].map((minutes) => {
    const above = asked.findIndex((one) => one >= minutes);
    return { minutes, band: above < 0 ? asked.length - 1 : above, own: asked.includes(minutes), beyond: above < 0 };
  });
};

/* An isochrone, bottom to top: dim outside, rings, streets lit by their time, contours. */
function paintBands(context, bounds, side) {
  const { play } = sandbox, look = play.bands[sandbox.tone()], bands = sandbox.bandsAt(play.at);
  const paths = bands.map(({ minutes }) => placed(sandbox.outline(side, minutes).path));
  const outer = paths[paths.length - 1];
  context.globalAlpha = look.dimAlpha;
  context.fillStyle = look.dim;
  context.fill(joined(everything(bounds), outer), "evenodd");
  bands.forEach(({ band, beyond }, k) => {
    context.globalAlpha = look.alphas[band] * (beyond ? 0.55 : 1);
    context.fillStyle = look.colours[band];
    context.fill(k ? joined(paths[k], paths[k - 1]) : paths[k], "evenodd");
  });
  if (side === play.sides[0]) paintLit(context, outer);
  context.lineJoin = "round";
  for (const [px, alpha] of look.glow) stroke(context, outer, look.contours[look.contours.length - 1], px, alpha * look.lines);
  for (const path of paths) stroke(context, path, look.halo, look.haloPx, 0.6 * look.lines);
  bands.forEach(({ band, own }, k) => stroke(context, paths[k], own ? look.contours[band] : look.ink, look.linePx, look.lines));
  context.globalAlpha = 1;
}

function paintLit(context, outer) {
  const { play } = sandbox;
  play.lit[sandbox.tone()].forEach((look, band) => {
    const from = band ? play.asked[band - 1] : 0;
    if (play.at <= from) return;
    context.save();
    if (play.at < play.asked[band]) context.clip(outer, "evenodd");
    stroke(context, placed(litPath(band)), look.colour, look.px, look.alpha);
    context.restore();
  });
}

function stroke(context, path, colour, px, alpha) {
  Object.assign(context, { globalAlpha: alpha, strokeStyle: colour, lineWidth: px });
  context.stroke(path);
}

const hatches = new Map();
function hatch(context, colour, alpha, falling) {
  const key = [colour, alpha, falling].join(" ");
  if (!hatches.has(key)) hatches.set(key, hatching(context, colour, alpha, falling));
  return hatches.get(key);
}

function hatching(context, colour, alpha, falling) {
  const tile = sandbox.element("canvas"), size = 16;
  Object.assign(tile, { width: size, height: size });
  const drawn = tile.getContext("2d");
  Object.assign(drawn, { fillStyle: colour, globalAlpha: alpha });
  drawn.fillRect(0, 0, size, size);
  Object.assign(drawn, { strokeStyle: colour, globalAlpha: 0.7, lineWidth: 2 });
  for (let i = -size; i <= size; i += 8) {
    drawn.moveTo(i, falling ? 0 : size);
    drawn.lineTo(i + size, falling ? size : 0);
  }
  drawn.stroke();
  return context.createPattern(tile, "repeat");
}

/* What a plan adds to its base, and what it takes away. */
function paintChange(context, bounds) {
  const { play } = sandbox, look = play.bands[sandbox.tone()], whole = everything(bounds);
  const [base, plan] = sandbox.pair().map((side) => placed(sandbox.outline(side, play.at).path));
  const { change, changeAlpha } = look;
  function fill(within, without, style, alpha) {
    context.save();
    context.clip(within, "evenodd");
    Object.assign(context, { fillStyle: style, globalAlpha: alpha });
    context.fill(without ? joined(whole, without) : whole, "evenodd");
    context.restore();
  }
  context.save();
  context.clip(base, "evenodd");
  fill(plan, null, change.both, changeAlpha.both);
  context.restore();
  fill(plan, base, hatch(context, change.gained, changeAlpha.gained, false), 1);
  fill(base, plan, hatch(context, change.lost, changeAlpha.lost, true), 1);
  context.lineJoin = "round";
  for (const path of [base, plan]) stroke(context, path, look.halo, look.haloPx, 0.5);
  stroke(context, base, play.kind === "origins" ? change.lost : change.both, 1.4, 0.9);
  stroke(context, plan, change.gained, 1.8, 0.95);
  context.globalAlpha = 1;
}

/* Minutes that a plan saves or costs; the larger lies below. */
function paintSaved(context) {
  const looks = sandbox.play.saved[sandbox.tone()];
  for (const [sign, colours] of [[1, looks.gained], [-1, looks.lost]]) {
    savedPaths(sign, looks.minutes).forEach((path, k) => {
      Object.assign(context, { fillStyle: colours[k], globalAlpha: looks.alpha });
      context.fill(placed(path), "evenodd");
    });
  }
  context.globalAlpha = 1;
}

function savedPaths(sign, minutes) {
  const { play } = sandbox, [base, plan] = sandbox.pair(), key = "saved " + sign + plan.id;
  const field = (play.savedFields ??= new Map()).get(key) ?? sandbox.savedField(base, plan, sign);
  play.savedFields.set(key, field);
  return minutes.map((one) => outlineOf(field, key + " " + one, 250 - one * play.grid.perMinute).path);
}

/* What the first moves of a reader need, made while nobody waits. */
sandbox.warm = function () {
  const { play } = sandbox;
  if (!play) return;
  const sides = play.kind === "one" ? play.sides : sandbox.pair();
  for (const side of sides) for (const minutes of play.asked) sandbox.outline(side, minutes);
  // Then the slider's next steps, the nearest first, one at a time.
  const next = [...Array(AHEAD).keys()].map((k) => play.at + (k % 2 ? 1 : -1) * (1 + (k >> 1)));
  const ahead = () => {
    const minutes = next.shift();
    if (minutes === undefined) return;
    if (minutes >= 1 && minutes <= play.most) for (const side of sides) sandbox.outline(side, minutes);
    sandbox.idle(ahead);
  };
  sandbox.idle(ahead);
  if (play.kind !== "compared") return;
  for (const sign of [1, -1]) sandbox.idle(() => savedPaths(sign, play.saved[0].minutes));
};

function paint(context, bounds) {
  const { play } = sandbox;
  if (play.view === "side") paintBands(context, bounds, sandbox.shownSide());
  else if (play.view === "change") paintChange(context, bounds);
  else paintSaved(context);
}

function paintSwiped(which) {
  return (context, bounds) => paintBands(context, bounds, sandbox.pair()[which]);
}

/* The divide: what lies left of it shows only to its left, what lies right only to its right. */
sandbox.layDivide = function () {
  const { map } = sandbox, swiping = sandbox.swiping();
  const line = sandbox.byId("divide_line");
  if (!swiping && line.hidden) return;
  line.hidden = !swiping;
  const size = map.getSize(), free = sandbox.free();
  const at = free.left + (free.right - free.left) * sandbox.divide;
  line.style.left = at + "px";
  line.style.top = free.top + "px";
  line.style.height = Math.max(0, (sandbox.wide() ? size.y : free.bottom) - free.top) + "px";
  const nw = map.containerPointToLayerPoint([-size.x, -size.y]), se = map.containerPointToLayerPoint([2 * size.x, 2 * size.y]);
  const middle = map.containerPointToLayerPoint([at, 0]).x;
  const box = (west, east) => `polygon(${west}px ${nw.y}px, ${east}px ${nw.y}px, ${east}px ${se.y}px, ${west}px ${se.y}px)`;
  map.getPane("left").style.clipPath = swiping ? box(nw.x, middle) : "";
  map.getPane("right").style.clipPath = swiping ? box(middle, se.x) : "";
};
sandbox.divide = 0.5;
sandbox.swiping = () => sandbox.play?.view === "swipe" || sandbox.factsSwiped === true;
