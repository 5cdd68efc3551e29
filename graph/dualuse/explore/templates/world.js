/* world.js: the destinations as a grid of equal tiles, each roughly where it lies, filled by tier on the day. */

import { atlasChoice, atlasSvg, shapesOf } from "./atlas.js";
import { namedColumns } from "./behind.js";
import { at, draw, make } from "./dom.js";
import { tierSign } from "./marks.js";
import { holdsOn } from "./span.js";
import { actAsButton, rove } from "./svg.js";
import { tierAt } from "./time.js";
import { noTiersLine, universeBox } from "./universes.js";
import { figure, nameOf, say, tierName, word } from "./words.js";

const TILE = 30;
const MARKED_GROUP = "us-d5";

/** Places surely in a group on a day, by their codes. */
function codesIn(model, group, day) {
  const holds = ([key, from, to]) => key === group && holdsOn(from, to, day);
  const found = Object.entries(model.history.memberships).filter(([, rows]) => rows.some(holds));
  return new Set(found.map(([place]) => place.slice("place:".length)));
}

/** The destinations on a day and under a lens: tier by node, the codes of the marked group, and what differs. */
function worldLook(model, day, lens) {
  return {
    day,
    lens,
    tier: (node) => tierAt(model, node, day, lens),
    marked: codesIn(model, MARKED_GROUP, day),
    changed: (node) => model.nodes.change[node] && day >= model.about.as_of,
  };
}

/** Day, lens and number of places, for the title. */
function titleBlanks(model, look) {
  return { date: look.day, lens: word(model, "lens", look.lens), n: figure(model, model.tiersOf.size) };
}

function showWorld(model, page) {
  const look = worldLook(model, model.at, model.lens);
  const shaped = page.state.atlas !== null && shapesOf(model, page) !== null;
  const svg = shaped ? atlasSvg(model, page, look, asPlace) : worldSvg(model, page, look);
  at("board").replaceChildren(
    make("p", { class: "board-title" }, say(model, "world_headline", titleBlanks(model, look))),
    ...[noTiersLine(model), page.state.claimed === null ? null : universeBox(model, page)].filter(Boolean),
    worldLegend(model, look),
    atlasChoice(model, page),
    make("div", { class: "board-scroll" }, svg),
    make("p", { class: "quiet", id: "tile-name", "data-screen": true, "aria-hidden": "true" }, say(model, "world_hint")),
    ...(page.state.claimed === null ? [universeBox(model, page)] : []),
    make("p", { class: "quiet" }, say(model, shaped ? "atlas_note" : "world_note")),
  );
  page.behind = () => ({ places: placeRecords(model, look) });
  const tiles = [...svg.querySelectorAll("[role=button]")];
  const focus = page.state.focus?.node;
  const start = tiles.findIndex((tile) => tile.dataset.node === String(focus));
  rove(svg, tiles, Math.max(0, start));
}

function worldSvg(model, page, look) {
  const rows = model.tiles;
  const columns = Math.max(...rows.map((row) => row.length));
  const svg = draw("svg", {
    class: "world",
    viewBox: `0 0 ${columns * TILE} ${rows.length * TILE}`,
    role: "group",
    "aria-label": say(model, "world_headline", titleBlanks(model, look)),
  });
  rows.forEach((row, y) =>
    row.forEach((code, x) => {
      if (code) svg.append(worldTile(model, page, look, code, x * TILE, y * TILE));
    }),
  );
  return svg;
}

