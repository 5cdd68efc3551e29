/* words.js: how the page names things: words of the interface, names of entries and links, receipts. */

/** A word of the interface. Sections: ui, kind, edge, channel …; an unknown key is shown as it is, without hyphens. */
function word(model, section, key) {
  const found = model.texts[model.language][section]?.[key];
  return found === undefined ? key.replaceAll("-", " ") : found;
}

/** A sentence of the interface with its blanks filled. */
function say(model, key, blanks = {}) {
  return word(model, "ui", key).replace(/\{(\w+)\}/g, (blank, name) => (name in blanks ? String(blanks[name]) : blank));
}

/** Name of a tier: its number, none, or not known. */
function tierName(model, tier) {
  if (tier === "unknown") return say(model, "tier_open");
  return tier ? say(model, "tier_n", { n: tier }) : say(model, "no_tier");
}

/** A whole number with separators, as all three languages write it; the browser's own way has to be loaded first. */
function figure(model, value) {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** The model as a page in another language has it. */
function inLanguage(model, language) {
  return Object.assign(Object.create(model), { language });
}

/** An English text of the data in the language of the page, whole or part by part; where there is none, as it is. */
function translated(model, english) {
  const column = ["zh-Hant", "zh-Hans"].indexOf(model.language);
  const glossary = model.history?.glossary;
  if (column < 0 || glossary === undefined) return english;
  const known = (text) => glossary[text]?.[column] ?? saidByProgram(model, text);
  if (known(english) !== undefined) return known(english);
  const parts = byParts(english.split("; "), known);
  return parts.join(parts.some((part) => /\p{Script=Han}/u.test(part)) ? "；" : "; ");
}

/** A text that the program puts together, with its number before it, maybe its period behind it, or its days in it. */
function saidByProgram(model, text) {
  const { said } = model.texts[model.language];
  const [, number, unit, period] = text.match(/^([\d.,–]+) ([^,]+)(?:, (.+))?$/) ?? [];
  if (said[unit] !== undefined) return `${number} ${said[unit]}${period ? `，${period}` : ""}`;
  const days = text.match(/\d{4}-\d\d-\d\d/g) ?? [];
  return said[text.replaceAll(/\d{4}-\d\d-\d\d/g, "{day}")]?.replaceAll("{day}", () => days.shift());
}

/** Parts of a text that were joined by semicolons, as long ones as are known, the others as they are. */
function byParts(parts, known) {
  for (let end = parts.length; end > 0; end -= 1) {
    const said = known(parts.slice(0, end).join("; "));
    if (said !== undefined) return [said, ...(end < parts.length ? byParts(parts.slice(end), known) : [])];
  }
  return parts.length > 1 ? [parts[0], ...byParts(parts.slice(1), known)] : parts;
}

/** A fact's name in the language of the page, or as the data give it, with a capital. */
function factName(model, name) {
  const known = model.texts[model.language].fact[name];
  const said = translated(model, name);
  const text = known ?? (said === name ? word(model, "fact", name) : said);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The words of a step in the language of the page; a reader's own story may lack it. */
function guideText(model, entry, part) {
  return entry[part][model.language] ?? entry[part].en ?? Object.values(entry[part])[0];
}

/** The language those words are really in, where it is not that of the page. */
function guideLanguage(model, entry, part) {
  if (model.language in entry[part]) return null;
  return "en" in entry[part] ? "en" : Object.keys(entry[part])[0];
}

/** Name of a node in a language, with the language it is really in; English, then the key, stand in for a gap. */
function nameOf(model, index, language = model.language) {
  const { nodes } = model;
  if (index === undefined) return { text: "", lang: "en" };
  const wanted = { "zh-Hant": nodes.label_zh_hant, "zh-Hans": nodes.label_zh_hans }[language];
  if (wanted && wanted[index]) return { text: wanted[index], lang: language };
  return { text: nodes.label[index] || nodes.id[index], lang: "en" };
}

/** What an edge says, from its start ("edge") or its end ("edge_back"): the finer relation where the record has one; its
    own label where the page has no word. */
function linkWord(model, section, edge) {
  const kind = model.edges.kind[edge];
  const finer = model.edges.relation[edge];
  const relations = section === "edge" ? "relation" : "relation_back";
  if (finer in model.texts[model.language][relations]) return word(model, relations, finer);
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
