/* The map of the page: what it was drawn with, and what a finger can do to it. */
"use strict";

const sandbox = { places: [], lines: [], tags: [], page: null, map: null };

sandbox.language = () => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");
sandbox.other = () => (sandbox.language() === "zh" ? "en" : "zh");
sandbox.wide = () => window.innerWidth >= 720;

/* Text in an element; never markup, so names can hold anything. */
sandbox.element = function (kind, className, text) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

sandbox.icon = function (name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", "#icon-" + name);
  svg.setAttribute("class", "icon cat-" + name);
  svg.append(use);
  return svg;
};

/* One canvas a pane. */
sandbox.canvases = new Map();
sandbox.canvas = function (pane) {
  if (!sandbox.canvases.has(pane)) sandbox.canvases.set(pane, L.canvas({ pane, padding: 0.25 }));
  return sandbox.canvases.get(pane);
};

sandbox.mark = function (latlng, content, options) {
  const icon = L.divIcon({ html: content, className: "", iconSize: [0, 0] });
  return L.marker(latlng, { icon, keyboard: false, interactive: false, ...options });
};

/* A popup moves the map until no panel covers it. */
sandbox.popupOptions = () => ({
  maxWidth: 300,
  minWidth: 220,
  autoPanPaddingTopLeft: sandbox.wide() ? [392, 16] : [10, 110],
  autoPanPaddingBottomRight: sandbox.wide() ? [window.innerWidth >= 1100 ? 320 : 72, 56] : [10, 220],
});

/* A point of a layer: its mark and its name, in both languages. */
sandbox.place = function (feature, latlng) {
  const told = feature.properties;
  const box = sandbox.element("div", "place kind-" + told.look + (told.icon ? "" : " bare"));
  if (told.icon) box.append(sandbox.icon(told.icon));
  const name = sandbox.element("div", "name");
  box.append(name);
  const marker = sandbox.mark(latlng, box, {
    interactive: true,
    keyboard: Boolean(told.icon),
    opacity: told.opacity ?? 1,
    riseOnHover: true,
  });
  marker.bindPopup(() => sandbox.popup(told), sandbox.popupOptions());
  sandbox.places.push({ marker, told, box, name });
  return marker;
};

/* A line or an area of a layer. */
sandbox.shape = function (feature, layer) {
  const told = feature.properties;
  if (layer instanceof L.Marker) return;
  if (told.road) sandbox.road(told, layer);
  if (told.minutes) sandbox.contours.push({ layer, whole: layer.getLatLngs() });
  if (told.key && layer.options.interactive) {
    layer.bindPopup(() => sandbox.popup(told), sandbox.popupOptions());
  }
  if (told.zh && told.named) {
    const box = sandbox.element("div", "place kind-" + told.look);
    const name = sandbox.element("div", "name");
    const badge = told.badge ? sandbox.element("div", "badge", told.badge) : null;
    if (badge) badge.style.background = told.style.color;
    box.append(...(badge ? [badge] : []), name);
    const marker = sandbox.mark([0, 0], box, { interactive: true });
    marker.bindPopup(() => sandbox.popup(told), sandbox.popupOptions());
    sandbox.lines.push({ marker, told, box, name, badge, layer });
  }
};

/* Holes too small to be seen are left out of contours, as on the screen. */
sandbox.contours = [];
sandbox.smoothContours = function () {
  const { map } = sandbox;
  const large = (ring) => {
    const points = ring.map((latlng) => map.project(latlng));
    let twice = 0;
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      twice += points[j].x * points[i].y - points[i].x * points[j].y;
    }
    return Math.abs(twice) / 2 >= 24;
  };
  for (const { layer, whole } of sandbox.contours) {
    const parts = Array.isArray(whole[0][0]) ? whole : [whole];
    layer.setLatLngs(parts.map(([outer, ...holes]) => [outer, ...holes.filter(large)]));
  }
};

/* Streets are drawn twice: all casings, then all streets, so that crossings stay open. */
sandbox.roads = [];
sandbox.road = function (told, layer) {
  sandbox.roads.push({ look: told.road, below: Boolean(told.tunnel), layer });
};

sandbox.layRoads = function () {
  const map = sandbox.map;
  const order = sandbox.page.roadOrder;
  const rank = (road) => (road.below ? -100 : 0) + order.indexOf(road.look);
  const casings = new Map();
  sandbox.roads.sort((a, b) => rank(a) - rank(b));
  for (const road of sandbox.roads) {
    if (road.below) continue;
    const casing = L.polyline(road.layer.getLatLngs(), {
      pane: "streets", renderer: road.layer.options.renderer, interactive: false,
      lineCap: "round", lineJoin: "round", smoothFactor: road.layer.options.smoothFactor,
    });
    casings.set(road, casing);
  }
  function redraw() {
    const zoom = map.getZoom();
    const step = Math.round((zoom - sandbox.page.roadZoom[0]) / sandbox.page.roadZoom[1]);
    const shown = [];
    for (const road of sandbox.roads) {
      const looks = sandbox.page.roads[road.look];
      const look = looks[Math.max(0, Math.min(looks.length - 1, step))];
      const group = road.group;
      const on = map.hasLayer(group) && look.width > 0;
      const casing = casings.get(road);
      if (on) {
        const tunnel = road.below;
        road.layer.options.weight = tunnel ? Math.max(0.7, look.width * 0.55) : look.width;
        road.layer.options.color = tunnel ? look.tunnel : look.colour;
        road.layer.options.opacity = (tunnel ? 1 : look.opacity) * road.opacity;
        road.layer.options.dashArray = tunnel ? "5 4" : look.dash;
        road.layer.options.lineCap = tunnel || look.dash ? "butt" : "round";
        if (casing) Object.assign(casing.options, { weight: look.width + look.casing, color: look.edge, opacity: road.opacity });
      }
      shown.push([road.layer, on], [casing, on && look.casing > 0]);
    }
    const casingsFirst = shown.filter(([layer]) => layer).sort((a, b) => Number(casingOf(b[0])) - Number(casingOf(a[0])));
    for (const [layer] of casingsFirst) if (map.hasLayer(layer)) map.removeLayer(layer);
    for (const [layer, on] of casingsFirst) if (on) map.addLayer(layer);
  }
  const known = new Set(casings.values());
  const casingOf = (layer) => known.has(layer);
  sandbox.redrawRoads = redraw;
  map.on("zoomend", redraw);
  redraw();
};

