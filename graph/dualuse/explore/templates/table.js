/* table.js: what the map shows, as tables that can be filtered, sorted and cut to some of their columns; also the text
   alternative to the map. */

import { afterPaint, at, make } from "./dom.js";
import { nodeButton } from "./elements.js";
import { foldQuery, foldText } from "./folding.js";
import { SLICE } from "./searched.js";
import { PLAIN_LOOK, holdsWords, orderBy } from "./sorting.js";
import { lookAfter, markSorted, sortButton, tableTools } from "./tabling.js";
import { perhaps, startUnknown, statusWords } from "./time.js";
import { figure, kindOf, linkWord, nameOf, say, word } from "./words.js";

const AT_ONCE = 40; /* as many as a window is high */
const FIRST_ROWS = 100;
const MORE_ROWS = 300;

/** A text as the data give it. */
function textColumn(column) {
  return { text: (row) => column[row] };
}

/** A value of a section of words; empty where there is none. */
function wordColumn(model, title, column) {
  return { title, form: "short", text: (row) => (column[row] ? word(model, title, column[row]) : "") };
}

/** A number, the greatest first. */
function numberColumn(model, title, count) {
  return { title, form: "number", greatest: true, key: count, text: (row) => figure(model, count(row)) };
}

/** How far it can be trusted, the surest first. */
function confidenceColumn(model, { confidence }) {
  const rank = (value) => ["high", "medium", "low"].indexOf(value) + (value === "" ? 4 : 0);
  return { title: "confidence", key: (row) => rank(confidence[row]), text: (row) => word(model, "confidence", confidence[row]) };
}

/** An entry by its name, as a button that opens it; a filter knows all its names. */
function entryColumn(model, page, title, nodeOf_) {
  const { label, label_zh_hant: hant, label_zh_hans: hans, aliases } = model.nodes;
  return {
    title,
    text: (row) => nameOf(model, nodeOf_(row)).text,
    names: (row) => [label, hant, hans].map((names) => names[nodeOf_(row)]).concat(aliases[nodeOf_(row)]).join(" \n "),
    cell: (row) => nodeButton(model, nodeOf_(row), page.open),
  };
}

/** Columns of the entries table: title, what a cell says; how to sort and how to show it, where that is something else. */
function entryColumns(model, page) {
  const { nodes } = model;
  return [
    entryColumn(model, page, "name", (node) => node),
    { title: "kind", form: "short", key: (node) => nodes.kind[node], text: (node) => word(model, "kind_one", kindOf(model, node)) },
    { title: "name_zh_hant", lang: "zh-Hant", ...textColumn(nodes.label_zh_hant) },
    { title: "name_zh_hans", lang: "zh-Hans", ...textColumn(nodes.label_zh_hans) },
    { title: "tier", form: "short", ...textColumn(nodes.tier) },
    { title: "status", text: (node) => (nodes.status[node] ? statusWords(model, node) : "") },
    confidenceColumn(model, nodes),
    numberColumn(model, "degree", (node) => model.degree[node]),
    numberColumn(model, "receipts", (node) => nodes.sources[node].length),
  ];
}

/** Columns of the links table. */
function linkColumns(model, page) {
  const { edges } = model;
  const relation = (edge) => linkWord(model, "edge", edge);
  const open = (edge) =>
    make("button", { type: "button", class: "relation", onclick: () => page.openEdge(edge) }, relation(edge));
  return [
    entryColumn(model, page, "from", (edge) => edges.from[edge]),
    { title: "relation", text: relation, cell: open },
    entryColumn(model, page, "to", (edge) => edges.to[edge]),
    wordColumn(model, "channel", edges.channel),
    { title: "provision", form: "wide", ...textColumn(edges.provision) },
    { title: "amount", ...textColumn(edges.amount) },
    {
      title: "valid_from",
      form: "short",
      key: (edge) => edges.valid_from[edge] || edges.seen[edge],
      text: (edge) => edges.valid_from[edge] || (startUnknown(model, edge) ? `? ${edges.seen[edge] && `(≤ ${edges.seen[edge]})`}` : ""),
    },
    {
      title: "valid_to",
      form: "short",
      key: (edge) => edges.valid_to[edge],
      text: (edge) => (perhaps(model, edge) ? `${edges.valid_to[edge]} (?)` : edges.valid_to[edge]),
    },
    confidenceColumn(model, edges),
    numberColumn(model, "receipts", (edge) => edges.sources[edge].length),
  ];
}

