/* packed.js: what the page carries compressed. */

/** Undo what packing.py's pack_text() did. */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** A document of the page, unpacked. */
async function unpackJson(id) {
  return withTexts(JSON.parse(await unpack(document.getElementById(id).textContent)));
}

/** Undo what strings.py's numbered() did: texts for their numbers. */
function withTexts(data) {
  if (data.strings === undefined) return data;
  const text = (part) => (typeof part === "number" ? data.strings[part] : part.map(text));
  for (const name of ["iri", "label", "provision", "text"]) data.edges[name] = text(data.edges[name]);
  data.nodes.facts = text(data.nodes.facts);
  if (data.history) data.history.glossary = Object.fromEntries(data.history.glossary.map(([key, ...said]) => [text(key), text(said)]));
  return data;
}
