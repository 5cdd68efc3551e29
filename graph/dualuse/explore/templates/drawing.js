/* drawing.js: what the map and the saved picture are drawn with: lanes, lines, marks. Plain Canvas 2D. */

import { drawGroupLinks, drawGroups } from "./clusters.js";
import { curveOf, pointOn, radiusAt, toScreen } from "./geometry.js";
import { drawLabels, fontFor } from "./labels.js";
import { fillOf } from "./marks.js";
import { CHOSEN, DIM, HIDDEN, NORMAL, STRONG } from "./strength.js";
import { changeAt, inDoubt } from "./time.js";
import { kindOf, word } from "./words.js";

/** Outlines of the marks, in a square from -1 to 1, as SVG writes points; a circle has none. */
const OUTLINES = {
  circle: "",
  square: "-0.86,-0.86 0.86,-0.86 0.86,0.86 -0.86,0.86",
  diamond: "0,-1.15 1.15,0 0,1.15 -1.15,0",
  triangle: "0,-1.1 1.08,0.84 -1.08,0.84",
  "triangle-down": "0,1.1 1.08,-0.84 -1.08,-0.84",
  pentagon: "0,-1.08 1.03,-0.33 0.63,0.88 -0.63,0.88 -1.03,-0.33",
  hexagon: "-0.55,-0.95 0.55,-0.95 1.1,0 0.55,0.95 -0.55,0.95 -1.1,0",
  star: "0,-1.2 0.31,-0.4 1.14,-0.37 0.5,0.16 0.71,0.97 0,0.5 -0.71,0.97 -0.5,0.16 -1.14,-0.37 -0.31,-0.4",
  dome: "-1,0.85 -1,0.1 -0.85,-0.4 -0.5,-0.8 0,-0.95 0.5,-0.8 0.85,-0.4 1,0.1 1,0.85",
  bubble: "-1.05,-0.85 1.05,-0.85 1.05,0.5 0.1,0.5 -0.45,1.15 -0.45,0.5 -1.05,0.5",
};

/** The same as numbers, for a canvas. */
const CORNERS = Object.fromEntries(
  Object.entries(OUTLINES).map(([shape, points]) => [shape, points.split(" ").map((point) => point.split(",").map(Number))]),
);

/** Colours of the theme in use, read from the style sheet. */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["paper", "ink", "muted", "accent", "line", "line-strong", "band", "outline", "change"];
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** Add the outline of a mark to the path. closePath() takes time that grows with the path, a last line does not. */
function traceShape(context, shape, x, y, radius) {
  const points = CORNERS[shape];
  if (!OUTLINES[shape]) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x + points[0][0] * radius, y + points[0][1] * radius);
  for (let corner = 1; corner <= points.length; corner += 1) {
    const [px, py] = points[corner % points.length];
    context.lineTo(x + px * radius, y + py * radius);
  }
}

/** Let a canvas draw in units of the layout. */
function useCamera(context, camera, size, ratio) {
  const k = camera.k * ratio;
  context.setTransform(k, 0, 0, k, (size.width / 2) * ratio - camera.x * k, (size.height / 2) * ratio - camera.y * k);
}

/** Quiet bands behind the lanes. */
function drawLanes(context, model, theme) {
  context.fillStyle = theme.band;
  const bottom = Math.max(0, ...model.lanes.map((lane) => lane[4]));
  for (const [, left, right] of model.lanes) context.fillRect(left - 18, -20, right - left + 26, bottom + 24);
}

/** Names of the lanes, kept at the top of the map while it moves. Draws in pixels. */
function drawLaneNames(context, model, theme, camera, size) {
  if (model.lanes.length === 0) return;
  context.fillStyle = theme.paper;
  context.globalAlpha = 0.9;
  context.fillRect(0, 0, size.width, 28);
  context.globalAlpha = 1;
  context.fillStyle = theme.muted;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.font = `600 ${size.width < 500 ? 10 : 12}px ${fontFor(model.language)}`;
  for (const [name, left, right] of model.lanes) {
    const [x1] = toScreen(camera, size, left - 14, 0);
    const [x2] = toScreen(camera, size, right, 0);
    const start = Math.max(x1, 8);
    const room = Math.min(x2, size.width) - start;
    if (room > 20) context.fillText(clip(context, word(model, "lane", name), room), start, 15);
  }
}

