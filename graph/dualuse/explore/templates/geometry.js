/* geometry.js: cameras, curves and distances. A camera is {x, y, k}: the point in the middle and pixels per unit. */

import { groupOf, groupRadius } from "./clusters.js";
import { at } from "./dom.js";
import { DIM, HIDDEN, NORMAL } from "./strength.js";

const TOP = 40; /* room for the names of the lanes, in pixels */
const SIDE = 10;
const NEAREST = 2.2;
const FARTHEST = 0.015;

/** A point of the layout in pixels of the map. */
function toScreen(camera, size, x, y) {
  return [(x - camera.x) * camera.k + size.width / 2, (y - camera.y) * camera.k + size.height / 2];
}

/** Box around nodes, with room for their labels; null when there is none. */
function boundsOf(model, nodes) {
  let box = null;
  for (const node of nodes) {
    const x = model.nodes.x[node];
    const y = model.nodes.y[node];
    box ??= { left: x, right: x, top: y, bottom: y };
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  if (box === null) return null;
  const label = model.lanes.length > 0 ? model.cell[0] - 8 : 24;
  return { left: box.left - 24, right: box.right + label, top: box.top - 14, bottom: box.bottom + 14 };
}

/** Camera that shows a box in a map of a size, no closer than `closest`. */
function cameraFor(box, size, closest = 1.6) {
  const wide = Math.max(1, size.width - 2 * SIDE);
  const high = Math.max(1, size.height - TOP - SIDE);
  const k = Math.min(wide / (box.right - box.left), high / (box.bottom - box.top), closest);
  const shift = (TOP - SIDE) / 2 / k;
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - shift, k };
}

/** Camera that shows everything: lanes hang from the top; on a phone they are as wide as the screen, not a stamp. */
function cameraForAll(model, box, size) {
  const camera = cameraFor(box, size);
  if (model.lanes.length === 0) return camera;
  const wide = (size.width - 2 * SIDE) / (box.right - box.left);
  const k = size.width < 700 && wide > camera.k ? Math.min(wide, 2.2 * camera.k) : camera.k;
  return { x: camera.x, y: box.top + (size.height / 2 - TOP) / k, k };
}

/** Keep a zoom within what the map can show. */
function withinZoom(k) {
  return Math.min(NEAREST, Math.max(FARTHEST, k));
}

/** Radius of a node in units: kept visible on the screen while there is room for it. */
function radiusAt(model, node, k) {
  const least = model.lanes.length === 0 ? 1.3 : Math.min(2.6, Math.max(1, model.cell[1] * k * 0.36));
  return Math.max(model.radius[node], least / k);
}

/** How far a line between two marks of one column bends to the left, in units. */
function bowOf(height) {
  return Math.min(54, 18 + Math.abs(height) * 0.1);
}

/** Control points of an edge: a sweep between lanes, a bow within a column, a straight line between discs. */
function curveOf(model, edge) {
  const { x, y } = model.nodes;
  const from = model.edges.from[edge];
  const to = model.edges.to[edge];
  const [x1, y1, x2, y2] = [x[from], y[from], x[to], y[to]];
  if (model.lanes.length === 0)
    return [x1, y1, x1 + (x2 - x1) / 3, y1 + (y2 - y1) / 3, x1 + ((x2 - x1) * 2) / 3, y1 + ((y2 - y1) * 2) / 3, x2, y2];
  if (Math.abs(x2 - x1) < 1) {
    const bow = bowOf(y2 - y1);
    return [x1, y1, x1 - bow, y1 + (y2 - y1) * 0.25, x2 - bow, y1 + (y2 - y1) * 0.75, x2, y2];
  }
  const pull = (x2 - x1) * 0.45;
  return [x1, y1, x1 + pull, y1, x2 - pull, y2, x2, y2];
}

/** Point of a cubic curve at t. */
function pointOn(curve, t) {
  const [x1, y1, cx1, cy1, cx2, cy2, x2, y2] = curve;
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * x1 + b * cx1 + c * cx2 + d * x2, a * y1 + b * cy1 + c * cy2 + d * y2];
}

/** What lies under a point of the map: a mark, else a label, else a line, else null. Pixels in, {node} or {edge} out. */
function hitTest(model, scene, camera, size, boxes, px, py) {
  const node = nearestNode(model, scene, camera, size, px, py);
  if (node >= 0) return { node };
  const box = boxes.find((b) => px >= b.left && px <= b.right && py >= b.top && py <= b.bottom);
  if (box !== undefined) return { node: box.node };
  const edge = nearestEdge(model, scene, camera, size, px, py);
  return edge >= 0 ? { edge } : null;
}

function nearestNode(model, scene, camera, size, px, py) {
  let best = -1;
  let least = Infinity;
  for (let node = 0; node < model.count; node += 1) {
    if (scene.node[node] === HIDDEN) continue;
    const [x, y] = toScreen(camera, size, model.nodes.x[node], model.nodes.y[node]);
    const distance = Math.hypot(x - px, y - py) - (scene.node[node] === DIM ? 0 : 2);
    const group = groupOf(model, scene, node);
    const reach = group < 0 ? Math.max(radiusAt(model, node, camera.k) * camera.k + 2, 7) : groupRadius(model, group);
    if (distance <= reach && distance < least) [best, least] = [node, distance];
  }
  return best;
}

/** Nearest visible line within five pixels; with a focus, only the lines that stand out can be hit. */
function nearestEdge(model, scene, camera, size, px, py) {
  let best = -1;
  let least = 5;
  const raised = scene.edge.some((level) => level > NORMAL);
  for (let edge = 0; edge < model.links; edge += 1) {
    if (scene.edge[edge] === HIDDEN || (raised && scene.edge[edge] === DIM)) continue;
    const distance = distanceToCurve(curveOf(model, edge), camera, size, px, py, least);
    if (distance < least) [best, least] = [edge, distance];
  }
  return best;
}

/** Distance in pixels from a point to a curve, by twelve straight pieces; gives up early when the box is far away. */
function distanceToCurve(curve, camera, size, px, py, enough) {
  const [xs, ys] = [
    [0, 2, 4, 6],
    [1, 3, 5, 7],
  ].map((at) => at.map((i) => curve[i]));
  const [left, top] = toScreen(camera, size, Math.min(...xs), Math.min(...ys));
  const [right, bottom] = toScreen(camera, size, Math.max(...xs), Math.max(...ys));
  if (px < left - enough || px > right + enough || py < top - enough || py > bottom + enough) return Infinity;
  let least = Infinity;
  let [x1, y1] = toScreen(camera, size, curve[0], curve[1]);
  for (let piece = 1; piece <= 12; piece += 1) {
    const [x2, y2] = toScreen(camera, size, ...pointOn(curve, piece / 12));
    least = Math.min(least, distanceToPiece(px, py, x1, y1, x2, y2));
    [x1, y1] = [x2, y2];
  }
  return least;
}

function distanceToPiece(px, py, x1, y1, x2, y2) {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / length));
  return Math.hypot(px - x1 - t * (x2 - x1), py - y1 - t * (y2 - y1));
}

/** Tell the page where the reader moved the map to, in numbers short enough for an address. */
function tellCamera(own, { x, y, k }) {
  own.onMove([Math.round(x), Math.round(y), Number(k.toPrecision(3))]);
}
