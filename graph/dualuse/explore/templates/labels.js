/* labels.js: names beside the marks: whole or not at all, the most linked first, never one on another; the ten most
   linked are largest. */

import { groupName, groupOf, groupRadius } from "./clusters.js";
import { radiusAt, toScreen } from "./geometry.js";
import { CHOSEN, HIDDEN, NORMAL, STRONG } from "./strength.js";
import { kindOf, nameOf } from "./words.js";

const LABEL_SIZE = 12;
const LABEL_HEIGHT = 15;
const LARGE_SIZE = 14;
const LARGEST = 10;
const FONTS = {
  en: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif",
  "zh-Hant": "system-ui, 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', 'Noto Sans TC', sans-serif",
  "zh-Hans": "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
};

/** Font stack of a language: the same code point has other shapes in other scripts. */
function fontFor(language) {
  return FONTS[language] ?? FONTS.en;
}

/** Width of a name in a font. */
function widthIn(context, font, text) {
  context.font = font;
  return context.measureText(text).width;
}

/** Width of a name at label size, measured once per node and language. */
function labelWidth(context, model, node, font, text) {
  model.widths ??= {};
  const widths = (model.widths[model.language] ??= new Float32Array(model.count));
  if (widths[node] === 0) widths[node] = widthIn(context, font, text);
  return widths[node];
}

/** Draw names; gives the boxes they took, so that a click on a name counts as a click on its mark. */
function drawLabels(context, model, scene, camera, size, hovered) {
  const boxes = [];
  const rows = new Map();
  const lanes = model.lanes.length > 0;
  const most = lanes ? 600 : (size.width * size.height) / 9000;
  const apart = lanes ? LABEL_HEIGHT - 3 : 2 * LABEL_HEIGHT - 4; /* in discs only the hubs are worth naming from afar */
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const node of labelOrder(model, scene, hovered)) {
    if (boxes.length >= most) break;
    const spot = labelSpot(model, scene, camera, size, node);
    if (spot === null || (node !== hovered && !isFree(rows, spot, apart))) continue;
    const box = labelBox(context, model, scene, camera, size, spot, node === hovered);
    if (box === null || (node !== hovered && !isFree(rows, box, apart))) continue;
    occupy(rows, box);
    boxes.push(box);
  }
  for (const box of boxes) drawLabel(context, scene, box);
  return boxes;
}

/** Nodes in the order in which they may claim room: under the pointer, chosen, raised, then by number of links. */
function* labelOrder(model, scene, hovered) {
  if (hovered >= 0 && scene.node[hovered] !== HIDDEN) yield hovered;
  const raised = scene.node.some((level) => level > NORMAL);
  const levels = raised ? [CHOSEN, STRONG] : [NORMAL];
  for (const level of levels) {
    for (const node of model.byDegree) if (scene.node[node] === level && node !== hovered) yield node;
  }
}

/** The ten most linked of what is shown, in columns; discs name few anyway. */
function largestOf(model, scene) {
  if (scene.largest === undefined) {
    const shown = model.lanes.length > 0 ? [...model.byDegree].filter((node) => scene.node[node] >= NORMAL) : [];
    scene.largest = new Set(shown.slice(0, LARGEST));
  }
  return scene.largest;
}

/** Where a name would begin, with the least room that any takes; null when it is out of view. */
function labelSpot(model, scene, camera, size, node) {
  const [x, y] = toScreen(camera, size, model.nodes.x[node], model.nodes.y[node]);
  if (x < -40 || x > size.width || y < 24 || y > size.height + 8) return null;
  const group = groupOf(model, scene, node);
  const beside = (group < 0 ? radiusAt(model, node, camera.k) * camera.k : groupRadius(model, group)) + 4;
  /* a chosen name may stand to the left, where there may be room */
  const left = scene.node[node] === CHOSEN ? Infinity : x + beside;
  return { node, group, x, y, beside, left, right: left, top: y - LABEL_HEIGHT / 2, bottom: y + LABEL_HEIGHT / 2 };
}

/** The room a name takes at its spot; null when it would not fit into what its column leaves. */
function labelBox(context, model, scene, camera, size, spot, whole) {
  const { node, group, x, beside } = spot;
  const name = group < 0 ? nameOf(model, node) : groupName(model, group);
  const large = largestOf(model, scene).has(node);
  const chosen = scene.node[node] === CHOSEN;
  const font = `${large || chosen ? 700 : 400} ${large ? LARGE_SIZE : LABEL_SIZE}px ${fontFor(name.lang)}`;
  const full = group < 0 && !large && !chosen ? labelWidth(context, model, node, font, name.text) : widthIn(context, font, name.text);
  const uncut = (whole || chosen) && full + 8 <= size.width;
  const left = uncut && x + beside + full > size.width ? Math.max(4, x - beside - 4 - full) : x + beside;
  const room = uncut ? Infinity : Math.min(roomFor(model, camera, beside, node), size.width - left - 2);
  const short = full <= room ? name.text : shortAlias(context, model, node, font, name, room);
  const text = short ?? (large && left + full <= size.width ? name.text : undefined);
  if (text === undefined) return null;
  return { ...spot, text, font, left, right: left + (text === name.text ? full : room) };
}

/** Pixels a name may take: its cell in the lanes, a little more where cells are too narrow to read anything. */
function roomFor(model, camera, used, node) {
  if (model.lanes.length === 0) return 170;
  return Math.max((model.cellOf?.[node] ?? model.cell[0]) * camera.k - used - 15, 46);
}

/** "TSMC" rather than "Taiwan Semi…": the longest alias that fits and that a reader knows from the name itself. */
function shortAlias(context, model, node, font, name, room) {
  if (name.lang !== "en" || !["organisation", "place"].includes(kindOf(model, node))) return undefined;
  model.short ??= new Map();
  if (!model.short.has(node)) {
    const plain = model.nodes.aliases[node].filter((alias) => isShortFor(alias, name.text));
    const measured = plain.map((alias) => [alias, widthIn(context, font, alias)]);
    model.short.set(
      node,
      measured.sort((a, b) => b[1] - a[1]),
    );
  }
  return model.short.get(node).find(([, width]) => width <= room)?.[0];
}

/** Whether an alias is the beginning of a name, or its initials. */
function isShortFor(alias, name) {
  const initials = Array.from(name.matchAll(/(?<!\p{L})\p{Lu}/gu), ([letter]) => letter).join("");
  const acronym = initials.length > 1 && (initials.startsWith(alias) || alias.startsWith(initials));
  return alias.length > 1 && (acronym || name.toLowerCase().startsWith(alias.toLowerCase()));
}

/** Whether no label stands there yet. Labels are kept in rows as high as a label, so few have to be compared. */
function isFree(rows, box, least) {
  const row = Math.floor(box.top / LABEL_HEIGHT);
  for (let near = row - 2; near <= row + 2; near += 1) {
    for (const other of rows.get(near) ?? []) {
      const beside = box.right + 4 < other.left || box.left > other.right + 4;
      if (!beside && Math.abs(box.top - other.top) < least) return false;
    }
  }
  return true;
}

function occupy(rows, box) {
  const row = Math.floor(box.top / LABEL_HEIGHT);
  if (!rows.has(row)) rows.set(row, []);
  rows.get(row).push(box);
}

/** A name with a halo in the colour of the paper, so that lines do not run through it. */
function drawLabel(context, scene, box) {
  context.font = box.font;
  context.strokeStyle = scene.theme.paper;
  context.lineWidth = 3.5;
  context.strokeText(box.text, box.left, box.y);
  context.fillStyle = scene.theme.ink;
  context.fillText(box.text, box.left, box.y);
}
