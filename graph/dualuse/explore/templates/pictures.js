/* pictures.js: the view on the screen as SVG or PNG, with title, day, lens, legend and sources, so that it can stand alone. */

import { footOf, headOf } from "./colophon.js";
import { SVG, at, draw } from "./dom.js";
import { drawScene, readTheme, traceShape } from "./drawing.js";
import { fileName, saveFile } from "./exports.js";
import { fontFor } from "./labels.js";
import { signLines } from "./legend.js";
import { SvgPen } from "./svg.js";
import { traced } from "./tracing.js";
import { figure, say, word } from "./words.js";
import { wrapped } from "./wrapping.js";

const MARGIN = 24;
const PAPER_WIDE = 1080; /* of a view made of text */
const FIRST_ON_PAPER = 40; /* rows of a table of thousands */
const MOST_PIXELS = 16000; /* of a side; browsers draw no larger pictures */

/** The picture of the view shown, and the words around it, as one drawing. */
function pictureOf(model, page) {
  const theme = readTheme();
  const content = page.state.view === "map" ? mapDrawing(model, page, theme) : boardDrawing(model, page);
  const font = fontFor(model.language);
  const serif = "Georgia, 'Noto Serif', 'Noto Serif CJK TC', 'Noto Serif CJK SC', serif";
  const { title, lines } = headOf(model, page);
  const sheet = { parts: [], y: MARGIN, room: content.width };
  writeOn(sheet, title, { family: serif, size: 22, weight: 700, colour: theme.ink, leading: 28 });
  for (const line of lines) writeOn(sheet, line, { family: font, size: 13, weight: 400, colour: theme.muted, leading: 19 });
  sheet.y += 14;
  for (const [name, value] of [["x", 0], ["y", sheet.y]]) content.svg.setAttribute(name, value);
  sheet.parts.push(content.svg);
  sheet.y += content.height + 16;
  for (const line of content.notes) writeOn(sheet, line, { family: font, size: 13, weight: 600, colour: theme.ink, leading: 19 });
  for (const line of footOf(model, page)) writeOn(sheet, line, { family: font, size: 11, weight: 400, colour: theme.muted, leading: 16 });
  const [width, height] = [content.width + 2 * MARGIN, Math.ceil(sheet.y + MARGIN / 2)];
  const ground = draw("rect", { x: -MARGIN, y: 0, width, height, fill: theme.paper });
  const root = draw("svg", { xmlns: SVG, viewBox: `${-MARGIN} 0 ${width} ${height}`, width, height }, draw("title", {}, title), ground);
  root.append(...sheet.parts);
  return root;
}

/** Put a text on a sheet, in as many lines as it takes. */
function writeOn(sheet, text, { family, size, weight, colour, leading }) {
  for (const line of wrapped(text, `${weight} ${size}px ${family}`, sheet.room)) {
    const look = { fill: colour, "font-family": family, "font-size": size, "font-weight": weight };
    sheet.parts.push(draw("text", { x: 0, y: sheet.y + size, ...look }, line));
    sheet.y += leading;
  }
}

/** The map, drawn anew as lines and text, and its legend below. */
function mapDrawing(model, page, theme) {
  const { camera, size } = page.renderer.camera();
  const width = Math.max(700, size.width);
  const legend = legendRows(model, page.visible, width);
  const signs = wrapped(signLines(model).join(" · "), `12px ${fontFor(model.language)}`, width);
  const height = size.height + (legend.length + signs.length) * 20 + 20;
  const pen = new SvgPen(width, height);
  drawScene(pen, model, page.scene, camera, { width, height: size.height }, { ratio: 1, moving: false, hovered: -1 });
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = theme.paper; /* what hangs over the lower edge */
  pen.fillRect(0, size.height, width, height - size.height);
  drawLegend(model, pen, theme, legend, signs, size.height + 20);
  return { svg: pen.root, width, height, notes: [] };
}

/** A board with all that is on it, or the first rows of a table, and then how many there are. */
function boardDrawing(model, page) {
  if (!["entries", "links"].includes(page.state.view)) return { ...traced(at("board"), PAPER_WIDE), notes: [] };
  const all = Number(at("table").dataset.rows);
  const rows = { n: figure(model, Math.min(all, FIRST_ON_PAPER)), all: figure(model, all) };
  return { ...traced(at("table"), PAPER_WIDE, FIRST_ON_PAPER), notes: all > FIRST_ON_PAPER ? [say(model, "picture_rows", rows)] : [] };
}

/** Kinds that are shown, broken into rows that fit. */
function legendRows(model, visible, width) {
  const rows = [[]];
  const context = new SvgPen(1, 1);
  context.font = `12px ${fontFor(model.language)}`;
  let x = 0;
  model.kinds.forEach((look, kind) => {
    if (!model.nodes.kind.some((of, node) => of === kind && visible.nodeOn[node])) return;
    const text = word(model, "kind", look.kind);
    const room = context.measureText(text).width + 34;
    if (x + room > width && rows.at(-1).length > 0) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1).push({ kind, text, x });
    x += room;
  });
  return rows;
}

/** What shapes and colours mean, and below it what signs, sizes and dashes do. */
function drawLegend(model, pen, theme, rows, signs, top) {
  pen.font = `12px ${fontFor(model.language)}`;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.globalAlpha = 1;
  rows.forEach((row, line) => {
    for (const { kind, text, x } of row) {
      const y = top + line * 20;
      pen.beginPath();
      traceShape(pen, model.kinds[kind].shape, x + 6, y, 5);
      pen.fillStyle = model.kinds[kind].colour;
      pen.fill();
      pen.strokeStyle = theme.outline;
      pen.lineWidth = 0.8;
      pen.stroke();
      pen.fillStyle = theme.ink;
      pen.fillText(text, x + 16, y + 1);
    }
  });
  pen.fillStyle = theme.muted;
  signs.forEach((text, line) => pen.fillText(text, 0, top + (rows.length + line) * 20));
}

/** A drawing as the text of a file. */
function svgText(model, page) {
  return new XMLSerializer().serializeToString(pictureOf(model, page));
}

function saveSvg(model, page) {
  const name = fileName(model, page.state.view, "svg");
  saveFile(name, new Blob([svgText(model, page)], { type: "image/svg+xml" }));
  return name;
}

async function savePng(model, page) {
  const canvas = await rasterised(svgText(model, page));
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const name = fileName(model, page.state.view, "png");
  saveFile(name, blob);
  return name;
}

/** A drawing as pixels, twice as fine as the screen unless it is very large. */
async function rasterised(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  const fine = Math.min(2, MOST_PIXELS / image.naturalHeight, MOST_PIXELS / image.naturalWidth);
  [canvas.width, canvas.height] = [image.naturalWidth * fine, image.naturalHeight * fine];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return canvas;
}
