/* Panels: language, layers, search, sheet, and the controls of the answer. */
"use strict";

sandbox.speak = function (language) {
  sandbox.inViewFirst();
  sandbox.root.lang = language === "zh" ? "zh-CN" : "en";
  sandbox.nameIt();
  for (const one of document.querySelectorAll("[data-zh]")) {
    const text = one.dataset[language];
    one.setAttribute("aria-label", text);
    if (one.tagName === "BUTTON") one.title = text;
    if (one.tagName === "INPUT" && one.type === "search") one.placeholder = text;
  }
  sandbox.tell("language");
  if (sandbox.opened) sandbox.openCard(sandbox.opened, sandbox.openedFrom, true);
  // Words take other room; the panels find their places once they stand.
  sandbox.later("settle", () => sandbox.tell("settle"));
  sandbox.tell("share");
};

/* Where panels stand depends on how tall the others are. All is read before anything is written. */
function settle() {
  const { byId, wide } = sandbox, head = byId("head"), sheet = byId("sheet"), legal = byId("legal");
  const scale = document.querySelector(".leaflet-bottom.leaflet-right"), narrow = !wide();
  const { bottom, height } = head.getBoundingClientRect(), high = sheet.offsetHeight + 10, box = legal.getBoundingClientRect();
  const above = window.innerHeight - high - box.height, top = bottom + 12;
  byId("tools").style.top = narrow ? top + "px" : "";
  // The line of terms may take several lines.
  sandbox.root.style.setProperty("--legal", box.height + "px");
  sheet.style.paddingTop = narrow ? "" : height + "px";
  legal.style.bottom = scale.style.bottom = narrow ? high + "px" : "";
  for (const id of ["layers", "find"]) {
    byId(id).style.top = narrow ? top + "px" : "";
    byId(id).style.maxHeight = narrow ? above - top - 10 + "px" : "";
  }
  sandbox.layDivide();
  sandbox.namesLater?.();
}

/* Show one of the side panels, or none; on a telephone the sheet makes room for it. */
sandbox.showPanel = function (id) {
  const { byId } = sandbox;
  for (const one of ["layers", "find"]) {
    byId(one).hidden = one !== id;
    byId(one + "_button").setAttribute("aria-expanded", String(one === id));
  }
  if (sandbox.wide()) settle();
  else sandbox.stand(id ? "low" : "mid");
  if (id === "find") byId("find_input").focus();
};

sandbox.stand = function (state) {
  const { byId } = sandbox, sheet = byId("sheet");
  sandbox.inViewFirst();
  sheet.dataset.state = document.body.dataset.sheet = state;
  if (!sandbox.wide() && state !== "low") {
    for (const one of ["layers", "find"]) {
      byId(one).hidden = true;
      byId(one + "_button").setAttribute("aria-expanded", "false");
    }
  }
  byId("handle").setAttribute("aria-expanded", String(state === "high"));
  if (state !== "high") sheet.querySelector(".scroll").scrollTop = 0;
  settle();
};

/* The sheet: a tap opens or closes it, a pull does the same the way it goes. */
function startSheet() {
  const handle = sandbox.byId("handle"), sheet = sandbox.byId("sheet"), states = ["low", "mid", "high"];
  let grip = null;
  const turn = () => sandbox.stand(sheet.dataset.state === "high" ? "mid" : "high");
  handle.addEventListener("pointerdown", (event) => {
    grip = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointerup", (event) => {
    const pulled = grip === null ? 0 : grip - event.clientY;
    grip = null;
    const at = states.indexOf(sheet.dataset.state);
    if (Math.abs(pulled) > 24) sandbox.stand(states[Math.max(0, Math.min(2, at + Math.sign(pulled)))]);
    else turn();
  });
  handle.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    turn();
  });
}

