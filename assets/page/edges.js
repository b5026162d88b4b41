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
  coverGround();
  fadeRails();
};

/* Ground, water, relief and streets lie below a cover in the ground's colour. */
function coverGround() {
  const painter = new sandbox.Painter("fade", (context, { min, max }) => {
    const colour = sandbox.page.ground[sandbox.tone()];
    for (const [from, to, along] of edgeNow().ramps) {
      const ramp = along === "x" ? context.createLinearGradient(from, 0, to, 0) : context.createLinearGradient(0, from, 0, to);
      for (const [at, cover] of FADE_STOPS) ramp.addColorStop(at, colour + Math.round(255 * cover).toString(16).padStart(2, "0"));
      context.fillStyle = ramp;
      context.fillRect(min.x, min.y, max.x - min.x, max.y - min.y);
    }
  });
  painter.addTo(sandbox.map);
  sandbox.listen("theme", () => painter.redraw());
}

/* Rails lie above the answer, which doesn't fade: a mask takes them away. */
function fadeRails() {
  const { map } = sandbox, renderer = sandbox.renderer("rails").addTo(map);
  const make = (kind, told, ...inside) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
    for (const [name, value] of Object.entries(told)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };
  const whole = { x: "-1e6", y: "-1e6", width: "2e6", height: "2e6" };
  const ramps = edgeNow().ramps.map((_, i) => make("linearGradient", { id: "edge_ramp_" + i, gradientUnits: "userSpaceOnUse" },
    ...FADE_STOPS.map(([at, cover]) => make("stop", { offset: at, "stop-color": "#000", "stop-opacity": cover }))));
  const mask = make("mask", { id: "edge_mask", maskUnits: "userSpaceOnUse", ...whole }, make("rect", { ...whole, fill: "#fff" }),
    ...ramps.map((_, i) => make("rect", { ...whole, fill: `url(#edge_ramp_${i})` })));
  const drawn = renderer._rootGroup;
  drawn.before(make("defs", {}, ...ramps, mask));
  drawn.setAttribute("mask", "url(#edge_mask)");
  const lay = () => edgeNow().ramps.forEach(([from, to, along], i) => {
    const ends = along === "x" ? { x1: from, y1: 0, x2: to, y2: 0 } : { x1: 0, y1: from, x2: 0, y2: to };
    for (const [name, value] of Object.entries(ends)) ramps[i].setAttribute(name, value);
  });
  map.on("zoomend viewreset", lay);
  lay();
}
