/* search.js: the box that finds as one types: what it is, and where the words stand, by kind; with the keyboard alone. */

import { make } from "./dom.js";
import { kindIcon } from "./elements.js";
import { findAll, grouped } from "./finding.js";
import { markedParts, snippet } from "./folding.js";
import { numberHit, prepareIndex, searchIndex } from "./searched.js";
import { conceptName, shortName } from "./time.js";
import { factName, figure, guideText, linkWord, nameOf, say, translated, word } from "./words.js";

const SHOWN_FEW = 4; /* results of a kind that stand open where there are other kinds */
const SHOWN_ALONE = 12; /* where there is no other */
const SHOWN_MORE = 20; /* how many more a click brings */

const GLYPHS = { claim: "≠", claimed: "❝", event: "◆", link: "↔", question: "?", number: "#" };

/** Wire a search box: {input, panel, list, note, keep, nodes}; `nodes`: entries of the network alone, by their names.
    `open` is told which entry was chosen. */
function startSearch(model, parts, open) {
  const { input, panel } = parts;
  const box = { ...parts, active: -1, shown: new Map() };
  const refresh = () => {
    box.shown.clear();
    showResults(model, box, open);
  };
  input.addEventListener("input", refresh);
  input.addEventListener("pointerenter", () => prepareIndex(model));
  input.addEventListener("focus", () => (input.value && !box.keep ? refresh() : prepareIndex(model)));
  input.addEventListener("keydown", (event) => searchKey(event, box));
  input.addEventListener("blur", () => setTimeout(() => closeResults(box), 150));
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
}

/** What a box finds: groups of hits, and how many there are in all. */
function foundBy(model, box) {
  const index = searchIndex(model);
  const typed = box.input.value;
  if (box.nodes) {
    const entries = index.entries.filter((entry) => entry.is === "node");
    return findAll({ ...index, entries }, typed, model.language, true);
  }
  const hits = findAll(index, typed, model.language);
  const number = numberHit(model, typed, hits);
  return number.some(({ score }) => score < 0) ? [...number, ...hits] : [...hits, ...number];
}

function showResults(model, box, open) {
  const hits = foundBy(model, box);
  const groups = grouped(hits);
  const query = box.input.value.trim();
  const stem = box.list.id.replace(/s$/, "");
  let options = 0;
  const id = () => `${stem}-${options++}`;
  const choose = (entry) => {
    box.input.value = "";
    closeResults(box);
    open(entry);
  };
  const sections = groups.map((group, place) => {
    const most = box.shown.get(group.key) ?? (groups.length > 1 ? SHOWN_FEW : SHOWN_ALONE);
    const kept = group.hits.length <= most + 2 ? group.hits : group.hits.slice(0, most);
    const items = kept.map((hit) => resultItem(model, hit, id(), choose));
    const left = group.hits.length - kept.length;
    if (left > 0) items.push(moreItem(model, left, id(), () => extendGroup(model, box, open, group.key, kept.length)));
    return resultGroup(model, group, `${stem}-group-${place}`, items);
  });
  box.active = -1;
  box.input.removeAttribute("aria-activedescendant");
  box.list.replaceChildren(...sections);
  box.list.hidden = hits.length === 0;
  box.list.scrollTop = 0;
  box.note.textContent = searchNote(model, hits, query);
  box.panel.hidden = query === "";
  box.input.setAttribute("aria-expanded", String(query !== ""));
}

/** Show more of a kind, in place, and go on from there. */
function extendGroup(model, box, open, key, before) {
  const { scrollTop } = box.list;
  const place = box.active;
  box.shown.set(key, before + SHOWN_MORE);
  showResults(model, box, open);
  box.list.scrollTop = scrollTop;
  if (place >= 0) activate(box, place);
}

function searchNote(model, hits, query) {
  if (hits.length === 0) return say(model, "search_none", { query });
  if (hits.every(({ near }) => near)) return say(model, "search_near", { query });
  return say(model, "search_count", { n: figure(model, hits.length) });
}

/** The results of one kind under its name. */
function resultGroup(model, { group, near, hits }, id, items) {
  const kind = group in GLYPHS ? word(model, "found", group) : word(model, "kind", group);
  const title = near ? say(model, "near_kind", { kind }) : kind;
  return make(
    "div",
    { role: "group", "aria-labelledby": id },
    make("p", { id, role: "presentation", class: "found-kind" }, title, " ", make("span", { class: "count" }, figure(model, hits.length))),
    make("ul", { role: "presentation" }, ...items),
  );
}

