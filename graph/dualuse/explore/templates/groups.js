/* groups.js: the card of a group of the network: how many, and who; for an effect, which goods and for whom. */

import { make } from "./dom.js";
import { dataSpan, nodeButton } from "./elements.js";
import { effectsOn } from "./effects.js";
import { flowOf } from "./flow.js";
import { flowName, flowSize } from "./flow_view.js";
import { figure, nameOf, say, word } from "./words.js";

/** The card of the group chosen, or null. */
function groupCard(model, page) {
  const flow = flowOf(model);
  const group = flow.columns.flat().find(({ key }) => key === page.state.group);
  if (group === undefined) return null;
  const close = make("button", { type: "button", class: "close", id: "close", "aria-label": say(model, "back"), onclick: page.close }, "×");
  const more = group.kind === "effect" ? patternList(model, group.name) : memberList(model, page, group);
  return [make("div", { class: "card-head" }, make("span", {}, flowSize(model, group)), close), make("h2", {}, flowName(model, group)), ...more];
}

/** Which goods meet an effect, for buyers headquartered where, at how many destinations. */
function patternList(model, kind) {
  const rows = effectsOn(model).patterns.filter(([effect]) => effect === kind);
  const items = rows.map(([, goods, seats, places]) =>
    make(
      "li",
      {},
      make("strong", {}, ...goods.flatMap((each, place) => [place > 0 ? " · " : "", wordOrText(model, "goods", each)])),
      make("span", {}, say(model, "flow_buyers", { seats: seats.map((seat) => word(model, "seat", seat)).join(" · ") })),
      make("small", {}, say(model, "flow_n_places", { n: figure(model, places.length) })),
    ),
  );
  return [make("p", {}, word(model, "effect_gloss", kind)), make("h3", {}, say(model, "flow_goods")), make("ul", { class: "patterns" }, ...items)];
}

/** A word of a section where the page has it, else the text of the data. */
function wordOrText(model, section, text) {
  return text in model.texts[model.language][section] ? word(model, section, text) : dataSpan(model, text);
}

function memberList(model, page, group) {
  const collator = new Intl.Collator(model.language, { numeric: true });
  const members = [...new Set(group.members)].sort((a, b) => collator.compare(nameOf(model, a).text, nameOf(model, b).text));
  return [make("ul", { class: "members" }, ...members.map((node) => make("li", {}, nodeButton(model, node, (one) => page.open(one, { keepView: true })))))];
}