/** One destination: code, tier as fill and digit, a corner for the marked group; a button if it is in the page. */
function worldTile(model, page, look, code, x, y) {
  const node = model.number.get(`place:${code}`);
  const tier = node === undefined ? "" : look.tier(node);
  const isMarked = look.marked.has(code);
  const size = TILE - 2;
  const dark = tier === "3";
  const tile = draw(
    "g",
    { class: `tile tier-${tier || "none"}${node === undefined ? " absent" : ""}`, transform: `translate(${x + 1} ${y + 1})` },
    draw("rect", { width: size, height: size, rx: 3 }),
    draw("text", { x: size / 2, y: 13, class: dark ? "light" : null }, code),
    " " /* so that code and digit are read as two words, as the name has them */,
    tier ? draw("text", { x: size / 2, y: 24.5, class: `digit${dark ? " light" : ""}` }, tierSign(tier)) : null,
    isMarked ? draw("path", { d: `M${size - 9} 0H${size}V9Z`, class: "corner" }) : null,
  );
  if (node === undefined) {
    tile.setAttribute("aria-hidden", "true");
    return tile;
  }
  return asPlace(model, page, look, node, tile);
}

/** Make a tile, or a shape, the button of a place: named, found by its node, marked where it is chosen or differs. */
function asPlace(model, page, look, node, tile) {
  const name = tileName(model, look, node, look.marked.has(model.nodes.id[node].slice("place:".length)));
  tile.dataset.node = String(node);
  tile.setAttribute("aria-label", name);
  if (page.state.focus?.node === node) tile.classList.add("chosen");
  if (look.alike?.(node)) tile.classList.add("alike");
  if (look.changed(node)) tile.classList.add("changed");
  const tell = () => {
    const line = at("tile-name");
    if (line !== null) line.textContent = name;
  };
  tile.addEventListener("pointerenter", tell);
  tile.addEventListener("focus", tell);
  return actAsButton(tile, () => page.open(node, { keepView: true }));
}

/** What a tile is called: the name of the place, the code that stands on it, its tier. */
function tileName(model, look, node, isMarked) {
  const tier = look.tier(node);
  const sign = look.named === undefined ? tierSign(tier) : ""; /* an effect has a colour and no digit */
  const seen = [model.nodes.id[node].slice("place:".length), sign].filter(Boolean).join(" ");
  const parts = [nameOf(model, node).text, `${seen}: ${look.named?.(node) ?? tierName(model, tier)}`];
  if (isMarked) parts.push(say(model, "world_marked"));
  return parts.join(", ");
}

/** Every destination that has a tile, as a flat record. */
function placeRecords(model, look) {
  const codes = model.tiles.flat().filter((code) => model.number.has(`place:${code}`));
  return codes.sort().map((code) => {
    const node = model.number.get(`place:${code}`);
    return { code, tier: look.tier(node), in_group_d5: look.marked.has(code), ...namedColumns(model, node, "place") };
  });
}

/** Tiers with their colour, digit and number of places, and the corner. */
function worldLegend(model, look) {
  const counts = new Map();
  for (const node of model.tiersOf.keys()) {
    const tier = look.tier(node);
    counts.set(tier, (counts.get(tier) ?? 0) + 1);
  }
  const swatch = (kind, content) =>
    draw(
      "svg",
      { viewBox: "0 0 28 28", class: "swatch", "aria-hidden": "true" },
      draw("g", { class: `tile ${kind}` }, draw("rect", { x: 1, y: 1, width: 26, height: 26, rx: 3 }), content),
    );
  const digit = (tier) => draw("text", { x: 14, y: 19, class: `digit${tier === "3" ? " light" : ""}` }, tierSign(tier));
  const rows = ["1", "2", "3", "unknown", ""]
    .filter((tier) => counts.has(tier))
    .map((tier) => {
      const name = tierName(model, tier);
      return make("li", {}, swatch(`tier-${tier || "none"}`, digit(tier)), `${name}: ${figure(model, counts.get(tier))}`);
    });
  const corner = swatch("tier-none", draw("path", { d: "M15 1H27V13Z", class: "corner" }));
  if (look.marked.size > 0) rows.push(make("li", {}, corner, `${say(model, "world_marked")}: ${look.marked.size}`));
  return make("ul", { class: "board-legend" }, ...rows);
}
