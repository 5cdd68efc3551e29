/* claimed.js: the claims that the page carries, as objects, and which of them are of an entry. */

import { kindOf } from "./words.js";

const SOON = 2; /* days after which what was said is still printed as news */

/** The values of one claim by name. */
function claimAt(model, row) {
  const { gives, ...columns } = model.claims;
  const claim = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]]));
  const [value, provision, arithmetic, why] = gives[claim.held] ?? ["", "", "", ""];
  return { ...claim, row, gives: { value, provision, arithmetic, why } };
}

/** Every claim, read once. */
function claimsOf(model) {
  model.claimRows ??= (model.claims?.key ?? []).map((_, row) => claimAt(model, row));
  return model.claimRows;
}

/** Every claim as a flat record. */
function claimRecords(model) {
  return claimsOf(model).map(({ key, gloss, claimant, through, first, last, modality, affirmed, subject, instrument, attribute, value, outcome, gives, sources }) => {
    return {
      ...{ claim: key, gloss, claimant, through: through.join(" | "), first, last, modality },
      ...{ polarity: affirmed ? "affirmed" : "negated", subject, instrument, attribute, value },
      ...{ law_or_record: gives.value, provision: gives.provision, outcome },
      sources: sources.map((source) => model.sources.key[source]).join(" | "),
    };
  });
}

/** The claims that a card tells of: those about a measure, those laid to a speaker, those that may report a statement. */
function claimsAround(model, node) {
  const id = model.nodes.id[node];
  const kind = kindOf(model, node);
  if (kind === "instrument") return { head: "claims_head", claims: claimsOf(model).filter(({ instrument }) => instrument === id) };
  if (kind === "statement") return { head: "claims_report", claims: claimsOf(model).filter((claim) => mayReport(model, node, claim)) };
  return { head: "claims_laid", claims: claimsOf(model).filter(({ nodes }) => nodes.includes(id)) };
}

/** Whether a claim may report a statement: of the same speaker, on the same measure, printed when it was news. */
function mayReport(model, node, { nodes, instrument, first, last }) {
  const speech = model.speech.get(model.nodes.id[node]);
  if (speech === undefined || !nodes.includes(speech.organisation) || !speech.instruments.includes(instrument)) return false;
  const people = model.incident[node].filter((edge) => model.edges.kind[edge] === "spoke").map((edge) => model.nodes.id[model.edges.from[edge]]);
  const named = nodes.filter((id) => id.startsWith("person:"));
  if (people.length > 0 && named.length > 0 && !named.some((id) => people.includes(id))) return false;
  const soon = new Date(Date.parse(`${speech.latest}T00:00:00Z`) + SOON * 86400000).toISOString().slice(0, 10);
  return speech.earliest <= last && first <= soon;
}
