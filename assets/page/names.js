/* Marks and names on the map: what matters more comes first, nothing covers anything. */
"use strict";

sandbox.measure = (function () {
  const canvas = document.createElement("canvas").getContext("2d");
  const known = new Map();
  return function (text, px) {
    const key = px + text;
    if (!known.has(key)) {
      canvas.font = px + "px " + getComputedStyle(document.body).fontFamily;
      known.set(key, canvas.measureText(text).width + 2);
    }
    return known.get(key);
  };
})();

sandbox.startNames = function () {
  const { map } = sandbox;
  const later = () => sandbox.later("names", sandbox.placeNames);
  sandbox.namesLater = later;
  map.on("moveend zoomend resize", later);
  for (const item of [...sandbox.places, ...sandbox.lines]) item.name.replaceChildren();
  later();
};

/* How far apart the letters of broad things stand, in ems. */
const SPREAD = { water: 0.12, mountain: 0.2, road: 0.22 };

function sizeOf(told, mPx) {
  const near = mPx < 3 ? 2 : mPx < 8 ? 1 : mPx > 40 ? -1 : 0;
  if (told.look === "town") return (told.rank <= 10 ? 16 : 14) - (sandbox.wide() ? 0 : 1);
  const base = told.rank <= 12 ? 16 : told.rank <= 22 ? 15 : told.rank <= 34 ? 14 : 13;
  return base + near - (sandbox.wide() ? 0 : 1);
}

function write(item, size) {
  const first = sandbox.language();
  const said = [item.told[first] || item.told[sandbox.other()], item.told[sandbox.other()]];
  const lines = item.told.look === "road" || item.told.look === "line" || said[0] === said[1] || !said[1] ? said.slice(0, 1) : said;
  const key = first + size + lines.join("\n");
  if (item.written === key) return item.extent;
  item.written = key;
  item.name.style.setProperty("--size", size + "px");
  // Other classes than those of the panels: another language of these needn't look for the map's names.
  const classes = ["in-" + first, "in-" + sandbox.other()];
  item.name.replaceChildren(...lines.map((text, index) => sandbox.element("span", classes[index], text)));
  const spread = first === "zh" ? SPREAD[item.told.look] ?? 0 : (SPREAD[item.told.look] ?? 0) / 3;
  item.name.style.setProperty("--spread", spread + "em");
  const width = Math.max(...lines.map((text, index) => sandbox.measure(text, index ? size * 0.68 : size) + (index ? 0 : text.length * size * spread)));
  item.extent = { width, height: size * 1.3 + (lines.length > 1 ? size * 0.85 : 0), lines };
  return item.extent;
}

/* The name of a mark that somebody stands on, whether there is room for it or not. */
sandbox.writeName = function (place) {
  if (!place.box.classList.contains("nameless")) return;
  const { width } = write(place, 14);
  place.name.className = "name above";
  Object.assign(place.name.style, { left: -width / 2 + "px", top: "auto", right: "auto", bottom: "15px", width: width + "px" });
};

const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

