/* searched.js: all of the page that can be searched, as entries for finding.js: what is drawn, what was claimed of it, legal
   events, what links say, saved questions. Made from what the page carries, piece by piece, when the reader comes to the box. */

import { CAPTIONED } from "./cards.js";
import { claimsOf } from "./claimed.js";
import { meaningsOf } from "./counting.js";
import { foldText } from "./folding.js";
import { readied, knownWords } from "./finding.js";
import { conceptName } from "./time.js";
import { inLanguage, kindOf, nameOf, translated } from "./words.js";

/* facts that tell how the record was made, not what is in it */
const BOOKKEEPING = new Set([
  ...["identifiers searched in", "identifiers searched on", "check of the quotation", "has quotation confidence"],
  ...["has primary text", "note on the primary text", "has report kind", "order among rules", "for data centres"],
]);
const LANGUAGES = ["en", "zh-Hant", "zh-Hans"];
const SLICE = 8; /* milliseconds of work between which the page may do other things */

/** The index of a page; whole, however far its making has come. */
function searchIndex(model) {
  const making = (model.searching ??= beginIndex(model));
  while (!making.done) makeNext(making);
  return making.index;
}

/** Make the index in the time the page has to spare. */
function prepareIndex(model) {
  if (model.searching) return;
  const making = (model.searching = beginIndex(model));
  const go = () => {
    const end = performance.now() + SLICE;
    while (!making.done && performance.now() < end) makeNext(making);
    if (!making.done) setTimeout(go);
  };
  setTimeout(go);
}

function beginIndex(model) {
  return { index: { entries: [], words: new Map(), script: model.foldMap }, done: false, entries: entriesOf(model) };
}

/** Make one entry more; after the last, the words. */
function makeNext(making) {
  const { index } = making;
  const { value, done } = making.entries.next();
  if (done) index.words = knownWords(index.entries);
  else index.entries.push(readied({ ...value, place: index.entries.length }));
  making.done = done;
}

/** Everything that is searched, one by one. */
function* entriesOf(model) {
  const says = textsIn(model);
  for (let node = 0; node < model.count; node += 1) yield nodeEntry(model, says, node);
  for (const [row, claim] of model.conflicts.entries()) yield claimEntry(model, says, row, claim);
  for (const claim of claimsOf(model)) yield claimedEntry(says, claim);
  for (const [node, events] of model.eventsOf ?? [])
    for (const [row, event] of events.entries()) yield eventEntry(model, says, node, row, event);
  for (let edge = 0; edge < model.links; edge += 1) {
    const fields = linkFields(model, says, edge);
    if (fields.length > 0) yield { is: "link", group: "link", edge, fields, weight: 0 };
  }
  for (const [question, { text }] of model.guide.questions.entries())
    yield { is: "question", group: "question", question, fields: [{ kind: "text", texts: inEach(model, text) }], weight: 0 };
}

/** A function that gives a text of the data in every language there is, folded; each worked out once. */
function textsIn(model) {
  const there = LANGUAGES.slice(1).map((language) => inLanguage(model, language));
  const known = new Map();
  return (english) => {
    if (!known.has(english)) {
      const told = [english, ...there.map((one) => translated(one, english))];
      known.set(english, inEach(model, Object.fromEntries(told.map((text, place) => [LANGUAGES[place], text]))));
    }
    return known.get(english);
  };
}

/** Texts by language as texts of a field, each once. */
function inEach(model, byLanguage) {
  const seen = new Set();
  const texts = Object.entries(byLanguage).filter(([, text]) => text && !seen.has(text) && seen.add(text));
  return texts.map(([lang, text]) => ({ text, lang, folded: foldText(text, model.foldMap) }));
}

/** An entry of the network: its names, its other names, its key, and what is on record of it. */
function nodeEntry(model, says, node) {
  const { nodes } = model;
  const id = nodes.id[node];
  const names = { en: nodes.label[node], "zh-Hant": nodes.label_zh_hant[node], "zh-Hans": nodes.label_zh_hans[node] };
  const key = id.slice(id.indexOf(":") + 1);
  const facts = nodes.facts[node].filter(([name]) => !BOOKKEEPING.has(name));
  const fields = [
    { kind: "name", texts: inEach(model, names) },
    { kind: "alias", texts: nodes.aliases[node].flatMap((text) => inEach(model, { "": text })) },
    { kind: "key", texts: inEach(model, { "": key }) },
    ...facts.map(([fact, value]) => ({ kind: "fact", fact, texts: says(value) })),
  ];
  return { is: "node", group: kindOf(model, node), node, fields, weight: model.degree[node] };
}

/** Claims that contradict one another, or the law: what they are about, what was said, by whom. */
function claimEntry(model, says, row, claim) {
  const subject = nameOf(model, model.number.get(`instrument:${claim.subject}`), "en").text;
  const law = claim.law ? [claim.law.value, claim.law.provision, claim.law.arithmetic] : [];
  const told = claim.values.flatMap((value) => [...(value.claimants ?? []), ...(value.reporters ?? []), ...Object.values(value.texts ?? {})]);
  const texts = [subject, ...told, claim.words, ...law, claim.assessment.why].filter(Boolean);
  const fields = [
    { kind: "value", texts: claim.values.flatMap(({ value }) => says(String(value))) },
    { kind: "text", texts: inEach(model, namesOfConcept(model, claim.attribute)) },
    ...texts.map((text) => ({ kind: "text", texts: says(text) })),
  ];
  return { is: "claim", group: "claim", row, fields, weight: 0 };
}

/** A claim by itself: its gloss, the value, who makes it, and of whom. */
function claimedEntry(says, claim) {
  const { gloss, value, claimant, subject, warning } = claim;
  const fields = [gloss, value, claimant, subject, warning].filter(Boolean).map((part) => ({ kind: "text", texts: says(part) }));
  return { is: "claimed", group: "claimed", row: claim.row, fields, weight: 0 };
}

function namesOfConcept(model, attribute) {
  const names = LANGUAGES.map((language) => [language, conceptName(inLanguage(model, language), "claim-attribute", attribute)]);
  return Object.fromEntries(names);
}

function eventEntry(model, says, node, row, { text, on, provision }) {
  const parts = [text, provision, on].filter(Boolean);
  return { is: "event", group: "event", node, row, fields: parts.map((part) => ({ kind: "text", texts: says(part) })), weight: 0 };
}

/** What a link says that neither of its ends does: how much, on which paragraph it rests, its matter. */
function linkFields(model, says, edge) {
  const { edges, nodes } = model;
  const ends = [edges.from[edge], edges.to[edge]];
  const told = new Set(ends.flatMap((node) => [nodes.label[node], ...nodes.facts[node].map(([, value]) => value)]));
  const matter = CAPTIONED.has(edges.kind[edge]) ? "" : edges.text[edge];
  const parts = [edges.amount[edge], edges.provision[edge], matter].filter((text) => text && !told.has(text));
  return parts.map((text) => ({ kind: "text", texts: says(text) }));
}

/** What a number counts, as something found: first where the number counts something or was claimed, else last. */
function numberHit(model, typed, hits) {
  const [number] = typed.normalize("NFKC").match(/^\s*\d{1,6}\s*$/) ?? [];
  if (number === undefined || !model.views.includes("world")) return [];
  const count = Number(number);
  const readings = meaningsOf(model, count, model.at, model.lens).length;
  const claimed = hits.some(({ entry, field }) => entry.is === "claim" && field.kind === "value");
  const entry = { is: "number", group: "number", number: count, readings };
  return [{ entry, needles: [], field: null, text: null, score: readings > 0 || claimed ? -1 : Infinity }];
}
