/* The map itself: panes, groups, marks, lines and areas as the page's data tell them. */
"use strict";

/* What draws a pane: one canvas of the many streets, which a telephone copies at every tap; ground and water, of which
   there are few, are kept as shapes; rails fade at the edge. */
const OWN_PANES = ["ground", "water", "streets", "rails"];
sandbox.renderers = new Map();
sandbox.renderer = function (pane) {
  if (!sandbox.renderers.has(pane)) {
    const padding = 0.15;
    sandbox.renderers.set(pane, pane === "streets" ? L.canvas({ pane, padding }) : L.svg({ pane, padding }));
  }
  return sandbox.renderers.get(pane);
};

sandbox.mark = function (latlng, content, options) {
  const icon = L.divIcon({ html: content, className: "", iconSize: [0, 0] });
  return L.marker(latlng, { icon, keyboard: false, interactive: false, ...options });
};

/* A point of a layer: its mark and its name, in both languages. */
function placeMark(told, latlng, opacity) {
  const box = sandbox.element("div", "place kind-" + told.look + (told.icon ? "" : " bare"));
  if (told.icon) box.append(sandbox.icon(told.icon));
  if (told.colours) ["--own-light", "--own-dark"].forEach((tone, at) => box.style.setProperty(tone, told.colours[at]));
  const name = sandbox.element("div", "name");
  box.append(name);
  const marker = sandbox.mark(latlng, box, { interactive: true, keyboard: Boolean(told.icon), opacity, riseOnHover: true });
  marker.on("click keypress", (event) => {
    if (event.type === "click" || event.originalEvent.key === "Enter" || event.originalEvent.key === " ") sandbox.openCard(told);
  });
  const place = { marker, told, box, name };
  sandbox.places.push(place);
  if (told.icon) marker.on("add", () => sandbox.sayMark(place));
  return marker;
}

/* A mark's role and name; who comes to it by key or pointer sees the name too. */
sandbox.sayMark = function (place) {
  const shown = place.marker.getElement();
  shown.setAttribute("role", "button");
  const on = () => { sandbox.writeName(place); place.box.classList.add("spoken"); };
  const off = () => place.box.classList.remove("spoken");
  for (const event of ["focus", "mouseenter"]) shown.addEventListener(event, on);
  for (const event of ["blur", "mouseleave"]) shown.addEventListener(event, off);
};

/* A line's name, or the number of a metro line; it stands where there is room. */
function lineName(told, layer) {
  const box = sandbox.element("div", "place kind-" + told.look);
  const name = sandbox.element("div", "name");
  const badge = told.badge ? sandbox.element("div", "badge", told.badge) : null;
  box.append(...(badge ? [badge] : []), name);
  const marker = sandbox.mark([0, 0], box, { interactive: true, keyboard: true });
  marker.on("click keypress", (event) => {
    if (event.type === "click" || event.originalEvent.key === "Enter" || event.originalEvent.key === " ") sandbox.openCard(told);
  });
  const line = { marker, told, box, name, badge, layer };
  sandbox.lines.push(line);
  return line;
}

function draw(part, made) {
  const { page } = sandbox, roads = [];
  const layer = L.geoJSON({ type: "FeatureCollection", features: part.features }, {
    pane: part.pane,
    interactive: part.interactive,
    smoothFactor: 0.6,
    ...(OWN_PANES.includes(part.pane) ? { renderer: sandbox.renderer(part.pane) } : {}),
    style: (feature) => page.styles[feature.properties.s]?.[sandbox.tone()] ?? {},
    pointToLayer: (feature, latlng) => placeMark(feature.properties, latlng, made.opacity),
    onEachFeature: (feature, shape) => {
      const told = feature.properties;
      if (shape instanceof L.Marker) return;
      if (told.road) roads.push({ look: told.road, below: Boolean(told.tunnel), layer: shape, group: made.group, opacity: made.opacity });
      if (told.key && part.interactive) shape.on("click", () => sandbox.openCard(told));
      if (told.zh && told.named) lineName(told, shape).group = made.group;
    },
  });
  for (const place of sandbox.places) place.group ??= made.group;
  // Roads come and go by scale, so they are put on the map one by one.
  for (const road of roads) layer.removeLayer(road.layer);
  sandbox.roads.push(...roads);
  layer.addTo(made.group);
  sandbox.parts.push(layer);
}

