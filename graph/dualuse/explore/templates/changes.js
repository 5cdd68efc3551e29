/* changes.js: what changed after one day, up to and including another; the changes of `dualuse changes`, in the words of
   the page. */

import { daysMeant } from "./span.js";
import { conceptName } from "./time.js";
import { nameOf, say, translated, word } from "./words.js";

const CHANGE_KINDS = ["event", "membership", "measure", "statement", "case", "search"];

/** Changes of a period: {date, kind, id, node, told, source, certain}; not certain where the date may lie outside it. */
function changesBetween(model, after, upTo) {
  const found = [];
  for (const [date, kind, id, ...rest] of model.history?.changes ?? []) {
    const [earliest, latest] = daysMeant(date);
    if (latest <= after || earliest > upTo) continue;
    const certain = kind === "search" || (after < earliest && latest <= upTo);
    found.push({ date, kind, id, certain, ...toldOfChange(model, kind, id, rest) });
  }
  return found;
}

/** What a change is of, and how it is told. */
function toldOfChange(model, kind, id, rest) {
  const key = id.slice(id.indexOf(":") + 1);
  if (kind === "event") return toldOfEvent(model, key);
  const node = model.number.get(kind === "membership" ? `place:${rest[0]}` : id);
  if (kind === "case" || kind === "search") return { node: undefined, told: rest[0], source: rest[1] };
  const name = nameOf(model, node).text;
  if (kind === "measure") return { node, told: say(model, `change_${rest[0]}`, { name }) };
  if (kind === "membership")
    return { node, told: say(model, `change_${rest[2].replaceAll(" ", "_")}`, { name, group: conceptName(model, "group", rest[1]) }) };
  const facts = model.nodes.facts[node];
  const description = facts.find(([fact]) => fact === "description")?.[1] ?? "";
  return { node, told: `${name}${say(model, "stop_gap")}${translated(model, description)}` };
}

function toldOfEvent(model, key) {
  const dot = key.lastIndexOf(".");
  const node = model.number.get(`instrument:${key.slice(0, dot)}`);
  const event = model.eventsOf.get(node).find(({ number }) => number === Number(key.slice(dot + 1)));
  const head = say(model, "stop_event", { kind: nameOf(model, node).text, name: word(model, "event_kind", event.kind) });
  return { node, told: `${head}${say(model, "stop_gap")}${translated(model, event.text)}`, source: event.source };
}

/** How often each kind changes, in the order they are told. */
function countKinds(changes) {
  return CHANGE_KINDS.map((kind) => [kind, changes.filter((change) => change.kind === kind)]).filter(([, of]) => of.length > 0);
}
