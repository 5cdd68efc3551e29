/* tabling.js: what a reader does to a table that stands on the page: a filter, an order by any column, and which columns.
   The table stays as it was made; its rows are moved and hidden. Words come from whoever owns the page. */

import { make } from "./dom.js";
import { foldQuery, foldText } from "./folding.js";
import { PLAIN_LOOK, formOf, holdsWords, orderBy, pressed, sortKey } from "./sorting.js";

const foldedRows = new WeakMap(); /* row -> its text, folded, in the language of the page */

/** The tools of a table: a field that filters, how many rows are left, and a menu of its columns. `parts` has `name`,
    `columns` as {key, title}, `look`, `tell` and what is told when the look changes. */
function tableTools({ name, columns, look, tell, changed }) {
  const input = make("input", {
    type: "search",
    id: `find-${name}`,
    value: look.find,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": tell("filter_rows"),
    placeholder: tell("filter_rows"),
    oninput: (event) => changed({ find: event.target.value }, "find"),
  });
  const left = make("output", { for: input.id, class: "quiet" });
  const items = columns.map((column) => columnItem(name, column, look, tell, changed));
  const menu = make(
    "details",
    { class: "menu table-columns", "data-screen": true },
    make("summary", {}, tell("columns")),
    make("div", { class: "menu-items" }, make("ul", {}, ...items)),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  });
  const box = make("div", { class: "table-tools" }, make("span", { "data-screen": true }, input), left, menu);
  return { box, left, menu };
}

/** One column in the menu: whether it is shown, and a button that sorts by it. */
function columnItem(name, { key, title }, look, tell, changed) {
  const id = `column-${name}-${key}`;
  const tick = make("input", {
    type: "checkbox",
    id,
    checked: !look.hide.includes(key),
    onchange: (event) => changed({ column: key, shown: event.target.checked }, "hide"),
  });
  const sort = make(
    "button",
    { type: "button", class: "sort-by", "data-sort": key, "aria-label": tell("sort_by", { name: title }), onclick: () => changed({ press: key }, "sort") },
    make("span", { "aria-hidden": "true" }, "⇅"),
  );
  return make("li", {}, tick, make("label", { for: id }, title), sort);
}

/** The look after what the reader did with the tools. */
function lookAfter(look, { find, column, shown, press }, greatestFirst) {
  if (find !== undefined) return { ...look, find };
  if (press !== undefined) return pressed(look, press, greatestFirst(press));
  const hide = shown ? look.hide.filter((one) => one !== column) : [...look.hide, column].sort();
  return { ...look, hide };
}

/** Say in heads and menu by which column a table is sorted. */
function markSorted(heads, menu, { sort, down }) {
  const told = down ? "descending" : "ascending";
  for (const head of heads) {
    if (sort && head.dataset.column === sort) head.setAttribute("aria-sort", told);
    else head.removeAttribute("aria-sort");
  }
  for (const button of menu.querySelectorAll("[data-sort]"))
    button.firstElementChild.textContent = button.dataset.sort === sort && sort ? (down ? "↓" : "↑") : "⇅";
}

/** A head as a button that sorts; `shown` is what stands in it. */
function sortButton(title, key, tell, changed, shown = [title]) {
  const label = tell("sort_by", { name: title });
  return make("button", { type: "button", class: "sort", "aria-label": label, onclick: () => changed({ press: key }, "sort") }, ...shown);
}

/** Put buttons into the heads of a table, or new ones for old. */
function furnishHeads(row, columns, tell, changed) {
  row.forEach((head, place) => {
    const { key, title } = columns[place];
    const shown = [...(head.querySelector(":scope > .sort") ?? head).childNodes];
    head.dataset.column = key;
    head.replaceChildren(sortButton(title, key, tell, changed, shown));
  });
}

/** What a cell says; of one that holds marks alone, how many they are. */
function cellText(cell) {
  if (cell === undefined) return "";
  const drawn = cell.querySelectorAll("svg").length;
  const text = (drawn > 0 ? withoutParts(cell, "svg") : cell).textContent.replace(/\s+/g, " ").trim();
  return text === "" && drawn > 0 ? String(drawn) : text;
}