sandbox.makeMap = function () {
  const { page } = sandbox;
  const map = sandbox.map = L.map("map", {
    center: page.center, zoom: page.zoom, minZoom: page.zooms[0], maxZoom: page.zooms[1],
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, wheelPxPerZoomLevel: 90,
  });
  for (const [name, height] of Object.entries(page.panes)) map.createPane(name).style.zIndex = height;
  for (const name of ["relief", "light", "pictures", "fade", "bands", "left", "right"]) map.getPane(name).style.pointerEvents = "none";
  sandbox.groups = {};
  sandbox.parts = [];
  sandbox.roads = [];
  for (const told of page.groups) {
    const group = L.layerGroup();
    sandbox.groups[told.id] = group;
    for (const picture of told.pictures ?? []) {
      // Photographs look the same by day and by night.
      const source = () => picture.src[sandbox.tone()] ?? picture.src[0];
      const layer = L.imageOverlay(source(), picture.bounds, { pane: picture.pane, opacity: told.opacity, alt: "" });
      sandbox.listen("theme", () => layer.setUrl(source()));
      layer.addTo(group);
    }
    for (const part of told.parts) draw(part, { group, opacity: told.opacity });
    if (told.on) group.addTo(map);
  }
  sandbox.listen("theme", () => {
    for (const part of sandbox.parts) part.setStyle((feature) => page.styles[feature.properties.s]?.[sandbox.tone()] ?? {});
  });
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomright" }).addTo(map);
  const line = document.querySelector(".leaflet-control-scale-line");
  new MutationObserver(() => wrapScale(line)).observe(line, { childList: true });
  wrapScale(line);
  if (page.pin) sandbox.setPin(page.pin);
  sandbox.numbered = page.pins.map((at, number) => numberedPin(at, number + 1));
  layRoads();
  sandbox.fadeEdges();
};

function wrapScale(line) {
  const text = line.firstChild;
  if (!text || text.nodeType !== Node.TEXT_NODE) return;
  const said = text.textContent;
  const chinese = said.replace(/k?m$/, (unit) => (unit === "km" ? "公里" : "米"));
  line.replaceChildren(sandbox.element("span", "zh", chinese), sandbox.element("span", "en", said));
}

sandbox.setPin = function (at) {
  if (!sandbox.pin) {
    const box = document.createElement("div");
    box.innerHTML =
      '<svg class="pin" viewBox="-32 -32 64 64" aria-hidden="true"><circle r="25" class="far"/><circle r="18" class="near"/>' +
      '<circle r="11" class="halo"/><circle r="9.500" class="disc"/><circle r="3.600" class="eye"/></svg>';
    sandbox.pin = sandbox.mark(at, box, { zIndexOffset: 9000 }).addTo(sandbox.groups.reach ?? sandbox.map);
  }
  sandbox.pin.setLatLng(at);
  sandbox.sayPin();
};

/* Each of several origins has its number, by which lists name it. */
function numberedPin(at, number) {
  const box = document.createElement("div");
  box.innerHTML =
    '<svg class="pin" viewBox="-32 -32 64 64" aria-hidden="true"><circle r="18" class="near"/>' +
    '<circle r="14" class="halo"/><circle r="12" class="disc"/><text class="number" y="5">' + number + "</text></svg>";
  return sandbox.mark(at, box, { zIndexOffset: 9000 }).addTo(sandbox.groups.reach ?? sandbox.map);
}

sandbox.sayPin = function () {
  const shown = sandbox.pin?.getElement(), { play, page } = sandbox;
  if (!shown) return;
  const side = play?.kind === "origins" ? play.sides[play.side].title : page.origin;
  shown.setAttribute("role", "img");
  shown.setAttribute("aria-label", sandbox.say("origin", { name: side ? sandbox.said(side) : "" }));
};

/* Streets are drawn twice: all casings, then all streets, so that crossings stay open. */
function layRoads() {
  const { map, page, roads } = sandbox;
  const rank = (road) => (road.below ? -100 : 0) + page.roadOrder.indexOf(road.look);
  const casings = new Map();
  roads.sort((a, b) => rank(a) - rank(b));
  for (const road of roads) {
    if (road.below) continue;
    casings.set(road, L.polyline(road.layer.getLatLngs(), {
      pane: "streets", renderer: road.layer.options.renderer, interactive: false,
      lineCap: "round", lineJoin: "round", smoothFactor: road.layer.options.smoothFactor,
    }));
  }
  const known = new Set(casings.values());
  sandbox.redrawRoads = function () {
    const table = page.roads[sandbox.tone()];
    const step = Math.round((map.getZoom() - page.zooms[0]) / page.roadStep);
    const shown = [];
    for (const road of roads) {
      const looks = table[road.look];
      const look = looks[Math.max(0, Math.min(looks.length - 1, step))];
      const on = map.hasLayer(road.group) && look.width > 0;
      const casing = casings.get(road);
      if (on) {
        Object.assign(road.layer.options, {
          weight: road.below ? Math.max(0.7, look.width * 0.55) : look.width,
          color: road.below ? look.tunnel : look.colour,
          opacity: (road.below ? 1 : look.opacity) * road.opacity,
          dashArray: road.below ? "5 4" : look.dash,
          lineCap: road.below || look.dash ? "butt" : "round",
        });
        if (casing) Object.assign(casing.options, { weight: look.width + look.casing, color: look.edge, opacity: road.opacity });
      }
      if (casing) shown.push([casing, on && look.casing > 0]);
      shown.push([road.layer, on]);
    }
    shown.sort((a, b) => Number(known.has(b[0])) - Number(known.has(a[0])));
    for (const [layer] of shown) if (map.hasLayer(layer)) map.removeLayer(layer);
    for (const [layer, on] of shown) if (on) map.addLayer(layer);
  };
  map.on("zoomend", () => sandbox.later("roads", sandbox.redrawRoads));
  sandbox.listen("theme", sandbox.redrawRoads);
  sandbox.redrawRoads();
}

