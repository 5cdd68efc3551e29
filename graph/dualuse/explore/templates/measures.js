/* measures.js: two measures side by side, each against the law without it, as `dualuse affected --compare` has them on the
   day and under the lens that the page was made for. */

import { at, draw, make } from "./dom.js";
import { EFFECTS } from "./effects.js";
import { dataSpan, nodeButton } from "./elements.js";
import { rove } from "./svg.js";
import { figure, nameOf, say, word } from "./words.js";
import { worldLook, worldSvg } from "./world.js";

/** Place -> the heaviest effect that one of the two measures has there. */
function heaviest(rows, which) {
  const found = new Map();
  for (const row of rows)
    for (const place of row.places) {
      const before = found.get(place) ?? "none";
      if (EFFECTS.indexOf(row[which]) < EFFECTS.indexOf(before)) found.set(place, row[which]);
    }
  return found;
}

/** Switch between days and measures, where the page was made with two measures. */
function measuresChoice(model, page) {
  if (!model.compared) return null;
  const button = (key, measures) =>
    make(
      "button",
      { type: "button", class: "tab", id: `compare-${key}`, "aria-pressed": String(page.state.measures === measures), onclick: () => page.change({ measures }) },
      say(model, `compare_${key}`),
    );
  return make("div", { class: "group", role: "group", "aria-label": say(model, "view_compare") }, button("measures", true), button("days", false));
}

/** Which goods for whom the worlds show; at first any goods, for consignees at home. */
function caseOf(model, page) {
  const seats = new Set(model.compared.rows.flatMap((row) => row.headquarters));
  return page.comparedCase ?? { goods: "", seat: seats.has("home") ? "home" : "" };
}

/** Rows of a case; an empty choice stands for any. */
function rowsOf(rows, { goods, seat }) {
  return rows.filter((row) => (goods === "" || row.goods.includes(goods)) && (seat === "" || row.headquarters.includes(seat)));
}

/** Choose the goods and the seat. */
function caseChoice(model, page) {
  const chosen = caseOf(model, page);
  const select = (name, values, title) => {
    const options = ["", ...new Set(values)].map((value) => make("option", { value, selected: value === chosen[name] }, value === "" ? say(model, "any") : title(value)));
    const box = make("select", { id: `case-${name}` }, ...options);
    box.addEventListener("change", () => {
      page.comparedCase = { ...chosen, [name]: box.value };
      page.show();
    });
    return make("label", {}, `${say(model, name)} `, box);
  };
  const { rows } = model.compared;
  return make(
    "div",
    { class: "atlas-choice" },
    select("goods", rows.flatMap((row) => row.goods), (value) => value),
    select("seat", rows.flatMap((row) => row.headquarters), (value) => word(model, "seat", value)),
  );
}

function showMeasures(model, page) {
  const { rows, parties, of } = model.compared;
  const shown = rowsOf(rows, caseOf(model, page));
  const effects = ["first", "second"].map((which) => heaviest(shown, which));
  const titles = of.map((id) => nameOf(model, model.number.get(id)).text || id);
  const touched = ["first", "second"].map((which) => new Set(heaviest(rows, which).keys()));
  const both = [...touched[0]].filter((place) => touched[1].has(place)).length;
  const blanks = { date: model.about.as_of, lens: word(model, "lens", model.about.lens), added: touched[1].size - both, both, first: touched[0].size - both };
  at("board").replaceChildren(
    measuresChoice(model, page),
    make("p", { class: "compare-sum", id: "compare-sum" }, say(model, "measures_sum", blanks)),
    caseChoice(model, page),
    make("div", { class: "compare-worlds" }, ...effects.map((found, side) => effectWorld(model, page, found, titles[side]))),
    effectsTable(model, page, rows, titles),
    partiesTable(model, page, parties, titles),
    make("p", { class: "quiet" }, say(model, "measures_note")),
  );
}

