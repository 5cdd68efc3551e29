/* wrapping.js: how large a text is, and where to break it into lines. */

let ruler = null;

function inkOf(font, text) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = font;
  return ruler.measureText(text);
}

/** How far a font reaches above and below the line. */
function fontSize(font) {
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = inkOf(font, "x");
  return { ascent, descent };
}

/** A text in lines no wider than there is room: broken between words, Chinese between characters; one word is never cut. */
function wrapped(text, font, room) {
  const pieces = text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? [];
  const lines = [""];
  for (const piece of pieces) {
    const longer = lines.at(-1) + piece;
    if (lines.at(-1) !== "" && inkOf(font, longer.trimEnd()).width > room) lines.push(piece.trimStart());
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.trimEnd());
}