function startTools() {
  const { byId, map } = sandbox;
  byId("skip").addEventListener("click", () => byId("handle").checkVisibility?.() === false || sandbox.wide()
    ? byId("sheet").querySelector(".scroll").focus() : byId("handle").focus());
  byId("language").addEventListener("click", () => sandbox.speak(sandbox.other()));
  byId("nearer").addEventListener("click", () => map.zoomIn(1));
  byId("farther").addEventListener("click", () => map.zoomOut(1));
  for (const id of ["layers", "find"]) {
    byId(id + "_button").addEventListener("click", () => sandbox.showPanel(byId(id).hidden ? id : null));
    byId(id + "_close").addEventListener("click", () => {
      sandbox.showPanel(null);
      byId(id + "_button").focus();
    });
  }
  byId("sources_button").addEventListener("click", () => {
    sandbox.showPanel(sandbox.wide() && !byId("layers").hidden ? "layers" : null);
    if (sandbox.opened) sandbox.closeCard();
    if (!sandbox.wide()) sandbox.stand("high");
    // The sheet answers at once, and turns to them in the next frame.
    sandbox.later("sources", () => {
      byId("sources").scrollIntoView({ block: "start" });
      byId("sources").querySelector("h2").focus({ preventScroll: true });
    });
  });
  byId("card_close").addEventListener("click", sandbox.closeCard);
  byId("look").addEventListener("click", () => {
    sandbox.inViewFirst();
    sandbox.root.dataset.theme = sandbox.tone() ? "light" : "dark";
    // Panels follow at once by their style sheet, the map in the next frame.
    sandbox.later("theme", () => sandbox.tell("theme"));
    sandbox.tell("share");
  });
  sandbox.darkDevice.addEventListener("change", () => sandbox.tell("theme"));
  const bound = () => {
    byId("nearer").disabled = map.getZoom() >= map.getMaxZoom();
    byId("farther").disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", bound);
  bound();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (sandbox.opened) sandbox.closeCard();
    else if (!byId("find").hidden) byId("find_close").click();
    else if (!byId("layers").hidden) byId("layers_close").click();
  });
  for (const box of document.querySelectorAll("input[data-layer]")) {
    const group = sandbox.groups[box.dataset.layer];
    box.addEventListener("change", () => {
      if (box.checked) map.addLayer(group);
      else map.removeLayer(group);
      if (sandbox.roads.some((road) => road.group === group)) sandbox.later("roads", sandbox.redrawRoads);
      sandbox.namesLater();
      sandbox.tell("share");
      sandbox.later("tables", () => sandbox.tell("layers"));
    });
  }
  for (const row of document.querySelectorAll(".result [data-place]")) {
    row.addEventListener("click", () => sandbox.showPlace(row.dataset.place, row));
  }
}

/* The answer's own controls: cutoff, what shows, departure, the divide. */
function startControls() {
  const { byId, play } = sandbox;
  if (!play) return;
  const cutoff = byId("cutoff");
  Object.assign(cutoff, { min: 1, max: play.most, value: play.at });
  const bar = byId("cutoff_bands");
  const paintBar = () => {
    const { colours } = play.bands[sandbox.tone()], stops = [];
    [0, ...play.asked].forEach((from, k, all) => {
      if (k < play.asked.length) stops.push(`${colours[k]} ${share(from)}% ${share(all[k + 1])}%`);
    });
    bar.style.background = `linear-gradient(90deg, ${stops.join(", ")}, var(--line) ${share(play.asked[play.asked.length - 1])}%)`;
  };
  const share = (minutes) => (100 * Math.max(0, minutes - 1)) / (play.most - 1);
  paintBar();
  sandbox.listen("theme", paintBar);
  byId("cutoff_ticks").replaceChildren(...[...new Set([...play.asked, play.most])].map((minutes) => {
    const tick = sandbox.element("span", "", sandbox.number(minutes));
    tick.style.left = share(minutes) + "%";
    return tick;
  }));
  cutoff.addEventListener("input", () => sandbox.setCutoff(Number(cutoff.value)));
  cutoff.addEventListener("change", sandbox.fitAnswer);
  for (const band of document.querySelectorAll("button.band")) {
    band.addEventListener("click", () => {
      sandbox.setCutoff(Number(band.dataset.minutes));
      sandbox.fitAnswer();
    });
  }
  startViews();
  startDepartures();
}

