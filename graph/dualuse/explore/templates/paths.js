/* paths.js: how two entries are connected, and, of a measure and a party, how the law reaches it (reached.js). "Both are in one country" is no answer: places, groups, tiers and roles are
   not passed through unless the reader asks for it, and every other entry costs more the more it is linked to. */

import { make } from "./dom.js";
import { cardHead, dataSpan, nodeButton } from "./elements.js";
import { otherEnd } from "./links.js";
import { lawSection } from "./reached.js";
import { startSearch } from "./search.js";
import { isHub } from "./state.js";
import { kindOf, linkWord, nameOf, say } from "./words.js";

const SHARED_KINDS = ["place", "group", "tier", "bearer", "decision-rule"];
const WEIGHED_KINDS = ["organisation", "instrument", "measure", "product", "person", "statement"];

/** Whether a way may lead through a node. */
function passable(model, node, wide) {
  const kind = kindOf(model, node);
  return wide || (!SHARED_KINDS.includes(kind) && (WEIGHED_KINDS.includes(kind) || !isHub(model, node)));
}

/** What it costs to step onto a node: little for one with few links, more for a hub. */
function stepCost(model, node) {
  return 1 + Math.log2(1 + model.degree[node]) / 2;
}

/** The cheapest way between two nodes over links that hold on the day: {nodes, edges}, or null. */
function findPath(model, from, to, wide) {
  if (from === null || to === null || from === to) return null;
  const cost = new Float64Array(model.count).fill(Infinity);
  const came = new Int32Array(model.count).fill(-1);
  const done = new Uint8Array(model.count);
  const open = [[0, from]];
  cost[from] = 0;
  while (open.length > 0) {
    const [, node] = popLeast(open);
    if (done[node]) continue;
    done[node] = 1;
    if (node === to) return traceBack(model, came, from, to);
    if (node !== from && !passable(model, node, wide)) continue;
    for (const edge of model.incident[node]) {
      if (!model.alive.edge[edge]) continue;
      const other = otherEnd(model, edge, node);
      const next = cost[node] + (other === to ? 1 : stepCost(model, other));
      if (next >= cost[other]) continue;
      cost[other] = next;
      came[other] = edge;
      pushSorted(open, [next, other]);
    }
  }
  return null;
}

function isLighter(a, b) {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** Add to a binary heap. */
function pushSorted(heap, item) {
  heap.push(item);
  let place = heap.length - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isLighter(heap[place], heap[parent])) return;
    [heap[place], heap[parent]] = [heap[parent], heap[place]];
    place = parent;
  }
}

/** Take the least of a binary heap. */
function popLeast(heap) {
  const [least] = heap;
  const last = heap.pop();
  if (heap.length === 0) return least;
  heap[0] = last;
  let place = 0;
  for (;;) {
    const children = [2 * place + 1, 2 * place + 2].filter((child) => child < heap.length);
    const child = children.reduce((a, b) => (a < 0 || isLighter(heap[b], heap[a]) ? b : a), -1);
    if (child < 0 || !isLighter(heap[child], heap[place])) return least;
    [heap[place], heap[child]] = [heap[child], heap[place]];
    place = child;
  }
}

function traceBack(model, came, from, to) {
  const [nodes, edges] = [[to], []];
  while (nodes[0] !== from) {
    edges.unshift(came[nodes[0]]);
    nodes.unshift(otherEnd(model, edges[0], nodes[0]));
  }
  return { nodes, edges };
}

/** The path of a state, worked out once per state of the question. */
function pathOf(page) {
  const { model, state } = page;
  if (state.path === null) return null;
  const { from, to, wide } = state.path;
  const asked = [from, to, wide, model.at].join(" ");
  if (page.pathAsked !== asked) page.pathFound = findPath(model, from, to, wide);
  page.pathAsked = asked;
  return page.pathFound;
}

/** The card of the path finder: two ends, the chain between them, each link with its receipts. */
function pathCard(model, page) {
  const { path } = page.state;
  const ask = (change) => page.change({ path: { ...path, ...change }, focus: null });
  return [
    cardHead(model, page, make("span", {}, say(model, "path"))),
    make("h2", {}, say(model, "path_title")),
    pathEnd(model, "from", path.from, (node) => ask({ from: node })),
    pathEnd(model, "to", path.to, (node) => ask({ to: node })),
    ...pathAnswer(model, page),
  ];
}

/** Whether a chain may lead through places, groups and roles. */
function wideBox(model, page) {
  const { path } = page.state;
  const ask = (event) => page.change({ path: { ...path, wide: event.target.checked }, focus: null });
  return make("label", { class: "check" }, make("input", { type: "checkbox", id: "path-wide", checked: path.wide, onchange: ask }), say(model, "path_wide"));
}

/** A box to choose one end. */
function pathEnd(model, end, node, choose) {
  const id = `path-${end}`;
  const box = make("div", { class: "search path-end" });
  const input = make("input", {
    id,
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    placeholder: say(model, "path_hint"),
  });
  const list = make("div", { id: `${id}-list`, role: "listbox", "aria-label": say(model, `path_${end}`) });
  const note = make("p");
  const panel = make("div", { class: "results", hidden: true }, list, note);
  if (node !== null) input.value = nameOf(model, node).text;
  input.addEventListener("focus", () => input.select());
  box.append(make("label", { for: id }, say(model, `path_${end}`)), input, panel);
  startSearch(model, { input, panel, list, note, keep: true, nodes: true }, (entry) => choose(entry.node));
  return box;
}

function pathAnswer(model, page) {
  const { from, to } = page.state.path;
  if (from === null || to === null) return [make("p", { class: "quiet" }, say(model, "path_ask"))];
  const found = pathOf(page);
  const begin = [lawSection(model, page), make("h3", {}, say(model, "path_connected")), make("p", { class: "quiet" }, say(model, "path_note")), wideBox(model, page)];
  if (found === null) return [...begin, make("p", { id: "path-none" }, say(model, "path_none", { date: model.at }))];
  const steps = found.edges.flatMap((edge, place) => {
    const forth = model.edges.from[edge] === found.nodes[place];
    return [chainLink(model, page, edge, forth), make("li", {}, nodeButton(model, found.nodes[place + 1], page.open))];
  });
  return [
    ...begin,
    make("p", { id: "path-found" }, say(model, "path_found", { n: found.edges.length, date: model.at })),
    make("ol", { class: "chain", id: "chain" }, make("li", {}, nodeButton(model, found.nodes[0], page.open)), ...steps),
  ];
}

/** One link of the chain: what it says in the direction it is told, its matter, its receipts. */
function chainLink(model, page, edge, forth) {
  const receipts = model.edges.sources[edge].length;
  const label = say(model, "receipt_count", { n: receipts });
  const said = [model.edges.amount[edge], model.edges.provision[edge]].filter(Boolean).join(" · ");
  return make(
    "li",
    { class: "chain-link" },
    make("span", { "aria-hidden": "true" }, forth ? "↓" : "↑"),
    make(
      "span",
      {},
      linkWord(model, forth ? "edge" : "edge_back", edge),
      said ? make("small", {}, dataSpan(model, said)) : null,
    ),
    make(
      "button",
      { type: "button", class: "receipt", "aria-label": label, title: label, onclick: () => page.openEdge(edge) },
      `§${receipts}`,
    ),
  );
}