/** Cut a text to a width, with an ellipsis. */
function clip(context, text, room) {
  const full = context.measureText(text).width;
  if (full <= room) return text;
  return `${text.slice(0, Math.max(1, Math.floor((text.length * room) / full) - 1)).trimEnd()}…`;
}

/** Edges of one strength and dash, as one path; says whether there is any. */
function traceEdges(context, model, scene, level, dashed, step) {
  const { from, to } = model.edges;
  const { x, y } = model.nodes;
  const straight = model.lanes.length === 0;
  let found = false;
  context.beginPath();
  for (let edge = 0; edge < model.links; edge += step) {
    if (scene.edge[edge] !== level || inDoubt(model, edge) !== dashed) continue;
    found = true;
    context.moveTo(x[from[edge]], y[from[edge]]);
    if (straight) context.lineTo(x[to[edge]], y[to[edge]]);
    else context.bezierCurveTo(...curveOf(model, edge).slice(2));
  }
  return found;
}

/** Colour, width (in pixels) and opacity of a line. */
function edgeLook(model, theme, level) {
  if (level === DIM) return { colour: theme.line, width: 0.8, alpha: Math.min(0.14, 3 / Math.sqrt(model.links)) };
  if (level === NORMAL) return { colour: theme.line, width: 0.95, alpha: Math.min(0.6, 8 / Math.sqrt(model.links)) };
  return { colour: theme["line-strong"], width: level === CHOSEN ? 3 : 1.6, alpha: 0.95 };
}

const QUICK = 5000; /* faint lines that can be drawn anew for every frame of a movement */

/** All lines, the faint ones first; while a large map moves, only some of the faint ones. */
function drawEdges(context, model, scene, theme, k, moving) {
  const some = moving ? Math.ceil(model.links / QUICK) : 1;
  for (const level of [DIM, NORMAL, STRONG, CHOSEN]) {
    const look = edgeLook(model, theme, level);
    context.strokeStyle = look.colour;
    context.globalAlpha = look.alpha;
    context.lineWidth = look.width / k;
    for (const dashed of [false, true]) {
      context.setLineDash(dashed ? [5 / k, 4 / k] : []);
      if (traceEdges(context, model, scene, level, dashed, level <= NORMAL ? some : 1)) context.stroke();
    }
    context.setLineDash([]);
    if (level >= STRONG) drawArrows(context, model, scene, theme, k, level);
  }
  context.globalAlpha = 1;
  if (model.about.scenario) drawChanges(context, model, scene, theme, k);
}

/** Lines that a scenario adds (whole) or removes (dotted). */
function drawChanges(context, model, scene, theme, k) {
  context.strokeStyle = theme.change;
  context.lineWidth = 1.8 / k;
  for (let edge = 0; edge < model.links; edge += 1) {
    const change = changeAt(model, edge);
    if (!change || scene.edge[edge] === HIDDEN) continue;
    context.setLineDash(change === "removed" ? [2 / k, 3 / k] : []);
    context.beginPath();
    context.moveTo(model.nodes.x[model.edges.from[edge]], model.nodes.y[model.edges.from[edge]]);
    context.bezierCurveTo(...curveOf(model, edge).slice(2));
    context.stroke();
  }
  context.setLineDash([]);
}

/** Heads on the lines that stand out. */
function drawArrows(context, model, scene, theme, k, level) {
  context.fillStyle = theme["line-strong"];
  context.beginPath();
  for (let edge = 0; edge < model.links; edge += 1) {
    if (scene.edge[edge] === level) traceArrow(context, model, edge, k);
  }
  context.fill();
}

/** A head that touches the rim of the mark it points to. */
function traceArrow(context, model, edge, k) {
  const curve = curveOf(model, edge);
  const [ex, ey] = [curve[6], curve[7]];
  const [bx, by] = pointOn(curve, 0.94);
  const length = Math.hypot(ex - bx, ey - by);
  if (length === 0) return;
  const [ux, uy] = [(ex - bx) / length, (ey - by) / length];
  const rim = radiusAt(model, model.edges.to[edge], k) + 1.5 / k;
  const [tx, ty] = [ex - ux * rim, ey - uy * rim];
  const long = 8 / k;
  context.moveTo(tx, ty);
  context.lineTo(tx - ux * long - uy * long * 0.45, ty - uy * long + ux * long * 0.45);
  context.lineTo(tx - ux * long + uy * long * 0.45, ty - uy * long - ux * long * 0.45);
  context.lineTo(tx, ty);
}