/* The title says the minutes that show. */
sandbox.nameIt = function () {
  const { page, play } = sandbox, minutes = play ? sandbox.number(play.at) : "";
  const side = play?.kind === "origins" ? play.sides[play.view === "side" ? play.side : 0] : null;
  for (const language of ["zh", "en"]) {
    const title = page.titled && !side?.at ? page.titled[language].replace("{minutes}", minutes)
      : page.titled ? page.titled[language].replace(play.sides[0].title[language], side.title[language]).replace("{minutes}", minutes) : page.title[language];
    const box = sandbox.byId("title").querySelector("." + language);
    if (box.textContent !== title) box.textContent = title;
    if (language !== sandbox.language()) continue;
    document.title = title;
    sandbox.byId("title").classList.toggle("long", title.length > (language === "zh" ? 24 : 44));
  }
};

sandbox.setCutoff = function (minutes) {
  const { play } = sandbox;
  play.at = Math.max(1, Math.min(play.most, minutes));
  sandbox.byId("cutoff").value = play.at;
  for (const band of document.querySelectorAll("button.band")) band.setAttribute("aria-pressed", String(Number(band.dataset.minutes) === play.at));
  sandbox.answerAgain();
};

/* The views that the page's sides allow, as one row of buttons. */
function viewsOf(play) {
  const titles = (side) => () => sandbox.said(side.title);
  const own = (key) => () => sandbox.byId("views").dataset[key + (sandbox.language() === "zh" ? "Zh" : "En")];
  if (play.kind === "one") return [];
  if (play.kind === "origins") {
    return [
      ...play.sides.map((side, number) => ({ id: "side" + number, title: titles(side), view: "side", side: number })),
      { id: "change", title: own("apart"), view: "change" }, { id: "swipe", title: own("swipe"), view: "swipe" },
    ];
  }
  return [
    { id: "change", title: own("change"), view: "change" }, { id: "swipe", title: own("swipe"), view: "swipe" },
    { id: "saved", title: own("saved"), view: "saved" },
  ];
}

function startViews() {
  const { byId, play } = sandbox, box = byId("views"), views = viewsOf(play);
  const buttons = views.map(({ id, view, side }) => {
    const button = sandbox.element("button", "segment");
    button.type = "button";
    button.dataset.view = id;
    button.addEventListener("click", () => sandbox.setView(view, side));
    return button;
  });
  box.replaceChildren(...buttons);
  const plans = byId("plans");
  if (play.sides.length > 2) {
    plans.replaceChildren(...play.sides.slice(1).map((side, number) => {
      const option = sandbox.element("option");
      option.value = number + 1;
      return option;
    }));
    plans.addEventListener("change", () => { play.plan = Number(plans.value); sandbox.answerAgain(); });
    byId("plans_row").hidden = false;
  }
  const speak = () => {
    buttons.forEach((button, number) => { button.textContent = views[number].title(); });
    [...plans.options].forEach((option, number) => { option.textContent = sandbox.said(play.sides[number + 1].title); });
    sandbox.sayAgain();
  };
  sandbox.listen("language", speak);
  sandbox.setView = function (view, side = 0) {
    Object.assign(play, { view, side: view === "side" ? side : play.side });
    const shown = view === "side" ? "side" + side : view;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === shown));
    if (view === "side" && play.sides[side].at) sandbox.setPin(play.sides[side].at);
    sandbox.showDivide();
    // Buttons, divide and figures answer at once, the picture in the next frame.
    sandbox.sayAgain();
    sandbox.later("picture", () => sandbox.repaint());
  };
  sandbox.setView(play.view, play.side);
}

/* The departures that the answer is of. */
sandbox.windowSaid = function () {
  const { departures } = sandbox.play;
  return sandbox.say("window", { first: sandbox.said(departures[0].title), last: sandbox.said(departures[departures.length - 1].title) });
};

