/* exports.js: entries and links as flat records, tables as CSV, and how a file or a text is handed to the reader. Made in
   the page; nothing is sent. */

import { at, make } from "./dom.js";
import { perhaps } from "./time.js";
import { kindOf, receiptsOf, webAddress } from "./words.js";

/** Hand a file to the reader. */
function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Name of a saved file: dataset, version, date, what it holds. */
function fileName(model, part, suffix) {
  const { about } = model;
  const stem = ["dualuse", about.dataset.version, model.at, model.lens, part].filter(Boolean).join("-");
  return `${stem.replace(/[^\p{L}\p{N}.-]+/gu, "-")}.${suffix}`;
}

/** A cell that a spreadsheet will not run: text that begins like a formula gets an apostrophe in front. */
function csvCell(value) {
  const text = String(value);
  const safe = /^[=+\-@\t\r\n|%]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of objects as CSV with a byte-order mark, so that spreadsheets read the Chinese. */
function csvText(columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function sourceColumns(model, numbers) {
  const receipts = receiptsOf(model, numbers);
  return {
    sources: receipts.map((r) => r.key).join(" | "),
    source_urls: receipts
      .map((r) => webAddress(r.url) ?? "")
      .filter(Boolean)
      .join(" | "),
  };
}

function stampColumns(model) {
  return {
    as_of: model.at,
    lens: model.lens,
    dataset: `${model.about.dataset.title} ${model.about.dataset.version}`,
  };
}

/** Some columns of a row. */
function columnsOf(columns, names, row) {
  return Object.fromEntries(names.map((name) => [name, columns[name][row]]));
}

/** A node as a flat record. */
function nodeRecord(model, node) {
  const { nodes } = model;
  return {
    id: nodes.id[node],
    kind: kindOf(model, node),
    ...columnsOf(nodes, ["label", "label_zh_hant", "label_zh_hans"], node),
    aliases: nodes.aliases[node].join(" | "),
    ...columnsOf(nodes, ["tier", "confidence", "stance", "status", "change"], node),
    facts: nodes.facts[node].map(([name, value]) => `${name}: ${value}`).join(" | "),
    links: model.degree[node],
    ...sourceColumns(model, nodes.sources[node]),
    iri: nodes.iri[node],
    ...stampColumns(model),
  };
}

/** An edge as a flat record. */
function edgeRecord(model, edge) {
  const { edges, nodes } = model;
  return {
    from: nodes.id[edges.from[edge]],
    from_label: nodes.label[edges.from[edge]],
    kind: edges.kind[edge],
    relation: edges.relation[edge] || edges.kind[edge],
    to: nodes.id[edges.to[edge]],
    to_label: nodes.label[edges.to[edge]],
    ...columnsOf(edges, ["channel", "label", "text", "provision", "amount", "valid_from", "valid_to"], edge),
    certain: !perhaps(model, edge),
    ...columnsOf(edges, ["seen", "change", "confidence"], edge),
    ...sourceColumns(model, edges.sources[edge]),
    iri: edges.iri[edge],
    ...stampColumns(model),
  };
}

/** Copy a text; where the browser does not allow it, show it for copying by hand. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    at("copy-text").value = text;
    at("copy-dialog").showModal();
    at("copy-text").select();
    return false;
  }
}
