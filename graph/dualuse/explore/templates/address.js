/* address.js: the state as the part of the address after #, and back. */

import { withinZoom } from "./geometry.js";
import { LENSES } from "./law_status.js";
import { edgeByName, edgeName } from "./links.js";
import { readLooks, writeLooks } from "./sorting.js";
import { ANY, FACETS, MOST_STEPS, MOST_USED_SPAN, freshState, homeView } from "./state.js";

/** Percent-encode a value, leaving the signs our own keys use readable. */
function encodePart(text) {
  return encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");
}

/** Percent-decode; text that is not well formed stays as it is. */
function decodePart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The state as text. Only what differs from the page as it opens is written, or, for others, the whole of it. */
function writeHash(model, state, opened, whole = false) {
  const { id } = model.nodes;
  const parts = state.embed ? ["embed"] : [];
  const add = (name, value, wanted) => wanted && parts.push(`${name}=${value}`);
  if (state.focus?.node !== undefined) parts.push(`focus=${encodePart(id[state.focus.node])}`);
  add("focus", "", state.focus === null && (model.focus !== null || whole));
  if (state.focus?.edge !== undefined) parts.push(`link=${encodePart(edgeName(model, state.focus.edge))}`);
  add("near", state.near, state.near > 0);
  if (state.path !== null) {
    const ends = [state.path.from, state.path.to].map((node) => (node === null ? "" : encodePart(id[node])));
    parts.push(`path=${ends.join("~")}`);
    add("wide", 1, state.path.wide);
  }
  const hidden = FACETS.flatMap((facet) => [...state.off[facet]].sort().map((value) => `${facet}:${value}`));
  add("hide", hidden.map(encodePart).join(","), hidden.length > 0);
  add("view", state.view, whole || state.view !== homeView(model, state.focus, state.path));
  if (state.of !== null) parts.push(`of=${state.of === ANY ? "any" : encodePart(id[state.of])}`);
  add("group", encodePart(state.group ?? ""), state.group !== null && state.view === "network");
  add("at", state.at, whole || state.at !== model.about.as_of);
  add("lens", state.lens, whole || state.lens !== model.about.lens);
  add("around", state.around, state.around > 0);
  add("within", state.within, state.around > 0 && state.within !== MOST_USED_SPAN);
  add("count", state.claimed, state.claimed !== null);
  add("map", state.atlas, state.atlas !== null);
  add("measures", Number(state.measures), state.measures !== Boolean(model.compared));
  add("beside", `${state.beside?.at}~${state.beside?.lens}`, state.beside !== null);
  add("open", [...state.open].sort((a, b) => a - b).join(","), state.open.size > 0);
  add("story", model.guide.steps[state.story - 1]?.name, state.story > 0);
  for (const [part, text] of writeLooks(state.tables)) parts.push(`${part}=${encodePart(text)}`);
  add("camera", state.camera?.join(","), state.camera !== null);
  add("theme", state.theme, state.theme !== null);
  add("lang", state.language, whole || state.language !== opened);
  return parts.join("&");
}

/** Read a state from an address; what this page does not have is left out and added to `missing`. */
function readHash(model, hash, opened, missing) {
  const state = freshState(model, opened);
  const parameters = new Map(
    hash
      .replace(/^#/, "")
      .split("&")
      .map((part) => [part.split("=")[0], decodePart(part.slice(part.indexOf("=") + 1))]),
  );
  if (Object.hasOwn(model.texts, parameters.get("lang"))) state.language = parameters.get("lang");
  for (const item of (parameters.get("hide") ?? "").split(",").filter(Boolean)) {
    const [facet, ...value] = item.split(":");
    if (FACETS.includes(facet)) state.off[facet].add(value.join(":"));
  }
  state.tables = readLooks(parameters);
  state.embed = parameters.has("embed");
  if (["dark", "light"].includes(parameters.get("theme"))) state.theme = parameters.get("theme");
  readTime(model, parameters, state);
  if (["0", "1"].includes(parameters.get("measures"))) state.measures = parameters.get("measures") === "1";
  if (Object.hasOwn(model.texts.en.region, parameters.get("map"))) state.atlas = parameters.get("map");
  state.path = readPath(model, parameters, missing);
  state.focus = readFocus(model, parameters, missing, state.path);
  state.view = model.views.includes(parameters.get("view")) ? parameters.get("view") : homeView(model, state.focus, state.path);
  if (/^[a-z]+:[\w-]+$/.test(parameters.get("group") ?? "")) state.group = parameters.get("group");
  if (model.number.has(parameters.get("of"))) state.of = model.number.get(parameters.get("of"));
  if (parameters.get("of") === "any") state.of = ANY;
  state.around = wholeNumber(parameters.get("around"), 9999);
  state.within = wholeNumber(parameters.get("within"), 9999) || MOST_USED_SPAN;
  if (/^\d{1,6}$/.test(parameters.get("count") ?? "")) state.claimed = Number(parameters.get("count"));
  if (state.focus?.node !== undefined) state.near = wholeNumber(parameters.get("near"), MOST_STEPS);
  state.story = model.guide.steps.findIndex(({ name }) => name === parameters.get("story")) + 1;
  const groups = (parameters.get("open") ?? "").split(",").filter((text) => /^\d+$/.test(text));
  if (model.clusters) state.open = new Set(groups.map(Number).filter((group) => group < model.clusters.head.length));
  state.camera = readCamera(parameters.get("camera"));
  return state;
}

/** Day and lens, where the page can move through time. */
function readTime(model, parameters, state) {
  if (!model.history) return;
  if (isDay(parameters.get("at"))) state.at = parameters.get("at");
  if (LENSES.includes(parameters.get("lens"))) state.lens = parameters.get("lens");
  const [day, lens] = (parameters.get("beside") ?? "").split("~");
  if (isDay(day)) state.beside = { at: day, lens: LENSES.includes(lens) ? lens : state.lens };
}

/** Whether a text is a day of the calendar. */
function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function wholeNumber(text, most) {
  return /^\d+$/.test(text ?? "") && Number(text) <= most ? Number(text) : 0;
}

function readCamera(text) {
  const numbers = (text ?? "").split(",").map(Number);
  const sound = numbers.length === 3 && numbers.every(Number.isFinite) && numbers[2] > 0;
  return sound ? [numbers[0], numbers[1], withinZoom(numbers[2])] : null;
}

/** The two ends of a path; an end that is not chosen yet is null. */
function readPath(model, parameters, missing) {
  const text = parameters.get("path");
  if (text === undefined) return null;
  const [from, to] = [...text.split("~"), "", ""].slice(0, 2).map((id) => {
    if (id && !model.number.has(id)) missing.push(id);
    return model.number.get(id) ?? null;
  });
  return { from, to, wide: parameters.get("wide") === "1" };
}

/** The focus an address names; without a word about it the one the page was made with. */
function readFocus(model, parameters, missing, path) {
  const link = parameters.get("link");
  const id = parameters.get("focus") ?? (link === undefined && path === null ? model.focus : null);
  if (model.number.has(id)) return { node: model.number.get(id) };
  const edge = link === undefined ? -1 : edgeByName(model, link);
  if (edge >= 0) return { edge };
  if (id || link) missing.push(id || link);
  return null;
}
