/* bands.js: where the groups and bands of a flow stand: columns as wide as the screen, boxes as high as their words. */

const LINE = 17;
const GAP = 14;
const HEAD = 44;
const BAR = 10;
const TILE_WIDE = 27;
const TILE_HIGH = 21;
const NAME_ROOM = 168;
const LAST_ROOM = 190;
const SHARES = [0.26, 0.63, 1];

/** Break a text into lines of a width, at spaces, or anywhere in Chinese; a word is never cut. */
function linesOf(measure, text, room) {
  return filledLines(measure, partsOf(text), room);
}

/** The same for names with a dot between them; a name that fits in a line is not broken. */
function linesOfNames(measure, names, room) {
  const ended = names.map((name, place) => (place < names.length - 1 ? `${name} · ` : name));
  const parts = ended.flatMap((name) => (measure(name.trimEnd()) <= room ? [name] : partsOf(name)));
  return filledLines(measure, parts, room);
}

function partsOf(text) {
  return text.match(/(?:[\p{Script=Han}、，。；：]|[^\s\p{Script=Han}、，。；：]+)\s*/gu) ?? [];
}

function filledLines(measure, parts, room) {
  const lines = [""];
  for (const part of parts) {
    if (lines.at(-1) !== "" && measure((lines.at(-1) + part).trimEnd()) > room) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => line.trimEnd()).filter(Boolean);
}

/** Give each group of a flow its place: {x, y, high, words}; and each band its two ends. `words` says what stands beside a
    group and `opened` what an open one holds, both as numbers of pixels in height. Returns width and height. */
function placeFlow(flow, wide, height, heightOf) {
  const [first, last] = [Math.min(NAME_ROOM, wide * 0.19), Math.min(LAST_ROOM, wide * 0.22)];
  const span = wide - first - last;
  const boxes = new Map([["measure", { x: first - BAR, count: 1 }]]);
  flow.columns.forEach((groups, column) => {
    const x = first + Math.round(span * SHARES[column]);
    const next = column === 2 ? wide : first + Math.round(span * SHARES[column + 1]);
    for (const group of groups) boxes.set(group.key, { group, x, room: next - x - BAR - 22 });
  });
  const tall = flow.columns.map((groups) => fillColumn(groups.map((group) => boxes.get(group.key)), height - HEAD, heightOf));
  const high = Math.max(height - HEAD, ...tall);
  flow.columns.forEach((groups, column) => {
    let y = HEAD + (high - tall[column]) / 2;
    for (const group of groups) {
      boxes.get(group.key).y = y;
      y += boxes.get(group.key).high + GAP;
    }
  });
  Object.assign(boxes.get("measure"), { y: HEAD + high * 0.14, high: high * 0.72 });
  return { boxes, bands: endsOf(flow.bands, boxes), width: wide, height: HEAD + high + 8 };
}

/** Heights of a column: what the words of each need, and the rest shared by how many each holds. */
function fillColumn(boxes, height, heightOf) {
  const least = boxes.map((box) => heightOf(box));
  const gaps = GAP * Math.max(0, boxes.length - 1);
  const rest = Math.max(0, height - gaps - least.reduce((sum, each) => sum + each, 0));
  const all = boxes.reduce((sum, box) => sum + box.group.count, 0) || 1;
  boxes.forEach((box, place) => {
    box.high = least[place] + (rest * box.group.count) / all;
  });
  return boxes.reduce((sum, box) => sum + box.high, gaps);
}

/** Bands with the height they take at either end: their share of what leaves or reaches that group. */
function endsOf(bands, boxes) {
  const sums = new Map();
  const add = (key, count) => sums.set(key, (sums.get(key) ?? 0) + count);
  for (const band of bands) {
    add(`${band.from}>`, band.count);
    add(`>${band.to}`, band.count);
  }
  const used = new Map();
  const take = (key, box, count) => {
    const high = (box.high * count) / sums.get(key);
    const from = box.y + (used.get(key) ?? 0);
    used.set(key, (used.get(key) ?? 0) + high);
    return [from, from + high];
  };
  return bands.map((band) => {
    const [from, to] = [boxes.get(band.from), boxes.get(band.to)];
    return { ...band, x1: from.x + BAR, x2: to.x, left: take(`${band.from}>`, from, band.count), right: take(`>${band.to}`, to, band.count) };
  });
}

/** The outline of a band, as SVG writes it. */
function bandPath({ x1, x2, left, right }) {
  const middle = (x1 + x2) / 2;
  const sweep = (x, y, xx, yy) => `C${middle} ${y.toFixed(1)} ${middle} ${yy.toFixed(1)} ${xx} ${yy.toFixed(1)}`;
  return `M${x1} ${left[0].toFixed(1)}${sweep(x1, left[0], x2, right[0])}V${right[1].toFixed(1)}${sweep(x2, right[1], x1, left[1])}Z`;
}
