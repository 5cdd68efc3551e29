/* timebar.js: the day and the lens: a slider over the days on which something changes, a date, play, and the lens. */

import { isDay } from "./address.js";
import { at, make } from "./dom.js";
import { LENSES } from "./law_status.js";
import { buildScale, drawScale, nearestStop } from "./scale.js";
import { sentencesOf, startUnknown, stopAt } from "./time.js";
import { figure, say, word } from "./words.js";

const MOST_SENTENCES = 3;

/** Wire the bar; without a history it stays away. */
function startTimeBar(model, page) {
  if (!model.history) return;
  at("timebar").hidden = false;
  model.scale = buildScale(model);
  at("slider").max = String(model.scale.end);
  drawScale(model, model.scale);
  at("day").min = model.stops[0].day;
  at("day").max = model.history.known_on;
  at("slider").addEventListener("input", () => {
    stopPlaying(page);
    const stop = nearestStop(model.scale, Number(at("slider").value));
    page.change({ at: model.stops[stop].day }, { quietly: true });
  });
  at("slider").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, PageUp: 10, ArrowLeft: -1, ArrowDown: -1, PageDown: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    stepDay(page, by);
  });
  at("day").addEventListener("change", () => {
    stopPlaying(page);
    if (isDay(at("day").value)) page.change({ at: at("day").value });
  });
  at("lens-choice").addEventListener("change", () => page.change({ lens: at("lens-choice").value }));
  at("earlier").addEventListener("click", () => stepDay(page, -1));
  at("later").addEventListener("click", () => stepDay(page, 1));
  at("play").addEventListener("click", () => (page.playing ? stopPlaying(page) : play(page)));
}

/** Go some changes on, or back. */
function stepDay(page, by) {
  stopPlaying(page);
  const { stops, at: day } = page.model;
  const here = stopAt(page.model, day);
  const next = by < 0 && stops[here].day < day ? here + by + 1 : here + by;
  const within = Math.min(stops.length - 1, Math.max(0, next));
  if (stops[within].day !== day) page.change({ at: stops[within].day });
}

/** Whether the reader asked for less motion: then the button goes one change on, and nothing runs by itself. */
function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Run from the day shown to the end of the record, or from its beginning when already there. */
function play(page) {
  const { stops } = page.model;
  const last = stops.length - 1;
  if (stopAt(page.model, page.model.at) >= last) page.change({ at: stops[0].day }, { quietly: true });
  else if (calm()) stepDay(page, 1);
  if (calm()) return;
  const pace = Math.max(280, Math.min(1100, 45000 / stops.length));
  page.playing = setInterval(() => {
    const here = stopAt(page.model, page.model.at);
    if (here >= last) stopPlaying(page);
    else page.change({ at: stops[here + 1].day }, { quietly: true });
  }, pace);
  showPlay(page);
}

function stopPlaying(page) {
  clearInterval(page.playing);
  page.playing = undefined;
  showPlay(page);
}

function showPlay(page) {
  const text = say(page.model, page.playing ? "pause" : calm() ? "play_one" : "play");
  at("play").textContent = page.playing ? "❚❚" : "▶";
  at("play").setAttribute("aria-label", text);
  at("play").title = text;
  for (const id of ["stop", "status"]) at(id).setAttribute("aria-live", page.playing ? "off" : "polite");
}

/** Make the bar and the head of the page say the day and the lens. */
function showTime(page) {
  const { model } = page;
  at("as-of").textContent = model.at;
  at("as-of").dateTime = model.at;
  at("last-day").textContent = say(model, "last_day", { today: model.about.today });
  at("last-day").hidden = !model.about.today || model.at !== model.about.as_of;
  at("lens").textContent = word(model, "lens", model.lens);
  if (!model.history) return;
  const place = stopAt(model, model.at);
  const sentences = model.stops[place].day === model.at ? sentencesOf(model, model.stops[place].changes) : [];
  const head = sentences.slice(0, MOST_SENTENCES).map((sentence) => sentence.text);
  const more = sentences.length - head.length;
  const rest = more > 0 ? say(model, "stop_more", { n: figure(model, more) }) : "";
  const text = [...head, ...(rest ? [rest] : [])].join(" · ");
  at("slider").value = String(model.scale.places[place]);
  at("slider").setAttribute("aria-valuetext", `${model.at}: ${text || say(model, "stop_none")}`);
  at("day").value = model.at;
  at("stop").textContent = head.join(" · ") || say(model, "stop_none");
  showRest(page, sentences, rest);
  at("stop").title = sentences.map((sentence) => sentence.text).join("\n");
  showLenses(page);
  showPlay(page);
}

/** Where a day has more changes than there is room for: all of them, opened in place, each a way to what changes. */
function showRest(page, sentences, rest) {
  const menu = at("stop-more");
  const told = `${page.model.at} ${page.model.language} ${rest}`;
  if (menu.dataset.told === told) return;
  menu.dataset.told = told;
  menu.hidden = rest === "";
  menu.open = false;
  menu.firstElementChild.textContent = rest;
  const open = (node) => () => {
    menu.open = false;
    page.open(node, { keepView: true });
  };
  const items = rest === "" ? [] : sentences.map(({ node, text }) => make("li", {}, make("button", { type: "button", onclick: open(node) }, text)));
  menu.querySelector("ol").replaceChildren(...items);
}

function showLenses(page) {
  const { model } = page;
  const options = LENSES.map((lens) =>
    make("option", { value: lens, selected: lens === model.lens }, word(model, "lens", lens)),
  );
  at("lens-choice").replaceChildren(...options);
  at("lens-choice").value = model.lens;
  at("lens-choice").title = word(model, "lens_text", model.lens);
}

/** How many shown links hold over a time whose start is not on record. */
function unknownStarts(model, visible) {
  let count = 0;
  for (let edge = 0; edge < model.links; edge += 1) {
    if (visible.edgeOn[edge] && startUnknown(model, edge)) count += 1;
  }
  return count;
}

/** How many nodes and links of the page are not there on the day. */
function notThere(model) {
  const sum = (flags) => flags.reduce((total, flag) => total + flag, 0);
  return { nodes: model.count - sum(model.alive.node), edges: model.links - sum(model.alive.edge) };
}
