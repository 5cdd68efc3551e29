/* reached.js: how the law reaches a party: what a measure changes for it and by which paths, as `dualuse why` says. What is
   changed was worked out for some days and lenses; for another the page says so, and how to ask. */

import { make } from "./dom.js";
import { confidenceLine, dataSpan, nodeButton } from "./elements.js";
import { OPERATIVE, perhaps, statusAt } from "./time.js";
import { instrumentOf, waysTo } from "./ways.js";
import { figure, kindOf, linkWord, nameOf, say, webAddress, word } from "./words.js";

const SOURCES = ["instrument", "measure"];
const PARTIES = ["organisation", "place"];
const FEW = 4;
const MORE_WAYS = 20;

/** The measure and the party among two ends, in either order, or null. */
function askedOfLaw(model, { from, to }) {
  for (const [source, party] of [[from, to], [to, from]])
    if (SOURCES.includes(kindOf(model, source)) && PARTIES.includes(kindOf(model, party))) return { source, party };
  return null;
}

/** What is worked out of a measure for a party on the day and under the lens shown, or on the last day before it. */
function workedOut(model, instrument, party) {
  const [of, who] = [model.nodes.id[instrument], model.nodes.id[party]];
  const states = (model.reached.states ?? []).filter((state) => state.lens === model.lens && state.day <= model.at && state.of.includes(of) && ["", who].includes(state.only));
  return states.sort((a, b) => (a.day < b.day ? -1 : 1)).at(-1) ?? null;
}

/** The answer: {source, instrument, party, status, state, ties, goods, rows, ways}. */
function lawAnswer(model, { source, party }) {
  const instrument = instrumentOf(model, source);
  const status = model.history && model.eventsOf.has(instrument) ? statusAt(model, instrument, model.at, model.lens).status : model.nodes.status[instrument];
  const state = OPERATIVE.includes(status) ? workedOut(model, instrument, party) : null;
  const rows = state === null ? [] : rowsFor(model, state, model.nodes.id[instrument], party);
  const ways = OPERATIVE.includes(status) ? waysTo(model, source, party) : new Map();
  const ties = rows.reduce((sum, row) => sum + (row.ties ?? 0), 0);
  return { source, instrument, party, status, state, rows, ways, ties, goods: new Set(rows.filter((row) => row.ties === undefined).flatMap((row) => row.goods)) };
}

/** Rows of a state about one instrument and one party, as objects. */
function rowsFor(model, state, of, party) {
  const id = model.nodes.id[party];
  if (kindOf(model, party) === "place") {
    const place = model.reached.places.indexOf(id.slice("place:".length));
    const mine = state.places.filter(([by, , , , places]) => by === of && places.includes(place));
    return mine.map(([, effect, goods, seats, , without, with_, receipts]) => ({ effect, goods, seats, without, with_, receipts }));
  }
  const mine = state.parties.filter(([by, who]) => by === of && who === id);
  return mine.map(([, , role, effect, ties, goods, places, without, with_, receipts]) => ({ role, effect, ties, goods, places, without, with_, receipts }));
}

/** The part of the card about the law: where it reaches, how; where it does not, that and why. */
function lawSection(model, page) {
  const asked = askedOfLaw(model, page.state.path);
  const title = make("h3", {}, say(model, "law_title"));
  if (asked === null) return make("section", { id: "by-law" }, title, make("p", { class: "quiet", id: "law-none" }, say(model, "law_no_pair")));
  const answer = lawAnswer(model, asked);
  return make("section", { id: "by-law" }, title, lawCaption(model, answer), ...lawParts(model, page, answer));
}

/** The way that is drawn of a path that is asked for: by law where the law reaches, else the chain of links. */
function drawnWay({ model, state }, connected) {
  const asked = state.path === null || state.path.from === null || state.path.to === null ? null : askedOfLaw(model, state.path);
  const [first] = asked === null ? [] : lawAnswer(model, asked).ways.values();
  if (first === undefined) return connected;
  return { nodes: [first.path[0].from, ...first.path.map((step) => step.to)], edges: first.path.map((step) => step.edge) };
}