/** One mark with its sign; the chosen one has a ring. */
function drawNode(context, model, scene, theme, node, k) {
  const level = scene.node[node];
  const radius = radiusAt(model, node, k);
  const { x, y } = model.nodes;
  const look = model.kinds[model.nodes.kind[node]];
  context.globalAlpha = level === DIM ? 0.28 : 1;
  if (level === CHOSEN) drawRing(context, theme, x[node], y[node], radius + 5 / k, k);
  context.beginPath();
  traceShape(context, look.shape, x[node], y[node], radius);
  context.fillStyle = fillOf(model, node);
  context.fill();
  const changed = model.nodes.change[node] && model.at >= model.about.as_of;
  context.strokeStyle = changed ? theme.change : theme.outline;
  context.lineWidth = (changed ? 3 : 1) / k;
  context.stroke();
  if (radius * k >= 5.5) drawMark(context, model, node, radius);
  context.globalAlpha = 1;
}

function drawRing(context, theme, x, y, radius, k) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = theme.accent;
  context.lineWidth = 3 / k;
  context.stroke();
}

/** The digit of a tier, the sign of a stance or a status: black on light colours, white on dark ones. */
function drawMark(context, model, node, radius) {
  const mark = model.mark[node];
  if (mark === "") return;
  const dark = kindOf(model, node) === "instrument" || (kindOf(model, node) === "place" && mark === "3");
  context.fillStyle = dark ? "#ffffff" : "#000000";
  context.font = `700 ${radius * 1.3}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const lift = model.kinds[model.nodes.kind[node]].shape === "bubble" ? radius * 0.16 : -radius * 0.06;
  context.fillText(mark, model.nodes.x[node], model.nodes.y[node] - lift);
}

/** All marks in view. Ordinary ones are batched by kind: one path for all marks of one colour. */
function drawNodes(context, model, scene, theme, camera, size) {
  const margin = 20 / camera.k;
  const halfWide = size.width / 2 / camera.k + margin;
  const halfHigh = size.height / 2 / camera.k + margin;
  const raised = [];
  for (const level of [DIM, NORMAL]) {
    const batches = new Map();
    for (let node = 0; node < model.count; node += 1) {
      if (Math.abs(model.nodes.x[node] - camera.x) > halfWide || Math.abs(model.nodes.y[node] - camera.y) > halfHigh)
        continue;
      if (scene.node[node] === level) {
        const look = `${model.nodes.kind[node]} ${fillOf(model, node)}`;
        if (!batches.has(look)) batches.set(look, []);
        batches.get(look).push(node);
      }
      if (level === DIM && scene.node[node] >= STRONG) raised.push(node);
    }
    for (const nodes of [...batches].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, found]) => found))
      drawBatch(context, model, theme, nodes, camera.k, level);
  }
  for (const node of raised) drawNode(context, model, scene, theme, node, camera.k);
}

function drawBatch(context, model, theme, nodes, k, level) {
  const kind = model.nodes.kind[nodes[0]];
  context.globalAlpha = level === DIM ? 0.28 : 1;
  context.beginPath();
  for (const node of nodes)
    traceShape(context, model.kinds[kind].shape, model.nodes.x[node], model.nodes.y[node], radiusAt(model, node, k));
  context.fillStyle = fillOf(model, nodes[0]);
  context.fill();
  context.strokeStyle = theme.outline;
  context.lineWidth = (model.count > 1500 ? 0.6 : 1) / k;
  context.stroke();
  for (const node of nodes) {
    const radius = radiusAt(model, node, k);
    if (radius * k >= 5.5) drawMark(context, model, node, radius);
  }
  context.globalAlpha = 1;
}

/** The whole map on any canvas: the canvas renderer's every frame, and the saved picture of both. */
function drawScene(context, model, scene, camera, size, options) {
  const { ratio, moving, hovered } = options;
  const theme = scene.theme;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, size.width, size.height);
  useCamera(context, camera, size, ratio);
  drawLanes(context, model, theme);
  drawGroupLinks(context, model, scene, theme, camera.k);
  drawEdges(context, model, scene, theme, camera.k, moving);
  drawGroups(context, model, scene, theme, camera);
  drawNodes(context, model, scene, theme, camera, size);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const boxes = moving ? [] : drawLabels(context, model, scene, camera, size, hovered);
  drawLaneNames(context, model, theme, camera, size);
  return boxes;
}
