/* colophon.js: what a picture says of itself in words: title, day, lens, how much is shown, from which sources, whose, where. */

import { writeHash } from "./address.js";
import { at } from "./dom.js";
import { pathOf } from "./paths.js";
import { timelineNode } from "./timeline.js";
import { figure, nameOf, say, word } from "./words.js";

const MOST_PUBLISHERS = 4;

/** The rule or thing that the view shown is about, or undefined. */
function subjectOf(model, page) {
  if (page.state.view === "timeline") return timelineNode(model, page.state);
  return model.number.get(model.about.subject);
}

/** Title of the view: what it is about, and how it is looked at. */
function titleOf(model, page) {
  const subject = subjectOf(model, page);
  const { title, question } = model.heading;
  const about = subject === undefined ? (model.about.ask === "all" ? question : title) : nameOf(model, subject).text;
  return say(model, "picture_title", { about, view: say(model, `view_${page.state.view}`) });
}

/** What stands above a picture: its title, then its lines. */
function headOf(model, page) {
  const { lens } = model;
  const { question } = model.heading;
  const title = titleOf(model, page);
  const when = say(model, "picture_when", { date: model.at, lens: word(model, "lens", lens), lens_text: word(model, "lens_text", lens).replace(/[.。]$/, "") });
  const counted = ["map", "entries", "links"].includes(page.state.view) ? at("status").textContent : "";
  const lines = [title.includes(question) ? "" : question, when, model.about.scenario, chosenOf(model, page), counted];
  return { title, lines: lines.filter(Boolean) };
}

/** What stands out in the picture: the entry or the way that is chosen. */
function chosenOf(model, page) {
  const { focus } = page.state;
  if (page.state.view !== "map") return "";
  const nodes = focus?.node === undefined ? (focus === null ? (pathOf(page)?.nodes ?? []) : []) : [focus.node];
  return nodes.length === 0 ? "" : say(model, "picture_chosen", { names: nodes.map((node) => nameOf(model, node).text).join(" → ") });
}

/** What stands below it: sources, dataset, licence, address, and that it is no advice. */
function footOf(model, page) {
  const { dataset } = model.about;
  return [
    sourcesLine(model, sourcesBehind(model, page)),
    `${dataset.title} ${dataset.version}, ${say(model, "known_on", { date: dataset.known_on })}, sha256 ${dataset.sha256.slice(0, 16)}`,
    `${say(model, "licence_line", { licence: dataset.licence, creator: dataset.creator })} · ${say(model, "note")}`,
    addressOf(page),
  ].filter(Boolean);
}

/** Numbers of the sources of what is shown. */
function sourcesBehind(model, page) {
  const { nodes, edges, sources } = model;
  const found = new Set();
  const gather = (numbers) => numbers.forEach((number) => found.add(number));
  if (page.state.view === "timeline") {
    const urls = new Set(model.eventsOf.get(timelineNode(model, page.state)).map((event) => event.source));
    gather(sources.url.flatMap((url, number) => (urls.has(url) ? [number] : [])));
  } else if (page.state.view === "conflicts") {
    const keys = new Set(model.conflicts.flatMap((row) => row.values.flatMap((value) => value.sources.map(({ source }) => source))));
    gather(sources.key.flatMap((key, number) => (keys.has(key) ? [number] : [])));
  } else {
    const kinds = { world: ["comprises", "puts-in-tier"], matrix: ["said"] }[page.state.view];
    edges.kind.forEach((kind, edge) => {
      if (!page.visible.edgeOn[edge] || kinds?.includes(kind) === false) return;
      gather(edges.sources[edge]);
      if (kind === "said") gather(nodes.sources[edges.to[edge]]);
    });
    if (kinds === undefined) page.visible.nodeOn.forEach((on, node) => on && gather(nodes.sources[node]));
  }
  return [...found].sort((a, b) => a - b);
}

/** How many sources, and those who published most of them. */
function sourcesLine(model, numbers) {
  const counts = new Map();
  for (const number of numbers) {
    const publisher = model.sources.publisher[number] || model.sources.title[number] || model.sources.key[number];
    counts.set(publisher, (counts.get(publisher) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  const most = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_PUBLISHERS);
  const names = most.map(([name, n]) => `${name} (${figure(model, n)})`).join(", ");
  return say(model, counts.size > MOST_PUBLISHERS ? "sources_among" : "sources_all", { n: figure(model, numbers.length), names });
}

/** The state as a fragment that says everything, what the page opens with too, so that it holds in any later copy. */
function fragmentOf(page, state = page.state) {
  return `#${writeHash(page.model, state, page.opened, true)}`;
}

/** Whether the page comes from a server, so that its address means something to others. */
function isServed() {
  return location.protocol === "https:" || location.protocol === "http:";
}

/** Where this view is to be found: its address on the server, or the home of the dataset and the fragment. */
function addressOf(page) {
  const fragment = fragmentOf(page, { ...page.state, embed: false });
  return isServed() ? location.href.split("#")[0] + fragment : `${page.model.about.dataset.home} · ${fragment}`;
}
