/* elements.js: small makers of page elements. Data only ever enters as text, never as markup. */

import { draw, make } from "./dom.js";
import { OUTLINES } from "./drawing.js";
import { TIER_FILLS } from "./marks.js";
import { nameOf, receiptsOf, say, translated, webAddress, word } from "./words.js";

/** A name as a span that says which language it is in, when that is not the language of the page. */
function nameSpan(model, name) {
  return make("span", { lang: name.lang === model.language ? null : name.lang }, name.text);
}

/** A text of the data in the language of the page, or as it is, marked as English when it holds no Chinese. */
function dataSpan(model, english) {
  if (english === "true" || english === "false") return make("span", {}, say(model, english === "true" ? "yes" : "no"));
  const text = translated(model, english);
  const foreign = model.language !== "en" && !/\p{Script=Han}/u.test(text);
  return make("span", { lang: foreign ? "en" : null }, text);
}

/** The outline of a mark, filled. */
function outline(shape, fill) {
  const points = OUTLINES[shape];
  return points ? draw("polygon", { points, fill }) : draw("circle", { r: 1, fill });
}

/** A mark as a small picture; says nothing to a screen reader, the word beside it does. */
function icon(...parts) {
  return draw("svg", { viewBox: "-1.4 -1.4 2.8 2.8", class: "icon", "aria-hidden": "true" }, ...parts);
}

/** The mark of a kind as a small picture. */
function kindIcon(model, kind, mark = "") {
  const look = model.kinds[kind];
  const tiered = look.kind === "place" && mark !== "";
  const sign = mark === "" ? null : draw("text", { y: look.shape === "bubble" ? 0.22 : 0.44 }, mark);
  const made = icon(outline(look.shape, tiered ? (TIER_FILLS[mark] ?? look.colour) : look.colour), sign);
  if (look.kind === "instrument" || (tiered && mark === "3")) made.classList.add("light");
  return made;
}

/** A node as a button that opens it. */
function nodeButton(model, node, open, attributes = {}) {
  return make(
    "button",
    { type: "button", class: "node", onclick: () => open(node), ...attributes },
    kindIcon(model, model.nodes.kind[node], model.mark[node]),
    nameSpan(model, nameOf(model, node)),
  );
}

/** Words and dots for a confidence, so that it does not rest on colour. */
function confidenceLine(model, value) {
  const dots = { high: "●●●", medium: "●●○", low: "●○○" }[value] ?? "○○○";
  return make(
    "span",
    { class: "confidence" },
    make("span", { "aria-hidden": "true", class: "dots" }, dots),
    word(model, "confidence", value),
  );
}

const LONG_TEXT = 200;

/** A long text, its beginning at once and the rest on demand. */
function longText(model, english) {
  const text = translated(model, english);
  if (text.length <= LONG_TEXT) return dataSpan(model, text);
  const start = text.slice(0, LONG_TEXT - 40).replace(/\s+\S*$/u, "");
  const span = make("span", {}, dataSpan(model, `${start} … `));
  const all = () => span.replaceChildren(dataSpan(model, text));
  span.append(make("button", { type: "button", class: "more", onclick: all }, say(model, "show_all")));
  return span;
}

/** Values in a row, the first few at once and the rest on demand. */
function valueList(model, values, first) {
  if (values.length === 1) return longText(model, values[0]);
  const row = make("span", {});
  const add = (items) =>
    items.forEach((value) => row.append(row.childNodes.length > 0 ? " · " : "", dataSpan(model, value)));
  add(values.slice(0, first));
  if (values.length <= first) return row;
  const rest = () => {
    more.remove();
    add(values.slice(first));
  };
  const more = make(
    "button",
    { type: "button", class: "more", onclick: rest },
    say(model, "show_more", { n: values.length - first }),
  );
  return make("span", {}, row, " ", more);
}

/** Receipts as a list; only web addresses become links. */
function receiptList(model, numbers) {
  if (numbers.length === 0) return make("p", { class: "quiet" }, say(model, "no_receipt"));
  return make("ul", { class: "receipts" }, ...receiptsOf(model, numbers).map((receipt) => receiptItem(model, receipt)));
}

function receiptItem(model, receipt) {
  const address = webAddress(receipt.url);
  const title =
    address === null
      ? make("span", { class: "receipt-title" }, dataSpan(model, receipt.title))
      : make(
          "a",
          { class: "receipt-title", href: address, rel: "noopener noreferrer", target: "_blank" },
          dataSpan(model, receipt.title),
        );
  const about = make("small", {}, word(model, "source_class", receipt.kind));
  if (receipt.publisher) about.append(" · ", dataSpan(model, receipt.publisher));
  const plain = address === null && receipt.url ? make("code", {}, receipt.url) : null;
  return make("li", {}, title, about, plain);
}

/** The head of a card: its title, and the button that closes it. */
function cardHead(model, page, title) {
  const close = make(
    "button",
    { type: "button", class: "close", id: "close", "aria-label": say(model, "back"), onclick: page.close },
    "×",
  );
  return make("div", { class: "card-head" }, title, close);
}
