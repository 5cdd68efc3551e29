/* compare.js: two days, or two lenses, side by side: the world, what has another standing, and what changed between. */

import { isDay } from "./address.js";
import { changesBetween, countKinds } from "./changes.js";
import { at, make } from "./dom.js";
import { dataSpan, nodeButton } from "./elements.js";
import { LENSES } from "./law_status.js";
import { STATUS_SIGNS } from "./marks.js";
import { measuresChoice, showMeasures } from "./measures.js";
import { rove } from "./svg.js";
import { statusAt } from "./time.js";
import { figure, say, tierName, webAddress, word } from "./words.js";
import { worldLegend, worldLook, worldSvg } from "./world.js";

const FEW_NAMES = 8;

/** The other side: chosen by the reader, or the same lens a year before. */
function besideOf({ state }) {
  const [year, rest] = [Number(state.at.slice(0, 4)) - 1, state.at.slice(4)];
  const day = `${year}${rest === "-02-29" ? "-02-28" : rest}`;
  return state.beside ?? { at: day, lens: state.lens };
}

function showCompare(model, page) {
  if (model.compared && page.state.measures) return showMeasures(model, page);
  const [one, two] = [besideOf(page), { at: page.state.at, lens: page.state.lens }];
  const box = at("board");
  const kept = box.firstElementChild?.id === "compare-head" && box.firstElementChild.lang === model.language;
  if (!kept) box.replaceChildren(compareHead(model, page));
  fillHead(model, one, two);
  const [first, last] = one.at <= two.at ? [one.at, two.at] : [two.at, one.at];
  const changes = changesBetween(model, first, last);
  const tiers = differing([...model.tiersOf.keys()], sidesOf(model, one, two).map((look) => look.tier));
  const statuses = differing([...model.eventsOf.keys()], [one, two].map((side) => (node) => statusAt(model, node, side.at, side.lens).status));
  const title = { tier: (tier) => tierName(model, tier), status: (status) => `${STATUS_SIGNS[status]} ${word(model, "status", status)}` };
  const parts = [
    measuresChoice(model, page),
    make("p", { class: "compare-sum", id: "compare-sum" }, sumOf(model, { first, last }, changes, tiers, statuses)),
    twoWorlds(model, page, one, two, tiers),
    differenceTable(model, page, "compare_tiers", tiers, [one, two], title.tier),
    differenceTable(model, page, "compare_statuses", statuses, [one, two], title.status),
    changesBox(model, page, changes, { first, last }),
    make("p", { class: "quiet" }, say(model, model.about.ask === "all" ? "compare_note" : "compare_note_part")),
    model.compared ? null : make("p", { class: "quiet" }, say(model, "compare_hint")),
  ];
  while (box.children.length > 1) box.lastChild.remove();
  box.append(...parts.filter((part) => part !== null));
}

/** The two sides, each with its day and lens; what is typed stays while the rest is drawn anew. */
function compareHead(model, page) {
  const change = (name) => (side) => page.change(name === "beside" ? { beside: { ...besideOf(page), ...side } } : side);
  const swap = () => {
    const { at: day, lens } = page.state;
    page.change({ ...besideOf(page), beside: { at: day, lens } });
  };
  return make(
    "div",
    { id: "compare-head", class: "compare-head", lang: model.language },
    sideControls(model, "beside", change("beside")),
    make("button", { type: "button", class: "plain", id: "compare-swap", title: say(model, "compare_swap"), "aria-label": say(model, "compare_swap"), onclick: swap }, "⇄"),
    sideControls(model, "here", change("here")),
  );
}

function sideControls(model, name, change) {
  const day = make("input", { type: "date", id: `${name}-day`, "aria-label": say(model, `compare_day_${name}`), min: "1990-01-01", max: model.history.known_on });
  day.addEventListener("change", () => isDay(day.value) && change({ at: day.value }));
  const lens = make(
    "select",
    { id: `${name}-lens`, "aria-label": say(model, `compare_lens_${name}`) },
    ...LENSES.map((one) => make("option", { value: one }, word(model, "lens", one))),
  );
  lens.addEventListener("change", () => change({ lens: lens.value }));
  return make("div", { class: "compare-side" }, day, lens);
}

function fillHead(model, one, two) {
  for (const [name, side] of [["beside", one], ["here", two]]) {
    at(`${name}-day`).value = side.at;
    at(`${name}-lens`).value = side.lens;
  }
}

/** Looks of the world on both sides. */
function sidesOf(model, one, two) {
  return [one, two].map((side) => worldLook(model, side.at, side.lens));
}

