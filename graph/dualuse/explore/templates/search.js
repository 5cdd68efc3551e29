/* search.js: search as you type, over names in three scripts and aliases; works with the keyboard alone. */

import { make } from "./dom.js";
import { kindIcon, nameSpan } from "./elements.js";
import { figure, kindOf, nameOf, say, word } from "./words.js";

const MOST_RESULTS = 12;

/** Make letters comparable: width, case, accents, and traditional characters read as simplified ones. */
function fold(model, text) {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss");
  return Array.from(plain, (character) => model.foldMap.get(character) ?? character)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/** Everything each node is called, folded; made when the reader comes to the box. */
function searchIndex(model) {
  const { nodes } = model;
  model.index ??= nodes.id.map((id, node) => {
    const names = [
      nodes.label[node],
      nodes.label_zh_hant[node],
      nodes.label_zh_hans[node],
      ...nodes.aliases[node],
      id.slice(id.indexOf(":") + 1),
    ];
    return names.filter(Boolean).map((name) => [fold(model, name), name]);
  });
  return model.index;
}

/** Nodes that match, best first: whole name, beginning, beginning of a word, anywhere; then by number of links. */
function find(model, query) {
  const wanted = fold(model, query);
  if (wanted === "") return [];
  const found = [];
  searchIndex(model).forEach((names, node) => {
    const best = Math.min(...names.map(([folded]) => matchRank(folded, wanted)));
    if (best < Infinity)
      found.push({ node, rank: best, matched: names.find(([folded]) => matchRank(folded, wanted) === best)[1] });
  });
  return found.sort((a, b) => a.rank - b.rank || model.degree[b.node] - model.degree[a.node] || a.node - b.node);
}

function matchRank(name, wanted) {
  const where = name.indexOf(wanted);
  if (where < 0) return Infinity;
  if (where === 0) return name.length === wanted.length ? 0 : 1;
  return /[\s(/\-,.]/.test(name[where - 1]) ? 2 : 3;
}

/** Wire a search box: {input, panel, list, note, keep}. `open` is told which node was chosen. */
function startSearch(model, parts, open) {
  const { input, panel } = parts;
  const box = { ...parts, active: -1 };
  const refresh = () => showResults(model, box, open);
  input.addEventListener("input", refresh);
  input.addEventListener("focus", () => (input.value && !box.keep ? refresh() : searchIndex(model)));
  input.addEventListener("keydown", (event) => searchKey(event, box));
  input.addEventListener("blur", () => setTimeout(() => closeResults(box), 150));
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
}

function showResults(model, box, open) {
  const found = find(model, box.input.value);
  const query = box.input.value.trim();
  box.active = -1;
  box.input.removeAttribute("aria-activedescendant");
  const choose = (node) => {
    box.input.value = "";
    closeResults(box);
    open(node);
  };
  box.list.replaceChildren(...found.slice(0, MOST_RESULTS).map((hit, place) => resultItem(model, hit, `${box.list.id.replace(/s$/, "")}-${place}`, choose)));
  box.list.hidden = found.length === 0;
  box.note.textContent = searchNote(model, found.length, query);
  box.panel.hidden = query === "";
  box.input.setAttribute("aria-expanded", String(query !== ""));
}

function searchNote(model, count, query) {
  if (count === 0) return say(model, "search_none", { query });
  if (count > MOST_RESULTS) return say(model, "search_more", { n: figure(model, count - MOST_RESULTS) });
  return say(model, "search_count", { n: count });
}

/** One result: mark, name, the other name that matched, kind. */
function resultItem(model, hit, id, choose) {
  const name = nameOf(model, hit.node);
  const other = hit.matched === name.text ? null : make("span", { class: "other" }, hit.matched);
  return make(
    "li",
    { role: "option", id, "aria-selected": "false", onclick: () => choose(hit.node) },
    kindIcon(model, model.nodes.kind[hit.node], model.mark[hit.node]),
    make("span", { class: "names" }, nameSpan(model, name), other),
    make("span", { class: "kind" }, word(model, "kind_one", kindOf(model, hit.node))),
  );
}

function searchKey(event, box) {
  const items = [...box.list.children];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined && items.length > 0) {
    event.preventDefault();
    box.active = (box.active + step + items.length + (box.active < 0 && step < 0 ? 1 : 0)) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === box.active)));
    items[box.active].scrollIntoView({ block: "nearest" });
    box.input.setAttribute("aria-activedescendant", items[box.active].id);
  } else if (event.key === "Enter" && items.length > 0) {
    event.preventDefault();
    items[Math.max(0, box.active)].click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    box.input.value = "";
    closeResults(box);
    box.input.blur();
  }
}

function closeResults(box) {
  box.panel.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}