function lawCaption(model, { source, party }) {
  return make("p", { class: "quiet" }, say(model, "law_caption", { measure: nameOf(model, source).text, party: nameOf(model, party).text, date: model.at, lens: word(model, "lens", model.lens) }));
}

function lawParts(model, page, answer) {
  const { source, instrument, party, status, state, ways } = answer;
  const blanks = { measure: nameOf(model, instrument).text, party: nameOf(model, party).text, status: word(model, "status", status), date: model.at, lens: word(model, "lens", model.lens) };
  const ask = make("code", { class: "command" }, commandOf(model, answer));
  if (!OPERATIVE.includes(status))
    return [make("p", { id: "law-none", "data-status": status }, say(model, status === "unknown" ? "law_unknown" : "law_asleep", blanks)), ...standingParts(model, instrument, ask)];
  const changed = state === null ? make("p", { id: "law-open" }, say(model, "law_not_worked", blanks), " ", ask) : lawSum(model, answer);
  const whole = source === instrument ? null : make("p", { class: "quiet" }, say(model, "law_whole"), " ", ask);
  const dated = state === null || state.day === model.at ? null : make("p", { class: "quiet", id: "law-day" }, say(model, "law_day", { day: state.day, date: model.at }), " ", ask);
  const rows = answer.rows.map((row) => changedItem(model, row));
  return [
    changed, whole, dated,
    rows.length > 0 ? foldedList(model, rows, "law-changes") : null,
    make("h4", {}, say(model, "law_ways")),
    ...(ways.size > 0 ? [wayList(model, page, ways)] : [make("p", { id: "law-no-way" }, say(model, "law_no_way", blanks))]),
  ].filter((part) => part !== null);
}

/** The command that answers for the day and the lens shown. */
function commandOf(model, { source, party }) {
  const key = (node) => model.nodes.id[node].replace(/^[^:]+:/, "");
  return `dualuse why ${key(party)} ${key(source)} --as-of ${model.at} --lens ${model.lens}`;
}

/** Paragraphs of an instrument may have a standing of their own. */
function standingParts(model, instrument, ask) {
  const apart = model.eventsOf?.get(instrument)?.some((event) => event.scope.length > 0);
  return apart ? [make("p", { class: "quiet", id: "law-parts" }, say(model, "law_parts"), " ", ask)] : [];
}

/** The headline of the answer: how many ties, or classes of goods, fare otherwise. */
function lawSum(model, { ties, goods, rows, party }) {
  const of = kindOf(model, party) === "place" ? ["law_goods", goods.size] : ["law_ties", ties];
  if (rows.length === 0) return make("p", { id: "law-sum", "data-count": "0" }, say(model, "law_nothing"));
  return make("p", { id: "law-sum", class: "law-sum", "data-count": String(of[1]) }, say(model, of[0], { n: figure(model, of[1]) }));
}

/** What fares otherwise: who, which goods, how it was and is, and what that rests on. */
function changedItem(model, { role, effect, ties, goods, seats, places, without, with_, receipts }) {
  const names = (texts) => texts.map((text) => (text in model.texts[model.language].goods ? word(model, "goods", text) : text)).join(say(model, "list_gap"));
  const told = (number) => model.reached.told[number][["en", "zh-Hant", "zh-Hans"].indexOf(model.language)];
  const where = places?.map((place) => nameOf(model, model.number.get(`place:${model.reached.places[place]}`)).text || model.reached.places[place]);
  const for_ = seats === undefined ? where.join(say(model, "list_gap")) : say(model, "flow_buyers", { seats: seats.map((seat) => word(model, "seat", seat)).join(" · ") });
  const who = role === undefined ? [] : [`${word(model, "tie_role", role)} · `];
  const many = ties === undefined ? [] : [` · ${say(model, "law_n_ties", { n: figure(model, ties) })}`];
  return make(
    "li",
    { "data-effect": effect, "data-ties": ties === undefined ? null : String(ties) },
    make("p", { class: "change-head" }, ...who, make("strong", {}, word(model, "effect_kind", effect)), ...many),
    make("p", {}, names(goods), make("small", {}, for_)),
    make("dl", { class: "with-without" }, ...[["law_without", without], ["law_with", with_]].flatMap(([key, number]) => [make("dt", {}, say(model, key)), make("dd", {}, told(number))])),
    receiptsOfLaw(model, receipts),
  );
}

