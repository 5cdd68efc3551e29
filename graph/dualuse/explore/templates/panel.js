/* panel.js: the card beside the map: how to read it, or all that is known about what was clicked. */

const FIRST_NEIGHBOURS = 6;
const MORE_NEIGHBOURS = 40;

/** Fill the card. `page` gives the state, what is visible, and the actions open, openEdge, close, setNear. */
function showPanel(model, page) {
  const { focus } = page.state;
  const content =
    focus === null
      ? startCard(model, page)
      : focus.node !== undefined
        ? nodeCard(model, page, focus.node)
        : edgeCard(model, page, focus.edge);
  at("panel").replaceChildren(...content.filter((part) => part !== null));
  at("panel").scrollTop = 0;
  at("sheet").setAttribute("aria-label", at("panel").querySelector("h2").textContent);
}

/** What you see, what marks mean, which date and lens, what to click first, which keys. */
function startCard(model, page) {
  const { about } = model;
  const lens = word(model, "lens", about.lens);
  const lines = [
    say(model, model.lanes.length > 0 ? "start_lanes" : "start_discs"),
    say(model, "start_marks"),
    say(model, "start_date", { as_of: about.as_of, lens, lens_text: word(model, "lens_text", about.lens) }),
  ];
  const examples = model.examples.map((id) => model.number.get(id));
  return [
    make("h2", {}, say(model, "start_title")),
    ...(model.count === 0
      ? [make("p", { class: "empty" }, say(model, "empty"))]
      : lines.map((line) => make("p", {}, line))),
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
  const near = make(
    "button",
    {
      type: "button",
      class: "plain",
      id: "near",
      "aria-pressed": String(page.state.near),
      onclick: () => page.setNear(!page.state.near),
    },
    say(model, "near"),
  );
  return [
    cardHead(model, page, make("span", {}, kindIcon(model, nodes.kind[node], model.mark[node]), kind)),
    make("h2", { lang: label.lang }, label.text),
    badges(model, node),
    namesList(model, node),
    factsList(model, nodes.facts[node]),
    make("h3", {}, say(model, "receipts")),
    receiptList(model, nodes.sources[node]),
    make("h3", {}, say(model, "neighbours")),
    ...(model.incident[node].length > 0 ? [near] : []),
    ...neighbourGroups(model, page, node),
    identifierLine(model, nodes.iri[node] || nodes.id[node]),
  ];
}

function cardHead(model, page, title) {
  const close = make(
    "button",
    { type: "button", class: "close", id: "close", "aria-label": say(model, "back"), onclick: page.close },
    "×",
  );
  return make("div", { class: "card-head" }, title, close);
}

/** Status, tier, stance and confidence. */
function badges(model, node) {
  const { status, tier, stance, confidence } = model.nodes;
  const { as_of, lens } = model.about;
  const badge = (title, content, note = null) => make("div", {}, make("dt", {}, title), make("dd", {}, content, note));
  const list = [];
  const seen = say(model, "status_on", { as_of, lens: word(model, "lens", lens) });
  if (status[node])
    list.push(badge(say(model, "status"), word(model, "status", status[node]), make("small", {}, seen)));
  if (tier[node])
    list.push(
      badge(say(model, "tier"), say(model, "tier_n", { n: tier[node] }), make("small", {}, say(model, "tier_note"))),
    );
  if (stance[node])
    list.push(badge(say(model, "stance"), `${model.marks[stance[node]] ?? ""} ${word(model, "stance", stance[node])}`));
  if (confidence[node]) list.push(badge(say(model, "confidence"), confidenceLine(model, confidence[node])));
  return make("dl", { class: "facts badges" }, ...list);
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

/** A fact's name in the language of the page, or as the data give it, with a capital. */
function factName(model, name) {
  const text = word(model, "fact", name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Neighbours by kind of link and direction, most links first. */
function neighbourGroups(model, page, node) {
  const groups = new Map();
  let hidden = 0;
  for (const edge of model.incident[node]) {
    if (!page.visible.edgeOn[edge]) hidden += 1;
    else {
      const key = `${model.edges.from[edge] === node ? ">" : "<"}${model.edges.kind[edge]}`;
      groups.set(key, [...(groups.get(key) ?? []), edge]);
    }
  }
  const shown = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const sections = shown.map(([key, edges]) => neighbourGroup(model, page, node, key, edges));
  if (shown.length === 0 && hidden === 0) sections.push(make("p", { class: "quiet" }, say(model, "no_neighbours")));
  if (hidden > 0)
    sections.push(make("p", { class: "quiet" }, say(model, "hidden_neighbours", { n: figure(model, hidden) })));
  return sections;
}

function neighbourGroup(model, page, node, key, edges) {
  const section = key[0] === ">" ? "edge" : "edge_back";
  const arrow = make("span", { class: "direction", "aria-hidden": "true" }, key[0] === ">" ? "→" : "←");
  const list = make("ul", { class: "neighbours" });
  const sorted = edges.sort(
    (a, b) => model.degree[otherEnd(model, b, node)] - model.degree[otherEnd(model, a, node)] || a - b,
  );
  const more = make("button", { type: "button", class: "more" });
  let shown = 0;
  const extend = (by) => {
    list.append(...sorted.slice(shown, shown + by).map((edge) => neighbourItem(model, page, node, edge)));
    shown = Math.min(sorted.length, shown + by);
    more.hidden = shown === sorted.length;
    more.textContent = say(model, "show_more", { n: figure(model, Math.min(MORE_NEIGHBOURS, sorted.length - shown)) });
  };
  more.addEventListener("click", () => extend(MORE_NEIGHBOURS));
  extend(sorted.length <= FIRST_NEIGHBOURS + 2 ? sorted.length : FIRST_NEIGHBOURS);
  const title = make(
    "h4",
    {},
    arrow,
    linkWord(model, section, edges[0]),
    make("span", { class: "count" }, figure(model, edges.length)),
  );
  return make("section", { class: "neighbour-group" }, title, list, more);
}

/** A neighbour, and beside it the receipts of the link itself. */
function neighbourItem(model, page, node, edge) {
  const receipts = model.edges.sources[edge].length;
  const label = say(model, "receipt_count", { n: receipts });
  const open = make(
    "button",
    { type: "button", class: "receipt", "aria-label": label, title: label, onclick: () => page.openEdge(edge) },
    `§${receipts}`,
  );
  const said = [model.edges.amount[edge], model.edges.provision[edge]].filter(Boolean).join(" · ");
  const detail = said ? make("small", {}, dataSpan(model, said)) : null;
  return make("li", {}, make("div", {}, nodeButton(model, otherEnd(model, edge, node), page.open), detail), open);
}

/** Everything about a link. */
function edgeCard(model, page, edge) {
  const { edges } = model;
  const rows = [
    [say(model, "channel"), edges.channel[edge] ? word(model, "channel", edges.channel[edge]) : null],
    [say(model, "valid"), validity(model, edge)],
    [say(model, "amount"), edges.amount[edge] ? dataSpan(model, edges.amount[edge]) : null],
    [say(model, "provision"), edges.provision[edge] ? dataSpan(model, edges.provision[edge]) : null],
    [say(model, "detail"), edges.text[edge] ? longText(model, edges.text[edge]) : null],
    [say(model, "confidence"), edges.confidence[edge] ? confidenceLine(model, edges.confidence[edge]) : null],
  ];
  return [
    cardHead(model, page, make("span", {}, say(model, "link"))),
    make("h2", {}, linkWord(model, "edge", edge)),
    make(
      "div",
      { class: "ends" },
      nodeButton(model, edges.from[edge], page.open),
      make("span", { class: "verb" }, "↓ ", linkWord(model, "edge", edge)),
      nodeButton(model, edges.to[edge], page.open),
    ),
    make(
      "dl",
      { class: "facts" },
      ...rows
        .filter(([, value]) => value !== null)
        .map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
    ),
    make("h3", {}, say(model, "receipts")),
    receiptList(model, edges.sources[edge]),
    edges.iri[edge] ? identifierLine(model, edges.iri[edge]) : null,
  ];
}

/** From when to when; a link without dates says nothing about time. */
function validity(model, edge) {
  const from = model.edges.valid_from[edge];
  const to = model.edges.valid_to[edge];
  if (!from && !to) return null;
  return `${from || say(model, "unknown_date")} – ${to || say(model, "open_date")}`;
}

function identifierLine(model, identifier) {
  return make("p", { class: "identifier" }, make("span", {}, say(model, "identifier")), make("code", {}, identifier));
}
