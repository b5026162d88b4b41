/* What all parts of the page share: its data, languages, themes, and making elements. */
"use strict";

const sandbox = { places: [], lines: [], page: null, map: null };

sandbox.root = document.documentElement;
sandbox.byId = (id) => document.getElementById(id);
sandbox.language = () => (sandbox.root.lang.startsWith("zh") ? "zh" : "en");
sandbox.other = () => (sandbox.language() === "zh" ? "en" : "zh");
sandbox.wide = () => window.innerWidth >= 720;

/* Pairs of the page's data hold the light theme's value, then the dark one's. */
sandbox.darkDevice = window.matchMedia("(prefers-color-scheme: dark)");
sandbox.tone = () => Number(sandbox.root.dataset.theme ? sandbox.root.dataset.theme === "dark" : sandbox.darkDevice.matches);

/* Parts listen for what changes: language, theme, cutoff. */
sandbox.listeners = new Map();
sandbox.listen = (to, call) => sandbox.listeners.set(to, [...(sandbox.listeners.get(to) ?? []), call]);
sandbox.tell = (what) => { for (const call of sandbox.listeners.get(what) ?? []) call(); };

/* Work that a tap's first answer needn't wait for: it is done once that is on the screen. */
sandbox.waiting = new Map();
sandbox.later = function (what, call) {
  if (!sandbox.waiting.size) {
    requestAnimationFrame(() => setTimeout(() => {
      const calls = [...sandbox.waiting.values()];
      sandbox.waiting.clear();
      for (const one of calls) one();
    }, 0));
  }
  sandbox.waiting.set(what, call);
};

/* A tap that touches the whole sheet answers with what is in view; the rest of its tables follows in the next frame. */
sandbox.inViewFirst = function () {
  sandbox.root.classList.add("answering");
  sandbox.later("tables out of sight", () => sandbox.root.classList.remove("answering"));
};

/* Work that nobody waits for yet. */
sandbox.idle = (call) => (window.requestIdleCallback ? requestIdleCallback(call, { timeout: 2000 }) : setTimeout(call, 300));

/* A bilingual text in the reader's language, else in the other one. */
sandbox.said = (text) => text[sandbox.language()] || text[sandbox.other()] || "";

/* One of the page's own texts, its places filled. */
sandbox.say = (key, values = {}) =>
  sandbox.said(sandbox.page.words[key]).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

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
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
};

/* A figure as the program writes it. */
sandbox.minutes = (minutes) => String(Math.max(1, Math.round(minutes)));
sandbox.number = (value) => String(Number(value.toFixed(10)));