sandbox.placeNames = function () {
  const { map } = sandbox;
  const mPx = (156543.034 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom();
  const frame = map.getContainer().getBoundingClientRect();
  const size = map.getSize();
  const taken = [];
  for (const id of ["head", "sheet", "tools", "layers", "find", "legal", "divide_left", "divide_right"]) {
    const panel = document.getElementById(id);
    if (panel.hidden) continue;
    const box = panel.getBoundingClientRect();
    taken.push([box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top]);
  }
  const scale = document.querySelector(".leaflet-control-scale").getBoundingClientRect();
  taken.push([scale.left - frame.left, scale.top - frame.top - 16, scale.right - frame.left, scale.bottom - frame.top]);
  const pinned = sandbox.pin && map.hasLayer(sandbox.pin);
  for (const pin of [...(pinned ? [sandbox.pin] : []), ...sandbox.numbered.filter((one) => map.hasLayer(one))]) {
    const at = map.latLngToContainerPoint(pin.getLatLng());
    taken.push([at.x - 20, at.y - 20, at.x + 20, at.y + 20]);
  }
  const free = (box) => !taken.some((other) => meets(box, other));
  const whole = (box) => box[0] >= 2 && box[1] >= 2 && box[2] <= size.x - 2 && box[3] <= size.y - 2;
  placeTags({ map, taken, free, whole });

  const seen = [];
  for (const place of sandbox.places) {
    const { below, above, year } = place.told;
    const chosen = place.told.key === sandbox.opened?.key;
    const open = chosen || !sandbox.openedBy || !place.told.icon || (year && year <= sandbox.openedBy);
    const on = open && place.group && map.hasLayer(place.group) && (chosen || (mPx < (below ?? Infinity) && mPx > (above ?? 0)));
    const at = on ? map.latLngToContainerPoint(place.marker.getLatLng()) : null;
    const inside = at && at.x > -20 && at.y > -20 && at.x < size.x + 20 && at.y < size.y + 20;
    place.box.classList.toggle("out", !inside);
    place.box.classList.add("nameless");
    const reachable = place.marker.getElement();
    if (reachable) {
      // What isn't on the screen is nothing to stop at with a key.
      reachable.style.display = inside ? "" : "none";
      if (place.told.icon) reachable.setAttribute("aria-label", sandbox.said(place.told) || place.told.key);
    }
    if (inside) seen.push({ place, at });
  }
  const rank = ({ told }) => (told.key === sandbox.opened?.key ? -2 : told.origin ? -1 : told.rank);
  seen.sort((a, b) => rank(a.place) - rank(b.place));

  const marked = [];
  for (const { place, at } of seen) {
    if (!place.told.icon) { marked.push({ place, at, half: 0 }); continue; }
    const box = [at.x - 11, at.y - 11, at.x + 11, at.y + 11];
    const atPin = pinned && place.told.origin && place.marker.getLatLng().distanceTo(sandbox.pin.getLatLng()) < 5;
    if (!atPin && !free(box)) {
      place.box.classList.add("out");
      place.marker.getElement().style.display = "none";
      continue;
    }
    if (!atPin) taken.push(box);
    place.box.querySelector(".icon").style.display = atPin ? "none" : "";
    marked.push({ place, at, half: atPin ? 20 : 13 });
  }
  const withMark = new Set(marked.filter(({ half }) => half).map(({ place }) => place.told.zh));
  for (const { place, at, half } of marked) {
    if (!place.told.named) continue;
    if (place.told.look === "town" && withMark.has(place.told.zh)) continue;
    const { width: w, height: h } = write(place, sizeOf(place.told, mPx));
    const spots = half
      ? [["right", half + 2, -h / 2], ["left", -half - 2 - w, -h / 2], ["below", -w / 2, half + 1], ["above", -w / 2, -half - 1 - h],
        ["above", -w / 4, -half - 1 - h], ["below", -w / 4, half + 1], ["above", -w * 0.75, -half - 1 - h], ["below", -w * 0.75, half + 1]]
      : [["on", -w / 2, -h / 2], ["on", -w / 2, -h / 2 - 24], ["on", -w / 2, -h / 2 + 24]];
    for (const [side, x, y] of spots) {
      const box = [at.x + x - 2, at.y + y, at.x + x + w + 2, at.y + y + h];
      if (!whole(box) || !free(box)) continue;
      taken.push(box);
      place.name.className = "name " + side;
      Object.assign(place.name.style, { left: x + "px", top: y + "px", right: "auto", bottom: "auto", width: w + "px" });
      place.box.classList.remove("nameless");
      break;
    }
  }
  for (const line of sandbox.lines) nameLine(line, { map, mPx, size, taken, free, whole });
};

/* The minutes stand on their contour, where it is free and best to the upper left. */
const TAG_SPOTS = 60;
sandbox.tags = [];
function placeTags({ map, taken, free, whole }) {
  const { play } = sandbox, bands = play && play.view === "side" && map.hasLayer(play.painters.bands) ? sandbox.bandsAt(play.at) : [];
  while (sandbox.tags.length < bands.length) {
    const box = sandbox.element("div", "tag");
    sandbox.tags.push({ box, marker: sandbox.mark([0, 0], box, { zIndexOffset: 5000 }).addTo(map) });
  }
  const look = play?.bands[sandbox.tone()], size = 2 ** map.getZoom(), origin = map.getPixelOrigin();
  sandbox.tags.forEach(({ box, marker }, k) => {
    const told = bands[k];
    const ring = told ? sandbox.outline(sandbox.shownSide(), told.minutes).longest : [];
    const spots = [];
    for (let i = 0; i < ring.length; i += 2 * Math.max(1, Math.floor(ring.length / 2 / TAG_SPOTS))) {
      spots.push(map.layerPointToContainerPoint([ring[i] * size - origin.x, ring[i + 1] * size - origin.y]));
    }
    spots.sort((a, b) => 0.86 * (a.x - b.x) + 0.5 * (a.y - b.y));
    box.textContent = told ? sandbox.say("tag", { minutes: sandbox.number(told.minutes) }) : "";
    const half = sandbox.measure(box.textContent, 14) / 2 + 12;
    const spot = spots.find((p) => {
      const round = [p.x - half - 3, p.y - 16, p.x + half + 3, p.y + 16];
      return whole(round) && free(round) && taken.push(round);
    });
    box.classList.toggle("out", !spot);
    if (!spot) return;
    box.style.background = told.own ? look.colours[told.band] : look.ink;
    box.style.color = told.own ? look.inks[told.band] : look.panel;
    marker.setLatLng(map.containerPointToLatLng(spot));
  });
}

/* A line's name stands along its longest straight stretch in view; steep ones are stacked. */
function nameLine(line, { map, mPx, size, taken, free, whole }) {
  const on = line.group && map.hasLayer(line.group) && mPx < (line.told.below ?? Infinity) && mPx < 60;
  map.removeLayer(line.marker);
  if (!on) return;
  const { width: w, height: h, lines } = write(line, line.badge ? 12 : sizeOf(line.told, mPx));
  const spot = stretches(map, line.layer, size, line.badge ? 30 : w * 1.15).find(({ x, y, angle, steep }) => {
    const half = line.badge ? [11, 11] : steep ? [h / 2 + 2, w / 2] : turned(w, h, angle);
    const box = [x - half[0], y - half[1], x + half[0], y + half[1]];
    if (!whole(box) || !free(box)) return false;
    taken.push(box);
    return true;
  });
  if (!spot) return;
  line.marker.setLatLng(map.containerPointToLatLng([spot.x, spot.y]));
  line.marker.addTo(map);
  line.marker.getElement().setAttribute("aria-label", sandbox.said(line.told) || line.told.badge || line.told.key);
  if (line.badge) { line.name.style.display = "none"; return; }
  const stacked = spot.steep && /[\u2e80-\u9fff]/.test(lines[0]);
  line.name.className = stacked ? "name stacked" : "name";
  const turn = stacked ? spot.angle - Math.sign(spot.angle) * 90 : spot.angle;
  line.name.style.transform = `translate(-50%, -50%) rotate(${turn.toFixed(1)}deg)`;
}

function turned(w, h, angle) {
  const c = Math.abs(Math.cos((angle * Math.PI) / 180)), s = Math.abs(Math.sin((angle * Math.PI) / 180));
  return [(w * c + h * s) / 2, (w * s + h * c) / 2];
}

function stretches(map, layer, size, needed) {
  const rings = layer.getLatLngs();
  const parts = Array.isArray(rings[0]) ? rings : [rings];
  const found = [];
  for (const part of parts) {
    const points = part.map((latlng) => map.latLngToContainerPoint(latlng));
    for (let from = 0; from < points.length - 1; from++) {
      let length = 0;
      for (let to = from + 1; to < points.length; to++) {
        length += points[to].distanceTo(points[to - 1]);
        const straight = points[to].distanceTo(points[from]);
        if (straight < length * 0.985) break;
        if (straight < needed) continue;
        const x = (points[from].x + points[to].x) / 2, y = (points[from].y + points[to].y) / 2;
        const middle = points[(from + to) >> 1];
        if (x > 0 && y > 0 && x < size.x && y < size.y && sandbox.hasGround(x, y)) {
          let angle = (Math.atan2(points[to].y - points[from].y, points[to].x - points[from].x) * 180) / Math.PI;
          if (angle > 90) angle -= 180;
          if (angle < -90) angle += 180;
          const bent = to - from > 1;
          found.push({ x: bent ? (x + middle.x) / 2 : x, y: bent ? (y + middle.y) / 2 : y, angle, steep: Math.abs(angle) > 52, off: Math.hypot(x - size.x / 2, y - size.y / 2) });
        }
        break;
      }
    }
  }
  return found.sort((a, b) => a.off - b.off);
}
