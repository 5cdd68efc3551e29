/* svg.js: buttons in a drawing, arrow keys among marks, and a pen that draws SVG where a canvas is expected. */

import { SVG, at, draw } from "./dom.js";

/** Make an element of a drawing act as a button. */
function actAsButton(element, act) {
  element.setAttribute("role", "button");
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  return element;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** One of many marks can be reached with Tab; the arrows lead to the nearest one on that side, of those that can be seen.
    Where the box says that its rows were moved or hidden, Tab reaches the first as they now stand. */
function rove(box, marks, start = 0) {
  const tabTo = (stop) => marks.forEach((mark) => mark.setAttribute("tabindex", mark === stop ? "0" : "-1"));
  tabTo(marks[start]);
  box.addEventListener("rows", () => {
    const seen = marks.filter(isSeen);
    if (!seen.includes(document.activeElement)) tabTo(seen.reduce((first, mark) => (first.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_PRECEDING ? mark : first), seen[0]));
  });
  box.addEventListener("keydown", (event) => {
    const current = marks.indexOf(document.activeElement);
    if (!(event.key in ARROWS) || current < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = nearestOnSide(marks.filter(isSeen), marks[current], ARROWS[event.key]);
    if (next === null) return;
    tabTo(next);
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function isSeen(mark) {
  return mark.getClientRects().length > 0;
}

function nearestOnSide(marks, from, [dx, dy]) {
  const middle = (mark) => {
    const box = mark.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const mark of marks) {
    const [mx, my] = middle(mark);
    const along = (mx - x) * dx + (my - y) * dy;
    const aside = Math.abs((mx - x) * dy) + Math.abs((my - y) * dx);
    if (along < 2 || along + 4 * aside >= least) continue;
    [best, least] = [mark, along + 4 * aside];
  }
  return best;
}

/** A pen with the part of the canvas interface that our drawing uses; what it draws is collected as SVG elements. */
class SvgPen {
  constructor(width, height) {
    this.root = draw("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
    this.measure = document.createElement("canvas").getContext("2d");
    Object.assign(this, { path: "", dash: [], matrix: [1, 0, 0, 1, 0, 0], shift: [0, 0] });
    Object.assign(this, { globalAlpha: 1, lineWidth: 1, fillStyle: "#000000", strokeStyle: "#000000" });
    Object.assign(this, { font: "12px sans-serif", textAlign: "left", textBaseline: "alphabetic", lineJoin: "miter" });
  }
  setTransform(...matrix) {
    this.matrix = matrix;
  }
  setLineDash(dash) {
    this.dash = dash;
  }
  /** A point in pixels of the picture. */
  at(x, y) {
    const [a, , , d, e, f] = this.matrix;
    return `${(x * a + e + this.shift[0]).toFixed(1)} ${(y * d + f + this.shift[1]).toFixed(1)}`;
  }
  beginPath() {
    this.path = "";
  }
  moveTo(x, y) {
    this.path += `M${this.at(x, y)}`;
  }
  lineTo(x, y) {
    this.path += `L${this.at(x, y)}`;
  }
  bezierCurveTo(x1, y1, x2, y2, x, y) {
    this.path += `C${this.at(x1, y1)} ${this.at(x2, y2)} ${this.at(x, y)}`;
  }
  arc(x, y, radius) {
    const r = (radius * this.matrix[0]).toFixed(1);
    this.path += `M${this.at(x - radius, y)}A${r} ${r} 0 1 0 ${this.at(x + radius, y)}`;
    this.path += `A${r} ${r} 0 1 0 ${this.at(x - radius, y)}`;
  }
  add(tag, attributes, ...children) {
    const opacity = this.globalAlpha < 1 ? this.globalAlpha.toFixed(2) : null;
    this.root.append(draw(tag, { ...attributes, opacity }, ...children));
  }
  fill() {
    if (this.path) this.add("path", { d: this.path, fill: this.fillStyle });
  }
  stroke() {
    if (!this.path) return;
    const k = this.matrix[0];
    const dash = this.dash.length > 0 ? this.dash.map((part) => (part * k).toFixed(1)).join(" ") : null;
    const width = (this.lineWidth * k).toFixed(2);
    this.add("path", { d: this.path, fill: "none", stroke: this.strokeStyle, "stroke-width": width, "stroke-dasharray": dash });
  }
  fillRect(x, y, width, height) {
    const k = this.matrix[0];
    const [px, py] = this.at(x, y).split(" ");
    this.add("rect", { x: px, y: py, width: width * k, height: height * k, fill: this.fillStyle });
  }
  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }
  fillText(text, x, y) {
    this.write(text, x, y, { fill: this.fillStyle });
  }
  strokeText(text, x, y) {
    this.write(text, x, y, { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth * this.matrix[0] });
  }
  write(text, x, y, look) {
    const [, weight, size, family] = this.font.match(/^(?:(\d+) )?([\d.]+)px (.*)$/s) ?? ["", "", "12", "sans-serif"];
    const k = this.matrix[0];
    const [px, py] = this.at(x, y).split(" ");
    const baseline = this.textBaseline === "middle" ? { "dominant-baseline": "central" } : {};
    const anchor = this.textAlign === "center" ? { "text-anchor": "middle" } : {};
    const font = { "font-family": family, "font-size": (Number(size) * k).toFixed(1), "font-weight": weight || null };
    this.add("text", { x: px, y: py, ...look, ...font, ...baseline, ...anchor }, text);
  }
}
