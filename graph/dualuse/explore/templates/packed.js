/* packed.js: what the page carries compressed. */

const CLAIM_TEXTS = ["gloss", "claimant", "through", "subject", "value", "warning", "gives"];

/** Undo what packing.py's pack_text() did. */
async function unpack(text) {
  const signs = atob(text.trim());
  const bytes = new Uint8Array(signs.length);
  for (let place = 0; place < signs.length; place += 1) bytes[place] = signs.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** A document of the page, unpacked. */
async function unpackJson(id) {
  return withTexts(JSON.parse(await unpack(document.getElementById(id).textContent)));
}

/** Undo what strings.py's numbered() did: texts for their numbers. */
function withTexts(data) {
  const { strings, named, nodes } = data;
  if (named !== undefined) nodes.iri = nodes.iri.map((iri, node) => (iri === 0 ? named + nodes.id[node].replace(":", "/") : iri));
  if (strings === undefined) return data;
  const text = (part) => (typeof part === "number" ? strings[part] : part.map(text));
  for (const name of ["iri", "label", "provision", "text"]) data.edges[name] = data.edges[name].map((number) => strings[number]);
  madeWhenAsked(nodes, "facts", text);
  for (const name of CLAIM_TEXTS) if (data.claims?.[name]) madeWhenAsked(data.claims, name, text);
  if (data.history) madeWhenAsked(data.history, "glossary", (rows) => Object.fromEntries(rows.map(([key, ...said]) => [text(key), text(said)])));
  return data;
}

/** Let a part of a document be made of what stands in its place when it is first asked for. */
function madeWhenAsked(document_, name, make_) {
  const given = document_[name];
  const look = { configurable: true, enumerable: true };
  const get = () => {
    const value = make_(given);
    Object.defineProperty(document_, name, { ...look, value });
    return value;
  };
  Object.defineProperty(document_, name, { ...look, get });
}
