/* time.js: what holds on a day and under a lens: links by their dates, tiers by interval, statuses from legal events. */

import { LENSES, byOrder, lawStatus } from "./law_status.js";
import { markOf } from "./marks.js";
import { daysMeant, holdsOn } from "./span.js";
import { nameOf, say, word } from "./words.js";

const EVENT_FIELDS = [
  ...["number", "kind", "on", "earliest", "latest", "until", "until_earliest", "effect", "announces", "scope", "by"],
  ...["text", "provision", "source"],
];
const OPERATIVE = ["in-force", "effective-not-due"];

/** Read the history into maps by node, and find the days on which something changes. */
function buildHistory(model) {
  model.at = model.about.as_of;
  model.lens = model.about.lens;
  if (!model.history) return;
  const { history, number } = model;
  const objects = (rows) => rows.map((row) => Object.fromEntries(EVENT_FIELDS.map((name, at_) => [name, row[at_]])));
  model.eventsOf = new Map(
    Object.entries(history.events).map(([id, rows]) => [number.get(id), objects(rows).sort(byOrder)]),
  );
  const drawn = Object.entries(history.tiers).filter(([id]) => number.has(id));
  model.tiersOf = new Map(drawn.map(([id, rows]) => [number.get(id), rows]));
  model.tierEvents = objects(history.tier_law.events ?? []).sort(byOrder);
  model.firstDay = new Map([...model.eventsOf].map(([node, events]) => [node, events[0]?.earliest ?? ""]));
  model.stops = findStops(model);
}

/** Day -> what changes then: legal events, memberships that begin or end, tiers that change. Sorted by day. */
function findStops(model) {
  const days = new Map();
  const add = (written, change) => {
    if (!written) return;
    const [first, last] = daysMeant(written);
    for (const day of first === last ? [first] : [first, last]) {
      if (day > model.history.known_on) continue;
      if (!days.has(day)) days.set(day, []);
      if (change !== null && day === first) days.get(day).push(first === last ? change : { ...change, written });
    }
  };
  for (const [node, events] of model.eventsOf) for (const event of events) add(event.earliest, { node, event });
  for (const [id, rows] of Object.entries(model.history.memberships)) {
    const node = model.number.get(id);
    if (node === undefined) continue;
    for (const [group, from, to] of rows) {
      add(from, { node, group, joins: true });
      add(to, { node, group, joins: false });
    }
  }
  for (const [node, rows] of model.tiersOf) {
    rows.forEach(([tier, from], place) => place > 0 && add(from, { node, tier, was: rows[place - 1][0] }));
  }
  add(model.about.as_of, null);
  add(model.history.known_on, null);
  return [...days].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([day, changes]) => ({ day, changes }));
}

/** Number of the last stop on or before a day. */
function stopAt(model, day) {
  let found = 0;
  model.stops.forEach((stop, place) => {
    if (stop.day <= day) found = place;
  });
  return found;
}

/** Status of an instrument node on a day and under a lens, with its readings. */
function statusAt(model, node, day, lens) {
  const kind = model.history.instrument_kinds[model.nodes.id[node]] ?? "";
  return lawStatus(model.eventsOf.get(node) ?? [], day, lens, {
    knownOn: model.history.known_on,
    carriedTo: model.about.carried_to,
    kind,
  });
}

/** Status of an instrument under each lens as [lens, status], the lens of the page first. */
function statusesAt(model, node) {
  const lenses = [model.lens, ...LENSES.filter((lens) => lens !== model.lens)];
  return lenses.map((lens) => [lens, statusAt(model, node, model.at, lens).status]);
}

/** The status of an instrument in words, never of one lens alone: one word where all three say the same. */
function statusWords(model, node) {
  if (!model.history || !model.eventsOf.has(node)) return word(model, "status", model.nodes.status[node]);
  const told = statusesAt(model, node);
  const [[, first]] = told;
  if (told.every(([, status]) => status === first)) return say(model, "status_all", { status: word(model, "status", first) });
  const parts = told.map(([lens, status]) => say(model, "status_lens", { lens: word(model, "lens", lens), status: word(model, "status", status) }));
  return parts.join(say(model, "status_gap"));
}

/** Status on a day and under a lens of the instrument that tiers follow from. */
function tierLawAt(model, day, lens) {
  const { known_on: knownOn, tier_law: law } = model.history;
  return lawStatus(model.tierEvents, day, lens, { knownOn, carriedTo: model.about.carried_to, kind: law.kind });
}

/** Whether tiers stand on a day and under a lens: yes while their law is operative, null where that is not known. */
function tiersStand(model, day, lens) {
  if (model.tierEvents.length === 0) return true;
  const asked = `${day} ${lens}`;
  if (model.tiersAsked?.asked !== asked) model.tiersAsked = { asked, status: tierLawAt(model, day, lens).status };
  const { status } = model.tiersAsked;
  return status === "unknown" ? null : OPERATIVE.includes(status);
}

/** Tier of a place on a day and under a lens, "unknown" where that turns on what is not known, or "". */
function tierAt(model, node, day, lens) {
  return tierOfPlace(model, model.nodes.id[node], day, lens);
}

/** What the tier of a place rests on in the law, or "". */
function tierBasis(model, node) {
  const now = (model.tiersOf?.get(node) ?? []).filter(([tier, from, to]) => tier === model.nodes.tier[node] && holdsOn(from, to, model.at));
  return now.length === 1 ? (now[0][3] ?? "") : "";
}

