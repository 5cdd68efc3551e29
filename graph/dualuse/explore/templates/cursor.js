/* cursor.js: marks of the map by the keyboard: a button that stands on one mark, goes to the nearest on a side with the
   arrows, and opens it with Enter. A button is what every reader of screens can name and press. */

import { at, make } from "./dom.js";
import { toScreen } from "./geometry.js";
import { ARROWS } from "./svg.js";
import { HIDDEN } from "./strength.js";
import { kindOf, nameOf, word } from "./words.js";

const EDGE = 40; /* pixels from the border of the map at which it follows */

/** Put the button behind the map; `choose` opens what it stands on. */
function startCursor(model, page, choose) {
  const own = { model, page, choose, node: -1, button: null };
  own.button = placeholder(own);
  at("map").after(own.button);
  at("map").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== at("map")) return;
    event.preventDefault();
    own.button.focus();
  });
}

/** The button before it stands on a mark: the first focus puts it on one. */
function placeholder(own) {
  const name = () => word(own.model, "ui", "cursor");
  const button = make("button", { type: "button", class: "cursor", id: "cursor", "data-label": "cursor", "aria-label": name() });
  button.addEventListener("focus", () => standOn(own, firstMark(own)), { once: true });
  return button;
}

/** Where to begin: what is chosen, where it stood, or the most linked mark in view. */
function firstMark({ model, page, node }) {
  const shown = (one) => one !== undefined && one >= 0 && page.scene.node[one] !== HIDDEN;
  const chosen = page.state.focus?.node;
  if (shown(chosen)) return chosen;
  if (shown(node)) return node;
  const { camera, size } = page.renderer.camera();
  const seen = (one) => {
    const [x, y] = toScreen(camera, size, model.nodes.x[one], model.nodes.y[one]);
    return x >= 0 && y >= 0 && x <= size.width && y <= size.height;
  };
  const marks = [...model.byDegree].filter(shown);
  return marks.find(seen) ?? marks[0] ?? -1;
}

/** Stand on a mark: a new button each time, so that its name is said. */
function standOn(own, node) {
  if (node < 0) return;
  const { model } = own;
  own.node = node;
  const name = nameOf(model, node);
  const said = `${name.text}, ${word(model, "kind_one", kindOf(model, node))}`;
  const button = make("button", { type: "button", class: "cursor", id: "cursor" }, make("span", { lang: name.lang }, said));
  button.addEventListener("click", () => own.choose({ node: own.node }));
  button.addEventListener("keydown", (event) => steer(own, event));
  own.button.replaceWith(button);
  own.button = button;
  button.focus({ preventScroll: true });
  keepInView(own);
  follow(own, button);
}

/** Arrows go from mark to mark, Escape back to the map. */
function steer(own, event) {
  if (event.key === "Escape") at("map").focus();
  else if (event.key in ARROWS) standOn(own, markBeside(own, ...ARROWS[event.key]));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** The nearest mark on a side; what lies aside counts more. */
function markBeside({ model, page, node }, dx, dy) {
  const { x, y } = model.nodes;
  let [best, least] = [node, Infinity];
  for (let other = 0; other < model.count; other += 1) {
    if (other === node || page.scene.node[other] === HIDDEN) continue;
    const along = (x[other] - x[node]) * dx + (y[other] - y[node]) * dy;
    const aside = Math.abs((x[other] - x[node]) * dy) + Math.abs((y[other] - y[node]) * dx);
    if (along < 1 || along + 4 * aside >= least) continue;
    [best, least] = [other, along + 4 * aside];
  }
  return best;
}

/** Move the map when the mark lies outside of what it shows. */
function keepInView({ model, page, node }) {
  const { camera, size } = page.renderer.camera();
  const [x, y] = toScreen(camera, size, model.nodes.x[node], model.nodes.y[node]);
  const beyond = (place, room) => (place < EDGE ? place - EDGE : Math.max(0, place - room + EDGE));
  const [dx, dy] = [beyond(x, size.width), beyond(y, size.height)];
  if (dx !== 0 || dy !== 0) page.renderer.camera({ x: camera.x + dx / camera.k, y: camera.y + dy / camera.k, k: camera.k });
}

/** Keep the button on its mark while it has the focus, wherever the map moves. */
function follow(own, button) {
  if (document.activeElement !== button) return;
  const { camera, size } = own.page.renderer.camera();
  const [x, y] = toScreen(camera, size, own.model.nodes.x[own.node], own.model.nodes.y[own.node]);
  button.style.transform = `translate(${x + at("map").offsetLeft}px, ${y + at("map").offsetTop}px)`;
  requestAnimationFrame(() => follow(own, button));
}
