/* story.js: saved questions, and the story: steps of text, each bound to a state of the page. */

import { readHash } from "./address.js";
import { at, make } from "./dom.js";
import { foldSheet } from "./toolbar.js";
import { say } from "./words.js";

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

/** The words of a step in the language of the page. */
function guideText(model, entry, part) {
  return entry[part][model.language] ?? entry[part].en;
}

/** The box of the step being told, above whatever else the card says. */
function storyBox(model, page) {
  const { story } = page.state;
  if (story === 0) return null;
  const { steps } = model.guide;
  const current = steps[story - 1];
  const go = (number, key, id) =>
    make(
      "button",
      { type: "button", class: "plain", id, disabled: steps[number - 1] === undefined, onclick: () => tellStep(page, number) },
      say(model, key),
    );
  const end = make(
    "button",
    { type: "button", class: "plain", id: "story-end", onclick: () => page.change({ story: 0, focus: null, near: 0 }) },
    say(model, "story_end"),
  );
  return make(
    "section",
    { class: "story", "aria-labelledby": "story-title" },
    make("p", { class: "quiet" }, say(model, "story_step", { n: story, all: steps.length })),
    make("h2", { id: "story-title", tabindex: "-1" }, guideText(model, current, "title")),
    make("p", {}, guideText(model, current, "text")),
    make("div", { class: "story-buttons" }, go(story - 1, "story_back", "story-back"), go(story + 1, "story_next", "story-next"), end),
  );
}

/** Saved questions and the way into the story, for the first card. */
function guideList(model, page) {
  const { questions, steps } = model.guide;
  const ask = model.count > 2 && model.links > 0 ? [pathQuestion(model, page)] : [];
  const items = questions.map((entry) =>
    make(
      "li",
      {},
      make("button", { type: "button", class: "question-button", onclick: () => goTo(page, entry.state) }, guideText(model, entry, "text")),
    ),
  );
  const tell =
    steps.length === 0
      ? null
      : make(
          "button",
          { type: "button", class: "plain tell", id: "tell", onclick: () => tellStep(page, 1) },
          say(model, "story_begin", { n: steps.length }),
        );
  return [
    tell,
    make("h3", { class: "questions-title" }, say(model, "questions")),
    make("ul", { class: "questions" }, ...items, ...ask),
  ];
}

function pathQuestion(model, page) {
  const ask = () => {
    page.change({ path: { from: null, to: null, wide: false }, focus: null });
    at("path-from").focus();
  };
  return make("li", {}, make("button", { type: "button", class: "question-button", id: "ask-path", onclick: ask }, say(model, "path_title")));
}