/* A canvas that lies over the map and is painted anew when the map has moved; while nothing of it
   is wanted it has no pixels, which a telephone would clear and copy at every tap. */
sandbox.Painter = L.Renderer.extend({
  initialize(pane, paint, wanted) {
    L.Renderer.prototype.initialize.call(this, { pane, padding: 0.15 });
    Object.assign(this, { wanted, paint });
  },
  _initContainer() {
    this._container = sandbox.element("canvas");
    this._container.setAttribute("aria-hidden", "true");
    Object.assign(this._container, { width: 0, height: 0 });
  },
  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },
  _updatePaths() {},
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds, size = this._bounds.getSize();
    L.DomUtil.setPosition(this._container, min);
    Object.assign(this._container.style, { width: size.x + "px", height: size.y + "px" });
    this.redraw();
  },
  redraw(coarse = false) {
    if (!this._map || !this._bounds) return;
    const { min } = this._bounds, size = this._bounds.getSize(), wanted = this.wanted();
    const printed = sandbox.root.classList.contains("printing"), fine = printed ? 2 : coarse ? 1 : Math.min(window.devicePixelRatio || 1, 2);
    const [width, height] = wanted ? [Math.round(fine * size.x), Math.round(fine * size.y)] : [0, 0];
    if (this._container.width !== width || this._container.height !== height) Object.assign(this._container, { width, height });
    if (!wanted) return;
    const context = this._container.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(fine, 0, 0, fine, -min.x * fine, -min.y * fine);
    this.paint(context, this._bounds);
  },
});

/* The free part of the map, in pixels: what no panel covers. */
sandbox.free = function () {
  const size = sandbox.map.getSize();
  const free = { left: 0, top: 0, right: size.x, bottom: size.y };
  if (sandbox.root.classList.contains("printing")) return free;
  const sheet = sandbox.byId("sheet").getBoundingClientRect();
  const head = sandbox.byId("head").getBoundingClientRect();
  if (sandbox.wide()) {
    free.left = head.right;
    const layers = sandbox.byId("layers");
    if (!layers.hidden && size.x >= 1100) free.right = layers.getBoundingClientRect().left;
    free.bottom -= sandbox.byId("legal").offsetHeight + 21;
  } else {
    free.top = head.bottom;
    free.bottom = Math.max(sheet.top - 34, head.bottom + 80);
  }
  return free;
};

/* Show some bounds within the free part of the map. */
sandbox.fit = function (bounds, animate = false) {
  const free = sandbox.free(), size = sandbox.map.getSize();
  // What is looked at lies beside the buttons, not below them.
  if (!sandbox.wide()) free.right = Math.min(free.right, sandbox.byId("tools").getBoundingClientRect().left);
  sandbox.map.fitBounds(bounds, {
    paddingTopLeft: [free.left + 14, free.top + 14],
    paddingBottomRight: [size.x - free.right + 14, size.y - free.bottom + 14],
    maxZoom: Math.max(sandbox.map.getZoom(), 16),
    animate,
  });
};

/* Show the answer whole; without one, what was on screen when the page was written. */
sandbox.look = function () {
  const { map, page } = sandbox;
  if (page.bounds) {
    map.setZoom(page.zooms[0], { animate: false });
    sandbox.fit(page.bounds);
    return;
  }
  const free = sandbox.free(), size = map.getSize();
  const zoom = sandbox.wide() ? page.zoom : page.zoom - 0.75;
  const target = map.project(page.center, zoom);
  target.x -= (free.left + free.right - size.x) / 2;
  target.y -= (free.top + free.bottom - size.y) / 2;
  map.setView(map.unproject(target, zoom), zoom, { animate: false });
};
