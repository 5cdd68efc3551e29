/* pictures.js: the view as SVG or PNG, framed by title, legend, date and dataset, so that it can stand alone. */

import { SVG, draw, make } from "./dom.js";
import { clip, drawScene, readTheme, traceShape } from "./drawing.js";
import { fileName, saveFile } from "./exports.js";
import { fontFor } from "./labels.js";
import { SvgPen } from "./svg.js";
import { say, word } from "./words.js";

/** What a drawing looks like is said by the style sheet; a copy carries it with it. */
const CARRIED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];

/** A drawing of a view as a text of its own, with title, date and dataset. */
function framedSvg(model, svg, theme) {
  const box = svg.viewBox.baseVal;
  const copy = svg.cloneNode(true);
  carryStyles(svg, copy);
  const width = Math.max(760, box.width);
  const scale = width / box.width;
  const height = box.height * scale;
  for (const [key, value] of [["x", 0], ["y", 76], ["width", width], ["height", height]]) copy.setAttribute(key, value);
  const root = draw("svg", { xmlns: SVG, viewBox: `-24 0 ${width + 48} ${height + 124}`, width: width + 48, height: height + 124 });
  const font = { "font-family": fontFor(model.language) };
  root.append(
    draw("rect", { x: -24, y: 0, width: width + 48, height: height + 124, fill: theme.paper }),
    draw("text", { x: 0, y: 36, fill: theme.ink, "font-size": 22, "font-weight": 700, ...font }, model.heading.title),
    draw("text", { x: 0, y: 60, fill: theme.muted, "font-size": 13, ...font }, model.heading.question),
    copy,
    draw("text", { x: 0, y: height + 104, fill: theme.muted, "font-size": 11, ...font }, stampText(model)),
  );
  return new XMLSerializer().serializeToString(root);
}

function carryStyles(from, to) {
  const style = getComputedStyle(from);
  for (const name of CARRIED) to.setAttribute(name, style.getPropertyValue(name));
  for (const name of ["tabindex", "role", "aria-label", "class", "data-node"]) to.removeAttribute(name);
  [...from.children].forEach((child, place) => carryStyles(child, to.children[place]));
}

/** Date, lens, dataset and caveat in a line. */
function stampText(model) {
  const { dataset } = model.about;
  return `${say(model, "as_of")} ${model.at} · ${say(model, "lens")}: ${word(model, "lens", model.lens)} · ${dataset.title} ${dataset.version} · ${say(model, "note")}`;
}

/** The drawing of the view shown, or null when the picture is the map. */
function viewDrawing(page) {
  const drawn = ["world", "matrix", "timeline"].includes(page.state.view) && page.picture;
  if (!drawn) return null;
  const svg = page.picture();
  if (svg.isConnected) return { svg, done: () => {} };
  const away = make("div", { class: "away", "aria-hidden": "true" }, svg); /* styles only hold for what is in the page */
  document.body.append(away);
  return { svg, done: () => away.remove() };
}

function svgText(model, page) {
  const drawing = viewDrawing(page);
  if (drawing !== null) {
    const text = framedSvg(model, drawing.svg, readTheme());
    drawing.done();
    return text;
  }
  const { camera, size } = page.renderer.camera();
  const scene = page.scene;
  const top = model.heading.question ? 76 : 52;
  const width = Math.max(700, size.width);
  const legend = legendRows(model, page.visible, { context: new SvgPen(1, 1), width, margin: 20, half: true });
  const bottom = legend.length * 20 + 46;
  const pen = new SvgPen(width, top + size.height + bottom);
  pen.fillStyle = scene.theme.paper;
  pen.fillRect(0, 0, width, top + size.height + bottom);
  pen.shift = [0, top];
  drawScene(pen, model, scene, camera, { width, height: size.height }, { ratio: 1, moving: false, hovered: -1 });
  pen.shift = [0, 0];
  pen.setTransform(1, 0, 0, 1, 0, 0);
  frameWords(model, { context: pen, theme: scene.theme, width, margin: 20, half: true }, legend, top, size.height);
  return new XMLSerializer().serializeToString(pen.root);
}

