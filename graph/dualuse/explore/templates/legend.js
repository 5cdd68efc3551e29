/* legend.js: what colours, shapes and signs mean, and the same lines as filters with counts. */

import { at, make } from "./dom.js";
import { kindIcon } from "./elements.js";
import { facetCounts, facetValues } from "./facets.js";
import { STATUS_SIGNS, tierSign } from "./marks.js";
import { FACETS } from "./state.js";
import { figure, say, tierName, word } from "./words.js";

/** Rebuild the legend. `change` is called with a facet and its new set of hidden values, or null to show everything. */
function showLegend(model, state, visible, change) {
  const counts = facetCounts(model, state, (model.facets ??= facetValues(model)), visible);
  const titles = {
    kind: "legend_kinds",
    channel: "legend_channels",
    tier: "legend_tiers",
    confidence: "legend_confidence",
    stance: "legend_stances",
    source: "legend_sources",
  };
  const hiding = FACETS.some((facet) => state.off[facet].size > 0);
  const reset = make(
    "button",
    { type: "button", id: "reset", class: "plain", hidden: !hiding, onclick: () => change(null) },
    say(model, "reset"),
  );
  const groups = FACETS.filter((facet) => counts[facet].size > 0).map((facet) =>
    facetGroup(model, state, facet, say(model, titles[facet]), counts[facet], change),
  );
  at("legend").replaceChildren(
    make("p", { class: "quiet" }, say(model, "legend_hint")),
    reset,
    ...groups,
    signsGroup(model),
  );
}

function facetGroup(model, state, facet, title, counts, change) {
  const rows = [...counts].map(([value, count]) => facetRow(model, state, facet, value, count, counts, change));
  const group = make("fieldset", { class: `facet ${facet}` }, make("legend", {}, title), ...rows);
  oneStop(group, facet);
  return group;
}

const facetStops = new Map(); /* facet -> id of the control that Tab reaches: the one used last */

/** Let Tab reach a group of filters once; in it the arrows go up and down the values, and across to "only". */
function oneStop(group, facet) {
  const grid = [...group.querySelectorAll(".row")].map((row) => [...row.querySelectorAll("input, button")]);
  const all = grid.flat();
  const start = all.find((one) => one.id === facetStops.get(facet)) ?? all[0];
  for (const one of all) one.tabIndex = one === start ? 0 : -1;
  group.addEventListener("focusin", (event) => {
    facetStops.set(facet, event.target.id);
    for (const one of all) one.tabIndex = one === event.target ? 0 : -1;
  });
  group.addEventListener("keydown", (event) => {
    const row = grid.findIndex((controls) => controls.includes(event.target));
    const place = grid[row]?.indexOf(event.target);
    const ways = {
      ...{ ArrowDown: [row + 1, place], ArrowUp: [row - 1, place], ArrowRight: [row, place + 1], ArrowLeft: [row, place - 1] },
      ...{ Home: [0, place], End: [grid.length - 1, place] },
    };
    if (row < 0 || !(event.key in ways)) return;
    event.preventDefault();
    event.stopPropagation();
    const [to, at_] = ways[event.key];
    grid[to]?.[at_]?.focus();
  });
}

/** One value: tick box, mark, name, count, and a button that hides all the others. */
function facetRow(model, state, facet, value, count, counts, change) {
  const off = state.off[facet];
  const id = `${facet}-${value || "none"}`;
  const toggle = (event) => {
    const next = new Set(off);
    if (event.target.checked) next.delete(value);
    else next.add(value);
    change(facet, next);
  };
  const isolate = () => change(facet, new Set([...counts.keys()].filter((other) => other !== value)));
  const name = facetName(model, facet, value);
  return make(
    "div",
    { class: "row" },
    make("input", { type: "checkbox", id, checked: !off.has(value), onchange: toggle }),
    make("label", { for: id }, facetIcon(model, facet, value), make("span", {}, name)),
    make(
      "button",
      {
        type: "button",
        class: "only",
        id: `only-${id}`,
        "aria-label": say(model, "only_of", { name }),
        onclick: isolate,
      },
      say(model, "only"),
    ),
    make("span", { class: "count" }, figure(model, count)),
  );
}

function facetName(model, facet, value) {
  if (facet === "tier") return tierName(model, value);
  if (facet === "source") return value ? word(model, "source_class", value) : say(model, "no_receipt");
  return word(model, facet, value);
}

function facetIcon(model, facet, value) {
  const kinds = model.kinds.map((kind) => kind.kind);
  if (facet === "kind") return kindIcon(model, kinds.indexOf(value));
  if (facet === "tier" && kinds.includes("place")) return kindIcon(model, kinds.indexOf("place"), tierSign(value));
  if (facet === "stance" && kinds.includes("statement"))
    return kindIcon(model, kinds.indexOf("statement"), model.marks[value] ?? "");
  return null;
}

/** What signs, sizes and dashes mean: only those that occur. */
function signsGroup(model) {
  const lines = signLines(model).map((line) => make("li", {}, line));
  return make("div", { class: "signs" }, make("h3", {}, say(model, "marks_title")), make("ul", {}, ...lines));
}

function signLines(model) {
  const { nodes } = model;
  const lines = [];
  if (nodes.tier.some(Boolean)) lines.push(say(model, "marks_tier"));
  if (model.history) {
    const found = Object.keys(STATUS_SIGNS).filter((status) => nodes.status.includes(status));
    lines.push(...found.map((status) => `${STATUS_SIGNS[status]} ${word(model, "status", status)}`));
  }
  if (model.about.scenario) lines.push(say(model, "marks_change"));
  lines.push(say(model, "marks_size"), say(model, "marks_dash"));
  return lines;
}
