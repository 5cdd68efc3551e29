/* relayout.js: a part of the network in columns of its own: those it needs, as wide as its names; empty ones are dropped. */

import { at } from "./dom.js";
import { fontFor } from "./labels.js";
import { nameOf } from "./words.js";

const LANE_GAP = 36;
const LEAST_CELL = 90;
const MOST_CELL = 330;

/** Lay out what is shown, if that is a part of the network; else as the whole was. Says whether anything moved. */
function arrangeShown(model, state, visible) {
  if (model.lanes.length === 0) return false;
  model.whole ??= { x: model.nodes.x, y: model.nodes.y, lanes: model.lanes, cell: model.cell };
  const shown = [...visible.nodeOn.keys()].filter((node) => visible.nodeOn[node]);
  const part = shown.length > 0 && (state.near > 0 || shown.length * 3 < model.count);
  const wanted = part ? `${model.language} ${shown}` : "";
  if (wanted === (model.arranged ?? "")) return false;
  model.arranged = wanted;
  if (part) arrangePart(model, shown);
  else restore(model, model.whole);
  return true;
}

function restore(model, { x, y, lanes, cell }) {
  Object.assign(model.nodes, { x, y });
  Object.assign(model, { lanes, cell, cellOf: undefined });
}

/** Put some nodes into columns: each lane as many as make the whole picture largest, in the order the whole has them. */
function arrangePart(model, shown) {
  const { whole } = model;
  const lanes = whole.lanes
    .map(([name, left, right]) => ({ name, nodes: shown.filter((node) => whole.x[node] >= left && whole.x[node] < right) }))
    .filter((lane) => lane.nodes.length > 0);
  for (const lane of lanes) {
    lane.nodes.sort((a, b) => whole.y[a] - whole.y[b] || whole.x[a] - whole.x[b]);
    lane.cell = cellFor(model, lane.nodes);
  }
  const [, high] = whole.cell;
  const rows = bestRows(lanes, high);
  const [x, y, cellOf] = [[...whole.x], [...whole.y], new Float32Array(model.count)];
  let left = 0;
  const placed = lanes.map(({ name, nodes, cell }) => {
    const columns = Math.ceil(nodes.length / rows);
    const each = Math.ceil(nodes.length / columns);
    const top = ((rows - each) / 2) * high;
    nodes.forEach((node, place) => {
      x[node] = left + Math.floor(place / each) * cell;
      y[node] = top + (place % each) * high;
      cellOf[node] = cell;
    });
    const start = left;
    left += columns * cell + LANE_GAP;
    return [name, start, start + columns * cell, 0, rows * high];
  });
  Object.assign(model.nodes, { x, y });
  Object.assign(model, { lanes: placed, cell: [lanes.at(-1).cell, high], cellOf });
}

/** Width of a column that leaves the names of some nodes whole, within reason. */
function cellFor(model, nodes) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `12px ${fontFor(model.language)}`;
  const longest = Math.max(...nodes.map((node) => context.measureText(nameOf(model, node).text).width));
  return Math.max(LEAST_CELL, Math.min(MOST_CELL, longest + 44));
}

/** Rows at which the picture is largest in the room the map has. */
function bestRows(lanes, high) {
  const [width, height] = [at("map").clientWidth || 850, at("map").clientHeight || 640];
  const scale = (rows) => {
    const wide = lanes.reduce((sum, { nodes, cell }) => sum + Math.ceil(nodes.length / rows) * cell + LANE_GAP, 0);
    return Math.min(width / wide, height / (rows * high));
  };
  const most = Math.max(...lanes.map(({ nodes }) => nodes.length));
  const tried = Array.from({ length: most }, (_, place) => place + 1);
  return tried.reduce((best, rows) => (scale(rows) > scale(best) ? rows : best));
}
