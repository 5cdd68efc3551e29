/* An answer page: its language, its theme, its tables, its citation and its data. It asks for nothing and keeps nothing. */

import { at } from "./dom.js";
import { foldQuery, foldText } from "./folding.js";
import { holdsWords, readLooks, writeLooks } from "./sorting.js";
import { furnishTables } from "./tabling.js";

const root = document.documentElement;
const words = JSON.parse(at("words").textContent);
const languages = [...document.querySelectorAll("[data-language]")].map((button) => button.dataset.language);
const script = learntScript(words);
let looks = {};
let spoken = "";

/** Whether a text is to be read out as English on a Chinese page. */
const isEnglish = (text) => /[A-Za-z]{2}/.test(text) && !/\p{Script=Han}/u.test(text);

/** Which traditional characters stand for which simplified ones, by the texts of the page that have both, sign for sign. */
function learntScript(texts) {
  const learnt = new Map();
  for (const [, long, short] of texts) {
    const [before, after] = [[...long], [...short]];
    if (before.length !== after.length) continue;
    before.forEach((sign, place) => {
      if (sign !== after[place] && /\p{Script=Han}/u.test(sign)) learnt.set(sign, after[place]);
    });
  }
  return learnt;
}

/** A text of the interface that stands on the page by number, with its blanks filled. */
function told(key, blanks = {}) {
  const text = words[at("answer").dataset[key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())]][languages.indexOf(root.lang)];
  return text.replace(/\{(\w+)\}/g, (blank, name) => (name in blanks ? blanks[name].toLocaleString("en-GB") : blank));
}

function speak(language) {
  const place = languages.indexOf(language);
  root.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) {
    const text = words[element.dataset.t][place];
    element.textContent = text;
    if (place > 0 && isEnglish(text)) element.lang = "en";
    else element.removeAttribute("lang");
  }
  for (const element of document.querySelectorAll("[data-a]")) element.setAttribute("aria-label", words[element.dataset.a][place]);
  for (const element of document.querySelectorAll("[data-h]")) element.dataset.head = words[element.dataset.h][place];
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  furnishAll();
  seek();
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

function nameTheme() {
  at("to-dark").hidden = isDark();
  at("to-light").hidden = !isDark();
}

/** Paper is white: the theme steps aside while the page is printed. */
function forPrint(printing) {
  if (printing) {
    forPrint.before = root.dataset.theme;
    root.dataset.theme = "light";
  } else if (forPrint.before === undefined) delete root.dataset.theme;
  else root.dataset.theme = forPrint.before;
  for (const fold of document.querySelectorAll("details")) {
    if (printing) fold.dataset.was = fold.open ? "open" : "";
    fold.open = printing || fold.dataset.was === "open";
  }
}

