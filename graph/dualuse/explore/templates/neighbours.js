/* neighbours.js: what an entry is linked to, by relation and direction; each link with its day, its amount and its receipts. */

import { make } from "./dom.js";
import { dataSpan, nodeButton } from "./elements.js";
import { otherEnd } from "./links.js";
import { figure, linkWord, say } from "./words.js";

const FIRST_NEIGHBOURS = 6;
const MORE_NEIGHBOURS = 40;

/** Neighbours by relation and direction, the relation with most first. */
function neighbourGroups(model, page, node) {
  const shown = model.incident[node].filter((edge) => page.visible.edgeOn[edge]);
  const hidden = model.incident[node].length - shown.length;
  const sections = relationsOf(model, node, shown).map((group) => neighbourGroup(model, page, node, group));
  if (shown.length === 0 && hidden === 0) sections.push(make("p", { class: "quiet" }, say(model, "no_neighbours")));
  if (hidden > 0)
    sections.push(make("p", { class: "quiet" }, say(model, "hidden_neighbours", { n: figure(model, hidden) })));
  return sections;
}

/** Links of a node by what they say of it: {forth, edges, ends}; `ends` from each neighbour to its links. */
function relationsOf(model, node, shown) {
  const { edges } = model;
  const groups = new Map();
  for (const edge of shown) {
    const forth = edges.from[edge] === node;
    const key = `${forth ? ">" : "<"}${edges.kind[edge]} ${edges.relation[edge]}`;
    if (!groups.has(key)) groups.set(key, { key, forth, edges: [], ends: new Map() });
    const { edges: all, ends } = groups.get(key);
    const other = otherEnd(model, edge, node);
    all.push(edge);
    ends.set(other, [...(ends.get(other) ?? []), edge]);
  }
  return [...groups.values()].sort((a, b) => b.ends.size - a.ends.size || b.edges.length - a.edges.length || (a.key < b.key ? -1 : 1));
}

/** One relation: its neighbours, the most linked first; the first few at once, the rest on demand. */
function neighbourGroup(model, page, node, { forth, edges, ends }) {
  const arrow = make("span", { class: "direction", "aria-hidden": "true" }, forth ? "→" : "←");
  const list = make("ul", { class: "neighbours" });
  const sorted = [...ends].sort(([a], [b]) => model.degree[b] - model.degree[a] || a - b);
  const more = make("button", { type: "button", class: "more" });
  let shown = 0;
  const extend = (by) => {
    list.append(...sorted.slice(shown, shown + by).map(([other, links]) => neighbourItem(model, page, other, links)));
    shown = Math.min(sorted.length, shown + by);
    more.hidden = shown === sorted.length;
    more.textContent = say(model, "show_more", { n: figure(model, Math.min(MORE_NEIGHBOURS, sorted.length - shown)) });
  };
  more.addEventListener("click", () => {
    const first = list.children.length;
    extend(MORE_NEIGHBOURS);
    list.children[first].querySelector("button").focus();
  });
  extend(sorted.length <= FIRST_NEIGHBOURS + 2 ? sorted.length : FIRST_NEIGHBOURS);
  const title = make(
    "h4",
    {},
    arrow,
    linkWord(model, forth ? "edge" : "edge_back", edges[0]),
    make("span", { class: "count" }, figure(model, sorted.length)),
  );
  return make("section", { class: "neighbour-group" }, title, list, more);
}

/** A neighbour with what its link says; where several links say the same relation, a line for each. */
function neighbourItem(model, page, other, links) {
  const name = nodeButton(model, other, page.open);
  if (links.length === 1) {
    const detail = linkDetail(model, links[0]);
    return make("li", {}, make("div", {}, name, detail), receiptButton(model, page, links[0]));
  }
  const { valid_from: from, seen } = model.edges;
  const day = (edge) => from[edge] || seen[edge];
  const lines = [...links].sort((a, b) => (day(a) < day(b) ? -1 : Number(day(a) > day(b))) || a - b);
  const items = lines.map((edge, place) =>
    make("li", {}, linkDetail(model, edge) ?? make("small", {}, say(model, "link_n", { n: place + 1 })), receiptButton(model, page, edge)),
  );
  return make("li", { class: "parallel" }, name, make("ul", {}, ...items));
}

/** The receipts of a link as a button that opens it. */
function receiptButton(model, page, edge) {
  const receipts = model.edges.sources[edge].length;
  const label = `§${receipts}: ${say(model, "receipt_count", { n: receipts })}`;
  const open = () => page.openEdge(edge);
  return make("button", { type: "button", class: "receipt", "aria-label": label, title: label, onclick: open }, `§${receipts}`);
}

/** When a link holds, how much, and on which paragraph it rests; null where nothing of it is on record. */
function linkDetail(model, edge) {
  const { amount, provision } = model.edges;
  const said = [amount[edge], provision[edge]].filter(Boolean).map((text) => dataSpan(model, text));
  const parts = [linkDays(model, edge), ...said].filter((part) => part !== "");
  if (parts.length === 0) return null;
  return make("small", {}, ...parts.flatMap((part, place) => (place > 0 ? [" · ", part] : [part])));
}

/** The days of a link in words: from, until, or when it was seen; "" where none is on record. */
function linkDays(model, edge) {
  const from = model.edges.valid_from[edge];
  const to = model.edges.valid_to[edge];
  const seen = model.edges.seen[edge];
  if (from && to) return say(model, "link_span", { from, to });
  if (from) return say(model, "link_since", { from });
  const known = [to && say(model, "link_until", { to }), seen && say(model, "seen_on", { date: seen }).replace(/[.。]$/, "")];
  return known.filter(Boolean).join(" · ");
}
