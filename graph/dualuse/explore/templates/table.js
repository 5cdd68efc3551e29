/* table.js: what the map shows, as tables that can be sorted; also the text alternative to the map. */

import { at, make } from "./dom.js";
import { nodeButton } from "./elements.js";
import { perhaps, startUnknown, statusWords } from "./time.js";
import { figure, kindOf, linkWord, nameOf, say, word } from "./words.js";

const FIRST_ROWS = 100;
const MORE_ROWS = 300;

/** A text as the data give it. */
function textColumn(column) {
  return { key: (row) => column[row], cell: (row) => column[row] };
}

/** A value of a section of words; empty where there is none. */
function wordColumn(model, title, column) {
  const cell = (row) => (column[row] ? word(model, title, column[row]) : "");
  return { title, form: "short", key: (row) => column[row], cell };
}

/** A number, the greatest first. */
function numberColumn(model, title, count) {
  return { title, form: "number", key: (row) => -count(row), cell: (row) => figure(model, count(row)) };
}

/** How far it can be trusted, the surest first. */
function confidenceColumn(model, { confidence }) {
  const rank = (value) => ["high", "medium", "low"].indexOf(value) + (value === "" ? 4 : 0);
  const cell = (row) => word(model, "confidence", confidence[row]);
  return { title: "confidence", key: (row) => rank(confidence[row]), cell };
}

/** Columns of the entries table: title, how to sort, how to show. */
function entryColumns(model, page) {
  const { nodes } = model;
  return [
    { title: "name", key: (node) => nameOf(model, node).text, cell: (node) => nodeButton(model, node, page.open) },
    {
      title: "kind",
      form: "short",
      key: (node) => nodes.kind[node],
      cell: (node) => word(model, "kind_one", kindOf(model, node)),
    },
    { title: "name_zh_hant", lang: "zh-Hant", ...textColumn(nodes.label_zh_hant) },
    { title: "name_zh_hans", lang: "zh-Hans", ...textColumn(nodes.label_zh_hans) },
    { title: "tier", form: "short", ...textColumn(nodes.tier) },
    { title: "status", key: (node) => nodes.status[node] && statusWords(model, node), cell: (node) => (nodes.status[node] ? statusWords(model, node) : "") },
    confidenceColumn(model, nodes),
    numberColumn(model, "degree", (node) => model.degree[node]),
    numberColumn(model, "receipts", (node) => nodes.sources[node].length),
  ];
}

/** Columns of the links table. */
function linkColumns(model, page) {
  const { edges } = model;
  const end = (column) => ({
    key: (edge) => nameOf(model, column[edge]).text,
    cell: (edge) => nodeButton(model, column[edge], page.open),
  });
  const relation = (edge) => linkWord(model, "edge", edge);
  const open = (edge) =>
    make("button", { type: "button", class: "relation", onclick: () => page.openEdge(edge) }, relation(edge));
  return [
    { title: "from", ...end(edges.from) },
    { title: "relation", key: relation, cell: open },
    { title: "to", ...end(edges.to) },
    wordColumn(model, "channel", edges.channel),
    { title: "provision", form: "wide", ...textColumn(edges.provision) },
    { title: "amount", ...textColumn(edges.amount) },
    {
      title: "valid_from",
      form: "short",
      key: (edge) => edges.valid_from[edge],
      cell: (edge) => edges.valid_from[edge] || (startUnknown(model, edge) ? `? ${edges.seen[edge] && `(≤ ${edges.seen[edge]})`}` : ""),
    },
    {
      title: "valid_to",
      form: "short",
      key: (edge) => edges.valid_to[edge],
      cell: (edge) => (perhaps(model, edge) ? `${edges.valid_to[edge]} (?)` : edges.valid_to[edge]),
    },
    confidenceColumn(model, edges),
    numberColumn(model, "receipts", (edge) => edges.sources[edge].length),
  ];
}

/** Fill the table view, without columns that are empty in every row. `sorting` is kept by the page: {title, down}. */
function showTable(model, page, sorting) {
  const links = page.state.view === "links";
  const shown = links ? page.visible.edgeOn : page.visible.nodeOn;
  const rows = [...shown.keys()].filter((row) => shown[row]);
  const columns = (links ? linkColumns : entryColumns)(model, page).filter((column) =>
    rows.some((row) => column.key(row) !== ""),
  );
  const sorted = columns.find((column) => column.title === sorting.title) ?? columns[0];
  if (sorted !== undefined) sortRows(model, rows, sorted, sorting.down);
  const title = say(model, links ? "table_links" : "table_entries");
  const body = make("tbody");
  const table = make(
    "table",
    {},
    make("caption", {}, `${title}: ${figure(model, rows.length)}`),
    tableHead(model, columns, sorted, sorting, () => showTable(model, page, sorting)),
    body,
  );
  const more = make("button", { type: "button", class: "plain more", id: "more-rows" });
  let count = 0;
  const extend = (by) => {
    body.append(...rows.slice(count, count + by).map((row) => tableRow(columns, row)));
    count = Math.min(rows.length, count + by);
    more.hidden = count === rows.length;
    more.textContent = say(model, "show_more", { n: figure(model, Math.min(MORE_ROWS, rows.length - count)) });
  };
  more.addEventListener("click", () => extend(MORE_ROWS));
  extend(FIRST_ROWS);
  at("table").dataset.rows = String(rows.length);
  at("table").replaceChildren(table, more);
}

/** Sort in place; empty cells come last either way, ties keep the order of the data. */
function sortRows(model, rows, column, down) {
  const collator = new Intl.Collator(model.language, { numeric: true });
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  rows.sort((a, b) => {
    const [x, y] = [column.key(a), column.key(b)];
    if (x === "" || y === "") return (x === "") - (y === "") || a - b;
    return (down ? -1 : 1) * compare(x, y) || a - b;
  });
}

function tableHead(model, columns, sorted, sorting, redraw) {
  const cells = columns.map((column, place) => {
    const title = say(model, column.title);
    const active = column === sorted;
    const sort = () => {
      sorting.down = active ? !sorting.down : false;
      sorting.title = column.title;
      redraw();
      at("table").querySelectorAll("th button")[place].focus();
    };
    const button = make(
      "button",
      { type: "button", "aria-label": say(model, "sort_by", { name: title }), onclick: sort },
      title,
      make("span", { "aria-hidden": "true" }, active ? (sorting.down ? " ↓" : " ↑") : ""),
    );
    return make(
      "th",
      { scope: "col", class: column.form, "aria-sort": active ? (sorting.down ? "descending" : "ascending") : null },
      button,
    );
  });
  return make("thead", {}, make("tr", {}, ...cells));
}

function tableRow(columns, row) {
  return make(
    "tr",
    {},
    ...columns.map((column) => make("td", { lang: column.lang, class: column.form }, column.cell(row))),
  );
}
