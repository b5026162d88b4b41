/* The pictures as tables: what the map shows, in words and figures, made when somebody opens it. */
"use strict";

/* Places that a table lists; the search finds all. */
const MOST_LISTED = 500;

sandbox.startBehind = function () {
  const box = sandbox.byId("behind"), inside = sandbox.byId("behind_tables");
  // It opens at once; what it holds follows, one table after the other.
  const tables = [minutesTable, departuresTable, yearsTable, placesTable];
  const fill = (number = 0, made = []) => {
    if (!box.open) return;
    const told = tables[number]();
    const all = told ? [...made, shown(told)] : made;
    if (number + 1 < tables.length) sandbox.later("behind", () => fill(number + 1, all));
    else inside.replaceChildren(...all);
  };
  const soon = () => { if (box.open) sandbox.later("behind", fill); };
  box.addEventListener("toggle", soon);
  sandbox.listen("language", soon);
  sandbox.listen("layers", soon);
};

/* A table of texts: its name, the heads of its columns, and rows; a cell can lead to a place. */
function shown({ name, columns, rows, note }) {
  const { element } = sandbox, aside = element("div", "aside"), table = element("table");
  Object.assign(aside, { tabIndex: 0, role: "region" });
  aside.setAttribute("aria-label", name);
  table.append(element("caption", "", name));
  const head = table.createTHead().insertRow(), body = table.createTBody();
  const words = columns.map((_, column) => isWords(rows, column));
  columns.forEach((title, column) => {
    const cell = element("th"), button = element("button", "", title);
    Object.assign(cell, { scope: "col" });
    button.type = "button";
    if (words[column]) cell.className = "words";
    cell.append(button);
    head.append(cell);
  });
  for (const { key, cells } of rows) {
    const row = body.insertRow();
    cells.forEach((text, column) => {
      const cell = element(column ? "td" : "th", words[column] ? "words" : "");
      if (!column) cell.scope = "row";
      if (!column && key) {
        const button = element("button", "", text);
        button.type = "button";
        button.addEventListener("click", () => sandbox.showPlace(key, button));
        cell.append(button);
      } else cell.textContent = text;
      row.append(cell);
    });
  }
  aside.append(table);
  if (note) aside.append(element("p", "small", note));
  sandbox.sortable(table);
  return aside;
}

const isWords = (rows, column) => rows.some(({ cells }) => Number.isNaN(parseFloat(String(cells[column]).replace(/[≈,\s]/g, "") || "0")));

/* What the contours enclose, minute by minute, as the program computed it. */
function minutesTable() {
  const { play, say, said } = sandbox;
  if (!play) return null;
  const compared = play.kind === "compared", sides = compared ? sandbox.pair() : play.sides;
  const stops = Object.keys(sides[0].km2).map(Number).sort((a, b) => a - b);
  const named = (side, unit) => (sides.length > 1 ? said(side.title) + " · " : "") + unit;
  const columns = [say("minutes_head"), ...sides.map((side) => named(side, say("km2_head"))), ...sides.map((side) => named(side, say("places_head")))];
  if (compared) columns.splice(3, 0, say("gained") + " · " + say("km2_head"), say("lost") + " · " + say("km2_head"));
  const rows = stops.map((minutes) => {
    const cells = [sandbox.number(minutes), ...sides.map((side) => sandbox.areaOf(side, minutes).km2.toFixed(2)), ...sides.map((side) => String(sandbox.countAt(side.id, minutes)))];
    if (compared) {
      const { gained, lost } = sandbox.changeOf(minutes);
      cells.splice(3, 0, gained.toFixed(2), lost.toFixed(2));
    }
    return { cells };
  });
  return { name: say("by_minutes"), columns, rows };
}

function departuresTable() {
  const { play, say, said } = sandbox;
  if (!play?.departures.length) return null;
  const columns = [say("departure"), ...play.asked.map((minutes) => say("within", { minutes: sandbox.number(minutes) }) + " · " + say("km2_head"))];
  const row = (title, side) => ({ cells: [title, ...play.asked.map((minutes) => (side.km2[sandbox.number(minutes)] ?? 0).toFixed(2))] });
  return {
    name: say("by_departure"), columns,
    rows: [row(sandbox.windowSaid(), play.sides[0]), ...play.departures.map((side) => row(said(side.title), side))],
  };
}

function yearsTable() {
  if (!sandbox.byId("year")) return null;
  const { say, said } = sandbox, opened = sandbox.openedPlaces();
  const years = [...new Set(opened.map(({ told }) => told.year))].sort((a, b) => a - b);
  return {
    name: say("by_year"), columns: [say("year"), say("opened_head"), say("so_far_head"), say("place_head")],
    rows: years.map((year) => {
      const fresh = opened.filter(({ told }) => told.year === year);
      return { cells: [String(year), String(fresh.length), String(opened.filter(({ told }) => told.year <= year).length), fresh.map(({ told }) => said(told)).join("; ")] };
    }),
  };
}

/* Every named place of the layers that are on. */
function placesTable() {
  const { say, said, map } = sandbox, seen = new Set(), found = [], titles = new Map();
  for (const item of [...sandbox.places, ...sandbox.lines]) {
    const { told, group } = item;
    if (!group || !map.hasLayer(group) || seen.has(told.key) || !(told.zh || told.en)) continue;
    seen.add(told.key);
    if (!titles.has(told.layer)) titles.set(told.layer, layerTitle(told.layer));
    found.push({ key: told.key, cells: [said(told), titles.get(told.layer), sandbox.minutesOf(told.key), told.year ? String(told.year) : ""] });
  }
  const { compare } = new Intl.Collator(sandbox.root.lang);
  found.sort((a, b) => compare(a.cells[1], b.cells[1]) || compare(a.cells[0], b.cells[0]));
  const columns = [say("place_head"), say("layer_head"), say("minutes_head"), say("year")], rows = found.slice(0, MOST_LISTED);
  // A column that says nothing isn't shown.
  const kept = columns.map((_, column) => rows.some(({ cells }) => cells[column]));
  return {
    name: say("on_map"), columns: columns.filter((_, column) => kept[column]),
    rows: rows.map(({ key, cells }) => ({ key, cells: cells.filter((_, column) => kept[column]) })),
    note: found.length > rows.length ? say("more_places", { number: found.length - rows.length }) : "",
  };
}

function layerTitle(id) {
  const row = document.querySelector(`[data-layer="${CSS.escape(id ?? "")}"]`)?.closest("label");
  return row?.querySelector(".grow > ." + sandbox.language())?.textContent ?? "";
}
