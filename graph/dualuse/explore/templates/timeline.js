/* timeline.js: one instrument through time under the three lenses: its status by day, and the events that made it so. */

import { at, draw, make } from "./dom.js";
import { dataSpan } from "./elements.js";
import { LENSES } from "./law_status.js";
import { STATUS_SIGNS } from "./marks.js";
import { actAsButton, rove } from "./svg.js";
import { statusAt } from "./time.js";
import { nameOf, say, translated, webAddress, word } from "./words.js";

const ROW = 44;
const LEFT = 96;
const WIDE = 900;

/** The instrument of the timeline: chosen, in focus, the page's own, or the one with most events. */
function timelineNode(model, state) {
  const has = (node) => (model.eventsOf.get(node)?.length ?? 0) > 0;
  const wanted = [state.of, state.focus?.node, model.number.get(model.focus)].find((node) => has(node));
  if (wanted !== undefined) return wanted;
  return [...model.eventsOf.keys()].reduce((a, b) =>
    model.eventsOf.get(b).length > model.eventsOf.get(a).length ? b : a,
  );
}

/** The day some days after a day. */
function dayMoved(day, by) {
  const time = new Date(`${day}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() + by);
  return time.toISOString().slice(0, 10);
}

function dayAfter(day) {
  return dayMoved(day, 1);
}

/** Days since a fixed day, for places on an axis. */
function dayNumber(day) {
  return Date.parse(`${day}T00:00:00Z`) / 86400000;
}

/** Stretches of one status under a lens: {from, to, answer}. */
function stretches(model, node, lens, first, last) {
  const days = new Set([first]);
  for (const event of model.eventsOf.get(node)) {
    for (const day of [event.earliest, event.latest, ...[event.until_earliest, event.until].map((end) => end && dayAfter(end))])
      if (day && day > first && day <= last) days.add(day);
  }
  const found = [];
  for (const day of [...days].sort()) {
    const answer = statusAt(model, node, day, lens);
    if (found.at(-1)?.answer.status === answer.status) continue;
    if (found.length > 0) found.at(-1).to = day;
    found.push({ from: day, to: dayAfter(last), answer });
  }
  return found;
}

/** First and last day of the axis, with a margin before the first event. */
function axisOf(model, node, wide = WIDE) {
  const events = model.eventsOf.get(node);
  const last = model.history.known_on;
  const first = events[0].earliest;
  const margin = Math.max(20, (dayNumber(last) - dayNumber(first)) * 0.06);
  const start = new Date((dayNumber(first) - margin) * 86400000).toISOString().slice(0, 10);
  const span = dayNumber(last) - dayNumber(start);
  return { first: start, last, wide, x: (day) => LEFT + ((dayNumber(day) - dayNumber(start)) / span) * (wide - LEFT - 12) };
}

function showTimeline(model, page) {
  const node = timelineNode(model, page.state);
  const axis = axisOf(model, node);
  const svg = timelineSvg(model, page, node, axis);
  at("board").replaceChildren(
    instrumentChoice(model, page, node),
    make("div", { class: "board-scroll" }, svg),
    statusLegend(model),
    readingsBox(model, node),
    eventsTable(model, page, node),
  );
  page.behind = () => ({ status: statusRecords(model, node, axis), events: eventRecords(model, node) });
  rove(svg, [...svg.querySelectorAll("[role=button]")]);
}

/** Which instrument; those with events, by name. */
function instrumentChoice(model, page, node) {
  const collator = new Intl.Collator(model.language, { numeric: true });
  const options = [...model.eventsOf.keys()]
    .filter((one) => model.eventsOf.get(one).length > 0)
    .map((one) => [nameOf(model, one).text, one])
    .sort((a, b) => collator.compare(a[0], b[0]))
    .map(([name, one]) => make("option", { value: String(one), selected: one === node }, name));
  const choose = (event) => page.change({ of: Number(event.target.value) });
  return make(
    "div",
    { class: "board-title" },
    make("label", { for: "timeline-of" }, say(model, "timeline_of")),
    make("select", { id: "timeline-of", onchange: choose }, ...options),
    make("button", { type: "button", class: "plain", "data-screen": true, onclick: () => page.open(node) }, say(model, "open")),
  );
}

function timelineSvg(model, page, node, axis) {
  const bottom = 26 + LENSES.length * ROW;
  const svg = draw("svg", {
    class: "timeline",
    viewBox: `0 0 ${axis.wide} ${bottom + 50}`,
    role: "group",
    "aria-label": say(model, "timeline_label", { name: nameOf(model, node).text }),
  });
  svg.append(...yearLines(axis, bottom));
  LENSES.forEach((lens, row) => {
    const y = 22 + row * ROW;
    svg.append(draw("text", { x: 0, y: y + 21, class: `name${lens === model.lens ? " chosen" : ""}` }, word(model, "lens", lens)));
    for (const stretch of stretches(model, node, lens, axis.first, axis.last))
      svg.append(stretchMark(model, page, axis, lens, stretch, y));
  });
  svg.append(...eventTicks(model, node, axis, bottom));
  if (model.at >= axis.first && model.at <= axis.last) {
    const x = axis.x(model.at);
    svg.append(
      draw("line", { x1: x, x2: x, y1: 14, y2: bottom + 12, class: "now" }),
      draw("text", { x: Math.min(axis.wide - 36, Math.max(LEFT, x)), y: 10, class: "now-day" }, model.at),
    );
  }
  return svg;
}

/** A stretch of one status: a bar with its sign and, where there is room, its word. */
function stretchMark(model, page, axis, lens, { from, to, answer }, y) {
  const [x, end] = [axis.x(from), axis.x(to)];
  const width = Math.max(3, end - x - 1);
  const name = word(model, "status", answer.status);
  const sign = STATUS_SIGNS[answer.status];
  const needed = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 12 : 6.4), 8);
  const text = [`${sign} ${name}`, sign, ""].find((words) => words === "" || needed(words) <= width);
  const label = say(model, "stretch", { lens: word(model, "lens", lens), status: `${sign} ${name}`, from, to });
  const mark = draw(
    "g",
    { class: `stretch ${answer.status}`, "aria-label": label },
    draw("rect", { x, y, width, height: ROW - 12, rx: 2 }),
    text ? draw("text", { x: x + 4, y: y + 20 }, text) : null,
    draw("title", {}, label),
  );
  return actAsButton(mark, () => page.change({ at: from < axis.first ? axis.first : from, lens }));
}

/** Every stretch of one status under each lens, as a flat record; both days are in it. */
function statusRecords(model, node, axis) {
  return LENSES.flatMap((lens) =>
    stretches(model, node, lens, axis.first, axis.last).map(({ from, to, answer }) => {
      return { instrument: model.nodes.id[node], under_lens: lens, status: answer.status, from, until: dayMoved(to, -1) };
    }),
  );
}

function eventRecords(model, node) {
  const columns = ["on", "until", "kind", "effect", "announces", "text", "provision", "source"];
  return model.eventsOf.get(node).map((event, place) => ({
    instrument: model.nodes.id[node],
    event: place + 1,
    ...Object.fromEntries(columns.map((column) => [column, event[column]])),
  }));
}

function yearLines(axis, bottom) {
  const [from, to] = [axis.first, axis.last].map((day) => Number(day.slice(0, 4)));
  const every = Math.ceil((to - from + 1) / 12);
  const lines = [];
  for (let year = from + 1; year <= to; year += every) {
    const x = axis.x(`${year}-01-01`);
    lines.push(
      draw("line", { x1: x, x2: x, y1: 18, y2: bottom, class: "year" }),
      draw("text", { x: x + 3, y: bottom + 44, class: "year-name" }, String(year)),
    );
  }
  return lines;
}

/** Events below the bars, by number as in the table; those of nearly one day stand side by side. */
function eventTicks(model, node, axis, bottom) {
  let before = -Infinity;
  return model.eventsOf.get(node).map((event, place) => {
    const true_ = axis.x(event.earliest < axis.first ? axis.first : event.earliest);
    const x = Math.min(Math.max(true_, before + 17), axis.wide - 8);
    before = x;
    return draw(
      "g",
      { class: `tick ${event.effect}`, "aria-hidden": "true" },
      draw("line", { x1: true_, x2: x, y1: bottom - 4, y2: bottom + 10 }),
      draw("circle", { cx: x, cy: bottom + 18, r: 8 }),
      draw("text", { x, y: bottom + 21.5 }, String(place + 1)),
      draw("title", {}, `${event.on}: ${translated(model, event.text)}`),
    );
  });
}

function statusLegend(model, shown = new Set(Object.keys(STATUS_SIGNS))) {
  const items = Object.entries(STATUS_SIGNS).filter(([status]) => shown.has(status)).map(([status, sign]) =>
    make("li", {}, make("span", { class: `chip ${status}`, "aria-hidden": "true" }, sign), word(model, "status", status)),
  );
  return make("ul", { class: "board-legend" }, ...items);
}

/** The status on the day under each lens, in words, with every reading when it is unknown. */
function readingsBox(model, node) {
  const rows = LENSES.map((lens) => {
    const answer = statusAt(model, node, model.at, lens);
    const why = answer.readings.map((reading) => {
      const status = answer.readings.length > 1 ? `${word(model, "status", reading.status)}: ` : "";
      return `${status}${word(model, "why", reading.why)}`;
    });
    const settles = answer.settles ? [word(model, "settles", answer.settles)] : [];
    return make(
      "div",
      {},
      make("dt", {}, word(model, "lens", lens)),
      make("dd", {}, `${STATUS_SIGNS[answer.status]} ${word(model, "status", answer.status)}`, make("small", {}, [...why, ...settles].join("; "))),
    );
  });
  const title = make("h3", {}, say(model, "status_title", { date: model.at }));
  return make("div", { class: "readings" }, title, make("dl", { class: "facts" }, ...rows));
}

/** The events as a table: the timeline for those who do not see it, with sources. */
function eventsTable(model, page, node) {
  const rows = model.eventsOf.get(node).map((event, place) => {
    const address = webAddress(event.source);
    const source = address
      ? make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, say(model, "source"))
      : make("code", {}, event.source);
    const until = event.until ? ` – ${event.until}` : "";
    const go = make("button", { type: "button", class: "relation", onclick: () => page.change({ at: event.earliest }) }, `${event.on}${until}`);
    return make(
      "tr",
      { id: `event-${place}`, tabindex: "-1", class: event.earliest > model.at ? "later" : null },
      make("td", { class: "number" }, String(place + 1)),
      make("td", { class: "short" }, go),
      make("td", { class: "short" }, word(model, "event_kind", event.kind)),
      make("td", { class: "short" }, word(model, "effect", event.effect)),
      make("td", {}, dataSpan(model, event.text), " ", dataSpan(model, event.provision)),
      make("td", { class: "short" }, event.source ? source : ""),
    );
  });
  const titles = ["", "date", "kind", "effect", "detail", "source"];
  const head = make("tr", {}, ...titles.map((title) => make("th", { scope: "col" }, title ? say(model, title) : "#")));
  const caption = make("caption", {}, say(model, "events_title"));
  return make("table", { class: "plain-table", "data-table": "events" }, caption, make("thead", {}, head), make("tbody", {}, ...rows));
}