function saveSvg(model, page) {
  const name = fileName(model, page.state.view === "map" ? "" : page.state.view, "svg");
  saveFile(name, new Blob([svgText(model, page)], { type: "image/svg+xml" }));
  return name;
}

/** The map with its title above and legend, date and dataset below; or the drawing of another view. */
async function savePng(model, page) {
  const drawing = viewDrawing(page) !== null;
  const canvas = drawing
    ? await rasterised(svgText(model, page))
    : framed(model, page.visible, page.renderer.picture(), readTheme());
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const name = fileName(model, drawing ? page.state.view : "", "png");
  saveFile(name, blob);
  return name;
}

/** A drawing as pixels, twice as fine as the screen. */
async function rasterised(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return canvas;
}

/** Put a frame of words around a picture. Sizes are in pixels of the picture, which is twice as fine as the screen. */
function framed(model, visible, picture, theme) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const width = Math.max(1400, picture.width);
  const pen = { context, theme, width, margin: 40 };
  const legend = legendRows(model, visible, pen);
  const top = model.heading.question ? 150 : 104;
  [canvas.width, canvas.height] = [width, top + picture.height + legend.length * 40 + 92];
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, canvas.height);
  context.drawImage(picture, (width - picture.width) / 2, top);
  frameWords(model, pen, legend, top, picture.height);
  return canvas;
}

/** Title, question, legend and stamp; `half` for a picture as fine as the screen. */
function frameWords(model, pen, legend, top, height) {
  const { title, question } = model.heading;
  const unit = pen.half ? 0.5 : 1;
  const serif = `700 ${44 * unit}px Georgia, 'Noto Serif', 'Noto Serif CJK TC', 'Noto Serif CJK SC', serif`;
  const bottom = top + height + legend.length * 40 * unit + 92 * unit;
  const font = fontFor(model.language);
  writeLine(pen, title, serif, pen.theme.ink, 66 * unit);
  if (question) writeLine(pen, question, `${28 * unit}px ${font}`, pen.theme.muted, 116 * unit);
  drawLegendRows(model, pen, legend, top + height + 36 * unit, unit);
  writeLine(pen, stampText(model), `${22 * unit}px ${font}`, pen.theme.muted, bottom - 36 * unit);
}

function writeLine(pen, text, font, colour, y) {
  const { context, width, margin } = pen;
  context.font = font;
  context.fillStyle = colour;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillText(clip(context, text, width - 2 * margin), margin, y);
}

/** Kinds that are shown, broken into rows that fit. */
function legendRows(model, visible, pen) {
  const rows = [[]];
  const unit = pen.half ? 0.5 : 1;
  let x = pen.margin;
  pen.context.font = `${22 * unit}px ${fontFor(model.language)}`;
  model.kinds.forEach((look, kind) => {
    if (!model.nodes.kind.some((of, node) => of === kind && visible.nodeOn[node])) return;
    const text = word(model, "kind", look.kind);
    const room = pen.context.measureText(text).width + 64 * unit;
    if (x + room > pen.width - pen.margin && rows.at(-1).length > 0) {
      rows.push([]);
      x = pen.margin;
    }
    rows.at(-1).push({ kind, text, x });
    x += room;
  });
  return rows;
}

function drawLegendRows(model, pen, rows, top, unit) {
  const { context, theme } = pen;
  rows.forEach((row, line) => {
    for (const { kind, text, x } of row) {
      const y = top + line * 40 * unit;
      context.beginPath();
      traceShape(context, model.kinds[kind].shape, x + 10 * unit, y, 9 * unit);
      context.fillStyle = model.kinds[kind].colour;
      context.fill();
      context.strokeStyle = theme.outline;
      context.lineWidth = 1.5 * unit;
      context.stroke();
      context.fillStyle = theme.ink;
      context.font = `${22 * unit}px ${fontFor(model.language)}`;
      context.textBaseline = "middle";
      context.fillText(text, x + 28 * unit, y + 1);
    }
  });
}
