/* atlas.js: the destinations as a map of real shapes, unpacked when it is first asked for, and zoomed to a region. */

import { draw, make } from "./dom.js";
import { tierSign } from "./marks.js";
import { unpackJson } from "./packed.js";
import { say, word } from "./words.js";

const WHOLE = "world";
const DOT = 0.0052; /* radius of a dot, as a part of what is seen across */
const ROOM = 0.028; /* a shape this broad has its tier written on it */

/** The shapes, or null while they are not unpacked; the page is drawn again once they are. */
function shapesOf(model, page) {
  if (model.atlas === undefined) {
    model.atlas = null;
    unpackJson("atlas").then((atlas) => {
      model.atlas = withBoxes(atlas);
      page.show();
    });
  }
  return model.atlas;
}

/** Rings of places as outlines, each with the box it fills and the middle of its largest ring. */
function withBoxes(atlas) {
  const arcs = atlas.arcs.map(pointsOf);
  const ring = (numbers) => numbers.flatMap((number) => (number >= 0 ? arcs[number] : arcs[~number].toReversed()));
  const places = new Map();
  for (const [code, rings] of Object.entries(atlas.shapes)) places.set(code, shapeOf(rings.map(ring)));
  for (const [code, [x, y]] of Object.entries(atlas.dots))
    places.set(code, { ...(places.get(code) ?? { path: "", box: [x, y, x, y] }), dot: [x, y] });
  return { ...atlas, places, rest: outlineOf(atlas.rest.map(ring)) };
}

/** Points of a stretch of border, out of its steps. */
function pointsOf(steps) {
  let [x, y] = [0, 0];
  const points = [];
  for (let step = 0; step < steps.length; step += 2) {
    x += steps[step];
    y += steps[step + 1];
    points.push([x, y]);
  }
  return points;
}

function outlineOf(rings) {
  return rings.map((points) => `M${points.map((point) => point.join(" ")).join("L")}Z`).join("");
}

function shapeOf(rings) {
  const largest = rings.reduce((best, points) => (Math.abs(areaOf(points)) > Math.abs(areaOf(best)) ? points : best));
  const all = rings.flat();
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const own = largest.map(([x]) => x);
  return {
    path: outlineOf(rings),
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    middle: middleOf(largest),
    across: Math.max(...own) - Math.min(...own),
  };
}

function areaOf(points) {
  return points.reduce((sum, [x, y], place) => {
    const [nx, ny] = points[(place + 1) % points.length];
    return sum + x * ny - nx * y;
  }, 0) / 2;
}

/** Middle of an outline by its area. */
function middleOf(points) {
  const area = areaOf(points) || 1;
  let [mx, my] = [0, 0];
  points.forEach(([x, y], place) => {
    const [nx, ny] = points[(place + 1) % points.length];
    const cross = x * ny - nx * y;
    mx += (x + nx) * cross;
    my += (y + ny) * cross;
  });
  return [mx / (6 * area), my / (6 * area)];
}

/** The map of a region: what no place of the record owns is land without a name. */
function atlasSvg(model, page, look, asButton) {
  const { places, regions, rest, size } = model.atlas;
  const seen = regions[page.state.atlas] ?? [0, 0, ...size];
  const [left, top, width, height] = seen;
  const svg = draw("svg", {
    class: "world atlas",
    viewBox: seen.join(" "),
    role: "group",
    "aria-label": say(model, "atlas_label", { date: look.day, region: word(model, "region", page.state.atlas) }),
  });
  svg.append(draw("path", { d: rest, class: "shape-rest", "aria-hidden": "true" }));
  const within = ([x1, y1, x2, y2]) => x2 >= left && x1 <= left + width && y2 >= top && y1 <= top + height;
  const shown = [...places].filter(([code, { box }]) => model.number.has(`place:${code}`) && within(box));
  shown.sort((a, b) => (a[1].dot === undefined ? 0 : 1) - (b[1].dot === undefined ? 0 : 1)); /* dots lie on top */
  for (const [code, place] of shown) svg.append(placeShape(model, page, look, code, place, width, asButton));
  return svg;
}

/** One place: its shape, a dot where that could hardly be seen, its tier where there is room. */
function placeShape(model, page, look, code, place, width, asButton) {
  const node = model.number.get(`place:${code}`);
  const tier = look.tier(node);
  const shape = draw("g", { class: `shape tier-${tier || "none"}${look.marked.has(code) ? " marked" : ""}` });
  if (place.path) shape.append(draw("path", { d: place.path, "fill-rule": "evenodd" }));
  if (place.dot) shape.append(draw("circle", { cx: place.dot[0], cy: place.dot[1], r: width * DOT }));
  if (tier && !place.dot && place.across > width * ROOM)
    shape.append(draw("text", { x: place.middle[0], y: place.middle[1] + width * 0.0055, "font-size": width * 0.016 }, tierSign(tier)));
  return asButton(model, page, look, node, shape);
}

/** Tiles, or shapes, and which region. */
function atlasChoice(model, page) {
  const { atlas } = page.state;
  const choose = (wanted, key) =>
    make(
      "button",
      { type: "button", class: "tab", id: `world-${key}`, "aria-pressed": String((atlas === null) === (wanted === null)), onclick: () => page.change({ atlas: wanted }) },
      say(model, `world_${key}`),
    );
  const group = make("div", { class: "group", role: "group", "data-screen": true, "aria-label": say(model, "world_form") }, choose(null, "tiles"), choose(WHOLE, "shapes"));
  if (atlas === null || !model.atlas) return make("div", { class: "atlas-choice" }, group);
  const regions = [WHOLE, ...Object.keys(model.atlas.regions)];
  const options = regions.map((region) => make("option", { value: region, selected: region === atlas }, word(model, "region", region)));
  const select = make("select", { id: "region", "aria-label": say(model, "atlas_region"), onchange: () => page.change({ atlas: select.value }) }, ...options);
  return make("div", { class: "atlas-choice" }, group, select);
}
