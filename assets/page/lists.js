/* Figures and lists beside the map: what the slider's minutes reach, what changes, tables. */
"use strict";

const MOST_ROWS = 40;
/* Rows of a table that show at first. */
const MOST_SHOWN = 60;

/* When a place is reached, as a card says it. */
sandbox.minutesOf = function (key) {
  const { play } = sandbox, place = play?.named.find((each) => each.key === key);
  if (!place) return "";
  const said = (id) => (place.minutes[id] === undefined ? "–" : sandbox.minutes(place.minutes[id]));
  if (play.view === "side") {
    const { id } = play.sides[play.side];
    return place.minutes[id] === undefined ? "" : (place.about ? "≈ " : "") + said(id) + " " + sandbox.say("minutes");
  }
  const [base, plan] = sandbox.pair();
  const before = said(base.id), after = said(plan.id);
  return (before === after ? before : before + " → " + after) + " " + sandbox.say("minutes");
};

const figure = ({ km2, about }, digits = 2) => (about ? "≈ " : "") + km2.toFixed(digits);
const digitsOf = (km2) => (km2 >= 100 || km2 === 0 ? 0 : km2 >= 10 ? 1 : 2);

/* One sentence in large figures: minutes, area, places. */
function sayAnswer() {
  const { play } = sandbox, told = sandbox.byId("told"), at = play.at;
  const parts = [sandbox.element("b", "minutes_at", sandbox.say("within", { minutes: sandbox.number(at) }))];
  const add = (text) => parts.push(sandbox.element("span", "", text));
  if (play.view === "side") {
    const side = sandbox.shownSide(), area = sandbox.areaOf(side, at);
    add(sandbox.say("km2", { area: figure(area) }));
    if (play.departure < 0) add(sandbox.say("places", { number: sandbox.countAt(play.sides[play.side].id, at) }));
  } else {
    const [base, plan] = sandbox.pair();
    const before = sandbox.areaOf(base, at), after = sandbox.areaOf(plan, at);
    const digits = digitsOf(Math.max(before.km2, after.km2));
    add(sandbox.say("km2", { area: figure(before, digits) + " → " + figure(after, digits) }));
    const counts = [sandbox.countAt(base.id, at), sandbox.countAt(plan.id, at)];
    add(sandbox.say("places", { number: counts[0] === counts[1] ? counts[0] : counts.join(" → ") }));
    const change = sandbox.changeOf(at);
    const mark = (kind) => {
      const chip = sandbox.element("span", "chip changed " + kind);
      chip.append(sandbox.element("i", "bar"), changeWord(kind) + " " + sandbox.say("km2", { area: figure({ km2: change[kind], about: change.about }, digitsOf(change[kind])) }));
      return chip;
    };
    if (play.kind === "origins") {
      Object.assign(change, { shared: Math.max(0, after.km2 - change.gained) });
      parts.push(mark("lost"), mark("gained"), mark("shared"));
    } else parts.push(mark("gained"), mark("lost"));
  }
  told.replaceChildren(...parts.flatMap((part, k) => (k ? [document.createTextNode(" "), part] : [part])));
  sandbox.byId("cutoff").setAttribute("aria-valuetext", told.textContent);
  sayDivide();
  // Figures answer at once; the sentence above, which may take another line, in the next frame.
  sandbox.later("finding", sayFinding);
}

/* What the comparison found within the slider's minutes: as the program says it, else this place's. */
function sayFinding() {
  const { play } = sandbox, box = document.querySelector(".finding");
  if (!play.findings || !box) return;
  const found = play.findings[sandbox.number(play.at)] ?? ownFinding();
  for (const language of ["zh", "en"]) box.querySelector("." + language).textContent = found[language];
}

function ownFinding() {
  const { play, page } = sandbox, { gained, lost, about } = sandbox.changeOf(play.at);
  const kind = gained && lost ? "both" : gained ? "gained" : lost ? "lost" : "same";
  const km2 = (value) => (about ? "≈ " : "") + (value >= 0.095 || value === 0 ? value.toFixed(1) : String(Number(value.toPrecision(2))));
  const values = { minutes: sandbox.number(play.at), gained: km2(gained), lost: km2(lost) };
  const inLanguage = (language) => page.words["finds_" + kind][language].replace(/\{(\w+)\}/g, (whole, name) =>
    name === "plan" ? sandbox.pair()[1].title[language] : name === "place" ? play.place[language] : values[name] ?? whole);
  return { zh: inLanguage("zh"), en: inLanguage("en") };
}

