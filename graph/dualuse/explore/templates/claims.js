/* claims.js: every claim of the record as a table, and those that a card tells of: what passages assert, who is said to
   assert it, what the law or the record gives, and how the two compare. */

import { claimsAround, claimsOf } from "./claimed.js";
import { make } from "./dom.js";
import { dataSpan, nodeButton } from "./elements.js";
import { openClaim, standOut } from "./opening.js";
import { conceptName } from "./time.js";
import { figure, say, translated } from "./words.js";

const FEW_CLAIMS = 4;

/** A text of a claim in the language of the page; nothing where only the gloss has it, which says it anyway. */
function saidHere(model, english) {
  const text = translated(model, english);
  return model.language !== "en" && /[a-z]{2}/.test(text) && !/\p{Script=Han}/u.test(text) ? "" : text;
}

/** The value as claimed, or that it is denied. */
function valueWords(model, { value, affirmed }) {
  const told = saidHere(model, value);
  return affirmed || told === "" ? told : say(model, "claim_not", { value: told });
}

function dayWords({ first, last }) {
  return first === last ? first : `${first} – ${last}`;
}

function outcomeWords(model, { outcome }) {
  return outcome === "" ? say(model, "claim_open") : conceptName(model, "assessment-result", outcome);
}

/** All claims as a table. */
function claimsBox(model, page) {
  const claims = claimsOf(model);
  if (claims.length === 0) return null;
  const contradicted = new Map(model.conflicts.flatMap(({ values }, place) => values.flatMap((value) => (value.claims ?? []).map((key) => [key, place]))));
  const heads = ["claim", "claimant", "claim_value", "claim_gives", "claim_outcome"];
  const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col", "data-column": name }, say(model, name))));
  const rows = claims.map((claim) => claimRow(model, page, claim, contradicted.get(claim.key)));
  const table = make(
    "table",
    { class: "plain-table claims-table", id: "claims-table", "data-table": "claims" },
    make("caption", {}, say(model, "claims_title", { n: figure(model, claims.length) })),
    make("thead", {}, head),
    make("tbody", {}, ...rows),
  );
  return make("section", { class: "claims" }, make("p", { class: "quiet" }, say(model, "claims_note")), make("div", { class: "claims-rows" }, table));
}

function claimRow(model, page, claim, contradicted) {
  const quiet = (text) => (text ? make("small", {}, text) : null);
  const mood = claim.modality === "asserted" ? "" : conceptName(model, "modality", claim.modality);
  const through = claim.through.map((name) => translated(model, name)).join(say(model, "list_gap"));
  const { value, provision, arithmetic, why } = claim.gives;
  const rests = [provision, arithmetic, why].filter(Boolean).map((text) => translated(model, text)).join(" · ");
  const go = contradicted === undefined ? null : make("button", { type: "button", class: "relation", onclick: () => standOut(`claim-${contradicted}`) }, say(model, "claim_conflict"));
  return make(
    "tr",
    { id: `said-${claim.row}`, tabindex: "-1", "data-claim": claim.key, "data-outcome": claim.outcome },
    make("td", { class: "gloss" }, dataSpan(model, claim.gloss), quiet(mood), quiet(claim.warning && translated(model, claim.warning))),
    make("td", {}, ...claimantParts(model, page, claim), quiet(through && say(model, "claim_through", { names: through })), make("small", { class: "short" }, dayWords(claim))),
    make("td", {}, quiet([conceptName(model, "claim-attribute", claim.attribute), aboutWords(model, claim)].filter(Boolean).join(" · ")), valueWords(model, claim)),
    make("td", {}, translated(model, value), quiet(rests)),
    make("td", { class: "outcome" }, outcomeWords(model, claim), go),
  );
}

/** What it is about, where that is not the measure itself. */
function aboutWords(model, { subject, instrument }) {
  const whole = model.number.get(instrument);
  return subject === model.nodes.label[whole] ? "" : saidHere(model, subject);
}

/** Who claims it: entries as buttons, anybody else by name. */
function claimantParts(model, page, claim) {
  const known = claim.nodes.map((id) => model.number.get(id)).filter((node) => node !== undefined);
  if (known.length === 0) return [make("span", {}, translated(model, claim.claimant))];
  return known.map((node) => nodeButton(model, node, (one) => page.open(one, { keepView: true })));
}

/** The part of a card about claims; nothing where there is none. */
function claimsSection(model, page, node) {
  const { head, claims } = claimsAround(model, node);
  if (claims.length === 0) return [];
  const item = (claim) => {
    const open = () => openClaim(page, claim.row, {});
    const gloss = make("button", { type: "button", class: "relation", onclick: open }, dataSpan(model, claim.gloss));
    return make("li", {}, gloss, make("small", {}, `${dayWords(claim)} · ${outcomeWords(model, claim)}`));
  };
  const list = make("ul", { class: "card-claims", id: "card-claims" }, ...claims.slice(0, FEW_CLAIMS).map(item));
  const rest = claims.slice(FEW_CLAIMS);
  const more = make("button", { type: "button", class: "plain more" }, say(model, "show_more", { n: figure(model, rest.length) }));
  more.addEventListener("click", () => {
    more.remove();
    list.append(...rest.map(item));
  });
  return [make("h3", {}, say(model, head, { n: figure(model, claims.length) })), list, rest.length > 0 ? more : null];
}
