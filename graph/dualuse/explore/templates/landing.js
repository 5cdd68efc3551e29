/* landing.js: the first screen: what this is, three numbers, where the measure stands, whom it changes. Each is a door. */

import { at, draw, make } from "./dom.js";
import { EFFECTS, effectsOn } from "./effects.js";
import { questionItems, storyButtons } from "./story.js";
import { rove } from "./svg.js";
import { axisOf, statusLegend, statusRecords, timelineSvg } from "./timeline.js";
import { figure, nameOf, say, word } from "./words.js";
import { placeRecords, worldLegend, worldLook, worldSvg } from "./world.js";

const STRIP = 620; /* width at which the words of the strip are as large as others */

function showLanding(model, page) {
  const node = model.number.get(model.landing.of);
  const stories = storiesOf(model, page);
  const strip = timelineSvg(model, page, node, axisOf(model, node, STRIP));
  const shown = new Set([...strip.querySelectorAll(".stretch")].map((stretch) => stretch.classList[1]));
  const name = nameOf(model, node);
  const told = make("p", { class: "told", lang: name.lang }, name.text);
  const stands = landingPart(page, "strip", say(model, "start_strip"), { view: "timeline", of: node }, told, strip, statusLegend(model, shown));
  const tiles = landingPart(page, "tiles", say(model, "world_title", { date: model.at }), { view: "world" }, ...worldOf(model, page));
  const who = landingPart(page, "kinds", say(model, "start_kinds"), { view: "network" }, ...effectBars(model, page));
  at("board").replaceChildren(
    make(
      "div",
      { class: "landing" },
      landingSentence(model, stories),
      make("div", { class: "where" }, landingNumbers(model, page, node), tiles),
      make("div", { class: "whom" }, stands, who),
      landingQuestions(model, page, stories.slice(1)),
    ),
  );
  page.behind = () => ({ numbers: numberRecords(model), effects: effectRecords(model), status: statusRecords(model, node, axisOf(model, node, STRIP)), places: placeRecords(model, worldLook(model, model.at, model.lens)) });
  rove(strip, [...strip.querySelectorAll("[role=button]")]);
  const drawing = at("board").querySelector(".world");
  if (drawing !== null) rove(drawing, [...drawing.querySelectorAll("[role=button]")]);
}

/** The three numbers, each with the day it is of. */
function numberRecords(model) {
  return numbersOf(model).map(([count, key, , day]) => ({ number: key.replace("start_", ""), count, on: day ?? model.at }));
}

/** How many destinations each kind of effect changes. */
function effectRecords(model) {
  const changed = effectsOn(model);
  return EFFECTS.filter((kind) => changed?.kinds[kind]).map((effect) => ({ measure: model.landing.of, effect, destinations: changed.kinds[effect], of: model.landing.places.length, on: changed.day }));
}

/** The ways into the stories, that which tells most of the measure first. */
function storiesOf(model, page) {
  const told = (story) => story.steps.filter((step) => step.state.includes(model.landing.of)).length;
  const buttons = storyButtons(model, page);
  const order = model.guide.stories.map((story, place) => [told(story), place]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  return order.map(([, place]) => buttons[place]);
}

/** What this is, in one sentence, and the way into the story. */
function landingSentence(model, stories) {
  const { about } = model;
  const text = about.ask === "by" ? say(model, "start_by", { name: model.heading.title }) : say(model, "start_all");
  return make("div", { class: "sentence" }, make("h2", {}, text), ...stories.slice(0, 1));
}

/** Three numbers of the day: [count, words, the view of what it counts, day]. */
function numbersOf(model) {
  const changed = effectsOn(model);
  const acts = model.landing.acts.filter(([, day]) => day <= model.at);
  const doors = [
    [changed?.destinations ?? 0, "start_destinations", { view: "network" }, changed?.day],
    [acts.length, "start_statements", { view: "matrix" }, model.at],
    [model.conflicts.length, "start_conflicts", { view: "conflicts" }, model.history.known_on],
  ];
  return doors.filter(([, , change]) => model.views.includes(change.view));
}

/** The three numbers, each a door. */
function landingNumbers(model, page, node) {
  const items = numbersOf(model).map(([count, key, change, day]) =>
    make(
      "button",
      { type: "button", class: "number", id: key.replace("_", "-"), onclick: () => page.change(change) },
      make("strong", {}, figure(model, count)),
      make("span", {}, say(model, key, { name: nameOf(model, node).text }), make("small", {}, say(model, key === "start_destinations" ? "start_on" : "start_to", { date: day ?? model.at }))),
    ),
  );
  return make("div", { class: "numbers" }, ...items);
}

/** A part of the screen under a title that leads to the view it comes from. */
function landingPart(page, name, title, change, ...content) {
  const open = make("button", { type: "button", class: "door", onclick: () => page.change(change) }, title, make("span", { "aria-hidden": "true" }, "→"));
  return make("section", { class: name }, make("h3", {}, open), ...content);
}

function worldOf(model, page) {
  if (!model.views.includes("world")) return [];
  const look = worldLook(model, model.at, model.lens);
  const open = (node) => page.change({ view: "world", focus: { node } });
  const svg = worldSvg(model, { ...page, open }, look);
  const hint = make("p", { class: "quiet", id: "tile-name", "data-screen": true, "aria-hidden": "true" }, say(model, "world_hint"));
  return [make("div", { class: "board-scroll" }, svg), worldLegend(model, look), hint];
}

/** How many destinations each kind of effect changes, the heaviest kind first, as bars. */
function effectBars(model, page) {
  const changed = effectsOn(model);
  const all = model.landing.places.length;
  const lens = word(model, "lens", model.lens);
  if (changed === null || changed.destinations === 0)
    return [make("p", { class: "quiet" }, say(model, "start_nothing", { date: changed?.day ?? model.at, lens }))];
  const rows = EFFECTS
    .filter((kind) => changed.kinds[kind])
    .map((kind) => kindBar(model, page, kind, changed.kinds[kind], all));
  return [make("ul", { class: "bars" }, ...rows), make("p", { class: "quiet" }, say(model, "start_of", { n: figure(model, all), date: changed.day, lens }))];
}

function kindBar(model, page, kind, count, all) {
  const bar = draw(
    "svg",
    { class: `bar ${kind}`, viewBox: `0 0 ${all} 12`, preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { width: all, height: 12, class: "rest" }),
    draw("rect", { width: count, height: 12 }),
  );
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", "data-effect": kind, onclick: () => page.change({ view: "network", group: `effect:${kind}` }) },
      make("span", { class: "kind" }, word(model, "effect_kind", kind), make("small", {}, word(model, "effect_gloss", kind))),
      bar,
      make("strong", {}, figure(model, count)),
    ),
  );
}

/** Saved questions and the other stories, in a row. */
function landingQuestions(model, page, stories) {
  const title = make("h3", {}, say(model, "questions"));
  return make("section", { class: "ask", "data-screen": true }, title, make("ul", { class: "questions" }, ...stories.map((story) => make("li", {}, story)), ...questionItems(model, page)));
}