/* Each side of the divide says what it is, and its own figure. */
function sayDivide() {
  const { play } = sandbox;
  if (play.sides.length < 2 || sandbox.factsSwiped) return;
  sandbox.pair().forEach((side, number) => {
    const area = sandbox.areaOf(side, play.at), label = sandbox.byId(number ? "divide_right" : "divide_left");
    label.replaceChildren(sandbox.element("span", "", sandbox.said(side.title)),
      sandbox.element("b", "", sandbox.say("km2", { area: figure(area, digitsOf(area.km2)) })));
  });
}

sandbox.countAt = function (id, at) {
  let number = 0;
  for (const layer of sandbox.play.layers) for (const minutes of layer.minutes[id] ?? []) number += minutes <= at;
  return number;
};

/* What a change is called: of two origins neither is a plan. */
function changeWord(kind) {
  if (sandbox.play.kind !== "origins") return sandbox.say(kind);
  if (kind === "shared") return sandbox.say(kind);
  return sandbox.say("only", { name: sandbox.said(sandbox.pair()[kind === "gained" ? 1 : 0].title) });
}

function nameOf(place) {
  const name = sandbox.said(place);
  return place.status ? sandbox.say(place.status, { name }) : name;
}

function listPlaces() {
  const { play } = sandbox, list = sandbox.byId("places"), at = play.at;
  const comparing = play.view !== "side", [base, plan] = sandbox.pair(), { id } = play.sides[play.side];
  const rows = [];
  for (const place of play.named) {
    const before = place.minutes[comparing ? base.id : id] ?? Infinity;
    const after = comparing ? place.minutes[plan.id] ?? Infinity : before;
    if (Math.min(before, after) > at) continue;
    const change = !comparing || (before <= at) === (after <= at) ? "" : after <= at ? "gained" : "lost";
    rows.push({ place, before, after, change });
  }
  const group = { gained: 0, lost: 1, "": 2 };
  rows.sort((a, b) => group[a.change] - group[b.change] || Math.min(a.before, a.after) - Math.min(b.before, b.after));
  const all = comparing ? rows.length : sandbox.countAt(id, at);
  list.replaceChildren(...rows.slice(0, MOST_ROWS).map((row) => placeRow(row, comparing)));
  sandbox.byId("places_more").textContent = all > Math.min(rows.length, MOST_ROWS)
    ? sandbox.say("more_places", { number: all - Math.min(rows.length, MOST_ROWS) }) : rows.length ? "" : sandbox.say("nothing");
  const about = sandbox.byId("indicative");
  if (about) about.hidden = !rows.slice(0, MOST_ROWS).some(({ place }) => place.about);
  const counts = sandbox.byId("counts");
  counts.replaceChildren(...play.layers.map((layer) => {
    const number = (layer.minutes[comparing ? plan.id : id] ?? []).filter((minutes) => minutes <= at).length;
    if (!number) return null;
    const chip = sandbox.element("span", "chip");
    chip.append(...(layer.icon ? [sandbox.icon(layer.icon)] : []), sandbox.said(layer) + " ", sandbox.element("b", "", String(number)));
    return chip;
  }).filter(Boolean));
}

function placeRow({ place, before, after, change }, comparing) {
  const item = sandbox.element("li"), button = sandbox.element("button", "row");
  button.type = "button";
  button.dataset.place = place.key;
  if (place.icon) button.append(sandbox.icon(place.icon));
  const grow = sandbox.element("span", "grow", nameOf(place));
  if (change) grow.append(" ", sandbox.element("i", "changed mark " + change, changeWord(change)));
  if (place.whose) grow.append(" ", sandbox.element("i", "mark", sandbox.said(place.whose)));
  button.append(grow);
  const minutes = sandbox.element("span", "minutes");
  const said = (value) => (Number.isFinite(value) ? sandbox.minutes(value) : "–");
  const figures = comparing && said(before) !== said(after) ? said(before) + " → " + said(after) : said(Math.min(before, after));
  minutes.append(place.about ? "≈ " : "", sandbox.element("b", "", figures), " " + sandbox.say("minutes"));
  button.append(minutes);
  button.addEventListener("click", () => sandbox.showPlace(place.key, button));
  item.append(button);
  return item;
}

/* All that follows from the slider, the view or the departure: figures at once, the map's picture in the next frame, names once it rests. */
let soon = 0;
sandbox.answerAgain = function () {
  sandbox.sayAgain();
  sandbox.later("picture", () => sandbox.repaint(true));
};