/** Nodes that differ, by the pair of values they have: [[a, b], nodes], most nodes first. */
function differing(nodes, [a, b]) {
  const pairs = new Map();
  for (const node of nodes) {
    const [x, y] = [a(node), b(node)];
    if (x === y) continue;
    const key = `${x}>${y}`;
    if (!pairs.has(key)) pairs.set(key, [[x, y], []]);
    pairs.get(key)[1].push(node);
  }
  return [...pairs.values()].sort((x, y) => y[1].length - x[1].length || (x[0].join() < y[0].join() ? -1 : 1));
}

function countOf(pairs) {
  return pairs.reduce((sum, [, nodes]) => sum + nodes.length, 0);
}

/** The answer in a sentence. */
function sumOf(model, { first, last }, changes, tiers, statuses) {
  const blanks = { from: first, to: last, changes: changes.length, places: countOf(tiers), acts: countOf(statuses) };
  for (const name of ["changes", "places", "acts"]) blanks[name] = figure(model, blanks[name]);
  return say(model, first === last ? "compare_sum_lens" : "compare_sum", blanks);
}

/** Both worlds; what is alike on both is pale. */
function twoWorlds(model, page, one, two, tiers) {
  const moved = new Set(tiers.flatMap(([, nodes]) => nodes));
  const cells = sidesOf(model, one, two).map((look, side) => {
    const svg = worldSvg(model, page, { ...look, changed: () => false, alike: (node) => moved.size > 0 && !moved.has(node) });
    svg.classList.add("small-world");
    rove(svg, [...svg.querySelectorAll("[role=button]")]);
    const { at: day, lens } = [one, two][side];
    return make("figure", {}, make("figcaption", {}, `${day} · ${word(model, "lens", lens)}`), svg, worldLegend(model, look));
  });
  return make("div", { class: "compare-worlds" }, ...cells);
}

/** What differs as a table: from, to, how many, which. */
function differenceTable(model, page, title, pairs, sides, nameOfValue) {
  if (pairs.length === 0) return make("p", { class: "quiet" }, say(model, `${title}_none`));
  const heads = [...sides.map(({ at: day, lens }) => `${day} · ${word(model, "lens", lens)}`), say(model, "compare_count"), say(model, "compare_which")];
  const rows = pairs.map(([[x, y], nodes]) =>
    make(
      "tr",
      {},
      make("td", { class: "short" }, nameOfValue(x)),
      make("td", { class: "short" }, nameOfValue(y)),
      make("td", { class: "number" }, figure(model, nodes.length)),
      make("td", {}, namesOf(model, page, nodes)),
    ),
  );
  return make(
    "table",
    { class: "plain-table", id: title.replace("_", "-"), "data-table": title.replace("_", "-") },
    make("caption", {}, `${say(model, title)}: ${figure(model, countOf(pairs))}`),
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...rows),
  );
}

/** The first few as buttons, the rest on demand. */
function namesOf(model, page, nodes) {
  const open = (node) => page.open(node, { keepView: true });
  const button = (node) => nodeButton(model, node, open);
  const few = nodes.length <= FEW_NAMES + 2 ? nodes : nodes.slice(0, FEW_NAMES);
  const box = make("div", { class: "compare-names" }, ...few.map(button));
  const rest = nodes.slice(few.length);
  if (rest.length === 0) return box;
  const more = make("button", { type: "button", class: "plain" }, say(model, "show_more", { n: figure(model, rest.length) }));
  more.addEventListener("click", () => {
    more.remove();
    box.append(...rest.map(button));
  });
  box.append(more);
  return box;
}

/** What changed, by kind, each kind folded; its rows are made when it is opened. */
function changesBox(model, page, changes, { first, last }) {
  if (first === last) return make("p", { class: "quiet" }, say(model, "compare_same_day"));
  const title = make("h3", {}, `${say(model, "compare_changes", { from: first, to: last })}: ${figure(model, changes.length)}`);
  const kinds = countKinds(changes).map(([kind, of]) => {
    const list = make("ol", { class: "change-list" });
    const part = make(
      "details",
      { class: "change-kind", "data-kind": kind },
      make("summary", {}, `${word(model, "change_kind", kind)}: ${figure(model, of.length)}`),
      list,
    );
    part.addEventListener("toggle", () => part.open && list.children.length === 0 && list.append(...of.map((change) => changeItem(model, page, change))));
    return part;
  });
  return make("section", { id: "compare-changes" }, title, ...kinds);
}

function changeItem(model, page, { date, id, node, told, source, certain }) {
  const address = source ? webAddress(source) : null;
  return make(
    "li",
    { "data-id": id, "data-certain": String(certain) },
    make("time", {}, certain ? date : `${date} (?)`),
    make("span", {}, dataSpan(model, told)),
    address ? make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, say(model, "source")) : null,
    node === undefined ? null : make("button", { type: "button", class: "relation", onclick: () => page.open(node, { keepView: true }) }, say(model, "open")),
  );
}
