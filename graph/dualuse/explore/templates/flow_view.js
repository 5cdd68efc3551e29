/* flow_view.js: the network that matters: a measure, what it makes of trade, groups of places and parties, who spoke. */

import { BAR, LINE, TILE_HIGH, TILE_WIDE, bandPath, linesOf, linesOfNames, placeFlow } from "./bands.js";
import { namedColumns } from "./behind.js";
import { at, draw, make } from "./dom.js";
import { flowOf } from "./flow.js";
import { fontFor } from "./labels.js";
import { actAsButton, rove } from "./svg.js";
import { figure, nameOf, say, tierName, word } from "./words.js";

const LEAST = 620; /* narrower than this the words would not fit */
const MOST = 1400;
const TITLES = ["flow_rule", "flow_effects", "flow_whom", "flow_voices"];

/** Name of a group. */
function flowName(model, group) {
  if (group.kind === "tier") return tierName(model, group.name);
  return { effect: () => word(model, "effect_kind", group.name), role: () => word(model, "flow_role", group.name), stance: () => word(model, "stance", group.name), rest: () => say(model, "flow_rest") }[group.kind]();
}

/** How many a group holds, in words. */
function flowSize(model, group) {
  const key = { effect: "flow_n_places", tier: "flow_n_places", role: "flow_n_parties", rest: "flow_n_speakers", stance: "flow_n_statements" }[group.kind];
  return say(model, key, { n: figure(model, group.count) });
}

function showFlow(model, page) {
  const flow = flowOf(model);
  const node = model.number.get(model.landing.of);
  const box = at("board");
  const wide = Math.min(MOST, Math.max(LEAST, box.clientWidth - 40));
  const high = Math.max(520, box.clientHeight - 122);
  const pen = penOf(model);
  const placed = placeFlow(flow, wide, high, (spot) => wordsOf(model, page, spot, pen));
  const svg = flowSvg(model, page, node, flow, placed, pen);
  const lens = word(model, "lens", model.lens);
  const note = flow.changed === null ? say(model, "start_nothing", { date: model.at, lens }) : say(model, "flow_note", { date: flow.changed.day, lens });
  const everything = make("button", { type: "button", class: "plain", "data-screen": true, onclick: () => page.change({ view: "map", group: null }) }, say(model, "flow_all"));
  box.replaceChildren(
    make("div", { class: "board-title" }, say(model, "flow_title"), everything),
    make("div", { class: "board-scroll" }, svg),
    make("p", { class: "quiet" }, note),
  );
  rove(svg, [...svg.querySelectorAll("[role=button]")]);
  page.behind = () => ({ groups: groupRecords(model, flow), members: memberRecords(model, flow), bands: flow.bands.map(bandRecord(model)) });
}

/** Every group of the picture, as a flat record. */
function groupRecords(model, { columns }) {
  return columns.flat().map((group) => ({ group: group.key, kind: group.kind, name: flowName(model, group), count: group.count }));
}

/** Who is in each group. */
function memberRecords(model, { columns }) {
  return columns.flat().flatMap((group) => group.members.map((node) => ({ group: group.key, ...namedColumns(model, node, "member") })));
}

/** A band between two groups; the first ones begin at the measure. */
function bandRecord(model) {
  return ({ from, to, count }) => ({ from: from === "measure" ? model.landing.of : from, to, count });
}

/** Measures words in the fonts of the picture. */
function penOf(model) {
  const context = document.createElement("canvas").getContext("2d");
  const family = fontFor(model.language);
  return (size, weight) => (text) => {
    context.font = `${weight} ${size}px ${family}`;
    return context.measureText(text).width;
  };
}

/** What stands beside a group: kept with its place; gives the height it needs. */
function wordsOf(model, page, spot, pen) {
  const { group, room } = spot;
  const open = page.state.group === group.key && group.kind !== "effect" && group.kind !== "stance";
  const lines = linesOf(pen(15, 600), flowName(model, group), room).map((text) => ({ text, look: "group-name" }));
  lines.push({ text: flowSize(model, group), look: "group-size" });
  const named = open ? [] : (group.named ?? []).map((node) => nameOf(model, node).text);
  linesOfNames(pen(15, 500), named, room).forEach((text) => lines.push({ text, look: "group-named" }));
  spot.lines = lines;
  spot.open = open ? openMembers(model, group, room, pen) : [];
  const last = spot.open.at(-1);
  return lines.length * LINE + 6 + (last === undefined ? 0 : last.y + TILE_HIGH + 4);
}

/** The members of an open group, each with its place below the words: places as tiles, parties by name. */
function openMembers(model, group, room, pen) {
  if (group.kind === "tier") {
    const columns = Math.max(1, Math.floor(room / TILE_WIDE));
    const code = (node) => model.nodes.id[node].slice("place:".length);
    return [...group.members].sort((a, b) => (code(a) < code(b) ? -1 : 1)).map((node, place) => ({
      node, text: code(node), tile: true, x: (place % columns) * TILE_WIDE, y: Math.floor(place / columns) * TILE_HIGH,
    }));
  }
  let y = 0;
  const sorted = [...group.members].sort((a, b) => model.degree[b] - model.degree[a] || a - b);
  return sorted.flatMap((node) => linesOf(pen(13, 400), nameOf(model, node).text, room).map((text) => {
    const made = { node, text, tile: false, x: 0, y };
    y += LINE;
    return made;
  }));
}

