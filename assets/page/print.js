/* The page on one sheet of paper: A4 or A3, upright or across. */
"use strict";

sandbox.papers = () => [...sandbox.byId("paper").options].map(({ value }) => value);

/* The paper stands in a style sheet, which a printer's dialog takes over. */
sandbox.setPaper = function (paper) {
  const [size, turned] = paper.split("-");
  sandbox.byId("paper").value = sandbox.root.dataset.paper = paper;
  sandbox.byId("paper_size").textContent = `@page { size: ${size.toUpperCase()} ${turned}; margin: 10mm; }`;
};

sandbox.startPrinting = function () {
  const paper = sandbox.byId("paper");
  paper.addEventListener("change", () => sandbox.setPaper(paper.value));
  const speak = () => { for (const one of paper.options) one.textContent = one.dataset[sandbox.language() === "zh" ? "inZh" : "inEn"]; };
  sandbox.listen("language", speak);
  speak();
  sandbox.byId("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => printing(true));
  window.addEventListener("afterprint", () => printing(false));
};

/* On paper the map is as wide as the sheet allows, light, and fitted anew; then all is as it was. */
function printing(on) {
  const { map, root } = sandbox;
  if (on) {
    sandbox.beforePrint = { theme: root.dataset.theme, center: map.getCenter(), zoom: map.getZoom() };
    root.dataset.theme = "light";
  } else if (sandbox.beforePrint.theme) root.dataset.theme = sandbox.beforePrint.theme;
  else delete root.dataset.theme;
  root.classList.toggle("printing", on);
  sandbox.tell("theme");
  map.invalidateSize({ animate: false, pan: false });
  if (on && sandbox.page.bounds) sandbox.fit(sandbox.page.bounds);
  else map.setView(sandbox.beforePrint.center, sandbox.beforePrint.zoom, { animate: false });
  // Names are placed before the paper is: nothing of it may wait for a frame.
  for (const call of [...sandbox.waiting.values()]) call();
  for (const renderer of sandbox.renderers.values()) {
    if (!(renderer instanceof L.Canvas) || !renderer._map) continue;
    renderer._redrawBounds = null;
    renderer._redraw();
  }
  if (on) for (const canvas of map.getContainer().querySelectorAll("canvas")) fixPixels(canvas);
  sandbox.placeNames();
  sandbox.layDivide();
  sandbox.tell("paper");
  if (on) cutToSheet();
  else {
    sandbox.byId("more_sources").hidden = true;
    for (const one of document.querySelectorAll(".cut")) one.classList.remove("cut");
  }
  sandbox.tell("settle");
}

/* Paper gets a canvas's strokes anew, and where it was cleared a white sheet over all below: hand on pixels alone. */
function fixPixels(canvas) {
  const { width, height } = canvas, context = canvas.getContext("2d");
  if (width && height) context.putImageData(context.getImageData(0, 0, width, height), 0, 0);
}

/* How much of the panel's room is for the answer where sources would fill all of it. */
const ANSWER_SHARE = 0.68;

/* What the sheet has no room for is left out by whole rows, the last first. */
function cutToSheet() {
  const box = sandbox.byId("sheet").querySelector(".scroll"), sources = [...box.querySelectorAll(".sources p:not(#more_sources)")], more = sandbox.byId("more_sources"), parts = [];
  for (const one of box.children) {
    if (one.matches(".sources") || getComputedStyle(one).display === "none") continue;
    const rows = one.matches(".places") ? [...one.children] : one.matches(".result") ? [...one.querySelectorAll("tbody tr")] : [];
    // The first row brings its heading along.
    parts.push(one, ...rows.slice(1));
  }
  const top = box.getBoundingClientRect().top, filled = () => Math.max(...[...box.children].map((one) => one.getBoundingClientRect().bottom)) - top;
  const most = (all, from, room) => {
    let low = from, high = all.length;
    const show = (count) => all.forEach((one, number) => one.classList.toggle("cut", number >= count));
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      show(middle);
      if (filled() <= room) low = middle;
      else high = middle - 1;
    }
    show(low);
    return low;
  };
  const heading = box.querySelector(".sources"), room = box.clientHeight + 1;
  more.hidden = false;
  heading.classList.add("cut");
  const kept = most(parts, 0, room * ANSWER_SHARE);
  heading.classList.remove("cut");
  most(sources, 1, room);
  most(parts, kept, room);
  more.hidden = !sources.some((one) => one.matches(".cut"));
}
