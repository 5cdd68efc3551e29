/* saving.js: what is shown as tables, as a document, and as a page of its own that opens where the reader stands. */

import { tablesBehind, visibleRecords } from "./behind.js";
import { citeApa } from "./cite.js";
import { addressOf, fragmentOf, isServed, titleOf } from "./colophon.js";
import { csvText, edgeRecord, fileName, saveFile } from "./exports.js";
import { pathOf } from "./paths.js";

/** A table of the view, or what is shown of the network, as CSV. */
function saveCsv(model, page, part) {
  const { nodes, edges } = visibleRecords(model, page);
  const rows = { entries: nodes, links: edges }[part] ?? tablesBehind(model, page)[part];
  const columns = Object.keys(rows[0] ?? {});
  const plain = ["entries", "links"].includes(part);
  const name = fileName(model, plain ? part : `${page.state.view}-${part}`, "csv");
  saveFile(name, new Blob([csvText(columns, rows)], { type: "text/csv;charset=utf-8" }));
  return name;
}

/** The chain of the path finder, when one is shown. */
function pathRecord(model, page) {
  const path = pathOf(page);
  if (path === null) return {};
  return { path: { nodes: path.nodes.map((node) => model.nodes.id[node]), edges: path.edges.map((edge) => edgeRecord(model, edge)) } };
}

function saveJson(model, page) {
  const { nodes, edges } = visibleRecords(model, page);
  const document_ = {
    about: { ...model.about, as_of: model.at, lens: model.lens },
    citation: citeApa(model, page),
    note: "information, not legal advice",
    view: decodeURIComponent(location.hash),
    ...pathRecord(model, page),
    ...(page.state.view === "conflicts" ? { conflicts: model.conflicts } : {}),
    nodes,
    edges,
  };
  const name = fileName(model, "", "json");
  saveFile(name, new Blob([`${JSON.stringify(document_, null, 2)}\n`], { type: "application/json" }));
  return name;
}

/** The page as it came, before anything in it was filled in. */
const untouched = document.documentElement.cloneNode(true);
const VOID = ["br", "col", "hr", "img", "input", "link", "meta"];
const RAW = ["script", "style", "noscript"];

/** A node as the text of a file; scripts and styles letter by letter, for the policy of the page names them by their sum. */
function markupOf(node, raw = false) {
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  if (node.nodeType === Node.TEXT_NODE) return raw ? node.data : safe(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const tag = node.localName;
  const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${safe(value)}"`).join("");
  if (VOID.includes(tag)) return `<${tag}${attributes}>`;
  const inner = [...node.childNodes].map((child) => markupOf(child, RAW.includes(tag))).join("");
  return `<${tag}${attributes}>${inner}</${tag}>`;
}

/** This page as one file that opens at the state shown. */
function saveView(model, page) {
  const copy = untouched.cloneNode(true);
  copy.dataset.state = fragmentOf(page, { ...page.state, embed: false }).slice(1);
  copy.querySelector("title").textContent = titleOf(model, page);
  const name = fileName(model, page.state.view, "html");
  saveFile(name, new Blob([`<!doctype html>\n${markupOf(copy)}\n`], { type: "text/html;charset=utf-8" }));
  return name;
}

/** A saved view opens at the state it was saved in, unless its address names another. */
function openAsSaved() {
  const { state } = document.documentElement.dataset;
  if (state && location.hash === "") history.replaceState(null, "", `#${state}`);
}

/** A link to exactly this: the address when the page is served, else the fragment to put behind the name of the file. */
function linkOf(page) {
  return isServed() ? addressOf(page) : fragmentOf(page, { ...page.state, embed: false });
}

/** What another page writes to show this view without the controls around it. */
function embedCode(model, page) {
  const file = isServed() ? location.href.split("#")[0] : location.pathname.split("/").at(-1);
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const address = file + fragmentOf(page, { ...page.state, embed: true });
  return `<iframe src="${safe(address)}" title="${safe(titleOf(model, page))}" width="960" height="640" loading="lazy"></iframe>`;
}
