/* universes.js: how many places each tier has depends on what is counted: a table by universe, and what a number counts. */

import { everySize, meaningsOf } from "./counting.js";
import { at, make } from "./dom.js";
import { conceptName, tierLawAt, tiersStand } from "./time.js";
import { figure, nameOf, say, tierName, word } from "./words.js";

const EACH_TIER = ["1", "2", "3"];

/** Why no place has a tier on the day under the lens, or null while the law that makes them stands. */
function noTiersLine(model) {
  const { node } = model.history.tier_law;
  if (model.at < model.history.tiers_since || tiersStand(model, model.at, model.lens) === true) return null;
  const { status } = tierLawAt(model, model.at, model.lens);
  const name = model.number.has(node) ? nameOf(model, model.number.get(node)).text : node;
  const blanks = { date: model.at, lens: word(model, "lens", model.lens), name, status: word(model, "status", status) };
  return make("p", { class: "board-note", id: "no-tiers" }, say(model, status === "unknown" ? "tiers_open" : "tiers_none", blanks));
}

/** The sizes of the tiers by universe, and the question what a number counts. */
function universeBox(model, page) {
  const head = ["universe", "universe_total", ...EACH_TIER.map((tier) => tierName(model, tier))];
  const rows = everySize(model, model.at, model.lens).map(({ universe, total, counts }) =>
    make(
      "tr",
      { "data-universe": universe },
      make("th", { scope: "row" }, conceptName(model, "group", universe)),
      ...[total, ...EACH_TIER.map((tier) => counts.get(tier) ?? 0)].map((n) => make("td", { class: "number" }, figure(model, n))),
    ),
  );
  const titles = head.map((title, place) => make("th", { scope: "col" }, place < 2 ? say(model, title) : title));
  const table = make(
    "table",
    { class: "plain-table universes", "data-table": "universes" },
    make("caption", {}, say(model, "universes_title", { date: model.at, lens: word(model, "lens", model.lens) })),
    make("thead", {}, make("tr", {}, ...titles)),
    make("tbody", {}, ...rows),
  );
  return make("section", { class: "universe-box" }, numberQuestion(model, page), table);
}

/** A box for a number, and under which readings it is right. */
function numberQuestion(model, page) {
  const { claimed } = page.state;
  const ask = (event) => page.change({ claimed: event.target.value === "" ? null : Math.max(0, Math.trunc(Number(event.target.value))) });
  const input = make("input", { id: "claimed", type: "number", min: "0", step: "1", value: claimed, onchange: ask });
  return make(
    "div",
    { class: "number-question" },
    make("label", { for: "claimed" }, say(model, "claimed_ask")),
    input,
    ...(claimed === null ? [] : numberAnswer(model, claimed)),
  );
}

function numberAnswer(model, claimed) {
  const found = meaningsOf(model, claimed, model.at, model.lens);
  const key = found.length === 0 ? "claimed_none" : found.length === 1 ? "claimed_one" : "claimed_many";
  const answer = say(model, key, { claimed: figure(model, claimed), n: found.length, date: model.at });
  const items = found.map((reading) => make("li", {}, readingWords(model, reading)));
  return [make("p", { id: "claimed-answer", role: "status" }, answer), make("ul", { id: "claimed-readings" }, ...items)];
}

/** One reading in words: a tier of a universe, a universe as a whole, or a list that the law keeps. */
function readingWords(model, { universe, tier, list, partners }) {
  const apart = partners ? say(model, "reading_apart") : "";
  if (list !== undefined) return say(model, "reading_list", { name: conceptName(model, "group", list.at(-1)) }) + apart;
  const name = universe === "" ? say(model, "universe_all") : conceptName(model, "group", universe);
  if (tier === "") return say(model, "reading_all", { name });
  return say(model, "reading_tier", { tier: tierName(model, tier), name }) + apart;
}

/** Begin to ask what a number counts. */
function askNumber(page, number) {
  page.change({ view: "world", claimed: number, focus: null, path: null });
  at("claimed")?.focus({ preventScroll: true });
}
