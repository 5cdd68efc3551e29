/* cards.js: the card of a link, and the control of how much of what surrounds an entry is shown. */

import { at, make } from "./dom.js";
import { cardHead, confidenceLine, dataSpan, longText, nodeButton, receiptList } from "./elements.js";
import { MOST_STEPS } from "./state.js";
import { PARTIES } from "./reached.js";
import { changeAt, perhaps, shortName, startUnknown } from "./time.js";
import { kindOf, linkWord, say, word } from "./words.js";

/* kinds of links whose text only says again what their ends, their kind and their dates do */
const CAPTIONED = new Set(
  "buys-from catches comprises designed-by hosts lists made-by member-of owns partner-of puts-in-tier seats supplies treated-as".split(" "),
);

/** Everything about a link. */
function edgeCard(model, page, edge) {
  const { edges } = model;
  const rows = [
    [say(model, "channel"), edges.channel[edge] ? word(model, "channel", edges.channel[edge]) : null],
    [say(model, "valid"), validity(model, edge)],
    [say(model, "scenario"), changeWord(model, edge)],
    [say(model, "amount"), edges.amount[edge] ? dataSpan(model, edges.amount[edge]) : null],
    [say(model, "provision"), edges.provision[edge] ? dataSpan(model, edges.provision[edge]) : null],
    [say(model, "detail"), edges.text[edge] && !CAPTIONED.has(edges.kind[edge]) ? longText(model, edges.text[edge]) : null],
    [say(model, "confidence"), edges.confidence[edge] ? confidenceLine(model, edges.confidence[edge]) : null],
  ];
  return [
    cardHead(model, page, make("span", {}, say(model, "link"))),
    make("h2", {}, linkWord(model, "edge", edge)),
    make(
      "div",
      { class: "ends" },
      nodeButton(model, edges.from[edge], page.open),
      make("span", { class: "verb" }, "↓ ", linkWord(model, "edge", edge)),
      nodeButton(model, edges.to[edge], page.open),
    ),
    make(
      "dl",
      { class: "facts" },
      ...rows
        .filter(([, value]) => value !== null)
        .map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
    ),
    make("h3", {}, say(model, "receipts")),
    receiptList(model, edges.sources[edge]),
    edges.iri[edge] ? identifierLine(model, edges.iri[edge]) : null,
  ];
}

/** From when to when; a link that holds over a time says so when its start is not on record. */
function validity(model, edge) {
  const { valid_from, valid_to, seen } = model.edges;
  const [from, to] = [valid_from[edge], valid_to[edge]];
  if (!from && !to && !startUnknown(model, edge)) return null;
  const known = seen[edge] ? say(model, "seen_on", { date: seen[edge] }) : "";
  const unknown = startUnknown(model, edge) && model.history ? `${say(model, "start_unknown")} ${known}` : "";
  const note = perhaps(model, edge) ? `${say(model, "perhaps")} ${unknown}` : unknown;
  return make("span", {}, `${from || say(model, "unknown_date")} – ${to || say(model, "open_date")}`, note ? make("small", {}, note.trim()) : null);
}

/** What the scenario of the page does to a link. */
function changeWord(model, edge) {
  const change = changeAt(model, edge);
  return change ? say(model, `change_${change}`) : null;
}

/** How many steps around the entry are shown; none: everything. */
function depthControl(model, page) {
  const { near } = page.state;
  const text = (steps) => (steps === 0 ? say(model, "depth_all") : say(model, "depth_n", { n: steps }));
  const shown = make("output", { for: "depth", id: "depth-text" }, text(near));
  const slider = make("input", {
    id: "depth",
    type: "range",
    min: "0",
    max: String(MOST_STEPS),
    step: "1",
    value: String(near),
    "aria-valuetext": text(near),
    onchange: (event) => page.setNear(Number(event.target.value)),
  });
  return make("div", { class: "depth" }, make("label", { for: "depth" }, say(model, "depth")), slider, shown);
}

/** A way to the path finder that begins at an entry. */
function pathButton(model, page, node) {
  const ask = () => {
    page.change({ path: { from: node, to: null, wide: false }, focus: null, near: 0 });
    at("path-to").focus();
  };
  return make("button", { type: "button", class: "plain", id: "path-here", onclick: ask }, say(model, "path_here"));
}

/** A way to the answer of how the law reaches a party: from the measure of the first screen. */
function lawButton(model, page, node) {
  const measure = model.number.get(model.landing.of);
  if (measure === undefined || !PARTIES.includes(kindOf(model, node))) return null;
  const ask = () => page.change({ path: { from: measure, to: node, wide: false }, focus: null, near: 0, view: page.state.view === "start" ? "map" : page.state.view });
  return make("button", { type: "button", class: "plain", id: "law-here", onclick: ask }, say(model, "law_here", { measure: shortName(model, measure) }));
}

function identifierLine(model, identifier) {
  return make("p", { class: "identifier" }, make("span", {}, say(model, "identifier")), make("code", {}, identifier));
}
