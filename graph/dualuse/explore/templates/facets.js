/* facets.js: the values of the filters, and how much of each would be shown as the other filters stand. */

import { FACETS, bestSource, visibleParts } from "./state.js";
import { kindOf } from "./words.js";

/** Values of each facet in the order they are shown, whether or not the day has any. */
function facetValues(model) {
  const { nodes, edges } = model;
  const inOrder = (values, order) =>
    [...new Set(values)].sort((a, b) => rankIn(order, a) - rankIn(order, b) || (a < b ? -1 : 1));
  return {
    kind: inOrder(nodes.kind.map((kind) => model.kinds[kind].kind), model.kinds.map((kind) => kind.kind)),
    channel: inOrder(edges.channel, Object.keys(model.texts.en.channel).filter(Boolean)),
    tier: inOrder(nodes.tier.filter((tier) => tier !== ""), ["1", "2", "3", "unknown"]),
    confidence: inOrder([...nodes.confidence, ...edges.confidence], ["high", "medium", "low", ""]),
    stance: inOrder(nodes.stance.filter((stance) => stance !== ""), Object.keys(model.marks)),
    source: inOrder(edges.from.map((_, edge) => bestSource(model, edge)), Object.keys(model.texts.en.source_class)),
  };
}

function rankIn(order, value) {
  const rank = order.indexOf(value);
  return rank < 0 ? order.length : rank;
}

/** Facet -> value -> how many entries or links of that value are shown, or would be if it alone were ticked besides. */
function facetCounts(model, state, values, visible) {
  const shown = tallies(model, visible);
  return Object.fromEntries(
    FACETS.map((facet) => {
      const counts = values[facet].map((value) => [value, remaining(model, state, facet, value, shown)]);
      return [facet, new Map(counts)];
    }),
  );
}

function remaining(model, state, facet, value, shown) {
  const { off } = state;
  if (!off[facet].has(value)) return shown[facet].get(value) ?? 0;
  const lifted = new Set(off[facet]);
  lifted.delete(value);
  const then = visibleParts(model, { ...state, off: { ...off, [facet]: lifted } });
  return tallies(model, then)[facet].get(value) ?? 0;
}

/** Facet -> value -> how often it occurs among what is visible. */
function tallies(model, { nodeOn, edgeOn }) {
  const { nodes, edges } = model;
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  const add = (facet, value) => counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
  nodeOn.forEach((on, node) => {
    if (!on) return;
    add("kind", kindOf(model, node));
    add("confidence", nodes.confidence[node]);
    if (nodes.tier[node] !== "") add("tier", nodes.tier[node]);
    if (nodes.stance[node] !== "") add("stance", nodes.stance[node]);
  });
  edgeOn.forEach((on, edge) => {
    if (!on) return;
    add("channel", edges.channel[edge]);
    add("confidence", edges.confidence[edge]);
    add("source", bestSource(model, edge));
  });
  return counts;
}
