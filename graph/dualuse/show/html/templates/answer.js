(() => {
"use strict";
/* An answer page: its language, its theme, its citation and its data. It asks for nothing and keeps nothing. */

const root = document.documentElement;
const at = (id) => document.getElementById(id);
const words = JSON.parse(at("words").textContent);
const languages = [...document.querySelectorAll("[data-language]")].map((button) => button.dataset.language);

/** Whether a text is to be read out as English on a Chinese page. */
const isEnglish = (text) => /[A-Za-z]{2}/.test(text) && !/\p{Script=Han}/u.test(text);

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

const UNITS = "tbody tr, .receipts li, .unknown dl div, .paths section";
const plainly = (text) => text.normalize("NFKC").toLowerCase();

/** What a row says, with what its group says for it, without the numbers of its footnotes. */
function saying(unit) {
  const copy = unit.cloneNode(true);
  for (const number of copy.querySelectorAll(".ref")) number.remove();
  return plainly(`${copy.textContent} ${unit.closest(".fold")?.querySelector(".same")?.textContent ?? ""}`);
}

/** Leave what holds every word that is sought, with the groups it is folded into; without a word, all as it was. */
function seek() {
  const words_ = plainly(at("find").value).split(/\s+/).filter(Boolean);
  const units = [...document.querySelectorAll(UNITS)];
  let found = 0;
  for (const unit of units) {
    const text = saying(unit);
    unit.hidden = !words_.every((word) => text.includes(word));
    if (!unit.hidden) found += 1;
  }
  for (const part of document.querySelectorAll(".fold, .block, .unknown")) {
    const any = [...part.querySelectorAll(UNITS)].some((unit) => !unit.hidden);
    if (part.matches(".fold")) {
      part.dataset.before ??= part.open ? "open" : "";
      part.open = words_.length ? any : part.dataset.before === "open";
      if (!words_.length) delete part.dataset.before;
    }
    part.hidden = words_.length > 0 && !any;
  }
  const said = words[at("found").dataset.said][languages.indexOf(root.lang)];
  at("found").textContent = words_.length ? said.replace("{n}", found).replace("{all}", units.length) : "";
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
    speak(button.dataset.language);
    history.replaceState(null, "", `#lang=${button.dataset.language}`);
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
const follow = () => {
  const target = location.hash.length > 1 && !location.hash.includes("=") ? at(location.hash.slice(1)) : null;
  if (!target) return;
  unfold(target);
  target.scrollIntoView();
};
addEventListener("hashchange", follow);

const wanted = /^#lang=(.+)$/.exec(location.hash)?.[1];
if (languages.includes(wanted)) speak(wanted);
nameTheme();
for (const id of ["tools", "saves", "search"]) if (at(id)) at(id).hidden = false;
follow();
})();
