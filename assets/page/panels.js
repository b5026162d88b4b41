/* Panels: language, layers, sheet, popups. */
"use strict";

sandbox.popup = function (told) {
  const said = (text) => text[sandbox.language()] || text[sandbox.other()] || "";
  const words = sandbox.page.words;
  const box = sandbox.element("div", "popup");
  box.append(sandbox.element("h2", "", said(told) || told.key));
  const other = told[sandbox.other()];
  if (other && other !== said(told)) box.append(sandbox.element("div", "other", other));
  const list = sandbox.element("dl");
  for (const [name, value] of sandbox.page.facts[told.facts] ?? []) {
    const text = typeof value === "object" ? said(value) : value;
    if (!text) continue;
    const row = sandbox.element("div");
    row.append(sandbox.element("dt", "", said(words[name] ?? name)), sandbox.element("dd", "", text));
    list.append(row);
  }
  const minutes = sandbox.page.minutes[told.key];
  if (minutes !== undefined) {
    const row = sandbox.element("div");
    row.append(sandbox.element("dt", "", said(words.on_foot)), sandbox.element("dd", "", minutes + " " + said(words.minutes)));
    list.prepend(row);
  }
  box.append(list);
  if (told.note) box.append(sandbox.element("p", "", said(told.note)));
  return box;
};

sandbox.furnish = function () {
  const { map, groups } = sandbox;
  const byId = (id) => document.getElementById(id);
  const layers = byId("layers"), sheet = byId("sheet"), handle = byId("handle");

  function speak(language) {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = sandbox.page.title[language];
    for (const button of document.querySelectorAll("[data-zh]")) {
      button.title = button.dataset[language];
      button.setAttribute("aria-label", button.dataset[language]);
    }
    if (sandbox.opened) sandbox.opened.update();
    settle();
  }
  function settle() {
    byId("tools").style.top = sandbox.wide() ? "" : byId("head").getBoundingClientRect().bottom + 12 + "px";
    layers.style.top = sandbox.wide() ? "" : byId("tools").style.top;
    if (sandbox.wide()) {
      const head = byId("head").offsetHeight;
      sheet.style.paddingTop = head + "px";
      layers.style.maxHeight = "";
      for (const id of ["legal"]) byId(id).style.bottom = "";
      document.querySelector(".leaflet-bottom.leaflet-right").style.bottom = "";
    } else {
      sheet.style.paddingTop = "";
      const up = sheet.offsetHeight + 10 + "px";
      byId("legal").style.bottom = up;
      document.querySelector(".leaflet-bottom.leaflet-right").style.bottom = up;
    }
    if (!sandbox.wide()) {
      const room = byId("legal").getBoundingClientRect().top - layers.getBoundingClientRect().top - 10;
      layers.style.maxHeight = layers.hidden ? "" : room + "px";
    }
    if (sandbox.namesLater) sandbox.namesLater();
  }
  function showLayers(on) {
    layers.hidden = !on;
    byId("layers_button").setAttribute("aria-expanded", String(on));
    if (sandbox.wide()) settle();
    else stand(on ? "low" : "mid");
  }
  function stand(state) {
    sheet.dataset.state = state;
    document.body.dataset.sheet = state;
    if (!sandbox.wide() && state !== "low") {
      layers.hidden = true;
      byId("layers_button").setAttribute("aria-expanded", "false");
    }
    handle.setAttribute("aria-expanded", String(state === "high"));
    if (state !== "high") sheet.querySelector(".scroll").scrollTop = 0;
    settle();
  }

  map.on("popupopen popupclose", (event) => {
    sandbox.opened = event.type === "popupopen" ? event.popup : null;
    document.body.classList.toggle("reading", Boolean(sandbox.opened));
    settle();
  });
  byId("language").addEventListener("click", () => speak(sandbox.other()));
  byId("nearer").addEventListener("click", () => map.zoomIn(1));
  byId("farther").addEventListener("click", () => map.zoomOut(1));
  byId("layers_button").addEventListener("click", () => showLayers(layers.hidden));
  byId("layers_close").addEventListener("click", () => showLayers(false));
  const bound = () => {
    byId("nearer").disabled = map.getZoom() >= map.getMaxZoom();
    byId("farther").disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", bound);
  for (const box of layers.querySelectorAll("input[data-layer]")) {
    const group = groups[box.dataset.layer];
    box.addEventListener("change", () => {
      if (box.checked) map.addLayer(group);
      else map.removeLayer(group);
      sandbox.redrawRoads();
      sandbox.namesLater();
    });
  }

  // The sheet: a tap opens or closes it, a pull does the same the way it goes.
  const states = ["low", "mid", "high"];
  let grip = null;
  handle.addEventListener("pointerdown", (event) => {
    grip = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointerup", (event) => {
    const pulled = grip === null ? 0 : grip - event.clientY;
    grip = null;
    const at = states.indexOf(sheet.dataset.state);
    if (Math.abs(pulled) > 24) stand(states[Math.max(0, Math.min(2, at + Math.sign(pulled)))]);
    else stand(sheet.dataset.state === "high" ? "mid" : "high");
  });
  handle.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    stand(sheet.dataset.state === "high" ? "mid" : "high");
  });
  for (const row of document.querySelectorAll("[data-place]")) {
    row.addEventListener("click", () => {
      const place = sandbox.places.find((each) => each.told.key === row.dataset.place);
      if (!place) return;
      if (!sandbox.wide()) stand("low");
      if (!map.hasLayer(place.group)) layers.querySelector(`[data-layer="${CSS.escape(place.told.layer)}"]`)?.click();
      const free = sandbox.free(), size = map.getSize(), zoom = Math.max(map.getZoom(), 14);
      const target = map.project(place.marker.getLatLng(), zoom);
      target.x -= (free.left + free.right - size.x) / 2;
      target.y -= (free.top + free.bottom - size.y) / 2 + 60;
      map.once("moveend", () => place.marker.openPopup());
      map.setView(map.unproject(target, zoom), zoom);
    });
  }
  window.addEventListener("resize", settle);
  bound();
  speak(sandbox.language());
  showLayers(window.innerWidth >= 1100);
};