function flowSvg(model, page, node, flow, placed, pen) {
  const { boxes, bands, width, height } = placed;
  const chosen = page.state.group;
  const svg = draw("svg", { class: "flow", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": say(model, "flow_title") });
  const near = chosen === null || !boxes.has(chosen) ? null : new Set([chosen, ...bands.filter((band) => [band.from, band.to].includes(chosen)).flatMap((band) => [band.from, band.to])]);
  for (const band of bands) svg.append(draw("path", { d: bandPath(band), class: `band ${bandLook(band)}${near && band.from !== chosen && band.to !== chosen ? " faint" : ""}` }));
  svg.append(...columnNames(model, flow, boxes, pen), measureMark(model, page, node, boxes.get("measure"), pen));
  for (const spot of boxes.values()) if (spot.group !== undefined) svg.append(groupMark(model, page, spot, near !== null && !near.has(spot.group.key)));
  return svg;
}

/** A band has the colour of the effect it carries, or of the stance it leads to. */
function bandLook(band) {
  const end = band.to.startsWith("stance:") ? band.to : band.to.startsWith("effect:") ? band.to : band.from;
  return end.replace(":", "-");
}

/** What stands in each column, in lines as long as it leaves room for. */
function columnNames(model, flow, boxes, pen) {
  const spots = [boxes.get("measure"), ...flow.columns.map((groups) => groups.length > 0 && boxes.get(groups[0].key))];
  return spots.flatMap((spot, column) => {
    if (!spot) return [];
    const x = column === 0 ? 0 : spot.x;
    const lines = linesOf(pen(13, 400), say(model, TITLES[column]), (column === 0 ? spot.x : spot.room + 10));
    return lines.map((line, place) => draw("text", { x, y: 14 + place * 16, class: "column-name" }, line));
  });
}

/** The measure: a bar, and its name to the left of it. */
function measureMark(model, page, node, spot, pen) {
  const name = nameOf(model, node);
  const lines = linesOf(pen(19, 400), name.text, spot.x - 14);
  const top = spot.y + spot.high / 2 - (lines.length * 24) / 2;
  const mark = draw(
    "g",
    { class: "measure", "aria-label": name.text, lang: name.lang },
    draw("rect", { x: spot.x, y: spot.y, width: BAR, height: spot.high, class: "bar-mark" }),
    draw("rect", { x: 0, y: top - 4, width: spot.x - 6, height: lines.length * 24 + 8, class: "hit" }),
    ...lines.flatMap((text, place) => [draw("text", { x: 0, y: top + 18 + place * 24, class: "measure-name" }, text), " "]),
  );
  return actAsButton(mark, () => page.open(node, { keepView: true }));
}

/** A group: its bar and its words as one button, and what it holds if it is open. */
function groupMark(model, page, spot, faint) {
  const { group, x, y, high, lines, room } = spot;
  const top = y + Math.max(0, (high - lines.length * LINE - (spot.open.length > 0 ? spot.open.at(-1).y + TILE_HIGH : 0)) / 2);
  const label = lines.map(({ text }) => text).join(" "); /* what is seen, as it is seen */
  const chosen = page.state.group === group.key;
  const button = draw(
    "g",
    { class: "group-mark", "aria-label": label, "aria-expanded": String(chosen), "data-group": group.key },
    draw("rect", { x, y, width: BAR, height: high, class: `bar-mark ${group.key.replace(":", "-")}` }),
    draw("rect", { x, y: top - 2, width: room + BAR, height: lines.length * LINE + 4, class: "hit" }),
    ...lines.flatMap(({ text, look }, place) => [draw("text", { x: x + BAR + 7, y: top + 13 + place * LINE, class: look }, text), " "]),
  );
  actAsButton(button, () => page.change({ group: chosen ? null : group.key, focus: null }));
  const below = top + lines.length * LINE + 4;
  const members = spot.open.map((member) => memberMark(model, page, member, x + BAR + 7 + member.x, below + member.y));
  return draw("g", { class: faint ? "faint" : null }, button, ...members);
}

function memberMark(model, page, { node, text, tile }, x, y) {
  const name = nameOf(model, node).text;
  const parts = tile
    ? [draw("rect", { x, y, width: TILE_WIDE - 2, height: TILE_HIGH - 2, rx: 2 }), draw("text", { x: x + TILE_WIDE / 2 - 1, y: y + 14, class: "tile-code" }, text), draw("title", {}, name)]
    : [draw("text", { x, y: y + 13, class: "member-name" }, text)];
  const mark = draw("g", { class: `member${page.state.focus?.node === node ? " chosen" : ""}`, "aria-label": name, "data-node": String(node) }, ...parts);
  return actAsButton(mark, () => page.open(node, { keepView: true }));
}