function startDepartures() {
  const { byId, play } = sandbox, slider = byId("departure"), said = byId("departure_said");
  if (!play.departures.length) return;
  byId("departures").hidden = false;
  Object.assign(slider, { min: 0, max: play.departures.length, value: 0 });
  const speak = () => {
    const text = play.departure < 0 ? sandbox.windowSaid() : sandbox.say("leaving", { time: sandbox.said(play.departures[play.departure].title) });
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  sandbox.setDeparture = async function (number) {
    if (number >= 0) await sandbox.openDeparture(number);
    play.departure = number;
    slider.value = number + 1;
    speak();
    sandbox.answerAgain();
  };
  slider.addEventListener("input", () => sandbox.setDeparture(Number(slider.value) - 1));
  sandbox.listen("language", speak);
  speak();
}

/* The divide is moved on the map by a finger, or by its slider. */
function startDivide() {
  const { byId, map } = sandbox, slider = byId("divide"), grip = byId("divide_grip");
  const move = (share) => {
    sandbox.divide = Math.max(0, Math.min(1, share));
    slider.value = Math.round(sandbox.divide * 100);
    sandbox.layDivide();
    sandbox.tell("share");
  };
  slider.addEventListener("input", () => move(Number(slider.value) / 100));
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
    event.stopPropagation();
  });
  grip.addEventListener("pointermove", (event) => {
    if (!grip.hasPointerCapture(event.pointerId)) return;
    const free = sandbox.free();
    move((event.clientX - free.left) / (free.right - free.left));
  });
  map.on("move zoomend resize", () => { if (sandbox.swiping()) sandbox.layDivide(); });
  sandbox.showDivide = () => {
    byId("divide_row").hidden = !sandbox.swiping();
    settle();
  };
  sandbox.setDivide = move;
  startFactsSwipe();
  sandbox.showDivide();
}

/* What a result holds on either side, as homes today and with a plan, is swiped too. */
function startFactsSwipe() {
  const { byId } = sandbox, button = byId("facts_swipe");
  if (!button) return;
  const boxes = [...new Set(["left", "right"].flatMap((side) => button.dataset[side + "Layers"].split(" ")))]
    .map((id) => document.querySelector(`input[data-layer="${CSS.escape(id)}"]`)).filter(Boolean);
  let before = null;
  const label = () => {
    if (!sandbox.factsSwiped) return;
    for (const side of ["left", "right"]) byId("divide_" + side).textContent = button.dataset[side + (sandbox.language() === "zh" ? "Zh" : "En")];
  };
  sandbox.swipeFacts = (on) => {
    if (Boolean(sandbox.factsSwiped) === on) return;
    sandbox.factsSwiped = on;
    button.setAttribute("aria-pressed", String(on));
    // Both sides show while they are swiped, and then again what showed before.
    if (sandbox.factsSwiped) before = boxes.map((box) => box.checked);
    boxes.forEach((box, number) => { if (box.checked !== (sandbox.factsSwiped || before[number])) box.click(); });
    label();
    sandbox.showDivide();
    sandbox.tell("share");
  };
  button.addEventListener("click", () => sandbox.swipeFacts(!sandbox.factsSwiped));
  sandbox.listen("language", label);
}

sandbox.furnish = function () {
  sandbox.map.getContainer().setAttribute("role", "region");
  // The divide lies on the map, wherever that lies; who moves it doesn't move the map.
  sandbox.map.getContainer().append(sandbox.byId("divide_line"));
  L.DomEvent.disableClickPropagation(sandbox.byId("divide_grip"));
  startSheet();
  startTools();
  startDivide();
  startControls();
  sandbox.startSearch();
  sandbox.startTables();
  sandbox.startBehind();
  sandbox.startYears();
  sandbox.listen("settle", settle);
  window.addEventListener("resize", settle);
  // Figures take a line more or less; what stands above the sheet moves with it.
  let height = 0;
  new ResizeObserver(([sheet]) => {
    if (Math.abs(sheet.contentRect.height - height) < 1) return;
    height = sheet.contentRect.height;
    settle();
  }).observe(sandbox.byId("sheet"));
};
