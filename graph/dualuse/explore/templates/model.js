/* model.js: from the packed payload to the columns, indices and names that the rest of the page reads. */

/** Undo what payload.py's pack() did. */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Columns plus what is derived from them once: who touches whom, how often, and in which order to show it. */
function buildModel(data) {
  const count = data.nodes.id.length;
  const links = data.edges.from.length;
  const degree = new Uint32Array(count);
  for (let edge = 0; edge < links; edge += 1) {
    degree[data.edges.from[edge]] += 1;
    degree[data.edges.to[edge]] += 1;
  }
  const model = {
    ...data,
    count,
    links,
    degree,
    incident: incidentEdges(data.edges, degree),
    number: new Map(data.nodes.id.map((id, index) => [id, index])),
    byDegree: Uint32Array.from(degree.keys()).sort((a, b) => degree[b] - degree[a] || a - b),
    radius: Float32Array.from(degree, (links_) => Math.min(11.5, 4 + 1.6 * Math.log2(1 + links_))),
    foldMap: new Map(Object.entries(data.fold)),
    language: "en",
  };
  buildHistory(model);
  model.mark = Array.from({ length: count }, (_, index) => markOf(model, index));
  model.views = viewsOf(model);
  applyTime(model, model.at, model.lens);
  return model;
}

/** Node -> the numbers of its edges. */
function incidentEdges(edges, degree) {
  const lists = Array.from(degree, () => []);
  edges.from.forEach((from, edge) => {
    lists[from].push(edge);
    if (edges.to[edge] !== from) lists[edges.to[edge]].push(edge);
  });
  return lists;
}

/** The sign inside a mark: the tier of a place, the stance of a statement, the status of an instrument. */
function markOf(model, index) {
  const { tier, stance, status } = model.nodes;
  return tier[index] || model.marks[stance[index]] || (model.history && STATUS_SIGNS[status[index]]) || "";
}

/** Colour of a mark: a place is the darker the stricter its tier. */
function fillOf(model, index) {
  const look = model.kinds[model.nodes.kind[index]];
  return look.kind === "place" ? (TIER_FILLS[model.nodes.tier[index]] ?? look.colour) : look.colour;
}

const TIER_FILLS = { 1: "#bfe9d8", 2: "#3cb78f", 3: "#00614a" };

/** Views there is something to show in. */
function viewsOf(model) {
  const has = {
    world: model.tiersOf !== undefined && [...model.tiersOf.keys()].length > 0,
    matrix: Object.keys(model.history?.grounds ?? {}).length > 0,
    timeline: model.eventsOf !== undefined && [...model.eventsOf.values()].some((events) => events.length > 0),
    conflicts: model.conflicts.length > 0,
  };
  return VIEWS.filter((view) => has[view] ?? true);
}

/** The end of an edge that is not `node`. */
function otherEnd(model, edge, node) {
  return model.edges.from[edge] === node ? model.edges.to[edge] : model.edges.from[edge];
}

/** Name of a node in a language, with the language it is really in; English, then the key, stand in for a gap. */
function nameOf(model, index, language = model.language) {
  const { nodes } = model;
  if (index === undefined) return { text: "", lang: "en" };
  const wanted = { "zh-Hant": nodes.label_zh_hant, "zh-Hans": nodes.label_zh_hans }[language];
  if (wanted && wanted[index]) return { text: wanted[index], lang: language };
  return { text: nodes.label[index] || nodes.id[index], lang: "en" };
}

/** A word of the interface. Sections: ui, kind, edge, channel …; an unknown key is shown as it is, without hyphens. */
function word(model, section, key) {
  const found = model.texts[model.language][section]?.[key];
  return found === undefined ? key.replaceAll("-", " ") : found;
}

/** A sentence of the interface with its blanks filled. */
function say(model, key, blanks = {}) {
  return word(model, "ui", key).replace(/\{(\w+)\}/g, (blank, name) => (name in blanks ? String(blanks[name]) : blank));
}

/** A whole number with separators, as the language writes it. */
function figure(model, value) {
  return value.toLocaleString(model.language === "en" ? "en-GB" : model.language);
}

/** What an edge says, from its start ("edge") or its end ("edge_back"); its own label where the page has no word. */
function linkWord(model, section, edge) {
  const kind = model.edges.kind[edge];
  return kind in model.texts[model.language][section]
    ? word(model, section, kind)
    : model.edges.label[edge] || word(model, section, kind);
}

/** Kind of a node, as a word. */
function kindOf(model, index) {
  return model.kinds[model.nodes.kind[index]].kind;
}

/** Receipts of a node or an edge: numbers of sources -> what to show of each. */
function receiptsOf(model, numbers) {
  const { sources } = model;
  return numbers.map((number) => ({
    key: sources.key[number],
    title: sources.title[number] || sources.key[number],
    url: sources.url[number],
    kind: sources.class[number],
    publisher: sources.publisher[number],
  }));
}

/** An address only if it is a web address; anything else (javascript:, data:, file:) is never made into a link. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A name for an edge that survives a rebuild of the page: its ends, its kind, and a number among parallel ones. */
function edgeName(model, edge) {
  const { edges, nodes } = model;
  let twin = 0;
  for (let before = edge - 1; before >= 0 && sameTrack(edges, before, edge); before -= 1) twin += 1;
  return [nodes.id[edges.from[edge]], edges.kind[edge], nodes.id[edges.to[edge]], ...(twin ? [twin] : [])].join("~");
}

/** Whether two edges have the same ends and kind; edges are sorted, so such edges stand together. */
function sameTrack(edges, a, b) {
  return edges.from[a] === edges.from[b] && edges.to[a] === edges.to[b] && edges.kind[a] === edges.kind[b];
}

/** The edge of a name, or -1. */
function edgeByName(model, name) {
  const start = model.number.get(name.split("~")[0]);
  if (start === undefined) return -1;
  return model.incident[start].find((edge) => edgeName(model, edge) === name) ?? -1;
}
