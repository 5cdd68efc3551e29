/* tracing.js: a part of the page as a drawing: its text line by line, its boxes, its drawings, as the browser laid them out. */

import { draw, make } from "./dom.js";
import { fontSize } from "./wrapping.js";

/** What a drawing looks like is said by the style sheet; a copy carries it with it. */
const CARRIED = [
  ...["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "vector-effect", "stroke-linejoin", "paint-order", "opacity"],
  ...["font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline"],
];
const SIDES = ["Top", "Right", "Bottom", "Left"];

/** A copy of a part of the page, laid out as wide as it needs and drawn: {svg, width, height}. What is of use on a screen
    only stays out; of a table the first rows come in, whether shown or waiting behind "show more". */
function traced(box, least, rows = Infinity) {
  const copy = forPaper(box, rows);
  const away = make("div", { class: "away", "aria-hidden": "true" }, copy); /* styles only hold for what is in the page */
  document.body.append(away);
  away.style.width = `${least}px`;
  away.style.width = `${Math.max(least, ...[...copy.querySelectorAll(":not(svg, svg *)")].map((one) => one.scrollWidth))}px`;
  const frame = away.getBoundingClientRect();
  const tracing = { parts: [], left: frame.left, top: frame.top, bottom: 0 };
  traceElement(tracing, copy);
  const [width, height] = [frame.width, Math.ceil(tracing.bottom)];
  away.remove();
  return { svg: draw("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...tracing.parts), width, height };
}

/** The copy: rows that are hidden, the text of a choice, no buttons that only a reader at a screen can press. */
function forPaper(box, rows) {
  const copy = box.cloneNode(true);
  const fields = "select, input[type=date]";
  const chosen = [...box.querySelectorAll(fields)].map((one) => one.selectedOptions?.[0]?.textContent ?? one.value);
  copy.querySelectorAll(fields).forEach((one, place) => one.replaceWith(make("span", {}, `${chosen[place]} `)));
  for (const one of copy.querySelectorAll("[data-screen], .more, input, textarea")) one.remove();
  for (const one of copy.querySelectorAll("[data-out]")) one.remove(); /* the reader's filter leaves them out, and says so */
  for (const one of copy.querySelectorAll("tr[hidden]")) one.hidden = false;
  for (const one of [...copy.querySelectorAll("tbody tr")].slice(rows)) one.remove();
  for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
  copy.hidden = false;
  copy.classList.add("on-paper");
  return copy;
}

/** Draw an element and what is in it, in the order of the page. */
function traceElement(tracing, element) {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || element.getClientRects().length === 0) return;
  if (element.tagName === "svg") {
    traceDrawing(tracing, element, box);
    return;
  }
  traceBox(tracing, style, box);
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) traceText(tracing, child, style);
    else if (child.nodeType === Node.ELEMENT_NODE) traceElement(tracing, child);
  }
}

function addTraced(tracing, bottom, ...parts) {
  tracing.parts.push(...parts);
  tracing.bottom = Math.max(tracing.bottom, bottom - tracing.top);
}

/** A drawing in the page, with the looks that the style sheet gives it. */
function traceDrawing(tracing, svg, box) {
  const copy = svg.cloneNode(true);
  carryStyles(svg, copy);
  const place = { x: box.left - tracing.left, y: box.top - tracing.top, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, value.toFixed(1));
  addTraced(tracing, box.bottom, copy);
}

function carryStyles(from, to) {
  const style = getComputedStyle(from);
  for (const name of CARRIED) to.setAttribute(name, style.getPropertyValue(name));
  for (const name of ["tabindex", "role", "aria-label", "aria-hidden", "class", "data-node", "style"]) to.removeAttribute(name);
  [...from.children].forEach((child, place) => carryStyles(child, to.children[place]));
}

/** Ground and borders of a box. */
function traceBox(tracing, style, box) {
  const [x, y] = [box.left - tracing.left, box.top - tracing.top];
  const { width, height } = box;
  const all = SIDES.map((side) => [parseFloat(style[`border${side}Width`]), style[`border${side}Color`]]);
  const drawn = all.filter(([wide, colour]) => wide > 0 && colour !== "rgba(0, 0, 0, 0)");
  const whole = drawn.length === 4 && new Set(all.map(String)).size === 1;
  const ground = style.backgroundColor === "rgba(0, 0, 0, 0)" ? "none" : style.backgroundColor;
  if (ground !== "none" || whole) {
    const border = whole ? { stroke: all[0][1], "stroke-width": all[0][0] } : {};
    const rx = Math.min(parseFloat(style.borderTopLeftRadius) || 0, height / 2);
    addTraced(tracing, box.bottom, draw("rect", { x, y, width, height, rx, fill: ground, ...border }));
  }
  if (whole) return;
  const ends = [[x, y, x + width, y], [x + width, y, x + width, y + height], [x, y + height, x + width, y + height], [x, y, x, y + height]];
  all.forEach(([wide, stroke], side) => {
    if (!drawn.includes(all[side])) return;
    const [x1, y1, x2, y2] = ends[side];
    addTraced(tracing, box.bottom, draw("line", { x1, y1, x2, y2, stroke, "stroke-width": wide }));
  });
}

/** A text as the lines in which it stands on the page. */
function traceText(tracing, node, style) {
  if (node.data.trim() === "") return;
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { ascent, descent } = fontSize(font);
  for (const { text, box } of linesOfText(node)) {
    const y = box.top - tracing.top + (box.height * ascent) / (ascent + descent);
    const look = { "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight };
    const slant = style.fontStyle === "normal" ? {} : { "font-style": style.fontStyle };
    const place = { x: (box.left - tracing.left).toFixed(1), y: y.toFixed(1), fill: style.color };
    addTraced(tracing, box.bottom, draw("text", { ...place, ...look, ...slant }, text));
  }
}

/** The lines of a text node: where each stands and what it says. */
function linesOfText(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const plain = (text) => text.replace(/\s+/g, " ");
  if (boxes.length === 0) return [];
  if (boxes.length === 1) return [{ text: plain(node.data).trimStart(), box: boxes[0] }];
  const lines = [];
  for (let place = 0; place < node.length; place += 1) {
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    const box = [...range.getClientRects()].find((one) => one.width > 0);
    if (box === undefined) continue;
    if (lines.length === 0 || box.top - lines.at(-1).box.top > box.height / 2) lines.push({ text: "", box });
    lines.at(-1).text += node.data[place];
  }
  return lines.map(({ text, box }) => ({ text: plain(text).trim(), box }));
}
