/* conflicts.js: claims that cannot all hold, each with its values, who said them, their sources, and what the law says; below
   them every claim. */

import { claimRecords } from "./claimed.js";
import { claimsBox } from "./claims.js";
import { at, make } from "./dom.js";
import { dataSpan, receiptList } from "./elements.js";
import { conceptName } from "./time.js";
import { figure, nameOf, say, translated, word } from "./words.js";

function showConflicts(model, page) {
  const items = model.conflicts.map((row, place) => conflictItem(model, row, place));
  const box = claimsBox(model, page);
  at("board").replaceChildren(
    make("p", { class: "board-title" }, say(model, "conflicts_title", { n: figure(model, items.length) })),
    make("ol", { class: "conflicts" }, ...items),
    ...(box === null ? [] : [box]),
  );
  page.behind = () => ({ conflicts: model.conflicts.flatMap(conflictRecords), ...(box === null ? {} : { claims: claimRecords(model) }) });
}

/** Each value of a contradiction, as a flat record. */
function conflictRecords({ kind, subject, attribute, values, law, assessment }) {
  return values.map(({ value, claimants, reporters, date, sources }) => ({
    ...{ kind, subject, attribute, value, date: date ?? "" },
    claimants: (claimants ?? []).join(" | "),
    reporters: (reporters ?? []).join(" | "),
    sources: sources.map(({ source }) => source).join(" | "),
    law: law ? `${law.value}, ${law.provision}` : "",
    assessment: assessment.why,
  }));
}

function conflictItem(model, row, place) {
  const subject = model.number.get(`instrument:${row.subject}`);
  const name = subject === undefined ? row.subject : nameOf(model, subject).text;
  const law = row.law
    ? make("p", { class: "law" }, make("strong", {}, say(model, "law_says")), " ", dataSpan(model, [row.law.value, row.law.provision, row.law.arithmetic].filter(Boolean).map((text) => translated(model, text)).join(" · ")))
    : null;
  return make(
    "li",
    { id: `claim-${place}`, tabindex: "-1" },
    make("h3", {}, make("span", { class: `chip conflict-${row.kind}` }, word(model, "conflict", row.kind)), dataSpan(model, `${name} — ${conceptName(model, "claim-attribute", row.attribute)}`)),
    make("ul", { class: "values" }, ...row.values.map((value) => conflictValue(model, value))),
    row.words ? make("blockquote", {}, dataSpan(model, row.words)) : null,
    law,
    make("p", { class: "quiet" }, dataSpan(model, row.assessment.why)),
  );
}

/** One value: what was said, by whom, where, and the passages if they are at hand. */
function conflictValue(model, value) {
  const who = [...(value.claimants ?? []), ...(value.reporters ?? [])];
  const said = [...new Set(who), value.date].filter(Boolean).map((text) => translated(model, text)).join(" · ");
  const passages = Object.values(value.texts ?? {}).map((text) => make("blockquote", {}, dataSpan(model, text)));
  const keys = value.sources.map(({ source }) => model.sources.key.indexOf(source)).filter((found) => found >= 0);
  return make(
    "li",
    {},
    make("strong", {}, dataSpan(model, String(value.value))),
    said ? make("small", {}, dataSpan(model, said)) : null,
    ...passages,
    keys.length > 0 ? receiptList(model, keys) : null,
  );
}