/** Fill the table view, without columns that are empty in every row. How the reader looks at it stands in the state. */
function showTable(model, page) {
  const links = page.state.view === "links";
  const flags = links ? page.visible.edgeOn : page.visible.nodeOn;
  const rows = [...flags.keys()].filter((row) => flags[row]);
  const columns = (links ? linkColumns : entryColumns)(model, page).filter(({ text }) => rows.some((row) => text(row) !== ""));
  const shown = { model, page, rows, columns, texts: new Map(), look: { ...PLAIN_LOOK, ...page.state.tables[page.state.view] } };
  shown.tools = tableTools({
    name: page.state.view,
    columns: columns.map(({ title }) => ({ key: title, title: say(model, title) })),
    look: shown.look,
    tell: (key, blanks) => say(model, key, blanks),
    changed: (act) => changeLook(shown, act),
  });
  shown.box = make("div", { class: "table-box" });
  shown.order = sortedRows(shown);
  at("table").replaceChildren(shown.tools.box, shown.box);
  drawRows(shown);
  foldAhead(shown);
}

/** Fold the texts of rows while the page has nothing else to do, so that the first letter typed need not wait. */
function foldAhead(shown) {
  let place = 0;
  const foldSome = () => {
    const end = performance.now() + SLICE;
    for (; place < shown.rows.length && performance.now() < end; place += 1) foldedRow(shown, shown.rows[place]);
    if (place < shown.rows.length && shown.box.isConnected) setTimeout(foldSome);
  };
  setTimeout(foldSome);
}

/** What the reader did to the table: note it in the address, draw the rows anew, leave the field where it is. */
function changeLook(shown, act) {
  const { page, columns } = shown;
  const active = document.activeElement?.dataset?.head;
  const first = columns[0]?.title; /* as which the table is sorted when nothing is chosen */
  const look = act.press === first && shown.look.sort === "" ? { ...shown.look, sort: first } : shown.look;
  shown.look = lookAfter(look, act, (key) => columns.find(({ title }) => title === key)?.greatest === true);
  page.keepLook(page.state.view, shown.look);
  if (act.press !== undefined) shown.order = sortedRows(shown);
  drawRows(shown);
  if (active !== undefined) [...at("table").querySelectorAll("[data-head]")].find((one) => one.dataset.head === active)?.focus();
}

/** Rows by the column that was chosen, else by the first. */
function sortedRows({ model, rows, columns, look }) {
  const column = columns.find(({ title }) => title === look.sort) ?? columns[0];
  if (column === undefined) return rows;
  const key = column.key ?? column.text;
  return orderBy(rows.map(key), look.sort === column.title && look.down, model.language).map((place) => rows[place]);
}

/** The text of a row, folded, worked out once. */
function foldedRow({ model, columns, texts }, row) {
  if (!texts.has(row)) texts.set(row, foldText(columns.map(({ text, names }) => (names ?? text)(row)).join(" \n "), model.foldMap));
  return texts.get(row);
}

function drawRows(shown) {
  const { model, page, look, tools } = shown;
  const query = foldQuery(look.find, model.foldMap);
  const rows = query.words.length === 0 ? shown.order : shown.order.filter((row) => holdsWords(foldedRow(shown, row), query));
  const columns = shown.columns.filter(({ title }) => !look.hide.includes(title));
  const sorted = shown.columns.some(({ title }) => title === look.sort) ? look : { sort: shown.columns[0]?.title, down: false };
  const title = say(model, page.state.view === "links" ? "table_links" : "table_entries");
  const head = tableHead(shown, columns);
  const body = make("tbody");
  const more = make("button", { type: "button", class: "plain more", id: "more-rows" });
  let count = 0;
  const extend = (by) => {
    body.append(...rows.slice(count, count + by).map((row) => tableRow(columns, row)));
    count = Math.min(rows.length, count + by);
    more.hidden = count === rows.length;
    more.textContent = say(model, "show_more", { n: figure(model, Math.min(MORE_ROWS, rows.length - count)) });
  };
  more.addEventListener("click", () => extend(MORE_ROWS));
  extend(AT_ONCE);
  if (rows.length > AT_ONCE) afterPaint(() => body.isConnected && count === AT_ONCE && extend(FIRST_ROWS - AT_ONCE));
  at("table").dataset.rows = String(rows.length);
  tools.left.textContent = query.words.length > 0 ? say(model, "rows_left", { n: figure(model, rows.length), all: figure(model, shown.rows.length) }) : "";
  shown.box.replaceChildren(make("table", {}, make("caption", {}, `${title}: ${figure(model, rows.length)}`), head, body), more);
  markSorted([...head.rows[0].cells], tools.menu, sorted);
}

function tableHead(shown, columns) {
  const { model } = shown;
  const cells = columns.map(({ title, form }) => {
    const button = sortButton(say(model, title), title, (key, blanks) => say(model, key, blanks), (act) => changeLook(shown, act));
    button.dataset.head = title;
    return make("th", { scope: "col", class: form, "data-column": title }, button);
  });
  return make("thead", {}, make("tr", {}, ...cells));
}

function tableRow(columns, row) {
  const cells = columns.map(({ lang, form, cell, text }) => make("td", { lang, class: form }, (cell ?? text)(row)));
  return make("tr", {}, ...cells);
}
