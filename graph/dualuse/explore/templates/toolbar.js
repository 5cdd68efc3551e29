/* toolbar.js: buttons, keys, theme: the ways to change the page that are not on the map or in a card. */

import { tablesBehind } from "./behind.js";
import { citeApa, citeBibtex, citeCsl } from "./cite.js";
import { isServed } from "./colophon.js";
import { at, make, notify } from "./dom.js";
import { showOnPaper } from "./embed.js";
import { copyText } from "./exports.js";
import { savePng, saveSvg } from "./pictures.js";
import { embedCode, linkOf, saveCsv, saveJson, saveView } from "./saving.js";
import { say, word } from "./words.js";

/** Buttons above and on the map. */
function listenToToolbar(model, page) {
  for (const button of document.querySelectorAll("[data-view]"))
    button.addEventListener("click", () => page.change({ view: button.dataset.view }));
  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => page.change({ language: button.dataset.language }));
  for (const button of document.querySelectorAll("[data-action]"))
    button.addEventListener("click", () => doAction(model, page, button.dataset.action));
  at("theme").addEventListener("click", () => page.change({ theme: isDark() ? "light" : "dark" }));
  at("zoom-in").addEventListener("click", () => page.zoom(1.4));
  at("zoom-out").addEventListener("click", () => page.zoom(1 / 1.4));
  at("zoom-fit").addEventListener("click", page.fit);
  at("copy-close").addEventListener("click", () => at("copy-dialog").close());
  at("handle").addEventListener("click", () => foldSheet(!at("sheet").classList.contains("folded")));
  const picture = () => ["map", "board", "table"].map(at).find((one) => !one.hidden);
  for (const [id, place] of [["skip", () => at("search")], ["skip-picture", picture], ["skip-card", () => at("panel")]]) {
    at(id).addEventListener("click", (event) => {
      event.preventDefault(); /* the fragment of the address is the state */
      if (id === "skip-card") foldSheet(false);
      place().focus();
    });
  }
  at("save").addEventListener("toggle", () => at("save").open && offerTables(model, page));
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  if (matchMedia("(max-width: 1100px)").matches) at("legend-details").open = false;
}

/** Fold the card away or bring it back; only a phone shows the difference. */
function foldSheet(folded) {
  at("sheet").classList.toggle("folded", folded);
  at("handle").setAttribute("aria-expanded", String(!folded));
}

/** In the menu, the tables behind the view shown; entries and links stand there anyway. */
function offerTables(model, page) {
  const parts = Object.keys(tablesBehind(model, page)).filter((part) => !["entries", "links"].includes(part));
  const save = (part) => () => {
    at("save").open = false;
    notify(say(model, "saved", { name: saveCsv(model, page, part) }));
  };
  const name = (part) => say(model, "save_csv_part", { part: word(model, "part", part) });
  at("save-tables").replaceChildren(
    ...parts.map((part) => make("button", { type: "button", id: `save-csv-${part}`, onclick: save(part) }, name(part))),
  );
}

/** One item of the menu "Save and cite". */
async function doAction(model, page, action) {
  at("save").open = false;
  const files = {
    save_png: () => savePng(model, page),
    save_svg: () => saveSvg(model, page),
    save_csv_entries: () => saveCsv(model, page, "entries"),
    save_csv_links: () => saveCsv(model, page, "links"),
    save_json: () => saveJson(model, page),
    save_view: () => saveView(model, page),
  };
  const texts = {
    copy_link: () => linkOf(page),
    copy_embed: () => embedCode(model, page),
    copy_apa: () => citeApa(model, page),
    copy_bibtex: () => citeBibtex(model, page),
    copy_csl: () => citeCsl(model, page),
  };
  if (action in files) notify(say(model, "saved", { name: await files[action]() }));
  else if (action === "print") print();
  else if (await copyText(texts[action]()))
    notify(say(model, action === "copy_link" && !isServed() ? "copied_fragment" : "copied"));
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

/** Dark or light as the reader chose, else as the machine has it. */
function setTheme(page) {
  const root = document.documentElement;
  if (page.printing) root.dataset.theme = "light";
  else if (page.state.theme === null) delete root.dataset.theme;
  else root.dataset.theme = page.state.theme;
  at("theme-name").textContent = say(page.model, isDark() ? "theme_light" : "theme");
}

/** Paper is white: a dark page is printed light, and is dark again afterwards. */
function printInLight(page, printing) {
  page.printing = printing;
  page.show();
  showOnPaper(page, printing);
}

/** Keys that work everywhere except where text is typed. */
function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
    if (event.key === "Escape") closeInnermost(page);
    else if (!typing && event.key === "/") focusSearch(event);
    else if (!typing && page.state.view === "map") mapKey(event, page);
  });
}

function focusSearch(event) {
  event.preventDefault();
  at("search").focus();
}

/** Close the innermost thing that is open; a dialog closes itself. */
function closeInnermost(page) {
  if (at("copy-dialog").open) return;
  const menu = document.querySelector("details.menu[open]");
  if (menu !== null) {
    menu.open = false;
    menu.firstElementChild.focus();
  } else if (page.state.focus !== null || page.state.path !== null) {
    page.close();
    at("map").focus({ preventScroll: true });
  }
}

/** Arrows move the map while nothing that scrolls has the focus; + - 0 zoom. */
function mapKey(event, page) {
  const step = 80;
  const arrows = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const free = event.target === document.body || at("stage").contains(event.target);
  if (event.key in arrows && free) {
    event.preventDefault();
    page.pan(...arrows[event.key]);
  } else if (event.key === "+" || event.key === "=") page.zoom(1.4);
  else if (event.key === "-") page.zoom(1 / 1.4);
  else if (event.key === "0") page.fit();
}
