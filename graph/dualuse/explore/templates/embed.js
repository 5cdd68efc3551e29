/* embed.js: the view without the controls around it: in a frame of another page, and on paper. */

import { fragmentOf, footOf, headOf } from "./colophon.js";
import { at, make } from "./dom.js";
import { pictureOf } from "./pictures.js";
import { say } from "./words.js";

const TALLEST = 1.4; /* of a picture on one sheet, in its width; what is taller flows over several as text */

/** In a frame: what is shown in the head, the picture, and below it whose it is and a way to the whole page. */
function showEmbedded(page) {
  const { model, state } = page;
  document.body.toggleAttribute("data-embed", state.embed);
  if (!state.embed) return;
  const { title, lines } = headOf(model, page);
  at("title").textContent = title;
  at("question").textContent = lines.find((line) => line.includes(model.at));
  const whole = { href: fragmentOf(page, { ...state, embed: false }), target: "_blank", rel: "noopener", id: "whole-page" };
  const [, dataset, licence] = footOf(model, page);
  at("colophon").replaceChildren(make("p", {}, `${dataset} · ${licence} · `, make("a", whole, say(model, "embed_open"))));
}

/** On paper: the picture with its words first; what is too tall for a sheet flows as text between head and foot. */
function showOnPaper(page, printing) {
  const { model } = page;
  const picture = printing && model.count > 0 ? pictureOf(model, page) : null;
  const { width, height } = picture?.viewBox.baseVal ?? {};
  const whole = picture !== null && height <= TALLEST * width;
  document.body.dataset.paper = whole ? "picture" : "text";
  const words = (lines) => lines.map((line) => make("p", {}, line));
  const { title, lines } = headOf(model, page);
  const head = printing ? [make("h2", {}, title), ...words(lines)] : [];
  at("paper").replaceChildren(...(whole ? [picture] : head));
  if (!page.state.embed) at("colophon").replaceChildren(...(printing && !whole ? words(footOf(model, page)) : []));
}
