/* The view in the address: who is sent it sees the same. */
"use strict";

const LATER_MS = 250;

/* What the address says, with every value checked: it may come from anybody. */
sandbox.readAddress = function () {
  const { page, play } = sandbox, told = new URLSearchParams(location.hash.slice(1));
  const number = (name, from, to) => {
    const text = told.get(name), value = Number(text);
    return text !== null && text.trim() !== "" && Number.isFinite(value) && value >= from && value <= to ? value : null;
  };
  const view = (told.get("at") ?? "").split(",").map(Number);
  return {
    language: ["zh", "en"].includes(told.get("lang")) ? told.get("lang") : null,
    theme: ["light", "dark"].includes(told.get("look")) ? told.get("look") : null,
    at: view.length === 3 && view.every(Number.isFinite) && Math.abs(view[0]) <= 85 && Math.abs(view[1]) <= 180
      && view[2] >= page.zooms[0] && view[2] <= page.zooms[1] ? view : null,
    minutes: play ? number("min", 1, play.most) : null,
    view: play && ["side", "change", "swipe", "saved"].includes(told.get("view")) ? told.get("view") : null,
    side: play ? number("side", 0, play.sides.length - 1) : null,
    departure: play ? number("leaving", 0, play.departures.length - 1) : null,
    swiped: told.get("swiped") === "yes" && Boolean(sandbox.swipeFacts),
    divide: number("divide", 0, 100),
    year: number("year", 0, 9999),
    place: sandbox.toldOf(told.get("place") ?? "") ? told.get("place") : null,
    paper: sandbox.papers().includes(told.get("paper")) ? told.get("paper") : null,
    hidden: told.has("off") ? told.get("off").split(",") : null,
  };
};

sandbox.useAddress = function () {
  const told = sandbox.readAddress(), { play, map } = sandbox;
  if (told.theme) {
    sandbox.root.dataset.theme = told.theme;
    sandbox.tell("theme");
  }
  if (told.paper) sandbox.setPaper(told.paper);
  if (told.language) sandbox.speak(told.language);
  // Swiping shows both sides, so it comes before the layers that the address names.
  if (told.swiped) sandbox.swipeFacts(true);
  if (told.hidden) {
    for (const box of document.querySelectorAll("input[data-layer]")) {
      if (box.checked === told.hidden.includes(box.dataset.layer)) box.click();
    }
  }
  if (told.minutes !== null) sandbox.setCutoff(told.minutes);
  if (told.view && (told.view !== "saved" || play.kind === "compared") && (told.view === "side" ? play.kind !== "compared" : play.kind !== "one")) sandbox.setView(told.view, told.side ?? 0);
  if (told.departure !== null) sandbox.setDeparture?.(told.departure);
  if (told.divide !== null) sandbox.setDivide(told.divide / 100);
  if (told.year !== null) sandbox.showYear?.(told.year);
  if (told.place) sandbox.showPlace(told.place, null, told.at !== null);
  if (told.at) map.setView([told.at[0], told.at[1]], told.at[2], { animate: false });
};

function address() {
  const { map, play } = sandbox, told = new URLSearchParams();
  const center = map.getCenter();
  told.set("lang", sandbox.language());
  if (sandbox.root.dataset.theme) told.set("look", sandbox.root.dataset.theme);
  told.set("at", [center.lat.toFixed(5), center.lng.toFixed(5), map.getZoom()].join(","));
  if (play) {
    told.set("min", sandbox.number(play.at));
    if (play.kind !== "one") told.set("view", play.view);
    if (play.view === "side" && play.side) told.set("side", play.side);
    if (play.departure >= 0) told.set("leaving", play.departure);
  }
  if (sandbox.factsSwiped) told.set("swiped", "yes");
  if (sandbox.swiping()) told.set("divide", Math.round(sandbox.divide * 100));
  if (sandbox.openedBy) told.set("year", sandbox.openedBy);
  if (sandbox.opened) told.set("place", sandbox.opened.key);
  told.set("off", [...document.querySelectorAll("input[data-layer]:not(:checked)")].map((box) => box.dataset.layer).join(","));
  return "#" + told.toString();
}

sandbox.startSharing = function () {
  let later = 0;
  const write = () => {
    const now = address();
    if (now === location.hash) return;
    // A page within another's frame may not write its address; it goes on without.
    try { history.replaceState(null, "", now); } catch { /* as said */ }
  };
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(write, LATER_MS);
  };
  sandbox.listen("share", soon);
  sandbox.map.on("moveend", soon);
  window.addEventListener("hashchange", sandbox.useAddress);
  const button = sandbox.byId("share"), said = sandbox.byId("share_said");
  button.addEventListener("click", async () => {
    write();
    try { await navigator.clipboard.writeText(location.href); } catch { copyOldWay(location.href); }
    said.textContent = sandbox.say("copied");
  });
};

function copyOldWay(text) {
  const box = sandbox.element("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}