/* folium has made the map and its groups; from here the page is alive. */
sandbox.open = function (map, groups, page) {
  sandbox.map = map;
  sandbox.page = page;
  sandbox.groups = groups;
  // What pin and minute tags belong to: they come and go with it.
  sandbox.answer = groups.reach ?? L.layerGroup().addTo(map);
  for (const [id, group] of Object.entries(groups)) {
    group.eachLayer((part) => {
      if (!part.eachLayer) return;
      part.eachLayer((layer) => {
        for (const road of sandbox.roads) {
          if (road.layer === layer) Object.assign(road, { group, part, opacity: page.opacity[id] ?? 1 });
        }
        for (const line of sandbox.lines) if (line.layer === layer) line.group = group;
        for (const place of sandbox.places) if (place.marker === layer) place.group = group;
      });
    });
  }
  for (const road of sandbox.roads) {
    // Roads come and go by scale, so they are put on the map one by one.
    road.part.removeLayer(road.layer);
  }
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomright" }).addTo(map);
  const line = document.querySelector(".leaflet-control-scale-line");
  new MutationObserver(() => wrapScale(line)).observe(line, { childList: true });
  wrapScale(line);
  for (const tag of page.tags) {
    const box = sandbox.element("div", "tag");
    box.style.background = tag.colour;
    box.style.color = tag.ink;
    for (const language of ["zh", "en"]) box.append(sandbox.element("span", language, tag[language]));
    const marker = sandbox.mark(tag.spots[0], box, { zIndexOffset: 5000 });
    sandbox.answer.addLayer(marker);
    sandbox.tags.push({ marker, box, spots: tag.spots });
  }
  if (page.pin) {
    const pin = sandbox.mark(page.pin, sandbox.pin(), { zIndexOffset: 9000 });
    sandbox.answer.addLayer(pin);
    sandbox.pinMarker = pin;
  }
  sandbox.layRoads();
  map.on("zoomend", sandbox.smoothContours);
  sandbox.furnish();
  sandbox.look();
  sandbox.startNames();
};

function wrapScale(line) {
  const text = line.firstChild;
  if (text && text.nodeType === Node.TEXT_NODE) {
    const said = text.textContent;
    const chinese = said.replace(/k?m$/, (unit) => (unit === "km" ? "公里" : "米"));
    line.replaceChildren(sandbox.element("span", "zh", chinese), sandbox.element("span", "en", said));
  }
}

sandbox.pin = function () {
  const box = document.createElement("div");
  box.innerHTML =
    '<svg class="pin" viewBox="-32 -32 64 64" aria-hidden="true"><circle r="25" class="far"/><circle r="18" class="near"/>' +
    '<circle r="11" class="halo"/><circle r="9.500" class="disc"/><circle r="3.600" class="eye"/></svg>';
  return box;
};

/* The free part of the map, in pixels: what no panel covers. */
sandbox.free = function () {
  const size = sandbox.map.getSize();
  const free = { left: 0, top: 0, right: size.x, bottom: size.y };
  const sheet = document.getElementById("sheet").getBoundingClientRect();
  const head = document.getElementById("head").getBoundingClientRect();
  if (sandbox.wide()) {
    free.left = head.right;
    const layers = document.getElementById("layers");
    if (!layers.hidden && size.x >= 1100) free.right = layers.getBoundingClientRect().left;
    free.bottom -= 40;
  } else {
    free.top = head.bottom;
    free.bottom = Math.max(sheet.top - 34, head.bottom + 80);
  }
  return free;
};

/* Show the answer whole; without one, what was on screen when the page was written. */
sandbox.look = function () {
  const { map, page } = sandbox;
  const free = sandbox.free();
  const size = map.getSize();
  if (page.bounds) {
    map.fitBounds(page.bounds, {
      paddingTopLeft: [free.left + 14, free.top + 14],
      paddingBottomRight: [size.x - free.right + 14, size.y - free.bottom + 14],
      animate: false,
    });
  } else {
    const zoom = sandbox.wide() ? page.zoom : page.zoom - 0.75;
    const target = map.project(page.center, zoom);
    target.x -= (free.left + free.right - size.x) / 2;
    target.y -= (free.top + free.bottom - size.y) / 2;
    map.setView(map.unproject(target, zoom), zoom, { animate: false });
  }
};