/** One result: mark, name, kind; below, where the words stand. */
function resultItem(model, hit, id, choose) {
  const { entry } = hit;
  const name = foundName(model, entry);
  const inName = hit.text?.text === name.text;
  const kind = entry.group in GLYPHS ? word(model, "found_one", entry.group) : word(model, "kind_one", entry.group);
  return make(
    "li",
    { role: "option", id, "aria-selected": "false", "data-is": entry.is, onclick: () => choose(entry) },
    foundIcon(model, entry),
    make(
      "span",
      { class: "names" },
      make("span", { class: "found-name", lang: name.lang === model.language ? null : name.lang }, ...(inName ? markedText(model, name.text, hit.needles) : [name.text])),
      inName ? null : foundWhere(model, hit),
    ),
    make("span", { class: "kind" }, kind),
  );
}

function foundIcon(model, entry) {
  if (entry.is === "node") return kindIcon(model, model.nodes.kind[entry.node], model.mark[entry.node]);
  return make("span", { class: "glyph", "aria-hidden": "true" }, GLYPHS[entry.is]);
}

/** What an entry is called, with the language it is in. */
function foundName(model, entry) {
  const here = (text) => ({ text, lang: model.language });
  if (entry.is === "node") return nameOf(model, entry.node);
  if (entry.is === "number") return here(say(model, "number_asks", { n: figure(model, entry.number) }));
  if (entry.is === "question") return here(guideText(model, model.guide.questions[entry.question], "text"));
  if (entry.is === "link") return here(linkName(model, entry.edge));
  if (entry.is === "event") {
    const event = model.eventsOf.get(entry.node)[entry.row];
    const blanks = { date: event.on, kind: word(model, "event_kind", event.kind), name: shortName(model, entry.node) };
    return here(say(model, "event_of", blanks));
  }
  if (entry.is === "claimed") return here(translated(model, model.claims.gloss[entry.row]));
  const { attribute, subject } = model.conflicts[entry.row];
  const node = model.number.get(`instrument:${subject}`);
  const name = node === undefined ? subject : shortName(model, node);
  return here(say(model, "claim_of", { attribute: conceptName(model, "claim-attribute", attribute), name }));
}

function linkName(model, edge) {
  const [from, to] = [model.edges.from[edge], model.edges.to[edge]].map((node) => nameOf(model, node).text);
  return `${from} — ${linkWord(model, "edge", edge)} — ${to}`;
}

/** Where the words stand, when it is not the name: the other name, or what it is and the text around it. */
function foundWhere(model, { entry, field, text, needles }) {
  if (entry.is === "number") {
    const key = entry.readings > 0 ? "number_readings" : "number_none";
    return make("small", {}, say(model, key, { date: model.at, n: entry.readings }));
  }
  const told = make("span", { lang: text.lang && text.lang !== model.language ? text.lang : null }, ...markedText(model, text.text, needles));
  if (field.kind === "name") return make("small", {}, told);
  const titles = { alias: "aliases", key: "found_key" };
  const title = field.kind in titles ? say(model, titles[field.kind]) : field.fact ? factName(model, field.fact) : "";
  return make("small", {}, title ? `${title}: ` : "", told);
}

/** A text with what was sought in it marked, cut to what stands around it. */
function markedText(model, text, needles) {
  const parts = snippet(markedParts(text, needles, model.foldMap));
  return parts.map(([part, mark]) => (mark ? make("mark", {}, part) : part));
}

/** The way to the rest of a kind. */
function moreItem(model, left, id, extend) {
  const text = say(model, "show_more", { n: figure(model, Math.min(SHOWN_MORE, left)) });
  return make("li", { role: "option", id, "aria-selected": "false", class: "found-more", onclick: extend }, text);
}

function searchKey(event, box) {
  const items = optionsOf(box);
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way !== undefined && items.length > 0) {
    event.preventDefault();
    const from = box.active < 0 && way < 0 ? 0 : box.active;
    activate(box, (from + way + items.length) % items.length);
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

function optionsOf(box) {
  return [...box.list.querySelectorAll("[role=option]")];
}

/** Make one result the active one. */
function activate(box, place) {
  const items = optionsOf(box);
  box.active = Math.min(place, items.length - 1);
  items.forEach((item, at_) => item.setAttribute("aria-selected", String(at_ === box.active)));
  items[box.active].scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", items[box.active].id);
}

function closeResults(box) {
  box.panel.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}
