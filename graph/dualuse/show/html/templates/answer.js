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
  for (const fold of document.querySelectorAll("details")) fold.open = printing;
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

const wanted = /^#lang=(.+)$/.exec(location.hash)?.[1];
if (languages.includes(wanted)) speak(wanted);
nameTheme();
for (const id of ["tools", "saves"]) at(id).hidden = false;
})();
