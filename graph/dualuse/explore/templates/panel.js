/* panel.js: the card beside the map: how to read it, or all that is known about what was clicked. */

import { depthControl, edgeCard, identifierLine, lawButton, pathButton } from "./cards.js";
import { claimsSection } from "./claims.js";
import { at, make } from "./dom.js";
import {
  cardHead, confidenceLine, dataSpan, kindIcon, nodeButton, receiptList, valueList,
} from "./elements.js";
import { groupCard } from "./groups.js";
import { STATUS_SIGNS } from "./marks.js";
import { neighbourGroups } from "./neighbours.js";
import { pathCard } from "./paths.js";
import { guideList, storyBox } from "./story.js";
import { statusesAt, tierBasis } from "./time.js";
import { factName, figure, kindOf, nameOf, say, tierName, word } from "./words.js";

/** Fill the card. `page` gives the state, what is visible, and the actions open, openEdge, close, setNear. */
function showPanel(model, page) {
  const { focus, path, story, group } = page.state;
  const content = cardFor(model, page);
  const told = storyBox(model, page);
  if (told !== null && focus === null && path === null) content.splice(0);
  at("panel").replaceChildren(...[told, ...content].filter((part) => part !== null));
  const shown = JSON.stringify([focus, path, story, group]);
  if (page.cardShown !== shown) at("panel").scrollTop = 0;
  page.cardShown = shown;
  at("sheet").setAttribute("aria-label", at("panel").querySelector("h2").textContent);
}

/** What the card says: a node, a link, a path, or how to begin. */
function cardFor(model, page) {
  const { focus, path } = page.state;
  const group = page.state.view === "network" && path === null && focus === null ? groupCard(model, page) : null;
  if (group !== null) return group;
  if (focus === null && path === null && document.body.hasAttribute("data-alone")) return [make("h2", {}, say(model, "start_title"))];
  if (focus === null) return path === null ? startCard(model, page) : pathCard(model, page);
  const card = focus.node !== undefined ? nodeCard(model, page, focus.node) : edgeCard(model, page, focus.edge);
  if (path === null || path.to === null) return card;
  const back = make("button", { type: "button", class: "plain", id: "path-back", onclick: page.close }, say(model, "path_back"));
  return [back, ...card];
}

/** What you see, what marks mean, which date and lens, what to click first, which keys. */
function startCard(model, page) {
  const { about } = model;
  const lens = word(model, "lens", model.lens);
  const lines = [
    say(model, model.lanes.length > 0 ? "start_lanes" : "start_discs"),
    say(model, "start_marks"),
    say(model, "start_date", { as_of: model.at, lens, lens_text: word(model, "lens_text", model.lens) }),
    ...(model.clusters ? [say(model, "start_groups", { n: figure(model, model.clusters.head.length) })] : []),
    ...(about.scenario ? [say(model, "start_scenario", { scenario: about.scenario, date: about.as_of })] : []),
  ];
  const examples = model.examples.map((id) => model.number.get(id));
  return [
    make("h2", {}, say(model, "start_title")),
    ...(model.count === 0
      ? [make("p", { class: "empty" }, say(model, "empty"))]
      : lines.map((line) => make("p", {}, line))),
    ...(model.count === 0 ? [] : guideList(model, page)),
    ...(examples.length === 0 ? [] : [make("h3", {}, say(model, "start_click")), exampleList(model, page, examples)]),
    make("h3", { class: "keys-title" }, say(model, "start_keys")),
    keyList(model),
    make(
      "p",
      { class: "quiet" },
      `${about.dataset.title} ${about.dataset.version}, ${say(model, "known_on", { date: about.dataset.known_on })}. ${say(model, "note")}.`,
    ),
  ];
}

function exampleList(model, page, examples) {
  const items = examples.map((node) =>
    make(
      "li",
      {},
      nodeButton(model, node, page.open),
      make(
        "small",
        {},
        `${word(model, "kind_one", kindOf(model, node))} · ${figure(model, model.degree[node])} ${say(model, "links")}`,
      ),
    ),
  );
  return make("ol", { class: "examples" }, ...items);
}

function keyList(model) {
  const keys = [
    ["/", "key_search"],
    ["Esc", "key_escape"],
    [say(model, "arrows"), "key_pan"],
    ["+ − 0", "key_zoom"],
    ["Tab", "key_tab"],
  ];
  return make(
    "dl",
    { class: "keys" },
    ...keys.flatMap(([key, text]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(model, text))]),
  );
}

