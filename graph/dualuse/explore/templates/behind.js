/* behind.js: the tables behind a view, for a file beside its picture. A board says what stands in it; else its own tables do. */

import { at } from "./dom.js";
import { edgeRecord, nodeRecord, sourceColumns, stampColumns } from "./exports.js";

/** Tables of the view shown: part -> rows, each a flat record. */
function tablesBehind(model, page) {
  const { view } = page.state;
  if (["map", "entries", "links"].includes(view)) {
    const { nodes, edges } = visibleRecords(model, page);
    return { ...(view === "links" ? {} : { entries: nodes }), ...(view === "entries" ? {} : { links: edges }) };
  }
  const tables = page.behind?.() ?? tablesOnBoard();
  const stamped = (row) => ({ ...row, ...stampColumns(model) });
  return Object.fromEntries(Object.entries(tables).map(([part, rows]) => [part, rows.map(stamped)]));
}

/** Records of what is visible. */
function visibleRecords(model, page) {
  const pick = (flags, record) =>
    [...flags.keys()].filter((index) => flags[index]).map((index) => record(model, index));
  return { nodes: pick(page.visible.nodeOn, nodeRecord), edges: pick(page.visible.edgeOn, edgeRecord) };
}

/** Tables as a board shows them, with the words of their heads as columns. */
function tablesOnBoard() {
  const text = (cell) => cell.textContent.trim();
  const tables = [...at("board").querySelectorAll("table")].map((table) => {
    const [heads = [], ...rows] = [...table.rows].map((row) => [...row.cells].map(text));
    const titles = heads.map((title, place) => title || `column ${place + 1}`);
    return rows.map((cells) => Object.fromEntries(titles.map((title, place) => [title, cells[place] ?? ""])));
  });
  return Object.fromEntries(tables.map((rows, place) => [place === 0 ? "table" : `table ${place + 1}`, rows]));
}

/** What two names of a thing and its sources say of it, in a row. */
function namedColumns(model, node, part) {
  const { nodes } = model;
  return { [part]: nodes.id[node], [`${part}_label`]: nodes.label[node], ...sourceColumns(model, nodes.sources[node]) };
}
