/* Where data end the picture fades, so that nobody takes a ruler's cut for a shore or a terminus. */
"use strict";

/* How much of the shorter side fades. */
const SOFT_SHARE = 0.06;
/* A smooth step from covered to clear: neither end of the fade shows. */
const FADE_STOPS = Array.from({ length: 9 }, (_, i) => [i / 8, 1 - (i / 8) ** 2 * (3 - i / 4)]);

/* Where data end, as points of the map's layers: the rectangle, and the four ramps into it. */
function edgeNow() {
  const { map, page } = sandbox;
  const nw = map.latLngToLayerPoint([page.edge[1][0], page.edge[0][1]]), se = map.latLngToLayerPoint([page.edge[0][0], page.edge[1][1]]);
  const soft = Math.min(se.x - nw.x, se.y - nw.y) * SOFT_SHARE;
  return { nw, se, ramps: [[nw.x, nw.x + soft, "x"], [se.x, se.x - soft, "x"], [nw.y, nw.y + soft, "y"], [se.y, se.y - soft, "y"]] };
}

/* Whether a point of the map's container lies where data are. */
sandbox.hasGround = function (x, y) {
  const { map, page } = sandbox;
  return !page.edge || L.latLngBounds(page.edge).contains(map.containerPointToLatLng([x, y]));
};

sandbox.fadeEdges = function () {
  if (!sandbox.page.edge) return;
  const { map } = sandbox;
  const cover = fade("fade", L.svg({ pane: "fade", padding: 0.3 }).addTo(map));
  const rails = fade("rails", sandbox.renderer("rails").addTo(map));
  // Ground, water, relief and streets lie below a cover in the ground's colour.
  cover.drawn.before(cover.defs, ...cover.rects);
  const paint = () => { for (const one of cover.stops) one.setAttribute("stop-color", sandbox.page.ground[sandbox.tone()]); };
  sandbox.listen("theme", paint);
  paint();
  // Rails lie above the answer, which doesn't fade: a mask takes them away.
  const mask = drawn("mask", { id: "edge_mask", maskUnits: "userSpaceOnUse", ...WHOLE }, drawn("rect", { ...WHOLE, fill: "#fff" }), ...rails.rects);
  rails.defs.append(mask);
  rails.drawn.before(rails.defs);
  rails.drawn.setAttribute("mask", "url(#edge_mask)");
  const lay = () => { for (const one of [cover, rails]) one.lay(); };
  map.on("zoomend viewreset", lay);
  lay();
};

const WHOLE = { x: "-1e6", y: "-1e6", width: "2e6", height: "2e6" };

function drawn(kind, told, ...inside) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
  for (const [name, value] of Object.entries(told)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/* Four ramps from covered to clear, and what is filled with them, in a renderer's own drawing. */
function fade(id, renderer) {
  const stops = [], ramps = edgeNow().ramps.map((_, i) => {
    const own = FADE_STOPS.map(([at, cover]) => drawn("stop", { offset: at, "stop-color": "#000", "stop-opacity": cover }));
    stops.push(...own);
    return drawn("linearGradient", { id: id + "_ramp_" + i, gradientUnits: "userSpaceOnUse" }, ...own);
  });
  const rects = ramps.map(({ id: ramp }) => drawn("rect", { ...WHOLE, fill: `url(#${ramp})` }));
  const lay = () => edgeNow().ramps.forEach(([from, to, along], i) => {
    const ends = along === "x" ? { x1: from, y1: 0, x2: to, y2: 0 } : { x1: 0, y1: from, x2: 0, y2: to };
    for (const [name, value] of Object.entries(ends)) ramps[i].setAttribute(name, value);
  });
  return { defs: drawn("defs", {}, ...ramps), rects, stops, lay, drawn: renderer._rootGroup };
}