/** A copy of a cell without some of what is in it. */
function withoutParts(cell, parts) {
  const copy = cell.cloneNode(true);
  for (const part of copy.querySelectorAll(parts)) part.remove();
  return copy;
}

/** Give tables that are parts of one (they have the same columns) their tools. `given` has `name`, `look`, `tell`, `script`,
    `language`, `place` (puts the tools somewhere), `keep` (is told the new look) and `shown` (is told when rows changed). */
function furnishTables(tables, given) {
  const { name, tell } = given;
  const heads = tables.map((table) => [...table.tHead.rows[0].cells]);
  const columns = heads[0].map((head, place) => ({ key: head.dataset.column ?? String(place), title: head.textContent.trim() || "#" }));
  const bodies = tables.flatMap((table) => [...table.tBodies]).map((body) => [body, rowsAsMade(body)]);
  const rows = bodies.flatMap(([, own]) => own);
  const forms = columns.map((_, place) => formOf(rows.map((row) => cellText(row.cells[place]))));
  const greatestFirst = (key) => forms[columns.findIndex((column) => column.key === key)] === "number";
  let look = { ...PLAIN_LOOK, ...given.look };
  const changed = (act, what) => {
    look = lookAfter(look, act, greatestFirst);
    given.keep(look);
    apply(what);
  };
  const tools = tableTools({ name, columns, look, tell, changed });
  for (const row of heads) furnishHeads(row, columns, tell, changed);
  const apply = (what) => {
    if (what !== "find" && what !== "hide") sortBodies(bodies, columns, forms, look, given.language());
    if (what !== "sort") showColumns(tables, columns, look);
    if (what !== "sort") filterRows(rows, look, given, tools.left);
    markSorted(heads.flat(), tools.menu, look);
    given.shown?.();
  };
  given.place(tools.box);
  if (given.look) apply("all");
}

/** Rows of data as the table was made, whatever their order now; a title of rows is none. */
function rowsAsMade(body) {
  const rows = [...body.rows].filter((row) => row.querySelector("[scope=colgroup]") === null);
  rows.forEach((row, place) => (row.dataset.made ??= String(place)));
  return rows.sort((a, b) => a.dataset.made - b.dataset.made);
}

function sortBodies(bodies, columns, forms, look, language) {
  const place = columns.findIndex(({ key }) => key === look.sort);
  for (const [body, rows] of bodies) {
    const keys = rows.map((row) => (place < 0 ? 0 : sortKey(cellText(row.cells[place]), forms[place])));
    const order = place < 0 ? [...rows.keys()] : orderBy(keys, look.down, language);
    body.append(...order.map((at_) => rows[at_]));
  }
}

function showColumns(tables, columns, { hide }) {
  const hidden = columns.map(({ key }) => hide.includes(key));
  for (const table of tables)
    for (const row of table.rows) if (row.cells.length === columns.length) [...row.cells].forEach((cell, place) => (cell.hidden = hidden[place]));
}

function filterRows(rows, { find }, given, left) {
  const { script, tell } = given;
  const query = foldQuery(find, script);
  let kept = 0;
  for (const row of rows) {
    const out = !holdsWords(rowText(row, given), query);
    if (out) row.dataset.out = "";
    else delete row.dataset.out;
    row.hidden = out || row.dataset.sought === "no";
    if (!out) kept += 1;
  }
  left.textContent = query.words.length > 0 ? tell("rows_left", { n: kept, all: rows.length }) : "";
}

/** What a row says in all its columns, folded, without the numbers of its footnotes; `more` tells what else is true of it. */
function rowText(row, { script, more = () => "" }) {
  const lang = document.documentElement.lang;
  const known = foldedRows.get(row);
  if (known?.lang === lang) return known.text;
  const text = foldText([...[...row.cells].map(cellTold), more(row)].join(" \n "), script);
  foldedRows.set(row, { lang, text });
  return text;
}

function cellTold(cell) {
  const copy = withoutParts(cell, ".ref");
  const labels = [...copy.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
  return [copy.textContent, ...labels].join(" ");
}
