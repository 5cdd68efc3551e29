/* state.js: what the reader has chosen, and what of the network that lets through. */

import { inOpenGroup } from "./clusters.js";
import { otherEnd } from "./links.js";
import { kindOf } from "./words.js";

const FACETS = ["kind", "channel", "tier", "confidence", "stance", "source"];
const VIEWS = ["start", "network", "map", "world", "matrix", "timeline", "compare", "conflicts", "entries", "links"];
const MOST_STEPS = 3;
const MOST_USED_SPAN = 3;
const ANY = -1;

/** Nothing chosen, nothing hidden. `focus` is {node} or {edge} or null, `path` {from, to, wide} or null;
    `beside` is the day and the lens that those shown are compared with, {at, lens} or null; `atlas` the region
    that the map of shapes shows, or null for the tiles; `measures` whether two measures are compared; `tables` how the reader looks at each table. */
function freshState(model, language) {
  return {
    language,
    view: homeView(model, null, null),
    at: model.about.as_of,
    lens: model.about.lens,
    beside: null,
    atlas: null,
    measures: Boolean(model.compared),
    focus: null,
    near: 0,
    path: null,
    of: null,
    group: null,
    around: 0,
    within: MOST_USED_SPAN,
    claimed: null,
    story: 0,
    theme: null,
    camera: null,
    embed: false,
    open: new Set(),
    tables: {},
    off: freshFilters(),
  };
}

/** The view of a page that was not asked for one: how it begins, or the map with what is chosen on it. */
function homeView(model, focus, path) {
  return focus === null && path === null && model.views.includes("start") ? "start" : "map";
}

function freshFilters() {
  return Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
}

/** Which nodes and edges the day, the filters and the groups let through, as two arrays of 0 and 1. */
function visibleParts(model, state) {
  const nodeOn = new Uint8Array(model.count);
  const edgeOn = new Uint8Array(model.links);
  const near = neighbourhood(model, state);
  for (let node = 0; node < model.count; node += 1) {
    const on = model.alive.node[node] && nodePasses(model, state, node) && inOpenGroup(model, state, node);
    nodeOn[node] = on && (near === null || near.has(node)) ? 1 : 0;
  }
  for (let edge = 0; edge < model.links; edge += 1) {
    edgeOn[edge] = model.alive.edge[edge] && edgePasses(model, state, edge, nodeOn) ? 1 : 0;
  }
  if (state.off.channel.size > 0 || state.off.source.size > 0) dropStranded(model, state, nodeOn, edgeOn);
  return { nodeOn, edgeOn };
}

/** The focus and what lies within some steps of it, hubs not crossed; null when everything is asked for. */
function neighbourhood(model, state) {
  if (state.near === 0 || state.focus?.node === undefined) return null;
  const start = state.focus.node;
  const reached = new Set([start]);
  let ring = [start];
  for (let step = 0; step < state.near; step += 1) {
    const next = [];
    for (const node of ring) {
      if (node !== start && isHub(model, node)) continue;
      for (const edge of model.incident[node]) {
        const other = otherEnd(model, edge, node);
        if (!model.alive.edge[edge] || reached.has(other)) continue;
        reached.add(other);
        next.push(other);
      }
    }
    ring = next;
  }
  return reached;
}

/** A node linked to so much that a way through it says nothing. */
function isHub(model, node) {
  return model.degree[node] > Math.max(40, model.count / 20);
}

function nodePasses(model, state, node) {
  const { nodes } = model;
  const { off } = state;
  if (off.kind.has(kindOf(model, node)) || off.confidence.has(nodes.confidence[node])) return false;
  if (nodes.stance[node] !== "" && off.stance.has(nodes.stance[node])) return false;
  return nodes.tier[node] === "" || !off.tier.has(nodes.tier[node]);
}

function edgePasses(model, state, edge, nodeOn) {
  const { edges } = model;
  if (!nodeOn[edges.from[edge]] || !nodeOn[edges.to[edge]]) return false;
  if (state.off.source.has(bestSource(model, edge))) return false;
  return !state.off.channel.has(edges.channel[edge]) && !state.off.confidence.has(edges.confidence[edge]);
}

/** Class of the strongest receipt of an edge, or "". */
function bestSource(model, edge) {
  const [first] = model.edges.sources[edge];
  return first === undefined ? "" : model.sources.class[first];
}

/** Hide nodes whose every edge was hidden; the focus stays. */
function dropStranded(model, state, nodeOn, edgeOn) {
  const kept = new Uint8Array(model.count);
  for (let edge = 0; edge < model.links; edge += 1) {
    if (edgeOn[edge]) {
      kept[model.edges.from[edge]] = 1;
      kept[model.edges.to[edge]] = 1;
    }
  }
  for (let node = 0; node < model.count; node += 1) {
    if (!kept[node] && model.degree[node] > 0 && state.focus?.node !== node) nodeOn[node] = 0;
  }
}

/** Lift the filters that hide a node; says whether any did. */
function reveal(model, off, node) {
  const lifted = [
    off.kind.delete(kindOf(model, node)),
    off.tier.delete(model.nodes.tier[node]),
    off.confidence.delete(model.nodes.confidence[node]),
    off.stance.delete(model.nodes.stance[node]),
  ];
  return lifted.includes(true);
}