/** Everything about a node. */
function nodeCard(model, page, node) {
  const { nodes } = model;
  const kind = word(model, "kind_one", kindOf(model, node));
  const label = nameOf(model, node);
  return [
    cardHead(model, page, make("span", {}, kindIcon(model, nodes.kind[node], model.mark[node]), kind)),
    make("h2", { lang: label.lang }, label.text),
    badges(model, node),
    lawButton(model, page, node),
    namesList(model, node),
    factsList(model, nodes.facts[node]),
    make("h3", {}, say(model, "receipts")),
    receiptList(model, nodes.sources[node]),
    ...claimsSection(model, page, node),
    make("h3", {}, say(model, "neighbours")),
    ...(model.incident[node].length > 0 ? [depthControl(model, page), pathButton(model, page, node)] : []),
    ...neighbourGroups(model, page, node),
    identifierLine(model, nodes.iri[node] || nodes.id[node]),
  ];
}

/** Status, tier, stance and confidence. */
function badges(model, node) {
  const { status, tier, stance, confidence, change } = model.nodes;
  const badge = (title, ...content) => make("div", {}, make("dt", {}, title), make("dd", {}, ...content));
  const list = [];
  if (status[node]) list.push(badge(say(model, "status_on", { as_of: model.at }), ...statusLines(model, node)));
  if (tier[node]) {
    const basis = say(model, "tier_note");
    const rests = tierBasis(model, node);
    const paragraph = rests ? make("small", { class: "basis" }, dataSpan(model, rests)) : null;
    list.push(make("div", {}, make("dt", {}, say(model, "tier")), make("dd", {}, tierName(model, tier[node]), paragraph, make("small", {}, basis))));
  }
  if (change[node] && model.at >= model.about.as_of) {
    const [was, now] = change[node].split(">").map((text) => text || "–");
    list.push(badge(say(model, "scenario"), say(model, "change_tier", { was, now })));
  }
  if (stance[node])
    list.push(badge(say(model, "stance"), `${model.marks[stance[node]] ?? ""} ${word(model, "stance", stance[node])}`));
  if (confidence[node]) list.push(badge(say(model, "confidence"), confidenceLine(model, confidence[node])));
  return make("dl", { class: "facts badges" }, ...list);
}

/** The status under each lens, a line each; under one alone it would mislead. */
function statusLines(model, node) {
  const signed = (status) => `${STATUS_SIGNS[status] ?? ""} ${word(model, "status", status)}`;
  if (!model.history || !model.eventsOf.has(node)) return [signed(model.nodes.status[node])];
  return statusesAt(model, node).map(([lens, status]) =>
    make("span", { class: "lens-line", "data-lens": lens }, `${word(model, "lens", lens)}: `, make("strong", {}, signed(status))),
  );
}

/** Names in the other scripts, and aliases. */
function namesList(model, node) {
  const { nodes } = model;
  const shown = nameOf(model, node);
  const names = [
    ["English", "en", nodes.label[node]],
    ["繁體", "zh-Hant", nodes.label_zh_hant[node]],
    ["简体", "zh-Hans", nodes.label_zh_hans[node]],
  ];
  const rows = names
    .filter(([, lang, text]) => text && !(lang === shown.lang && text === shown.text))
    .map(([script, lang, text]) =>
      make("div", {}, make("dt", { lang: lang === "en" ? null : lang }, script), make("dd", { lang }, text)),
    );
  if (nodes.aliases[node].length > 0)
    rows.push(
      make("div", {}, make("dt", {}, say(model, "aliases")), make("dd", {}, valueList(model, nodes.aliases[node], 5))),
    );
  return rows.length === 0 ? null : make("dl", { class: "facts" }, ...rows);
}

function factsList(model, facts) {
  if (facts.length === 0) return null;
  const byName = new Map();
  for (const [name, value] of facts) byName.set(name, [...(byName.get(name) ?? []), value]);
  const rows = [...byName].map(([name, values]) =>
    make("div", {}, make("dt", {}, factName(model, name)), make("dd", {}, valueList(model, values, 4))),
  );
  return make("dl", { class: "facts" }, ...rows);
}
