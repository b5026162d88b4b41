/* What is known of a place, and finding one by name, pinyin or initials. */
"use strict";

sandbox.openCard = function (told, from = document.activeElement, still = false) {
  const card = sandbox.byId("card"), body = sandbox.byId("card_body");
  sandbox.opened = told;
  sandbox.openedFrom = from === document.body ? null : from;
  body.replaceChildren(...cardContent(told));
  card.hidden = false;
  document.body.classList.add("reading");
  sandbox.byId("sheet").querySelector(".scroll").scrollTop = 0;
  if (!sandbox.wide()) sandbox.stand("mid");
  sandbox.tell("settle");
  sandbox.byId("card_name").focus({ preventScroll: true });
  // What was touched answers first; the map moves once that is on the screen.
  requestAnimationFrame(() => setTimeout(() => { if (sandbox.opened === told) keepInView(told, still); }, 0));
  sandbox.tell("share");
};

sandbox.closeCard = function () {
  if (!sandbox.opened) return;
  sandbox.opened = null;
  sandbox.byId("card").hidden = true;
  document.body.classList.remove("reading");
  sandbox.ring?.remove();
  sandbox.tell("settle");
  if (sandbox.openedFrom?.isConnected) sandbox.openedFrom.focus({ preventScroll: true });
  sandbox.tell("share");
};

function cardContent(told) {
  const { said, element } = sandbox;
  const name = element("h2", "", said(told) || told.key);
  name.id = "card_name";
  name.tabIndex = -1;
  const made = [name];
  const other = told[sandbox.other()];
  if (other && other !== said(told)) {
    const line = element("p", "other", other);
    line.lang = sandbox.other() === "zh" ? "zh-CN" : "en";
    made.push(line);
  }
  const list = element("dl");
  const minutes = sandbox.minutesOf(told.key);
  if (minutes) list.append(row(sandbox.say("taken"), minutes));
  for (const [key, value] of sandbox.page.facts[told.facts] ?? []) {
    const text = typeof value === "object" ? said(value) : value;
    const heading = typeof key === "object" ? said(key) : sandbox.say(key);
    if (text) list.append(row(heading, text));
  }
  made.push(list);
  if (told.note) made.push(element("p", "", said(told.note)));
  return made;
}

function row(heading, text) {
  const made = sandbox.element("div");
  made.append(sandbox.element("dt", "", heading), sandbox.element("dd", "", text));
  return made;
}

/* Origin, bands and the place stay in view together; the map moves only where one of them isn't. */
function keepInView(told, still) {
  const place = sandbox.whereIs(told.key), { map, page } = sandbox;
  sandbox.ring?.remove();
  if (!place) return;
  const box = sandbox.element("div", "ring");
  sandbox.ring = sandbox.mark(place, box, { zIndexOffset: 8000 }).addTo(map);
  if (still) return;
  const wanted = L.latLngBounds([place]);
  if (sandbox.play) wanted.extend(sandbox.answerBounds());
  else if (page.bounds) wanted.extend(page.bounds);
  if (page.pin) wanted.extend(page.pin);
  const free = sandbox.free();
  const nw = map.latLngToContainerPoint(wanted.getNorthWest()), se = map.latLngToContainerPoint(wanted.getSouthEast());
  if (nw.x < free.left || nw.y < free.top || se.x > free.right || se.y > free.bottom) sandbox.fit(wanted);
}

/* Where a feature of the map is: its mark, or the middle of its line. */
sandbox.whereIs = function (key) {
  const place = sandbox.places.find((each) => each.told.key === key);
  if (place) return place.marker.getLatLng();
  const line = sandbox.lines.find((each) => each.told.key === key);
  if (line) return line.layer.getBounds().getCenter();
  const listed = sandbox.play?.named.find((each) => each.key === key);
  return listed ? L.latLng(listed.at) : null;
};

sandbox.toldOf = (key) => [...sandbox.places, ...sandbox.lines].find((each) => each.told.key === key)?.told
  ?? sandbox.play?.named.find((each) => each.key === key);

/* Open a place by its key, its layer switched on. */
sandbox.showPlace = function (key, from, still = false) {
  const told = sandbox.toldOf(key);
  if (!told) return;
  const box = told.layer && document.querySelector(`[data-layer="${CSS.escape(told.layer)}"]`);
  if (box && !box.checked) box.click();
  sandbox.openCard(told, from, still);
};

/* Names as they are compared: small letters, no accents, no blanks. */
const plain = (text) => (text ?? "").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const tight = (text) => plain(text).replace(/[\s·・()（）,，.'’"“”-]+/g, "");

sandbox.find = function (typed) {
  const wanted = tight(typed).slice(0, 60);
  if (!wanted) return [];
  const sounds = wanted.replace(/ü|v/g, "u"), found = [];
  for (const entry of findable()) {
    const rank = entry.zh.startsWith(wanted) || entry.en.startsWith(wanted) ? 0
      : entry.zh.includes(wanted) || entry.en.includes(wanted) ? 1
        : entry.pinyin.startsWith(sounds) || entry.initials.startsWith(sounds) ? 2
          : sounds.length > 1 && (entry.initials.includes(sounds) || entry.starts.some((start) => start.startsWith(sounds))) ? 3 : null;
    if (rank !== null) found.push({ ...entry, rank });
  }
  return found.sort((a, b) => a.rank - b.rank || a.told.rank - b.told.rank).slice(0, 30);
};

let index = null;
function findable() {
  if (index) return index;
  const sounds = new Map(sandbox.page.found.map(({ key, sounds: text }) => [key, text ? text.split(" ") : []]));
  const seen = new Set();
  index = [];
  for (const { told } of [...sandbox.places, ...sandbox.lines]) {
    if (seen.has(told.key) || !(told.zh || told.en)) continue;
    seen.add(told.key);
    const syllables = sounds.get(told.key) ?? [];
    index.push({
      told, zh: tight(told.zh), en: tight(told.en), pinyin: syllables.join(""),
      initials: syllables.map((one) => one[0]).join(""),
      starts: syllables.map((_, from) => syllables.slice(from).join("")),
    });
  }
  return index;
}

sandbox.startSearch = function () {
  const input = sandbox.byId("find_input"), list = sandbox.byId("find_list"), said = sandbox.byId("find_said");
  function search() {
    const found = sandbox.find(input.value);
    list.replaceChildren(...found.map(({ told }) => {
      const item = sandbox.element("li"), button = sandbox.element("button", "row");
      button.type = "button";
      if (told.icon) button.append(sandbox.icon(told.icon));
      button.append(sandbox.element("span", "grow", sandbox.said(told)));
      button.addEventListener("click", () => {
        sandbox.showPanel(null);
        sandbox.showPlace(told.key, sandbox.byId("find_button"));
      });
      item.append(button);
      return item;
    }));
    said.textContent = !input.value.trim() ? "" : found.length ? sandbox.say("found", { number: found.length }) : sandbox.say("not_found");
  }
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
  });
  sandbox.listen("language", search);
};
