/* packed.js: what the page carries compressed. */

/** Undo what packing.py's pack_text() did. */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** A document of the page, unpacked. */
async function unpackJson(id) {
  return JSON.parse(await unpack(document.getElementById(id).textContent));
}