/** The world by the heaviest effect of one measure, with what each colour counts. */
function effectWorld(model, page, found, title) {
  const effectOf = (node) => found.get(model.nodes.id[node].slice("place:".length)) ?? "none";
  const look = { ...worldLook(model, model.at, model.lens), tier: effectOf, marked: new Set(), changed: () => false };
  const svg = worldSvg(model, page, { ...look, named: (node) => word(model, "effect_kind", effectOf(node)) });
  svg.classList.add("small-world");
  rove(svg, [...svg.querySelectorAll("[role=button]")]);
  const counts = EFFECTS.map((kind) => [kind, [...found.values()].filter((one) => one === kind).length]).filter(([, n]) => n > 0);
  const items = counts.map(([kind, n]) => make("li", {}, effectSwatch(kind), `${word(model, "effect_kind", kind)}: ${figure(model, n)}`));
  return make("figure", {}, make("figcaption", {}, title), svg, make("ul", { class: "board-legend" }, ...items));
}

function effectSwatch(kind) {
  return draw(
    "svg",
    { viewBox: "0 0 28 28", class: "swatch", "aria-hidden": "true" },
    draw("g", { class: `tile tier-${kind}` }, draw("rect", { x: 1, y: 1, width: 26, height: 26, rx: 3 })),
  );
}

function effectsTable(model, page, rows, titles) {
  const body = rows.map((row) =>
    make(
      "tr",
      {},
      make("td", {}, word(model, "effect_kind", row.first)),
      make("td", {}, word(model, "effect_kind", row.second)),
      make("td", {}, dataSpan(model, row.goods.join(", "))),
      make("td", {}, row.headquarters.map((seat) => word(model, "seat", seat)).join(", ")),
      make("td", { class: "number" }, figure(model, row.count)),
      make("td", {}, placesFold(model, page, row.places)),
    ),
  );
  const heads = [...titles, ...["goods", "seat", "compare_count", "compare_which"].map((key) => say(model, key))];
  return plainTable("compare-effects", `${say(model, "measures_effects")}: ${figure(model, rows.length)}`, heads, body);
}

/** A few codes at once, and every place as a button on demand. */
function placesFold(model, page, places) {
  const list = make("div", { class: "compare-names" });
  const fold_ = make("details", {}, make("summary", {}, places.slice(0, 6).join(" ") + (places.length > 6 ? " …" : "")), list);
  fold_.addEventListener("toggle", () => {
    if (!fold_.open || list.children.length > 0) return;
    const nodes = places.map((place) => model.number.get(`place:${place}`)).filter((node) => node !== undefined);
    list.append(...nodes.map((node) => nodeButton(model, node, (one) => page.open(one, { keepView: true }))));
  });
  return fold_;
}

function partiesTable(model, page, parties, titles) {
  if (parties.length === 0) return make("p", { class: "quiet" }, say(model, "measures_no_party"));
  const told = (kind, ties) => (ties > 0 ? `${word(model, "effect_kind", kind)} (${figure(model, ties)})` : word(model, "effect_kind", kind));
  const body = parties.map((row) => {
    const node = model.number.get(row.id);
    const name = node === undefined ? dataSpan(model, row.party) : nodeButton(model, node, (one) => page.open(one, { keepView: true }));
    return make(
      "tr",
      {},
      make("td", {}, name),
      make("td", {}, word(model, "tie_role", row.role)),
      make("td", {}, told(row.first, row.ties_first)),
      make("td", {}, told(row.second, row.ties_second)),
    );
  });
  return plainTable("compare-parties", `${say(model, "measures_parties")}: ${figure(model, parties.length)}`, [say(model, "name"), say(model, "kind"), ...titles], body);
}

function plainTable(id, caption, heads, rows) {
  const head = make("thead", {}, make("tr", {}, ...heads.map((title) => make("th", { scope: "col" }, title))));
  return make("table", { class: "plain-table", id, "data-table": id }, make("caption", {}, caption), head, make("tbody", {}, ...rows));
}