/** Receipts of the rules of decision and of the ties, folded. */
function receiptsOfLaw(model, numbers) {
  const items = numbers.map((number) => {
    const [text, provision, source, confidence] = model.reached.receipts[number];
    const address = webAddress(typeof source === "number" ? model.sources.url[source] : source);
    const told = dataSpan(model, text);
    const name = address === null ? told : make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, told);
    return make("li", {}, name, make("small", {}, provision, confidence ? " · " : "", confidence ? confidenceLine(model, confidence) : null));
  });
  return make("details", { class: "rests-on" }, make("summary", {}, say(model, "law_rests_on", { n: figure(model, numbers.length) })), make("ul", { class: "receipts" }, ...items));
}

/** The first few at once, the rest on demand. */
function foldedList(model, items, id) {
  const list = make("ul", { class: "law-changes", id }, ...items.slice(0, FEW));
  const rest = items.slice(FEW);
  if (rest.length === 0) return list;
  const more = make("button", { type: "button", class: "plain more" }, say(model, "show_more", { n: figure(model, rest.length) }));
  more.addEventListener("click", () => {
    more.remove();
    list.append(...rest);
  });
  return make("div", {}, list, more);
}

/** The channels, the most direct first, each with its best path; where the page draws a part, others are not counted. */
function wayList(model, page, ways) {
  const items = [...ways].map(([channel, { path, more, others }]) =>
    make(
      "li",
      { "data-channel": channel, "data-more": String(more) },
      make("p", { class: "channel" }, make("strong", {}, word(model, "channel", channel))),
      wayChain(model, page, path),
      more > 0 && model.about.ask === "all" ? otherWays(model, page, others) : null,
    ),
  );
  return make("ol", { class: "ways", id: "law-ways" }, ...items);
}

function wayChain(model, page, path) {
  return make("ol", { class: "chain way" }, make("li", {}, nodeButton(model, path[0].from, page.open)), ...path.flatMap((step) => wayStep(model, page, step)));
}

/** The other paths of a channel, made when they are opened, some at a time. */
function otherWays(model, page, others) {
  const list = make("ol", { class: "other-ways" });
  const more = make("button", { type: "button", class: "plain more", onclick: () => extend() });
  const extend = () => {
    const next = others.slice(list.children.length, list.children.length + MORE_WAYS);
    list.append(...next.map((path) => make("li", {}, wayChain(model, page, path))));
    const left = others.length - list.children.length;
    more.hidden = left === 0;
    more.textContent = say(model, "show_more", { n: figure(model, Math.min(MORE_WAYS, left)) });
  };
  const fold = make("details", { class: "more-ways" }, make("summary", {}, say(model, "law_more", { n: figure(model, others.length) })), list, more);
  fold.addEventListener("toggle", () => fold.open && list.children.length === 0 && extend());
  return fold;
}

function wayStep(model, page, { edge, from, to }) {
  const { edges } = model;
  const forth = edges.from[edge] === from;
  const doubt = perhaps(model, edge) ? make("small", {}, say(model, "perhaps")) : null;
  const receipts = edges.sources[edge].length;
  const label = say(model, "receipt_count", { n: receipts });
  const link = make("span", {}, linkWord(model, forth ? "edge" : "edge_back", edge), edges.provision[edge] ? make("small", {}, dataSpan(model, edges.provision[edge])) : null, doubt);
  const receipt = make("button", { type: "button", class: "receipt", "aria-label": label, title: label, onclick: () => page.openEdge(edge) }, `§${receipts}`);
  return [make("li", { class: "chain-link" }, make("span", { "aria-hidden": "true" }, forth ? "↓" : "↑"), link, receipt), make("li", {}, nodeButton(model, to, page.open))];
}
