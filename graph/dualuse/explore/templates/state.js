/* state.js: what the reader has chosen, what follows from it, and how it is written in the address of the page. */

const FACETS = ["kind", "channel", "tier", "confidence"];
const VIEWS = ["map", "entries", "links"];
/* How strongly something is drawn. */
const HIDDEN = 0;
const DIM = 1;
const NORMAL = 2;
const STRONG = 3;
const CHOSEN = 4;

/** Nothing chosen, nothing hidden. `focus` is {node} or {edge} or null. */
function freshState(language) {
  return {
    language,
    view: "map",
    focus: null,
    near: false,
    off: Object.fromEntries(FACETS.map((f) => [f, new Set()])),
  };
}

/** Which nodes and edges the filters let through, as two arrays of 0 and 1. */
function visibleParts(model, state) {
  const nodeOn = new Uint8Array(model.count);
  const edgeOn = new Uint8Array(model.links);
  const near = neighbourhood(model, state);
  for (let node = 0; node < model.count; node += 1) {
    nodeOn[node] = nodePasses(model, state, node) && (near === null || near.has(node)) ? 1 : 0;
  }
  for (let edge = 0; edge < model.links; edge += 1) {
    edgeOn[edge] = edgePasses(model, state, edge, nodeOn) ? 1 : 0;
  }
  if (state.off.channel.size > 0) dropStranded(model, state, nodeOn, edgeOn);
  return { nodeOn, edgeOn };
}

/** The focus and what it touches, when only that is asked for; otherwise null. */
function neighbourhood(model, state) {
  if (!state.near || state.focus === null || state.focus.node === undefined) return null;
  const { node } = state.focus;
  return new Set([node, ...model.incident[node].map((edge) => otherEnd(model, edge, node))]);
}

function nodePasses(model, state, node) {
  const { nodes } = model;
  const { off } = state;
  if (off.kind.has(kindOf(model, node)) || off.confidence.has(nodes.confidence[node])) return false;
  return nodes.tier[node] === "" || !off.tier.has(nodes.tier[node]);
}

function edgePasses(model, state, edge, nodeOn) {
  const { edges } = model;
  if (!nodeOn[edges.from[edge]] || !nodeOn[edges.to[edge]]) return false;
  return !state.off.channel.has(edges.channel[edge]) && !state.off.confidence.has(edges.confidence[edge]);
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

/** How strongly each visible node and edge is drawn: the focus and what it touches stand out, the rest steps back. */
function strengths(model, state, visible) {
  const { focus } = state;
  const rest = focus === null ? NORMAL : DIM;
  const node = Uint8Array.from(visible.nodeOn, (on) => (on ? rest : HIDDEN));
  const edge = Uint8Array.from(visible.edgeOn, (on) => (on ? rest : HIDDEN));
  const raise = (list, index, level) => {
    if (list[index] !== HIDDEN) list[index] = level;
  };
  if (focus?.node !== undefined) {
    for (const link of model.incident[focus.node]) {
      if (edge[link] === HIDDEN) continue;
      raise(edge, link, STRONG);
      raise(node, otherEnd(model, link, focus.node), STRONG);
    }
    raise(node, focus.node, CHOSEN);
  } else if (focus !== null) {
    raise(edge, focus.edge, CHOSEN);
    raise(node, model.edges.from[focus.edge], STRONG);
    raise(node, model.edges.to[focus.edge], STRONG);
  }
  return { node, edge };
}

/** Lift the filters that hide a node; says whether any did. */
function reveal(model, state, node) {
  const { off } = state;
  const lifted = [
    off.kind.delete(kindOf(model, node)),
    off.tier.delete(model.nodes.tier[node]),
    off.confidence.delete(model.nodes.confidence[node]),
  ];
  return lifted.includes(true);
}

/** Percent-encode a value, leaving the signs our own keys use readable. */
function encodePart(text) {
  return encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");
}

/** The state as the part of the address after #. Only what differs from the page as it opens is written. */
function writeHash(model, state, opened) {
  const parts = [];
  if (state.focus?.node !== undefined) parts.push(`focus=${encodePart(model.nodes.id[state.focus.node])}`);
  if (state.focus === null && model.focus !== null) parts.push("focus=");
  if (state.focus?.edge !== undefined) parts.push(`link=${encodePart(edgeName(model, state.focus.edge))}`);
  if (state.near) parts.push("near=1");
  const hidden = FACETS.flatMap((facet) => [...state.off[facet]].sort().map((value) => `${facet}:${value}`));
  if (hidden.length > 0) parts.push(`hide=${hidden.map(encodePart).join(",")}`);
  if (state.view !== "map") parts.push(`view=${state.view}`);
  if (state.language !== opened) parts.push(`lang=${state.language}`);
  return parts.join("&");
}

/** Read a state from an address; what this page does not have is left out and added to `missing`. */
function readHash(model, hash, opened, missing) {
  const state = freshState(opened);
  const parameters = new Map(
    hash
      .replace(/^#/, "")
      .split("&")
      .map((part) => [part.split("=")[0], decodePart(part.slice(part.indexOf("=") + 1))]),
  );
  if (parameters.get("lang") in model.texts) state.language = parameters.get("lang");
  if (VIEWS.includes(parameters.get("view"))) state.view = parameters.get("view");
  for (const item of (parameters.get("hide") ?? "").split(",").filter(Boolean)) {
    const [facet, ...value] = item.split(":");
    if (FACETS.includes(facet)) state.off[facet].add(value.join(":"));
  }
  state.focus = readFocus(model, parameters, missing);
  state.near = parameters.get("near") === "1" && state.focus?.node !== undefined;
  return state;
}

/** The focus an address names; without a word about it the one the page was made with. */
function readFocus(model, parameters, missing) {
  const link = parameters.get("link");
  const id = parameters.get("focus") ?? (link === undefined ? model.focus : null);
  if (model.number.has(id)) return { node: model.number.get(id) };
  const edge = link === undefined ? -1 : edgeByName(model, link);
  if (edge >= 0) return { edge };
  if (id || link) missing.push(id || link);
  return null;
}

/** Percent-decode; text that is not well formed stays as it is. */
function decodePart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
