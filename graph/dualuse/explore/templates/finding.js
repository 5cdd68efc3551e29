/* finding.js: what a search finds, and in which order. It knows entries to search as plain things, {group, name, fields}: a
   field is {kind, texts}, a text {text, lang, folded}. Pure: it touches no page. */

import { foldQuery, isHan, isNear, longWords, standing } from "./folding.js";

/* where a match stands, the best first; how it stands is added to it */
const [IN_NAME, NAME_WORDS, IN_TEXT, TEXT_WORDS, SCATTERED, NEAR_NAME, NEAR_TEXT] = [0, 10, 20, 30, 40, 50, 60];
const NAMED = ["name", "alias"];
const SAME_LENGTH = 400;

/** Make an entry ready to be searched: all its texts in one, to pass over it quickly, and its longer words. */
function readied(entry) {
  const texts = entry.fields.flatMap((field) => field.texts);
  const names = entry.fields.filter(({ kind }) => NAMED.includes(kind)).flatMap((field) => field.texts);
  const joined = (all) => all.map(({ folded }) => folded).join("\n");
  return { ...entry, all: joined(texts), named: joined(names) };
}

/** Longer words of all entries: word -> whether it is part of a name. */
function knownWords(entries) {
  const known = new Map();
  for (const { all, named } of entries) {
    for (const long of longWords(all)) if (!known.has(long)) known.set(long, false);
    for (const long of longWords(named)) known.set(long, true);
  }
  return known;
}

/** What is found: hits {entry, score, field, text, needles}, the best first. `index` is {entries, words, script};
    `language` that of the page, whose texts are shown before others that match as well; `named`: in names alone, where
    one letter is always sought. */
function findAll(index, typed, language, named = false) {
  const query = foldQuery(typed, index.script);
  if (query.text === "") return [];
  const only = named || (query.text.length === 1 && !isHan(query.text));
  const hits = [];
  const rest = [];
  for (const entry of index.entries) {
    const hit = query.words.every((one) => (only ? entry.named : entry.all).includes(one)) ? hitOf(entry, query, language, only) : null;
    if (hit !== null) hits.push(hit);
    else rest.push(entry);
  }
  return [...hits, ...nearHits(index, rest, query, language, only || hits.length > 0)].sort(byScore);
}

function byScore(a, b) {
  return a.score - b.score || byText(a, b) || b.entry.weight - a.entry.weight || a.entry.place - b.entry.place;
}

/** Paragraphs and other texts that match alike, in their own order; names are not. */
function byText(a, b) {
  if (NAMED.includes(a.field.kind) || NAMED.includes(b.field.kind) || a.text.folded === b.text.folded) return 0;
  return a.text.folded < b.text.folded ? -1 : 1;
}

/** How an entry matches, or null: the whole query in a name, its words in one, the same in other texts. */
function hitOf(entry, { text, words }, language, only) {
  const fields = only ? entry.fields.filter(({ kind }) => NAMED.includes(kind)) : entry.fields;
  const whole = bestIn(fields, (folded) => standing(folded, text), language);
  if (whole !== null) return { entry, needles: [text], ...whole };
  if (words.length < 2) return null;
  const every = (folded) => Math.max(...words.map((one) => standing(folded, one)));
  const apart = bestIn(fields, every, language);
  if (apart !== null) return { entry, needles: words, ...apart, score: apart.score + 10 };
  if (every(entry.all) === Infinity) return null;
  const some = bestIn(fields, (folded) => Math.min(...words.map((one) => standing(folded, one))), language);
  return some === null ? null : { entry, needles: words, ...some, score: SCATTERED };
}

/** The field and the text in which something stands best: {field, text, score}, or null. An entry's own name goes before
    its other ones; a short text, which says little else, before a long one; part of a key, after all other texts. */
function bestIn(fields, stands, language) {
  let best = null;
  for (const field of fields) {
    if (best !== null && best.score < IN_TEXT && !NAMED.includes(field.kind)) break; /* names stand first */
    const { text, how } = bestText(field, stands, language);
    if (how === Infinity) continue;
    const length = Math.min(text.folded.length, SAME_LENGTH) / (SAME_LENGTH + 1);
    const less = { name: 0, alias: 0.5, key: how > 0 ? 4 + length : length }[field.kind] ?? length;
    const score = (NAMED.includes(field.kind) ? IN_NAME : IN_TEXT) + how + less;
    if (best === null || score < best.score) best = { field, text, score };
  }
  return best;
}

/** The text of a field in which something stands best; of several, the one in the language of the page. */
function bestText({ texts }, stands, language) {
  let best = { text: null, how: Infinity };
  for (const text of texts) {
    const how = stands(text.folded);
    if (how < best.how || (how === best.how && how < Infinity && text.lang === language)) best = { text, how };
  }
  return best;
}

/** Entries that hold what may have been meant: in their names, and in their texts where nothing else was found. */
function nearHits({ words: known }, entries, { words }, language, only) {
  const meant = words.map((one) => [one, ...nearWords(known, one, only)]);
  if (meant.every((forms) => forms.length === 1)) return [];
  const stands = (folded) => Math.max(...meant.map((forms) => Math.min(...forms.map((one) => standing(folded, one)))));
  const hits = [];
  for (const entry of entries) {
    const text = only ? entry.named : entry.all;
    if (!meant.every((forms) => forms.some((one) => text.includes(one)))) continue;
    const fields = only ? entry.fields.filter(({ kind }) => NAMED.includes(kind)) : entry.fields;
    const best = bestIn(fields, stands, language);
    if (best === null) continue;
    const needles = meant.flatMap((forms) => forms.filter((one) => best.text.folded.includes(one)));
    const base = NAMED.includes(best.field.kind) ? NEAR_NAME : NEAR_TEXT - IN_TEXT;
    hits.push({ entry, needles, near: true, ...best, score: base + best.score });
  }
  return hits;
}

function nearWords(known, typed, named) {
  return [...known].filter(([other, inName]) => (inName || !named) && other !== typed && isNear(other, typed)).map(([other]) => other);
}

/** Hits by the kind of what they are: [{key, near, hits}], the kind with the best hit first, what is only near last. */
function grouped(hits) {
  const groups = new Map();
  for (const hit of hits) {
    const key = `${hit.near ? "near " : ""}${hit.entry.group}`;
    if (!groups.has(key)) groups.set(key, { key, group: hit.entry.group, near: hit.near === true, hits: [] });
    groups.get(key).hits.push(hit);
  }
  return [...groups.values()];
}