/** Open whatever a part of the page is folded into. */
function unfold(element) {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/** Give every table of the page its tools, in the language of the page and with the look it has. */
function furnishAll() {
  for (const block of document.querySelectorAll(".block[data-table]")) {
    block.querySelector(".table-tools")?.remove();
    const tables = [...block.querySelectorAll("table")];
    if (tables.length === 0 || block.querySelectorAll("tbody tr").length < 2) continue;
    const name = block.dataset.table;
    if (name in looks) block.dataset.looked = "yes";
    furnishTables(tables, {
      name,
      look: looks[name] ?? (block.dataset.looked ? {} : undefined),
      tell: told,
      script,
      language: () => root.lang,
      more: groupOf,
      place: (box) => (block.querySelector(".strip") ?? block.querySelector("h2")).after(box),
      keep: (look) => {
        block.dataset.looked = "yes";
        looks = { ...looks, [name]: look };
        writeState();
      },
      shown: () => unfoldFound(block),
    });
  }
}

/** What the group that a row is folded into says for all its rows. */
function groupOf(unit) {
  return unit.closest(".fold")?.querySelector(".same")?.textContent ?? "";
}

const UNITS = "tbody tr, .receipts li, .unknown dl div, .paths section";

/** What a row says, with what its group says for it, without the numbers of its footnotes. */
function saying(unit) {
  const copy = unit.cloneNode(true);
  for (const number of copy.querySelectorAll(".ref")) number.remove();
  return foldText(`${copy.textContent} ${groupOf(unit)}`, script);
}

/** Leave what holds every word that is sought, with the groups it is folded into; without a word, all as it was. */
function seek() {
  if (at("find") === null) return;
  const query = foldQuery(at("find").value, script);
  const units = [...document.querySelectorAll(UNITS)];
  let found = 0;
  for (const unit of units) {
    const sought = query.words.length === 0 || holdsWords(saying(unit), query);
    unit.dataset.sought = sought ? "yes" : "no";
    unit.hidden = !sought || unit.dataset.out !== undefined;
    if (sought) found += 1;
  }
  for (const part of document.querySelectorAll(".block, .unknown")) {
    unfoldFound(part);
    part.hidden = query.words.length > 0 && part.querySelector("[data-sought=yes]") === null;
  }
  at("found").textContent = query.words.length > 0 ? told("found", { n: found, all: units.length }) : "";
}

/** Open the folds of a part that hold something found and hide the others; as it was when nothing is sought in it. */
function unfoldFound(part) {
  const sought = (at("find")?.value ?? "").trim() !== "" || (looks[part.dataset.table]?.find ?? "").trim() !== "";
  for (const fold of part.querySelectorAll(".fold")) {
    const any = [...fold.querySelectorAll(UNITS)].some((unit) => !unit.hidden);
    if (sought) fold.dataset.before ??= fold.open ? "open" : "";
    if (sought) fold.open = any;
    else if (fold.dataset.before !== undefined) {
      fold.open = fold.dataset.before === "open";
      delete fold.dataset.before;
    }
    fold.hidden = sought && !any;
  }
}

async function copyCitation() {
  const text = at("citation").textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
    at("notice").hidden = false;
    setTimeout(() => (at("notice").hidden = true), 2500);
  } catch {
    at("copy-text").value = text;
    at("copy-dialog").showModal();
    at("copy-text").select();
  }
}

function saveCard() {
  const text = `${JSON.stringify(JSON.parse(at("card").textContent), null, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = at("save").dataset.file;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

for (const button of document.querySelectorAll("[data-language]"))
  button.addEventListener("click", () => {
    spoken = button.dataset.language;
    speak(spoken);
    writeState();
  });
at("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
dark.addEventListener("change", nameTheme);
at("print").addEventListener("click", () => print());
addEventListener("beforeprint", () => forPrint(true));
addEventListener("afterprint", () => forPrint(false));
at("copy").addEventListener("click", copyCitation);
at("copy-close").addEventListener("click", () => at("copy-dialog").close());
at("save").addEventListener("click", saveCard);

at("find")?.addEventListener("input", seek);
at("search")?.addEventListener("submit", (event) => event.preventDefault());
/** The language that was chosen and how tables are looked at, as the part of the address after #. */
function writeState() {
  const parts = [...(spoken ? [["lang", spoken]] : []), ...writeLooks(looks)];
  history.replaceState(null, "", parts.length > 0 ? `#${parts.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join("&")}` : "#");
}

/** Take the state from the address; a part of the page that it names instead is opened and shown. */
function follow() {
  const hash = location.hash.slice(1);
  if (!hash.includes("=")) {
    const target = hash === "" ? null : at(hash);
    unfold(target);
    target?.scrollIntoView();
    return;
  }
  const parts = hash.split("&").map((part) => [part.split("=")[0], plainPart(part.slice(part.indexOf("=") + 1))]);
  looks = readLooks(parts);
  const [, language = ""] = parts.find(([name]) => name === "lang") ?? [];
  if (languages.includes(language)) spoken = language;
  speak(spoken || root.lang);
}

/** Percent-decoded; text that is not well formed stays as it is. */
function plainPart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener("hashchange", follow);
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
nameTheme();
for (const id of ["tools", "saves", "search"]) if (at(id)) at(id).hidden = false;
furnishAll();
follow();