/** The same for any place on record, by its name, drawn or not. */
function tierOfPlace(model, place, day, lens) {
  if (day < model.history.tiers_since) return "";
  const found = (model.history.tiers[place] ?? []).filter(([, from, to]) => holdsOn(from, to, day) !== false);
  const stand = found.length > 0 && tiersStand(model, day, lens);
  if (stand === false) return "";
  const begun = found.some(([, from]) => holdsOn(from, "", day)); /* they follow each other without a gap */
  return stand && begun && new Set(found.map(([tier]) => tier)).size === 1 ? found[0][0] : "unknown";
}

/** Move the model to a day and a lens: tiers, statuses, signs, and what is there at all. */
function applyTime(model, day, lens) {
  if (model.alive !== undefined && model.at === day && model.lens === lens) return;
  model.at = day;
  model.lens = lens;
  if (!model.history) {
    model.alive = { node: new Uint8Array(model.count).fill(1), edge: new Uint8Array(model.links).fill(1) };
    return;
  }
  for (const node of model.eventsOf.keys()) model.nodes.status[node] = statusAt(model, node, day, lens).status;
  for (const node of model.tiersOf.keys()) model.nodes.tier[node] = tierAt(model, node, day, lens);
  model.mark = Array.from({ length: model.count }, (_, node) => markOf(model, node));
  model.facets = undefined;
  model.alive = aliveParts(model, day);
}

/** What is there on a day: links that hold or may, and nodes that have one (or never had any). */
function aliveParts(model, day) {
  const { edges } = model;
  const born = (node) => !model.firstDay.has(node) || model.firstDay.get(node) <= day;
  const node = new Uint8Array(model.count);
  const edge = new Uint8Array(model.links);
  model.unsure = new Uint8Array(model.links);
  for (let link = 0; link < model.links; link += 1) {
    const [from, to] = [edges.from[link], edges.to[link]];
    const holds = holdsAt(model, link, day);
    if (holds === null) model.unsure[link] = 1;
    if (holds === false || !born(from) || !born(to)) continue;
    edge[link] = 1;
    node[from] = 1;
    node[to] = 1;
  }
  for (let one = 0; one < model.count; one += 1) if (model.degree[one] === 0) node[one] = born(one) ? 1 : 0;
  if (model.focus !== null) node[model.number.get(model.focus)] = 1;
  return { node, edge };
}

/** Whether a link holds on a day, or null where that is not known. */
function holdsAt(model, edge, day) {
  const { valid_from, valid_to, change } = model.edges;
  if (change[edge] === "removed" && day >= model.about.as_of) return true; /* shown as removed by the scenario */
  return holdsOn(valid_from[edge], valid_to[edge], day);
}

/** Whether a link that is shown may not hold on the day shown. */
function perhaps(model, edge) {
  return Boolean(model.history) && model.unsure[edge] === 1;
}

/** Whether a link is drawn dashed: of low confidence, or not sure to hold on the day shown. */
function inDoubt(model, edge) {
  return model.edges.confidence[edge] === "low" || perhaps(model, edge);
}

/** Whether a link holds over a time whose start is not on record. */
function startUnknown(model, edge) {
  return model.edges.dated[edge] === 1 && !model.edges.valid_from[edge];
}

/** What a scenario does to a link on the day shown: "added", "removed" or "". */
function changeAt(model, edge) {
  return model.at >= model.about.as_of ? model.edges.change[edge] : "";
}

/** The changes of a day as sentences: {text, node}; what the page is about first, then places, then other acts. */
function sentencesOf(model, changes) {
  const focus = model.number.get(model.focus);
  const rank = (change) => (change.node === focus ? 0 : change.event === undefined ? 1 : 2);
  const ordered = changes.map((change, place) => ({ change, place }));
  ordered.sort((a, b) => rank(a.change) - rank(b.change) || a.place - b.place);
  return ordered.map(({ change }) => ({ node: change.node, text: sentenceOf(model, change) }));
}

/** A change as a sentence; with the date as written where it is no day. */
function sentenceOf(model, change) {
  return change.written ? `${toldOf(model, change)} (${change.written})` : toldOf(model, change);
}

function toldOf(model, { node, event, group, joins, tier, was }) {
  if (event !== undefined)
    return say(model, "stop_event", { kind: word(model, "event_kind", event.kind), name: shortName(model, node) });
  const name = nameOf(model, node).text;
  if (group === undefined) return say(model, "stop_tier", { name, was, tier });
  return say(model, joins ? "stop_joins" : "stop_leaves", { name, group: conceptName(model, "group", group) });
}

/** Name of a concept in the language of the page: a country group, a ground, a claim attribute. */
function conceptName(model, kind, key) {
  const names = model.history?.names[kind]?.[key] ?? {};
  return names[model.language] ?? names.en ?? key.replaceAll("-", " ");
}

/** The shortest alias that is a name rather than a number, or the name itself when that is short. */
function shortName(model, node) {
  const full = nameOf(model, node);
  if (full.text.length <= 34 || full.lang !== "en") return full.text;
  const aliases = model.nodes.aliases[node].filter((alias) => /^[\p{Script=Latin}\p{N}\p{P}\s]+$/u.test(alias) && /\p{L}{4,}/u.test(alias) && alias.length <= 40);
  return aliases.sort((a, b) => a.length - b.length)[0] ?? `${full.text.slice(0, 60).trimEnd()}${full.text.length > 60 ? "…" : ""}`;
}