/* The same without the map's picture. */
sandbox.sayAgain = function () {
  sandbox.nameIt();
  sayAnswer();
  sandbox.later("list", listPlaces);
  const legends = { saved_legend: "saved", legend: "change" };
  for (const [id, view] of Object.entries(legends)) {
    const legend = sandbox.byId(id);
    if (legend && sandbox.play.kind !== "one") legend.hidden = sandbox.play.view !== view;
  }
  clearTimeout(soon);
  soon = setTimeout(() => {
    if (sandbox.coarse) sandbox.repaint();
    sandbox.namesLater?.();
    sandbox.tell("share");
  }, 160);
};

/* Tables are sorted by a touch of their heads: figures as figures, words as words. */
sandbox.startTables = function () {
  for (const table of document.querySelectorAll(".result table")) {
    const show = sandbox.sortable(table);
    sandbox.listen("paper", () => show(sandbox.root.classList.contains("printing")));
  }
};

/* A long table shows its first rows until somebody wants all; paper takes what fits. */
sandbox.sortable = function (table) {
  const body = table.tBodies[0];
  let rows = [...body.rows], most = rows.length > 1.5 * MOST_SHOWN ? MOST_SHOWN : Infinity;
  const show = (all = false) => { if (all || body.rows.length !== Math.min(most, rows.length)) body.replaceChildren(...rows.slice(0, all ? Infinity : most)); };
  if (most < rows.length) {
    const button = sandbox.element("button", "outlined wide all-rows");
    button.type = "button";
    for (const [language, text] of Object.entries(sandbox.page.words.all_rows)) {
      const said = sandbox.element("span", language, text.replace("{number}", rows.length));
      said.lang = language === "zh" ? "zh-CN" : "en";
      button.append(said);
    }
    button.addEventListener("click", () => {
      most = Infinity;
      button.remove();
      show();
    });
    table.after(button);
    show();
  }
  table.querySelectorAll("thead button").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.closest("th"), down = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
      const value = (row) => {
        const cell = row.cells[column], words = cell.querySelector("." + sandbox.language());
        const text = (words ?? cell).textContent.trim(), number = parseFloat(text.split("→").pop().replace(/[,\s≈%]/g, ""));
        return words || Number.isNaN(number) ? text : number;
      };
      const order = (one, two) => {
        if (typeof one === "number" && typeof two === "number") return one - two;
        if (typeof one === "number" || typeof two === "number") return typeof one === "number" ? -1 : 1;
        return compare(one, two);
      };
      const { compare } = new Intl.Collator(sandbox.root.lang);
      const sorted = rows.map((row) => [value(row), row]).sort((a, b) => down * order(a[0], b[0]));
      rows = sorted.map(([, row]) => row);
      body.replaceChildren(...rows.slice(0, most));
    });
  });
  return show;
};

/* Places with a year of opening, each once. */
sandbox.openedPlaces = function () {
  const seen = new Set();
  return sandbox.places.filter(({ told }) => told.year && !seen.has(told.key) && seen.add(told.key));
};

/* Places by the year in which they opened: later ones, and those without a year, are hidden. */
sandbox.startYears = function () {
  const slider = sandbox.byId("year");
  if (!slider) return;
  const said = sandbox.byId("year_said"), list = sandbox.byId("year_list");
  function show() {
    const last = Number(slider.value) > Number(slider.max) - 1, year = last ? null : Number(slider.value);
    sandbox.openedBy = year;
    const opened = sandbox.openedPlaces();
    const at = year ?? Math.max(...opened.map(({ told }) => told.year));
    const fresh = opened.filter(({ told }) => told.year === at);
    const sentence = sandbox.say("opened_by", { year: at, new: fresh.length, all: opened.filter(({ told }) => told.year <= at).length });
    said.textContent = sentence;
    slider.setAttribute("aria-valuetext", sentence);
    list.replaceChildren(...fresh.slice(0, 12).map(({ told }) => {
      const item = sandbox.element("li"), button = sandbox.element("button", "row");
      button.type = "button";
      if (told.icon) button.append(sandbox.icon(told.icon));
      button.append(sandbox.element("span", "grow", sandbox.said(told)));
      button.addEventListener("click", () => sandbox.showPlace(told.key, button));
      item.append(button);
      return item;
    }));
    sandbox.namesLater?.();
    sandbox.tell("share");
  }
  slider.addEventListener("input", show);
  sandbox.listen("language", () => sandbox.later("years", show));
  sandbox.showYear = (year) => { slider.value = year; show(); };
};
