/* story.js: saved questions, and stories: steps of text, each bound to a state of the page and to what it rests on. */

import { readHash } from "./address.js";
import { at, make } from "./dom.js";
import { dataSpan, nodeButton } from "./elements.js";
import { foldSheet } from "./toolbar.js";
import { guideLanguage, guideText, say, webAddress } from "./words.js";

/** Go to the state a text of the guide names; language and theme stay the reader's. */
function goTo(page, text, story = 0) {
  const { model, state } = page;
  const named = readHash(model, text, state.language, []);
  const camera = /(^|&)camera=/.test(text) ? named.camera : null;
  page.change({ ...named, story, camera, theme: state.theme, language: state.language });
  if (camera === null) {
    if (page.state.focus !== null || page.state.path !== null) page.bringIntoView();
    else page.renderer.fit();
  }
}

function tellStep(page, number) {
  goTo(page, page.model.guide.steps[number - 1].state, number);
  foldSheet(false);
  at("story-title")?.focus({ preventScroll: true });
}

/** The box of the step being told, above whatever else the card says. */
function storyBox(model, page) {
  const { story } = page.state;
  if (story === 0) return null;
  const { steps } = model.guide;
  const current = steps[story - 1];
  const within = (number) => steps[number - 1]?.story === current.story;
  const go = (number, key, id) =>
    make(
      "button",
      { type: "button", class: "plain", id, disabled: !within(number), onclick: () => tellStep(page, number) },
      say(model, key),
    );
  const end = make(
    "button",
    { type: "button", class: "plain", id: "story-end", onclick: () => page.change({ story: 0, focus: null, near: 0 }) },
    say(model, "story_end"),
  );
  const place = say(model, "story_step", { n: current.place + 1, all: current.story.steps.length });
  return make(
    "section",
    { class: "story", "aria-labelledby": "story-title" },
    make("p", { class: "quiet", lang: guideLanguage(model, current.story, "title") }, `${guideText(model, current.story, "title")} · ${place}`),
    make("h2", { id: "story-title", tabindex: "-1", lang: guideLanguage(model, current, "title") }, guideText(model, current, "title")),
    make("p", { id: "story-text", lang: guideLanguage(model, current, "text") }, guideText(model, current, "text")),
    restsOn(model, page, current),
    make("div", { class: "story-buttons" }, go(story - 1, "story_back", "story-back"), go(story + 1, "story_next", "story-next"), end),
  );
}

/** What a step rests on: events with their source, and entries to open. */
function restsOn(model, page, { rests_on: rests }) {
  const items = rests.map((thing) => restItem(model, page, thing));
  if (items.length === 0) return null;
  return make(
    "details",
    { class: "story-rests" },
    make("summary", {}, say(model, "story_rests", { n: items.length })),
    make("ul", {}, ...items),
  );
}

function restItem(model, page, thing) {
  const node = model.number.get(thing);
  if (node !== undefined) return make("li", {}, nodeButton(model, node, (one) => page.open(one, { keepView: true })));
  const [, key, number] = thing.match(/^event:(.+)\.(\d+)$/) ?? [];
  const event = model.eventsOf?.get(model.number.get(`instrument:${key}`))?.find((one) => one.number === Number(number));
  if (event === undefined) return make("li", {}, make("code", {}, thing)); /* on record, and not drawn */
  const address = webAddress(event.source);
  const told = [`${event.on} · `, dataSpan(model, event.text), " "];
  const source = address ? make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, say(model, "source")) : null;
  return make("li", {}, ...told, source);
}

/** The ways into the stories, a button each. */
function storyButtons(model, page) {
  const { steps, stories } = model.guide;
  return stories.map((story, place) => {
    const first = steps.findIndex((step) => step.story === story) + 1;
    const text = say(model, "story_begin", { title: guideText(model, story, "title"), n: story.steps.length });
    const id = place === 0 ? "tell" : `tell-${story.key}`;
    return make("button", { type: "button", class: "plain tell", id, onclick: () => tellStep(page, first) }, text);
  });
}

/** Saved questions, and the one for a connection, as items of a list. */
function questionItems(model, page) {
  const ask = model.count > 2 && model.links > 0 ? [pathQuestion(model, page)] : [];
  const items = model.guide.questions.map((entry) =>
    make(
      "li",
      {},
      make("button", { type: "button", class: "question-button", onclick: () => goTo(page, entry.state) }, guideText(model, entry, "text")),
    ),
  );
  return [...items, ...ask];
}

/** Saved questions and the ways into the stories, for the first card. */
function guideList(model, page) {
  return [
    ...storyButtons(model, page),
    make("h3", { class: "questions-title" }, say(model, "questions")),
    make("ul", { class: "questions" }, ...questionItems(model, page)),
  ];
}

function pathQuestion(model, page) {
  const ask = () => {
    page.change({ path: { from: null, to: null, wide: false }, focus: null, view: "map" });
    at("path-from").focus();
  };
  return make("li", {}, make("button", { type: "button", class: "question-button", id: "ask-path", onclick: ask }, say(model, "path_title")));
}
